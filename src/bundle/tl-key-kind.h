/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"

G_BEGIN_DECLS

/**
 * TlKeyKind:
 * @name: for messages
 * @spki_head: SubjectPublicKeyInfo up to the point, where it is fixed
 * @spki_head_len: its length; 0 where it is not fixed
 * @spki_len: length of the whole; 0 where it is not fixed
 * @signature_algorithm: SignatureAlgorithmIdentifier in a SignerInfo, DER
 * @signature_algorithm_len: its length
 * @order: of the curve, in hex; %NULL where there is none
 *
 * A kind of key that may sign. Kinds are compared by address.
 */
typedef struct
{
  const char   *name;
  const guint8 *spki_head;
  gsize         spki_head_len;
  gsize         spki_len;
  const guint8 *signature_algorithm;
  gsize         signature_algorithm_len;
  const char   *order;
} TlKeyKind;

extern const TlKeyKind tl_key_kind_p256;

const TlKeyKind *tl_key_kind_of                (X509             *x509);
char            *tl_key_kind_dup_fingerprint   (X509             *x509)
                                                G_GNUC_WARN_UNUSED_RESULT;
gboolean         tl_key_kind_takes_signature   (const TlKeyKind  *self,
                                                X509             *x509,
                                                const guint8     *signature,
                                                gsize             len);

G_END_DECLS
