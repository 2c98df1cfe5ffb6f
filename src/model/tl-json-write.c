/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json-tree.h"

#include "tl-json-private.h"

static void write_node (GString   *out,
                        JsonNode  *node,
                        int        indent);

/* The first UTF-16 code unit of a character. */
static gunichar
lead_unit (gunichar c)
{
  return c < 0x10000 ? c : 0xd800 + ((c - 0x10000) >> 10);
}

/* RFC 8785 §3.2.3 sorts by UTF-16 code units: U+1F600, whose first unit is
 * U+D83D, comes before U+FB33, which comes before it in UTF-8. */
static int
compare_utf16 (gconstpointer a,
               gconstpointer b)
{
  const char *p = a;
  const char *q = b;

  while (*p != '\0' && g_utf8_get_char (p) == g_utf8_get_char (q))
    {
      p = g_utf8_next_char (p);
      q = g_utf8_next_char (q);
    }

  /* No BMP character is a surrogate, so the lead units are equal only when
   * both characters are beyond the BMP, where code point order is the same. */
  if (lead_unit (g_utf8_get_char (p)) != lead_unit (g_utf8_get_char (q)))
    return lead_unit (g_utf8_get_char (p)) < lead_unit (g_utf8_get_char (q)) ? -1 : 1;
  if (g_utf8_get_char (p) != g_utf8_get_char (q))
    return g_utf8_get_char (p) < g_utf8_get_char (q) ? -1 : 1;

  return 0;
}

/**
 * tl_json_sort_members:
 * @object: an object
 *
 * Returns: (transfer container) (element-type utf8): the names of its members,
 *   in the order of RFC 8785
 */
GList *
tl_json_sort_members (JsonObject *object)
{
  return g_list_sort (json_object_get_members (object), compare_utf16);
}

/**
 * tl_json_write_string:
 * @out: what it is added to
 * @text: valid UTF-8
 *
 * Adds a string as RFC 8785 §3.2.2.2 has it: in quotes, with the short escapes where there are,
 * \\u00xx in lower case for other control characters, and every other character as it is.
 */
void
tl_json_write_string (GString    *out,
                      const char *text)
{
  static const char escapes[0x20] = {
    ['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r',
  };

  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = (guchar) *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", c);
      else if (c >= 0x20)
        g_string_append_c (out, *p);
      else if (escapes[c] != '\0')
        g_string_append_printf (out, "\\%c", escapes[c]);
      else
        g_string_append_printf (out, "\\u%04x", c);
    }
  g_string_append_c (out, '"');
}

/* @indent: spaces at the begin of a line, or -1 for all on one line */
static void
write_break (GString *out,
             int      indent)
{
  if (indent >= 0)
    g_string_append_printf (out, "\n%*s", indent, "");
}

static int
deeper (int indent)
{
  return indent < 0 ? indent : indent + 2;
}

static void
write_object (GString    *out,
              JsonObject *object,
              int         indent)
{
  g_autoptr(GList) members = tl_json_sort_members (object);

  g_string_append_c (out, '{');
  for (GList *l = members; l != NULL; l = l->next)
    {
      if (l != members)
        g_string_append_c (out, ',');
      write_break (out, deeper (indent));
      tl_json_write_string (out, l->data);
      g_string_append (out, indent < 0 ? ":" : ": ");
      write_node (out, json_object_get_member (object, l->data), deeper (indent));
    }
  if (members != NULL)
    write_break (out, indent);
  g_string_append_c (out, '}');
}

static void
write_array (GString   *out,
             JsonArray *array,
             int        indent)
{
  guint n = json_array_get_length (array);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      write_break (out, deeper (indent));
      write_node (out, json_array_get_element (array, i), deeper (indent));
    }
  if (n > 0)
    write_break (out, indent);
  g_string_append_c (out, ']');
}

static void
write_node (GString  *out,
            JsonNode *node,
            int       indent)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (out, json_node_get_object (node), indent);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (out, json_node_get_array (node), indent);
  else if (JSON_NODE_HOLDS_NULL (node))
    g_string_append (out, "null");
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_INT64)
    g_string_append_printf (out, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    tl_json_write_string (out, json_node_get_string (node));
}

/**
 * tl_json_to_canonical:
 * @self: a value
 *
 * Writes the one canonical form (RFC 8785), which is what is hashed and signed.
 *
 * Returns: (transfer full): UTF-8 on one line, without a newline at its end
 */
char *
tl_json_to_canonical (TlJson *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  write_node (out, self->node, -1);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * tl_json_to_pretty:
 * @self: a value
 *
 * Writes the form for people: members in canonical order, one a line, indented
 * by two spaces.
 *
 * Returns: (transfer full): UTF-8, without a newline at its end
 */
char *
tl_json_to_pretty (TlJson *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  write_node (out, self->node, 0);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
