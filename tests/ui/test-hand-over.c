/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The groups of the page that hands over, and what is said of policy on the way to it. */
#include <adwaita.h>
#include <string.h>

#include "tl-address-page.h"
#include "tl-field-view.h"
#include "tl-finding-card.h"
#include "tl-handover-page.h"
#include "tl-key-window.h"
#include "tl-password-group.h"
#include "tl-policy-group.h"
#include "tl-remark-view.h"
#include "tl-rule-view.h"
#include "tl-rules-window.h"
#include "tl-scene-review.h"
#include "tl-servers-page.h"
#include "tl-sheet-window.h"
#include "tl-signin-page.h"
#include "tl-target-group.h"
#include "tl-target-view.h"
#include "tl-target-window.h"
#include "tl-tree.h"
#include "tl-ui.h"

#define PATIENCE_MS 10000

#define SECRET "swordfish"

/* A page in a window of its own. */
typedef struct
{
  TlSceneReview *scene;
  TlSetup       *setup;
  GtkWidget     *window;
  GtkWidget     *page;
} Fixture;

static void
fixture_open (Fixture    *fixture,
              const char *policy,
              GType       page_type)
{
  fixture->scene = tl_scene_review_new (policy);
  fixture->setup = tl_setup_new ();
  tl_scene_review_rule (fixture->scene, fixture->setup);
  tl_scene_test (fixture->setup, TL_SCENE_LANES_GREEN);
  fixture->page = g_object_ref_sink (g_object_new (page_type, "setup", fixture->setup, NULL));
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
fixture_close (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->page);
  g_object_unref (fixture->setup);
  tl_scene_review_free (fixture->scene);
}

static GtkWidget *
find_shown (Fixture    *fixture,
            const char *button)
{
  return tl_tree_find_button (fixture->page, button);
}

static TlHandOver *
get_hand_over (Fixture *fixture)
{
  return tl_setup_get_hand_over (fixture->setup);
}

static gboolean
on_patience_lost (gpointer data)
{
  gboolean *lost = data;

  *lost = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  gboolean *done = data;

  tl_hand_over_load_recipient_finish (TL_HAND_OVER (object), result, NULL);
  *done = TRUE;
}

static void
load_recipient (Fixture    *fixture,
                const char *path)
{
  gboolean done = FALSE;

  tl_hand_over_load_recipient_async (get_hand_over (fixture), path, NULL, on_loaded, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

typedef struct
{
  const char *name;
  const char *target;          /* NULL: none */
  gboolean    saves;           /* there is a button for a file */
  gboolean    saves_secrets;   /* and for one with passwords */
  gboolean    shows_fields;
  gboolean    can;             /* the buttons can be pressed */
} TargetCase;

static const TargetCase target_cases[] = {
  { "none",                .target = NULL },
  { "file",                .target = "thunderbird-xml", .saves = TRUE, .can = TRUE },
  { "file-with-passwords", .target = "settings-json", .saves = TRUE, .saves_secrets = TRUE,
    .can = TRUE },
  { "sheet",               .target = "custom", .shows_fields = TRUE, .can = TRUE },
  { "refused",             .target = "instantly-csv", .saves = TRUE, .saves_secrets = TRUE },
};

static void
test_target (gconstpointer data)
{
  const TargetCase *c = data;
  Fixture fixture;
  GtkWidget *save;
  GtkWidget *save_with;
  GtkWidget *fields;

  g_test_summary ("What can be made for a product is offered, and what it refuses is said");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  tl_hand_over_set_target (get_hand_over (&fixture),
                           c->target == NULL ? NULL : tl_targets_find (c->target));
  save = find_shown (&fixture, "Save _File…");
  save_with = find_shown (&fixture, "Save With Pass_words…");
  fields = find_shown (&fixture, "Show _Fields…");

  g_assert_cmpint (save != NULL, ==, c->saves);
  g_assert_cmpint (save_with != NULL, ==, c->saves_secrets);
  g_assert_cmpint (fields != NULL, ==, c->shows_fields);
  if (save != NULL)
    g_assert_cmpint (gtk_widget_is_sensitive (save), ==, c->can);
  if (save_with != NULL)
    g_assert_cmpint (gtk_widget_is_sensitive (save_with), ==, c->can);
  if (fields != NULL)
    g_assert_cmpint (gtk_widget_is_sensitive (fields), ==, c->can);
  if (c->target != NULL && !c->can)
    g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_REMARK_VIEW), >, 0);
  if (c->target == NULL)
    g_assert_cmpuint (tl_tree_count_shown (fixture.page, TL_TYPE_REMARK_VIEW), ==, 0);

  fixture_close (&fixture);
}

static GtkWidget *
find_above (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }

  return NULL;
}

static void
test_passwords_asked (void)
{
  Fixture fixture;
  GtkWidget *dialog;
  g_autofree char *path = NULL;

  g_test_summary ("Passwords go into a file only after a question of its own, and No writes nothing");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  tl_hand_over_set_target (get_hand_over (&fixture), tl_targets_find ("settings-json"));
  g_signal_emit_by_name (find_shown (&fixture, "Save With Pass_words…"), "clicked");
  dialog = find_above (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_object_get (get_hand_over (&fixture), "rendered-path", &path, NULL);
  g_assert_null (path);

  fixture_close (&fixture);
}

static gboolean
can_save (Fixture *fixture)
{
  return tl_page_get_can_advance (TL_PAGE (fixture->page));
}

static gboolean
shows_fingerprint (Fixture *fixture)
{
  GtkWidget *group = tl_tree_find (fixture->page, TL_TYPE_PASSWORD_GROUP, 0);
  g_autofree char *fingerprint = NULL;
  GtkLabel *label;

  g_object_get (get_hand_over (fixture), "recipient-fingerprint", &fingerprint, NULL);
  if (fingerprint == NULL)
    return FALSE;
  fingerprint[strlen ("0000")] = '\0';
  label = tl_tree_find_label (group, fingerprint);

  return label != NULL && tl_tree_is_shown (GTK_WIDGET (label), fixture->page);
}

static void
test_sealed (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  GtkWidget *agreed;
  gboolean says_yes = FALSE;

  g_test_summary ("Nothing is sealed for a certificate that no person has said yes to");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  path = tl_scene_review_write_certificate (fixture.scene);
  g_assert_true (can_save (&fixture));

  tl_hand_over_set_password_way (get_hand_over (&fixture), TL_PASSWORD_SEALED);
  g_assert_false (can_save (&fixture));
  g_assert_false (shows_fingerprint (&fixture));

  load_recipient (&fixture, path);
  g_assert_true (shows_fingerprint (&fixture));
  g_assert_false (can_save (&fixture));

  agreed = tl_tree_find (tl_tree_find (fixture.page, TL_TYPE_PASSWORD_GROUP, 0),
                         GTK_TYPE_CHECK_BUTTON, 2);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (agreed), TRUE);
  g_object_get (get_hand_over (&fixture), "recipient-agreed", &says_yes, NULL);
  g_assert_true (says_yes);
  g_assert_true (can_save (&fixture));

  g_test_message ("another file, another question");
  load_recipient (&fixture, "/proc/none/platform.pem");
  g_assert_cmpstr (tl_finding_get_id (tl_hand_over_get_finding (get_hand_over (&fixture))), ==,
                   "export.recipient");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (agreed), FALSE);
  g_assert_false (can_save (&fixture));
  tl_hand_over_set_password_way (get_hand_over (&fixture), TL_PASSWORD_TYPED);
  g_assert_true (can_save (&fixture));

  fixture_close (&fixture);
}

static void
on_text_read (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("");
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, on_text_read, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);

  return text;
}

static void
test_sheet (void)
{
  Fixture fixture;
  GtkWidget *window;
  GtkWidget *label;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  guint n_rows;

  g_test_summary ("The fields of a form can be copied; a password is in none of them");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  tl_hand_over_set_target (get_hand_over (&fixture), tl_targets_find ("custom"));
  window = GTK_WIDGET (tl_sheet_window_new (GTK_WINDOW (fixture.window), fixture.setup));
  gtk_window_present (GTK_WINDOW (window));
  n_rows = tl_tree_count_shown (window, TL_TYPE_FIELD_VIEW);
  g_assert_cmpuint (n_rows, >, 8);
  for (guint i = 0; (label = tl_tree_find (window, GTK_TYPE_LABEL, i)) != NULL; i++)
    g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (label)), SECRET));

  g_signal_emit_by_name (tl_tree_find (tl_tree_find (window, TL_TYPE_FIELD_VIEW, 1),
                                       GTK_TYPE_BUTTON, 0), "clicked");
  one = read_clipboard (window);
  g_assert_cmpstr (one, ==, "imap.acme.test");

  g_signal_emit_by_name (tl_tree_find_button (window, "Copy _All as Text"), "clicked");
  all = read_clipboard (window);
  g_assert_nonnull (strstr (all, "imap.acme.test"));
  g_assert_null (strstr (all, SECRET));

  gtk_window_destroy (GTK_WINDOW (window));
  fixture_close (&fixture);
}

static void
test_choose (void)
{
  Fixture fixture;
  GtkWidget *window;
  GtkWidget *entry;
  TlTarget *chosen = tl_targets_find ("thunderbird-xml");
  guint n_all;

  g_test_summary ("A product is found by a part of its name, in any case, and taken by Enter");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  window = GTK_WIDGET (tl_target_window_new (GTK_WINDOW (fixture.window), fixture.setup));
  gtk_window_present (GTK_WINDOW (window));
  n_all = tl_tree_count_shown (window, TL_TYPE_TARGET_VIEW);
  g_assert_cmpuint (n_all, ==, tl_targets_get_all ()->len);

  entry = tl_tree_find (window, GTK_TYPE_SEARCH_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "THUNDERb");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (tl_tree_count_shown (window, TL_TYPE_TARGET_VIEW), ==, 1);
  g_signal_emit_by_name (entry, "activate");
  g_assert_true (tl_hand_over_get_target (get_hand_over (&fixture)) == chosen);

  fixture_close (&fixture);
}

static void
test_key (void)
{
  Fixture fixture;
  GtkWidget *window;
  GtkWidget *row;
  GtkWidget *button;
  TlFinding *finding = NULL;
  gboolean lost = FALSE;
  guint patience;

  g_test_summary ("A key that is none is said in the window that asks, which stays open");

  fixture_open (&fixture, NULL, TL_TYPE_HANDOVER_PAGE);
  window = GTK_WIDGET (tl_key_window_new (GTK_WINDOW (fixture.window), fixture.setup));
  gtk_window_present (GTK_WINDOW (window));
  row = tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 0);
  button = tl_tree_find_button (window, "_Sign With It");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (row), "  ");
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (row), "/proc/none/company.p12");
  g_assert_true (gtk_widget_get_sensitive (button));

  patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);
  g_signal_emit_by_name (button, "clicked");
  while (!lost && (finding == NULL || !gtk_widget_get_sensitive (button)))
    {
      g_main_context_iteration (NULL, TRUE);
      finding = tl_hand_over_get_finding (get_hand_over (&fixture));
    }
  g_assert_false (lost);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "export.signer");
  g_assert_cmpuint (tl_tree_count_shown (window, TL_TYPE_FINDING_CARD), ==, 1);

  g_source_remove (patience);
  gtk_window_destroy (GTK_WINDOW (window));
  fixture_close (&fixture);
}

typedef struct
{
  const char *name;
  const char *policy;
  GType     (*get_type) (void);
  const char *finding;     /* that the page shows; NULL: none about policy */
} PolicyCase;

static const PolicyCase policy_cases[] = {
  { "address/kept",     TL_SCENE_KEPT_POLICY, tl_address_page_get_type },
  { "address/broken",   TL_SCENE_POLICY,      tl_address_page_get_type },
  { "address/no-json",  "{",                  tl_address_page_get_type, "store.policy" },
  { "servers/kept",     TL_SCENE_KEPT_POLICY, tl_servers_page_get_type },
  { "servers/broken",   TL_SCENE_POLICY,      tl_servers_page_get_type, "export.policy" },
  { "sign-in/broken",   TL_SCENE_POLICY,      tl_signin_page_get_type,  "export.policy" },
  { "sign-in/none",     NULL,                 tl_signin_page_get_type },
  { "hand-over/broken", TL_SCENE_POLICY,      tl_handover_page_get_type, "export.policy" },
};

static const char *
find_policy_finding (GtkWidget *page)
{
  GtkWidget *card;

  for (guint i = 0; (card = tl_tree_find (page, TL_TYPE_FINDING_CARD, i)) != NULL; i++)
    {
      g_autoptr(TlFinding) finding = NULL;

      g_object_get (card, "finding", &finding, NULL);
      if (finding != NULL && tl_tree_is_shown (card, page) &&
          (g_str_equal (tl_finding_get_id (finding), "export.policy") ||
           g_str_equal (tl_finding_get_id (finding), "store.policy")))
        return tl_finding_get_id (finding);
    }

  return NULL;
}

static void
test_policy (gconstpointer data)
{
  const PolicyCase *c = data;
  Fixture fixture;
  g_autofree char *name = NULL;
  GtkWidget *group;

  g_test_summary ("A broken rule is said in place, before any test; whose rules hold, from the start");

  fixture_open (&fixture, c->policy, c->get_type ());
  g_assert_cmpstr (find_policy_finding (fixture.page), ==, c->finding);

  group = tl_tree_find (fixture.page, TL_TYPE_POLICY_GROUP, 0);
  g_object_get (fixture.setup, "policy-name", &name, NULL);
  if (group != NULL)
    g_assert_cmpint (tl_tree_is_shown (tl_tree_find (group, ADW_TYPE_ACTION_ROW, 0), fixture.page),
                     ==, name != NULL);

  fixture_close (&fixture);
}

static void
test_rules (void)
{
  Fixture fixture;
  GtkWidget *window;

  g_test_summary ("Every rule that holds can be read, with how the mailbox stands to it");

  fixture_open (&fixture, TL_SCENE_KEPT_POLICY, TL_TYPE_ADDRESS_PAGE);
  g_signal_emit_by_name (tl_tree_find (tl_tree_find (fixture.page, TL_TYPE_POLICY_GROUP, 0),
                                       ADW_TYPE_ACTION_ROW, 0), "activated");
  window = find_above (TL_TYPE_RULES_WINDOW);
  g_assert_nonnull (window);
  g_assert_cmpuint (tl_tree_count_shown (window, TL_TYPE_RULE_VIEW), ==, 2);

  gtk_window_destroy (GTK_WINDOW (window));
  fixture_close (&fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (target_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/hand-over/target/", target_cases[i].name, NULL);

      g_test_add_data_func (path, &target_cases[i], test_target);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (policy_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/policy/", policy_cases[i].name, NULL);

      g_test_add_data_func (path, &policy_cases[i], test_policy);
    }
  g_test_add_func ("/ui/hand-over/passwords-asked", test_passwords_asked);
  g_test_add_func ("/ui/hand-over/sealed", test_sealed);
  g_test_add_func ("/ui/hand-over/sheet", test_sheet);
  g_test_add_func ("/ui/hand-over/choose", test_choose);
  g_test_add_func ("/ui/hand-over/B13/key", test_key);
  g_test_add_func ("/ui/policy/rules", test_rules);

  return g_test_run ();
}
