/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-server.h"

#include "tl-error.h"

#define BACKLOG          16
#define MAX_FILLERS      32
#define FILLER_WAIT_US   (150 * 1000)
#define ACCEPT_PAUSE_MS  200

struct _TlPracticeServer
{
  GSocket             *listener;    /* owned */
  guint16              port;
  TlPracticeServeFunc  serve;
  TlPracticeScenario   scenario;
  TlPracticeInbox     *inbox;       /* owned; NULL for a silent one */
  SSL_CTX             *context;     /* owned; NULL for a silent one */
  GCancellable        *cancellable; /* owned */
  GPollFD              stopped;     /* readable once cancelled */
  gboolean             has_stopped;
  GThread             *acceptor;    /* owned; NULL for a silent one */
  GPtrArray           *clients;     /* owned, of owned Client; the acceptor's alone */
  GPtrArray           *fillers;     /* owned, of owned GSocket: what keeps a silent one full */
};

typedef struct
{
  TlPracticeServer *server; /* borrowed */
  GSocket          *socket; /* owned */
  GThread          *thread; /* owned */
  gint              is_done;
} Client;

/* Waits for the client's thread, so nothing of it is left afterwards. */
static void
client_free (gpointer data)
{
  Client *self = data;

  g_thread_join (self->thread);
  g_object_unref (self->socket);
  g_free (self);
}

static gpointer
client_thread (gpointer data)
{
  Client *self = data;
  g_autoptr(TlPracticeLink) link = tl_practice_link_new (self->socket, self->server->context,
                                                         self->server->cancellable);

  self->server->serve (link, self->server->scenario, self->server->inbox);
  g_atomic_int_set (&self->is_done, TRUE);

  return NULL;
}

static void
reap (TlPracticeServer *self)
{
  for (guint i = self->clients->len; i > 0; i--)
    {
      Client *client = self->clients->pdata[i - 1];

      if (g_atomic_int_get (&client->is_done))
        g_ptr_array_remove_index_fast (self->clients, i - 1);
    }
}

static gpointer
accept_thread (gpointer data)
{
  TlPracticeServer *self = data;
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr(GSocket) socket = g_socket_accept (self->listener, self->cancellable, NULL);
      Client *client;

      reap (self);
      if (socket == NULL)
        {
          /* Who waits stays in the queue, so trying again at once would be
           * trying all the time. */
          g_poll (&self->stopped, self->has_stopped ? 1 : 0, ACCEPT_PAUSE_MS);
          continue;
        }
      if (self->clients->len == TL_PRACTICE_MAX_LINKS)
        continue;

      client = g_new0 (Client, 1);
      client->server = self;
      client->socket = g_steal_pointer (&socket);
      client->thread = g_thread_new ("tl-practice", client_thread, client);
      g_ptr_array_add (self->clients, client);
    }

  g_ptr_array_set_size (self->clients, 0);

  return NULL;
}

static GSocketAddress *
loopback_new (guint16 port)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (loopback, port);
}

static GSocket *
socket_new (GError **error)
{
  return g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
}

static gboolean
listen_on_loopback (TlPracticeServer  *self,
                    int                backlog,
                    GError           **error)
{
  g_autoptr(GSocketAddress) any = loopback_new (0);
  g_autoptr(GSocketAddress) bound = NULL;

  self->listener = socket_new (error);
  if (self->listener == NULL || !g_socket_bind (self->listener, any, FALSE, error))
    return FALSE;

  g_socket_set_listen_backlog (self->listener, backlog);
  if (!g_socket_listen (self->listener, error) ||
      (bound = g_socket_get_local_address (self->listener, error)) == NULL)
    return FALSE;

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  return TRUE;
}

static TlPracticeServer *
server_new (void)
{
  TlPracticeServer *self = g_new0 (TlPracticeServer, 1);

  self->cancellable = g_cancellable_new ();
  /* Held all the time, and not for each wait anew: when no descriptor is left
   * GLib cannot make one, and ends the program. */
  self->has_stopped = g_cancellable_make_pollfd (self->cancellable, &self->stopped);
  self->clients = g_ptr_array_new_with_free_func (client_free);
  self->fillers = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

/**
 * tl_practice_server_start:
 * @serve: talks to one client
 * @scenario: what is practised
 * @inbox: what both servers share
 * @context: what a TLS server needs
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a running server, or %NULL with an error of GIO
 */
TlPracticeServer *
tl_practice_server_start (TlPracticeServeFunc   serve,
                          TlPracticeScenario    scenario,
                          TlPracticeInbox      *inbox,
                          SSL_CTX              *context,
                          GError              **error)
{
  g_autoptr(TlPracticeServer) self = server_new ();

  if (!listen_on_loopback (self, BACKLOG, error))
    return NULL;

  SSL_CTX_up_ref (context);
  self->context = context;
  self->serve = serve;
  self->scenario = scenario;
  self->inbox = tl_practice_inbox_ref (inbox);
  self->acceptor = g_thread_new ("tl-practice", accept_thread, self);

  return g_steal_pointer (&self);
}

/* Connects once more. TRUE when the connection stood within a moment; then it
 * takes one place in the queue. */
static gboolean
add_filler (TlPracticeServer *self)
{
  g_autoptr(GSocketAddress) address = loopback_new (self->port);
  g_autoptr(GSocket) socket = socket_new (NULL);

  if (socket == NULL)
    return FALSE;

  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_connect (socket, address, NULL, NULL) &&
      (!g_socket_condition_timed_wait (socket, G_IO_OUT, FILLER_WAIT_US, NULL, NULL) ||
       !g_socket_check_connect_result (socket, NULL)))
    return FALSE;

  g_ptr_array_add (self->fillers, g_steal_pointer (&socket));

  return TRUE;
}

/**
 * tl_practice_server_start_silent:
 * @error: return location for a #GError
 *
 * Makes a port that does not answer, as behind a firewall that drops: its queue
 * of connections is full and nobody takes any out, and then Linux drops what
 * asks to connect, without a word. Needs no privilege.
 *
 * Returns: (transfer full): a server that does not serve, or %NULL with an error
 *   of GIO, or %TL_ERROR_REFUSED when this system answers all the same
 */
TlPracticeServer *
tl_practice_server_start_silent (GError **error)
{
  g_autoptr(TlPracticeServer) self = server_new ();

  if (!listen_on_loopback (self, 0, error))
    return NULL;

  while (self->fillers->len < MAX_FILLERS && add_filler (self))
    ;

  if (self->fillers->len == MAX_FILLERS)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED,
                           "this system cannot make a port that does not answer");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tl_practice_server_stop:
 * @self: (transfer full): a server
 *
 * Hangs up on everybody and waits until all threads have ended, which is soon:
 * none of them waits for anything else.
 */
void
tl_practice_server_stop (TlPracticeServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->acceptor, g_thread_join);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_clear_pointer (&self->fillers, g_ptr_array_unref);
  g_clear_pointer (&self->inbox, tl_practice_inbox_unref);
  g_clear_object (&self->listener);
  g_clear_pointer (&self->context, SSL_CTX_free);
  if (self->has_stopped)
    g_cancellable_release_fd (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self);
}

guint16
tl_practice_server_get_port (TlPracticeServer *self)
{
  return self->port;
}
