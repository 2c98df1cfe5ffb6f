/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https-post.h"

#include <string.h>

#include "config.h"
#include "tl-channel.h"
#include "tl-dial.h"
#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-http-reply.h"
#include "tl-https-fetch.h"
#include "tl-proxy.h"
#include "tl-resolver.h"
#include "tl-text.h"
#include "tl-url.h"

#define CHUNK_BYTES 4096

/* More than any call of a request goes down. */
#define STACK_BYTES (256 * 1024)

/* One request on its way. Set before its thread starts, and only read after. */
typedef struct
{
  GUri       *url;          /* owned: canonical host */
  char       *content_type; /* owned */
  TlSecret   *body;         /* owned */
  TlNetwork  *network;      /* owned */
  TlDeadline  deadline;
} Post;

static void
post_free (Post *self)
{
  g_clear_pointer (&self->url, g_uri_unref);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->body, tl_secret_unref);
  g_clear_pointer (&self->network, tl_network_unref);
  g_free (self);
}

void
tl_https_post_answer_free (TlHttpsPostAnswer *self)
{
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->body, tl_secret_unref);
  g_free (self);
}

/* --- Faults of a connection as errors ------------------------------------------- */

typedef enum
{
  STAGE_NAME,
  STAGE_CONNECT,
  STAGE_TLS,
  STAGE_TALK,
} Stage;

static const struct
{
  const char *doing;
  TlError     code;
} stages[] = {
  [STAGE_NAME]    = { "looking up the name",        TL_ERROR_UNREACHABLE },
  [STAGE_CONNECT] = { "connecting",                 TL_ERROR_UNREACHABLE },
  [STAGE_TLS]     = { "setting up TLS",             TL_ERROR_TLS },
  [STAGE_TALK]    = { "waiting for the answer",     TL_ERROR_PROTOCOL },
};

/* What says the same whenever it happens. */
static const struct
{
  TlCause cause;
  TlError code;
} codes[] = {
  { TL_CAUSE_TIMEOUT,      TL_ERROR_TIMED_OUT },
  { TL_CAUSE_NXDOMAIN,     TL_ERROR_NOT_FOUND },
  { TL_CAUSE_NO_ADDRESS,   TL_ERROR_NOT_FOUND },
  { TL_CAUSE_SERVFAIL,     TL_ERROR_TEMPORARY },
  { TL_CAUSE_OFFLINE,      TL_ERROR_UNREACHABLE },
  { TL_CAUSE_NETWORK_LOST, TL_ERROR_UNREACHABLE },
  { TL_CAUSE_LOCAL_LIMIT,  TL_ERROR_UNREACHABLE },
};

/* Takes @fault, if that is what happened; else @error is set already. */
static void
restate (const Post  *self,
         Stage        stage,
         TlFault     *fault,
         GError     **error)
{
  g_autoptr(TlFault) owned = fault;
  TlError code = stages[stage].code;
  TlCause cause;

  if (fault == NULL)
    return;

  cause = tl_fault_get_cause (fault);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (codes[i].cause == cause)
        code = codes[i].code;
    }
  g_set_error (error, TL_ERROR, (int) code, "posting to %s: %s: %s", g_uri_get_host (self->url),
               stages[stage].doing, tl_cause_get_nick (cause));
}

/* --- On the thread --------------------------------------------------------------- */

/* By the proxy that the system has for the web, or directly. */
static TlChannel *
connect_sync (const Post    *self,
              GCancellable  *cancellable,
              GError       **error)
{
  const char *host = g_uri_get_host (self->url);
  guint16 port = g_uri_get_port (self->url) > 0 ? (guint16) g_uri_get_port (self->url)
                                                : TL_URL_HTTPS_PORT;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, port, TL_SECURITY_TLS, error);
  g_autoptr(GUri) proxy = NULL;
  g_autoptr(GPtrArray) addresses = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GError) why = NULL;
  TlFault *fault = NULL;

  if (endpoint == NULL)
    return NULL;

  proxy = tl_proxy_find_web_sync (self->network, host, self->deadline, cancellable, &why);
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  if (proxy != NULL)
    {
      TlChannel *channel = tl_channel_dial_through_sync (self->network, proxy, endpoint,
                                                         self->deadline, cancellable, &fault,
                                                         error);

      if (channel == NULL)
        restate (self, STAGE_CONNECT, fault, error);
      return channel;
    }

  addresses = tl_resolver_lookup_sync (self->network, host, self->deadline, cancellable, &fault,
                                       error);
  if (addresses == NULL)
    {
      restate (self, STAGE_NAME, fault, error);
      return NULL;
    }
  socket = tl_dial_sync (addresses, port, self->deadline, cancellable, NULL, &fault, error);
  if (socket == NULL)
    {
      if (fault != NULL)
        tl_resolver_forget (host);
      restate (self, STAGE_CONNECT, fault, error);
      return NULL;
    }

  return tl_channel_new_for_socket (self->network, socket);
}

/* The whole request, RFC 9112 §3: in one piece, so that it is one TLS record or a few, and none of
 * them waits for another. */
static TlSecret *
new_request (const Post *self)
{
  int port = g_uri_get_port (self->url);
  g_autofree char *port_text = port > 0 && port != TL_URL_HTTPS_PORT
                               ? g_strdup_printf (":%d", port) : g_strdup ("");
  const char *path = g_uri_get_path (self->url);
  const char *query = g_uri_get_query (self->url);
  gsize body_len;
  const char *body = tl_secret_peek (self->body, &body_len);
  g_autofree char *head =
    g_strdup_printf ("POST %s%s%s HTTP/1.1\r\n"
                     "Host: %s%s\r\n"
                     "User-Agent: Twolane/" TL_VERSION "\r\n"
                     "Accept: application/json\r\n"
                     "Accept-Encoding: identity\r\n"
                     "Content-Type: %s\r\n"
                     "Content-Length: %" G_GSIZE_FORMAT "\r\n"
                     "Connection: close\r\n"
                     "\r\n",
                     *path != '\0' ? path : "/", query != NULL ? "?" : "",
                     query != NULL ? query : "", g_uri_get_host (self->url), port_text,
                     self->content_type, body_len);
  TlSecret *request = tl_secret_new_sized (strlen (head) + body_len);

  tl_secret_append (request, head, strlen (head));
  tl_secret_append (request, body, body_len);

  return request;
}

/* A body without a length ends with the connection, and only a close_notify says that this was the
 * server's doing (RFC 9112 §9.8). */
static gboolean
read_reply_sync (const Post    *self,
                 TlChannel     *channel,
                 TlHttpReply   *reply,
                 GCancellable  *cancellable,
                 GError       **error)
{
  while (!tl_http_reply_is_whole (reply))
    {
      char chunk[CHUNK_BYTES];
      TlFault *fault = NULL;
      gboolean is_good;
      gssize n = tl_channel_read_sync (channel, chunk, sizeof chunk, self->deadline, cancellable,
                                       &fault, error);

      if (n > 0)
        {
          is_good = tl_http_reply_feed (reply, chunk, (gsize) n, error);
          explicit_bzero (chunk, sizeof chunk);
        }
      else if (fault != NULL && tl_fault_get_cause (fault) == TL_CAUSE_SERVER_CLOSED)
        {
          g_clear_pointer (&fault, tl_fault_unref);
          is_good = tl_http_reply_end (reply, error);
        }
      else
        {
          restate (self, STAGE_TALK, fault, error);
          return FALSE;
        }
      if (!is_good)
        {
          g_prefix_error (error, "posting to %s: ", g_uri_get_host (self->url));
          return FALSE;
        }
    }

  return TRUE;
}

static TlHttpsPostAnswer *
post_sync (const Post    *self,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlSecret) request = NULL;
  g_autoptr(TlHttpReply) reply = NULL;
  TlHttpsPostAnswer *answer;
  TlFault *fault = NULL;

  channel = connect_sync (self, cancellable, error);
  if (channel == NULL)
    return NULL;

  proof = tl_channel_handshake_sync (channel, g_uri_get_host (self->url), self->deadline,
                                     cancellable, &fault, error);
  if (proof == NULL)
    {
      restate (self, STAGE_TLS, fault, error);
      return NULL;
    }

  request = new_request (self);
  if (!tl_channel_write_secret_sync (channel, proof, request, self->deadline, cancellable, &fault,
                                     error))
    {
      restate (self, STAGE_TALK, fault, error);
      return NULL;
    }

  reply = tl_http_reply_new ();
  if (!read_reply_sync (self, channel, reply, cancellable, error))
    return NULL;

  answer = g_new0 (TlHttpsPostAnswer, 1);
  answer->status = tl_http_reply_get_status (reply);
  answer->content_type = g_strdup (tl_http_reply_get_content_type (reply));
  answer->retry_after = tl_http_reply_get_retry_after (reply);
  answer->body = tl_http_reply_dup_body (reply);

  return answer;
}

/* memcpy() leaves what it copied last in the wide registers, and the dynamic linker puts those onto
 * the stack when a function is first called. The stack of a thread that has ended is kept for the
 * next one. So: zeros through every size of copy, and then over the stack. */
static G_NO_INLINE void
wipe_stack (void)
{
  char below[STACK_BYTES];

  explicit_bzero (below, sizeof below);
  for (gsize len = 1; len <= sizeof below / 2; len *= 2)
    memmove (below + sizeof below / 2, below, len);
  explicit_bzero (below, sizeof below);
}

static gpointer
post_thread (gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  TlHttpsPostAnswer *answer = post_sync (g_task_get_task_data (task),
                                         g_task_get_cancellable (task), &error);

  wipe_stack ();
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) tl_https_post_answer_free);
  else
    g_task_return_error (task, error);

  return NULL;
}

/**
 * tl_https_post_async:
 * @post: what to send where
 * @network: the world to connect in
 * @contacts: (nullable): the host is noted here
 * @deadline: the moment by which the whole answer must be in
 * @cancellable: (nullable): cancels within 200 ms
 * @callback: called on the thread-default context
 * @user_data: for @callback
 *
 * Posts once. Whatever status comes, redirects too, is an answer. Nothing of the request is sent
 * before the server's certificate was verified.
 *
 * Fails with %TL_ERROR_INVALID_INPUT when the URL is no https one, has user information, a fragment
 * or no host of a full name, or the body is longer than `TL_HTTPS_POST_MAX_REQUEST_BYTES`; with
 * %TL_ERROR_NOT_FOUND, %TL_ERROR_TEMPORARY, %TL_ERROR_UNREACHABLE, %TL_ERROR_TIMED_OUT,
 * %TL_ERROR_TLS, %TL_ERROR_PROTOCOL for what is no HTTP or too long, and %G_IO_ERROR_CANCELLED. The
 * message repeats nothing of what was sent or came back.
 */
void
tl_https_post_async (const TlHttpsPost   *post,
                     TlNetwork           *network,
                     TlContacts          *contacts,
                     TlDeadline           deadline,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GUri) url = NULL;
  Post *self;

  g_return_if_fail (post != NULL && post->url != NULL && post->body != NULL);
  g_return_if_fail (post->content_type != NULL && tl_text_is_clean (post->content_type));

  g_task_set_source_tag (task, tl_https_post_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  url = tl_https_parse_url (NULL, post->url);
  if (url == NULL || !tl_https_is_secure (url) || g_uri_get_fragment (url) != NULL)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "this is not a URL to post to");
      return;
    }
  if (tl_secret_get_len (post->body) > TL_HTTPS_POST_MAX_REQUEST_BYTES)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "there is too much to post");
      return;
    }

  if (contacts != NULL)
    tl_contacts_add (contacts, TL_CONTACT_WEB, g_uri_get_host (url));
  self = g_new0 (Post, 1);
  self->url = g_steal_pointer (&url);
  self->content_type = g_strdup (post->content_type);
  self->body = tl_secret_ref (post->body);
  self->network = tl_network_ref (network);
  self->deadline = deadline;
  g_task_set_task_data (task, self, (GDestroyNotify) post_free);
  g_thread_unref (g_thread_new ("tl-https-post", post_thread, g_steal_pointer (&task)));
}

/**
 * tl_https_post_finish:
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, or %NULL with @error as said at tl_https_post_async()
 */
TlHttpsPostAnswer *
tl_https_post_finish (GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
