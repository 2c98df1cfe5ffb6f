/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlTlsInfo:
 *
 * What a verified TLS connection was made of. Immutable, atomically counted;
 * strings from the certificate have been through tl_text_clean().
 */
typedef struct _TlTlsInfo TlTlsInfo;

#define TL_TYPE_TLS_INFO (tl_tls_info_get_type ())
GType               tl_tls_info_get_type        (void) G_GNUC_CONST;

TlTlsInfo          *tl_tls_info_new             (const char          *version,
                                                 const char          *cipher,
                                                 const char          *fingerprint,
                                                 const char          *issuer,
                                                 const char * const  *names,
                                                 gint64               not_after_s)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlTlsInfo          *tl_tls_info_ref             (TlTlsInfo           *self);
void                tl_tls_info_unref           (TlTlsInfo           *self);

const char         *tl_tls_info_get_version     (const TlTlsInfo     *self);
const char         *tl_tls_info_get_cipher      (const TlTlsInfo     *self);
const char         *tl_tls_info_get_fingerprint (const TlTlsInfo     *self);
const char         *tl_tls_info_get_issuer      (const TlTlsInfo     *self);
const char * const *tl_tls_info_get_names       (const TlTlsInfo     *self);
gint64              tl_tls_info_get_not_after_s (const TlTlsInfo     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTlsInfo, tl_tls_info_unref)

G_END_DECLS
