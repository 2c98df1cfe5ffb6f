/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-lane.h"

#include <string.h>

#define GREETED   "TLS\nS: 220 mail.practice.invalid ESMTP\n"
#define EHLO(lines) GREETED "C: EHLO [127.0.0.1]\nS: 250-mail.practice.invalid\n" lines
#define PLAIN     EHLO ("S: 250 AUTH PLAIN\n") "C: AUTH PLAIN ?*\n"
#define SIGNED_IN PLAIN "S: 235 in\n"
#define CLEAR     "S: 220 mail.practice.invalid ESMTP\nC: EHLO ?*\n"
#define OFFERED   CLEAR "S: 250-mail.practice.invalid\nS: 250 STARTTLS\nC: STARTTLS\n"
#define BEFORE_RSET \
  "C: MAIL FROM:<you@practice.invalid>\nQUIET\nS: 250 ok\n" \
  "C: RCPT TO:<you@practice.invalid>\nQUIET\nS: 250 ok\nC: RSET\nQUIET\n"
#define ONE_BY_ONE BEFORE_RSET "S: 250 ok\nC: QUIT\n"
#define AUTH_LOGIN EHLO ("S: 250 AUTH LOGIN\n") "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: ?*\n" \
  "S: 334 UGFzc3dvcmQ6\nC: ?*\n"
#define SCRAM    EHLO ("S: 250 AUTH SCRAM-SHA-256\n") "C: AUTH SCRAM-SHA-256 ?*\n"

/* j, o with two dots, e: a local part that needs SMTPUTF8 (RFC 6531). */
#define JOE      "j\xc3\xb6" "e@practice.invalid"

#define TLS      TL_SECURITY_TLS
#define STARTTLS TL_SECURITY_STARTTLS

typedef struct
{
  const char *name;
  TlSecurity  security;
  const char *script;
  const char *primary;  /* NULL: green */
  guint       n_auth;
  const char *address;
  gboolean    gives_up; /* the client ends the exchange with a "*" */
} Case;

static const Case cases[] = {
  /* Greeting */
  { "greet/554", TLS, "TLS\nS: 554 some reason of ours\n", "greet.rejected" },
  { "greet/421", TLS, "TLS\nS: 421 some reason of ours\n", "greet.busy" },
  { "greet/250", TLS, "TLS\nS: 250 ok\n", "greet.protocol" },
  { "greet/imap", STARTTLS, "S: * OK ready\n", "greet.wrong-service" },
  { "greet/pop3", STARTTLS, "S: +OK ready\n", "greet.wrong-service" },
  { "greet/ssh", STARTTLS, "S: SSH-2.0-x\n", "greet.wrong-service" },
  { "greet/glued", TLS, "TLS\nS: 220mail\n", "greet.protocol" },
  { "greet/mixed", TLS, "TLS\nS: 220-a\nS: 221 b\n", "greet.protocol" },
  { "greet/tls-alert", STARTTLS, "S! \\x15\\x03\\x01\\0\\x02\\x02\\n\nCLOSE", "greet.tls-expected" },
  { "greet/plain-on-tls-port", TLS, "S: 220 mail.practice.invalid\nC: *", "tls.plaintext-peer" },

  /* Upgrade */
  { "upgrade/not-offered", STARTTLS, CLEAR "S: 250-a\nS: 250 AUTH PLAIN\n", "upgrade.not-offered" },
  { "upgrade/ehlo-refused", STARTTLS, CLEAR "S: 500 what\n", "upgrade.not-offered" },
  { "upgrade/overwritten", STARTTLS, CLEAR "S: 250-a\nS: 250 XXXXXXXA\n", "upgrade.stripped" },
  { "upgrade/overwritten-greeting", STARTTLS,
    "S: 220 ****************\nC: EHLO *\nS: 250-a\nS: 250 SIZE\n", "upgrade.stripped" },
  { "upgrade/454", STARTTLS, OFFERED "S: 454 some reason of ours\n", "upgrade.refused" },
  { "upgrade/502", STARTTLS, OFFERED "S: 502 some reason of ours\n", "upgrade.refused" },
  { "upgrade/554", STARTTLS, OFFERED "S: 554 some reason of ours\n", "upgrade.refused" },
  { "upgrade/354", STARTTLS, OFFERED "S: 354 go\n", "upgrade.refused" },
  { "upgrade/334", STARTTLS, OFFERED "S: 334 go\n", "upgrade.refused" },
  { "upgrade/250", STARTTLS, OFFERED "S: 250 go\n", "upgrade.refused" },
  { "upgrade/221", STARTTLS, OFFERED "S: 221 bye\n", "upgrade.refused" },
  { "upgrade/421", STARTTLS, OFFERED "S: 421 bye\n", "upgrade.refused" },
  { "upgrade/injected", STARTTLS, OFFERED "S! 220 go\\r\\n250 injected\\r\\n\nTLS\n", "upgrade.injected" },
  { "upgrade/injected-fragment", STARTTLS, OFFERED "S! 220 go\\r\\n250-AUTH INJ\nTLS\n",
    "upgrade.injected" },
  { "upgrade/injected-later", STARTTLS, OFFERED "S: 220 go\nSLEEP 40\nS: 250 injected\nTLS\n",
    "upgrade.injected" },
  { "upgrade/forgotten", STARTTLS, CLEAR "S: 250-a\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\nC: STARTTLS\n"
    "S: 220 go\nTLS\nC: EHLO ?*\nS: 250-a\nS: 250 AUTH XOAUTH2\n", "caps.oauth-only" },

  /* Capabilities */
  { "caps/oauth-only", TLS, EHLO ("S: 250 AUTH XOAUTH2 OAUTHBEARER\n"), "caps.oauth-only" },
  { "caps/foreign", TLS, EHLO ("S: 250 AUTH GSSAPI NTLM\n"), "caps.no-common-mechanism" },
  { "caps/refused", TLS, GREETED "C: EHLO *\nS: 550 some reason of ours\n", "greet.rejected" },
  { "caps/hung-up", TLS, GREETED "C: EHLO *\nSHUTDOWN\n", "caps.server-closed" },
  { "caps/rubbish", TLS, GREETED "C: EHLO *\nS: 2500 ok\n", "caps.protocol" },
  { "caps/ahead", TLS, "TLS\nS! 220 ready\\r\\n250-a\\r\\n250 AUTH PLAIN\\r\\n235 in\\r\\n\nC: *\n",
    "caps.protocol" },
  { "caps/ahead-in-records", TLS, "TLS\nCORK\nS: 220 ready\nS: 250-a\nS: 250 AUTH PLAIN\nS: 235 in\n"
    "S: 250 ok\nS: 250 ok\nS: 250 ok\nUNCORK\nC: *\nC: *\nC: *\nC: *\nC: *\n", "caps.protocol" },
  { "caps/421-ahead", TLS, "TLS\nS! 220 ready\\r\\n421 some reason of ours\\r\\n\nC: *\n", "greet.busy" },

  /* Signing in */
  { "auth/none-offered", TLS, EHLO ("S: 250 SIZE\n"), "auth.not-proven" },
  { "auth/wrong", TLS, PLAIN "S: 535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6\n",
    "auth.bad-credentials", 1 },
  { "auth/5.7.139", TLS, PLAIN "S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is "
    "disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.\n",
    "auth.protocol-off", 1 },
  { "auth/app-password", TLS, PLAIN
    "S: 534-5.7.9 Application-specific password required. Learn more at\n"
    "S: 534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor\n", "auth.app-password", 1 },
  { "auth/temporary", TLS, PLAIN "S: 454 4.7.0 Temporary authentication failure\n", "auth.temporary", 1 },
  { "auth/hung-up", TLS, PLAIN "S: 421 some reason of ours\n", "auth.temporary", 1 },
  { "auth/reset", TLS, PLAIN "RST\n", "auth.reset", 1 },
  { "auth/ahead-in-records", TLS, GREETED "C: EHLO *\nCORK\nS: 250-a\nS: 250 AUTH PLAIN\nS: 235 in\n"
    "S: 250 ok\nS: 250 ok\nS: 250 ok\nUNCORK\nC: *\nC: *\nC: *\nC: *\n", "auth.protocol" },
  { "auth/250", TLS, PLAIN "S: 250 ok\n", "auth.protocol", 1 },
  { "auth/echo", TLS, PLAIN "S: 535 5.7.8 no " TL_TEST_LANE_PASSWORD " for you\n",
    "auth.bad-credentials", 1 },
  { "auth/echo-line", TLS, AUTH_LOGIN "H: echo\n", "auth.bad-credentials", 1 },
  { "auth/echo-proof", TLS, SCRAM "H: first\nC: ?*\nH: echo\n", "auth.bad-credentials", 1 },
  { "auth/not-base64", TLS, SCRAM "H: junk\nC: ?\n", "auth.protocol", 1, .gives_up = TRUE },
  { "auth/flood", TLS, EHLO ("S: 250 AUTH PLAIN\n") "C: AUTH PLAIN ?*\nS: 334 \nC: ?\n",
    "auth.protocol", 1, .gives_up = TRUE },
  { "auth/unknown-mechanism", TLS, EHLO ("S: 250 AUTH SCRAM-SHA-256 LOGIN PLAIN\n")
    "C: AUTH SCRAM-SHA-256 ?*\nS: 504 5.5.4 Unrecognized authentication type\n"
    "C: AUTH PLAIN ?*\nS: 235 in\n" ONE_BY_ONE, NULL, 2 },
  { "auth/504-behind-password", TLS, EHLO ("S: 250 AUTH LOGIN PLAIN\n")
    "C: AUTH PLAIN ?*\nS: 504 5.5.4 Unrecognized authentication type\nC: AUTH LOGIN\n",
    "caps.no-common-mechanism", 1 },
  { "auth/504-behind-proof", TLS, EHLO ("S: 250 AUTH SCRAM-SHA-256 LOGIN PLAIN\n")
    "C: AUTH SCRAM-SHA-256 ?*\nH: first\nC: ?*\nS: 504 some reason of ours\nC: AUTH *\n",
    "caps.no-common-mechanism", 1 },
  { "auth/ok-ahead-of-password", TLS, EHLO ("S: 250 AUTH LOGIN\n")
    "C: AUTH LOGIN\nCORK\nS: 334 VXNlcm5hbWU6\nS: 334 UGFzc3dvcmQ6\nS: 235 in\nUNCORK\nC: *\nC: *\n"
    ONE_BY_ONE, "auth.protocol", 1 },
  { "auth/unknown-mechanisms", TLS, EHLO ("S: 250 AUTH SCRAM-SHA-256 LOGIN PLAIN\n")
    "C: AUTH SCRAM-SHA-256 ?*\nS: 504 5.5.4 no\nC: AUTH PLAIN ?*\nS: 504 5.5.4 no\n",
    "caps.no-common-mechanism", 2 },

  /* Using it */
  { "use/one-by-one", TLS, SIGNED_IN ONE_BY_ONE, NULL, 1 },
  { "use/sender", TLS, SIGNED_IN "C: MAIL *\nS: 550 some reason of ours\n", "use.sender-refused", 1 },
  { "use/not-owned", TLS, SIGNED_IN "C: MAIL *\nS: 250 ok\nC: RCPT *\n"
    "S: 553 5.7.1 <you@practice.invalid>: Sender address rejected: not owned by user you\n",
    "use.sender-refused", 1 },
  { "use/relay", TLS, SIGNED_IN "C: MAIL *\nS: 250 ok\nC: RCPT *\n"
    "S: 554 5.7.1 <you@practice.invalid>: Relay access denied\n", "use.relay-denied", 1 },
  { "use/recipient", TLS, SIGNED_IN "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 550 some reason of ours\n",
    "use.recipient-refused", 1 },
  { "use/later", TLS, SIGNED_IN "C: MAIL *\nS: 250 ok\nC: RCPT *\nS: 450 some reason of ours\n",
    "use.temporary", 1 },
  { "use/ahead-in-records", TLS, PLAIN "CORK\nS: 235 in\nS: 250 ok\nS: 250 ok\nS: 250 ok\nUNCORK\n"
    "C: *\nC: *\nC: *\n", "use.protocol", 1 },
  { "use/ahead-of-group", TLS, EHLO ("S: 250-PIPELINING\nS: 250 AUTH PLAIN\n") "C: AUTH PLAIN ?*\n"
    "CORK\nS: 235 in\nS: 250 ok\nS: 250 ok\nS: 250 ok\nUNCORK\nC: *\nC: *\nC: *\n", "use.protocol", 1 },
  { "use/ahead-one-by-one", TLS, SIGNED_IN "C: MAIL *\nCORK\nS: 250 ok\nS: 250 ok\nUNCORK\nC: *\n",
    "use.protocol", 1 },
  { "use/no-smtputf8", TLS, SIGNED_IN "C: MAIL *\n", "caps.missing-extension", 1, JOE },
  { "use/smtputf8", TLS, EHLO ("S: 250-SMTPUTF8\nS: 250 AUTH PLAIN\n") "C: AUTH PLAIN ?*\nS: 235 in\n"
    "C: MAIL FROM:<" JOE "> SMTPUTF8\nS: 250 ok\nC: RCPT TO:<" JOE ">\nS: 250 ok\n"
    "C: RSET\nS: 250 ok\nC: QUIT\n", NULL, 1, JOE },
  { "use/reset-refused", TLS, SIGNED_IN BEFORE_RSET "S: 451 some reason of ours\nC: QUIT\n", NULL, 1 },
  { "use/reset-unknown", TLS, SIGNED_IN BEFORE_RSET "S: 502 some reason of ours\nC: QUIT\n", NULL, 1 },
  { "use/reset-hung-up", TLS, SIGNED_IN BEFORE_RSET "S: 421 some reason of ours\n",
    "use.rate-limited", 1 },
  { "use/reset-rubbish", TLS, SIGNED_IN BEFORE_RSET "S: 354 go\n", "use.protocol", 1 },
  { "use/half-way", TLS, SIGNED_IN "C: MAIL *\nS: 354 go\n", "use.protocol", 1 },
  { "use/hung-up", TLS, SIGNED_IN "C: MAIL *\nSHUTDOWN\n", "use.server-closed", 1 },
};

/* "first": the first message of a SCRAM server, with the nonce that the client
 * sent. "junk": the same with characters that are not of base64, which a lax
 * decoder skips. "echo": a refusal that quotes the client's last line, which is
 * kept. */
static char *
answer (const char *argument,
        const char *line,
        gpointer    user_data)
{
  char **out_quoted = user_data;
  gsize len;
  g_autofree guchar *bytes = NULL;
  g_autofree char *client_first = NULL;
  g_autofree char *first = NULL;
  g_autofree char *base64 = NULL;

  if (g_str_equal (argument, "echo"))
    {
      *out_quoted = g_strdup (line);
      return g_strdup_printf ("535 5.7.8 no %s for you", line);
    }

  bytes = g_base64_decode (strrchr (line, ' ') + 1, &len);
  client_first = g_strndup ((const char *) bytes, len);
  first = g_strconcat ("r=", strstr (client_first, ",r=") + 3,
                       "xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL);
  base64 = g_base64_encode ((const guchar *) first, strlen (first));

  return g_strconcat ("334 ", g_str_equal (argument, "junk") ? "!!!!" : "", base64, NULL);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *quoted = NULL;
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = c->security, .script = c->script, .address = c->address,
    .hook = answer, .hook_data = &quoted,
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_test_message ("%s%s", tl_test_peer_get_transcript (lane.peer),
                  tl_test_peer_get_problem (lane.peer) == NULL
                  ? "" : tl_test_peer_get_problem (lane.peer));

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, c->n_auth);
  g_assert_cmpuint (tl_test_peer_count (lane.peer, "?"), ==, c->gives_up);
  tl_test_lane_assert_hidden (&lane, quoted);
  if (c->primary == NULL)
    {
      g_assert_null (tl_test_peer_get_problem (lane.peer));
      g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
    }
  if (c->n_auth <= 1)
    tl_test_lane_assert_sane (&lane);
}

static void
test_flood (void)
{
  g_autoptr(GString) script = g_string_new (GREETED "C: EHLO *\n");
  g_autoptr(GString) line = g_string_new (GREETED "C: EHLO *\nS! 250-");
  g_auto(TlTestLane) lines = { .kind = TL_LANE_OUTGOING, .security = TLS };
  g_auto(TlTestLane) bytes = { .kind = TL_LANE_OUTGOING, .security = TLS };

  for (guint i = 0; i < 200; i++)
    g_string_append (script, "S: 250-x\n");
  for (guint i = 0; i < 10000; i++)
    g_string_append_c (line, 'x');

  lines.script = script->str;
  bytes.script = line->str;
  tl_test_lane_start (&lines);
  tl_test_lane_start (&bytes);
  tl_test_lane_wait (&lines);
  tl_test_lane_wait (&bytes);
  g_assert_cmpstr (tl_test_lane_get_primary (&lines), ==, "caps.too-long");
  g_assert_cmpstr (tl_test_lane_get_primary (&bytes), ==, "caps.too-long");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/outgoing/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/lane/outgoing/flood", test_flood);

  return g_test_run ();
}
