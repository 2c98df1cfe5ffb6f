/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-exchange.h"

#include "tl-oauth-form.h"
#include "tl-oauth-outcome.h"
#include "tl-oauth-reply.h"
#include "tl-oauth-revocation.h"
#include "tl-url.h"

/* The most secrets that one form holds: the proof, its verifier, the client's own. */
#define MAX_SENT 3

typedef struct
{
  TlOauthRequest *request;      /* owned */
  char           *host;         /* owned */
  char           *nonce;        /* owned, nullable */
  gboolean        refreshes;
  gint64          asked_at_us;  /* monotonic */
  TlSecret       *sent[MAX_SENT]; /* owned, the first n_sent */
  gsize           n_sent;
} Exchange;

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->nonce, g_free);
  for (gsize i = 0; i < self->n_sent; i++)
    tl_secret_unref (self->sent[i]);
  g_free (self);
}

static void
note_sent (Exchange *self,
           TlSecret *secret)
{
  if (secret != NULL)
    self->sent[self->n_sent++] = tl_secret_ref (secret);
}

static Exchange *
exchange_new (const TlOauthRequest *request,
              const TlOauthProof   *proof)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->request = tl_oauth_request_copy (request);
  self->host = tl_url_dup_host (tl_oauth_server_get_token_endpoint (request->server));
  self->nonce = g_strdup (proof->nonce);
  self->refreshes = proof->grant == TL_OAUTH_GRANT_REFRESH_TOKEN;
  self->asked_at_us = g_get_monotonic_time ();
  note_sent (self, proof->secret);
  note_sent (self, proof->verifier);
  note_sent (self, tl_oauth_client_get_secret (request->client));

  return self;
}

/* The three grants, as the token endpoint wants each of them: RFC 6749 §4.1.3 with RFC 7636 §4.5,
 * RFC 8628 §3.4, RFC 6749 §6. A field without a value is left out of the form. */
static TlSecret *
make_form (const TlOauthRequest  *request,
           const TlOauthProof    *proof,
           GError               **error)
{
  static const struct
  {
    const char *type;
    const char *name;
  } grants[] = {
    [TL_OAUTH_GRANT_CODE]          = { "authorization_code",       "code" },
    [TL_OAUTH_GRANT_DEVICE_CODE]   = { TL_OAUTH_DEVICE_CODE_GRANT, "device_code" },
    [TL_OAUTH_GRANT_REFRESH_TOKEN] = { "refresh_token",            "refresh_token" },
  };
  const TlOauthField fields[] = {
    { .name = "grant_type", .text = grants[proof->grant].type },
    { .name = "client_id", .text = tl_oauth_client_get_id (request->client) },
    { .name = grants[proof->grant].name, .secret = proof->secret },
    { .name = "redirect_uri", .text = proof->redirect_uri },
    { .name = "code_verifier", .secret = proof->verifier },
    { .name = "client_secret", .secret = tl_oauth_client_get_secret (request->client) },
  };

  return tl_oauth_form_new (fields, G_N_ELEMENTS (fields), error);
}

/* Nobody here will use them, and somebody may have them all the same: the server is told, and
 * nobody waits for what it says. After a refresh that is for somebody else's alone: whatever else
 * is wrong with those, the keeper has no others. */
static void
give_back (const Exchange *self,
           TlOauthRefusal *refusal)
{
  const char *id = tl_finding_get_id (refusal->finding);

  if (self->refreshes && !g_str_equal (id, "auth.wrong-account"))
    return;

  if (refusal->refresh != NULL)
    tl_oauth_revocation_async (self->request, refusal->refresh, TL_OAUTH_REVOCATION_REFRESH, NULL,
                               NULL, NULL);
  else if (refusal->access != NULL)
    tl_oauth_revocation_async (self->request, refusal->access, TL_OAUTH_REVOCATION_ACCESS, NULL,
                               NULL, NULL);
  g_clear_pointer (&refusal->refresh, tl_secret_unref);
  g_clear_pointer (&refusal->access, tl_secret_unref);
}

static void
on_answered (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  Exchange *self = g_task_get_task_data (task);
  const TlOauthAsked asked = {
    self->host, self->refreshes, self->sent, self->n_sent, self->request->scopes,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsPostAnswer) answer = tl_https_post_finish (result, &error);
  TlOauthRefusal *refusal = NULL;
  TlOauthTokens *tokens;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (answer == NULL)
    {
      tl_oauth_outcome_return_refusal (task, tl_oauth_refusal_new_for_error (self->host, error));
      return;
    }

  tokens = tl_oauth_reply_read (answer, self->request, &asked, self->nonce, self->asked_at_us,
                                &refusal);
  if (tokens != NULL)
    {
      tl_oauth_outcome_return_value (task, tokens, (GDestroyNotify) tl_oauth_tokens_unref);
    }
  else
    {
      give_back (self, refusal);
      tl_oauth_outcome_return_refusal (task, refusal);
    }
}

/**
 * tl_oauth_exchange_async:
 * @request: as whom, what for, and who is expected to sign in; copied
 * @proof: what is exchanged; its secrets are referred to, the rest is copied
 * @cancellable: (nullable): cancels
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Sends one POST to the token endpoint and reads what it says, within
 * `TL_OAUTH_EXCHANGE_BUDGET_MS`. Nothing is sent twice: a code is good for once (RFC 6749 §4.1.2),
 * and a refresh token may be. Tokens that are refused are given back; those of a refresh are in the
 * refusal, unless they are another account's.
 */
void
tl_oauth_exchange_async (const TlOauthRequest *request,
                         const TlOauthProof   *proof,
                         GCancellable         *cancellable,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(TlSecret) form = NULL;
  g_autoptr(GError) error = NULL;
  Exchange *self;
  TlHttpsPost post;

  g_return_if_fail (proof->secret != NULL);

  g_task_set_source_tag (task, tl_oauth_exchange_async);
  self = exchange_new (request, proof);
  g_task_set_task_data (task, self, exchange_free);

  form = make_form (request, proof, &error);
  if (form == NULL)
    {
      tl_oauth_outcome_return_refusal (task, tl_oauth_refusal_new_for_error (self->host, error));
      return;
    }

  post = (TlHttpsPost) { tl_oauth_server_get_token_endpoint (request->server), TL_OAUTH_FORM_TYPE,
                         form };
  tl_https_post_async (&post, request->network, request->contacts,
                       tl_deadline_in_ms (TL_OAUTH_EXCHANGE_BUDGET_MS), cancellable, on_answered,
                       g_steal_pointer (&task));
}

/**
 * tl_oauth_exchange_finish:
 * @result: the result handed to the callback
 * @out_refusal: (out): why there are no tokens
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the tokens; or %NULL with @out_refusal; or %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
TlOauthTokens *
tl_oauth_exchange_finish (GAsyncResult    *result,
                          TlOauthRefusal **out_refusal,
                          GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return tl_oauth_outcome_propagate_refusal (result, out_refusal, error);
}
