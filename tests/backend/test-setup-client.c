/* SPDX-License-Identifier: GPL-3.0-or-later */
/* As whom the program signs in, where there is no keyring, and what is left to do when it is
 * forgotten. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-note.h"
#include "tl-preferences.h"
#include "tl-provider-details.h"
#include "tl-test-setup.h"

#define GOOGLE "https://accounts.google.com"

static TlSetup *
setup_new (TlClientStore *clients,
           TlProvider    *provider)
{
  TlSetup *setup = tl_setup_new ();

  tl_setup_set_client_store (setup, clients);
  tl_setup_set_address_text (setup, "ada@acme.test");
  setup->provider = tl_provider_ref (provider);
  tl_setup_refresh_signin (setup);
  while (tl_test_setup_get (setup, "seeking-account"))
    g_main_context_iteration (NULL, TRUE);

  return setup;
}

static gboolean
is_in_settings (const char *issuer)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings_with (TL_PREFERENCES_CLIENTS_KEY);
  g_autoptr(GVariant) value = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (settings);
  value = g_settings_get_value (settings, TL_PREFERENCES_CLIENTS_KEY);
  text = g_variant_print (value, FALSE);

  return strstr (text, issuer) != NULL;
}

static void
test_secret (void)
{
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlSetup) setup = setup_new (clients, tl_providers_find ("google"));
  g_autoptr(TlSecret) secret = tl_secret_new ("c2d3", 4);
  g_autoptr(GError) error = NULL;
  TlSignin *signin = tl_setup_get_signin (setup);
  TlFinding *finding;
  TlOauthClient *client;

  g_test_summary ("A client that came with a secret is used this time, and is not in the settings");

  tl_setup_set_auth (setup, TL_AUTH_OAUTH2);
  g_assert_true (tl_test_setup_get (setup, "request-needed"));
  g_assert_true (tl_setup_set_client (setup, "id", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (is_in_settings (GOOGLE));

  g_object_set (setup, "remember", TRUE, NULL);
  g_assert_true (tl_setup_set_client (setup, "id", NULL, secret, &error));
  g_assert_no_error (error);
  while (tl_test_setup_get (setup, "storing"))
    g_main_context_iteration (NULL, TRUE);

  client = tl_client_store_find (clients, GOOGLE);
  g_assert_nonnull (client);
  g_assert_true (tl_secret_equal (tl_oauth_client_get_secret (client), secret));
  g_assert_false (is_in_settings (GOOGLE));
  g_assert_false (tl_signin_needs_client (signin));
  g_assert_false (tl_test_setup_get (setup, "request-needed"));
  finding = tl_setup_get_store_finding (setup);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.no-service");
  g_assert_false (tl_test_setup_get (setup, "remember"));
  g_assert_false (tl_test_setup_get (setup, "kept"));

  g_test_message ("one without goes into the settings, in its place");
  g_assert_true (tl_setup_set_client (setup, "other", NULL, NULL, &error));
  g_assert_null (tl_oauth_client_get_secret (tl_client_store_find (clients, GOOGLE)));
  g_assert_true (is_in_settings (GOOGLE));
}

static void
test_refused (void)
{
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");
  g_autoptr(TlSetup) setup = setup_new (clients, tl_providers_find ("google"));
  g_autoptr(TlSecret) secret = tl_secret_new ("c2\nd3", 5);
  g_autoptr(TlSecret) good = tl_secret_new ("c2d3", 4);
  g_autoptr(GError) error = NULL;

  g_test_summary ("What cannot be meant is not kept, and nothing is said of a keyring");

  g_assert_false (tl_setup_set_client (setup, "id", NULL, secret, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  g_assert_false (tl_setup_set_client (setup, "a\nb", NULL, good, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_false (tl_test_setup_get (setup, "storing"));
  g_assert_null (tl_setup_get_store_finding (setup));
}

/* Which of what the window asks a provider wants. */
static const struct
{
  const char *provider;
  gboolean    wants_secret;
  gboolean    can_revoke;
} wants_cases[] = {
  { "google", TRUE, TRUE },
  { "microsoft-365", FALSE, FALSE },
  { "fastmail", FALSE, FALSE },
};

static void
test_wants (void)
{
  g_autoptr(TlClientStore) clients = tl_client_store_new ("/nonexistent/policy.json");

  for (gsize i = 0; i < G_N_ELEMENTS (wants_cases); i++)
    {
      g_autoptr(TlSetup) setup = setup_new (clients, tl_providers_find (wants_cases[i].provider));
      gboolean wants_secret = FALSE;
      gboolean can_revoke = FALSE;

      g_test_message ("%s", wants_cases[i].provider);
      g_object_get (tl_setup_get_signin (setup), "wants-client-secret", &wants_secret,
                    "can-revoke", &can_revoke, NULL);
      g_assert_cmpint (wants_secret, ==, wants_cases[i].wants_secret);
      g_assert_cmpint (can_revoke, ==, wants_cases[i].can_revoke);
    }
}

static gboolean
has_link (GListModel *notes,
          const char *link)
{
  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr(TlNote) note = g_list_model_get_item (notes, i);
      g_autofree char *own = NULL;

      g_object_get (note, "link", &own, NULL);
      if (g_strcmp0 (own, link) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Signs in without a server: nobody is asked, for there is no place to give it back at. */
static void
sign_in (TlSetup    *setup,
         TlProvider *provider)
{
  const TlOauthClientParts parts = { .issuer = tl_provider_get_oauth_issuer (provider),
                                     .client_id = "id" };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);
  g_autoptr(TlOauthServer) server = tl_oauth_server_new_for_provider (provider, NULL);
  g_autoptr(TlSecret) refresh = tl_secret_new ("refresh", 7);
  TlOauthRequest request = {
    .server = server,
    .client = client,
    .scopes = tl_provider_get_oauth_scopes (provider),
    .network = setup->network,
  };
  g_autoptr(TlOauthKeeper) keeper = tl_oauth_keeper_new_from_refresh (&request, refresh);

  tl_setup_take_keeper (setup, &request, keeper);
}

static void
test_left_to_do (gconstpointer data)
{
  gboolean is_known = GPOINTER_TO_INT (data);
  GPtrArray *all = tl_providers_get_all ();
  guint n = 0;

  g_test_summary ("Where the provider takes nothing back, the page is named where a person can");

  for (guint i = 0; i < all->len; i++)
    {
      TlProvider *provider = all->pdata[i];
      g_autoptr(TlClientStore) clients = NULL;
      g_autoptr(TlSetup) setup = NULL;
      g_autoptr(GListModel) left = NULL;
      g_autoptr(GError) error = NULL;
      TlTestWait wait = { NULL };

      if (tl_provider_get_grants_link (provider) == NULL ||
          tl_provider_get_oauth_endpoint (provider, TL_OAUTH_ENDPOINT_REVOCATION) != NULL)
        continue;
      n++;
      g_test_message ("%s", tl_provider_get_id (provider));
      clients = tl_client_store_new ("/nonexistent/policy.json");
      setup = setup_new (clients, provider);
      sign_in (setup, provider);
      if (!is_known)
        g_clear_pointer (&setup->provider, tl_provider_unref);
      tl_setup_forget_async (setup, NULL, tl_test_wait_ready, &wait);
      tl_test_wait_for (&wait);
      tl_setup_forget_finish (setup, wait.result, NULL);
      g_object_unref (wait.result);
      g_object_get (setup, "left-to-do", &left, NULL);
      g_assert_true (has_link (left, tl_provider_get_grants_link (provider)));
    }
  g_assert_cmpuint (n, >=, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup-client/K01/secret", test_secret);
  g_test_add_func ("/setup-client/refused", test_refused);
  g_test_add_func ("/setup-client/wants", test_wants);
  g_test_add_data_func ("/setup-client/left-to-do/known", GINT_TO_POINTER (TRUE), test_left_to_do);
  g_test_add_data_func ("/setup-client/left-to-do/not-looked-for", GINT_TO_POINTER (FALSE),
                        test_left_to_do);

  return g_test_run ();
}
