/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-scram.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#define SHA_1_NONCE "fyko+d2lbbFgONRv9qkxdawL"

/* The example of RFC 7677 §3. */
#define NONCE        "rOprNGfwEbeRWgbNEkqO"
#define CLIENT_FIRST "n,,n=user,r=" NONCE
#define FULL_NONCE   NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
#define SALT         "W22ZaJ0SNY7soEsUEjb6gQ=="
#define SERVER_FIRST "r=" FULL_NONCE ",s=" SALT ",i=4096"
#define CLIENT_FINAL "c=biws,r=" FULL_NONCE ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
#define SERVER_FINAL "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

static TlScram *
new_unbound (const char *username,
             TlSecret   *password)
{
  return tl_scram_new (TL_SCRAM_SHA_256, username, password, NONCE, "n,,", NULL);
}

static TlScram *
begin (const char *username)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *first = NULL;
  TlScram *scram = new_unbound (username, password);

  first = tl_scram_begin (scram, &fault);
  g_assert_nonnull (first);

  return scram;
}

static void
test_example (void)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlScram) scram = new_unbound ("user", password);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = tl_scram_begin (scram, &fault);
  g_autoptr(TlSecret) final = NULL;

  g_assert_cmpstr (first, ==, CLIENT_FIRST);
  final = tl_scram_answer (scram, SERVER_FIRST, NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_secret_peek (final, NULL), ==, CLIENT_FINAL);
  g_assert_false (tl_scram_is_proven (scram));
  g_assert_true (tl_scram_verify (scram, SERVER_FINAL, &fault));
  g_assert_true (tl_scram_is_proven (scram));
}

/* The example of RFC 5802 §5. */
static void
test_example_sha_1 (void)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlScram) scram = tl_scram_new (TL_SCRAM_SHA_1, "user", password, SHA_1_NONCE,
                                           "n,,", NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = tl_scram_begin (scram, &fault);
  g_autoptr(TlSecret) final = NULL;

  g_assert_cmpstr (first, ==, "n,,n=user,r=" SHA_1_NONCE);
  final = tl_scram_answer (scram, "r=" SHA_1_NONCE "3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                           NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_secret_peek (final, NULL), ==,
                   "c=biws,r=" SHA_1_NONCE "3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  g_assert_true (tl_scram_verify (scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", &fault));
}

typedef struct
{
  const char  *name;
  TlScramHash  hash;
  const char  *header;
  const char  *binding; /* NULL: none */
} BoundCase;

static const BoundCase bound_cases[] = {
  { "sha-256-exporter",  TL_SCRAM_SHA_256, "p=tls-exporter,,",         "0123456789abcdef0123456789abcdef" },
  { "sha-256-end-point", TL_SCRAM_SHA_256, "p=tls-server-end-point,,", "\001\002\377\376" },
  { "sha-1-exporter",    TL_SCRAM_SHA_1,   "p=tls-exporter,,",         "0123456789abcdef0123456789abcdef" },
  { "sha-256-could",     TL_SCRAM_SHA_256, "y,,",                      NULL },
  { "sha-256-cannot",    TL_SCRAM_SHA_256, "n,,",                      NULL },
};

/* A server of its own, by OpenSSL's key derivation and HMAC: whether the proof
 * is right, bound to what the server sees, and the signature it gives then. */
static char *
serve (const BoundCase *c,
       const char      *client_first,
       const char      *server_first,
       const char      *client_final)
{
  const EVP_MD *md = c->hash == TL_SCRAM_SHA_1 ? EVP_sha1 () : EVP_sha256 ();
  guint n = (guint) EVP_MD_get_size (md);
  const char *proof_at = strstr (client_final, ",p=");
  g_autofree char *unproven = g_strndup (client_final, (gsize) (proof_at - client_final));
  g_autofree char *seen = g_strconcat (c->header, c->binding, NULL);
  g_autofree char *cbind = g_base64_encode ((const guchar *) seen, strlen (seen));
  g_autofree char *wanted = g_strconcat ("c=", cbind, ",r=" FULL_NONCE, NULL);
  g_autofree char *auth_message = g_strjoin (",", client_first + strlen (c->header), server_first,
                                             unproven, NULL);
  g_autofree char *signature64 = NULL;
  guint8 salted[EVP_MAX_MD_SIZE];
  guint8 key[EVP_MAX_MD_SIZE];
  guint8 stored[EVP_MAX_MD_SIZE];
  guint8 signature[EVP_MAX_MD_SIZE];
  g_autofree guint8 *salt = NULL;
  g_autofree guint8 *proof = NULL;
  gsize salt_len;
  gsize proof_len;

  g_assert_cmpstr (unproven, ==, wanted);
  salt = g_base64_decode (SALT, &salt_len);
  proof = g_base64_decode (proof_at + strlen (",p="), &proof_len);
  g_assert_cmpuint (proof_len, ==, n);

  PKCS5_PBKDF2_HMAC ("pencil", 6, salt, (int) salt_len, 4096, md, (int) n, salted);
  HMAC (md, salted, (int) n, (const guint8 *) "Client Key", 10, key, NULL);
  EVP_Digest (key, n, stored, NULL, md, NULL);
  HMAC (md, stored, (int) n, (const guint8 *) auth_message, strlen (auth_message), signature, NULL);
  for (guint i = 0; i < n; i++)
    g_assert_cmphex (proof[i] ^ signature[i], ==, key[i]);

  HMAC (md, salted, (int) n, (const guint8 *) "Server Key", 10, key, NULL);
  HMAC (md, key, (int) n, (const guint8 *) auth_message, strlen (auth_message), signature, NULL);
  signature64 = g_base64_encode (signature, n);

  return g_strconcat ("v=", signature64, NULL);
}

static void
test_bound (gconstpointer data)
{
  const BoundCase *c = data;
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(GBytes) binding = c->binding == NULL ? NULL : g_bytes_new (c->binding,
                                                                       strlen (c->binding));
  g_autoptr(TlScram) scram = tl_scram_new (c->hash, "user", password, NONCE, c->header, binding);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = tl_scram_begin (scram, &fault);
  g_autofree char *header = g_strconcat (c->header, "n=user,r=" NONCE, NULL);
  g_autoptr(TlSecret) final = NULL;
  g_autofree char *server_final = NULL;

  g_assert_cmpstr (first, ==, header);
  final = tl_scram_answer (scram, SERVER_FIRST, NULL, &fault, &error);
  g_assert_no_error (error);
  server_final = serve (c, first, SERVER_FIRST, tl_secret_peek (final, NULL));
  g_assert_true (tl_scram_verify (scram, server_final, &fault));
}

typedef struct
{
  const char *name;
  const char *server_first;
  int         cause; /* -1: good */
} FirstCase;

static const FirstCase first_cases[] = {
  { "good",             SERVER_FIRST, -1 },
  { "extension",        SERVER_FIRST ",x=later", -1 },
  { "fewest-rounds",    "r=" FULL_NONCE ",s=" SALT ",i=4096", -1 },
  { "too-few-rounds",   "r=" FULL_NONCE ",s=" SALT ",i=4095", TL_CAUSE_SCRAM_LIMITS },
  { "one-round",        "r=" FULL_NONCE ",s=" SALT ",i=1", TL_CAUSE_SCRAM_LIMITS },
  { "too-many-rounds",  "r=" FULL_NONCE ",s=" SALT ",i=1000001", TL_CAUSE_SCRAM_LIMITS },
  { "2-31-rounds",      "r=" FULL_NONCE ",s=" SALT ",i=2147483648", TL_CAUSE_SCRAM_LIMITS },
  { "no-rounds",        "r=" FULL_NONCE ",s=" SALT ",i=0", TL_CAUSE_PROTOCOL },
  { "negative-rounds",  "r=" FULL_NONCE ",s=" SALT ",i=-4096", TL_CAUSE_PROTOCOL },
  { "hex-rounds",       "r=" FULL_NONCE ",s=" SALT ",i=0x1000", TL_CAUSE_PROTOCOL },
  { "rounds-and-more",  "r=" FULL_NONCE ",s=" SALT ",i=4096 ", TL_CAUSE_PROTOCOL },
  { "nonce-not-ours",   "r=x" FULL_NONCE ",s=" SALT ",i=4096", TL_CAUSE_SERVER_NOT_PROVEN },
  { "nonce-not-longer", "r=" NONCE ",s=" SALT ",i=4096", TL_CAUSE_SERVER_NOT_PROVEN },
  { "nonce-empty",      "r=,s=" SALT ",i=4096", TL_CAUSE_SERVER_NOT_PROVEN },
  { "salt-empty",       "r=" FULL_NONCE ",s=,i=4096", TL_CAUSE_PROTOCOL },
  { "salt-no-base64",   "r=" FULL_NONCE ",s=???,i=4096", TL_CAUSE_PROTOCOL },
  { "salt-cut",         "r=" FULL_NONCE ",s=W22,i=4096", TL_CAUSE_PROTOCOL },
  { "order",            "s=" SALT ",r=" FULL_NONCE ",i=4096", TL_CAUSE_PROTOCOL },
  { "mandatory",        "m=new," SERVER_FIRST, TL_CAUSE_PROTOCOL },
  { "mandatory-behind", SERVER_FIRST ",m=new", TL_CAUSE_PROTOCOL },
  { "repeated",         SERVER_FIRST ",i=8192", TL_CAUSE_PROTOCOL },
  { "missing-rounds",   "r=" FULL_NONCE ",s=" SALT, TL_CAUSE_PROTOCOL },
  { "empty",            "", TL_CAUSE_PROTOCOL },
  { "error-type",       "e=unsupported-channel-binding-type", TL_CAUSE_NO_COMMON_MECHANISM },
  { "error-user",       "e=unknown-user,x=later", TL_CAUSE_BAD_CREDENTIALS },
  { "error-unknown",    "e=who-knows", TL_CAUSE_PROTOCOL },
};

static void
test_first (gconstpointer data)
{
  const FirstCase *c = data;
  g_autoptr(TlScram) scram = begin ("user");
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) final = tl_scram_answer (scram, c->server_first, NULL, &fault, &error);

  g_assert_no_error (error);
  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpint (final != NULL, ==, c->cause == -1);
}

typedef struct
{
  const char *name;
  const char *server_final;
  TlCause     cause;
} FinalCase;

static const FinalCase final_cases[] = {
  { "wrong-signature",  "v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", TL_CAUSE_SERVER_NOT_PROVEN },
  { "short-signature",  "v=6rriTRA=", TL_CAUSE_SERVER_NOT_PROVEN },
  { "no-signature",     "v=", TL_CAUSE_SERVER_NOT_PROVEN },
  { "empty",            "", TL_CAUSE_SERVER_NOT_PROVEN },
  { "our-proof",        "v=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", TL_CAUSE_SERVER_NOT_PROVEN },
  { "invalid-proof",    "e=invalid-proof", TL_CAUSE_BAD_CREDENTIALS },
  { "unknown-user",     "e=unknown-user", TL_CAUSE_BAD_CREDENTIALS },
  { "no-resources",     "e=no-resources", TL_CAUSE_TEMPORARY },
  { "cannot-bind",      "e=channel-binding-not-supported", TL_CAUSE_NO_COMMON_MECHANISM },
  { "bindings-differ",  "e=channel-bindings-dont-match", TL_CAUSE_SERVER_NOT_PROVEN },
  { "could-have-bound", "e=server-does-support-channel-binding", TL_CAUSE_SERVER_NOT_PROVEN },
  { "other",            "e=extensions-not-supported", TL_CAUSE_PROTOCOL },
};

static void
test_final (gconstpointer data)
{
  const FinalCase *c = data;
  g_autoptr(TlScram) scram = begin ("user");
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) final = tl_scram_answer (scram, SERVER_FIRST, NULL, &fault, &error);

  g_assert_nonnull (final);
  g_assert_false (tl_scram_verify (scram, c->server_final, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, c->cause);
  g_assert_false (tl_scram_is_proven (scram));
}

static void
test_unanswered (void)
{
  g_autoptr(TlScram) scram = begin ("user");
  g_autoptr(TlFault) fault = NULL;

  g_test_summary ("A signature before there was anything to sign proves nothing");

  g_assert_false (tl_scram_verify (scram, "v=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_SERVER_NOT_PROVEN);
}

static void
test_username (void)
{
  g_autoptr(TlSecret) password = tl_secret_new ("x", 1);
  g_autoptr(TlScram) scram = new_unbound ("a=b,c", password);
  g_autoptr(TlScram) refused = new_unbound ("a\tb", password);
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *first = tl_scram_begin (scram, &fault);
  g_autofree char *none = tl_scram_begin (refused, &fault);

  g_assert_cmpstr (first, ==, "n,,n=a=3Db=2Cc,r=" NONCE);
  g_assert_null (none);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_NO_COMMON_MECHANISM);
}

static void
test_derive (void)
{
  static const guint8 salt[] = "NaCl";
  static const guint rounds[] = { 1, 2, 4096, 5000 };
  static const EVP_MD *(*get_md[]) (void) = {
    [TL_SCRAM_SHA_1]   = EVP_sha1,
    [TL_SCRAM_SHA_256] = EVP_sha256,
  };
  g_autofree char *password = g_strnfill (100, 'p');
  g_autoptr(TlSecret) secret = tl_secret_new (password, 100);

  g_test_summary ("Our derivation, which can be stopped, gives what OpenSSL's gives");

  for (guint hash = 0; hash < G_N_ELEMENTS (get_md); hash++)
    {
      int n = EVP_MD_get_size (get_md[hash] ());

      for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
        {
          guint8 salted[TL_SCRAM_KEY_BYTES];
          guint8 server[TL_SCRAM_KEY_BYTES];
          g_autoptr(GError) error = NULL;
          TlScramKeys keys;

          PKCS5_PBKDF2_HMAC (password, 100, salt, sizeof salt, (int) rounds[i], get_md[hash] (),
                             n, salted);
          HMAC (get_md[hash] (), salted, n, (const guint8 *) "Server Key", 10, server, NULL);
          g_assert_true (tl_scram_derive (hash, secret, salt, sizeof salt, rounds[i], NULL,
                                          &keys, &error));
          g_assert_cmpmem (keys.server, (gsize) n, server, (gsize) n);
        }
    }
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (20000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr(TlScram) scram = begin ("user");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) final = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 began_us = g_get_monotonic_time ();

  final = tl_scram_answer (scram, "r=" FULL_NONCE ",s=" SALT ",i=1000000", cancellable, &fault,
                           &error);
  g_thread_join (thread);
  g_assert_null (final);
  g_assert_null (fault);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 200000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scram/example/sha-256", test_example);
  g_test_add_func ("/scram/example/sha-1", test_example_sha_1);
  for (gsize i = 0; i < G_N_ELEMENTS (bound_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scram/bound/", bound_cases[i].name, NULL);

      g_test_add_data_func (path, &bound_cases[i], test_bound);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (first_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scram/X22/first/", first_cases[i].name, NULL);

      g_test_add_data_func (path, &first_cases[i], test_first);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (final_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scram/X22/final/", final_cases[i].name, NULL);

      g_test_add_data_func (path, &final_cases[i], test_final);
    }
  g_test_add_func ("/scram/unanswered", test_unanswered);
  g_test_add_func ("/scram/username", test_username);
  g_test_add_func ("/scram/derive", test_derive);
  g_test_add_func ("/scram/cancel", test_cancel);

  return g_test_run ();
}
