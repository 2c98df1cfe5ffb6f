/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop-search.h"

G_BEGIN_DECLS

/**
 * TlLoopWatch:
 * @search: what it looks with
 * @place: (nullable): the folder the message came to, of the session's list
 * @role: (nullable): the role of that folder
 * @header: (nullable): the header of what came, owned
 * @copy_place: (nullable): a folder where somebody filed a copy, of the session's list
 * @pause_ms: how long the next pause is
 *
 * Waiting for a message to come. On the stack of whoever waits; its strings are
 * borrowed.
 */
typedef struct
{
  TlLoopSearch *search;
  const char   *place;
  const char   *role;
  GBytes       *header;
  const char   *copy_place;
  guint         n_quick_looks;
  guint         pause_ms;
} TlLoopWatch;

void     tl_loop_watch_clear            (TlLoopWatch   *self);

gboolean tl_loop_watch_wait_sync        (TlLoopWatch   *self,
                                         guint          patience_ms,
                                         GCancellable  *cancellable,
                                         TlFault      **out_fault,
                                         GError       **error);
gboolean tl_loop_watch_look_around_sync (TlLoopWatch   *self,
                                         GCancellable  *cancellable,
                                         TlFault      **out_fault,
                                         GError       **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlLoopWatch, tl_loop_watch_clear)

G_END_DECLS
