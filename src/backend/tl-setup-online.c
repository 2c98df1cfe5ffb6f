/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account of GNOME's Online Accounts that a sign-in may be borrowed from. */
#include "tl-setup-private.h"

#include "tl-provider-details.h"
#include "tl-signin-prepare.h"
#include "tl-signin-private.h"

typedef struct
{
  /* Owned */
  TlOnlineAccount *online;
  TlFinding       *finding;
} Borrowing;

static void
borrowing_free (gpointer data)
{
  Borrowing *self = data;

  g_clear_pointer (&self->online, tl_online_account_unref);
  g_clear_object (&self->finding);
  g_free (self);
}

static void
take_online (TlSetup         *self,
             TlOnlineAccount *online)
{
  g_clear_pointer (&self->signin.online, tl_online_account_unref);
  self->signin.online = online;
  tl_signin_set_online_account (self->signin.shown,
                                online == NULL ? NULL : tl_online_account_get_address (online));
  tl_setup_refresh_signin (self);
}

static void
on_token (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  Borrowing *borrowing = g_task_get_task_data (task);
  guint seconds = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) token =
    tl_online_account_get_token_finish (borrowing->online, result, &seconds, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (token == NULL)
    borrowing->finding = tl_signin_explain_online (error);
  g_task_return_boolean (task, token != NULL);
}

static void
ask (TlSetup *self,
     GTask   *task)
{
  Borrowing *borrowing = g_task_get_task_data (task);

  borrowing->online = tl_online_account_ref (self->signin.online);
  tl_online_account_get_token_async (borrowing->online, g_task_get_cancellable (task), on_token,
                                     g_object_ref (task));
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  Borrowing *borrowing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(TlOnlineAccount) online = tl_online_account_find_finish (result, &error);

  /* It may be another mailbox's by now. */
  if (online != NULL && g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task),
                                                              &error))
    g_clear_pointer (&online, tl_online_account_unref);

  if (error != NULL)
    {
      g_task_return_error (task, error);
    }
  else if (online == NULL)
    {
      borrowing->finding = tl_finding_new ("oauth.reauth-needed", TL_LANE_NONE, NULL);
      g_task_return_boolean (task, FALSE);
    }
  else
    {
      take_online (self, g_steal_pointer (&online));
      ask (self, task);
    }
}

/**
 * tl_setup_borrow_async:
 * @self: a set-up with an address
 * @cancellable: stops it; cancelled too when the address changes
 * @callback: called when there is a token to be had, or none
 * @user_data: for @callback
 *
 * Asks the account that has this mailbox for a token, to see whether it gives any; looks for the
 * account first where nobody has.
 */
void
tl_setup_borrow_async (TlSetup             *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tl_setup_borrow_async);
  g_task_set_task_data (task, g_new0 (Borrowing, 1), borrowing_free);
  /* Who is at which mailbox is for the caller to know. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->signin.online != NULL)
    ask (self, task);
  else
    tl_online_account_find_async (tl_address_get_addr_spec (self->address), cancellable, on_found,
                                  g_object_ref (task));
}

/**
 * tl_setup_borrow_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @out_finding: (out) (transfer full): why there is none
 * @error: return location for a #GError
 *
 * Returns: whether the account lends its sign-in; %FALSE with @out_finding, or with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_borrow_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        TlFinding    **out_finding,
                        GError       **error)
{
  Borrowing *borrowing = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) local_error = NULL;
  gboolean is_lent = g_task_propagate_boolean (G_TASK (result), &local_error);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!is_lent)
    *out_finding = g_steal_pointer (&borrowing->finding);

  return is_lent;
}

/**
 * tl_setup_stop_seeking:
 * @self: a set-up
 *
 * Nobody looks for an account any longer, or it was found.
 */
void
tl_setup_stop_seeking (TlSetup *self)
{
  if (self->signin.online_cancellable == NULL)
    return;

  tl_cancellable_stop (&self->signin.online_cancellable);
  g_object_notify (G_OBJECT (self), "seeking-account");
}

static void
on_online_looked_for (GObject      *object,
                      GAsyncResult *result,
                      gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  TlOnlineAccount *online = tl_online_account_find_finish (result, NULL);

  /* Another address has been typed meanwhile. */
  if (self->signin.online_cancellable != g_task_get_cancellable (task))
    {
      g_clear_pointer (&online, tl_online_account_unref);
    }
  else
    {
      if (online != NULL)
        take_online (self, online);
      tl_setup_stop_seeking (self);
    }
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_setup_look_for_online_account:
 * @self: a set-up whose provider is known
 *
 * Looks whether GNOME's Online Accounts have this mailbox already, where it can be signed in to
 * like that. Nobody waits for it.
 */
void
tl_setup_look_for_online_account (TlSetup *self)
{
  g_autoptr(GTask) task = NULL;

  if (self->signin.online != NULL || self->provider == NULL ||
      !tl_provider_takes (self->provider, TL_AUTH_OAUTH2))
    return;

  tl_cancellable_stop (&self->signin.online_cancellable);
  self->signin.online_cancellable = g_cancellable_new ();
  task = g_task_new (self, self->signin.online_cancellable, NULL, NULL);
  tl_online_account_find_async (tl_address_get_addr_spec (self->address),
                                self->signin.online_cancellable, on_online_looked_for,
                                g_object_ref (task));
  g_object_notify (G_OBJECT (self), "seeking-account");
}
