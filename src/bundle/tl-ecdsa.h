/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"

G_BEGIN_DECLS

gboolean  tl_ecdsa_is_canonical (const char    *order,
                                 const guint8  *signature,
                                 gsize          len);
GBytes   *tl_ecdsa_lower        (const char    *order,
                                 const guint8  *signature,
                                 gsize          len) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
