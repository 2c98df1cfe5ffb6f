/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-auth-results.h"
#include "tl-loop-report.h"

G_BEGIN_DECLS

/**
 * TlLoopSeen:
 * @incoming_host: the server that is read from
 * @outgoing_host: the server that sends
 * @domain: the domain of the address
 * @answer: (nullable): what the outgoing server said when it took the message
 * @is_over: whether the message was waited for to the end
 * @waited_s: for so long
 * @folder: (nullable): where it was seen, cleaned; %NULL when it was not
 * @role: (nullable): the role of that folder
 * @results: (nullable): what the receiving side thought of it
 * @empty_sent_folder: (nullable): the folder for sent messages, where no copy of it lies
 * @left_folder: (nullable): where a copy of it may still lie
 *
 * What was seen of a message that the outgoing server took. Borrowed.
 */
typedef struct
{
  const char          *incoming_host;
  const char          *outgoing_host;
  const char          *domain;
  const char          *answer;
  gboolean             is_over;
  guint                waited_s;
  const char          *folder;
  const char          *role;
  const TlAuthResults *results;
  const char          *empty_sent_folder;
  const char          *left_folder;
} TlLoopSeen;

void tl_loop_verdict_add (GPtrArray         *findings,
                          const TlLoopSeen  *seen);

G_END_DECLS
