/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-prober.h"

#include <string.h>
#include <sys/prctl.h>

#define N_PROBES 20

static gint n_running;
static gint n_most;
static gint n_misnamed;

/* Port 1 is there, port 2 is not, port 3 waits for its end. */
static gboolean
pretend (TlNetwork         *network,
         TlLaneKind         lane,
         const TlEndpoint  *endpoint,
         TlDeadline         deadline,
         GCancellable      *cancellable)
{
  gint now = g_atomic_int_add (&n_running, 1) + 1;
  char name[17] = "";

  if (now > g_atomic_int_get (&n_most))
    g_atomic_int_set (&n_most, now);
  prctl (PR_GET_NAME, name);
  if (strcmp (name, "tl-probe") != 0)
    g_atomic_int_inc (&n_misnamed);

  while (tl_endpoint_get_port (endpoint) == 3 && !tl_deadline_is_past (deadline) &&
         !g_cancellable_is_cancelled (cancellable))
    g_usleep (1000);
  if (tl_endpoint_get_port (endpoint) != 3)
    g_usleep (20 * 1000);
  g_atomic_int_add (&n_running, -1);

  return tl_endpoint_get_port (endpoint) == 1;
}

typedef struct
{
  guint n_there;
  guint n_gone;
  guint n_cancelled;
} Tally;

static void
on_tried (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Tally *tally = user_data;
  g_autoptr(GError) error = NULL;

  if (tl_prober_try_finish (TL_PROBER (object), result, &error))
    tally->n_there++;
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tally->n_cancelled++;
  else
    tally->n_gone++;
}

static void
try_ports (TlProber     *prober,
           guint16       port,
           guint         n,
           guint         budget_ms,
           GCancellable *cancellable,
           Tally        *tally)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("imap.example.org", port, TL_SECURITY_TLS,
                                                    NULL);

  for (guint i = 0; i < n; i++)
    tl_prober_try_async (prober, TL_LANE_INCOMING, endpoint, tl_deadline_in_ms (budget_ms),
                         cancellable, on_tried, tally);
}

static void
wait_for (Tally *tally,
          guint  n)
{
  while (tally->n_there + tally->n_gone + tally->n_cancelled < n)
    g_main_context_iteration (NULL, TRUE);
}

static TlProber *
prober_new (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();

  return tl_prober_new (network, NULL, pretend);
}

static void
test_parallel (void)
{
  g_autoptr(TlProber) prober = prober_new ();
  Tally tally = { 0 };

  n_most = 0;
  try_ports (prober, 1, N_PROBES / 2, 5000, NULL, &tally);
  try_ports (prober, 2, N_PROBES / 2, 5000, NULL, &tally);
  wait_for (&tally, N_PROBES);

  g_assert_cmpuint (tally.n_there, ==, N_PROBES / 2);
  g_assert_cmpuint (tally.n_gone, ==, N_PROBES / 2);
  g_assert_cmpint (n_most, >, 1);
  g_assert_cmpint (n_most, <=, TL_PROBER_MAX_THREADS);
  g_assert_cmpint (n_misnamed, ==, 0);
}

static void
test_deadline (void)
{
  g_autoptr(TlProber) prober = prober_new ();
  gint64 start_us = g_get_monotonic_time ();
  Tally tally = { 0 };

  try_ports (prober, 3, N_PROBES, 100, NULL, &tally);
  wait_for (&tally, N_PROBES);

  g_assert_cmpuint (tally.n_gone, ==, N_PROBES);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, G_USEC_PER_SEC);
}

static void
test_cancel (void)
{
  g_autoptr(TlProber) prober = prober_new ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Tally tally = { 0 };
  gint64 start_us;

  try_ports (prober, 3, N_PROBES, 30000, cancellable, &tally);
  g_usleep (50 * 1000);
  start_us = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  wait_for (&tally, N_PROBES);

  g_assert_cmpuint (tally.n_cancelled, ==, N_PROBES);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 200 * 1000);
}

/* P15: whom a discovery has tried is part of its report. */
static void
test_contacts (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlProber) prober = tl_prober_new (network, contacts, pretend);
  g_auto(GStrv) hosts = NULL;
  Tally tally = { 0 };

  try_ports (prober, 1, 2, 5000, NULL, &tally);
  wait_for (&tally, 2);

  hosts = tl_contacts_dup (contacts, TL_CONTACT_MAIL);
  g_assert_cmpuint (g_strv_length (hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "imap.example.org");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prober/parallel", test_parallel);
  g_test_add_func ("/prober/deadline", test_deadline);
  g_test_add_func ("/prober/cancel", test_cancel);
  g_test_add_func ("/prober/contacts", test_contacts);

  return g_test_run ();
}
