/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json-tree.h"

#include "tl-json-private.h"

/**
 * tl_json_get_kind:
 * @self: a value
 *
 * Returns: what it is
 */
TlJsonKind
tl_json_get_kind (TlJson *self)
{
  if (JSON_NODE_HOLDS_OBJECT (self->node))
    return TL_JSON_KIND_OBJECT;
  if (JSON_NODE_HOLDS_ARRAY (self->node))
    return TL_JSON_KIND_ARRAY;
  if (JSON_NODE_HOLDS_NULL (self->node))
    return TL_JSON_KIND_NULL;
  if (json_node_get_value_type (self->node) == G_TYPE_BOOLEAN)
    return TL_JSON_KIND_BOOL;

  return json_node_get_value_type (self->node) == G_TYPE_INT64 ? TL_JSON_KIND_INT
                                                               : TL_JSON_KIND_STRING;
}

/**
 * tl_json_get_string:
 * @self: a value
 *
 * Returns: (transfer none) (nullable): the text of a string; %NULL for any other kind
 */
const char *
tl_json_get_string (TlJson *self)
{
  return tl_json_get_kind (self) == TL_JSON_KIND_STRING ? json_node_get_string (self->node) : NULL;
}

/**
 * tl_json_get_n_entries:
 * @self: a value
 *
 * Returns: how many entries an array has; 0 for any other kind
 */
guint
tl_json_get_n_entries (TlJson *self)
{
  return JSON_NODE_HOLDS_ARRAY (self->node)
         ? json_array_get_length (json_node_get_array (self->node)) : 0;
}

/**
 * tl_json_dup_entry:
 * @self: an array
 * @index: which, below tl_json_get_n_entries()
 *
 * Returns: (transfer full): the entry
 */
TlJson *
tl_json_dup_entry (TlJson *self,
                   guint   index)
{
  g_return_val_if_fail (index < tl_json_get_n_entries (self), NULL);

  return tl_json_new_for_node (
    json_node_ref (json_array_get_element (json_node_get_array (self->node), index)));
}

/**
 * tl_json_dup_member_names:
 * @self: a value
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of an object's members, in the
 *   order in which the document has them; none for any other kind
 */
char **
tl_json_dup_member_names (TlJson *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GList) names = NULL;

  if (JSON_NODE_HOLDS_OBJECT (self->node))
    names = json_object_get_members (json_node_get_object (self->node));
  for (GList *l = names; l != NULL; l = l->next)
    g_strv_builder_add (builder, l->data);

  return g_strv_builder_end (builder);
}

/**
 * tl_json_dup_member:
 * @self: a value
 * @member: a name
 *
 * Returns: (transfer full) (nullable): that member, which may be null; %NULL when there is none
 */
TlJson *
tl_json_dup_member (TlJson     *self,
                    const char *member)
{
  JsonNode *node = NULL;

  if (JSON_NODE_HOLDS_OBJECT (self->node))
    node = json_object_get_member (json_node_get_object (self->node), member);

  return node != NULL ? tl_json_new_for_node (json_node_ref (node)) : NULL;
}

/* reference-token, RFC 6901 §4: "~1" first, so that "~01" is "~1" and not "/" */
static char *
unescape_token (const char *token)
{
  g_autoptr(GString) out = g_string_new (token);

  g_string_replace (out, "~1", "/", 0);
  g_string_replace (out, "~0", "~", 0);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* array-index = %x30 / ( %x31-39 *(%x30-39) ) */
static TlJson *
step (TlJson     *at,
      const char *token)
{
  guint64 index;

  if (tl_json_get_kind (at) == TL_JSON_KIND_OBJECT)
    return tl_json_dup_member (at, token);

  if ((token[0] == '0' && token[1] != '\0') ||
      !g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &index, NULL) ||
      index >= tl_json_get_n_entries (at))
    return NULL;

  return tl_json_dup_entry (at, (guint) index);
}

/**
 * tl_json_dup_pointed:
 * @self: a document
 * @pointer: where in it, RFC 6901 §5
 *
 * Returns: (transfer full) (nullable): what is there, or %NULL
 */
TlJson *
tl_json_dup_pointed (TlJson     *self,
                     const char *pointer)
{
  g_auto(GStrv) tokens = g_strsplit (pointer, "/", -1);
  g_autoptr(TlJson) at = tl_json_ref (self);

  if (tokens[0] == NULL)
    return g_steal_pointer (&at);
  if (tokens[0][0] != '\0')
    return NULL;

  for (guint i = 1; tokens[i] != NULL && at != NULL; i++)
    {
      g_autofree char *token = unescape_token (tokens[i]);
      TlJson *below = step (at, token);

      g_clear_pointer (&at, tl_json_unref);
      at = below;
    }

  return g_steal_pointer (&at);
}
