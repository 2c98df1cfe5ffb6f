/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-keeper.h"

#include "tl-error.h"
#include "tl-oauth-exchange.h"
#include "tl-oauth-outcome.h"
#include "tl-oauth-revocation.h"
#include "tl-url.h"

struct _TlOauthKeeper
{
  GObject         parent_instance;

  /* Owned */
  TlOauthRequest *request;
  TlOauthTokens  *tokens;    /* NULL: none yet, or forgotten */
  TlSecret       *refresh;   /* NULL: there is none */
  TlFinding      *ended;     /* not NULL: nothing but another sign-in helps */
  GPtrArray      *waiting;   /* of Waiter */
  GPtrArray      *revoking;  /* of GTask: those that wait for the refresh under way */

  gboolean        is_spoilt;
  gboolean        is_refreshing;
};

/* Somebody who wants a token, and gives up when cancelled while the refresh goes on. */
typedef struct
{
  GTask   *task;    /* owned */
  GSource *cancel;  /* owned, nullable */
} Waiter;

enum
{
  ROTATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlOauthKeeper, tl_oauth_keeper, G_TYPE_OBJECT)

static void
waiter_free (gpointer data)
{
  Waiter *self = data;

  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  g_clear_object (&self->task);
  g_free (self);
}

static void
tl_oauth_keeper_dispose (GObject *object)
{
  TlOauthKeeper *self = TL_OAUTH_KEEPER (object);

  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_clear_object (&self->ended);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->revoking, g_ptr_array_unref);

  G_OBJECT_CLASS (tl_oauth_keeper_parent_class)->dispose (object);
}

static void
tl_oauth_keeper_class_init (TlOauthKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_oauth_keeper_dispose;

  /**
   * TlOauthKeeper::rotated:
   *
   * Comes before any token of the same answer is handed out: when the program ends in between, the
   * keyring is not left with a refresh token that the server no longer takes.
   */
  signals[ROTATED] = g_signal_new ("rotated", TL_TYPE_OAUTH_KEEPER, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_oauth_keeper_init (TlOauthKeeper *self)
{
  self->waiting = g_ptr_array_new_with_free_func (waiter_free);
  self->revoking = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * tl_oauth_keeper_new:
 * @request: where the tokens are from; copied
 * @tokens: the tokens
 *
 * Returns: (transfer full): their keeper
 */
TlOauthKeeper *
tl_oauth_keeper_new (const TlOauthRequest *request,
                     TlOauthTokens        *tokens)
{
  TlOauthKeeper *self = g_object_new (TL_TYPE_OAUTH_KEEPER, NULL);
  TlSecret *refresh = tl_oauth_tokens_get_refresh (tokens);

  self->request = tl_oauth_request_copy (request);
  self->tokens = tl_oauth_tokens_ref (tokens);
  self->refresh = refresh != NULL ? tl_secret_ref (refresh) : NULL;

  return self;
}

/**
 * tl_oauth_keeper_new_from_refresh:
 * @request: where the refresh token is from; copied
 * @refresh: the refresh token, from the keyring
 *
 * Returns: (transfer full): a keeper that refreshes when it is first asked
 */
TlOauthKeeper *
tl_oauth_keeper_new_from_refresh (const TlOauthRequest *request,
                                  TlSecret             *refresh)
{
  TlOauthKeeper *self = g_object_new (TL_TYPE_OAUTH_KEEPER, NULL);

  self->request = tl_oauth_request_copy (request);
  self->refresh = tl_secret_ref (refresh);

  return self;
}

static TlFinding *
new_reauth_needed (TlOauthKeeper *self)
{
  const char *endpoint = tl_oauth_server_get_token_endpoint (self->request->server);
  g_autofree char *host = tl_url_dup_host (endpoint);
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s",
                         "the access token has ended, and there is no refresh token");

  return tl_finding_new ("oauth.reauth-needed", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static void
return_token (TlOauthKeeper *self,
              GTask         *task)
{
  tl_oauth_outcome_return_value (task, tl_secret_ref (tl_oauth_tokens_get_access (self->tokens)),
                                 (GDestroyNotify) tl_secret_unref);
}

/* --- Refreshing ------------------------------------------------------------------- */

static void revoke_now (TlOauthKeeper *self,
                        GTask         *task);

/* Most servers say nothing of a refresh token that stays good. */
static void
adopt_refresh (TlOauthKeeper *self,
               TlSecret      *refresh)
{
  if (refresh == NULL || tl_secret_equal (refresh, self->refresh))
    return;

  tl_secret_unref (self->refresh);
  self->refresh = tl_secret_ref (refresh);
  g_signal_emit (self, signals[ROTATED], 0);
}

static void
adopt (TlOauthKeeper *self,
       TlOauthTokens *fresh)
{
  g_autoptr(TlOauthTokens) before = g_steal_pointer (&self->tokens);

  self->tokens = before != NULL ? tl_oauth_tokens_renew (before, fresh)
                                : tl_oauth_tokens_ref (fresh);
  self->is_spoilt = FALSE;
}

/* Serves everybody who waited; those who come in while they are served wait for themselves. */
static void
serve_waiting (TlOauthKeeper *self,
               TlFinding     *finding)
{
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (waiter_free);
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiter *waiter = waiting->pdata[i];

      if (finding != NULL)
        tl_oauth_outcome_return_finding (waiter->task, finding);
      else
        return_token (self, waiter->task);
    }
}

static void
on_refreshed (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr(TlOauthKeeper) self = data;
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(TlOauthTokens) fresh = tl_oauth_exchange_finish (result, &refusal, NULL);
  g_autoptr(GPtrArray) revoking = NULL;

  self->is_refreshing = FALSE;
  if (fresh != NULL)
    adopt (self, fresh);
  /* Whatever is wrong with the rest of an answer: the refresh token before it is gone. */
  adopt_refresh (self, fresh != NULL ? tl_oauth_tokens_get_refresh (fresh) : refusal->refresh);
  if (fresh == NULL &&
      g_str_equal (tl_finding_get_id (refusal->finding), "oauth.reauth-needed"))
    g_set_object (&self->ended, refusal->finding);
  serve_waiting (self, fresh != NULL ? NULL : refusal->finding);

  revoking = g_steal_pointer (&self->revoking);
  self->revoking = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < revoking->len; i++)
    revoke_now (self, revoking->pdata[i]);
}

/* Nobody can cancel it: the server may already have replaced the refresh token when the answer is
 * no longer wanted, and then that answer holds the only one that is good. */
static void
start_refresh (TlOauthKeeper *self)
{
  const TlOauthProof proof = { .grant = TL_OAUTH_GRANT_REFRESH_TOKEN, .secret = self->refresh };

  self->is_refreshing = TRUE;
  tl_oauth_exchange_async (self->request, &proof, NULL, on_refreshed, g_object_ref (self));
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable,
                     gpointer      data)
{
  g_autoptr(GTask) task = g_object_ref (data);
  TlOauthKeeper *self = g_task_get_source_object (task);

  for (guint i = 0; i < self->waiting->len; i++)
    {
      Waiter *waiter = self->waiting->pdata[i];

      if (waiter->task == task)
        {
          g_ptr_array_remove_index (self->waiting, i);
          break;
        }
    }
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

static void
wait_for_refresh (TlOauthKeeper *self,
                  GTask         *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancel, G_SOURCE_FUNC (on_waiter_cancelled), task, NULL);
      g_source_set_static_name (waiter->cancel, "[twolane] no longer waits for a token");
      g_source_attach (waiter->cancel, g_task_get_context (task));
    }
  g_ptr_array_add (self->waiting, waiter);

  if (!self->is_refreshing)
    start_refresh (self);
}

/**
 * tl_oauth_keeper_get_async:
 * @self: a keeper
 * @seconds: how long the token is needed
 * @cancellable: (nullable): stops the wait, not the refresh
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Asks for an access token. A token that was just refreshed is handed out however short it lasts;
 * one that cannot be refreshed, as long as it lasts at all. One of several who wait may be
 * cancelled: the refresh goes on for the others.
 */
void
tl_oauth_keeper_get_async (TlOauthKeeper       *self,
                           guint                seconds,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  guint needed_s = self->refresh != NULL ? seconds : 0;
  g_autoptr(TlFinding) finding = NULL;

  g_return_if_fail (TL_IS_OAUTH_KEEPER (self));

  g_task_set_source_tag (task, tl_oauth_keeper_get_async);
  if (self->ended != NULL)
    {
      tl_oauth_outcome_return_finding (task, self->ended);
    }
  else if (self->is_refreshing)
    {
      wait_for_refresh (self, task);
    }
  else if (self->tokens != NULL && !self->is_spoilt &&
           tl_oauth_tokens_lasts (self->tokens, needed_s, g_get_monotonic_time ()))
    {
      return_token (self, task);
    }
  else if (self->refresh != NULL)
    {
      wait_for_refresh (self, task);
    }
  else
    {
      finding = new_reauth_needed (self);
      tl_oauth_outcome_return_finding (task, finding);
    }
}

/**
 * tl_oauth_keeper_get_finish:
 * @self: a keeper
 * @result: the result handed to the callback
 * @out_finding: (out): why there is no token: `oauth.reauth-needed`, or what
 *   tl_oauth_exchange_async() came to
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a token that lasts as long as was asked, as far as is known; or %NULL
 *   with @out_finding; or %NULL with %G_IO_ERROR_CANCELLED
 */
TlSecret *
tl_oauth_keeper_get_finish (TlOauthKeeper  *self,
                            GAsyncResult   *result,
                            TlFinding     **out_finding,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return tl_oauth_outcome_propagate (result, out_finding, error);
}

/**
 * tl_oauth_keeper_spoil:
 * @self: a keeper
 * @token: (nullable): the access token; %NULL: the one that is kept
 *
 * A server turned @token down: whatever lifetime was promised, the next who asks gets one that is
 * refreshed. Where @token is not the one that is kept any more, that has been done.
 */
void
tl_oauth_keeper_spoil (TlOauthKeeper *self,
                       TlSecret      *token)
{
  g_return_if_fail (TL_IS_OAUTH_KEEPER (self));

  if (token != NULL && self->tokens != NULL &&
      !tl_secret_equal (token, tl_oauth_tokens_get_access (self->tokens)))
    return;

  self->is_spoilt = TRUE;
}

/**
 * tl_oauth_keeper_get_tokens:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): what it has, or %NULL before the first refresh
 */
TlOauthTokens *
tl_oauth_keeper_get_tokens (TlOauthKeeper *self)
{
  return self->tokens;
}

/**
 * tl_oauth_keeper_get_refresh:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): the refresh token, for the keyring
 */
TlSecret *
tl_oauth_keeper_get_refresh (TlOauthKeeper *self)
{
  return self->refresh;
}

/* --- Revoking, RFC 7009 ------------------------------------------------------------ */

static void
on_revoked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (tl_oauth_revocation_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
forget (TlOauthKeeper *self)
{
  g_autoptr(TlFinding) ended = new_reauth_needed (self);

  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_set_object (&self->ended, ended);
}

static void
revoke_now (TlOauthKeeper *self,
            GTask         *task)
{
  g_autoptr(TlSecret) token = self->refresh != NULL ? tl_secret_ref (self->refresh) : NULL;
  const char *hint = TL_OAUTH_REVOCATION_REFRESH;

  if (token == NULL && self->tokens != NULL)
    {
      token = tl_secret_ref (tl_oauth_tokens_get_access (self->tokens));
      hint = TL_OAUTH_REVOCATION_ACCESS;
    }
  forget (self);
  if (token == NULL)
    g_task_return_new_error (task, TL_ERROR, TL_ERROR_NOT_FOUND, "there is no token to revoke");
  else
    tl_oauth_revocation_async (self->request, token, hint, g_task_get_cancellable (task),
                               on_revoked, g_object_ref (task));
}

/**
 * tl_oauth_keeper_revoke_async:
 * @self: a keeper
 * @cancellable: (nullable): stops waiting for the server; the tokens are forgotten all the same
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Revokes the refresh token, and the access token where there is no other (RFC 7009). The tokens
 * are forgotten whatever comes of it. A refresh that is under way is waited for, because what it
 * brings would be left behind.
 */
void
tl_oauth_keeper_revoke_async (TlOauthKeeper       *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (TL_IS_OAUTH_KEEPER (self));

  g_task_set_source_tag (task, tl_oauth_keeper_revoke_async);
  if (self->is_refreshing)
    g_ptr_array_add (self->revoking, g_object_ref (task));
  else
    revoke_now (self, task);
}

/**
 * tl_oauth_keeper_revoke_finish:
 * @self: a keeper
 * @result: the result handed to the callback
 * @error: return location for a #GError
 *
 * Returns: whether the server said that the tokens are no longer good; else %TL_ERROR_NOT_FOUND
 *   where there is no revocation endpoint or no token, %TL_ERROR_REFUSED, %TL_ERROR_TEMPORARY, what
 *   tl_https_post_finish() gives, or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_oauth_keeper_revoke_finish (TlOauthKeeper  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
