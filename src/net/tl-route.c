/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-route.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

/* The discard service: nothing is sent to it. */
#define ANY_PORT 9

/* Public, assigned and unused: 192.88.99.0/24 and 2001:4:112::/48. */
static const char * const places[] = { "192.88.99.1", "2001:4:112::1" };

/**
 * tl_route_leads_to:
 * @address: an address
 *
 * Asks this computer for its route there, and sends nothing.
 *
 * Returns: whether there is one; %TRUE as well when that could not be asked
 */
gboolean
tl_route_leads_to (GInetAddress *address)
{
  g_autoptr(GSocketAddress) place = g_inet_socket_address_new (address, ANY_PORT);
  struct sockaddr_storage native;
  int fd = socket (g_socket_address_get_family (place), SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gboolean leads = TRUE;

  if (fd < 0)
    return errno != EAFNOSUPPORT;

  g_socket_address_to_native (place, &native, sizeof native, NULL);
  if (connect (fd, (struct sockaddr *) &native,
               (socklen_t) g_socket_address_get_native_size (place)) != 0)
    leads = errno != ENETUNREACH && errno != EHOSTUNREACH && errno != ENETDOWN &&
            errno != EADDRNOTAVAIL;
  close (fd);

  return leads;
}

/**
 * tl_route_leads_out:
 *
 * Returns: whether this computer has a way to the rest of the world, by IPv4 or
 *   IPv6
 */
gboolean
tl_route_leads_out (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr(GInetAddress) address = g_inet_address_new_from_string (places[i]);

      if (tl_route_leads_to (address))
        return TRUE;
    }

  return FALSE;
}
