/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sealed.h"

#include <openssl/err.h>
#include <openssl/rsa.h>
#include <string.h>

#include "tl-der.h"
#include "tl-error.h"
#include "tl-locked.h"
#include "tl-recipient-private.h"

#define NONCE_BYTES   12
#define TAG_BYTES     16
#define WRAPPED_BYTES 40
#define SERIAL_MAX    20

/* Of what a recipient's RSA key may be, in bytes. */
#define RSA_MIN_BYTES (3072 / 8)
#define RSA_MAX_BYTES (8192 / 8)

/* Values that never change, as whole DER elements. */
static const guint8 version_0[] = { 0x02, 0x01, 0x00 };
static const guint8 version_3[] = { 0x02, 0x01, 0x03 };
static const guint8 tag_len_16[] = { 0x02, 0x01, TAG_BYTES };
/* id-ct-authEnvelopedData, RFC 5083 §2.1 */
static const guint8 oid_auth_enveloped_data[] = {
  0x06, 0x0b, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17,
};
static const guint8 oid_data[] = {
  0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01,
};
/* id-aes256-GCM, RFC 5084 §3.2 */
static const guint8 oid_aes_256_gcm[] = {
  0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e,
};
/* id-RSAES-OAEP with SHA-256 for both hashes and no label, RFC 4055 §4.1; a hash may say NULL for
 * its parameters or leave them out (§2.1), and OpenSSL has done either. */
static const guint8 algorithm_oaep[] = {
  0x30, 0x38, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x07, 0x30, 0x2b,
  0xa0, 0x0d, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
  0xa1, 0x1a, 0x30, 0x18, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08,
  0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
};
static const guint8 algorithm_oaep_with_nulls[] = {
  0x30, 0x3c, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x07, 0x30, 0x2f,
  0xa0, 0x0f, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
  0x05, 0x00,
  0xa1, 0x1c, 0x30, 0x1a, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x08,
  0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
};
/* dhSinglePass-stdDH-sha256kdf-scheme with id-aes256-wrap, RFC 5753 §7.1.4 */
static const guint8 algorithm_ecdh[] = {
  0x30, 0x15, 0x06, 0x06, 0x2b, 0x81, 0x04, 0x01, 0x0b, 0x01, 0x30, 0x0b,
  0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d,
};
/* id-ecPublicKey: whose curve is the recipient's (RFC 5753 §3.1.1) */
static const guint8 algorithm_ec_public_key[] = {
  0x30, 0x09, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
};

#define TAKE_EXACTLY(from, array) tl_der_take_exactly ((from), (array), sizeof (array))

/* IssuerAndSerialNumber, RFC 5652 §10.2.4: SEQUENCE { Name, INTEGER } */
static gboolean
take_issuer_and_serial (TlDer *from)
{
  TlDer both, name, serial;

  return tl_der_take (from, TL_DER_SEQUENCE, &both) &&
         tl_der_take (&both, TL_DER_SEQUENCE, &name) &&
         tl_der_take (&both, TL_DER_INTEGER, &serial) &&
         serial.len >= 1 && serial.len <= SERIAL_MAX && both.len == 0;
}

/* KeyTransRecipientInfo, RFC 5652 §6.2.1:
 *
 *   SEQUENCE { 0, IssuerAndSerialNumber, RSAES-OAEP, OCTET STRING } */
static gboolean
take_key_transport (TlDer *from)
{
  TlDer info, key;

  return tl_der_take (from, TL_DER_SEQUENCE, &info) &&
         TAKE_EXACTLY (&info, version_0) &&
         take_issuer_and_serial (&info) &&
         (TAKE_EXACTLY (&info, algorithm_oaep) ||
          TAKE_EXACTLY (&info, algorithm_oaep_with_nulls)) &&
         tl_der_take (&info, TL_DER_OCTET_STRING, &key) &&
         key.len >= RSA_MIN_BYTES && key.len <= RSA_MAX_BYTES && info.len == 0;
}

/* The sender's key of one use: an uncompressed point on P-256, P-384 or P-521, in a BIT STRING. */
static gboolean
take_point (TlDer *from)
{
  TlDer bits;

  return tl_der_take (from, TL_DER_BIT_STRING, &bits) &&
         (bits.len == 2 + 2 * 32 || bits.len == 2 + 2 * 48 || bits.len == 2 + 2 * 66) &&
         bits.data[0] == 0 && bits.data[1] == 0x04;
}

/* KeyAgreeRecipientInfo, RFC 5652 §6.2.2 and RFC 5753 §3.1.1, for one recipient:
 *
 *   [1] { 3, [0] [1] { id-ecPublicKey, BIT STRING }, ECDH,
 *     SEQUENCE { SEQUENCE { IssuerAndSerialNumber, OCTET STRING } } } */
static gboolean
take_key_agreement (TlDer *from)
{
  TlDer info, originator, sender, keys, one, key;

  return tl_der_take (from, TL_DER_CONTEXT (1) | TL_DER_CONSTRUCTED, &info) &&
         TAKE_EXACTLY (&info, version_3) &&
         tl_der_take (&info, TL_DER_CONTEXT (0) | TL_DER_CONSTRUCTED, &originator) &&
         tl_der_take (&originator, TL_DER_CONTEXT (1) | TL_DER_CONSTRUCTED, &sender) &&
         originator.len == 0 &&
         TAKE_EXACTLY (&sender, algorithm_ec_public_key) &&
         take_point (&sender) && sender.len == 0 &&
         TAKE_EXACTLY (&info, algorithm_ecdh) &&
         tl_der_take (&info, TL_DER_SEQUENCE, &keys) && info.len == 0 &&
         tl_der_take (&keys, TL_DER_SEQUENCE, &one) && keys.len == 0 &&
         take_issuer_and_serial (&one) &&
         tl_der_take (&one, TL_DER_OCTET_STRING, &key) &&
         key.len == WRAPPED_BYTES && one.len == 0;
}

/* EncryptedContentInfo, RFC 5652 §6.1, and GCMParameters, RFC 5084 §3.2:
 *
 *   SEQUENCE { id-data, SEQUENCE { id-aes256-GCM, SEQUENCE { OCTET STRING, 16 } },
 *     [0] IMPLICIT OCTET STRING } */
static gboolean
take_content (TlDer *from)
{
  TlDer info, algorithm, parameters, nonce, content;

  return tl_der_take (from, TL_DER_SEQUENCE, &info) &&
         TAKE_EXACTLY (&info, oid_data) &&
         tl_der_take (&info, TL_DER_SEQUENCE, &algorithm) &&
         TAKE_EXACTLY (&algorithm, oid_aes_256_gcm) &&
         tl_der_take (&algorithm, TL_DER_SEQUENCE, &parameters) && algorithm.len == 0 &&
         tl_der_take (&parameters, TL_DER_OCTET_STRING, &nonce) && nonce.len == NONCE_BYTES &&
         TAKE_EXACTLY (&parameters, tag_len_16) && parameters.len == 0 &&
         tl_der_take (&info, TL_DER_CONTEXT (0), &content) &&
         content.len > 0 && info.len == 0;
}

/* ContentInfo, RFC 5652 §3, of AuthEnvelopedData, RFC 5083 §2.1:
 *
 *   SEQUENCE { id-ct-authEnvelopedData, [0] SEQUENCE {
 *     0, SET { RecipientInfo }, EncryptedContentInfo, OCTET STRING } } */
static gboolean
is_sealed (TlDer bytes)
{
  TlDer whole, wrapped, data, recipients, tag;

  return tl_der_is_strict (bytes) &&
         tl_der_take (&bytes, TL_DER_SEQUENCE, &whole) && bytes.len == 0 &&
         TAKE_EXACTLY (&whole, oid_auth_enveloped_data) &&
         tl_der_take (&whole, TL_DER_CONTEXT (0) | TL_DER_CONSTRUCTED, &wrapped) &&
         whole.len == 0 &&
         tl_der_take (&wrapped, TL_DER_SEQUENCE, &data) && wrapped.len == 0 &&
         TAKE_EXACTLY (&data, version_0) &&
         tl_der_take (&data, TL_DER_SET, &recipients) &&
         (take_key_transport (&recipients) || take_key_agreement (&recipients)) &&
         recipients.len == 0 &&
         take_content (&data) &&
         tl_der_take (&data, TL_DER_OCTET_STRING, &tag) &&
         tag.len == TAG_BYTES && data.len == 0;
}

/**
 * tl_sealed_check:
 * @sealed: bytes from anywhere
 * @error: return location for a #GError
 *
 * Looks at the form alone, for which no key is needed: CMS AuthEnvelopedData
 * (RFC 5083) in DER with AES-256-GCM for exactly one recipient, by RSA-OAEP with
 * SHA-256 or by ECDH, as src/bundle/README.md specifies. Nothing is allocated
 * by what lengths claim, and nothing is decrypted.
 *
 * Returns: whether it has that form; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_sealed_check (GBytes  *sealed,
                 GError **error)
{
  TlDer bytes;

  bytes.data = g_bytes_get_data (sealed, &bytes.len);
  if (bytes.len > TL_SEALED_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "the sealed passwords are longer than %d bytes", TL_SEALED_MAX_BYTES);
      return FALSE;
    }
  if (!is_sealed (bytes))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the passwords are not sealed in the one form that is written");
      return FALSE;
    }

  return TRUE;
}

/* OpenSSL would take PKCS #1 v1.5 and SHA-1 by itself. */
static gboolean
choose_algorithms (CMS_RecipientInfo *info)
{
  EVP_PKEY_CTX *context = CMS_RecipientInfo_get0_pkey_ctx (info);

  if (context == NULL)
    return FALSE;
  if (CMS_RecipientInfo_type (info) == CMS_RECIPINFO_AGREE)
    return EVP_PKEY_CTX_set_ecdh_kdf_md (context, EVP_sha256 ()) == 1;

  return EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_OAEP_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_oaep_md (context, EVP_sha256 ()) == 1 &&
         EVP_PKEY_CTX_set_rsa_mgf1_md (context, EVP_sha256 ()) == 1;
}

/* By way of BIOs and not by CMS_final(): that one copies what it seals through the stack. */
static gboolean
seal (CMS_ContentInfo *cms,
      const char      *content,
      gsize            len)
{
  BIO *chain = CMS_dataInit (cms, NULL);
  gboolean done = chain != NULL &&
                  BIO_write (chain, content, (int) len) == (int) len &&
                  BIO_flush (chain) == 1 &&
                  CMS_dataFinal (cms, chain) == 1;

  BIO_free_all (chain);

  return done;
}

/**
 * tl_sealed_write:
 * @content: what is sealed; not empty
 * @recipient: for whom
 * @error: return location for a #GError
 *
 * Seals @content for @recipient alone, in the one form that
 * src/bundle/README.md specifies, and reads back what it wrote.
 *
 * Returns: (transfer full): the sealed bytes, or %NULL with
 *   %TL_ERROR_INVALID_INPUT when they would be longer than `TL_SEALED_MAX_BYTES`
 *   and %TL_ERROR_REFUSED when OpenSSL would not seal
 */
GBytes *
tl_sealed_write (const TlSecret  *content,
                 TlRecipient     *recipient,
                 GError         **error)
{
  g_autoptr(CMS_ContentInfo) cms = CMS_AuthEnvelopedData_create (EVP_aes_256_gcm ());
  g_autoptr(GBytes) sealed = NULL;
  CMS_RecipientInfo *info = NULL;
  guint8 *der = NULL;
  gsize len;
  const char *text = tl_secret_peek (content, &len);
  int der_len;

  g_return_val_if_fail (len > 0, NULL);

  /* Not detached: this is what makes room for the content within. */
  if (cms != NULL && CMS_set_detached (cms, 0) == 1)
    info = CMS_add1_recipient_cert (cms, tl_recipient_get_x509 (recipient),
                                    CMS_KEY_PARAM | CMS_BINARY);
  if (info == NULL || !choose_algorithms (info) || !seal (cms, text, len) ||
      (der_len = i2d_CMS_ContentInfo (cms, &der)) <= 0)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_REFUSED, "sealing the passwords");
      return NULL;
    }
  ERR_clear_error ();

  sealed = g_bytes_new (der, (gsize) der_len);
  OPENSSL_free (der);
  if (!tl_sealed_check (sealed, error))
    return NULL;

  return g_steal_pointer (&sealed);
}

/* What comes out of the cipher goes straight into locked memory, and counts only once the
 * authentication tag at its end has been found right. */
static TlSecret *
unseal (CMS_ContentInfo *cms)
{
  g_autoptr(TlSecret) content = tl_secret_new_sized (TL_SEALED_MAX_BYTES);
  char *buffer = tl_locked_alloc (TL_SEALED_MAX_BYTES);
  BIO *chain = CMS_dataInit (cms, NULL);
  int n = 0;
  gboolean right = FALSE;

  if (chain != NULL)
    {
      while ((n = BIO_read (chain, buffer, (int) (TL_SEALED_MAX_BYTES -
                                                  tl_secret_get_len (content)))) > 0)
        tl_secret_append (content, buffer, (gsize) n);
      right = n <= 0 && BIO_get_cipher_status (chain) == 1;
    }

  BIO_free_all (chain);
  tl_locked_free (buffer, TL_SEALED_MAX_BYTES);

  return right ? g_steal_pointer (&content) : NULL;
}

/**
 * tl_sealed_open:
 * @sealed: what tl_sealed_write(), or another program in the same form, made
 * @opener: whose key opens it
 * @error: return location for a #GError
 *
 * Checks the form, decrypts, and releases nothing before the authentication tag
 * has been found right.
 *
 * Returns: (transfer full): the content, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @sealed does not have the form, and %TL_ERROR_REFUSED when @opener
 *   does not open it or a byte of it has changed
 */
TlSecret *
tl_sealed_open (GBytes    *sealed,
                TlOpener  *opener,
                GError   **error)
{
  g_autoptr(CMS_ContentInfo) cms = NULL;
  g_autoptr(TlSecret) content = NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (sealed, &len);

  if (!tl_sealed_check (sealed, error))
    return NULL;

  cms = d2i_CMS_ContentInfo (NULL, &data, (long) len);
  if (cms != NULL && CMS_decrypt_set1_pkey (cms, tl_opener_get_key (opener), NULL) == 1)
    content = unseal (cms);

  /* Why is not told: it would be an oracle for whoever may try again. */
  ERR_clear_error ();
  if (content == NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED,
                         "the key does not open the sealed passwords");

  return g_steal_pointer (&content);
}
