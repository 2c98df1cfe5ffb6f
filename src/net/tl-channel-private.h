/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/ssl.h>

#include "tl-channel.h"

G_BEGIN_DECLS

/* How much of what the peer sent first is kept during a handshake, to be able
 * to say what it was when it was not TLS. */
#define TL_CHANNEL_TAP_BYTES 96

/* Shared by tl-channel.c (bytes) and tl-handshake.c (TLS). */
struct _TlChannel
{
  TlNetwork     *network;
  GSocket       *socket;     /* non-blocking */
  char          *address;    /* of the peer, or of the proxy */
  char          *proxy;      /* or NULL */
  char         **unanswered; /* or NULL */

  SSL           *ssl;        /* or NULL while in the clear */
  TlVerifiedTls *proof;      /* or NULL */

  guchar         tap[TL_CHANNEL_TAP_BYTES];
  gsize          tap_len;
  gboolean       tapping;
  guint          bytes_in;       /* during the handshake */
  guint          n_idle_records; /* come since there was data in one */
  gboolean       probing;        /* look, do not wait */
  TlFault       *end;            /* or NULL: why nothing will go through any more */

  /* Of the call that is under way: OpenSSL has no way to pass them on. */
  TlDeadline     deadline;
  GCancellable  *cancellable;
  TlFault       *fault;
  GError        *error;
};

void     tl_channel_begin          (TlChannel      *self,
                                    TlDeadline      deadline,
                                    GCancellable   *cancellable);
void     tl_channel_prefer_tls     (TlChannel      *self);
void     tl_channel_fail           (TlChannel      *self,
                                    TlFault        *fault,
                                    TlFault       **out_fault,
                                    GError        **error);
gssize   tl_channel_receive        (TlChannel      *self,
                                    void           *buffer,
                                    gsize           len);
gssize   tl_channel_send           (TlChannel      *self,
                                    const void     *bytes,
                                    gsize           len);
TlFault *tl_channel_describe       (TlChannel      *self,
                                    const char     *doing);

G_END_DECLS
