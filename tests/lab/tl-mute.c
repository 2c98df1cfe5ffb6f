/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers that accept and never say a word: what is sent to them is read and dropped.
 *
 *   tl-mute ADDRESS,PORT...
 *
 * Prints “listening” once all of them do, and runs until it is killed. */

#ifndef _GNU_SOURCE /* the lab also compiles this file by itself */
#define _GNU_SOURCE
#endif

#include <err.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum
{
  MAX_LISTENERS = 64,
  BACKLOG       = 128,
};

static int
listen_on (char *place)
{
  const struct addrinfo hints = {
    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
    .ai_socktype = SOCK_STREAM,
  };
  struct addrinfo *address;
  char *port = strchr (place, ',');
  const int on = 1;
  int problem;
  int fd;

  if (port == NULL)
    errx (EXIT_FAILURE, "“%s” has no port", place);
  *port++ = '\0';

  problem = getaddrinfo (place, port, &hints, &address);
  if (problem != 0)
    errx (EXIT_FAILURE, "%s: %s", place, gai_strerror (problem));

  fd = socket (address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0 ||
      setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
      bind (fd, address->ai_addr, address->ai_addrlen) < 0 ||
      listen (fd, BACKLOG) < 0)
    err (EXIT_FAILURE, "%s port %s", place, port);
  freeaddrinfo (address);

  return fd;
}

static void
watch (int epoll,
       int fd)
{
  struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };

  if (epoll_ctl (epoll, EPOLL_CTL_ADD, fd, &event) < 0)
    err (EXIT_FAILURE, "watching");
}

int
main (int    argc,
      char **argv)
{
  int epoll = epoll_create1 (EPOLL_CLOEXEC);
  int last_listener = -1;

  if (argc < 2 || argc > MAX_LISTENERS)
    errx (EXIT_FAILURE, "usage: tl-mute ADDRESS,PORT...");

  /* Sockets that are never closed get the lowest numbers: a greater one is a caller. */
  for (int i = 1; i < argc; i++)
    {
      last_listener = listen_on (argv[i]);
      watch (epoll, last_listener);
    }
  puts ("listening");
  fflush (stdout);

  for (;;)
    {
      struct epoll_event event;
      char sink[4096];
      int caller;

      if (epoll_wait (epoll, &event, 1, -1) < 1)
        continue;

      if (event.data.fd > last_listener)
        {
          ssize_t n_bytes = read (event.data.fd, sink, sizeof sink);

          if (n_bytes == 0 || (n_bytes < 0 && errno != EINTR))
            close (event.data.fd);
          continue;
        }

      caller = accept4 (event.data.fd, NULL, NULL, SOCK_CLOEXEC);
      if (caller >= 0)
        watch (epoll, caller);
    }
}
