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
#define MAX_SIGNALS       10
#define MAX_HINTS         8
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

static const char * const tenant_words[] = { TL_PROVIDER_TENANT_MICROSOFT, NULL };

/* One row of a list that is read with a reader of its own; FALSE when what is
 * wrong with it has been noted. */
gboolean
tl_provider_finish_row (TlJsonReader *row,
                        TlJsonReader *reader,
                        const char   *member)
{
  GError *error = NULL;

  if (tl_json_reader_finish (row, &error))
    return TRUE;

  tl_json_reader_refuse_error (reader, member, error);

  return FALSE;
}

static char *
translate (const char *text)
{
  return g_strdup (g_dgettext (GETTEXT_PACKAGE, text));
}

static void
read_servers (TlProvider   *self,
              TlJsonReader *reader,
              const char   *member,
              TlLaneKind    lane)
{
  TlProtocol wanted = tl_protocol_for_lane (lane);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, member, TL_JSON_REQUIRED,
                                                        TL_PROVIDER_MAX_ENDPOINTS);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i), member);
      TlProviderServer server;
      const char *host;
      gint64 port;
      int protocol, security;

      protocol = tl_json_reader_get_enum (row, "protocol", TL_JSON_REQUIRED, TL_TYPE_PROTOCOL, -1);
      host = tl_data_check_string (row, "host", TL_JSON_REQUIRED, TL_DATA_HOST_TEMPLATE);
      port = tl_json_reader_get_int (row, "port", TL_JSON_REQUIRED, 1, 65535);
      security = tl_json_reader_get_enum (row, "security", TL_JSON_REQUIRED, TL_TYPE_SECURITY, -1);
      if (protocol != (int) wanted)
        tl_json_reader_refuse (row, "protocol", "is not what this lane speaks");
      if (security == TL_SECURITY_NONE)
        tl_json_reader_refuse (row, "security", "is none");
      if (!tl_provider_finish_row (row, reader, member))
        return;

      server = (TlProviderServer) { .host = g_strdup (host), .port = (guint16) port,
                                    .security = (TlSecurity) security };
      g_array_append_val (self->servers[lane], server);
    }
}

/* A relay has no mailboxes: nothing may lead from an address to it. */
static void
check_kind (TlProvider   *self,
            TlJsonReader *reader)
{
  gboolean relay = self->kind == TL_PROVIDER_RELAY;

  if (relay && self->domains[0] != NULL)
    tl_json_reader_refuse (reader, "domains", "is not empty, and a relay has none");
  if (relay && self->mx[0] != NULL)
    tl_json_reader_refuse (reader, "mx", "is not empty, and a relay has none");
  if (relay && tl_json_reader_has (reader, "signals"))
    tl_json_reader_refuse (reader, "signals", "is there, and a relay has none");
  if (relay && self->servers[TL_LANE_INCOMING]->len > 0)
    tl_json_reader_refuse (reader, "incoming", "is not empty, and a relay only sends");
  if (self->servers[TL_LANE_OUTGOING]->len == 0 &&
      (relay || self->servers[TL_LANE_INCOMING]->len > 0))
    tl_json_reader_refuse (reader, "outgoing", "is empty");
}

static void
read_names (TlJsonReader   *row,
            const char     *member,
            TlDataForm      form,
            char         ***names)
{
  g_strfreev (*names);
  *names = tl_data_check_strv (row, member, TL_JSON_OPTIONAL, MAX_SIGNALS, form);
  if (tl_json_reader_has (row, member) && *names[0] == NULL)
    tl_json_reader_refuse (row, member, "is empty");
}

static void
read_signals (TlProvider   *self,
              TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "signals", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) row = NULL;

  if (json == NULL)
    return;

  row = tl_json_reader_new (json, "signals");
  read_names (row, "spf", TL_DATA_DNS_NAME, &self->spf);
  read_names (row, "autodiscover", TL_DATA_HOST_PATTERN, &self->autodiscover);
  if (tl_json_reader_has (row, "tenant"))
    self->tenant = g_strdup (tl_data_check_word (row, "tenant", tenant_words));
  if (self->spf[0] == NULL && self->autodiscover[0] == NULL && self->tenant == NULL)
    tl_json_reader_refuse (reader, "signals", "is empty");

  tl_provider_finish_row (row, reader, "signals");
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

/* Of what is to be done or known: text, page, day, who, which lane. */
void
tl_provider_read_hints (TlJsonReader   *reader,
                        const char     *member,
                        TlJsonPresence  presence,
                        GArray         *hints)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, member, presence, MAX_HINTS);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i), member);
      const char *text = tl_data_check_string (row, "text", TL_JSON_REQUIRED, TL_DATA_TEXT);
      const char *link = tl_data_check_string (row, "link", TL_JSON_OPTIONAL, TL_DATA_LINK);
      const char *as_of = tl_data_check_string (row, "as_of", TL_JSON_OPTIONAL, TL_DATA_DATE);
      int fixer = tl_json_reader_get_enum (row, "fixer", TL_JSON_OPTIONAL, TL_TYPE_FIXER,
                                           TL_FIXER_YOU);
      int lane = tl_json_reader_get_enum (row, "lane", TL_JSON_OPTIONAL, TL_TYPE_LANE_KIND,
                                          TL_LANE_NONE);
      TlPrerequisite owned;

      if (fixer == TL_FIXER_YOUR_NETWORK)
        tl_json_reader_refuse (row, "fixer", "is no network’s matter");
      if (lane == TL_LANE_NONE && tl_json_reader_has (row, "lane"))
        tl_json_reader_refuse (row, "lane", "is no lane");

      if (!tl_provider_finish_row (row, reader, member))
        return;

      owned = (TlPrerequisite) { .text = translate (text), .link = g_strdup (link),
                                 .fixer = (TlFixer) fixer, .as_of = g_strdup (as_of),
                                 .lane = (TlLaneKind) lane };
      g_array_append_val (hints, owned);
    }
}

static void
read_secret_name (TlProvider   *self,
                  TlJsonReader *reader)
{
  const char *name = tl_data_check_string (reader, "secret_name", TL_JSON_OPTIONAL, TL_DATA_TEXT);

  if (name != NULL)
    self->secret_name = translate (name);
}

static gboolean
read_confidence (TlJsonReader *reader)
{
  return g_str_equal (tl_data_check_word (reader, "confidence", tl_data_confidence_words),
                      "confirmed");
}

static void
read_limits (TlProvider   *self,
             TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "limits", TL_JSON_REQUIRED,
                                                        MAX_LIMITS);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) row = tl_json_reader_new (g_ptr_array_index (rows, i), "limits");
      TlProviderLimit limit = { NULL };
      const char *what, *when, *as_of, *source;

      what = tl_data_check_word (row, "what", limit_words);
      limit.value = (guint) tl_json_reader_get_int (row, "value", TL_JSON_REQUIRED, 1,
                                                    MAX_LIMIT_VALUE);
      when = tl_data_check_string (row, "when", TL_JSON_OPTIONAL, TL_DATA_TEXT);
      as_of = tl_data_check_string (row, "as_of", TL_JSON_REQUIRED, TL_DATA_DATE);
      source = tl_data_check_word (row, "source", source_words);
      limit.confirmed = read_confidence (row);
      if (!tl_provider_finish_row (row, reader, "limits"))
        return;

      limit.what = g_strdup (what);
      limit.when = g_strdup (when);
      limit.as_of = g_strdup (as_of);
      limit.source = g_strdup (source);
      g_array_append_val (self->limits, limit);
    }
}

/* A word for how the name is made of the address, or `{"literal": "apikey"}`. */
static void
read_username (TlProvider     *self,
               TlJsonReader   *reader,
               const char     *member,
               TlLaneKind      lane)
{
  if (tl_json_reader_has_object (reader, member))
    {
      TlJson *json = tl_json_reader_get_object (reader, member, TL_JSON_REQUIRED);
      g_autoptr(TlJsonReader) row = tl_json_reader_new (json, member);

      self->usernames[lane] = TL_USERNAME_LITERAL;
      g_free (self->literals[lane]);
      self->literals[lane] = g_strdup (tl_data_check_string (row, "literal", TL_JSON_REQUIRED,
                                                             TL_DATA_LITERAL));
      tl_provider_finish_row (row, reader, member);
    }
  else
    {
      int value = tl_json_reader_get_enum (reader, member, TL_JSON_REQUIRED, TL_TYPE_USERNAME,
                                           TL_USERNAME_ADDRESS);

      if (value == TL_USERNAME_LITERAL)
        tl_json_reader_refuse (reader, member, "does not say which word");
      self->usernames[lane] = (TlUsername) value;
    }
}

static void
read_usernames (TlProvider   *self,
                TlJsonReader *reader)
{
  read_username (self, reader, "username", TL_LANE_OUTGOING);
  if (tl_json_reader_has (reader, "incoming_username"))
    {
      read_username (self, reader, "incoming_username", TL_LANE_INCOMING);
    }
  else
    {
      tl_json_reader_get_string (reader, "incoming_username", TL_JSON_OPTIONAL);
      self->usernames[TL_LANE_INCOMING] = self->usernames[TL_LANE_OUTGOING];
      self->literals[TL_LANE_INCOMING] = g_strdup (self->literals[TL_LANE_OUTGOING]);
    }
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
  g_autoptr(TlProvider) self = tl_provider_new_empty ();
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(TlJson) document = NULL;

  document = tl_json_parse (json, len, error);
  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the provider");
  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT));
  self->kind = (TlProviderKind) tl_json_reader_get_enum (reader, "kind", TL_JSON_REQUIRED,
                                                         TL_TYPE_PROVIDER_KIND,
                                                         TL_PROVIDER_MAILBOX);
  self->domains = tl_data_check_strv (reader, "domains", TL_JSON_REQUIRED, MAX_DOMAINS,
                                      TL_DATA_HOST);
  self->mx = tl_data_check_strv (reader, "mx", TL_JSON_REQUIRED, MAX_MX, TL_DATA_MX_PATTERN);
  read_signals (self, reader);
  read_servers (self, reader, "incoming", TL_LANE_INCOMING);
  read_servers (self, reader, "outgoing", TL_LANE_OUTGOING);
  check_kind (self, reader);
  read_usernames (self, reader);
  read_secret_name (self, reader);
  read_sign_in (self, reader);
  tl_provider_read_oauth (self, reader);
  tl_provider_read_hints (reader, "prerequisites", TL_JSON_REQUIRED, self->prerequisites);
  tl_provider_read_hints (reader, "notices", TL_JSON_OPTIONAL, self->notices);
  tl_provider_read_app_password (self, reader);
  tl_provider_read_shared_mailbox (self, reader);
  read_limits (self, reader);
  self->confirmed = read_confidence (reader);
  self->unconfirmed = tl_data_check_strv (reader, "unconfirmed", TL_JSON_OPTIONAL, MAX_UNCONFIRMED,
                                          TL_DATA_POINTER);
  self->checked_on = g_strdup (tl_data_check_string (reader, "checked_on", TL_JSON_REQUIRED,
                                                     TL_DATA_DATE));

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
