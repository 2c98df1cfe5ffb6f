/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-document-signature.h"

#include "tl-cms.h"
#include "tl-error.h"

/**
 * tl_document_signature_check:
 * @document: what was signed, such as a policy
 * @signature: what a signer wrote about it: CMS in DER, of a bundle's form
 * @now_s: what time it is, seconds since the epoch
 * @error: return location for a #GError
 *
 * Checks a signature that stands beside a document. Whether the signer counts is for whoever knows
 * whom to trust.
 *
 * The certificate's dates are no guard against somebody else's use of an old signature: it does not
 * cover the certificate (RFC 5652 §5.4), in whose place anybody can put another of the same key. A
 * document that must end to count some day says so itself, as a policy does in `expires`.
 *
 * Returns: (transfer full): the signer's fingerprint; or %NULL with %TL_ERROR_INVALID_INPUT when
 *   the signature does not hold, or the signer's certificate is not valid at @now_s
 */
char *
tl_document_signature_check (GBytes  *document,
                             GBytes  *signature,
                             gint64   now_s,
                             GError **error)
{
  g_autoptr(GBytes) ours = tl_cms_normalise (signature, error);
  g_autoptr(TlCertificate) certificate = NULL;

  if (ours == NULL || tl_cms_verify (ours, document, &certificate, error) != TL_CMS_GOOD)
    return NULL;

  if (!tl_certificate_covers (certificate, now_s))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the signer’s certificate is not valid at this moment");
      return NULL;
    }

  return g_strdup (tl_certificate_get_fingerprint (certificate));
}
