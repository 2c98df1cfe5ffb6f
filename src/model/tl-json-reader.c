/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json-private.h"
#include "tl-nick.h"
#include "tl-text.h"

struct _TlJsonReader
{
  JsonNode   *node;  /* owned, %NULL when it is no object */
  char       *what;
  char       *wrong; /* the first thing that was, or %NULL */
  GHashTable *asked; /* names of members */
  GPtrArray  *lent;  /* of TlJson: what get_object() gave */
};

/**
 * tl_json_reader_new:
 * @json: (nullable): what should be an object
 * @what: (nullable): what it is, for messages: `the plan`; %NULL for a part of something that
 *   tl_json_reader_refuse_error() names
 *
 * Returns: (transfer full): a reader; that @json is no object is said by tl_json_reader_finish()
 */
TlJsonReader *
tl_json_reader_new (TlJson     *json,
                    const char *what)
{
  TlJsonReader *self = g_new0 (TlJsonReader, 1);

  self->what = g_strdup (what);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lent = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_json_unref);
  if (json != NULL && JSON_NODE_HOLDS_OBJECT (json->node))
    self->node = json_node_ref (json->node);
  else
    self->wrong = g_strdup ("is not an object");

  return self;
}

void
tl_json_reader_free (TlJsonReader *self)
{
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->what, g_free);
  g_clear_pointer (&self->wrong, g_free);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->lent, g_ptr_array_unref);
  g_free (self);
}

static JsonNode *
find (TlJsonReader *self,
      const char   *member)
{
  JsonNode *node = NULL;

  if (self->node != NULL)
    node = json_object_get_member (json_node_get_object (self->node), member);

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/**
 * tl_json_reader_has:
 * @self: a reader
 * @member: a name
 *
 * Does not count as asking for it.
 *
 * Returns: whether there is such a member, and it is not null
 */
gboolean
tl_json_reader_has (TlJsonReader *self,
                    const char   *member)
{
  return find (self, member) != NULL;
}

/**
 * tl_json_reader_has_object:
 * @self: a reader
 * @member: a name
 *
 * For a member that may be an object or something else. Does not count as asking for it.
 *
 * Returns: whether there is such a member, and it is an object
 */
gboolean
tl_json_reader_has_object (TlJsonReader *self,
                           const char   *member)
{
  JsonNode *node = find (self, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node);
}

/**
 * tl_json_reader_refuse:
 * @self: a reader
 * @member: a name
 * @why: what is wrong with it, as a clause: `is not a port`
 *
 * Notes what the caller found wrong; counts only when nothing was before.
 */
void
tl_json_reader_refuse (TlJsonReader *self,
                       const char   *member,
                       const char   *why)
{
  if (self->wrong == NULL)
    self->wrong = g_strdup_printf ("“%s” %s", member, why);
}

/**
 * tl_json_reader_refuse_error:
 * @self: a reader
 * @member: a name
 * @error: (transfer full): what its own reader said
 *
 * Notes that what is within @member was refused; counts only when nothing was before.
 */
void
tl_json_reader_refuse_error (TlJsonReader *self,
                             const char   *member,
                             GError       *error)
{
  g_autoptr(GError) owned = error;

  if (self->wrong == NULL)
    self->wrong = g_strdup_printf ("“%s”: %s", member, owned->message);
}

static JsonNode *
ask (TlJsonReader   *self,
     const char     *member,
     TlJsonPresence  presence)
{
  JsonNode *node = find (self, member);

  g_hash_table_add (self->asked, g_strdup (member));
  if (node == NULL && presence == TL_JSON_REQUIRED)
    tl_json_reader_refuse (self, member, "is missing");

  return node;
}

static gboolean
node_is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/**
 * tl_json_reader_get_string:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Returns: (transfer none) (nullable): the string; when there is none, `""` if
 *   required and %NULL if optional
 */
const char *
tl_json_reader_get_string (TlJsonReader   *self,
                           const char     *member,
                           TlJsonPresence  presence)
{
  JsonNode *node = ask (self, member, presence);

  if (node != NULL && node_is_string (node))
    return json_node_get_string (node);

  if (node != NULL)
    tl_json_reader_refuse (self, member, "is not a string");

  return presence == TL_JSON_REQUIRED ? "" : NULL;
}

/**
 * tl_json_reader_get_text:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Like tl_json_reader_get_string(), for text that will be shown: refuses what
 * tl_text_clean() would have spelt out.
 *
 * Returns: (transfer none) (nullable): the text, or as tl_json_reader_get_string()
 */
const char *
tl_json_reader_get_text (TlJsonReader   *self,
                         const char     *member,
                         TlJsonPresence  presence)
{
  const char *text = tl_json_reader_get_string (self, member, presence);

  if (text != NULL && !tl_text_is_clean (text))
    tl_json_reader_refuse (self, member, "holds characters that do not show");

  return text;
}

/**
 * tl_json_reader_get_int:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @min: the least it may be
 * @max: the most it may be
 *
 * Returns: the number; @min when there is none
 */
gint64
tl_json_reader_get_int (TlJsonReader   *self,
                        const char     *member,
                        TlJsonPresence  presence,
                        gint64          min,
                        gint64          max)
{
  JsonNode *node = ask (self, member, presence);
  g_autofree char *why = NULL;

  if (node == NULL)
    return min;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) >= min && json_node_get_int (node) <= max)
    return json_node_get_int (node);

  why = g_strdup_printf ("is not a number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                         min, max);
  tl_json_reader_refuse (self, member, why);

  return min;
}

/**
 * tl_json_reader_get_bool:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Returns: the truth value; %FALSE when there is none
 */
gboolean
tl_json_reader_get_bool (TlJsonReader   *self,
                         const char     *member,
                         TlJsonPresence  presence)
{
  JsonNode *node = ask (self, member, presence);

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);

  tl_json_reader_refuse (self, member, "is neither true nor false");

  return FALSE;
}

/**
 * tl_json_reader_get_time:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Reads what tl_json_set_time() writes, and no other spelling of a moment.
 *
 * Returns: seconds since the epoch; 0 when there is none
 */
gint64
tl_json_reader_get_time (TlJsonReader   *self,
                         const char     *member,
                         TlJsonPresence  presence)
{
  const char *text = tl_json_reader_get_string (self, member, presence);
  g_autoptr(GDateTime) moment = NULL;
  g_autofree char *again = NULL;

  if (text == NULL || self->wrong != NULL)
    return 0;

  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment != NULL)
    again = g_date_time_format (moment, TL_JSON_TIME_FORMAT);
  if (again == NULL || !g_str_equal (text, again))
    {
      tl_json_reader_refuse (self, member, "is not a moment such as 2026-01-31T12:00:00Z");
      return 0;
    }

  return g_date_time_to_unix (moment);
}

/**
 * tl_json_reader_get_enum:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @enum_type: whose nicks it may be
 * @fallback: what to return when there is none
 *
 * Returns: the value the nick stands for, or @fallback
 */
int
tl_json_reader_get_enum (TlJsonReader   *self,
                         const char     *member,
                         TlJsonPresence  presence,
                         GType           enum_type,
                         int             fallback)
{
  const char *nick = tl_json_reader_get_string (self, member, presence);
  int value = fallback;

  if (nick != NULL && !tl_nick_parse (enum_type, nick, &value))
    tl_json_reader_refuse (self, member, "is none of the words it may be");

  return value;
}

static JsonArray *
ask_array (TlJsonReader   *self,
           const char     *member,
           TlJsonPresence  presence,
           guint           max_n)
{
  JsonNode *node = ask (self, member, presence);
  JsonArray *array;

  if (node == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      tl_json_reader_refuse (self, member, "is not a list");
      return NULL;
    }

  array = json_node_get_array (node);
  if (json_array_get_length (array) > max_n)
    {
      tl_json_reader_refuse (self, member, "has too many entries");
      return NULL;
    }

  return array;
}

/* NULL when an entry is not a string */
static char **
array_to_strv (JsonArray *array)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!node_is_string (node))
        return NULL;
      g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

/**
 * tl_json_reader_dup_strv:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @max_n: the most entries it may have
 *
 * Returns: (transfer full) (array zero-terminated=1): the strings; none when
 *   there is no such list, never %NULL
 */
char **
tl_json_reader_dup_strv (TlJsonReader   *self,
                         const char     *member,
                         TlJsonPresence  presence,
                         guint           max_n)
{
  char **strv = array_to_strv (ask_array (self, member, presence, max_n));

  if (strv == NULL)
    {
      tl_json_reader_refuse (self, member, "has an entry that is not a string");
      strv = array_to_strv (NULL);
    }

  return strv;
}

/**
 * tl_json_reader_dup_uints:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @max_n: the most entries it may have
 * @max: the most that each may be; the least is 0
 *
 * Returns: (transfer full) (element-type guint): the numbers; none when there is no such list,
 *   never %NULL
 */
GArray *
tl_json_reader_dup_uints (TlJsonReader   *self,
                          const char     *member,
                          TlJsonPresence  presence,
                          guint           max_n,
                          guint           max)
{
  JsonArray *array = ask_array (self, member, presence, max_n);
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      guint number;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
          json_node_get_int (node) < 0 || json_node_get_int (node) > (gint64) max)
        {
          tl_json_reader_refuse (self, member, "has an entry that is not a number of that size");
          break;
        }
      number = (guint) json_node_get_int (node);
      g_array_append_val (numbers, number);
    }

  return numbers;
}

/**
 * tl_json_reader_get_object:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Returns: (transfer none) (nullable): the object, to be read by a reader of its own; lives as
 *   long as @self. %NULL when there is none
 */
TlJson *
tl_json_reader_get_object (TlJsonReader   *self,
                           const char     *member,
                           TlJsonPresence  presence)
{
  JsonNode *node = ask (self, member, presence);
  TlJson *json;

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      tl_json_reader_refuse (self, member, "is not an object");
      return NULL;
    }

  json = tl_json_new_for_node (json_node_ref (node));
  g_ptr_array_add (self->lent, json);

  return json;
}

/**
 * tl_json_reader_dup_value:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Returns: (transfer full) (nullable): the value, of any kind, for a walk with tl-json-tree.h;
 *   %NULL when there is none
 */
TlJson *
tl_json_reader_dup_value (TlJsonReader   *self,
                          const char     *member,
                          TlJsonPresence  presence)
{
  JsonNode *node = ask (self, member, presence);

  return node != NULL ? tl_json_new_for_node (json_node_ref (node)) : NULL;
}

/**
 * tl_json_reader_dup_array:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 * @max_n: the most entries it may have
 *
 * Returns: (transfer full) (element-type TlJson): the entries, of any kind;
 *   none when there is no such list, never %NULL
 */
GPtrArray *
tl_json_reader_dup_array (TlJsonReader   *self,
                          const char     *member,
                          TlJsonPresence  presence,
                          guint           max_n)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_json_unref);
  JsonArray *array = ask_array (self, member, presence, max_n);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      g_ptr_array_add (entries, tl_json_new_for_node (json_node_ref (node)));
    }

  return entries;
}

/* NULL when it is of no kind that evidence has */
static GVariant *
node_to_variant (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_auto(GStrv) strv = array_to_strv (json_node_get_array (node));

      return strv != NULL ? g_variant_new_strv ((const char * const *) strv, -1) : NULL;
    }

  if (node_is_string (node))
    return g_variant_new_string (json_node_get_string (node));

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 &&
      json_node_get_int (node) >= 0 && json_node_get_int (node) <= (gint64) G_MAXUINT32)
    return g_variant_new_uint32 ((guint32) json_node_get_int (node));

  return NULL;
}

/**
 * tl_json_reader_dup_vardict:
 * @self: a reader
 * @member: a name
 * @presence: whether it may be absent
 *
 * Reads an object of strings, numbers from 0 to 2^32 − 1 and lists of strings,
 * such as evidence. Which members it may have is the caller's to check.
 *
 * Returns: (transfer full): an a{sv} of s, u and as, in canonical order; empty
 *   when there is none, never %NULL
 */
GVariant *
tl_json_reader_dup_vardict (TlJsonReader   *self,
                            const char     *member,
                            TlJsonPresence  presence)
{
  g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  TlJson *json = tl_json_reader_get_object (self, member, presence);
  g_autoptr(GList) names = NULL;
  JsonObject *object;

  if (json == NULL)
    return g_variant_ref_sink (g_variant_builder_end (&builder));

  object = json_node_get_object (json->node);
  names = tl_json_sort_members (object);
  for (GList *l = names; l != NULL; l = l->next)
    {
      GVariant *value = node_to_variant (json_object_get_member (object, l->data));

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", l->data, value);
      else
        tl_json_reader_refuse (self, member, "has a member that is neither text, list nor number");
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* What was asked for, so that a slip of the pen can be told from a later version. */
static char *
list_known (TlJsonReader *self)
{
  guint n;
  g_autofree char **names = (char **) g_hash_table_get_keys_as_array (self->asked, &n);

  qsort (names, n, sizeof (char *), compare_names);

  return g_strjoinv (", ", names);
}

/**
 * tl_json_reader_finish:
 * @self: a reader
 * @error: return location for a #GError
 *
 * To be called when every member has been asked for.
 *
 * Returns: whether all that was asked for was there and right, and nothing else
 *   was there; otherwise %TL_ERROR_INVALID_INPUT with the first thing wrong
 */
gboolean
tl_json_reader_finish (TlJsonReader  *self,
                       GError       **error)
{
  g_autoptr(GList) names = NULL;

  if (self->wrong == NULL)
    names = tl_json_sort_members (json_node_get_object (self->node));
  for (GList *l = names; l != NULL && self->wrong == NULL; l = l->next)
    {
      g_autofree char *clean = tl_text_clean (l->data, -1);

      if (!g_hash_table_contains (self->asked, l->data))
        {
          g_autofree char *known = list_known (self);
          g_autofree char *why = g_strdup_printf ("is not a member that is known here (%s)", known);

          tl_json_reader_refuse (self, clean, why);
        }
    }

  if (self->wrong != NULL)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s%s%s",
                   self->what != NULL ? self->what : "", self->what != NULL ? ": " : "",
                   self->wrong);
      return FALSE;
    }

  return TRUE;
}
