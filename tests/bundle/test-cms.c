/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cms.h"

#include <string.h>

#include "tl-ecdsa.h"
#include "tl-error.h"
#include "tl-test-company.h"

static const char text[] = "{\"what\":\"is signed\"}";

static TlSigner *
generate (void)
{
  g_autoptr(GError) error = NULL;
  TlSigner *signer = tl_signer_new_generate ("ada@acme.test", &error);

  g_assert_no_error (error);

  return signer;
}

static GBytes *
content_new (void)
{
  return g_bytes_new_static (text, strlen (text));
}

static GBytes *
sign (TlSigner *signer)
{
  g_autoptr(GBytes) content = content_new ();
  g_autoptr(GError) error = NULL;
  GBytes *signature = tl_cms_sign (content, signer, &error);

  g_assert_no_error (error);

  return signature;
}

static TlCmsVerdict
verify (const guint8  *data,
        gsize          len,
        const char    *content_text,
        char         **out_fingerprint)
{
  g_autoptr(GBytes) signature = g_bytes_new (data, len);
  g_autoptr(GBytes) content = g_bytes_new (content_text, strlen (content_text));
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(GError) error = NULL;
  TlCmsVerdict verdict = tl_cms_verify (signature, content, &certificate, &error);

  g_assert_true ((verdict == TL_CMS_GOOD) == (certificate != NULL));
  g_assert_true ((verdict == TL_CMS_GOOD) == (error == NULL));
  if (certificate != NULL && out_fingerprint != NULL)
    *out_fingerprint = g_strdup (tl_certificate_get_fingerprint (certificate));

  return verdict;
}

static void
test_good (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autofree char *fingerprint = NULL;

  /* Both halves of the odds, and short integers now and then. */
  for (guint i = 0; i < 600; i++)
    {
      g_autoptr(GBytes) signature = sign (signer);
      gsize len;
      const guint8 *data = g_bytes_get_data (signature, &len);

      g_clear_pointer (&fingerprint, g_free);
      g_assert_cmpint (verify (data, len, text, &fingerprint), ==, TL_CMS_GOOD);
      g_assert_cmpstr (fingerprint, ==, tl_signer_get_fingerprint (signer));
      g_assert_cmpuint (len, <, TL_CMS_MAX_BYTES);
    }
}

static void
test_other_content (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);

  g_assert_cmpint (verify (data, len, "{\"what\":\"was signed\"}", NULL), ==, TL_CMS_BAD);
  g_assert_cmpint (verify (data, len, "", NULL), ==, TL_CMS_BAD);
}

static const TlTestCompany companies[] = {
  { "P-256",    .has_key_id = TRUE, .common_name = "Acme release team" },
  { "P-384",    .has_key_id = TRUE, .is_self_issued = TRUE },
  { "RSA-3072", .has_key_id = TRUE, .is_self_issued = TRUE },
};

static const TlTestCompany longest = { "RSA-3072", .comment_bytes = 7000 };

/* A good signature that is swept: by a person's own key, or by a company's. */
static TlSigner *
signer_to_sweep (gconstpointer data)
{
  return data != NULL ? tl_test_company_signer (data) : generate ();
}

/* Not good, or by a certificate that is not the one which the signed part of a
 * bundle names: what an authority signed in it nobody here can check, and with
 * another issuer a person's own passes for one of those. */
static gboolean
is_refused (const guint8 *data,
            gsize         len,
            TlSigner     *signer)
{
  g_autoptr(GBytes) signature = g_bytes_new (data, len);
  g_autoptr(GBytes) content = content_new ();
  g_autoptr(TlCertificate) certificate = NULL;
  TlCertificate *named = tl_signer_get_certificate (signer);

  return tl_cms_verify (signature, content, &certificate, NULL) != TL_CMS_GOOD ||
         !g_str_equal (tl_certificate_get_sha256 (certificate), tl_certificate_get_sha256 (named));
}

/* Every bit of a person's own; of a company's, whose keys take longer, one bit
 * of every byte. */
static void
test_every_bit (gconstpointer data)
{
  g_autoptr(TlSigner) signer = signer_to_sweep (data);
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);
  g_autofree guint8 *copy = g_memdup2 (bytes, len);

  g_assert_false (is_refused (copy, len, signer));
  for (gsize i = 0; i < len; i++)
    {
      for (guint bit = data == NULL ? 0 : i % 8; bit < 8; bit += data == NULL ? 1 : 8)
        {
          copy[i] ^= (guint8) (1 << bit);
          g_assert_true (is_refused (copy, len, signer));
          copy[i] ^= (guint8) (1 << bit);
        }
    }
}

static void
test_every_length (gconstpointer data)
{
  g_autoptr(TlSigner) signer = signer_to_sweep (data);
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);

  for (gsize n = 0; n < len; n++)
    g_assert_cmpint (verify (bytes, n, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

static void
test_trailing (gconstpointer data)
{
  g_autoptr(TlSigner) signer = signer_to_sweep (data);
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);
  g_autofree guint8 *longer = g_malloc0 (TL_CMS_MAX_BYTES + 1);

  memcpy (longer, bytes, len);
  for (guint last = 0; last < 256; last++)
    {
      longer[len] = (guint8) last;
      g_assert_cmpint (verify (longer, len + 1, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
    }
  g_assert_cmpint (verify (longer, TL_CMS_MAX_BYTES + 1, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

/* Each kind of key, and the most that a certificate may be. */
static void
test_company (gconstpointer data)
{
  g_autoptr(TlSigner) signer = tl_test_company_signer (data);
  g_autofree char *fingerprint = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GBytes) signature = sign (signer);
      g_autoptr(GBytes) normal = tl_cms_normalise (signature, NULL);
      gsize len;
      const guint8 *bytes = g_bytes_get_data (signature, &len);

      g_clear_pointer (&fingerprint, g_free);
      g_assert_cmpint (verify (bytes, len, text, &fingerprint), ==, TL_CMS_GOOD);
      g_assert_cmpstr (fingerprint, ==, tl_signer_get_fingerprint (signer));
      g_assert_cmpuint (len, <, TL_CMS_MAX_BYTES);
      g_assert_true (g_bytes_equal (normal, signature));
    }
}

/* Two people of one name: the key tells them apart. */
static void
test_same_subject (void)
{
  g_autoptr(TlSigner) one = tl_test_company_signer (&companies[0]);
  g_autoptr(TlSigner) two = tl_test_company_signer (&companies[0]);
  g_autoptr(GBytes) signature = sign (two);
  g_autofree char *fingerprint = NULL;
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);

  g_assert_cmpstr (tl_signer_get_name (one), ==, tl_signer_get_name (two));
  g_assert_cmpint (verify (bytes, len, text, &fingerprint), ==, TL_CMS_GOOD);
  g_assert_cmpstr (fingerprint, !=, tl_signer_get_fingerprint (one));
}

/* The other s that would do: anyone can make it, without the key. */
static void
test_high_s (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(GBytes) signature = sign (signer);
  g_autoptr(CMS_ContentInfo) cms = NULL;
  g_autoptr(ECDSA_SIG) pair = NULL;
  g_autoptr(BIGNUM) order = NULL;
  BIGNUM *r;
  BIGNUM *s = BN_new ();
  ASN1_OCTET_STRING *raw;
  g_autofree guint8 *flipped = NULL;
  g_autofree guint8 *again = NULL;
  guint8 *to;
  gsize len;
  const guint8 *p = g_bytes_get_data (signature, &len);
  const guint8 *q;
  int flipped_len;
  int again_len;

  cms = d2i_CMS_ContentInfo (NULL, &p, (long) len);
  raw = CMS_SignerInfo_get0_signature (sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0));
  q = ASN1_STRING_get0_data (raw);
  pair = d2i_ECDSA_SIG (NULL, &q, ASN1_STRING_length (raw));
  BN_hex2bn (&order, tl_key_kind_p256.order);
  r = BN_dup (ECDSA_SIG_get0_r (pair));
  BN_sub (s, order, ECDSA_SIG_get0_s (pair));
  ECDSA_SIG_set0 (pair, r, s);

  flipped_len = i2d_ECDSA_SIG (pair, NULL);
  to = flipped = g_malloc ((gsize) flipped_len);
  i2d_ECDSA_SIG (pair, &to);
  ASN1_OCTET_STRING_set (raw, flipped, flipped_len);
  again_len = i2d_CMS_ContentInfo (cms, NULL);
  to = again = g_malloc ((gsize) again_len);
  i2d_CMS_ContentInfo (cms, &to);

  g_assert_false (tl_ecdsa_is_canonical (tl_key_kind_p256.order, flipped,
                                         (gsize) flipped_len));
  g_assert_cmpint (verify (again, (gsize) again_len, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

/* What stock tools can make of a right signature. */
typedef struct
{
  const char *path;
  guint       flags;
  gboolean  (*change) (CMS_ContentInfo *cms,
                       TlSigner        *signer);
  gboolean    is_normal; /* but for s */
} ForeignCase;

static gboolean
add_signer (CMS_ContentInfo *cms,
            TlSigner        *signer)
{
  g_autoptr(TlSigner) other = generate ();

  return CMS_add1_signer (cms, tl_certificate_get_x509 (tl_signer_get_certificate (other)),
                          tl_signer_get_key (other), EVP_sha256 (), CMS_NOSMIMECAP) != NULL;
}

static gboolean
add_certificate (CMS_ContentInfo *cms,
                 TlSigner        *signer)
{
  g_autoptr(TlSigner) other = generate ();

  return CMS_add1_cert (cms, tl_certificate_get_x509 (tl_signer_get_certificate (other))) == 1;
}

static gboolean
add_crl (CMS_ContentInfo *cms,
         TlSigner        *signer)
{
  X509_CRL *crl = X509_CRL_new ();
  ASN1_TIME *now = X509_gmtime_adj (NULL, 0);
  X509 *x509 = tl_certificate_get_x509 (tl_signer_get_certificate (signer));
  gboolean done = X509_CRL_set_issuer_name (crl, X509_get_subject_name (x509)) == 1 &&
                  X509_CRL_set1_lastUpdate (crl, now) == 1 &&
                  X509_CRL_sign (crl, tl_signer_get_key (signer), EVP_sha256 ()) > 0 &&
                  CMS_add1_crl (cms, crl) == 1;

  ASN1_TIME_free (now);
  X509_CRL_free (crl);

  return done;
}

static gboolean
add_unsigned_attribute (CMS_ContentInfo *cms,
                        TlSigner        *signer)
{
  CMS_SignerInfo *info = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0);

  return CMS_unsigned_add1_attr_by_NID (info, NID_pkcs9_unstructuredName, V_ASN1_UTF8STRING,
                                        "Acme", 4) == 1;
}

static gboolean
add_signed_attribute (CMS_ContentInfo *cms,
                      TlSigner        *signer)
{
  CMS_SignerInfo *info = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0);

  return CMS_signed_add1_attr_by_NID (info, NID_pkcs9_unstructuredName, V_ASN1_UTF8STRING,
                                      "Acme", 4) == 1;
}

static gboolean
add_time (CMS_ContentInfo *cms,
          const char      *time)
{
  CMS_SignerInfo *info = sk_CMS_SignerInfo_value (CMS_get0_SignerInfos (cms), 0);

  return CMS_signed_add1_attr_by_NID (info, NID_pkcs9_signingTime, V_ASN1_UTCTIME, time,
                                      (int) strlen (time)) == 1;
}

static gboolean
add_time_of_a_minute (CMS_ContentInfo *cms,
                      TlSigner        *signer)
{
  return add_time (cms, "2611221000Z");
}

static gboolean
add_time_with_zone (CMS_ContentInfo *cms,
                    TlSigner        *signer)
{
  return add_time (cms, "261122100000+0000");
}

static gboolean
add_time_of_a_minute_with_zone (CMS_ContentInfo *cms,
                                TlSigner        *signer)
{
  return add_time (cms, "2611221000+0000");
}

#define USUAL (CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP)

static const ForeignCase foreign_cases[] = {
  { "/cms/foreign/usual",              USUAL, .is_normal = TRUE },
  { "/cms/foreign/capabilities",       CMS_BINARY | CMS_DETACHED },
  { "/cms/foreign/no-attributes",      USUAL | CMS_NOATTR },
  { "/cms/foreign/attached",           CMS_BINARY | CMS_NOSMIMECAP },
  { "/cms/foreign/no-certificate",     USUAL | CMS_NOCERTS },
  { "/cms/foreign/named-by-key",       USUAL | CMS_USE_KEYID },
  { "/cms/foreign/hash-of-certificate", USUAL | CMS_CADES },
  { "/cms/foreign/certificate-added",  USUAL, add_certificate },
  { "/cms/foreign/crl-added",          USUAL, add_crl },
  { "/cms/foreign/signed-attribute",   USUAL, add_signed_attribute },
  { "/cms/foreign/unsigned-attribute", USUAL, add_unsigned_attribute },
  { "/cms/foreign/time-of-a-minute",   USUAL, add_time_of_a_minute },
  { "/cms/foreign/time-with-zone",     USUAL, add_time_with_zone },
  { "/cms/foreign/time-minute-zone",   USUAL, add_time_of_a_minute_with_zone },
  { "/bundle/B03/two-signers",         USUAL, add_signer },
};

static GBytes *
sign_foreign (TlSigner     *signer,
              const EVP_MD *digest,
              guint         flags,
              gboolean    (*change) (CMS_ContentInfo *cms,
                                     TlSigner        *signer))
{
  g_autoptr(BIO) bio = BIO_new_mem_buf (text, (int) strlen (text));
  g_autoptr(CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, flags | CMS_PARTIAL);
  g_autofree guint8 *der = NULL;
  guint8 *p;
  int len;

  g_assert_nonnull (CMS_add1_signer (cms,
                                     tl_certificate_get_x509 (tl_signer_get_certificate (signer)),
                                     tl_signer_get_key (signer), digest, flags));
  if (change != NULL)
    g_assert_true (change (cms, signer));
  g_assert_cmpint (CMS_final (cms, bio, NULL, flags), ==, 1);

  len = i2d_CMS_ContentInfo (cms, NULL);
  p = der = g_malloc ((gsize) len);
  i2d_CMS_ContentInfo (cms, &p);

  return g_bytes_new_take (g_steal_pointer (&der), (gsize) len);
}

static void
assert_not_normal (GBytes *signature)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) none = tl_cms_normalise (signature, &error);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpint (verify (bytes, len, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

static void
test_foreign (gconstpointer data)
{
  const ForeignCase *c = data;
  g_autoptr(TlSigner) own = generate ();

  for (gsize i = 0; i <= G_N_ELEMENTS (companies); i++)
    {
      g_autoptr(TlSigner) company = i > 0 ? tl_test_company_signer (&companies[i - 1]) : NULL;
      TlSigner *signer = company != NULL ? company : own;
      g_autoptr(GBytes) signature = NULL;
      g_autoptr(GBytes) normal = NULL;
      g_autoptr(GError) error = NULL;
      gsize len;
      const guint8 *bytes;

      /* A person's own certificate has no key identifier. */
      if ((c->flags & CMS_USE_KEYID) != 0 && company == NULL)
        continue;

      signature = sign_foreign (signer, EVP_sha256 (), c->flags, c->change);
      if (!c->is_normal)
        {
          assert_not_normal (signature);
          continue;
        }

      normal = tl_cms_normalise (signature, &error);
      g_assert_no_error (error);
      bytes = g_bytes_get_data (normal, &len);
      g_assert_cmpint (verify (bytes, len, text, NULL), ==, TL_CMS_GOOD);
    }
}

static void
test_other_digest (void)
{
  g_autoptr(TlSigner) signer = tl_test_company_signer (&companies[2]);
  const EVP_MD *digests[] = { EVP_sha1 (), EVP_sha384 (), EVP_sha512 () };

  for (gsize i = 0; i < G_N_ELEMENTS (digests); i++)
    {
      g_autoptr(GBytes) signature = sign_foreign (signer, digests[i], USUAL, NULL);

      assert_not_normal (signature);
    }
}

static void
test_no_signer (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(BIO) bio = BIO_new_mem_buf (text, (int) strlen (text));
  g_autoptr(CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, USUAL | CMS_PARTIAL);
  g_autoptr(GBytes) signature = NULL;
  g_autofree guint8 *der = NULL;
  guint8 *p;
  int len;

  CMS_add1_cert (cms, tl_certificate_get_x509 (tl_signer_get_certificate (signer)));
  CMS_final (cms, bio, NULL, USUAL);
  len = i2d_CMS_ContentInfo (cms, NULL);
  p = der = g_malloc ((gsize) len);
  i2d_CMS_ContentInfo (cms, &p);
  signature = g_bytes_new_take (g_steal_pointer (&der), (gsize) len);

  assert_not_normal (signature);
}

/* Lengths left open, as BER allows: the same structure in other bytes. */
static void
test_indefinite (void)
{
  g_autoptr(TlSigner) signer = tl_test_company_signer (&companies[2]);
  g_autoptr(GBytes) signature = sign_foreign (signer, EVP_sha256 (), USUAL, NULL);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (signature, &len);
  g_autoptr(GByteArray) open = g_byte_array_new ();
  g_autoptr(GBytes) opened = NULL;
  g_autoptr(CMS_ContentInfo) cms = NULL;
  const guint8 *p;

  /* ContentInfo has a length of two bytes. */
  g_assert_cmpint (bytes[1], ==, 0x82);
  g_byte_array_append (open, (const guint8 *) "\x30\x80", 2);
  g_byte_array_append (open, bytes + 4, (guint) len - 4);
  g_byte_array_append (open, (const guint8 *) "\0", 2);
  opened = g_byte_array_free_to_bytes (g_steal_pointer (&open));

  p = g_bytes_get_data (opened, &len);
  cms = d2i_CMS_ContentInfo (NULL, &p, (long) len);
  g_assert_nonnull (cms);
  assert_not_normal (opened);
}

/* Signed attributes changed and signed again by the right key: only the form is
 * wrong. All changes are of one length. */
typedef struct
{
  const char *name;
  const char *find;
  const char *replace;
  gsize       len;
  gssize      at; /* of what is replaced behind what is found */
} ResignCase;

#define SIGNING_TIME_OID "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05"

static const ResignCase resign_cases[] = {
  { "as-it-was",         SIGNING_TIME_OID, "49", 9, 4 },
  { "before-2000",       SIGNING_TIME_OID, "50", 9, 4 },
  { "last-century",      SIGNING_TIME_OID, "99", 9, 4 },
  { "month-13",          SIGNING_TIME_OID, "2613", 9, 4 },
  { "no-zone",           SIGNING_TIME_OID, "261122100000A", 9, 4 },
  { "zone",              SIGNING_TIME_OID, "26112210+0100", 9, 4 },
  { "generalized-time",  SIGNING_TIME_OID, "\x18", 9, 2 },
  { "other-attribute",   SIGNING_TIME_OID, "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x02", 9, -9 },
  { "other-content",     "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03\x31\x0b\x06\x09",
                         "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x05", 13, 0 },
};

static void
test_resign (gconstpointer data)
{
  const ResignCase *c = data;
  g_autoptr(TlSigner) signer = tl_test_company_signer (&companies[2]);
  g_autoptr(GBytes) signature = sign_foreign (signer, EVP_sha256 (), USUAL, NULL);
  g_autoptr(GByteArray) set = g_byte_array_new ();
  g_autoptr(GBytes) raw = NULL;
  g_autoptr(GBytes) again = NULL;
  g_autoptr(GError) error = NULL;
  gsize len;
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (signature, NULL),
                                        g_bytes_get_size (signature));
  guint8 *found;
  guint8 *attributes;

  len = g_bytes_get_size (signature);
  found = memmem (bytes, len, c->find, c->len);
  attributes = memmem (bytes, len, "\xa0\x69\x30\x18", 4);
  g_assert_nonnull (found);
  g_assert_nonnull (attributes);
  memcpy (found + (gssize) c->len + c->at, c->replace, strlen (c->replace));

  g_byte_array_append (set, attributes, 2 + 0x69);
  set->data[0] = 0x31;
  raw = tl_signer_sign (signer, set->data, set->len, &error);
  g_assert_no_error (error);
  memcpy (bytes + len - g_bytes_get_size (raw), g_bytes_get_data (raw, NULL),
          g_bytes_get_size (raw));

  again = g_bytes_new (bytes, len);
  if (g_str_equal (c->name, "as-it-was"))
    g_assert_cmpint (verify (bytes, len, text, NULL), ==, TL_CMS_GOOD);
  else
    assert_not_normal (again);
}

/* The other name that RFC 3370 §3.2 allows for the same thing, and no parameters. */
static void
test_rsa_names (void)
{
  static const guint8 ours[] = {
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00, 0x04, 0x82,
  };
  g_autoptr(TlSigner) signer = tl_test_company_signer (&companies[2]);
  g_autoptr(GBytes) signature = sign (signer);
  g_autoptr(GBytes) other = NULL;
  gsize len = g_bytes_get_size (signature);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (signature, NULL), len);
  guint8 *found = memmem (bytes, len, ours, sizeof ours);

  g_assert_nonnull (found);
  found[8] = 0x0b;
  other = g_bytes_new (bytes, len);
  assert_not_normal (other);
}

/* Half of what stock tools write with ECDSA has the other s. */
static void
test_normalise (gconstpointer data)
{
  g_autoptr(TlSigner) signer = tl_test_company_signer (data);
  guint n_changed = 0;

  for (guint i = 0; i < 64; i++)
    {
      g_autoptr(GBytes) signature = sign_foreign (signer, EVP_sha256 (), USUAL, NULL);
      g_autoptr(GBytes) normal = tl_cms_normalise (signature, NULL);
      gsize len;
      const guint8 *bytes;
      gboolean is_changed;

      g_assert_nonnull (normal);
      is_changed = !g_bytes_equal (normal, signature);
      bytes = g_bytes_get_data (signature, &len);
      g_assert_cmpint (verify (bytes, len, text, NULL), ==,
                       is_changed ? TL_CMS_NOT_OUR_FORM : TL_CMS_GOOD);
      bytes = g_bytes_get_data (normal, &len);
      g_assert_cmpint (verify (bytes, len, text, NULL), ==, TL_CMS_GOOD);
      n_changed += is_changed;
    }

  g_assert_cmpuint (n_changed, >, 0);
  g_assert_cmpuint (n_changed, <, 64);
}

static void
test_normalise_rubbish (void)
{
  static const char * const rubbish[] = {
    "", "0", "{}", "-----BEGIN CMS-----\nMAA=\n-----END CMS-----\n", "MIME-Version: 1.0\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rubbish); i++)
    {
      g_autoptr(GBytes) signature = g_bytes_new_static (rubbish[i], strlen (rubbish[i]));

      assert_not_normal (signature);
    }
}

/* A certificate that does not sign is not what the form lacks. */
static void
test_bad_certificate (void)
{
  static const TlTestCompany bad = { "RSA-2048", .is_self_issued = TRUE };
  g_autoptr(EVP_PKEY) key = tl_test_company_key (bad.key);
  g_autoptr(X509) x509 = tl_test_company_x509 (&bad, key);
  g_autoptr(BIO) bio = BIO_new_mem_buf (text, (int) strlen (text));
  g_autoptr(CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, USUAL | CMS_PARTIAL);
  g_autofree guint8 *der = NULL;
  guint8 *p;
  int len;

  CMS_add1_signer (cms, x509, key, EVP_sha256 (), USUAL);
  CMS_final (cms, bio, NULL, USUAL);
  len = i2d_CMS_ContentInfo (cms, NULL);
  p = der = g_malloc ((gsize) len);
  i2d_CMS_ContentInfo (cms, &p);

  g_assert_cmpint (verify (der, (gsize) len, text, NULL), ==, TL_CMS_BAD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cms/good", test_good);
  g_test_add_func ("/cms/other-content", test_other_content);
  g_test_add_data_func ("/bundle/B01/signature/own", NULL, test_every_bit);
  g_test_add_data_func ("/bundle/B02/signature/own/short", NULL, test_every_length);
  g_test_add_data_func ("/bundle/B02/signature/own/trailing", NULL, test_trailing);
  for (gsize i = 0; i < G_N_ELEMENTS (companies); i++)
    {
      static const struct
      {
        const char  *path;
        GTestDataFunc test;
      } sweeps[] = {
        { "/bundle/B01/signature/%s",          test_every_bit },
        { "/bundle/B02/signature/%s/short",    test_every_length },
        { "/bundle/B02/signature/%s/trailing", test_trailing },
        { "/cms/company/%s",                   test_company },
      };

      for (gsize j = 0; j < G_N_ELEMENTS (sweeps); j++)
        {
          g_auto(GStrv) parts = g_strsplit (sweeps[j].path, "%s", -1);
          g_autofree char *path = g_strjoinv (companies[i].key, parts);

          g_test_add_data_func (path, &companies[i], sweeps[j].test);
        }
    }
  g_test_add_data_func ("/cms/company/longest", &longest, test_company);
  g_test_add_data_func ("/cms/normalise/p256", &companies[0], test_normalise);
  g_test_add_data_func ("/cms/normalise/p384", &companies[1], test_normalise);
  g_test_add_func ("/cms/normalise/rubbish", test_normalise_rubbish);
  g_test_add_func ("/bundle/B03/other-key-same-subject", test_same_subject);
  g_test_add_func ("/bundle/B03/zero-signers", test_no_signer);
  g_test_add_func ("/bundle/B03/bad-certificate", test_bad_certificate);
  g_test_add_func ("/cms/foreign/digest", test_other_digest);
  g_test_add_func ("/cms/foreign/indefinite", test_indefinite);
  g_test_add_func ("/cms/foreign/rsa-names", test_rsa_names);
  g_test_add_func ("/cms/high-s", test_high_s);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_cases); i++)
    g_test_add_data_func (foreign_cases[i].path, &foreign_cases[i], test_foreign);
  for (gsize i = 0; i < G_N_ELEMENTS (resign_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cms/signed-again/", resign_cases[i].name, NULL);

      g_test_add_data_func (path, &resign_cases[i], test_resign);
    }

  return g_test_run ();
}
