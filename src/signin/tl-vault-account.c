/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the keyring has of a mailbox, taken out together. */
#include "tl-vault.h"

/* What goes with a mailbox. A signing key is the person's, and a registration is
 * one with an issuer: other mailboxes use them. */
static const TlVaultUse account_uses[] = {
  TL_VAULT_REFRESH_TOKEN,
  TL_VAULT_INCOMING_PASSWORD,
  TL_VAULT_OUTGOING_PASSWORD,
};

typedef struct
{
  char          *account;   /* owned */
  guint          n_asked;
  TlVaultStatus  status;
} Forgetting;

static void
forgetting_free (gpointer data)
{
  Forgetting *self = data;

  g_clear_pointer (&self->account, g_free);
  g_free (self);
}

static void
on_one_forgotten (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  Forgetting *forgetting = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  TlVaultStatus status;

  if (!tl_vault_forget_finish (result, &status, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (status != TL_VAULT_NOTHING)
    forgetting->status = status;
  /* A keyring that is not there or stays locked is not asked again: every time
   * may be a prompt. */
  if ((status != TL_VAULT_OK && status != TL_VAULT_NOTHING) ||
      forgetting->n_asked == G_N_ELEMENTS (account_uses))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  tl_vault_forget_async (account_uses[forgetting->n_asked++], forgetting->account,
                         g_task_get_cancellable (task), on_one_forgotten, g_object_ref (task));
}

/**
 * tl_vault_forget_account_async:
 * @account: a mailbox, as its secrets were stored
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Removes both passwords and the refresh token of a mailbox. Revoke the token
 * first: afterwards nobody has it.
 */
void
tl_vault_forget_account_async (const char          *account,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Forgetting *forgetting;

  g_return_if_fail (account != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  forgetting = g_new0 (Forgetting, 1);
  forgetting->account = g_strdup (account);
  forgetting->status = TL_VAULT_NOTHING;
  g_task_set_source_tag (task, tl_vault_forget_account_async);
  g_task_set_task_data (task, forgetting, forgetting_free);

  tl_vault_forget_async (account_uses[forgetting->n_asked++], account, cancellable,
                         on_one_forgotten, g_object_ref (task));
}

/**
 * tl_vault_forget_account_finish:
 * @result: what the callback was given
 * @out_status: (out): %TL_VAULT_OK when there were secrets and all are removed,
 *   %TL_VAULT_NOTHING when there were none, or what went wrong first
 * @error: return location for a #GError
 *
 * Returns: %TRUE, or %FALSE with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_vault_forget_account_finish (GAsyncResult   *result,
                                TlVaultStatus  *out_status,
                                GError        **error)
{
  const Forgetting *forgetting;

  g_return_val_if_fail (g_async_result_is_tagged (result, tl_vault_forget_account_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  forgetting = g_task_get_task_data (G_TASK (result));
  *out_status = forgetting->status;

  return TRUE;
}
