/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-sign-in.h"

#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-oauth-authorization.h"
#include "tl-oauth-exchange.h"
#include "tl-oauth-listener.h"
#include "tl-oauth-outcome.h"
#include "tl-text.h"
#include "tl-url.h"

/* What the browser is given to fetch its last page, once all is over. */
#define FAREWELL_MS 2000

struct _TlOauthSignIn
{
  GObject          parent_instance;

  TlOauthRequest  *request;     /* owned */
  char            *host;        /* owned: of the issuer */
  TlOauthListener *listener;    /* owned */
  TlOauthAuthorization *authorization; /* owned: of the one time that it runs */
  GTask           *task;        /* owned: who waits; NULL before and after */
  GCancellable    *stopper;     /* owned: of the wait for the browser */
  GSource         *patience;    /* owned */
  GSource         *farewell;    /* owned */
  GSource         *cancelled;   /* owned; NULL without a cancellable */
  guint            patience_s;
  gboolean         time_is_up;
  gboolean         waiting;
  guint            turned_away;

  /* What it came to. */
  TlOauthTokens   *tokens;      /* owned */
  TlFinding       *finding;     /* owned */
};

enum
{
  PROP_0,
  PROP_WAITING,
  PROP_TURNED_AWAY,
  N_PROPS
};

enum
{
  OPEN_URL,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlOauthSignIn, tl_oauth_sign_in, G_TYPE_OBJECT)

/* --- The end --------------------------------------------------------------------- */

static void
set_waiting (TlOauthSignIn *self,
             gboolean       waiting)
{
  if (self->waiting == waiting)
    return;

  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static void
end (TlOauthSignIn *self)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  tl_gsource_clear (&self->patience);
  tl_gsource_clear (&self->farewell);
  tl_gsource_clear (&self->cancelled);
  if (self->listener != NULL)
    g_signal_handlers_disconnect_by_data (self->listener, self);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->authorization, tl_oauth_authorization_free);
  set_waiting (self, FALSE);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->tokens != NULL)
    tl_oauth_outcome_return_value (task, g_steal_pointer (&self->tokens),
                                   (GDestroyNotify) tl_oauth_tokens_unref);
  else
    tl_oauth_outcome_return_finding (task, self->finding);
}

static gboolean
on_farewell_over (gpointer data)
{
  end (data);

  return G_SOURCE_REMOVE;
}

static void
on_settled (TlOauthListener *listener,
            GParamSpec      *pspec,
            TlOauthSignIn   *self)
{
  if (self->farewell != NULL)
    end (self);
}

/* The outcome is known. The browser is on its way from the answer to the page that says so: with
 * the port gone it would show an error of its own. */
static void
conclude (TlOauthSignIn *self)
{
  if (self->listener == NULL || tl_oauth_listener_get_settled (self->listener) ||
      g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      end (self);
      return;
    }

  self->farewell = g_timeout_source_new (FAREWELL_MS);
  g_source_set_static_name (self->farewell, "[twolane] sign-in farewell");
  g_source_set_callback (self->farewell, on_farewell_over, self, NULL);
  g_source_attach (self->farewell, g_task_get_context (self->task));
}

static void
fail_as (TlOauthSignIn  *self,
         TlOauthRefusal *refusal)
{
  self->finding = g_steal_pointer (&refusal->finding);
  tl_oauth_refusal_free (refusal);
  conclude (self);
}

static void
fail (TlOauthSignIn *self,
      const char    *id,
      const char    *key,
      GVariant      *value)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", self->host);
  g_variant_dict_insert_value (&evidence, key, value);
  fail_as (self, tl_oauth_refusal_new (id, g_variant_dict_end (&evidence)));
}

/* --- The answer ------------------------------------------------------------------ */

static void
on_exchanged (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(TlOauthSignIn) self = user_data;
  TlOauthRefusal *refusal = NULL;

  self->tokens = tl_oauth_exchange_finish (result, &refusal, NULL);
  if (refusal != NULL)
    fail_as (self, refusal);
  else
    conclude (self);
}

/* Who answered is compared before anything is sent to anybody: the code may be another server's,
 * whose name is not on the page that the person saw (RFC 9207 §2.4, RFC 9700 §4.4). */
static void
take_answer (TlOauthSignIn         *self,
             const TlOauthRedirect *answer)
{
  TlOauthServer *server = self->request->server;
  TlSecret *nonce = self->authorization->nonce;

  if (answer->iss != NULL ? !tl_oauth_server_is_issuer (server, answer->iss)
                          : tl_oauth_server_names_issuer (server))
    {
      g_autofree char *iss = tl_text_clean (answer->iss != NULL ? answer->iss : "", -1);

      fail (self, "oauth.issuer-mismatch", TL_EVIDENCE_ISSUER, g_variant_new_string (iss));
      return;
    }
  if (answer->code == NULL)
    {
      fail_as (self, tl_oauth_refusal_new_for_code (answer->error, answer->description,
                                                    &(const TlOauthAsked) {
                                                      .host = self->host,
                                                      .scopes = self->request->scopes,
                                                    }));
      return;
    }

  tl_oauth_exchange_async (self->request,
                           &(TlOauthProof) {
                             .grant = TL_OAUTH_GRANT_CODE,
                             .secret = answer->code,
                             .verifier = self->authorization->verifier,
                             .redirect_uri = tl_oauth_listener_get_redirect_uri (self->listener),
                             .nonce = nonce != NULL ? tl_secret_peek (nonce, NULL) : NULL,
                           },
                           g_task_get_cancellable (self->task), on_exchanged, g_object_ref (self));
}

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(TlOauthSignIn) self = user_data;
  g_autoptr(TlOauthRedirect) answer =
    tl_oauth_listener_wait_finish (TL_OAUTH_LISTENER (object), result, NULL);

  tl_gsource_clear (&self->patience);
  set_waiting (self, FALSE);
  if (answer != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      take_answer (self, answer);
      return;
    }

  /* Nobody is on the way to the last page. */
  g_signal_handlers_disconnect_by_data (self->listener, self);
  g_clear_object (&self->listener);
  if (self->time_is_up)
    fail (self, "oauth.timeout", TL_EVIDENCE_SECONDS, g_variant_new_uint32 (self->patience_s));
  else
    conclude (self);
}

static void
on_turned_away (TlOauthListener *listener,
                GParamSpec      *pspec,
                TlOauthSignIn   *self)
{
  self->turned_away = tl_oauth_listener_get_turned_away (listener);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TURNED_AWAY]);
}

static gboolean
on_patience_over (gpointer data)
{
  TlOauthSignIn *self = data;

  self->time_is_up = TRUE;
  g_cancellable_cancel (self->stopper);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  TlOauthSignIn *self = data;

  g_cancellable_cancel (self->stopper);
  if (self->farewell != NULL)
    end (self);

  return G_SOURCE_REMOVE;
}

/* --- The question ---------------------------------------------------------------- */

/* Returns the URL to open, or NULL with @error where this computer lacks what it takes. */
static char *
prepare (TlOauthSignIn  *self,
         GError        **error)
{
  gboolean with_nonce = tl_oauth_server_speaks_openid (self->request->server);
  g_autofree char *path = tl_oauth_request_dup_redirect_path (self->request);

  self->authorization = tl_oauth_authorization_new (with_nonce, error);
  if (self->authorization == NULL)
    return NULL;
  self->listener = tl_oauth_listener_new (tl_secret_peek (self->authorization->state, NULL), path,
                                          error);
  if (self->listener == NULL)
    return NULL;

  return tl_oauth_authorization_dup_url (self->authorization, self->request,
                                         tl_oauth_listener_get_redirect_uri (self->listener));
}

/* --- The object ------------------------------------------------------------------ */

static void
tl_oauth_sign_in_dispose (GObject *object)
{
  TlOauthSignIn *self = TL_OAUTH_SIGN_IN (object);

  tl_gsource_clear (&self->patience);
  tl_gsource_clear (&self->farewell);
  tl_gsource_clear (&self->cancelled);
  g_clear_object (&self->listener);
  g_clear_object (&self->task);
  g_clear_object (&self->stopper);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->authorization, tl_oauth_authorization_free);
  g_clear_pointer (&self->tokens, tl_oauth_tokens_unref);

  G_OBJECT_CLASS (tl_oauth_sign_in_parent_class)->dispose (object);
}

static void
tl_oauth_sign_in_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlOauthSignIn *self = TL_OAUTH_SIGN_IN (object);

  switch (id)
    {
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    case PROP_TURNED_AWAY:
      g_value_set_uint (value, self->turned_away);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
tl_oauth_sign_in_class_init (TlOauthSignInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = tl_oauth_sign_in_dispose;
  object_class->get_property = tl_oauth_sign_in_get_property;

  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  properties[PROP_TURNED_AWAY] = g_param_spec_uint ("turned-away", NULL, NULL, 0, G_MAXUINT, 0,
                                                    flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_URL] = g_signal_new ("open-url", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_oauth_sign_in_init (TlOauthSignIn *self)
{
  self->stopper = g_cancellable_new ();
}

/**
 * tl_oauth_sign_in_new:
 * @request: at which server, as whom, what for
 *
 * Returns: (transfer full): a sign-in that has not begun
 */
TlOauthSignIn *
tl_oauth_sign_in_new (const TlOauthRequest *request)
{
  TlOauthSignIn *self = g_object_new (TL_TYPE_OAUTH_SIGN_IN, NULL);

  self->request = tl_oauth_request_copy (request);
  self->host = tl_url_dup_host (tl_oauth_server_get_issuer (request->server));

  return self;
}

/**
 * tl_oauth_sign_in_run_async:
 * @self: a sign-in that has not run
 * @patience_s: how many seconds a person gets in the browser, at least 1
 * @cancellable: (nullable): cancels
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Takes a port, has the browser opened by #TlOauthSignIn::open-url before it returns, waits for the
 * one answer that names this transaction, and exchanges its code. The findings it may come to are
 * `oauth.no-listener`, `oauth.no-randomness` where the kernel gives none (nothing is begun then),
 * `oauth.timeout`, `oauth.issuer-mismatch` before any token request, what an error that came by the
 * browser means, and those of tl_oauth_exchange_async().
 */
void
tl_oauth_sign_in_run_async (TlOauthSignIn       *self,
                            guint                patience_s,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GError) why = NULL;
  g_autofree char *url = NULL;

  g_return_if_fail (TL_IS_OAUTH_SIGN_IN (self));
  g_return_if_fail (self->task == NULL && self->authorization == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tl_oauth_sign_in_run_async);
  if (g_cancellable_is_cancelled (cancellable))
    {
      end (self);
      return;
    }

  url = prepare (self, &why);
  if (url == NULL)
    {
      fail (self, g_error_matches (why, TL_ERROR, TL_ERROR_NOT_FOUND) ? "oauth.no-randomness"
                                                                      : "oauth.no-listener",
            TL_EVIDENCE_DETAIL, g_variant_new_string (why->message));
      return;
    }

  g_signal_connect_object (self->listener, "notify::turned-away", G_CALLBACK (on_turned_away), self,
                           0);
  g_signal_connect_object (self->listener, "notify::settled", G_CALLBACK (on_settled), self, 0);
  self->patience_s = MAX (patience_s, 1);
  self->patience = g_timeout_source_new_seconds (self->patience_s);
  g_source_set_static_name (self->patience, "[twolane] sign-in patience");
  g_source_set_callback (self->patience, on_patience_over, self, NULL);
  g_source_attach (self->patience, g_task_get_context (self->task));
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_static_name (self->cancelled, "[twolane] sign-in cancelled");
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelled, g_task_get_context (self->task));
    }
  tl_oauth_listener_wait_async (self->listener, self->stopper, on_answered, g_object_ref (self));
  set_waiting (self, TRUE);
  g_signal_emit (self, signals[OPEN_URL], 0, url);
}

/**
 * tl_oauth_sign_in_run_finish:
 * @self: a sign-in
 * @result: what the callback was given
 * @out_finding: (out): why there are no tokens
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the tokens; or %NULL with @out_finding; or %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
TlOauthTokens *
tl_oauth_sign_in_run_finish (TlOauthSignIn  *self,
                             GAsyncResult   *result,
                             TlFinding     **out_finding,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return tl_oauth_outcome_propagate (result, out_finding, error);
}
