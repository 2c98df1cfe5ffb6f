/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/**
 * TlPracticeAuthority:
 *
 * A certificate authority made on the spot, good for one day and for names
 * under `practice.invalid` only: the constraint is critical, so even where it
 * was trusted by mistake it could not vouch for anybody else. Its key never
 * leaves this object.
 */
typedef struct _TlPracticeAuthority TlPracticeAuthority;

TlPracticeAuthority *tl_practice_authority_new          (GError                    **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;
void                 tl_practice_authority_free         (TlPracticeAuthority        *self);

const char          *tl_practice_authority_get_pem      (const TlPracticeAuthority  *self);
SSL_CTX             *tl_practice_authority_make_context (TlPracticeAuthority        *self,
                                                         const char                 *host,
                                                         GError                    **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeAuthority, tl_practice_authority_free)

G_END_DECLS
