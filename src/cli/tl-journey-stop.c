/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What somebody is told who stops half-way: how to go on. */
#include "tl-journey.h"

#include <glib/gi18n-lib.h>

#include "tl-cli.h"
#include "tl-journey-private.h"
#include "tl-terminal.h"

static gboolean
waits_for_client (TlJourney *self)
{
  gboolean needed = FALSE;

  g_object_get (self->setup, "request-needed", &needed, NULL);

  return needed;
}

/**
 * tl_journey_stop:
 * @self: a journey that ends before its end
 * @verb: which one it is
 *
 * Says that nothing was lost, and the command that goes on.
 *
 * Returns: the exit status
 */
TlExitStatus
tl_journey_stop (TlJourney  *self,
                 const char *verb)
{
  g_autofree char *command = NULL;

  if (self->practice || tl_setup_get_address (self->setup) == NULL)
    {
      tl_terminal_complain (_("stopped; nothing is lost. To begin again:  twolanectl %s%s"), verb,
                            self->practice ? " --practice" : "");
      return TL_EXIT_INTERRUPTED;
    }

  command = tl_journey_dup_command (self, verb, waits_for_client (self));
  if (waits_for_client (self))
    /* Translators: %s is a command, in which … stands for the client id */
    tl_terminal_complain (_("stopped; nothing is lost. To go on when you have got a client "
                            "id:  %s"), command);
  else
    /* Translators: %s is a command */
    tl_terminal_complain (_("stopped; nothing is lost. To go on:  %s"), command);

  return TL_EXIT_INTERRUPTED;
}

/**
 * tl_journey_fail:
 * @self: a journey
 * @verb: which one it is
 * @error: what went wrong outside the lanes
 *
 * Says it; to whoever stopped, how to go on.
 *
 * Returns: the exit status
 */
int
tl_journey_fail (TlJourney    *self,
                 const char   *verb,
                 const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return (int) tl_journey_stop (self, verb);

  return tl_cli_fail (error);
}
