/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-fingerprint.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlSigner:
 *
 * Who signs: a key and its certificate. A person's own is on P-256 with a
 * self-issued certificate; a company's comes out of a PKCS #12 file, or stays on
 * a token. Immutable, atomically counted. A person's own key leaves this object
 * only as a #TlSecret, on its way to the keyring; a company's does not.
 */
typedef struct _TlSigner TlSigner;

#define TL_TYPE_SIGNER (tl_signer_get_type ())
GType       tl_signer_get_type         (void) G_GNUC_CONST;

TlSigner   *tl_signer_new_generate     (const char       *common_name,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
TlSigner   *tl_signer_new_from_secret  (const TlSecret   *secret,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
TlSigner   *tl_signer_new_from_pkcs12  (GBytes           *bytes,
                                        const TlSecret   *passphrase,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
TlSigner   *tl_signer_new_from_token   (const char       *pkcs11_uri,
                                        const TlSecret   *pin,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    tl_signer_can_use_tokens   (void);
TlSecret   *tl_signer_to_secret        (TlSigner         *self) G_GNUC_WARN_UNUSED_RESULT;
TlSigner   *tl_signer_ref              (TlSigner         *self);
void        tl_signer_unref            (TlSigner         *self);

const char *tl_signer_get_fingerprint  (TlSigner         *self);
const char *tl_signer_get_name         (TlSigner         *self);
gboolean    tl_signer_covers           (TlSigner         *self,
                                        gint64            moment_s);
char       *tl_signer_dup_certificate  (TlSigner         *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSigner, tl_signer_unref)

G_END_DECLS
