/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In a sandbox, the vault is a file under a key from the portal. */
#include "tl-vault.h"

#include <string.h>

#include "tl-test-canary.h"
#include "tl-test-mock.h"
#include "tl-test-vault.h"

#define PORTAL       "org.freedesktop.portal.Desktop"
#define PORTAL_PATH  "/org/freedesktop/portal/desktop"
#define PORTAL_IFACE "org.freedesktop.portal.Secret"

/* The connection that libsecret shares, and that stays the same one as long as it is held. */
static GDBusConnection *
get_bus (void)
{
  g_autoptr(GError) error = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);

  return bus;
}

/* Gives a secret, and answers @bus with @response (0: yes, 1: a person said no, 2: it went wrong)
 * in the manner of xdg-desktop-portal: @ms after the call has returned, and nobody else. */
static TlTestMock *
start_portal (GDBusConnection *bus,
              guint            response,
              guint            ms)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);
  g_autofree char *code = NULL;
  GVariantDict version;
  TlTestMock *mock;

  code = g_strdup_printf (
    "import os\n"
    "from gi.repository import GLib\n"
    "fd = args[0].take ()\n"
    "os.write (fd, b'k' * 64)\n"
    "os.close (fd)\n"
    "ret = '" PORTAL_PATH "/request/%s/' + args[1].get ('handle_token', 't%%d' %% len (objects))\n"
    "self.AddObject (ret, 'org.freedesktop.portal.Request', {}, [])\n"
    "GLib.timeout_add (%u, lambda request=objects[ret]: request.EmitSignalDetailed ("
    "'org.freedesktop.portal.Request', 'Response', 'ua{sv}',"
    " [dbus.UInt32 (%u), dbus.Dictionary ({}, signature='sv')], {'destination': '%s'}))\n",
    g_strdelimit (sender, ".", '_'), ms, response, g_dbus_connection_get_unique_name (bus));

  mock = tl_test_mock_start (PORTAL, PORTAL_PATH, PORTAL_IFACE);
  g_variant_dict_init (&version, NULL);
  g_variant_dict_insert (&version, "version", "u", 1);
  tl_test_mock_add_properties (mock, PORTAL_PATH, PORTAL_IFACE, g_variant_dict_end (&version));
  tl_test_mock_add_method (mock, PORTAL_PATH, PORTAL_IFACE, "RetrieveSecret", "ha{sv}", "o", code);

  return mock;
}

static void
test_no_portal (void)
{
  g_auto(TlTestVaultAnswer) answer = { NULL };

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NO_SERVICE);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_assert_cmpint (answer.took_ms, <, 2000);
  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_NO_SERVICE);
  tl_test_vault_ask (&answer, TL_TEST_FORGET_ACCOUNT, 0, TL_TEST_ACCOUNT, NULL, NULL);
  g_assert_cmpint (answer.status, ==, TL_VAULT_NO_SERVICE);
}

/* The portal asks nothing itself. What it has its key from may ask to be unlocked, and libsecret
 * says "cancelled" when that was not done: a person closed the question when there was one to be
 * seen, and else it is just locked. A portal that fails is no service. */
static const struct
{
  const char   *name;
  guint         response;
  guint         ms;
  gboolean      has_display;
  TlVaultStatus status;
} refusals[] = {
  { "refuses-unseen",   1, 50,  TRUE,  TL_VAULT_LOCKED },
  { "refuses-headless", 1, 700, FALSE, TL_VAULT_LOCKED },
  { "dismissed",        1, 700, TRUE,  TL_VAULT_DISMISSED },
  { "fails",            2, 50,  TRUE,  TL_VAULT_NO_SERVICE },
};

static void
test_portal_refuses (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GDBusConnection) bus = get_bus ();
  g_autoptr(TlTestMock) portal = start_portal (bus, refusals[i].response, refusals[i].ms);
  g_auto(TlTestVaultAnswer) answer = { NULL };

  if (refusals[i].has_display)
    g_setenv ("DISPLAY", ":played", TRUE);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, refusals[i].status);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", refusals[i].status);
  g_unsetenv ("DISPLAY");
}

/* In a sandbox, libsecret keeps secrets in a file of the application's, under a
 * key that it has from the portal. */
static void
test_portal (void)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "keyrings", "default.keyring",
                                            NULL);
  g_autoptr(TlTestCanary) canary = tl_test_canary_new ("Correct-Horse-Battery-Staple");
  g_autoptr(GDBusConnection) bus = get_bus ();
  g_autoptr(TlTestMock) portal = start_portal (bus, 0, 50);
  g_auto(TlTestVaultAnswer) answer = { NULL };
  g_autofree char *bytes = NULL;
  gsize len;

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "Correct-Horse-Battery-Staple", TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  tl_test_vault_assert_secret (&answer, "Correct-Horse-Battery-Staple");

  answer.server = "imap.other.test";
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "Battery-Staple-Correct-Horse", TL_VAULT_OK);
  answer.server = NULL;
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "Correct-Horse-Battery-Staple", TL_VAULT_OK);

  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_cmpuint (len, >, 0);
  g_assert_cmpstr (tl_test_canary_find (canary, bytes, len), ==, NULL);
  g_assert_null (memmem (bytes, len, "acme", 4));

  tl_test_vault_assert_status (&answer, TL_TEST_FORGET, NULL, TL_VAULT_OK);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NOTHING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vault/K09/no-portal", test_no_portal);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/K09/portal-", refusals[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_portal_refuses);
    }
  g_test_add_func ("/vault/K09/portal", test_portal);

  return g_test_run ();
}
