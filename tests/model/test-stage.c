/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-stage.h"

typedef struct
{
  const char *name;
  TlSecurity  security;
  const char *stages;
} ListCase;

static const ListCase list_cases[] = {
  { "tls", TL_SECURITY_TLS, "resolve connect tls greet caps auth use" },
  { "starttls", TL_SECURITY_STARTTLS, "resolve connect greet upgrade tls caps auth use" },
  { "none", TL_SECURITY_NONE, "resolve connect tls greet caps auth use" },
};

static void
test_list (gconstpointer data)
{
  const ListCase *c = data;
  g_autoptr(GString) nicks = g_string_new (NULL);
  const TlStage *stages;
  gsize n;

  stages = tl_stage_list_lane (c->security, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (nicks, "%s%s", i > 0 ? " " : "", tl_stage_get_nick (stages[i]));

  g_assert_cmpstr (nicks->str, ==, c->stages);
}

static void
test_verdict_order (void)
{
  g_assert_cmpint (TL_VERDICT_NOT_TESTED, <, TL_VERDICT_OK);
  g_assert_cmpint (TL_VERDICT_OK, <, TL_VERDICT_WARNING);
  g_assert_cmpint (TL_VERDICT_WARNING, <, TL_VERDICT_ERROR);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (list_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/stage/list/", list_cases[i].name, NULL);

      g_test_add_data_func (path, &list_cases[i], test_list);
    }

  g_test_add_func ("/stage/verdict-order", test_verdict_order);

  return g_test_run ();
}
