/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes what the program writes, one document a file, for check-data to hold against the schemas:
 * the first word of a file's name is the schema's.
 *
 * usage: write-samples FOLDER */
#include "tl-bundle-json.h"
#include "tl-discovery-report.h"
#include "tl-loop-report.h"
#include "tl-test-report.h"

/* 2026-01-31T12:00:00Z */
#define MADE_S 1769860800
#define HASH   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const char *folder;

static void
write_text (const char *name,
            const char *text,
            gssize      len)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, len, &error);
  g_assert_no_error (error);
}

static void
write_json (const char *name,
            TlJson     *json)
{
  g_autoptr(TlJson) owned = json;
  g_autofree char *text = tl_json_to_pretty (owned);

  write_text (name, text, -1);
}

static void
write_report (const char       *kind,
              TlTestReportKind  report_kind,
              TlPurpose         purpose)
{
  g_autoptr(TlReport) report = tl_test_report_new (report_kind, purpose, MADE_S - 60);
  g_autofree char *test_name = g_strconcat ("test-", kind, ".json", NULL);
  g_autofree char *bundle_name = g_strconcat ("bundle-", kind, ".json", NULL);
  g_autoptr(GBytes) bundle = NULL;
  TlBundleFacts facts = {
    .serial = 7,
    .made_s = MADE_S,
    .expires_s = MADE_S + 86400,
    .readiness = tl_report_get_readiness (report, MADE_S),
    .fingerprint = HASH,
    .certificate_sha256 = HASH,
    .report_sha256 = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100",
  };

  write_json (test_name, tl_report_to_json (report));

  bundle = tl_bundle_json_write (report, &facts);
  write_text (bundle_name, g_bytes_get_data (bundle, NULL), (gssize) g_bytes_get_size (bundle));
}

/* With all that may be absent. */
static void
write_full_bundle (void)
{
  static const TlPolicyDocument documents[] = {
    { "Acme", "system", HASH }, { NULL, "signer", HASH }, { NULL, "user", HASH },
    { NULL, "file", HASH },
  };
  static const TlPolicyRule rules[] = {
    { "providers", 0, TL_VERDICT_OK }, { "hosts.incoming", 3, TL_VERDICT_NOT_TESTED },
  };
  g_autoptr(TlPolicyRecord) policy = tl_policy_record_new (documents, G_N_ELEMENTS (documents),
                                                           rules, G_N_ELEMENTS (rules));
  g_autoptr(TlReport) tested = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX,
                                                   MADE_S - 60);
  g_autoptr(TlReport) report = tl_report_with_policy (tested, policy);
  const TlBundleFacts facts = {
    .serial = 7,
    .made_s = MADE_S,
    .expires_s = MADE_S + 86400,
    .readiness = tl_report_get_readiness (report, MADE_S),
    .fingerprint = HASH,
    .certificate_sha256 = HASH,
    .recipient = HASH,
    .has_incoming = TRUE,
    .has_outgoing = TRUE,
    .secrets_sha256 = HASH,
    .report_sha256 = HASH,
  };
  g_autoptr(GBytes) bundle = tl_bundle_json_write (report, &facts);

  write_text ("bundle-full.json", g_bytes_get_data (bundle, NULL),
              (gssize) g_bytes_get_size (bundle));
}

/* Every key that evidence may have. */
static GVariant *
full_evidence (void)
{
  static const char * const keys[] = {
    TL_EVIDENCE_ADDRESS, TL_EVIDENCE_ADDRESSES, TL_EVIDENCE_BYTES, TL_EVIDENCE_DETAIL,
    TL_EVIDENCE_DOMAIN, TL_EVIDENCE_ENHANCED_CODE, TL_EVIDENCE_FINGERPRINT,
    TL_EVIDENCE_FIRST_BYTES, TL_EVIDENCE_GATEWAY, TL_EVIDENCE_HOST, TL_EVIDENCE_IMAP_CODE,
    TL_EVIDENCE_ISSUER, TL_EVIDENCE_LIMIT, TL_EVIDENCE_MECHANISM, TL_EVIDENCE_NAMES,
    TL_EVIDENCE_NOT_AFTER, TL_EVIDENCE_NOT_BEFORE, TL_EVIDENCE_OFFERED, TL_EVIDENCE_OS_ERROR,
    TL_EVIDENCE_PORT, TL_EVIDENCE_PORTS_SILENT, TL_EVIDENCE_PORTS_OPEN, TL_EVIDENCE_PROVIDER,
    TL_EVIDENCE_PROXY, TL_EVIDENCE_REPLY_CODE, TL_EVIDENCE_SECONDS, TL_EVIDENCE_SERVER_TEXT,
    TL_EVIDENCE_SOURCE, TL_EVIDENCE_SUGGESTION, TL_EVIDENCE_TLS_ALERT, TL_EVIDENCE_TLS_VERSION,
    TL_EVIDENCE_URL, TL_EVIDENCE_USER, TL_EVIDENCE_VERIFY_CODE, TL_EVIDENCE_WANTED,
  };
  GVariant *whole = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GVariant *values[] = {
        g_variant_new_string ("x"), g_variant_new_uint32 (1), g_variant_new_strv (NULL, 0),
      };

      for (gsize j = 0; j < G_N_ELEMENTS (values); j++)
        {
          GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
          g_autoptr(GVariant) before = whole;
          g_autoptr(GVariant) one = NULL;

          g_variant_dict_insert_value (&dict, keys[i], values[j]);
          one = g_variant_ref_sink (g_variant_dict_end (&dict));
          whole = tl_evidence_is_valid (one) ? tl_evidence_merge (before, one)
                                             : g_variant_ref (before);
        }
    }

  return whole;
}

/* With the longest server that there is room for. */
static void
add_every_reason (GPtrArray *rejections)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);
  g_autofree char *server = g_strnfill (1000, 'x');

  for (guint i = 0; i < klass->n_values; i++)
    {
      TlLaneKind lane = i % 2 == 0 ? TL_LANE_NONE : TL_LANE_OUTGOING;

      g_ptr_array_add (rejections, tl_rejection_new (lane, TL_SOURCE_MX_DIRECTORY, server,
                                                     klass->values[i].value));
    }
}

static void
add_every_kind (GPtrArray *hints)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_HINT_KIND);
  g_autofree char *text = g_strnfill (1000, 'x');

  for (guint i = 0; i < klass->n_values; i++)
    {
      g_ptr_array_add (hints, tl_hint_new (klass->values[i].value, TL_SOURCE_AUTOCONFIG, text,
                                           NULL));
      g_ptr_array_add (hints, tl_hint_new (klass->values[i].value, TL_SOURCE_AUTOCONFIG, NULL,
                                           "https://help.acme.test/"));
    }
}

static void
write_discoveries (void)
{
  static const char * const agrees[] = {
    "autodiscover", "directory", "gateway", "mailconf", "mx-autoconfig", "mx-directory", "pacc",
    "provider-mx", "srv", NULL
  };
  static const char * const hops[] = { "https://autoconfig.acme.test/mail/config-v1.1.xml", NULL };
  g_autoptr(GEnumClass) statuses = g_type_class_ref (TL_TYPE_SOURCE_STATUS);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@acme.test", NULL);
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;
  g_autoptr(TlDiscoveryReport) full = NULL;
  g_autoptr(TlDiscoveryReport) empty = NULL;
  g_autoptr(GVariant) evidence = full_evidence ();

  incoming = tl_lane_settings_new_from_url ("imaps://imap.acme.test", TL_AUTH_PASSWORD,
                                            "ada@acme.test", NULL);
  outgoing = tl_lane_settings_new_from_url ("smtp://smtp.acme.test", TL_AUTH_APP_PASSWORD, "ada",
                                            NULL);
  g_ptr_array_add (candidates,
                   tl_candidate_new (TL_LANE_INCOMING, incoming, TL_SOURCE_AUTOCONFIG,
                                     TL_TRUST_OWN_DOMAIN, 120, FALSE, agrees, hops, NULL));
  g_ptr_array_add (candidates,
                   tl_candidate_new (TL_LANE_OUTGOING, outgoing, TL_SOURCE_PROVIDER_MX,
                                     TL_TRUST_CURATED, 90, TRUE, NULL, NULL, "google"));
  g_ptr_array_add (findings, tl_finding_new ("discover.conflict", TL_LANE_NONE, evidence));

  add_every_reason (rejections);
  add_every_kind (hints);
  tl_contacts_add (contacts, TL_CONTACT_DNS, "acme.test");
  tl_contacts_add (contacts, TL_CONTACT_WEB, "autoconfig.acme.test");
  tl_contacts_add (contacts, TL_CONTACT_MAIL, "imap.acme.test");
  for (guint i = 0; i < statuses->n_values; i++)
    {
      const GEnumValue *status = &statuses->values[i];

      /* A report that is printed is the last: nobody is being asked any more. */
      if (status->value != TL_SOURCE_STATUS_ASKING)
        g_ptr_array_add (sources, tl_source_answer_new (TL_SOURCE_PACC,
                                                        (TlSourceStatus) status->value, i,
                                                        i % 2 == 0 ? status->value_nick : NULL));
    }

  full = tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates,
    .sources = sources,
    .findings = findings,
    .rejections = rejections,
    .hints = hints,
    .contacts = contacts,
    .provider = "google",
    .proposed_ms = 212,
  });
  empty = tl_discovery_report_new (address, &(TlDiscoveryParts) { NULL });
  write_json ("discover-full.json", tl_discovery_report_to_json (full));
  write_json ("discover-empty.json", tl_discovery_report_to_json (empty));
}

static void
write_loops (void)
{
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GVariant) evidence = full_evidence ();
  g_autoptr(TlLoopReport) full = NULL;
  g_autoptr(TlLoopReport) empty = NULL;

  g_ptr_array_add (findings, tl_finding_new ("deliver.dkim-fail", TL_LANE_OUTGOING, evidence));
  full = tl_loop_report_new (&(TlLoopReportParts) {
    .started_at_s = MADE_S,
    .is_sent = TRUE,
    .sent_ms = 120,
    .is_back = TRUE,
    .back_ms = 4100,
    .folder = "Junk",
    .role = "junk",
    .n_copies = 2,
    .judge = "mx.acme.test",
    .spf = "pass",
    .dkim = "fail",
    .dkim_domain = "acme.test",
    .dkim_selector = "s1",
    .dmarc = "permerror",
    .filing = TL_LOOP_FILING_FILED,
    .sent_folder = "Sent",
    .is_removed = TRUE,
    .findings = findings,
  });
  empty = tl_loop_report_new (&(TlLoopReportParts) { .started_at_s = MADE_S });
  write_json ("loop-full.json", tl_loop_report_to_json (full));
  write_json ("loop-empty.json", tl_loop_report_to_json (empty));
}

int
main (int   argc,
      char *argv[])
{
  g_assert_cmpint (argc, ==, 2);
  folder = argv[1];

  write_discoveries ();
  write_loops ();
  write_report ("ready", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX);
  write_report ("failed", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX);
  write_report ("hostile", TL_TEST_REPORT_HOSTILE, TL_PURPOSE_MAILBOX);
  write_report ("empty", TL_TEST_REPORT_EMPTY, TL_PURPOSE_MAILBOX);
  write_report ("shared", TL_TEST_REPORT_SHARED, TL_PURPOSE_MAILBOX);
  write_report ("practice", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE);
  write_full_bundle ();

  return 0;
}
