/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keyrings that misbehave: they hang, die, forget, and ask questions that nobody answers. */
#include "tl-vault.h"

#include <libsecret/secret.h>
#include <signal.h>

#include "tl-test-keyring.h"
#include "tl-test-vault.h"

/* Kills the keyring once it has said that it stored, before it is asked again. */
typedef struct
{
  GPid    pid;
  guint32 serial;     /* of the call that stores */
  int     n_killed;
} Death;

static GDBusMessage *
on_message (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         data)
{
  Death *death = data;

  if (!incoming && g_strcmp0 (g_dbus_message_get_member (message), "CreateItem") == 0)
    {
      death->serial = g_dbus_message_get_serial (message);
    }
  else if (incoming && death->serial != 0 &&
           g_dbus_message_get_reply_serial (message) == death->serial &&
           g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_RETURN)
    {
      g_atomic_int_inc (&death->n_killed);
      kill (death->pid, SIGKILL);
    }

  return message;
}

static void
test_killed (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr(GVariant) reply = NULL;
  g_auto(TlTestVaultAnswer) answer = { NULL };
  Death death = { 0 };
  guint32 pid;
  guint filter;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                       g_variant_new ("(s)", "org.freedesktop.secrets"),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                       &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &pid);
  death.pid = (GPid) pid;

  filter = g_dbus_connection_add_filter (bus, on_message, &death, NULL);
  tl_test_vault_assert_status (&answer, TL_TEST_STORE, "correct horse", TL_VAULT_NO_SERVICE);
  g_dbus_connection_remove_filter (bus, filter);
  g_assert_cmpint (g_atomic_int_get (&death.n_killed), ==, 1);
  g_assert_cmpint (answer.took_ms, <, TL_VAULT_BUDGET_MS);

  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_NO_SERVICE);
}

typedef struct
{
  const char          *name;
  TlTestKeyringManner  manner;
  TlTestVaultAsk       ask;
  TlVaultStatus        status;
  guint                min_ms;
  guint                max_ms;
} MannerCase;

static const MannerCase manner_cases[] = {
  { "K04/look-up-dismissed", TL_TEST_KEYRING_DISMISSED, TL_TEST_LOOK_UP,
    TL_VAULT_DISMISSED, 500, 5000 },
  { "K04/store-dismissed", TL_TEST_KEYRING_DISMISSED, TL_TEST_STORE,
    TL_VAULT_DISMISSED, 500, 5000 },
  { "K04/forget-dismissed", TL_TEST_KEYRING_DISMISSED, TL_TEST_FORGET,
    TL_VAULT_DISMISSED, 500, 5000 },
  { "K04/forget-account-dismissed-once", TL_TEST_KEYRING_DISMISSED, TL_TEST_FORGET_ACCOUNT,
    TL_VAULT_DISMISSED, 500, 1500 },
  { "K05/store-no-default", TL_TEST_KEYRING_NO_DEFAULT, TL_TEST_STORE,
    TL_VAULT_NO_SERVICE, 0, 2000 },
  { "K07/store-corrupts", TL_TEST_KEYRING_CORRUPTS, TL_TEST_STORE,
    TL_VAULT_VERIFY_FAILED, 0, 2000 },
  { "K07/store-forgets", TL_TEST_KEYRING_FORGETS, TL_TEST_STORE, TL_VAULT_VERIFY_FAILED, 0, 2000 },
  { "K07/store-dies", TL_TEST_KEYRING_DIES, TL_TEST_STORE, TL_VAULT_NO_SERVICE, 0, 2000 },
  { "K09/look-up-no-default", TL_TEST_KEYRING_NO_DEFAULT, TL_TEST_LOOK_UP, TL_VAULT_OK, 0, 2000 },
  { "look-up/nothing", TL_TEST_KEYRING_FORGETS, TL_TEST_LOOK_UP, TL_VAULT_NOTHING, 0, 2000 },
};

/* A service that hangs costs its whole budget each time. */
static const MannerCase hanging_cases[] = {
  { "K06/look-up-hangs", TL_TEST_KEYRING_HANGS, TL_TEST_LOOK_UP, TL_VAULT_NO_SERVICE,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 1000 },
  { "K06/store-hangs", TL_TEST_KEYRING_HANGS, TL_TEST_STORE, TL_VAULT_NO_SERVICE,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 1000 },
  { "K06/forget-hangs", TL_TEST_KEYRING_HANGS, TL_TEST_FORGET, TL_VAULT_NO_SERVICE,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 1000 },
  { "K06/forget-account-hangs-once", TL_TEST_KEYRING_HANGS, TL_TEST_FORGET_ACCOUNT,
    TL_VAULT_NO_SERVICE, TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 1000 },
};

/* The one case in which the person takes longer than the service may. */
static const MannerCase late_case =
  { "K03/unlocked-late", TL_TEST_KEYRING_UNLOCKED_LATE, TL_TEST_LOOK_UP, TL_VAULT_OK,
    TL_VAULT_BUDGET_MS, TL_VAULT_BUDGET_MS + 4000 };

static void
test_manner (gconstpointer data)
{
  const MannerCase *c = data;
  g_autoptr(TlTestKeyring) keyring = tl_test_keyring_start (c->manner);
  g_auto(TlTestVaultAnswer) answer = { NULL };

  /* Whatever the service does, a window stays alive. */
  tl_test_vault_assert_status (&answer, c->ask, c->ask == TL_TEST_STORE ? "correct horse" : NULL,
                               c->status);
  g_assert_cmpint (answer.took_ms, >=, c->min_ms);
  g_assert_cmpint (answer.took_ms, <=, c->max_ms);
  g_assert_cmpint (answer.longest_us, <, 10 * TL_TEST_TICK_MS * 1000);

  secret_service_disconnect ();
}

/* What hung is over with: the next service is asked as if nothing had been, and what it has is
 * there. */
static void
test_hanging (gconstpointer data)
{
  g_autoptr(TlTestKeyring) next = NULL;
  g_auto(TlTestVaultAnswer) answer = { NULL };

  test_manner (data);

  next = tl_test_keyring_start (TL_TEST_KEYRING_NO_DEFAULT);
  tl_test_vault_assert_status (&answer, TL_TEST_LOOK_UP, NULL, TL_VAULT_OK);
  g_assert_cmpint (answer.took_ms, <=, 2000);

  secret_service_disconnect ();
}

static gboolean
on_time_to_cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancelled_while_hanging (void)
{
  g_autoptr(TlTestKeyring) keyring = tl_test_keyring_start (TL_TEST_KEYRING_HANGS);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(TlTestVaultAnswer) answer = { NULL };

  g_timeout_add (100, on_time_to_cancel, cancellable);
  tl_test_vault_ask (&answer, TL_TEST_STORE, TL_VAULT_INCOMING_PASSWORD, TL_TEST_ACCOUNT,
                     "correct horse", cancellable);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (answer.took_ms, <, 300);

  secret_service_disconnect ();
}

static void
add_dying_cases (void)
{
  g_test_add_func ("/vault/K07/killed", test_killed);
}

static void
add_scripted_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (manner_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/", manner_cases[i].name, NULL);

      g_test_add_data_func (path, &manner_cases[i], test_manner);
    }
  g_test_add_func ("/vault/K06/cancelled-while-hanging", test_cancelled_while_hanging);
}

static void
add_hanging_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hanging_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/", hanging_cases[i].name, NULL);

      g_test_add_data_func (path, &hanging_cases[i], test_hanging);
    }
}

static void
add_late_cases (void)
{
  g_test_add_data_func ("/vault/K03/unlocked-late", &late_case, test_manner);
}

static const struct
{
  const char *argument;
  void      (*add) (void);
} groups[] = {
  { "dying",            add_dying_cases },
  { "scripted",         add_scripted_cases },
  { "scripted-hanging", add_hanging_cases },
  { "scripted-late",    add_late_cases },
};

/* The first argument says which; with none, a list of all is asked for. */
int
main (int   argc,
      char *argv[])
{
  const char *which;
  guint n_groups = 0;

  g_test_init (&argc, &argv, NULL);
  which = argc > 1 ? argv[1] : NULL;
  /* There is a screen, as far as anybody can tell. */
  if (which != NULL && g_str_has_prefix (which, "scripted"))
    g_setenv ("DISPLAY", ":scripted", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      if (which != NULL && !g_str_equal (which, groups[i].argument))
        continue;
      n_groups++;
      groups[i].add ();
    }
  /* A word that is misspelt would pass for a test. */
  g_assert_cmpuint (n_groups, >, 0);

  return g_test_run ();
}
