/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

TlSecret *tl_saslprep (const TlSecret  *text,
                       GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
