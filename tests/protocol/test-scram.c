/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-scram.h"

#include <openssl/evp.h>
#include <string.h>

/* The example of RFC 7677 §3. */
#define NONCE        "rOprNGfwEbeRWgbNEkqO"
#define CLIENT_FIRST "n,,n=user,r=" NONCE
#define FULL_NONCE   NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
#define SALT         "W22ZaJ0SNY7soEsUEjb6gQ=="
#define SERVER_FIRST "r=" FULL_NONCE ",s=" SALT ",i=4096"
#define CLIENT_FINAL "c=biws,r=" FULL_NONCE ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
#define SERVER_FINAL "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

static TlScram *
begin (const char *username)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *first = NULL;
  TlScram *scram = tl_scram_new (username, password, NONCE);

  first = tl_scram_begin (scram, &fault);
  g_assert_nonnull (first);

  return scram;
}

static void
test_example (void)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlScram) scram = tl_scram_new ("user", password, NONCE);
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
  { "other",            "e=channel-binding-not-supported", TL_CAUSE_PROTOCOL },
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
  g_autoptr(TlScram) scram = tl_scram_new ("a=b,c", password, NONCE);
  g_autoptr(TlScram) refused = tl_scram_new ("a\tb", password, NONCE);
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
  g_autofree char *password = g_strnfill (100, 'p');
  g_autoptr(TlSecret) secret = tl_secret_new (password, 100);

  g_test_summary ("Our derivation, which can be stopped, gives what OpenSSL's gives");

  for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      guint8 salted[TL_SCRAM_KEY_BYTES];
      guint8 server[TL_SCRAM_KEY_BYTES];
      g_autoptr(GError) error = NULL;
      TlScramKeys keys;

      PKCS5_PBKDF2_HMAC (password, 100, salt, sizeof salt, (int) rounds[i], EVP_sha256 (),
                         sizeof salted, salted);
      tl_scram_hmac (salted, sizeof salted, "Server Key", server);
      g_assert_true (tl_scram_derive (secret, salt, sizeof salt, rounds[i], NULL, &keys, &error));
      g_assert_cmpmem (keys.server, sizeof keys.server, server, sizeof server);
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

  g_test_add_func ("/scram/example", test_example);
  for (gsize i = 0; i < G_N_ELEMENTS (first_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scram/first/", first_cases[i].name, NULL);

      g_test_add_data_func (path, &first_cases[i], test_first);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (final_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/scram/final/", final_cases[i].name, NULL);

      g_test_add_data_func (path, &final_cases[i], test_final);
    }
  g_test_add_func ("/scram/unanswered", test_unanswered);
  g_test_add_func ("/scram/username", test_username);
  g_test_add_func ("/scram/derive", test_derive);
  g_test_add_func ("/scram/cancel", test_cancel);

  return g_test_run ();
}
