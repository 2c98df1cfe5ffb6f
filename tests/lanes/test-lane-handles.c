/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <netdb.h>
#include <sys/resource.h>

#include "tl-test-child.h"
#include "tl-test-lane.h"
#include "tl-test-names.h"

static const TlTestName names[] = {
  { "mail.test", EAI_NONAME },
  { "here.test", 0, { "127.0.0.1" } },
};

static const struct
{
  const char *name;
  const char *host;       /* or NULL: in practice, where no names or proxies are asked for */
  guint       most;       /* descriptors, open ones included */
  const char *verdicts;
} places[] = {
  /* What the C library says when it cannot open its files. */
  { "no-name",  "mail.test", 10, "connect.local-limit" },
  { "name",     "here.test", 20, "connect.local-limit" },
  { "literal",  "127.0.0.1", 20, "connect.local-limit" },
  { "practice", NULL,        20, "connect.local-limit connect.refused" },
};

typedef struct
{
  gsize place;
  guint n_handles;
} Shortage;

/* Both lanes at once: each has the other to take what it has just seen free. */
static void
run_short (guint16  port,
           gpointer data)
{
  const Shortage *shortage = data;
  const char *host = places[shortage->place].host;
  g_autoptr(TlNetwork) network = host == NULL ? NULL : tl_network_new_system ();
  g_auto(GStrv) verdicts = g_strsplit (places[shortage->place].verdicts, " ", -1);
  struct rlimit limit;
  TlTestLane lanes[2] = {
    { .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .network = network, .host = host,
      .port = 1 },
    { .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS, .network = network, .host = host,
      .port = 1 },
  };

  /* A program that has come this far has it. */
  g_main_context_default ();
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  limit.rlim_cur = shortage->n_handles;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    tl_test_lane_start (&lanes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      tl_test_lane_wait (&lanes[i]);
      tl_test_lane_assert_sane (&lanes[i]);
      g_test_message ("%s", tl_test_lane_get_primary (&lanes[i]));
      g_assert_true (g_strv_contains ((const char * const *) verdicts,
                                      tl_test_lane_get_primary (&lanes[i])));
      tl_test_lane_clear (&lanes[i]);
    }
}

static void
test_short (gconstpointer data)
{
  Shortage shortage = { .place = GPOINTER_TO_SIZE (data) };

  g_test_summary ("Out of handles anywhere: that is what is said, and nothing ends the program");

  for (shortage.n_handles = 6; shortage.n_handles <= places[shortage.place].most;
       shortage.n_handles++)
    tl_test_child_finish (tl_test_child_new (run_short, &shortage), 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  tl_test_names_set (names, G_N_ELEMENTS (names));
  tl_test_lane_get_ca ();

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-handles/N18/", places[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_short);
    }

  return g_test_run ();
}
