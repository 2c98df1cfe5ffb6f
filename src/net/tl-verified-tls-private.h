/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-verified-tls.h"

G_BEGIN_DECLS

TlVerifiedTls *tl_verified_tls_new (TlTlsInfo *info) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
