/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signer-private.h"

#include <glib/gstdio.h>
#include <openssl/provider.h>
#include <string.h>

#include "tl-cms.h"
#include "tl-error.h"
#include "tl-test-company.h"

#define PASSPHRASE "correct horse"
#define P256       "ec -pkeyopt ec_paramgen_curve:P-256"

/* Of one test: where the openssl command writes. */
typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("twolane-pkcs12.XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

/* Runs a line of shell in the folder of the test. */
static void
run (Fixture    *fixture,
     const char *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
run (Fixture    *fixture,
     const char *format,
     ...)
{
  g_autofree char *line = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr(GError) error = NULL;
  char *argv[] = { (char *) "/bin/sh", (char *) "-ec", NULL, NULL };
  int status = 0;
  va_list arguments;

  va_start (arguments, format);
  argv[2] = line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_spawn_sync (fixture->folder, argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                &complaint, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", line, complaint);
}

static GBytes *
read_file (Fixture    *fixture,
           const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (text, len);
}

static TlSigner *
load (GBytes      *bytes,
      const char  *passphrase,
      GError     **error)
{
  g_autoptr(TlSecret) secret = passphrase != NULL ? tl_secret_new (passphrase, strlen (passphrase))
                                                  : NULL;

  return tl_signer_new_from_pkcs12 (bytes, secret, error);
}

static void
assert_refused (GBytes     *bytes,
                const char *passphrase)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) none = load (bytes, passphrase, &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (strstr (error->message, PASSPHRASE));
}

typedef struct
{
  const char *path;
  const char *newkey;   /* NULL: EC on P-256 */
  const char *request;  /* more for `openssl req` */
  const char *export;   /* more for `openssl pkcs12 -export` */
  const char *set;      /* the passphrase of the file; NULL: PASSPHRASE */
  const char *given;    /* the one that is tried; NULL: that of the file */
  gboolean    fits;
} FileCase;

static const FileCase file_cases[] = {
  { "/bundle/pkcs12/rsa",               "rsa:3072", .fits = TRUE },
  { "/bundle/pkcs12/p256",              .fits = TRUE },
  { "/bundle/pkcs12/p384",              "ec -pkeyopt ec_paramgen_curve:P-384", .fits = TRUE },
  { "/bundle/pkcs12/3des",              .export = "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES "
                                                  "-macalg sha1", .fits = TRUE },
  { "/bundle/pkcs12/not-encrypted",     .export = "-keypbe NONE -certpbe NONE", .fits = TRUE },
  { "/bundle/pkcs12/empty-passphrase",  .set = "", .fits = TRUE },
  { "/bundle/pkcs12/utf8-passphrase",   .set = "žluťoučký", .fits = TRUE },
  { "/bundle/B13/wrong-passphrase",     .given = "Correct horse" },
  { "/bundle/B13/shorter-passphrase",   .given = "correct hors" },
  { "/bundle/B13/no-passphrase",        .given = "" },
  { "/bundle/B13/no-mac",               .export = "-nomac" },
  { "/bundle/B13/no-key",               .export = "-nokeys" },
  { "/bundle/B13/no-certificate",       .export = "-nocerts" },
  { "/bundle/B13/weak-rsa",             "rsa:2048" },
  { "/bundle/B13/other-curve",          "ec -pkeyopt ec_paramgen_curve:secp256k1" },
  { "/bundle/B13/wrong-eku",            .request = "-addext extendedKeyUsage=serverAuth" },
  { "/bundle/B13/wrong-key-usage",      .request = "-addext keyUsage=keyCertSign" },
};

static void
make_file (Fixture    *fixture,
           const char *newkey,
           const char *request,
           const char *more,
           const char *passphrase)
{
  run (fixture,
       "openssl req -x509 -newkey %s -noenc -keyout key.pem -out certificate.pem "
       "-subj '/O=Acme/CN=Acme release team' -days 30 %s",
       newkey != NULL ? newkey : P256, request != NULL ? request : "");
  run (fixture,
       "openssl pkcs12 -export -inkey key.pem -in certificate.pem -out file.p12 %s "
       "-passout 'pass:%s'",
       more != NULL ? more : "", passphrase);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  const FileCase *c = data;
  const char *set = c->set != NULL ? c->set : PASSPHRASE;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) pem = NULL;
  g_autoptr(TlCertificate) certificate = NULL;
  g_autoptr(TlSigner) signer = NULL;
  g_autoptr(GError) error = NULL;

  make_file (fixture, c->newkey, c->request, c->export, set);
  bytes = read_file (fixture, "file.p12");
  if (!c->fits)
    {
      assert_refused (bytes, c->given != NULL ? c->given : set);
      return;
    }

  signer = load (bytes, *set == '\0' ? NULL : set, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_signer_get_name (signer), ==, "Acme release team");
  pem = read_file (fixture, "certificate.pem");
  certificate = tl_certificate_new_from_pem (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem),
                                             &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_signer_get_fingerprint (signer), ==,
                   tl_certificate_get_fingerprint (certificate));
  g_assert_true (tl_signer_covers (signer, g_get_real_time () / G_USEC_PER_SEC));
}

/* What the message says is what helps. */
static void
test_legacy (Fixture       *fixture,
             gconstpointer  data)
{
  OSSL_PROVIDER *legacy = OSSL_PROVIDER_try_load (NULL, "legacy", TRUE);
  g_autoptr(GBytes) old = NULL;
  g_autoptr(GBytes) new = NULL;
  g_autoptr(TlSigner) signer = NULL;
  g_autoptr(GError) error = NULL;

  if (legacy == NULL)
    {
      g_test_skip ("OpenSSL has no legacy provider here");
      return;
    }
  OSSL_PROVIDER_unload (legacy);

  make_file (fixture, NULL, NULL, "-legacy", PASSPHRASE);
  old = read_file (fixture, "file.p12");
  signer = load (old, PASSPHRASE, &error);
  g_assert_null (signer);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "openssl pkcs12 -legacy -in OLD -out PEM"));
  g_assert_nonnull (strstr (error->message, "openssl pkcs12 -export -in PEM -out NEW"));
  g_clear_error (&error);
  /* The wrong passphrase is the first thing to say. */
  assert_refused (old, "wrong");

  run (fixture,
       "openssl pkcs12 -legacy -in file.p12 -out pem -passin 'pass:" PASSPHRASE "' "
       "-passout pass:between; "
       "openssl pkcs12 -export -in pem -out new.p12 -passin pass:between "
       "-passout 'pass:" PASSPHRASE "'");
  new = read_file (fixture, "new.p12");
  signer = load (new, PASSPHRASE, &error);
  g_assert_no_error (error);
}

static GBytes *
to_bytes (PKCS12 *file)
{
  g_autofree guint8 *der = NULL;
  int len = i2d_PKCS12 (file, NULL);
  guint8 *p = der = g_malloc ((gsize) len);

  i2d_PKCS12 (file, &p);

  return g_bytes_new_take (g_steal_pointer (&der), (gsize) len);
}

/* @n_others certificates of others beside the key, with its own or without. */
static GBytes *
pack (const TlTestCompany *company,
      gboolean             with_own,
      guint                n_others,
      long                 iterations)
{
  static const TlTestCompany long_one = { "P-256", .comment_bytes = 2000 };
  g_autoptr(EVP_PKEY) key = tl_test_company_key (company->key);
  g_autoptr(EVP_PKEY) other = tl_test_company_key (long_one.key);
  g_autoptr(X509) x509 = tl_test_company_x509 (company, key);
  g_autoptr(X509) other_x509 = tl_test_company_x509 (&long_one, other);
  TlX509Stack *others = sk_X509_new_null ();
  g_autoptr(PKCS12) file = NULL;
  const ASN1_INTEGER *told = NULL;

  for (guint i = 0; i < n_others; i++)
    {
      X509_up_ref (other_x509);
      sk_X509_push (others, other_x509);
    }
  file = PKCS12_create (PASSPHRASE, "signing", key, with_own ? x509 : NULL, others, 0, 0, 0, 0, 0);
  g_assert_nonnull (file);
  if (iterations != 0)
    {
      PKCS12_get0_mac (NULL, NULL, NULL, &told, file);
      ASN1_INTEGER_set ((ASN1_INTEGER *) told, iterations);
    }
  tl_x509_stack_free (others);

  return to_bytes (file);
}

static const TlTestCompany usual = { "P-256", .common_name = "Acme release team" };

static void
test_chain (void)
{
  g_autoptr(GBytes) bytes = pack (&usual, TRUE, 3, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) signer = load (bytes, PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tl_signer_get_name (signer), ==, "Acme release team");
}

static void
test_other_key (void)
{
  g_autoptr(GBytes) bytes = pack (&usual, FALSE, 1, 0);

  assert_refused (bytes, PASSPHRASE);
}

static void
test_large (void)
{
  g_autoptr(GBytes) bytes = pack (&usual, TRUE, 90, 0);

  g_assert_cmpuint (g_bytes_get_size (bytes), >, 200 * 1024);
  assert_refused (bytes, PASSPHRASE);
}

/* Refused at once: a minute's work would run into the time limit of the test. */
static void
test_iterations (void)
{
  static const long asked[] = { 2000000000, 10000001, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr(GBytes) bytes = pack (&usual, TRUE, 0, asked[i]);
      gint64 began_us = g_get_monotonic_time ();

      assert_refused (bytes, PASSPHRASE);
      g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
    }
}

static void
test_expired (void)
{
  static const TlTestCompany expired = { "P-256", .ends_in_s = -60 };
  g_autoptr(GBytes) bytes = pack (&expired, TRUE, 0, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) signer = load (bytes, PASSPHRASE, &error);

  g_assert_no_error (error);
  g_assert_false (tl_signer_covers (signer, g_get_real_time () / G_USEC_PER_SEC));
}

static void
test_damaged (void)
{
  g_autoptr(GBytes) bytes = pack (&usual, TRUE, 0, 0);
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  g_autofree guint8 *longer = g_malloc0 (len + 1);
  g_autoptr(GBytes) trailing = NULL;

  for (gsize n = 0; n < len; n += 7)
    {
      g_autoptr(GBytes) shorter = g_bytes_new (data, n);

      assert_refused (shorter, PASSPHRASE);
    }
  memcpy (longer, data, len);
  trailing = g_bytes_new (longer, len + 1);
  assert_refused (trailing, PASSPHRASE);
}

/* A NUL would end what OpenSSL sees: "a" must not open what "a\0b" opens. */
static void
test_nul (void)
{
  g_autoptr(GBytes) bytes = pack (&usual, TRUE, 0, 0);
  g_autoptr(TlSecret) secret = tl_secret_new (PASSPHRASE "\0x", strlen (PASSPHRASE) + 2);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) none = tl_signer_new_from_pkcs12 (bytes, secret, &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* Signed here with the file, and elsewhere with the stock command: one form. */
static void
test_stock (Fixture       *fixture,
            gconstpointer  data)
{
  const char *newkey = data;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(TlSigner) signer = NULL;
  g_autoptr(GError) error = NULL;

  make_file (fixture, newkey, NULL, NULL, PASSPHRASE);
  run (fixture, "printf '{\"what\":\"is signed\"}' > content");
  bytes = read_file (fixture, "file.p12");
  content = read_file (fixture, "content");
  signer = load (bytes, PASSPHRASE, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr(GBytes) theirs = NULL;
      g_autoptr(GBytes) normal = NULL;
      g_autoptr(TlCertificate) certificate = NULL;

      run (fixture,
           "openssl cms -sign -binary -nosmimecap -md sha256 -outform DER -in content "
           "-signer certificate.pem -inkey key.pem -out content.p7s");
      theirs = read_file (fixture, "content.p7s");
      normal = tl_cms_normalise (theirs, &error);
      g_assert_no_error (error);
      g_assert_cmpint (tl_cms_verify (normal, content, &certificate, &error), ==, TL_CMS_GOOD);
      g_assert_cmpstr (tl_certificate_get_fingerprint (certificate), ==,
                       tl_signer_get_fingerprint (signer));
    }

  {
    g_autoptr(GBytes) ours = tl_cms_sign (content, signer, &error);
    g_autofree char *path = g_build_filename (fixture->folder, "ours.p7s", NULL);

    g_assert_no_error (error);
    g_file_set_contents (path, g_bytes_get_data (ours, NULL), (gssize) g_bytes_get_size (ours),
                         &error);
    g_assert_no_error (error);
    run (fixture,
         "openssl cms -verify -binary -inform DER -in ours.p7s -content content "
         "-certfile certificate.pem -nointern -noverify -out /dev/null");
  }
}

typedef struct
{
  const char *path;
  const char *options;
  const char *newkey; /* NULL: EC on P-256 */
} OptionCase;

static const OptionCase option_cases[] = {
  { "/cms/options/no-nosmimecap", "-outform DER -md sha256 -binary" },
  { "/cms/options/no-outform",    "-nosmimecap -md sha256 -binary" },
  { "/cms/options/pem",           "-nosmimecap -outform PEM -md sha256 -binary" },
  { "/cms/options/nodetach",      "-nosmimecap -outform DER -md sha256 -binary -nodetach" },
  { "/cms/options/stream",        "-nosmimecap -outform DER -md sha256 -binary -nodetach -stream" },
  { "/cms/options/nocerts",       "-nosmimecap -outform DER -md sha256 -binary -nocerts" },
  { "/cms/options/noattr",        "-nosmimecap -outform DER -md sha256 -binary -noattr" },
  { "/cms/options/md",            "-nosmimecap -outform DER -md sha512 -binary" },
  { "/cms/options/keyid",         "-nosmimecap -outform DER -md sha256 -binary -keyid" },
  { "/cms/options/cades",         "-nosmimecap -outform DER -md sha256 -binary -cades" },
  { "/cms/options/certfile",      "-nosmimecap -outform DER -md sha256 -binary "
                                  "-certfile other.pem" },
  { "/cms/options/pss",           "-nosmimecap -outform DER -md sha256 -binary "
                                  "-keyopt rsa_padding_mode:pss", "rsa:3072" },
};

static void
test_option (Fixture       *fixture,
             gconstpointer  data)
{
  const OptionCase *c = data;
  g_autoptr(GBytes) signature = NULL;
  g_autoptr(GBytes) none = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) name = g_strsplit (c->path, "/", -1);
  const char *option = name[3];

  make_file (fixture, c->newkey, NULL, NULL, PASSPHRASE);
  run (fixture,
       "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout other.key "
       "-out other.pem -subj /CN=Other; printf x > content; "
       "openssl cms -sign -in content -signer certificate.pem -inkey key.pem -out content.p7s %s",
       c->options);
  signature = read_file (fixture, "content.p7s");
  none = tl_cms_normalise (signature, &error);

  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  /* The option that would have helped is in the message. */
  if (g_str_has_prefix (option, "no-"))
    option += strlen ("no-");
  else if (g_str_equal (option, "pem"))
    option = "outform";
  else if (g_str_equal (option, "stream"))
    option = "nodetach";
  g_assert_nonnull (strstr (error->message, option));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    const char *newkey;
  } stock_cases[] = {
    { "/cms/stock/rsa",  "rsa:3072" },
    { "/cms/stock/p256", P256 },
    { "/cms/stock/p384", "ec -pkeyopt ec_paramgen_curve:P-384" },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (file_cases); i++)
    g_test_add (file_cases[i].path, Fixture, &file_cases[i], set_up, test_file, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (stock_cases); i++)
    g_test_add (stock_cases[i].path, Fixture, stock_cases[i].newkey, set_up, test_stock, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (option_cases); i++)
    g_test_add (option_cases[i].path, Fixture, &option_cases[i], set_up, test_option, tear_down);
  g_test_add ("/bundle/B13/legacy", Fixture, NULL, set_up, test_legacy, tear_down);
  g_test_add_func ("/bundle/pkcs12/chain", test_chain);
  g_test_add_func ("/bundle/pkcs12/expired", test_expired);
  g_test_add_func ("/bundle/B13/other-key", test_other_key);
  g_test_add_func ("/bundle/B13/large", test_large);
  g_test_add_func ("/bundle/B13/iterations", test_iterations);
  g_test_add_func ("/bundle/B13/damaged", test_damaged);
  g_test_add_func ("/bundle/B13/nul", test_nul);

  return g_test_run ();
}
