/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bundles with passwords for one platform, signed by a company, signed elsewhere; and what keeps
 * anything from being written. */
#include "tl-test-mailbox.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tl-bundle.h"
#include "tl-test-bundle.h"
#include "tl-unsigned-bundle.h"

#define PASSPHRASE "correct horse"

static gboolean
load_recipient (TlTestMailbox *mailbox,
                const char    *path)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  TlTestWait wait = { NULL };
  gboolean is_loaded;

  tl_hand_over_load_recipient_async (hand_over, path, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_loaded = tl_hand_over_load_recipient_finish (hand_over, wait.result, NULL);
  g_object_unref (wait.result);

  return is_loaded;
}

static gboolean
use_key (TlTestMailbox *mailbox,
         const char    *where,
         const char    *passphrase)
{
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autoptr(TlSecret) secret = passphrase == NULL ? NULL
                                                  : tl_secret_new (passphrase, strlen (passphrase));
  TlTestWait wait = { NULL };
  gboolean is_used;

  tl_hand_over_use_key_async (hand_over, where, secret, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  is_used = tl_hand_over_use_key_finish (hand_over, wait.result, NULL);
  g_object_unref (wait.result);

  return is_used;
}

static char *
put_certificate (TlTestMailbox *mailbox,
                 const char    *kind)
{
  const TlTestCertificate what = { .key = kind };
  g_autofree char *pem = tl_test_certificate_new (&what);

  return tl_test_mailbox_put (mailbox, "platform.pem", pem);
}

/* As whoever pinned the key that signed. */
static TlBundle *
read_bundle (TlTestMailbox *mailbox,
             const char    *path)
{
  TlSigner *signer = tl_signing_get_signer (tl_setup_get_signing (mailbox->setup));
  const char * const pinned[] = { tl_signer_get_fingerprint (signer), NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  char *contents = NULL;
  gsize len = 0;
  TlBundle *bundle;

  g_assert_true (g_file_get_contents (path, &contents, &len, NULL));
  bytes = g_bytes_new_take (contents, len);
  bundle = tl_bundle_verify (bytes, pinned, g_get_real_time () / G_USEC_PER_SEC, &finding, &error);
  g_assert_no_error (error);
  g_assert_null (finding);

  return bundle;
}

typedef struct
{
  const char *name;
  const char *kind;       /* of the platform's key */
  gboolean    is_token;   /* the outgoing lane signs in with a token */
} SealCase;

static const SealCase seal_cases[] = {
  { .name = "rsa", .kind = "RSA:3072" },
  { .name = "p-256", .kind = "P-256" },
  { .name = "one-lane", .kind = "P-256", .is_token = TRUE },
};

static void
test_sealed (gconstpointer data)
{
  const SealCase *c = data;
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *pem_path = put_certificate (mailbox, c->kind);
  g_autoptr(TlOpener) opener = tl_test_opener_new (c->kind);
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(TlSecret) token = tl_secret_new ("canary-token", strlen ("canary-token"));
  g_autoptr(TlSecret) expected = tl_secret_new (TL_TEST_MAILBOX_PASSWORD,
                                                strlen (TL_TEST_MAILBOX_PASSWORD));
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("Passwords, and no token, reach the platform that somebody agreed to");

  if (c->is_token)
    tl_setup_set_token (mailbox->setup, TL_LANE_OUTGOING, token);
  tl_test_mailbox_pass (mailbox);
  g_assert_true (load_recipient (mailbox, pem_path));
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);

  /* Nobody has compared the fingerprint yet. */
  g_assert_false (tl_test_mailbox_export (mailbox, path));
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==,
                   "export.recipient");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (mailbox, path);
  g_assert_cmpstr (tl_bundle_get_recipient (bundle), ==, tl_opener_get_fingerprint (opener));
  g_assert_true (tl_bundle_open (bundle, opener, &incoming, &outgoing, &finding, &error));
  g_assert_no_error (error);
  g_assert_true (tl_secret_equal (incoming, expected));
  g_assert_cmpint (outgoing == NULL, ==, c->is_token);
  if (outgoing != NULL)
    g_assert_true (tl_secret_equal (outgoing, expected));
}

static void
test_other_platform (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *pem_path = put_certificate (mailbox, "P-256");
  g_autoptr(TlOpener) opener = tl_test_opener_new ("P-384");
  g_autoptr(TlBundle) bundle = NULL;
  TlSecret *incoming = NULL;
  TlSecret *outgoing = NULL;
  g_autoptr(TlFinding) finding = NULL;

  tl_test_mailbox_pass (mailbox);
  g_assert_true (load_recipient (mailbox, pem_path));
  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);
  g_assert_true (tl_test_mailbox_export (mailbox, path));

  bundle = read_bundle (mailbox, path);
  g_assert_false (tl_bundle_open (bundle, opener, &incoming, &outgoing, &finding, NULL));
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.not-for-you");
  g_assert_null (incoming);
  g_assert_null (outgoing);
}

static void
test_not_asked_for (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *pem_path = put_certificate (mailbox, "P-256");
  g_autoptr(TlBundle) bundle = NULL;

  g_test_summary ("A certificate that is there seals nothing by itself");

  tl_test_mailbox_pass (mailbox);
  g_assert_true (load_recipient (mailbox, pem_path));
  tl_hand_over_agree_to_recipient (tl_setup_get_hand_over (mailbox->setup), TRUE);
  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (mailbox, path);
  g_assert_null (tl_bundle_get_recipient (bundle));
}

static void
test_forbidden (void)
{
  g_autofree char *policy = tl_test_policy_new (", \"passwords\": \"typed\"");
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, policy);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *pem_path = put_certificate (mailbox, "P-256");

  g_test_summary ("Where passwords are to be typed in none travels, whatever anybody agreed to");

  tl_test_mailbox_pass (mailbox);
  g_assert_true (load_recipient (mailbox, pem_path));
  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);
  g_assert_false (tl_test_mailbox_export (mailbox, path));
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==, "export.policy");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* A company's key and certificate, made by stock tools. */
static void
make_company (TlTestMailbox *mailbox)
{
  g_assert_cmpint (tl_test_run (mailbox->folder,
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem "
    "-out company.pem -days 30 -subj '/O=Acme/CN=Acme Mail Ops' -addext "
    "keyUsage=critical,digitalSignature >/dev/null 2>&1 && "
    "openssl pkcs12 -export -inkey key.pem -in company.pem -passout 'pass:" PASSPHRASE "' "
    "-out company.p12 >/dev/null 2>&1", NULL), ==, 0);
}

static void
test_company (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *p12 = g_build_filename (mailbox->folder, "company.p12", NULL);
  g_autofree char *company = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  TlSigning *signing = tl_setup_get_signing (mailbox->setup);

  make_company (mailbox);
  tl_test_mailbox_pass (mailbox);
  g_assert_true (use_key (mailbox, p12, PASSPHRASE));
  g_assert_true (tl_test_setup_get ((TlSetup *) tl_setup_get_hand_over (mailbox->setup),
                                    "company-key"));
  company = g_strdup (tl_signer_get_fingerprint (tl_signing_get_signer (signing)));
  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (mailbox, path);
  g_assert_cmpstr (tl_bundle_get_fingerprint (bundle), ==, company);
  g_assert_cmpstr (tl_bundle_get_signer_name (bundle), ==, "Acme Mail Ops");
  g_clear_pointer (&bundle, tl_bundle_unref);

  g_assert_true (use_key (mailbox, NULL, NULL));
  g_assert_true (tl_test_mailbox_export (mailbox, path));
  bundle = read_bundle (mailbox, path);
  g_assert_cmpstr (tl_bundle_get_fingerprint (bundle), !=, company);
}

typedef struct
{
  const char *name;
  const char *where;      /* in the folder, unless it is a URI */
  const char *passphrase;
  gboolean    is_practice;
} KeyCase;

static const KeyCase key_cases[] = {
  { .name = "missing", .where = "none.p12", .passphrase = PASSPHRASE },
  { .name = "wrong-passphrase", .where = "company.p12", .passphrase = "wrong" },
  { .name = "no-passphrase", .where = "company.p12" },
  { .name = "no-key", .where = "company.pem", .passphrase = PASSPHRASE },
  { .name = "fifo", .where = "fifo", .passphrase = PASSPHRASE },
  { .name = "token-absent", .where = "pkcs11:token=none;object=none?module-path=/nonexistent.so",
    .passphrase = "1234" },
  { .name = "practice", .where = "company.p12", .passphrase = PASSPHRASE, .is_practice = TRUE },
};

static void
test_key_refused (gconstpointer data)
{
  const KeyCase *c = data;
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *where = g_str_has_prefix (c->where, "pkcs11:")
                             ? g_strdup (c->where)
                             : g_build_filename (mailbox->folder, c->where, NULL);
  g_autofree char *fifo = g_build_filename (mailbox->folder, "fifo", NULL);

  g_test_summary ("A key that cannot be used is said to be one, at once, and another does not step in");

  make_company (mailbox);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  if (c->is_practice)
    mailbox->setup->purpose = TL_PURPOSE_PRACTICE;
  g_assert_false (use_key (mailbox, where, c->passphrase));
  g_assert_cmpstr (tl_test_finding_get_id (hand_over, "finding"), ==, "export.signer");
  g_assert_false (tl_test_setup_get ((TlSetup *) hand_over, "company-key"));
}

static void
test_key_expired (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *path = g_build_filename (mailbox->folder, "ada.twolane", NULL);
  g_autofree char *p12 = g_build_filename (mailbox->folder, "old.p12", NULL);
  const TlTestCertificate what = {
    .key = "P-256", .usage = "digitalSignature", .from_s = -7200, .to_s = -3600,
  };
  g_autofree char *certificate = tl_test_certificate_new (&what);
  g_autofree char *key = tl_test_key_to_pem (tl_test_key_get ("P-256"), NULL);
  g_autofree char *certificate_path = tl_test_mailbox_put (mailbox, "old.pem", certificate);
  g_autofree char *key_path = tl_test_mailbox_put (mailbox, "key.pem", key);

  g_assert_cmpint (tl_test_run (mailbox->folder,
    "openssl pkcs12 -export -inkey key.pem -in old.pem -passout 'pass:" PASSPHRASE "' "
    "-out old.p12 >/dev/null 2>&1", NULL), ==, 0);
  tl_test_mailbox_pass (mailbox);
  if (!use_key (mailbox, p12, PASSPHRASE))
    g_assert_cmpstr (tl_test_finding_get_id (tl_setup_get_hand_over (mailbox->setup), "finding"), ==,
                     "export.signer");
  else
    {
      g_assert_false (tl_test_mailbox_export (mailbox, path));
      g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==,
                       "export.signer");
    }
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static GBytes *
get_member (const char *folder,
            const char *name)
{
  return tl_test_folder_get (folder, name);
}

static void
test_signed_elsewhere (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  TlHandOver *hand_over = tl_setup_get_hand_over (mailbox->setup);
  g_autofree char *folder = g_build_filename (mailbox->folder, "members", NULL);
  g_autofree char *pem_path = put_certificate (mailbox, "P-256");
  g_autoptr(GBytes) certificate = NULL;
  g_autofree char *pem = NULL;
  g_autoptr(GBytes) json = NULL;
  g_autoptr(GBytes) report = NULL;
  g_autoptr(GBytes) secrets = NULL;
  g_autoptr(GBytes) signature = NULL;
  g_autoptr(TlUnsignedBundle) members = NULL;
  g_autoptr(GBytes) packed = NULL;
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *stale = NULL;
  TlTestWait wait = { NULL };

  g_test_summary ("What was signed by stock tools is packed, and verifies");

  make_company (mailbox);
  tl_test_mailbox_pass (mailbox);
  g_assert_true (load_recipient (mailbox, pem_path));
  tl_hand_over_agree_to_recipient (hand_over, TRUE);
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_SEALED);
  certificate = get_member (mailbox->folder, "company.pem");
  pem = g_strndup (g_bytes_get_data (certificate, NULL), g_bytes_get_size (certificate));

  tl_setup_export_unsigned_async (mailbox->setup, folder, pem, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_export_unsigned_finish (mailbox->setup, wait.result, &error));
  g_assert_no_error (error);
  g_clear_object (&wait.result);

  g_assert_cmpint (tl_test_run (mailbox->folder,
    "openssl cms -sign -binary -in members/bundle.json -md sha256 -signer company.pem "
    "-inkey key.pem -outform DER -out members/bundle.json.p7s -nosmimecap >/dev/null 2>&1", NULL), ==, 0);
  json = get_member (folder, "bundle.json");
  report = get_member (folder, "report.html");
  secrets = get_member (folder, "secrets.p7m");
  signature = get_member (folder, "bundle.json.p7s");
  members = tl_unsigned_bundle_read (json, report, secrets, &error);
  g_assert_no_error (error);
  packed = tl_unsigned_bundle_attach (members, signature, &error);
  g_assert_no_error (error);
  bundle = tl_bundle_verify (packed, NULL, g_get_real_time () / G_USEC_PER_SEC, &finding, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.unknown-signer");
  g_assert_false (tl_bundle_is_draft (bundle));

  /* Exported again without passwords, nothing of the old ones stays behind. */
  tl_hand_over_set_password_way (hand_over, TL_PASSWORD_TYPED);
  tl_setup_export_unsigned_async (mailbox->setup, folder, pem, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_setup_export_unsigned_finish (mailbox->setup, wait.result, &error));
  g_object_unref (wait.result);
  stale = g_build_filename (folder, "secrets.p7m", NULL);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
}

static void
test_no_certificate (void)
{
  g_autoptr(TlTestMailbox) mailbox = tl_test_mailbox_new (NULL, NULL);
  g_autofree char *folder = g_build_filename (mailbox->folder, "members", NULL);
  TlTestWait wait = { NULL };

  tl_test_mailbox_pass (mailbox);
  tl_setup_export_unsigned_async (mailbox->setup, folder, "no certificate", NULL,
                                  tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_false (tl_setup_export_unsigned_finish (mailbox->setup, wait.result, NULL));
  g_object_unref (wait.result);
  g_assert_cmpstr (tl_test_finding_get_id (mailbox->setup, "export-finding"), ==, "export.signer");
  g_assert_cmpuint (tl_test_mailbox_count (mailbox), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (seal_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-export/sealed/", seal_cases[i].name, NULL);

      g_test_add_data_func (path, &seal_cases[i], test_sealed);
    }
  g_test_add_func ("/setup-export/B05/other-platform", test_other_platform);
  g_test_add_func ("/setup-export/sealed/not-asked-for", test_not_asked_for);
  g_test_add_func ("/setup-export/sealed/forbidden", test_forbidden);
  g_test_add_func ("/setup-export/company", test_company);
  for (gsize i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/setup-export/B13/", key_cases[i].name, NULL);

      g_test_add_data_func (path, &key_cases[i], test_key_refused);
    }
  g_test_add_func ("/setup-export/B13/expired", test_key_expired);
  g_test_add_func ("/setup-export/signed-elsewhere", test_signed_elsewhere);
  g_test_add_func ("/setup-export/B13/no-certificate", test_no_certificate);

  return g_test_run ();
}
