/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https-fetch.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-gsource.h"
#include "tl-site.h"
#include "tl-url.h"

#define CHUNK_BYTES (16 * 1024)
#define MAX_INFORMATIONAL 8
#define MAX_URL_LEN 2048

/* What libsoup is given to come back once it has been told to stop. It does so at once, or, with a
 * peer that knows how to keep it waiting, never. */
#define GRACE_MS 100

struct _TlHttpsFetch
{
  GTask        *task;            /* owned: who waits; NULL once answered */
  SoupSession  *session;         /* owned */
  TlContacts   *contacts;        /* owned; NULL: nobody wants to know */
  const char   *method;          /* a constant of libsoup's */
  char         *accept;          /* owned; NULL: anything */
  GBytes       *content;         /* owned: to POST; NULL otherwise */
  char         *content_type;    /* owned: of what is posted */
  char         *within;          /* owned: canonical; NULL: no redirect is too high */
  gboolean      is_final;        /* a redirect is the answer */
  GUri         *url;             /* owned: asked now */
  SoupMessage  *message;         /* owned: asked now */
  GInputStream *stream;          /* owned: its body */
  GByteArray   *body;            /* owned: what has come of it */
  GPtrArray    *hops;            /* owned: of char; NULL once handed over */
  GCancellable *stopper;         /* owned: cancelled when time is up, too */
  guint         n_informational; /* of the answer that is awaited */
  GSource      *timer;           /* owned: the deadline, then the grace */
  GSource      *cancelled;       /* owned; NULL without a cancellable */
  gboolean      time_is_up;
  gboolean      is_too_large;
};

static TlHttpsFetch *
tl_https_fetch_ref (TlHttpsFetch *self)
{
  return g_rc_box_acquire (self);
}

static void
tl_https_fetch_clear (gpointer data)
{
  TlHttpsFetch *self = data;

  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->stopper);
  g_clear_object (&self->session);
  g_clear_object (&self->task);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  g_clear_pointer (&self->url, g_uri_unref);
  g_clear_pointer (&self->accept, g_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->within, g_free);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_clear_pointer (&self->hops, g_ptr_array_unref);
}

void
tl_https_fetch_unref (TlHttpsFetch *self)
{
  g_rc_box_release_full (self, tl_https_fetch_clear);
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

/* Who waits, for the one answer there is to it. */
static GTask *
steal_task (TlHttpsFetch *self)
{
  tl_gsource_clear (&self->timer);
  tl_gsource_clear (&self->cancelled);

  return g_steal_pointer (&self->task);
}

/* Takes @cause. What is named is what was asked for first. Where a redirect led
 * is text from outside, and the libraries below name the hosts they fail with. */
static void
fail (TlHttpsFetch *self,
      GError       *cause)
{
  g_autoptr(GTask) task = steal_task (self);
  g_autoptr(GError) taken = cause;
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
fail_literal (TlHttpsFetch *self,
              TlError       code,
              const char   *message)
{
  fail (self, g_error_new_literal (TL_ERROR, (int) code, message));
}

/**
 * tl_https_parse_url:
 * @base: (nullable): what @text is relative to
 * @text: a URL
 *
 * A URL is ASCII (RFC 3986 §2); what is not would have to be cleaned before
 * anyone sees it, and a cleaned URL is another one. Its host may be spelt in
 * percents, which GUri takes out: what is a host at all is brought to its one
 * spelling, so that this is what is asked, compared and set down.
 *
 * Returns: (transfer full) (nullable): the URL with a canonical host or none, or
 *   %NULL for what is no URL
 */
GUri *
tl_https_parse_url (GUri       *base,
                    const char *text)
{
  g_autoptr(GUri) url = NULL;
  g_autofree char *host = NULL;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p > '~' || p - text >= MAX_URL_LEN)
        return NULL;
    }

  url = g_uri_parse_relative (base, text, SOUP_HTTP_URI_FLAGS, NULL);
  if (url == NULL || g_uri_get_host (url) == NULL || *g_uri_get_host (url) == '\0')
    return g_steal_pointer (&url);

  host = tl_host_canonicalize (g_uri_get_host (url));

  return host == NULL ? NULL : soup_uri_copy (url, SOUP_URI_HOST, host, SOUP_URI_NONE);
}

/**
 * tl_https_is_secure:
 * @url: what tl_https_parse_url() made
 *
 * Returns: whether it is an https one with a host name, and without user information
 */
gboolean
tl_https_is_secure (GUri *url)
{
  return tl_url_is_https (url) && tl_url_has_name (url);
}

/* Whether @host is what a name in @within ends in, and not that name. Both canonical. */
static gboolean
is_above (const char *host,
          const char *within)
{
  gsize host_len = strlen (host);
  gsize within_len = strlen (within);

  return within_len > host_len && within[within_len - host_len - 1] == '.' &&
         g_str_has_suffix (within, host);
}

static gboolean
may_follow (TlHttpsFetch *self,
            GUri         *to)
{
  return tl_https_is_secure (to) && tl_url_has_usual_port (to) &&
         tl_site_same (g_uri_get_host (self->url), g_uri_get_host (to)) &&
         (self->within == NULL || !is_above (g_uri_get_host (to), self->within));
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

static void
answer (TlHttpsFetch *self)
{
  g_autoptr(GTask) task = steal_task (self);
  const char *content_type =
    soup_message_headers_get_content_type (soup_message_get_response_headers (self->message), NULL);
  g_autoptr(GUri) location = is_redirected (self) ? get_redirect (self) : NULL;
  TlHttpsAnswer *done = g_new0 (TlHttpsAnswer, 1);

  done->status = soup_message_get_status (self->message);
  done->content_type = content_type != NULL ? g_ascii_strdown (content_type, -1) : NULL;
  done->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  done->is_too_large = self->is_too_large;
  done->location = location != NULL ? g_uri_to_string (location) : NULL;
  g_ptr_array_add (self->hops, NULL);
  done->hops = (char **) g_ptr_array_free (g_steal_pointer (&self->hops), FALSE);

  g_task_return_pointer (task, done, (GDestroyNotify) tl_https_answer_free);
}

/* The rest is not waited for. */
static void
answer_too_large (TlHttpsFetch *self)
{
  self->is_too_large = TRUE;
  g_byte_array_set_size (self->body, 0);
  answer (self);
}

static void
on_chunk_read (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(TlHttpsFetch) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (self->stream, result, &error);

  if (self->task == NULL)
    return;

  if (chunk == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  if (g_bytes_get_size (chunk) == 0)
    {
      if (is_cut (self))
        fail_literal (self, TL_ERROR_PROTOCOL, "the document was cut short");
      else
        answer (self);
      return;
    }

  if (self->body->len + g_bytes_get_size (chunk) > TL_HTTPS_MAX_BYTES)
    {
      answer_too_large (self);
      return;
    }

  g_byte_array_append (self->body, g_bytes_get_data (chunk, NULL),
                       (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->stopper,
                                   on_chunk_read, tl_https_fetch_ref (self));
}

/* Asks for self->url. */
static void ask (TlHttpsFetch *self);

/* The document itself, or where it has gone to. No encoding was asked for, so
 * that what is counted is what is kept; one that comes unasked is refused. */
static void
on_head_received (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(TlHttpsFetch) self = user_data;
  g_autoptr(GError) error = NULL;
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *encoding;

  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->task == NULL)
    return;

  if (self->stream == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }

  /* A proxy that will not connect answers in the server's place, and libsoup
   * hands that on: nobody vouches for it. */
  if (soup_message_get_tls_peer_certificate (self->message) == NULL)
    {
      fail_literal (self, TL_ERROR_UNREACHABLE, "the proxy would not connect");
      return;
    }

  if (is_redirected (self) && self->content == NULL && !self->is_final)
    {
      g_autoptr(GUri) next = get_redirect (self);

      if (next == NULL)
        {
          fail_literal (self, TL_ERROR_PROTOCOL, "redirected to what is no URL");
          return;
        }
      if (self->hops->len > TL_HTTPS_MAX_HOPS || !may_follow (self, next))
        {
          fail_literal (self, TL_ERROR_REFUSED, "redirected too often, or out of the domain");
          return;
        }

      g_clear_pointer (&self->url, g_uri_unref);
      self->url = g_steal_pointer (&next);
      ask (self);
      return;
    }

  encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    {
      fail_literal (self, TL_ERROR_PROTOCOL, "the document is encoded");
      return;
    }
  if (soup_message_headers_get_content_length (headers) > TL_HTTPS_MAX_BYTES)
    {
      answer_too_large (self);
      return;
    }

  g_input_stream_read_bytes_async (self->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->stopper,
                                   on_chunk_read, tl_https_fetch_ref (self));
}

/* The road of a peek ends here: nothing on it reads from the stream. */
static void
on_peek_answered (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(TlHttpsFetch) self = user_data;
  g_autoptr(GError) error = NULL;

  self->stream = soup_session_send_finish (self->session, result, &error);
  if (self->task == NULL)
    return;

  if (self->stream == NULL)
    fail (self, g_steal_pointer (&error));
  else
    answer (self);
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
  if (self->contacts != NULL)
    tl_contacts_add (self->contacts, TL_CONTACT_WEB, g_uri_get_host (self->url));
}

static void
ask (TlHttpsFetch *self)
{
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
                           is_peek ? on_peek_answered : on_head_received,
                           tl_https_fetch_ref (self));
}

static void
set_timer (TlHttpsFetch *self,
           guint         ms,
           GSourceFunc   on_passed,
           const char   *name)
{
  tl_gsource_clear (&self->timer);
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_passed, self, NULL);
  g_source_set_static_name (self->timer, name);
  g_source_attach (self->timer, g_task_get_context (self->task));
}

/* Libsoup has not come back. What it holds stays with it, and who waits goes on. */
static gboolean
on_grace_passed (gpointer data)
{
  g_autoptr(TlHttpsFetch) self = tl_https_fetch_ref (data);

  fail (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "told to stop"));

  return G_SOURCE_REMOVE;
}

static void
stop (TlHttpsFetch *self)
{
  set_timer (self, GRACE_MS, on_grace_passed, "[twolane] HTTPS grace");
  g_cancellable_cancel (self->stopper);
}

static gboolean
on_time_passed (gpointer data)
{
  g_autoptr(TlHttpsFetch) self = tl_https_fetch_ref (data);

  self->time_is_up = TRUE;
  stop (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      data)
{
  g_autoptr(TlHttpsFetch) self = tl_https_fetch_ref (data);

  stop (self);

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
  TlHttpsFetch *self = g_rc_box_new0 (TlHttpsFetch);

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
 * @request: all of it but its URL is taken
 */
void
tl_https_fetch_set_request (TlHttpsFetch         *self,
                            const TlHttpsRequest *request)
{
  self->accept = g_strdup (request->accept);
  self->content = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  self->content_type = g_strdup (request->content_type);
  self->within = request->within != NULL ? tl_host_canonicalize (request->within) : NULL;
  self->is_final = request->is_final;
}

/**
 * tl_https_fetch_start:
 * @self: a request that has not been sent
 * @task: (transfer full): who waits; given a #TlHttpsAnswer
 * @deadline: the moment by which the whole answer must be in
 *
 * Sets the clock and asks. By the deadline, and when it is cancelled, @task is
 * answered within a tenth of a second, whether libsoup comes back or not.
 */
void
tl_https_fetch_start (TlHttpsFetch *self,
                      GTask        *task,
                      TlDeadline    deadline)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = task;
  set_timer (self, tl_deadline_get_left_ms (deadline), on_time_passed, "[twolane] HTTPS deadline");
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_set_static_name (self->cancelled, "[twolane] HTTPS cancelled");
      g_source_attach (self->cancelled, g_task_get_context (task));
    }

  ask (self);
}
