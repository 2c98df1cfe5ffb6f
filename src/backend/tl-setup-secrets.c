/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a set-up signs in with: typed, or from the keyring and back into it. */
#include "tl-setup-private.h"

#include "tl-vault-finding.h"

static const TlVaultUse uses[] = { TL_VAULT_INCOMING_PASSWORD, TL_VAULT_OUTGOING_PASSWORD };

static void
take_store_finding (TlSetup   *self,
                    TlFinding *finding)
{
  g_clear_object (&self->store_finding);
  self->store_finding = finding;
  tl_setup_refresh_hand_over (self);
  g_object_notify (G_OBJECT (self), "store-finding");
}

static void
stop_recall (TlSetup *self)
{
  g_cancellable_cancel (self->recall_cancellable);
  g_clear_object (&self->recall_cancellable);
}

/**
 * tl_setup_forget_secrets:
 * @self: a set-up
 *
 * For a change of the address: forgets the passwords, and what the keyring may
 * still say about them.
 */
void
tl_setup_forget_secrets (TlSetup *self)
{
  stop_recall (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
      self->lanes[i].has_token = FALSE;
    }
  take_store_finding (self, NULL);
  g_object_notify (G_OBJECT (self), "has-secret");
}

static void
take_secret (TlSetup    *self,
             TlLaneKind  lane,
             TlSecret   *secret,
             gboolean    is_token)
{
  g_autoptr(TlSecret) taken = NULL;

  if (secret != NULL)
    taken = !is_token && tl_setup_get_auth (self) == TL_AUTH_APP_PASSWORD
              ? tl_secret_strip_spaces (secret) : tl_secret_ref (secret);

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      if (lane != TL_LANE_NONE && lane != tl_lane_run_get_lane (self->lanes[i].run))
        continue;
      g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
      self->lanes[i].secret = taken == NULL ? NULL : tl_secret_ref (taken);
      self->lanes[i].has_token = taken != NULL && is_token;
    }

  tl_setup_forget_results (self, lane);
  g_object_notify (G_OBJECT (self), "has-secret");
}

/**
 * tl_setup_set_secret:
 * @self: a set-up
 * @lane: for which lane, or %TL_LANE_NONE for both
 * @secret: (nullable): what to sign in with
 *
 * The white space that providers put into app passwords to make them readable
 * is dropped; a password of one's own is taken as it is. A recall under way is
 * stopped: what a person typed stands.
 */
void
tl_setup_set_secret (TlSetup    *self,
                     TlLaneKind  lane,
                     TlSecret   *secret)
{
  g_return_if_fail (TL_IS_SETUP (self));

  stop_recall (self);
  take_secret (self, lane, secret, FALSE);
}

/**
 * tl_setup_set_token:
 * @self: a set-up
 * @lane: for which lane, or %TL_LANE_NONE for both
 * @token: an OAuth 2.0 access token (RFC 6750 §2.1)
 *
 * Like tl_setup_set_secret(), and the lane signs in with OAuth whatever discovery says. It is not
 * put into the keyring: it is of no use after an hour.
 */
void
tl_setup_set_token (TlSetup    *self,
                    TlLaneKind  lane,
                    TlSecret   *token)
{
  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (token != NULL);

  stop_recall (self);
  take_secret (self, lane, token, TRUE);
}

static void
on_secret_stored (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  TlVaultStatus status = TL_VAULT_OK;
  TlFinding *finding;

  g_task_return_boolean (task, TRUE);
  /* The set-up may be at the next mailbox by now. */
  if (!tl_vault_store_finish (result, &status, NULL) ||
      self->address != g_task_get_task_data (task))
    return;

  finding = tl_vault_finding_new (status, TL_LANE_NONE);
  if (finding != NULL)
    take_store_finding (self, finding);
}

/**
 * tl_setup_remember_secrets:
 * @self: a set-up that was tested
 *
 * Puts the passwords into the keyring, if that is wanted. Only those that a
 * server has taken: a mistyped one would come back to haunt.
 */
void
tl_setup_remember_secrets (TlSetup *self)
{
  if (!self->remember || self->purpose == TL_PURPOSE_PRACTICE)
    return;

  take_store_finding (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlVerdict verdict = tl_lane_run_get_verdict (self->lanes[i].run);
      g_autoptr(GTask) task = NULL;

      if ((verdict != TL_VERDICT_OK && verdict != TL_VERDICT_WARNING) ||
          self->lanes[i].secret == NULL || self->lanes[i].has_token)
        continue;

      task = g_task_new (self, NULL, NULL, NULL);
      g_task_set_task_data (task, tl_address_ref (self->address),
                            (GDestroyNotify) tl_address_unref);
      tl_vault_store_async (uses[i], tl_address_get_addr_spec (self->address),
                            self->lanes[i].secret, NULL, on_secret_stored,
                            g_steal_pointer (&task));
    }
}

typedef struct
{
  TlAddress *address;
  guint      index;     /* of the lane that is asked for */
} Recall;

static void
recall_free (gpointer data)
{
  Recall *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_free (self);
}

static void
ask_keyring (GTask               *task,
             GAsyncReadyCallback  callback)
{
  Recall *recall = g_task_get_task_data (task);

  tl_vault_lookup_async (uses[recall->index], tl_address_get_addr_spec (recall->address),
                         g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_recalled (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  Recall *recall = g_task_get_task_data (task);
  TlVaultStatus status = TL_VAULT_OK;
  GError *error = NULL;
  TlFinding *finding;
  g_autoptr(TlSecret) secret = tl_vault_lookup_finish (result, &status, &error);

  /* Cancelled by a caller, by another address, or by a password that was typed. */
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  finding = tl_vault_finding_new (status, TL_LANE_NONE);
  if (finding != NULL)
    take_store_finding (self, finding);
  if (secret != NULL)
    take_secret (self, tl_lane_run_get_lane (self->lanes[recall->index].run), secret, FALSE);

  if (++recall->index < G_N_ELEMENTS (uses))
    ask_keyring (task, on_recalled);
  else
    g_task_return_boolean (task, self->lanes[0].secret != NULL && secret != NULL);
}

/**
 * tl_setup_recall_async:
 * @self: a set-up with a valid address
 * @cancellable: (nullable): stops it
 * @callback: called when the keyring has answered
 * @user_data: for @callback
 *
 * Takes the passwords of this address from the keyring, if it has them. Another
 * address, or a password that is set meanwhile, stops it; so does asking again.
 * Where the keyring could not answer, `store-finding` says why.
 */
void
tl_setup_recall_async (TlSetup             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Recall *recall;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  stop_recall (self);
  take_store_finding (self, NULL);
  self->recall_cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->recall_cancellable);

  recall = g_new0 (Recall, 1);
  recall->address = tl_address_ref (self->address);
  task = g_task_new (self, self->recall_cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_recall_async);
  g_task_set_task_data (task, recall, recall_free);
  ask_keyring (task, on_recalled);
}

/**
 * tl_setup_recall_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether both lanes have a secret now; %FALSE without an error when
 *   the keyring had none or could not answer, and with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_recall_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
