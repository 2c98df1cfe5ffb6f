/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up and its signer leave in a keyring that works: see with-bus. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-setup.h"
#include "tl-vault.h"

#define KEY_ACCOUNT "signer"

/* Longer than the keyring needs to keep something. */
#define LATE_MS 1000

static void
forget (TlVaultUse  use,
        const char *account)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  g_autoptr(GError) error = NULL;

  tl_vault_forget_async (use, account, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_vault_forget_finish (wait.result, &status, &error));
  g_assert_no_error (error);
  g_assert_true (status == TL_VAULT_OK || status == TL_VAULT_NOTHING);
  g_object_unref (wait.result);
}

static TlSecret *
look_up (TlVaultUse  use,
         const char *account)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  g_autoptr(GError) error = NULL;
  TlSecret *secret;

  tl_vault_lookup_async (use, account, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  secret = tl_vault_lookup_finish (wait.result, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, secret == NULL ? TL_VAULT_NOTHING : TL_VAULT_OK);
  g_object_unref (wait.result);

  return secret;
}

static void
assert_keeps (TlVaultUse  use,
              const char *expected)
{
  g_autoptr(TlSecret) secret = look_up (use, TL_PRACTICE_ADDRESS);
  g_autoptr(TlSecret) wanted = expected == NULL ? NULL
                                                : tl_secret_new (expected, strlen (expected));

  g_assert_cmpint (secret == NULL, ==, wanted == NULL);
  if (wanted != NULL)
    g_assert_true (tl_secret_equal (secret, wanted));
}

typedef struct
{
  const char *name;
  TlPurpose   purpose;
  gboolean    remember;
  const char *typed_out; /* the outgoing password */
  const char *kept_in;   /* NULL: nothing is kept */
  const char *kept_out;
} RememberCase;

static const RememberCase remember_cases[] = {
  { .name = "accepted", .purpose = TL_PURPOSE_MAILBOX, .remember = TRUE,
    .typed_out = TL_PRACTICE_PASSWORD,
    .kept_in = TL_PRACTICE_PASSWORD, .kept_out = TL_PRACTICE_PASSWORD },
  { .name = "one-refused", .purpose = TL_PURPOSE_MAILBOX, .remember = TRUE,
    .typed_out = "mistyped", .kept_in = TL_PRACTICE_PASSWORD },
  { .name = "practice", .purpose = TL_PURPOSE_PRACTICE, .remember = TRUE,
    .typed_out = TL_PRACTICE_PASSWORD },
  { .name = "not-wanted", .purpose = TL_PURPOSE_MAILBOX, .remember = FALSE,
    .typed_out = TL_PRACTICE_PASSWORD },
};

static void
test_remember (gconstpointer data)
{
  const RememberCase *c = data;
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlSecret) outgoing = tl_secret_new (c->typed_out, strlen (c->typed_out));

  forget (TL_VAULT_INCOMING_PASSWORD, TL_PRACTICE_ADDRESS);
  forget (TL_VAULT_OUTGOING_PASSWORD, TL_PRACTICE_ADDRESS);

  /* The practice servers stand in for real ones. */
  setup->purpose = c->purpose;
  g_object_set (setup, "remember", c->remember, NULL);
  tl_setup_set_secret (setup, TL_LANE_OUTGOING, outgoing);
  tl_test_setup_run (setup, TL_LANE_NONE);
  tl_test_pass_ms (LATE_MS);

  assert_keeps (TL_VAULT_INCOMING_PASSWORD, c->kept_in);
  assert_keeps (TL_VAULT_OUTGOING_PASSWORD, c->kept_out);
  g_assert_null (tl_setup_get_store_finding (setup));
}

static void
test_recall (void)
{
  g_autoptr(TlSetup) setup = tl_test_setup_practise (TL_PRACTICE_ALL_WELL);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlSecret) mistyped = tl_secret_new ("mistyped", strlen ("mistyped"));
  g_autoptr(GError) error = NULL;
  TlTestWait stored = { NULL };
  TlTestWait recalled = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;

  g_test_summary ("Each lane recalls its own; one that is missing is left as it is");

  forget (TL_VAULT_OUTGOING_PASSWORD, TL_PRACTICE_ADDRESS);
  tl_vault_store_async (TL_VAULT_INCOMING_PASSWORD, TL_PRACTICE_ADDRESS, mistyped, NULL,
                        tl_test_wait_ready, &stored);
  tl_test_wait_for (&stored);
  g_assert_true (tl_vault_store_finish (stored.result, &status, &error));
  g_assert_cmpint (status, ==, TL_VAULT_OK);
  g_object_unref (stored.result);

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &recalled);
  tl_test_wait_for (&recalled);
  g_assert_false (tl_setup_recall_finish (setup, recalled.result, &error));
  g_assert_no_error (error);
  g_object_unref (recalled.result);
  g_assert_true (tl_secret_equal (setup->lanes[0].secret, mistyped));
  g_assert_true (tl_secret_equal (setup->lanes[1].secret, secret));
}

/* Ends with @error or with a signer. */
static gboolean
load (TlSigning  *signing,
      GError    **error)
{
  TlTestWait wait = { NULL };
  gboolean loaded;

  tl_signing_load_async (signing, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  loaded = tl_signing_load_finish (signing, wait.result, error);
  g_object_unref (wait.result);

  return loaded;
}

static void
test_key_kept (void)
{
  g_autoptr(TlSigning) first = tl_signing_new ();
  g_autoptr(TlSigning) second = tl_signing_new ();
  g_autofree char *made = NULL;
  g_autofree char *found = NULL;
  g_autofree char *fleeting = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("The first use makes the key, the next finds it; one for practice is not kept");

  forget (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT);
  g_assert_true (load (first, &error));
  g_assert_no_error (error);
  g_assert_true (tl_signing_is_kept (first));
  g_assert_true (load (second, &error));
  g_assert_no_error (error);
  g_assert_true (tl_signing_is_kept (second));
  made = tl_signing_dup_fingerprint (first);
  found = tl_signing_dup_fingerprint (second);
  g_assert_cmpstr (made, ==, found);

  g_assert_true (tl_signing_make_fleeting (second, &error));
  g_assert_no_error (error);
  fleeting = tl_signing_dup_fingerprint (second);
  g_assert_false (tl_signing_is_kept (second));
  g_assert_cmpstr (fleeting, !=, made);

  /* And what is kept stays what it was. */
  tl_signing_clear (second);
  g_clear_pointer (&found, g_free);
  g_assert_true (load (second, &error));
  found = tl_signing_dup_fingerprint (second);
  g_assert_cmpstr (found, ==, made);
}

static void
test_key_damaged (void)
{
  g_autoptr(TlSigning) signing = tl_signing_new ();
  g_autoptr(TlSecret) damaged = tl_secret_new ("no key at all", strlen ("no key at all"));
  g_autoptr(TlSecret) later = NULL;
  g_autoptr(GError) error = NULL;
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;

  g_test_summary ("A kept key that cannot be read is an error, and is not replaced");

  tl_vault_store_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, damaged, NULL, tl_test_wait_ready,
                        &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_vault_store_finish (wait.result, &status, &error));
  g_assert_cmpint (status, ==, TL_VAULT_OK);
  g_object_unref (wait.result);

  g_assert_false (load (signing, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (tl_signing_get_signer (signing));
  g_assert_false (tl_signing_is_kept (signing));
  tl_test_pass_ms (LATE_MS);
  later = look_up (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT);
  g_assert_nonnull (later);
  g_assert_true (tl_secret_equal (later, damaged));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (remember_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remember/", remember_cases[i].name, NULL);

      g_test_add_data_func (path, &remember_cases[i], test_remember);
    }
  g_test_add_func ("/remember/recall", test_recall);
  g_test_add_func ("/remember/key/kept", test_key_kept);
  g_test_add_func ("/remember/key/damaged", test_key_damaged);

  return g_test_run ();
}
