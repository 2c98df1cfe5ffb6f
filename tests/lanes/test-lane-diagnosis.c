/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-diagnosis.h"

typedef struct
{
  const char *name;
  TlLaneKind  lane;
  TlStage     stage;
  TlCause     cause;
  const char *id;
  const char *text;
  guint       reply_code;
  const char *enhanced;
  const char *imap_code;
} Case;

#define IN  TL_LANE_INCOMING
#define OUT TL_LANE_OUTGOING

static const Case cases[] = {
  /* The stage it happened in */
  { "reset",             IN,  TL_STAGE_CAPS,    TL_CAUSE_RESET,           "caps.reset" },
  { "timeout",           OUT, TL_STAGE_USE,     TL_CAUSE_TIMEOUT,         "use.timeout" },
  { "tls-timeout",       OUT, TL_STAGE_TLS,     TL_CAUSE_TIMEOUT,         "tls.timeout" },
  { "connect-timeout",   OUT, TL_STAGE_CONNECT, TL_CAUSE_TIMEOUT,         "connect.timeout" },
  { "ports-blocked",     OUT, TL_STAGE_CONNECT, TL_CAUSE_PORTS_BLOCKED,   "connect.ports-blocked" },
  { "connect-refused",   IN,  TL_STAGE_CONNECT, TL_CAUSE_REFUSED,         "connect.refused" },
  { "hostname",          IN,  TL_STAGE_TLS,     TL_CAUSE_HOSTNAME,        "tls.hostname" },
  { "scram-limits",      IN,  TL_STAGE_AUTH,    TL_CAUSE_SCRAM_LIMITS,    "auth.scram-limits" },
  /* Another stage is its home */
  { "injected-later",    IN,  TL_STAGE_TLS,     TL_CAUSE_INJECTED,        "upgrade.injected" },
  { "no-mechanism-late", OUT, TL_STAGE_AUTH,    TL_CAUSE_NO_COMMON_MECHANISM, "caps.no-common-mechanism" },
  { "smtputf8",          OUT, TL_STAGE_USE,     TL_CAUSE_MISSING_EXTENSION, "caps.missing-extension" },
  { "offline-early",     OUT, TL_STAGE_RESOLVE, TL_CAUSE_OFFLINE,         "connect.offline" },
  { "no-client",         OUT, TL_STAGE_OAUTH,   TL_CAUSE_OAUTH_REQUIRED,  "oauth.no-client" },
  /* No home at all */
  { "nowhere/resolve",   IN,  TL_STAGE_RESOLVE, TL_CAUSE_BAD_HOST,        "resolve.servfail" },
  { "nowhere/greet",     IN,  TL_STAGE_GREET,   TL_CAUSE_BAD_HOST,        "greet.protocol" },
  { "nowhere/use",       IN,  TL_STAGE_USE,     TL_CAUSE_BAD_HOST,        "use.protocol" },

  /* Words, then codes, then the command */
  { "words/app-password", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.app-password",
    "5.7.9 Application-specific password required. Learn more at", 534, "5.7.9" },
  { "words/enhanced-139", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.protocol-off",
    "some words that nobody knows", 535, "5.7.139" },
  { "codes/535", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.bad-credentials",
    "some words that nobody knows", 535 },
  { "codes/454", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.temporary",
    "some words that nobody knows", 454 },
  { "codes/imap", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.expired",
    "some words that nobody knows", .imap_code = "EXPIRED" },
  { "codes/imap-unavailable", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.temporary",
    "some words that nobody knows", .imap_code = "UNAVAILABLE" },
  { "codes/421", OUT, TL_STAGE_USE, TL_CAUSE_SERVER_CLOSED, "use.rate-limited",
    "some words that nobody knows", 421 },
  { "command/sender", OUT, TL_STAGE_USE, TL_CAUSE_SENDER_REFUSED, "use.sender-refused",
    "some words that nobody knows", 550 },
  { "command/sender-later", OUT, TL_STAGE_USE, TL_CAUSE_SENDER_REFUSED, "use.rate-limited",
    "some words that nobody knows", 450 },
  { "command/recipient", OUT, TL_STAGE_USE, TL_CAUSE_RECIPIENT_REFUSED, "use.recipient-refused",
    "some words that nobody knows", 554 },
  { "command/inbox", IN, TL_STAGE_USE, TL_CAUSE_INBOX_MISSING, "use.inbox-missing",
    "some words that nobody knows" },
  { "default/auth", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.bad-credentials",
    "some words that nobody knows" },
  { "default/upgrade", OUT, TL_STAGE_UPGRADE, TL_CAUSE_REFUSED, "upgrade.refused",
    "some words that nobody knows", 354 },
  { "default/bye", IN, TL_STAGE_GREET, TL_CAUSE_REJECTED, "greet.rejected",
    "some words that nobody knows" },
  { "fact/not-offered", OUT, TL_STAGE_UPGRADE, TL_CAUSE_NOT_OFFERED, "upgrade.not-offered",
    "Authentication failed", 535, "5.7.8" },
  { "fact/not-proven", OUT, TL_STAGE_AUTH, TL_CAUSE_SERVER_NOT_PROVEN, "auth.server-not-proven",
    "Authentication failed", 535, "5.7.8" },
  { "fact/scram-limits", IN, TL_STAGE_AUTH, TL_CAUSE_SCRAM_LIMITS, "auth.scram-limits",
    "some words that nobody knows", .imap_code = "UNAVAILABLE" },
  { "fact/timeout", OUT, TL_STAGE_USE, TL_CAUSE_TIMEOUT, "use.timeout",
    "some words that nobody knows", 450 },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  GVariantDict dict;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlFinding) finding = NULL;

  g_variant_dict_init (&dict, NULL);
  if (c->text != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", c->text);
  if (c->reply_code != 0)
    g_variant_dict_insert (&dict, TL_EVIDENCE_REPLY_CODE, "u", (guint32) c->reply_code);
  if (c->enhanced != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_ENHANCED_CODE, "s", c->enhanced);
  if (c->imap_code != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_IMAP_CODE, "s", c->imap_code);
  fault = tl_fault_new (c->cause, g_variant_dict_end (&dict));

  finding = tl_lane_diagnose (c->lane, c->stage, fault);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, c->id);
  g_assert_cmpint (tl_finding_get_lane (finding), ==, c->lane);
}

static void
test_every (void)
{
  static const TlStage stages[] = {
    TL_STAGE_RESOLVE, TL_STAGE_CONNECT, TL_STAGE_TLS, TL_STAGE_GREET, TL_STAGE_UPGRADE,
    TL_STAGE_CAPS, TL_STAGE_AUTH, TL_STAGE_OAUTH, TL_STAGE_USE,
  };
  g_autoptr(GEnumClass) causes = g_type_class_ref (TL_TYPE_CAUSE);

  g_test_summary ("Whatever happens wherever, there is an entry in the catalogue, and it is an error");

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    for (guint j = 0; j < causes->n_values; j++)
      {
        g_autoptr(TlFault) fault = tl_fault_new ((TlCause) causes->values[j].value, NULL);
        g_autoptr(TlFinding) finding = tl_lane_diagnose (TL_LANE_INCOMING, stages[i], fault);

        g_assert_nonnull (tl_catalogue_lookup (tl_finding_get_id (finding)));
        g_assert_cmpint (tl_finding_get_severity (finding), ==, TL_SEVERITY_ERROR);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/diagnosis/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/lane/diagnosis/every", test_every);

  return g_test_run ();
}
