/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-world.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define ALIAS "lo:1"

static void
set_flags (int         fd,
           const char *name,
           short       flags)
{
  struct ifreq request = { .ifr_flags = flags };

  g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  g_assert_cmpint (ioctl (fd, SIOCSIFFLAGS, &request), ==, 0);
}

/**
 * tl_test_world_enter:
 *
 * Takes this process, a child without threads, into a network of its own, in
 * which nothing is up.
 *
 * Returns: whether the system lets it
 */
gboolean
tl_test_world_enter (void)
{
  return unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0;
}

/**
 * tl_test_world_join:
 *
 * Gives it loopback and `TL_TEST_WORLD_ADDRESS`, and no way out.
 */
void
tl_test_world_join (void)
{
  struct ifreq request = { .ifr_flags = 0 };
  struct sockaddr_in address = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  set_flags (fd, "lo", IFF_UP | IFF_LOOPBACK);
  g_assert_cmpint (inet_pton (AF_INET, TL_TEST_WORLD_ADDRESS, &address.sin_addr), ==, 1);
  g_strlcpy (request.ifr_name, ALIAS, sizeof request.ifr_name);
  memcpy (&request.ifr_addr, &address, sizeof address);
  g_assert_cmpint (ioctl (fd, SIOCSIFADDR, &request), ==, 0);
  close (fd);
}

/**
 * tl_test_world_join_without_ipv4:
 *
 * Gives it ::1 and nothing else.
 */
void
tl_test_world_join_without_ipv4 (void)
{
  struct ifreq request = { .ifr_flags = 0 };
  struct sockaddr_in none = { .sin_family = AF_INET };
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  /* Loopback has 127.0.0.1 as soon as it is up; the address 0 takes that away. */
  set_flags (fd, "lo", IFF_UP | IFF_LOOPBACK);
  g_strlcpy (request.ifr_name, "lo", sizeof request.ifr_name);
  memcpy (&request.ifr_addr, &none, sizeof none);
  g_assert_cmpint (ioctl (fd, SIOCSIFADDR, &request), ==, 0);
  close (fd);
}

/**
 * tl_test_world_leave:
 *
 * Takes that address away again: connections stand, and nothing comes any more.
 */
void
tl_test_world_leave (void)
{
  int fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  set_flags (fd, ALIAS, IFF_LOOPBACK);
  close (fd);
}
