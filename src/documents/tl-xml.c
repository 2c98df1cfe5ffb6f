/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-xml.h"

#include <string.h>

#include "tl-error.h"

/* Where an XML declaration has to have ended. */
#define MAX_DECLARATION 256

struct _TlXml
{
  const char    *name;       /* borrowed, as are text and attributes: of the root's strings */
  const char    *text;
  const char   **attributes; /* owned, nullable: name, value, name, value, …, NULL */
  TlXml         *first;      /* owned: the first child */
  TlXml         *last;       /* borrowed: the last child */
  TlXml         *next;       /* owned by the parent */
  GStringChunk  *strings;    /* owned; the root's alone */
  gboolean       is_cut;     /* it had more text than is kept */
};

typedef struct
{
  TlXml   *root;                       /* owned */
  TlXml   *open[TL_XML_MAX_DEPTH];     /* borrowed */
  GString *texts[TL_XML_MAX_DEPTH];    /* owned, nullable: text so far, by depth */
  guint    depth;
  guint    n_elements;
  guint    n_attributes;
} Reading;

/* Prefixes differ from writer to writer and say nothing that is needed here. */
static const char *
get_local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

/* One level of calls a level of elements, of which there are TL_XML_MAX_DEPTH. */
static void
free_elements (TlXml *first)
{
  while (first != NULL)
    {
      TlXml *next = first->next;

      free_elements (first->first);
      g_free (first->attributes);
      g_free (first);
      first = next;
    }
}

static const char **
copy_attributes (GStringChunk  *strings,
                 const char   **names,
                 const char   **values,
                 guint          n)
{
  const char **attributes = g_new0 (const char *, 2 * n + 1);

  for (guint i = 0; i < n; i++)
    {
      attributes[2 * i] = g_string_chunk_insert (strings, get_local_name (names[i]));
      attributes[2 * i + 1] = g_string_chunk_insert (strings, values[i]);
    }

  return attributes;
}

static void
on_start_element (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **attribute_names,
                  const char          **attribute_values,
                  gpointer              user_data,
                  GError              **error)
{
  Reading *self = user_data;
  guint n_attributes = g_strv_length ((char **) attribute_names);
  TlXml *element;
  TlXml *parent = self->depth > 0 ? self->open[self->depth - 1] : NULL;

  /* GMarkup reads on behind the end of the root. */
  if (parent == NULL && self->root != NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document has two roots");
      return;
    }
  if (self->depth == TL_XML_MAX_DEPTH)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                   "the document is nested deeper than %d elements", TL_XML_MAX_DEPTH);
      return;
    }
  self->n_elements++;
  self->n_attributes += n_attributes;
  if (self->n_elements > TL_XML_MAX_ELEMENTS || self->n_attributes > TL_XML_MAX_ATTRIBUTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                   "the document has more than %d elements, or %d attributes",
                   TL_XML_MAX_ELEMENTS, TL_XML_MAX_ATTRIBUTES);
      return;
    }

  element = g_new0 (TlXml, 1);
  if (parent == NULL)
    {
      element->strings = g_string_chunk_new (1024);
      self->root = element;
    }
  else if (parent->last == NULL)
    {
      parent->first = element;
    }
  else
    {
      parent->last->next = element;
    }
  if (parent != NULL)
    parent->last = element;

  element->name = g_string_chunk_insert (self->root->strings, get_local_name (name));
  element->text = "";
  if (n_attributes > 0)
    element->attributes = copy_attributes (self->root->strings, attribute_names, attribute_values,
                                           n_attributes);

  if (self->texts[self->depth] == NULL)
    self->texts[self->depth] = g_string_new (NULL);
  g_string_truncate (self->texts[self->depth], 0);
  self->open[self->depth++] = element;
}

static void
on_end_element (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  Reading *self = user_data;
  TlXml *element = self->open[--self->depth];
  const char *text = g_strstrip (self->texts[self->depth]->str);

  if (*text != '\0')
    element->text = g_string_chunk_insert (self->root->strings, text);
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 len,
         gpointer              user_data,
         GError              **error)
{
  Reading *self = user_data;
  GString *kept;
  gsize n;

  if (self->depth == 0)
    return;

  kept = self->texts[self->depth - 1];
  n = MIN (len, TL_XML_MAX_TEXT - kept->len);
  if (n < len)
    {
      self->open[self->depth - 1]->is_cut = TRUE;
      while (n > 0 && ((guchar) text[n] & 0xc0) == 0x80)
        n--;
    }
  g_string_append_len (kept, text, (gssize) n);
}

static const GMarkupParser parser = {
  .start_element = on_start_element,
  .end_element = on_end_element,
  .text = on_text,
};

static gboolean
begins (const char *at,
        const char *end,
        const char *with)
{
  gsize len = strlen (with);

  return (gsize) (end - at) >= len && memcmp (at, with, len) == 0;
}

/* Behind the next @what, or NULL */
static const char *
skip_past (const char *at,
           const char *end,
           const char *what)
{
  const char *found = g_strstr_len (at, end - at, what);

  return found != NULL ? found + strlen (what) : NULL;
}

/* tag = "<" *( any but quotes and ">" / quoted ) ">"
 *
 * Behind the tag, or NULL when it does not end within TL_XML_MAX_TAG. */
static const char *
skip_tag (const char *at,
          const char *end)
{
  const char *last = at + MIN (end - at, TL_XML_MAX_TAG);
  char quote = '\0';

  for (; at < last; at++)
    {
      if (quote != '\0')
        quote = *at == quote ? '\0' : quote;
      else if (*at == '"' || *at == '\'')
        quote = *at;
      else if (*at == '>')
        return at + 1;
    }

  return NULL;
}

/* Is @tag, which begins with "<", that of an element @name? */
static gboolean
tag_is (const char *tag,
        const char *end,
        const char *name)
{
  const char *begin = tag + 1;
  const char *at;

  for (at = begin; at < end && strchr (" \t\r\n/>", *at) == NULL; at++)
    {
      if (*at == ':')
        begin = at + 1;
    }

  return (gsize) (at - begin) == strlen (name) && memcmp (begin, name, (gsize) (at - begin)) == 0;
}

/* Goes over the marks of a document before GMarkup allocates for any of them:
 * it keeps as many attributes as a tag has, and knows no bound. Where comments
 * and instructions end is where GMarkup lets them end: "<!-->" is whole.
 *
 * Entities are declared in a document type and nowhere else, so without one
 * there are the five of XML.
 *
 * Returns what is wrong, as a clause, or NULL. */
static const char *
survey (const char *at,
        const char *end,
        const char *root,
        gboolean   *out_is_recognised)
{
  gboolean is_first = TRUE;

  while ((at = memchr (at, '<', (gsize) (end - at))) != NULL)
    {
      if (begins (at, end, "<!--"))
        {
          at = skip_past (at + 2, end, "-->");
        }
      else if (begins (at, end, "<![CDATA["))
        {
          at = skip_past (at + 9, end, "]]>");
        }
      else if (begins (at, end, "<?"))
        {
          at = skip_past (at + 1, end, "?>");
        }
      else if (begins (at, end, "<!"))
        {
          if (is_first)
            *out_is_recognised = end - at < 14 ||
                                 g_ascii_strncasecmp (at, "<!DOCTYPE html", 14) != 0;
          return "declares a document type";
        }
      else
        {
          if (is_first && !tag_is (at, end, root))
            return "has another root";

          *out_is_recognised = TRUE;
          is_first = FALSE;
          if ((at = skip_tag (at, end)) == NULL)
            return "has a tag that does not end, or is longer than 2 KiB";
        }

      if (at == NULL)
        return "is not well-formed XML";
    }

  return is_first ? "is not XML" : NULL;
}

/* Text that is ASCII throughout is the same in whatever encoding a writer says
 * it used; any other has to be what it says, and UTF-8.
 *
 *   EncodingDecl = S "encoding" Eq ( DQUOTE EncName DQUOTE / "'" EncName "'" ), XML 1.0 §4.3.3 */
static gboolean
is_utf8 (const char *bytes,
         gsize       len)
{
  gsize window = MIN (len, MAX_DECLARATION);
  const char *end;
  const char *at;
  gsize n = 0;

  if (!g_utf8_validate_len (bytes, len, NULL))
    return FALSE;

  while (n < len && (guchar) bytes[n] < 0x80)
    n++;
  if (n == len || !begins (bytes, bytes + len, "<?xml") ||
      (end = g_strstr_len (bytes, (gssize) window, "?>")) == NULL ||
      (at = g_strstr_len (bytes, end - bytes, "encoding")) == NULL)
    return TRUE;

  at += strlen ("encoding");
  while (at < end && strchr ("= \t\r\n\"'", *at) != NULL)
    at++;

  return end - at >= 5 && g_ascii_strncasecmp (at, "UTF-8", 5) == 0;
}

/* GMarkup's own messages quote the document; ours never do. */
static gboolean
refuse (GError     **error,
        const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL, "the document %s", why);

  return FALSE;
}

static gboolean
read_document (Reading     *reading,
               const char  *bytes,
               gsize        len,
               const char  *root,
               gboolean    *out_is_recognised,
               GError     **error)
{
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) cause = NULL;
  const char *why;

  if (len > TL_XML_MAX_BYTES)
    return refuse (error, "is larger than 256 KiB");

  if (len >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      len -= 3;
    }
  /* GMarkup takes no bytes at all for a mistake of its caller. */
  if (len == 0)
    return refuse (error, "is empty");
  if (!is_utf8 (bytes, len))
    return refuse (error, "is not UTF-8 text");
  if ((why = survey (bytes, bytes + len, root, out_is_recognised)) != NULL)
    return refuse (error, why);

  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, reading, NULL);
  if (g_markup_parse_context_parse (context, bytes, (gssize) len, &cause) &&
      g_markup_parse_context_end_parse (context, &cause))
    return TRUE;

  if (cause->domain != TL_ERROR)
    return refuse (error, "is not well-formed XML");

  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * tl_xml_parse:
 * @bytes: what may be XML, from outside
 * @len: its length in bytes
 * @root: the name its root has to have, without prefix
 * @error: return location for a #GError
 *
 * Reads a document (XML 1.0) in UTF-8, with or without a byte order mark, into
 * a tree of the bounds in `tl-xml.h`. No document types, hence no entities but
 * the five; comments and processing instructions are passed over. Pure.
 *
 * Returns: (transfer full): the root, or %NULL with %TL_ERROR_NOT_FOUND when it
 *   is something else, such as a web page, and %TL_ERROR_PROTOCOL when it has
 *   that root and is damaged, or passes a bound
 */
TlXml *
tl_xml_parse (const char  *bytes,
              gsize        len,
              const char  *root,
              GError     **error)
{
  Reading reading = { NULL };
  g_autoptr(GError) cause = NULL;
  gboolean is_recognised = FALSE;
  gboolean is_read;

  g_return_val_if_fail (bytes != NULL || len == 0, NULL);
  g_return_val_if_fail (root != NULL, NULL);

  is_read = read_document (&reading, bytes, len, root, &is_recognised, &cause);
  for (gsize i = 0; i < G_N_ELEMENTS (reading.texts); i++)
    {
      if (reading.texts[i] != NULL)
        g_string_free (reading.texts[i], TRUE);
    }
  if (is_read)
    return reading.root;

  g_clear_pointer (&reading.root, tl_xml_free);
  cause->code = is_recognised ? TL_ERROR_PROTOCOL : TL_ERROR_NOT_FOUND;
  g_propagate_error (error, g_steal_pointer (&cause));

  return NULL;
}

/**
 * tl_xml_free:
 * @root: (transfer full): what tl_xml_parse() gave, and nothing below it
 */
void
tl_xml_free (TlXml *root)
{
  GStringChunk *strings = root->strings;

  free_elements (root);
  g_string_chunk_free (strings);
}

const char *
tl_xml_get_name (const TlXml *self)
{
  return self->name;
}

/**
 * tl_xml_get_attribute:
 * @self: an element
 * @name: the attribute's name, without prefix
 *
 * Returns: (transfer none) (nullable): the value of the first such attribute
 */
const char *
tl_xml_get_attribute (const TlXml *self,
                      const char  *name)
{
  for (gsize i = 0; self->attributes != NULL && self->attributes[i] != NULL; i += 2)
    {
      if (g_str_equal (self->attributes[i], name))
        return self->attributes[i + 1];
    }

  return NULL;
}

/**
 * tl_xml_get_text:
 * @self: an element
 *
 * Returns: (transfer none): its own text, without that of its children and
 *   without white space around it: its first `TL_XML_MAX_TEXT` bytes
 */
const char *
tl_xml_get_text (const TlXml *self)
{
  return self->text;
}

/**
 * tl_xml_is_leaf:
 * @self: an element
 *
 * Returns: whether it holds nothing but text, and tl_xml_get_text() is all of it
 */
gboolean
tl_xml_is_leaf (const TlXml *self)
{
  return self->first == NULL && !self->is_cut;
}

/**
 * tl_xml_get_first:
 * @self: an element
 *
 * Returns: (transfer none) (nullable): its first child
 */
const TlXml *
tl_xml_get_first (const TlXml *self)
{
  return self->first;
}

/**
 * tl_xml_get_next:
 * @self: an element
 *
 * Returns: (transfer none) (nullable): what follows it within the same parent
 */
const TlXml *
tl_xml_get_next (const TlXml *self)
{
  return self->next;
}

/**
 * tl_xml_find:
 * @self: an element
 * @name: a name, without prefix
 *
 * Returns: (transfer none) (nullable): its first child of that name
 */
const TlXml *
tl_xml_find (const TlXml *self,
             const char  *name)
{
  const TlXml *child = self->first;

  while (child != NULL && !g_str_equal (child->name, name))
    child = child->next;

  return child;
}
