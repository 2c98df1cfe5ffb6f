/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-stage-row.h"

static void
test_life (void)
{
  g_autoptr(TlStageRow) row = tl_stage_row_new (TL_STAGE_CONNECT);
  g_autoptr(TlStep) step = tl_step_new (TL_STAGE_CONNECT, TL_STATUS_OK, 12, 48);
  guint left_s = 0;

  g_assert_cmpint (tl_stage_row_get_status (row), ==, TL_STATUS_NOT_TESTED);

  tl_stage_row_start (row, 8500);
  g_object_get (row, "left-s", &left_s, NULL);
  g_assert_cmpint (tl_stage_row_get_status (row), ==, TL_STATUS_RUNNING);
  g_assert_cmpuint (left_s, ==, 9);

  tl_stage_row_finish (row, step);
  g_object_get (row, "left-s", &left_s, NULL);
  g_assert_cmpint (tl_stage_row_get_status (row), ==, TL_STATUS_OK);
  g_assert_cmpuint (tl_stage_row_get_ms (row), ==, 48);
  g_assert_cmpuint (left_s, ==, 0);

  tl_stage_row_rest (row);
  g_assert_cmpint (tl_stage_row_get_status (row), ==, TL_STATUS_NOT_TESTED);
  g_assert_cmpuint (tl_stage_row_get_ms (row), ==, 0);
}

static gboolean
on_enough (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_countdown (void)
{
  g_autoptr(TlStageRow) row = tl_stage_row_new (TL_STAGE_GREET);
  gboolean enough = FALSE;
  guint left_s = 0;

  tl_stage_row_start (row, 9000);
  g_timeout_add (2200, on_enough, &enough);
  while (!enough)
    g_main_context_iteration (NULL, TRUE);

  g_object_get (row, "left-s", &left_s, NULL);
  g_assert_cmpuint (left_s, >=, 6);
  g_assert_cmpuint (left_s, <=, 8);
}

/* A row that goes while it ticks must take its source along. */
static void
test_gone_while_running (void)
{
  TlStageRow *row = tl_stage_row_new (TL_STAGE_AUTH);
  gboolean enough = FALSE;

  tl_stage_row_start (row, 5000);
  g_assert_finalize_object (row);
  g_timeout_add (1200, on_enough, &enough);
  while (!enough)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/stage-row/life", test_life);
  g_test_add_func ("/stage-row/countdown", test_countdown);
  g_test_add_func ("/stage-row/gone-while-running", test_gone_while_running);

  return g_test_run ();
}
