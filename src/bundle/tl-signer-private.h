/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-certificate.h"
#include "tl-signer.h"

G_BEGIN_DECLS

/* Seen inside this folder only. */

TlSigner      *tl_signer_new_company     (EVP_PKEY       *key,
                                          X509           *x509,
                                          OSSL_LIB_CTX   *library,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
EVP_PKEY      *tl_signer_get_key         (TlSigner       *self);
TlCertificate *tl_signer_get_certificate (TlSigner       *self);
GBytes        *tl_signer_sign            (TlSigner       *self,
                                          const guint8   *message,
                                          gsize           len,
                                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
