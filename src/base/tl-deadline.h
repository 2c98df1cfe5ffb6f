/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlDeadline:
 * @at_us: a moment on the monotonic clock, microseconds
 *
 * The moment by which something has to be done. It is a moment and not a
 * duration, passed by value through every call that waits, so that slow drips
 * cannot add up. A jump of the wall clock changes nothing.
 */
typedef struct
{
  gint64 at_us;
} TlDeadline;

TlDeadline tl_deadline_in_ms         (guint       ms);
TlDeadline tl_deadline_earlier       (TlDeadline  a,
                                      TlDeadline  b);
gint64     tl_deadline_get_left_us   (TlDeadline  self);
guint      tl_deadline_get_left_ms   (TlDeadline  self);
gboolean   tl_deadline_is_past       (TlDeadline  self);

G_END_DECLS
