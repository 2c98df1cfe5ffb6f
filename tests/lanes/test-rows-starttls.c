/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* What servers, and who stands before them, do around STARTTLS: rows S01 to S20. */

#define IMAP_SECURED IMAP_ASKED "S: %T OK go ahead\nTLS\n"

/* All is well from here on, whatever was said before. */
#define IMAP_GOOD    TL_TEST_IMAP_SIGN_IN TL_TEST_IMAP_USE
#define SMTP_GOOD    TL_TEST_SMTP_SIGN_IN TL_TEST_SMTP_USE

static const TlTestRow rows[] = {
  { "S01/imap-not-offered", IMAP, "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\n" IMAP_GOOD,
    "upgrade.not-offered" },
  { "S01/smtp-not-offered", SMTP, SMTP_CLEAR "S: 250-a\nS: 250 AUTH PLAIN LOGIN\n" SMTP_GOOD,
    "upgrade.not-offered" },
  { "S01/smtp-only-a-name", SMTP, SMTP_CLEAR "S: 250 STARTTLS\n" SMTP_GOOD, "upgrade.not-offered" },
  { "S01/imap-in-another-word", IMAP,
    "S: * OK [CAPABILITY IMAP4rev1 XSTARTTLS AUTH=PLAIN] ready\n" IMAP_GOOD,
    "upgrade.not-offered" },

  { "S02/imap-no", IMAP, IMAP_ASKED "S: %T NO not now\n" IMAP_GOOD, "upgrade.refused" },
  { "S02/imap-bad", IMAP, IMAP_ASKED "S: %T BAD what\n" IMAP_GOOD, "upgrade.protocol" },
  { "S02/imap-preauth", IMAP, IMAP_ASKED "S: %T PREAUTH in\n" IMAP_GOOD, "upgrade.protocol" },
  { "S02/imap-bye", IMAP, IMAP_ASKED "S: * BYE some reason of ours\n" IMAP_GOOD,
    "upgrade.server-closed" },
  { "S02/imap-untagged-ok", IMAP, IMAP_ASKED "S: * OK go ahead\nHANG\n", "upgrade.timeout" },

  { "S03/imap-continue", IMAP, IMAP_ASKED "S: + go\nTLS\n" IMAP_GOOD, "upgrade.protocol" },
  { "S03/imap-continue-bare", IMAP, IMAP_ASKED "S: +\nTLS\n" IMAP_GOOD, "upgrade.protocol" },

  { "S04/smtp-ehlo-refused", SMTP, SMTP_CLEAR "S: 500 what\nC: HELO ?*\nS: 250 ok\n" SMTP_GOOD,
    "upgrade.not-offered" },
  { "S04/smtp-ehlo-502", SMTP, SMTP_CLEAR "S: 502 what\n" SMTP_GOOD, "upgrade.not-offered" },

  { "S05/imap-bad", IMAP, "S: * OK ready\nC: %T CAPABILITY\nS: %T BAD what\n" IMAP_GOOD,
    "upgrade.not-offered" },
  { "S05/imap-empty", IMAP,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY\nS: %T OK x\n" IMAP_GOOD,
    "upgrade.not-offered" },
  { "S05/imap-only-imap4", IMAP,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4\nS: %T OK x\n" IMAP_GOOD,
    "upgrade.not-offered" },

  { "S06/imap-preauth", IMAP, "S: * PREAUTH hello\n" IMAP_GOOD, "upgrade.preauth" },
  { "S06/imap-preauth-offering", IMAP,
    "S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello\nC: %T STARTTLS\nS: %T OK go ahead\nTLS\n"
    IMAP_GOOD, "upgrade.preauth" },
  { "S06/imap-preauth-not-offering", IMAP, "S: * PREAUTH [CAPABILITY IMAP4rev1] hello\n" IMAP_GOOD,
    "upgrade.preauth" },
  { "S06/imap-preauth-second", IMAP, "CORK\nS: * OK ready\nS: * PREAUTH hello\nUNCORK\n" IMAP_GOOD,
    "upgrade.protocol" },

  { "S07/imap-preauth-inside", IMAP,
    IMAP_SECURED "S: * PREAUTH ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\n"
    "S: %T OK done\n", "caps.protocol" },
  { "S07/imap-preauth-implicit", IMAPS,
    "TLS\nS: * PREAUTH ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\n"
    "S: %T OK done\n", "auth.not-proven" },

  { "S11/imap-alert-before", IMAP,
    IMAP_ASKED "S: * OK [ALERT] call this number\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "call this number" },
  { "S11/imap-caps-before", IMAP,
    IMAP_ASKED "S: * CAPABILITY IMAP4rev1 INJECTED AUTH=PLAIN\nS: %T OK go\nTLS\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 LOGINDISABLED\nS: %T OK x\n",
    "caps.login-disabled", .hidden = "INJECTED" },
  { "S11/smtp-multi-line", SMTP, SMTP_ASKED "S: 220-INJECTED\nS: 220 go ahead\nTLS\n" SMTP_GOOD,
    NULL, 1, .hidden = "INJECTED" },

  { "S12/imap-future-tags", IMAP,
    "S: * OK ready\nS: A001 OK x\nS: A002 OK x\nS: A0003 OK x\nS: 1 OK x\nS: a1 OK x\n" IMAP_GOOD,
    "upgrade.protocol" },
  { "S12/imap-in-one-segment", IMAP,
    "S! * OK ready\\r\\nA001 OK x\\r\\nA002 OK x\\r\\n\n" IMAP_GOOD, "upgrade.protocol" },
  { "S12/imap-guessed", IMAP, IMAP_ASKED "S: A001 OK go\nTLS\n" IMAP_GOOD, "upgrade.protocol" },
  { "S12/imap-somebody-elses", IMAP,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS\nS: %T OK x\n"
    "C: %T STARTTLS\nS: %1 OK go\nTLS\n" IMAP_GOOD, "upgrade.protocol" },
  { "S12/smtp-ahead", SMTP,
    "S! 220 ready\\r\\n250-a\\r\\n250 STARTTLS\\r\\n220 go\\r\\n\n" SMTP_GOOD, "upgrade.protocol" },

  { "S13/imap-list", IMAP, IMAP_ASKED "S: * LIST () \"/\" INJECTED\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },
  { "S13/imap-lsub", IMAP, IMAP_ASKED "S: * LSUB () \"/\" INJECTED\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },
  { "S13/imap-status", IMAP,
    IMAP_ASKED "S: * STATUS INJECTED (MESSAGES 9)\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },
  { "S13/imap-search", IMAP, IMAP_ASKED "S: * SEARCH 1 2 3\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1 },
  { "S13/imap-flags", IMAP, IMAP_ASKED "S: * FLAGS (INJECTED)\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },
  { "S13/imap-exists", IMAP,
    IMAP_ASKED "S: * 9999 EXISTS\nS: * 9999 RECENT\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "9999" },
  { "S13/imap-expunge", IMAP, IMAP_ASKED "S: * 1 EXPUNGE\nS: %T OK go\nTLS\n" IMAP_GOOD, NULL, 1 },
  { "S13/imap-fetch", IMAP,
    IMAP_ASKED "S: * 1 FETCH (BODY[] {8}\nS: INJECTED)\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },
  { "S13/imap-behind-greeting", IMAP,
    "S: * OK ready\nS: * LIST () \"/\" INJECTED\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 STARTTLS\nS: %T OK x\nC: %T STARTTLS\nS: %T OK go\nTLS\n" IMAP_GOOD,
    NULL, 1, .hidden = "INJECTED" },

  { "S14/imap-referral", IMAP,
    "S: * OK ready\nC: %T CAPABILITY\nS: %T NO [REFERRAL imap://evil.practice.invalid/] go there\n"
    IMAP_GOOD, "upgrade.not-offered" },
  { "S14/imap-starttls", IMAP,
    IMAP_ASKED "S: %T NO [REFERRAL imap://evil.practice.invalid/] go there\n" IMAP_GOOD,
    "upgrade.refused" },
  { "S14/imap-bye", IMAP, "S: * BYE [REFERRAL imap://evil.practice.invalid/] go there\n" IMAP_GOOD,
    "greet.rejected" },

  { "S15/imap-word", IMAP, "S: * XX ready\n" IMAP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/imap-tagged", IMAP, "S: A1 OK ready\n" IMAP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/imap-empty", IMAP, "S: \n" IMAP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/imap-escape", IMAP, "S: \\x1b[2J\n" IMAP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/imap-nul", IMAP, "S: * OK \\0 ready\n" IMAP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/imap-twice", IMAP, "S: * OK ready\nS: * PREAUTH ready\n" IMAP_GOOD,
    "upgrade.protocol", .max_ms = 1000 },
  { "S15/smtp-word", SMTP, "S: hello\n" SMTP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/smtp-empty", SMTP, "S: \n" SMTP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/smtp-escape", SMTP, "S: \\x1b[2J\n" SMTP_GOOD, "greet.protocol", .max_ms = 1000 },
  { "S15/smtp-twice", SMTP, "S! 220 a\\r\\n220 b\\r\\n\n" SMTP_GOOD,
    "upgrade.protocol", .max_ms = 1000 },

  { "S16/imap-bye", IMAP, "S: * BYE some reason of ours\n", "greet.rejected" },
  { "S16/imap-busy", IMAP, "S: * BYE [UNAVAILABLE] later\n", "greet.busy" },
  { "S16/smtp-554", SMTP, "S: 554 some reason of ours\n", "greet.rejected" },
  { "S16/smtp-421", SMTP, "S: 421 some reason of ours\n", "greet.busy" },

  { "S17/imap-again", IMAP,
    IMAP_SECURED "C: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN\n"
    "S: %T OK done\nC: %T AUTHENTICATE PLAIN ?*\n"
    "S: %T OK [CAPABILITY IMAP4rev1 ID NAMESPACE ACL QUOTA IDLE SPECIAL-USE LIST-EXTENDED "
    "STARTTLS] in\n" TL_TEST_IMAP_USE, NULL, 1 },
  { "S17/smtp-again", SMTP,
    SMTP_ASKED "S: 220 go ahead\nTLS\nC: EHLO ?*\nS: 250-a\nS: 250-STARTTLS\nS: 250-PIPELINING\n"
    "S: 250 AUTH PLAIN\nC: AUTH PLAIN ?*\nS: 235 in\n" TL_TEST_SMTP_USE, NULL, 1 },

  { "S18/imap", IMAP,
    "S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\nC: %T STARTTLS\nS: %T OK go\nTLS\n"
    IMAP_GOOD, NULL, 1, .also = "upgrade.plaintext-allowed" },
  { "S18/smtp", SMTP,
    SMTP_CLEAR "S: 250-a\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\nC: STARTTLS\nS: 220 go\nTLS\n"
    SMTP_GOOD, NULL, 1, .also = "upgrade.plaintext-allowed" },

  { "S19/imap-greeting", IMAP,
    "S: * OK [ALERT] your password expired, visit evil\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 STARTTLS\nS: %T OK [ALERT] visit evil\nC: %T STARTTLS\nS: %T OK go\n"
    "TLS\n" IMAP_GOOD, NULL, 1, .hidden = "visit evil" },
  { "S19/smtp-greeting", SMTP,
    "S: 220 your password expired, visit evil\nC: EHLO ?*\nS: 250-visit evil\nS: 250 STARTTLS\n"
    "C: STARTTLS\nS: 220 visit evil\nTLS\n" SMTP_GOOD, NULL, 1, .hidden = "visit evil" },

  { "S20/imap-silence", IMAP, IMAP_ASKED "S: %T OK go\nHANG\n", "tls.timeout" },
  { "S20/smtp-silence", SMTP, SMTP_ASKED "S: 220 go\nHANG\n", "tls.timeout" },
  { "S20/imap-hung-up", IMAP, IMAP_ASKED "S: %T OK go\nSHUTDOWN\n", "tls.server-closed" },
  { "S20/smtp-reset", SMTP, SMTP_ASKED "S: 220 go\nAWAIT\nRST\n", "tls.reset" },
};

/* Every class of reply to STARTTLS but the one (RFC 3207 §4). */
static const guint codes[] = {
  200, 221, 235, 250, 334, 354, 421, 450, 454, 500, 501, 502, 503, 530, 538, 550, 554,
};

/* S08 to S10: what somebody on the way adds behind the answer, and when: in the
 * same segment, a moment later, or once the client has sent its first bytes. */
typedef struct
{
  const char *name;
  const char *before;     /* the answer */
  const char *between;    /* the answer and what is added */
  const char *behind;
  gboolean    is_in_time; /* for what looks like TLS to be taken for TLS: only text tells */
} Moment;

static const Moment moments[] = {
  { "S08/same-segment/S09",      "S! ",       "\\r\\n",          "" },
  { "S08/same-segment-cork/S09", "CORK\nS: ", "\nS! ",           "UNCORK\n" },
  { "S08/at-once/S09",           "S: ",       "\nS! ",           "" },
  { "S10/5-ms/S09",              "S: ",       "\nSLEEP 5\nS! ",  "" },
  { "S10/30-ms/S09",             "S: ",       "\nSLEEP 30\nS! ", "" },
  { "S10/100-ms/S09",            "S: ",       "\nSLEEP 100\nS! ", "" },
  { "S10/behind-hello",          "S: ",       "\nAWAIT\nS! ",    "", TRUE },
};

/* What is added. The handshake goes on behind it, as if nothing had been. */
typedef struct
{
  const char *name;
  const char *imap;
  const char *smtp;
} Addition;

static const Addition additions[] = {
  { "line", "* CAPABILITY IMAP4rev1 INJECTED AUTH=PLAIN\\r\\n",
    "250-a\\r\\n250 AUTH INJECTED\\r\\n" },
  { "fragment", "* CAPABILITY IMAP4rev1 INJ", "250-AUTH INJ" },
  { "one-byte", "*", "2" },
  { "line-end", "\\r\\n", "\\r\\n" },
  { "completion", "A1 OK in\\r\\n", "235 in\\r\\n250 ok\\r\\n" },
  { "nul", "\\0", "\\0" },
  { "escape", "\\x1b[2J", "\\x1b[2J" },
  { "http", "HTTP/1.1 200 OK\\r\\n\\r\\n", "HTTP/1.1 200 OK\\r\\n\\r\\n" },
  { "split", "* CAPA\nSLEEP 10\nS! BILITY IMAP4rev1\\r\\n", "250-\nSLEEP 10\nS! AUTH\\r\\n" },
};

/* Bytes that look like a record of TLS: in the segment of the answer they are
 * told from one by coming too early, later they are a handshake that fails. */
static const Addition records[] = {
  { "record-header", "\\x16\\x03\\x03\\x00\\x02", "\\x16\\x03\\x03\\x00\\x02" },
  { "alert",         "\\x15\\x03\\x03\\x00\\x02\\x01\\x00", "\\x15\\x03\\x03\\x00\\x02\\x01\\x00" },
  { "record-and-line", "\\x17\\x03\\x03\\x00\\x08* BYE x\\r\\n",
    "\\x17\\x03\\x03\\x00\\x08250 ok\\r\\n" },
};

typedef struct
{
  TlLaneKind      kind;
  const Moment   *moment;
  const Addition *addition;
  gboolean        is_record;
} Injection;

static void
test_code (gconstpointer data)
{
  const guint *code = data;
  g_autofree char *script = g_strdup_printf (SMTP_ASKED "S: %u some reason of ours\n"
                                             "TLS\n" SMTP_GOOD, *code);
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_STARTTLS, .script = script,
  };

  tl_test_lane_run (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "upgrade.refused");
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, 0);
  tl_test_lane_assert_sane (&lane);
  if (!g_test_failed ())
    {
      TlFinding *finding = tl_lane_report_get_primary (lane.report);
      GVariant *evidence = tl_finding_get_evidence (finding);

      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_REPLY_CODE, 0), ==, *code);
    }
}

static void
test_injection (gconstpointer data)
{
  const Injection *c = data;
  const Moment *moment = c->moment;
  gboolean is_imap = c->kind == TL_LANE_INCOMING;
  g_autofree char *script = g_strconcat (is_imap ? IMAP_ASKED : SMTP_ASKED, moment->before,
                                         is_imap ? "%T OK go" : "220 go", moment->between,
                                         is_imap ? c->addition->imap : c->addition->smtp, "\n",
                                         moment->behind, "TLS\n", is_imap ? IMAP_GOOD : SMTP_GOOD,
                                         NULL);
  g_auto(TlTestLane) lane = {
    .kind = c->kind, .security = TL_SECURITY_STARTTLS, .script = script,
  };
  const char *primary;

  tl_test_lane_run (&lane);
  primary = tl_test_lane_get_primary (&lane);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, 0);
  if (primary == NULL || !c->is_record || !g_str_has_prefix (primary, "tls."))
    g_assert_cmpstr (primary, ==, "upgrade.injected");
  tl_test_lane_assert_sane (&lane);
}

static void
add_injections (TlLaneKind      kind,
                const Addition *addition,
                gboolean        is_record)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      Injection *c;
      g_autofree char *path = NULL;

      if (is_record && moments[i].is_in_time)
        continue;
      path = g_strdup_printf ("/rows/%s/%s/%s", moments[i].name,
                              kind == TL_LANE_INCOMING ? "imap" : "smtp", addition->name);
      c = g_new (Injection, 1);
      *c = (Injection) { kind, &moments[i], addition, is_record };
      g_test_add_data_func_full (path, c, test_injection, g_free);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  TL_TEST_ADD_ROWS (rows);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rows/S02/smtp-%u", codes[i]);

      g_test_add_data_func (path, &codes[i], test_code);
    }
  for (TlLaneKind kind = TL_LANE_INCOMING; kind <= TL_LANE_OUTGOING; kind++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (additions); i++)
        add_injections (kind, &additions[i], FALSE);
      for (gsize i = 0; i < G_N_ELEMENTS (records); i++)
        add_injections (kind, &records[i], TRUE);
    }

  return g_test_run ();
}
