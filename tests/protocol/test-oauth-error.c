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
  { "no-members", "{}", NULL },
  { "nothing",    "", NULL },
  { "nested",     "{\"status\":\"400\",\"more\":{\"a\":\"b\"}}", NULL },
  { "array",      "[\"status\",\"400\"]", NULL },
  { "cut",        "{\"status\":\"400\"", NULL },
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
  g_test_add_func ("/oauth-error/nul", test_nul);
  g_test_add_func ("/oauth-error/bound", test_bound);

  return g_test_run ();
}
