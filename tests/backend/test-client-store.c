/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-client-store.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "tl-error.h"
#include "tl-policy-store.h"
#include "tl-preferences.h"
#include "tl-test-setup.h"

#define ISSUER "https://id.mail.test"
#define OTHER  "https://login.acme.test/{tenant}"

/* More than a monitor of files needs to see something. */
#define LATE_MS 4000

#define POLICY(clients) \
  "{ \"format\": \"twolane-policy\", \"version\": 0, \"name\": \"Acme\", \"oauth_clients\": [" clients "] }"

#define POLICY_CLIENT "{ \"issuer\": \"" ISSUER "\", \"client_id\": \"from-policy\" }"

typedef struct
{
  char *folder;
  char *path;
} Place;

static void
place_set_up (Place         *place,
              gconstpointer  data)
{
  g_autoptr(GSettings) settings = tl_preferences_dup_settings_with (TL_PREFERENCES_CLIENTS_KEY);

  g_assert_nonnull (settings);
  g_settings_reset (settings, TL_PREFERENCES_CLIENTS_KEY);
  place->folder = g_dir_make_tmp ("twolane-test-XXXXXX", NULL);
  place->path = g_build_filename (place->folder, "policy.json", NULL);
}

static void
place_tear_down (Place         *place,
                 gconstpointer  data)
{
  g_unlink (place->path);
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static void
write_policy (Place      *place,
              const char *text)
{
  g_autoptr(GError) error = NULL;

  /* Whatever the umask is: what others can write to grants nothing. */
  g_file_set_contents_full (place->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
}

static const char *
find_id (TlClientStore *store,
         const char    *issuer)
{
  TlOauthClient *client = tl_client_store_find (store, issuer);

  return client == NULL ? NULL : tl_oauth_client_get_id (client);
}

static void
on_changed (guint *n)
{
  (*n)++;
}

static void
wait_for_change (guint *n)
{
  gint64 until_us = g_get_monotonic_time () + LATE_MS * 1000;

  while (*n == 0 && g_get_monotonic_time () < until_us)
    tl_test_pass_ms (20);
  g_assert_cmpint (*n, >, 0);
}

static void
test_typed (Place         *place,
            gconstpointer  data)
{
  g_autoptr(TlClientStore) store = tl_client_store_new (place->path);
  g_autoptr(TlClientStore) again = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  g_test_summary ("What IT told is kept for the next time, one for each issuer");

  g_object_get (store, "finding", &finding, NULL);
  g_assert_null (finding);
  g_assert_cmpuint (tl_policies_get_n (tl_client_store_get_policies (store)), ==, 0);
  g_assert_null (find_id (store, ISSUER));

  g_signal_connect_swapped (store, "changed", G_CALLBACK (on_changed), &n);
  g_assert_true (tl_client_store_set (store, ISSUER, "one", NULL, &error));
  g_assert_true (tl_client_store_set (store, OTHER, "other", "acme.test", &error));
  g_assert_true (tl_client_store_set (store, ISSUER, "two", "", &error));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 3);
  g_assert_cmpstr (find_id (store, ISSUER), ==, "two");

  again = tl_client_store_new (place->path);
  g_assert_cmpstr (find_id (again, ISSUER), ==, "two");
  g_assert_cmpstr (find_id (again, OTHER), ==, "other");
  g_assert_cmpstr (tl_oauth_client_get_tenant (tl_client_store_find (again, OTHER)), ==,
                   "acme.test");
  g_assert_cmpint (tl_oauth_client_get_origin (tl_client_store_find (again, OTHER)), ==,
                   TL_CLIENT_FROM_SETTINGS);
}

static void
test_secret (Place         *place,
             gconstpointer  data)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("c2d3", 4);
  const TlOauthClientParts parts = { .issuer = ISSUER, .client_id = "secretive", .secret = secret,
                                     .origin = TL_CLIENT_FROM_SETTINGS };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);
  g_autoptr(TlClientStore) store = tl_client_store_new (place->path);
  g_autoptr(TlClientStore) again = NULL;
  guint n = 0;

  g_test_summary ("One with a secret takes the place of what is in the settings, and is not there");

  g_assert_true (tl_client_store_set (store, ISSUER, "one", NULL, NULL));
  g_assert_true (tl_client_store_set (store, OTHER, "other", NULL, NULL));
  g_signal_connect_swapped (store, "changed", G_CALLBACK (on_changed), &n);
  tl_client_store_add (store, client);
  g_assert_cmpint (n, ==, 1);
  g_assert_true (tl_client_store_find (store, ISSUER) == client);

  g_assert_true (tl_client_store_set (store, OTHER, "another", NULL, NULL));
  g_assert_true (tl_client_store_find (store, ISSUER) == client);
  again = tl_client_store_new (place->path);
  g_assert_null (find_id (again, ISSUER));
  g_assert_cmpstr (find_id (again, OTHER), ==, "another");

  g_assert_true (tl_client_store_set (store, ISSUER, "two", NULL, NULL));
  g_assert_cmpstr (find_id (store, ISSUER), ==, "two");
}

typedef struct
{
  const char *name;
  const char *issuer;
  const char *client_id;
  const char *tenant;
} RefusedCase;

static const RefusedCase refused_cases[] = {
  { .name = "no-id", .issuer = ISSUER, .client_id = "" },
  { .name = "control", .issuer = ISSUER, .client_id = "a\nb" },
  { .name = "http", .issuer = "http://id.mail.test", .client_id = "a" },
  { .name = "tenant", .issuer = ISSUER, .client_id = "a", .tenant = "a/b" },
};

static void
test_refused (Place         *place,
              gconstpointer  data)
{
  const RefusedCase *c = data;
  g_autoptr(TlClientStore) store = tl_client_store_new (place->path);
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_client_store_set (store, c->issuer, c->client_id, c->tenant, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (find_id (store, ISSUER));
}

static void
test_policy (Place         *place,
             gconstpointer  data)
{
  g_autoptr(TlClientStore) store = NULL;
  guint n = 0;

  g_test_summary ("The organisation's word goes first, and is seen when it arrives or goes");

  store = tl_client_store_new (place->path);
  g_assert_true (tl_client_store_set (store, ISSUER, "typed", NULL, NULL));
  g_signal_connect_swapped (store, "changed", G_CALLBACK (on_changed), &n);

  write_policy (place, POLICY (POLICY_CLIENT));
  wait_for_change (&n);
  tl_test_pass_ms (300);
  g_assert_cmpstr (find_id (store, ISSUER), ==, "from-policy");
  g_assert_cmpint (tl_oauth_client_get_origin (tl_client_store_find (store, ISSUER)), ==,
                   TL_CLIENT_FROM_POLICY);
  g_assert_cmpstr (tl_policies_get_name (tl_client_store_get_policies (store)), ==, "Acme");

  n = 0;
  g_unlink (place->path);
  wait_for_change (&n);
  g_assert_cmpstr (find_id (store, ISSUER), ==, "typed");
  g_assert_cmpuint (tl_policies_get_n (tl_client_store_get_policies (store)), ==, 0);
}

typedef struct
{
  const char *name;
  const char *text;
  gsize       pad;
} UnreadableCase;

static const UnreadableCase unreadable_cases[] = {
  { .name = "no-json", .text = "clients = 1" },
  { .name = "empty", .text = "" },
  { .name = "half-good", .text = POLICY (POLICY_CLIENT ", { \"issuer\": \"x\" }") },
  { .name = "too-long", .text = POLICY (POLICY_CLIENT), .pad = 512 * 1024 },
};

static void
test_unreadable (Place         *place,
                 gconstpointer  data)
{
  const UnreadableCase *c = data;
  g_autofree char *pad = g_strnfill (c->pad, ' ');
  g_autofree char *text = g_strconcat (c->text, pad, NULL);
  g_autoptr(TlClientStore) store = NULL;
  g_autoptr(TlFinding) finding = NULL;

  g_test_summary ("Of a policy that cannot be read nothing counts, and somebody is told");

  write_policy (place, text);
  store = tl_client_store_new (place->path);
  g_object_get (store, "finding", &finding, NULL);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.policy");
  g_assert_nonnull (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                            TL_EVIDENCE_DETAIL));
  g_assert_null (find_id (store, ISSUER));
}

static void
test_not_a_file (Place         *place,
                 gconstpointer  data)
{
  g_autoptr(TlClientStore) store = NULL;
  g_autoptr(TlFinding) finding = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("Nobody waits for what is no file; the rest of the rules: test-policy-file");

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  store = tl_client_store_new (place->path);
  g_object_get (store, "finding", &finding, NULL);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "store.policy");
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
}

static void
test_environment (Place         *place,
                  gconstpointer  data)
{
  static const char * const names[] = { "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "HOME" };
  g_autofree char *folder = g_build_filename (place->folder, "twolane", NULL);
  g_autofree char *path = g_build_filename (folder, "policy.json", NULL);
  g_autoptr(GError) error = NULL;
  TlPolicies *policies;

  g_test_summary ("Nothing that a person's environment says grants trust; it may restrict");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_file_set_contents (path, POLICY (POLICY_CLIENT), -1, &error);
  g_assert_no_error (error);
  write_policy (place, POLICY (POLICY_CLIENT));
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], place->folder, TRUE);
  g_assert_null (find_id (tl_client_store_get_default (), ISSUER));
  policies = tl_policy_store_get_policies (tl_policy_store_get_default ());
  g_assert_cmpuint (tl_policies_get_n (policies), ==, 1);
  g_assert_cmpint (tl_policies_get_origin (policies, 0), ==, TL_POLICY_FROM_USER);

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/client-store/typed", Place, NULL, place_set_up, test_typed, place_tear_down);
  g_test_add ("/client-store/secret", Place, NULL, place_set_up, test_secret, place_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client-store/refused/%s", refused_cases[i].name);

      g_test_add (path, Place, &refused_cases[i], place_set_up, test_refused, place_tear_down);
    }
  g_test_add ("/client-store/policy", Place, NULL, place_set_up, test_policy, place_tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (unreadable_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/client-store/unreadable/%s",
                                               unreadable_cases[i].name);

      g_test_add (path, Place, &unreadable_cases[i], place_set_up, test_unreadable,
                  place_tear_down);
    }
  g_test_add ("/client-store/not-a-file", Place, NULL, place_set_up, test_not_a_file,
              place_tear_down);
  g_test_add ("/client-store/environment", Place, NULL, place_set_up, test_environment,
              place_tear_down);

  return g_test_run ();
}
