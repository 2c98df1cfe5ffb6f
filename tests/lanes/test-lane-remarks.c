/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-remarks.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "tl-test-lane.h"

#define DAY_S (24 * 60 * 60)
#define NOW_S 1800000000

static const struct
{
  const char *name;
  gint64      left_s;
  gboolean    is_soon;
  guint       days;
} expiry_cases[] = {
  { "long", 90 * DAY_S, FALSE, 0 },
  { "a-second-more", 21 * DAY_S + 1, FALSE, 0 },
  { "exactly", 21 * DAY_S, TRUE, 21 },
  { "a-second-less", 21 * DAY_S - 1, TRUE, 20 },
  { "a-day", DAY_S, TRUE, 1 },
  { "hours", DAY_S - 1, TRUE, 0 },
  { "now", 0, TRUE, 0 },
  { "over", -5 * DAY_S, TRUE, 0 },
};

static void
test_expiry (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint days = 0;

  g_assert_cmpint (tl_lane_remarks_expires_soon (NOW_S + expiry_cases[i].left_s, NOW_S, &days), ==,
                   expiry_cases[i].is_soon);
  g_assert_cmpuint (days, ==, expiry_cases[i].days);
}

static TlFinding *
find (TlTestLane *lane,
      const char *id)
{
  GPtrArray *findings = tl_lane_report_get_findings (lane->report);

  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (tl_finding_get_id (findings->pdata[i]), id))
      return findings->pdata[i];

  return NULL;
}

/* --- Certificates -------------------------------------------------------------------- */

/* A certificate that vouches for itself, and a network in which that counts. */
static SSL_CTX *
make_own_authority (const char  *common_name,
                    long         days,
                    TlNetwork  **out_network)
{
  g_autofree char *pem = NULL;
  EVP_PKEY *key = EVP_EC_gen ("P-256");
  X509 *certificate = X509_new ();
  X509_NAME *name = X509_get_subject_name (certificate);
  X509_EXTENSION *san = X509V3_EXT_conf_nid (NULL, NULL, NID_subject_alt_name,
                                             "DNS:" TL_TEST_LANE_HOST);
  SSL_CTX *ctx = SSL_CTX_new (TLS_server_method ());
  BIO *bio = BIO_new (BIO_s_mem ());
  char *bytes;
  long len;

  X509_set_version (certificate, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (certificate), 7);
  X509_gmtime_adj (X509_getm_notBefore (certificate), -DAY_S);
  X509_gmtime_adj (X509_getm_notAfter (certificate), days * DAY_S);
  X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, (const guchar *) common_name, -1, -1, 0);
  X509_set_issuer_name (certificate, name);
  X509_set_pubkey (certificate, key);
  g_assert_true (X509_add_ext (certificate, san, -1));
  g_assert_cmpint (X509_sign (certificate, key, EVP_sha256 ()), >, 0);

  g_assert_true (PEM_write_bio_X509 (bio, certificate));
  len = BIO_get_mem_data (bio, &bytes);
  pem = g_strndup (bytes, (gsize) len);
  *out_network = tl_network_new_practice (pem, NULL);
  g_assert_nonnull (*out_network);
  g_assert_cmpint (SSL_CTX_use_certificate (ctx, certificate), ==, 1);
  g_assert_cmpint (SSL_CTX_use_PrivateKey (ctx, key), ==, 1);

  BIO_free (bio);
  X509_EXTENSION_free (san);
  X509_free (certificate);
  EVP_PKEY_free (key);

  return ctx;
}

static const struct
{
  const char *path;
  const char *common_name;
  long        days;
  TlVerdict   verdict;
  gboolean    is_soon;
  const char *product;
} certificate_cases[] = {
  { "T01/expires-soon", "Some authority", 20, TL_VERDICT_WARNING, TRUE, NULL },
  { "T01/expires-late", "Some authority", 23, TL_VERDICT_OK, FALSE, NULL },
  { "T05/inspected", "Avast Web/Mail Shield Root", 90, TL_VERDICT_WARNING, FALSE, "Avast" },
  { "T05/inspected-and-soon", "Avast Web/Mail Shield Root", 5, TL_VERDICT_WARNING, TRUE, "Avast" },
};

static void
test_certificate (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlNetwork) network = NULL;
  g_autoptr(SSL_CTX) ctx = make_own_authority (certificate_cases[i].common_name,
                                               certificate_cases[i].days, &network);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new (TL_TEST_IMAP_TLS, ctx);
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .network = network,
  };
  TlFinding *soon;
  TlFinding *inspected;

  lane.port = tl_test_peer_start (peer);
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  tl_test_peer_stop (peer);
  tl_test_lane_assert_sane (&lane);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, certificate_cases[i].verdict);

  soon = find (&lane, "tls.expires-soon");
  g_assert_cmpint (soon != NULL, ==, certificate_cases[i].is_soon);
  if (soon != NULL)
    {
      GVariant *evidence = tl_finding_get_evidence (soon);

      /* Whole days: the last one may have begun while the test ran. */
      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_DAYS, 99), <=,
                        (guint) certificate_cases[i].days);
      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_DAYS, 99), >=,
                        (guint) certificate_cases[i].days - 1);
      g_assert_nonnull (tl_evidence_get_string (evidence, TL_EVIDENCE_NOT_AFTER));
    }

  inspected = find (&lane, "tls.inspected");
  g_assert_cmpstr (inspected == NULL
                   ? NULL : tl_evidence_get_string (tl_finding_get_evidence (inspected),
                                                    TL_EVIDENCE_PRODUCT), ==,
                   certificate_cases[i].product);
  g_assert_cmpstr (lane.events->str, ==,
                   certificate_cases[i].verdict == TL_VERDICT_OK
                   ? "+resolve -resolve:ok +connect -connect:ok +tls -tls:ok +greet -greet:ok "
                     "+caps -caps:ok +auth -auth:ok +use -use:ok "
                   : "+resolve -resolve:ok +connect -connect:ok +tls -tls:warning +greet -greet:ok "
                     "+caps -caps:ok +auth -auth:ok +use -use:ok ");
}

/* --- The mailbox ------------------------------------------------------------------------ */

#define SIGN_IN(more) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\nC: %T AUTHENTICATE PLAIN ?*\n" \
  "S: %T OK [CAPABILITY IMAP4rev1" more "] in\n"
#define LIST "C: %T LIST *\nS: * LIST (\\\\Sent) \"/\" Sent\nS: %T OK done\n"
#define EXAMINE "C: %T EXAMINE *\nS: * 7 EXISTS\nS: %T OK done\n"
#define IDLE "C: %T IDLE\nS: + idling\nC: DONE\n"
#define RIGHTS(letters) \
  SIGN_IN (" ACL IDLE") LIST "C: %T MYRIGHTS INBOX\nS: * MYRIGHTS INBOX " letters "\n" \
  "S: %T OK done\n" EXAMINE IDLE
#define QUOTA(numbers) \
  SIGN_IN (" QUOTA IDLE") LIST "C: %T GETQUOTAROOT INBOX\nS: * QUOTAROOT INBOX \"\"\n" \
  "S: * QUOTA \"\" (STORAGE " numbers ")\nS: %T OK done\n" EXAMINE IDLE

static const struct
{
  const char *path;
  const char *script;
  TlVerdict   verdict;
  const char *id;      /* of what is found, or NULL */
  gboolean    is_primary;
} mailbox_cases[] = {
  { "A04/full", QUOTA ("512 512"), TL_VERDICT_ERROR, "use.over-quota", TRUE },
  { "A04/overfull", QUOTA ("513 512"), TL_VERDICT_ERROR, "use.over-quota", TRUE },
  { "A04/not-full", QUOTA ("511 512"), TL_VERDICT_OK, NULL },
  { "A04/no-limit", QUOTA ("5 0"), TL_VERDICT_OK, NULL },
  { "A05/may-not-read", RIGHTS ("lws"), TL_VERDICT_ERROR, "use.no-permission", TRUE },
  { "A05/may-read", RIGHTS ("lrswik"), TL_VERDICT_OK, NULL },
  { "A13/no-idle", SIGN_IN ("") LIST EXAMINE "C: %T LOGOUT\n", TL_VERDICT_WARNING,
    "use.idle-missing", TRUE },
  { "A13/idle-refused", SIGN_IN (" IDLE") LIST EXAMINE "C: %T IDLE\nS: %T NO x\nC: %T LOGOUT\n",
    TL_VERDICT_WARNING, "use.idle-missing", TRUE },
  { "S19/alert", SIGN_IN (" IDLE") LIST "S: * OK [ALERT] Down on Sunday\n" EXAMINE IDLE,
    TL_VERDICT_OK, "use.alert" },
  { "S19/alert-before-sign-in",
    "TLS\nS: * OK [ALERT] Visit some.practice.invalid\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: %T OK done\nC: %T AUTHENTICATE PLAIN ?*\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" LIST EXAMINE IDLE, TL_VERDICT_OK, NULL },
};

static void
test_mailbox (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = mailbox_cases[i].script,
  };
  GPtrArray *findings;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, mailbox_cases[i].verdict);
  tl_test_lane_assert_sane (&lane);

  findings = tl_lane_report_get_findings (lane.report);
  g_assert_cmpuint (findings->len, ==, mailbox_cases[i].id != NULL);
  if (mailbox_cases[i].id != NULL)
    g_assert_cmpstr (tl_finding_get_id (findings->pdata[0]), ==, mailbox_cases[i].id);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==,
                   mailbox_cases[i].is_primary ? mailbox_cases[i].id : NULL);
}

static void
test_alert_text (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS,
    .script = SIGN_IN (" IDLE") LIST "S: * OK [ALERT] one\nS: * OK [ALERT] two\n" EXAMINE IDLE,
  };
  GPtrArray *findings;

  g_test_summary ("Each thing that the server wants to be read is a finding of its own");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  findings = tl_lane_report_get_findings (lane.report);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (findings->pdata[0]),
                                           TL_EVIDENCE_SERVER_TEXT), ==, "one");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (findings->pdata[1]),
                                           TL_EVIDENCE_SERVER_TEXT), ==, "two");
}

/* --- What else was learnt ------------------------------------------------------------------ */

static void
test_incoming_facts (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = TL_TEST_IMAP_TLS,
  };
  const TlLaneFactsParts *facts;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_nonnull (tl_lane_report_get_facts (lane.report));
  facts = tl_lane_facts_get_parts (tl_lane_report_get_facts (lane.report));
  g_assert_cmpstr (facts->mechanism, ==, "PLAIN");
  g_assert_cmpstr (facts->software, ==, "Scripted 1.0");
  g_assert_cmpint (facts->delimiter, ==, '/');
  g_assert_nonnull (strchr (facts->rights, 'r'));
  g_assert_true (facts->has_quota);
  g_assert_cmpuint (facts->quota_used, ==, 10);
  g_assert_cmpuint (facts->quota_limit, ==, 512);
  g_assert_cmpint (facts->n_messages, ==, 3);
  g_assert_true (facts->idles);
}

static void
test_outgoing_facts (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS,
    .script = "TLS\nS: 220 ESMTP\nC: EHLO ?*\nS: 250-mail\nS: 250-PIPELINING\nS: 250-SIZE 1234567\n"
              "S: 250 AUTH PLAIN\nC: AUTH PLAIN ?*\nS: 235 2.7.0 in\n" TL_TEST_SMTP_USE,
  };
  const TlLaneFactsParts *facts;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_nonnull (tl_lane_report_get_facts (lane.report));
  facts = tl_lane_facts_get_parts (tl_lane_report_get_facts (lane.report));
  g_assert_cmpstr (facts->mechanism, ==, "PLAIN");
  g_assert_cmpuint (facts->max_message_bytes, ==, 1234567);
  g_assert_cmpint (facts->n_messages, ==, -1);
}

/* --- The clear ------------------------------------------------------------------------------- */

static const struct
{
  const char *path;
  TlLaneKind  kind;
  const char *script;
  gboolean    is_remarked;
  gboolean    is_broken;   /* the lane ends behind the upgrade */
} clear_cases[] = {
  { "S18/incoming", TL_LANE_INCOMING,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\n"
    "S: %T OK done\nC: %T STARTTLS\nS: %T OK go ahead\nTLS\n"
    TL_TEST_IMAP_SIGN_IN TL_TEST_IMAP_USE, TRUE },
  { "S18/incoming-disabled", TL_LANE_INCOMING, TL_TEST_IMAP_STARTTLS, FALSE },
  { "S18/outgoing", TL_LANE_OUTGOING,
    "S: 220 ESMTP\nC: EHLO ?*\nS: 250-mail\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\nC: STARTTLS\n"
    "S: 220 2.0.0 go ahead\nTLS\n" TL_TEST_SMTP_SIGN_IN TL_TEST_SMTP_USE, TRUE },
  { "S18/incoming-refused", TL_LANE_INCOMING,
    "S: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\n"
    "S: %T OK done\nC: %T STARTTLS\nS: %T OK go ahead\nTLS\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: %T OK done\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T NO [AUTHENTICATIONFAILED] no\n", FALSE, TRUE },
  { "S18/outgoing-no-tls", TL_LANE_OUTGOING,
    "S: 220 ESMTP\nC: EHLO ?*\nS: 250-mail\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\nC: STARTTLS\n"
    "S: 220 2.0.0 go ahead\nCLOSE\n", FALSE, TRUE },
  { "S18/outgoing-not-offered", TL_LANE_OUTGOING, TL_TEST_SMTP_STARTTLS, FALSE },
};

static void
test_clear (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_auto(TlTestLane) lane = {
    .kind = clear_cases[i].kind, .security = TL_SECURITY_STARTTLS,
    .script = clear_cases[i].script,
  };

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==,
                   clear_cases[i].is_broken ? TL_VERDICT_ERROR : TL_VERDICT_OK);
  g_assert_cmpint (find (&lane, "upgrade.plaintext-allowed") != NULL, ==,
                   clear_cases[i].is_remarked);
  tl_test_lane_assert_sane (&lane);
}

/* --- Two families ------------------------------------------------------------------------------ */

static const struct
{
  const char *path;
  const char *addresses[3];
  const char *unanswered;   /* what is remarked, or NULL */
} family_cases[] = {
  { "N05/one-family", { "::1", "127.0.0.1" }, "::1" },
  { "N05/one-address-of-two", { "127.0.0.2", "127.0.0.1" }, NULL },
  { "N05/not-asked", { "127.0.0.1", "::1" }, NULL },
};

static void
test_family (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_test_ca_get_pem (tl_test_lane_get_ca ()),
                                                          NULL);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("HANG\n", NULL);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (TL_TEST_LANE_HOST, tl_test_peer_start (peer),
                                                    TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_PASSWORD, "you", NULL);
  g_autoptr(TlAddress) address = tl_address_parse (TL_TEST_LANE_ADDRESS, NULL);
  g_autoptr(TlLaneWork) work = tl_lane_work_new (TL_LANE_INCOMING, settings, address, NULL, network,
                                                 &TL_LANE_BUDGET_DEFAULT);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFault) fault = NULL;
  TlChannel *channel;

  g_test_summary ("Nobody listens at the first address; the other one answers");

  for (gsize j = 0; family_cases[i].addresses[j] != NULL; j++)
    g_ptr_array_add (addresses, g_inet_address_new_from_string (family_cases[i].addresses[j]));
  channel = tl_channel_dial_sync (network, endpoint, addresses, tl_deadline_in_ms (5000), NULL,
                                  &fault, NULL);
  g_assert_nonnull (channel);
  work->conversation = tl_conversation_new (channel, TL_IMAP_MAX_LINE_LEN, work->transcript);

  tl_lane_remarks_on_connection (work);
  g_assert_cmpuint (work->remarks->len, ==, family_cases[i].unanswered != NULL);
  if (family_cases[i].unanswered != NULL)
    {
      g_autofree const char **seen = NULL;

      g_assert_cmpstr (tl_finding_get_id (work->remarks->pdata[0]), ==, "connect.family-dead");
      g_assert_true (g_variant_lookup (tl_finding_get_evidence (work->remarks->pdata[0]),
                                       TL_EVIDENCE_ADDRESSES, "^a&s", &seen));
      g_assert_cmpstr (seen[0], ==, family_cases[i].unanswered);
      g_assert_null (seen[1]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (expiry_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-remarks/expiry/", expiry_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_expiry);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (certificate_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-remarks/", certificate_cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_certificate);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (mailbox_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-remarks/", mailbox_cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_mailbox);
    }
  g_test_add_func ("/lane-remarks/S19/alert-text", test_alert_text);
  g_test_add_func ("/lane-remarks/facts/incoming", test_incoming_facts);
  g_test_add_func ("/lane-remarks/facts/outgoing", test_outgoing_facts);
  for (gsize i = 0; i < G_N_ELEMENTS (clear_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-remarks/", clear_cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_clear);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (family_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-remarks/", family_cases[i].path, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_family);
    }

  return g_test_run ();
}
