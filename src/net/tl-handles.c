/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-handles.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#define CHUNK 64

/* Looked up and not taken: whoever held that many for a moment would take them
 * from the others. poll(2) marks what is not open. */
static gboolean
are_free (guint n)
{
  struct rlimit limit;
  guint n_free = 0;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return TRUE;

  for (rlim_t at = 0; at < limit.rlim_cur && n_free < n; at += CHUNK)
    {
      struct pollfd fds[CHUNK];
      nfds_t len = (nfds_t) MIN (CHUNK, limit.rlim_cur - at);

      for (nfds_t i = 0; i < len; i++)
        fds[i] = (struct pollfd) { .fd = (int) (at + i) };
      if (poll (fds, len, 0) < 0)
        return TRUE;
      for (nfds_t i = 0; i < len; i++)
        n_free += (fds[i].revents & POLLNVAL) != 0;
    }

  return n_free >= n;
}

/**
 * tl_handles_have_room:
 * @n: how many descriptors, 1 or more
 *
 * GLib needs a descriptor for every wait that may be cancelled, and ends the
 * program when there is none. Whoever is about to wait asks here first.
 *
 * Returns: whether this process may open @n more, and the system at least one
 */
gboolean
tl_handles_have_room (guint n)
{
  int spare;

  if (!are_free (n))
    return FALSE;
  spare = eventfd (0, EFD_CLOEXEC);
  if (spare < 0)
    return FALSE;
  close (spare);

  return TRUE;
}

/**
 * tl_handles_describe_end:
 *
 * Returns: (transfer full): `local-limit`, as open(2) would put it
 */
TlFault *
tl_handles_describe_end (void)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_OS_ERROR, "s", "EMFILE");

  return tl_fault_new (TL_CAUSE_LOCAL_LIMIT, g_variant_dict_end (&evidence));
}
