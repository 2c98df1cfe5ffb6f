/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy.h"

#include <string.h>

#include "tl-error.h"

#define HEAD   "{\"format\": \"twolane-policy\", \"version\": 0, "
#define CLIENT "\"issuer\": \"https://id.example.net\", \"client_id\": \"id\""

static TlPolicy *
load (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "corpus", "good", file, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  TlPolicy *policy;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  policy = tl_policy_parse (text, -1, &error);
  g_assert_no_error (error);

  return policy;
}

static void
test_full (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-full.json");
  GPtrArray *clients = tl_policy_get_clients (policy);
  TlOauthClient *microsoft, *google;
  gsize len;

  g_assert_cmpstr (tl_policy_get_name (policy), ==, "Example Ltd");
  g_assert_cmpstr (tl_policy_get_contact (policy), ==, "it@example.org");
  g_assert_cmpuint (clients->len, ==, 2);

  microsoft = g_ptr_array_index (clients, 0);
  g_assert_cmpstr (tl_oauth_client_get_issuer (microsoft), ==,
                   "https://login.microsoftonline.com/{tenant}/v2.0");
  g_assert_cmpstr (tl_oauth_client_get_id (microsoft), ==, "00001111-aaaa-2222-bbbb-3333cccc4444");
  g_assert_cmpstr (tl_oauth_client_get_tenant (microsoft), ==,
                   "aaaabbbb-0000-cccc-1111-dddd2222eeee");
  g_assert_null (tl_oauth_client_get_secret (microsoft));
  g_assert_cmpint (tl_oauth_client_get_origin (microsoft), ==, TL_CLIENT_FROM_POLICY);

  google = g_ptr_array_index (clients, 1);
  g_assert_null (tl_oauth_client_get_tenant (google));
  tl_secret_peek (tl_oauth_client_get_secret (google), &len);
  g_assert_cmpuint (len, ==, strlen ("not-a-secret"));
}

static void
test_least (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-least.json");
  g_autoptr(TlPolicy) nulls = load ("policy-nulls.json");

  g_assert_null (tl_policy_get_name (policy));
  g_assert_null (tl_policy_get_contact (policy));
  g_assert_cmpuint (tl_policy_get_clients (policy)->len, ==, 0);

  g_assert_null (tl_policy_get_contact (nulls));
  g_assert_cmpuint (tl_policy_get_clients (nulls)->len, ==, 1);
}

static void
test_issuer (void)
{
  g_autoptr(TlPolicy) policy = load ("policy-issuer-plain.json");
  TlOauthClient *client = g_ptr_array_index (tl_policy_get_clients (policy), 0);

  g_test_summary ("An issuer with the tenant in its place is the one of the provider table");

  g_assert_cmpstr (tl_oauth_client_get_issuer (client), ==,
                   "https://login.microsoftonline.com/{tenant}/v2.0");
  g_assert_cmpstr (tl_oauth_client_get_tenant (client), ==, "acme.example");
}

/* What somebody who wrote the file has to read: where it is, and what would have been right. The
 * words are those of JSON members, which never change. */
typedef struct
{
  const char *name;
  const char *json;
  const char *named[4];
} ErrorCase;

static const ErrorCase error_cases[] = {
  { "unknown",        HEAD "\"oauth_clients\": [], \"colour\": 1}",
    { "colour", "contact", "oauth_clients" } },
  { "unknown-within", HEAD "\"oauth_clients\": [{" CLIENT ", \"clientsecret\": \"canary-7\"}]}",
    { "oauth_clients", "clientsecret", "client_secret", "tenant" } },
  { "secret",         HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\\u0001\"}]}",
    { "oauth_clients", "client_secret" } },
  { "secret-as-array", HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": [\"canary-7\"]}]}",
    { "oauth_clients", "client_secret" } },
  { "twice",          HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\"}, {" CLIENT "}]}",
    { "oauth_clients" } },
  { "cut",            HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7", { NULL } },
  { "two-members",    HEAD "\"oauth_clients\": [{" CLIENT ", \"client_secret\": \"canary-7\", "
                      "\"client_secret\": \"canary-7\"}]}", { NULL } },
  { "version",        "{\"format\": \"twolane-policy\", \"version\": 1, \"oauth_clients\": []}",
    { "version" } },
};

static void
test_error (gconstpointer data)
{
  const ErrorCase *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_policy_parse (c->json, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_test_message ("%s", error->message);
  for (gsize i = 0; i < G_N_ELEMENTS (c->named) && c->named[i] != NULL; i++)
    g_assert_nonnull (strstr (error->message, c->named[i]));
  g_assert_null (strstr (error->message, "canary"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/full", test_full);
  g_test_add_func ("/policy/least", test_least);
  g_test_add_func ("/policy/issuer", test_issuer);
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy/P9/error/", error_cases[i].name, NULL);

      g_test_add_data_func (path, &error_cases[i], test_error);
    }

  return g_test_run ();
}
