/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-ledger.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

/* What happened, one letter each: A answered, R and r rejected on the incoming
 * and the outgoing lane, O and o accepted there, h an hour passed, . some more
 * than that. */
static const struct
{
  const char *name;
  const char *history;
  guint       n_rejected;
} cases[] = {
  { "nothing", "", 0 },
  { "answered", "A", 0 },
  { "never-answered", "R", 0 },
  { "rejected", "AR", 1 },
  { "rejected-twice", "ARAR", 2 },
  { "rejected-on-both", "AARr", 2 },
  { "accepted", "AO", 0 },
  { "accepted-after", "ARAO", 0 },
  { "accepted-on-the-other", "ARAo", 1 },
  { "accepted-before", "AOAR", 1 },
  { "answered-again", "ARA", 1 },
  { "an-hour-later", "ARh", 1 },
  { "forgotten", "AR.", 0 },
  { "kept-by-answering", "ARhAhA", 1 },
  { "begun-anew", "ARAR.AR", 1 },
};

static gint64
play (TlLaneLedger *ledger,
      const char   *host,
      const char   *history)
{
  gint64 now_us = 7 * HOUR_US;

  for (const char *p = history; *p != '\0'; p++)
    {
      TlLaneKind lane = g_ascii_isupper (*p) ? TL_LANE_INCOMING : TL_LANE_OUTGOING;

      if (*p == 'A')
        tl_lane_ledger_record_answer (ledger, host, now_us);
      else if (*p == 'h')
        now_us += HOUR_US;
      else if (*p == '.')
        now_us += HOUR_US + 1;
      else
        tl_lane_ledger_record_sign_in (ledger, host, lane, g_ascii_toupper (*p) == 'O', now_us);
    }

  return now_us;
}

static void
test_history (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlLaneLedger) ledger = tl_lane_ledger_new ();
  gint64 now_us = play (ledger, "a.test", cases[i].history);

  g_assert_cmpuint (tl_lane_ledger_get_n_rejected (ledger, "a.test", now_us), ==,
                    cases[i].n_rejected);
  g_assert_cmpuint (tl_lane_ledger_get_n_rejected (ledger, "b.test", now_us), ==, 0);
}

static void
test_bounded (void)
{
  g_autoptr(TlLaneLedger) ledger = tl_lane_ledger_new ();
  guint n_known = 0;

  g_test_summary ("Of very many hosts the last ones are remembered");

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *host = g_strdup_printf ("host-%u.test", i);

      tl_lane_ledger_record_answer (ledger, host, i + 1);
      tl_lane_ledger_record_sign_in (ledger, host, TL_LANE_INCOMING, FALSE, i + 1);
    }
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *host = g_strdup_printf ("host-%u.test", i);

      n_known += tl_lane_ledger_get_n_rejected (ledger, host, 2001);
    }

  g_assert_cmpuint (n_known, ==, 512);
  g_assert_cmpuint (tl_lane_ledger_get_n_rejected (ledger, "host-1999.test", 2001), ==, 1);
  g_assert_cmpuint (tl_lane_ledger_get_n_rejected (ledger, "host-0.test", 2001), ==, 0);
}

static gpointer
scribble_thread (gpointer data)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *host = g_strdup_printf ("host-%u.test", i % 700);

      tl_lane_ledger_record_answer (data, host, i);
      tl_lane_ledger_record_sign_in (data, host, TL_LANE_OUTGOING, i % 2 == 0, i);
    }

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr(TlLaneLedger) ledger = tl_lane_ledger_new ();
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("scribble", scribble_thread, ledger);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  tl_lane_ledger_record_answer (ledger, "last.test", 5000);
  tl_lane_ledger_record_sign_in (ledger, "last.test", TL_LANE_OUTGOING, FALSE, 5000);
  g_assert_cmpuint (tl_lane_ledger_get_n_rejected (ledger, "last.test", 5000), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-ledger/history/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_history);
    }
  g_test_add_func ("/lane-ledger/bounded", test_bounded);
  g_test_add_func ("/lane-ledger/threads", test_threads);

  return g_test_run ();
}
