/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-difference.h"

#include "tl-test-bundle.h"

typedef struct
{
  TlSigner *signer;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
}

/* Opened as whoever reviews it does. */
static TlBundle *
make_bundle (TlSigner         *signer,
             TlTestReportKind  kind,
             guint64           serial)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlReport) report = tl_test_report_new (kind, TL_PURPOSE_MAILBOX, now_s - 60);
  const TlBundleContents contents = { .report = report, .serial = serial, .now_s = now_s };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, signer, &error);
  g_autoptr(TlFinding) finding = NULL;
  TlBundle *bundle;

  g_assert_no_error (error);
  bundle = tl_bundle_verify (bytes, NULL, now_s, &finding, &error);
  g_assert_no_error (error);

  return bundle;
}

static TlDifference *
find (GPtrArray  *differences,
      const char *member)
{
  for (guint i = 0; i < differences->len; i++)
    {
      TlDifference *difference = g_ptr_array_index (differences, i);

      if (g_str_equal (tl_difference_get_member (difference), member))
        return difference;
    }

  return NULL;
}

static void
test_same (Fixture       *fixture,
           gconstpointer  data)
{
  static const TlTestReportKind kinds[] = {
    TL_TEST_REPORT_READY, TL_TEST_REPORT_FAILED, TL_TEST_REPORT_HOSTILE, TL_TEST_REPORT_EMPTY,
    TL_TEST_REPORT_SHARED, TL_TEST_REPORT_FULL,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(TlBundle) bundle = make_bundle (fixture->signer, kinds[i], 1);
      g_autoptr(GPtrArray) differences = tl_bundle_diff (bundle, bundle);

      g_assert_cmpuint (differences->len, ==, 0);
    }
}

/* What only says when and by whom is no difference of settings. */
static void
test_serial (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(TlSigner) other = tl_signer_new_generate ("eva@acme.test", NULL);
  g_autoptr(TlBundle) before = make_bundle (fixture->signer, TL_TEST_REPORT_READY, 1);
  g_autoptr(TlBundle) after = make_bundle (other, TL_TEST_REPORT_READY, 12);
  g_autoptr(GPtrArray) differences = tl_bundle_diff (before, after);
  TlDifference *serial = find (differences, "validity.serial");

  g_assert_nonnull (serial);
  g_assert_cmpstr (tl_difference_get_before (serial), ==, "1");
  g_assert_cmpstr (tl_difference_get_after (serial), ==, "12");
  g_assert_nonnull (find (differences, "signer.fingerprint"));
  for (guint i = 0; i < differences->len; i++)
    g_assert_cmpint (tl_difference_get_kind (g_ptr_array_index (differences, i)), ==,
                     TL_DIFFERENCE_BUNDLE);
}

/* The same settings, and a lane that no longer works. */
static void
test_evidence (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(TlBundle) before = make_bundle (fixture->signer, TL_TEST_REPORT_READY, 1);
  g_autoptr(TlBundle) after = make_bundle (fixture->signer, TL_TEST_REPORT_FAILED, 1);
  g_autoptr(GPtrArray) differences = tl_bundle_diff (before, after);
  TlDifference *stage = find (differences, "evidence.outgoing.stages.auth");
  TlDifference *findings = find (differences, "evidence.outgoing.findings");

  g_assert_null (find (differences, "evidence.incoming.verdict"));
  g_assert_nonnull (find (differences, "evidence.outgoing.verdict"));
  g_assert_nonnull (stage);
  g_assert_cmpint (tl_difference_get_kind (stage), ==, TL_DIFFERENCE_EVIDENCE);
  g_assert_cmpint (tl_difference_get_lane (stage), ==, TL_LANE_OUTGOING);
  g_assert_cmpstr (tl_difference_get_before (stage), ==, tl_status_get_label (TL_STATUS_OK));
  g_assert_cmpstr (tl_difference_get_after (stage), ==, tl_status_get_label (TL_STATUS_ERROR));
  g_assert_nonnull (findings);
  g_assert_null (tl_difference_get_before (findings));
  g_assert_cmpstr (tl_difference_get_after (findings), ==, "auth.bad-credentials");
  g_assert_nonnull (find (differences, "readiness"));
}

/* Folders by role, what may be sent and the domain's topics: each under a name of its own, and none
 * of it is a difference of settings. */
static void
test_readiness (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *member;
    const char *after;
  } rows[] = {
    { "folders.sent", "Skickat" },
    { "folders.findings", "use.nearly-full" },
    { "sending.volume", "120" },
    { "sending.ceiling", "40" },
    { "sending.warm_up.days", "5 10 15 20 30 40" },
    { "domain.findings", "domain.spf-excludes-lane" },
  };
  g_autoptr(TlBundle) before = make_bundle (fixture->signer, TL_TEST_REPORT_READY, 1);
  g_autoptr(TlBundle) after = make_bundle (fixture->signer, TL_TEST_REPORT_FULL, 1);
  g_autoptr(GPtrArray) differences = tl_bundle_diff (before, after);
  TlDifference *spf = find (differences, "domain.records.spf");

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TlDifference *difference = find (differences, rows[i].member);

      g_assert_nonnull (difference);
      g_assert_null (tl_difference_get_before (difference));
      g_assert_cmpstr (tl_difference_get_after (difference), ==, rows[i].after);
      g_assert_cmpint (tl_difference_get_kind (difference), ==, TL_DIFFERENCE_EVIDENCE);
    }
  g_assert_cmpstr (tl_difference_get_after (find (differences, "sending.service")), ==,
                   tl_sending_service_get_label (TL_SENDING_SERVICE_MORE_MAILBOXES));
  g_assert_cmpstr (tl_difference_get_after (find (differences, "sending.ceiling_of")), ==,
                   tl_limit_of_get_label (TL_LIMIT_OF_PRESET));
  g_assert_null (find (differences, "folders.trash"));
  g_assert_nonnull (spf);
  g_assert_cmpstr (tl_difference_get_after (spf), ==, tl_status_get_label (TL_STATUS_WARNING));
}

/* Other settings come first, and what one of them alone has stands against nothing. */
static void
test_settings (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(TlBundle) before = make_bundle (fixture->signer, TL_TEST_REPORT_READY, 1);
  g_autoptr(TlBundle) after = make_bundle (fixture->signer, TL_TEST_REPORT_SHARED, 1);
  g_autoptr(GPtrArray) differences = tl_bundle_diff (before, after);
  g_autoptr(GPtrArray) back = tl_bundle_diff (after, before);
  TlDifference *issuer = find (differences, "plan.sign_in.issuer");
  TlDifference *scopes = find (differences, "plan.sign_in.scopes");
  TlDifference *folder = find (differences, "plan.incoming.folder");
  TlDifferenceKind last = TL_DIFFERENCE_SETTINGS;

  g_assert_nonnull (issuer);
  g_assert_null (tl_difference_get_before (issuer));
  g_assert_cmpstr (tl_difference_get_after (issuer), ==, "https://login.acme.test/x");
  g_assert_cmpstr (tl_difference_get_after (scopes), ==,
                   "https://mail.acme.test/all offline_access");
  g_assert_nonnull (folder);
  g_assert_cmpint (tl_difference_get_lane (folder), ==, TL_LANE_INCOMING);
  g_assert_null (find (differences, "plan.outgoing.host"));

  for (guint i = 0; i < differences->len; i++)
    {
      TlDifferenceKind kind = tl_difference_get_kind (g_ptr_array_index (differences, i));

      g_assert_cmpint (kind, >=, last);
      last = kind;
    }

  g_assert_cmpuint (back->len, ==, differences->len);
  issuer = find (back, "plan.sign_in.issuer");
  g_assert_cmpstr (tl_difference_get_before (issuer), ==, "https://login.acme.test/x");
  g_assert_null (tl_difference_get_after (issuer));
}

#define HASH_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HASH_B "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

/* What a bundle says, where it is not what the one before says. */
typedef struct
{
  const char *address;
  const char *display_name;
  const char *provider;
  const char *url;         /* of the incoming lane, and so on */
  const char *out_url;
  const char *username;
  TlAuth      auth;
  const char *folder;
  const char *login;
  const char *issuer;
  const char *client_id;
  const char *scope;
  const char *account;
  const char *tls_version;
  const char *cipher;
  const char *certificate;
  const char *ca;
  gint64      not_after_s;
  const char *spoken_to;
  const char *proxy;
  const char *capability;
  const char *policy_name;
  gboolean    is_broken;   /* a rule of the policy */
  gboolean    is_sealed;
  gint64      later_s;
} Parts;

typedef struct
{
  const char *member;
  Parts       after;
  guint       n;           /* of differences; 0: one */
} MemberCase;

/* Each member, changed alone; what follows from it is in the number. */
static const MemberCase member_cases[] = {
  { "plan.address", .after = { .address = "eva@acme.test" } },
  { "plan.display_name", .after = { .display_name = "Eva" } },
  { "plan.provider", .after = { .provider = "fastmail" } },
  { "plan.incoming.host", .after = { .url = "imaps://mail.acme.test:993" } },
  { "plan.incoming.port", .after = { .url = "imaps://imap.acme.test:994" } },
  { "plan.incoming.security", .after = { .url = "imap://imap.acme.test:993" }, .n = 2 },
  { "plan.incoming.auth", .after = { .auth = TL_AUTH_APP_PASSWORD } },
  { "plan.incoming.username", .after = { .username = "ada" } },
  { "plan.incoming.folder", .after = { .folder = "shared/other" } },
  { "plan.outgoing.host", .after = { .out_url = "smtps://mail.acme.test:465" } },
  { "plan.outgoing.port", .after = { .out_url = "smtps://smtp.acme.test:466" } },
  { "plan.sign_in.login", .after = { .login = "bob@acme.test" } },
  { "plan.sign_in.issuer", .after = { .issuer = "https://login.acme.test/y" } },
  { "plan.sign_in.client_id", .after = { .client_id = "other" } },
  { "plan.sign_in.scopes", .after = { .scope = "https://mail.acme.test/send" } },
  { "plan.sign_in.account", .after = { .account = "bob@acme.test" } },
  { "evidence.incoming.tls.version", .after = { .tls_version = "TLSv1.2" } },
  { "evidence.incoming.tls.cipher", .after = { .cipher = "TLS_CHACHA20_POLY1305_SHA256" } },
  { "evidence.incoming.tls.fingerprint", .after = { .certificate = HASH_B } },
  { "evidence.incoming.tls.issuer", .after = { .ca = "Other CA" } },
  { "evidence.incoming.tls.not_after", .after = { .not_after_s = 86400 } },
  { "evidence.incoming.endpoint.address", .after = { .spoken_to = "192.0.2.26" } },
  { "evidence.incoming.endpoint.proxy", .after = { .proxy = "proxy.acme.test:1080" } },
  { "evidence.incoming.capabilities", .after = { .capability = "CONDSTORE" } },
  { "policy.documents.0", .after = { .policy_name = "Other" } },
  { "policy.verdict", .after = { .is_broken = TRUE }, .n = 2 },
  { "readiness", .after = { .is_broken = TRUE }, .n = 2 },
  { "secrets.recipient", .after = { .is_sealed = TRUE } },
  { "validity.made", .after = { .later_s = 1 }, .n = 2 },
  { "validity.expires", .after = { .later_s = 1 }, .n = 2 },
};

static const char *
or_else (const char *given,
         const char *usual)
{
  return given != NULL ? given : usual;
}

static TlLaneSettings *
make_settings (const Parts *parts,
               TlLaneKind   lane)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) plain = NULL;

  if (lane == TL_LANE_OUTGOING)
    plain = tl_lane_settings_new_from_url (or_else (parts->out_url, "smtps://smtp.acme.test:465"),
                                           TL_AUTH_PASSWORD, "ada@acme.test", &error);
  else
    plain = tl_lane_settings_new_from_url (or_else (parts->url, "imaps://imap.acme.test:993"),
                                           parts->auth, or_else (parts->username, "ada@acme.test"),
                                           &error);
  g_assert_no_error (error);

  return lane == TL_LANE_OUTGOING
           ? g_steal_pointer (&plain)
           : tl_lane_settings_with_folder (plain, or_else (parts->folder, "shared/box"));
}

static TlPlan *
make_plan (const Parts *parts)
{
  const char *scopes[] = { or_else (parts->scope, "https://mail.acme.test/all"), NULL };
  const TlPlanSignIn sign_in = {
    .login = or_else (parts->login, "eva@acme.test"),
    .issuer = or_else (parts->issuer, "https://login.acme.test/x"),
    .client_id = or_else (parts->client_id, "0a1b-2c"),
    .scopes = scopes,
    .account = or_else (parts->account, "eva@acme.test"),
  };
  g_autoptr(TlAddress) address = tl_address_parse (or_else (parts->address, "ada@acme.test"), NULL);
  g_autoptr(TlLaneSettings) incoming = make_settings (parts, TL_LANE_INCOMING);
  g_autoptr(TlLaneSettings) outgoing = make_settings (parts, TL_LANE_OUTGOING);
  const TlPlanLane planned_in = { incoming, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN };
  const TlPlanLane planned_out = { outgoing, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN };
  g_autoptr(TlPlan) lanes = tl_plan_new (TL_PURPOSE_MAILBOX, address,
                                         or_else (parts->display_name, "Ada L"),
                                         or_else (parts->provider, "google"), &planned_in,
                                         &planned_out);

  return tl_plan_with_sign_in (lanes, &sign_in);
}

static TlLaneReport *
make_lane (const Parts *given,
           TlPlan      *plan,
           TlLaneKind   lane,
           gint64       now_s)
{
  static const Parts usual = { NULL };
  const Parts *parts = lane == TL_LANE_INCOMING ? given : &usual;
  TlLaneSettings *settings = tl_plan_get_lane (plan, lane)->settings;
  TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
  static const char * const names[] = { "imap.acme.test", NULL };
  const char *capabilities[] = { or_else (parts->capability, "IDLE"), NULL };
  g_autoptr(TlTlsInfo) tls = tl_tls_info_new (or_else (parts->tls_version, "TLSv1.3"),
                                              or_else (parts->cipher, "TLS_AES_256_GCM_SHA384"),
                                              or_else (parts->certificate, HASH_A),
                                              or_else (parts->ca, "Acme CA"), names,
                                              now_s + 86400 + parts->not_after_s);
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  gsize n_stages;
  const TlStage *stages = tl_stage_list_lane (tl_endpoint_get_security (endpoint), &n_stages);

  for (gsize i = 0; i < n_stages; i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, 0, 7));

  return tl_lane_report_new (&(TlLaneReportParts) {
    .lane = lane,
    .settings = settings,
    .steps = steps,
    .findings = findings,
    .tls = tls,
    .address = or_else (parts->spoken_to, "192.0.2.25"),
    .proxy = parts->proxy,
    .capabilities = capabilities,
    .tested_at_s = now_s - 60,
  });
}

static TlBundle *
make (Fixture     *fixture,
      const Parts *parts,
      gint64       now_s)
{
  const TlPolicyDocument document = { or_else (parts->policy_name, "Acme"), "system", HASH_A };
  const TlPolicyRule rule = { "providers", 0, parts->is_broken ? TL_VERDICT_ERROR : TL_VERDICT_OK };
  g_autoptr(TlPolicyRecord) policy = tl_policy_record_new (&document, 1, &rule, 1);
  g_autoptr(TlPlan) plan = make_plan (parts);
  g_autoptr(TlLaneReport) incoming = make_lane (parts, plan, TL_LANE_INCOMING, now_s);
  g_autoptr(TlLaneReport) outgoing = make_lane (parts, plan, TL_LANE_OUTGOING, now_s);
  g_autoptr(TlReport) tested = tl_report_new (plan, incoming, outgoing);
  g_autoptr(TlReport) report = tl_report_with_policy (tested, policy);
  g_autoptr(TlRecipient) recipient = parts->is_sealed ? tl_test_recipient_new ("P-256") : NULL;
  g_autoptr(TlSecret) password = tl_test_secret_new (TL_TEST_OUTGOING);
  const TlBundleContents contents = {
    .report = report, .serial = 1, .now_s = now_s + parts->later_s, .recipient = recipient,
    .outgoing = password,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, fixture->signer, &error);
  TlBundle *bundle = NULL;

  g_assert_no_error (error);
  tl_test_bundle_verify (bytes, fixture->signer, now_s + parts->later_s, &bundle);
  g_assert_nonnull (bundle);

  return bundle;
}

static void
test_member (Fixture       *fixture,
             gconstpointer  data)
{
  const MemberCase *c = data;
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlBundle) before = make (fixture, &(Parts) { NULL }, now_s);
  g_autoptr(TlBundle) after = make (fixture, &c->after, now_s);
  g_autoptr(GPtrArray) differences = tl_bundle_diff (before, after);
  TlDifference *difference = find (differences, c->member);

  g_assert_nonnull (difference);
  g_assert_cmpstr (tl_difference_get_before (difference), !=, tl_difference_get_after (difference));
  g_assert_cmpuint (differences->len, ==, MAX (c->n, 1));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/difference/same", Fixture, NULL, set_up, test_same, tear_down);
  g_test_add ("/difference/bundle", Fixture, NULL, set_up, test_serial, tear_down);
  g_test_add ("/difference/evidence", Fixture, NULL, set_up, test_evidence, tear_down);
  g_test_add ("/difference/readiness", Fixture, NULL, set_up, test_readiness, tear_down);
  g_test_add ("/difference/settings", Fixture, NULL, set_up, test_settings, tear_down);

  for (gsize i = 0; i < G_N_ELEMENTS (member_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/difference/member/", member_cases[i].member, NULL);

      g_test_add (path, Fixture, &member_cases[i], set_up, test_member, tear_down);
    }

  return g_test_run ();
}
