/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-certificate.h"
#include "tl-signer.h"

G_BEGIN_DECLS

/* Seen inside this folder only. */

EVP_PKEY      *tl_signer_get_key         (TlSigner *self);
TlCertificate *tl_signer_get_certificate (TlSigner *self);

G_END_DECLS
