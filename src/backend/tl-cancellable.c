/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cancellable.h"

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

/**
 * tl_cancellable_chain:
 * @outer: (nullable): the gesture's
 * @inner: ours, which something else than the gesture may cancel too
 *
 * Makes cancelling @outer cancel @inner.
 */
void
tl_cancellable_chain (GCancellable *outer,
                      GCancellable *inner)
{
  if (outer == NULL)
    return;

  if (g_cancellable_is_cancelled (outer))
    g_cancellable_cancel (inner);
  else
    /* Not g_cancellable_connect(): it would call back while holding its lock. */
    g_signal_connect_object (outer, "cancelled", G_CALLBACK (on_outer_cancelled), inner, 0);
}

/**
 * tl_cancellable_stop:
 * @cancellable: (inout) (nullable): of what is under way, if anything is
 *
 * Stops it, and lets go of it.
 */
void
tl_cancellable_stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}
