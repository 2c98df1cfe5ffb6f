/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"

G_BEGIN_DECLS

gboolean  tl_certificate_own_is   (X509        *x509);
X509     *tl_certificate_own_make (EVP_PKEY    *key,
                                   const char  *common_name,
                                   gint64       now_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
