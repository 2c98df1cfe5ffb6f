/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-set-up.h"

#include <string.h>

#define NOW TL_TEST_NOW_S
#define DAY (24 * 60 * 60)

#define FINGERPRINT_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define FINGERPRINT_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define OAUTH  "\"sign_in\": [\"oauth2\"]"
#define PEM(body) "-----BEGIN CERTIFICATE-----\\n" body "\\n-----END CERTIFICATE-----\\n"

/* Takes @self. */
static TlPolicies *
add (TlPolicies     *self,
     const char     *members,
     TlPolicyOrigin  origin)
{
  return tl_test_policies_add (self, members, origin);
}

static TlVerdict
get_verdict (GPtrArray  *results,
             const char *rule)
{
  return tl_policy_result_get_verdict (tl_test_policy_result_find (results, rule));
}

static void
test_properties (void)
{
  g_autoptr(TlPolicies) policies = add (tl_policies_new (), "\"name\": \"Acme\", " OAUTH,
                                        TL_POLICY_FROM_SIGNER);
  g_autoptr(TlPlan) plan = tl_test_set_up_plan_new (&(TlTestSetUp) { 0 });
  g_autoptr(GPtrArray) results = tl_policies_check_plan (policies, plan);
  TlPolicyResult *result = g_ptr_array_index (results, 0);
  g_autofree char *rule = NULL;
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autofree char *verdict_label = NULL;
  TlPolicyOrigin origin;
  TlVerdict verdict;

  g_object_get (result, "rule", &rule, "label", &label, "origin", &origin, "policy-name", &name,
                "wanted", &wanted, "found", &found, "verdict", &verdict, "finding", &finding,
                "verdict-label", &verdict_label, NULL);
  g_assert_cmpstr (rule, ==, "sign_in");
  g_assert_cmpstr (label, ==, tl_policy_result_get_label (result));
  g_assert_cmpint (origin, ==, TL_POLICY_FROM_SIGNER);
  g_assert_cmpstr (name, ==, "Acme");
  g_assert_cmpstr (wanted, ==, tl_auth_get_label (TL_AUTH_OAUTH2));
  g_assert_cmpstr (found, ==, tl_auth_get_label (TL_AUTH_PASSWORD));
  g_assert_cmpint (verdict, ==, TL_VERDICT_ERROR);
  g_assert_cmpstr (verdict_label, ==, tl_policy_result_get_verdict_label (result));
  g_assert_cmpstr (verdict_label, !=, tl_verdict_get_label (TL_VERDICT_ERROR));
  g_assert_true (finding == tl_policy_result_get_finding (result));
}

static void
test_stricter (void)
{
  g_autoptr(TlPolicies) policies =
    add (add (tl_policies_new (),
              "\"sign_in\": [\"oauth2\", \"password\"], \"tls\": {\"min_version\": \"1.3\"}",
              TL_POLICY_FROM_FILE),
         "\"sign_in\": [\"password\"], \"tls\": {\"min_version\": \"1.2\"}",
         TL_POLICY_FROM_SYSTEM);
  const TlTestSetUp by_token = { .in_auth = TL_AUTH_OAUTH2, .out_auth = TL_AUTH_OAUTH2 };
  const TlTestSetUp by_old_tls = { .in_tls = "TLSv1.2" };
  g_autoptr(TlReport) with_token = tl_test_set_up_report_new (&by_token);
  g_autoptr(TlReport) with_old_tls = tl_test_set_up_report_new (&by_old_tls);
  g_autoptr(TlPolicyRecord) token = tl_policies_make_record (policies, with_token);
  g_autoptr(TlPolicyRecord) old_tls = tl_policies_make_record (policies, with_old_tls);
  const TlPolicyRule *rules;
  guint n;

  g_test_summary ("Each has to be kept, whoever says it: trust makes no rule weaker");

  rules = tl_policy_record_get_rules (token, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_cmpstr (rules[1].rule, ==, "sign_in");
  g_assert_cmpint (rules[1].verdict, ==, TL_VERDICT_ERROR);
  g_assert_cmpstr (rules[3].rule, ==, "sign_in");
  g_assert_cmpint (rules[3].verdict, ==, TL_VERDICT_OK);
  g_assert_cmpint (tl_policy_record_get_verdict (token), ==, TL_VERDICT_ERROR);

  rules = tl_policy_record_get_rules (old_tls, NULL);
  g_assert_cmpint (rules[0].verdict, ==, TL_VERDICT_OK);
  g_assert_cmpuint (rules[2].document, ==, 1);
  g_assert_cmpint (rules[2].verdict, ==, TL_VERDICT_ERROR);
}

static void
test_record (void)
{
  g_autoptr(TlPolicies) none = tl_policies_new ();
  g_autoptr(TlPolicies) policies =
    add (add (tl_policies_new (), "", TL_POLICY_FROM_USER), "\"name\": \"Acme\", " OAUTH,
         TL_POLICY_FROM_SYSTEM);
  g_autoptr(TlReport) report = tl_test_set_up_report_new (&(TlTestSetUp) { 0 });
  const TlTestSetUp practising = { .purpose = TL_PURPOSE_PRACTICE };
  g_autoptr(TlReport) practised = tl_test_set_up_report_new (&practising);
  g_autoptr(TlPolicyRecord) record = tl_policies_make_record (policies, report);
  g_autoptr(TlPolicyRecord) practice = tl_policies_make_record (policies, practised);
  g_autoptr(TlJson) json = tl_policy_record_to_json (record);
  g_autoptr(TlPolicyRecord) again = tl_policy_record_from_json (json, NULL);
  const TlPolicyDocument *documents;
  guint n;

  g_assert_null (tl_policies_make_record (none, report));
  documents = tl_policy_record_get_documents (again, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (documents[0].name, ==, "Acme");
  g_assert_cmpstr (documents[0].origin, ==, "system");
  g_assert_cmpstr (documents[0].sha256, ==, tl_policy_get_sha256 (tl_policies_get (policies, 0)));
  g_assert_null (documents[1].name);
  g_assert_cmpstr (documents[1].origin, ==, "user");
  g_assert_cmpint (tl_policy_record_get_verdict (again), ==, TL_VERDICT_ERROR);
  g_assert_cmpint (tl_policy_record_get_verdict (practice), ==, TL_VERDICT_OK);
}

static void
test_order (void)
{
  static const TlPolicyOrigin given[] = {
    TL_POLICY_FROM_FILE, TL_POLICY_FROM_SIGNER, TL_POLICY_FROM_SYSTEM, TL_POLICY_FROM_USER,
    TL_POLICY_FROM_SIGNER, TL_POLICY_FROM_SYSTEM,
  };
  static const char * const expected[] = { "p2", "p5", "p1", "p4", "p3", "p0" };
  g_autoptr(TlPolicies) policies = tl_policies_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autofree char *members = g_strdup_printf ("\"name\": \"p%u\"", (guint) i);

      policies = add (g_steal_pointer (&policies), members, given[i]);
    }
  g_assert_cmpuint (tl_policies_get_n (policies), ==, G_N_ELEMENTS (given));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (tl_policy_get_name (tl_policies_get (policies, i)), ==, expected[i]);
  g_assert_cmpint (tl_policies_get_origin (policies, 5), ==, TL_POLICY_FROM_FILE);
  g_assert_cmpstr (tl_policies_get_name (policies), ==, "p2");
}

/* What grants trust, from each place. */
typedef struct
{
  const char     *name;
  TlPolicyOrigin  origin;
  gboolean        grants;
} GrantCase;

static const GrantCase grant_cases[] = {
  { "system", TL_POLICY_FROM_SYSTEM, TRUE },
  { "signer", TL_POLICY_FROM_SIGNER, TRUE },
  { "user", TL_POLICY_FROM_USER, FALSE },
  { "file", TL_POLICY_FROM_FILE, FALSE },
};

#define GRANTS \
  "\"contact\": \"it@acme.test\", \"directory\": \"https://d.acme.test/x\", " \
  "\"trusted_signers\": [{\"fingerprint\": \"" FINGERPRINT_A "\"}], " \
  "\"target\": {\"id\": \"acme\", \"certificate\": \"" PEM ("QUJD") "\"}, " \
  "\"oauth_clients\": [{\"issuer\": \"https://id.acme.test\", \"client_id\": \"one\"}]"

static void
test_grant (gconstpointer data)
{
  const GrantCase *c = data;
  g_autoptr(TlPolicies) policies = add (tl_policies_new (), GRANTS, c->origin);
  g_auto(GStrv) signers = tl_policies_list_signers (policies);

  g_assert_cmpint (tl_policy_origin_grants (c->origin), ==, c->grants);
  g_assert_cmpint (tl_policies_find_client (policies, "https://id.acme.test") != NULL, ==,
                   c->grants);
  g_assert_null (tl_policies_find_client (policies, "https://id.example.net"));
  g_assert_cmpint (g_strv_length (signers), ==, c->grants ? 1 : 0);
  g_assert_cmpint (tl_policies_get_certificate (policies) != NULL, ==, c->grants);
  g_assert_cmpstr (tl_policies_get_directory (policies), ==,
                   c->grants ? "https://d.acme.test/x/" : NULL);
  g_assert_cmpstr (tl_policies_get_contact (policies), ==, c->grants ? "it@acme.test" : NULL);
  /* A target is a restriction as well. */
  g_assert_cmpstr (tl_policies_get_target (policies), ==, "acme");
}

static void
test_grants_together (void)
{
  g_autoptr(TlPolicies) policies =
    add (add (add (tl_policies_new (), GRANTS, TL_POLICY_FROM_FILE),
              "\"trusted_signers\": [{\"fingerprint\": \"" FINGERPRINT_B "\"}, "
              "{\"fingerprint\": \"" FINGERPRINT_A "\"}], "
              "\"oauth_clients\": [{\"issuer\": \"https://id.acme.test\", \"client_id\": \"two\"}, "
              "{\"issuer\": \"https://other.acme.test\", \"client_id\": \"three\"}]",
              TL_POLICY_FROM_SIGNER), GRANTS, TL_POLICY_FROM_SYSTEM);
  g_auto(GStrv) signers = tl_policies_list_signers (policies);

  g_test_summary ("The first in the order of trust is asked first; signers add up, each once");

  g_assert_cmpstr (tl_oauth_client_get_id (tl_policies_find_client (policies,
                                                                    "https://id.acme.test")), ==,
                   "one");
  g_assert_cmpstr (tl_oauth_client_get_id (tl_policies_find_client (policies,
                                                                    "https://other.acme.test")),
                   ==, "three");
  g_assert_cmpuint (g_strv_length (signers), ==, 2);
  g_assert_cmpstr (signers[0], ==, FINGERPRINT_A);
  g_assert_cmpstr (signers[1], ==, FINGERPRINT_B);
}

static void
test_grants_later (void)
{
  g_autoptr(TlPolicies) policies =
    tl_test_policies_add (tl_test_policies_add (tl_policies_new (), "\"name\": \"Acme\"",
                                                TL_POLICY_FROM_SYSTEM),
                          GRANTS, TL_POLICY_FROM_SIGNER);

  g_autoptr(TlPolicies) bare =
    tl_test_policies_add (tl_test_policies_add (tl_policies_new (),
                                                "\"target\": {\"id\": \"acme\"}",
                                                TL_POLICY_FROM_SYSTEM),
                          GRANTS, TL_POLICY_FROM_SIGNER);

  g_test_summary ("One that is trusted more and does not say leaves it to the next");

  g_assert_nonnull (tl_policies_get_certificate (bare));

  g_assert_cmpstr (tl_policies_get_target (policies), ==, "acme");
  g_assert_nonnull (tl_policies_get_certificate (policies));
  g_assert_cmpstr (tl_policies_get_directory (policies), ==, "https://d.acme.test/x/");
  g_assert_cmpstr (tl_policies_get_contact (policies), ==, "it@acme.test");
  g_assert_nonnull (tl_policies_find_client (policies, "https://id.acme.test"));
}

static void
test_certificate (void)
{
  g_autoptr(TlPolicies) policies =
    add (add (tl_policies_new (), "\"target\": {\"id\": \"mine\"}", TL_POLICY_FROM_SYSTEM),
         "\"target\": {\"id\": \"acme\", \"certificate\": \"" PEM ("QUJD") "\"}",
         TL_POLICY_FROM_SIGNER);

  g_test_summary ("A certificate is for the target it stands beside, and for no other");

  g_assert_cmpstr (tl_policies_get_target (policies), ==, "mine");
  g_assert_null (tl_policies_get_certificate (policies));
}

static void
assert_refused (TlFinding  *finding,
                const char *rule)
{
  g_autoptr(TlFinding) owned = finding;

  if (rule == NULL)
    {
      g_assert_null (finding);
      return;
    }
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "export.policy");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding), TL_EVIDENCE_RULE), ==,
                   rule);
}

static void
test_refuse_target (void)
{
  g_autoptr(TlPolicies) none = tl_policies_new ();
  g_autoptr(TlPolicies) one = add (tl_policies_new (), "\"target\": {\"id\": \"acme\"}",
                                   TL_POLICY_FROM_FILE);
  g_autoptr(TlPolicies) two = add (tl_policies_ref (one), "\"target\": {\"id\": \"other\"}",
                                   TL_POLICY_FROM_SYSTEM);

  assert_refused (tl_policies_refuse_target (none, "acme"), NULL);
  assert_refused (tl_policies_refuse_target (none, NULL), NULL);
  assert_refused (tl_policies_refuse_target (one, "acme"), NULL);
  assert_refused (tl_policies_refuse_target (one, "other"), "target.id");
  assert_refused (tl_policies_refuse_target (one, NULL), "target.id");
  assert_refused (tl_policies_refuse_target (two, "acme"), "target.id");
  assert_refused (tl_policies_refuse_target (two, "other"), "target.id");
}

typedef struct
{
  const char *path;
  const char *members;
  const char *target_id;
  gboolean    with_passwords;
  const char *rule;
} RenderCase;

static const RenderCase render_cases[] = {
  { "/policies/refuse-render/no-rule", "", "acme", TRUE, NULL },
  { "/policies/refuse-render/target", "\"target\": {\"id\": \"acme\"}", "other", FALSE,
    "target.id" },
  { "/policies/refuse-render/blank", "\"passwords\": \"typed\"", "acme", FALSE, NULL },
  { "/policies/refuse-render/typed", "\"passwords\": \"typed\"", "acme", TRUE, "passwords" },
  { "/policies/refuse-render/sealed", "\"passwords\": \"sealed\"", "acme", TRUE, "passwords" },
  { "/policies/refuse-render/any", "\"passwords\": \"any\"", "acme", TRUE, NULL },
};

static void
test_refuse_render (gconstpointer data)
{
  const RenderCase *c = data;
  g_autoptr(TlPolicies) policies = add (tl_policies_new (), c->members, TL_POLICY_FROM_USER);

  assert_refused (tl_policies_refuse_render (policies, c->target_id, c->with_passwords), c->rule);
  assert_refused (tl_policies_refuse_render (NULL, c->target_id, c->with_passwords), NULL);
}

typedef struct
{
  const char *name;
  const char *members;
  const char *sealed;    /* the rule that refuses them */
  const char *readable;
} PasswordCase;

static const PasswordCase password_cases[] = {
  { "no-rule", "", NULL, NULL },
  { "any", "\"passwords\": \"any\"", NULL, NULL },
  { "sealed", "\"passwords\": \"sealed\"", NULL, "passwords" },
  { "typed", "\"passwords\": \"typed\"", "passwords", "passwords" },
};

static void
test_passwords (gconstpointer data)
{
  const PasswordCase *c = data;
  g_autoptr(TlPolicies) policies = add (tl_policies_new (), c->members, TL_POLICY_FROM_USER);
  g_autoptr(TlPolicies) stricter = add (tl_policies_ref (policies), "\"passwords\": \"typed\"",
                                        TL_POLICY_FROM_FILE);

  assert_refused (tl_policies_refuse_passwords (policies, TRUE), c->sealed);
  assert_refused (tl_policies_refuse_passwords (policies, FALSE), c->readable);
  assert_refused (tl_policies_refuse_passwords (stricter, TRUE), "passwords");
}

typedef struct
{
  const char *name;
  gint64      age_s;
  gboolean    has_passwords;
  TlVerdict   age;
  TlVerdict   passwords;
  const char *found;
} BundleCase;

static const BundleCase bundle_cases[] = {
  { "new", 0, FALSE, TL_VERDICT_OK, TL_VERDICT_OK, "0 days" },
  { "last-day", 14 * DAY, FALSE, TL_VERDICT_OK, TL_VERDICT_OK, "14 days" },
  { "old", 14 * DAY + 1, FALSE, TL_VERDICT_ERROR, TL_VERDICT_OK, "14 days" },
  { "passwords", 3 * DAY, TRUE, TL_VERDICT_OK, TL_VERDICT_ERROR, "3 days" },
};

static void
test_bundle (gconstpointer data)
{
  const BundleCase *c = data;
  g_autoptr(TlPolicies) policies = add (tl_policies_new (),
                                        "\"max_age_days\": 14, \"passwords\": \"typed\", " OAUTH,
                                        TL_POLICY_FROM_SYSTEM);
  g_autoptr(TlReport) report = tl_test_set_up_report_new (&(TlTestSetUp) { 0 });
  g_autoptr(GPtrArray) results = tl_policies_check_bundle (policies, report, NOW - c->age_s, NOW,
                                                           c->has_passwords);
  TlPolicyResult *age = tl_test_policy_result_find (results, "max_age_days");

  g_assert_cmpint (get_verdict (results, "max_age_days"), ==, c->age);
  g_assert_cmpstr (tl_policy_result_get_found (age), ==, c->found);
  g_assert_cmpint (get_verdict (results, "passwords"), ==, c->passwords);
  g_assert_cmpint (get_verdict (results, "sign_in"), ==, TL_VERDICT_ERROR);
}

static void
add_data (const char    *prefix,
          const char    *name,
          gconstpointer  data,
          GTestDataFunc  func)
{
  g_autofree char *path = g_strconcat (prefix, name, NULL);

  g_test_add_data_func (path, data, func);
}

/* What all of them ask for together: the smallest ceiling; each folder and each role once. */
static void
test_together (void)
{
  g_autoptr(TlPolicies) none = tl_policies_new ();
  g_autoptr(TlPolicies) policies =
    add (add (add (tl_policies_new (),
                   "\"daily_ceiling\": 80, \"outreach_folders\": [\"Replies\", \"A/B\"]",
                   TL_POLICY_FROM_SYSTEM),
              "\"daily_ceiling\": 30, \"folder_roles\": [\"sent\", \"junk\"]",
              TL_POLICY_FROM_USER),
         "\"outreach_folders\": [\"Later\", \"Replies\"], \"folder_roles\": [\"junk\"]",
         TL_POLICY_FROM_FILE);
  g_auto(GStrv) folders = tl_policies_list_outreach_folders (policies);
  g_auto(GStrv) roles = tl_policies_list_folder_roles (policies);
  g_auto(GStrv) no_folders = tl_policies_list_outreach_folders (none);
  g_auto(GStrv) no_roles = tl_policies_list_folder_roles (none);
  g_autofree char *all_folders = g_strjoinv (" ", folders);
  g_autofree char *all_roles = g_strjoinv (" ", roles);

  g_assert_cmpuint (tl_policies_get_daily_ceiling (policies), ==, 30);
  g_assert_cmpuint (tl_policies_get_daily_ceiling (none), ==, 0);
  g_assert_cmpstr (all_folders, ==, "Replies A/B Later");
  g_assert_cmpstr (all_roles, ==, "sent junk");
  g_assert_cmpuint (g_strv_length (no_folders), ==, 0);
  g_assert_cmpuint (g_strv_length (no_roles), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (grant_cases); i++)
    add_data ("/policies/grant/", grant_cases[i].name, &grant_cases[i], test_grant);
  for (gsize i = 0; i < G_N_ELEMENTS (password_cases); i++)
    add_data ("/policies/passwords/", password_cases[i].name, &password_cases[i], test_passwords);
  for (gsize i = 0; i < G_N_ELEMENTS (bundle_cases); i++)
    add_data ("/policies/B07/bundle/", bundle_cases[i].name, &bundle_cases[i], test_bundle);
  g_test_add_func ("/policies/properties", test_properties);
  g_test_add_func ("/policies/stricter", test_stricter);
  g_test_add_func ("/policies/record", test_record);
  g_test_add_func ("/policies/together", test_together);
  g_test_add_func ("/policies/order", test_order);
  g_test_add_func ("/policies/grants-together", test_grants_together);
  g_test_add_func ("/policies/grants-later", test_grants_later);
  g_test_add_func ("/policies/certificate", test_certificate);
  g_test_add_func ("/policies/refuse-target", test_refuse_target);
  for (gsize i = 0; i < G_N_ELEMENTS (render_cases); i++)
    g_test_add_data_func (render_cases[i].path, &render_cases[i], test_refuse_render);

  return g_test_run ();
}
