/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sign-in in every state, for the tests and the pictures of its page. Nobody is asked. */
#include "tl-scene-signin.h"

#include <glib/gstdio.h>

#include "tl-client-store.h"
#include "tl-note.h"
#include "tl-setup-private.h"
#include "tl-signin-private.h"

#define ADDRESS "ada@acme.test"

static const char registered_policy[] =
  "{ \"format\": \"twolane-policy\", \"version\": 0, \"name\": \"Acme\", \"oauth_clients\": ["
  " { \"issuer\": \"https://login.microsoftonline.com/{tenant}/v2.0\","
  "   \"client_id\": \"11111111-2222-3333-4444-555555555555\", \"tenant\": \"acme.test\" },"
  " { \"issuer\": \"https://accounts.google.com\", \"client_id\": \"4711.acme.test\" } ] }";

static void
remove_policy (gpointer path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
  g_free (path);
}

/* A policy that only this set-up sees. It is watched, so it stays as long as the store. */
static void
use_policy (TlSetup  *setup,
            gboolean  registered)
{
  g_autofree char *folder = g_dir_make_tmp ("twolane-policy-XXXXXX", NULL);
  char *path = g_build_filename (folder, "policy.json", NULL);
  g_autoptr(TlClientStore) clients = NULL;

  if (registered)
    g_assert_true (g_file_set_contents (path, registered_policy, -1, NULL));
  clients = tl_client_store_new (path);
  g_object_set_data_full (G_OBJECT (clients), "policy", path, remove_policy);
  tl_setup_set_client_store (setup, clients);
}

/**
 * tl_scene_register:
 * @setup: a set-up of a scene
 *
 * Lets the organisation's policy arrive, by which this program is registered.
 */
void
tl_scene_register (TlSetup *setup)
{
  const char *path = g_object_get_data (G_OBJECT (setup->signin.clients), "policy");

  g_assert_true (g_file_set_contents (path, registered_policy, -1, NULL));
}

static void
add_candidate (GPtrArray  *candidates,
               TlLaneKind  lane,
               const char *url,
               TlAuth      auth,
               const char *provider)
{
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url (url, auth, ADDRESS, NULL);

  g_ptr_array_add (candidates, tl_candidate_new (lane, settings, TL_SOURCE_PROVIDER_MX,
                                                 TL_TRUST_OWN_DOMAIN, 90, FALSE,
                                                 (const char *[]) { TL_SOURCE_PROVIDER_MX, NULL },
                                                 NULL, provider));
}

/**
 * tl_scene_provide:
 * @setup: a set-up
 * @provider: whose mailbox it is, an id of the provider table
 * @registered: whether the organisation has registered this program there
 *
 * Lets discovery find that provider.
 */
void
tl_scene_provide (TlSetup    *setup,
                  const char *provider,
                  gboolean    registered)
{
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlDiscoveryReport) report = NULL;
  TlProvider *known = tl_providers_find (provider);

  g_assert_nonnull (known);
  tl_setup_set_address_text (setup, ADDRESS);
  use_policy (setup, registered);
  add_candidate (candidates, TL_LANE_INCOMING, "imaps://imap.acme.test:993",
                 tl_provider_get_preferred_auth (known), provider);
  add_candidate (candidates, TL_LANE_OUTGOING, "smtps://smtp.acme.test:465",
                 tl_provider_get_preferred_auth (known), provider);
  report = tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) {
    .candidates = candidates, .provider = provider, .proposed_ms = 96,
  });
  tl_setup_show_discovery (setup, report);
}

static void
end (TlSetup    *setup,
     const char *id,
     const char *evidence)
{
  g_autoptr(TlFinding) finding =
    tl_finding_new (id, TL_LANE_NONE,
                    evidence == NULL ? NULL
                                     : g_variant_parse (G_VARIANT_TYPE_VARDICT, evidence, NULL,
                                                        NULL, NULL));

  tl_signin_end (tl_setup_get_signin (setup), finding);
}

/**
 * tl_scene_sign_in:
 * @setup: a set-up
 * @scene: where it is
 *
 * Shows a sign-in at the page of Microsoft 365.
 */
void
tl_scene_sign_in (TlSetup       *setup,
                  TlSceneSignin  scene)
{
  TlSignin *signin = tl_setup_get_signin (setup);

  tl_scene_provide (setup, "microsoft-365", scene != TL_SCENE_SIGNIN_NO_CLIENT);
  tl_setup_set_auth (setup, TL_AUTH_OAUTH2);
  if (scene == TL_SCENE_SIGNIN_ACCOUNT)
    tl_signin_set_online_account (signin, ADDRESS);
  if (scene == TL_SCENE_SIGNIN_OFFER || scene == TL_SCENE_SIGNIN_ACCOUNT)
    return;
  if (scene == TL_SCENE_SIGNIN_NO_CLIENT)
    {
      end (setup, "oauth.no-client", NULL);
      return;
    }

  tl_signin_begin (signin, scene == TL_SCENE_SIGNIN_DEVICE ? TL_SIGNIN_BY_DEVICE
                                                           : TL_SIGNIN_BY_BROWSER);
  switch (scene)
    {
    case TL_SCENE_SIGNIN_TURNED_AWAY:
      tl_signin_set_turned_away (signin, 2);
      tl_signin_show_page (signin, TL_SCENE_URL, 252);
      break;
    case TL_SCENE_SIGNIN_BROWSER:
      tl_signin_show_page (signin, TL_SCENE_URL, 299);
      break;
    case TL_SCENE_SIGNIN_DEVICE:
      tl_signin_set_seconds_left (signin, 872);
      tl_signin_show_code (signin, TL_SCENE_CODE, TL_SCENE_PLACE);
      break;
    case TL_SCENE_SIGNIN_FINISHING:
      tl_signin_finish (signin);
      break;
    case TL_SCENE_SIGNIN_DONE:
      tl_signin_succeed (signin, TL_SIGNIN_BY_BROWSER, ADDRESS);
      tl_setup_refresh_secrets (setup);
      break;
    case TL_SCENE_SIGNIN_DENIED:
      end (setup, "oauth.denied", "{'host': <'login.microsoftonline.com'>}");
      break;
    case TL_SCENE_SIGNIN_TIMEOUT:
      end (setup, "oauth.timeout", "{'seconds': <uint32 300>}");
      break;
    case TL_SCENE_SIGNIN_OFFER:
    case TL_SCENE_SIGNIN_ACCOUNT:
    case TL_SCENE_SIGNIN_PREPARING:
    case TL_SCENE_SIGNIN_NO_CLIENT:
    default:
      break;
    }
}

/**
 * tl_scene_keep:
 * @setup: a set-up
 * @finding: (nullable): the id of why the keyring does not do what it should
 *
 * Lets the keyring say so.
 */
void
tl_scene_keep (TlSetup    *setup,
               const char *finding)
{
  tl_setup_take_store_finding (setup, finding == NULL
                                        ? NULL : tl_finding_new (finding, TL_LANE_NONE, NULL));
}

/**
 * tl_scene_leave:
 * @setup: a set-up whose sign-in was forgotten
 *
 * Says what is left to do.
 */
void
tl_scene_leave (TlSetup *setup)
{
  g_autoptr(TlNote) grants = tl_note_new ("Remove Twolane from the programs that may use your account",
                                          "https://myaccount.acme.test/permissions");
  g_autoptr(TlNote) other = tl_note_new ("Delete the app password that was made for this",
                                         "https://account.acme.test/apppasswords");

  g_list_store_remove_all (setup->left_to_do);
  g_list_store_append (setup->left_to_do, grants);
  g_list_store_append (setup->left_to_do, other);
}

/* Of what a lane signs in with, in bytes. */
gsize
tl_scene_get_secret_len (TlSetup    *setup,
                         TlLaneKind  lane)
{
  TlSecret *secret = setup->lanes[lane - TL_LANE_INCOMING].secret;

  return secret == NULL ? 0 : tl_secret_get_len (secret);
}

TlOauthClient *
tl_scene_get_client (TlSetup *setup)
{
  g_autofree char *issuer = tl_setup_dup_issuer (setup);

  return issuer == NULL ? NULL : tl_client_store_find (setup->signin.clients, issuer);
}
