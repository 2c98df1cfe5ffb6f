/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-site.h"

static const struct
{
  const char *name;
  const char *host;
  const char *registrable; /* NULL: none */
} hosts[] = {
  { "apex",              "example.org",                "example.org" },
  { "below",             "imap.mail.example.org",      "example.org" },
  { "two-label-suffix",  "mail.example.co.uk",         "example.co.uk" },
  { "private-suffix",    "mail.user.github.io",        "user.github.io" },
  { "any-case",          "IMAP.Example.ORG",           "example.org" },
  { "trailing-dot",      "imap.example.org.",          "example.org" },
  { "u-label",           "imap.bücher.example",        "xn--bcher-kva.example" },
  { "unlisted-suffix",   "a.b.test",                   "b.test" },
  { "suffix-itself",     "co.uk" },
  { "private-itself",    "github.io" },
  { "one-label",         "localhost" },
  { "top-level",         "org" },
  { "ipv4",              "192.0.2.1" },
  { "ipv6",              "2001:db8::1" },
  { "ipv6-brackets",     "[2001:db8::1]" },
  { "underscore",        "_imaps._tcp.example.org" },
  { "empty",             "" },
  { "empty-label",       "a..example.org" },
};

static void
test_registrable (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *registrable = tl_site_dup_registrable (hosts[i].host);

  g_assert_cmpstr (registrable, ==, hosts[i].registrable);
}

static const struct
{
  const char *name;
  const char *a;
  const char *b;
  gboolean    same;
} pairs[] = {
  { "equal",             "example.org",          "example.org",           TRUE  },
  { "siblings",          "autoconfig.a.test",    "www.a.test",            TRUE  },
  { "other-owner",       "mail.a.test",          "mail.b.test",           FALSE },
  { "suffix-only",       "a.co.uk",              "b.co.uk",               FALSE },
  { "suffix-twice",      "co.uk",                "co.uk",                 FALSE },
  { "address-twice",     "192.0.2.1",            "192.0.2.1",             FALSE },
  { "tail-lookalike",    "example.org",          "notexample.org",        FALSE },
  { "head-lookalike",    "example.org",          "example.org.evil.test", FALSE },
  { "private-suffix",    "a.github.io",          "b.github.io",           FALSE },
};

static void
test_same (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (tl_site_same (pairs[i].a, pairs[i].b), ==, pairs[i].same);
  g_assert_cmpint (tl_site_same (pairs[i].b, pairs[i].a), ==, pairs[i].same);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *path = g_strconcat ("/site/registrable/", hosts[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_registrable);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/site/same/", pairs[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_same);
    }

  return g_test_run ();
}
