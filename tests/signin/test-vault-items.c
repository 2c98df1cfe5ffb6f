/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the vault leaves in a keyring, and what it does with what others left there. */
#include "tl-vault.h"

#include <libsecret/secret.h>
#include <string.h>

#include "tl-test-canary.h"
#include "tl-test-vault.h"

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
  static const char secret[] = "Correct-Horse-Battery-Staple";
  g_autoptr(TlTestCanary) secret_canary = tl_test_canary_new (secret);
  g_autoptr(TlTestCanary) account_canary = tl_test_canary_new (TL_TEST_ACCOUNT);
  g_autoptr(TlTestCanary) server_canary = tl_test_canary_new (TL_TEST_SERVER);
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autofree char *dump = NULL;

  g_test_summary ("Neither label nor attributes give the address, the server or the secret away");

  for (TlVaultUse use = TL_VAULT_INCOMING_PASSWORD; use <= TL_VAULT_CLIENT; use++)
    {
      tl_test_vault_ask (&answer, TL_TEST_STORE, use, TL_TEST_ACCOUNT, secret, NULL);
      g_assert_cmpint (answer.status, ==, TL_VAULT_OK);
    }
  dump = dump_in_the_clear ();
  g_assert_nonnull (strstr (dump, "use=incoming-password"));
  g_assert_nonnull (strstr (dump, "use=refresh-token"));
  g_assert_nonnull (strstr (dump, "server="));
  g_assert_cmpstr (tl_test_canary_find (secret_canary, dump, strlen (dump)), ==, NULL);
  g_assert_cmpstr (tl_test_canary_find (account_canary, dump, strlen (dump)), ==, NULL);
  g_assert_cmpstr (tl_test_canary_find (server_canary, dump, strlen (dump)), ==, NULL);
  g_assert_null (strstr (dump, "acme"));
  g_assert_null (strstr (dump, "ada"));
  for (TlVaultUse use = TL_VAULT_INCOMING_PASSWORD; use <= TL_VAULT_CLIENT; use++)
    tl_test_vault_ask (&answer, TL_TEST_FORGET, use, TL_TEST_ACCOUNT, NULL, NULL);
}

static char *
make_id (const char *text)
{
  char *id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  id[32] = '\0';

  return id;
}

typedef struct
{
  const char *name;
  const char *schema;
  const char *use;
  gboolean    account;    /* has the attribute, and ours for a value */
  const char *server;     /* NULL: the usual one */
} ForeignCase;

static const ForeignCase foreign_cases[] = {
  { "other-schema",  "org.example.Other",         "incoming-password", TRUE },
  { "no-schema",     NULL,                        "incoming-password", TRUE },
  { "longer-schema", "io.github.twolane.Twolane2", "incoming-password", TRUE },
  { "other-use",     "io.github.twolane.Twolane", "incoming",          TRUE },
  { "other-token",   "org.example.Other",         "refresh-token",     TRUE },
  { "no-schema-token", NULL,                      "refresh-token",     TRUE },
  { "other-server",  "org.example.Other",         "incoming-password", TRUE, "imap.other.test" },
  { "no-account",    "io.github.twolane.Twolane", "incoming-password", FALSE },
};

static GHashTable *
make_foreign_attributes (const ForeignCase *c)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  if (c->schema != NULL)
    g_hash_table_insert (attributes, (char *) "xdg:schema", g_strdup (c->schema));
  g_hash_table_insert (attributes, (char *) "use", g_strdup (c->use));
  if (c->account)
    g_hash_table_insert (attributes, (char *) "account", make_id (TL_TEST_ACCOUNT));
  g_hash_table_insert (attributes, (char *) "server",
                       make_id (c->server != NULL ? c->server : TL_TEST_SERVER));

  return attributes;
}

static SecretCollection *
get_collection (SecretService *service)
{
  g_autoptr(GError) error = NULL;
  SecretCollection *collection =
    secret_collection_for_alias_sync (service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                      NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (collection);

  return collection;
}

static SecretItem *
make_item (SecretService *service,
           GHashTable    *attributes,
           const char    *text)
{
  g_autoptr(SecretCollection) collection = get_collection (service);
  g_autoptr(SecretValue) value = secret_value_new (text, -1, "text/plain");
  g_autoptr(GError) error = NULL;
  SecretItem *item = secret_item_create_sync (collection, NULL, attributes, "theirs", value,
                                              SECRET_ITEM_CREATE_NONE, NULL, &error);

  g_assert_no_error (error);

  return item;
}

static void
test_foreign (gconstpointer data)
{
  const ForeignCase *c = data;
  g_autoptr(GHashTable) attributes = make_foreign_attributes (c);
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);
  g_autoptr(SecretItem) item = NULL;
  g_autoptr(SecretValue) value = NULL;

  g_test_summary ("Another program’s item is neither read, nor written over, nor removed");

  g_assert_no_error (error);
  item = make_item (service, attributes, "theirs");

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, "correct horse");
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET_ACCOUNT, NULL, TL_VAULT_NOTHING);

  g_assert_true (secret_item_load_secret_sync (item, NULL, &error));
  g_assert_no_error (error);
  value = secret_item_get_secret (item);
  g_assert_cmpstr (secret_value_get_text (value), ==, "theirs");
  g_assert_true (secret_item_delete_sync (item, NULL, &error));
}

static void
test_no_server (void)
{
  static const ForeignCase old = { "old", "io.github.twolane.Twolane", "incoming-password", TRUE };
  g_autoptr(GHashTable) attributes = make_foreign_attributes (&old);
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);

  g_test_summary ("A password of no server is not used anywhere, and can be forgotten");

  g_assert_no_error (error);
  g_hash_table_remove (attributes, "server");
  g_object_unref (make_item (service, attributes, "one"));

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
}

static void
test_duplicates (void)
{
  static const ForeignCase twin = { "twin", "io.github.twolane.Twolane", "incoming-password", TRUE };
  g_autoptr(GHashTable) attributes = make_foreign_attributes (&twin);
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretService) service =
    secret_service_get_sync (SECRET_SERVICE_OPEN_SESSION, NULL, &error);

  g_test_summary ("Of items of ours that are there several times, one is used and all are removed");

  g_assert_no_error (error);
  g_object_unref (make_item (service, attributes, "one"));
  g_object_unref (make_item (service, attributes, "another"));

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, "correct horse");
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/K08/duplicates", test_duplicates);
  g_test_add_func ("/vault/no-server", test_no_server);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/K08/foreign/", foreign_cases[i].name, NULL);

      g_test_add_data_func (path, &foreign_cases[i], test_foreign);
    }
  g_test_add_func ("/vault/K10/in-the-clear", test_in_the_clear);

  return g_test_run ();
}
