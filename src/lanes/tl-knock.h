/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-greeting.h"
#include "tl-lane-work.h"

G_BEGIN_DECLS

/* The most doors that are knocked on at once: each is a thread and a connection. */
#define TL_KNOCK_MAX 16

/**
 * TlKnockState: what came of knocking
 * @TL_KNOCK_UNKNOWN: nobody knocked, or it failed on this side
 * @TL_KNOCK_SILENT: no answer
 * @TL_KNOCK_FILTERED: something on the way refuses it
 * @TL_KNOCK_REFUSED: nothing listens there, but packets get there and back
 * @TL_KNOCK_OPEN: a connection stood
 */
typedef enum
{
  TL_KNOCK_UNKNOWN,
  TL_KNOCK_SILENT,
  TL_KNOCK_FILTERED,
  TL_KNOCK_REFUSED,
  TL_KNOCK_OPEN,
} TlKnockState;

/**
 * TlKnock:
 * @port: a port of the lane's host; 0, and nobody knocks
 * @security: %TL_SECURITY_TLS does a handshake, %TL_SECURITY_STARTTLS waits for a greeting,
 *   %TL_SECURITY_NONE only connects
 * @wanted: who is expected there; POP3 has to greet behind TLS as well, as there is nothing else
 *   to tell it by
 * @state: what came of it
 * @speaks: whether it is who was expected
 *
 * One look at another port of the host. Nothing but a TLS handshake is ever
 * said there.
 */
typedef struct
{
  guint16         port;
  TlSecurity      security;
  TlGreetingKind  wanted;

  TlKnockState    state;
  gboolean        speaks;
} TlKnock;

void           tl_knock_all_sync  (TlLaneWork     *work,
                                   TlKnock        *knocks,
                                   gsize           n_knocks,
                                   TlDeadline      deadline,
                                   GCancellable   *cancellable);
const TlKnock *tl_knock_find      (const TlKnock  *knocks,
                                   gsize           n_knocks,
                                   guint16         port);

G_END_DECLS
