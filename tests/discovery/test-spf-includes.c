/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-includes.h"

static const struct
{
  const char *name;
  const char *text;
  const char *includes; /* NULL: no SPF record */
  const char *redirect;
} cases[] = {
  { "one",           "v=spf1 include:a.test -all", "a.test" },
  { "order",         "v=spf1 mx include:b.test ip4:192.0.2.0/24 include:a.test ~all",
    "b.test a.test" },
  { "none",          "v=spf1 mx -all", "" },
  { "empty",         "v=spf1", "" },
  { "qualifiers",    "v=spf1 +include:a.test ?include:b.test ~include:c.test -include:d.test",
    "a.test b.test c.test d.test" },
  { "case",          "V=SPF1 INCLUDE:A.Test", "a.test" },
  { "final-dot",     "v=spf1 include:a.test.", "a.test" },
  { "spaces",        "v=spf1   include:a.test   -all  ", "a.test" },
  { "redirect",      "v=spf1 redirect=a.test", "", "a.test" },
  { "first-redirect", "v=spf1 redirect=a.test redirect=b.test", "", "a.test" },
  { "both",          "v=spf1 include:a.test redirect=B.test.", "a.test", "b.test" },
  { "macro",         "v=spf1 include:%{i}._spf.a.test redirect=%{d}.a.test", "" },
  { "underscore",    "v=spf1 include:_spf.a.test -all", "_spf.a.test" },
  { "no-zone-holds", "v=spf1 include:a.test/../<b> include:localhost include:a..b include:.a.test "
                     "include:a\\\\x1b.test redirect=corp.lan/../<b>&amp;", "" },
  { "no-name",       "v=spf1 include: redirect= include", "" },
  { "other-version", "v=spf10 include:a.test", NULL },
  { "sender-id",     "spf2.0/pra include:a.test", NULL },
  { "other",         "include:a.test", NULL },
  { "nothing",       "", NULL },
};

static void
test_includes (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *redirect = NULL;
  g_auto(GStrv) includes = tl_spf_dup_includes (cases[i].text, &redirect);
  g_autofree char *joined = includes != NULL ? g_strjoinv (" ", includes) : NULL;

  g_assert_cmpstr (joined, ==, cases[i].includes);
  g_assert_cmpstr (redirect, ==, cases[i].redirect);
}

static void
test_many (void)
{
  g_autoptr(GString) text = g_string_new ("v=spf1");
  g_autofree char *redirect = NULL;
  g_auto(GStrv) includes = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, " include:n%u.test", i);

  includes = tl_spf_dup_includes (text->str, &redirect);
  g_assert_cmpuint (g_strv_length (includes), ==, TL_SPF_MAX_INCLUDES);
  g_assert_cmpstr (includes[TL_SPF_MAX_INCLUDES - 1], ==, "n19.test");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/spf-includes/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_includes);
    }
  g_test_add_func ("/spf-includes/many", test_many);

  return g_test_run ();
}
