/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle-openssl.h"
#include "tl-key-kind.h"

G_BEGIN_DECLS

#define TL_CMS_FORM_DIGEST_BYTES 32
/* YYMMDDHHMMSSZ */
#define TL_CMS_FORM_TIME_LEN     13

/**
 * TlCmsForm:
 * @x509: (owned): the signer's certificate
 * @key_kind: (nullable): the kind of its key
 * @digest: SHA-256 of what is signed
 * @signing_time: UTCTime, from 2000 to 2049; empty where there is none
 * @signature: (owned): the signature itself
 *
 * What a signature in our form consists of; everything else in it is fixed.
 */
typedef struct
{
  X509            *x509;
  const TlKeyKind *key_kind;
  guint8           digest[TL_CMS_FORM_DIGEST_BYTES];
  char             signing_time[TL_CMS_FORM_TIME_LEN + 1];
  GBytes          *signature;
} TlCmsForm;

gboolean    tl_cms_form_read         (TlCmsForm        *self,
                                      CMS_ContentInfo  *cms);
GByteArray *tl_cms_form_to_be_signed (const TlCmsForm  *self) G_GNUC_WARN_UNUSED_RESULT;
GBytes     *tl_cms_form_write        (const TlCmsForm  *self) G_GNUC_WARN_UNUSED_RESULT;
void        tl_cms_form_clear        (TlCmsForm        *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlCmsForm, tl_cms_form_clear)

G_END_DECLS
