/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"
#include "tl-opener.h"
#include "tl-recipient.h"

G_BEGIN_DECLS

/* Seen inside this folder only. */

X509     *tl_recipient_get_x509           (const TlRecipient  *self);
gboolean  tl_recipient_takes_key          (EVP_PKEY           *key,
                                           GError            **error);
char     *tl_recipient_dup_fingerprint_of (EVP_PKEY           *key) G_GNUC_WARN_UNUSED_RESULT;

EVP_PKEY *tl_opener_get_key               (const TlOpener     *self);

G_END_DECLS
