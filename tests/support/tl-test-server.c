/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-server.h"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

struct _TlTestServer
{
  int          listener;
  guint16      port;
  TlTestServe  serve;
  gpointer     data;
  GThread     *acceptor;

  GMutex       lock;     /* guards what follows */
  GPtrArray   *visits;   /* owned, of Visit */
};

typedef struct
{
  TlTestServer *server; /* borrowed */
  int           fd;     /* -1 once closed */
  GThread      *thread;
} Visit;

static gpointer
visit_thread (gpointer data)
{
  Visit *self = data;

  self->server->serve (self->fd, self->server->data);

  g_mutex_lock (&self->server->lock);
  close (self->fd);
  self->fd = -1;
  g_mutex_unlock (&self->server->lock);

  return NULL;
}

static gpointer
acceptor_thread (gpointer data)
{
  TlTestServer *self = data;
  int fd;

  while ((fd = accept4 (self->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      Visit *visit = g_new (Visit, 1);

      visit->server = self;
      visit->fd = fd;
      g_mutex_lock (&self->lock);
      g_ptr_array_add (self->visits, visit);
      visit->thread = g_thread_new ("tl-test-visit", visit_thread, visit);
      g_mutex_unlock (&self->lock);
    }

  return NULL;
}

/**
 * tl_test_server_new:
 * @serve: runs once a connection, on its own thread
 * @data: for @serve; used until the server is freed
 *
 * Returns: (transfer full): a server that is listening
 */
TlTestServer *
tl_test_server_new (TlTestServe serve,
                    gpointer    data)
{
  TlTestServer *self = g_new0 (TlTestServer, 1);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t len = sizeof address;

  /* A peer that hangs up first must not end the test program. */
  signal (SIGPIPE, SIG_IGN);

  self->serve = serve;
  self->data = data;
  g_mutex_init (&self->lock);
  self->visits = g_ptr_array_new_with_free_func (g_free);
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 64), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &len), ==, 0);
  self->port = ntohs (address.sin_port);
  self->acceptor = g_thread_new ("tl-test-server", acceptor_thread, self);

  return self;
}

void
tl_test_server_free (TlTestServer *self)
{
  shutdown (self->listener, SHUT_RDWR);
  g_thread_join (self->acceptor);
  close (self->listener);

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->visits->len; i++)
    {
      Visit *visit = g_ptr_array_index (self->visits, i);

      if (visit->fd >= 0)
        shutdown (visit->fd, SHUT_RDWR);
    }
  g_mutex_unlock (&self->lock);

  for (guint i = 0; i < self->visits->len; i++)
    g_thread_join (((Visit *) g_ptr_array_index (self->visits, i))->thread);

  g_ptr_array_unref (self->visits);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
tl_test_server_get_port (const TlTestServer *self)
{
  return self->port;
}

/**
 * tl_test_server_get_n_served:
 * @self: a server
 *
 * Returns: how many connections have come in so far
 */
guint
tl_test_server_get_n_served (TlTestServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->visits->len;
  g_mutex_unlock (&self->lock);

  return n;
}

/**
 * tl_test_wait_for_hang_up:
 * @fd: a connected socket
 *
 * Reads whatever comes, says nothing, and returns when the other side is gone.
 */
void
tl_test_wait_for_hang_up (int fd)
{
  char bytes[4096];

  while (recv (fd, bytes, sizeof bytes, 0) > 0)
    ;
}

/**
 * tl_test_reset_on_close:
 * @fd: a connected socket
 *
 * Makes the closing of @fd a reset (RST) in place of an end (FIN).
 */
void
tl_test_reset_on_close (int fd)
{
  const struct linger now = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (setsockopt (fd, SOL_SOCKET, SO_LINGER, &now, sizeof now), ==, 0);
}

/**
 * tl_test_accept_tls:
 * @fd: a connected socket
 * @ctx: a server's context, as of tl_test_ca_new_server()
 *
 * Returns: (transfer full) (nullable): the connection after its handshake, or
 *   %NULL when the client would not have it; SSL_free() it
 */
SSL *
tl_test_accept_tls (int      fd,
                    SSL_CTX *ctx)
{
  SSL *ssl = SSL_new (ctx);

  SSL_set_fd (ssl, fd);
  if (SSL_accept (ssl) == 1)
    return ssl;

  SSL_free (ssl);

  return NULL;
}
