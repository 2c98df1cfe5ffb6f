/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dkim-tags.h"

#include <string.h>

#include "tl-error.h"

typedef struct
{
  char *name;
  char *value;
} Tag;

struct _TlDkimTags
{
  GPtrArray *tags;  /* of Tag */
};

static void
tag_free (gpointer data)
{
  Tag *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static gboolean
is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Takes white space off both ends. */
static void
trim (const char **start,
      const char **end)
{
  while (*start < *end && is_space (**start))
    (*start)++;
  while (*end > *start && is_space ((*end)[-1]))
    (*end)--;
}

static gboolean
is_name (const char *start,
         const char *end)
{
  if (start == end || !g_ascii_isalpha (*start))
    return FALSE;
  for (const char *p = start; p < end; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '_')
        return FALSE;
    }

  return TRUE;
}

/* VALCHAR = %x21-3A / %x3C-7E, with white space between. */
static gboolean
is_value (const char *start,
          const char *end)
{
  for (const char *p = start; p < end; p++)
    {
      if (!is_space (*p) && (*p < 0x21 || *p > 0x7e))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_tag (TlDkimTags  *self,
         const char  *start,
         const char  *end,
         GError     **error)
{
  const char *equals = memchr (start, '=', (gsize) (end - start));
  const char *name_end = equals;
  const char *value = equals == NULL ? NULL : equals + 1;
  g_autofree char *name = NULL;
  Tag *tag;

  if (equals == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "a tag has no “=”");
      return FALSE;
    }

  trim (&start, &name_end);
  trim (&value, &end);
  if (!is_name (start, name_end) || !is_value (value, end))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "a tag has characters that it may not have");
      return FALSE;
    }

  name = g_strndup (start, (gsize) (name_end - start));
  if (tl_dkim_tags_get (self, name) != NULL)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the tag “%.40s” is there twice", name);
      return FALSE;
    }
  if (self->tags->len == TL_DKIM_TAGS_MAX)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "there are more than %d tags",
                   TL_DKIM_TAGS_MAX);
      return FALSE;
    }

  tag = g_new0 (Tag, 1);
  tag->name = g_steal_pointer (&name);
  tag->value = g_strndup (value, (gsize) (end - value));
  g_ptr_array_add (self->tags, tag);

  return TRUE;
}

/**
 * tl_dkim_tags_parse:
 * @bytes: the strings of a TXT record, joined
 * @len: how many
 * @error: return location for a #GError
 *
 * Reads a list of tags (RFC 6376 §3.2):
 *
 *   tag-list  = tag-spec *( ";" tag-spec ) [ ";" ]
 *   tag-spec  = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]
 *   tag-name  = ALPHA *ALNUMPUNC
 *   tag-value = [ tval *( 1*(WSP / FWS) tval ) ]
 *
 * Names are told apart by case; one that is there twice makes all of it invalid. White space inside
 * of a value stays. FWS is taken as any run of white space.
 *
 * Returns: (transfer full): the tags in their order, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlDkimTags *
tl_dkim_tags_parse (const char  *bytes,
                    gsize        len,
                    GError     **error)
{
  g_autoptr(TlDkimTags) self = g_new0 (TlDkimTags, 1);
  const char *end = bytes + len;

  self->tags = g_ptr_array_new_with_free_func (tag_free);
  if (len > TL_DKIM_TAGS_MAX_BYTES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "the record is longer than %d bytes",
                   TL_DKIM_TAGS_MAX_BYTES);
      return NULL;
    }

  for (const char *start = bytes; start <= end;)
    {
      const char *stop = start == end ? NULL : memchr (start, ';', (gsize) (end - start));
      const char *from = start;
      const char *to = stop == NULL ? end : stop;

      trim (&from, &to);
      if (from == to && stop == NULL && self->tags->len > 0)
        break;
      if (!add_tag (self, from, to, error))
        return NULL;
      if (stop == NULL)
        break;
      start = stop + 1;
    }

  return g_steal_pointer (&self);
}

void
tl_dkim_tags_free (TlDkimTags *self)
{
  g_ptr_array_unref (self->tags);
  g_free (self);
}

guint
tl_dkim_tags_get_n (const TlDkimTags *self)
{
  return self->tags->len;
}

const char *
tl_dkim_tags_get_name (const TlDkimTags *self,
                       guint             index)
{
  g_return_val_if_fail (index < self->tags->len, NULL);

  return ((Tag *) self->tags->pdata[index])->name;
}

/**
 * tl_dkim_tags_get:
 * @self: tags
 * @name: a name, in its case
 *
 * Returns: (transfer none) (nullable): its value, which may be empty; %NULL where it is not there
 */
const char *
tl_dkim_tags_get (const TlDkimTags *self,
                  const char       *name)
{
  for (guint i = 0; i < self->tags->len; i++)
    {
      const Tag *tag = self->tags->pdata[i];

      if (g_str_equal (tag->name, name))
        return tag->value;
    }

  return NULL;
}

/**
 * tl_dkim_tags_has_word:
 * @value: words with colons between, as `sha1 : sha256`
 * @word: one
 *
 * Returns: whether @word is among them
 */
gboolean
tl_dkim_tags_has_word (const char *value,
                       const char *word)
{
  g_auto(GStrv) words = g_strsplit (value, ":", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_equal (g_strstrip (words[i]), word))
        return TRUE;
    }

  return FALSE;
}
