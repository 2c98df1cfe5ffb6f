/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-command.h"

#include <string.h>

#include "tl-error.h"

/* Longer strings go as literals: many servers bound a line, and not a literal. */
#define MAX_QUOTED_LEN 1024

/* RFC 7888 §5. */
#define MAX_MINUS_LEN 4096

struct _TlImapCommand
{
  GPtrArray      *lines; /* of TlSecret, the last one still growing */
  gsize           room;  /* bytes left for all lines */
  TlImapLiterals  literals;
  gboolean        is_utf8;
  gboolean        is_secret;
};

static TlSecret *
get_last (TlImapCommand *self)
{
  return self->lines->pdata[self->lines->len - 1];
}

static void
append (TlImapCommand *self,
        const char    *bytes,
        gsize          len)
{
  g_assert (len <= self->room);

  tl_secret_append (get_last (self), bytes, len);
  self->room -= len;
}

/* atom, RFC 9051 §9: any character but atom-specials. Ours only. */
static gboolean
is_atom (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p <= ' ' || *p >= 0x7f || strchr ("(){%*\"\\]", *p) != NULL)
      return FALSE;

  return *text != '\0';
}

/**
 * tl_imap_command_new:
 * @tag: an atom of letters and digits
 * @name: an atom
 *
 * Returns: (transfer full): a command with no arguments yet
 */
TlImapCommand *
tl_imap_command_new (const char *tag,
                     const char *name)
{
  TlImapCommand *self = g_new0 (TlImapCommand, 1);

  self->room = TL_IMAP_COMMAND_MAX_LEN;
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);
  g_ptr_array_add (self->lines, tl_secret_new_sized (TL_IMAP_COMMAND_MAX_LEN));
  append (self, tag, strlen (tag));
  tl_imap_command_add_atom (self, name);

  return self;
}

void
tl_imap_command_set_literals (TlImapCommand  *self,
                              TlImapLiterals  literals)
{
  self->literals = literals;
}

/* Whether a quoted string may be UTF-8: the server was asked to speak it (RFC 6855 §3). */
void
tl_imap_command_set_utf8 (TlImapCommand *self,
                          gboolean       is_utf8)
{
  self->is_utf8 = is_utf8;
}

void
tl_imap_command_free (TlImapCommand *self)
{
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self);
}

/**
 * tl_imap_command_add_atom:
 * @self: a command
 * @atom: a word of this program's own, never one from outside
 */
void
tl_imap_command_add_atom (TlImapCommand *self,
                          const char    *atom)
{
  g_return_if_fail (is_atom (atom));

  append (self, " ", 1);
  append (self, atom, strlen (atom));
}

/**
 * tl_imap_command_add_words:
 * @self: a command
 * @words: words of this program's own as they go over the wire, never any from outside
 */
void
tl_imap_command_add_words (TlImapCommand *self,
                           const char    *words)
{
  for (const char *p = words; *p != '\0'; p++)
    g_return_if_fail (*p >= ' ' && *p < 0x7f && *p != '{');

  append (self, " ", 1);
  append (self, words, strlen (words));
}

/* string = quoted / literal, RFC 9051 §9. A quoted string is 7-bit for a
 * server that was not asked to speak UTF-8. */
static gboolean
add_bytes (TlImapCommand  *self,
           const char     *bytes,
           gsize           len,
           GError        **error)
{
  gboolean takes_utf8 = self->is_utf8 && g_utf8_validate_len (bytes, len, NULL);
  gboolean is_quotable = len <= MAX_QUOTED_LEN;

  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] == '\r' || bytes[i] == '\n' || bytes[i] == '\0')
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "a line end or a NUL cannot be part of a command");
          return FALSE;
        }
      if ((guchar) bytes[i] >= 0x80 && !takes_utf8)
        is_quotable = FALSE;
    }

  /* Twice for escapes, and room for the frame of either form. */
  if (2 * len + 32 > self->room)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "a command is longer than %d bytes", TL_IMAP_COMMAND_MAX_LEN);
      return FALSE;
    }

  if (is_quotable)
    {
      append (self, " \"", 2);
      for (gsize i = 0; i < len; i++)
        {
          if (bytes[i] == '"' || bytes[i] == '\\')
            append (self, "\\", 1);
          append (self, bytes + i, 1);
        }
      append (self, "\"", 1);
    }
  else
    {
      gboolean waits = self->literals == TL_IMAP_LITERALS_SYNC ||
                       (self->literals == TL_IMAP_LITERALS_MINUS && len > MAX_MINUS_LEN);
      g_autofree char *head = g_strdup_printf (" {%" G_GSIZE_FORMAT "%s}", len, waits ? "" : "+");

      append (self, head, strlen (head));
      g_ptr_array_add (self->lines, tl_secret_new_sized (TL_IMAP_COMMAND_MAX_LEN));
      append (self, bytes, len);
    }

  return TRUE;
}

/**
 * tl_imap_command_add_string:
 * @self: a command
 * @text: text from outside
 * @error: return location for a #GError
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT when @text has a line end or is too long
 */
gboolean
tl_imap_command_add_string (TlImapCommand  *self,
                            const char     *text,
                            GError        **error)
{
  return add_bytes (self, text, strlen (text), error);
}

/**
 * tl_imap_command_add_secret:
 * @self: a command
 * @secret: a secret
 * @error: return location for a #GError
 *
 * Makes all of @self a secret.
 *
 * Returns: %FALSE with %TL_ERROR_INVALID_INPUT when @secret has a line end or a NUL, or is too long
 */
gboolean
tl_imap_command_add_secret (TlImapCommand   *self,
                            const TlSecret  *secret,
                            GError         **error)
{
  gsize len;
  const char *bytes = tl_secret_peek (secret, &len);

  self->is_secret = TRUE;

  return add_bytes (self, bytes, len, error);
}

gboolean
tl_imap_command_is_secret (const TlImapCommand *self)
{
  return self->is_secret;
}

guint
tl_imap_command_get_n_lines (const TlImapCommand *self)
{
  return self->lines->len;
}

TlSecret *
tl_imap_command_get_line (const TlImapCommand *self,
                          guint                index)
{
  return self->lines->pdata[index];
}

/**
 * tl_imap_command_waits_behind:
 * @self: a command
 * @index: one of its lines
 *
 * Returns: whether the next line may only follow once the server has asked for it
 */
gboolean
tl_imap_command_waits_behind (const TlImapCommand *self,
                              guint                index)
{
  const char *line = tl_secret_peek (self->lines->pdata[index], NULL);

  /* What is followed by another line ends in the length of a literal. */
  return index + 1 < self->lines->len && !g_str_has_suffix (line, "+}");
}
