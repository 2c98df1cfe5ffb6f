/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gesture “sign in at the provider's page”, by each of its ways. */
#include "tl-setup-private.h"

#include "tl-identity-private.h"
#include "tl-oauth-device.h"
#include "tl-oauth-sign-in.h"
#include "tl-signin-prepare.h"
#include "tl-signin-private.h"

typedef struct
{
  TlSigninWay     way;

  /* Owned */
  TlOauthRequest *request;
  GObject        *run;      /* a TlOauthSignIn or a TlOauthDevice */
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_clear_object (&self->run);
  g_free (self);
}

/* Whether a sign-in is still the one that the set-up is at. */
static gboolean
is_current (TlSetup *self,
            GTask   *task)
{
  return self->signin.cancellable != NULL &&
         g_task_get_cancellable (task) == self->signin.cancellable &&
         !g_cancellable_is_cancelled (self->signin.cancellable);
}

/* Whoever only thought better of signing in anew is signed in as before. */
static void
show_stopped (TlSetup *self)
{
  TlOauthTokens *tokens = self->signin.keeper == NULL
                            ? NULL : tl_oauth_keeper_get_tokens (self->signin.keeper);
  const char *account = tokens == NULL ? NULL : tl_oauth_tokens_get_account (tokens);

  if (self->signin.is_borrowed && self->signin.online != NULL)
    account = tl_online_account_get_address (self->signin.online);

  if (self->signin.keeper != NULL || self->signin.kept != NULL || self->signin.is_borrowed)
    tl_signin_succeed (self->signin.shown, self->signin.way, account);
  else
    tl_signin_end (self->signin.shown, NULL);
}

/* Ends a sign-in without success; @error is for stopping. One whose place was taken by another has
 * nothing to say about what is shown now. */
static void
end_without (GTask     *task,
             TlFinding *finding,
             GError    *error)
{
  TlSetup *self = g_task_get_source_object (task);
  gboolean is_shown = g_task_get_cancellable (task) == self->signin.cancellable;

  if (error == NULL && !is_current (self, task))
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the sign-in was stopped");

  if (is_shown)
    {
      g_clear_object (&self->signin.cancellable);
      if (error != NULL)
        {
          show_stopped (self);
        }
      else
        {
          tl_setup_drop_tokens (self);
          tl_signin_end (self->signin.shown, finding);
        }
      tl_setup_refresh_secrets (self);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, FALSE);
}

static void
on_turned_away (TlSetup    *self,
                GParamSpec *pspec,
                GObject    *run)
{
  guint n = 0;

  g_object_get (run, "turned-away", &n, NULL);
  tl_signin_set_turned_away (self->signin.shown, n);
}

static void
on_open_url (TlSetup    *self,
             const char *url)
{
  tl_signin_show_page (self->signin.shown, url, TL_OAUTH_SIGN_IN_PATIENCE_S);
}

static void
on_waiting_changed (TlSetup    *self,
                    GParamSpec *pspec,
                    GObject    *run)
{
  gboolean waiting = TRUE;

  g_object_get (run, "waiting", &waiting, NULL);
  if (!waiting && tl_signin_get_state (self->signin.shown) == TL_SIGNIN_IN_BROWSER)
    tl_signin_finish (self->signin.shown);
}

static void
on_code_ready (TlSetup *self,
               GObject *run)
{
  g_autofree char *user_code = NULL;
  g_autofree char *verification_uri = NULL;
  guint seconds_left = 0;

  g_object_get (run, "user-code", &user_code, "verification-uri", &verification_uri,
                "seconds-left", &seconds_left, NULL);
  /* Whoever is told that there is a code asks at once how long it is good for. */
  tl_signin_set_seconds_left (self->signin.shown, seconds_left);
  tl_signin_show_code (self->signin.shown, user_code, verification_uri);
}

static void
on_seconds_left (TlSetup    *self,
                 GParamSpec *pspec,
                 GObject    *run)
{
  guint seconds_left = 0;

  g_object_get (run, "seconds-left", &seconds_left, NULL);
  tl_signin_set_seconds_left (self->signin.shown, seconds_left);
}

static void
on_signed_in (GObject      *object,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlOauthTokens) tokens = NULL;
  g_autoptr(TlOauthKeeper) keeper = NULL;
  GError *error = NULL;

  g_signal_handlers_disconnect_by_data (object, self);
  tokens = sign_in->way == TL_SIGNIN_BY_DEVICE
             ? tl_oauth_device_run_finish (TL_OAUTH_DEVICE (object), result, &finding, &error)
             : tl_oauth_sign_in_run_finish (TL_OAUTH_SIGN_IN (object), result, &finding, &error);
  tl_setup_drop_registration (self, sign_in->request->client, finding);
  tl_setup_refresh_contacts (self);
  if (tokens == NULL || !is_current (self, task))
    {
      end_without (task, finding, error);
      return;
    }

  g_clear_object (&self->signin.cancellable);
  g_clear_pointer (&self->signin.kept, tl_signin_keep_free);
  keeper = tl_oauth_keeper_new (sign_in->request, tokens);
  tl_setup_take_keeper (self, sign_in->request, keeper);
  tl_setup_show_signed_in (self, sign_in->way, tl_oauth_tokens_get_account (tokens));
  g_task_return_boolean (task, TRUE);
}

static void
run_browser (TlSetup *self,
             GTask   *task)
{
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(TlOauthSignIn) run = tl_oauth_sign_in_new (sign_in->request);

  g_set_object (&sign_in->run, G_OBJECT (run));
  g_signal_connect_object (run, "open-url", G_CALLBACK (on_open_url), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::waiting", G_CALLBACK (on_waiting_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::turned-away", G_CALLBACK (on_turned_away), self,
                           G_CONNECT_SWAPPED);
  tl_oauth_sign_in_run_async (run, TL_OAUTH_SIGN_IN_PATIENCE_S, g_task_get_cancellable (task),
                              on_signed_in, g_object_ref (task));
}

static void
run_device (TlSetup *self,
            GTask   *task)
{
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(TlOauthDevice) run = tl_oauth_device_new (sign_in->request);

  g_set_object (&sign_in->run, G_OBJECT (run));
  g_signal_connect_object (run, "code-ready", G_CALLBACK (on_code_ready), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (run, "notify::seconds-left", G_CALLBACK (on_seconds_left), self,
                           G_CONNECT_SWAPPED);
  tl_oauth_device_run_async (run, g_task_get_cancellable (task), on_signed_in,
                             g_object_ref (task));
}

static void
on_prepared (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  GError *error = NULL;

  sign_in->request = tl_signin_prepare_finish (result, &finding, &error);
  tl_setup_refresh_contacts (self);
  if (sign_in->request == NULL || !is_current (self, task))
    {
      gboolean is_refused = finding != NULL && is_current (self, task) &&
                            g_str_equal (tl_finding_get_id (finding), "oauth.no-client");

      self->signin.was_refused = self->signin.was_refused || is_refused;
      end_without (task, finding, error);
      if (is_refused)
        tl_setup_refresh_signin (self);
      return;
    }

  tl_setup_take_registration (self, sign_in->request->client);
  if (sign_in->way == TL_SIGNIN_BY_DEVICE)
    run_device (self, task);
  else
    run_browser (self, task);
}

/* Who is expected: nobody where it is somebody else, who has no address. */
static char *
dup_login_hint (TlSetup *self)
{
  return tl_identity_is_shared (self->identity)
           ? tl_identity_dup_sign_in (self->identity)
           : g_strdup (tl_address_get_addr_spec (self->address));
}

/* As a person or the organisation said, else as it was registered a moment ago. */
static TlOauthClient *
find_client (TlSetup    *self,
             const char *issuer)
{
  TlOauthClient *told = tl_client_store_find (self->signin.clients, issuer);
  TlOauthClient *registered = self->signin.registered;

  if (told != NULL || registered == NULL ||
      !g_str_equal (tl_oauth_client_get_issuer (registered), issuer))
    return told;

  return registered;
}

static void
prepare (TlSetup *self,
         GTask   *task)
{
  g_autofree char *issuer = tl_setup_dup_issuer (self);
  g_auto(GStrv) scopes = tl_setup_dup_scopes (self);
  g_autofree char *login_hint = dup_login_hint (self);
  TlSigninWish wish = {
    .issuer = issuer,
    .provider = self->provider,
    .scopes = (const char * const *) scopes,
    .login_hint = login_hint,
    .network = self->network,
    .contacts = self->signin.contacts,
  };

  if (issuer == NULL)
    {
      g_autoptr(TlFinding) finding = tl_finding_new ("oauth.no-client", TL_LANE_NONE, NULL);

      end_without (task, finding, NULL);
      return;
    }

  wish.client = find_client (self, issuer);
  tl_signin_prepare_async (&wish, g_task_get_cancellable (task), on_prepared, g_object_ref (task));
}

static void
on_borrowed (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  g_autoptr(TlFinding) finding = NULL;
  GError *error = NULL;
  gboolean is_lent = tl_setup_borrow_finish (self, result, &finding, &error);

  if (!is_lent || !is_current (self, task))
    {
      end_without (task, finding, error);
      return;
    }

  g_clear_object (&self->signin.cancellable);
  tl_setup_drop_tokens (self);
  self->signin.is_borrowed = TRUE;
  tl_setup_show_signed_in (self, TL_SIGNIN_BY_ONLINE_ACCOUNT,
                           tl_online_account_get_address (self->signin.online));
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_setup_sign_in_async:
 * @self: a set-up with a valid address
 * @way: how
 * @cancellable: (nullable): stops it
 * @callback: called when a person is signed in, or is not
 * @user_data: for @callback
 *
 * Signs in at the provider's page; `signin` follows what happens. Another sign-in, another address
 * and another kind of sign-in stop it, and nothing of it comes back then. A code on another device
 * is only ever shown when that way was asked for.
 */
void
tl_setup_sign_in_async (TlSetup             *self,
                        TlSigninWay          way,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  SignIn *sign_in;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  tl_cancellable_stop (&self->signin.cancellable);
  self->signin.cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->signin.cancellable);

  task = g_task_new (self, self->signin.cancellable, callback, user_data);
  sign_in = g_new0 (SignIn, 1);
  sign_in->way = way;
  g_task_set_source_tag (task, tl_setup_sign_in_async);
  g_task_set_task_data (task, sign_in, sign_in_free);
  /* Whoever has signed in is signed in: the set-up decides whether that still counts. */
  g_task_set_check_cancellable (task, FALSE);

  tl_signin_begin (self->signin.shown, way);
  tl_setup_refresh_secrets (self);
  if (way == TL_SIGNIN_BY_ONLINE_ACCOUNT)
    tl_setup_borrow_async (self, self->signin.cancellable, on_borrowed, g_object_ref (task));
  else
    prepare (self, task);
}

/**
 * tl_setup_sign_in_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether a person is signed in; %FALSE without an error when not, for the reason that is
 *   `finding` of `signin`, and with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_sign_in_finish (TlSetup       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
