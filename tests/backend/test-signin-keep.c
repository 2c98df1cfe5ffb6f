/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-keep.h"

#include <string.h>

#include "tl-error.h"

#define HEAD "twolane-signin 1\nissuer https://id.mail.test\nclient client-1\n"

typedef struct
{
  const char *name;
  const char *text;
  gboolean    is_good;
} KeepCase;

static const KeepCase keep_cases[] = {
  { .name = "least", .text = HEAD, .is_good = TRUE },
  { .name = "most", .is_good = TRUE,
    .text = HEAD "tenant acme.test\nclient-secret s3 cret\nscope a\nscope b\nrefresh 1//x y=\n" },
  { .name = "empty", .text = "" },
  { .name = "a-token", .text = "1//0abc" },
  { .name = "other-version", .text = "twolane-signin 2\nissuer a\nclient b\n" },
  { .name = "no-client", .text = "twolane-signin 1\nissuer a\nrefresh c\n" },
  { .name = "no-issuer", .text = "twolane-signin 1\nclient b\n" },
  { .name = "other-order", .text = "twolane-signin 1\nclient b\nissuer a\n" },
  { .name = "twice", .text = HEAD "refresh a\nrefresh b\n" },
  { .name = "unknown", .text = HEAD "colour red\n" },
  { .name = "no-value", .text = HEAD "refresh \n" },
  { .name = "no-space", .text = HEAD "refresh\n" },
  { .name = "no-end", .text = HEAD "refresh a" },
  { .name = "control", .text = HEAD "refresh a\tb\n" },
  { .name = "not-ascii", .text = HEAD "scope caf\xc3\xa9\n" },
};

static void
test_form (gconstpointer data)
{
  const KeepCase *c = data;
  g_autoptr(TlSecret) secret = tl_secret_new (c->text, strlen (c->text));
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigninKeep) keep = tl_signin_keep_decode (secret, &error);
  g_autoptr(TlSecret) again = keep == NULL ? NULL : tl_signin_keep_encode (keep);

  if (!c->is_good)
    {
      g_assert_null (keep);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (strstr (error->message, "refresh a"));
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (keep->issuer, ==, "https://id.mail.test");
  g_assert_cmpstr (keep->client_id, ==, "client-1");
  g_assert_true (tl_secret_equal (again, secret));
}

static void
test_client (void)
{
  g_autoptr(TlSecret) token = tl_secret_new ("token-1", 7);
  g_autoptr(TlSecret) client_secret = tl_secret_new ("secret-1", 8);
  const char *scopes[] = { "mail", "offline_access", NULL };
  const TlOauthClientParts parts = {
    .issuer = "https://id.mail.test", .client_id = "client 1", .secret = client_secret,
    .tenant = "acme.test", .origin = TL_CLIENT_FROM_POLICY,
  };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);
  g_autoptr(TlSigninKeep) keep = tl_signin_keep_new (client, scopes, token);
  g_autoptr(TlSecret) encoded = tl_signin_keep_encode (keep);
  g_autoptr(TlSigninKeep) decoded = tl_signin_keep_decode (encoded, NULL);
  g_autoptr(TlOauthClient) again = tl_signin_keep_dup_client (decoded, TL_CLIENT_REGISTERED);

  g_test_summary ("What was kept is enough to refresh and to revoke, with nobody asked");

  g_assert_cmpstr (tl_oauth_client_get_id (again), ==, "client 1");
  g_assert_cmpstr (tl_oauth_client_get_tenant (again), ==, "acme.test");
  g_assert_true (tl_secret_equal (tl_oauth_client_get_secret (again), client_secret));
  g_assert_cmpint (tl_oauth_client_get_origin (again), ==, TL_CLIENT_REGISTERED);
  g_assert_cmpint (g_strv_length (decoded->scopes), ==, 2);
  g_assert_cmpstr (decoded->scopes[1], ==, "offline_access");
  g_assert_true (tl_secret_equal (decoded->refresh, token));

  g_free (decoded->issuer);
  decoded->issuer = g_strdup ("http://id.mail.test");
  g_assert_null (tl_signin_keep_dup_client (decoded, TL_CLIENT_REGISTERED));
}

static void
test_too_long (void)
{
  g_autofree char *bytes = g_strnfill (TL_SECRET_MAX_BYTES - 8, 'x');
  g_autoptr(TlSecret) token = tl_secret_new (bytes, strlen (bytes));
  const TlOauthClientParts parts = { .issuer = "https://id.mail.test", .client_id = "client-1" };
  g_autoptr(TlOauthClient) client = tl_oauth_client_new (&parts, NULL);
  g_autoptr(TlSigninKeep) keep = tl_signin_keep_new (client, NULL, token);

  g_assert_null (tl_signin_keep_encode (keep));
}

typedef struct
{
  const char *name;
  const char *client_id;
  const char *secret;
  const char *scope;
  const char *refresh;
} LineCase;

static const LineCase line_cases[] = {
  { .name = "token", .refresh = "a\nrefresh b" },
  { .name = "token-last", .refresh = "a\n" },
  { .name = "token-return", .refresh = "a\rb" },
  { .name = "scope", .scope = "a\nrefresh b", .refresh = "c" },
  { .name = "secret", .secret = "a\nrefresh b", .refresh = "c" },
  { .name = "client", .client_id = "a\nrefresh b", .refresh = "c" },
  { .name = "empty", .refresh = "" },
};

static void
test_line (gconstpointer data)
{
  const LineCase *c = data;
  const char *scopes[] = { c->scope != NULL ? c->scope : "mail", NULL };
  g_autoptr(TlSecret) secret = c->secret == NULL ? NULL
                                                 : tl_secret_new (c->secret, strlen (c->secret));
  g_autoptr(TlSecret) refresh = tl_secret_new (c->refresh, strlen (c->refresh));
  const TlSigninKeep keep = {
    .issuer = (char *) "https://id.mail.test",
    .client_id = (char *) (c->client_id != NULL ? c->client_id : "client-1"),
    .client_secret = secret,
    .scopes = (char **) scopes,
    .refresh = refresh,
  };
  g_autoptr(TlSecret) encoded = tl_signin_keep_encode (&keep);

  g_test_summary ("No value writes further lines");

  g_assert_null (encoded);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keep_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signin-keep/form/%s", keep_cases[i].name);

      g_test_add_data_func (path, &keep_cases[i], test_form);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (line_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/signin-keep/line/%s", line_cases[i].name);

      g_test_add_data_func (path, &line_cases[i], test_line);
    }
  g_test_add_func ("/signin-keep/client", test_client);
  g_test_add_func ("/signin-keep/too-long", test_too_long);

  return g_test_run ();
}
