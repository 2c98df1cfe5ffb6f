/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-private.h"

#include <glib/gi18n-lib.h>

#include "tl-data-check.h"
#include "tl-error.h"
#include "tl-json.h"

/* These bounds and words are those of data/schema/provider.schema.json; a test
 * gives reader and schema the same documents and expects the same answer. */
#define MAX_DOMAINS       100
#define MAX_MX            30
#define MAX_PREREQUISITES 8
#define MAX_STEPS         8
#define MAX_SCOPES        10
#define MAX_LIMITS        20
#define MAX_UNCONFIRMED   40
#define MAX_LIMIT_VALUE   1000000000

static const char * const limit_words[] = {
  "messages-per-day", "messages-per-hour", "messages-per-minute",
  "external-messages-per-hour", "recipients-per-day", "external-recipients-per-day",
  "recipients-per-message", "connections", "outgoing-connections",
  "download-mb-per-day", "upload-mb-per-day", NULL
};

static const char * const source_words[] = {
  "vendor page", "public issue report", "third party", NULL
};

static void
read_endpoints (TlProvider   *self,
                TlJsonReader *reader,
                const char   *member,
                TlLaneKind    lane)
{
  TlProtocol wanted = tl_protocol_for_lane (lane);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, member, TL_JSON_REQUIRED,
                                                        TL_PROVIDER_MAX_ENDPOINTS);

  if (rows->len == 0)
    tl_json_reader_refuse (reader, member, "is empty");

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i), member);
      g_autoptr(GError) error = NULL;
      TlEndpoint *endpoint;
      const char *host;
      gint64 port;
      int protocol, security;

      protocol = tl_json_reader_get_enum (row, "protocol", TL_JSON_REQUIRED, TL_TYPE_PROTOCOL, -1);
      host = tl_data_check_string (row, "host", TL_JSON_REQUIRED, TL_DATA_HOST);
      port = tl_json_reader_get_int (row, "port", TL_JSON_REQUIRED, 1, 65535);
      security = tl_json_reader_get_enum (row, "security", TL_JSON_REQUIRED, TL_TYPE_SECURITY, -1);
      if (protocol != (int) wanted)
        tl_json_reader_refuse (row, "protocol", "is not what this lane speaks");
      if (security == TL_SECURITY_NONE)
        tl_json_reader_refuse (row, "security", "is none");

      if (!tl_json_reader_finish (row, &error) ||
          (endpoint = tl_endpoint_new (host, (guint16) port, (TlSecurity) security,
                                       &error)) == NULL)
        {
          tl_json_reader_refuse (reader, member, error->message);
          return;
        }
      g_ptr_array_add (self->endpoints[lane], endpoint);
    }
}

static void
read_sign_in (TlProvider   *self,
              TlJsonReader *reader)
{
  g_auto(GStrv) words = tl_json_reader_dup_strv (reader, "sign_in", TL_JSON_REQUIRED,
                                                 G_N_ELEMENTS (self->sign_in));
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_AUTH);

  if (words[0] == NULL)
    tl_json_reader_refuse (reader, "sign_in", "is empty");

  for (guint i = 0; words[i] != NULL; i++)
    {
      GEnumValue *value = g_enum_get_value_by_nick (klass, words[i]);

      if (value == NULL || tl_provider_takes (self, (TlAuth) value->value))
        tl_json_reader_refuse (reader, "sign_in", "has an unknown or repeated word");
      else
        self->sign_in[self->n_sign_in++] = (TlAuth) value->value;
    }
}

/* Where the provider's sign-in page is: read for its form, as every member is. */
static void
read_oauth (TlProvider   *self,
            TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "oauth", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;
  g_auto(GStrv) scopes = NULL;
  g_autoptr(GError) error = NULL;

  if ((json != NULL) != tl_provider_takes (self, TL_AUTH_OAUTH2))
    tl_json_reader_refuse (reader, "oauth", "and “sign_in” do not agree");
  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "oauth");
  tl_data_check_string (row, "issuer", TL_JSON_REQUIRED, TL_DATA_LINK);
  scopes = tl_data_check_strv (row, "scopes", TL_JSON_REQUIRED, MAX_SCOPES, TL_DATA_SCOPE);
  if (scopes[0] == NULL)
    tl_json_reader_refuse (row, "scopes", "is empty");
  if (!tl_json_reader_finish (row, &error))
    tl_json_reader_refuse (reader, "oauth", error->message);
}

static void
read_prerequisites (TlProvider   *self,
                    TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "prerequisites", TL_JSON_REQUIRED,
                                                        MAX_PREREQUISITES);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i),
                                                        "prerequisites");
      g_autoptr(GError) error = NULL;
      const char *text, *link;
      TlPrerequisite owned;

      text = tl_data_check_string (row, "text", TL_JSON_REQUIRED, TL_DATA_TEXT);
      link = tl_data_check_string (row, "link", TL_JSON_OPTIONAL, TL_DATA_LINK);
      if (!tl_json_reader_finish (row, &error))
        {
          tl_json_reader_refuse (reader, "prerequisites", error->message);
          return;
        }

      owned.text = g_strdup (g_dgettext (GETTEXT_PACKAGE, text));
      owned.link = g_strdup (link);
      g_array_append_val (self->prerequisites, owned);
    }
}

static void
read_app_password (TlProvider   *self,
                   TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "app_password", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;
  g_autoptr(GStrvBuilder) steps = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;
  g_autoptr(GError) error = NULL;

  if ((json != NULL) != tl_provider_takes (self, TL_AUTH_APP_PASSWORD))
    tl_json_reader_refuse (reader, "app_password", "and “sign_in” do not agree");
  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "app_password");
  self->app_password_link = g_strdup (tl_data_check_string (row, "link", TL_JSON_REQUIRED,
                                                            TL_DATA_LINK));
  texts = tl_data_check_strv (row, "steps", TL_JSON_REQUIRED, MAX_STEPS, TL_DATA_TEXT);
  if (texts[0] == NULL)
    tl_json_reader_refuse (row, "steps", "is empty");
  if (!tl_json_reader_finish (row, &error))
    {
      tl_json_reader_refuse (reader, "app_password", error->message);
      return;
    }

  for (guint i = 0; texts[i] != NULL; i++)
    g_strv_builder_add (steps, g_dgettext (GETTEXT_PACKAGE, texts[i]));
  g_strfreev (self->app_password_steps);
  self->app_password_steps = g_strv_builder_end (steps);
}

/* What the provider allows, with date and source: read for its form. */
static void
check_limits (TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "limits", TL_JSON_REQUIRED,
                                                        MAX_LIMITS);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i), "limits");
      g_autoptr(GError) error = NULL;

      tl_data_check_word (row, "what", limit_words);
      tl_json_reader_get_int (row, "value", TL_JSON_REQUIRED, 1, MAX_LIMIT_VALUE);
      tl_data_check_string (row, "when", TL_JSON_OPTIONAL, TL_DATA_TEXT);
      tl_data_check_string (row, "as_of", TL_JSON_REQUIRED, TL_DATA_DATE);
      tl_data_check_word (row, "source", source_words);
      tl_data_check_word (row, "confidence", tl_data_confidence_words);
      if (!tl_json_reader_finish (row, &error))
        {
          tl_json_reader_refuse (reader, "limits", error->message);
          return;
        }
    }
}

static void
read_usernames (TlProvider   *self,
                TlJsonReader *reader)
{
  int username = tl_json_reader_get_enum (reader, "username", TL_JSON_REQUIRED, TL_TYPE_USERNAME,
                                          TL_USERNAME_ADDRESS);
  int incoming = tl_json_reader_get_enum (reader, "incoming_username", TL_JSON_OPTIONAL,
                                          TL_TYPE_USERNAME, username);

  self->usernames[TL_LANE_INCOMING] = (TlUsername) incoming;
  self->usernames[TL_LANE_OUTGOING] = (TlUsername) username;
}

/**
 * tl_provider_parse:
 * @json: a document by data/schema/provider.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads one provider. Strict: what the schema refuses is refused here. Texts
 * for people are looked up in the user's language.
 *
 * Returns: (transfer full): the provider, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlProvider *
tl_provider_parse (const char  *json,
                   gssize       len,
                   GError     **error)
{
  static const char * const kinds[] = { "mailbox", NULL };
  g_autoptr(TlProvider) self = tl_provider_new_empty ();
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(TlJson) document = NULL;
  g_auto(GStrv) unconfirmed = NULL;

  document = tl_json_parse (json, len, error);
  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the provider");
  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT));
  tl_data_check_word (reader, "kind", kinds);
  self->domains = tl_data_check_strv (reader, "domains", TL_JSON_REQUIRED, MAX_DOMAINS,
                                      TL_DATA_HOST);
  self->mx = tl_data_check_strv (reader, "mx", TL_JSON_REQUIRED, MAX_MX, TL_DATA_HOST_PATTERN);
  read_endpoints (self, reader, "incoming", TL_LANE_INCOMING);
  read_endpoints (self, reader, "outgoing", TL_LANE_OUTGOING);
  read_usernames (self, reader);
  read_sign_in (self, reader);
  read_oauth (self, reader);
  read_prerequisites (self, reader);
  read_app_password (self, reader);
  check_limits (reader);
  tl_data_check_word (reader, "confidence", tl_data_confidence_words);
  unconfirmed = tl_data_check_strv (reader, "unconfirmed", TL_JSON_OPTIONAL, MAX_UNCONFIRMED,
                                    TL_DATA_POINTER);
  tl_data_check_string (reader, "checked_on", TL_JSON_REQUIRED, TL_DATA_DATE);

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
