/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_OAUTH_FORM_TYPE "application/x-www-form-urlencoded"

/**
 * TlOauthField:
 * @name: printable ASCII
 * @text: (nullable): its value
 * @secret: (nullable): its value, where that is one; a field without either is left out
 */
typedef struct
{
  const char     *name;
  const char     *text;
  const TlSecret *secret;
} TlOauthField;

TlSecret *tl_oauth_form_new (const TlOauthField  *fields,
                             gsize                n_fields,
                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
