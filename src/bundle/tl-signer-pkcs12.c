/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <openssl/err.h>
#include <string.h>

#include "tl-error.h"

/* A key, its certificate and a long chain; what is longer is not looked at. */
#define PKCS12_MAX_BYTES      (64 * 1024)
/* Some seconds of work: a file must not be able to ask for days of it. */
#define PKCS12_MAX_ITERATIONS 10000000

static const char out_of_bounds[] =
  "this is no PKCS #12 file, or none that a signing key comes in";

/* Whether the newest of OpenSSL's complaints are about an algorithm it has only
 * in its legacy provider. */
static gboolean
wants_legacy (void)
{
  unsigned long reason;
  gboolean found = FALSE;

  while ((reason = ERR_get_error ()) != 0)
    found = found || ERR_GET_REASON (reason) == ERR_R_UNSUPPORTED ||
            (ERR_GET_LIB (reason) == ERR_LIB_EVP &&
             ERR_GET_REASON (reason) == EVP_R_UNSUPPORTED_ALGORITHM);

  return found;
}

static PKCS12 *
parse (GBytes *bytes)
{
  g_autoptr(PKCS12) file = NULL;
  const ASN1_INTEGER *iterations = NULL;
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  const guint8 *p = data;

  if (len == 0 || len > PKCS12_MAX_BYTES ||
      (file = d2i_PKCS12 (NULL, &p, (long) len)) == NULL || p != data + len ||
      PKCS12_mac_present (file) != 1)
    return NULL;

  PKCS12_get0_mac (NULL, NULL, NULL, &iterations, file);
  /* Absent is one, RFC 7292 §4. */
  if (iterations != NULL && (ASN1_INTEGER_get (iterations) < 1 ||
                             ASN1_INTEGER_get (iterations) > PKCS12_MAX_ITERATIONS))
    return NULL;

  return g_steal_pointer (&file);
}

static gboolean
unlock (PKCS12      *file,
        const char  *passphrase,
        GError     **error)
{
  if (PKCS12_verify_mac (file, passphrase, -1) == 1)
    return TRUE;

  /* What is not the passphrase's fault comes with a complaint. */
  if (ERR_peek_error () != 0)
    tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                              "this PKCS #12 file is protected in a way that is not known");
  else
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         "the passphrase is not that of the PKCS #12 file");

  return FALSE;
}

static gboolean
take_out (PKCS12      *file,
          const char  *passphrase,
          EVP_PKEY   **out_key,
          X509       **out_x509,
          GError     **error)
{
  if (PKCS12_parse (file, passphrase, out_key, out_x509, NULL) == 1)
    return TRUE;

  if (wants_legacy ())
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         "the PKCS #12 file is encrypted in an old way; write it anew: "
                         "“openssl pkcs12 -legacy -in OLD -out PEM”, then "
                         "“openssl pkcs12 -export -in PEM -out NEW”");
  else
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, out_of_bounds);

  return FALSE;
}

/**
 * tl_signer_new_from_pkcs12:
 * @bytes: a PKCS #12 file (RFC 7292) with a key and its certificate
 * @passphrase: (nullable): what it is locked with
 * @error: return location for a #GError
 *
 * Makes a signer of a company's key. The other certificates in the file are
 * passed over. Whether the certificate is valid today is not asked: see
 * tl_signer_covers(). Unlocking takes a while, by intent of whoever wrote the file.
 *
 * Returns: (transfer full): the signer, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when the passphrase is wrong, the file cannot be read or lacks either, or
 *   key or certificate are not of the forms that sign
 */
TlSigner *
tl_signer_new_from_pkcs12 (GBytes          *bytes,
                           const TlSecret  *passphrase,
                           GError         **error)
{
  g_autoptr(PKCS12) file = parse (bytes);
  g_autoptr(EVP_PKEY) key = NULL;
  g_autoptr(X509) x509 = NULL;
  gsize len = 0;
  /* Locked memory, lent: what OpenSSL copies of it, it wipes. */
  const char *text = passphrase != NULL ? tl_secret_peek (passphrase, &len) : "";

  if (file == NULL || memchr (text, '\0', len) != NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT, out_of_bounds);
      return NULL;
    }

  ERR_clear_error ();
  if (!unlock (file, text, error) || !take_out (file, text, &key, &x509, error))
    return NULL;

  if (key == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the PKCS #12 file has no private key in it");
      return NULL;
    }

  if (x509 == NULL)
    {
      tl_bundle_openssl_refuse (error, TL_ERROR_INVALID_INPUT,
                                "the PKCS #12 file has no certificate of its key in it");
      return NULL;
    }

  return tl_signer_new_company (key, x509, NULL, error);
}
