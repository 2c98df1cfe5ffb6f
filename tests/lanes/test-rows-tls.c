/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* Certificates and handshakes, each on both lanes and behind both ways of
 * being encrypted: rows T01 to T22. What no lane shows is in tests/net. */

typedef struct
{
  const char *name;
  TlTestTls   peculiar;
  const char *primary;  /* NULL: green */
  const char *names;
} Case;

static const Case cases[] = {
  { "T01/expired",            TL_TEST_TLS_EXPIRED,          "tls.expired" },
  { "T02/not-yet-valid",      TL_TEST_TLS_NOT_YET_VALID,    "tls.not-yet-valid" },
  { "T03/other-name",         TL_TEST_TLS_GOOD,             "tls.hostname",
    "other.practice.invalid" },
  { "T04/self-signed",        TL_TEST_TLS_SELF_SIGNED,      "tls.self-signed" },
  { "T06/no-intermediate",    TL_TEST_TLS_INCOMPLETE,       "tls.incomplete-chain" },
  { "T07/shuffled",           TL_TEST_TLS_SHUFFLED,         NULL },
  { "T08/no-san",             TL_TEST_TLS_NO_SAN,           "tls.no-san" },
  { "T10/wildcard",           TL_TEST_TLS_GOOD,             NULL, "*.practice.invalid" },
  { "T10/partial-wildcard",   TL_TEST_TLS_GOOD,             "tls.hostname", "m*.practice.invalid" },
  { "T13/client-only",        TL_TEST_TLS_CLIENT_ONLY,      "tls.purpose" },
  { "T14/not-an-authority",   TL_TEST_TLS_NOT_AN_AUTHORITY, "tls.chain-invalid" },
  { "T14/path-too-long",      TL_TEST_TLS_PATH_TOO_LONG,    "tls.chain-invalid" },
  { "T15/rsa-1024",           TL_TEST_TLS_RSA_1024,         "tls.weak" },
  { "T15/sha-1",              TL_TEST_TLS_SHA_1,            "tls.weak" },
  { "T16/1.1",                TL_TEST_TLS_ONLY_1_1,         "tls.version" },
  { "T16/1.0",                TL_TEST_TLS_ONLY_1_0,         "tls.version" },
  { "T17/revoked",            TL_TEST_TLS_STAPLE_REVOKED,   "tls.revoked" },
  { "T17/good",               TL_TEST_TLS_STAPLE_GOOD,      NULL },
  { "T20/many-names",         TL_TEST_TLS_MANY_NAMES,       "tls.oversized" },
  { "T22/client-certificate", TL_TEST_TLS_WANTS_CLIENT,     "tls.client-cert-required" },
};

typedef struct
{
  const char *name;
  TlLaneKind  kind;
  TlSecurity  security;
  const char *script;
} Road;

static const Road roads[] = {
  { "imap",          IMAPS, TL_TEST_IMAP_TLS },
  { "imap-starttls", IMAP,  TL_TEST_IMAP_STARTTLS },
  { "smtp",          SMTPS, TL_TEST_SMTP_TLS },
  { "smtp-starttls", SMTP,  TL_TEST_SMTP_STARTTLS },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  TlTestLane lanes[G_N_ELEMENTS (roads)] = { { 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (roads); i++)
    {
      lanes[i] = (TlTestLane) {
        .kind = roads[i].kind, .security = roads[i].security, .script = roads[i].script,
        .names = c->names, .peculiar = c->peculiar,
      };
      tl_test_lane_start (&lanes[i]);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (roads); i++)
    {
      tl_test_lane_wait (&lanes[i]);
      g_test_message ("%s: %s", roads[i].name, tl_test_lane_get_primary (&lanes[i]));
      g_assert_cmpstr (tl_test_lane_get_primary (&lanes[i]), ==, c->primary);
      g_assert_cmpuint (tl_test_lane_count_auth (&lanes[i]), ==, c->primary == NULL ? 1 : 0);
      tl_test_lane_assert_sane (&lanes[i]);
      tl_test_lane_clear (&lanes[i]);
    }
}

/* Both sides wait: a second connection, without a password, tells why. */
static const TlLaneBudget waiting = { 4000, 4000, 4000, 1500, 4000, 4000, 4000, 4000, 9000 };

static const TlTestRow rows[] = {
  /* What is on a port that should be encrypted */
  { "T18/imap", IMAPS, "S: * OK ready\nC: *\n", "tls.plaintext-peer" },
  { "T18/pop3", IMAPS, "S: +OK ready\nC: *\n", "tls.plaintext-peer" },
  { "T18/smtp", SMTPS, "S: 220 mail.practice.invalid ESMTP\nC: *\n", "tls.plaintext-peer" },
  { "T18/ssh", SMTPS, "S: SSH-2.0-x\nC: *\n", "tls.plaintext-peer" },
  { "T18/http", SMTPS, "AWAIT\nS: HTTP/1.1 400 Bad Request\nC: *\n", "tls.plaintext-peer" },

  { "T19/imap", IMAP, TL_TEST_IMAP_TLS, "greet.tls-expected", .n_more = 1, .budget = &waiting },
  { "T19/smtp", SMTP, TL_TEST_SMTP_TLS, "greet.tls-expected", .n_more = 1, .budget = &waiting },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  TL_TEST_ADD_ROWS (rows);
  TL_TEST_ADD_CASES ("/rows", cases, test_case);

  return g_test_run ();
}
