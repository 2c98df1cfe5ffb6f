/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-server.h"

#include <string.h>

#define DIRECTORY "72f988bf-86f1-41af-91ab-2d7cd011db47"

/* A domain may have 253 characters. */
#define LABEL_50   "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee."
#define LABELS_250 LABEL_50 LABEL_50 LABEL_50 LABEL_50 LABEL_50

static const struct
{
  const char *provider;
  const char *tenant;
  gboolean    has_server;
  const char *iss;
  gboolean    is_issuer;
} tables[] = {
  { "microsoft-365", NULL, TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v2.0", TRUE },
  { "microsoft-365", "rep.test", TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v2.0", TRUE },
  { "microsoft-365", DIRECTORY, TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v2.0", TRUE },
  { "microsoft-365", "72F988BF-86F1-41AF-91AB-2D7CD011DB47", TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v2.0", TRUE },
  { "microsoft-365", DIRECTORY, TRUE,
    "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0", FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.microsoftonline.com/other/v2.0", FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.microsoftonline.com/" DIRECTORY "/x/v2.0", FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.microsoftonline.com/" DIRECTORY, FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.evil.test/" DIRECTORY "/v2.0", FALSE },
  /* As long as ours, and other at one place alone. */
  { "microsoft-365", NULL, TRUE,
    "https://login.microsoftonline.net/" DIRECTORY "/v2.0", FALSE },
  { "microsoft-365", NULL, TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v3.0", FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.microsoftonline.com/v2.0", FALSE },
  { "microsoft-365", NULL, TRUE, "https://login.microsoftonline.com//v2.0", FALSE },
  { "microsoft-365", NULL, TRUE, "", FALSE },
  { "microsoft-365", "a/../b", FALSE },
  { "microsoft-365", "..", FALSE },
  { "microsoft-365", ".", FALSE },
  { "microsoft-365", "a?b", FALSE },
  { "microsoft-365", "", FALSE },
  { "microsoft-365", ".rep.test", FALSE },
  { "microsoft-365", "rep.test.", FALSE },
  { "microsoft-365", LABELS_250 "abc", TRUE,
    "https://login.microsoftonline.com/" DIRECTORY "/v2.0", TRUE },
  { "microsoft-365", LABELS_250 "abcd", FALSE },
  { "google", NULL, TRUE, "https://accounts.google.com", TRUE },
  { "google", NULL, TRUE, "https://accounts.google.com/", FALSE },
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      TlProvider *provider = tl_providers_find (tables[i].provider);
      g_autoptr(TlOauthServer) self = tl_oauth_server_new_for_provider (provider, tables[i].tenant);

      g_assert_cmpint (self != NULL, ==, tables[i].has_server);
      if (self == NULL)
        continue;
      g_assert_null (strchr (tl_oauth_server_get_authorization_endpoint (self), '{'));
      g_assert_null (strchr (tl_oauth_server_get_token_endpoint (self), '{'));
      g_assert_null (strchr (tl_oauth_server_get_issuer (self), '{'));
      if (tables[i].tenant != NULL)
        {
          g_autofree char *tenant = g_ascii_strdown (tables[i].tenant, -1);

          g_assert_nonnull (strstr (tl_oauth_server_get_token_endpoint (self), tenant));
        }
      g_assert_cmpint (tl_oauth_server_is_issuer (self, tables[i].iss), ==, tables[i].is_issuer);
      g_assert_true (tl_oauth_server_speaks_openid (self));
      g_assert_false (tl_oauth_server_wants_consent (self));
    }
}

static const struct
{
  const char *provider;
  const char *host;
  gboolean    has_page;
} pages[] = {
  { "microsoft-365", "microsoft.com", TRUE },
  { "microsoft-365", "login.microsoft.com", TRUE },
  { "microsoft-365", "login.microsoftonline.com", TRUE },
  { "microsoft-365", "evil.microsoft.com", FALSE },
  { "outlook-com", "microsoft.com", TRUE },
  { "outlook-com", "microsoft.com.evil.test", FALSE },
  { "google", "www.google.com", TRUE },
  { "google", "microsoft.com", FALSE },
};

static void
test_pages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      TlProvider *provider = tl_providers_find (pages[i].provider);
      g_autoptr(TlOauthServer) self = tl_oauth_server_new_for_provider (provider, NULL);

      g_test_message ("%s %s", pages[i].provider, pages[i].host);
      g_assert_cmpint (tl_oauth_server_has_device_page (self, pages[i].host), ==,
                       pages[i].has_page);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/oauth-server/table", test_table);
  g_test_add_func ("/oauth-server/O15/pages", test_pages);

  return g_test_run ();
}
