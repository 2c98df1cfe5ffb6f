/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-vault.h"

#include <libsecret/secret.h>

#include "config.h"
#include "tl-gsource.h"

/* Hexadecimal digits of a SHA-256, the account's or the server's, that go into the attributes. */
#define ID_LEN 32

/* A prompt that is gone this fast was never on a screen. */
#define PROMPT_SEEN_MS 500

G_DEFINE_ENUM_TYPE (TlVaultStatus, tl_vault_status,
                    G_DEFINE_ENUM_VALUE (TL_VAULT_OK, "ok"),
                    G_DEFINE_ENUM_VALUE (TL_VAULT_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (TL_VAULT_NO_SERVICE, "no-service"),
                    G_DEFINE_ENUM_VALUE (TL_VAULT_LOCKED, "locked"),
                    G_DEFINE_ENUM_VALUE (TL_VAULT_DISMISSED, "dismissed"),
                    G_DEFINE_ENUM_VALUE (TL_VAULT_VERIFY_FAILED, "verify-failed"))

/* The name keeps our items apart from those of every other program. */
static const SecretSchema schema = {
  TL_APP_ID, SECRET_SCHEMA_NONE,
  {
    { "use", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },   /* of a password alone */
    { NULL, 0 },
  },
};

/* Indexed by TlVaultUse: the word in the attributes, and the label that
 * keyring programs show. Neither is encrypted. */
static const struct
{
  const char *word;
  const char *label;
} uses[] = {
  [TL_VAULT_INCOMING_PASSWORD] = { "incoming-password", "Twolane: incoming password" },
  [TL_VAULT_OUTGOING_PASSWORD] = { "outgoing-password", "Twolane: outgoing password" },
  [TL_VAULT_SIGNING_KEY]       = { "signing-key",       "Twolane: signing key" },
  [TL_VAULT_REFRESH_TOKEN]     = { "refresh-token",     "Twolane: permission to use a mailbox" },
  [TL_VAULT_CLIENT]            = { "client",            "Twolane: registration with a provider" },
};

typedef struct
{
  /* Asks the keyring, once it is known whether it is locked. */
  void         (*ask) (GTask *task);

  /* Owned */
  GHashTable    *attributes;
  TlSecret      *secret;        /* what is stored; NULL otherwise */
  GPtrArray     *others;        /* of char: server ids whose password the stored one replaces */
  GCancellable  *inner;         /* stops what libsecret does for us */
  GSource       *timer;
  GSource       *caller;        /* fires when the caller cancels */

  TlVaultUse     use;
  TlVaultStatus  status;
  gint64         asked_at_us;   /* when a prompt may have opened */
  gboolean       may_prompt;
  gboolean       answered;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->caller);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->secret, tl_secret_unref);
  g_clear_pointer (&self->others, g_ptr_array_unref);
  g_clear_object (&self->inner);
  g_free (self);
}

/* Ends the request, whatever libsecret is still at: a service that hangs may
 * not answer a cancellation either. Its late answer finds the request answered. */
static void
answer (GTask         *task,
        TlVaultStatus  status,
        TlSecret      *secret)
{
  Request *request = g_task_get_task_data (task);

  if (request->answered)
    {
      g_clear_pointer (&secret, tl_secret_unref);
      return;
    }

  request->answered = TRUE;
  request->status = status;
  tl_gsource_clear (&request->timer);
  tl_gsource_clear (&request->caller);
  g_cancellable_cancel (request->inner);

  g_task_return_pointer (task, secret, (GDestroyNotify) tl_secret_unref);
}

static gboolean
on_budget_spent (gpointer data)
{
  GTask *task = data;
  Request *request = g_task_get_task_data (task);

  answer (task, request->may_prompt ? TL_VAULT_LOCKED : TL_VAULT_NO_SERVICE, NULL);

  return G_SOURCE_REMOVE;
}

static gboolean
on_caller_cancelled (GCancellable *cancellable,
                     gpointer      data)
{
  /* The task itself turns this into the error. */
  answer (data, TL_VAULT_NO_SERVICE, NULL);

  return G_SOURCE_REMOVE;
}

static void
set_budget (GTask *task,
            guint  ms)
{
  Request *request = g_task_get_task_data (task);

  tl_gsource_clear (&request->timer);
  request->timer = g_timeout_source_new (ms);
  g_source_set_callback (request->timer, on_budget_spent, g_object_ref (task), g_object_unref);
  g_source_set_static_name (request->timer, "[twolane] keyring budget");
  g_source_attach (request->timer, g_task_get_context (task));
}

/* From here on the keyring may be asking a person, who needs longer than a
 * service does. */
static void
expect_prompt (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  request->may_prompt = TRUE;
  request->asked_at_us = g_get_monotonic_time ();
  set_budget (task, TL_VAULT_PROMPT_MS);
}

/* What a keyring that stayed locked means: somebody closed the prompt, or
 * there was none that anybody could have seen. */
static TlVaultStatus
still_locked (const Request *request)
{
  gint64 open_ms = (g_get_monotonic_time () - request->asked_at_us) / 1000;

  if (!request->may_prompt || open_ms < PROMPT_SEEN_MS ||
      (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL))
    return TL_VAULT_LOCKED;

  return TL_VAULT_DISMISSED;
}

/* No bus, a dead bus, no service on it, a service without a keyring, a closed
 * sandbox: four error domains say the same in their words, so that is what
 * every error means but those that speak of a lock. */
static TlVaultStatus
status_of (const Request *request,
           const GError  *error)
{
  g_debug ("the keyring said: %s", error->message);

  /* Our own cancelling never gets here: the request is answered by then. */
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return still_locked (request);

  return TL_VAULT_NO_SERVICE;
}

static void
on_collection_seen (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(SecretCollection) collection = secret_collection_for_alias_finish (result, NULL);

  if (request->answered)
    return;

  /* Not there is no reason to stop: the keyring may be made now, or be a
   * portal's, which has no collections. */
  if (collection == NULL || secret_collection_get_locked (collection))
    expect_prompt (task);

  request->ask (task);
}

static gboolean
is_password (TlVaultUse use)
{
  return use == TL_VAULT_INCOMING_PASSWORD || use == TL_VAULT_OUTGOING_PASSWORD;
}

static char *
make_id (const char *text)
{
  char *id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  id[ID_LEN] = '\0';

  return id;
}

/* Takes both ids. */
static GHashTable *
make_attributes (TlVaultUse  use,
                 char       *account_id,
                 char       *server_id)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  g_hash_table_insert (attributes, (char *) "use", g_strdup (uses[use].word));
  g_hash_table_insert (attributes, (char *) "account", account_id);
  if (server_id != NULL)
    g_hash_table_insert (attributes, (char *) "server", server_id);

  return attributes;
}

static void
request_start (gpointer              tag,
               void                (*ask) (GTask *task),
               TlVaultUse            use,
               const char           *account,
               const char           *server,
               TlSecret             *secret,
               GCancellable         *cancellable,
               GAsyncReadyCallback   callback,
               gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->ask = ask;
  request->use = use;
  request->secret = secret != NULL ? tl_secret_ref (secret) : NULL;
  request->inner = g_cancellable_new ();
  request->attributes = make_attributes (use, make_id (account),
                                         server != NULL ? make_id (server) : NULL);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, request, request_free);
  set_budget (task, TL_VAULT_BUDGET_MS);

  if (cancellable != NULL)
    {
      request->caller = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->caller, G_SOURCE_FUNC (on_caller_cancelled),
                             g_object_ref (task), g_object_unref);
      g_source_set_static_name (request->caller, "[twolane] keyring request cancelled");
      g_source_attach (request->caller, g_task_get_context (task));
    }

  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               request->inner, on_collection_seen, g_object_ref (task));
}

/* How every request ends for the caller. @out_secret is for the one that may
 * bring a secret; it is untouched on failure, as @out_status is. */
static gboolean
finish (GAsyncResult   *result,
        TlSecret      **out_secret,
        TlVaultStatus  *out_status,
        GError        **error)
{
  const Request *request = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) cause = NULL;
  g_autoptr(TlSecret) secret = g_task_propagate_pointer (G_TASK (result), &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  *out_status = request->status;
  if (out_secret != NULL)
    *out_secret = g_steal_pointer (&secret);

  return TRUE;
}

/* The keyring's copy is in memory that libsecret locks and wipes. */
static TlSecret *
secret_from_value (SecretValue *value)
{
  gsize len;
  const char *bytes = secret_value_get (value, &len);

  return len <= TL_SECRET_MAX_BYTES ? tl_secret_new (bytes, len) : NULL;
}

/* Whether to go on after a search; if not, the request is answered. */
static gboolean
found_something (GTask        *task,
                 GAsyncResult *result)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autolist(GObject) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    answer (task, status_of (request, error), NULL);
  else if (items == NULL)
    answer (task, TL_VAULT_NOTHING, NULL);
  /* Items of a back end that has no locks of its own are never locked. */
  else if (!request->answered && !request->may_prompt && SECRET_IS_ITEM (items->data) &&
           secret_item_get_locked (SECRET_ITEM (items->data)))
    expect_prompt (task);

  return !request->answered;
}

static void remove_next_other (GTask *task);

static void
on_other_removed (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  /* What stays is found for its own server alone; forgetting takes it out. */
  if (!secret_password_clear_finish (result, &error) && error != NULL)
    g_debug ("the keyring said: %s", error->message);

  remove_next_other (task);
}

static void
remove_next_other (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr(GHashTable) attributes = NULL;
  const char *account_id;

  if (request->answered)
    return;
  if (request->others->len == 0)
    {
      answer (task, TL_VAULT_OK, NULL);
      return;
    }

  account_id = g_hash_table_lookup (request->attributes, "account");
  attributes = make_attributes (request->use, g_strdup (account_id),
                                g_ptr_array_steal_index (request->others,
                                                         request->others->len - 1));
  secret_password_clearv (&schema, attributes, request->inner, on_other_removed,
                          g_object_ref (task));
}

static void
on_searched_for_others (GObject      *object,
                        GAsyncResult *result,
                        gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  const char *own = g_hash_table_lookup (request->attributes, "server");
  g_autolist(GObject) items = secret_password_search_finish (result, NULL);

  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr(GHashTable) attributes = secret_retrievable_get_attributes (l->data);
      const char *server = g_hash_table_lookup (attributes, "server");

      if (server != NULL && !g_str_equal (server, own))
        g_ptr_array_add (request->others, g_strdup (server));
    }

  remove_next_other (task);
}

/* A mailbox has one password for each direction. What the keyring has for another server goes once
 * the new one is safe. */
static void
remove_others (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  const char *account_id = g_hash_table_lookup (request->attributes, "account");
  g_autoptr(GHashTable) attributes = make_attributes (request->use, g_strdup (account_id), NULL);

  request->others = g_ptr_array_new_with_free_func (g_free);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, request->inner,
                           on_searched_for_others, g_object_ref (task));
}

static void
on_read_back (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value = secret_password_lookup_binary_finish (result, &error);
  g_autoptr(TlSecret) found = value != NULL ? secret_from_value (value) : NULL;

  if (error != NULL)
    answer (task, status_of (request, error), NULL);
  else if (found == NULL || !tl_secret_equal (found, request->secret))
    answer (task, TL_VAULT_VERIFY_FAILED, NULL);
  else if (request->answered || !is_password (request->use))
    answer (task, TL_VAULT_OK, NULL);
  else
    remove_others (task);
}

static void
on_stored (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  if (!secret_password_store_finish (result, &error))
    {
      answer (task, error != NULL ? status_of (request, error) : still_locked (request), NULL);
      return;
    }
  if (request->answered)
    return;

  /* A service may say yes and keep something else, or nothing. */
  secret_password_lookupv (&schema, request->attributes, request->inner, on_read_back,
                           g_object_ref (task));
}

static void
ask_to_store (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr(SecretValue) value = NULL;
  gsize len;
  const char *bytes = tl_secret_peek (request->secret, &len);

  /* Copies into memory that libsecret locks and wipes. */
  value = secret_value_new (bytes, (gssize) len, "text/plain");
  secret_password_storev_binary (&schema, request->attributes, SECRET_COLLECTION_DEFAULT,
                                 uses[request->use].label, value, request->inner, on_stored,
                                 g_object_ref (task));
}

/**
 * tl_vault_store_async:
 * @use: what the secret is for
 * @account: whose it is, such as an address; only a part of its SHA-256 is stored
 * @server: (nullable): the host that a password is for, as an endpoint spells it, stored likewise;
 *   %NULL for every other use
 * @secret: the secret, valid UTF-8
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Keeps @secret in the person's keyring, in place of what was kept for the
 * same @use and @account, whatever its server, and reads it back. Never written
 * to a file of ours.
 */
void
tl_vault_store_async (TlVaultUse           use,
                      const char          *account,
                      const char          *server,
                      TlSecret            *secret,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail ((guint) use < G_N_ELEMENTS (uses));
  g_return_if_fail (account != NULL && secret != NULL);
  g_return_if_fail ((server != NULL) == is_password (use));

  request_start (tl_vault_store_async, ask_to_store, use, account, server, secret, cancellable,
                 callback, user_data);
}

/**
 * tl_vault_store_finish:
 * @result: what the callback was given
 * @out_status: (out): %TL_VAULT_OK when the secret was stored and read back
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_vault_store_finish (GAsyncResult   *result,
                       TlVaultStatus  *out_status,
                       GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_vault_store_async), FALSE);

  return finish (result, NULL, out_status, error);
}

static void
on_looked_up (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(SecretValue) value = secret_password_lookup_binary_finish (result, &error);
  g_autoptr(TlSecret) secret = value != NULL ? secret_from_value (value) : NULL;

  if (error != NULL)
    answer (task, status_of (request, error), NULL);
  else if (secret != NULL)
    answer (task, TL_VAULT_OK, g_steal_pointer (&secret));
  else if (value != NULL)
    answer (task, TL_VAULT_VERIFY_FAILED, NULL);
  else
    answer (task, request->may_prompt ? still_locked (request) : TL_VAULT_NOTHING, NULL);
}

static void
on_searched_to_look_up (GObject      *object,
                        GAsyncResult *result,
                        gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);

  if (found_something (task, result))
    secret_password_lookupv (&schema, request->attributes, request->inner, on_looked_up,
                             g_object_ref (task));
}

static void
ask_to_look_up (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  /* Looking first tells "not there" from "there, and stays locked", which a
   * look-up does not. */
  secret_password_searchv (&schema, request->attributes, SECRET_SEARCH_NONE, request->inner,
                           on_searched_to_look_up, g_object_ref (task));
}

/**
 * tl_vault_lookup_async:
 * @use: what the secret is for
 * @account: whose it is, as it was stored
 * @server: (nullable): the host that a password is to be sent to; %NULL for every other use
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Fetches a secret from the person's keyring, which may ask to be unlocked.
 */
void
tl_vault_lookup_async (TlVaultUse           use,
                       const char          *account,
                       const char          *server,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail ((guint) use < G_N_ELEMENTS (uses));
  g_return_if_fail (account != NULL);
  g_return_if_fail ((server != NULL) == is_password (use));

  request_start (tl_vault_lookup_async, ask_to_look_up, use, account, server, NULL, cancellable,
                 callback, user_data);
}

/**
 * tl_vault_lookup_finish:
 * @result: what the callback was given
 * @out_status: (out): %TL_VAULT_OK, or why there is no secret
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): the secret; %NULL without it, and with
 *   @error set only when it is %G_IO_ERROR_CANCELLED
 */
TlSecret *
tl_vault_lookup_finish (GAsyncResult   *result,
                        TlVaultStatus  *out_status,
                        GError        **error)
{
  TlSecret *secret = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_vault_lookup_async), NULL);

  finish (result, &secret, out_status, error);

  return secret;
}

static void
on_cleared (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gboolean cleared = secret_password_clear_finish (result, &error);

  if (error != NULL)
    answer (task, status_of (request, error), NULL);
  else if (cleared)
    answer (task, TL_VAULT_OK, NULL);
  else
    answer (task, request->may_prompt ? still_locked (request) : TL_VAULT_NOTHING, NULL);
}

static void
on_unlocked_to_forget (GObject      *object,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);

  if (found_something (task, result))
    secret_password_clearv (&schema, request->attributes, request->inner, on_cleared,
                            g_object_ref (task));
}

static void
on_searched_to_forget (GObject      *object,
                       GAsyncResult *result,
                       gpointer      data)
{
  g_autoptr(GTask) task = data;
  Request *request = g_task_get_task_data (task);

  /* Removing passes over what is locked and asks nobody: a search does. */
  if (found_something (task, result))
    secret_password_searchv (&schema, request->attributes, SECRET_SEARCH_ALL | SECRET_SEARCH_UNLOCK,
                             request->inner, on_unlocked_to_forget, g_object_ref (task));
}

static void
ask_to_forget (GTask *task)
{
  Request *request = g_task_get_task_data (task);

  secret_password_searchv (&schema, request->attributes, SECRET_SEARCH_NONE, request->inner,
                           on_searched_to_forget, g_object_ref (task));
}

/**
 * tl_vault_forget_async:
 * @use: what the secret is for
 * @account: whose it is, as it was stored
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Removes a secret from the person's keyring, a password whatever its server.
 * Items of other programs stay, whatever their attributes.
 */
void
tl_vault_forget_async (TlVaultUse           use,
                       const char          *account,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_return_if_fail ((guint) use < G_N_ELEMENTS (uses));
  g_return_if_fail (account != NULL);

  request_start (tl_vault_forget_async, ask_to_forget, use, account, NULL, NULL, cancellable,
                 callback, user_data);
}

/**
 * tl_vault_forget_finish:
 * @result: what the callback was given
 * @out_status: (out): %TL_VAULT_OK when it was removed, %TL_VAULT_NOTHING when
 *   there was none
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_vault_forget_finish (GAsyncResult   *result,
                        TlVaultStatus  *out_status,
                        GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tl_vault_forget_async), FALSE);

  return finish (result, NULL, out_status, error);
}
