/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"

G_BEGIN_DECLS

gboolean  tl_ecdsa_is_canonical (const guint8  *signature,
                                 gsize          len);
GBytes   *tl_ecdsa_sign         (EVP_PKEY      *key,
                                 const guint8  *message,
                                 gsize          len,
                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
