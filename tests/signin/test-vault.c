/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the vault is for, and what it does where it cannot do it. */
#include "tl-vault.h"

#include <libsecret/secret.h>
#include <string.h>

#include "tl-test-memory.h"
#include "tl-test-vault.h"

static void
test_round_trip (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, "correct horse");

  /* In place of the first, not beside it. */
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, " battery staple ", TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, " battery staple ");

  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
}

static void
test_too_long (void)
{
  g_autofree char *max = g_strnfill (TL_SECRET_MAX_BYTES, 'x');
  g_autofree char *longer = g_strnfill (TL_SECRET_MAX_BYTES + 1, 'x');
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("What is too long to be a secret of ours is none, and not a part of one");

  tl_test_vault_assert_status (&answer, TL_TEST_STORE, max, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, max);

  tl_test_vault_assert_status (&answer, TL_TEST_STORE, longer, TL_VAULT_VERIFY_FAILED);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_VERIFY_FAILED);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
}

static void
test_apart (void)
{
  static const struct
  {
    TlVaultUse  use;
    const char *account;
    const char *text;
  } items[] = {
    { TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT,          "one" },
    { TL_VAULT_OUTGOING_PASSWORD, TL_TEST_ACCOUNT,          "two" },
    { TL_VAULT_SIGNING_KEY,       TL_TEST_ACCOUNT,          "three" },
    { TL_VAULT_REFRESH_TOKEN,     TL_TEST_ACCOUNT,          "four" },
    { TL_VAULT_CLIENT,            TL_TEST_ACCOUNT,          "five" },
    { TL_VAULT_INCOMING_PASSWORD, "bob@acme.test",  "six" },
  };
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("Each use of each account has a secret of its own");

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    tl_test_vault_ask (&answer, TL_TEST_STORE, items[i].use, items[i].account, items[i].text, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, items[i].use, items[i].account, NULL, NULL);
      tl_test_vault_assert_secret (&answer, items[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      tl_test_vault_ask (&answer, TL_TEST_FORGET, items[i].use, items[i].account, NULL, NULL);
      g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
    }
}

static void
store_for (TlTestVaultAnswer     *answer,
           TlVaultUse  use,
           const char *account,
           const char *text)
{
  tl_test_vault_ask (answer, TL_TEST_STORE, use, account, text, NULL);
  g_assert_no_error (answer->error);
  g_assert_cmpint (answer->status, ==, TL_VAULT_OK);
}

static void
test_forget_account (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("What is of one mailbox goes; what others need, and all that is another’s, stays");

  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  g_assert_cmpint (answer.status, ==, TL_VAULT_NOTHING);

  for (TlVaultUse use = TL_VAULT_INCOMING_PASSWORD; use <= TL_VAULT_CLIENT; use++)
    store_for (&answer, use, TL_TEST_ACCOUNT, "correct horse");
  store_for (&answer, TL_VAULT_INCOMING_PASSWORD, "bob@acme.test", "battery staple");

  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
  for (TlVaultUse use = TL_VAULT_INCOMING_PASSWORD; use <= TL_VAULT_CLIENT; use++)
    {
      gboolean stays = use == TL_VAULT_SIGNING_KEY || use == TL_VAULT_CLIENT;

      tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, use, TL_TEST_ACCOUNT, NULL, NULL);
      g_assert_cmpint (answer.status, ==, stays ? TL_VAULT_OK : TL_VAULT_NOTHING);
      tl_test_vault_ask (&answer, TL_TEST_FORGET, use, TL_TEST_ACCOUNT, NULL, NULL);
    }
  tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, TL_VAULT_INCOMING_PASSWORD, "bob@acme.test", NULL,
                     NULL);
  g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
  tl_test_vault_ask (&answer, TL_TEST_FORGET, TL_VAULT_INCOMING_PASSWORD, "bob@acme.test", NULL,
                     NULL);

  /* One of the three is enough to have had something. */
  store_for (&answer, TL_VAULT_OUTGOING_PASSWORD, TL_TEST_ACCOUNT, "correct horse");
  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
}

#define OTHER_SERVER "imap.other.test"

static void
assert_at (TlTestVaultAnswer *answer,
           const char        *server,
           const char        *text)
{
  answer->server = server;
  tl_test_vault_assert_status (answer, TL_TEST_LOOK_UP, NULL,
                               text == NULL ? TL_VAULT_NOTHING : TL_VAULT_OK);
  if (text != NULL)
    tl_test_vault_assert_secret (answer, text);
}

static void
test_server_replaced (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("A password is found for its own server alone, and the next one replaces it");

  store_for (&answer, TL_VAULT_OUTGOING_PASSWORD, TL_TEST_ACCOUNT, "of another use");
  store_for (&answer, TL_VAULT_INCOMING_PASSWORD, "bob@acme.test", "of another account");
  store_for (&answer, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT, "one");
  assert_at (&answer, OTHER_SERVER, NULL);
  assert_at (&answer, TL_TEST_SERVER, "one");

  answer.server = OTHER_SERVER;
  store_for (&answer, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT, "two");
  assert_at (&answer, OTHER_SERVER, "two");
  assert_at (&answer, TL_TEST_SERVER, NULL);

  tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, TL_VAULT_OUTGOING_PASSWORD, TL_TEST_ACCOUNT, NULL,
                     NULL);
  tl_test_vault_assert_secret (&answer, "of another use");
  tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, TL_VAULT_INCOMING_PASSWORD, "bob@acme.test", NULL,
                     NULL);
  tl_test_vault_assert_secret (&answer, "of another account");
  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, "bob@acme.test", NULL, NULL);
}

static void
test_server_forgotten (gconstpointer data)
{
  TlTestVaultAsk ask = (TlTestVaultAsk) GPOINTER_TO_INT (data);
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("Forgetting takes a password out whatever its server");

  answer.server = OTHER_SERVER;
  store_for (&answer, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT, "one");
  answer.server = NULL;
  tl_test_vault_assert_status (&answer, ask, NULL, TL_VAULT_OK);
  assert_at (&answer, OTHER_SERVER, NULL);
  assert_at (&answer, TL_TEST_SERVER, NULL);
}

static void
test_wiped (void)
{
  g_autoptr(TlTestMemory) canary = tl_test_memory_new ();
  g_autofree char *hit = NULL;
  g_autofree char *planted = NULL;
  g_autofree char *proof = NULL;
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_test_summary ("What went into the keyring and came back is nowhere else in memory");

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the sanitizer’s stand-ins for library functions leave copies on the stack");
  return;
#endif
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, tl_test_memory_peek (canary), TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  g_assert_true (g_str_equal (tl_secret_peek (answer.secret, NULL), tl_test_memory_peek (canary)));
  hit = tl_test_memory_find (canary);
  g_assert_cmpstr (hit, ==, NULL);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);

  planted = g_strdup (tl_test_memory_peek (canary));
  proof = tl_test_memory_find (canary);
  g_assert_nonnull (proof);
}

static void
test_cancelled_at_once (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  tl_test_vault_ask (&answer, TL_TEST_LOOK_UP, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT, NULL,
                     cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer.secret);
}

/* Comes last: the collection stays locked. */
static void
test_locked (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GList) objects = NULL;

  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_OK);

  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  objects = g_list_append (NULL, collection);
  g_assert_cmpint (secret_service_lock_sync (NULL, objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_LOCKED);
  g_assert_cmpint (answer.took_ms, <, TL_VAULT_BUDGET_MS);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "battery staple", TL_VAULT_LOCKED);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_LOCKED);
}

static void
test_no_service (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NO_SERVICE);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_assert_cmpint (answer.took_ms, <, 2000);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_NO_SERVICE);
  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  g_assert_cmpint (answer.status, ==, TL_VAULT_NO_SERVICE);
}

/* A keyring that was never made has nothing, and can be made only by somebody
 * who chooses a password. */
static void
test_never_made (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_assert_cmpint (answer.took_ms, <, TL_VAULT_BUDGET_MS);
}

static void
add_keyring_cases (void)
{
  g_test_add_func ("/vault/round-trip", test_round_trip);
  g_test_add_func ("/vault/too-long", test_too_long);
  g_test_add_func ("/vault/apart", test_apart);
  g_test_add_func ("/vault/forget-account", test_forget_account);
  g_test_add_func ("/vault/server/replaced", test_server_replaced);
  g_test_add_data_func ("/vault/server/forgotten", GINT_TO_POINTER (TL_TEST_FORGET),
                        test_server_forgotten);
  g_test_add_data_func ("/vault/server/forgotten-account", GINT_TO_POINTER (TL_TEST_FORGET_ACCOUNT),
                        test_server_forgotten);
  g_test_add_func ("/vault/cancelled-at-once", test_cancelled_at_once);
  g_test_add_func ("/vault/P9/wiped", test_wiped);
}

/* What is tested on which bus: with-bus makes one, the first argument says more. */
static const struct
{
  const char *bus;
  const char *argument;
  const char *path;
  GTestFunc   test;
  void      (*add) (void);
} groups[] = {
  { "none",    "",              "/vault/K01/no-bus",           test_no_service },
  { "dead",    "",              "/vault/K01/dead-bus",         test_no_service },
  { "empty",   "",              "/vault/K02/no-service",       test_no_service },
  { "fresh",   "",              "/vault/K05/never-made",       test_never_made },
  { "keyring", "",              NULL,                          NULL, add_keyring_cases },
  { "keyring", "locked",        "/vault/K03/locked",           test_locked },
};

int
main (int   argc,
      char *argv[])
{
  const char *bus = g_getenv ("TL_TEST_BUS");
  const char *argument;
  guint n_groups = 0;

  g_test_init (&argc, &argv, NULL);
  argument = argc > 1 ? argv[1] : "";

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      /* No bus: a list of all is asked for. */
      if (bus != NULL &&
          !(g_str_equal (bus, groups[i].bus) && g_str_equal (argument, groups[i].argument)))
        continue;
      n_groups++;
      if (groups[i].add != NULL)
        groups[i].add ();
      else
        g_test_add_func (groups[i].path, groups[i].test);
    }
  /* A word that is misspelt would pass for a test. */
  g_assert_cmpuint (n_groups, >, 0);

  return g_test_run ();
}
