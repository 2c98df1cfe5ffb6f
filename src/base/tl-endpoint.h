/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-security.h"

G_BEGIN_DECLS

/**
 * TlEndpoint:
 *
 * One place a mail service may be reached: a host, a TCP port and the way the
 * connection is protected.
 *
 * An endpoint never changes once made and its count is atomic, so any thread
 * may hold it without a lock. The host is lower-case A-label ASCII (RFC 5890)
 * with no trailing dot and no brackets; an IPv6 literal is stored bare.
 */
typedef struct _TlEndpoint TlEndpoint;

#define TL_TYPE_ENDPOINT (tl_endpoint_get_type ())
GType       tl_endpoint_get_type     (void) G_GNUC_CONST;

TlEndpoint *tl_endpoint_new          (const char        *host,
                                      guint16            port,
                                      TlSecurity         security,
                                      GError           **error) G_GNUC_WARN_UNUSED_RESULT;
TlEndpoint *tl_endpoint_ref          (TlEndpoint        *self);
void        tl_endpoint_unref        (TlEndpoint        *self);

const char *tl_endpoint_get_host     (const TlEndpoint  *self);
guint16     tl_endpoint_get_port     (const TlEndpoint  *self);
TlSecurity  tl_endpoint_get_security (const TlEndpoint  *self);

gboolean    tl_endpoint_equal        (const TlEndpoint  *a,
                                      const TlEndpoint  *b);
char       *tl_endpoint_to_string    (const TlEndpoint  *self) G_GNUC_WARN_UNUSED_RESULT;

char       *tl_host_canonicalize     (const char        *typed) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlEndpoint, tl_endpoint_unref)

G_END_DECLS
