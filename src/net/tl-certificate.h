/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

#include "tl-tls-info.h"

G_BEGIN_DECLS

X509      *tl_certificate_get_peer          (SSL             *ssl);
TlTlsInfo *tl_certificate_describe_session  (X509            *certificate,
                                             const char      *version,
                                             const char      *cipher) G_GNUC_WARN_UNUSED_RESULT;
void       tl_certificate_insert            (X509            *certificate,
                                             GVariantDict    *evidence);
char      *tl_certificate_describe_weakness (STACK_OF (X509) *chain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
