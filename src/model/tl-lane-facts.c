/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-facts.h"

#include "tl-error.h"
#include "tl-text.h"

/* What is kept of what a server says of itself; more is cut off. */
#define MAX_WORD_CHARS 64
#define MAX_NUMBER     ((G_GINT64_CONSTANT (1) << 53) - 1)

struct _TlLaneFacts
{
  TlLaneFactsParts  parts;      /* its strings are those below */

  char             *software;
  char             *mechanism;
  char             *prefix;
  char             *rights;
};

G_DEFINE_BOXED_TYPE (TlLaneFacts, tl_lane_facts, tl_lane_facts_ref, tl_lane_facts_unref)

/* The text is clean: cleaning it again would spell out its backslashes twice. */
static char *
dup_capped (const char *text,
            glong       max_chars)
{
  if (text == NULL || *text == '\0')
    return NULL;

  return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max_chars));
}

/**
 * tl_lane_facts_new:
 * @parts: what they are made of; copied
 *
 * Strings are cut and numbers capped, so that what is written can always be
 * read; a delimiter that does not show is none, nor is a quota of 0 any.
 *
 * Returns: (transfer full): the facts
 */
TlLaneFacts *
tl_lane_facts_new (const TlLaneFactsParts *parts)
{
  TlLaneFacts *self = g_atomic_rc_box_new0 (TlLaneFacts);

  self->software = dup_capped (parts->software, TL_TEXT_MAX_CHARS);
  self->mechanism = dup_capped (parts->mechanism, MAX_WORD_CHARS);
  self->prefix = dup_capped (parts->prefix, TL_TEXT_MAX_CHARS);
  self->rights = dup_capped (parts->rights, MAX_WORD_CHARS);

  self->parts = *parts;
  self->parts.software = self->software;
  self->parts.mechanism = self->mechanism;
  self->parts.prefix = self->prefix;
  self->parts.rights = self->rights;
  if (!g_ascii_isgraph (parts->delimiter))
    self->parts.delimiter = '\0';
  /* Servers without a quota say 0. */
  self->parts.has_quota = parts->has_quota && parts->quota_limit > 0;
  self->parts.quota_used = self->parts.has_quota ? MIN (parts->quota_used, MAX_NUMBER) : 0;
  self->parts.quota_limit = self->parts.has_quota ? MIN (parts->quota_limit, MAX_NUMBER) : 0;
  self->parts.n_messages = CLAMP (parts->n_messages, -1, MAX_NUMBER);
  self->parts.max_message_bytes = MIN (parts->max_message_bytes, MAX_NUMBER);

  return self;
}

TlLaneFacts *
tl_lane_facts_ref (TlLaneFacts *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_lane_facts_clear (gpointer data)
{
  TlLaneFacts *self = data;

  g_clear_pointer (&self->software, g_free);
  g_clear_pointer (&self->mechanism, g_free);
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->rights, g_free);
}

void
tl_lane_facts_unref (TlLaneFacts *self)
{
  g_atomic_rc_box_release_full (self, tl_lane_facts_clear);
}

/**
 * tl_lane_facts_get_parts:
 * @self: facts
 *
 * Returns: (transfer none): what they are made of, after cutting and capping
 */
const TlLaneFactsParts *
tl_lane_facts_get_parts (const TlLaneFacts *self)
{
  return &self->parts;
}

static void
set_number_or_null (TlJson     *json,
                    const char *member,
                    gboolean    is_known,
                    gint64      value)
{
  if (is_known)
    tl_json_set_int (json, member, value);
  else
    tl_json_set_string (json, member, NULL);
}

static TlJson *
quota_to_json (const TlLaneFactsParts *parts)
{
  TlJson *json;

  if (!parts->has_quota)
    return NULL;

  json = tl_json_new_object ();
  tl_json_set_int (json, "limit_kib", (gint64) parts->quota_limit);
  tl_json_set_int (json, "used_kib", (gint64) parts->quota_used);

  return json;
}

/**
 * tl_lane_facts_to_json:
 * @self: facts
 *
 * Returns: (transfer full): an object of software, mechanism, prefix, delimiter, rights, quota
 *   (used_kib, limit_kib), messages, max_message_bytes, each of them null when it is not known,
 *   and idle, a truth value
 */
TlJson *
tl_lane_facts_to_json (const TlLaneFacts *self)
{
  const TlLaneFactsParts *parts = &self->parts;
  const char delimiter[] = { parts->delimiter, '\0' };
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "software", parts->software);
  tl_json_set_string (json, "mechanism", parts->mechanism);
  tl_json_set_string (json, "prefix", parts->prefix);
  tl_json_set_string (json, "delimiter", parts->delimiter != '\0' ? delimiter : NULL);
  tl_json_set_string (json, "rights", parts->rights);
  tl_json_set_take (json, "quota", quota_to_json (parts));
  set_number_or_null (json, "messages", parts->n_messages >= 0, parts->n_messages);
  tl_json_set_bool (json, "idle", parts->idles);
  set_number_or_null (json, "max_message_bytes", parts->max_message_bytes > 0,
                      (gint64) parts->max_message_bytes);

  return json;
}

static const char *
read_text (TlJsonReader *reader,
           const char   *member,
           glong         max_chars)
{
  const char *text = tl_json_reader_get_text (reader, member, TL_JSON_OPTIONAL);

  if (text != NULL && (*text == '\0' || g_utf8_strlen (text, -1) > max_chars))
    tl_json_reader_refuse (reader, member, "is empty or too long");

  return text;
}

static void
read_quota (TlJsonReader     *parent,
            TlLaneFactsParts *parts)
{
  TlJson *json = tl_json_reader_get_object (parent, "quota", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  reader = tl_json_reader_new (json, "the quota");
  parts->has_quota = TRUE;
  parts->quota_used = (guint64) tl_json_reader_get_int (reader, "used_kib", TL_JSON_REQUIRED,
                                                        0, MAX_NUMBER);
  parts->quota_limit = (guint64) tl_json_reader_get_int (reader, "limit_kib", TL_JSON_REQUIRED,
                                                         0, MAX_NUMBER);
  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "quota", error);
}

/**
 * tl_lane_facts_from_json:
 * @json: an object as tl_lane_facts_to_json() makes it
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the facts, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlLaneFacts *
tl_lane_facts_from_json (TlJson  *json,
                         GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the facts");
  TlLaneFactsParts parts = { .n_messages = -1 };
  const char *delimiter;

  parts.software = read_text (reader, "software", TL_TEXT_MAX_CHARS);
  parts.mechanism = read_text (reader, "mechanism", MAX_WORD_CHARS);
  parts.prefix = read_text (reader, "prefix", TL_TEXT_MAX_CHARS);
  parts.rights = read_text (reader, "rights", MAX_WORD_CHARS);
  delimiter = tl_json_reader_get_string (reader, "delimiter", TL_JSON_OPTIONAL);
  if (delimiter != NULL && (!g_ascii_isgraph (delimiter[0]) || delimiter[1] != '\0'))
    tl_json_reader_refuse (reader, "delimiter", "is not one character that shows");
  else if (delimiter != NULL)
    parts.delimiter = delimiter[0];
  read_quota (reader, &parts);
  parts.n_messages = tl_json_reader_get_int (reader, "messages", TL_JSON_OPTIONAL, 0, MAX_NUMBER);
  if (!tl_json_reader_has (reader, "messages"))
    parts.n_messages = -1;
  parts.idles = tl_json_reader_get_bool (reader, "idle", TL_JSON_REQUIRED);
  parts.max_message_bytes = (guint64) tl_json_reader_get_int (reader, "max_message_bytes",
                                                              TL_JSON_OPTIONAL, 1, MAX_NUMBER);
  if (!tl_json_reader_has (reader, "max_message_bytes"))
    parts.max_message_bytes = 0;

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return tl_lane_facts_new (&parts);
}
