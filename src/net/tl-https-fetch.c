/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https-fetch.h"

#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-site.h"

#define CHUNK_BYTES (16 * 1024)
#define MAX_INFORMATIONAL 8
#define MAX_URL_LEN 2048
#define HTTPS_PORT 443

struct _TlHttpsFetch
{
  SoupSession  *session;         /* owned */
  TlContacts   *contacts;        /* owned; NULL: nobody wants to know */
  const char   *method;          /* a constant of libsoup's */
  char         *accept;          /* owned; NULL: anything */
  GBytes       *content;         /* owned: to POST; NULL otherwise */
  char         *content_type;    /* owned: of what is posted */
  GUri         *url;             /* owned: asked now */
  SoupMessage  *message;         /* owned: asked now */
  GInputStream *stream;          /* owned: its body */
  GByteArray   *body;            /* owned: what has come of it */
  GPtrArray    *hops;            /* owned: of char, ends in NULL once answered */
  GCancellable *stopper;         /* owned: cancelled when time is up, too */
  guint         n_informational; /* of the answer that is awaited */
  GSource      *timer;           /* owned */
  GSource      *cancelled;       /* owned; NULL without a cancellable */
  gboolean      time_is_up;
};

void
tl_https_fetch_free (TlHttpsFetch *self)
{
  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->stopper);
  g_clear_object (&self->session);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_clear_pointer (&self->url, g_uri_unref);
  g_clear_pointer (&self->accept, g_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->content_type, g_free);
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

/* Takes @cause and the caller's reference to @task. What is named is what was
 * asked for first. Where a redirect led is text from outside, and the libraries
 * below name the hosts they fail with. */
static void
fail (GTask  *task,
      GError *cause)
{
  g_autoptr(GTask) owned = task;
  g_autoptr(GError) taken = cause;
  TlHttpsFetch *self = g_task_get_task_data (task);
  const char *url = g_ptr_array_index (self->hops, 0);
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
      g_task_return_new_error (task, TL_ERROR, (int) code, "fetching %s: %s", url,
                               self->hops->len > 1 ? "a redirect led to where it failed"
                                                   : taken->message);
      return;
    }

  if (self->hops->len > 1 && taken->domain == G_IO_ERROR)
    {
      g_free (taken->message);
      taken->message = g_strdup ("a redirect led to where it failed");
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

/**
 * tl_https_parse_url:
 * @base: (nullable): what @text is relative to
 * @text: a URL
 *
 * A URL is ASCII (RFC 3986 §2); what is not would have to be cleaned before
 * anyone sees it, and a cleaned URL is another one.
 *
 * Returns: (transfer full) (nullable): the URL, or %NULL for what is none
 */
GUri *
tl_https_parse_url (GUri       *base,
                    const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p > '~' || p - text >= MAX_URL_LEN)
        return NULL;
    }

  return g_uri_parse_relative (base, text, SOUP_HTTP_URI_FLAGS, NULL);
}

/**
 * tl_https_is_secure:
 * @url: a URL
 *
 * Returns: whether it is an https one with a host, and without user information
 */
gboolean
tl_https_is_secure (GUri *url)
{
  return g_str_equal (g_uri_get_scheme (url), "https") && g_uri_get_userinfo (url) == NULL &&
         g_uri_get_host (url) != NULL && *g_uri_get_host (url) != '\0';
}

/* libsoup fills in the port that goes with the scheme. */
static gboolean
may_follow (GUri *from,
            GUri *to)
{
  int port = g_uri_get_port (to);

  return tl_https_is_secure (to) && (port == -1 || port == HTTPS_PORT) &&
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
is_cut (TlHttpsFetch *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
         soup_message_headers_get_content_length (headers) != self->body->len;
}

static gboolean
is_redirected (TlHttpsFetch *self)
{
  return is_redirect (soup_message_get_status (self->message)) &&
         soup_message_headers_get_one (soup_message_get_response_headers (self->message),
                                       "Location") != NULL;
}

/* Where it leads, or NULL for what is no URL. */
static GUri *
get_redirect (TlHttpsFetch *self)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  return tl_https_parse_url (self->url, soup_message_headers_get_one (headers, "Location"));
}

/* Takes the caller's reference to @task. */
static void
answer (GTask *task)
{
  g_autoptr(GTask) owned = task;
  TlHttpsFetch *self = g_task_get_task_data (task);
  const char *content_type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (self->message), NULL);
  g_autoptr(GUri) location = is_redirected (self) ? get_redirect (self) : NULL;
  TlHttpsAnswer *done = g_new0 (TlHttpsAnswer, 1);

  done->status = soup_message_get_status (self->message);
  done->content_type = content_type != NULL ? g_ascii_strdown (content_type, -1) : NULL;
  done->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  done->location = location != NULL ? g_uri_to_string (location) : NULL;
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
  TlHttpsFetch *self = g_task_get_task_data (task);
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
  TlHttpsFetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding;

  self->stream = soup_session_send_finish (self->session, result, &error);
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

  if (is_redirected (self) && self->content == NULL)
    {
      g_autoptr(GUri) next = get_redirect (self);

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

/* The road of a peek ends here: nothing on it reads from the stream. */
static void
on_peek_answered (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GTask *task = user_data;
  TlHttpsFetch *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->stream == NULL)
    fail (task, g_steal_pointer (&error));
  else
    answer (task);
}

/* libsoup reads on past informational answers (RFC 9110 §15.2) without ever
 * coming back to the main loop, where the clock and the cancellable wait: a
 * server that sends nothing else has to be stopped from here. */
static void
on_got_informational (SoupMessage *message,
                      gpointer     data)
{
  TlHttpsFetch *self = data;

  self->n_informational++;
  if (self->n_informational > MAX_INFORMATIONAL)
    g_cancellable_cancel (self->stopper);
}

/* Sets down who gets to know. */
static void
note_contact (TlHttpsFetch *self)
{
  g_autofree char *host = tl_host_canonicalize (g_uri_get_host (self->url));

  if (self->contacts != NULL)
    tl_contacts_add (self->contacts, TL_CONTACT_WEB,
                     host != NULL ? host : g_uri_get_host (self->url));
}

static void
ask (GTask *task)
{
  TlHttpsFetch *self = g_task_get_task_data (task);
  gboolean is_peek = self->method == SOUP_METHOD_HEAD;
  SoupMessageHeaders *headers;

  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  self->message = soup_message_new_from_uri (self->method, self->url);
  headers = soup_message_get_request_headers (self->message);
  soup_message_add_flags (self->message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (self->accept != NULL)
    soup_message_headers_replace (headers, "Accept", self->accept);
  if (self->content != NULL)
    soup_message_set_request_body_from_bytes (self->message, self->content_type, self->content);

  /* On a connection that has been idle a request may have to be sent again, and
   * behind the answer to a HEAD there may be anything. */
  if (self->method != SOUP_METHOD_GET)
    soup_message_add_flags (self->message, SOUP_MESSAGE_NEW_CONNECTION);
  if (is_peek)
    soup_message_headers_replace (headers, "Connection", "close");

  note_contact (self);
  g_ptr_array_add (self->hops, g_uri_to_string (self->url));
  self->n_informational = 0;
  g_signal_connect (self->message, "got-informational", G_CALLBACK (on_got_informational), self);

  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->stopper,
                           is_peek ? on_peek_answered : on_head_received, task);
}

static gboolean
on_time_passed (gpointer data)
{
  TlHttpsFetch *self = data;

  self->time_is_up = TRUE;
  g_cancellable_cancel (self->stopper);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  TlHttpsFetch *self = data;

  g_cancellable_cancel (self->stopper);

  return G_SOURCE_REMOVE;
}

/**
 * tl_https_fetch_new:
 * @session: what it is sent by
 * @contacts: (nullable): where to set down who is asked
 * @method: one of libsoup's constants: GET, POST or HEAD
 * @url: (transfer full): what is asked for
 *
 * Returns: (transfer full): a request that has not been sent
 */
TlHttpsFetch *
tl_https_fetch_new (SoupSession *session,
                    TlContacts  *contacts,
                    const char  *method,
                    GUri        *url)
{
  TlHttpsFetch *self = g_new0 (TlHttpsFetch, 1);

  self->session = g_object_ref (session);
  self->contacts = contacts != NULL ? tl_contacts_ref (contacts) : NULL;
  self->method = method;
  self->url = url;
  self->body = g_byte_array_new ();
  self->hops = g_ptr_array_new_with_free_func (g_free);
  self->stopper = g_cancellable_new ();

  return self;
}

/**
 * tl_https_fetch_set_request:
 * @self: a request that has not been sent
 * @request: media types wanted and what to post are taken from it
 */
void
tl_https_fetch_set_request (TlHttpsFetch         *self,
                            const TlHttpsRequest *request)
{
  self->accept = g_strdup (request->accept);
  self->content = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->content_type = g_strdup (request->content_type);
}

/**
 * tl_https_fetch_start:
 * @task: (transfer full): who waits, with a request as its data; given a #TlHttpsAnswer
 * @deadline: the moment by which the whole answer must be in
 *
 * Sets the clock and asks.
 */
void
tl_https_fetch_start (GTask      *task,
                      TlDeadline  deadline)
{
  TlHttpsFetch *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GMainContext *context = g_task_get_context (task);

  self->timer = g_timeout_source_new (tl_deadline_get_left_ms (deadline));
  g_source_set_callback (self->timer, on_time_passed, self, NULL);
  g_source_set_static_name (self->timer, "[twolane] HTTPS deadline");
  g_source_attach (self->timer, context);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_set_static_name (self->cancelled, "[twolane] HTTPS cancelled");
      g_source_attach (self->cancelled, context);
    }

  ask (task);
}
