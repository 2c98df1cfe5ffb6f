/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-certificate.h"

#include <openssl/x509v3.h>

#include "tl-evidence.h"
#include "tl-text.h"

#define MAX_NAMES 20
/* Security level 2, RFC 9325 §4: as strong as RSA of 2048 bits, or SHA-224. */
#define MIN_SECURITY_BITS 112

static char *
describe_time (const ASN1_TIME *at,
               gint64          *out_s)
{
  struct tm broken;
  g_autoptr(GDateTime) moment = NULL;

  if (ASN1_TIME_to_tm (at, &broken) != 1)
    return NULL;
  moment = g_date_time_new_utc (broken.tm_year + 1900, broken.tm_mon + 1, broken.tm_mday,
                                broken.tm_hour, broken.tm_min, broken.tm_sec);
  if (moment == NULL)
    return NULL;
  if (out_s != NULL)
    *out_s = g_date_time_to_unix (moment);

  return g_date_time_format_iso8601 (moment);
}

static char *
describe_name (X509_NAME *name)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *bytes = NULL;
  long len;
  char *text;

  X509_NAME_print_ex (bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (bio, &bytes);
  /* A name may be empty (RFC 5280 §4.1.2.6). */
  text = len > 0 ? tl_text_clean (bytes, len) : g_strdup ("");
  BIO_free (bio);

  return text;
}

/* RFC 9525 §2: only subjectAltName counts, dNSName and iPAddress. */
static char **
list_names (X509 *certificate)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GENERAL_NAMES *general = X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);
  int n = general == NULL ? 0 : sk_GENERAL_NAME_num (general);

  for (int i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      const GENERAL_NAME *name = sk_GENERAL_NAME_value (general, i);
      g_autofree char *text = NULL;

      if (name->type == GEN_DNS)
        {
          text = tl_text_clean ((const char *) ASN1_STRING_get0_data (name->d.dNSName),
                                ASN1_STRING_length (name->d.dNSName));
        }
      else if (name->type == GEN_IPADD)
        {
          int len = ASN1_STRING_length (name->d.iPAddress);

          if (len == 4 || len == 16)
            {
              g_autoptr(GInetAddress) address =
                g_inet_address_new_from_bytes (ASN1_STRING_get0_data (name->d.iPAddress),
                                               len == 4 ? G_SOCKET_FAMILY_IPV4
                                                        : G_SOCKET_FAMILY_IPV6);

              text = g_inet_address_to_string (address);
            }
        }

      if (text != NULL)
        g_strv_builder_add (names, text);
    }
  GENERAL_NAMES_free (general);

  return g_strv_builder_end (names);
}

static char *
describe_fingerprint (X509 *certificate)
{
  guchar digest[EVP_MAX_MD_SIZE];
  guint len = 0;
  g_autoptr(GString) hex = g_string_new (NULL);

  X509_digest (certificate, EVP_sha256 (), digest, &len);
  for (guint i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", digest[i]);

  return g_string_free (g_steal_pointer (&hex), FALSE);
}

/**
 * tl_certificate_get_peer:
 * @ssl: a session, its handshake through or not
 *
 * SSL_get0_peer_certificate() has none when verification ended the handshake,
 * but what was verified is still there.
 *
 * Returns: (transfer none) (nullable): the server's own certificate
 */
X509 *
tl_certificate_get_peer (SSL *ssl)
{
  STACK_OF (X509) *chain = SSL_get_peer_cert_chain (ssl);
  X509 *certificate = SSL_get0_peer_certificate (ssl);

  if (certificate == NULL && chain != NULL && sk_X509_num (chain) > 0)
    certificate = sk_X509_value (chain, 0);

  return certificate;
}

/**
 * tl_certificate_describe_session:
 * @certificate: (nullable): the server's; %NULL for a cipher that needs none
 * @version: the version of TLS
 * @cipher: the cipher suite
 *
 * Returns: (transfer full): what a connection is made of
 */
TlTlsInfo *
tl_certificate_describe_session (X509       *certificate,
                                 const char *version,
                                 const char *cipher)
{
  static const char * const no_names[] = { NULL };
  g_auto(GStrv) names = NULL;
  g_autofree char *issuer = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *not_after = NULL;
  gint64 not_after_s = 0;

  if (certificate == NULL)
    return tl_tls_info_new (version, cipher, "", "", no_names, 0);

  names = list_names (certificate);
  issuer = describe_name (X509_get_issuer_name (certificate));
  fingerprint = describe_fingerprint (certificate);
  not_after = describe_time (X509_get0_notAfter (certificate), &not_after_s);

  return tl_tls_info_new (version, cipher, fingerprint, issuer, (const char * const *) names,
                          not_after_s);
}

/**
 * tl_certificate_insert:
 * @certificate: a certificate
 * @evidence: what it is added to: names, issuer, fingerprint and life
 */
void
tl_certificate_insert (X509         *certificate,
                       GVariantDict *evidence)
{
  g_auto(GStrv) names = list_names (certificate);
  g_autofree char *issuer = describe_name (X509_get_issuer_name (certificate));
  g_autofree char *fingerprint = describe_fingerprint (certificate);
  g_autofree char *not_before = describe_time (X509_get0_notBefore (certificate), NULL);
  g_autofree char *not_after = describe_time (X509_get0_notAfter (certificate), NULL);

  g_variant_dict_insert (evidence, TL_EVIDENCE_NAMES, "^as", names);
  g_variant_dict_insert (evidence, TL_EVIDENCE_ISSUER, "s", issuer);
  g_variant_dict_insert (evidence, TL_EVIDENCE_FINGERPRINT, "s", fingerprint);
  if (not_before != NULL)
    g_variant_dict_insert (evidence, TL_EVIDENCE_NOT_BEFORE, "s", not_before);
  if (not_after != NULL)
    g_variant_dict_insert (evidence, TL_EVIDENCE_NOT_AFTER, "s", not_after);
}

static char *
describe_key (X509 *certificate)
{
  EVP_PKEY *key = X509_get0_pubkey (certificate);
  const char *kind = key == NULL ? NULL : EVP_PKEY_get0_type_name (key);

  if (kind == NULL || EVP_PKEY_get_security_bits (key) >= MIN_SECURITY_BITS)
    return NULL;

  return g_strdup_printf ("a key of %d bits (%s)", EVP_PKEY_get_bits (key), kind);
}

static char *
describe_signature (X509 *certificate)
{
  int digest = NID_undef;
  int key = NID_undef;
  int bits = 0;

  if (X509_get_signature_info (certificate, &digest, &key, &bits, NULL) != 1 ||
      bits >= MIN_SECURITY_BITS)
    return NULL;

  return g_strdup_printf ("a signature made with %s", OBJ_nid2sn (digest));
}

/**
 * tl_certificate_describe_weakness:
 * @chain: (nullable): certificates, the server's own first
 *
 * Returns: (transfer full) (nullable): what about the first that is too weak is
 *   so, as a clause; %NULL when nothing is
 */
char *
tl_certificate_describe_weakness (STACK_OF (X509) *chain)
{
  int n = chain == NULL ? 0 : sk_X509_num (chain);

  for (int i = 0; i < n; i++)
    {
      X509 *certificate = sk_X509_value (chain, i);
      g_autofree char *what = describe_key (certificate);

      if (what == NULL)
        what = describe_signature (certificate);
      if (what != NULL)
        return g_strdup_printf ("%s has %s", i == 0 ? "the server's certificate"
                                                    : "an authority's certificate", what);
    }

  return NULL;
}
