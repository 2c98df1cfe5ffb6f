/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-deadline.h"

/**
 * tl_deadline_in_ms:
 * @ms: milliseconds from now
 *
 * Returns: the moment @ms from now
 */
TlDeadline
tl_deadline_in_ms (guint ms)
{
  return (TlDeadline) { g_get_monotonic_time () + (gint64) ms * 1000 };
}

TlDeadline
tl_deadline_earlier (TlDeadline a,
                     TlDeadline b)
{
  return a.at_us < b.at_us ? a : b;
}

/**
 * tl_deadline_get_left_us:
 * @self: a deadline
 *
 * Returns: microseconds left, 0 when the moment has passed
 */
gint64
tl_deadline_get_left_us (TlDeadline self)
{
  return MAX (0, self.at_us - g_get_monotonic_time ());
}

/**
 * tl_deadline_get_left_ms:
 * @self: a deadline
 *
 * Returns: milliseconds left, rounded up, so that it is 0 only when the moment has passed
 */
guint
tl_deadline_get_left_ms (TlDeadline self)
{
  return (guint) MIN ((tl_deadline_get_left_us (self) + 999) / 1000, (gint64) G_MAXINT);
}

gboolean
tl_deadline_is_past (TlDeadline self)
{
  return tl_deadline_get_left_us (self) == 0;
}
