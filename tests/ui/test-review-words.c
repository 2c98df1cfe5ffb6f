/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed for the window that reviews, and for the page that hands over. */
#include <string.h>

#include "tl-hand-over-words.h"
#include "tl-review-words.h"
#include "tl-sentences.h"

typedef struct
{
  const char *name;
  gboolean    loading;
  gboolean    accepted;
  gboolean    own;
  const char *finding;
  const char *same_as;    /* the finding whose title it has; NULL: none other's */
} TitleCase;

/* Every one says something of its own, but where it is said that it is the same. */
static const TitleCase title_cases[] = {
  { "loading",         .loading = TRUE, .accepted = TRUE },
  { "accepted",        .accepted = TRUE },
  { "nothing-read",    .finding = NULL },
  { "unknown-signer",  .finding = "bundle.unknown-signer" },
  { "own",             .finding = "bundle.unknown-signer", .own = TRUE },
  { "tampered",        .finding = "bundle.tampered" },
  { "bad-signature",   .finding = "bundle.bad-signature" },
  { "schema",          .finding = "bundle.schema" },
  { "expired",         .finding = "bundle.expired" },
  { "practice",        .finding = "bundle.practice" },
  { "rollback",        .finding = "bundle.rollback" },
  { "not-for-you",     .finding = "bundle.not-for-you" },
  { "policy",          .finding = "export.policy" },
  { "lane-not-green",  .finding = "export.lane-not-green" },
  { "stale",           .finding = "export.stale", .same_as = "lane-not-green" },
  { "store",           .finding = "store.policy" },
};

static char *
make_title (const TitleCase *c)
{
  g_autoptr(TlFinding) finding = c->finding == NULL
                                   ? NULL : tl_finding_new (c->finding, TL_LANE_NONE, NULL);

  return tl_review_to_title (NULL, c->loading, c->accepted, c->own, NULL, finding);
}

static void
test_titles (void)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("No two kinds of file are called the same, and tampered is never called accepted");

  for (gsize i = 0; i < G_N_ELEMENTS (title_cases); i++)
    {
      g_autofree char *title = make_title (&title_cases[i]);
      const char *before = g_hash_table_lookup (seen, title);

      g_test_message ("%s", title_cases[i].name);
      g_assert_cmpstr (title, !=, "");
      g_assert_cmpstr (before, ==, title_cases[i].same_as);
      if (before == NULL)
        g_hash_table_insert (seen, g_steal_pointer (&title), (gpointer) title_cases[i].name);
    }
}

typedef struct
{
  const char *name;
  gboolean    loading;
  gboolean    accepted;
  const char *finding;
  const char *css_class;
} LookCase;

static const LookCase look_cases[] = {
  { "loading",  .loading = TRUE, .css_class = "dim-label" },
  { "accepted", .accepted = TRUE, .css_class = "success" },
  { "problem",  .finding = "bundle.tampered", .css_class = "error" },
  { "warning",  .finding = "store.policy", .css_class = "warning" },
  { "nothing",  .finding = NULL, .css_class = "warning" },
};

static void
test_look (gconstpointer data)
{
  const LookCase *c = data;
  g_autoptr(TlFinding) finding = c->finding == NULL
                                   ? NULL : tl_finding_new (c->finding, TL_LANE_NONE, NULL);
  g_auto(GStrv) classes = tl_review_to_classes (NULL, c->loading, c->accepted, finding);
  g_autofree char *icon = tl_review_to_icon (NULL, c->loading, c->accepted, finding);

  g_assert_true (g_strv_contains ((const char * const *) classes, c->css_class));
  g_assert_cmpint (g_str_equal (icon, "tl-ok-symbolic"), ==, c->accepted);
}

static void
test_rules (void)
{
  static const struct
  {
    const char *rule;
    gboolean    is_allowance;
  } cases[] = {
    { "hosts.incoming",        TRUE },
    { "domains",               TRUE },
    { "sign_in",               TRUE },
    { "folder_roles",          FALSE },
    { "max_age_days",          FALSE },
    { "daily_ceiling",         FALSE },
    { "tls.min_version",       FALSE },
    { "domain_health.minimum", FALSE },
  };
  g_autofree char *allowed = tl_rule_to_wanted (NULL, "providers", "14");
  g_autofree char *none = tl_rule_to_found (NULL, NULL, TL_VERDICT_ERROR);
  g_autofree char *kept = tl_rule_to_found (NULL, NULL, TL_VERDICT_OK);
  g_autofree char *broken = tl_rules_to_broken (NULL, NULL);

  g_test_summary ("What is required is not called allowed, and nothing at all is said to be there");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *wanted = tl_rule_to_wanted (NULL, cases[i].rule, "14");

      g_test_message ("%s", cases[i].rule);
      g_assert_true (g_str_has_suffix (wanted, "14"));
      g_assert_cmpint (g_str_equal (wanted, allowed), ==, cases[i].is_allowance);
    }
  g_assert_cmpstr (none, !=, "");
  g_assert_cmpstr (kept, ==, "");
  g_assert_cmpstr (broken, ==, "");
}

static void
test_next_steps (void)
{
  TlTarget *file = tl_targets_find ("instantly-csv");
  g_autofree char *nowhere = tl_hand_over_to_next_steps (NULL, TRUE, TL_PURPOSE_MAILBOX, NULL);
  g_autofree char *with = tl_hand_over_to_next_steps (NULL, TRUE, TL_PURPOSE_MAILBOX, file);

  g_test_summary ("What to do next names the platform that was chosen");

  g_assert_nonnull (file);
  g_assert_nonnull (strstr (with, tl_target_get_name (file)));
  g_assert_null (strstr (nowhere, tl_target_get_name (file)));
}

static void
test_can_save (void)
{
  static const struct
  {
    gboolean      exporting;
    TlPasswordWay way;
    gboolean      can_seal;
    gboolean      can;
  } cases[] = {
    { FALSE, TL_PASSWORD_TYPED,  FALSE, TRUE },
    { FALSE, TL_PASSWORD_TYPED,  TRUE,  TRUE },
    { FALSE, TL_PASSWORD_SEALED, FALSE, FALSE },
    { FALSE, TL_PASSWORD_SEALED, TRUE,  TRUE },
    { TRUE,  TL_PASSWORD_TYPED,  TRUE,  FALSE },
    { TRUE,  TL_PASSWORD_SEALED, TRUE,  FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (tl_can_save (NULL, cases[i].exporting, cases[i].way, cases[i].can_seal), ==,
                     cases[i].can);
}

static void
test_target_kinds (void)
{
  TlTarget *file = tl_targets_find ("thunderbird-xml");
  TlTarget *sheet = tl_targets_find ("custom");

  g_assert_true (tl_target_is_file (NULL, file));
  g_assert_false (tl_target_is_sheet (NULL, file));
  g_assert_false (tl_target_is_file (NULL, sheet));
  g_assert_true (tl_target_is_sheet (NULL, sheet));
  g_assert_false (tl_target_holds_passwords (NULL, sheet));
  g_assert_false (tl_target_is_file (NULL, NULL));
  g_assert_false (tl_target_is_sheet (NULL, NULL));
  g_assert_false (tl_target_holds_passwords (NULL, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/review-words/rules", test_rules);
  g_test_add_func ("/ui/review-words/next-steps", test_next_steps);
  g_test_add_func ("/ui/review-words/titles", test_titles);
  for (gsize i = 0; i < G_N_ELEMENTS (look_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/review-words/look/", look_cases[i].name, NULL);

      g_test_add_data_func (path, &look_cases[i], test_look);
    }
  g_test_add_func ("/ui/hand-over-words/can-save", test_can_save);
  g_test_add_func ("/ui/hand-over-words/target-kinds", test_target_kinds);

  return g_test_run ();
}
