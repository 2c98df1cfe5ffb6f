/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-lane.h"

/* Short, since a stalled act takes all of it, and long enough for a handshake
 * on a busy computer. Every run of one conversation goes on at the same time. */
static const TlLaneBudget budget = { 2000, 2000, 2000, 2000, 2000, 2000, 2000, 2000, 9000 };

typedef struct
{
  const char *name;
  TlLaneKind  kind;
  TlSecurity  security;
  const char *script;
} Conversation;

static const Conversation conversations[] = {
  { "imap/tls",      TL_LANE_INCOMING, TL_SECURITY_TLS,      TL_TEST_IMAP_TLS },
  { "imap/starttls", TL_LANE_INCOMING, TL_SECURITY_STARTTLS, TL_TEST_IMAP_STARTTLS },
  { "smtp/tls",      TL_LANE_OUTGOING, TL_SECURITY_TLS,      TL_TEST_SMTP_TLS },
  { "smtp/starttls", TL_LANE_OUTGOING, TL_SECURITY_STARTTLS, TL_TEST_SMTP_STARTTLS },
};

typedef struct
{
  const Conversation *conversation;
  TlTestSabotage      sabotage;
} Sabotage;

static const char * const sabotages[TL_TEST_N_SABOTAGES] = {
  [TL_TEST_SABOTAGE_CUT]    = "cut",
  [TL_TEST_SABOTAGE_RESET]  = "reset",
  [TL_TEST_SABOTAGE_STALL]  = "stall",
  [TL_TEST_SABOTAGE_GARBLE] = "garble",
};

static void
test_sabotage (gconstpointer data)
{
  const Sabotage *s = data;
  guint n = tl_test_script_count (s->conversation->script);
  g_autofree TlTestLane *lanes = g_new0 (TlTestLane, n);
  g_autoptr(GPtrArray) scripts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (scripts, tl_test_script_sabotage (s->conversation->script, i, s->sabotage));
      lanes[i].kind = s->conversation->kind;
      lanes[i].security = s->conversation->security;
      lanes[i].script = scripts->pdata[i];
      lanes[i].budget = &budget;
      tl_test_lane_start (&lanes[i]);
    }

  for (guint i = 0; i < n; i++)
    {
      tl_test_lane_wait (&lanes[i]);
      g_test_message ("%u: %s", i, tl_test_lane_get_primary (&lanes[i]));
      g_assert_cmpint (tl_lane_report_get_verdict (lanes[i].report), ==, TL_VERDICT_ERROR);
      tl_test_lane_assert_sane (&lanes[i]);
      if (s->sabotage == TL_TEST_SABOTAGE_STALL)
        g_assert_true (g_str_has_suffix (tl_test_lane_get_primary (&lanes[i]), ".timeout"));
      g_hash_table_add (ids, (gpointer) tl_test_lane_get_primary (&lanes[i]));
    }

  /* Different stages have different verdicts. */
  g_assert_cmpuint (g_hash_table_size (ids), >=, 4);

  for (guint i = 0; i < n; i++)
    tl_test_lane_clear (&lanes[i]);
}

int
main (int   argc,
      char *argv[])
{
  static Sabotage tests[G_N_ELEMENTS (conversations)][TL_TEST_N_SABOTAGES];

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (conversations); i++)
    for (guint j = 0; j < TL_TEST_N_SABOTAGES; j++)
      {
        g_autofree char *path = g_strdup_printf ("/lane/sabotage/%s/%s", conversations[i].name,
                                                 sabotages[j]);

        tests[i][j] = (Sabotage) { &conversations[i], (TlTestSabotage) j };
        g_test_add_data_func (path, &tests[i][j], test_sabotage);
      }

  return g_test_run ();
}
