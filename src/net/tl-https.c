/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https.h"

#include <libsoup/soup.h>

#include "config.h"
#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-https-private.h"
#include "tl-site.h"

#define CHUNK_BYTES (16 * 1024)
#define MAX_INFORMATIONAL 8
#define MAX_URL_LEN 2048
#define HTTPS_PORT 443

struct _TlHttps
{
  GObject       parent_instance;

  GMainContext *context; /* owned */
  SoupSession  *session; /* owned */
};

G_DEFINE_FINAL_TYPE (TlHttps, tl_https, G_TYPE_OBJECT)

/* One request with its redirects. */
typedef struct
{
  TlHttps      *https;       /* borrowed: the task holds it */
  GUri         *url;         /* owned: asked now */
  SoupMessage  *message;     /* owned: asked now */
  GInputStream *stream;      /* owned: its body */
  GByteArray   *body;        /* owned: what has come of it */
  GPtrArray    *hops;        /* owned: of char, ends in NULL once answered */
  GCancellable *stopper;     /* owned: cancelled when time is up, too */
  guint         n_informational; /* of the answer that is awaited */
  GSource      *timer;       /* owned */
  GSource      *cancelled;   /* owned; NULL without a cancellable */
  gboolean      time_is_up;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *self = data;

  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->stopper);
  g_clear_pointer (&self->url, g_uri_unref);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->hops, g_ptr_array_unref);
  g_free (self);
}

/* What the libraries below say, in our words. -1 stands for every other code
 * of its domain; what is not in here goes through tl_error_take_io(). */
static gboolean
restate (const GError *cause,
         TlError      *out_code)
{
  const struct
  {
    GQuark  domain;
    int     code;
    TlError as;
  } rows[] = {
    { G_TLS_ERROR,        G_TLS_ERROR_EOF,                      TL_ERROR_PROTOCOL },
    { G_TLS_ERROR,        -1,                                   TL_ERROR_TLS },
    { G_RESOLVER_ERROR,   G_RESOLVER_ERROR_NOT_FOUND,           TL_ERROR_NOT_FOUND },
    { G_RESOLVER_ERROR,   G_RESOLVER_ERROR_TEMPORARY_FAILURE,   TL_ERROR_TEMPORARY },
    { G_RESOLVER_ERROR,   -1,                                   TL_ERROR_UNREACHABLE },
    { G_IO_ERROR,         G_IO_ERROR_PROXY_FAILED,              TL_ERROR_UNREACHABLE },
    { G_IO_ERROR,         G_IO_ERROR_PROXY_AUTH_FAILED,         TL_ERROR_UNREACHABLE },
    { G_IO_ERROR,         G_IO_ERROR_PROXY_NEED_AUTH,           TL_ERROR_UNREACHABLE },
    { G_IO_ERROR,         G_IO_ERROR_PROXY_NOT_ALLOWED,         TL_ERROR_UNREACHABLE },
    { G_IO_ERROR,         G_IO_ERROR_PARTIAL_INPUT,             TL_ERROR_PROTOCOL },
    { G_IO_ERROR,         G_IO_ERROR_INVALID_DATA,              TL_ERROR_PROTOCOL },
    { SOUP_SESSION_ERROR, -1,                                   TL_ERROR_PROTOCOL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (cause->domain == rows[i].domain && (rows[i].code == -1 || rows[i].code == cause->code))
        {
          *out_code = rows[i].as;
          return TRUE;
        }
    }

  return FALSE;
}

/* Takes @cause and the caller's reference to @task. */
static void
fail (GTask  *task,
      GError *cause)
{
  g_autoptr(GTask) owned = task;
  g_autoptr(GError) taken = cause;
  Fetch *self = g_task_get_task_data (task);
  const char *url = g_ptr_array_index (self->hops, self->hops->len - 1);
  GError *error = NULL;
  TlError code;

  if (self->time_is_up)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_TIMED_OUT, "fetching %s: out of time", url);
      return;
    }

  if (self->n_informational > MAX_INFORMATIONAL)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_PROTOCOL,
                               "fetching %s: informational answers without end", url);
      return;
    }

  if (restate (taken, &code))
    {
      g_task_return_new_error (task, TL_ERROR, (int) code, "fetching %s: %s", url, taken->message);
      return;
    }

  tl_error_take_io (&error, g_steal_pointer (&taken), "fetching a document");
  g_task_return_error (task, error);
}

static void
fail_literal (GTask      *task,
              TlError     code,
              const char *message)
{
  fail (task, g_error_new_literal (TL_ERROR, (int) code, message));
}

/* A URL is ASCII (RFC 3986 §2); what is not would have to be cleaned before
 * anyone sees it, and a cleaned URL is another one. */
static GUri *
parse_url (GUri       *base,
           const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p > '~' || p - text >= MAX_URL_LEN)
        return NULL;
    }

  return g_uri_parse_relative (base, text, SOUP_HTTP_URI_FLAGS, NULL);
}

static gboolean
is_https (GUri *url)
{
  return g_str_equal (g_uri_get_scheme (url), "https") && g_uri_get_userinfo (url) == NULL &&
         g_uri_get_host (url) != NULL && *g_uri_get_host (url) != '\0';
}

/* libsoup fills in the port that goes with the scheme. */
static gboolean
may_follow (GUri *from,
            GUri *to)
{
  return is_https (to) && (g_uri_get_port (to) == -1 || g_uri_get_port (to) == HTTPS_PORT) &&
         tl_site_same (g_uri_get_host (from), g_uri_get_host (to));
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* libsoup takes a body that ends before its declared length for a whole one. */
static gboolean
is_cut (Fetch *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) != self->body->len;
}

/* Takes the caller's reference to @task. */
static void
answer (GTask *task)
{
  g_autoptr(GTask) owned = task;
  Fetch *self = g_task_get_task_data (task);
  const char *content_type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (self->message), NULL);
  TlHttpsAnswer *done = g_new0 (TlHttpsAnswer, 1);

  done->status = soup_message_get_status (self->message);
  done->content_type = content_type != NULL ? g_ascii_strdown (content_type, -1) : NULL;
  done->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  g_ptr_array_add (self->hops, NULL);
  done->hops = (char **) g_ptr_array_free (g_steal_pointer (&self->hops), FALSE);

  g_task_return_pointer (task, done, (GDestroyNotify) tl_https_answer_free);
}

static void
on_chunk_read (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (self->stream, result, &error);

  if (chunk == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      if (is_cut (self))
        fail_literal (task, TL_ERROR_PROTOCOL, "the document was cut short");
      else
        answer (task);
      return;
    }

  if (self->body->len + g_bytes_get_size (chunk) > TL_HTTPS_MAX_BYTES)
    {
      fail_literal (task, TL_ERROR_PROTOCOL, "the document is too large");
      return;
    }

  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->stopper,
                                   on_chunk_read, task);
}

/* Takes the caller's reference to @task; asks for self->url. */
static void ask (GTask *task);

/* The document itself, or where it has gone to. No encoding was asked for, so
 * that what is counted is what is kept; one that comes unasked is refused. */
static void
on_head_received (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  Fetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *location;
  const char *encoding;

  self->stream = soup_session_send_finish (self->https->session, result, &error);
  if (self->stream == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  /* A proxy that will not connect answers in the server's place, and libsoup
   * hands that on: nobody vouches for it. */
  if (soup_message_get_tls_peer_certificate (self->message) == NULL)
    {
      fail_literal (task, TL_ERROR_UNREACHABLE, "the proxy would not connect");
      return;
    }

  location = soup_message_headers_get_one (headers, "Location");
  if (is_redirect (soup_message_get_status (self->message)) && location != NULL)
    {
      g_autoptr(GUri) next = parse_url (self->url, location);

      if (next == NULL)
        {
          fail_literal (task, TL_ERROR_PROTOCOL, "redirected to what is no URL");
          return;
        }
      if (self->hops->len > TL_HTTPS_MAX_HOPS || !may_follow (self->url, next))
        {
          fail_literal (task, TL_ERROR_REFUSED, "redirected too often, or out of the domain");
          return;
        }

      g_clear_pointer (&self->url, g_uri_unref);
      self->url = g_steal_pointer (&next);
      ask (task);
      return;
    }

  encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  if ((encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0) ||
      soup_message_headers_get_content_length (headers) > TL_HTTPS_MAX_BYTES)
    {
      fail_literal (task, TL_ERROR_PROTOCOL, "the document is encoded or too large");
      return;
    }

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->stopper,
                                   on_chunk_read, task);
}

/* libsoup reads on past informational answers (RFC 9110 §15.2) without ever
 * coming back to the main loop, where the clock and the cancellable wait: a
 * server that sends nothing else has to be stopped from here. */
static void
on_got_informational (SoupMessage *message,
                      gpointer     data)
{
  Fetch *self = data;

  self->n_informational++;
  if (self->n_informational > MAX_INFORMATIONAL)
    g_cancellable_cancel (self->stopper);
}

static void
ask (GTask *task)
{
  Fetch *self = g_task_get_task_data (task);

  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, self->url);
  soup_message_add_flags (self->message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_replace (soup_message_get_request_headers (self->message),
                                "Accept-Encoding", "identity");
  g_ptr_array_add (self->hops, g_uri_to_string (self->url));
  self->n_informational = 0;
  g_signal_connect (self->message, "got-informational", G_CALLBACK (on_got_informational), self);

  soup_session_send_async (self->https->session, self->message, G_PRIORITY_DEFAULT, self->stopper,
                           on_head_received, task);
}

static gboolean
on_time_passed (gpointer data)
{
  Fetch *self = data;

  self->time_is_up = TRUE;
  g_cancellable_cancel (self->stopper);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  Fetch *self = data;

  g_cancellable_cancel (self->stopper);

  return G_SOURCE_REMOVE;
}

static void
tl_https_finalize (GObject *object)
{
  TlHttps *self = TL_HTTPS (object);

  g_clear_object (&self->session);
  g_main_context_unref (self->context);

  G_OBJECT_CLASS (tl_https_parent_class)->finalize (object);
}

static void
tl_https_class_init (TlHttpsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = tl_https_finalize;
}

static void
tl_https_init (TlHttps *self)
{
  self->context = g_main_context_ref_thread_default ();
}

void
tl_https_answer_free (TlHttpsAnswer *self)
{
  g_free (self->content_type);
  g_bytes_unref (self->body);
  g_strfreev (self->hops);
  g_free (self);
}

/**
 * tl_https_new:
 *
 * Returns: (transfer full): a client that trusts what the system trusts and
 *   goes by the system's proxies
 */
TlHttps *
tl_https_new (void)
{
  return tl_https_new_for (NULL, NULL);
}

/**
 * tl_https_new_for:
 * @trust: (nullable): the certificate authorities, or %NULL for the system's
 * @proxies: (nullable): the proxies, or %NULL for the system's
 *
 * Returns: (transfer full): a client
 */
TlHttps *
tl_https_new_for (GTlsDatabase   *trust,
                  GProxyResolver *proxies)
{
  TlHttps *self = g_object_new (TL_TYPE_HTTPS, NULL);

  self->session = soup_session_new_with_options ("user-agent", "Twolane/" TL_VERSION, NULL);
  if (trust != NULL)
    soup_session_set_tls_database (self->session, trust);
  if (proxies != NULL)
    soup_session_set_proxy_resolver (self->session, proxies);

  /* These two come with every session: nobody is to be signed in to, and a few
   * compressed bytes are not to become a large document. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);

  return self;
}

/**
 * tl_https_get_async:
 * @self: a client
 * @url: an https URL without user information
 * @deadline: the moment by which the whole answer must be in, redirects included
 * @cancellable: (nullable): cancels the request
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * Asks for one document. A status of 400 and more is an answer. Fails with
 * %TL_ERROR_INVALID_INPUT when @url is not to be asked, %TL_ERROR_NOT_FOUND
 * when its host does not exist, %TL_ERROR_UNREACHABLE, %TL_ERROR_TIMED_OUT,
 * %TL_ERROR_TLS, %TL_ERROR_REFUSED for a redirect that is not followed,
 * %TL_ERROR_PROTOCOL for what is too large or no HTTP, and %G_IO_ERROR_CANCELLED.
 */
void
tl_https_get_async (TlHttps             *self,
                    const char          *url,
                    TlDeadline           deadline,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Fetch *fetch;

  g_return_if_fail (TL_IS_HTTPS (self));
  g_return_if_fail (url != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_https_get_async);
  g_return_if_fail (g_task_get_context (task) == self->context);

  if (g_task_return_error_if_cancelled (task))
    return;

  fetch = g_new0 (Fetch, 1);
  fetch->https = self;
  fetch->url = parse_url (NULL, url);
  fetch->body = g_byte_array_new ();
  fetch->hops = g_ptr_array_new_with_free_func (g_free);
  fetch->stopper = g_cancellable_new ();
  g_task_set_task_data (task, fetch, fetch_free);

  if (fetch->url == NULL || !is_https (fetch->url))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "“%s” is not an https URL", url);
      return;
    }

  fetch->timer = g_timeout_source_new (tl_deadline_get_left_ms (deadline));
  g_source_set_callback (fetch->timer, on_time_passed, fetch, NULL);
  g_source_set_static_name (fetch->timer, "[twolane] HTTPS deadline");
  g_source_attach (fetch->timer, self->context);
  if (cancellable != NULL)
    {
      fetch->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (fetch->cancelled, G_SOURCE_FUNC (on_cancelled), fetch, NULL);
      g_source_set_static_name (fetch->cancelled, "[twolane] HTTPS cancelled");
      g_source_attach (fetch->cancelled, self->context);
    }

  ask (g_steal_pointer (&task));
}

/**
 * tl_https_get_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, or %NULL with @error set as said at
 *   tl_https_get_async()
 */
TlHttpsAnswer *
tl_https_get_finish (TlHttps       *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
