/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-signin-keep.h"

#include <string.h>

#include "tl-error.h"

#define MAX_SCOPES 32

/* keep     = magic 1*line [ refresh ]
 * line     = word SP value LF
 * word     = "issuer" / "client" / "tenant" / "client-secret" / "scope" / "refresh"
 * value    = 1*%x20-7E
 *
 * In this order, each once but "scope", with "issuer" and "client" always there. What RFC 6749
 * appendix A allows in these values never has a line break. */
#define MAGIC "twolane-signin 1\n"

typedef enum
{
  LINE_ISSUER,
  LINE_CLIENT,
  LINE_TENANT,
  LINE_CLIENT_SECRET,
  LINE_SCOPE,
  LINE_REFRESH,
  N_LINES
} Line;

static const char * const words[N_LINES] = {
  [LINE_ISSUER]        = "issuer",
  [LINE_CLIENT]        = "client",
  [LINE_TENANT]        = "tenant",
  [LINE_CLIENT_SECRET] = "client-secret",
  [LINE_SCOPE]         = "scope",
  [LINE_REFRESH]       = "refresh",
};

/**
 * tl_signin_keep_new:
 * @client: as whom, and where, the sign-in was
 * @scopes: (nullable): what for
 * @refresh: (nullable): the refresh token
 *
 * Returns: (transfer full): what is to be kept
 */
TlSigninKeep *
tl_signin_keep_new (TlOauthClient      *client,
                    const char * const *scopes,
                    TlSecret           *refresh)
{
  TlSigninKeep *self = g_new0 (TlSigninKeep, 1);
  TlSecret *secret = tl_oauth_client_get_secret (client);

  self->issuer = g_strdup (tl_oauth_client_get_issuer (client));
  self->client_id = g_strdup (tl_oauth_client_get_id (client));
  self->tenant = g_strdup (tl_oauth_client_get_tenant (client));
  self->client_secret = secret == NULL ? NULL : tl_secret_ref (secret);
  self->scopes = scopes == NULL ? g_new0 (char *, 1) : g_strdupv ((char **) scopes);
  self->refresh = refresh == NULL ? NULL : tl_secret_ref (refresh);

  return self;
}

void
tl_signin_keep_free (TlSigninKeep *self)
{
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->client_id, g_free);
  g_clear_pointer (&self->tenant, g_free);
  g_clear_pointer (&self->client_secret, tl_secret_unref);
  g_clear_pointer (&self->scopes, g_strfreev);
  g_clear_pointer (&self->refresh, tl_secret_unref);
  g_free (self);
}

static gboolean
is_value (const char *bytes,
          gsize       len)
{
  for (gsize i = 0; i < len; i++)
    {
      if (bytes[i] < 0x20 || bytes[i] > 0x7e)
        return FALSE;
    }

  return len > 0;
}

static gboolean
append_line (TlSecret   *keep,
             Line        line,
             const char *value,
             gsize       len)
{
  gsize word_len = strlen (words[line]);

  if (!is_value (value, len) ||
      tl_secret_get_len (keep) + word_len + len + 2 > TL_SECRET_MAX_BYTES)
    return FALSE;

  tl_secret_append (keep, words[line], word_len);
  tl_secret_append (keep, " ", 1);
  tl_secret_append (keep, value, len);
  tl_secret_append (keep, "\n", 1);

  return TRUE;
}

static gboolean
append_text (TlSecret   *keep,
             Line        line,
             const char *value)
{
  return value == NULL || append_line (keep, line, value, strlen (value));
}

static gboolean
append_secret (TlSecret       *keep,
               Line            line,
               const TlSecret *value)
{
  gsize len = 0;
  const char *bytes = value == NULL ? NULL : tl_secret_peek (value, &len);

  return value == NULL || append_line (keep, line, bytes, len);
}

/**
 * tl_signin_keep_encode:
 * @self: what is to be kept
 *
 * Pure. The same values always make the same bytes.
 *
 * Returns: (transfer full) (nullable): the form it has in the keyring, or %NULL where a value
 *   cannot be written: it is longer than a secret may be, or no printable ASCII
 */
TlSecret *
tl_signin_keep_encode (const TlSigninKeep *self)
{
  g_autoptr(TlSecret) keep = tl_secret_new_sized (TL_SECRET_MAX_BYTES);

  tl_secret_append (keep, MAGIC, strlen (MAGIC));
  if (!append_text (keep, LINE_ISSUER, self->issuer) ||
      !append_text (keep, LINE_CLIENT, self->client_id) ||
      !append_text (keep, LINE_TENANT, self->tenant) ||
      !append_secret (keep, LINE_CLIENT_SECRET, self->client_secret))
    return NULL;
  for (gsize i = 0; self->scopes[i] != NULL; i++)
    {
      if (i == MAX_SCOPES || !append_text (keep, LINE_SCOPE, self->scopes[i]))
        return NULL;
    }
  if (!append_secret (keep, LINE_REFRESH, self->refresh))
    return NULL;

  return g_steal_pointer (&keep);
}

static gboolean
take_value (TlSigninKeep *self,
            GPtrArray    *scopes,
            Line          line,
            const char   *value,
            gsize         len)
{
  switch (line)
    {
    case LINE_ISSUER:
      self->issuer = g_strndup (value, len);
      return TRUE;
    case LINE_CLIENT:
      self->client_id = g_strndup (value, len);
      return TRUE;
    case LINE_TENANT:
      self->tenant = g_strndup (value, len);
      return TRUE;
    case LINE_CLIENT_SECRET:
      self->client_secret = tl_secret_new (value, len);
      return TRUE;
    case LINE_SCOPE:
      g_ptr_array_add (scopes, g_strndup (value, len));
      return scopes->len <= MAX_SCOPES;
    case LINE_REFRESH:
      self->refresh = tl_secret_new (value, len);
      return TRUE;
    case N_LINES:
    default:
      return FALSE;
    }
}

/* Takes one line; @inout_at is the first kind of line that may still come. */
static gboolean
take_line (TlSigninKeep *self,
           GPtrArray    *scopes,
           const char   *line,
           gsize         len,
           guint        *inout_at)
{
  const char *space = memchr (line, ' ', len);
  gsize word_len = space == NULL ? 0 : (gsize) (space - line);
  gsize value_len = space == NULL ? 0 : len - word_len - 1;

  if (!is_value (space == NULL ? line : space + 1, value_len))
    return FALSE;

  for (guint i = *inout_at; i < N_LINES; i++)
    {
      if (strlen (words[i]) == word_len && memcmp (words[i], line, word_len) == 0)
        {
          *inout_at = i == LINE_SCOPE ? i : i + 1;
          return take_value (self, scopes, (Line) i, space + 1, value_len);
        }
    }

  return FALSE;
}

static gboolean
take_lines (TlSigninKeep *self,
            GPtrArray    *scopes,
            const char   *bytes,
            gsize         len)
{
  gsize at = strlen (MAGIC);
  guint next = LINE_ISSUER;

  if (len < at || memcmp (bytes, MAGIC, at) != 0)
    return FALSE;

  while (at < len)
    {
      const char *end = memchr (bytes + at, '\n', len - at);

      if (end == NULL || !take_line (self, scopes, bytes + at, (gsize) (end - (bytes + at)), &next))
        return FALSE;
      at = (gsize) (end - bytes) + 1;
    }

  return self->issuer != NULL && self->client_id != NULL;
}

/**
 * tl_signin_keep_decode:
 * @secret: what a keyring had
 * @error: return location for a #GError
 *
 * Pure. Whether issuer and client id can be meant is for tl_signin_keep_dup_client() to say.
 *
 * Returns: (transfer full): what was kept, or %NULL with %TL_ERROR_INVALID_INPUT where it is none
 *   of ours
 */
TlSigninKeep *
tl_signin_keep_decode (const TlSecret  *secret,
                       GError         **error)
{
  g_autoptr(TlSigninKeep) self = g_new0 (TlSigninKeep, 1);
  g_autoptr(GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);
  gsize len = 0;
  const char *bytes = tl_secret_peek (secret, &len);

  if (!take_lines (self, scopes, bytes, len))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the keyring has a sign-in that this program did not put there");
      return NULL;
    }

  g_ptr_array_add (scopes, NULL);
  self->scopes = (char **) g_ptr_array_steal (scopes, NULL);

  return g_steal_pointer (&self);
}

/**
 * tl_signin_keep_dup_client:
 * @self: what was kept
 * @origin: whose word it was
 *
 * Returns: (transfer full) (nullable): as whom the sign-in was, or %NULL where that cannot be meant
 */
TlOauthClient *
tl_signin_keep_dup_client (const TlSigninKeep *self,
                           TlClientOrigin      origin)
{
  const TlOauthClientParts parts = {
    .issuer = self->issuer,
    .client_id = self->client_id,
    .secret = self->client_secret,
    .tenant = self->tenant,
    .origin = origin,
  };

  return tl_oauth_client_new (&parts, NULL);
}
