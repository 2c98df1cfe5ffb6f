/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/**
 * TlTestServer:
 *
 * Listens on an ephemeral port of 127.0.0.1 and runs a function for every
 * connection, on a thread of its own. Freeing it hangs up on everyone and
 * waits for the functions to return.
 */
typedef struct _TlTestServer TlTestServer;

/**
 * TlTestServe:
 * @fd: a connected, blocking socket; closed after the function has returned
 * @data: as given to tl_test_server_new()
 */
typedef void (*TlTestServe) (int      fd,
                             gpointer data);

TlTestServer *tl_test_server_new          (TlTestServe        serve,
                                           gpointer           data) G_GNUC_WARN_UNUSED_RESULT;
void          tl_test_server_free         (TlTestServer      *self);
guint16       tl_test_server_get_port     (const TlTestServer *self);
guint         tl_test_server_get_n_served (TlTestServer      *self);

void          tl_test_wait_for_hang_up    (int                fd);
void          tl_test_reset_on_close      (int                fd);
SSL          *tl_test_accept_tls          (int                fd,
                                           SSL_CTX           *ctx) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestServer, tl_test_server_free)

G_END_DECLS
