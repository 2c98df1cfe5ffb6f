/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-markup.h"

typedef struct
{
  const char *name;
  const char *value;
  const char *page;
} MarkupCase;

static const MarkupCase markup_cases[] = {
  { "plain",    "Ada",                      "<p><b title=\"Ada\">Ada</b> 7" },
  { "markup",   "<i>&",                     "<p><b title=\"&lt;i&gt;&amp;\">&lt;i&gt;&amp;</b> 7" },
  { "quotes",   "\"'",                      "<p><b title=\"&quot;&apos;\">&quot;&apos;</b> 7" },
  { "format",   "%s%n",                     "<p><b title=\"%s%n\">%s%n</b> 7" },
  { "control",  "a\x01" "b",                "<p><b title=\"a&#x1;b\">a&#x1;b</b> 7" },
  { "empty",    "",                         "<p><b title=\"\"></b> 7" },
};

/* The literal stays, what goes into it is escaped, in an attribute too. */
static void
test_add (gconstpointer data)
{
  const MarkupCase *c = data;
  g_autoptr(GString) out = g_string_new ("<p>");

  tl_markup_add (out, "<b title=\"%s\">%s</b> %d", c->value, c->value, 7);
  g_assert_cmpstr (out->str, ==, c->page);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (markup_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/markup/", markup_cases[i].name, NULL);

      g_test_add_data_func (path, &markup_cases[i], test_add);
    }

  return g_test_run ();
}
