/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cms.h"

#include <openssl/err.h>

#include "tl-cms-form.h"
#include "tl-ecdsa.h"
#include "tl-error.h"

static const char not_our_form[] = "the signature is not of the one form that is written";

static void
digest_of (GBytes *content,
           guint8  digest[TL_CMS_FORM_DIGEST_BYTES])
{
  gsize len;
  const guint8 *data = g_bytes_get_data (content, &len);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize digest_len = TL_CMS_FORM_DIGEST_BYTES;

  g_checksum_update (checksum, data, (gssize) len);
  g_checksum_get_digest (checksum, digest, &digest_len);
}

/**
 * tl_cms_sign:
 * @content: what is signed
 * @signer: who signs
 * @error: return location for a #GError
 *
 * Signs @content, detached, in the one form that src/bundle/README.md
 * specifies (RFC 5652 §5; ECDSA with SHA-256, RFC 5753 §2.1, or PKCS #1 v1.5
 * with SHA-256, RFC 3370 §3.2), without a signing time. A key on a token may
 * take its time over it.
 *
 * Returns: (transfer full): the signature in DER, or %NULL with
 *   %TL_ERROR_REFUSED when the key would not sign
 */
GBytes *
tl_cms_sign (GBytes    *content,
             TlSigner  *signer,
             GError   **error)
{
  TlCertificate *certificate = tl_signer_get_certificate (signer);
  g_auto(TlCmsForm) form = { .key_kind = tl_certificate_get_key_kind (certificate) };
  g_autoptr(GByteArray) attributes = NULL;

  form.x509 = tl_certificate_get_x509 (certificate);
  X509_up_ref (form.x509);
  digest_of (content, form.digest);
  attributes = tl_cms_form_to_be_signed (&form);
  form.signature = tl_signer_sign (signer, attributes->data, attributes->len, error);
  if (form.signature == NULL)
    return NULL;

  return tl_cms_form_write (&form);
}

static CMS_ContentInfo *
parse (GBytes *signature)
{
  gsize len;
  const guint8 *p = g_bytes_get_data (signature, &len);

  return len > 0 && len <= TL_CMS_MAX_BYTES ? d2i_CMS_ContentInfo (NULL, &p, (long) len) : NULL;
}

static gboolean
is_our_form (const TlCmsForm *form,
             GBytes          *signature)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (form->signature, &len);
  g_autoptr(GBytes) again = NULL;

  if (!tl_key_kind_takes_signature (form->key_kind, form->x509, data, len))
    return FALSE;

  again = tl_cms_form_write (form);

  return g_bytes_equal (again, signature);
}

static TlCmsVerdict
refuse (TlCmsVerdict   verdict,
        const char    *why,
        GError       **error)
{
  tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT, why);

  return verdict;
}

/**
 * tl_cms_verify:
 * @signature: a signature from anywhere
 * @content: what it is said to be of
 * @out_certificate: (out): the signer's certificate, when good
 * @error: return location for a #GError
 *
 * Parses @signature, puts it together again from its parts and compares every
 * byte; then checks the certificate's form, and last digest and signature.
 * Says who signed, and not whether anyone knows them. What a company's
 * certificate says beside its key is not covered by the signature: compare
 * tl_certificate_get_sha256() with what was signed.
 *
 * Returns: %TL_CMS_GOOD, or another verdict with %TL_ERROR_INVALID_INPUT
 */
TlCmsVerdict
tl_cms_verify (GBytes         *signature,
               GBytes         *content,
               TlCertificate **out_certificate,
               GError        **error)
{
  g_autoptr(CMS_ContentInfo) cms = parse (signature);
  g_auto(TlCmsForm) form = { NULL };
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(BIO) bio = NULL;
  const guint8 *data;
  gsize len;

  if (cms == NULL || !tl_cms_form_read (&form, cms) ||
      (form.key_kind != NULL && !is_our_form (&form, signature)))
    return refuse (TL_CMS_NOT_OUR_FORM, not_our_form, error);

  certificate = tl_certificate_new_from_x509 (form.x509, error);
  if (certificate == NULL)
    return TL_CMS_BAD;

  data = g_bytes_get_data (content, &len);
  bio = BIO_new_mem_buf (data, (int) len);
  if (CMS_verify (cms, NULL, NULL, bio, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
    return refuse (TL_CMS_BAD, "the signature is not by this key, or of something else", error);

  /* Reading and checking leave remarks behind that were not failures. */
  ERR_clear_error ();
  *out_certificate = g_steal_pointer (&certificate);

  return TL_CMS_GOOD;
}

static CMS_SignerInfo *
only_signer (CMS_ContentInfo *cms)
{
  STACK_OF (CMS_SignerInfo) *infos = CMS_get0_SignerInfos (cms);

  return infos != NULL && sk_CMS_SignerInfo_num (infos) == 1
           ? sk_CMS_SignerInfo_value (infos, 0) : NULL;
}

static gboolean
is_no_signature (CMS_ContentInfo *cms)
{
  return OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed;
}

static gboolean
holds_content (CMS_ContentInfo *cms)
{
  ASN1_OCTET_STRING **content = CMS_get0_content (cms);

  return content != NULL && *content != NULL;
}

static gboolean
has_not_one_signer (CMS_ContentInfo *cms)
{
  return only_signer (cms) == NULL;
}

static gboolean
has_no_certificate (CMS_ContentInfo *cms)
{
  g_autoptr(TlX509Stack) certificates = CMS_get1_certs (cms);

  return certificates == NULL || sk_X509_num (certificates) == 0;
}

static gboolean
has_more_certificates (CMS_ContentInfo *cms)
{
  g_autoptr(TlX509Stack) certificates = CMS_get1_certs (cms);

  return sk_X509_num (certificates) > 1;
}

static gboolean
has_no_attributes (CMS_ContentInfo *cms)
{
  return CMS_signed_get_attr_count (only_signer (cms)) <= 0;
}

static gboolean
has_other_digest (CMS_ContentInfo *cms)
{
  X509_ALGOR *digest = NULL;
  const ASN1_OBJECT *algorithm = NULL;

  CMS_SignerInfo_get0_algs (only_signer (cms), NULL, NULL, &digest, NULL);
  X509_ALGOR_get0 (&algorithm, NULL, NULL, digest);

  return OBJ_obj2nid (algorithm) != NID_sha256;
}

static gboolean
has_other_padding (CMS_ContentInfo *cms)
{
  X509_ALGOR *signature = NULL;
  const ASN1_OBJECT *algorithm = NULL;

  CMS_SignerInfo_get0_algs (only_signer (cms), NULL, NULL, NULL, &signature);
  X509_ALGOR_get0 (&algorithm, NULL, NULL, signature);

  return OBJ_obj2nid (algorithm) == NID_rsassaPss;
}

static gboolean
has_capabilities (CMS_ContentInfo *cms)
{
  return CMS_signed_get_attr_by_NID (only_signer (cms), NID_SMIMECapabilities, -1) >= 0;
}

static gboolean
has_certificate_attribute (CMS_ContentInfo *cms)
{
  CMS_SignerInfo *info = only_signer (cms);

  return CMS_signed_get_attr_by_NID (info, NID_id_smime_aa_signingCertificate, -1) >= 0 ||
         CMS_signed_get_attr_by_NID (info, NID_id_smime_aa_signingCertificateV2, -1) >= 0;
}

static gboolean
names_key (CMS_ContentInfo *cms)
{
  ASN1_OCTET_STRING *key_id = NULL;

  CMS_SignerInfo_get0_signer_id (only_signer (cms), &key_id, NULL, NULL);

  return key_id != NULL;
}

/* How `openssl cms -sign` would have made something else, asked in this order:
 * behind the fourth there is one signer and one certificate. */
static const struct
{
  gboolean  (*holds) (CMS_ContentInfo *cms);
  const char *advice;
} advices[] = {
  { is_no_signature,           "this is CMS, but not a signature: use openssl cms -sign" },
  { holds_content,             "the signature holds what it signs: leave out -nodetach" },
  { has_not_one_signer,        "the signature has not exactly one signer: give one -signer" },
  { has_no_certificate,        "the signature has no certificate: leave out -nocerts" },
  { has_more_certificates,     "the signature has more certificates than the signer's: "
                               "leave out -certfile" },
  { has_no_attributes,         "the signature has no signed attributes: leave out -noattr" },
  { has_other_digest,          "the signature is not over SHA-256: use -md sha256" },
  { has_other_padding,         "the signature is padded otherwise than by PKCS #1 v1.5: "
                               "leave out -keyopt rsa_padding_mode:pss" },
  { has_capabilities,          "the signature lists what mail programs can do: use -nosmimecap" },
  { has_certificate_attribute, "the signature repeats its certificate's hash: leave out -cades" },
  { names_key,                 "the signature names its certificate by key: leave out -keyid" },
};

static void
advise (CMS_ContentInfo  *cms,
        GError          **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (advices); i++)
    {
      if (advices[i].holds (cms))
        {
          refuse (TL_CMS_NOT_OUR_FORM, advices[i].advice, error);
          return;
        }
    }

  refuse (TL_CMS_NOT_OUR_FORM,
          "the signature is not what openssl cms -sign -binary -nosmimecap -md sha256 -outform DER "
          "writes", error);
}

/**
 * tl_cms_normalise:
 * @signature: what stock tools wrote
 * @error: return location for a #GError
 *
 * Brings a signature made elsewhere to our spelling: of the two values s that
 * ECDSA gives, the lower. Nothing else is changed, and nothing is verified.
 *
 * Returns: (transfer full): a signature of the form that tl_cms_verify() takes;
 *   or %NULL with %TL_ERROR_INVALID_INPUT, whose message says with which option
 *   of `openssl cms` it would have been one
 */
GBytes *
tl_cms_normalise (GBytes  *signature,
                  GError **error)
{
  g_autoptr(CMS_ContentInfo) cms = parse (signature);
  g_auto(TlCmsForm) form = { NULL };
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GBytes) lower = NULL;
  const guint8 *data;
  gsize len;

  if (cms == NULL)
    {
      refuse (TL_CMS_NOT_OUR_FORM,
              "this is no signature in DER: use openssl cms -sign -outform DER", error);
      return NULL;
    }

  if (!tl_cms_form_read (&form, cms))
    {
      advise (cms, error);
      return NULL;
    }

  certificate = tl_certificate_new_from_x509 (form.x509, error);
  if (certificate == NULL)
    return NULL;

  /* Compared as it came, so that nothing but s can be what is changed. */
  again = tl_cms_form_write (&form);
  if (!g_bytes_equal (again, signature))
    {
      advise (cms, error);
      return NULL;
    }

  data = g_bytes_get_data (form.signature, &len);
  if (form.key_kind->order != NULL)
    {
      lower = tl_ecdsa_lower (form.key_kind->order, data, len);
      if (lower == NULL)
        {
          refuse (TL_CMS_NOT_OUR_FORM, not_our_form, error);
          return NULL;
        }
      g_clear_pointer (&form.signature, g_bytes_unref);
      form.signature = g_steal_pointer (&lower);
    }

  return tl_cms_form_write (&form);
}
