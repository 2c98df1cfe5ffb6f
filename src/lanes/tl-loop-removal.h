/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-loop-report.h"
#include "tl-loop-search.h"

G_BEGIN_DECLS

/**
 * TlLoopRemoval:
 * @place: (nullable): the folder the message came to
 * @copy_place: (nullable): a folder without a role where somebody filed a copy
 * @is_lost: whether the session is of no further use
 * @filing: (out): whether the provider files copies
 * @sent_place: (out) (nullable): where the copy lay
 * @left_place: (out) (nullable): a folder where one may still lie
 * @n_copies: (out): how many were delivered
 * @is_removed: (out): whether it was seen, and nothing of it is left
 *
 * The end of a test message. On the stack of whoever removes it; its strings are
 * borrowed from the session.
 */
typedef struct
{
  const char   *place;
  const char   *copy_place;
  gboolean      is_lost;
  TlLoopFiling  filing;
  const char   *sent_place;
  const char   *left_place;
  guint         n_copies;
  gboolean      is_removed;
} TlLoopRemoval;

gboolean tl_loop_removal_run_sync (TlLoopRemoval  *self,
                                   TlLoopSearch   *search,
                                   GCancellable   *cancellable,
                                   GError        **error);

G_END_DECLS
