/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-app-password.h"

#include <string.h>

#include "tl-nick.h"

static const TlAppPasswordForm lower = { 16, TL_APP_PASSWORD_LOWER };
static const TlAppPasswordForm alnum = { 8, TL_APP_PASSWORD_ALNUM };

typedef struct
{
  const char              *name;
  const TlAppPasswordForm *form;
  const char              *typed;
  gboolean                 fits;
} FitCase;

static const FitCase fit_cases[] = {
  { "plain",           &lower, "abcdefghijklmnop",                 TRUE },
  { "groups",          &lower, "abcd efgh ijkl mnop",              TRUE },
  { "no-break-spaces", &lower, "abcd\302\240efgh\302\240ijkl\302\240mnop", TRUE },
  { "tabs",            &lower, "abcd\tefgh\tijkl\tmnop",           TRUE },
  { "around",          &lower, "  abcd efgh ijkl mnop\302\240",    TRUE },
  { "hyphens",         &lower, "abcd-efgh-ijkl-mnop",              TRUE },
  { "mixed",           &lower, "abcd - efgh ijkl-mnop",            TRUE },
  { "short",           &lower, "abcdefghijklmno",                  FALSE },
  { "long",            &lower, "abcdefghijklmnopq",                FALSE },
  { "upper",           &lower, "Abcdefghijklmnop",                 FALSE },
  { "digit",           &lower, "abcdefghijklmno1",                 FALSE },
  { "punctuation",     &lower, "abcdefghijklmno!",                 FALSE },
  { "a-password",      &lower, "correct horse",                    FALSE },
  { "umlaut",          &lower, "abcdefghijklmno\303\244",          FALSE },
  { "half-a-blank",    &lower, "abcdefghijklmnop\302",             FALSE },
  { "not-utf-8",       &lower, "abcdefghijklmnop\377",             FALSE },
  { "newline",         &lower, "abcdefghijklmnop\n",               FALSE },
  { "hyphen-first",    &lower, "-abcdefghijklmnop",                FALSE },
  { "hyphen-last",     &lower, "abcdefghijklmnop-",                FALSE },
  { "two-hyphens",     &lower, "abcd--efghijklmnop",               FALSE },
  { "empty",           &lower, "",                                 FALSE },
  { "blanks",          &lower, "                ",                 FALSE },
  { "alnum",           &alnum, "aB3d eF7h",                        TRUE },
  { "alnum-hyphen",    &alnum, "aB3d-eF7h",                        TRUE },
  { "alnum-other",     &alnum, "aB3d_eF7",                         FALSE },
  { "alnum-long",      &alnum, "aB3deF7hi",                        FALSE },
};

static void
test_fits (gconstpointer data)
{
  const FitCase *c = data;
  g_autoptr(TlSecret) secret = tl_secret_new (c->typed, strlen (c->typed));

  g_assert_cmpint (tl_app_password_fits (c->form, secret), ==, c->fits);
}

static void
test_nul (void)
{
  g_autoptr(TlSecret) secret = tl_secret_new ("abcdefghijklmnop\0", 17);

  g_assert_false (tl_app_password_fits (&lower, secret));
}

static void
test_words (void)
{
  g_assert_cmpstr (tl_nick_get (TL_TYPE_APP_PASSWORD_ALPHABET, TL_APP_PASSWORD_LOWER), ==, "lower");
  g_assert_cmpstr (tl_nick_get (TL_TYPE_APP_PASSWORD_ALPHABET, TL_APP_PASSWORD_ALNUM), ==, "alnum");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/app-password/fits/", fit_cases[i].name, NULL);

      g_test_add_data_func (path, &fit_cases[i], test_fits);
    }
  g_test_add_func ("/app-password/nul", test_nul);
  g_test_add_func ("/app-password/words", test_words);

  return g_test_run ();
}
