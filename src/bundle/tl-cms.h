/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-signer-private.h"

G_BEGIN_DECLS

/* The longest certificate, its issuer once more, and a signature by the longest key. */
#define TL_CMS_MAX_BYTES (16 * 1024)

/**
 * TlCmsVerdict: what became of a signature
 * @TL_CMS_GOOD: of our form, and right
 * @TL_CMS_NOT_OUR_FORM: not one of the signatures that src/bundle/README.md specifies
 * @TL_CMS_BAD: of our form, and not a signature of this content by this key
 */
typedef enum
{
  TL_CMS_GOOD,
  TL_CMS_NOT_OUR_FORM,
  TL_CMS_BAD,
} TlCmsVerdict;

GBytes       *tl_cms_sign      (GBytes          *content,
                                TlSigner        *signer,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
TlCmsVerdict  tl_cms_verify    (GBytes          *signature,
                                GBytes          *content,
                                TlCertificate  **out_certificate,
                                GError         **error);
GBytes       *tl_cms_normalise (GBytes          *signature,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
