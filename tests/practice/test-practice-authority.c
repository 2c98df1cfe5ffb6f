/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-authority.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *host;   /* the certificate's */
  int         verify; /* X509_V_OK or why not */
} HostCase;

static const HostCase host_cases[] = {
  { "incoming", "imap.practice.invalid", X509_V_OK },
  { "other", "old.practice.invalid", X509_V_OK },
  { "domain-itself", "practice.invalid", X509_V_OK },
  { "real", "imap.gmail.com", X509_V_ERR_PERMITTED_VIOLATION },
  { "beside", "imap.mispractice.invalid", X509_V_ERR_PERMITTED_VIOLATION },
  { "above", "imap.invalid", X509_V_ERR_PERMITTED_VIOLATION },
};

static X509 *
read_pem (const char *pem)
{
  BIO *bio = BIO_new_mem_buf (pem, -1);
  X509 *cert = PEM_read_bio_X509 (bio, NULL, NULL, NULL);

  BIO_free (bio);
  g_assert_nonnull (cert);

  return cert;
}

static void
test_host (gconstpointer data)
{
  const HostCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPracticeAuthority) authority = tl_practice_authority_new (&error);
  SSL_CTX *context = tl_practice_authority_make_context (authority, c->host, &error);
  X509 *ca = read_pem (tl_practice_authority_get_pem (authority));
  X509_STORE *store = X509_STORE_new ();
  X509_STORE_CTX *check = X509_STORE_CTX_new ();

  g_assert_no_error (error);
  X509_STORE_add_cert (store, ca);
  X509_STORE_CTX_init (check, store, SSL_CTX_get0_certificate (context), NULL);
  X509_STORE_CTX_set_purpose (check, X509_PURPOSE_SSL_SERVER);
  X509_verify_cert (check);
  g_assert_cmpint (X509_STORE_CTX_get_error (check), ==, c->verify);
  g_assert_cmpint (X509_check_host (SSL_CTX_get0_certificate (context), c->host, 0, 0, NULL), ==,
                   1);

  X509_STORE_CTX_free (check);
  X509_STORE_free (store);
  X509_free (ca);
  SSL_CTX_free (context);
}

static void
test_authority (void)
{
  g_autoptr(TlPracticeAuthority) authority = tl_practice_authority_new (NULL);
  g_autoptr(TlPracticeAuthority) another = tl_practice_authority_new (NULL);
  X509 *cert = read_pem (tl_practice_authority_get_pem (authority));
  int critical = -1;
  NAME_CONSTRAINTS *constraints = X509_get_ext_d2i (cert, NID_name_constraints, &critical, NULL);
  int days = -1;
  int seconds = -1;

  g_assert_cmpstr (tl_practice_authority_get_pem (authority), !=,
                   tl_practice_authority_get_pem (another));
  g_assert_null (strstr (tl_practice_authority_get_pem (authority), "PRIVATE KEY"));
  g_assert_nonnull (constraints);
  g_assert_cmpint (critical, ==, 1);
  g_assert_true (ASN1_TIME_diff (&days, &seconds, NULL, X509_get0_notAfter (cert)) == 1);
  g_assert_cmpint (days * 86400 + seconds, <=, 86400);
  g_assert_cmpint (days * 86400 + seconds, >, 86400 - 60);

  NAME_CONSTRAINTS_free (constraints);
  X509_free (cert);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/authority/", host_cases[i].name, NULL);

      g_test_add_data_func (path, &host_cases[i], test_host);
    }
  g_test_add_func ("/practice/authority", test_authority);

  return g_test_run ();
}
