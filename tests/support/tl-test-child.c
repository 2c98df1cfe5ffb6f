/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-child.h"

#include <sys/wait.h>
#include <unistd.h>

struct _TlTestChild
{
  pid_t pid;
  int   port_fd;
};

/**
 * tl_test_child_new:
 * @func: what the child does, once its port is known; whatever it asserts counts
 * @data: for @func
 *
 * Returns: (transfer full): a child that waits for its port
 */
TlTestChild *
tl_test_child_new (TlTestChildFunc func,
                   gpointer        data)
{
  TlTestChild *self = g_new (TlTestChild, 1);
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  self->port_fd = fds[1];
  self->pid = fork ();
  if (self->pid == 0)
    {
      guint16 port = 0;

      close (fds[1]);
      g_assert_cmpint (read (fds[0], &port, sizeof port), ==, sizeof port);
      close (fds[0]);
      func (port, data);
      _exit (0);
    }
  g_assert_cmpint (self->pid, >, 0);
  close (fds[0]);

  return self;
}

/**
 * tl_test_child_finish:
 * @self: (transfer full): a child
 * @port: its port
 *
 * Waits until it is through, and fails when it did.
 */
void
tl_test_child_finish (TlTestChild *self,
                      guint16      port)
{
  int status = -1;

  g_assert_cmpint (write (self->port_fd, &port, sizeof port), ==, sizeof port);
  close (self->port_fd);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  g_free (self);
}
