/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cms.h"

#include <openssl/err.h>

#include "tl-ecdsa.h"
#include "tl-error.h"

#define DIGEST_BYTES 32

/* Tags of DER, X.690 §8.1.2 */
#define TAG_OCTET_STRING 0x04
#define TAG_SEQUENCE     0x30
#define TAG_SET          0x31
#define TAG_CONTEXT_0    0xa0

/* Values of the template that never change, as whole DER elements. */
static const guint8 version_1[] = { 0x02, 0x01, 0x01 };
static const guint8 oid_signed_data[] = {
  0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02,
};
static const guint8 oid_data[] = {
  0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01,
};
/* RFC 5754 §2.2: parameters absent */
static const guint8 algorithm_sha256[] = {
  0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
};
/* RFC 5754 §3.3: parameters absent */
static const guint8 algorithm_ecdsa_with_sha256[] = {
  0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02,
};
/* Attribute content-type = id-data, RFC 5652 §11.1 */
static const guint8 attribute_content_type[] = {
  0x30, 0x18, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03,
  0x31, 0x0b, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01,
};
/* Attribute message-digest, RFC 5652 §11.2, up to the digest itself */
static const guint8 attribute_message_digest_head[] = {
  0x30, 0x2f, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04,
  0x31, 0x22, 0x04, 0x20,
};

#define APPEND(out, array) g_byte_array_append ((out), (array), sizeof (array))

static void
append_element (GByteArray   *out,
                guint8        tag,
                const guint8 *content,
                gsize         len)
{
  guint8 head[4] = { tag };
  guint head_len;

  /* Length octets, X.690 §10.1: the fewest that will do. */
  if (len < 0x80)
    {
      head[1] = (guint8) len;
      head_len = 2;
    }
  else if (len < 0x100)
    {
      head[1] = 0x81;
      head[2] = (guint8) len;
      head_len = 3;
    }
  else
    {
      head[1] = 0x82;
      head[2] = (guint8) (len >> 8);
      head[3] = (guint8) len;
      head_len = 4;
    }

  g_byte_array_append (out, head, head_len);
  g_byte_array_append (out, content, (guint) len);
}

static void
append_array (GByteArray *out,
              guint8      tag,
              GByteArray *content)
{
  append_element (out, tag, content->data, content->len);
}

/* SignedAttributes, RFC 5652 §5.3. DER sorts a SET OF by its encodings: the
 * shorter content-type comes first. */
static GByteArray *
signed_attributes (const guint8 *digest)
{
  GByteArray *out = g_byte_array_new ();

  APPEND (out, attribute_content_type);
  APPEND (out, attribute_message_digest_head);
  g_byte_array_append (out, digest, DIGEST_BYTES);

  return out;
}

/* What is signed is the attributes under the tag of a SET OF, and not under the
 * implicit tag that the structure has there (RFC 5652 §5.4). */
static GByteArray *
signed_attributes_to_be_signed (const guint8 *digest)
{
  g_autoptr(GByteArray) attributes = signed_attributes (digest);
  GByteArray *out = g_byte_array_new ();

  append_array (out, TAG_SET, attributes);

  return out;
}

/* IssuerAndSerialNumber, RFC 5652 §10.2.4 */
static void
append_issuer_and_serial (GByteArray *out,
                          X509       *x509)
{
  g_autoptr(GByteArray) both = g_byte_array_new ();
  g_autofree guint8 *serial = NULL;
  const guint8 *issuer = NULL;
  gsize issuer_len = 0;
  guint8 *p;
  int serial_len = i2d_ASN1_INTEGER (X509_get0_serialNumber (x509), NULL);

  X509_NAME_get0_der (X509_get_issuer_name (x509), &issuer, &issuer_len);
  g_byte_array_append (both, issuer, (guint) issuer_len);

  p = serial = g_malloc ((gsize) serial_len);
  i2d_ASN1_INTEGER (X509_get0_serialNumber (x509), &p);
  g_byte_array_append (both, serial, (guint) serial_len);

  append_array (out, TAG_SEQUENCE, both);
}

/* SignerInfo, RFC 5652 §5.3 */
static void
append_signer_info (GByteArray   *out,
                    X509         *x509,
                    const guint8 *digest,
                    const guint8 *signature,
                    gsize         signature_len)
{
  g_autoptr(GByteArray) info = g_byte_array_new ();
  g_autoptr(GByteArray) attributes = signed_attributes (digest);

  APPEND (info, version_1);
  append_issuer_and_serial (info, x509);
  APPEND (info, algorithm_sha256);
  append_array (info, TAG_CONTEXT_0, attributes);
  APPEND (info, algorithm_ecdsa_with_sha256);
  append_element (info, TAG_OCTET_STRING, signature, signature_len);

  append_array (out, TAG_SEQUENCE, info);
}

/* The template. ContentInfo, RFC 5652 §3, of SignedData, §5.1:
 *
 *   ContentInfo ::= SEQUENCE { id-signedData, [0] EXPLICIT SignedData }
 *   SignedData ::= SEQUENCE { 1, SET { sha256 }, SEQUENCE { id-data },
 *     [0] IMPLICIT { certificate }, SET { SignerInfo } } */
static GBytes *
encode (X509         *x509,
        const guint8 *digest,
        const guint8 *signature,
        gsize         signature_len)
{
  g_autoptr(GByteArray) data = g_byte_array_new ();
  g_autoptr(GByteArray) infos = g_byte_array_new ();
  g_autoptr(GByteArray) wrapped = g_byte_array_new ();
  g_autoptr(GByteArray) content_info = g_byte_array_new ();
  g_autoptr(GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *certificate = NULL;
  int certificate_len = i2d_X509 (x509, NULL);
  guint8 *p;

  p = certificate = g_malloc ((gsize) certificate_len);
  i2d_X509 (x509, &p);
  append_signer_info (infos, x509, digest, signature, signature_len);

  APPEND (data, version_1);
  append_element (data, TAG_SET, algorithm_sha256, sizeof algorithm_sha256);
  append_element (data, TAG_SEQUENCE, oid_data, sizeof oid_data);
  append_element (data, TAG_CONTEXT_0, certificate, (gsize) certificate_len);
  append_array (data, TAG_SET, infos);

  append_array (wrapped, TAG_SEQUENCE, data);
  APPEND (content_info, oid_signed_data);
  append_array (content_info, TAG_CONTEXT_0, wrapped);
  append_array (out, TAG_SEQUENCE, content_info);

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static void
digest_of (GBytes *content,
           guint8  digest[DIGEST_BYTES])
{
  gsize len;
  const guint8 *data = g_bytes_get_data (content, &len);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize digest_len = DIGEST_BYTES;

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
 * specifies (RFC 5652 §5; ECDSA on P-256 with SHA-256, RFC 5753 §2.1).
 *
 * Returns: (transfer full): the signature in DER, or %NULL with
 *   %TL_ERROR_REFUSED when OpenSSL would not sign
 */
GBytes *
tl_cms_sign (GBytes    *content,
             TlSigner  *signer,
             GError   **error)
{
  X509 *x509 = tl_certificate_get_x509 (tl_signer_get_certificate (signer));
  g_autoptr(GByteArray) attributes = NULL;
  g_autoptr(GBytes) signature = NULL;
  guint8 digest[DIGEST_BYTES];
  const guint8 *data;
  gsize len;

  digest_of (content, digest);
  attributes = signed_attributes_to_be_signed (digest);
  signature = tl_ecdsa_sign (tl_signer_get_key (signer), attributes->data, attributes->len, error);
  if (signature == NULL)
    return NULL;

  data = g_bytes_get_data (signature, &len);

  return encode (x509, digest, data, len);
}

/* Takes @cms apart as far as our form has parts. Whatever else may be in it
 * shows when the parts are put together again. */
static gboolean
take_apart (CMS_ContentInfo          *cms,
            X509                    **out_x509,
            const ASN1_OCTET_STRING **out_digest,
            const ASN1_OCTET_STRING **out_signature)
{
  g_autoptr(TlX509Stack) certificates = CMS_get1_certs (cms);
  STACK_OF (CMS_SignerInfo) *infos = CMS_get0_SignerInfos (cms);
  CMS_SignerInfo *info;
  const ASN1_OCTET_STRING *digest;

  if (certificates == NULL || sk_X509_num (certificates) != 1 ||
      infos == NULL || sk_CMS_SignerInfo_num (infos) != 1)
    return FALSE;

  info = sk_CMS_SignerInfo_value (infos, 0);
  digest = CMS_signed_get0_data_by_OBJ (info, OBJ_nid2obj (NID_pkcs9_messageDigest),
                                        -3, V_ASN1_OCTET_STRING);
  if (digest == NULL || ASN1_STRING_length (digest) != DIGEST_BYTES)
    return FALSE;

  *out_x509 = sk_X509_value (certificates, 0);
  X509_up_ref (*out_x509);
  *out_digest = digest;
  *out_signature = CMS_SignerInfo_get0_signature (info);

  return TRUE;
}

static gboolean
is_our_form (GBytes                  *signature,
             X509                    *x509,
             const ASN1_OCTET_STRING *digest,
             const ASN1_OCTET_STRING *raw)
{
  g_autoptr(GBytes) again = NULL;

  if (!tl_ecdsa_is_canonical (ASN1_STRING_get0_data (raw), (gsize) ASN1_STRING_length (raw)))
    return FALSE;

  again = encode (x509, ASN1_STRING_get0_data (digest),
                  ASN1_STRING_get0_data (raw), (gsize) ASN1_STRING_length (raw));

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
 * Says who signed, and not whether anyone knows them.
 *
 * Returns: %TL_CMS_GOOD, or another verdict with %TL_ERROR_INVALID_INPUT
 */
TlCmsVerdict
tl_cms_verify (GBytes         *signature,
               GBytes         *content,
               TlCertificate **out_certificate,
               GError        **error)
{
  g_autoptr(CMS_ContentInfo) cms = NULL;
  g_autoptr(X509) x509 = NULL;
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(BIO) bio = NULL;
  const ASN1_OCTET_STRING *digest = NULL;
  const ASN1_OCTET_STRING *raw = NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);
  const guint8 *p = data;

  if (len == 0 || len > TL_CMS_MAX_BYTES ||
      (cms = d2i_CMS_ContentInfo (NULL, &p, (long) len)) == NULL ||
      !take_apart (cms, &x509, &digest, &raw) ||
      !is_our_form (signature, x509, digest, raw))
    return refuse (TL_CMS_NOT_OUR_FORM, "the signature is not of the one form that is written",
                   error);

  certificate = tl_certificate_new_from_x509 (x509, error);
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
