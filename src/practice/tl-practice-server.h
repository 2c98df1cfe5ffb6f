/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-practice-inbox.h"
#include "tl-practice-link.h"
#include "tl-practice.h"

G_BEGIN_DECLS

#define TL_PRACTICE_MAX_LINKS 16

/**
 * TlPracticeServeFunc:
 *
 * Talks to one client until either has had enough. Runs on a thread of its own.
 */
typedef void (*TlPracticeServeFunc) (TlPracticeLink     *link,
                                     TlPracticeScenario  scenario,
                                     TlPracticeInbox    *inbox);

void tl_practice_imap_serve (TlPracticeLink     *link,
                             TlPracticeScenario  scenario,
                             TlPracticeInbox    *inbox);
void tl_practice_smtp_serve (TlPracticeLink     *link,
                             TlPracticeScenario  scenario,
                             TlPracticeInbox    *inbox);

/**
 * TlPracticeServer:
 *
 * A server on 127.0.0.1 and an ephemeral port: one thread that accepts, one for
 * each client, at most `TL_PRACTICE_MAX_LINKS` of them; more are hung up on.
 */
typedef struct _TlPracticeServer TlPracticeServer;

TlPracticeServer *tl_practice_server_start        (TlPracticeServeFunc   serve,
                                                   TlPracticeScenario    scenario,
                                                   TlPracticeInbox      *inbox,
                                                   SSL_CTX              *context,
                                                   GError              **error)
                                                   G_GNUC_WARN_UNUSED_RESULT;
TlPracticeServer *tl_practice_server_start_silent (GError              **error)
                                                   G_GNUC_WARN_UNUSED_RESULT;
void              tl_practice_server_stop         (TlPracticeServer     *self);
guint16           tl_practice_server_get_port     (TlPracticeServer     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeServer, tl_practice_server_stop)

G_END_DECLS
