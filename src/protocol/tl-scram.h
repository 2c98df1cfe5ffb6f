/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"
#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_SCRAM_MIN_ITERATIONS 4096
#define TL_SCRAM_MAX_ITERATIONS 1000000
#define TL_SCRAM_KEY_BYTES      32 /* of the longest hash */

/**
 * TlScramHash: what a mechanism hashes with
 * @TL_SCRAM_SHA_1: RFC 5802; 20 bytes
 * @TL_SCRAM_SHA_256: RFC 7677; 32 bytes
 */
typedef enum
{
  TL_SCRAM_SHA_1,
  TL_SCRAM_SHA_256,
} TlScramHash;

/**
 * TlScramKeys:
 *
 * The three keys of RFC 5802 §3, as long as the hash is. Whoever fills one
 * wipes it with tl_scram_keys_clear().
 */
typedef struct
{
  guint8 client[TL_SCRAM_KEY_BYTES];
  guint8 stored[TL_SCRAM_KEY_BYTES];
  guint8 server[TL_SCRAM_KEY_BYTES];
} TlScramKeys;

gboolean  tl_scram_derive     (TlScramHash      hash,
                               const TlSecret  *prepared_password,
                               const guint8    *salt,
                               gsize            salt_len,
                               guint            iterations,
                               GCancellable    *cancellable,
                               TlScramKeys     *out_keys,
                               GError         **error);
void      tl_scram_hmac       (TlScramHash      hash,
                               const guint8    *key,
                               gsize            key_len,
                               const char      *message,
                               guint8           out_digest[TL_SCRAM_KEY_BYTES]);
void      tl_scram_keys_clear (TlScramKeys     *keys);
void      tl_scram_append_name (GString        *message,
                               const char      *name);

/**
 * TlScram:
 *
 * The client's side of one SCRAM exchange (RFC 5802, RFC 7677), bound to its
 * connection or not, and without an authorization identity. Bytes in, bytes
 * out. Used by one thread.
 */
typedef struct _TlScram TlScram;

TlScram  *tl_scram_new        (TlScramHash      hash,
                               const char      *username,
                               TlSecret        *password,
                               const char      *nonce,
                               const char      *gs2_header,
                               GBytes          *binding) G_GNUC_WARN_UNUSED_RESULT;
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
