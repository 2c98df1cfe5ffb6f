/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-error.h"

#include <string.h>

/* What is left to read of a JSON text. */
typedef struct
{
  const char *at;
  const char *end;
} Reader;

/* ws, RFC 8259 §2. */
static void
skip_space (Reader *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

static gboolean
take (Reader *self,
      char    character)
{
  skip_space (self);
  if (self->at == self->end || *self->at != character)
    return FALSE;
  self->at++;

  return TRUE;
}

/* string, RFC 8259 §7, its characters printable ASCII. Gives the bytes between
 * the quotes as they stand: what is escaped stays so. */
static gboolean
take_string (Reader      *self,
             const char **out_text,
             gsize       *out_len)
{
  if (!take (self, '"'))
    return FALSE;

  *out_text = self->at;
  while (self->at < self->end && *self->at != '"')
    {
      if (*self->at == '\\' && self->end - self->at > 1)
        self->at++;
      if (*self->at < ' ' || *self->at > '~')
        return FALSE;
      self->at++;
    }
  *out_len = (gsize) (self->at - *out_text);

  return take (self, '"');
}

/* A value that is no string: a number or a literal name. No server puts an
 * object or an array here. */
static gboolean
take_word (Reader *self)
{
  const char *from;

  skip_space (self);
  from = self->at;
  while (self->at < self->end && (g_ascii_isalnum (*self->at) || strchr ("+-.", *self->at) != NULL)
         && *self->at != '\0')
    self->at++;

  return self->at > from;
}

/* The members that are read; each NULL until it was seen, and then for good. */
typedef struct
{
  const char *name;
  char       *value; /* owned */
} Member;

/* A member that comes twice, is empty, escaped or no string: then who knows what any of it says. */
static gboolean
take_member (Member     *member,
             gboolean    is_string,
             const char *value,
             gsize       len)
{
  if (member->value != NULL || !is_string || len == 0 || memchr (value, '\\', len) != NULL)
    return FALSE;

  member->value = g_strndup (value, len);

  return TRUE;
}

static gboolean
read_object (Reader *reader,
             Member *wanted,
             gsize   n_wanted)
{
  if (!take (reader, '{'))
    return FALSE;

  do
    {
      const char *name;
      const char *value = NULL;
      gsize name_len;
      gsize value_len = 0;
      gboolean is_string;

      if (!take_string (reader, &name, &name_len) || !take (reader, ':'))
        return FALSE;
      skip_space (reader);
      is_string = reader->at < reader->end && *reader->at == '"';
      if (!(is_string ? take_string (reader, &value, &value_len) : take_word (reader)))
        return FALSE;

      for (gsize i = 0; i < n_wanted; i++)
        {
          if (name_len == strlen (wanted[i].name) &&
              memcmp (name, wanted[i].name, name_len) == 0 &&
              !take_member (&wanted[i], is_string, value, value_len))
            return FALSE;
        }
    }
  while (take (reader, ','));

  if (!take (reader, '}'))
    return FALSE;
  skip_space (reader);

  return reader->at == reader->end;
}

static char *
dup_member (const char *bytes,
            gsize       len,
            const char *name)
{
  Reader reader = { bytes, bytes == NULL ? NULL : bytes + len };
  Member member = { name, NULL };

  if (bytes == NULL || len > TL_OAUTH_ERROR_MAX_BYTES)
    return NULL;
  if (!read_object (&reader, &member, 1))
    g_clear_pointer (&member.value, g_free);

  return member.value;
}

/**
 * tl_oauth_error_dup_status:
 * @bytes: (nullable): what a server gave for its reason not to take a token
 * @len: how many bytes
 *
 * Reads "status" out of an error response, RFC 7628 §3.2.2: one flat JSON
 * object, of strings mostly. Google and Microsoft send a number as a string
 * there. Anything else, or more than `TL_OAUTH_ERROR_MAX_BYTES`, has none.
 *
 * Returns: (transfer full) (nullable): printable ASCII such as `invalid_token` or `400`, or %NULL
 */
char *
tl_oauth_error_dup_status (const char *bytes,
                           gsize       len)
{
  return dup_member (bytes, len, "status");
}

/**
 * tl_oauth_error_dup_scopes:
 * @bytes: (nullable): as for tl_oauth_error_dup_status()
 * @len: how many bytes
 *
 * Reads "scope" out of the same object: what the server would have taken. What it says of
 * "openid-configuration" is of no use: nobody is sent to a place that a mail server names.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): scopes of printable ASCII
 *   (RFC 6749 §3.3), at most `TL_OAUTH_ERROR_MAX_SCOPES`, or %NULL when there are none
 */
char **
tl_oauth_error_dup_scopes (const char *bytes,
                           gsize       len)
{
  g_autofree char *text = dup_member (bytes, len, "scope");
  g_auto(GStrv) words = text == NULL ? NULL : g_strsplit (text, " ", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  gsize n = 0;

  for (gsize i = 0; words != NULL && words[i] != NULL && n < TL_OAUTH_ERROR_MAX_SCOPES; i++)
    {
      if (*words[i] == '\0')
        continue;
      g_strv_builder_add (builder, words[i]);
      n++;
    }

  return n == 0 ? NULL : g_strv_builder_end (builder);
}
