/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tl-channel.h"
#include "tl-dial.h"
#include "tl-route.h"
#include "tl-test-child.h"
#include "tl-test-world.h"

#define SHORT_MS 300

static gboolean
leads_to (const char *text)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (text);

  return tl_route_leads_to (address);
}

static void
look_for_routes (guint16  port,
                 gpointer data)
{
  g_assert_false (tl_route_leads_out ());
  g_assert_false (leads_to ("198.51.100.1"));
  g_assert_false (leads_to ("2001:db8::1"));
  g_assert_false (leads_to (TL_TEST_WORLD_ADDRESS));

  tl_test_world_join ();
  g_assert_false (tl_route_leads_out ());
  g_assert_false (leads_to ("198.51.100.1"));
  g_assert_true (leads_to (TL_TEST_WORLD_ADDRESS));
  g_assert_true (leads_to ("127.0.0.1"));

  tl_test_world_leave ();
  g_assert_false (leads_to (TL_TEST_WORLD_ADDRESS));
}

static GSocket *
listen_at (const char *text,
           guint16    *out_port)
{
  g_autoptr(GSocket) listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                              G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new_from_string (text, 0);
  g_autoptr(GSocketAddress) own = NULL;

  g_assert_true (g_socket_bind (listener, any, TRUE, NULL));
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_listen (listener, NULL));
  own = g_socket_get_local_address (listener, NULL);
  *out_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (own));

  return g_steal_pointer (&listener);
}

static GSocket *
dial (const char  *text,
      guint16      port,
      TlFault    **out_fault)
{
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocket) socket = NULL;

  g_ptr_array_add (addresses, g_inet_address_new_from_string (text));
  socket = tl_dial_sync (addresses, port, tl_deadline_in_ms (SHORT_MS), NULL, NULL, out_fault,
                         &error);
  g_assert_no_error (error);

  return g_steal_pointer (&socket);
}

static const struct
{
  const char *name;
  const char *address;
  gboolean    leaves;
  TlCause     cause;
} silences[] = {
  { "link-down",     TL_TEST_WORLD_ADDRESS, TRUE,  TL_CAUSE_NETWORK_LOST },
  { "link-up",       TL_TEST_WORLD_ADDRESS, FALSE, TL_CAUSE_TIMEOUT },
  { "this-computer", "127.0.0.1",           TRUE,  TL_CAUSE_TIMEOUT },
};

static void
read_silence (guint16  port,
              gpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(GSocket) listener = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlChannel *channel;
  guint16 own_port;
  char byte;

  tl_test_world_join ();
  listener = listen_at (silences[i].address, &own_port);
  socket = dial (silences[i].address, own_port, &fault);
  g_assert_null (fault);
  channel = tl_channel_new_for_socket (network, socket);
  if (silences[i].leaves)
    tl_test_world_leave ();

  g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (SHORT_MS), NULL,
                                         &fault, &error), ==, -1);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (silences[i].cause));
  tl_channel_free (channel);
}

static gpointer
leave_soon (gpointer data)
{
  g_usleep (SHORT_MS / 3 * 1000);
  tl_test_world_leave ();

  return NULL;
}

/* The queue of the listener is full: whoever comes next is not answered. */
static void
dial_silence (guint16  port,
              gpointer data)
{
  gboolean leaves = GPOINTER_TO_INT (data);
  g_autoptr(GSocket) listener = NULL;
  g_autoptr(GPtrArray) fillers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GSocket) socket = NULL;
  GThread *thread;
  guint16 own_port;

  tl_test_world_join ();
  listener = listen_at (TL_TEST_WORLD_ADDRESS, &own_port);
  while ((socket = dial (TL_TEST_WORLD_ADDRESS, own_port, &fault)) != NULL)
    g_ptr_array_add (fillers, g_steal_pointer (&socket));
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "timeout");
  g_clear_pointer (&fault, tl_fault_unref);

  if (!leaves)
    return;
  thread = g_thread_new ("leave", leave_soon, NULL);
  g_assert_null (dial (TL_TEST_WORLD_ADDRESS, own_port, &fault));
  g_thread_join (thread);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "network-lost");
}

typedef struct
{
  TlTestChildFunc func;
  gpointer        data;
} Journey;

static void
travel (guint16  port,
        gpointer data)
{
  const Journey *journey = data;

  g_assert_true (tl_test_world_enter ());
  journey->func (port, journey->data);
}

static gboolean
may_travel (void)
{
  pid_t child = fork ();
  int status = 1;

  if (child == 0)
    _exit (tl_test_world_enter () ? 0 : 1);

  return waitpid (child, &status, 0) == child && status == 0;
}

/* In a child, and a world of its own: nothing here is about the network of whoever runs it. */
static void
run_abroad (TlTestChildFunc func,
            gpointer        data)
{
  Journey journey = { func, data };

  if (!may_travel ())
    {
      g_test_skip ("this system gives nobody a network of their own");
      return;
    }
  tl_test_child_finish (tl_test_child_new (travel, &journey), 0);
}

static void
test_routes (void)
{
  g_assert_true (leads_to ("127.0.0.1"));
  run_abroad (look_for_routes, NULL);
}

static void
test_read (gconstpointer data)
{
  run_abroad (read_silence, (gpointer) data);
}

static void
test_dial (void)
{
  run_abroad (dial_silence, GINT_TO_POINTER (TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/route/N04/no-way-out", test_routes);
  for (gsize i = 0; i < G_N_ELEMENTS (silences); i++)
    {
      g_autofree char *path = g_strconcat ("/route/N17/read/", silences[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/route/N17/dial", test_dial);

  return g_test_run ();
}
