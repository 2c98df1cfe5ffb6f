/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-vault.h"

#include <libsecret/secret.h>
#include <string.h>

#include "tl-test-keyring.h"

#define ACCOUNT "ada@acme.test"

typedef enum
{
  STORE,
  LOOK_UP,
  FORGET,
} Ask;

typedef struct
{
  GMainLoop     *loop;
  Ask            ask;
  TlVaultStatus  status;
  TlSecret      *secret;
  GError        *error;
  gint64         took_ms;
} Answer;

static void
answer_clear (Answer *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  Answer *answer = data;

  if (answer->ask == STORE)
    tl_vault_store_finish (result, &answer->status, &answer->error);
  else if (answer->ask == LOOK_UP)
    answer->secret = tl_vault_lookup_finish (result, &answer->status, &answer->error);
  else
    tl_vault_forget_finish (result, &answer->status, &answer->error);

  g_main_loop_quit (answer->loop);
}

static void
ask_for (Answer       *answer,
         Ask           ask,
         TlVaultUse    use,
         const char   *account,
         const char   *text,
         GCancellable *cancellable)
{
  g_autoptr(TlSecret) secret = text != NULL ? tl_secret_new (text, strlen (text)) : NULL;
  gint64 began_us = g_get_monotonic_time ();

  answer_clear (answer);
  answer->loop = g_main_loop_new (NULL, FALSE);
  answer->ask = ask;
  answer->status = (TlVaultStatus) -1;

  if (ask == STORE)
    tl_vault_store_async (use, account, secret, cancellable, on_answered, answer);
  else if (ask == LOOK_UP)
    tl_vault_lookup_async (use, account, cancellable, on_answered, answer);
  else
    tl_vault_forget_async (use, account, cancellable, on_answered, answer);

  g_main_loop_run (answer->loop);
  answer->took_ms = (g_get_monotonic_time () - began_us) / 1000;
}

static void
assert_status (Answer        *answer,
               Ask            ask,
               const char    *text,
               TlVaultStatus  expected)
{
  ask_for (answer, ask, TL_VAULT_INCOMING_PASSWORD, ACCOUNT, text, NULL);
  g_assert_no_error (answer->error);
  g_assert_cmpint (answer->status, ==, expected);
  g_assert_true ((answer->secret != NULL) == (ask == LOOK_UP && expected == TL_VAULT_OK));
}

static void
assert_secret (const Answer *answer,
               const char   *text)
{
  g_assert_nonnull (answer->secret);
  g_assert_cmpstr (tl_secret_peek (answer->secret, NULL), ==, text);
}

static void
test_round_trip (void)
{
  g_auto(Answer) answer = { NULL };

  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_NOTHING);
  assert_status (&answer, FORGET, NULL, TL_VAULT_NOTHING);
  assert_status (&answer, STORE, "correct horse", TL_VAULT_OK);
  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_OK);
  assert_secret (&answer, "correct horse");

  /* In place of the first, not beside it. */
  assert_status (&answer, STORE, " battery staple ", TL_VAULT_OK);
  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_OK);
  assert_secret (&answer, " battery staple ");

  assert_status (&answer, FORGET, NULL, TL_VAULT_OK);
  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_NOTHING);
}

static void
test_too_long (void)
{
  g_autofree char *max = g_strnfill (TL_SECRET_MAX_BYTES, 'x');
  g_autofree char *longer = g_strnfill (TL_SECRET_MAX_BYTES + 1, 'x');
  g_auto(Answer) answer = { NULL };

  g_test_summary ("What is too long to be a secret of ours is none, and not a part of one");

  assert_status (&answer, STORE, max, TL_VAULT_OK);
  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_OK);
  assert_secret (&answer, max);

  assert_status (&answer, STORE, longer, TL_VAULT_VERIFY_FAILED);
  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_VERIFY_FAILED);
  assert_status (&answer, FORGET, NULL, TL_VAULT_OK);
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
    { TL_VAULT_INCOMING_PASSWORD, ACCOUNT,          "one" },
    { TL_VAULT_OUTGOING_PASSWORD, ACCOUNT,          "two" },
    { TL_VAULT_SIGNING_KEY,       ACCOUNT,          "three" },
    { TL_VAULT_INCOMING_PASSWORD, "bob@acme.test",  "four" },
  };
  g_auto(Answer) answer = { NULL };

  g_test_summary ("Each use of each account has a secret of its own");

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    ask_for (&answer, STORE, items[i].use, items[i].account, items[i].text, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      ask_for (&answer, LOOK_UP, items[i].use, items[i].account, NULL, NULL);
      assert_secret (&answer, items[i].text);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      ask_for (&answer, FORGET, items[i].use, items[i].account, NULL, NULL);
      g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
    }
}

/* All that a keyring keeps in the clear, of all items there are, as one text. */
static char *
dump_in_the_clear (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_LOAD_COLLECTIONS, NULL, &error);
  g_autolist(SecretCollection) collections = NULL;
  GString *dump = g_string_new (NULL);

  g_assert_no_error (error);
  collections = secret_service_get_collections (service);
  for (GList *c = collections; c != NULL; c = c->next)
    {
      g_autolist(SecretItem) items = NULL;

      secret_collection_load_items_sync (c->data, NULL, &error);
      g_assert_no_error (error);
      items = secret_collection_get_items (c->data);
      for (GList *i = items; i != NULL; i = i->next)
        {
          g_autofree char *label = secret_item_get_label (i->data);
          g_autoptr(GHashTable) attributes = secret_item_get_attributes (i->data);
          GHashTableIter iter;
          gpointer key, value;

          g_string_append_printf (dump, "%s\n", label);
          g_hash_table_iter_init (&iter, attributes);
          while (g_hash_table_iter_next (&iter, &key, &value))
            g_string_append_printf (dump, "%s=%s\n", (char *) key, (char *) value);
        }
    }

  return g_string_free (dump, FALSE);
}

static void
test_in_the_clear (void)
{
  g_auto(Answer) answer = { NULL };
  g_autofree char *dump = NULL;

  g_test_summary ("Neither label nor attributes give the address or the secret away");

  assert_status (&answer, STORE, "correct horse", TL_VAULT_OK);
  dump = dump_in_the_clear ();
  g_assert_nonnull (strstr (dump, "use=incoming-password"));
  g_assert_null (strstr (dump, "acme"));
  g_assert_null (strstr (dump, "ada"));
  g_assert_null (strstr (dump, "horse"));
  assert_status (&answer, FORGET, NULL, TL_VAULT_OK);
}

static void
test_foreign (void)
{
  static const SecretSchema foreign = {
    "org.example.Other", SECRET_SCHEMA_NONE,
    { { "use", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "account", SECRET_SCHEMA_ATTRIBUTE_STRING } },
  };
  g_autofree char *id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ACCOUNT, -1);
  g_autofree char *kept = NULL;
  g_auto(Answer) answer = { NULL };
  g_autoptr(GError) error = NULL;

  g_test_summary ("Another program's item with our attributes is neither read nor removed");

  id[32] = '\0';
  secret_password_store_sync (&foreign, SECRET_COLLECTION_DEFAULT, "theirs", "theirs", NULL, &error,
                              "use", "incoming-password", "account", id, NULL);
  g_assert_no_error (error);

  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_NOTHING);
  assert_status (&answer, FORGET, NULL, TL_VAULT_NOTHING);
  kept = secret_password_lookup_sync (&foreign, NULL, &error, "use", "incoming-password",
                                      "account", id, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (kept, ==, "theirs");
}

static void
test_cancelled_at_once (void)
{
  g_auto(Answer) answer = { NULL };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  ask_for (&answer, LOOK_UP, TL_VAULT_INCOMING_PASSWORD, ACCOUNT, NULL, cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (answer.secret);
}

/* Comes last: the collection stays locked. */
static void
test_locked (void)
{
  g_auto(Answer) answer = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service = NULL;
  g_autoptr(SecretCollection) collection = NULL;
  g_autoptr(GList) objects = NULL;

  assert_status (&answer, STORE, "correct horse", TL_VAULT_OK);

  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, &error);
  g_assert_no_error (error);
  collection = secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT,
                                                 SECRET_COLLECTION_NONE, NULL, &error);
  g_assert_no_error (error);
  objects = g_list_append (NULL, collection);
  g_assert_cmpint (secret_service_lock_sync (NULL, objects, NULL, NULL, &error), ==, 1);
  g_assert_no_error (error);

  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_LOCKED);
  g_assert_cmpint (answer.took_ms, <, TL_VAULT_BUDGET_MS);
  assert_status (&answer, STORE, "battery staple", TL_VAULT_LOCKED);
  assert_status (&answer, FORGET, NULL, TL_VAULT_LOCKED);
}

static void
test_no_service (void)
{
  g_auto(Answer) answer = { NULL };

  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_NO_SERVICE);
  assert_status (&answer, STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_assert_cmpint (answer.took_ms, <, 2000);
  assert_status (&answer, FORGET, NULL, TL_VAULT_NO_SERVICE);
}

/* A keyring that was never made has nothing, and can be made only by somebody
 * who chooses a password. */
static void
test_never_made (void)
{
  g_auto(Answer) answer = { NULL };

  assert_status (&answer, LOOK_UP, NULL, TL_VAULT_NOTHING);
  assert_status (&answer, STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_assert_cmpint (answer.took_ms, <, TL_VAULT_BUDGET_MS);
}

typedef struct
{
  const char          *name;
  TlTestKeyringManner  manner;
  Ask                  ask;
  TlVaultStatus        status;
  guint                min_ms;
  guint                max_ms;
} MannerCase;

static const MannerCase manner_cases[] = {
  { "store/corrupts", TL_TEST_KEYRING_CORRUPTS, STORE, TL_VAULT_VERIFY_FAILED, 0, 2000 },
  { "store/forgets", TL_TEST_KEYRING_FORGETS, STORE, TL_VAULT_VERIFY_FAILED, 0, 2000 },
  { "store/dies", TL_TEST_KEYRING_DIES, STORE, TL_VAULT_NO_SERVICE, 0, 2000 },
  { "look-up/nothing", TL_TEST_KEYRING_FORGETS, LOOK_UP, TL_VAULT_NOTHING, 0, 2000 },
  { "look-up/dismissed", TL_TEST_KEYRING_DISMISSED, LOOK_UP, TL_VAULT_DISMISSED, 500, 5000 },
  { "store/dismissed", TL_TEST_KEYRING_DISMISSED, STORE, TL_VAULT_DISMISSED, 500, 5000 },
  { "look-up/hangs", TL_TEST_KEYRING_HANGS, LOOK_UP, TL_VAULT_NO_SERVICE,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 1000 },
};

/* The one case in which the person takes longer than the service may. */
static const MannerCase late_case =
  { "look-up/unlocked-late", TL_TEST_KEYRING_UNLOCKED_LATE, LOOK_UP, TL_VAULT_OK,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 4000 };

static void
test_manner (gconstpointer data)
{
  const MannerCase *c = data;
  g_autoptr(TlTestKeyring) keyring = tl_test_keyring_start (c->manner);
  g_auto(Answer) answer = { NULL };

  assert_status (&answer, c->ask, c->ask == STORE ? "correct horse" : NULL, c->status);
  g_assert_cmpint (answer.took_ms, >=, c->min_ms);
  g_assert_cmpint (answer.took_ms, <=, c->max_ms);

  secret_service_disconnect ();
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled_while_hanging (void)
{
  g_autoptr(TlTestKeyring) keyring = tl_test_keyring_start (TL_TEST_KEYRING_HANGS);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Answer) answer = { NULL };

  g_timeout_add (100, on_time_to_cancel, cancellable);
  ask_for (&answer, STORE, TL_VAULT_INCOMING_PASSWORD, ACCOUNT, "correct horse", cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (answer.took_ms, <, 300);

  secret_service_disconnect ();
}

int
main (int   argc,
      char *argv[])
{
  const char *bus = g_getenv ("TL_TEST_BUS");

  g_test_init (&argc, &argv, NULL);

  if (g_str_equal (bus, "keyring"))
    {
      g_test_add_func ("/vault/round-trip", test_round_trip);
      g_test_add_func ("/vault/too-long", test_too_long);
      g_test_add_func ("/vault/apart", test_apart);
      g_test_add_func ("/vault/in-the-clear", test_in_the_clear);
      g_test_add_func ("/vault/foreign", test_foreign);
      g_test_add_func ("/vault/cancelled-at-once", test_cancelled_at_once);
      g_test_add_func ("/vault/locked", test_locked);
    }
  else if (g_str_equal (bus, "fresh"))
    {
      g_test_add_func ("/vault/never-made", test_never_made);
    }
  else if (argc > 1 && g_str_equal (argv[1], "scripted"))
    {
      /* There is a screen, as far as anybody can tell. */
      g_setenv ("DISPLAY", ":scripted", TRUE);
      for (gsize i = 0; i < G_N_ELEMENTS (manner_cases); i++)
        {
          g_autofree char *path = g_strconcat ("/vault/", manner_cases[i].name, NULL);

          g_test_add_data_func (path, &manner_cases[i], test_manner);
        }
      g_test_add_func ("/vault/cancelled-while-hanging", test_cancelled_while_hanging);
    }
  else if (argc > 1 && g_str_equal (argv[1], "scripted-late"))
    {
      g_setenv ("DISPLAY", ":scripted", TRUE);
      g_test_add_data_func ("/vault/look-up/unlocked-late", &late_case, test_manner);
    }
  else
    {
      g_test_add_func ("/vault/no-service", test_no_service);
    }

  return g_test_run ();
}
