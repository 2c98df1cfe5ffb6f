/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A wire of settable length: one TUN device in each of two network namespaces, and every packet
 * handed over after a delay. Debian's kernels come without netem often enough that the lab brings
 * its own.
 *
 *   tl-wire --delay-ms MS NAME NAMESPACE NAMESPACE
 *
 * NAME is what both devices are called; a namespace is a file such as /proc/PID/ns/net. The delay
 * counts each way, so the round trip takes twice as long. Runs until it is killed, and the devices
 * go with it. */

#ifndef _GNU_SOURCE /* the lab also compiles this file by itself */
#define _GNU_SOURCE
#endif

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum
{
  MAX_PACKET_BYTES = 1500,  /* the MTU a TUN device starts with */
  MAX_QUEUED       = 1024,  /* power of two, so that the counters may wrap */
  MAX_DELAY_MS     = 60000,
};

typedef struct
{
  int64_t       due_us;
  size_t        n_bytes;
  unsigned char bytes[MAX_PACKET_BYTES];
} Packet;

/* One direction. All packets wait equally long, so the ring is in order of their dues. */
typedef struct
{
  int      from;
  int      to;
  unsigned n_read;
  unsigned n_written;
  Packet   ring[MAX_QUEUED];
} Lane;

static int64_t
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return now.tv_sec * INT64_C (1000000) + now.tv_nsec / 1000;
}

static int
open_or_die (const char *path,
             int         flags)
{
  int fd = open (path, flags | O_CLOEXEC);

  if (fd < 0)
    err (EXIT_FAILURE, "%s", path);

  return fd;
}

/* Leaves the process in @namespace_fd: a device belongs to where its file was opened. */
static int
open_tun (int         namespace_fd,
          const char *name)
{
  struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
  int fd;

  if (strlen (name) >= sizeof request.ifr_name)
    errx (EXIT_FAILURE, "“%s” is too long for a device", name);
  strcpy (request.ifr_name, name);

  if (setns (namespace_fd, CLONE_NEWNET) < 0)
    err (EXIT_FAILURE, "entering the namespace");
  fd = open_or_die ("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (ioctl (fd, TUNSETIFF, &request) < 0)
    err (EXIT_FAILURE, "making %s", name);

  return fd;
}

static void
take_packets (Lane    *lane,
              int64_t  delay_us)
{
  for (;;)
    {
      Packet *packet = &lane->ring[lane->n_read % MAX_QUEUED];
      Packet spilt;
      ssize_t n_bytes;

      /* A full queue drops what comes last, as a router does. */
      if (lane->n_read - lane->n_written == MAX_QUEUED)
        packet = &spilt;

      n_bytes = read (lane->from, packet->bytes, sizeof packet->bytes);
      if (n_bytes < 0 && errno == EINTR)
        continue;
      /* EIO says that the device is down: nothing to carry yet. */
      if (n_bytes < 0 && (errno == EAGAIN || errno == EIO))
        return;
      if (n_bytes <= 0)
        err (EXIT_FAILURE, "reading the device");

      packet->due_us = now_us () + delay_us;
      packet->n_bytes = n_bytes;
      if (packet != &spilt)
        lane->n_read++;
    }
}

/* Hands over what is due and returns when the next packet will be, or -1. */
static int64_t
hand_over_packets (Lane *lane)
{
  while (lane->n_written != lane->n_read)
    {
      const Packet *packet = &lane->ring[lane->n_written % MAX_QUEUED];

      if (packet->due_us > now_us ())
        return packet->due_us;

      /* What the far end does not take is lost: TCP is there to mind. */
      if (write (lane->to, packet->bytes, packet->n_bytes) < 0 && errno == EBADFD)
        err (EXIT_FAILURE, "writing to the device");
      lane->n_written++;
    }

  return -1;
}

static void
carry (Lane    *lanes,
       int64_t  delay_us)
{
  for (;;)
    {
      struct pollfd fds[] = {
        { .fd = lanes[0].from, .events = POLLIN },
        { .fd = lanes[1].from, .events = POLLIN },
      };
      int64_t due_us[] = { hand_over_packets (&lanes[0]), hand_over_packets (&lanes[1]) };
      int64_t first_us = due_us[0];
      int64_t wait_us;
      struct timespec timeout;

      if (first_us < 0 || (due_us[1] >= 0 && due_us[1] < first_us))
        first_us = due_us[1];
      wait_us = first_us - now_us ();
      if (wait_us < 0)
        wait_us = 0;
      timeout.tv_sec = wait_us / 1000000;
      timeout.tv_nsec = wait_us % 1000000 * 1000;

      if (ppoll (fds, 2, first_us < 0 ? NULL : &timeout, NULL) < 0 && errno != EINTR)
        err (EXIT_FAILURE, "waiting");
      for (int i = 0; i < 2; i++)
        take_packets (&lanes[i], delay_us);
    }
}

int
main (int    argc,
      char **argv)
{
  static Lane lanes[2];
  char *end = NULL;
  long delay_ms = -1;
  int left;
  int right;

  if (argc == 6 && strcmp (argv[1], "--delay-ms") == 0)
    delay_ms = strtol (argv[2], &end, 10);
  if (delay_ms < 0 || delay_ms > MAX_DELAY_MS || *end != '\0')
    errx (EXIT_FAILURE, "usage: tl-wire --delay-ms MS NAME NAMESPACE NAMESPACE");

  /* Both before the first is entered: /proc may look different from inside. */
  left = open_or_die (argv[4], O_RDONLY);
  right = open_or_die (argv[5], O_RDONLY);
  lanes[0].from = lanes[1].to = open_tun (left, argv[3]);
  lanes[1].from = lanes[0].to = open_tun (right, argv[3]);

  carry (lanes, delay_ms * INT64_C (1000));
}
