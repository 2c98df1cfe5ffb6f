/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-deadline.h"

/* Far from any clock's reading, so that a slow machine changes nothing. */
#define HOUR_MS (60 * 60 * 1000)

/* By how much the clock of one core may be behind another's. */
#define SKEW_US 2000

static void
test_ahead (void)
{
  TlDeadline deadline = tl_deadline_in_ms (HOUR_MS);

  g_assert_false (tl_deadline_is_past (deadline));
  g_assert_cmpint (tl_deadline_get_left_us (deadline), <=, (gint64) HOUR_MS * 1000);
  g_assert_cmpint (tl_deadline_get_left_us (deadline), >, (gint64) HOUR_MS * 1000 / 2);
  g_assert_cmpuint (tl_deadline_get_left_ms (deadline), <=, HOUR_MS);
  g_assert_cmpuint (tl_deadline_get_left_ms (deadline), >, HOUR_MS / 2);
}

static void
test_past (void)
{
  TlDeadline now = tl_deadline_in_ms (0);
  TlDeadline long_ago = { g_get_monotonic_time () - (gint64) HOUR_MS * 1000 };

  g_assert_cmpint (tl_deadline_get_left_us (now), <=, SKEW_US);
  g_usleep (SKEW_US);
  g_assert_true (tl_deadline_is_past (now));
  g_assert_cmpint (tl_deadline_get_left_us (now), ==, 0);
  g_assert_true (tl_deadline_is_past (long_ago));
  g_assert_cmpint (tl_deadline_get_left_us (long_ago), ==, 0);
  g_assert_cmpuint (tl_deadline_get_left_ms (long_ago), ==, 0);
}

static void
test_rounds_up (void)
{
  TlDeadline deadline = { g_get_monotonic_time () + 999 };
  guint left_ms = tl_deadline_get_left_ms (deadline);

  g_test_summary ("Less than a millisecond is not yet nothing: poll() would spin");

  if (tl_deadline_is_past (deadline))
    g_test_skip ("this machine took a millisecond for nothing");
  else
    g_assert_cmpuint (left_ms, ==, 1);
}

static void
test_cut (void)
{
  TlDeadline far = { G_MAXINT64 };

  g_assert_cmpuint (tl_deadline_get_left_ms (far), ==, G_MAXINT);
}

static void
test_earlier (void)
{
  TlDeadline sooner = { 1000 };
  TlDeadline later = { 2000 };

  g_assert_cmpint (tl_deadline_earlier (sooner, later).at_us, ==, 1000);
  g_assert_cmpint (tl_deadline_earlier (later, sooner).at_us, ==, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/deadline/ahead", test_ahead);
  g_test_add_func ("/deadline/past", test_past);
  g_test_add_func ("/deadline/rounds-up", test_rounds_up);
  g_test_add_func ("/deadline/cut", test_cut);
  g_test_add_func ("/deadline/earlier", test_earlier);

  return g_test_run ();
}
