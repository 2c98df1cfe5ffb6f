/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The access token that both lanes sign in with: asked for once before a test, and refreshed where
 * it would not last. */
#include "tl-setup-private.h"

#include "tl-provider-details.h"
#include "tl-signin-prepare.h"
#include "tl-signin-private.h"

/* A test of both lanes and the message to oneself after it fit into this. */
#define WANTED_LIFE_S 600

typedef struct
{
  TlSecret  *token;
  TlFinding *finding;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_clear_pointer (&self->token, tl_secret_unref);
  g_clear_object (&self->finding);
  g_free (self);
}

/* For whom a token was asked for. What comes back later may find another mailbox here, whose token
 * is nothing for this one's server. */
typedef struct
{
  /* Owned */
  TlAddress       *address;
  TlSecret        *refresh;  /* nullable: the one of the keyring that is to be used */
  TlOnlineAccount *online;   /* nullable */
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_clear_pointer (&self->online, tl_online_account_unref);
  g_free (self);
}

static void
return_answer (GTask     *task,
               TlSecret  *token,
               TlFinding *finding)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->token = token == NULL ? NULL : tl_secret_ref (token);
  answer->finding = finding == NULL ? NULL : g_object_ref (finding);
  g_task_return_pointer (task, answer, answer_free);
}

/**
 * tl_setup_needs_token:
 * @self: a set-up
 * @lane: which lane
 *
 * Returns: whether this lane signs in with what the sign-in at the provider's page gives
 */
gboolean
tl_setup_needs_token (TlSetup    *self,
                      TlLaneKind  lane)
{
  return tl_setup_get_lane_auth (self, lane) == TL_AUTH_OAUTH2 &&
         !self->lanes[lane - TL_LANE_INCOMING].has_token;
}

/* A refresh token that the server has let go of is of no use to anybody. */
static void
end_signin (TlSetup   *self,
            TlFinding *finding)
{
  if (tl_setup_is_in_keyring (self))
    tl_setup_keep (self, TL_VAULT_REFRESH_TOKEN, NULL);
  tl_setup_drop_tokens (self);
  tl_signin_end (self->signin.shown, finding);
  tl_setup_refresh_secrets (self);
}

static gboolean
is_over (TlFinding *finding)
{
  return finding != NULL && g_str_equal (tl_finding_get_id (finding), "oauth.reauth-needed");
}

static void
on_keeper_answered (GObject      *object,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  TlOauthKeeper *keeper = TL_OAUTH_KEEPER (object);
  g_autoptr(TlFinding) finding = NULL;
  GError *error = NULL;
  g_autoptr(TlSecret) token = tl_oauth_keeper_get_finish (keeper, result, &finding, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (self->signin.keeper != keeper)
    {
      return_answer (task, token, finding);
      return;
    }

  if (token != NULL)
    {
      TlOauthTokens *tokens = tl_oauth_keeper_get_tokens (keeper);
      const char *account = tokens == NULL ? NULL : tl_oauth_tokens_get_account (tokens);

      if (account != NULL)
        tl_signin_set_account (self->signin.shown, account);
    }
  else if (is_over (finding))
    {
      end_signin (self, finding);
    }
  else
    {
      tl_setup_drop_registration (self, self->signin.request->client, finding);
    }
  tl_setup_refresh_contacts (self);
  return_answer (task, token, finding);
}

static void
ask_keeper (TlSetup *self,
            GTask   *task)
{
  tl_oauth_keeper_get_async (self->signin.keeper, WANTED_LIFE_S, g_task_get_cancellable (task),
                             on_keeper_answered, g_object_ref (task));
}

static void
on_kept_prepared (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  const Asked *asked = g_task_get_task_data (task);
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlOauthKeeper) keeper = NULL;
  GError *error = NULL;
  g_autoptr(TlOauthRequest) request = tl_signin_prepare_finish (result, &finding, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Two may have asked at once, and the first one has made the keeper. */
  if (self->signin.keeper != NULL && self->address == asked->address)
    {
      ask_keeper (self, task);
      return;
    }
  tl_setup_refresh_contacts (self);
  if (request == NULL || self->signin.kept == NULL ||
      self->signin.kept->refresh != asked->refresh)
    {
      return_answer (task, NULL, finding);
      return;
    }

  keeper = tl_oauth_keeper_new_from_refresh (request, self->signin.kept->refresh);
  tl_setup_take_keeper (self, request, keeper);
  tl_setup_set_in_keyring (self, TRUE);
  g_clear_pointer (&self->signin.kept, tl_signin_keep_free);
  ask_keeper (self, task);
}

static void
prepare_kept (TlSetup *self,
              GTask   *task)
{
  TlSigninKeep *kept = self->signin.kept;
  Asked *asked = g_task_get_task_data (task);
  g_autoptr(TlOauthClient) client = tl_setup_dup_kept_client (self, kept);
  const TlSigninWish wish = {
    .issuer = kept->issuer,
    .provider = tl_setup_find_issuing_provider (self, kept->issuer),
    .client = client,
    .scopes = (const char * const *) kept->scopes,
    .network = self->network,
    .contacts = self->signin.contacts,
  };

  if (client == NULL)
    {
      g_autoptr(TlFinding) finding = tl_finding_new ("oauth.reauth-needed", TL_LANE_NONE, NULL);

      end_signin (self, finding);
      return_answer (task, NULL, finding);
      return;
    }

  asked->refresh = tl_secret_ref (kept->refresh);
  tl_signin_prepare_async (&wish, g_task_get_cancellable (task), on_kept_prepared,
                           g_object_ref (task));
}

static void
on_online_token (GObject      *object,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(GTask) task = data;
  const Asked *asked = g_task_get_task_data (task);
  guint seconds = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) token = tl_online_account_get_token_finish (asked->online, result, &seconds,
                                                                  &error);
  g_autoptr(TlFinding) finding = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (token == NULL)
    finding = tl_signin_explain_online (error);
  return_answer (task, token, finding);
}

/**
 * tl_setup_get_token_async:
 * @self: a set-up
 * @cancellable: (nullable): stops waiting; a refresh that others wait for goes on
 * @callback: called when there is a token, or a reason why there is none
 * @user_data: for @callback
 *
 * Gets an access token for the lanes, from the sign-in of this set-up or from the one in the
 * keyring; it lasts at least long enough for a test.
 */
void
tl_setup_get_token_async (TlSetup             *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(TlFinding) finding = NULL;
  Asked *asked = g_new0 (Asked, 1);

  g_task_set_source_tag (task, tl_setup_get_token_async);
  asked->address = self->address == NULL ? NULL : tl_address_ref (self->address);
  g_task_set_task_data (task, asked, asked_free);
  if (self->signin.is_borrowed && self->signin.online != NULL)
    {
      asked->online = tl_online_account_ref (self->signin.online);
      tl_online_account_get_token_async (self->signin.online, cancellable, on_online_token,
                                         g_object_ref (task));
    }
  else if (self->signin.keeper != NULL)
    {
      ask_keeper (self, task);
    }
  else if (self->signin.kept != NULL)
    {
      prepare_kept (self, task);
    }
  else
    {
      if (tl_signin_needs_client (self->signin.shown))
        finding = tl_finding_new ("oauth.no-client", TL_LANE_NONE, NULL);
      else if (tl_signin_get_finding (self->signin.shown) != NULL)
        finding = g_object_ref (tl_signin_get_finding (self->signin.shown));
      return_answer (task, NULL, finding);
    }
}

/**
 * tl_setup_get_token_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @out_finding: (out) (transfer full): why there is no token; %NULL where nobody has signed in
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the token, or %NULL with @out_finding, with neither, or with
 *   %G_IO_ERROR_CANCELLED
 */
TlSecret *
tl_setup_get_token_finish (TlSetup       *self,
                           GAsyncResult  *result,
                           TlFinding    **out_finding,
                           GError       **error)
{
  Answer *answer = g_task_propagate_pointer (G_TASK (result), error);
  TlSecret *token;

  if (answer == NULL)
    return NULL;

  *out_finding = g_steal_pointer (&answer->finding);
  token = g_steal_pointer (&answer->token);
  answer_free (answer);

  return token;
}
