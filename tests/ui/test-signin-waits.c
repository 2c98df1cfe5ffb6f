/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrives while the page that signs in waits, or while somebody types there. */
#include "tl-client-window.h"
#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-page.h"
#include "tl-scene-signin.h"
#include "tl-secret-row.h"
#include "tl-signin-card.h"
#include "tl-signin-fixture.h"
#include "tl-tree.h"
#include "tl-ui.h"
#include "tl-vault.h"

#define CLIENT_ID   "11111111-2222-3333-4444-555555555555"
#define ADDRESS     "ada@acme.test"
#define PATIENCE_MS 20000

static gboolean
on_patience_lost (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_until (const gboolean *happened)
{
  gboolean lost = FALSE;
  guint patience = g_timeout_add (PATIENCE_MS, on_patience_lost, &lost);

  while (!*happened && !lost)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lost);
  g_source_remove (patience);
}

/* --- As whom ----------------------------------------------------------------------------- */

static void
on_toast (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  *(gboolean *) data = TRUE;
}

static void
test_policy (TlSigninFixture *fixture,
             gconstpointer    data)
{
  g_autoptr(GSimpleActionGroup) wizard = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) toast = g_simple_action_new ("toast", G_VARIANT_TYPE_STRING);
  gboolean told = FALSE;

  g_test_summary ("A policy that arrives while IT is waited for is told of, and the page goes on");

  g_signal_connect (toast, "activate", G_CALLBACK (on_toast), &told);
  g_action_map_add_action (G_ACTION_MAP (wizard), G_ACTION (toast));
  gtk_widget_insert_action_group (fixture->window, "wizard", G_ACTION_GROUP (wizard));

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_NO_CLIENT);
  tl_page_entered (TL_PAGE (fixture->page));
  g_assert_true (tl_signin_fixture_has_button (fixture, "Send This Re_quest to IT…"));
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD));

  tl_scene_register (fixture->setup);
  wait_until (&told);
  g_assert_false (tl_signin_fixture_has_button (fixture, "Send This Re_quest to IT…"));
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SIGNIN_CARD));
  g_assert_true (tl_signin_fixture_has_button (fixture, "Sign In with _Your Browser"));
  g_assert_null (tl_signin_fixture_get_finding (fixture));
  g_assert_false (tl_signin_fixture_has_button (fixture, "Change the Cl_ient ID…"));
}

static void
test_who (TlSigninFixture *fixture,
          gconstpointer    data)
{
  g_test_summary ("Who signs in can be said before IT is asked: the request speaks of it");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_NO_CLIENT);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_IDENTITY_GROUP));
  g_assert_false (tl_signin_fixture_shows (fixture, TL_TYPE_KEYRING_GROUP));
  tl_signin_fixture_check_mnemonics (fixture);
}

static void
test_mistyped (TlSigninFixture *fixture,
               gconstpointer    data)
{
  TlSignin *signin = tl_setup_get_signin (fixture->setup);
  GtkWidget *button;
  GtkWidget *window;

  g_test_summary ("What a person typed as a client id can be typed again, also while the provider's "
                  "page refuses it");

  tl_scene_sign_in (fixture->setup, TL_SCENE_SIGNIN_NO_CLIENT);
  g_assert_false (tl_signin_fixture_has_button (fixture, "Change the Cl_ient ID…"));
  g_assert_true (tl_setup_set_client (fixture->setup, CLIENT_ID, NULL, NULL, NULL));
  tl_signin_fixture_check_mnemonics (fixture);
  tl_page_sign_in (TL_PAGE (fixture->page), TL_SIGNIN_BY_BROWSER);
  g_assert_cmpint (tl_signin_get_state (signin), !=, TL_SIGNIN_IDLE);
  tl_signin_fixture_check_mnemonics (fixture);

  button = tl_tree_find_button (fixture->page, "Change the Cl_ient ID…");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window = tl_signin_fixture_find_above (TL_TYPE_CLIENT_WINDOW);
  g_assert_nonnull (window);
  while (tl_signin_get_state (signin) != TL_SIGNIN_IDLE)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- The keyring ------------------------------------------------------------------------- */

typedef struct
{
  gboolean      done;
  TlVaultStatus status;
} Errand;

static void
on_stored (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  Errand *errand = data;

  tl_vault_store_finish (result, &errand->status, NULL);
  errand->done = TRUE;
}

static void
on_forgotten (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  Errand *errand = data;

  tl_vault_forget_account_finish (result, &errand->status, NULL);
  errand->done = TRUE;
}

/* FALSE where this computer has no keyring. */
static gboolean
keep_passwords (void)
{
  /* A password is kept for the server it has worked at; these are the scene's. */
  static const struct { TlVaultUse use; const char *host; } kept[] = {
    { TL_VAULT_INCOMING_PASSWORD, "imap.acme.test" },
    { TL_VAULT_OUTGOING_PASSWORD, "smtp.acme.test" },
  };
  g_autoptr(TlSecret) secret = tl_secret_new ("abcdefghijklmnop", 16);

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      Errand errand = { FALSE, TL_VAULT_OK };

      tl_vault_store_async (kept[i].use, ADDRESS, kept[i].host, secret, NULL, on_stored, &errand);
      wait_until (&errand.done);
      if (errand.status != TL_VAULT_OK)
        return FALSE;
    }

  return TRUE;
}

static void
forget_passwords (void)
{
  Errand errand = { FALSE, TL_VAULT_OK };

  tl_vault_forget_account_async (ADDRESS, NULL, on_forgotten, &errand);
  wait_until (&errand.done);
}

static void
on_recalled (TlSigninFixture *fixture,
             GParamSpec      *pspec,
             gpointer         data)
{
  *(gboolean *) data = TRUE;
}

static void
test_recall (TlSigninFixture *fixture,
             gconstpointer    data)
{
  gboolean types = GPOINTER_TO_INT (data);
  gboolean remembers = FALSE;
  gboolean recalled = FALSE;
  gboolean changed = FALSE;
  GtkWidget *row;

  g_test_summary ("What the keyring has is used, unless somebody has begun to type by then");

  if (!keep_passwords ())
    {
      g_test_skip ("there is no keyring here");
      return;
    }

  tl_scene_provide (fixture->setup, "google", TRUE);
  tl_setup_set_auth (fixture->setup, TL_AUTH_APP_PASSWORD);
  row = tl_signin_fixture_find (fixture, TL_TYPE_SECRET_ROW);
  g_signal_connect (fixture->page, "notify::recalled", G_CALLBACK (on_recalled), &changed);
  tl_page_entered (TL_PAGE (fixture->page));
  if (types)
    {
      tl_signin_fixture_type (row, "ponmlkjihgfedcb");
      for (guint i = 0; i < 10; i++)
        tl_signin_fixture_draw ();
    }
  else
    {
      wait_until (&changed);
    }
  g_signal_handlers_disconnect_by_data (fixture->page, &changed);

  g_object_get (fixture->page, "recalled", &recalled, NULL);
  g_object_get (fixture->setup, "remember", &remembers, NULL);
  g_assert_true (recalled == !types);
  g_assert_true (remembers == !types);
  g_assert_true (tl_signin_fixture_shows (fixture, TL_TYPE_SECRET_ROW) == types);
  if (types)
    {
      tl_signin_fixture_type (row, "a");
      g_assert_true (tl_page_advance (TL_PAGE (fixture->page)));
    }
  g_assert_cmpuint (tl_scene_get_secret_len (fixture->setup, TL_LANE_INCOMING), ==, 16);
  g_object_set (fixture->setup, "remember", FALSE, NULL);
  forget_passwords ();
}

#define ADD(path, data, func)                                                                     \
  g_test_add (path, TlSigninFixture, data, tl_signin_fixture_set_up, func,                        \
              tl_signin_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  tl_ui_init ();

  ADD ("/ui/signin-waits/policy", NULL, test_policy);
  ADD ("/ui/signin-waits/who", NULL, test_who);
  ADD ("/ui/signin-waits/mistyped", NULL, test_mistyped);
  ADD ("/ui/signin-waits/recall/idle", GINT_TO_POINTER (FALSE), test_recall);
  ADD ("/ui/signin-waits/recall/typing", GINT_TO_POINTER (TRUE), test_recall);

  return g_test_run ();
}
