/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tlsa.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#define USAGE_TRUST_ANCHOR 2
#define USAGE_END_ENTITY 3

#define SELECTOR_CERTIFICATE 0
#define SELECTOR_PUBLIC_KEY 1

/* RFC 6698 §2.1.3, indexed by the number on the wire. */
static const EVP_MD *
get_digest (guint8 matching_type)
{
  return matching_type == 1 ? EVP_sha256 () : EVP_sha512 ();
}

/* How long a digest is, by matching type; 0: the whole of it, however long. */
static const gsize digest_lens[] = { 0, 32, 64 };

/* Usages 0 and 1 ask for nothing that verification has not shown already, or for
 * what it cannot; what has not been assigned says nothing (RFC 6698 §2.1). */
static gboolean
is_usable (const guint8 *tlsa)
{
  return (tlsa[0] == USAGE_TRUST_ANCHOR || tlsa[0] == USAGE_END_ENTITY) &&
         tlsa[1] <= SELECTOR_PUBLIC_KEY && tlsa[2] <= 2;
}

/* What a selector takes of a certificate, or NULL for what is no certificate. */
static GBytes *
select_part (GBytes *certificate,
             guint8  selector)
{
  gsize len;
  const guchar *der = g_bytes_get_data (certificate, &len);
  guchar *key_der = NULL;
  X509 *parsed;
  int key_len;
  GBytes *key;

  if (selector == SELECTOR_CERTIFICATE)
    return g_bytes_ref (certificate);

  parsed = d2i_X509 (NULL, &der, (long) len);
  if (parsed == NULL)
    return NULL;
  key_len = i2d_X509_PUBKEY (X509_get_X509_PUBKEY (parsed), &key_der);
  X509_free (parsed);
  if (key_len <= 0)
    return NULL;

  key = g_bytes_new (key_der, (gsize) key_len);
  OPENSSL_free (key_der);

  return key;
}

/* Whether the association data of @tlsa is about @certificate. */
static gboolean
is_about (const guint8 *tlsa,
          gsize         len,
          GBytes       *certificate)
{
  g_autoptr(GBytes) part = select_part (certificate, tlsa[1]);
  guchar digest[EVP_MAX_MD_SIZE];
  guint digest_len = 0;
  gsize part_len;
  const void *part_bytes;

  if (part == NULL)
    return FALSE;

  part_bytes = g_bytes_get_data (part, &part_len);
  if (tlsa[2] == 0)
    return part_len == len - 3 && memcmp (part_bytes, tlsa + 3, part_len) == 0;

  return EVP_Digest (part_bytes, part_len, digest, &digest_len, get_digest (tlsa[2]), NULL) == 1 &&
         digest_len == len - 3 && memcmp (digest, tlsa + 3, digest_len) == 0;
}

/* Usage 3 is about the server's own certificate, usage 2 about any above it. */
static gboolean
matches (const guint8 *tlsa,
         gsize         len,
         GPtrArray    *chain)
{
  guint first = tlsa[0] == USAGE_END_ENTITY ? 0 : 1;
  guint last = tlsa[0] == USAGE_END_ENTITY ? MIN (1, chain->len) : chain->len;

  for (guint i = first; i < last; i++)
    {
      if (is_about (tlsa, len, chain->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_tlsa_judge:
 * @records: what was found at `_PORT._tcp.HOST`
 * @chain: (element-type GBytes): a chain that was verified, in DER, the server's own
 *   certificate first
 *
 * Compares TLSA records with a certificate (RFC 6698 §2.1): usages 2 and 3,
 * selectors 0 and 1, matching types 0 to 2. One record that matches is enough.
 * They count only when they were proven by DNSSEC (§4.1); without that, anybody
 * could have made them up.
 *
 * Returns: what they say
 */
TlTlsaVerdict
tl_tlsa_judge (const TlRecordSet *records,
               GPtrArray         *chain)
{
  TlTlsaVerdict verdict = TL_TLSA_NONE;

  g_return_val_if_fail (records != NULL, TL_TLSA_NONE);
  g_return_val_if_fail (chain != NULL, TL_TLSA_NONE);

  if (tl_record_set_get_dnssec (records) != TL_DNSSEC_SECURE || chain->len == 0)
    return TL_TLSA_NONE;

  for (guint i = 0; i < tl_record_set_get_n (records); i++)
    {
      GBytes *data = tl_record_set_get (records, i)->data;
      gsize len = 0;
      const guint8 *tlsa = data != NULL ? g_bytes_get_data (data, &len) : NULL;

      if (len < 4 || !is_usable (tlsa))
        continue;
      if (matches (tlsa, len, chain))
        return TL_TLSA_MATCHES;
      verdict = TL_TLSA_DIFFERS;
    }

  return verdict;
}

/**
 * tl_tlsa_is_usable:
 * @data: a TLSA record as on the wire
 *
 * Returns: whether a certificate can be compared with it for mail (RFC 7672 §3.1): usage 2 or 3, a
 *   selector and a matching type that are assigned, and as many octets as a digest has
 */
gboolean
tl_tlsa_is_usable (GBytes *data)
{
  gsize len = 0;
  const guint8 *tlsa = g_bytes_get_data (data, &len);

  return len > 3 && is_usable (tlsa) && (tlsa[2] == 0 || len - 3 == digest_lens[tlsa[2]]);
}
