/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gsource.h"

static gboolean
on_due (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
test_attached (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  GSource *source = g_idle_source_new ();
  gboolean came = FALSE;

  g_source_set_callback (source, on_due, &came, NULL);
  g_source_attach (source, context);

  tl_gsource_clear (&source);
  g_assert_null (source);
  g_assert_false (g_main_context_iteration (context, FALSE));
  g_assert_false (came);
}

static void
test_unattached (void)
{
  GSource *source = g_idle_source_new ();
  g_autoptr(GSource) held = g_source_ref (source);

  tl_gsource_clear (&source);
  g_assert_null (source);
  g_assert_true (g_source_is_destroyed (held));
}

static void
test_nothing (void)
{
  GSource *source = NULL;

  tl_gsource_clear (&source);
  g_assert_null (source);
}

static gboolean
on_clear_yourself (gpointer data)
{
  tl_gsource_clear (data);

  return G_SOURCE_CONTINUE;
}

static void
test_from_within (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  GSource *source = g_idle_source_new ();

  g_source_set_callback (source, on_clear_yourself, &source, NULL);
  g_source_attach (source, context);

  g_assert_true (g_main_context_iteration (context, FALSE));
  g_assert_null (source);
  g_assert_false (g_main_context_iteration (context, FALSE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gsource/attached", test_attached);
  g_test_add_func ("/gsource/unattached", test_unattached);
  g_test_add_func ("/gsource/nothing", test_nothing);
  g_test_add_func ("/gsource/from-within", test_from_within);

  return g_test_run ();
}
