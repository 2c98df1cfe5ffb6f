/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-door.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#define N_FILLERS 3

struct _TlTestDoor
{
  TlTestPeer *peer;                /* owned, or NULL */
  int         fd;                  /* what keeps the port otherwise, or -1 */
  int         fillers[N_FILLERS];  /* what fills its queue, or -1 */
  guint16     port;
};

static void
bind_port (TlTestDoor *self,
           gboolean    is_silent)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t len = sizeof address;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->fd, (struct sockaddr *) &address, len), ==, 0);
  g_assert_cmpint (getsockname (self->fd, (struct sockaddr *) &address, &len), ==, 0);
  self->port = ntohs (address.sin_port);
  if (!is_silent)
    return;

  g_assert_cmpint (listen (self->fd, 0), ==, 0);
  for (gsize i = 0; i < N_FILLERS; i++)
    {
      self->fillers[i] = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      g_assert_cmpint (connect (self->fillers[i], (struct sockaddr *) &address, len), <=, 0);
    }
}

/**
 * tl_test_door_new:
 * @behind: a script, `TL_TEST_DOOR_SILENT` or `TL_TEST_DOOR_CLOSED`
 * @tls: (nullable): for the script
 *
 * Returns: (transfer full): a port with somebody behind, or nobody
 */
TlTestDoor *
tl_test_door_new (const char *behind,
                  SSL_CTX    *tls)
{
  TlTestDoor *self = g_new0 (TlTestDoor, 1);

  self->fd = -1;
  for (gsize i = 0; i < N_FILLERS; i++)
    self->fillers[i] = -1;

  if (g_str_equal (behind, TL_TEST_DOOR_SILENT) || g_str_equal (behind, TL_TEST_DOOR_CLOSED))
    {
      bind_port (self, g_str_equal (behind, TL_TEST_DOOR_SILENT));
      return self;
    }

  self->peer = tl_test_peer_new (behind, tls);
  self->port = tl_test_peer_start (self->peer);

  return self;
}

void
tl_test_door_free (TlTestDoor *self)
{
  g_clear_pointer (&self->peer, tl_test_peer_free);
  for (gsize i = 0; i < N_FILLERS; i++)
    if (self->fillers[i] >= 0)
      close (self->fillers[i]);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

guint16
tl_test_door_get_port (const TlTestDoor *self)
{
  return self->port;
}

/**
 * tl_test_door_get_peer:
 * @self: a door
 *
 * Returns: (transfer none) (nullable): who is behind it
 */
TlTestPeer *
tl_test_door_get_peer (const TlTestDoor *self)
{
  return self->peer;
}
