/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-security.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (TlSecurity, tl_security,
                    G_DEFINE_ENUM_VALUE (TL_SECURITY_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (TL_SECURITY_STARTTLS, "starttls"),
                    G_DEFINE_ENUM_VALUE (TL_SECURITY_TLS, "tls"))

/* Indexed by TlSecurity. Nicks go into files and never change; labels go on
 * screen and change with the locale. */
static const char * const labels[] = {
  [TL_SECURITY_NONE]     = N_("Not encrypted"),
  [TL_SECURITY_STARTTLS] = N_("Encrypted after connecting (STARTTLS)"),
  [TL_SECURITY_TLS]      = N_("Encrypted from the start (TLS)"),
};

/**
 * tl_security_get_label:
 * @security: a connection security
 *
 * Gets the wording shown to people.
 *
 * Returns: (transfer none): a phrase in the user's language
 */
const char *
tl_security_get_label (TlSecurity security)
{
  g_return_val_if_fail ((guint) security < G_N_ELEMENTS (labels), NULL);

  return _(labels[security]);
}
