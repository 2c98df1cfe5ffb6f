/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-settings.h"

#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-nick.h"

#define USERNAME_MAX_BYTES 255
#define FOLDER_MAX_BYTES   255

struct _TlLaneSettings
{
  TlProtocol  protocol;
  TlEndpoint *endpoint;
  TlAuth      auth;
  char       *username;
  char       *folder;
};

G_DEFINE_ENUM_TYPE (TlProtocol, tl_protocol,
                    G_DEFINE_ENUM_VALUE (TL_PROTOCOL_IMAP, "imap"),
                    G_DEFINE_ENUM_VALUE (TL_PROTOCOL_SMTP, "smtp"))

G_DEFINE_ENUM_TYPE (TlAuth, tl_auth,
                    G_DEFINE_ENUM_VALUE (TL_AUTH_PASSWORD, "password"),
                    G_DEFINE_ENUM_VALUE (TL_AUTH_APP_PASSWORD, "app-password"),
                    G_DEFINE_ENUM_VALUE (TL_AUTH_OAUTH2, "oauth2"))

G_DEFINE_BOXED_TYPE (TlLaneSettings, tl_lane_settings, tl_lane_settings_ref, tl_lane_settings_unref)

static const char * const auth_labels[] = {
  [TL_AUTH_PASSWORD]     = N_("Password"),
  /* Translators: a password that a provider makes for one program alone */
  [TL_AUTH_APP_PASSWORD] = N_("App password"),
  /* Translators: signing in on the provider's web page, in a browser */
  [TL_AUTH_OAUTH2]       = N_("Sign in with the provider"),
};

const char *
tl_auth_get_nick (TlAuth auth)
{
  return tl_nick_get (TL_TYPE_AUTH, (int) auth);
}

/**
 * tl_auth_get_label:
 * @auth: what is signed in with
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_auth_get_label (TlAuth auth)
{
  g_return_val_if_fail ((guint) auth < G_N_ELEMENTS (auth_labels), NULL);

  return _(auth_labels[auth]);
}

/* What is wrong with a name that is to be sent as it is, or NULL. */
static const char *
find_fault_of_name (const char *name,
                    gsize       max_bytes)
{
  if (*name == '\0')
    return "is empty";
  if (strlen (name) > max_bytes)
    return "is longer than 255 bytes";
  if (!g_utf8_validate (name, -1, NULL))
    return "is not readable text";

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      /* Not only controls: a zero-width mark that came along with a paste is
       * a wrong user name that looks right. */
      if (!g_unichar_isprint (g_utf8_get_char (p)))
        return "holds a character that does not show; type it again";
    }

  return NULL;
}

static gboolean
check_username (const char  *username,
                GError     **error)
{
  const char *why = find_fault_of_name (username, USERNAME_MAX_BYTES);

  if (why != NULL)
    g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the user name %s", why);

  return why == NULL;
}

/**
 * tl_protocol_for_lane:
 * @lane: incoming or outgoing
 *
 * Returns: what is spoken on it
 */
TlProtocol
tl_protocol_for_lane (TlLaneKind lane)
{
  g_return_val_if_fail (lane == TL_LANE_INCOMING || lane == TL_LANE_OUTGOING, TL_PROTOCOL_IMAP);

  return lane == TL_LANE_INCOMING ? TL_PROTOCOL_IMAP : TL_PROTOCOL_SMTP;
}

/**
 * tl_lane_settings_new:
 * @protocol: what is spoken
 * @endpoint: where
 * @auth: what is signed in with
 * @username: who signs in
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the settings, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @username is none
 */
TlLaneSettings *
tl_lane_settings_new (TlProtocol   protocol,
                      TlEndpoint  *endpoint,
                      TlAuth       auth,
                      const char  *username,
                      GError     **error)
{
  TlLaneSettings *self;

  g_return_val_if_fail (endpoint != NULL, NULL);
  g_return_val_if_fail (username != NULL, NULL);

  if (!check_username (username, error))
    return NULL;

  self = g_atomic_rc_box_new0 (TlLaneSettings);
  self->protocol = protocol;
  self->endpoint = tl_endpoint_ref (endpoint);
  self->auth = auth;
  self->username = g_strdup (username);

  return self;
}

TlLaneSettings *
tl_lane_settings_ref (TlLaneSettings *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_lane_settings_clear (gpointer data)
{
  TlLaneSettings *self = data;

  g_clear_pointer (&self->endpoint, tl_endpoint_unref);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->folder, g_free);
}

void
tl_lane_settings_unref (TlLaneSettings *self)
{
  g_atomic_rc_box_release_full (self, tl_lane_settings_clear);
}

TlProtocol
tl_lane_settings_get_protocol (const TlLaneSettings *self)
{
  return self->protocol;
}

TlEndpoint *
tl_lane_settings_get_endpoint (const TlLaneSettings *self)
{
  return self->endpoint;
}

TlAuth
tl_lane_settings_get_auth (const TlLaneSettings *self)
{
  return self->auth;
}

const char *
tl_lane_settings_get_username (const TlLaneSettings *self)
{
  return self->username;
}

/**
 * tl_lane_settings_can_open:
 * @folder: what was typed
 *
 * Returns: whether @folder can be the name of a folder: 1 to 255 bytes of UTF-8 that all show
 */
gboolean
tl_lane_settings_can_open (const char *folder)
{
  g_return_val_if_fail (folder != NULL, FALSE);

  return find_fault_of_name (folder, FOLDER_MAX_BYTES) == NULL;
}

/**
 * tl_lane_settings_with_folder:
 * @self: settings of an incoming lane
 * @folder: (nullable): the folder to open, as tl_lane_settings_can_open() takes it; %NULL for INBOX
 *
 * Returns: (transfer full): the same settings with that folder
 */
TlLaneSettings *
tl_lane_settings_with_folder (const TlLaneSettings *self,
                              const char           *folder)
{
  TlLaneSettings *copy;

  g_return_val_if_fail (self->protocol == TL_PROTOCOL_IMAP || folder == NULL, NULL);
  g_return_val_if_fail (folder == NULL || tl_lane_settings_can_open (folder), NULL);

  copy = g_atomic_rc_box_new0 (TlLaneSettings);
  copy->protocol = self->protocol;
  copy->endpoint = tl_endpoint_ref (self->endpoint);
  copy->auth = self->auth;
  copy->username = g_strdup (self->username);
  copy->folder = g_strdup (folder);

  return copy;
}

/**
 * tl_lane_settings_get_folder:
 * @self: settings
 *
 * Returns: (transfer none) (nullable): what is opened in place of INBOX
 */
const char *
tl_lane_settings_get_folder (const TlLaneSettings *self)
{
  return self->folder;
}

gboolean
tl_lane_settings_equal (const TlLaneSettings *a,
                        const TlLaneSettings *b)
{
  return a->protocol == b->protocol && a->auth == b->auth &&
         tl_endpoint_equal (a->endpoint, b->endpoint) && g_str_equal (a->username, b->username) &&
         g_strcmp0 (a->folder, b->folder) == 0;
}

/**
 * tl_lane_settings_to_json:
 * @self: settings
 *
 * Returns: (transfer full): an object of protocol, host, port, security, auth, username and,
 *   where it is not INBOX, folder
 */
TlJson *
tl_lane_settings_to_json (const TlLaneSettings *self)
{
  TlSecurity security = tl_endpoint_get_security (self->endpoint);
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "protocol", tl_nick_get (TL_TYPE_PROTOCOL, (int) self->protocol));
  tl_json_set_string (json, "host", tl_endpoint_get_host (self->endpoint));
  tl_json_set_int (json, "port", tl_endpoint_get_port (self->endpoint));
  tl_json_set_string (json, "security", tl_nick_get (TL_TYPE_SECURITY, (int) security));
  tl_json_set_string (json, "auth", tl_auth_get_nick (self->auth));
  tl_json_set_string (json, "username", self->username);
  /* Left out, and not null: what was hashed before there was such a member keeps its hash. */
  if (self->folder != NULL)
    tl_json_set_string (json, "folder", self->folder);

  return json;
}

/**
 * tl_lane_settings_read:
 * @reader: a reader of an object that has, among others, the members of settings
 *
 * Reads settings out of a larger object. What is wrong is noted in @reader.
 *
 * Returns: (transfer full) (nullable): the settings, or %NULL when something is wrong
 */
TlLaneSettings *
tl_lane_settings_read (TlJsonReader *reader)
{
  const char *host = tl_json_reader_get_string (reader, "host", TL_JSON_REQUIRED);
  guint16 port = (guint16) tl_json_reader_get_int (reader, "port", TL_JSON_REQUIRED,
                                                   1, G_MAXUINT16);
  TlSecurity security = tl_json_reader_get_enum (reader, "security", TL_JSON_REQUIRED,
                                                 TL_TYPE_SECURITY, TL_SECURITY_NONE);
  TlProtocol protocol = tl_json_reader_get_enum (reader, "protocol", TL_JSON_REQUIRED,
                                                 TL_TYPE_PROTOCOL, TL_PROTOCOL_IMAP);
  TlAuth auth = tl_json_reader_get_enum (reader, "auth", TL_JSON_REQUIRED,
                                         TL_TYPE_AUTH, TL_AUTH_PASSWORD);
  const char *username = tl_json_reader_get_string (reader, "username", TL_JSON_REQUIRED);
  const char *folder = tl_json_reader_get_string (reader, "folder", TL_JSON_OPTIONAL);
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) self = NULL;
  g_autoptr(TlLaneSettings) with_folder = NULL;
  g_autoptr(GError) error = NULL;

  endpoint = tl_endpoint_new (host, port, security, NULL);
  /* A file is written by a program: one spelling, or it is not what was hashed. */
  if (endpoint == NULL || !g_str_equal (tl_endpoint_get_host (endpoint), host))
    {
      tl_json_reader_refuse (reader, "host", "is not a server name in lower-case ASCII");
      return NULL;
    }

  self = tl_lane_settings_new (protocol, endpoint, auth, username, &error);
  if (self == NULL)
    tl_json_reader_refuse_error (reader, "username", g_steal_pointer (&error));
  if (self == NULL || folder == NULL)
    return g_steal_pointer (&self);

  if (protocol != TL_PROTOCOL_IMAP || !tl_lane_settings_can_open (folder))
    {
      tl_json_reader_refuse (reader, "folder", "is not a folder that this lane can open");
      return NULL;
    }
  with_folder = tl_lane_settings_with_folder (self, folder);

  return g_steal_pointer (&with_folder);
}

/**
 * tl_lane_settings_from_json:
 * @json: an object as tl_lane_settings_to_json() makes it
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the settings, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlLaneSettings *
tl_lane_settings_from_json (TlJson  *json,
                            GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the settings");
  g_autoptr(TlLaneSettings) self = tl_lane_settings_read (reader);

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
