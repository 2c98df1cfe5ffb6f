/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up and its signer leave in a keyring that works: see with-bus. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-setup.h"
#include "tl-vault.h"

#define KEY_ACCOUNT "signer"

#define OTHER_HOST "imap.elsewhere.invalid"

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

/* Where the practice servers have a password taken. */
static const char *
get_server (TlVaultUse use)
{
  if (use == TL_VAULT_INCOMING_PASSWORD)
    return TL_PRACTICE_INCOMING_HOST;

  return use == TL_VAULT_OUTGOING_PASSWORD ? TL_PRACTICE_OUTGOING_HOST : NULL;
}

static void
keep (TlVaultUse  use,
      const char *account,
      TlSecret   *secret)
{
  TlTestWait wait = { NULL };
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  g_autoptr(GError) error = NULL;

  tl_vault_store_async (use, account, get_server (use), secret, NULL, tl_test_wait_ready, &wait);
  tl_test_wait_for (&wait);
  g_assert_true (tl_vault_store_finish (wait.result, &status, &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, TL_VAULT_OK);
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

  tl_vault_lookup_async (use, account, get_server (use), NULL, tl_test_wait_ready, &wait);
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
  TlTestWait recalled = { NULL };

  g_test_summary ("Each lane recalls its own; one that is missing is left as it is");

  forget (TL_VAULT_OUTGOING_PASSWORD, TL_PRACTICE_ADDRESS);
  keep (TL_VAULT_INCOMING_PASSWORD, TL_PRACTICE_ADDRESS, mistyped);

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &recalled);
  tl_test_wait_for (&recalled);
  g_assert_false (tl_setup_recall_finish (setup, recalled.result, &error));
  g_assert_no_error (error);
  g_object_unref (recalled.result);
  g_assert_true (tl_secret_equal (setup->lanes[0].secret, mistyped));
  g_assert_true (tl_secret_equal (setup->lanes[1].secret, secret));
}

/* Somebody whose keyring has both passwords for the practice servers, and who has these servers. */
static TlSetup *
begin_kept (const char *incoming_host,
            const char *outgoing_host)
{
  TlSetup *setup = tl_setup_new ();
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));

  keep (TL_VAULT_INCOMING_PASSWORD, TL_PRACTICE_ADDRESS, secret);
  keep (TL_VAULT_OUTGOING_PASSWORD, TL_PRACTICE_ADDRESS, secret);
  tl_setup_set_address_text (setup, TL_PRACTICE_ADDRESS);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "host", incoming_host, NULL);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_OUTGOING), "host", outgoing_host, NULL);

  return setup;
}

static gboolean
finish_recall (TlSetup    *setup,
               TlTestWait *wait)
{
  g_autoptr(GError) error = NULL;
  gboolean has_all;

  tl_test_wait_for (wait);
  has_all = tl_setup_recall_finish (setup, wait->result, &error);
  g_assert_no_error (error);
  g_clear_object (&wait->result);
  g_assert_null (tl_setup_get_store_finding (setup));

  return has_all;
}

static gboolean
recall (TlSetup *setup)
{
  TlTestWait wait = { NULL };

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);

  return finish_recall (setup, &wait);
}

static void
assert_has (TlSetup  *setup,
            gboolean  incoming,
            gboolean  outgoing)
{
  g_assert_cmpint (tl_test_setup_get (setup, "has-incoming-secret"), ==, incoming);
  g_assert_cmpint (tl_test_setup_get (setup, "has-outgoing-secret"), ==, outgoing);
  g_assert_cmpint (setup->lanes[0].secret != NULL, ==, incoming);
  g_assert_cmpint (setup->lanes[1].secret != NULL, ==, outgoing);
}

typedef struct
{
  const char *name;
  const char *incoming_host;
  const char *outgoing_host;
  gboolean    has_incoming;
  gboolean    has_outgoing;
} HostCase;

static const HostCase host_cases[] = {
  { .name = "same", .incoming_host = TL_PRACTICE_INCOMING_HOST,
    .outgoing_host = TL_PRACTICE_OUTGOING_HOST, .has_incoming = TRUE, .has_outgoing = TRUE },
  { .name = "other-spelling", .incoming_host = "IMAP.Practice.invalid.",
    .outgoing_host = TL_PRACTICE_OUTGOING_HOST, .has_incoming = TRUE, .has_outgoing = TRUE },
  { .name = "other-incoming", .incoming_host = OTHER_HOST,
    .outgoing_host = TL_PRACTICE_OUTGOING_HOST, .has_outgoing = TRUE },
  { .name = "other-outgoing", .incoming_host = TL_PRACTICE_INCOMING_HOST,
    .outgoing_host = OTHER_HOST, .has_incoming = TRUE },
  { .name = "exchanged", .incoming_host = TL_PRACTICE_OUTGOING_HOST,
    .outgoing_host = TL_PRACTICE_INCOMING_HOST },
  { .name = "none-yet", .incoming_host = "", .outgoing_host = "" },
};

static void
test_hosts (gconstpointer data)
{
  const HostCase *c = data;
  g_autoptr(TlSetup) setup = begin_kept (c->incoming_host, c->outgoing_host);

  g_test_summary ("A password comes back for the server that took it, and for no other");

  g_assert_cmpint (recall (setup), ==, c->has_incoming && c->has_outgoing);
  assert_has (setup, c->has_incoming, c->has_outgoing);
}

static void
test_typed_over (void)
{
  g_autoptr(TlSetup) setup = begin_kept (TL_PRACTICE_INCOMING_HOST, TL_PRACTICE_OUTGOING_HOST);
  g_autoptr(TlSecret) typed = tl_secret_new ("typed", strlen ("typed"));
  TlLaneDraft *draft = tl_setup_get_draft (setup, TL_LANE_INCOMING);

  g_test_summary ("Another server does not get what the keyring had for the first; what was typed, "
                  "it does");

  g_assert_true (recall (setup));
  g_object_set (draft, "port", 143, NULL);
  assert_has (setup, TRUE, TRUE);
  g_object_set (draft, "host", OTHER_HOST, NULL);
  assert_has (setup, FALSE, TRUE);
  g_object_set (draft, "host", TL_PRACTICE_INCOMING_HOST, NULL);
  assert_has (setup, FALSE, TRUE);
  g_assert_true (recall (setup));
  assert_has (setup, TRUE, TRUE);

  tl_setup_set_secret (setup, TL_LANE_INCOMING, typed);
  g_object_set (draft, "host", OTHER_HOST, NULL);
  assert_has (setup, TRUE, TRUE);
}

static void
test_typed_meanwhile (void)
{
  g_autoptr(TlSetup) setup = begin_kept (TL_PRACTICE_INCOMING_HOST, TL_PRACTICE_OUTGOING_HOST);
  TlTestWait wait = { NULL };

  g_test_summary ("A server that was typed while the keyring was asked is another server too");

  tl_setup_recall_async (setup, NULL, tl_test_wait_ready, &wait);
  g_object_set (tl_setup_get_draft (setup, TL_LANE_INCOMING), "host", OTHER_HOST, NULL);
  g_assert_false (finish_recall (setup, &wait));
  assert_has (setup, FALSE, TRUE);
}

static const HostCase sending_cases[] = {
  { .name = "own-server", .incoming_host = TL_PRACTICE_INCOMING_HOST,
    .outgoing_host = TL_PRACTICE_OUTGOING_HOST, .has_incoming = TRUE },
  { .name = "one-server", .incoming_host = TL_PRACTICE_INCOMING_HOST,
    .outgoing_host = TL_PRACTICE_INCOMING_HOST, .has_incoming = TRUE, .has_outgoing = TRUE },
};

static void
test_sending (gconstpointer data)
{
  const HostCase *c = data;
  g_autoptr(TlSetup) setup = begin_kept (c->incoming_host, c->outgoing_host);
  TlIdentity *identity = tl_setup_get_identity (setup);

  g_test_summary ("The kept password of receiving is not that of sending, unless it is one server");

  recall (setup);
  g_object_set (identity, "separate-sending", TRUE, NULL);
  assert_has (setup, TRUE, FALSE);
  g_object_set (identity, "separate-sending", FALSE, NULL);
  assert_has (setup, c->has_incoming, c->has_outgoing);
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

  g_test_summary ("A kept key that cannot be read is an error, and is not replaced");

  keep (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, damaged);
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
  for (gsize i = 0; i < G_N_ELEMENTS (host_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remember/host/", host_cases[i].name, NULL);

      g_test_add_data_func (path, &host_cases[i], test_hosts);
    }
  g_test_add_func ("/remember/host/typed-over", test_typed_over);
  g_test_add_func ("/remember/host/typed-meanwhile", test_typed_meanwhile);
  for (gsize i = 0; i < G_N_ELEMENTS (sending_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/remember/sending/", sending_cases[i].name, NULL);

      g_test_add_data_func (path, &sending_cases[i], test_sending);
    }
  g_test_add_func ("/remember/key/kept", test_key_kept);
  g_test_add_func ("/remember/key/damaged", test_key_damaged);

  return g_test_run ();
}
