/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin.h"

#include "tl-gsource.h"
#include "tl-signin-private.h"

struct _TlSignin
{
  GObject        parent_instance;

  TlSigninState  state;
  TlSigninWay    way;
  guint          seconds_left;
  guint          turned_away;
  gboolean       needs_client;
  gboolean       can_browser;
  gboolean       can_device;
  gboolean       wants_client_secret;
  gboolean       client_from_settings;
  gboolean       can_revoke;

  /* Owned */
  TlFinding     *finding;
  char          *account;
  char          *issuer_host;
  char          *url;
  char          *user_code;
  char          *verification_uri;
  char          *online_account;
  GSource       *countdown;         /* while the browser is waited for */

  gint64         ends_us;           /* when that ends, g_get_monotonic_time() */
};

enum
{
  PROP_STATE = 1,
  PROP_WAY,
  PROP_BUSY,
  PROP_DONE,
  PROP_FINDING,
  PROP_ACCOUNT,
  PROP_ISSUER_HOST,
  PROP_URL,
  PROP_USER_CODE,
  PROP_VERIFICATION_URI,
  PROP_SECONDS_LEFT,
  PROP_TURNED_AWAY,
  PROP_NEEDS_CLIENT,
  PROP_CAN_BROWSER,
  PROP_CAN_DEVICE,
  PROP_WANTS_CLIENT_SECRET,
  PROP_CLIENT_FROM_SETTINGS,
  PROP_CAN_REVOKE,
  PROP_ONLINE_ACCOUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_OPEN_URL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (TlSigninWay, tl_signin_way,
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_BY_BROWSER, "browser"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_BY_DEVICE, "device"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_BY_ONLINE_ACCOUNT, "online-account"))

G_DEFINE_ENUM_TYPE (TlSigninState, tl_signin_state,
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_IN_BROWSER, "in-browser"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_ON_DEVICE, "on-device"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_FINISHING, "finishing"),
                    G_DEFINE_ENUM_VALUE (TL_SIGNIN_DONE, "done"))

G_DEFINE_FINAL_TYPE (TlSignin, tl_signin, G_TYPE_OBJECT)

static void
notify (TlSignin *self,
        guint     prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_string (TlSignin    *self,
            guint        prop_id,
            char       **member,
            const char  *value)
{
  if (g_strcmp0 (*member, value) == 0)
    return;
  g_free (*member);
  *member = g_strdup (value);
  notify (self, prop_id);
}

static void
set_uint (TlSignin *self,
          guint     prop_id,
          guint    *member,
          guint     value)
{
  if (*member == value)
    return;
  *member = value;
  notify (self, prop_id);
}

static void
set_boolean (TlSignin *self,
             guint     prop_id,
             gboolean *member,
             gboolean  value)
{
  if (*member == value)
    return;
  *member = value;
  notify (self, prop_id);
}

static void
set_finding (TlSignin  *self,
             TlFinding *finding)
{
  if (g_set_object (&self->finding, finding))
    notify (self, PROP_FINDING);
}

static gboolean
is_busy (TlSignin *self)
{
  return self->state != TL_SIGNIN_IDLE && self->state != TL_SIGNIN_DONE;
}

static void
set_way (TlSignin    *self,
         TlSigninWay  way)
{
  if (self->way == way)
    return;
  self->way = way;
  notify (self, PROP_WAY);
}

static void
set_state (TlSignin      *self,
           TlSigninState  state)
{
  if (self->state == state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
  notify (self, PROP_BUSY);
  notify (self, PROP_DONE);
}

/* What only counts while a person is waited for. */
static void
clear_wait (TlSignin *self)
{
  tl_gsource_clear (&self->countdown);
  set_string (self, PROP_URL, &self->url, NULL);
  set_string (self, PROP_USER_CODE, &self->user_code, NULL);
  set_string (self, PROP_VERIFICATION_URI, &self->verification_uri, NULL);
  set_uint (self, PROP_SECONDS_LEFT, &self->seconds_left, 0);
}

static void
tl_signin_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  TlSignin *self = TL_SIGNIN (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_WAY:
      g_value_set_enum (value, (int) self->way);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, is_busy (self));
      break;
    case PROP_DONE:
      g_value_set_boolean (value, self->state == TL_SIGNIN_DONE);
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account);
      break;
    case PROP_ISSUER_HOST:
      g_value_set_string (value, self->issuer_host);
      break;
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    case PROP_USER_CODE:
      g_value_set_string (value, self->user_code);
      break;
    case PROP_VERIFICATION_URI:
      g_value_set_string (value, self->verification_uri);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_uint (value, self->seconds_left);
      break;
    case PROP_TURNED_AWAY:
      g_value_set_uint (value, self->turned_away);
      break;
    case PROP_NEEDS_CLIENT:
      g_value_set_boolean (value, self->needs_client);
      break;
    case PROP_CAN_BROWSER:
      g_value_set_boolean (value, self->can_browser);
      break;
    case PROP_CAN_DEVICE:
      g_value_set_boolean (value, self->can_device);
      break;
    case PROP_WANTS_CLIENT_SECRET:
      g_value_set_boolean (value, self->wants_client_secret);
      break;
    case PROP_CLIENT_FROM_SETTINGS:
      g_value_set_boolean (value, self->client_from_settings);
      break;
    case PROP_CAN_REVOKE:
      g_value_set_boolean (value, self->can_revoke);
      break;
    case PROP_ONLINE_ACCOUNT:
      g_value_set_string (value, self->online_account);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_signin_finalize (GObject *object)
{
  TlSignin *self = TL_SIGNIN (object);

  tl_gsource_clear (&self->countdown);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->issuer_host, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->user_code, g_free);
  g_clear_pointer (&self->verification_uri, g_free);
  g_clear_pointer (&self->online_account, g_free);

  G_OBJECT_CLASS (tl_signin_parent_class)->finalize (object);
}

static void
tl_signin_class_init (TlSigninClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct { guint id; const char *name; } booleans[] = {
    { PROP_BUSY, "busy" },
    { PROP_DONE, "done" },
    { PROP_NEEDS_CLIENT, "needs-client" },
    { PROP_CAN_BROWSER, "can-browser" },
    { PROP_CAN_DEVICE, "can-device" },
    { PROP_WANTS_CLIENT_SECRET, "wants-client-secret" },
    { PROP_CLIENT_FROM_SETTINGS, "client-from-settings" },
    { PROP_CAN_REVOKE, "can-revoke" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_ACCOUNT, "account" },
    { PROP_ISSUER_HOST, "issuer-host" },
    { PROP_URL, "url" },
    { PROP_USER_CODE, "user-code" },
    { PROP_VERIFICATION_URI, "verification-uri" },
    { PROP_ONLINE_ACCOUNT, "online-account" },
  };

  object_class->get_property = tl_signin_get_property;
  object_class->finalize = tl_signin_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (booleans); i++)
    properties[booleans[i].id] = g_param_spec_boolean (booleans[i].name, NULL, NULL, FALSE, flags);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, TL_TYPE_SIGNIN_STATE, TL_SIGNIN_IDLE, flags);
  properties[PROP_WAY] =
    g_param_spec_enum ("way", NULL, NULL, TL_TYPE_SIGNIN_WAY, TL_SIGNIN_BY_BROWSER, flags);
  properties[PROP_FINDING] =
    g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, flags);
  properties[PROP_SECONDS_LEFT] =
    g_param_spec_uint ("seconds-left", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TURNED_AWAY] =
    g_param_spec_uint ("turned-away", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_OPEN_URL] =
    g_signal_new ("open-url", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
tl_signin_init (TlSignin *self)
{
}

TlSignin *
tl_signin_new (void)
{
  return g_object_new (TL_TYPE_SIGNIN, NULL);
}

TlSigninState
tl_signin_get_state (TlSignin *self)
{
  g_return_val_if_fail (TL_IS_SIGNIN (self), TL_SIGNIN_IDLE);

  return self->state;
}

/**
 * tl_signin_get_finding:
 * @self: a sign-in
 *
 * Returns: (transfer none) (nullable): why the last one did not succeed
 */
TlFinding *
tl_signin_get_finding (TlSignin *self)
{
  g_return_val_if_fail (TL_IS_SIGNIN (self), NULL);

  return self->finding;
}

gboolean
tl_signin_needs_client (TlSignin *self)
{
  g_return_val_if_fail (TL_IS_SIGNIN (self), FALSE);

  return self->needs_client;
}

/**
 * tl_signin_begin:
 * @self: a sign-in
 * @way: how it is going to be done
 *
 * What the last one said is forgotten.
 */
void
tl_signin_begin (TlSignin    *self,
                 TlSigninWay  way)
{
  clear_wait (self);
  set_finding (self, NULL);
  set_string (self, PROP_ACCOUNT, &self->account, NULL);
  set_uint (self, PROP_TURNED_AWAY, &self->turned_away, 0);
  set_way (self, way);
  set_state (self, TL_SIGNIN_PREPARING);
}

static gboolean
on_second_passed (gpointer data)
{
  TlSignin *self = data;
  gint64 left_us = MAX (self->ends_us - g_get_monotonic_time (), 0);

  tl_signin_set_seconds_left (self,
                              (guint) ((left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));

  return G_SOURCE_CONTINUE;
}

/**
 * tl_signin_show_page:
 * @self: a sign-in that began
 * @url: the provider's page
 * @seconds: how long a person has for it
 *
 * Asks for @url to be opened, and counts down while the browser is waited for.
 */
void
tl_signin_show_page (TlSignin   *self,
                     const char *url,
                     guint       seconds)
{
  tl_gsource_clear (&self->countdown);
  self->ends_us = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
  self->countdown = g_timeout_source_new_seconds (1);
  g_source_set_static_name (self->countdown, "[twolane] browser countdown");
  g_source_set_callback (self->countdown, on_second_passed, self, NULL);
  g_source_attach (self->countdown, g_main_context_get_thread_default ());
  tl_signin_set_seconds_left (self, seconds);
  set_string (self, PROP_URL, &self->url, url);
  set_state (self, TL_SIGNIN_IN_BROWSER);
  g_signal_emit (self, signals[SIGNAL_OPEN_URL], 0, url);
}

void
tl_signin_show_code (TlSignin   *self,
                     const char *user_code,
                     const char *verification_uri)
{
  set_string (self, PROP_USER_CODE, &self->user_code, user_code);
  set_string (self, PROP_VERIFICATION_URI, &self->verification_uri, verification_uri);
  set_state (self, TL_SIGNIN_ON_DEVICE);
}

void
tl_signin_set_seconds_left (TlSignin *self,
                            guint     seconds)
{
  set_uint (self, PROP_SECONDS_LEFT, &self->seconds_left, seconds);
}

void
tl_signin_set_turned_away (TlSignin *self,
                           guint     n)
{
  set_uint (self, PROP_TURNED_AWAY, &self->turned_away, n);
}

/**
 * tl_signin_finish:
 * @self: a sign-in that a person was waited for in
 *
 * Nobody is waited for any more but the server.
 */
void
tl_signin_finish (TlSignin *self)
{
  clear_wait (self);
  set_state (self, TL_SIGNIN_FINISHING);
}

/**
 * tl_signin_end:
 * @self: a sign-in
 * @finding: (nullable): why it did not succeed, or %NULL when it was stopped or is forgotten
 */
void
tl_signin_end (TlSignin  *self,
               TlFinding *finding)
{
  clear_wait (self);
  set_string (self, PROP_ACCOUNT, &self->account, NULL);
  set_finding (self, finding);
  set_state (self, TL_SIGNIN_IDLE);
}

/**
 * tl_signin_succeed:
 * @self: a sign-in
 * @way: how it was done
 * @account: (nullable): who signed in, where the provider said so
 */
void
tl_signin_succeed (TlSignin    *self,
                   TlSigninWay  way,
                   const char  *account)
{
  clear_wait (self);
  set_finding (self, NULL);
  set_way (self, way);
  set_string (self, PROP_ACCOUNT, &self->account, account);
  set_state (self, TL_SIGNIN_DONE);
}

void
tl_signin_set_account (TlSignin   *self,
                       const char *account)
{
  set_string (self, PROP_ACCOUNT, &self->account, account);
}

void
tl_signin_set_issuer_host (TlSignin   *self,
                           const char *host)
{
  set_string (self, PROP_ISSUER_HOST, &self->issuer_host, host);
}

void
tl_signin_set_needs_client (TlSignin *self,
                            gboolean  needs_client)
{
  set_boolean (self, PROP_NEEDS_CLIENT, &self->needs_client, needs_client);
}

void
tl_signin_set_client_from_settings (TlSignin *self,
                                    gboolean  client_from_settings)
{
  set_boolean (self, PROP_CLIENT_FROM_SETTINGS, &self->client_from_settings, client_from_settings);
}

void
tl_signin_set_can (TlSignin *self,
                   gboolean  can_browser,
                   gboolean  can_device)
{
  set_boolean (self, PROP_CAN_BROWSER, &self->can_browser, can_browser);
  set_boolean (self, PROP_CAN_DEVICE, &self->can_device, can_device);
}

void
tl_signin_set_online_account (TlSignin   *self,
                              const char *address)
{
  set_string (self, PROP_ONLINE_ACCOUNT, &self->online_account, address);
}

void
tl_signin_set_wants_client_secret (TlSignin *self,
                                   gboolean  wants_client_secret)
{
  set_boolean (self, PROP_WANTS_CLIENT_SECRET, &self->wants_client_secret, wants_client_secret);
}

void
tl_signin_set_can_revoke (TlSignin *self,
                          gboolean  can_revoke)
{
  set_boolean (self, PROP_CAN_REVOKE, &self->can_revoke, can_revoke);
}
