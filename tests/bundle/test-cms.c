/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-cms.h"

#include <string.h>

#include "tl-ecdsa.h"
#include "tl-error.h"

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

static void
test_every_bit (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);
  g_autofree guint8 *copy = g_memdup2 (data, len);

  for (gsize i = 0; i < len; i++)
    {
      for (guint bit = 0; bit < 8; bit++)
        {
          copy[i] ^= (guint8) (1 << bit);
          g_assert_cmpint (verify (copy, len, text, NULL), !=, TL_CMS_GOOD);
          copy[i] ^= (guint8) (1 << bit);
        }
    }
}

static void
test_every_length (void)
{
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(GBytes) signature = sign (signer);
  gsize len;
  const guint8 *data = g_bytes_get_data (signature, &len);
  g_autofree guint8 *longer = g_malloc0 (len + 1);

  for (gsize n = 0; n < len; n++)
    g_assert_cmpint (verify (data, n, text, NULL), ==, TL_CMS_NOT_OUR_FORM);

  memcpy (longer, data, len);
  g_assert_cmpint (verify (longer, len + 1, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
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
  BN_hex2bn (&order, "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
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

  g_assert_false (tl_ecdsa_is_canonical (flipped, (gsize) flipped_len));
  g_assert_cmpint (verify (again, (gsize) again_len, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

/* Signatures that stock tools would make, and that are right: not of our form. */
typedef struct
{
  const char *name;
  guint       flags;
  guint       times;
} ForeignCase;

static const ForeignCase foreign_cases[] = {
  { "attributes",    CMS_BINARY | CMS_DETACHED, 1 },
  { "no-attributes", CMS_BINARY | CMS_DETACHED | CMS_NOATTR, 1 },
  { "attached",      CMS_BINARY, 1 },
  { "no-certificate", CMS_BINARY | CMS_DETACHED | CMS_NOCERTS, 1 },
  { "two-signers",   CMS_BINARY | CMS_DETACHED, 2 },
};

static void
test_foreign (gconstpointer data)
{
  const ForeignCase *c = data;
  g_autoptr(TlSigner) signer = generate ();
  g_autoptr(TlSigner) other = generate ();
  g_autoptr(BIO) bio = BIO_new_mem_buf (text, (int) strlen (text));
  g_autoptr(CMS_ContentInfo) cms = NULL;
  g_autofree guint8 *der = NULL;
  guint8 *p;
  int len;

  cms = CMS_sign (NULL, NULL, NULL, NULL, c->flags | CMS_PARTIAL);
  CMS_add1_signer (cms, tl_certificate_get_x509 (tl_signer_get_certificate (signer)),
                   tl_signer_get_key (signer), EVP_sha256 (), c->flags);
  if (c->times == 2)
    CMS_add1_signer (cms, tl_certificate_get_x509 (tl_signer_get_certificate (other)),
                     tl_signer_get_key (other), EVP_sha256 (), c->flags);
  g_assert_cmpint (CMS_final (cms, bio, NULL, c->flags), ==, 1);

  len = i2d_CMS_ContentInfo (cms, NULL);
  p = der = g_malloc ((gsize) len);
  i2d_CMS_ContentInfo (cms, &p);

  g_assert_cmpint (verify (der, (gsize) len, text, NULL), ==, TL_CMS_NOT_OUR_FORM);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cms/good", test_good);
  g_test_add_func ("/cms/other-content", test_other_content);
  g_test_add_func ("/cms/every-bit", test_every_bit);
  g_test_add_func ("/cms/every-length", test_every_length);
  g_test_add_func ("/cms/high-s", test_high_s);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cms/foreign/", foreign_cases[i].name, NULL);

      g_test_add_data_func (path, &foreign_cases[i], test_foreign);
    }

  return g_test_run ();
}
