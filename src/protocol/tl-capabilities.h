/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define TL_CAPABILITIES_MAX 1024

/**
 * TlCapabilities:
 *
 * What a server says it can, as a set that is asked by name: the words of an
 * IMAP CAPABILITY (RFC 9051 §7.2.2) or the keywords of an EHLO reply (RFC 5321
 * §4.1.1.1). Names compare without regard to case. SASL mechanisms are kept
 * apart, whichever of the ways they were written in. Changed only while it is
 * being read; atomically counted.
 */
typedef struct _TlCapabilities TlCapabilities;

#define TL_TYPE_CAPABILITIES (tl_capabilities_get_type ())
GType               tl_capabilities_get_type       (void) G_GNUC_CONST;

TlCapabilities     *tl_capabilities_new            (void) G_GNUC_WARN_UNUSED_RESULT;
TlCapabilities     *tl_capabilities_ref            (TlCapabilities        *self);
void                tl_capabilities_unref          (TlCapabilities        *self);

gboolean            tl_capabilities_add_imap       (TlCapabilities        *self,
                                                    const char            *words);
gboolean            tl_capabilities_add_ehlo       (TlCapabilities        *self,
                                                    const char            *line);

gboolean            tl_capabilities_has            (const TlCapabilities  *self,
                                                    const char            *name);
const char         *tl_capabilities_get_parameters (const TlCapabilities  *self,
                                                    const char            *name);
gboolean            tl_capabilities_is_empty       (const TlCapabilities  *self);
const char * const *tl_capabilities_get_mechanisms (const TlCapabilities  *self);
char              **tl_capabilities_dup_names      (const TlCapabilities  *self)
  G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlCapabilities, tl_capabilities_unref)

G_END_DECLS
