/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-authorization.h"

#include <string.h>

/* RFC 7636 appendix B. */
#define VERIFIER  "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
#define CHALLENGE "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

static const char * const mail[] = { "mail-read", NULL };
static const char * const offline[] = { "mail-read", "offline_access", "email", NULL };
static const char * const odd[] = { "https://mail.test/a b&c", NULL };

typedef struct
{
  const char         *name;
  const char         *endpoint;  /* NULL: https://as.test/a */
  const char * const *scopes;    /* NULL: mail */
  const char         *nonce;
  const char         *login_hint;
  gboolean            wants_consent;

  /* What the URL has; NULL: does not have. */
  const char         *begin;
  const char         *scope;
  const char         *prompt;
} UrlCase;

static const UrlCase cases[] = {
  { "plain", .scope = "mail-read" },
  { "openid", .nonce = "n-1", .scope = "mail-read openid email" },
  { "hint", .login_hint = "rep+a&b@mail.test", .scope = "mail-read" },
  { "query", .endpoint = "https://as.test/a?tenant=1", .begin = "https://as.test/a?tenant=1&",
    .scope = "mail-read" },
  { "escaped", .scopes = odd, .scope = "https://mail.test/a b&c" },
  { "offline", .scopes = offline, .nonce = "n", .wants_consent = TRUE,
    .scope = "mail-read offline_access email openid", .prompt = "consent" },
  { "offline-of-the-table", .scopes = offline, .scope = "mail-read offline_access email" },
  { "consent-for-nothing", .wants_consent = TRUE, .scope = "mail-read" },
};

static char *
dup_url (const UrlCase *c)
{
  g_autoptr(TlOauthServer) server =
    tl_oauth_server_new (&(const TlOauthServerParts) {
                           .issuer = "https://as.test",
                           .endpoints = {
                             [TL_OAUTH_ENDPOINT_AUTHORIZATION] =
                               c->endpoint != NULL ? c->endpoint : "https://as.test/a",
                             [TL_OAUTH_ENDPOINT_TOKEN] = "https://as.test/t",
                           },
                           .wants_consent = c->wants_consent,
                         });
  g_autoptr(TlOauthClient) client =
    tl_oauth_client_new (&(const TlOauthClientParts) {
                           .issuer = "https://as.test",
                           .client_id = "client 1",
                           .origin = TL_CLIENT_REGISTERED,
                         }, NULL);
  g_autoptr(TlSecret) state = tl_secret_new ("s-1", 3);
  g_autoptr(TlSecret) verifier = tl_secret_new (VERIFIER, strlen (VERIFIER));
  g_autoptr(TlSecret) nonce = c->nonce != NULL ? tl_secret_new (c->nonce, strlen (c->nonce)) : NULL;
  const TlOauthAuthorization self = { state, verifier, nonce };
  const TlOauthRequest request = {
    .server = server,
    .client = client,
    .scopes = c->scopes != NULL ? c->scopes : mail,
    .login_hint = c->login_hint,
  };

  return tl_oauth_authorization_dup_url (&self, &request, "http://127.0.0.1:40000/");
}

static void
test_url (gconstpointer data)
{
  const UrlCase *c = data;
  g_autofree char *url = dup_url (c);
  const char *begin = c->begin != NULL ? c->begin : "https://as.test/a?";
  g_autoptr(GHashTable) asked = NULL;
  g_autoptr(GError) error = NULL;
  const struct
  {
    const char *name;
    const char *value;
  } wanted[] = {
    { "response_type", "code" },
    { "client_id", "client 1" },
    { "redirect_uri", "http://127.0.0.1:40000/" },
    { "scope", c->scope },
    { "state", "s-1" },
    { "code_challenge", CHALLENGE },
    { "code_challenge_method", "S256" },
    { "nonce", c->nonce },
    { "login_hint", c->login_hint },
    { "prompt", c->prompt },
  };
  guint n_wanted = 0;

  g_assert_true (g_str_has_prefix (url, begin));
  g_assert_null (strstr (url, VERIFIER));
  asked = g_uri_parse_params (url + strlen (begin), -1, "&", G_URI_PARAMS_NONE, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_assert_cmpstr (g_hash_table_lookup (asked, wanted[i].name), ==, wanted[i].value);
      n_wanted += wanted[i].value != NULL;
    }
  g_assert_cmpuint (g_hash_table_size (asked), ==, n_wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-authorization/P13/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_url);
    }

  return g_test_run ();
}
