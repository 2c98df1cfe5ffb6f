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
  Reader reader = { bytes, bytes == NULL ? NULL : bytes + len };
  g_autofree char *status = NULL;

  if (bytes == NULL || len > TL_OAUTH_ERROR_MAX_BYTES || !take (&reader, '{'))
    return NULL;

  do
    {
      const char *name;
      const char *value;
      gsize name_len;
      gsize value_len;
      gboolean is_string;

      if (!take_string (&reader, &name, &name_len) || !take (&reader, ':'))
        return NULL;
      skip_space (&reader);
      is_string = reader.at < reader.end && *reader.at == '"';
      if (!(is_string ? take_string (&reader, &value, &value_len) : take_word (&reader)))
        return NULL;

      if (name_len == strlen ("status") && memcmp (name, "status", name_len) == 0)
        {
          /* Twice, empty, escaped or no string: then who knows what it says. */
          if (status != NULL || !is_string || value_len == 0 ||
              memchr (value, '\\', value_len) != NULL)
            return NULL;
          status = g_strndup (value, value_len);
        }
    }
  while (take (&reader, ','));

  if (!take (&reader, '}'))
    return NULL;
  skip_space (&reader);

  return reader.at == reader.end ? g_steal_pointer (&status) : NULL;
}
