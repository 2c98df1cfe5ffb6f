/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The states of the page that signs in. Nobody is asked. */
#include "tl-shots.h"

#include <adwaita.h>

#include "tl-client-card.h"
#include "tl-client-window.h"
#include "tl-finding-card.h"
#include "tl-identity-group.h"
#include "tl-keyring-group.h"
#include "tl-scene-lanes.h"
#include "tl-scene-signin.h"
#include "tl-tree.h"

/* The page has come first: a scene is what happens on it. */
static void
show (TlShots       *stage,
      TlSceneSignin  scene)
{
  tl_scene_sign_in (stage->setup, scene);
  tl_shots_go_to (stage, "sign-in");
  tl_scene_sign_in (stage->setup, scene);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
provide (TlShots    *stage,
         const char *provider,
         TlAuth      auth)
{
  tl_scene_provide (stage->setup, provider, TRUE);
  tl_setup_set_auth (stage->setup, auth);
  tl_shots_go_to (stage, "sign-in");
}

static void
press (TlShots    *stage,
       GtkWidget  *where,
       const char *label)
{
  GtkWidget *button = tl_tree_find_button (where == NULL ? GTK_WIDGET (stage->window) : where, label);

  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
  else
    g_printerr ("there is no “%s”\n", label);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 2);
}

static void
state_choice (TlShots *stage)
{
  provide (stage, "google", TL_AUTH_OAUTH2);
}

static void
state_offer (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_OFFER);
}

static void
state_typed_client (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_NO_CLIENT);
  tl_setup_set_client (stage->setup, "11111111-2222-3333-4444-555555555555", NULL, NULL, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_account (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_ACCOUNT);
}

static void
state_preparing (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_PREPARING);
}

static void
state_browser (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_BROWSER);
}

static void
state_turned_away (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_TURNED_AWAY);
}

static void
state_device (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_DEVICE);
}

static void
state_done (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_DONE);
}

static void
state_denied (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_DENIED);
}

static void
state_timeout (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_TIMEOUT);
}

static void
state_no_client (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_NO_CLIENT);
}

static void
state_request (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_NO_CLIENT);
  press (stage, NULL, "Send This Re_quest to IT…");
}

static void
state_client (TlShots *stage)
{
  guint skip = 0;
  GtkWidget *card;

  show (stage, TL_SCENE_SIGNIN_NO_CLIENT);
  card = tl_shots_find (GTK_WIDGET (stage->window), TL_TYPE_CLIENT_CARD, &skip);
  if (card != NULL)
    press (stage, card, "IT Sent Me a Client _ID…");
}

static void
state_client_wrong (TlShots *stage)
{
  GListModel *windows = gtk_window_get_toplevels ();

  state_client (stage);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (!TL_IS_CLIENT_WINDOW (window))
        continue;
      gtk_editable_set_text (GTK_EDITABLE (tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 0)),
                             "11111111-2222-3333-4444-555555555555");
      gtk_editable_set_text (GTK_EDITABLE (tl_tree_find (window, ADW_TYPE_ENTRY_ROW, 1)),
                             "our directory");
      press (stage, window, "_Use It");
    }
}

static void
state_app_password (TlShots *stage)
{
  provide (stage, "google", TL_AUTH_APP_PASSWORD);
}

static void
state_caught (TlShots *stage)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("swordfish", 9);

  provide (stage, "google", TL_AUTH_APP_PASSWORD);
  tl_setup_set_secret (stage->setup, TL_LANE_NONE, secret);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
open_identity (TlShots *stage)
{
  guint skip = 0;
  GtkWidget *row = tl_shots_find (GTK_WIDGET (stage->window), ADW_TYPE_EXPANDER_ROW, &skip);

  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 3);
}

static void
state_shared (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_OFFER);
  open_identity (stage);
  g_object_set (tl_setup_get_identity (stage->setup), "shared-way", TL_SHARED_BY_PROVIDER,
                "login", "grace@acme.test", NULL);
}

static void
state_shared_folder (TlShots *stage)
{
  show (stage, TL_SCENE_SIGNIN_OFFER);
  open_identity (stage);
  g_object_set (tl_setup_get_identity (stage->setup), "shared-way", TL_SHARED_FOLDER,
                "login", "grace", NULL);
}

static void
state_separate (TlShots *stage)
{
  provide (stage, "google", TL_AUTH_APP_PASSWORD);
  open_identity (stage);
  tl_identity_choose_relay (tl_setup_get_identity (stage->setup), "sendgrid");
}

static void
state_recalled (TlShots *stage)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("abcdefghijklmnop", 16);

  provide (stage, "google", TL_AUTH_APP_PASSWORD);
  tl_setup_set_secret (stage->setup, TL_LANE_NONE, secret);
  g_object_set (tl_window_get_page (stage->window), "recalled", TRUE, NULL);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_forget (TlShots *stage)
{
  state_recalled (stage);
  press (stage, NULL, "_Forget…");
}

static void
state_forgotten (TlShots *stage)
{
  provide (stage, "google", TL_AUTH_APP_PASSWORD);
  tl_scene_leave (stage->setup);
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_no_keyring (TlShots *stage)
{
  provide (stage, "google", TL_AUTH_APP_PASSWORD);
  tl_shots_settle (TL_SHOTS_SETTLE_MS * 2);
  tl_scene_keep (stage->setup, "store.no-service");
  tl_shots_settle (TL_SHOTS_SETTLE_MS);
}

static void
state_readiness (TlShots *stage)
{
  tl_scene_provide (stage->setup, "microsoft-365", TRUE);
  tl_shots_go_to (stage, "servers");
}

const TlShotsState tl_shots_signin_states[] = {
  { "signin-choice",       state_choice },
  { "signin-offer",        state_offer },
  { "signin-account",      state_account },
  { "signin-preparing",    state_preparing },
  { "signin-browser",      state_browser },
  { "signin-turned-away",  state_turned_away },
  { "signin-device",       state_device },
  { "signin-done",         state_done },
  { "signin-denied",       state_denied },
  { "signin-timeout",      state_timeout },
  { "signin-no-client",    state_no_client },
  { "signin-request",      state_request, .is_above = TRUE },
  { "signin-client",       state_client, .is_above = TRUE },
  { "signin-client-wrong", state_client_wrong, .is_above = TRUE },
  { "signin-app-password", state_app_password },
  { "signin-caught",       state_caught, tl_finding_card_get_type },
  { "signin-shared",       state_shared, tl_identity_group_get_type },
  { "signin-folder",       state_shared_folder, tl_identity_group_get_type },
  { "signin-separate",     state_separate, tl_identity_group_get_type },
  { "signin-recalled",     state_recalled },
  { "signin-forget",       state_forget, .is_above = TRUE },
  { "signin-forgotten",    state_forgotten, tl_keyring_group_get_type },
  { "signin-no-keyring",   state_no_keyring, tl_keyring_group_get_type },
  { "readiness",           state_readiness },
  { "signin-typed-client", state_typed_client },
  { NULL },
};
