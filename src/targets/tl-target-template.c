/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-template.h"

#include <string.h>

#include "tl-error.h"
#include "tl-text.h"

typedef void (*Filter) (GString    *out,
                        const char *bytes,
                        gsize       len);

typedef struct
{
  char         *literal; /* owned; %NULL for a value */
  TlTargetName  name;
  Filter        filters[TL_TARGET_TEMPLATE_MAX_FILTERS];
  guint         n_filters;
} Part;

struct _TlTargetTemplate
{
  GArray  *parts;
  guint64  names;
};

/* By character and not by locale: a file is the same wherever it is made. */
static void
change_case (GString    *out,
             const char *bytes,
             gsize       len,
             gunichar  (*change) (gunichar))
{
  for (const char *p = bytes; p < bytes + len; p = g_utf8_next_char (p))
    g_string_append_unichar (out, change (g_utf8_get_char (p)));
}

static void
filter_lower (GString    *out,
              const char *bytes,
              gsize       len)
{
  change_case (out, bytes, len, g_unichar_tolower);
}

static void
filter_upper (GString    *out,
              const char *bytes,
              gsize       len)
{
  change_case (out, bytes, len, g_unichar_toupper);
}

/* RFC 3986 §2.1, §2.3: all but the unreserved characters. */
static void
filter_url (GString    *out,
            const char *bytes,
            gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (g_ascii_isalnum (bytes[i]) || (bytes[i] != '\0' && strchr ("-._~", bytes[i]) != NULL))
        g_string_append_c (out, bytes[i]);
      else
        g_string_append_printf (out, "%%%02X", (guint) (guchar) bytes[i]);
    }
}

static void
filter_nospace (GString    *out,
                const char *bytes,
                gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] != ' ')
        g_string_append_c (out, bytes[i]);
    }
}

static gunichar
to_word_character (gunichar c)
{
  return c < 0x80 && (g_ascii_isalnum ((char) c) || c == '_') ? c : '-';
}

static void
filter_word (GString    *out,
             const char *bytes,
             gsize       len)
{
  change_case (out, bytes, len, to_word_character);
}

static void
filter_double_percent (GString    *out,
                       const char *bytes,
                       gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      g_string_append_c (out, bytes[i]);
      if (bytes[i] == '%')
        g_string_append_c (out, '%');
    }
}

/* Those that would make another password of a password are not for one. */
static const struct
{
  const char *word;
  Filter      filter;
  gboolean    keeps_password;
} filters[] = {
  { "double_percent", filter_double_percent, TRUE },
  { "lower",          filter_lower,          FALSE },
  { "nospace",        filter_nospace,        TRUE },
  { "upper",          filter_upper,          FALSE },
  { "url",            filter_url,            TRUE },
  { "word",           filter_word,           FALSE },
};

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->literal, g_free);
}

static gboolean
refuse (GError     **error,
        const char  *why,
        const char  *what,
        gsize        len)
{
  g_autofree char *clean = tl_text_clean (what, (gssize) len);

  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s: “%s”", why, clean);

  return FALSE;
}

static gboolean
add_filter (Part        *part,
            const char  *word,
            gsize        len,
            GError     **error)
{
  gboolean is_secret = tl_target_name_get_type (part->name) == TL_TARGET_TYPE_SECRET;

  if (part->n_filters == TL_TARGET_TEMPLATE_MAX_FILTERS)
    return refuse (error, "one filter too many", word, len);

  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      if (strlen (filters[i].word) != len || strncmp (filters[i].word, word, len) != 0)
        continue;
      if (is_secret && !filters[i].keeps_password)
        return refuse (error, "a filter that changes a password", word, len);
      part->filters[part->n_filters++] = filters[i].filter;
      return TRUE;
    }

  return refuse (error, "no such filter", word, len);
}

/* value = name *( "|" filter ), what stands between braces */
static gboolean
read_value (Part        *part,
            const char  *text,
            gsize        len,
            GError     **error)
{
  const char *end = text + len;
  const char *bar = memchr (text, '|', len);
  gsize name_len = bar != NULL ? (gsize) (bar - text) : len;

  if (!tl_target_name_find (text, name_len, &part->name))
    return refuse (error, "no such name", text, name_len);

  while (bar != NULL)
    {
      const char *word = bar + 1;

      bar = memchr (word, '|', (gsize) (end - word));
      if (!add_filter (part, word, (gsize) ((bar != NULL ? bar : end) - word), error))
        return FALSE;
    }

  return TRUE;
}

static void
add_literal (TlTargetTemplate *self,
             GString          *literal)
{
  Part part = { .literal = NULL };

  if (literal->len == 0)
    return;

  part.literal = g_strdup (literal->str);
  g_array_append_val (self->parts, part);
  g_string_truncate (literal, 0);
}

/* template = *( character / "{{" / "}}" / "{" value "}" ) */
static gboolean
read_template (TlTargetTemplate  *self,
               const char        *text,
               GError           **error)
{
  g_autoptr(GString) literal = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      Part part = { .literal = NULL };
      const char *end;

      if ((*p != '{' && *p != '}') || p[1] == *p)
        {
          g_string_append_c (literal, *p);
          p += *p == '{' || *p == '}' ? 1 : 0;
          continue;
        }

      end = strchr (p, '}');
      if (*p == '}' || end == NULL)
        return refuse (error, "a brace without its other half", p, strlen (p));
      if (!read_value (&part, p + 1, (gsize) (end - p - 1), error))
        return FALSE;

      add_literal (self, literal);
      g_array_append_val (self->parts, part);
      self->names |= TL_TARGET_NAME_BIT (part.name);
      p = end;
    }
  add_literal (self, literal);

  return TRUE;
}

/**
 * tl_target_template_parse:
 * @text: a template, README.md has its grammar
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the template, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetTemplate *
tl_target_template_parse (const char  *text,
                          GError     **error)
{
  g_autoptr(TlTargetTemplate) self = g_new0 (TlTargetTemplate, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  if (strlen (text) > TL_TARGET_TEMPLATE_MAX_BYTES || !tl_text_is_clean (text))
    {
      refuse (error, "too long, or not one line of plain text", text, strlen (text));
      return NULL;
    }

  return read_template (self, text, error) ? g_steal_pointer (&self) : NULL;
}

void
tl_target_template_free (TlTargetTemplate *self)
{
  g_clear_pointer (&self->parts, g_array_unref);
  g_free (self);
}

/**
 * tl_target_template_get_names:
 * @self: a template
 *
 * Returns: the set of names in it, of `TL_TARGET_NAME_BIT`
 */
guint64
tl_target_template_get_names (const TlTargetTemplate *self)
{
  return self->names;
}

/**
 * tl_target_template_is_number:
 * @self: a template
 *
 * Returns: whether what it makes is always an integer: one number and nothing else, a value or in
 *   digits
 */
gboolean
tl_target_template_is_number (const TlTargetTemplate *self)
{
  const Part *part;

  if (self->parts->len != 1)
    return FALSE;

  part = &g_array_index (self->parts, Part, 0);
  if (part->literal != NULL)
    return g_regex_match_simple ("^(0|-?[1-9][0-9]{0,8})$", part->literal, G_REGEX_DOLLAR_ENDONLY,
                                 0);

  return part->n_filters == 0 && tl_target_name_get_type (part->name) == TL_TARGET_TYPE_NUMBER;
}

/**
 * tl_target_template_lacks_password:
 * @self: a template
 * @values: a mailbox
 *
 * Returns: whether it has a place for a password that was not given
 */
gboolean
tl_target_template_lacks_password (const TlTargetTemplate *self,
                                   const TlTargetValues   *values)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->literal == NULL &&
          tl_target_name_get_type (part->name) == TL_TARGET_TYPE_SECRET &&
          !tl_target_values_has (values, part->name))
        return TRUE;
    }

  return FALSE;
}

static gboolean
append_value (const Part           *part,
              const TlTargetValues *values,
              TlTargetMedium        medium,
              GString              *out)
{
  g_autoptr(GString) work = NULL;
  const char *bytes;
  gsize len;

  bytes = tl_target_values_peek (values, part->name, &len);
  if (part->n_filters == 0)
    return tl_target_escape (medium, out, bytes, len);

  work = g_string_new_len (bytes, (gssize) len);
  for (guint i = 0; i < part->n_filters; i++)
    {
      g_autoptr(GString) next = g_string_sized_new (3 * work->len + 1);

      part->filters[i] (next, work->str, work->len);
      g_string_truncate (work, 0);
      g_string_append_len (work, next->str, (gssize) next->len);
    }

  return tl_target_escape (medium, out, work->str, work->len);
}

/**
 * tl_target_template_append:
 * @self: a template
 * @values: a mailbox
 * @medium: how a value is spelt
 * @out: what it is added to
 * @out_failed: (out): whose value the medium cannot hold, on failure
 *
 * Returns: whether every value could be written
 */
gboolean
tl_target_template_append (const TlTargetTemplate *self,
                           const TlTargetValues   *values,
                           TlTargetMedium          medium,
                           GString                *out,
                           TlTargetName           *out_failed)
{
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->literal != NULL)
        {
          g_string_append (out, part->literal);
        }
      else if (!append_value (part, values, medium, out))
        {
          *out_failed = part->name;
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * tl_target_template_fill:
 * @self: a template without a place for a password
 * @values: a mailbox
 *
 * Returns: (transfer full): the text, for people
 */
char *
tl_target_template_fill (const TlTargetTemplate *self,
                         const TlTargetValues   *values)
{
  g_autoptr(GString) out = g_string_new (NULL);
  TlTargetName failed;

  g_return_val_if_fail ((self->names & TL_TARGET_NAMES_SECRET) == 0, NULL);

  tl_target_template_append (self, values, TL_TARGET_CSV, out, &failed);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
