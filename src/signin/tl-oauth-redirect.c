/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-redirect.h"

#include <string.h>

#include "tl-text.h"

#define ISSUER_DIGITS    16
#define MAX_FIELDS       100
#define MAX_PARAMETERS   32
#define MAX_NAME_LEN     64
#define MAX_CODE_LEN     4096
#define MAX_STATE_LEN    256
#define MAX_ISS_LEN      2048
#define MAX_ERROR_LEN    64
#define MAX_TOLD_LEN     4096

#define STATUS_BAD_REQUEST        400
#define STATUS_METHOD_NOT_ALLOWED 405
#define STATUS_TOO_LARGE          431

/* RFC 6749 appendix A: VSCHAR is %x20-7E, NQSCHAR leaves out the quote and the backslash. */
#define NOT_NQSCHAR "\"\\"

/**
 * tl_oauth_redirect_dup_path:
 * @issuer: an authorization server
 *
 * An answer that another server sends to the redirect of this one does not arrive (RFC 9700
 * §4.4.2.2), even where neither of them names itself in it.
 *
 * Returns: (transfer full): the path of the redirects that the program registers there: `/` and the
 *   first 16 hex digits of the SHA-256 of @issuer
 */
char *
tl_oauth_redirect_dup_path (const char *issuer)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, issuer, -1);

  return g_strdup_printf (TL_OAUTH_REDIRECT_PATH "%.*s", ISSUER_DIGITS, digest);
}

void
tl_oauth_redirect_free (TlOauthRedirect *self)
{
  g_clear_pointer (&self->code, tl_secret_unref);
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->iss, g_free);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->description, g_free);
  g_free (self);
}

/* --- The request, RFC 9112 §3 ---------------------------------------------------- */

/* A piece of the request: it is not copied, since it may hold the code. */
typedef struct
{
  const char *at;
  gsize       len;
} Piece;

static gboolean
piece_equal (Piece       piece,
             const char *text)
{
  return piece.len == strlen (text) && memcmp (piece.at, text, piece.len) == 0;
}

static gboolean
piece_equal_case (Piece       piece,
                  const char *text)
{
  return piece.len == strlen (text) && g_ascii_strncasecmp (piece.at, text, piece.len) == 0;
}

/* Cuts off what stands before @separator; all of it where there is none. */
static Piece
piece_cut (Piece *rest,
           char   separator)
{
  const char *found = rest->len > 0 ? memchr (rest->at, separator, rest->len) : NULL;
  Piece piece = { rest->at, found != NULL ? (gsize) (found - rest->at) : rest->len };
  gsize gone = piece.len + (found != NULL ? 1 : 0);

  rest->at += gone;
  rest->len -= gone;

  return piece;
}

static Piece
piece_strip (Piece piece)
{
  while (piece.len > 0 && (*piece.at == ' ' || *piece.at == '\t'))
    {
      piece.at++;
      piece.len--;
    }
  while (piece.len > 0 && (piece.at[piece.len - 1] == ' ' || piece.at[piece.len - 1] == '\t'))
    piece.len--;

  return piece;
}

/**
 * tl_oauth_redirect_find_head_end:
 * @bytes: what has come so far
 * @len: how much
 *
 * Returns: the length of the head of the request with the empty line that ends it, or -1 while that
 *   has not come. What is behind it, another request perhaps, is nothing to us
 */
gssize
tl_oauth_redirect_find_head_end (const char *bytes,
                                 gsize       len)
{
  const char *end = memmem (bytes, len, "\r\n\r\n", 4);

  return end != NULL ? end + 4 - bytes : -1;
}

/* Nothing but what a line may have: a CR or LF on its own, or a NUL, is two lines to somebody. */
static gboolean
is_line (Piece line)
{
  for (gsize i = 0; i < line.len; i++)
    {
      if (g_ascii_iscntrl (line.at[i]) && line.at[i] != '\t')
        return FALSE;
    }

  return TRUE;
}

/* field-line = field-name ":" OWS field-value OWS, RFC 9112 §5.
 *
 * A web page that was made to send its visitor here cannot have the Host of this very port (RFC
 * 9112 §3.2), which also ends DNS rebinding, and a script of one says so by its Origin (RFC 6454
 * §7): browsers send none when somebody follows a link. */
static gboolean
read_field (Piece       line,
            const char *authority,
            guint      *n_hosts)
{
  Piece value = line;
  Piece name = piece_cut (&value, ':');

  if (name.len == 0 || name.len == line.len || strchr (" \t", name.at[0]) != NULL ||
      strchr (" \t", name.at[name.len - 1]) != NULL)
    return FALSE;
  value = piece_strip (value);

  if (piece_equal_case (name, "Host"))
    {
      (*n_hosts)++;
      return piece_equal (value, authority);
    }
  if (piece_equal_case (name, "Content-Length"))
    return piece_equal (value, "0");

  return !piece_equal_case (name, "Origin") && !piece_equal_case (name, "Transfer-Encoding");
}

static gboolean
read_fields (Piece       rest,
             const char *authority)
{
  guint n_hosts = 0;
  guint n_fields = 0;

  while (rest.len > 0)
    {
      Piece line = piece_cut (&rest, '\n');

      if (line.len == 0 || line.at[line.len - 1] != '\r')
        return FALSE;
      line.len--;
      if (line.len == 0)
        break;
      if (++n_fields > MAX_FIELDS || !is_line (line) || !read_field (line, authority, &n_hosts))
        return FALSE;
    }

  return n_hosts == 1;
}

/* --- The query, RFC 6749 §4.1.2 -------------------------------------------------- */

/* application/x-www-form-urlencoded, RFC 6749 appendix B. Into pages of a secret, whatever it is:
 * nothing is known of it yet. NULL for what is not, or longer than @max_len. */
static TlSecret *
decode (Piece piece,
        gsize max_len)
{
  g_autoptr(TlSecret) text = tl_secret_new_sized (max_len);

  for (gsize i = 0; i < piece.len; i++)
    {
      char c = piece.at[i];

      if (c == '%')
        {
          if (i + 2 >= piece.len || !g_ascii_isxdigit (piece.at[i + 1]) ||
              !g_ascii_isxdigit (piece.at[i + 2]))
            return NULL;
          c = (char) (g_ascii_xdigit_value (piece.at[i + 1]) * 16 +
                      g_ascii_xdigit_value (piece.at[i + 2]));
          i += 2;
        }
      else if (c == '+')
        c = ' ';
      if (tl_secret_get_len (text) == max_len)
        return NULL;
      tl_secret_append (text, &c, 1);
    }

  return g_steal_pointer (&text);
}

/* 1*VSCHAR without @but */
static gboolean
is_visible (const TlSecret *text,
            const char     *but)
{
  gsize len;
  const char *at = tl_secret_peek (text, &len);

  for (gsize i = 0; i < len; i++)
    {
      if (at[i] < ' ' || at[i] > '~' || strchr (but, at[i]) != NULL)
        return FALSE;
    }

  return len > 0;
}

typedef enum
{
  PARAMETER_CODE,
  PARAMETER_STATE,
  PARAMETER_ISS,
  PARAMETER_ERROR,
  PARAMETER_DESCRIPTION,
  N_PARAMETERS,
} Parameter;

static const struct
{
  const char *name;
  gsize       max_len;
  gboolean    is_visible;
} parameters[N_PARAMETERS] = {
  [PARAMETER_CODE]        = { "code",              MAX_CODE_LEN,  TRUE },
  [PARAMETER_STATE]       = { "state",             MAX_STATE_LEN, TRUE },
  [PARAMETER_ISS]         = { "iss",               MAX_ISS_LEN,   TRUE },
  [PARAMETER_ERROR]       = { "error",             MAX_ERROR_LEN, TRUE },
  [PARAMETER_DESCRIPTION] = { "error_description", MAX_TOLD_LEN,  FALSE },
};

static TlSecret *
read_value (Parameter parameter,
            Piece     value)
{
  g_autoptr(TlSecret) text = decode (value, parameters[parameter].max_len);

  if (text == NULL || (parameters[parameter].is_visible && !is_visible (text, "")) ||
      (parameter == PARAMETER_ERROR && !is_visible (text, NOT_NQSCHAR)))
    return NULL;

  return g_steal_pointer (&text);
}

static char *
dup_clean (const TlSecret *text)
{
  gsize len;
  const char *at;

  if (text == NULL)
    return NULL;
  at = tl_secret_peek (text, &len);

  return tl_text_clean (at, (gssize) len);
}

/* Takes one `name=value`; what we do not know is passed over (RFC 6749 §4.1.2), but nothing may
 * come twice (§3.1): of two codes nobody can say which was meant. */
static gboolean
read_parameter (Piece       piece,
                GPtrArray  *seen,
                TlSecret  **values)
{
  Piece value = piece;
  g_autoptr(TlSecret) name = decode (piece_cut (&value, '='), MAX_NAME_LEN);

  if (name == NULL || seen->len == MAX_PARAMETERS)
    return FALSE;
  for (guint i = 0; i < seen->len; i++)
    {
      if (tl_secret_equal (seen->pdata[i], name))
        return FALSE;
    }
  g_ptr_array_add (seen, tl_secret_ref (name));

  for (gsize i = 0; i < N_PARAMETERS; i++)
    {
      if (tl_secret_get_len (name) == strlen (parameters[i].name) &&
          memcmp (tl_secret_peek (name, NULL), parameters[i].name,
                  strlen (parameters[i].name)) == 0)
        {
          values[i] = read_value ((Parameter) i, value);
          return values[i] != NULL;
        }
    }

  return TRUE;
}

/* An answer has a state, and either a code or an error. */
static TlOauthRedirect *
read_query (Piece query)
{
  g_autoptr(GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_secret_unref);
  TlSecret *values[N_PARAMETERS] = { NULL };
  TlOauthRedirect *self = NULL;
  gboolean is_good = TRUE;

  while (is_good && query.len > 0)
    is_good = read_parameter (piece_cut (&query, '&'), seen, values);

  if (is_good && values[PARAMETER_STATE] != NULL &&
      (values[PARAMETER_CODE] == NULL) != (values[PARAMETER_ERROR] == NULL))
    {
      self = g_new0 (TlOauthRedirect, 1);
      self->code = g_steal_pointer (&values[PARAMETER_CODE]);
      self->state = g_strdup (tl_secret_peek (values[PARAMETER_STATE], NULL));
      self->iss = values[PARAMETER_ISS] != NULL
                  ? g_strdup (tl_secret_peek (values[PARAMETER_ISS], NULL)) : NULL;
      self->error = dup_clean (values[PARAMETER_ERROR]);
      self->description = dup_clean (values[PARAMETER_DESCRIPTION]);
    }
  for (gsize i = 0; i < N_PARAMETERS; i++)
    g_clear_pointer (&values[i], tl_secret_unref);

  return self;
}

/**
 * tl_oauth_redirect_parse:
 * @head: the head of a request with the empty line that ends it; the caller wipes it
 * @len: its length
 * @authority: the one Host that is ours: `127.0.0.1:40000`
 * @our_path: where answers are taken: `/`
 * @out_redirect: (out): the answer, for %TL_OAUTH_ERRAND_ANSWER
 * @out_path: (out): the path, for %TL_OAUTH_ERRAND_PAGE, without its query
 * @out_status: (out): the HTTP status to say, for %TL_OAUTH_ERRAND_REFUSED
 *
 * Reads a request to the redirect (RFC 9112 §3, RFC 6749 §4.1.2):
 *
 *   "GET " our-path [ "?" name "=" value *( "&" name "=" value ) ] " HTTP/1.1" CRLF
 *   *( field CRLF ) CRLF
 *
 * with the very Host, without an Origin and without a body, and every parameter once. Pure.
 *
 * Returns: what it wants
 */
TlOauthErrand
tl_oauth_redirect_parse (const char       *head,
                         gsize             len,
                         const char       *authority,
                         const char       *our_path,
                         TlOauthRedirect **out_redirect,
                         char            **out_path,
                         guint            *out_status)
{
  Piece rest = { head, len };
  Piece line = piece_cut (&rest, '\n');
  TlOauthRedirect *redirect;
  Piece method;
  Piece target;
  Piece path;

  *out_status = STATUS_BAD_REQUEST;
  if (len > TL_OAUTH_REDIRECT_MAX_BYTES)
    {
      *out_status = STATUS_TOO_LARGE;
      return TL_OAUTH_ERRAND_REFUSED;
    }

  if (line.len == 0 || line.at[line.len - 1] != '\r')
    return TL_OAUTH_ERRAND_REFUSED;
  line.len--;
  method = piece_cut (&line, ' ');
  target = piece_cut (&line, ' ');
  if (!piece_equal (line, "HTTP/1.1") || target.len == 0 || target.at[0] != '/' ||
      !is_line (target) || !read_fields (rest, authority))
    return TL_OAUTH_ERRAND_REFUSED;
  if (!piece_equal (method, "GET"))
    {
      *out_status = STATUS_METHOD_NOT_ALLOWED;
      return TL_OAUTH_ERRAND_REFUSED;
    }

  path = piece_cut (&target, '?');
  if (!piece_equal (path, our_path))
    {
      *out_path = tl_text_clean (path.at, (gssize) path.len);
      return TL_OAUTH_ERRAND_PAGE;
    }

  redirect = read_query (target);
  if (redirect == NULL)
    return TL_OAUTH_ERRAND_REFUSED;
  *out_redirect = redirect;

  return TL_OAUTH_ERRAND_ANSWER;
}
