/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-metadata.h"

#include <string.h>

#include <glib/gstdio.h>

#include "tl-error.h"
#include "tl-https-private.h"
#include "tl-test-pages.h"

#define ISSUER  "https://as.a.test/t1"
#define AUTH    "\"authorization_endpoint\":\"https://as.a.test/authorize\""
#define TOKEN   "\"token_endpoint\":\"https://token.a.test/t\""
#define NAMED   "\"issuer\":\"" ISSUER "\""
#define GOOD    "{" NAMED "," AUTH "," TOKEN "}"
#define WITH(m) "{" NAMED "," AUTH "," TOKEN "," m "}"
#define LONG_MS 10000
#define FOUND   -1

typedef struct
{
  const char *name;
  const char *json;
  gboolean    is_good;
  gboolean    names_issuer;
  gboolean    promises_pkce;
  gboolean    speaks_openid;
  gboolean    is_no_json;
} ParseCase;

static const ParseCase parse_cases[] = {
  { "least", GOOD, TRUE },
  { "all", WITH ("\"code_challenge_methods_supported\":[\"plain\",\"S256\"],"
                 "\"authorization_response_iss_parameter_supported\":true,"
                 "\"subject_types_supported\":[\"public\"],"
                 "\"device_authorization_endpoint\":\"https://a.test/d\","
                 "\"registration_endpoint\":\"https://a.test/r\","
                 "\"revocation_endpoint\":\"https://a.test:8443/v?x=1\""), TRUE, TRUE, TRUE, TRUE },
  { "openid-scope", WITH ("\"scopes_supported\":[\"openid\"]"), TRUE, .speaks_openid = TRUE },
  { "other-port", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://a.test:8443/t\"}", TRUE },
  { "null-endpoint", WITH ("\"device_authorization_endpoint\":null"), TRUE },

  { "O08/plain-alone", WITH ("\"code_challenge_methods_supported\":[\"plain\"]") },
  { "O08/no-method", WITH ("\"code_challenge_methods_supported\":[]") },
  { "O08/no-list", WITH ("\"code_challenge_methods_supported\":\"S256\"") },
  { "O09/reserved-query",
    "{" NAMED ",\"authorization_endpoint\":\"https://as.a.test/a?x=1&Redirect%5Furi=https://e.test\","
    TOKEN "}" },
  { "O09/reserved-token", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.a.test/t?client_id\"}" },
  { "O09/reserved-state", WITH ("\"device_authorization_endpoint\":\"https://a.test/d?state=\"") },
  { "O09/http-authorization",
    "{" NAMED ",\"authorization_endpoint\":\"http://as.a.test/a\"," TOKEN "}" },
  { "O09/http-token", "{" NAMED "," AUTH ",\"token_endpoint\":\"http://as.a.test/t\"}" },
  { "O09/http-device", WITH ("\"device_authorization_endpoint\":\"http://as.a.test/\"") },
  { "O09/http-revocation", WITH ("\"revocation_endpoint\":\"http://as.a.test/\"") },
  { "O09/http-registration", WITH ("\"registration_endpoint\":\"http://as.a.test/\"") },
  { "O09/other-site", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.b.test/t\"}" },
  { "O09/look-alike", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.a.test.b.test/t\"}" },
  { "O09/user", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.a.test@as.b.test/t\"}" },
  { "O09/user-at-home", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://u@as.a.test/t\"}" },
  { "O09/fragment", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.a.test/t#x\"}" },
  { "O09/address", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://127.0.0.1/t\"}" },
  { "O09/script", "{" NAMED ",\"authorization_endpoint\":\"javascript:alert(1)\"," TOKEN "}" },
  { "O09/control", "{" NAMED "," AUTH ",\"token_endpoint\":\"https://as.a.test/\\n\"}" },
  { "O09/number", WITH ("\"device_authorization_endpoint\":7") },
  { "O09/no-authorization", "{" NAMED "," TOKEN "}" },
  { "O09/no-token", "{" NAMED "," AUTH "}" },
  { "O09/other-issuer", "{\"issuer\":\"https://as.b.test/t1\"," AUTH "," TOKEN "}" },
  { "O09/other-path", "{\"issuer\":\"https://as.a.test/t2\"," AUTH "," TOKEN "}" },
  { "O09/slash", "{\"issuer\":\"" ISSUER "/\"," AUTH "," TOKEN "}" },
  { "O09/capitals", "{\"issuer\":\"https://AS.a.test/t1\"," AUTH "," TOKEN "}" },
  { "O09/no-issuer", "{" AUTH "," TOKEN "}" },
  { "O09/two-issuers", "{" NAMED ",\"issuer\":\"" ISSUER "\"," AUTH "," TOKEN "}",
    .is_no_json = TRUE },
  { "O09/list", "[" GOOD "]" },
  { "O09/html", "<html>" GOOD "</html>", .is_no_json = TRUE },
  { "O09/nothing", "", .is_no_json = TRUE },
  { "O09/more", GOOD "x", .is_no_json = TRUE },
};

static void
test_parse (gconstpointer data)
{
  const ParseCase *c = data;
  int code = c->is_no_json ? TL_ERROR_NOT_FOUND : TL_ERROR_PROTOCOL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthServer) self = tl_oauth_metadata_parse (c->json, strlen (c->json), ISSUER,
                                                           &error);

  if (!c->is_good)
    {
      g_assert_error (error, TL_ERROR, code);
      g_assert_null (self);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (tl_oauth_server_get_issuer (self), ==, ISSUER);
  g_assert_cmpstr (tl_oauth_server_get_authorization_endpoint (self), ==,
                   "https://as.a.test/authorize");
  g_assert_cmpint (tl_oauth_server_names_issuer (self), ==, c->names_issuer);
  g_assert_cmpint (tl_oauth_server_promises_pkce (self), ==, c->promises_pkce);
  g_assert_cmpint (tl_oauth_server_speaks_openid (self), ==, c->speaks_openid);
  g_assert_cmpint (tl_oauth_server_wants_consent (self), ==, c->speaks_openid);
  g_assert_true (tl_oauth_server_is_issuer (self, ISSUER));
  g_assert_false (tl_oauth_server_is_issuer (self, "https://as.a.test"));
  g_assert_cmpint (tl_oauth_server_get_device_endpoint (self) != NULL, ==, c->names_issuer);
  g_assert_cmpint (tl_oauth_server_get_registration_endpoint (self) != NULL, ==, c->names_issuer);
  g_assert_cmpstr (tl_oauth_server_get_revocation_endpoint (self), ==,
                   c->names_issuer ? "https://a.test:8443/v?x=1" : NULL);
}

static void
test_too_long (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_strnfill (2048, 'x');
  g_autofree char *json = g_strdup_printf ("{" NAMED "," AUTH ",\"token_endpoint\":"
                                           "\"https://as.a.test/%s\"}", path);
  g_autofree char *pad = g_strnfill (10 * 1024 * 1024, ' ');

  g_assert_null (tl_oauth_metadata_parse (json, strlen (json), ISSUER, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
  g_clear_error (&error);
  memcpy (pad, GOOD, strlen (GOOD));
  g_assert_null (tl_oauth_metadata_parse (pad, strlen (pad), ISSUER, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_NOT_FOUND);
}

static const struct
{
  const char *issuer;
  const char *rfc8414; /* NULL: no issuer */
  const char *openid;
} places[] = {
  { "https://a.test", "https://a.test/.well-known/oauth-authorization-server",
    "https://a.test/.well-known/openid-configuration" },
  { "https://a.test/", "https://a.test/.well-known/oauth-authorization-server",
    "https://a.test/.well-known/openid-configuration" },
  { "https://a.test:8443/t/1", "https://a.test:8443/.well-known/oauth-authorization-server/t/1",
    "https://a.test:8443/t/1/.well-known/openid-configuration" },
  { "https://a.test/t/", "https://a.test/.well-known/oauth-authorization-server/t",
    "https://a.test/t/.well-known/openid-configuration" },
  { "http://a.test" },
  { "https://a.test?x=1" },
  { "https://a.test#x" },
  { "https://u@a.test" },
  { "https://127.0.0.1" },
  { "https://localhost" },
  { "a.test" },
  { "" },
};

static void
test_places (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_auto(GStrv) urls = tl_oauth_metadata_dup_urls (places[i].issuer);

      g_assert_cmpint (urls != NULL, ==, places[i].rfc8414 != NULL);
      if (urls == NULL)
        continue;
      g_assert_cmpstr (urls[0], ==, places[i].rfc8414);
      g_assert_cmpstr (urls[1], ==, places[i].openid);
      g_assert_null (urls[2]);
    }
}

/* --- Fetched --------------------------------------------------------------------- */

#define RFC8414 "/.well-known/oauth-authorization-server"
#define OPENID  "/.well-known/openid-configuration"
#define DOCUMENT(host) "{\"issuer\":\"https://" host "\"," \
  "\"authorization_endpoint\":\"https://" host "/a\",\"token_endpoint\":\"https://" host "/t\"}"

static TlTestPage pages[] = {
  { "https://big.a.test" RFC8414, .body = NULL /* too large; see main() */ },
  { "https://as.a.test" RFC8414, .body = DOCUMENT ("as.a.test") },
  { "https://oidc.a.test" OPENID, .body = DOCUMENT ("oidc.a.test") },
  { "https://moved.a.test" RFC8414, .status = "302 F", .location = "/elsewhere" },
  { "https://moved.a.test/elsewhere", .body = DOCUMENT ("moved.a.test") },
  { "https://away.a.test" RFC8414, .status = "302 F", .location = "https://as.a.test/away" },
  { "https://as.a.test/away", .body = DOCUMENT ("away.a.test") },
  { "https://far.a.test" RFC8414, .status = "302 F", .location = "https://as.b.test/far" },
  { "https://as.b.test/far", .body = DOCUMENT ("far.a.test") },
  { "https://port.a.test" RFC8414, .status = "302 F", .location = "https://port.a.test:8443/p" },
  { "https://port.a.test:8443/p", .body = DOCUMENT ("port.a.test") },
  { "https://port.a.test:8443" RFC8414, .status = "302 F", .location = "https://port.a.test/p" },
  { "https://port.a.test/p", .body = DOCUMENT ("port.a.test:8443") },
  { "https://wrong.a.test" RFC8414, .body = DOCUMENT ("as.a.test") },
  { "https://wrong.a.test" OPENID, .body = DOCUMENT ("wrong.a.test") },
  { "https://none.a.test/x", .body = "x" },
  { "https://all.a.test" RFC8414, .body = "<!doctype html><title>Shop</title>" },
  { "https://all.a.test" OPENID, .body = DOCUMENT ("all.a.test") },
  { "https://big.a.test" OPENID, .body = DOCUMENT ("big.a.test") },
  { "https://shop.a.test" RFC8414, .body = "<!doctype html><title>Shop</title>" },
  { "https://shop.a.test" OPENID, .body = "<!doctype html><title>Shop</title>" },
};

static const struct
{
  const char *name;
  const char *issuer;
  int         code;
} fetches[] = {
  { "rfc8414",           "https://as.a.test",       FOUND },
  { "openid",            "https://oidc.a.test",     FOUND },
  { "moved-at-home",     "https://moved.a.test",    FOUND },
  { "O09/moved-away",    "https://away.a.test",     TL_ERROR_PROTOCOL },
  { "O09/moved-far",     "https://far.a.test",      TL_ERROR_REFUSED },
  { "O09/moved-to-port", "https://port.a.test",     TL_ERROR_REFUSED },
  { "O09/moved-from-port", "https://port.a.test:8443", TL_ERROR_PROTOCOL },
  { "O09/other-issuer",  "https://wrong.a.test",    TL_ERROR_PROTOCOL },
  { "page-for-all",      "https://all.a.test",      FOUND },
  { "big-page",          "https://big.a.test",      FOUND },
  { "O09/page-for-all",  "https://shop.a.test",     TL_ERROR_PROTOCOL },
  { "none",              "https://none.a.test",     TL_ERROR_NOT_FOUND },
  { "no-issuer",         "http://as.a.test",        TL_ERROR_INVALID_INPUT },
  { "unproven",          "https://unproven.a.test", TL_ERROR_TLS },
};

typedef struct
{
  gboolean       done;
  TlOauthServer *server;
  GError        *error;
} Outcome;

static void
on_fetched (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->server = tl_oauth_metadata_fetch_finish (result, &outcome->error);
  outcome->done = TRUE;
}

static TlHttps *https;

static void
test_fetch (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlOauthServer) server = NULL;
  g_autoptr(GError) error = NULL;
  Outcome outcome = { 0 };

  tl_oauth_metadata_fetch_async (https, fetches[i].issuer, tl_deadline_in_ms (LONG_MS), NULL,
                                 on_fetched, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  server = outcome.server;
  error = outcome.error;
  if (fetches[i].code == FOUND)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (tl_oauth_server_get_issuer (server), ==, fetches[i].issuer);
    }
  else
    g_assert_error (error, TL_ERROR, fetches[i].code);
}

static void
test_contacts (void)
{
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlOauthServer) server = NULL;
  g_auto(GStrv) asked = NULL;
  Outcome outcome = { 0 };

  tl_https_set_contacts (https, contacts);
  tl_oauth_metadata_fetch_async (https, "https://oidc.a.test", tl_deadline_in_ms (LONG_MS), NULL,
                                 on_fetched, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  tl_https_set_contacts (https, NULL);
  g_assert_no_error (outcome.error);
  server = outcome.server;
  asked = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  g_assert_cmpuint (g_strv_length (asked), ==, 1);
  g_assert_cmpstr (asked[0], ==, "oidc.a.test");
}

static TlHttps *
new_client (TlTestPages *web,
            const char  *file)
{
  g_autofree char *proxy = tl_test_pages_dup_proxy (web);
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, NULL);
  g_autoptr(GTlsDatabase) trust = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (file, tl_test_pages_get_ca_pem (web), -1, NULL));
  trust = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);

  return tl_https_new_for (trust, proxies);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("twolane-issuer-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);
  g_autofree char *big = g_strnfill (TL_HTTPS_MAX_BYTES + 1, 'x');
  g_autoptr(TlTestPages) web = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-metadata/", parse_cases[i].name, NULL);

      g_test_add_data_func (path, &parse_cases[i], test_parse);
    }
  g_test_add_func ("/oauth-metadata/O09/too-long", test_too_long);
  g_test_add_func ("/oauth-metadata/places", test_places);
  for (gsize i = 0; i < G_N_ELEMENTS (fetches); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-metadata/fetch/", fetches[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fetch);
    }
  g_test_add_func ("/oauth-metadata/contacts", test_contacts);

  pages[0].body = big;
  web = tl_test_pages_new (pages, G_N_ELEMENTS (pages), "unproven.a.test");
  https = new_client (web, file);
  status = g_test_run ();
  g_object_unref (https);
  g_unlink (file);
  g_rmdir (folder);

  return status;
}
