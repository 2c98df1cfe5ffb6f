/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-mock.h"

#include <signal.h>

#define MOCK     "org.freedesktop.DBus.Mock"
#define START_MS 20000

struct _TlTestMock
{
  char            *name;
  char            *path;
  GSubprocess     *process;
  GDBusConnection *bus;       /* not the one that what is tested shares */
};

static gboolean
has_owner (TlTestMock *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                 "org.freedesktop.DBus", "NameHasOwner",
                                 g_variant_new ("(s)", self->name), G_VARIANT_TYPE ("(b)"),
                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  gboolean owned;

  g_assert_no_error (error);
  g_variant_get (reply, "(b)", &owned);

  return owned;
}

/**
 * tl_test_mock_start:
 * @name: the name on the bus
 * @path: of the first object, which manages those below it
 * @interface: the first interface of that
 *
 * Returns: (transfer full): the service, on the bus
 */
TlTestMock *
tl_test_mock_start (const char *name,
                    const char *path,
                    const char *interface)
{
  TlTestMock *self = g_new0 (TlTestMock, 1);
  gint64 give_up_us = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr(GError) error = NULL;

  self->name = g_strdup (name);
  self->path = g_strdup (path);
  self->bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "/usr/bin/python3",
                                    "-m", "dbusmock", "--session", "--is-object-manager", name, path,
                                    interface, NULL);
  g_assert_no_error (error);
  while (!has_owner (self))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, give_up_us);
      g_usleep (20000);
    }

  return self;
}

static void
call (TlTestMock *self,
      const char *path,
      const char *method,
      GVariant   *parameters)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_sync (self->bus, self->name, path, MOCK, method, parameters, NULL,
                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

void
tl_test_mock_add_object (TlTestMock *self,
                         const char *path,
                         const char *interface,
                         GVariant   *properties)
{
  call (self, self->path, "AddObject",
        g_variant_new ("(ss@a{sv}@a(ssss))", path, interface, properties,
                       g_variant_new_array (G_VARIANT_TYPE ("(ssss)"), NULL, 0)));
}

void
tl_test_mock_add_properties (TlTestMock *self,
                             const char *path,
                             const char *interface,
                             GVariant   *properties)
{
  call (self, path, "AddProperties", g_variant_new ("(s@a{sv})", interface, properties));
}

void
tl_test_mock_add_method (TlTestMock *self,
                         const char *path,
                         const char *interface,
                         const char *method,
                         const char *in_signature,
                         const char *out_signature,
                         const char *code)
{
  call (self, path, "AddMethod",
        g_variant_new ("(sssss)", interface, method, in_signature, out_signature, code));
}

void
tl_test_mock_remove_object (TlTestMock *self,
                            const char *path)
{
  call (self, self->path, "RemoveObject", g_variant_new ("(s)", path));
}

void
tl_test_mock_stop (TlTestMock *self)
{
  g_subprocess_send_signal (self->process, SIGKILL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}
