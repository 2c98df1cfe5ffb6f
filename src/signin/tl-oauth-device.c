/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-device.h"

#include <string.h>

#include "tl-gsource.h"
#include "tl-oauth-exchange.h"
#include "tl-oauth-form.h"
#include "tl-oauth-members.h"
#include "tl-oauth-outcome.h"
#include "tl-oauth-pace.h"
#include "tl-oauth-scope.h"
#include "tl-url.h"

#define HTTPS             "https://"
#define MAX_USER_CODE_LEN 20
#define MAX_URI_LEN       512

/* Nobody types for longer; a server that gives more is not asked after. */
#define MAX_EXPIRES_S     3600

#define TICK_MS           1000

enum
{
  DEVICE_CODE,
  EXPIRES_IN,
  INTERVAL,
  USER_CODE,
  VERIFICATION_URI,
  N_MEMBERS
};

/* RFC 8628 §3.2. verification_uri_complete has the code in it already, so that one who follows it
 * no longer sees whose code that is: not used. */
static const TlOauthMember members_wanted[N_MEMBERS] = {
  [DEVICE_CODE]      = { "device_code",      TL_OAUTH_MEMBER_SECRET },
  [EXPIRES_IN]       = { "expires_in",       TL_OAUTH_MEMBER_COUNT },
  [INTERVAL]         = { "interval",         TL_OAUTH_MEMBER_COUNT },
  [USER_CODE]        = { "user_code",        TL_OAUTH_MEMBER_TEXT },
  [VERIFICATION_URI] = { "verification_uri", TL_OAUTH_MEMBER_TEXT },
};

struct _TlOauthDevice
{
  GObject         parent_instance;

  /* Owned */
  TlOauthRequest *request;
  GTask          *task;          /* NULL: does not run */
  TlSecret       *device_code;
  char           *user_code;
  char           *verification_uri;
  GSource        *cancel;
  GSource        *poll;          /* NULL: a poll is under way */
  GSource        *tick;

  TlOauthPace     pace;
  gint64          began_at_us;   /* monotonic */
  gint64          ends_at_us;
  guint           seconds_left;
};

enum
{
  PROP_0,
  PROP_USER_CODE,
  PROP_VERIFICATION_URI,
  PROP_SECONDS_LEFT,
  N_PROPS
};

enum
{
  CODE_READY,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlOauthDevice, tl_oauth_device, G_TYPE_OBJECT)

static void
stop (TlOauthDevice *self)
{
  tl_gsource_clear (&self->cancel);
  tl_gsource_clear (&self->poll);
  tl_gsource_clear (&self->tick);
}

static void
end_with_finding (TlOauthDevice *self,
                  TlFinding     *finding)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  stop (self);
  tl_oauth_outcome_return_finding (task, finding);
}

static void
end_with_refusal (TlOauthDevice  *self,
                  TlOauthRefusal *refusal)
{
  g_autoptr(TlOauthRefusal) owned = refusal;

  end_with_finding (self, owned->finding);
}

static void
end_with_error (TlOauthDevice *self,
                GError        *error)
{
  g_autoptr(GTask) task = g_steal_pointer (&self->task);

  stop (self);
  g_task_return_error (task, error);
}

static void
end_too_late (TlOauthDevice *self)
{
  gint64 waited_us = g_get_monotonic_time () - self->began_at_us;
  g_autoptr(TlFinding) finding = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_SECONDS, "u", (guint) (waited_us / G_USEC_PER_SEC));
  finding = tl_finding_new ("oauth.timeout", TL_LANE_NONE, g_variant_dict_end (&evidence));
  end_with_finding (self, finding);
}

static gboolean
is_too_late (const TlOauthDevice *self)
{
  return g_get_monotonic_time () >= self->ends_at_us;
}

static void
attach (TlOauthDevice *self,
        GSource       *source,
        GSourceFunc    function,
        const char    *name)
{
  g_source_set_callback (source, function, self, NULL);
  g_source_set_name (source, name);
  g_source_attach (source, g_task_get_context (self->task));
}

/* --- Polling ---------------------------------------------------------------------- */

static void wait_for_poll (TlOauthDevice *self,
                           guint          seconds);

/* Whether to go on polling, and how. */
static gboolean
goes_on (const TlOauthRefusal *refusal,
         TlOauthBeat          *out_beat)
{
  if (g_strcmp0 (refusal->error, "authorization_pending") == 0)
    *out_beat = TL_OAUTH_BEAT_PENDING;
  else if (g_strcmp0 (refusal->error, "slow_down") == 0)
    *out_beat = TL_OAUTH_BEAT_SLOW_DOWN;
  else if (g_str_equal (tl_finding_get_id (refusal->finding), "oauth.unreachable"))
    *out_beat = TL_OAUTH_BEAT_UNREACHABLE;
  else
    return FALSE;

  return TRUE;
}

static void
on_polled (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(TlOauthDevice) self = data;
  g_autoptr(TlOauthRefusal) refusal = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthTokens) tokens = tl_oauth_exchange_finish (result, &refusal, &error);
  TlOauthBeat beat;

  if (error != NULL)
    {
      end_with_error (self, g_steal_pointer (&error));
    }
  else if (tokens != NULL)
    {
      g_autoptr(GTask) task = g_steal_pointer (&self->task);

      stop (self);
      tl_oauth_outcome_return_value (task, g_steal_pointer (&tokens),
                                     (GDestroyNotify) tl_oauth_tokens_unref);
    }
  else if (g_strcmp0 (refusal->error, "expired_token") == 0)
    {
      end_too_late (self);
    }
  else if (!goes_on (refusal, &beat))
    {
      end_with_finding (self, refusal->finding);
    }
  else if (is_too_late (self))
    {
      end_too_late (self);
    }
  else
    {
      wait_for_poll (self, tl_oauth_pace_next (&self->pace, beat, refusal->retry_after));
    }
}

static gboolean
on_poll_due (gpointer data)
{
  TlOauthDevice *self = data;
  const TlOauthProof proof = { .grant = TL_OAUTH_GRANT_DEVICE_CODE, .secret = self->device_code };

  tl_gsource_clear (&self->poll);
  tl_oauth_exchange_async (self->request, &proof, g_task_get_cancellable (self->task), on_polled,
                           g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
wait_for_poll (TlOauthDevice *self,
               guint          seconds)
{
  self->poll = g_timeout_source_new (seconds * 1000);
  attach (self, self->poll, on_poll_due, "[twolane] device poll");
}

static void
count_down (TlOauthDevice *self)
{
  gint64 left_us = MAX (self->ends_at_us - g_get_monotonic_time (), 0);
  guint seconds_left = (guint) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);

  if (seconds_left == self->seconds_left)
    return;
  self->seconds_left = seconds_left;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SECONDS_LEFT]);
}

/* A poll that is under way may still bring the tokens, and ends it all if not. */
static gboolean
on_tick (gpointer data)
{
  TlOauthDevice *self = data;

  count_down (self);
  if (!is_too_late (self) || self->poll == NULL)
    return G_SOURCE_CONTINUE;
  end_too_late (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  TlOauthDevice *self = data;
  GError *error = NULL;

  /* One who is asking just now is told by that. */
  if (self->poll == NULL)
    return G_SOURCE_REMOVE;
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  end_with_error (self, error);

  return G_SOURCE_REMOVE;
}

/* --- The code --------------------------------------------------------------------- */

/* What somebody reads off the screen and types, and nothing that could be taken for words of ours.
 */
static gboolean
is_user_code (const char *code)
{
  gsize len = strlen (code);

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (code[i]) && code[i] != '-' && code[i] != ' ')
      return FALSE;

  return len > 0 && len <= MAX_USER_CODE_LEN;
}

/* Shown to be typed somewhere else: https, no user information, nothing but what is on every
 * keyboard, and its host as the wire has it, so that none looks like another. On a page of somebody
 * else the person would let in whoever is behind this server, by a code of that other place. */
static gboolean
is_verification_uri (const char          *text,
                     const TlOauthServer *server)
{
  g_autoptr(GUri) url = NULL;
  const char *host;

  if (strlen (text) > MAX_URI_LEN || !g_str_is_ascii (text))
    return FALSE;
  url = tl_url_parse_https (text);
  host = url != NULL ? g_uri_get_host (url) : NULL;

  return host != NULL && g_str_has_prefix (text, HTTPS) &&
         g_ascii_strncasecmp (text + strlen (HTTPS), host, strlen (host)) == 0 &&
         tl_oauth_server_has_device_page (server, host);
}

static const char *
find_flaw (const TlOauthMembers *members,
           const TlOauthServer  *server)
{
  const char *user_code = tl_oauth_members_get_text (members, USER_CODE);
  const char *uri = tl_oauth_members_get_text (members, VERIFICATION_URI);

  if (tl_oauth_members_get_secret (members, DEVICE_CODE) == NULL)
    return "there is no device code in it";
  if (user_code == NULL || !is_user_code (user_code))
    return "there is no code in it that a person can type";
  if (uri == NULL || !is_verification_uri (uri, server))
    return "there is no https page of its own in it for the code";
  if (tl_oauth_members_get_count (members, EXPIRES_IN) == 0)
    return "its code lasts for no time";

  return NULL;
}

static void
take_code (TlOauthDevice        *self,
           const TlOauthMembers *members)
{
  guint64 expires_s = MIN (tl_oauth_members_get_count (members, EXPIRES_IN), MAX_EXPIRES_S);
  GCancellable *cancellable = g_task_get_cancellable (self->task);

  self->device_code = tl_secret_ref (tl_oauth_members_get_secret (members, DEVICE_CODE));
  self->user_code = g_strdup (tl_oauth_members_get_text (members, USER_CODE));
  self->verification_uri = g_strdup (tl_oauth_members_get_text (members, VERIFICATION_URI));
  self->pace = tl_oauth_pace_begin (tl_oauth_members_has (members, INTERVAL),
                                    tl_oauth_members_get_count (members, INTERVAL));
  self->ends_at_us = self->began_at_us + (gint64) expires_s * G_USEC_PER_SEC;

  if (cancellable != NULL)
    {
      self->cancel = g_cancellable_source_new (cancellable);
      attach (self, self->cancel, G_SOURCE_FUNC (on_cancelled), "[twolane] device cancelled");
    }
  self->tick = g_timeout_source_new (TICK_MS);
  attach (self, self->tick, on_tick, "[twolane] device countdown");
  wait_for_poll (self, self->pace.interval_s);

  count_down (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_CODE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERIFICATION_URI]);
  g_signal_emit (self, signals[CODE_READY], 0);
}

static void
on_code_given (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr(TlOauthDevice) self = data;
  const char *endpoint = tl_oauth_server_get_device_endpoint (self->request->server);
  g_autofree char *host = tl_url_dup_host (endpoint);
  TlSecret *secret = tl_oauth_client_get_secret (self->request->client);
  const TlOauthAsked asked = {
    host, FALSE, &secret, secret != NULL ? 1 : 0, self->request->scopes,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlHttpsPostAnswer) answer = tl_https_post_finish (result, &error);
  g_autoptr(TlOauthMembers) members = NULL;
  TlOauthRefusal *refusal;
  const char *flaw;
  const char *bytes;
  gsize len;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      end_with_error (self, g_steal_pointer (&error));
      return;
    }
  refusal = answer != NULL ? tl_oauth_refusal_read (answer, &asked)
                           : tl_oauth_refusal_new_for_error (host, error);
  if (refusal != NULL)
    {
      end_with_refusal (self, refusal);
      return;
    }

  bytes = tl_secret_peek (answer->body, &len);
  members = tl_oauth_members_parse (bytes, len, members_wanted, N_MEMBERS, &error);
  flaw = members != NULL ? find_flaw (members, self->request->server) : error->message;
  if (flaw != NULL)
    end_with_refusal (self, tl_oauth_refusal_new_bad_answer (host, flaw));
  else
    take_code (self, members);
}

/* --- The object ------------------------------------------------------------------- */

static void
tl_oauth_device_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlOauthDevice *self = TL_OAUTH_DEVICE (object);

  switch (property_id)
    {
    case PROP_USER_CODE:
      g_value_set_string (value, self->user_code);
      break;
    case PROP_VERIFICATION_URI:
      g_value_set_string (value, self->verification_uri);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, self->seconds_left);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_oauth_device_dispose (GObject *object)
{
  TlOauthDevice *self = TL_OAUTH_DEVICE (object);

  stop (self);
  g_clear_pointer (&self->request, tl_oauth_request_free);
  g_clear_object (&self->task);
  g_clear_pointer (&self->device_code, tl_secret_unref);
  g_clear_pointer (&self->user_code, g_free);
  g_clear_pointer (&self->verification_uri, g_free);

  G_OBJECT_CLASS (tl_oauth_device_parent_class)->dispose (object);
}

static void
tl_oauth_device_class_init (TlOauthDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_oauth_device_get_property;
  object_class->dispose = tl_oauth_device_dispose;

  properties[PROP_USER_CODE] =
    g_param_spec_string ("user-code", NULL, NULL, NULL, flags);
  properties[PROP_VERIFICATION_URI] =
    g_param_spec_string ("verification-uri", NULL, NULL, NULL, flags);
  properties[PROP_SECONDS_LEFT] =
    g_param_spec_uint ("seconds-left", NULL, NULL, 0, MAX_EXPIRES_S, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CODE_READY] = g_signal_new ("code-ready", TL_TYPE_OAUTH_DEVICE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tl_oauth_device_init (TlOauthDevice *self)
{
}

/**
 * tl_oauth_device_new:
 * @request: where to sign in, as whom, and what for; copied
 *
 * Returns: (transfer full): a sign-in that has not begun
 */
TlOauthDevice *
tl_oauth_device_new (const TlOauthRequest *request)
{
  TlOauthDevice *self = g_object_new (TL_TYPE_OAUTH_DEVICE, NULL);

  self->request = tl_oauth_request_copy (request);

  return self;
}

/**
 * tl_oauth_device_run_async:
 * @self: a sign-in that has not begun
 * @cancellable: (nullable): stops it; no request goes out after that
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Asks for a code (RFC 8628 §3.1), and then for tokens until there are some or the code has ended,
 * an hour from now at most. The only code that is ever shown is the one that this asked for: none
 * comes from a file, a link or an argument.
 */
void
tl_oauth_device_run_async (TlOauthDevice       *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const char *endpoint;
  g_autofree char *scope = NULL;
  g_autofree char *host = NULL;
  g_autoptr(TlSecret) form = NULL;
  g_autoptr(GError) error = NULL;

  g_return_if_fail (TL_IS_OAUTH_DEVICE (self));
  g_return_if_fail (self->task == NULL && self->began_at_us == 0);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, tl_oauth_device_run_async);
  self->began_at_us = g_get_monotonic_time ();

  endpoint = tl_oauth_server_get_device_endpoint (self->request->server);
  if (endpoint == NULL)
    {
      host = tl_url_dup_host (tl_oauth_server_get_issuer (self->request->server));
      end_with_refusal (self, tl_oauth_refusal_new_bad_answer (host, "it gives no codes for other "
                                                               "devices"));
      return;
    }

  scope = tl_oauth_scope_join (self->request->scopes,
                               tl_oauth_server_speaks_openid (self->request->server));
  form = tl_oauth_form_new ((const TlOauthField[]) {
                              { .name = "client_id",
                                .text = tl_oauth_client_get_id (self->request->client) },
                              { .name = "scope", .text = scope },
                              { .name = "client_secret",
                                .secret = tl_oauth_client_get_secret (self->request->client) },
                            }, 3, &error);
  if (form == NULL)
    {
      host = tl_url_dup_host (endpoint);
      end_with_refusal (self, tl_oauth_refusal_new_for_error (host, error));
      return;
    }

  tl_https_post_async (&(const TlHttpsPost) { endpoint, TL_OAUTH_FORM_TYPE, form },
                       self->request->network, self->request->contacts,
                       tl_deadline_in_ms (TL_OAUTH_EXCHANGE_BUDGET_MS), cancellable, on_code_given,
                       g_object_ref (self));
}

/**
 * tl_oauth_device_run_finish:
 * @self: a sign-in
 * @result: the result handed to the callback
 * @out_finding: (out): why there are no tokens
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the tokens; or %NULL with @out_finding; or %NULL with
 *   %G_IO_ERROR_CANCELLED
 */
TlOauthTokens *
tl_oauth_device_run_finish (TlOauthDevice  *self,
                            GAsyncResult   *result,
                            TlFinding     **out_finding,
                            GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return tl_oauth_outcome_propagate (result, out_finding, error);
}
