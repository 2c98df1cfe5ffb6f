/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"
#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_SCRAM_MIN_ITERATIONS 4096
#define TL_SCRAM_MAX_ITERATIONS 1000000
#define TL_SCRAM_KEY_BYTES      32

/**
 * TlScramKeys:
 *
 * The three keys of RFC 5802 §3 for SHA-256. Whoever fills one wipes it with
 * tl_scram_keys_clear().
 */
typedef struct
{
  guint8 client[TL_SCRAM_KEY_BYTES];
  guint8 stored[TL_SCRAM_KEY_BYTES];
  guint8 server[TL_SCRAM_KEY_BYTES];
} TlScramKeys;

gboolean  tl_scram_derive     (const TlSecret  *prepared_password,
                               const guint8    *salt,
                               gsize            salt_len,
                               guint            iterations,
                               GCancellable    *cancellable,
                               TlScramKeys     *out_keys,
                               GError         **error);
void      tl_scram_hmac       (const guint8    *key,
                               gsize            key_len,
                               const char      *message,
                               guint8           out_digest[TL_SCRAM_KEY_BYTES]);
void      tl_scram_keys_clear (TlScramKeys     *keys);

/**
 * TlScram:
 *
 * The client's side of one SCRAM-SHA-256 exchange (RFC 5802, RFC 7677), without
 * channel binding and without an authorization identity. Bytes in, bytes out.
 * Used by one thread.
 */
typedef struct _TlScram TlScram;

TlScram  *tl_scram_new        (const char      *username,
                               TlSecret        *password,
                               const char      *nonce) G_GNUC_WARN_UNUSED_RESULT;
void      tl_scram_free       (TlScram         *self);

char     *tl_scram_begin      (TlScram         *self,
                               TlFault        **out_fault) G_GNUC_WARN_UNUSED_RESULT;
TlSecret *tl_scram_answer     (TlScram         *self,
                               const char      *server_first,
                               GCancellable    *cancellable,
                               TlFault        **out_fault,
                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_scram_verify     (TlScram         *self,
                               const char      *server_final,
                               TlFault        **out_fault);
gboolean  tl_scram_is_proven  (const TlScram   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlScram, tl_scram_free)

G_END_DECLS
