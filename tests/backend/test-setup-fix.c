/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done at a press: when it is offered, and that it touches one lane alone. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-setup.h"

#define ADDRESS "ada@acme.test"

typedef struct
{
  const char *name;
  TlLaneKind  lane;
  const char *url;        /* of the draft */
  const char *user;       /* NULL: the address */
  const char *id;
  const char *endpoint;   /* evidence, or NULL */
  const char *tried[3];   /* on this lane, the draft's own included */
  const char *actions[3]; /* what is offered, in order */
  const char *then_url;   /* of the first offer */
  const char *then_user;
} ListCase;

#define IN  .lane = TL_LANE_INCOMING, .url = "imaps://imap.acme.test:993"
#define OUT .lane = TL_LANE_OUTGOING, .url = "smtps://smtp.acme.test:587"

static const ListCase list_cases[] = {
  { .name = "rows/T18/port-of-the-other-kind", OUT, .id = "tls.plaintext-peer",
    .endpoint = "smtp://smtp.acme.test:587", .actions = { "switch-endpoint" },
    .then_url = "smtp://smtp.acme.test:587" },
  { .name = "port", IN, .id = "connect.refused", .endpoint = "imap://imap.acme.test",
    .actions = { "switch-endpoint" }, .then_url = "imap://imap.acme.test:143" },
  { .name = "host", IN, .id = "auth.wrong-server", .endpoint = "imaps://imap.acme-eu.test",
    .actions = { "switch-endpoint" }, .then_url = "imaps://imap.acme-eu.test:993" },
  { .name = "keeps-the-user", .lane = TL_LANE_INCOMING, .url = "imaps://imap.acme.test:143",
    .user = "ada.l", .id = "greet.tls-expected", .endpoint = "imap://imap.acme.test",
    .actions = { "switch-endpoint" }, .then_url = "imap://imap.acme.test:143",
    .then_user = "ada.l" },
  { .name = "no-endpoint", IN, .id = "tls.plaintext-peer" },
  { .name = "same-endpoint", IN, .id = "connect.refused", .endpoint = "imaps://IMAP.acme.test" },
  { .name = "other-protocol", IN, .id = "connect.refused", .endpoint = "smtps://smtp.acme.test" },
  { .name = "no-encryption", IN, .id = "connect.refused", .endpoint = "http://imap.acme.test:143" },
  { .name = "password-in-url", IN, .id = "connect.refused", .endpoint = "imaps://a@imap.acme.test" },
  { .name = "rubbish", IN, .id = "connect.refused", .endpoint = "imaps://" },
  { .name = "entry-does-not-name-it", IN, .id = "tls.expired", .endpoint = "imap://imap.acme.test" },
  { .name = "rows/A12/local-part", IN, .id = "auth.bad-credentials", .tried = { ADDRESS },
    .actions = { "retry-as-local-part" }, .then_url = "imaps://imap.acme.test:993",
    .then_user = "ada" },
  { .name = "rows/A12/full-address", OUT, .user = "ada", .id = "auth.refused", .tried = { "ada" },
    .actions = { "retry-as-full-address" }, .then_url = "smtps://smtp.acme.test:587",
    .then_user = ADDRESS },
  { .name = "rows/A12/both-were-tried", IN, .id = "auth.bad-credentials",
    .tried = { "ada", ADDRESS } },
  { .name = "rows/A12/two-others-were-tried", IN, .id = "auth.bad-credentials",
    .tried = { "lovelace", ADDRESS } },
  { .name = "another-name", IN, .user = "lovelace", .id = "auth.bad-credentials",
    .tried = { "lovelace" } },
  { .name = "another-reason", IN, .id = "auth.app-password", .tried = { ADDRESS } },
  { .name = "locked", IN, .id = "auth.locked", .tried = { ADDRESS } },
};

static void
set_draft (TlSetup    *setup,
           TlLaneKind  lane,
           const char *url,
           const char *user)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, user,
                                                                      &error);

  g_assert_no_error (error);
  tl_lane_draft_set_settings (tl_setup_get_draft (setup, lane), settings, TL_SOURCE_MANUAL,
                              TL_TRUST_MANUAL);
}

/* A result of a lane that says just this. */
static TlFinding *
plant (TlSetup    *setup,
       TlLaneKind  lane,
       const char *id,
       const char *endpoint)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autoptr(TlFinding) finding = NULL;

  if (endpoint != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_ENDPOINT, "s", endpoint);
  finding = tl_finding_new (id, lane, g_variant_dict_end (&evidence));
  tl_lane_run_miss (tl_setup_get_run (setup, lane), finding);

  return g_steal_pointer (&finding);
}

static void
assert_settings (TlFix      *fix,
                 const char *url,
                 const char *user)
{
  g_autoptr(TlLaneSettings) wanted = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, user,
                                                                    NULL);

  g_assert_true (tl_lane_settings_equal (tl_fix_get_settings (fix), wanted));
  g_assert_cmpint (tl_endpoint_get_security (
                     tl_lane_settings_get_endpoint (tl_fix_get_settings (fix))), >,
                   TL_SECURITY_NONE);
}

static void
test_list (gconstpointer data)
{
  const ListCase *c = data;
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GPtrArray) fixes = NULL;
  guint n = 0;

  tl_setup_set_address_text (setup, ADDRESS);
  set_draft (setup, c->lane, c->url, c->user != NULL ? c->user : ADDRESS);
  for (gsize i = 0; c->tried[i] != NULL; i++)
    tl_setup_remember_user (setup, c->lane, c->tried[i]);
  finding = plant (setup, c->lane, c->id, c->endpoint);

  fixes = tl_setup_list_fixes (setup, finding);
  while (c->actions[n] != NULL)
    n++;
  g_assert_cmpuint (fixes->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      TlFix *fix = g_ptr_array_index (fixes, i);

      g_assert_cmpstr (tl_action_get_nick (tl_fix_get_action (fix)), ==, c->actions[i]);
      g_assert_cmpint (tl_fix_get_lane (fix), ==, c->lane);
      g_assert_cmpstr (tl_fix_get_label (fix), !=, "");
    }
  if (n > 0)
    assert_settings (g_ptr_array_index (fixes, 0), c->then_url,
                     c->then_user != NULL ? c->then_user : ADDRESS);
}

static void
test_remedies (void)
{
  static const struct
  {
    const char *name;
    const char *user;
    const char *tried[3];
    const char *gone[3];   /* actions of remedies that are not shown */
  } cases[] = {
    { "whole-address", ADDRESS, { ADDRESS }, { "retry-as-full-address" } },
    { "short-name", "ada", { "ada" }, { "retry-as-local-part" } },
    { "both-tried", "ada", { ADDRESS, "ada" },
      { "retry-as-full-address", "retry-as-local-part" } },
    { "another-name", "lovelace", { "lovelace" },
      { "retry-as-full-address", "retry-as-local-part" } },
  };

  g_test_summary ("What was just tried is not among what to do");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      g_autoptr(TlFinding) finding = NULL;
      g_auto(GStrv) all = NULL;
      g_auto(GStrv) shown = NULL;
      const TlRemedy *remedies;
      const char *first = NULL;

      g_test_message ("%s", cases[i].name);
      tl_setup_set_address_text (setup, ADDRESS);
      set_draft (setup, TL_LANE_INCOMING, "imaps://imap.acme.test", cases[i].user);
      for (gsize j = 0; cases[i].tried[j] != NULL; j++)
        tl_setup_remember_user (setup, TL_LANE_INCOMING, cases[i].tried[j]);
      finding = plant (setup, TL_LANE_INCOMING, "auth.bad-credentials", NULL);
      all = tl_finding_dup_remedies (finding);
      shown = tl_setup_dup_remedies (setup, finding, &first);
      remedies = tl_finding_get_entry (finding)->remedies;

      for (gsize j = 0; all[j] != NULL; j++)
        {
          gboolean is_gone = remedies[j].action != NULL &&
                             g_strv_contains (cases[i].gone, remedies[j].action);

          g_assert_cmpint (g_strv_contains ((const char * const *) shown, all[j]), ==, !is_gone);
        }
      g_assert_cmpstr (first, ==, "edit-password");

      /* While something is tested it stays as it is. */
      setup->testing = TRUE;
      g_clear_pointer (&all, g_strfreev);
      all = tl_setup_dup_remedies (setup, finding, NULL);
      g_assert_true (g_strv_equal ((const char * const *) all, (const char * const *) shown));
      setup->testing = FALSE;
    }
}

static void
test_properties (void)
{
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url ("imap://imap.acme.test",
                                                                      TL_AUTH_PASSWORD, "ada",
                                                                      NULL);
  g_autoptr(TlFix) fix = tl_fix_new (TL_ACTION_SWITCH_ENDPOINT, TL_LANE_OUTGOING, settings, "Go");
  g_autofree char *label = NULL;
  g_autoptr(TlLaneSettings) read = NULL;
  TlAction action = TL_ACTION_RETRY;
  TlLaneKind lane = TL_LANE_NONE;

  g_object_get (fix, "action", &action, "label", &label, "lane", &lane, "settings", &read, NULL);
  g_assert_cmpint (action, ==, TL_ACTION_SWITCH_ENDPOINT);
  g_assert_cmpstr (label, ==, "Go");
  g_assert_cmpint (lane, ==, TL_LANE_OUTGOING);
  g_assert_true (read == settings);
}

static void
test_label (void)
{
  static const struct { const char *endpoint; const char *words[4]; } cases[] = {
    { "imap://imap.acme.test:143", { "STARTTLS", "143" } },
    { "imaps://imap.acme.test:1993", { "TLS", "1993" } },
    { "imaps://eu.acme.test", { "eu.acme.test" } },
    { "imap://eu.acme.test", { "eu.acme.test", "STARTTLS", "143" } },
  };

  g_test_summary ("A button says exactly what changes");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      g_autoptr(TlFinding) finding = NULL;
      g_autoptr(GPtrArray) fixes = NULL;

      tl_setup_set_address_text (setup, ADDRESS);
      set_draft (setup, TL_LANE_INCOMING, "imaps://imap.acme.test", ADDRESS);
      finding = plant (setup, TL_LANE_INCOMING, "connect.refused", cases[i].endpoint);
      fixes = tl_setup_list_fixes (setup, finding);
      g_assert_cmpuint (fixes->len, ==, 1);
      for (gsize j = 0; cases[i].words[j] != NULL; j++)
        g_assert_nonnull (strstr (tl_fix_get_label (g_ptr_array_index (fixes, 0)),
                                  cases[i].words[j]));
    }
}

/* --- Applying ------------------------------------------------------------------------- */

static TlFix *
get_fix (TlSetup    *setup,
         TlLaneKind  lane)
{
  GListModel *findings = tl_lane_run_get_findings (tl_setup_get_run (setup, lane));
  g_autoptr(TlFinding) finding = g_list_model_get_item (findings, 0);
  g_autoptr(GPtrArray) fixes = NULL;

  if (finding == NULL)
    return NULL;
  fixes = tl_setup_list_fixes (setup, finding);

  return fixes->len == 0 ? NULL : g_object_ref (g_ptr_array_index (fixes, 0));
}

static gboolean
apply (TlSetup  *setup,
       TlFix    *fix,
       GError  **error)
{
  TlTestWait wait = { NULL };
  gboolean applied;

  tl_setup_apply_fix_async (setup, fix, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  applied = tl_setup_apply_fix_finish (setup, wait.result, error);
  g_object_unref (wait.result);

  return applied;
}

static void
test_other_lane_rests (gconstpointer data)
{
  TlLaneKind lane = (TlLaneKind) GPOINTER_TO_UINT (data);
  TlLaneKind other = lane == TL_LANE_INCOMING ? TL_LANE_OUTGOING : TL_LANE_INCOMING;
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *url = lane == TL_LANE_INCOMING
    ? g_strdup_printf ("imaps://%s:%u", TL_PRACTICE_INCOMING_HOST,
                       tl_practice_get_incoming_port (setup->practice))
    : g_strdup_printf ("smtp://%s:%u", TL_PRACTICE_OUTGOING_HOST,
                       tl_practice_get_outgoing_port (setup->practice));
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFix) fix = NULL;
  g_autoptr(GError) error = NULL;
  TlLaneReport *report;

  g_test_summary ("A fix tests its lane; the result of the other is the very same afterwards");

  g_object_set (tl_setup_get_draft (setup, lane), "port", 1, "security", TL_SECURITY_STARTTLS,
                NULL);
  tl_test_setup_run (setup, other);
  report = tl_lane_run_get_report (tl_setup_get_run (setup, other));
  finding = plant (setup, lane, "connect.refused", url);
  fix = get_fix (setup, lane);
  g_assert_nonnull (fix);

  g_assert_true (apply (setup, fix, &error));
  g_assert_no_error (error);
  g_assert_true (tl_lane_run_get_report (tl_setup_get_run (setup, other)) == report);
  g_assert_cmpint (tl_lane_run_get_verdict (tl_setup_get_run (setup, lane)), !=, TL_VERDICT_ERROR);
  g_assert_true (tl_test_setup_get (setup, "ready"));
}

static void
test_two_forms (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_WRONG_PASSWORD);
  g_autoptr(TlFix) fix = NULL;
  g_autoptr(TlFix) another = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *user = NULL;

  g_test_summary ("The other spelling of the user name is tried once, and is nobody else's account");

  tl_test_setup_run (setup, TL_LANE_NONE);
  fix = get_fix (setup, TL_LANE_INCOMING);
  g_assert_nonnull (fix);
  g_assert_cmpstr (tl_action_get_nick (tl_fix_get_action (fix)), ==, "retry-as-local-part");
  g_assert_true (apply (setup, fix, &error));
  g_assert_no_error (error);
  g_object_get (tl_setup_get_draft (setup, TL_LANE_INCOMING), "username", &user, NULL);
  g_assert_cmpstr (user, ==, "you");
  g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==, "auth.bad-credentials");

  another = get_fix (setup, TL_LANE_INCOMING);
  g_assert_null (another);
  report = tl_setup_dup_report (setup);
  g_assert_false (tl_plan_get_lane (tl_report_get_plan (report), TL_LANE_INCOMING)->own_user);
  g_assert_false (tl_test_model_has (G_LIST_MODEL (setup->pair_findings),
                                     "pair.different-accounts"));
  /* The other lane has its own two. */
  another = get_fix (setup, TL_LANE_OUTGOING);
  g_assert_nonnull (another);
}

static void
test_address_forgets (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFix) fix = NULL;

  g_test_summary ("Another address has its own two user names");

  tl_setup_set_address_text (setup, "bob@acme.test");
  tl_setup_remember_user (setup, TL_LANE_INCOMING, "bob@acme.test");
  tl_setup_remember_user (setup, TL_LANE_INCOMING, "bob");
  tl_setup_set_address_text (setup, ADDRESS);
  set_draft (setup, TL_LANE_INCOMING, "imaps://imap.acme.test", ADDRESS);
  finding = plant (setup, TL_LANE_INCOMING, "auth.refused", NULL);
  fix = get_fix (setup, TL_LANE_INCOMING);
  g_assert_nonnull (fix);
}

static void
test_wait (void)
{
  static const struct
  {
    const char *name;
    const char *id;
    guint       asked_s;
    gint64      passed_s;
    guint       left_s;
  } cases[] = {
    { "at-once",        "auth.throttled",       300, 0,    300 },
    { "later",          "auth.throttled",       300, 299,  1 },
    { "over",           "auth.throttled",       300, 300,  0 },
    { "long-over",      "auth.throttled",       300, 9999, 0 },
    { "clock-set-back", "auth.throttled",       300, -60,  300 },
    { "not-said",       "auth.throttled",       0,   0,    0 },
    { "no-wait",        "auth.bad-credentials", 300, 0,    0 },
  };

  g_test_summary ("A server that asks to wait is asked again when that is over");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlSetup) setup = tl_setup_new ();
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url ("smtps://smtp.acme.test", TL_AUTH_PASSWORD, ADDRESS, NULL);
      g_autoptr(GPtrArray) findings = g_ptr_array_new ();
      g_autoptr(GPtrArray) steps = g_ptr_array_new ();
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
      g_autoptr(TlFinding) finding = NULL;
      g_autoptr(TlFinding) other = NULL;
      g_autoptr(TlLaneReport) report = NULL;

      g_test_message ("%s", cases[i].name);
      if (cases[i].asked_s != 0)
        g_variant_dict_insert (&evidence, TL_EVIDENCE_RETRY_AFTER, "u", cases[i].asked_s);
      finding = tl_finding_new (cases[i].id, TL_LANE_OUTGOING, g_variant_dict_end (&evidence));
      other = tl_finding_new (cases[i].id, TL_LANE_OUTGOING, tl_finding_get_evidence (finding));
      g_ptr_array_add (findings, finding);
      report = tl_lane_report_new (&(TlLaneReportParts) {
        .lane = TL_LANE_OUTGOING, .settings = settings, .steps = steps, .findings = findings,
        .tested_at_s = 1000000,
      });
      g_assert_cmpuint (tl_setup_get_wait_at_s (setup, finding, 1000000), ==, 0);
      tl_lane_run_show (tl_setup_get_run (setup, TL_LANE_OUTGOING), report);
      g_assert_cmpuint (tl_setup_get_wait_at_s (setup, finding, 1000000 + cases[i].passed_s), ==,
                        cases[i].left_s);
      g_assert_cmpuint (tl_setup_get_wait_at_s (setup, other, 1000000), ==, 0);
    }
}

static void
test_no_longer_fits (void)
{
  g_autoptr(TlSetup) setup = tl_setup_new ();
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_INCOMING);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFix) fix = NULL;
  g_autoptr(GPtrArray) fixes = NULL;
  g_autoptr(GError) error = NULL;
  guint port = 0;

  g_test_summary ("What was offered for other settings changes nothing");

  tl_setup_set_address_text (setup, ADDRESS);
  set_draft (setup, TL_LANE_INCOMING, "imaps://imap.acme.test", ADDRESS);
  finding = plant (setup, TL_LANE_INCOMING, "connect.refused", "imap://imap.acme.test");
  fix = get_fix (setup, TL_LANE_INCOMING);
  g_object_set (draft, "port", 2993, NULL);
  fixes = tl_setup_list_fixes (setup, finding);
  g_assert_cmpuint (fixes->len, ==, 0);

  g_assert_false (apply (setup, fix, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_object_get (draft, "port", &port, NULL);
  g_assert_cmpuint (port, ==, 2993);
  g_assert_null (tl_lane_run_get_report (tl_setup_get_run (setup, TL_LANE_INCOMING)));
}

static void
test_pending (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFix) fix = NULL;
  g_autoptr(GPtrArray) fixes = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };

  finding = plant (setup, TL_LANE_INCOMING, "auth.refused", NULL);
  fix = get_fix (setup, TL_LANE_INCOMING);
  g_assert_nonnull (fix);
  tl_setup_test_async (setup, TL_LANE_OUTGOING, NULL, tl_test_wait_ready, &wait);
  fixes = tl_setup_list_fixes (setup, finding);
  g_assert_cmpuint (fixes->len, ==, 0);
  g_assert_false (apply (setup, fix, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_test_finish (setup, wait.result, NULL));
  g_object_unref (wait.result);
}

typedef struct
{
  const char *name;
  const char *host;      /* where the lane was tested */
  const char *endpoint;
  const char *candidate; /* a host that discovery vouches for, or NULL */
  TlLaneKind  lane;      /* on which, with a candidate */
  gboolean    needs_yes;
} SiteCase;

static const SiteCase site_cases[] = {
  { .name = "same-host", .host = "imap.mail.test", .endpoint = "imap://imap.mail.test" },
  { .name = "same-site", .host = "imap.mail.test", .endpoint = "imaps://eu.mail.test",
    .needs_yes = TRUE },
  { .name = "own-domain", .host = "imap.mail.test", .endpoint = "imaps://imap.acme.test",
    .needs_yes = TRUE },
  { .name = "elsewhere", .host = "imap.mail.test", .endpoint = "imaps://imap.else.test",
    .needs_yes = TRUE },
  { .name = "vouched-for", .host = "imap.mail.test", .endpoint = "imaps://imap.else.test",
    .candidate = "imap.else.test", .lane = TL_LANE_INCOMING },
  { .name = "another-vouched-for", .host = "imap.mail.test", .endpoint = "imaps://imap.else.test",
    .candidate = "mx.else.test", .lane = TL_LANE_INCOMING, .needs_yes = TRUE },
  { .name = "vouched-for-on-the-other-lane", .host = "imap.mail.test",
    .endpoint = "imaps://imap.else.test", .candidate = "imap.else.test", .lane = TL_LANE_OUTGOING,
    .needs_yes = TRUE },
};

static void
test_site (gconstpointer data)
{
  const SiteCase *c = data;
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autofree char *url = g_strconcat ("imaps://", c->host, NULL);
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_INCOMING);
  g_autoptr(TlAddress) address = tl_address_parse (ADDRESS, NULL);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlFix) fix = NULL;
  g_autoptr(GError) error = NULL;
  const char *nobody[] = { NULL };

  g_test_summary ("A press does not send the password to people that nobody agreed to (P2)");

  /* In the practice network, where no name but its own exists and nobody is asked for one. */
  g_clear_pointer (&setup->address, tl_address_unref);
  setup->address = g_steal_pointer (&address);
  set_draft (setup, TL_LANE_INCOMING, url, ADDRESS);
  if (c->candidate != NULL)
    {
      g_autofree char *found = g_strconcat (c->lane == TL_LANE_INCOMING ? "imaps://" : "smtps://",
                                            c->candidate, NULL);
      g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url (found, TL_AUTH_PASSWORD,
                                                                          ADDRESS, NULL);
      g_autoptr(TlCandidate) candidate = tl_candidate_new (c->lane, settings,
                                                           TL_SOURCE_PROVIDER_MX,
                                                           TL_TRUST_CURATED, 90, FALSE, nobody,
                                                           nobody, NULL);

      g_list_store_append (setup->candidates, candidate);
    }
  finding = plant (setup, TL_LANE_INCOMING, "connect.refused", c->endpoint);
  fix = get_fix (setup, TL_LANE_INCOMING);
  g_assert_nonnull (fix);
  g_assert_true (apply (setup, fix, &error));
  g_assert_no_error (error);

  g_assert_cmpint (tl_lane_draft_needs_yes (draft), ==, c->needs_yes);
  if (c->needs_yes)
    {
      g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), ==,
                       "discover.untrusted-only");
      g_object_set (draft, "confirmed", TRUE, NULL);
      g_assert_true (tl_lane_draft_is_valid (draft));
    }
  else
    {
      g_assert_cmpstr (tl_test_setup_get_primary (setup, TL_LANE_INCOMING), !=,
                       "discover.untrusted-only");
    }
}

int
main (int   argc,
      char *argv[])
{
  /* No keyring of the one who runs this is touched. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (list_cases); i++)
    {
      const char *name = list_cases[i].name;
      g_autofree char *path = g_str_has_prefix (name, "rows/")
                                ? g_strconcat ("/", name, NULL)
                                : g_strconcat ("/setup-fix/list/", name, NULL);

      g_test_add_data_func (path, &list_cases[i], test_list);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (site_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/rows/P2/fix-site/", site_cases[i].name, NULL);

      g_test_add_data_func (path, &site_cases[i], test_site);
    }
  g_test_add_func ("/rows/A12/remedies", test_remedies);
  g_test_add_func ("/setup-fix/properties", test_properties);
  g_test_add_func ("/setup-fix/label", test_label);
  g_test_add_data_func ("/setup-fix/other-lane-rests/incoming",
                        GUINT_TO_POINTER ((guint) TL_LANE_INCOMING), test_other_lane_rests);
  g_test_add_data_func ("/setup-fix/other-lane-rests/outgoing",
                        GUINT_TO_POINTER ((guint) TL_LANE_OUTGOING), test_other_lane_rests);
  g_test_add_func ("/rows/A12/two-forms", test_two_forms);
  g_test_add_func ("/setup-fix/address-forgets", test_address_forgets);
  g_test_add_func ("/setup-fix/no-longer-fits", test_no_longer_fits);
  g_test_add_func ("/setup-fix/wait", test_wait);
  g_test_add_func ("/setup-fix/pending", test_pending);

  return g_test_run ();
}
