/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-endpoint.h"
#include "tl-fault.h"
#include "tl-network.h"
#include "tl-secret.h"
#include "tl-verified-tls.h"

G_BEGIN_DECLS

/**
 * TlChannel:
 *
 * One TCP connection, first in the clear and, after a handshake that was
 * verified, under TLS. Used by one thread at a time. Not counted: who dials
 * frees.
 */
typedef struct _TlChannel TlChannel;

/**
 * TlTlsBinding: what ties a sign-in to this very TLS connection (RFC 5929, RFC 9266)
 * @TL_TLS_BINDING_EXPORTER: `tls-exporter`
 * @TL_TLS_BINDING_SERVER_END_POINT: `tls-server-end-point`
 */
typedef enum
{
  TL_TLS_BINDING_EXPORTER,
  TL_TLS_BINDING_SERVER_END_POINT,
} TlTlsBinding;

TlChannel     *tl_channel_dial_sync      (TlNetwork         *network,
                                          const TlEndpoint  *endpoint,
                                          GPtrArray         *addresses,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
TlChannel     *tl_channel_new_for_socket (TlNetwork         *network,
                                          GSocket           *socket) G_GNUC_WARN_UNUSED_RESULT;
void           tl_channel_free           (TlChannel         *self);

TlVerifiedTls *tl_channel_handshake_sync (TlChannel         *self,
                                          const char        *host,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;

gssize         tl_channel_read_sync      (TlChannel         *self,
                                          void              *buffer,
                                          gsize              len,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error);
gboolean       tl_channel_write_sync     (TlChannel         *self,
                                          const void        *bytes,
                                          gsize              len,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error);
gboolean       tl_channel_write_secret_sync (TlChannel      *self,
                                          const TlVerifiedTls *proof,
                                          const TlSecret    *bytes,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error);

TlChannel     *tl_channel_dial_through_sync (TlNetwork      *network,
                                          GUri              *proxy,
                                          const TlEndpoint  *endpoint,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
TlTlsInfo     *tl_channel_probe_tls_sync (TlChannel         *self,
                                          const char        *host,
                                          TlDeadline         deadline,
                                          GCancellable      *cancellable,
                                          TlFault          **out_fault,
                                          GError           **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes        *tl_channel_dup_binding    (TlChannel         *self,
                                          TlTlsBinding       binding) G_GNUC_WARN_UNUSED_RESULT;
const char * const *tl_channel_get_unanswered (const TlChannel *self);
GPtrArray     *tl_channel_dup_chain      (const TlChannel   *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean       tl_channel_has_pending    (TlChannel         *self);
const char    *tl_channel_get_address    (const TlChannel   *self);
const char    *tl_channel_get_proxy      (const TlChannel   *self);
gboolean       tl_channel_owns           (const TlChannel   *self,
                                          const TlVerifiedTls *proof);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlChannel, tl_channel_free)

G_END_DECLS
