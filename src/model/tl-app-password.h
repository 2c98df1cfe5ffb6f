/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlAppPasswordAlphabet: what an app password is made of
 */
typedef enum
{
  TL_APP_PASSWORD_LOWER, /* a to z */
  TL_APP_PASSWORD_ALNUM, /* letters of both cases and digits */
} TlAppPasswordAlphabet;

#define TL_TYPE_APP_PASSWORD_ALPHABET (tl_app_password_alphabet_get_type ())
GType     tl_app_password_alphabet_get_type (void) G_GNUC_CONST;

/**
 * TlAppPasswordForm:
 * @len: how many characters, without what groups them
 * @alphabet: of what
 *
 * What the app passwords of a provider look like. Providers show them in groups, with spaces or
 * hyphens between; those that take hyphens take them as part of it.
 */
typedef struct
{
  guint                 len;
  TlAppPasswordAlphabet alphabet;
} TlAppPasswordForm;

gboolean  tl_app_password_fits  (const TlAppPasswordForm *form,
                                 const TlSecret          *secret);

G_END_DECLS
