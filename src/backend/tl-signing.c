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
};

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
       TlVaultStatus  status)
{
  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_object (&self->finding);

  self->signer = signer;
  self->kept = status == TL_VAULT_OK;
  self->finding = tl_vault_finding_new (status, TL_LANE_NONE);
  notify_all (self);
}

static void
on_key_stored (GObject      *object,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSigning *self = g_task_get_source_object (task);
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  GError *error = NULL;

  if (!tl_vault_store_finish (result, &status, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  adopt (self, tl_signer_ref (g_task_get_task_data (task)), status);
  g_task_return_boolean (task, TRUE);
}

static void
on_key_looked_up (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSigning *self = g_task_get_source_object (task);
  TlVaultStatus status = TL_VAULT_NO_SERVICE;
  GError *error = NULL;
  g_autoptr(TlSecret) stored = tl_vault_lookup_finish (result, &status, &error);
  g_autoptr(TlSecret) fresh = NULL;
  g_autoptr(TlSigner) signer = NULL;

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  /* A key that cannot be read is not replaced: it may be the one IT has
   * pinned, and a damaged keyring is for its owner to look at. */
  if (stored != NULL)
    {
      signer = tl_signer_new_from_secret (stored, &error);
      if (signer == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      adopt (self, g_steal_pointer (&signer), TL_VAULT_OK);
      g_task_return_boolean (task, TRUE);
      return;
    }

  signer = tl_signer_new_generate (KEY_NAME, &error);
  if (signer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (status != TL_VAULT_NOTHING)
    {
      adopt (self, g_steal_pointer (&signer), status);
      g_task_return_boolean (task, TRUE);
      return;
    }

  fresh = tl_signer_to_secret (signer);
  g_task_set_task_data (task, g_steal_pointer (&signer), (GDestroyNotify) tl_signer_unref);
  tl_vault_store_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, fresh, g_task_get_cancellable (task),
                        on_key_stored, g_object_ref (task));
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
}

TlSigning *
tl_signing_new (void)
{
  return g_object_new (TL_TYPE_SIGNING, NULL);
}

/**
 * tl_signing_load_async:
 * @self: a signing
 * @cancellable: (nullable): stops it
 * @callback: called when there is a signer
 * @user_data: for @callback
 *
 * Takes the key from the keyring, making and keeping one the first time. With
 * no keyring there is still a key, for this run only, and a finding that says so.
 */
void
tl_signing_load_async (TlSigning           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (TL_IS_SIGNING (self));

  g_task_set_source_tag (task, tl_signing_load_async);
  if (self->signer != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  tl_vault_lookup_async (TL_VAULT_SIGNING_KEY, KEY_ACCOUNT, cancellable, on_key_looked_up,
                         g_object_ref (task));
}

/**
 * tl_signing_load_finish:
 * @self: a signing
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when there is a signer; %FALSE with %G_IO_ERROR_CANCELLED, or
 *   with %TL_ERROR_INVALID_INPUT when the key in the keyring cannot be read
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

  adopt (self, signer, TL_VAULT_NOTHING);

  return TRUE;
}

/**
 * tl_signing_clear:
 * @self: a signing
 *
 * Forgets the signer; the keyring keeps what it has.
 */
void
tl_signing_clear (TlSigning *self)
{
  g_return_if_fail (TL_IS_SIGNING (self));

  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_object (&self->finding);
  self->kept = FALSE;
  notify_all (self);
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
