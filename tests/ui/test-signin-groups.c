/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who signs in, and what the keyring does, on the page that signs in. */
#include <string.h>

#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-note-view.h"
#include "tl-page.h"
#include "tl-relay.h"
#include "tl-scene-lanes.h"
#include "tl-scene-signin.h"
#include "tl-secret-row.h"
#include "tl-signin-fixture.h"
#include "tl-signin-words.h"
#include "tl-tree.h"
#include "tl-ui.h"

#define BULLET "\xe2\x80\xa2"

/* --- Who ------------------------------------------------------------------------------- */

static void
test_shared (TlSigninFixture *fixture,
             gconstpointer    data)
{
  GtkWidget *group = tl_signin_fixture_find (fixture, TL_TYPE_IDENTITY_GROUP);
  TlIdentity *identity = tl_setup_get_identity (fixture->setup);
  GtkWidget *login_row = tl_signin_fixture_find_row (fixture, ADW_TYPE_ENTRY_ROW, "_Whose sign-in (an address)");
  GtkWidget *folder_row = tl_signin_fixture_find_row (fixture, ADW_TYPE_ENTRY_ROW, "Folder of the shared mailbo_x");
  GtkSwitch *shared = tl_signin_fixture_find_switch (fixture, "This is a _shared mailbox");

  g_test_summary ("A shared mailbox asks whose sign-in it is, and for what its way needs");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_OFFER);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (tl_tree_find (group, ADW_TYPE_EXPANDER_ROW, 0)),
                                 TRUE);
  g_assert_false (gtk_widget_get_visible (login_row));
  gtk_switch_set_active (shared, TRUE);
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_BY_PROVIDER);
  g_assert_true (gtk_widget_get_visible (login_row));
  g_assert_false (gtk_widget_get_visible (folder_row));
  g_assert_cmpuint (tl_tree_count_shown (group, TL_TYPE_NOTE_VIEW), >, 0);
  tl_signin_fixture_check_mnemonics (fixture);

  gtk_editable_set_text (GTK_EDITABLE (login_row), "grace");
  g_assert_true (gtk_widget_has_css_class (login_row, "error"));
  gtk_editable_set_text (GTK_EDITABLE (login_row), "grace@acme.test");
  g_assert_false (gtk_widget_has_css_class (login_row, "error"));
  g_assert_cmpstr (tl_identity_get_login (identity), ==, "grace@acme.test");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (tl_tree_find (group, GTK_TYPE_CHECK_BUTTON, 1)),
                               TRUE);
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_FOLDER);
  g_assert_true (gtk_widget_get_visible (folder_row));
  tl_signin_fixture_check_mnemonics (fixture);

  gtk_switch_set_active (shared, FALSE);
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_NOT);
  g_assert_false (gtk_widget_get_visible (folder_row));
  gtk_switch_set_active (shared, TRUE);
  g_assert_cmpint (tl_identity_get_shared_way (identity), ==, TL_SHARED_FOLDER);
}

static void
test_separate (TlSigninFixture *fixture,
               gconstpointer    data)
{
  GtkWidget *group = tl_signin_fixture_find (fixture, TL_TYPE_IDENTITY_GROUP);
  TlIdentity *identity = tl_setup_get_identity (fixture->setup);
  AdwComboRow *relay_row = ADW_COMBO_ROW (tl_tree_find (group, ADW_TYPE_COMBO_ROW, 0));
  GtkWidget *secret_row = tl_tree_find (group, TL_TYPE_SECRET_ROW, 0);
  GtkSwitch *separate = tl_signin_fixture_find_switch (fixture, "Send through a separate ser_vice");
  g_autofree char *relay = NULL;
  guint n;

  g_test_summary ("A separate service for sending has a user name and a secret of its own");

  tl_scene_provide (fixture->setup, "google", TRUE);
  tl_setup_set_auth (fixture->setup, TL_AUTH_APP_PASSWORD);
  g_assert_false (gtk_widget_get_visible (secret_row));
  gtk_switch_set_active (separate, TRUE);
  g_assert_true (tl_identity_is_separate (identity));
  g_assert_true (gtk_widget_get_visible (secret_row));
  n = g_list_model_get_n_items (adw_combo_row_get_model (relay_row));
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (adw_combo_row_get_selected (relay_row), ==, n - 1);
  adw_combo_row_set_selected (relay_row, 1);
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_nonnull (relay);

  g_test_message ("both secrets are needed, and each goes to its lane");
  g_assert_false (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  tl_signin_fixture_type (tl_signin_fixture_find (fixture, TL_TYPE_SECRET_ROW), "abcdefghijklmnop");
  g_assert_false (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  tl_signin_fixture_type (secret_row, "key");
  g_assert_cmpstr (tl_signin_fixture_get_typed (secret_row), ==, BULLET BULLET BULLET);
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  g_assert_true (tl_page_advance (TL_PAGE (fixture->page)));
  g_assert_cmpuint (tl_scene_get_secret_len (fixture->setup, TL_LANE_INCOMING), ==, 16);
  g_assert_cmpuint (tl_scene_get_secret_len (fixture->setup, TL_LANE_OUTGOING), ==, 3);
  tl_signin_fixture_check_mnemonics (fixture);

  adw_combo_row_set_selected (relay_row, n - 1);
  g_clear_pointer (&relay, g_free);
  g_object_get (identity, "relay", &relay, NULL);
  g_assert_null (relay);
  gtk_switch_set_active (separate, FALSE);
  g_assert_false (gtk_widget_get_visible (secret_row));
}

/* --- The keyring ------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  const char *finding;
  gboolean    can_remember;
} KeyringCase;

static const KeyringCase keyring_cases[] = {
  { "well",              NULL,                  TRUE },
  { "K01/no-service",    "store.no-service",    FALSE },
  { "K03/locked",        "store.locked",        TRUE },
  { "K04/dismissed",     "store.dismissed",     TRUE },
  { "K07/verify-failed", "store.verify-failed", TRUE },
};

static void
test_keyring (TlSigninFixture *fixture,
              gconstpointer    data)
{
  const KeyringCase *c = data;
  GtkWidget *row = tl_signin_fixture_find_row (fixture, ADW_TYPE_ACTION_ROW, "_Remember it in the keyring");
  GtkSwitch *remember = tl_signin_fixture_find_switch (fixture, "_Remember it in the keyring");
  g_autoptr(TlFinding) finding = c->finding == NULL
                                   ? NULL : tl_finding_new (c->finding, TL_LANE_NONE, NULL);
  g_autofree char *hint = tl_store_to_hint (NULL, finding);
  gboolean wanted = FALSE;

  g_test_summary ("Without a keyring there is one sentence, and no dialog");

  tl_scene_provide (fixture->setup, "google", TRUE);
  g_object_set (fixture->setup, "remember", TRUE, NULL);
  tl_scene_keep (fixture->setup, c->finding);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (remember)) == c->can_remember);
  g_assert_true (gtk_switch_get_active (remember) == c->can_remember);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, hint);
  g_assert_null (tl_signin_fixture_get_finding (fixture));

  tl_scene_keep (fixture->setup, NULL);
  g_assert_true (gtk_switch_get_active (remember));
  gtk_switch_set_active (remember, FALSE);
  g_object_get (fixture->setup, "remember", &wanted, NULL);
  g_assert_false (wanted);
}

static void
test_recalled (TlSigninFixture *fixture,
               gconstpointer    data)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("abcdefghijklmnop", 16);
  GtkWidget *dialog;

  g_test_summary ("What the keyring had needs nothing typed; it can be changed, and forgotten after "
                  "a question");

  tl_scene_provide (fixture->setup, "google", TRUE);
  tl_setup_set_auth (fixture->setup, TL_AUTH_APP_PASSWORD);
  tl_setup_set_secret (fixture->setup, TL_LANE_NONE, secret);
  g_object_set (fixture->page, "recalled", TRUE, NULL);
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SECRET_ROW));
  g_assert_true (tl_signin_fixture_has_button (fixture, "C_hange"));
  g_assert_true (tl_page_get_can_advance (TL_PAGE (fixture->page)));
  tl_signin_fixture_check_mnemonics (fixture);

  g_signal_emit_by_name (tl_tree_find_button (fixture->page, "C_hange"), "clicked");
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SECRET_ROW));
  g_assert_false (tl_signin_fixture_has_button (fixture, "C_hange"));
  g_assert_true (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)),
                                          TL_TYPE_SECRET_ROW) != NULL);

  g_object_set (fixture->page, "recalled", TRUE, NULL);
  g_signal_emit_by_name (tl_tree_find_button (fixture->page, "_Forget…"), "clicked");
  dialog = tl_signin_fixture_find_above (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (tl_scene_get (fixture->setup, "has-secret"));
  g_assert_true (tl_signin_fixture_has_button (fixture, "C_hange"));
}

static void
test_left (TlSigninFixture *fixture,
           gconstpointer    data)
{
  GtkWidget *group = tl_signin_fixture_find (fixture, TL_TYPE_KEYRING_GROUP);

  g_test_summary ("What is left to do elsewhere is a list with links");

  tl_scene_provide (fixture->setup, "google", TRUE);
  g_assert_cmpuint (tl_tree_count_shown (group, TL_TYPE_NOTE_VIEW), ==, 0);
  tl_scene_leave (fixture->setup);
  g_assert_cmpuint (tl_tree_count_shown (group, TL_TYPE_NOTE_VIEW), ==, 2);
}

#define ADD(path, func) g_test_add (path, TlSigninFixture, NULL, tl_signin_fixture_set_up, func, tl_signin_fixture_tear_down)
#define ADD_CASES(prefix, cases, func)                                                       \
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)                                           \
    {                                                                                        \
      g_autofree char *path = g_strconcat (prefix, cases[i].name, NULL);                     \
                                                                                             \
      g_test_add (path, TlSigninFixture, &cases[i], tl_signin_fixture_set_up, func, tl_signin_fixture_tear_down);                        \
    }

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  ADD ("/ui/signin-groups/shared", test_shared);
  ADD ("/ui/signin-groups/separate", test_separate);
  ADD_CASES ("/ui/signin-groups/keyring/", keyring_cases, test_keyring);
  ADD ("/ui/signin-groups/recalled", test_recalled);
  ADD ("/ui/signin-groups/left-to-do", test_left);

  return g_test_run ();
}
