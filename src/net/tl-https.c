/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-https.h"

#include "config.h"
#include "tl-error.h"
#include "tl-https-fetch.h"
#include "tl-https-private.h"
#include "tl-text.h"
#include "tl-url.h"

struct _TlHttps
{
  GObject       parent_instance;

  GMainContext *context;  /* owned */
  SoupSession  *session;  /* owned */
  TlContacts   *contacts; /* owned; NULL: nobody wants to know */
};

G_DEFINE_FINAL_TYPE (TlHttps, tl_https, G_TYPE_OBJECT)

static void
tl_https_finalize (GObject *object)
{
  TlHttps *self = TL_HTTPS (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->contacts, tl_contacts_unref);
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
  g_free (self->location);
  g_strfreev (self->hops);
  g_free (self);
}

/* HTTP/2 is not offered (RFC 7301 §3.2): libsoup 3.2 reads frames for as long as
 * any come, and does not get back to the main loop, where clock and cancellable
 * wait, when a server sends nothing but PINGs, informational answers or empty
 * DATA. It has no call for that; but the last word before the handshake is ours. */
static void
on_network_event (SoupMessage        *message,
                  GSocketClientEvent  event,
                  GIOStream          *connection,
                  gpointer            data)
{
  static const char * const protocols[] = { "http/1.1", NULL };

  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_tls_connection_set_advertised_protocols (G_TLS_CONNECTION (connection), protocols);
}

/* Every message: also the one of libsoup's own that asks a proxy to connect. */
static void
on_request_queued (SoupSession *session,
                   SoupMessage *message,
                   gpointer     data)
{
  g_signal_connect (message, "network-event", G_CALLBACK (on_network_event), NULL);
}

/**
 * tl_https_new:
 * @contacts: (nullable): where to set down who is asked
 *
 * Returns: (transfer full): a client that trusts what the system trusts and
 *   goes by the system's proxies
 */
TlHttps *
tl_https_new (TlContacts *contacts)
{
  TlHttps *self = tl_https_new_for (NULL, NULL);

  tl_https_set_contacts (self, contacts);

  return self;
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

  g_signal_connect (self->session, "request-queued", G_CALLBACK (on_request_queued), NULL);

  /* These two come with every session: nobody is to be signed in to, and a few
   * compressed bytes are not to become a large document. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);

  return self;
}

/**
 * tl_https_set_contacts:
 * @self: one that has not asked anybody
 * @contacts: (nullable): where to set down who is asked
 */
void
tl_https_set_contacts (TlHttps    *self,
                       TlContacts *contacts)
{
  g_clear_pointer (&self->contacts, tl_contacts_unref);
  if (contacts != NULL)
    self->contacts = tl_contacts_ref (contacts);
}

/**
 * tl_https_send_async:
 * @self: a client
 * @request: what to ask; its URL is an https one with a host name of two labels or more,
 *   and without user information
 * @deadline: the moment by which the whole answer must be in, redirects included
 * @cancellable: (nullable): cancels the request
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * Asks for one document, or posts one. A status of 400 and more is an answer.
 * Fails with %TL_ERROR_INVALID_INPUT when the URL is not to be asked,
 * %TL_ERROR_NOT_FOUND when its host does not exist, %TL_ERROR_UNREACHABLE,
 * %TL_ERROR_TEMPORARY, %TL_ERROR_TIMED_OUT, %TL_ERROR_TLS, %TL_ERROR_REFUSED for
 * a redirect that is not followed, %TL_ERROR_PROTOCOL for what is too large or
 * no HTTP, and %G_IO_ERROR_CANCELLED. The message repeats nothing that a redirect said.
 *
 * A request is put on a connection of its own if it is a POST, and sent once.
 */
void
tl_https_send_async (TlHttps              *self,
                     const TlHttpsRequest *request,
                     TlDeadline            deadline,
                     GCancellable         *cancellable,
                     GAsyncReadyCallback   callback,
                     gpointer              user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GUri) url = NULL;
  g_autoptr(TlHttpsFetch) fetch = NULL;

  g_return_if_fail (TL_IS_HTTPS (self));
  g_return_if_fail (request != NULL && request->url != NULL);
  g_return_if_fail ((request->body != NULL) == (request->content_type != NULL));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_https_send_async);
  g_return_if_fail (g_task_get_context (task) == self->context);

  if (g_task_return_error_if_cancelled (task))
    return;

  url = tl_https_parse_url (NULL, request->url);
  if (url == NULL || !tl_https_is_secure (url))
    {
      g_autofree char *clean = tl_text_clean (request->url, -1);

      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "“%s” is not an https URL", clean);
      return;
    }

  fetch = tl_https_fetch_new (self->session, self->contacts,
                              request->body != NULL ? SOUP_METHOD_POST : SOUP_METHOD_GET,
                              g_steal_pointer (&url));
  tl_https_fetch_set_request (fetch, request);
  tl_https_fetch_start (fetch, g_steal_pointer (&task), deadline);
}

/**
 * tl_https_send_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, or %NULL with @error set as said at
 *   tl_https_send_async()
 */
TlHttpsAnswer *
tl_https_send_finish (TlHttps       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tl_https_peek_async:
 * @self: a client
 * @host: a canonical host name
 * @path: a path of ASCII that starts with a slash, with a query or without
 * @deadline: the moment by which the answer must be in
 * @cancellable: (nullable): cancels the request
 * @callback: called on the context @self was made in
 * @user_data: for @callback
 *
 * Asks http://HOST/PATH on port 80 whether it is there: one HEAD (RFC 9110
 * §9.3.2) on a connection of its own, no redirect followed. The answer has
 * status, content type and location, which anybody on the way may have made up,
 * and an empty body whatever the server sends. Fails as tl_https_send_async().
 */
void
tl_https_peek_async (TlHttps             *self,
                     const char          *host,
                     const char          *path,
                     TlDeadline           deadline,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GUri) url = NULL;
  g_autoptr(TlHttpsFetch) fetch = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (TL_IS_HTTPS (self));
  g_return_if_fail (host != NULL);
  g_return_if_fail (path != NULL && path[0] == '/');

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_https_peek_async);
  g_return_if_fail (g_task_get_context (task) == self->context);

  if (g_task_return_error_if_cancelled (task))
    return;

  text = g_strconcat ("http://", host, path, NULL);
  url = tl_https_parse_url (NULL, text);
  if (url == NULL || !tl_url_has_name (url) || !g_str_equal (g_uri_get_host (url), host))
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "“%s” is not a URL", text);
      return;
    }

  fetch = tl_https_fetch_new (self->session, self->contacts, SOUP_METHOD_HEAD,
                              g_steal_pointer (&url));
  tl_https_fetch_start (fetch, g_steal_pointer (&task), deadline);
}

/**
 * tl_https_peek_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the answer, its body empty, or %NULL with @error set
 *   as said at tl_https_peek_async()
 */
TlHttpsAnswer *
tl_https_peek_finish (TlHttps       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
