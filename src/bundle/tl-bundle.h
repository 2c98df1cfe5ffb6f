/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-contents.h"
#include "tl-bundle-facts.h"
#include "tl-finding.h"
#include "tl-opener.h"
#include "tl-signer.h"

G_BEGIN_DECLS

#define TL_BUNDLE_VERSION     1
#define TL_BUNDLE_VALID_S     (30 * 24 * 60 * 60)
#define TL_BUNDLE_MAX_BYTES   (4 * 1024 * 1024)

/**
 * TlBundle:
 *
 * What was read from a `.twolane` file, released only after every check has
 * passed. Immutable, atomically counted.
 */
typedef struct _TlBundle TlBundle;

#define TL_TYPE_BUNDLE (tl_bundle_get_type ())
GType       tl_bundle_get_type        (void) G_GNUC_CONST;

GBytes     *tl_bundle_write           (const TlBundleContents *contents,
                                       TlSigner             *signer,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

TlBundle   *tl_bundle_verify          (GBytes               *bytes,
                                       const char * const   *pinned_fingerprints,
                                       gint64                now_s,
                                       TlFinding           **out_finding,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;
TlBundle   *tl_bundle_ref             (TlBundle             *self);
void        tl_bundle_unref           (TlBundle             *self);

TlReport   *tl_bundle_get_report      (const TlBundle       *self);
const TlBundleFacts *tl_bundle_get_facts (const TlBundle     *self);
const char *tl_bundle_get_fingerprint (const TlBundle       *self);
gint64      tl_bundle_get_made_s      (const TlBundle       *self);
gint64      tl_bundle_get_expires_s   (const TlBundle       *self);
guint64     tl_bundle_get_serial      (const TlBundle       *self);
gboolean    tl_bundle_is_draft        (const TlBundle       *self);
gboolean    tl_bundle_is_vouched_for  (const TlBundle       *self);
const char *tl_bundle_get_json        (const TlBundle       *self);
const char *tl_bundle_get_signer_name (const TlBundle       *self);
const char *tl_bundle_get_recipient   (const TlBundle       *self);
gboolean    tl_bundle_open            (const TlBundle       *self,
                                       TlOpener             *opener,
                                       TlSecret            **out_incoming,
                                       TlSecret            **out_outgoing,
                                       TlFinding           **out_finding,
                                       GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlBundle, tl_bundle_unref)

G_END_DECLS
