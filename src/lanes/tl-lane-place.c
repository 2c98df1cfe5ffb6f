/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-place.h"

#include <string.h>

/* What leads nowhere from another network: this computer (RFC 1122 §3.2.1.3,
 * RFC 4291 §2.5.2, §2.5.3), the link (RFC 3927, RFC 4291 §2.5.6), and private
 * networks (RFC 1918 §3, RFC 3879, RFC 4193 §3.1). */
static const char * const private_ranges[] = {
  "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16",
  "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
  "::/128", "::1/128", "fe80::/10", "fec0::/10", "fc00::/7",
};

/* IPv4-mapped, RFC 4291 §2.5.5.2: what is connected to is the IPv4 address. */
static GInetAddress *
unmap (GInetAddress *address)
{
  static const guint8 prefix[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      memcmp (bytes, prefix, sizeof prefix) == 0)
    return g_inet_address_new_from_bytes (bytes + sizeof prefix, G_SOCKET_FAMILY_IPV4);

  return g_object_ref (address);
}

/**
 * tl_lane_place_is_private:
 * @address: where a server is
 *
 * Returns: whether it means something only on this computer or inside of this network
 */
gboolean
tl_lane_place_is_private (GInetAddress *address)
{
  g_autoptr(GInetAddress) plain = unmap (address);

  for (gsize i = 0; i < G_N_ELEMENTS (private_ranges); i++)
    {
      g_autoptr(GInetAddressMask) range = g_inet_address_mask_new_from_string (private_ranges[i],
                                                                               NULL);

      if (g_inet_address_mask_get_family (range) == g_inet_address_get_family (plain) &&
          g_inet_address_mask_matches (range, plain))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_lane_place_find_private:
 * @addresses: (element-type GInetAddress): where a server may be
 *
 * Returns: (transfer none) (nullable): the first that is private
 */
GInetAddress *
tl_lane_place_find_private (GPtrArray *addresses)
{
  for (guint i = 0; i < addresses->len; i++)
    if (tl_lane_place_is_private (addresses->pdata[i]))
      return addresses->pdata[i];

  return NULL;
}
