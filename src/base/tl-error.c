/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-error.h"

G_DEFINE_QUARK (tl-error-quark, tl_error)

/* One row for each GIO error that a caller of ours would treat differently.
 * Anything else stays as it came. */
static const struct
{
  int     io_code;
  TlError code;
} io_codes[] = {
  { G_IO_ERROR_TIMED_OUT,           TL_ERROR_TIMED_OUT },
  { G_IO_ERROR_CONNECTION_REFUSED,  TL_ERROR_UNREACHABLE },
  { G_IO_ERROR_HOST_UNREACHABLE,    TL_ERROR_UNREACHABLE },
  { G_IO_ERROR_NETWORK_UNREACHABLE, TL_ERROR_UNREACHABLE },
  { G_IO_ERROR_CONNECTION_CLOSED,   TL_ERROR_PROTOCOL },
  { G_IO_ERROR_NOT_FOUND,           TL_ERROR_NOT_FOUND },
};

/**
 * tl_error_take_io:
 * @error: return location for a #GError
 * @cause: (transfer full): the error that GIO gave
 * @doing: what was being done, as a clause: `reading the greeting`
 *
 * Moves @cause into @error, restating the codes we know in our own domain.
 * Cancelling passes through untouched, whatever @doing says.
 */
void
tl_error_take_io (GError     **error,
                  GError      *cause,
                  const char  *doing)
{
  g_return_if_fail (cause != NULL);

  for (gsize i = 0; cause->domain == G_IO_ERROR && i < G_N_ELEMENTS (io_codes); i++)
    {
      if (cause->code == io_codes[i].io_code)
        {
          cause->domain = TL_ERROR;
          cause->code = (int) io_codes[i].code;
          break;
        }
    }

  if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (&cause, "%s: ", doing);

  g_propagate_error (error, cause);
}
