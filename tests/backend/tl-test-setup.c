/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-setup.h"

void
tl_test_wait_ready (GObject      *object,
                    GAsyncResult *result,
                    gpointer      wait)
{
  ((TlTestWait *) wait)->result = g_object_ref (result);
}

void
tl_test_wait_for (TlTestWait *wait)
{
  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_time_passed (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/**
 * tl_test_pass_ms:
 * @ms: how long
 *
 * Runs the main context for a while: for what must not happen.
 */
void
tl_test_pass_ms (guint ms)
{
  gboolean passed = FALSE;

  g_timeout_add (ms, on_time_passed, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

TlSetup *
tl_test_setup_practise (TlPracticeScenario scenario)
{
  TlSetup *setup = tl_setup_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_setup_practise (setup, scenario, &error));
  g_assert_no_error (error);

  return setup;
}

gboolean
tl_test_setup_get (TlSetup    *setup,
                   const char *property)
{
  gboolean value = FALSE;

  g_object_get (setup, property, &value, NULL);

  return value;
}

void
tl_test_setup_run (TlSetup    *setup,
                   TlLaneKind  lane)
{
  TlTestWait wait = { NULL };
  g_autoptr(GError) error = NULL;

  tl_setup_test_async (setup, lane, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_test_finish (setup, wait.result, &error));
  g_assert_no_error (error);
  g_object_unref (wait.result);
}

/**
 * tl_test_setup_get_primary:
 * @setup: a set-up
 * @lane: a lane that was tested
 *
 * Returns: (nullable): the id of the finding that decided, or %NULL for a green lane
 */
const char *
tl_test_setup_get_primary (TlSetup    *setup,
                           TlLaneKind  lane)
{
  TlLaneReport *report = tl_lane_run_get_report (tl_setup_get_run (setup, lane));
  TlFinding *primary = tl_lane_report_get_primary (report);

  return primary == NULL ? NULL : tl_finding_get_id (primary);
}

gboolean
tl_test_model_has (GListModel *findings,
                   const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++)
    {
      g_autoptr(TlFinding) finding = g_list_model_get_item (findings, i);

      if (g_str_equal (tl_finding_get_id (finding), id))
        return TRUE;
    }

  return FALSE;
}
