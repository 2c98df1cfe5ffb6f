/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cms-form.h"

#include <string.h>

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
/* Attribute signing-time, RFC 5652 §11.3, up to the UTCTime itself */
static const guint8 attribute_signing_time_head[] = {
  0x30, 0x1c, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05,
  0x31, 0x0f, 0x17, 0x0d,
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

/* SignedAttributes, RFC 5652 §5.3. DER sorts a SET OF by its encodings, and
 * these begin with their lengths. */
static GByteArray *
signed_attributes (const TlCmsForm *self)
{
  GByteArray *out = g_byte_array_new ();

  APPEND (out, attribute_content_type);
  if (*self->signing_time != '\0')
    {
      APPEND (out, attribute_signing_time_head);
      g_byte_array_append (out, (const guint8 *) self->signing_time, TL_CMS_FORM_TIME_LEN);
    }
  APPEND (out, attribute_message_digest_head);
  g_byte_array_append (out, self->digest, TL_CMS_FORM_DIGEST_BYTES);

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
append_signer_info (GByteArray      *out,
                    const TlCmsForm *self)
{
  g_autoptr(GByteArray) info = g_byte_array_new ();
  g_autoptr(GByteArray) attributes = signed_attributes (self);
  gsize len;
  const guint8 *signature = g_bytes_get_data (self->signature, &len);

  APPEND (info, version_1);
  append_issuer_and_serial (info, self->x509);
  APPEND (info, algorithm_sha256);
  append_array (info, TAG_CONTEXT_0, attributes);
  g_byte_array_append (info, self->key_kind->signature_algorithm,
                       (guint) self->key_kind->signature_algorithm_len);
  append_element (info, TAG_OCTET_STRING, signature, len);

  append_array (out, TAG_SEQUENCE, info);
}

/**
 * tl_cms_form_to_be_signed:
 * @self: a form with all but its signature
 *
 * What is signed is the attributes under the tag of a SET OF, and not under the
 * implicit tag that the structure has there (RFC 5652 §5.4).
 *
 * Returns: (transfer full): the bytes that the signature is of
 */
GByteArray *
tl_cms_form_to_be_signed (const TlCmsForm *self)
{
  g_autoptr(GByteArray) attributes = signed_attributes (self);
  GByteArray *out = g_byte_array_new ();

  append_array (out, TAG_SET, attributes);

  return out;
}

/* The template. ContentInfo, RFC 5652 §3, of SignedData, §5.1:
 *
 *   ContentInfo ::= SEQUENCE { id-signedData, [0] EXPLICIT SignedData }
 *   SignedData ::= SEQUENCE { 1, SET { sha256 }, SEQUENCE { id-data },
 *     [0] IMPLICIT { certificate }, SET { SignerInfo } } */

/**
 * tl_cms_form_write:
 * @self: a whole form
 *
 * Writes the one spelling of @self. `openssl cms -sign -binary -nosmimecap
 * -md sha256 -outform DER` of OpenSSL 3.0 and 3.5 writes the same, but for the
 * half of the odds in which its ECDSA has the upper s.
 *
 * Returns: (transfer full): the signature in DER
 */
GBytes *
tl_cms_form_write (const TlCmsForm *self)
{
  g_autoptr(GByteArray) data = g_byte_array_new ();
  g_autoptr(GByteArray) infos = g_byte_array_new ();
  g_autoptr(GByteArray) wrapped = g_byte_array_new ();
  g_autoptr(GByteArray) content_info = g_byte_array_new ();
  g_autoptr(GByteArray) out = g_byte_array_new ();
  g_autofree guint8 *certificate = NULL;
  int certificate_len = i2d_X509 (self->x509, NULL);
  guint8 *p;

  p = certificate = g_malloc ((gsize) certificate_len);
  i2d_X509 (self->x509, &p);
  append_signer_info (infos, self);

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

/* UTCTime as RFC 5652 §11.3 has it until 2049; up to 1999 it says nothing true. */
static gboolean
read_signing_time (TlCmsForm      *self,
                   CMS_SignerInfo *info)
{
  const ASN1_UTCTIME *time;
  const char *text;

  if (CMS_signed_get_attr_by_NID (info, NID_pkcs9_signingTime, -1) < 0)
    return TRUE;

  time = CMS_signed_get0_data_by_OBJ (info, OBJ_nid2obj (NID_pkcs9_signingTime), -3,
                                      V_ASN1_UTCTIME);
  if (time == NULL || ASN1_STRING_length (time) != TL_CMS_FORM_TIME_LEN ||
      ASN1_UTCTIME_check (time) != 1)
    return FALSE;

  text = (const char *) ASN1_STRING_get0_data (time);
  if (text[0] >= '5' || text[TL_CMS_FORM_TIME_LEN - 1] != 'Z')
    return FALSE;
  memcpy (self->signing_time, text, TL_CMS_FORM_TIME_LEN);

  return TRUE;
}

/**
 * tl_cms_form_read:
 * @self: all zero
 * @cms: a parsed structure from anywhere
 *
 * Takes @cms apart as far as our form has parts. Whatever else may be in it
 * shows when the parts are written again.
 *
 * Returns: whether the parts are there; @self may be part full otherwise. With a
 *   key that is of no kind there is none, and @self cannot be written
 */
gboolean
tl_cms_form_read (TlCmsForm       *self,
                  CMS_ContentInfo *cms)
{
  g_autoptr(TlX509Stack) certificates = CMS_get1_certs (cms);
  STACK_OF (CMS_SignerInfo) *infos = CMS_get0_SignerInfos (cms);
  CMS_SignerInfo *info;
  const ASN1_OCTET_STRING *digest;
  const ASN1_OCTET_STRING *signature;

  if (certificates == NULL || sk_X509_num (certificates) != 1 ||
      infos == NULL || sk_CMS_SignerInfo_num (infos) != 1)
    return FALSE;

  info = sk_CMS_SignerInfo_value (infos, 0);
  digest = CMS_signed_get0_data_by_OBJ (info, OBJ_nid2obj (NID_pkcs9_messageDigest),
                                        -3, V_ASN1_OCTET_STRING);
  if (digest == NULL || ASN1_STRING_length (digest) != TL_CMS_FORM_DIGEST_BYTES ||
      !read_signing_time (self, info))
    return FALSE;
  memcpy (self->digest, ASN1_STRING_get0_data (digest), TL_CMS_FORM_DIGEST_BYTES);

  signature = CMS_SignerInfo_get0_signature (info);
  self->signature = g_bytes_new (ASN1_STRING_get0_data (signature),
                                 (gsize) ASN1_STRING_length (signature));
  self->x509 = sk_X509_value (certificates, 0);
  X509_up_ref (self->x509);
  self->key_kind = tl_key_kind_of (self->x509);

  return TRUE;
}

void
tl_cms_form_clear (TlCmsForm *self)
{
  g_clear_pointer (&self->x509, X509_free);
  g_clear_pointer (&self->signature, g_bytes_unref);
}
