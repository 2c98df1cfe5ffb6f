/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The system's resolver, played by the test: a program that has this file in it
 * has its own getaddrinfo(), and the linker takes it for libc's. */

/**
 * TlTestName:
 * @host: a host name; one that starts with `*` stands for every one below it
 *   that no row before it is about
 * @status: what getaddrinfo() returns
 * @addresses: (array zero-terminated=1): what it finds
 */
typedef struct
{
  const char *host;
  int         status;
  const char *addresses[3];
} TlTestName;

void  tl_test_names_set        (const TlTestName *names,
                                gsize             n);
void  tl_test_names_set_stalls (gboolean          stalls);
guint tl_test_names_count      (void);

G_END_DECLS
