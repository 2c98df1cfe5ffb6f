/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlSecurity:
 * @TL_SECURITY_NONE: no encryption; found in documents, never used by a lane
 * @TL_SECURITY_STARTTLS: starts in the clear and must upgrade (RFC 3207, RFC 9051 §6.2.1)
 * @TL_SECURITY_TLS: encrypted from the first byte (RFC 8314 §3)
 *
 * How a connection is protected. Ordered: NONE < STARTTLS < TLS, and may be compared.
 */
typedef enum
{
  TL_SECURITY_NONE,
  TL_SECURITY_STARTTLS,
  TL_SECURITY_TLS,
} TlSecurity;

#define TL_TYPE_SECURITY (tl_security_get_type ())
GType       tl_security_get_type  (void) G_GNUC_CONST;

const char *tl_security_get_label (TlSecurity security);

G_END_DECLS
