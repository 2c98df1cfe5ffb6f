/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-error.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *json;
  const char *status; /* NULL: none */
} StatusCase;

static const StatusCase status_cases[] = {
  /* RFC 7628 §4.3 */
  { "rfc",        "{\"status\":\"invalid_token\",\"scope\":\"example_scope\",\"openid-configuration\":"
                  "\"https://example.com/.well-known/openid-configuration\"}", "invalid_token" },
  { "number-as-string", "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.example/\"}",
    "400" },
  { "last",       "{\"schemes\":\"bearer mac\",\"scope\":\"x\",\"status\":\"401\"}", "401" },
  { "spaces",     " {\r\n\t\"status\" : \"invalid_request\" } \n", "invalid_request" },
  { "escape-elsewhere", "{\"scope\":\"a\\\"b\\\\\",\"status\":\"401\"}", "401" },
  { "words",      "{\"code\":-1.5e3,\"retry\":true,\"why\":null,\"status\":\"401\"}", "401" },
  { "number",     "{\"status\":401}", NULL },
  { "empty",      "{\"status\":\"\"}", NULL },
  { "escaped",    "{\"status\":\"4\\u00300\"}", NULL },
  { "twice",      "{\"status\":\"400\",\"status\":\"401\"}", NULL },
  { "no-status",  "{\"schemes\":\"Bearer\"}", NULL },
  { "same-length", "{\"static\":\"400\"}", NULL },
  { "longer-name", "{\"status2\":\"400\"}", NULL },
  { "shorter-name", "{\"stat\":\"400\"}", NULL },
  { "others-first", "{\"static\":\"1\",\"stat\":\"2\",\"statuses\":\"3\",\"status\":\"400\"}",
    "400" },
  { "word",       "{\"status\":true}", NULL },
  { "no-members", "{}", NULL },
  { "nothing",    "", NULL },
  { "nested",     "{\"status\":\"400\",\"more\":{\"a\":\"b\"}}", NULL },
  { "array",      "[\"status\",\"400\"]", NULL },
  { "cut",        "{\"status\":\"400\"", NULL },
  { "cut-after-colon", "{\"status\":", NULL },
  { "cut-after-name", "{\"status\"", NULL },
  { "cut-after-comma", "{\"status\":\"400\",", NULL },
  { "no-colon",   "{\"status\" \"400\"}", NULL },
  { "not-closed", "{\"status\":\"400\"]", NULL },
  { "cut-string", "{\"status\":\"40", NULL },
  { "cut-escape", "{\"status\":\"40\\", NULL },
  { "behind",     "{\"status\":\"400\"} x", NULL },
  { "comma",      "{\"status\":\"400\",}", NULL },
  { "control",    "{\"status\":\"4\033[31m\"}", NULL },
  { "eight-bit",  "{\"status\":\"caf\303\251\"}", NULL },
  { "words-alone", "invalid_token", NULL },
};

static void
test_status (gconstpointer data)
{
  const StatusCase *c = data;
  g_autofree char *exact = g_memdup2 (c->json, strlen (c->json));
  g_autofree char *status = tl_oauth_error_dup_status (exact, strlen (c->json));

  g_assert_cmpstr (status, ==, c->status);
}

typedef struct
{
  const char *name;
  const char *json;
  const char *scopes; /* joined; NULL: none */
} ScopeCase;

static const ScopeCase scope_cases[] = {
  { "rfc",     "{\"status\":\"invalid_token\",\"scope\":\"example_scope\",\"openid-configuration\":"
               "\"https://example.com/.well-known/openid-configuration\"}", "example_scope" },
  { "several", "{\"scope\":\" imap  smtp \"}", "imap,smtp" },
  { "alone",   "{\"scope\":\"https://mail.example/\"}", "https://mail.example/" },
  { "many",    "{\"scope\":\"a b c d e f g h i j\"}", "a,b,c,d,e,f,g,h" },
  { "none",    "{\"status\":\"401\"}", NULL },
  { "empty",   "{\"status\":\"401\",\"scope\":\"\"}", NULL },
  { "spaces",  "{\"scope\":\"  \"}", NULL },
  { "list",    "{\"scope\":[\"imap\"]}", NULL },
  { "number",  "{\"scope\":5}", NULL },
  { "twice",   "{\"scope\":\"a\",\"scope\":\"b\"}", NULL },
  { "escaped", "{\"scope\":\"a\\u0062\"}", NULL },
  { "cut",     "{\"scope\":\"a\"", NULL },
  { "not-json", "scope=a", NULL },
};

static void
test_scope (gconstpointer data)
{
  const ScopeCase *c = data;
  g_autofree char *exact = g_memdup2 (c->json, strlen (c->json));
  g_auto(GStrv) scopes = tl_oauth_error_dup_scopes (exact, strlen (c->json));
  g_autofree char *joined = scopes == NULL ? NULL : g_strjoinv (",", scopes);

  g_assert_cmpstr (joined, ==, c->scopes);
}

static void
test_nul (void)
{
  static const char json[] = "{\"status\":\"400\"}\0";
  static const char word[] = "{\"a\":1\0,\"status\":\"400\"}";
  g_autofree char *behind = tl_oauth_error_dup_status (json, sizeof json);
  g_autofree char *within = tl_oauth_error_dup_status (word, sizeof word - 1);

  g_assert_null (behind);
  g_assert_null (within);
}

static void
test_bound (void)
{
  g_autofree char *filling = g_strnfill (TL_OAUTH_ERROR_MAX_BYTES - strlen ("{\"status\":\"400\"}"), ' ');
  g_autofree char *fits = g_strconcat ("{\"status\":\"400\"}", filling, NULL);
  g_autofree char *too_long = g_strconcat (fits, " ", NULL);
  g_autofree char *status = tl_oauth_error_dup_status (fits, strlen (fits));
  g_autofree char *none = tl_oauth_error_dup_status (too_long, strlen (too_long));

  g_assert_cmpstr (status, ==, "400");
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (status_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-error/O12/", status_cases[i].name, NULL);

      g_test_add_data_func (path, &status_cases[i], test_status);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scope_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-error/O12/scope/", scope_cases[i].name, NULL);

      g_test_add_data_func (path, &scope_cases[i], test_scope);
    }
  g_test_add_func ("/oauth-error/nul", test_nul);
  g_test_add_func ("/oauth-error/bound", test_bound);

  return g_test_run ();
}
