/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-macro.h"

#include <string.h>

#define DELIMITERS ".-+,/_="

/* Of a text that is expanded no more than this is kept; of a name only its end counts. */
#define MAX_EXPANDED 16384

/* RFC 3986 §2.3 */
#define UNRESERVED G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~"

/* One piece of a macro-string. */
typedef struct
{
  char        letter;        /* lower case; 0: a literal character; '%', '_' or '-' */
  char        literal;
  gboolean    is_escaped;
  gboolean    is_reversed;
  guint       n_kept;        /* 0: all */
  const char *delimiters;    /* borrowed, not ended */
  gsize       n_delimiters;
} Piece;

static const struct
{
  char  letter;
  gsize offset;
} letters[] = {
  { 's', G_STRUCT_OFFSET (TlSpfMacroValues, sender) },
  { 'l', G_STRUCT_OFFSET (TlSpfMacroValues, local) },
  { 'o', G_STRUCT_OFFSET (TlSpfMacroValues, sender_domain) },
  { 'd', G_STRUCT_OFFSET (TlSpfMacroValues, domain) },
  { 'i', G_STRUCT_OFFSET (TlSpfMacroValues, ip_parts) },
  { 'p', G_STRUCT_OFFSET (TlSpfMacroValues, validated) },
  { 'v', G_STRUCT_OFFSET (TlSpfMacroValues, ip_kind) },
  { 'h', G_STRUCT_OFFSET (TlSpfMacroValues, helo) },
  { 'c', G_STRUCT_OFFSET (TlSpfMacroValues, ip_text) },
  { 'r', G_STRUCT_OFFSET (TlSpfMacroValues, receiver) },
  { 't', G_STRUCT_OFFSET (TlSpfMacroValues, now) },
};

/* Gives NULL for a letter that there is not, and for a value that there is not. */
static const char *
find_value (char                    letter,
            const TlSpfMacroValues *values)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      if (letters[i].letter == letter)
        return G_STRUCT_MEMBER (const char *, values, letters[i].offset);
    }

  return NULL;
}

/* RFC 7208 §7.1:
 *
 *   macro-string  = *( macro-expand / macro-literal )
 *   macro-expand  = ( "%{" macro-letter transformers *delimiter "}" ) / "%%" / "%_" / "%-"
 *   macro-literal = %x21-24 / %x26-7E
 *   macro-letter  = "s" / "l" / "o" / "d" / "i" / "p" / "h" / "c" / "r" / "t" / "v"
 *   transformers  = *DIGIT [ "r" ]
 *   delimiter     = "." / "-" / "+" / "," / "/" / "_" / "="
 *
 * DIGIT, where there is one, is not zero (§7.3). Gives what follows the piece, NULL when there is
 * no such piece; a space is one here, for the sake of explanations. */
static const char *
read_piece (const char *text,
            Piece      *out_piece)
{
  Piece piece = { 0 };
  const char *p = text;

  if (*p != '%')
    {
      piece.literal = *p;
      *out_piece = piece;
      return *p >= ' ' && *p <= '~' ? p + 1 : NULL;
    }

  if (p[1] == '%' || p[1] == '_' || p[1] == '-')
    {
      piece.letter = p[1];
      *out_piece = piece;
      return p + 2;
    }

  if (p[1] != '{' || p[2] == '\0')
    return NULL;

  piece.letter = g_ascii_tolower (p[2]);
  piece.is_escaped = g_ascii_isupper (p[2]);
  if (strchr ("slodiphcrtv", piece.letter) == NULL)
    return NULL;

  p += 3;
  if (g_ascii_isdigit (*p))
    {
      for (; g_ascii_isdigit (*p); p++)
        piece.n_kept = MIN (10 * piece.n_kept + (guint) (*p - '0'), G_MAXUINT16);
      if (piece.n_kept == 0)
        return NULL;
    }
  piece.is_reversed = g_ascii_tolower (*p) == 'r';
  p += piece.is_reversed;
  piece.delimiters = p;
  piece.n_delimiters = strspn (p, DELIMITERS);
  p += piece.n_delimiters;

  *out_piece = piece;
  return *p == '}' ? p + 1 : NULL;
}

/* Whether all of it is pieces, none of them one of @excluded. */
static gboolean
is_made_of_pieces (const char *text,
                   const char *excluded)
{
  const char *p = text;

  while (*p != '\0')
    {
      Piece piece = { 0 };

      p = read_piece (p, &piece);
      if (p == NULL || strchr (excluded, piece.letter == 0 ? piece.literal : piece.letter) != NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_spf_macro_is_string:
 * @text: any bytes
 *
 * Returns: whether it is a `macro-string` (RFC 7208 §7.1)
 */
gboolean
tl_spf_macro_is_string (const char *text)
{
  return is_made_of_pieces (text, " ");
}

/**
 * tl_spf_macro_is_explanation:
 * @text: any bytes
 *
 * Returns: whether it is an `explain-string`: pieces and spaces (RFC 7208 §6.2)
 */
gboolean
tl_spf_macro_is_explanation (const char *text)
{
  return is_made_of_pieces (text, "");
}

/* toplabel = ( *alphanum ALPHA *alphanum ) /
 *            ( 1*alphanum "-" *( alphanum / "-" ) alphanum ) */
static gboolean
is_top_label (const char *label,
              gsize       len)
{
  gboolean has_other = FALSE;

  if (len == 0 || label[0] == '-' || label[len - 1] == '-')
    return FALSE;

  for (gsize i = 0; i < len; i++)
    {
      if (!g_ascii_isalnum (label[i]) && label[i] != '-')
        return FALSE;
      has_other = has_other || !g_ascii_isdigit (label[i]);
    }

  return has_other;
}

/**
 * tl_spf_macro_is_domain_spec:
 * @text: any bytes
 *
 * Returns: whether it is a `domain-spec` (RFC 7208 §7.1):
 *
 *   domain-spec = macro-string domain-end
 *   domain-end  = ( "." toplabel [ "." ] ) / macro-expand
 *
 *   and without `c`, `r` and `t`, which are for explanations alone (§7.2)
 */
gboolean
tl_spf_macro_is_domain_spec (const char *text)
{
  const char *literal = text;
  const char *dot;
  gsize len;

  /* A letter of a macro and a character that stands for itself are told apart by where they are. */
  if (!tl_spf_macro_is_string (text) || tl_spf_macro_uses (text, "crt"))
    return FALSE;

  for (const char *p = text; *p != '\0';)
    {
      Piece piece = { 0 };

      p = read_piece (p, &piece);
      if (piece.letter != 0)
        literal = p;
    }
  if (literal != text && *literal == '\0')
    return TRUE;

  len = strlen (literal);
  if (len > 0 && literal[len - 1] == '.')
    len--;
  dot = g_strrstr_len (literal, (gssize) len, ".");

  return dot != NULL && is_top_label (dot + 1, len - (gsize) (dot + 1 - literal));
}

/**
 * tl_spf_macro_uses:
 * @text: a `macro-string` or an `explain-string`
 * @letters: macro letters, lower case
 *
 * Returns: whether one of them stands in it
 */
gboolean
tl_spf_macro_uses (const char *text,
                   const char *letters_sought)
{
  for (const char *p = text; p != NULL && *p != '\0';)
    {
      Piece piece = { 0 };

      p = read_piece (p, &piece);
      if (p != NULL && piece.letter != 0 && strchr (letters_sought, piece.letter) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Splits at delimiters, turns round, keeps the parts on the right and joins them with dots
 * (RFC 7208 §7.3). */
static char *
transform (const Piece *piece,
           const char  *value)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) joined = g_string_new (NULL);
  const char *delimiters = piece->n_delimiters > 0 ? piece->delimiters : ".";
  gsize n_delimiters = MAX (piece->n_delimiters, 1);
  const char *start = value;
  guint first = 0;

  for (const char *p = value;; p++)
    {
      if (*p != '\0' && memchr (delimiters, *p, n_delimiters) == NULL)
        continue;
      g_ptr_array_add (parts, g_strndup (start, (gsize) (p - start)));
      start = p + 1;
      if (*p == '\0')
        break;
    }

  if (piece->n_kept > 0 && parts->len > piece->n_kept)
    first = parts->len - piece->n_kept;
  for (guint i = first; i < parts->len; i++)
    {
      if (i > first)
        g_string_append_c (joined, '.');
      g_string_append (joined, parts->pdata[piece->is_reversed ? parts->len - 1 - i : i]);
    }

  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static void
append_piece (GString                *out,
              const Piece            *piece,
              const TlSpfMacroValues *values)
{
  const char *value;
  g_autofree char *changed = NULL;

  switch (piece->letter)
    {
    case 0:
      g_string_append_c (out, piece->literal);
      return;

    case '%':
      g_string_append_c (out, '%');
      return;

    case '_':
      g_string_append_c (out, ' ');
      return;

    case '-':
      g_string_append (out, "%20");
      return;

    default:
      break;
    }

  value = find_value (piece->letter, values);
  if (value == NULL)
    return;

  changed = transform (piece, value);
  for (const char *p = changed; *p != '\0'; p++)
    {
      if (piece->is_escaped && strchr (UNRESERVED, *p) == NULL)
        g_string_append_printf (out, "%%%02X", (guint) (guchar) *p);
      else
        g_string_append_c (out, *p);
    }
}

/* Keeps the beginning of what is too long, or its end. */
static char *
expand (const char             *text,
        const TlSpfMacroValues *values,
        gboolean                keeps_end)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0' && (keeps_end || out->len < MAX_EXPANDED))
    {
      Piece piece = { 0 };

      p = read_piece (p, &piece);
      g_return_val_if_fail (p != NULL, NULL);
      append_piece (out, &piece, values);
      if (keeps_end && out->len > MAX_EXPANDED)
        g_string_erase (out, 0, (gssize) (out->len - MAX_EXPANDED / 2));
    }
  if (out->len > MAX_EXPANDED)
    g_string_truncate (out, MAX_EXPANDED);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * tl_spf_macro_expand:
 * @text: a `macro-string` or an `explain-string`
 * @values: what the letters stand for; those that are %NULL stand for nothing
 *
 * Expands macros (RFC 7208 §7.3); letters in upper case are escaped as in URLs.
 *
 * Returns: (transfer full): the text
 */
char *
tl_spf_macro_expand (const char             *text,
                     const TlSpfMacroValues *values)
{
  return expand (text, values, FALSE);
}

/**
 * tl_spf_macro_expand_name:
 * @text: a `domain-spec`
 * @values: what the letters stand for
 *
 * Expands macros into a name to look up: a dot at the end is taken off, and labels on the left
 * until at most `TL_SPF_MAX_NAME` characters are left (RFC 7208 §7.3). It need not be a name that
 * can be looked up.
 *
 * Returns: (transfer full): the name
 */
char *
tl_spf_macro_expand_name (const char             *text,
                          const TlSpfMacroValues *values)
{
  g_autofree char *name = expand (text, values, TRUE);
  const char *start = name;
  gsize len;

  g_return_val_if_fail (name != NULL, NULL);

  len = strlen (name);
  if (len > 0 && name[len - 1] == '.')
    name[--len] = '\0';
  while (strlen (start) > TL_SPF_MAX_NAME && strchr (start, '.') != NULL)
    start = strchr (start, '.') + 1;

  return g_strdup (start);
}
