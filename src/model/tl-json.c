/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json-check.h"
#include "tl-json-private.h"

G_DEFINE_BOXED_TYPE (TlJson, tl_json, tl_json_ref, tl_json_unref)

/**
 * tl_json_new_for_node:
 * @node: (transfer full): a node
 *
 * Returns: (transfer full): @node as a value of ours
 */
TlJson *
tl_json_new_for_node (JsonNode *node)
{
  TlJson *self = g_atomic_rc_box_new0 (TlJson);

  self->node = node;

  return self;
}

static TlJson *
load (const char  *text,
      gsize        len,
      GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) cause = NULL;

  if (!json_parser_load_from_data (parser, text, (gssize) len, &cause))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the JSON: %s %d",
                   g_quark_to_string (cause->domain), cause->code);
      return NULL;
    }

  return tl_json_new_for_node (json_parser_steal_root (parser));
}

/**
 * tl_json_parse:
 * @text: what may be a JSON document, from outside
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a document after tl_json_check() has gone through it.
 *
 * Returns: (transfer full): the value, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlJson *
tl_json_parse (const char  *text,
               gssize       len,
               GError     **error)
{
  gsize n_bytes;

  g_return_val_if_fail (text != NULL, NULL);

  n_bytes = len < 0 ? strlen (text) : (gsize) len;
  if (!tl_json_check (text, n_bytes, error))
    return NULL;

  return load (text, n_bytes, error);
}

/**
 * tl_json_parse_foreign:
 * @bytes: what may be a JSON document that was not written for this program
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Reads a stranger's document after tl_json_check_foreign() has gone through
 * it. What it says is taken member by member; there is no use in
 * tl_json_reader_finish(), for it may have members of all kinds.
 *
 * Returns: (transfer full): the value, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlJson *
tl_json_parse_foreign (const char  *bytes,
                       gsize        len,
                       GError     **error)
{
  g_return_val_if_fail (bytes != NULL || len == 0, NULL);

  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      len -= 3;
    }
  if (!tl_json_check_foreign (bytes, len, error))
    return NULL;

  return load (bytes, len, error);
}

TlJson *
tl_json_new_object (void)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node = json_node_alloc ();

  return tl_json_new_for_node (json_node_init_object (node, object));
}

TlJson *
tl_json_new_array (void)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node = json_node_alloc ();

  return tl_json_new_for_node (json_node_init_array (node, array));
}

static JsonNode *
string_node (const char *value)
{
  JsonNode *node = json_node_alloc ();

  return value != NULL ? json_node_init_string (node, value) : json_node_init_null (node);
}

/**
 * tl_json_new_string:
 * @value: (nullable): valid UTF-8
 *
 * Returns: (transfer full): @value as a string, or null
 */
TlJson *
tl_json_new_string (const char *value)
{
  g_return_val_if_fail (value == NULL || g_utf8_validate (value, -1, NULL), NULL);

  return tl_json_new_for_node (string_node (value));
}

/**
 * tl_json_new_strv:
 * @values: (nullable) (array zero-terminated=1): valid UTF-8
 *
 * Returns: (transfer full): an array of strings; an empty one for %NULL
 */
TlJson *
tl_json_new_strv (const char * const *values)
{
  TlJson *self = tl_json_new_array ();

  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    tl_json_append_take (self, tl_json_new_string (values[i]));

  return self;
}

/**
 * tl_json_new_uints:
 * @values: (array length=n) (nullable): numbers
 * @n: how many
 *
 * Returns: (transfer full): an array of them
 */
TlJson *
tl_json_new_uints (const guint *values,
                   guint        n)
{
  TlJson *self = tl_json_new_array ();

  for (guint i = 0; i < n; i++)
    json_array_add_int_element (json_node_get_array (self->node), values[i]);

  return self;
}

/**
 * tl_json_new_vardict:
 * @values: an a{sv} whose values are s, u or as, such as evidence
 *
 * Returns: (transfer full): an object with the same members
 */
TlJson *
tl_json_new_vardict (GVariant *values)
{
  TlJson *self = tl_json_new_object ();
  GVariantIter iter;
  const char *member;
  GVariant *value;

  g_return_val_if_fail (g_variant_is_of_type (values, G_VARIANT_TYPE_VARDICT), self);

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_loop (&iter, "{&sv}", &member, &value))
    {
      g_autofree const char **strv = NULL;

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        {
          tl_json_set_string (self, member, g_variant_get_string (value, NULL));
        }
      else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
        {
          tl_json_set_int (self, member, g_variant_get_uint32 (value));
        }
      else
        {
          strv = g_variant_get_strv (value, NULL);
          tl_json_set_take (self, member, tl_json_new_strv (strv));
        }
    }

  return self;
}

TlJson *
tl_json_ref (TlJson *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_json_clear (gpointer data)
{
  TlJson *self = data;

  g_clear_pointer (&self->node, json_node_unref);
}

void
tl_json_unref (TlJson *self)
{
  g_atomic_rc_box_release_full (self, tl_json_clear);
}

/* Setting a member again replaces it. */
static void
set_node (TlJson     *self,
          const char *member,
          JsonNode   *node)
{
  g_return_if_fail (JSON_NODE_HOLDS_OBJECT (self->node));
  g_return_if_fail (member != NULL && *member != '\0');

  json_object_set_member (json_node_get_object (self->node), member, node);
}

/**
 * tl_json_set_string:
 * @self: an object under construction
 * @member: a name
 * @value: (nullable): valid UTF-8, or %NULL for null
 */
void
tl_json_set_string (TlJson     *self,
                    const char *member,
                    const char *value)
{
  g_return_if_fail (value == NULL || g_utf8_validate (value, -1, NULL));

  set_node (self, member, string_node (value));
}

/**
 * tl_json_set_int:
 * @self: an object under construction
 * @member: a name
 * @value: a number within ±(2^53 − 1)
 */
void
tl_json_set_int (TlJson     *self,
                 const char *member,
                 gint64      value)
{
  g_return_if_fail (value >= -TL_JSON_MAX_INT && value <= TL_JSON_MAX_INT);

  set_node (self, member, json_node_init_int (json_node_alloc (), value));
}

void
tl_json_set_bool (TlJson     *self,
                  const char *member,
                  gboolean    value)
{
  set_node (self, member, json_node_init_boolean (json_node_alloc (), value));
}

/**
 * tl_json_set_time:
 * @self: an object under construction
 * @member: a name
 * @time_s: seconds since the epoch, in the years 1 to 9999
 *
 * Writes a moment as a string, `2026-01-31T12:00:00Z` (RFC 3339, UTC).
 */
void
tl_json_set_time (TlJson     *self,
                  const char *member,
                  gint64      time_s)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (time_s);
  g_autofree char *text = NULL;

  g_return_if_fail (moment != NULL);

  text = g_date_time_format (moment, TL_JSON_TIME_FORMAT);
  tl_json_set_string (self, member, text);
}

/**
 * tl_json_set_take:
 * @self: an object under construction
 * @member: a name
 * @value: (transfer full) (nullable): its value, or %NULL for null
 */
void
tl_json_set_take (TlJson     *self,
                  const char *member,
                  TlJson     *value)
{
  g_autoptr(TlJson) owned = value;

  set_node (self, member, owned != NULL ? json_node_ref (owned->node) : string_node (NULL));
}

/**
 * tl_json_append_take:
 * @self: an array under construction
 * @value: (transfer full) (nullable): what to append, or %NULL for null
 */
void
tl_json_append_take (TlJson *self,
                     TlJson *value)
{
  g_autoptr(TlJson) owned = value;

  g_return_if_fail (JSON_NODE_HOLDS_ARRAY (self->node));

  json_array_add_element (json_node_get_array (self->node),
                          owned != NULL ? json_node_ref (owned->node) : string_node (NULL));
}
