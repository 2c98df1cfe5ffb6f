/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-client.h"

#include <string.h>

#include "tl-error.h"
#include "tl-nick.h"

#define ISSUER "https://id.example.net"

typedef struct
{
  const char *name;
  const char *issuer;
  const char *id;
  const char *secret;
  const char *tenant;
  gboolean    taken;
} PartsCase;

static const PartsCase parts_cases[] = {
  { "least",            ISSUER,                          "id", NULL,       NULL,          TRUE },
  { "all",              ISSUER "/{tenant}/v2.0",         "i d", "s~ e",    "example.org", TRUE },
  { "directory-id",     ISSUER "/{tenant}",              "id", NULL,
    "aaaabbbb-0000-cccc-1111-dddd2222eeee",                                               TRUE },
  { "port",             ISSUER ":8443/a",                "id", NULL,       NULL,          TRUE },
  { "http",             "http://id.example.net",         "id", NULL,       NULL,          FALSE },
  { "no-scheme",        "id.example.net",                "id", NULL,       NULL,          FALSE },
  { "loopback",         "https://127.0.0.1/",            "id", NULL,       NULL,          FALSE },
  { "localhost",        "https://localhost/",            "id", NULL,       NULL,          FALSE },
  { "user",             "https://a@id.example.net/",     "id", NULL,       NULL,          FALSE },
  { "query",            ISSUER "/?a",                    "id", NULL,       NULL,          FALSE },
  { "fragment",         ISSUER "/#a",                    "id", NULL,       NULL,          FALSE },
  { "other-word",       ISSUER "/{realm}",               "id", NULL,       NULL,          FALSE },
  { "tenant-as-host",   "https://{tenant}/",             "id", NULL,       NULL,          FALSE },
  { "empty-issuer",     "",                              "id", NULL,       NULL,          FALSE },
  { "empty-id",         ISSUER,                          "",   NULL,       NULL,          FALSE },
  { "id-control",       ISSUER,                          "a\nb", NULL,     NULL,          FALSE },
  { "id-delete",        ISSUER,                          "a\177", NULL,     NULL,          FALSE },
  { "id-umlaut",        ISSUER,                          "\303\244", NULL, NULL,          FALSE },
  { "empty-secret",     ISSUER,                          "id", "",         NULL,          FALSE },
  { "secret-control",   ISSUER,                          "id", "canary\r", NULL,          FALSE },
  { "empty-tenant",     ISSUER "/{tenant}",              "id", NULL,       "",            FALSE },
  { "tenant-slash",     ISSUER "/{tenant}",              "id", NULL,       "a/b",         FALSE },
  { "tenant-dots",      ISSUER "/{tenant}",              "id", NULL,       "..",          FALSE },
  { "tenant-dot-first", ISSUER "/{tenant}",              "id", NULL,       ".a",          FALSE },
  { "tenant-dot-last",  ISSUER "/{tenant}",              "id", NULL,       "a.",          FALSE },
  { "tenant-percent",   ISSUER "/{tenant}",              "id", NULL,       "%2e",         FALSE },
};

static TlOauthClient *
make (const PartsCase  *c,
      GError          **error)
{
  g_autoptr(TlSecret) secret = c->secret != NULL ? tl_secret_new (c->secret, strlen (c->secret))
                                                 : NULL;
  TlOauthClientParts parts = { .issuer = c->issuer, .client_id = c->id, .secret = secret,
                               .tenant = c->tenant, .origin = TL_CLIENT_FROM_SETTINGS };

  return tl_oauth_client_new (&parts, error);
}

static void
test_parts (gconstpointer data)
{
  const PartsCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthClient) client = make (c, &error);
  gsize len;

  if (!c->taken)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (client);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (tl_oauth_client_get_issuer (client), ==, c->issuer);
  g_assert_cmpstr (tl_oauth_client_get_id (client), ==, c->id);
  g_assert_cmpstr (tl_oauth_client_get_tenant (client), ==, c->tenant);
  g_assert_cmpint (tl_oauth_client_get_origin (client), ==, TL_CLIENT_FROM_SETTINGS);
  if (c->secret == NULL)
    g_assert_null (tl_oauth_client_get_secret (client));
  else
    g_assert_cmpmem (tl_secret_peek (tl_oauth_client_get_secret (client), &len),
                     (int) tl_secret_get_len (tl_oauth_client_get_secret (client)),
                     c->secret, (int) strlen (c->secret));
}

static void
test_bounds (void)
{
  static const struct { gsize issuer, id, tenant; gboolean taken; } cases[] = {
    { 500, 255, 253, TRUE }, { 501, 255, 253, FALSE }, { 500, 256, 253, FALSE },
    { 500, 255, 254, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strnfill (cases[i].issuer - strlen (ISSUER "/"), 'a');
      g_autofree char *issuer = g_strconcat (ISSUER "/", path, NULL);
      g_autofree char *id = g_strnfill (cases[i].id, 'i');
      g_autofree char *tenant = g_strnfill (cases[i].tenant, 't');
      TlOauthClientParts parts = { .issuer = issuer, .client_id = id, .tenant = tenant };
      g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_cmpint (client != NULL, ==, cases[i].taken);
    }
}

static void
test_no_leak (void)
{
  const PartsCase c = { .issuer = ISSUER, .id = "id", .secret = "canary-7\n" };
  g_autoptr(GError) error = NULL;

  g_test_summary ("What is wrong with a secret is said without it");

  g_assert_null (make (&c, &error));
  g_assert_null (strstr (error->message, "canary"));
}

static void
test_words (void)
{
  g_assert_cmpstr (tl_nick_get (TL_TYPE_CLIENT_ORIGIN, TL_CLIENT_FROM_POLICY), ==, "policy");
  g_assert_cmpstr (tl_nick_get (TL_TYPE_CLIENT_ORIGIN, TL_CLIENT_FROM_SETTINGS), ==, "settings");
  g_assert_cmpstr (tl_nick_get (TL_TYPE_CLIENT_ORIGIN, TL_CLIENT_REGISTERED), ==, "registered");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-client/parts/", parts_cases[i].name, NULL);

      g_test_add_data_func (path, &parts_cases[i], test_parts);
    }
  g_test_add_func ("/oauth-client/bounds", test_bounds);
  g_test_add_func ("/oauth-client/P9/error", test_no_leak);
  g_test_add_func ("/oauth-client/words", test_words);

  return g_test_run ();
}
