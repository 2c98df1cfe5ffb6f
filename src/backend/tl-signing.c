/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signing.h"

#include "tl-vault.h"
#include "tl-vault-finding.h"

/* One key a person, not one a mailbox: IT pins people. */
#define KEY_ACCOUNT "signer"
#define KEY_NAME    "Twolane signer"

struct _TlSigning
{
  GObject    parent_instance;

  /* Owned */
  TlSigner  *signer;
  TlFinding *finding;
  gboolean   kept;
  gboolean   is_company;

  /* Owned: the look into the keyring, one at a time, so that two first uses
   * never make two keys */
  GPtrArray *waiting;           /* GTask, each with the GSource of its cancelling */
  gboolean   loading;
  guint      generation;        /* grows when what was asked for is wanted no more */
  guint      load_generation;
};

typedef struct
{
  TlSigner      *signer;
  TlVaultStatus  status;
} Key;

enum
{
  PROP_FINGERPRINT = 1,
  PROP_KEPT,
  PROP_FINDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSigning, tl_signing, G_TYPE_OBJECT)

static void
notify_all (TlSigning *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

static void
adopt (TlSigning     *self,
       TlSigner      *signer,
       TlVaultStatus  status,
       gboolean       is_company)
{
  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_object (&self->finding);

  self->signer = signer;
  self->is_company = is_company;
  self->kept = status == TL_VAULT_OK;
  self->finding = tl_vault_finding_new (status, TL_LANE_NONE);
  notify_all (self);
}

static void
key_free (gpointer data)
{
  Key *self = data;

  g_clear_pointer (&self->signer, tl_signer_unref);
  g_free (self);
}

static void
return_key (GTask         *load,
            TlSigner      *signer,
            TlVaultStatus  status)
{
  Key *key = g_new0 (Key, 1);

  key->signer = signer;
  key->status = status;
  g_task_return_pointer (load, key, key_free);
}

static void
on_key_stored (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) load = data;
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  GError *error = NULL;

  if (tl_vault_store_finish (result, &status, &error))
    return_key (load, tl_signer_ref (g_task_get_task_data (load)), status);
  else
    g_task_return_error (load, error);
}

static void
on_key_looked_up (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) load = data;
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  GError *error = NULL;
  g_autoptr(TlSecret) stored = tl_vault_lookup_finish (result, &status, &error);
  g_autoptr(TlSecret) fresh = NULL;
  g_autoptr(TlSigner) signer = NULL;

  /* A key that cannot be read is not replaced: it may be the one IT has
   * pinned, and a damaged keyring is for its owner to look at. */
  if (stored != NULL)
    signer = tl_signer_new_from_secret (stored, &error);
  else if (error == NULL)
    signer = tl_signer_new_generate (KEY_NAME, &error);

  if (signer == NULL)
    g_task_return_error (load, error);
  else if (stored != NULL)
    return_key (load, g_steal_pointer (&signer), TL_VAULT_OK);
  else if (status != TL_VAULT_NOTHING)
    return_key (load, g_steal_pointer (&signer), status);
  else
    {
      fresh = tl_signer_to_secret (signer);
      g_task_set_task_data (load, g_steal_pointer (&signer), (GDestroyNotify) tl_signer_unref);
      tl_vault_store_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, NULL, fresh, NULL, on_key_stored,
                            g_object_ref (load));
    }
}

/* Ends what every caller waits for, with @error or with success. */
static void
release_waiting (TlSigning    *self,
                 const GError *error)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      g_task_set_task_data (task, NULL, NULL);
      if (error == NULL)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  TlSigning *self = TL_SIGNING (object);
  g_autoptr(GError) error = NULL;
  Key *key = g_task_propagate_pointer (G_TASK (result), &error);

  self->loading = FALSE;
  /* Who waits has asked since the last tl_signing_clear(). */
  if (key != NULL && self->load_generation == self->generation)
    adopt (self, g_steal_pointer (&key->signer), key->status, FALSE);
  g_clear_pointer (&key, key_free);
  release_waiting (self, error);
}

static void
disown_load (TlSigning *self)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                 "this key is wanted no more");

  self->generation++;
  release_waiting (self, error);
}

static void
drop_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

/* The look into the keyring goes on: what it makes must not be made twice. */
static gboolean
on_caller_cancelled (GCancellable *cancellable,
                     gpointer      data)
{
  g_autoptr(GTask) task = g_object_ref (data);
  TlSigning *self = g_task_get_source_object (task);

  g_ptr_array_remove (self->waiting, task);
  g_task_set_task_data (task, NULL, NULL);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
wait_for_load (TlSigning *self,
               GTask     *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL)
    {
      GSource *source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (on_caller_cancelled), task, NULL);
      g_source_set_static_name (source, "[twolane] wait for the key cancelled");
      g_source_attach (source, g_task_get_context (task));
      g_task_set_task_data (task, source, drop_source);
    }

  g_ptr_array_add (self->waiting, g_object_ref (task));
  self->load_generation = self->generation;
}

static void
tl_signing_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlSigning *self = TL_SIGNING (object);

  switch (prop_id)
    {
    case PROP_FINGERPRINT:
      g_value_take_string (value, tl_signing_dup_fingerprint (self));
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->kept);
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_signing_finalize (GObject *object)
{
  TlSigning *self = TL_SIGNING (object);

  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_signing_parent_class)->finalize (object);
}

static void
tl_signing_class_init (TlSigningClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_signing_get_property;
  object_class->finalize = tl_signing_finalize;

  properties[PROP_FINGERPRINT] = g_param_spec_string ("fingerprint", NULL, NULL, NULL, flags);
  properties[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, flags);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_signing_init (TlSigning *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

TlSigning *
tl_signing_new (void)
{
  return g_object_new (TL_TYPE_SIGNING, NULL);
}

/**
 * tl_signing_load_async:
 * @self: a signing
 * @cancellable: (nullable): stops the waiting
 * @callback: called when there is a signer
 * @user_data: for @callback
 *
 * Takes the key from the keyring, making and keeping one the first time. With
 * no keyring there is still a key, for this run only, and a finding that says so.
 * However many ask, the keyring is asked once, and all get the one key.
 */
void
tl_signing_load_async (TlSigning           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) load = NULL;

  g_return_if_fail (TL_IS_SIGNING (self));

  g_task_set_source_tag (task, tl_signing_load_async);
  if (self->signer != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  wait_for_load (self, task);
  if (self->loading)
    return;

  self->loading = TRUE;
  load = g_task_new (self, NULL, on_loaded, NULL);
  g_task_set_source_tag (load, wait_for_load);
  tl_vault_lookup_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, NULL, NULL, on_key_looked_up,
                         g_steal_pointer (&load));
}

/**
 * tl_signing_load_finish:
 * @self: a signing
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when there is a signer; %FALSE with %G_IO_ERROR_CANCELLED when
 *   the caller or tl_signing_clear() stopped the waiting, or with
 *   %TL_ERROR_INVALID_INPUT when the key in the keyring cannot be read
 */
gboolean
tl_signing_load_finish (TlSigning     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_signing_make_fleeting:
 * @self: a signing
 * @error: return location for a #GError
 *
 * Makes a key for this run only, without asking the keyring: for practice.
 *
 * Returns: whether there is one
 */
gboolean
tl_signing_make_fleeting (TlSigning  *self,
                          GError    **error)
{
  TlSigner *signer = tl_signer_new_generate (KEY_NAME, error);

  g_return_val_if_fail (TL_IS_SIGNING (self), FALSE);

  if (signer == NULL)
    return FALSE;

  disown_load (self);
  adopt (self, signer, TL_VAULT_NOTHING, FALSE);

  return TRUE;
}

/**
 * tl_signing_clear:
 * @self: a signing
 *
 * Forgets the signer, one that is still being loaded included; the keyring
 * keeps what it has.
 */
void
tl_signing_clear (TlSigning *self)
{
  g_return_if_fail (TL_IS_SIGNING (self));

  disown_load (self);
  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_object (&self->finding);
  self->kept = FALSE;
  self->is_company = FALSE;
  notify_all (self);
}

/**
 * tl_signing_use:
 * @self: a signing
 * @company: (nullable): a company's key, or %NULL for the person's own again
 *
 * Has a key sign that is kept elsewhere, until tl_signing_clear() or the end of the run.
 */
void
tl_signing_use (TlSigning *self,
                TlSigner  *company)
{
  g_return_if_fail (TL_IS_SIGNING (self));

  if (company == NULL)
    {
      if (self->is_company)
        tl_signing_clear (self);
      return;
    }

  tl_signer_ref (company);
  disown_load (self);
  adopt (self, company, TL_VAULT_OK, TRUE);
}

gboolean
tl_signing_is_company (TlSigning *self)
{
  g_return_val_if_fail (TL_IS_SIGNING (self), FALSE);

  return self->is_company;
}

static void
on_kept_looked_up (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  GError *error = NULL;
  g_autoptr(TlSecret) stored = tl_vault_lookup_finish (result, &status, &error);
  g_autoptr(TlSigner) signer = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* What cannot be read signed nothing. */
  signer = stored == NULL ? NULL : tl_signer_new_from_secret (stored, NULL);
  g_task_return_pointer (task,
                         signer == NULL ? NULL : g_strdup (tl_signer_get_fingerprint (signer)),
                         g_free);
}

/**
 * tl_signing_find_async:
 * @cancellable: (nullable): stops it
 * @callback: called when the keyring has answered, or did not
 * @user_data: for @callback
 *
 * Sees which key signs here, without making one. A locked keyring may ask to be unlocked.
 */
void
tl_signing_find_async (GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_signing_find_async);
  tl_vault_lookup_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, NULL, cancellable, on_kept_looked_up,
                         task);
}

/**
 * tl_signing_find_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (nullable): its fingerprint, 64 lower-case hex digits; %NULL where none
 *   is kept or the keyring did not answer, and with %G_IO_ERROR_CANCELLED
 */
char *
tl_signing_find_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tl_signing_get_signer:
 * @self: a signing
 *
 * Returns: (transfer none) (nullable): the signer, once loaded
 */
TlSigner *
tl_signing_get_signer (TlSigning *self)
{
  g_return_val_if_fail (TL_IS_SIGNING (self), NULL);

  return self->signer;
}

gboolean
tl_signing_is_kept (TlSigning *self)
{
  g_return_val_if_fail (TL_IS_SIGNING (self), FALSE);

  return self->kept;
}

char *
tl_signing_dup_fingerprint (TlSigning *self)
{
  g_return_val_if_fail (TL_IS_SIGNING (self), NULL);

  if (self->signer == NULL)
    return NULL;

  return tl_fingerprint_to_groups (tl_signer_get_fingerprint (self->signer));
}

TlFinding *
tl_signing_get_finding (TlSigning *self)
{
  g_return_val_if_fail (TL_IS_SIGNING (self), NULL);

  return self->finding;
}
