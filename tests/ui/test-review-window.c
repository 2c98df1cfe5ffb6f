/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window that reviews a bundle shows of it, and what it does not. */
#include "tl-review-window.h"

#include <string.h>

#include "tl-detail-group.h"
#include "tl-difference-view.h"
#include "tl-finding-card.h"
#include "tl-review-lane.h"
#include "tl-rule-view.h"
#include "tl-scene-review.h"
#include "tl-setting-view.h"
#include "tl-stage-view.h"
#include "tl-tree.h"
#include "tl-ui.h"

#define PATIENCE_MS 10000

#define AHEAD_S (-60 * 60)

static gboolean
on_patience_lost (gpointer data)
{
  gboolean *lost = data;

  *lost = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
run_until (TlReviewWindow *window,
           const char     *other)
{
  TlReview *review = tl_review_window_get_review (window);
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);
  gboolean loading = TRUE;
  g_autoptr(TlReview) compared = NULL;

  while (!lost && (loading || (other != NULL && compared == NULL)))
    {
      g_main_context_iteration (NULL, TRUE);
      g_clear_object (&compared);
      g_object_get (review, "loading", &loading, "other", &compared, NULL);
    }
  g_assert_false (lost);
  g_source_remove (patience);
}

static void
load (TlReviewWindow *window,
      const char     *path)
{
  tl_review_window_load (window, path);
  run_until (window, NULL);
}

static TlReviewWindow *
open_window (TlSceneReview *scene,
             gboolean       pins)
{
  TlReviewWindow *window = tl_review_window_new (NULL, scene->policies);
  TlReview *review = tl_review_window_get_review (window);

  tl_review_set_state_file (review, scene->state_path);
  if (pins)
    tl_review_add_signer (review, tl_signer_get_fingerprint (scene->signer));
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* With whether the window is all that is shown, or the content too. */
static guint
count (TlReviewWindow *window,
       GType           type)
{
  return tl_tree_count_shown (GTK_WIDGET (window), type);
}

static void
assert_says_nowhere (TlReviewWindow *window,
                     const char     *part)
{
  GtkWidget *label;

  for (guint i = 0; (label = tl_tree_find (GTK_WIDGET (window), GTK_TYPE_LABEL, i)) != NULL; i++)
    g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (label)), part));
}

typedef struct
{
  const char   *name;
  TlSceneLanes  lanes;
  gboolean      pins;
  gboolean      damages;
  int           ago_s;
  const char   *policy;
  gboolean      sees_newer;   /* before it */
  const char   *finding;      /* NULL: accepted */
  gboolean      is_shown;     /* its content is */
} StateCase;

static const StateCase state_cases[] = {
  { "accepted",              .pins = TRUE, .is_shown = TRUE },
  { "P12/unknown-signer",    .finding = "bundle.unknown-signer", .is_shown = TRUE },
  { "B01/tampered",          .pins = TRUE, .damages = TRUE, .finding = "bundle.tampered" },
  { "B07/expired",           .pins = TRUE, .ago_s = AHEAD_S, .finding = "bundle.expired",
    .is_shown = TRUE },
  { "B12/draft",             .pins = TRUE, .lanes = TL_SCENE_LANES_USER,
    .finding = "export.lane-not-green", .is_shown = TRUE },
  { "B07/rollback",          .pins = TRUE, .sees_newer = TRUE, .finding = "bundle.rollback",
    .is_shown = TRUE },
  { "against-policy",        .pins = TRUE, .policy = TL_SCENE_POLICY, .finding = "export.policy",
    .is_shown = TRUE },
  { "with-policy",           .pins = TRUE, .policy = TL_SCENE_KEPT_POLICY, .is_shown = TRUE },
};

static void
test_state (gconstpointer data)
{
  const StateCase *c = data;
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (c->policy);
  g_autofree char *path = tl_scene_review_write (scene, c->lanes, "Ada", 4, c->ago_s);
  TlReviewWindow *window = open_window (scene, c->pins);
  TlReview *review = tl_review_window_get_review (window);
  g_autofree char *title = NULL;
  TlFinding *finding;

  g_test_summary ("What a file is worth is said first; of one that failed nothing else is shown");

  if (c->damages)
    tl_scene_review_damage (path);
  if (c->sees_newer)
    {
      g_autofree char *newer = tl_scene_review_write (scene, c->lanes, "Ada", 5, c->ago_s);

      load (window, newer);
      g_assert_true (tl_review_is_accepted (review));
    }
  load (window, path);

  finding = tl_review_get_finding (review);
  g_assert_cmpstr (finding == NULL ? NULL : tl_finding_get_id (finding), ==, c->finding);
  g_assert_cmpint (tl_review_is_accepted (review), ==, c->finding == NULL);
  g_assert_cmpuint (count (window, TL_TYPE_SETTING_VIEW) > 0, ==, c->is_shown);
  g_assert_cmpuint (count (window, TL_TYPE_REVIEW_LANE), ==, c->is_shown ? 2 : 0);
  g_assert_cmpuint (count (window, TL_TYPE_STAGE_VIEW) > 0, ==, c->is_shown);
  g_assert_cmpint (count (window, TL_TYPE_RULE_VIEW) > 0, ==, c->policy != NULL && c->is_shown);
  g_assert_cmpint (tl_tree_find_button (GTK_WIDGET (window), "Show as a _Page") != NULL, ==,
                   c->is_shown);
  g_assert_cmpint (tl_tree_find_button (GTK_WIDGET (window), "_Accept the Older File…") != NULL, ==,
                   c->sees_newer);

  g_object_get (window, "title", &title, NULL);
  if (c->is_shown)
    {
      g_assert_cmpstr (title, ==, "ada@acme.test");
    }
  else
    {
      assert_says_nowhere (window, "ada@");
      assert_says_nowhere (window, "cme.test");
      assert_says_nowhere (window, "Ada of Example");
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whether the list of a section is in view and one of its rows says @words. */
static gboolean
has_row (TlReviewWindow *window,
         const char     *section,
         const char     *words)
{
  GtkWidget *group;

  for (guint i = 0; (group = tl_tree_find (GTK_WIDGET (window), TL_TYPE_DETAIL_GROUP, i)) != NULL;
       i++)
    {
      g_autoptr(GListModel) details = NULL;
      g_autoptr(GListModel) wanted = NULL;

      g_object_get (group, "details", &details, NULL);
      g_object_get (tl_review_window_get_review (window), section, &wanted, NULL);
      if (details == wanted && tl_tree_is_shown (group, GTK_WIDGET (window)))
        return tl_tree_find_label (group, words) != NULL;
    }

  return FALSE;
}

static void
test_sections (void)
{
  static const struct { const char *section, *words; } rows[] = {
    { "folders", "[Gmail]/Sent Mail" },
    { "folders", "[Gmail]/Bin" },
    { "sending", "35" },
    { "domain",  "v=spf1 include:_spf.elsewhere.test a:smtp.acme.test ~all" },
    { "domain",  "v=DMARC1; p=none; rua=mailto:dmarc@acme.test" },
  };
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *good = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  g_autofree char *bad = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 2, 0);
  TlReviewWindow *window = open_window (scene, TRUE);

  g_test_summary ("Folders, the plan and the domain are in view, and gone with a file that failed");

  tl_scene_review_damage (bad);
  load (window, good);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s: %s", rows[i].section, rows[i].words);
      g_assert_true (has_row (window, rows[i].section, rows[i].words));
    }
  load (window, bad);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_false (has_row (window, rows[i].section, rows[i].words));
  assert_says_nowhere (window, "[Gmail]");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_replaced (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *good = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  g_autofree char *bad = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 2, 0);
  TlReviewWindow *window = open_window (scene, TRUE);

  g_test_summary ("Of a good file nothing stays once a bad one is looked at in its place");

  tl_scene_review_damage (bad);
  load (window, good);
  g_assert_cmpuint (count (window, TL_TYPE_SETTING_VIEW), >, 0);
  load (window, bad);
  g_assert_cmpuint (count (window, TL_TYPE_SETTING_VIEW), ==, 0);
  g_assert_cmpuint (count (window, TL_TYPE_DIFFERENCE_VIEW), ==, 0);
  g_assert_cmpuint (count (window, TL_TYPE_STAGE_VIEW), ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_differing (TlReviewWindow *window)
{
  GtkWidget *view;
  guint n = 0;

  for (guint i = 0;
       (view = tl_tree_find (GTK_WIDGET (window), TL_TYPE_SETTING_VIEW, i)) != NULL; i++)
    {
      gboolean differs = FALSE;

      g_object_get (view, "differs", &differs, NULL);
      n += differs ? 1 : 0;
    }

  return n;
}

static void
test_compare (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *before = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  g_autofree char *after = tl_scene_review_write (scene, TL_SCENE_LANES_BLOCKED, "Ada L.", 2, 0);
  TlReviewWindow *window = open_window (scene, TRUE);
  GtkWidget *alone;

  g_test_summary ("Two files stand side by side: what differs is marked, and gone again alone");

  load (window, after);
  g_assert_cmpuint (count_differing (window), ==, 0);

  tl_review_window_compare_with (window, before);
  run_until (window, before);
  g_assert_cmpuint (count_differing (window), >, 0);
  g_assert_cmpuint (count (window, TL_TYPE_DIFFERENCE_VIEW), >, 0);
  alone = tl_tree_find_button (GTK_WIDGET (window), "_Stop Comparing");
  g_assert_nonnull (alone);

  g_signal_emit_by_name (alone, "clicked");
  g_assert_cmpuint (count_differing (window), ==, 0);
  g_assert_cmpuint (count (window, TL_TYPE_DIFFERENCE_VIEW), ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_compare_is_a_glance (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *shown = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  g_autofree char *newer = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 2, 0);
  TlReviewWindow *window;
  TlReview *review;
  g_autoptr(TlReview) other = NULL;

  g_test_summary ("A newer file that one is compared with is not accepted by that");

  tl_scene_review_pin (scene);
  window = tl_review_window_new (NULL, scene->policies);
  review = tl_review_window_get_review (window);
  gtk_window_present (GTK_WINDOW (window));

  load (window, shown);
  g_assert_true (tl_review_is_accepted (review));
  tl_review_window_compare_with (window, newer);
  run_until (window, newer);
  g_object_get (review, "other", &other, NULL);
  g_assert_true (tl_bundle_is_vouched_for (tl_review_get_bundle (other)));

  load (window, shown);
  g_assert_true (tl_review_is_accepted (review));
  load (window, newer);
  g_assert_true (tl_review_is_accepted (review));
  load (window, shown);
  g_assert_cmpstr (tl_finding_get_id (tl_review_get_finding (review)), ==, "bundle.rollback");

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_dropped_while_loading (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *first = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  g_autofree char *second = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 2, 0);
  g_autofree char *third = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 3, 0);
  TlReviewWindow *window = open_window (scene, TRUE);
  TlReview *review = tl_review_window_get_review (window);
  g_autofree char *path = NULL;
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);

  g_test_summary ("Of several files in a row the last one is shown");

  tl_review_window_load (window, first);
  tl_review_window_load (window, second);
  tl_review_window_load (window, third);
  while (!lost && tl_review_get_bundle (review) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lost);
  g_source_remove (patience);
  g_object_get (review, "path", &path, NULL);
  g_assert_cmpstr (path, ==, third);
  g_assert_cmpuint (tl_bundle_get_serial (tl_review_get_bundle (review)), ==, 3);

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_missing (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *path = g_build_filename (scene->folder, "nothere.twolane", NULL);
  g_autofree char *good = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  TlReviewWindow *window = open_window (scene, TRUE);
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);

  g_test_summary ("A file that is not there is named, and another one can be chosen");

  tl_review_window_load (window, path);
  while (!lost && tl_tree_find_label (GTK_WIDGET (window), "nothere.twolane") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lost);
  g_source_remove (patience);
  g_assert_nonnull (tl_tree_find_button (GTK_WIDGET (window), "_Choose Another File…"));

  load (window, good);
  g_assert_null (tl_tree_find_button (GTK_WIDGET (window), "_Choose Another File…"));
  g_assert_null (tl_tree_find_label (GTK_WIDGET (window), "nothere.twolane"));

  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_compare_with_damaged (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *good = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 2, 0);
  g_autofree char *bad = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  TlReviewWindow *window = open_window (scene, TRUE);
  g_autoptr(TlReview) other = NULL;
  gboolean passed = FALSE;
  guint wait = g_timeout_add (PATIENCE_MS, on_patience_lost, &passed);

  g_test_summary ("Nothing of a file that failed comes in as the other one");

  tl_scene_review_damage (bad);
  load (window, good);
  tl_review_window_compare_with (window, bad);
  while (!passed && tl_tree_find_label (GTK_WIDGET (window), "did not pass") == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (passed);
  g_object_get (tl_review_window_get_review (window), "other", &other, NULL);
  g_assert_null (other);
  g_assert_cmpuint (count_differing (window), ==, 0);

  g_source_remove (wait);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closed_while_loading (void)
{
  g_autoptr(TlSceneReview) scene = tl_scene_review_new (NULL);
  g_autofree char *path = tl_scene_review_write (scene, TL_SCENE_LANES_GREEN, "Ada", 1, 0);
  TlReviewWindow *window = open_window (scene, TRUE);
  TlReview *review = g_object_ref (tl_review_window_get_review (window));
  gboolean loading = TRUE;

  g_test_summary ("A window that is closed early is let go of");

  tl_review_window_load (window, path);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (loading)
    {
      g_main_context_iteration (NULL, TRUE);
      g_object_get (review, "loading", &loading, NULL);
    }
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (window);
  g_object_unref (review);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *state_folder = g_dir_make_tmp ("tl-review-state-XXXXXX", NULL);
  int status;

  /* Where a review that was told of no other place notes what it accepted. */
  g_setenv ("XDG_STATE_HOME", state_folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/review/", state_cases[i].name, NULL);

      g_test_add_data_func (path, &state_cases[i], test_state);
    }
  g_test_add_func ("/ui/review/replaced", test_replaced);
  g_test_add_func ("/ui/review/sections", test_sections);
  g_test_add_func ("/ui/review/compare", test_compare);
  g_test_add_func ("/ui/review/B07/compare-is-a-glance", test_compare_is_a_glance);
  g_test_add_func ("/ui/review/dropped-while-loading", test_dropped_while_loading);
  g_test_add_func ("/ui/review/missing", test_missing);
  g_test_add_func ("/ui/review/compare-with-damaged", test_compare_with_damaged);
  g_test_add_func ("/ui/review/closed-while-loading", test_closed_while_loading);

  status = g_test_run ();
  tl_scene_review_remove (state_folder);

  return status;
}
