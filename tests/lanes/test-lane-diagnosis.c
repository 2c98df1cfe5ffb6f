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
  const char *mechanism;
  const char *token_status;
  guint       retry_after; /* what the finding has in the end */
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
  { "pop3-only",         IN,  TL_STAGE_GREET,   TL_CAUSE_POP3_ONLY,       "discover.pop3-only" },
  { "deliver-timeout",   IN,  TL_STAGE_DELIVER, TL_CAUSE_TIMEOUT,         "deliver.timeout" },
  /* The network's ways to be in the way */
  { "nobody-listens",    IN,  TL_STAGE_CONNECT, TL_CAUSE_REFUSED,         "connect.refused" },
  { "silent-ports",      OUT, TL_STAGE_CONNECT, TL_CAUSE_PORTS_BLOCKED,   "connect.ports-blocked" },
  { "prohibited",        OUT, TL_STAGE_CONNECT, TL_CAUSE_FILTERED,        "connect.filtered" },
  { "stripped",          OUT, TL_STAGE_UPGRADE, TL_CAUSE_STRIPPED,        "upgrade.stripped" },
  { "banned",            IN,  TL_STAGE_CONNECT, TL_CAUSE_BANNED,          "connect.banned" },
  { "proxy-only",        IN,  TL_STAGE_CONNECT, TL_CAUSE_PROXY_ONLY,      "connect.proxy-only" },
  { "inconsistent",      IN,  TL_STAGE_TLS,     TL_CAUSE_INCONSISTENT,    "tls.inconsistent" },
  { "intercepted",       IN,  TL_STAGE_TLS,     TL_CAUSE_INTERCEPTED,     "tls.intercepted" },
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
  { "codes/imap-unavailable-later", IN, TL_STAGE_USE, TL_CAUSE_REFUSED, "use.temporary",
    "some words that nobody knows", .imap_code = "UNAVAILABLE" },
  { "codes/imap-unavailable", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.temporary",
    "some words that nobody knows", .imap_code = "UNAVAILABLE" },
  { "codes/421", OUT, TL_STAGE_USE, TL_CAUSE_SERVER_CLOSED, "use.rate-limited",
    "some words that nobody knows", 421 },
  { "command/sender", OUT, TL_STAGE_USE, TL_CAUSE_SENDER_REFUSED, "use.sender-refused",
    "some words that nobody knows", 550 },
  { "command/sender-later", OUT, TL_STAGE_USE, TL_CAUSE_SENDER_REFUSED, "use.temporary",
    "some words that nobody knows", 450 },
  { "command/recipient", OUT, TL_STAGE_USE, TL_CAUSE_RECIPIENT_REFUSED, "use.recipient-refused",
    "some words that nobody knows", 554 },
  { "command/inbox", IN, TL_STAGE_USE, TL_CAUSE_INBOX_MISSING, "use.inbox-missing",
    "some words that nobody knows" },
  { "default/auth", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "some words that nobody knows" },
  { "default/auth-out", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "some words that nobody knows", 550 },
  { "default/auth-alert", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "some words that nobody knows", .imap_code = "ALERT" },
  { "deliver/words", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "use.sender-refused",
    "SendAsDenied", 554, "5.2.252" },
  { "deliver/words-of-use", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "auth.disabled",
    "some words that nobody knows", 550, "5.7.13" },
  { "deliver/enhanced", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "use.over-quota",
    "some words that nobody knows", 552, "5.2.2" },
  { "deliver/later", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "use.temporary",
    "some words that nobody knows", 451 },
  { "deliver/code", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "deliver.refused",
    "some words that nobody knows", 550 },
  { "deliver/no-words", OUT, TL_STAGE_DELIVER, TL_CAUSE_MESSAGE_REFUSED, "deliver.refused" },
  { "deliver/too-large", OUT, TL_STAGE_USE, TL_CAUSE_MESSAGE_REFUSED, "use.message-refused" },
  { "default/deliver", OUT, TL_STAGE_DELIVER, TL_CAUSE_REFUSED, "deliver.refused" },
  { "codes/authenticationfailed", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.bad-credentials",
    "some words that nobody knows", .imap_code = "AUTHENTICATIONFAILED" },
  { "default/upgrade", OUT, TL_STAGE_UPGRADE, TL_CAUSE_REFUSED, "upgrade.refused",
    "some words that nobody knows", 354 },
  { "default/bye", IN, TL_STAGE_GREET, TL_CAUSE_REJECTED, "greet.rejected",
    "some words that nobody knows" },

  /* A token is no password */
  { "token/status-400", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    "Invalid credentials (Failure)", .imap_code = "AUTHENTICATIONFAILED", .token_status = "400" },
  { "token/status-401", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    "Username and Password not accepted", 535, "5.7.8", .token_status = "401" },
  { "token/invalid", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    "some words that nobody knows", .token_status = "invalid_token" },
  { "token/no-words", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    .token_status = "invalid_token" },
  { "token/other-status", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    .token_status = "computer_says_no" },
  { "token/scope", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.scope-missing",
    "some words that nobody knows", .token_status = "insufficient_scope" },
  { "token/scope-403", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.scope-missing",
    "some words that nobody knows", 535, .token_status = "403" },
  { "token/scope-any-case", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.scope-missing",
    .token_status = "Insufficient_Scope" },
  { "token/passing", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.temporary",
    "some words that nobody knows", .token_status = "temporarily_unavailable" },
  { "token/mechanism", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    "Username and Password not accepted", 535, "5.7.8", .mechanism = "XOAUTH2" },
  { "token/mechanism-unknown", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.token-rejected",
    "some words that nobody knows", .mechanism = "OAUTHBEARER" },
  { "token/mechanism-other-fault", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.protocol-off",
    "SmtpClientAuthentication is disabled for the Tenant", 535, "5.7.139",
    .mechanism = "XOAUTH2" },
  { "token/password-mechanism", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.bad-credentials",
    "Username and Password not accepted", 535, "5.7.8", .mechanism = "PLAIN" },
  { "token/not-a-refusal", IN, TL_STAGE_AUTH, TL_CAUSE_RESET, "auth.reset",
    .token_status = "400", .mechanism = "XOAUTH2" },

  /* A server that says how long to wait */
  { "wait/milliseconds", IN, TL_STAGE_USE, TL_CAUSE_REFUSED, "use.rate-limited",
    "Request is throttled. Suggested Backoff Time: 9123 milliseconds", .retry_after = 10 },
  { "wait/exact", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "use.rate-limited",
    "Request is throttled. Suggested Backoff Time: 9000 milliseconds", .retry_after = 9 },
  { "wait/at-most-a-day", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "use.rate-limited",
    "Request is throttled. Suggested Backoff Time: 999999999 milliseconds", .retry_after = 86400 },
  { "wait/minutes", OUT, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.temporary",
    "please try again in 15 minutes", 454, .retry_after = 900 },
  { "wait/seconds", OUT, TL_STAGE_USE, TL_CAUSE_SENDER_REFUSED, "use.temporary",
    "Try Again In 30 Seconds", 450, .retry_after = 30 },
  { "wait/hours", OUT, TL_STAGE_USE, TL_CAUSE_REFUSED, "use.temporary",
    "slow down, retry after 2 hours", 450, .retry_after = 7200 },
  { "wait/alone-auth", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.throttled",
    "please wait 30 seconds", .retry_after = 30 },
  { "wait/alone-use", IN, TL_STAGE_USE, TL_CAUSE_REFUSED, "use.rate-limited",
    "please wait 1 minute", .retry_after = 60 },
  { "wait/none", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused", "please wait 0 seconds" },
  { "wait/no-unit", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused", "please wait 30" },
  { "wait/other-unit", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "please wait 30 minstrels" },
  { "wait/other-word", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "your lease of 30 minutes is over" },
  { "wait/too-many-digits", IN, TL_STAGE_AUTH, TL_CAUSE_REFUSED, "auth.refused",
    "please wait 1234567890 seconds" },
  { "wait/not-told", IN, TL_STAGE_AUTH, TL_CAUSE_TIMEOUT, "auth.timeout",
    "please wait 30 seconds" },

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
  if (c->mechanism != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", c->mechanism);
  if (c->token_status != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_TOKEN_STATUS, "s", c->token_status);
  fault = tl_fault_new (c->cause, g_variant_dict_end (&dict));

  finding = tl_lane_diagnose (c->lane, c->stage, fault);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, c->id);
  g_assert_cmpint (tl_finding_get_lane (finding), ==, c->lane);
  g_assert_cmpuint (tl_evidence_get_uint (tl_finding_get_evidence (finding),
                                          TL_EVIDENCE_RETRY_AFTER, 0), ==, c->retry_after);
}

typedef struct
{
  const char *name;
  const char *evidence; /* g_variant_parse() */
  const char *expected; /* the same */
} EvidenceCase;

/* What was taken out of a server's echo stays out, and what was seen stays. */
static const EvidenceCase evidence_cases[] = {
  { "X17/echo",
    "{'host': <'mx.test'>, 'reply_code': <uint32 535>, 'server_text': <'no such login: ••••'>}",
    "{'host': <'mx.test'>, 'reply_code': <uint32 535>, 'server_text': <'no such login: ••••'>}" },
  { "wait-added",
    "{'server_text': <'•••• again in 2 minutes'>}",
    "{'server_text': <'•••• again in 2 minutes'>, 'retry_after': <uint32 120>}" },
  { "wait-known",
    "{'server_text': <'again in 2 minutes'>, 'retry_after': <uint32 7>}",
    "{'server_text': <'again in 2 minutes'>, 'retry_after': <uint32 7>}" },
  { "nothing", "@a{sv} {}", "@a{sv} {}" },
};

static GVariant *
parse_evidence (const char *text)
{
  g_autoptr(GError) error = NULL;
  GVariant *evidence = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);

  return evidence;
}

static void
test_evidence (gconstpointer data)
{
  const EvidenceCase *c = data;
  g_autoptr(GVariant) given = parse_evidence (c->evidence);
  g_autoptr(GVariant) expected = parse_evidence (c->expected);
  g_autoptr(TlFault) fault = tl_fault_new (TL_CAUSE_REFUSED, given);
  g_autoptr(TlFinding) finding = tl_lane_diagnose (TL_LANE_OUTGOING, TL_STAGE_AUTH, fault);
  GVariant *evidence = tl_finding_get_evidence (finding);
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_assert_cmpuint (g_variant_n_children (evidence), ==, g_variant_n_children (expected));
  g_variant_iter_init (&iter, expected);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    {
      g_autoptr(GVariant) kept = g_variant_lookup_value (evidence, key, NULL);

      g_test_message ("%s", key);
      g_assert_nonnull (kept);
      g_assert_cmpvariant (kept, value);
    }
}

static void
test_every (void)
{
  static const TlStage stages[] = {
    TL_STAGE_RESOLVE, TL_STAGE_CONNECT, TL_STAGE_TLS, TL_STAGE_GREET, TL_STAGE_UPGRADE,
    TL_STAGE_CAPS, TL_STAGE_AUTH, TL_STAGE_OAUTH, TL_STAGE_USE, TL_STAGE_DELIVER,
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
  for (gsize i = 0; i < G_N_ELEMENTS (evidence_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/diagnosis/evidence/", evidence_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, &evidence_cases[i], test_evidence);
    }
  g_test_add_func ("/lane/diagnosis/every", test_every);

  return g_test_run ();
}
