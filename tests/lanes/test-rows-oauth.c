/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* Signing in with a token, as far as scripted peers can show it: rows O11 and O12. */

#define IMAP_TOKEN(mechanism) \
  IMAP_OFFER ("IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=" mechanism) \
  "C: %T AUTHENTICATE " mechanism " ?*\n"
#define SMTP_TOKEN(mechanism) \
  SMTP_OFFER ("S: 250 AUTH PLAIN " mechanism "\n") "C: AUTH " mechanism " ?*\n"
#define IMAP_TOKEN_IN IMAP_TOKEN ("XOAUTH2") "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"

/* {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"} */
#define GOOGLE64 "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29v" \
                 "Z2xlLmNvbS8ifQ=="
/* {"status":"insufficient_scope","scope":"imap smtp","openid-configuration":"http://127.0.0.1:1/x"} */
#define SCOPE64  "eyJzdGF0dXMiOiJpbnN1ZmZpY2llbnRfc2NvcGUiLCJzY29wZSI6ImltYXAgc210cCIsIm9wZW5pZC1j" \
                 "b25maWd1cmF0aW9uIjoiaHR0cDovLzEyNy4wLjAuMToxL3gifQ=="
/* {"status":"server_error"} */
#define LATER64  "eyJzdGF0dXMiOiJzZXJ2ZXJfZXJyb3IifQ=="

typedef struct
{
  const char *name;
  TlLaneKind  kind;
  TlSecurity  security;
  const char *script;
  const char *primary;  /* NULL: green */
  const char *status;   /* the server's word about the token, or NULL */
  const char *wanted;   /* scopes that it names, joined, or NULL */
} TokenCase;

static const TokenCase token_cases[] = {
  { "O12/imap/xoauth2", IMAPS,
    IMAP_TOKEN ("XOAUTH2") "S: + " GOOGLE64 "\nC: \nS: %T NO [AUTHENTICATIONFAILED] Invalid\n",
    "auth.token-rejected", "400", "https://mail.google.com/" },
  { "O12/imap/oauthbearer", IMAPS,
    IMAP_TOKEN ("OAUTHBEARER") "S: + " GOOGLE64 "\nC: AQ==\nS: %T NO Authentication failed.\n",
    "auth.token-rejected", "400", "https://mail.google.com/" },
  { "O12/imap/scope", IMAPS,
    IMAP_TOKEN ("OAUTHBEARER") "S: + " SCOPE64 "\nC: AQ==\nS: %T NO no\n",
    "auth.scope-missing", "insufficient_scope", "imap smtp" },
  { "O12/imap/later", IMAPS,
    IMAP_TOKEN ("OAUTHBEARER") "S: + " LATER64 "\nC: AQ==\nS: %T NO no\n",
    "auth.temporary", "server_error" },
  { "O12/imap/microsoft", IMAPS, IMAP_TOKEN ("XOAUTH2") "S: %T NO AUTHENTICATE failed.\n",
    "auth.token-rejected" },
  { "O12/smtp/xoauth2", SMTPS,
    SMTP_TOKEN ("XOAUTH2") "S: 334 " GOOGLE64 "\nC: \n"
    "S: 535 5.7.8 Username and Password not accepted.\n",
    "auth.token-rejected", "400", "https://mail.google.com/" },
  { "O12/smtp/oauthbearer", SMTPS,
    SMTP_TOKEN ("OAUTHBEARER") "S: 334 " SCOPE64 "\nC: AQ==\nS: 535 5.7.8 no\n",
    "auth.scope-missing", "insufficient_scope", "imap smtp" },
  { "O12/smtp/microsoft", SMTPS,
    SMTP_TOKEN ("XOAUTH2") "S: 535 5.7.3 Authentication unsuccessful [x.outlook.com]\n",
    "auth.token-rejected" },
  { "O11/smtp-off/mailbox", SMTPS,
    SMTP_TOKEN ("XOAUTH2") "S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication "
    "is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled\n",
    "auth.protocol-off" },
  { "O11/smtp-off/tenant", SMTPS,
    SMTP_TOKEN ("XOAUTH2") "S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication "
    "is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled\n",
    "auth.protocol-off" },
  /* Who signs in to a shared mailbox without a right to it. */
  { "shared/not-connected", IMAPS,
    IMAP_TOKEN_IN "C: %T LIST *\nS: %T BAD User is authenticated but not connected.\n",
    "use.no-permission" },
};

static void
test_token (gconstpointer data)
{
  const TokenCase *c = data;
  g_auto(TlTestLane) lane = {
    .kind = c->kind, .security = c->security, .script = c->script, .auth = TL_AUTH_OAUTH2,
  };
  GVariant *evidence;
  g_autofree const char **wanted = NULL;
  g_autofree char *joined = NULL;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->primary);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, 1);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  tl_test_lane_assert_sane (&lane);

  evidence = tl_finding_get_evidence (tl_lane_report_get_findings (lane.report)->pdata[0]);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_TOKEN_STATUS), ==, c->status);
  if (g_variant_lookup (evidence, TL_EVIDENCE_WANTED, "^a&s", &wanted))
    joined = g_strjoinv (" ", (char **) wanted);
  g_assert_cmpstr (joined, ==, c->wanted);
}

typedef struct
{
  const char *name;
  const char *out;     /* what SMTP says to the token that IMAP takes */
  const char *primary;
} SplitCase;

static const SplitCase split_cases[] = {
  { "O11/lanes-differ/scope", "S: 334 " SCOPE64 "\nC: \nS: 535 5.7.8 no\n", "auth.scope-missing" },
  { "O11/lanes-differ/switch", "S: 535 5.7.139 Authentication unsuccessful, "
    "SmtpClientAuthentication is disabled for the Tenant.\n", "auth.protocol-off" },
};

/* The same token on both lanes, at once, and only one of them takes it. */
static void
test_split (gconstpointer data)
{
  const SplitCase *c = data;
  g_autofree char *script = g_strconcat (SMTP_TOKEN ("XOAUTH2"), c->out, NULL);
  g_auto(TlTestLane) in = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .auth = TL_AUTH_OAUTH2,
    .script = IMAP_TOKEN_IN IMAP_REST,
  };
  g_auto(TlTestLane) out = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS, .auth = TL_AUTH_OAUTH2,
    .script = script,
  };

  tl_test_lane_start (&in);
  tl_test_lane_start (&out);
  tl_test_lane_wait (&in);
  tl_test_lane_wait (&out);

  g_assert_cmpstr (tl_test_lane_get_primary (&in), ==, NULL);
  g_assert_cmpstr (tl_test_lane_get_primary (&out), ==, c->primary);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (token_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rows/", token_cases[i].name, NULL);

      g_test_add_data_func (path, &token_cases[i], test_token);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rows/", split_cases[i].name, NULL);

      g_test_add_data_func (path, &split_cases[i], test_split);
    }

  return g_test_run ();
}
