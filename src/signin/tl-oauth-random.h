/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

TlSecret *tl_oauth_random_new       (GError          **error) G_GNUC_WARN_UNUSED_RESULT;
char     *tl_oauth_random_challenge (const TlSecret   *verifier) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
