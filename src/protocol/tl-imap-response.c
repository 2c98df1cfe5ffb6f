/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-response.h"

#include <string.h>

#include "tl-text.h"

/* A literal's length has at most this many digits: more is an attack (leading
 * zeros included), and fewer cannot overflow a guint64. */
#define MAX_LITERAL_DIGITS 10

struct _TlImapResponse
{
  TlImapKind    kind;
  TlImapStatus  status;
  gboolean      has_begun;     /* the first line was fed */
  char         *tag;           /* NULL unless tagged */
  char         *name;          /* "LIST", "EXISTS", upper case; NULL of a status response */
  guint         number;        /* before the name: "23 EXISTS" */
  char         *code;          /* "CAPABILITY", upper case, or NULL */
  char         *code_arguments;
  char         *text;          /* of a status response or a continuation */
  GArray       *tokens;        /* of TlImapToken */
  guint         depth;         /* parentheses open */
  gsize         literal_bytes; /* so far */
};

static const struct
{
  const char   *word;
  TlImapStatus  status;
} statuses[] = {
  { "OK",      TL_IMAP_OK },
  { "NO",      TL_IMAP_NO },
  { "BAD",     TL_IMAP_BAD },
  { "BYE",     TL_IMAP_BYE },
  { "PREAUTH", TL_IMAP_PREAUTH },
};

static void
token_clear (gpointer data)
{
  TlImapToken *token = data;

  g_clear_pointer (&token->text, g_free);
}

TlImapResponse *
tl_imap_response_new (void)
{
  TlImapResponse *self = g_new0 (TlImapResponse, 1);

  self->text = g_strdup ("");
  self->tokens = g_array_new (FALSE, FALSE, sizeof (TlImapToken));
  g_array_set_clear_func (self->tokens, token_clear);

  return self;
}

void
tl_imap_response_free (TlImapResponse *self)
{
  g_clear_pointer (&self->tag, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->code, g_free);
  g_clear_pointer (&self->code_arguments, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->tokens, g_array_unref);
  g_free (self);
}

static gboolean
fail (TlFault    **out_fault,
      TlCause      cause,
      const char  *line,
      const char  *why)
{
  g_autofree char *seen = tl_text_clean_capped (line, -1, 80);

  *out_fault = tl_fault_new_detail (cause, "%s: %s", why, seen);

  return FALSE;
}

static gboolean
add_token (TlImapResponse  *self,
           TlImapTokenKind  kind,
           char            *text)
{
  TlImapToken token = { kind, text };

  if (self->tokens->len == TL_IMAP_MAX_TOKENS)
    {
      g_free (text);
      return FALSE;
    }
  g_array_append_val (self->tokens, token);

  return TRUE;
}

/* quoted, RFC 9051 §9: DQUOTE *QUOTED-CHAR DQUOTE, a backslash before a DQUOTE or a backslash.
 * Gives NULL when it does not end. */
static char *
read_quoted (const char **inout_p)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *p = *inout_p + 1;

  for (; *p != '"'; p++)
    {
      if (*p == '\\' && (p[1] == '\\' || p[1] == '"'))
        p++;
      if (*p == '\0')
        return NULL;
      g_string_append_c (text, *p);
    }
  *inout_p = p + 1;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* literal, RFC 9051 §9: "{" number64 "}" CRLF. A server may not use the "+"
 * form. The length is judged before anything is allocated for it. */
static gboolean
read_literal_len (TlImapResponse  *self,
                  const char      *brace,
                  gssize          *out_literal_len,
                  TlFault        **out_fault)
{
  gsize n_digits = strspn (brace + 1, G_CSET_DIGITS);
  guint64 len = G_MAXUINT64;
  GVariantDict dict;

  if (n_digits > 0 && n_digits <= MAX_LITERAL_DIGITS && strcmp (brace + 1 + n_digits, "}") == 0)
    len = g_ascii_strtoull (brace + 1, NULL, 10);

  if (len > TL_IMAP_MAX_LITERAL_BYTES - self->literal_bytes)
    {
      g_autofree char *seen = tl_text_clean_capped (brace, -1, 40);

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_LIMIT, "u", (guint32) TL_IMAP_MAX_LITERAL_BYTES);
      g_variant_dict_insert_value (&dict, TL_EVIDENCE_DETAIL,
                                   g_variant_new_printf ("a literal of length %s", seen));
      *out_fault = tl_fault_new (TL_CAUSE_LITERAL_LIMIT, g_variant_dict_end (&dict));
      return FALSE;
    }

  *out_literal_len = (gssize) len;

  return TRUE;
}

/* The words of a data response, RFC 9051 §9. A flat row of tokens: however
 * deep the parentheses, nothing here calls itself. */
static gboolean
read_tokens (TlImapResponse  *self,
             const char      *line,
             const char      *from,
             gssize          *out_literal_len,
             TlFault        **out_fault)
{
  const char *p = from;

  while (*p != '\0')
    {
      gboolean has_room = TRUE;

      if (*p == ' ')
        {
          p++;
        }
      else if (*p == '(' || *p == ')')
        {
          if (*p == '(' ? self->depth == TL_IMAP_MAX_DEPTH : self->depth == 0)
            return fail (out_fault, TL_CAUSE_PROTOCOL, line,
                         "parentheses do not match or are too deep");
          self->depth += *p == '(' ? 1 : -1;
          has_room = add_token (self, *p == '(' ? TL_IMAP_TOKEN_OPEN : TL_IMAP_TOKEN_CLOSE,
                                g_strdup (""));
          p++;
        }
      else if (*p == '"')
        {
          char *text = read_quoted (&p);

          if (text == NULL)
            return fail (out_fault, TL_CAUSE_PROTOCOL, line, "a quoted string does not end");
          has_room = add_token (self, TL_IMAP_TOKEN_STRING, text);
        }
      else if (*p == '{')
        {
          return read_literal_len (self, p, out_literal_len, out_fault);
        }
      else
        {
          gsize len = strcspn (p, " ()\"{");

          has_room = add_token (self, TL_IMAP_TOKEN_ATOM, g_strndup (p, len));
          p += len;
        }

      if (!has_room)
        return fail (out_fault, TL_CAUSE_TOO_LONG, line, "a response has too many words");
    }

  if (self->depth > 0)
    return fail (out_fault, TL_CAUSE_PROTOCOL, line, "parentheses are left open");

  return TRUE;
}

/* resp-text, RFC 9051 §9: ["[" resp-text-code "]" SP] [text]. A bracket that
 * does not close is text. */
static void
read_text (TlImapResponse *self,
           const char     *from)
{
  const char *close = from[0] == '[' ? strchr (from, ']') : NULL;
  g_autofree char *inside = NULL;
  char *space;

  if (close != NULL && close > from + 1)
    {
      inside = g_strndup (from + 1, (gsize) (close - from) - 1);
      space = strchr (inside, ' ');
      self->code_arguments = g_strdup (space == NULL ? "" : space + 1);
      if (space != NULL)
        *space = '\0';
      self->code = g_ascii_strup (inside, -1);
      from = close + 1;
      from += strspn (from, " ");
    }

  g_free (self->text);
  self->text = g_strdup (from);
}

/* Takes the word up to the next space, and steps over that. */
static char *
read_word (const char **inout_p)
{
  gsize len = strcspn (*inout_p, " ");
  char *word = g_strndup (*inout_p, len);

  *inout_p += len;
  if (**inout_p == ' ')
    (*inout_p)++;

  return word;
}

static gboolean
read_status (TlImapResponse *self,
             const char     *word,
             const char     *rest)
{
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      if (g_ascii_strcasecmp (word, statuses[i].word) == 0)
        {
          self->status = statuses[i].status;
          read_text (self, rest);
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
is_tag (const char *word)
{
  return *word != '\0' && word[strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS)] == '\0';
}

/* response-tagged = tag SP resp-cond-state; only OK, NO and BAD complete a command. */
static gboolean
read_tagged (TlImapResponse  *self,
             const char      *line,
             TlFault        **out_fault)
{
  const char *p = line;
  g_autofree char *tag = read_word (&p);
  g_autofree char *word = read_word (&p);

  if (!is_tag (tag) || !read_status (self, word, p) ||
      self->status == TL_IMAP_BYE || self->status == TL_IMAP_PREAUTH)
    return fail (out_fault, TL_CAUSE_PROTOCOL, line, "this is no IMAP response");

  self->kind = TL_IMAP_TAGGED;
  self->tag = g_steal_pointer (&tag);

  return TRUE;
}

/* response-data = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data / message-data /
 * capability-data / …) */
static gboolean
read_untagged (TlImapResponse  *self,
               const char      *line,
               gssize          *out_literal_len,
               TlFault        **out_fault)
{
  const char *p = line + strlen ("* ");
  g_autofree char *word = read_word (&p);
  guint64 number = 0;

  self->kind = TL_IMAP_UNTAGGED;
  if (read_status (self, word, p))
    return TRUE;

  if (g_ascii_isdigit (word[0]))
    {
      if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT32, &number, NULL))
        return fail (out_fault, TL_CAUSE_PROTOCOL, line, "a number is out of range");
      self->number = (guint) number;
      g_free (word);
      word = read_word (&p);
    }

  if (*word == '\0' || word[strspn (word, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.=_")] != '\0')
    return fail (out_fault, TL_CAUSE_PROTOCOL, line, "this is no IMAP response");
  self->name = g_ascii_strup (word, -1);

  return read_tokens (self, line, p, out_literal_len, out_fault);
}

/**
 * tl_imap_response_feed_line:
 * @self: a response that is not complete
 * @line: its next line, without its end
 * @out_literal_len: (out): how many bytes of literal come next, or -1 when the response is complete
 * @out_fault: (out): %TL_CAUSE_PROTOCOL, %TL_CAUSE_TOO_LONG or %TL_CAUSE_LITERAL_LIMIT
 *
 * RFC 9051 §9: `response = *(continue-req / response-data) response-done`.
 * Deviations: "+" with nothing behind it is a continuation (Exchange), and more
 * than one space between words is let through (Zoho).
 *
 * Returns: whether @line is in the grammar
 */
gboolean
tl_imap_response_feed_line (TlImapResponse  *self,
                            const char      *line,
                            gssize          *out_literal_len,
                            TlFault        **out_fault)
{
  gssize literal_len = -1;
  gboolean is_good;

  if (self->has_begun)
    {
      is_good = read_tokens (self, line, line, &literal_len, out_fault);
    }
  else if (line[0] == '+' && (line[1] == ' ' || line[1] == '\0'))
    {
      self->kind = TL_IMAP_CONTINUATION;
      g_free (self->text);
      self->text = g_strdup (line[1] == ' ' ? line + 2 : "");
      is_good = TRUE;
    }
  else if (g_str_has_prefix (line, "* "))
    {
      is_good = read_untagged (self, line, &literal_len, out_fault);
    }
  else
    {
      is_good = read_tagged (self, line, out_fault);
    }

  self->has_begun = TRUE;
  if (is_good)
    *out_literal_len = literal_len;

  return is_good;
}

/**
 * tl_imap_response_feed_literal:
 * @self: a response that waits for a literal
 * @literal: all of it
 * @out_fault: (out): %TL_CAUSE_PROTOCOL or %TL_CAUSE_TOO_LONG
 *
 * RFC 9051 §4.3: a literal holds no NUL.
 *
 * Returns: whether @literal was taken; a line is to be fed next
 */
gboolean
tl_imap_response_feed_literal (TlImapResponse  *self,
                               GBytes          *literal,
                               TlFault        **out_fault)
{
  gsize len;
  const char *bytes = g_bytes_get_data (literal, &len);

  self->literal_bytes += len;
  if (len > 0 && memchr (bytes, '\0', len) != NULL)
    return fail (out_fault, TL_CAUSE_PROTOCOL, "", "a literal holds a NUL");
  if (!add_token (self, TL_IMAP_TOKEN_STRING, g_strndup (len > 0 ? bytes : "", len)))
    return fail (out_fault, TL_CAUSE_TOO_LONG, "", "a response has too many words");

  return TRUE;
}

TlImapKind
tl_imap_response_get_kind (const TlImapResponse *self)
{
  return self->kind;
}

TlImapStatus
tl_imap_response_get_status (const TlImapResponse *self)
{
  return self->status;
}

const char *
tl_imap_response_get_tag (const TlImapResponse *self)
{
  return self->tag;
}

/**
 * tl_imap_response_get_name:
 * @self: a complete response
 *
 * Returns: (transfer none) (nullable): what the data is, in upper case: `LIST`; %NULL of a status
 *   response, a completion or a continuation
 */
const char *
tl_imap_response_get_name (const TlImapResponse *self)
{
  return self->name;
}

guint
tl_imap_response_get_number (const TlImapResponse *self)
{
  return self->number;
}

/**
 * tl_imap_response_get_code:
 * @self: a complete response
 *
 * Returns: (transfer none) (nullable): the response code (RFC 9051 §7.1) in upper case
 */
const char *
tl_imap_response_get_code (const TlImapResponse *self)
{
  return self->code;
}

const char *
tl_imap_response_get_code_arguments (const TlImapResponse *self)
{
  return self->code_arguments;
}

const char *
tl_imap_response_get_text (const TlImapResponse *self)
{
  return self->text;
}

guint
tl_imap_response_get_n_tokens (const TlImapResponse *self)
{
  return self->tokens->len;
}

const TlImapToken *
tl_imap_response_get_token (const TlImapResponse *self,
                            guint                 index)
{
  return &g_array_index (self->tokens, TlImapToken, index);
}

/**
 * tl_imap_response_to_fault:
 * @self: a complete status response
 * @cause: what it means
 *
 * Returns: (transfer full): a fault with the server's words and its response code
 */
TlFault *
tl_imap_response_to_fault (const TlImapResponse *self,
                           TlCause               cause)
{
  g_autofree char *text = tl_text_clean (self->text, -1);
  g_autofree char *code = self->code == NULL ? NULL : tl_text_clean_capped (self->code, -1, 40);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", text);
  if (code != NULL)
    g_variant_dict_insert (&dict, TL_EVIDENCE_IMAP_CODE, "s", code);

  return tl_fault_new (cause, g_variant_dict_end (&dict));
}
