/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The message to oneself: sending it, and what there is to tell about it. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-journey-private.h"
#include "tl-loop-details.h"
#include "tl-terminal.h"

static void
on_loop_stage (TlSetup *setup)
{
  TlLoopStage stage = TL_LOOP_STAGE_OPENING;

  g_object_get (setup, "loop-stage", &stage, NULL);
  tl_terminal_print ("… %s", tl_loop_stage_get_label (stage));
}

/**
 * tl_journey_loop:
 * @self: a journey whose lanes both work
 * @error: return location for a #GError
 *
 * Sends a message to oneself and waits for it, telling what happens as it happens unless JSON was
 * asked for.
 *
 * Returns: (transfer full): how it fared, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlLoopReport *
tl_journey_loop (TlJourney  *self,
                 GError    **error)
{
  g_auto(TlJourneyWait) wait = { NULL, NULL };
  gulong handler_id = 0;
  TlLoopReport *report;

  if (!self->json || self->is_dialogue)
    handler_id = g_signal_connect (self->setup, "notify::loop-stage", G_CALLBACK (on_loop_stage),
                                   NULL);
  WAIT_FOR (wait, tl_setup_loop_async (self->setup, wait.cancellable, tl_journey_wait_ready,
                                       &wait));
  report = tl_setup_loop_finish (self->setup, wait.result, error);
  if (handler_id != 0)
    g_signal_handler_disconnect (self->setup, handler_id);
  if (report != NULL && !tl_journey_wait_until_kept (self, error))
    g_clear_pointer (&report, tl_loop_report_unref);

  return report;
}

/**
 * tl_journey_print_loop:
 * @self: a journey
 * @report: how the message to oneself fared
 *
 * Prints what happened to it, and what was found.
 */
void
tl_journey_print_loop (TlJourney    *self,
                       TlLoopReport *report)
{
  const TlLoopReportParts *parts = tl_loop_report_get_parts (report);
  g_autoptr(GPtrArray) details = tl_loop_details_list (report);
  gboolean has_note = FALSE;

  tl_terminal_print ("\n%s", _("Message to yourself"));
  tl_journey_print_rows (details);

  for (guint i = 0; parts->findings != NULL && i < parts->findings->len; i++)
    {
      tl_terminal_print ("%s", "");
      tl_journey_print_finding (self, g_ptr_array_index (parts->findings, i));
      if (tl_journey_print_help (self, g_ptr_array_index (parts->findings, i)))
        has_note = TRUE;
    }

  if (has_note && self->can_note)
    tl_journey_hint_at_note ();

  tl_terminal_print ("%s", "");
  /* Translators: %s is a verdict, such as “works” */
  tl_terminal_print (_("Message to yourself: %s"),
                     tl_verdict_get_label (tl_loop_report_get_verdict (report)));
}
