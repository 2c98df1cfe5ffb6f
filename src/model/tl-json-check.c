/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json-check.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json-private.h"

typedef struct
{
  gsize    max_bytes;
  guint    max_depth;
  guint    max_nodes;
  gboolean takes_any_number; /* that the RFC knows, and not integers of 53 bits alone */
} Bounds;

static const Bounds own_bounds = {
  TL_JSON_MAX_BYTES, TL_JSON_MAX_DEPTH, TL_JSON_MAX_NODES, FALSE,
};
static const Bounds foreign_bounds = {
  TL_JSON_FOREIGN_MAX_BYTES, TL_JSON_FOREIGN_MAX_DEPTH, TL_JSON_FOREIGN_MAX_NODES, TRUE,
};

typedef struct
{
  const Bounds *bounds;
  const char   *begin;
  const char   *at;
  const char   *end;
  guint         n_nodes;
  GError      **error;
} Check;

static gboolean check_value (Check *self,
                             guint  depth);

static gboolean
refuse (Check      *self,
        const char *why)
{
  g_set_error (self->error, TL_ERROR, TL_ERROR_INVALID_INPUT,
               "the JSON at byte %" G_GSIZE_FORMAT " %s", (gsize) (self->at - self->begin), why);

  return FALSE;
}

/* The byte at hand, or NUL at the end: validated text holds no NUL of its own. */
static char
peek (const Check *self)
{
  return self->at < self->end ? *self->at : '\0';
}

/* ws = *( %x20 / %x09 / %x0A / %x0D ), RFC 8259 §2 */
static void
skip_space (Check *self)
{
  while (self->at < self->end && strchr (" \t\n\r", *self->at) != NULL)
    self->at++;
}

static gboolean
check_word (Check      *self,
            const char *word)
{
  gsize len = strlen (word);

  if ((gsize) (self->end - self->at) < len || memcmp (self->at, word, len) != 0)
    return refuse (self, "is not a value");
  self->at += len;

  return TRUE;
}

static gboolean
check_digits (Check *self)
{
  if (!g_ascii_isdigit (peek (self)))
    return refuse (self, "has a number that does not end in a digit");
  while (g_ascii_isdigit (peek (self)))
    self->at++;

  return TRUE;
}

/* frac = decimal-point 1*DIGIT
 * exp  = e [ minus / plus ] 1*DIGIT, RFC 8259 §6 */
static gboolean
check_fraction (Check *self)
{
  if (peek (self) == '.')
    {
      self->at++;
      if (!check_digits (self))
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->at++;
      if (peek (self) == '-' || peek (self) == '+')
        self->at++;
      return check_digits (self);
    }

  return TRUE;
}

/* number = [ minus ] int [ frac ] [ exp ], RFC 8259 §6
 *
 * Narrowed, but for a stranger's document: no frac, no exp, no minus zero, and
 * nothing past 2^53 − 1, because readers of JSON do not agree on what those mean. */
static gboolean
check_number (Check *self)
{
  const char *begin = self->at;
  gint64 value = 0;

  if (peek (self) == '-')
    self->at++;
  if (!g_ascii_isdigit (peek (self)))
    return refuse (self, "is not a value");

  if (peek (self) == '0')
    {
      self->at++;
      if (g_ascii_isdigit (peek (self)))
        return refuse (self, "has a number that begins with 0");
      if (*begin == '-' && !self->bounds->takes_any_number)
        return refuse (self, "has a minus zero");
    }

  if (self->bounds->takes_any_number)
    {
      while (g_ascii_isdigit (peek (self)))
        self->at++;
      return check_fraction (self);
    }

  while (g_ascii_isdigit (peek (self)))
    {
      value = value * 10 + (peek (self) - '0');
      if (value > TL_JSON_MAX_INT)
        return refuse (self, "has a number past 2^53");
      self->at++;
    }

  if (peek (self) == '.' || peek (self) == 'e' || peek (self) == 'E')
    return refuse (self, "has a number that is not written as an integer");

  return TRUE;
}

/* 4HEXDIG */
static gboolean
check_hex4 (Check    *self,
            gunichar *out_unit)
{
  gunichar unit = 0;

  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (!g_ascii_isxdigit (peek (self)))
        return refuse (self, "has an escape that is not four hexadecimal digits");
      unit = unit << 4 | (gunichar) g_ascii_xdigit_value (peek (self));
    }
  *out_unit = unit;

  return TRUE;
}

/* What follows "\u": one UTF-16 unit, or two when the first is half of a pair. */
static gboolean
check_unicode_escape (Check   *self,
                      GString *out)
{
  gunichar c;
  gunichar low;

  if (!check_hex4 (self, &c))
    return FALSE;

  if (c == 0)
    return refuse (self, "has an escaped NUL");
  if (c >= 0xdc00 && c <= 0xdfff)
    return refuse (self, "has the second half of a surrogate pair alone");
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (self->end - self->at < 2 || self->at[0] != '\\' || self->at[1] != 'u')
        return refuse (self, "has the first half of a surrogate pair alone");
      self->at += 2;
      if (!check_hex4 (self, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return refuse (self, "has the first half of a surrogate pair alone");
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  g_string_append_unichar (out, c);

  return TRUE;
}

/* string = quotation-mark *char quotation-mark, RFC 8259 §7
 *
 *   char      = unescaped / escape ( %x22 / "\" / "/" / b / f / n / r / t / u 4HEXDIG )
 *   unescaped = %x20-21 / %x23-5B / %x5D-10FFFF */
static gboolean
check_string (Check   *self,
              GString *out)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";

  g_string_truncate (out, 0);
  if (peek (self) != '"')
    return refuse (self, "is not a string");
  self->at++;

  for (;;)
    {
      const char *escape;
      char c = peek (self);

      if (self->at == self->end)
        return refuse (self, "ends within a string");
      if ((guchar) c < 0x20)
        return refuse (self, "has a control character in a string");

      self->at++;
      if (c == '"')
        return TRUE;
      if (c != '\\')
        {
          g_string_append_c (out, c);
          continue;
        }

      c = peek (self);
      escape = c == '\0' ? NULL : strchr (escapes, c);
      if (c != 'u' && escape == NULL)
        return refuse (self, "has an unknown escape");
      self->at++;
      if (c != 'u')
        g_string_append_c (out, meanings[escape - escapes]);
      else if (!check_unicode_escape (self, out))
        return FALSE;
    }
}

/* member = string name-separator value, RFC 8259 §4 */
static gboolean
check_member (Check      *self,
              guint       depth,
              GHashTable *names)
{
  g_autoptr(GString) name = g_string_new (NULL);

  skip_space (self);
  if (!check_string (self, name))
    return FALSE;
  if (name->len == 0)
    return refuse (self, "has a member without a name");
  /* Compared as what they mean: "a" and "\u0061" are one name. */
  if (!g_hash_table_add (names, g_strdup (name->str)))
    return refuse (self, "has the same member twice");

  skip_space (self);
  if (peek (self) != ':')
    return refuse (self, "lacks the colon after a member's name");
  self->at++;

  return check_value (self, depth);
}

/* object = begin-object [ member *( value-separator member ) ] end-object, RFC 8259 §4
 * array  = begin-array [ value *( value-separator value ) ] end-array, RFC 8259 §5
 *
 * @names: (nullable): the names of an object's members so far, or %NULL for an array */
static gboolean
check_container (Check      *self,
                 guint       depth,
                 GHashTable *names,
                 char        closing)
{
  if (depth > self->bounds->max_depth)
    return refuse (self, "is nested too deep");

  self->at++;
  skip_space (self);
  if (peek (self) == closing)
    {
      self->at++;
      return TRUE;
    }

  for (;;)
    {
      if (!(names != NULL ? check_member (self, depth, names) : check_value (self, depth)))
        return FALSE;

      skip_space (self);
      if (peek (self) == closing)
        {
          self->at++;
          return TRUE;
        }
      if (peek (self) != ',')
        return refuse (self, "lacks a comma or a closing bracket");
      self->at++;
    }
}

/* value = false / null / true / object / array / number / string, RFC 8259 §3
 *
 * Recursion ends at the bound of depth. */
static gboolean
check_value (Check *self,
             guint  depth)
{
  g_autoptr(GHashTable) names = NULL;
  g_autoptr(GString) text = NULL;

  if (++self->n_nodes > self->bounds->max_nodes)
    return refuse (self, "has too many values");

  skip_space (self);
  switch (peek (self))
    {
    case '{':
      names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      return check_container (self, depth + 1, names, '}');
    case '[':
      return check_container (self, depth + 1, NULL, ']');
    case '"':
      text = g_string_new (NULL);
      return check_string (self, text);
    case 't':
      return check_word (self, "true");
    case 'f':
      return check_word (self, "false");
    case 'n':
      return check_word (self, "null");
    default:
      return check_number (self);
    }
}

/* JSON-text = ws value ws, RFC 8259 §2 */
static gboolean
check_text (Check *self)
{
  if (!check_value (self, 0))
    return FALSE;

  skip_space (self);
  if (self->at < self->end)
    return refuse (self, "goes on after its end");

  return TRUE;
}

static gboolean
check_document (const Bounds *bounds,
                const char   *text,
                gsize         len,
                GError      **error)
{
  Check self = { bounds, text, text, text + len, 0, error };

  if (len > bounds->max_bytes)
    return refuse (&self, "is longer than may be read");
  if (len >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return refuse (&self, "begins with a byte order mark");
  if (!g_utf8_validate_len (text, len, &self.at))
    return refuse (&self, "is not UTF-8 text");

  self.at = text;

  return check_text (&self);
}

/**
 * tl_json_check:
 * @text: what may be a JSON document; needs no NUL at its end
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * Goes through the whole grammar of RFC 8259 before json-glib sees a byte,
 * because json-glib forgives much that other readers of the same signed
 * document do not. Narrower than the RFC: no byte order mark, integers within
 * ±(2^53 − 1) alone, no member twice or without a name, no NUL, no half of a
 * surrogate pair, and the bounds `TL_JSON_MAX_BYTES`, `TL_JSON_MAX_DEPTH`
 * (containers within each other) and `TL_JSON_MAX_NODES` (values of any kind).
 *
 * Returns: whether @text is such a document; otherwise %TL_ERROR_INVALID_INPUT
 *   with the place
 */
gboolean
tl_json_check (const char  *text,
               gsize        len,
               GError     **error)
{
  return check_document (&own_bounds, text, len, error);
}

/**
 * tl_json_check_foreign:
 * @text: what may be a JSON document that was not written for this program
 * @len: its length in bytes
 * @error: return location for a #GError
 *
 * As tl_json_check(), with the bounds `TL_JSON_FOREIGN_MAX_BYTES`,
 * `TL_JSON_FOREIGN_MAX_DEPTH` and `TL_JSON_FOREIGN_MAX_NODES`, and numbers may
 * be any that the RFC knows: nobody here reads them.
 *
 * Returns: whether @text is such a document; otherwise %TL_ERROR_INVALID_INPUT
 *   with the place
 */
gboolean
tl_json_check_foreign (const char  *text,
                       gsize        len,
                       GError     **error)
{
  return check_document (&foreign_bounds, text, len, error);
}
