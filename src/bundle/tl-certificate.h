/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"
#include "tl-key-kind.h"

G_BEGIN_DECLS

/* A certificate in DER; a longer one is not taken. */
#define TL_CERTIFICATE_MAX_BYTES (8 * 1024)

/**
 * TlCertificate:
 *
 * A signer's certificate, known to be of one of the two forms that
 * src/bundle/README.md specifies: a person's own, which is self-issued, or a
 * company's. It says which key, and nothing that anyone vouches for. Immutable,
 * atomically counted.
 */
typedef struct _TlCertificate TlCertificate;

#define TL_TYPE_CERTIFICATE (tl_certificate_get_type ())
GType            tl_certificate_get_type        (void) G_GNUC_CONST;

TlCertificate   *tl_certificate_new_self_issued (EVP_PKEY             *key,
                                                 const char           *common_name,
                                                 gint64                now_s,
                                                 GError              **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlCertificate   *tl_certificate_new_from_x509   (X509                 *x509,
                                                 GError              **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlCertificate   *tl_certificate_new_from_pem    (const char           *pem,
                                                 gsize                 len,
                                                 GError              **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlCertificate   *tl_certificate_ref             (TlCertificate        *self);
void             tl_certificate_unref           (TlCertificate        *self);

X509            *tl_certificate_get_x509        (const TlCertificate  *self);
const TlKeyKind *tl_certificate_get_key_kind    (const TlCertificate  *self);
gboolean         tl_certificate_is_own          (const TlCertificate  *self);
const char      *tl_certificate_get_fingerprint (const TlCertificate  *self);
const char      *tl_certificate_get_sha256      (const TlCertificate  *self);
gboolean         tl_certificate_covers          (const TlCertificate  *self,
                                                 gint64                moment_s);
char            *tl_certificate_dup_name        (const TlCertificate  *self)
                                                 G_GNUC_WARN_UNUSED_RESULT;
char            *tl_certificate_dup_pem         (const TlCertificate  *self)
                                                 G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlCertificate, tl_certificate_unref)

G_END_DECLS
