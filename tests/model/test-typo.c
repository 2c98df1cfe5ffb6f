/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-typo.h"

#include "tl-provider-details.h"

/* D01: a domain that does not exist is compared with those that people mean,
 * on this computer alone. */

typedef struct
{
  const char *name;
  const char *domain;
  const char *meant;   /* NULL: no suggestion */
} TypoCase;

static const TypoCase cases[] = {
  { "swapped",             "gmial.com",        "gmail.com" },
  { "any-case",            "GMial.Com",        "gmail.com" },
  { "final-dot",           "gmial.com.",       "gmail.com" },
  { "missing",             "gmal.com",         "gmail.com" },
  { "too-many",            "gmaill.com",       "gmail.com" },
  { "other-letter",        "gnail.com",        "gmail.com" },
  { "swapped-at-start",    "mgail.com",        "gmail.com" },
  { "end-short",           "gmail.co",         "gmail.com" },
  { "end-other",           "gmail.con",        "gmail.com" },
  { "end-swapped",         "gmail.cmo",        "gmail.com" },
  { "end-long",            "gmail.comm",       "gmail.com" },
  { "dot-moved",           "gmailc.om",        "gmail.com" },
  { "hotmail",             "hotmial.com",      "hotmail.com" },
  { "outlook",             "outlok.com",       "outlook.com" },
  { "yahoo",               "yaho.com",         "yahoo.com" },
  { "two-slips-long",      "goglemial.com",    "googlemail.com" },
  { "short-swapped",       "gxm.de",           "gmx.de" },
  { "short-end",           "gmx.ent",          "gmx.net" },
  { "two-slips-short",     "gmia.com",         NULL },
  { "two-slips-in-end",    "googlemail.cpn",   NULL },
  { "first-letter",        "hmail.com",        NULL },

  /* Real domains near others */
  { "real-gmail",          "gmail.com",        NULL },
  { "real-mail",           "mail.com",         NULL },
  { "real-ymail",          "ymail.com",        NULL },
  { "real-gmx-de",         "gmx.de",           NULL },
  { "real-gmx-net",        "gmx.net",          NULL },
  { "real-googlemail",     "googlemail.com",   NULL },
  { "real-abroad",         "live.nl",          NULL },
  { "unknown-abroad",      "gmx.xx",           NULL },
  { "unknown-abroad-2",    "yahoo.co.xx",      NULL },
  { "short-neighbour",     "line.com",         NULL },
  { "short-neighbour-2",   "web.se",           NULL },
  { "short-neighbour-3",   "mee.com",          NULL },
  { "far",                 "example.org",      NULL },
  { "below",               "mail.gmail.com",   NULL },
  { "no-dot",              "gmailcom",         "gmail.com" },
  { "empty",               "",                 NULL },
  { "dot",                 ".",                NULL },
  { "long", "gmailgmailgmailgmailgmailgmailgmailgmailgmailgmailgmailgmailgmailgmail.com", NULL },
};

static void
test_suggest (gconstpointer data)
{
  const TypoCase *c = data;
  g_autofree char *meant = tl_typo_suggest (c->domain);

  g_assert_cmpstr (meant, ==, c->meant);
}

/* No domain in which people have addresses is called mistyped, whatever else is near it. */
static void
test_known (void)
{
  GPtrArray *all = tl_providers_get_all ();
  guint n = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const char * const *domains = tl_provider_get_domains (g_ptr_array_index (all, i));

      for (guint j = 0; domains[j] != NULL; j++, n++)
        {
          g_test_message ("%s", domains[j]);
          g_assert_null (tl_typo_suggest (domains[j]));
        }
    }

  g_assert_cmpuint (n, >, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/typo/D01/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_suggest);
    }

  g_test_add_func ("/typo/known", test_known);

  return g_test_run ();
}
