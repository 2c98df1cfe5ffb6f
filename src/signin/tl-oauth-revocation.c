/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-revocation.h"

#include "tl-error.h"
#include "tl-oauth-exchange.h"
#include "tl-oauth-form.h"
#include "tl-url.h"

typedef struct
{
  char     *host;     /* owned */
  TlSecret *sent[2];  /* owned, the first n_sent: the token, the client's secret */
  gsize     n_sent;
} Revocation;

static void
revocation_free (gpointer data)
{
  Revocation *self = data;

  g_clear_pointer (&self->host, g_free);
  for (gsize i = 0; i < self->n_sent; i++)
    tl_secret_unref (self->sent[i]);
  g_free (self);
}

/* RFC 7009 §2.2: 200 for a token that is revoked, and for one that nobody knows. */
static void
on_revoked (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  Revocation *self = g_task_get_task_data (task);
  const TlOauthAsked asked = { self->host, FALSE, self->sent, self->n_sent, NULL };
  GError *error = NULL;
  g_autoptr(TlHttpsPostAnswer) answer = tl_https_post_finish (result, &error);
  g_autoptr(TlOauthRefusal) refusal = NULL;
  const char *why;

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (answer->status == 200)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  refusal = tl_oauth_refusal_read (answer, &asked);
  why = refusal != NULL && refusal->error != NULL ? refusal->error : "no reason";
  g_task_return_new_error (task, TL_ERROR,
                           answer->status >= 500 ? TL_ERROR_TEMPORARY : TL_ERROR_REFUSED,
                           "revoking at %s: HTTP status %u, %s", self->host, answer->status,
                           why);
}

/**
 * tl_oauth_revocation_async:
 * @request: where @token is from; copied
 * @token: a token
 * @hint: what it is: `TL_OAUTH_REVOCATION_REFRESH` or the other
 * @cancellable: (nullable): stops waiting for the server
 * @callback: (nullable): called on the thread-default context
 * @user_data: for @callback
 *
 * Sends one POST to the revocation endpoint, within `TL_OAUTH_EXCHANGE_BUDGET_MS`.
 */
void
tl_oauth_revocation_async (const TlOauthRequest *request,
                           TlSecret             *token,
                           const char           *hint,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  const char *endpoint = tl_oauth_server_get_revocation_endpoint (request->server);
  TlSecret *secret = tl_oauth_client_get_secret (request->client);
  g_autoptr(TlSecret) form = NULL;
  Revocation *revocation;
  GError *error = NULL;

  g_task_set_source_tag (task, tl_oauth_revocation_async);
  if (endpoint == NULL)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_NOT_FOUND,
                               "the server has no place to revoke tokens at");
      return;
    }

  form = tl_oauth_form_new ((const TlOauthField[]) {
                              { .name = "token", .secret = token },
                              { .name = "token_type_hint", .text = hint },
                              { .name = "client_id",
                                .text = tl_oauth_client_get_id (request->client) },
                              { .name = "client_secret", .secret = secret },
                            }, 4, &error);
  if (form == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  revocation = g_new0 (Revocation, 1);
  revocation->host = tl_url_dup_host (endpoint);
  revocation->sent[revocation->n_sent++] = tl_secret_ref (token);
  if (secret != NULL)
    revocation->sent[revocation->n_sent++] = tl_secret_ref (secret);
  g_task_set_task_data (task, revocation, revocation_free);

  tl_https_post_async (&(const TlHttpsPost) { endpoint, TL_OAUTH_FORM_TYPE, form },
                       request->network, request->contacts,
                       tl_deadline_in_ms (TL_OAUTH_EXCHANGE_BUDGET_MS), cancellable, on_revoked,
                       g_object_ref (task));
}

/**
 * tl_oauth_revocation_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the server said that the token is no longer good; else %TL_ERROR_NOT_FOUND where
 *   there is no revocation endpoint, %TL_ERROR_REFUSED, %TL_ERROR_TEMPORARY, what
 *   tl_https_post_finish() gives, or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_oauth_revocation_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
