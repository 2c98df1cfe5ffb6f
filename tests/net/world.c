/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include <glib/gstdio.h>

#define LONG_MS 10000

static TlTestCa *authorities[2];
static TlNetwork *networks[2];

/* OpenSSL takes the system's authorities from where this says. */
static void
set_up_system_trust (void)
{
  g_autofree char *folder = g_dir_make_tmp ("twolane-handshake-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);

  g_assert_true (g_file_set_contents (file, tl_test_ca_get_pem (authorities[WORLD_SYSTEM]), -1,
                                      NULL));
  g_setenv ("SSL_CERT_FILE", file, TRUE);
  g_setenv ("SSL_CERT_DIR", folder, TRUE);
  networks[WORLD_SYSTEM] = tl_network_new_system ();
  g_unlink (file);
  g_rmdir (folder);
}

void
world_begin (void)
{
  authorities[WORLD_PRACTICE] = tl_test_ca_new ("practice.invalid");
  authorities[WORLD_SYSTEM] = tl_test_ca_new (NULL);
  networks[WORLD_PRACTICE] =
    tl_network_new_practice (tl_test_ca_get_pem (authorities[WORLD_PRACTICE]), NULL);
  set_up_system_trust ();
}

void
world_end (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      tl_network_unref (networks[i]);
      tl_test_ca_free (authorities[i]);
    }
}

TlTestCa *
world_get_authority (World world)
{
  return authorities[world];
}

TlNetwork *
world_get_network (World world)
{
  return networks[world];
}

/* Returns a channel to a port of this computer, in the clear. */
TlChannel *
world_connect_in (TlNetwork *network,
                  guint16    port)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("127.0.0.1", port, TL_SECURITY_TLS, NULL);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlChannel *channel;

  g_ptr_array_add (addresses, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
  channel = tl_channel_dial_sync (network, endpoint, addresses, tl_deadline_in_ms (LONG_MS), NULL,
                                  &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_nonnull (channel);

  return channel;
}

TlChannel *
world_connect (World   world,
               guint16 port)
{
  return world_connect_in (networks[world], port);
}
