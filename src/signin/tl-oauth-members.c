/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-members.h"

#include <string.h>

#include "tl-error.h"

/* 2^53 − 1: what every reader of JSON agrees on. */
#define MAX_COUNT G_GUINT64_CONSTANT (9007199254740991)

typedef struct
{
  gboolean   was_seen;
  gboolean   has_value;  /* seen, and not null */
  TlSecret  *secret;     /* of a secret or a text */
  guint64    count;
  GPtrArray *texts;      /* of TlSecret: of a list */
  GPtrArray *list;       /* the same, lent, with a NULL behind them */
} Value;

struct _TlOauthMembers
{
  const TlOauthMember *wanted;  /* borrowed */
  guint                n_wanted;
  Value               *values;  /* owned, n_wanted of them */
};

/* What is left to read. Nothing of it is kept but what is wanted. */
typedef struct
{
  const char      *begin;
  const char      *at;
  const char      *end;
  TlOauthMembers  *members;
  GError         **error;
} Scan;

static gboolean skip_value (Scan  *self,
                            guint  depth);

static gboolean
refuse (Scan       *self,
        const char *why)
{
  g_set_error (self->error, TL_ERROR, TL_ERROR_PROTOCOL,
               "the answer at byte %" G_GSIZE_FORMAT " %s", (gsize) (self->at - self->begin), why);

  return FALSE;
}

/* The byte at hand, or NUL at the end; a NUL in the text is no part of the grammar either. */
static char
peek (const Scan *self)
{
  return self->at < self->end ? *self->at : '\0';
}

/* ws = *( %x20 / %x09 / %x0A / %x0D ), RFC 8259 §2 */
static void
skip_space (Scan *self)
{
  while (peek (self) == ' ' || peek (self) == '\t' || peek (self) == '\n' || peek (self) == '\r')
    self->at++;
}

static gboolean
take (Scan *self,
      char  character)
{
  skip_space (self);
  if (peek (self) != character)
    return FALSE;
  self->at++;

  return TRUE;
}

static gboolean
take_word (Scan       *self,
           const char *word)
{
  gsize len = strlen (word);

  if ((gsize) (self->end - self->at) < len || memcmp (self->at, word, len) != 0)
    return refuse (self, "is not a value");
  self->at += len;

  return TRUE;
}

static gboolean
put (Scan       *self,
     TlSecret   *sink,
     const char *bytes,
     gsize       len)
{
  if (sink == NULL)
    return TRUE;
  if (len > TL_SECRET_MAX_BYTES - tl_secret_get_len (sink))
    return refuse (self, "has a text that is too long");
  tl_secret_append (sink, bytes, len);

  return TRUE;
}

/* 4HEXDIG */
static gboolean
take_hex4 (Scan     *self,
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
take_unicode_escape (Scan     *self,
                     TlSecret *sink)
{
  gunichar c;
  gunichar low;
  char utf8[6];
  gboolean was_put;

  if (!take_hex4 (self, &c))
    return FALSE;
  if (c >= 0xd800 && c <= 0xdbff)
    {
      if (self->end - self->at < 2 || self->at[0] != '\\' || self->at[1] != 'u')
        return refuse (self, "has half of a surrogate pair");
      self->at += 2;
      if (!take_hex4 (self, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return refuse (self, "has half of a surrogate pair");
      c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  if (c == 0 || (c >= 0xdc00 && c <= 0xdfff))
    return refuse (self, "has an escape that is no character");

  was_put = put (self, sink, utf8, (gsize) g_unichar_to_utf8 (c, utf8));
  explicit_bzero (utf8, sizeof utf8);

  return was_put;
}

/* string = quotation-mark *char quotation-mark, RFC 8259 §7
 *
 *   char      = unescaped / escape ( %x22 / "\" / "/" / b / f / n / r / t / u 4HEXDIG )
 *   unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
 *
 * Its characters go to @sink, which has room for TL_SECRET_MAX_BYTES, or for as many as there are;
 * or nowhere. */
static gboolean
take_string (Scan     *self,
             TlSecret *sink)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";

  if (!take (self, '"'))
    return refuse (self, "is not a string");

  for (;;)
    {
      const char *escape;
      char c = peek (self);

      if ((guchar) c < ' ')
        return refuse (self, "ends within a string, or has a control character in one");

      self->at++;
      if (c == '"')
        return TRUE;
      if (c != '\\')
        {
          if (!put (self, sink, self->at - 1, 1))
            return FALSE;
          continue;
        }

      c = peek (self);
      escape = c == '\0' ? NULL : strchr (escapes, c);
      if (c != 'u' && escape == NULL)
        return refuse (self, "has an unknown escape");
      self->at++;
      if (!(c == 'u' ? take_unicode_escape (self, sink)
                     : put (self, sink, &meanings[escape - escapes], 1)))
        return FALSE;
    }
}

static gboolean
take_colon (Scan *self)
{
  return take (self, ':') || refuse (self, "lacks the colon after a member's name");
}

static gboolean
skip_digits (Scan *self)
{
  if (!g_ascii_isdigit (peek (self)))
    return refuse (self, "is not a value");
  while (g_ascii_isdigit (peek (self)))
    self->at++;

  return TRUE;
}

static gboolean
skip_string (Scan *self)
{
  return take_string (self, NULL);
}

/* number = [ minus ] int [ frac ] [ exp ], RFC 8259 §6 */
static gboolean
skip_number (Scan *self)
{
  if (peek (self) == '-')
    self->at++;
  if (peek (self) == '0')
    self->at++;
  else if (!skip_digits (self))
    return FALSE;

  if (peek (self) == '.')
    {
      self->at++;
      if (!skip_digits (self))
        return FALSE;
    }
  if (peek (self) == 'e' || peek (self) == 'E')
    {
      self->at++;
      if (peek (self) == '-' || peek (self) == '+')
        self->at++;
      return skip_digits (self);
    }

  return TRUE;
}

/* object = begin-object [ member *( value-separator member ) ] end-object, RFC 8259 §4
 * array  = begin-array [ value *( value-separator value ) ] end-array, RFC 8259 §5 */
static gboolean
skip_container (Scan  *self,
                guint  depth)
{
  gboolean is_object = peek (self) == '{';
  char closing = is_object ? '}' : ']';

  if (depth > TL_OAUTH_MEMBERS_MAX_DEPTH)
    return refuse (self, "is nested too deep");

  self->at++;
  if (take (self, closing))
    return TRUE;

  do
    {
      if (is_object && !(skip_string (self) && take_colon (self)))
        return FALSE;
      if (!skip_value (self, depth))
        return FALSE;
    }
  while (take (self, ','));

  return take (self, closing) || refuse (self, "lacks a comma or a closing bracket");
}

/* value = false / null / true / object / array / number / string, RFC 8259 §3
 *
 * Recursion ends at the bound of depth. */
static gboolean
skip_value (Scan  *self,
            guint  depth)
{
  skip_space (self);
  switch (peek (self))
    {
    case '{':
    case '[':
      return skip_container (self, depth + 1);
    case '"':
      return skip_string (self);
    case 't':
      return take_word (self, "true");
    case 'f':
      return take_word (self, "false");
    case 'n':
      return take_word (self, "null");
    default:
      return skip_number (self);
    }
}

/* 1*VSCHAR: every code and token of RFC 6749 appendix A */
static gboolean
take_secret (Scan  *self,
             Value *value)
{
  /* A copy of just its length is kept: locked memory is scarce. */
  g_autoptr(TlSecret) room = tl_secret_new_sized (TL_SECRET_MAX_BYTES);
  const char *bytes = tl_secret_peek (room, NULL);
  gsize len;

  if (!take_string (self, room))
    return FALSE;

  len = tl_secret_get_len (room);
  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] < ' ' || bytes[i] > '~')
        return refuse (self, "follows a secret with characters that none has");
    }
  if (len == 0)
    return refuse (self, "follows a secret that is empty");
  value->secret = tl_secret_new (bytes, len);

  return TRUE;
}

/* Any text may repeat a secret, a name too: it is no less locked than one, in room that is as long
 * as it can be once its escapes are gone. */
static TlSecret *
take_text (Scan *self)
{
  const char *begin = self->at;
  g_autoptr(TlSecret) text = NULL;

  if (!skip_string (self))
    return NULL;
  text = tl_secret_new_sized (MIN ((gsize) (self->at - begin), TL_SECRET_MAX_BYTES));
  self->at = begin;

  return take_string (self, text) ? g_steal_pointer (&text) : NULL;
}

/* int = zero / ( digit1-9 *DIGIT ), RFC 8259 §6, bare or in quotes. What else a number may have is
 * left, and no member goes on with it. */
static gboolean
take_count (Scan  *self,
            Value *value)
{
  gboolean is_quoted = take (self, '"');
  const char *begin = self->at;

  for (; g_ascii_isdigit (peek (self)); self->at++)
    {
      value->count = value->count * 10 + (guint64) (peek (self) - '0');
      if (value->count > MAX_COUNT)
        return refuse (self, "has a number past 2^53");
    }
  if (self->at == begin || (*begin == '0' && self->at - begin > 1))
    return refuse (self, "has something else where a whole number belongs");
  if (is_quoted && peek (self) != '"')
    return refuse (self, "has something else where a whole number belongs");
  if (is_quoted)
    self->at++;

  return TRUE;
}

static gboolean
take_list (Scan  *self,
           Value *value)
{
  gboolean is_array = take (self, '[');

  value->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);
  value->list = g_ptr_array_new ();
  if (!is_array || !take (self, ']'))
    {
      do
        {
          TlSecret *text;

          if (value->texts->len == TL_OAUTH_MEMBERS_MAX_LIST)
            return refuse (self, "has too long a list");
          if ((text = take_text (self)) == NULL)
            return FALSE;
          g_ptr_array_add (value->texts, text);
          g_ptr_array_add (value->list, (char *) tl_secret_peek (text, NULL));
        }
      while (is_array && take (self, ','));
      if (is_array && !take (self, ']'))
        return refuse (self, "lacks a comma or a closing bracket");
    }
  g_ptr_array_add (value->list, NULL);

  return TRUE;
}

static gboolean
take_wanted (Scan              *self,
             TlOauthMemberKind  kind,
             Value             *value)
{
  switch (kind)
    {
    case TL_OAUTH_MEMBER_SECRET:
      return take_secret (self, value);
    case TL_OAUTH_MEMBER_COUNT:
      return take_count (self, value);
    case TL_OAUTH_MEMBER_LIST:
      return take_list (self, value);
    case TL_OAUTH_MEMBER_TEXT:
    default:
      value->secret = take_text (self);
      return value->secret != NULL;
    }
}

/* Which of those that are wanted stands here; n_wanted for none. */
static gboolean
take_name (Scan  *self,
           guint *out_index)
{
  g_autoptr(TlSecret) name = take_text (self);
  guint i = 0;

  if (name == NULL)
    return FALSE;
  while (i < self->members->n_wanted &&
         !g_str_equal (tl_secret_peek (name, NULL), self->members->wanted[i].name))
    i++;
  *out_index = i;

  return take_colon (self);
}

/* member = string name-separator value, RFC 8259 §4 */
static gboolean
take_member (Scan *self)
{
  guint index;
  Value *value;

  if (!take_name (self, &index))
    return FALSE;
  if (index == self->members->n_wanted)
    return skip_value (self, 1);

  value = &self->members->values[index];
  /* Twice: then who knows which of them another reader takes. */
  if (value->was_seen)
    return refuse (self, "has the same member twice");
  value->was_seen = TRUE;

  skip_space (self);
  if (peek (self) == 'n')
    return take_word (self, "null");
  value->has_value = TRUE;

  return take_wanted (self, self->members->wanted[index].kind, value);
}

/* JSON-text = ws object ws, RFC 8259 §2 */
static gboolean
take_object (Scan *self)
{
  if (self->end - self->begin > TL_OAUTH_MEMBERS_MAX_BYTES)
    return refuse (self, "is longer than may be read");
  if (!g_utf8_validate_len (self->begin, (gsize) (self->end - self->begin), &self->at))
    return refuse (self, "is not UTF-8 text");

  self->at = self->begin;
  if (!take (self, '{'))
    return refuse (self, "is no JSON object");
  if (!take (self, '}'))
    {
      do
        {
          if (!take_member (self))
            return FALSE;
        }
      while (take (self, ','));
      if (!take (self, '}'))
        return refuse (self, "lacks a comma or a closing bracket");
    }
  skip_space (self);

  return self->at == self->end || refuse (self, "goes on after its end");
}

/**
 * tl_oauth_members_parse:
 * @bytes: what may be one JSON object; in locked memory, where it holds secrets
 * @len: its length in bytes, no NUL needed
 * @wanted: (array length=n_wanted): what is taken out of it; used until it is freed
 * @n_wanted: how many
 * @error: return location for a #GError
 *
 * Goes through the whole grammar of RFC 8259 within the bounds `TL_OAUTH_MEMBERS_MAX_BYTES` and
 * `TL_OAUTH_MEMBERS_MAX_DEPTH`. A member that is wanted may not come twice and has to be what it
 * should be. Messages name places, never bytes.
 *
 * Returns: (transfer full): the members, or %NULL with %TL_ERROR_PROTOCOL
 */
TlOauthMembers *
tl_oauth_members_parse (const char           *bytes,
                        gsize                 len,
                        const TlOauthMember  *wanted,
                        guint                 n_wanted,
                        GError              **error)
{
  g_autoptr(TlOauthMembers) self = g_new0 (TlOauthMembers, 1);
  Scan scan = { bytes, bytes, bytes + len, self, error };

  self->wanted = wanted;
  self->n_wanted = n_wanted;
  self->values = g_new0 (Value, n_wanted);

  return take_object (&scan) ? g_steal_pointer (&self) : NULL;
}

void
tl_oauth_members_free (TlOauthMembers *self)
{
  for (guint i = 0; i < self->n_wanted; i++)
    {
      g_clear_pointer (&self->values[i].secret, tl_secret_unref);
      g_clear_pointer (&self->values[i].texts, g_ptr_array_unref);
      g_clear_pointer (&self->values[i].list, g_ptr_array_unref);
    }
  g_free (self->values);
  g_free (self);
}

/**
 * tl_oauth_members_has:
 * @self: members
 * @index: which one that was wanted
 *
 * Returns: whether it was there, and not null
 */
gboolean
tl_oauth_members_has (const TlOauthMembers *self,
                      guint                 index)
{
  return self->values[index].has_value;
}

/**
 * tl_oauth_members_get_secret:
 * @self: members
 * @index: a %TL_OAUTH_MEMBER_SECRET
 *
 * Returns: (transfer none) (nullable): the secret
 */
TlSecret *
tl_oauth_members_get_secret (const TlOauthMembers *self,
                             guint                 index)
{
  return self->values[index].secret;
}

/**
 * tl_oauth_members_get_text:
 * @self: members
 * @index: a %TL_OAUTH_MEMBER_TEXT
 *
 * Returns: (transfer none) (nullable): the text, UTF-8, as it came: not fit to be shown, nor to be
 *   copied before what was sent is out of it
 */
const char *
tl_oauth_members_get_text (const TlOauthMembers *self,
                           guint                 index)
{
  const TlSecret *text = self->values[index].secret;

  return text != NULL ? tl_secret_peek (text, NULL) : NULL;
}

/**
 * tl_oauth_members_get_count:
 * @self: members
 * @index: a %TL_OAUTH_MEMBER_COUNT
 *
 * Returns: the number, up to 2^53 − 1; 0 where there is none
 */
guint64
tl_oauth_members_get_count (const TlOauthMembers *self,
                            guint                 index)
{
  return self->values[index].count;
}

/**
 * tl_oauth_members_get_list:
 * @self: members
 * @index: a %TL_OAUTH_MEMBER_LIST
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): the texts, UTF-8, as they came
 */
const char * const *
tl_oauth_members_get_list (const TlOauthMembers *self,
                           guint                 index)
{
  const GPtrArray *list = self->values[index].list;

  return list != NULL ? (const char * const *) list->pdata : NULL;
}
