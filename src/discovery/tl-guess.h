/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-endpoint.h"
#include "tl-lane-kind.h"

G_BEGIN_DECLS

/* So many of a domain's own mail exchangers are guessed at. */
#define TL_GUESS_MAX_EXCHANGERS 2

/**
 * TlGuess:
 * @lane: incoming or outgoing
 * @endpoint: where a server of the lane could be; owned
 * @is_exchanger: the host takes in the domain's mail: it was written down by somebody
 * @is_last_resort: only worth trying when nothing else was there
 * @is_there: it was tried, and it is
 *
 * A server that nobody named. Belongs to whoever tries it, who alone sets @is_there.
 */
typedef struct
{
  TlLaneKind  lane;
  TlEndpoint *endpoint;
  gboolean    is_exchanger;
  gboolean    is_last_resort;
  gboolean    is_there;
} TlGuess;

GPtrArray *tl_guesses_new           (const char  *domain) G_GNUC_WARN_UNUSED_RESULT;
void       tl_guesses_add_exchangers (GPtrArray   *guesses,
                                      GPtrArray   *exchangers,
                                      const char  *domain);

G_END_DECLS
