/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-steps.h"
#include "tl-loop-message.h"

G_BEGIN_DECLS

/**
 * TlLoopSearch:
 * @lane: the incoming lane, signed in; borrowed
 * @message: what is looked for; borrowed
 * @strangers: (element-type utf8): messages that were looked at and are others', owned
 * @folder: (nullable): the folder that is open, owned
 * @until: no command of this phase is begun after it
 * @deadline: by which each of them has its answer
 * @is_cut: whether the last look ended before all was looked at
 *
 * Looking for the test message in the folders of a mailbox, in phases that end.
 * Used on the lane's thread.
 */
typedef struct
{
  TlLaneWork          *lane;
  const TlLoopMessage *message;
  GHashTable          *strangers;
  char                *folder;
  TlDeadline           until;
  TlDeadline           deadline;
  gboolean             is_cut;
} TlLoopSearch;

void        tl_loop_search_init          (TlLoopSearch         *self,
                                          TlLaneWork           *lane,
                                          const TlLoopMessage  *message);
void        tl_loop_search_clear         (TlLoopSearch         *self);

void        tl_loop_search_begin         (TlLoopSearch         *self,
                                          guint                 ms);
gboolean    tl_loop_search_is_over       (const TlLoopSearch   *self);
TlDeadline  tl_loop_search_get_deadline  (const TlLoopSearch   *self,
                                          guint                 patience_ms);
const char *tl_loop_search_get_inbox     (const TlLoopSearch   *self);
const char *tl_loop_search_find_role     (const TlLoopSearch   *self,
                                          const char           *role);

gboolean    tl_loop_search_open_sync     (TlLoopSearch         *self,
                                          const char           *folder,
                                          gboolean              for_changes,
                                          GCancellable         *cancellable,
                                          TlFault             **out_fault,
                                          GError              **error);
gboolean    tl_loop_search_look_sync     (TlLoopSearch         *self,
                                          GArray              **out_uids,
                                          GBytes              **out_header,
                                          GCancellable         *cancellable,
                                          TlFault             **out_fault,
                                          GError              **error);
gboolean    tl_loop_search_remove_sync   (TlLoopSearch         *self,
                                          const char           *folder,
                                          guint                *out_n_seen,
                                          guint                *out_n_gone,
                                          GCancellable         *cancellable,
                                          TlFault             **out_fault,
                                          GError              **error);
gboolean    tl_loop_search_is_no         (const TlFault        *fault);

G_END_DECLS
