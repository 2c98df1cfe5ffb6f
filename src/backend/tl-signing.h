/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-signer.h"

G_BEGIN_DECLS

/**
 * TlSigning:
 *
 * Whose signature goes on the bundles made here: a company's key, if one was given; else the key
 * kept in the keyring, or, where there is no keyring, one for this run only. Everything on the
 * #GMainContext it was made in.
 *
 * Properties, read-only: `fingerprint` (string or NULL: groups of four),
 * `kept` (bool: the key outlasts this run: it is in the keyring, or a company's), `finding`
 * (TlFinding or NULL: why it does not).
 */
#define TL_TYPE_SIGNING (tl_signing_get_type ())
G_DECLARE_FINAL_TYPE (TlSigning, tl_signing, TL, SIGNING, GObject)

TlSigning *tl_signing_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void       tl_signing_load_async    (TlSigning            *self,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   tl_signing_load_finish   (TlSigning            *self,
                                     GAsyncResult         *result,
                                     GError              **error);
gboolean   tl_signing_make_fleeting (TlSigning            *self,
                                     GError              **error);
void       tl_signing_clear         (TlSigning            *self);
void       tl_signing_use           (TlSigning            *self,
                                     TlSigner             *company);
gboolean   tl_signing_is_company    (TlSigning            *self);

/* Which key is kept, for whoever signs nothing: none is made. */
void       tl_signing_find_async    (GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char      *tl_signing_find_finish   (GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

TlSigner  *tl_signing_get_signer    (TlSigning            *self);
gboolean   tl_signing_is_kept       (TlSigning            *self);
char      *tl_signing_dup_fingerprint (TlSigning          *self) G_GNUC_WARN_UNUSED_RESULT;
TlFinding *tl_signing_get_finding   (TlSigning            *self);

G_END_DECLS
