/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line waits for what it has to, and for no more. */
#include "tl-journey.h"

#include <signal.h>
#include <unistd.h>

#include "tl-setup-private.h"
#include "tl-test-discovery.h"

static TlDiscovery *
propose_early (TlSetup *setup)
{
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(TlDiscoveryReport) report =
    tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) { NULL });

  g_signal_emit_by_name (discovery, "proposed", report);
  tl_test_wait_for (&wait);
  g_object_unref (wait.result);
  g_assert_true (tl_setup_is_settling (setup));

  return g_steal_pointer (&discovery);
}

static gboolean
on_time_to_answer (gpointer data)
{
  tl_test_discovery_let_answer ();

  return G_SOURCE_REMOVE;
}

static void
test_settle (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(GError) error = NULL;

  g_timeout_add (20, on_time_to_answer, NULL);
  g_assert_true (tl_journey_settle (journey, &error));
  g_assert_no_error (error);
  g_assert_false (tl_setup_is_settling (journey->setup));
  g_assert_cmpuint (tl_discovery_report_get_hints (tl_setup_get_discovery (journey->setup))->len,
                    ==, 2);
}

static gboolean
on_time_to_interrupt (gpointer data)
{
  kill (getpid (), SIGINT);

  return G_SOURCE_REMOVE;
}

static void
test_interrupted (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_timeout_add (20, on_time_to_interrupt, NULL);
  g_assert_false (tl_journey_settle (journey, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
}

static void
test_let_go (void)
{
  TlJourney *journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  gpointer setup = journey->setup;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("The end stops what is still asked, and waits until it has stopped");

  g_object_add_weak_pointer (setup, &setup);
  tl_journey_free (journey);
  g_assert_null (setup);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 500 * 1000);
}

static void
test_let_go_held (void)
{
  TlJourney *journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(TlSetup) held = g_object_ref (journey->setup);
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("It does not wait for ever");

  tl_journey_free (journey);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 3 * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journey/settle", test_settle);
  g_test_add_func ("/journey/interrupted", test_interrupted);
  g_test_add_func ("/journey/let-go", test_let_go);
  g_test_add_func ("/journey/let-go-held", test_let_go_held);

  return g_test_run ();
}
