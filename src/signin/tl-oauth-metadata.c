/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-metadata.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json.h"
#include "tl-site.h"
#include "tl-url.h"

#define MAX_URL_LEN 2048
#define MAX_METHODS 16
#define MAX_SCOPES  200
#define HTTPS       "https://"
#define STATUS_OK   200

/* RFC 8414 §2, RFC 8628 §4. */
static const struct
{
  const char *member;
  gsize       offset;      /* in TlOauthServerParts */
  gboolean    is_required;
} endpoints[] = {
  { "authorization_endpoint",
    G_STRUCT_OFFSET (TlOauthServerParts, endpoints[TL_OAUTH_ENDPOINT_AUTHORIZATION]), TRUE },
  { "token_endpoint",
    G_STRUCT_OFFSET (TlOauthServerParts, endpoints[TL_OAUTH_ENDPOINT_TOKEN]), TRUE },
  { "device_authorization_endpoint",
    G_STRUCT_OFFSET (TlOauthServerParts, endpoints[TL_OAUTH_ENDPOINT_DEVICE]), FALSE },
  { "revocation_endpoint",
    G_STRUCT_OFFSET (TlOauthServerParts, endpoints[TL_OAUTH_ENDPOINT_REVOCATION]), FALSE },
  { "registration_endpoint", G_STRUCT_OFFSET (TlOauthServerParts, registration_endpoint), FALSE },
};

/* --- From its own document ------------------------------------------------------- */

/* issuer, RFC 8414 §2: an https URL without query and fragment. */
static GUri *
parse_issuer (const char *issuer)
{
  g_autoptr(GUri) url = strlen (issuer) <= MAX_URL_LEN ? tl_url_parse_https (issuer) : NULL;

  if (url == NULL || strpbrk (issuer, "?#") != NULL)
    return NULL;

  return g_steal_pointer (&url);
}

/* What the requests of RFC 6749, RFC 7636, RFC 7009, RFC 8628 and OpenID Connect Core §3.1.2.1 say
 * for themselves: a query that says it before them would speak for the program. */
static const char * const reserved[] = {
  "client_id", "client_secret", "code", "code_challenge", "code_challenge_method", "code_verifier",
  "device_code", "grant_type", "login_hint", "nonce", "prompt", "redirect_uri", "refresh_token",
  "request", "request_uri", "response_mode", "response_type", "scope", "state", "token",
  "token_type_hint", NULL,
};

static gboolean
has_free_query (GUri *url)
{
  GUriParamsIter iter;
  char *name;
  char *value;
  gboolean is_free = TRUE;

  if (g_uri_get_query (url) == NULL)
    return TRUE;
  g_uri_params_iter_init (&iter, g_uri_get_query (url), -1, "&",
                          G_URI_PARAMS_WWW_FORM);
  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *lower = NULL;

      if (!g_uri_params_iter_next (&iter, &name, &value, &error))
        return is_free && error == NULL;
      lower = g_ascii_strdown (name, -1);
      is_free = is_free && !g_strv_contains (reserved, lower);
      g_free (name);
      g_free (value);
    }
}

static gboolean
is_endpoint (const char *text,
             const char *issuer_host)
{
  g_autoptr(GUri) url = strlen (text) <= MAX_URL_LEN ? tl_url_parse_https (text) : NULL;

  return url != NULL && strchr (text, '#') == NULL && has_free_query (url) &&
         tl_site_same (g_uri_get_host (url), issuer_host);
}

static gboolean
read_endpoints (TlOauthServerParts  *parts,
                TlJsonReader        *reader,
                const char          *issuer_host,
                GError             **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      const char *member = endpoints[i].member;
      const char *text = tl_json_reader_get_string (reader, member, TL_JSON_OPTIONAL);

      if (text == NULL && !endpoints[i].is_required && !tl_json_reader_has (reader, member))
        continue;
      if (text == NULL || !is_endpoint (text, issuer_host))
        {
          g_set_error (error, TL_ERROR, TL_ERROR_PROTOCOL,
                       "its %s is missing, is not https, is not the issuer's, or has a "
                       "query of a request", member);
          return FALSE;
        }
      G_STRUCT_MEMBER (const char *, parts, endpoints[i].offset) = text;
    }

  return TRUE;
}

/* code_challenge_methods_supported, RFC 8414 §2: who leaves it out may know S256 all the same; who
 * names others alone does not, and “plain” is no protection (RFC 9700 §2.1.1). */
static gboolean
read_pkce (TlOauthServerParts  *parts,
           TlJsonReader        *reader,
           GError             **error)
{
  static const char member[] = "code_challenge_methods_supported";
  g_auto(GStrv) methods = tl_json_reader_dup_strv (reader, member, TL_JSON_OPTIONAL, MAX_METHODS);

  parts->promises_pkce = g_strv_contains ((const char * const *) methods, "S256");
  if (tl_json_reader_has (reader, member) && !parts->promises_pkce)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "it does not take S256");
      return FALSE;
    }

  return TRUE;
}

/* What OpenID Connect Discovery §3 requires of its documents, or what it asks of their scopes. */
static gboolean
is_openid (TlJsonReader *reader)
{
  g_auto(GStrv) scopes = tl_json_reader_dup_strv (reader, "scopes_supported", TL_JSON_OPTIONAL,
                                                  MAX_SCOPES);

  return tl_json_reader_has (reader, "subject_types_supported") ||
         g_strv_contains ((const char * const *) scopes, "openid");
}

/**
 * tl_oauth_metadata_parse:
 * @bytes: the document
 * @len: its length in bytes
 * @issuer: who was asked for it
 * @error: return location for a #GError
 *
 * Reads the metadata of an authorization server (RFC 8414 §2, OpenID Connect Discovery §3):
 *
 *   { "issuer": @issuer, "authorization_endpoint": URL, "token_endpoint": URL, … }
 *
 * The issuer has to be @issuer to the letter (RFC 8414 §3.3), and every endpoint https, a name,
 * within the issuer's registrable domain, and without parameters of the requests that go there.
 * Pure.
 *
 * Returns: (transfer full): the server, or %NULL with %TL_ERROR_PROTOCOL; with %TL_ERROR_NOT_FOUND
 *   when @bytes are no JSON, or with %TL_ERROR_INVALID_INPUT when @issuer is none
 */
TlOauthServer *
tl_oauth_metadata_parse (const char  *bytes,
                         gsize        len,
                         const char  *issuer,
                         GError     **error)
{
  g_autoptr(GUri) url = parse_issuer (issuer);
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  TlOauthServerParts parts = { .issuer = issuer };
  const char *said;

  if (url == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the issuer is not an https URL");
      return NULL;
    }
  json = tl_json_parse_foreign (bytes, len, NULL);
  if (json == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_NOT_FOUND, "it is not JSON as it may be");
      return NULL;
    }

  reader = tl_json_reader_new (json, "the metadata");
  said = tl_json_reader_get_string (reader, "issuer", TL_JSON_OPTIONAL);
  if (said == NULL || !g_str_equal (said, issuer))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_PROTOCOL, "it is another issuer's");
      return NULL;
    }
  if (!read_endpoints (&parts, reader, g_uri_get_host (url), error) ||
      !read_pkce (&parts, reader, error))
    return NULL;

  parts.names_issuer = tl_json_reader_get_bool (reader,
                                                "authorization_response_iss_parameter_supported",
                                                TL_JSON_OPTIONAL);
  parts.speaks_openid = is_openid (reader);
  parts.wants_consent = parts.speaks_openid;

  return tl_oauth_server_new (&parts);
}

/**
 * tl_oauth_metadata_dup_urls:
 * @issuer: an issuer
 *
 * Where an issuer's document is: RFC 8414 §3.1 puts the well-known part between host and path,
 * OpenID Connect Discovery §4 behind the path.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the two places, in the order to
 *   ask; %NULL when @issuer is none
 */
char **
tl_oauth_metadata_dup_urls (const char *issuer)
{
  g_autoptr(GUri) url = parse_issuer (issuer);
  g_autoptr(GStrvBuilder) urls = g_strv_builder_new ();
  g_autofree char *origin = NULL;
  g_autofree char *path = NULL;
  g_autofree char *rfc8414 = NULL;
  g_autofree char *openid = NULL;
  gsize origin_len;
  gsize path_len;

  if (url == NULL)
    return NULL;

  origin_len = strlen (HTTPS) + strcspn (issuer + strlen (HTTPS), "/");
  path_len = strlen (issuer + origin_len);
  if (path_len > 0 && issuer[origin_len + path_len - 1] == '/')
    path_len--;
  origin = g_strndup (issuer, origin_len);
  path = g_strndup (issuer + origin_len, path_len);

  rfc8414 = g_strconcat (origin, "/.well-known/oauth-authorization-server", path, NULL);
  openid = g_strconcat (origin, path, "/.well-known/openid-configuration", NULL);
  g_strv_builder_add (urls, rfc8414);
  g_strv_builder_add (urls, openid);

  return g_strv_builder_end (urls);
}

/* --- Fetching it ----------------------------------------------------------------- */

typedef struct
{
  TlHttps    *https;    /* owned */
  char       *issuer;   /* owned */
  char      **urls;     /* owned */
  guint       n_asked;
  gboolean    saw_page; /* in one of the places is something that is no JSON */
  TlDeadline  deadline;
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_object (&self->https);
  g_clear_pointer (&self->issuer, g_free);
  g_clear_pointer (&self->urls, g_strfreev);
  g_free (self);
}

static void ask_next (GTask *task);

/* A redirect within one host is housekeeping; another host would speak for the issuer. */
static gboolean
stayed_at_home (char **hops)
{
  g_autoptr(GUri) first = tl_url_parse_https (hops[0]);

  for (gsize i = 1; hops[i] != NULL; i++)
    {
      g_autoptr(GUri) next = tl_url_parse_https (hops[i]);

      if (first == NULL || next == NULL ||
          !g_str_equal (g_uri_get_host (first), g_uri_get_host (next)) ||
          g_uri_get_port (first) != g_uri_get_port (next))
        return FALSE;
    }

  return TRUE;
}

static void
on_metadata_fetched (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(TlHttpsAnswer) answer = NULL;
  TlOauthServer *server = NULL;
  GError *error = NULL;
  const char *bytes;
  gsize len;

  answer = tl_https_send_finish (TL_HTTPS (object), result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (answer->status != STATUS_OK)
    {
      ask_next (task);
      return;
    }
  if (!stayed_at_home (answer->hops))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_PROTOCOL,
                               "the issuer's document is somebody else's");
      return;
    }

  if (!answer->is_too_large)
    {
      bytes = g_bytes_get_data (answer->body, &len);
      server = tl_oauth_metadata_parse (bytes, len, self->issuer, &error);
    }
  if (server != NULL)
    {
      g_task_return_pointer (task, server, (GDestroyNotify) tl_oauth_server_unref);
      return;
    }

  /* Programs on the web have one page for every address that they do not know, and no 404. */
  if (error == NULL || g_error_matches (error, TL_ERROR, TL_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      self->saw_page = TRUE;
      ask_next (task);
      return;
    }

  g_prefix_error (&error, "reading the issuer's document: ");
  g_task_return_error (task, error);
}

/* Takes no reference to @task but its own. */
static void
ask_next (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);
  const char *url = self->urls[self->n_asked];

  if (url == NULL)
    {
      g_task_return_new_error (task, TL_ERROR,
                               self->saw_page ? TL_ERROR_PROTOCOL : TL_ERROR_NOT_FOUND,
                               self->saw_page ? "the issuer's document is too large, or no JSON"
                                              : "the issuer publishes no document");
      return;
    }

  self->n_asked++;
  tl_https_send_async (self->https,
                       &(TlHttpsRequest) { .url = url, .accept = "application/json" },
                       self->deadline, g_task_get_cancellable (task), on_metadata_fetched,
                       g_object_ref (task));
}

/**
 * tl_oauth_metadata_fetch_async:
 * @https: whom to ask with
 * @issuer: an issuer
 * @deadline: the moment by which its document must be in
 * @cancellable: (nullable): cancels
 * @callback: called on the context of @https
 * @user_data: for @callback
 *
 * Fetches and reads the document of @issuer from the first of its places that has JSON. Redirects
 * to another host are refused. Fails as tl_https_send_async(), with %TL_ERROR_NOT_FOUND when there
 * is nothing in either place, and with %TL_ERROR_PROTOCOL when what is there cannot be used. Who is
 * asked is noted where @https notes it.
 */
void
tl_oauth_metadata_fetch_async (TlHttps             *https,
                               const char          *issuer,
                               TlDeadline           deadline,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *self = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, tl_oauth_metadata_fetch_async);
  self->https = g_object_ref (https);
  self->issuer = g_strdup (issuer);
  self->urls = tl_oauth_metadata_dup_urls (issuer);
  self->deadline = deadline;
  g_task_set_task_data (task, self, (GDestroyNotify) fetch_free);
  if (self->urls == NULL)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "the issuer is not an https URL");
      return;
    }

  ask_next (task);
}

/**
 * tl_oauth_metadata_fetch_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the server, or %NULL with @error as said at
 *   tl_oauth_metadata_fetch_async()
 */
TlOauthServer *
tl_oauth_metadata_fetch_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
