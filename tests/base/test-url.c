/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-url.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *host; /* NULL: refused */
  gboolean    is_elsewhere; /* on another port than https's */
} UrlCase;

static const UrlCase url_cases[] = {
  { "plain", "https://example.org/a?b#c", "example.org" },
  { "no-path", "https://example.org", "example.org" },
  { "scheme-shouted", "HTTPS://example.org/", "example.org" },
  { "port-usual", "https://example.org:443/", "example.org" },
  { "port-other", "https://example.org:8443/", "example.org", TRUE },
  { "host-foreign", "https://b\303\274cher.example/", "xn--bcher-kva.example" },
  { "host-look-alike", "https://ex\320\260mple.org/", "xn--exmple-4nf.org" },
  { "dot-at-end", "https://Example.ORG./", "example.org" },
  { "address", "https://192.0.2.1/", NULL },
  { "address-6", "https://[2001:db8::1]/", NULL },
  { "address-scoped", "https://[fe80::1%25bank.example]/", NULL },
  { "address-short", "https://127.1/", NULL },
  { "address-number", "https://2130706433/", NULL },
  { "address-hex", "https://0x7f.0x1/", NULL },
  { "one-label", "https://router/", NULL },
  { "slash-spelt", "https://bank.example%2F.evil.test/", NULL },
  { "hash-spelt", "https://bank.example%23.evil.test/", NULL },
  { "query-spelt", "https://bank.example%3f.evil.test/", NULL },
  { "blanks-spelt", "https://bank.example%20%20.evil.test/", NULL },
  { "controls-spelt", "https://a%1b%5b31m%0aIncoming.evil.test/", NULL },
  { "slash-wide", "https://bank.example\357\274\217.evil.test/", NULL },
  { "null", NULL, NULL },
  { "empty", "", NULL },
  { "http", "http://example.org/", NULL },
  { "no-scheme", "//example.org/", NULL },
  { "no-host", "https:///a", NULL },
  { "user", "https://bank.example@evil.example/", NULL },
  { "user-empty", "https://@evil.example/", NULL },
  { "password", "https://a:b@example.org/", NULL },
  { "blank", "https://example.org/a b", NULL },
  { "backslash", "https://bank.example\\@evil.example/", NULL },
  { "quote", "https://example.org/\"", NULL },
  { "line-end", "https://example.org/\r\n", NULL },
  { "turned", "https://example.org/\342\200\256", NULL },
  { "not-utf-8", "https://example.org/\377", NULL },
};

static void
test_url (gconstpointer data)
{
  const UrlCase *c = data;
  g_autoptr(GUri) url = tl_url_parse_https (c->text);
  g_autofree char *host = tl_url_dup_host (c->text);

  g_assert_cmpstr (host, ==, c->host);
  g_assert_cmpint (url != NULL, ==, c->host != NULL);
  if (url != NULL)
    g_assert_cmpint (tl_url_has_usual_port (url), ==, !c->is_elsewhere);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (url_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/url/", url_cases[i].name, NULL);

      g_test_add_data_func (path, &url_cases[i], test_url);
    }

  return g_test_run ();
}
