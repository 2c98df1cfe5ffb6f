/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-flight.h"

#include <string.h>

enum { ONE, TWO, OPEN, WAIT };

static const char * const one_data[] = { "LIST", NULL };
static const char * const open_data[] = { "EXISTS", "LIST", NULL };

static TlImapFlight *
make (void)
{
  TlImapFlight *flight = tl_imap_flight_new ();

  tl_imap_flight_add (flight, ONE, "T1", one_data, TL_IMAP_FLIGHT_PLAIN);
  tl_imap_flight_add (flight, TWO, "T2", NULL, TL_IMAP_FLIGHT_PLAIN);
  tl_imap_flight_add (flight, OPEN, "T3", open_data, TL_IMAP_FLIGHT_SETTLES);
  tl_imap_flight_add (flight, WAIT, "T4", NULL, TL_IMAP_FLIGHT_CONTINUES);

  return flight;
}

#define FAULT  -2
#define NOBODY -1

typedef struct
{
  const char *name;
  struct
  {
    const char *line;
    int         id;
  } responses[8];
  gboolean    is_done;
} Case;

static const Case cases[] = {
  { "in-order", { { "T1 OK x", ONE }, { "T2 NO x", TWO }, { "T3 OK x", OPEN }, { "T4 BAD x", WAIT } },
    TRUE },
  { "continued", { { "T1 OK x", ONE }, { "T2 OK x", TWO }, { "T3 OK x", OPEN }, { "+ x", WAIT } },
    TRUE },
  { "late", { { "T1 OK x", ONE }, { "T2 OK x", TWO }, { "T3 OK x", OPEN }, { "+ x", WAIT },
              { "T4 OK x", WAIT } }, TRUE },
  { "any-order", { { "T3 OK x", OPEN }, { "+ x", WAIT }, { "T2 OK x", TWO }, { "T1 OK x", ONE } },
    TRUE },
  { "not-all", { { "T3 OK x", OPEN }, { "+ x", WAIT }, { "T2 OK x", TWO } }, FALSE },
  { "rows/X14/twice", { { "T2 OK x", TWO }, { "T2 OK x", FAULT } } },
  { "rows/X14/foreign", { { "T5 OK x", FAULT } } },
  { "rows/X14/other-case", { { "t1 OK x", FAULT } } },
  { "rows/X15/too-early", { { "T1 OK x", ONE }, { "T4 OK x", FAULT } } },
  { "rows/X15/continued-too-early", { { "T1 OK x", ONE }, { "+ x", FAULT } } },
  { "rows/X15/nothing-to-continue", { { "T3 OK x", OPEN }, { "T4 NO x", WAIT }, { "+ x", FAULT } } },
  { "data", { { "* LIST () NIL x", ONE }, { "* 1 EXISTS", OPEN }, { "T1 OK x", ONE },
              { "* LIST () NIL x", OPEN }, { "T3 OK x", OPEN }, { "* LIST () NIL x", NOBODY },
              { "* 1 EXISTS", NOBODY } } },
  { "rows/X13/unasked", { { "* 3 FETCH (FLAGS ())", NOBODY }, { "* OK x", NOBODY },
                          { "* SEARCH 1", NOBODY } } },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlImapFlight) flight = make ();

  g_assert_false (tl_imap_flight_is_done (flight));
  for (gsize i = 0; c->responses[i].line != NULL; i++)
    {
      g_autoptr(TlImapResponse) response = tl_imap_response_new ();
      g_autoptr(TlFault) fault = NULL;
      gssize literal_len;
      int id = FAULT;

      g_assert_true (tl_imap_response_feed_line (response, c->responses[i].line, &literal_len,
                                                 &fault));
      g_assert_cmpint (tl_imap_flight_take (flight, response, &id, &fault), ==,
                       c->responses[i].id != FAULT);
      g_assert_cmpint (id, ==, c->responses[i].id);
      if (id == FAULT)
        g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
    }
  g_assert_cmpint (tl_imap_flight_is_done (flight), ==, c->is_done);
}

/* A command that was continued and never completed stands in nobody's way. */
static void
test_next (void)
{
  g_autoptr(TlImapFlight) flight = tl_imap_flight_new ();
  const char * const lines[] = { "+ x", "+ y", "T1 OK x", "T2 OK x" };
  const int ids[] = { WAIT, ONE, WAIT, ONE };

  g_assert_true (tl_imap_flight_is_done (flight));
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(TlImapResponse) response = tl_imap_response_new ();
      TlFault *fault = NULL;
      gssize literal_len;
      int id = FAULT;

      if (i == 0)
        tl_imap_flight_add (flight, WAIT, "T1", NULL, TL_IMAP_FLIGHT_CONTINUES);
      else if (i == 1)
        tl_imap_flight_add (flight, ONE, "T2", NULL, TL_IMAP_FLIGHT_CONTINUES);
      g_assert_true (tl_imap_response_feed_line (response, lines[i], &literal_len, &fault));
      g_assert_true (tl_imap_flight_take (flight, response, &id, &fault));
      g_assert_cmpint (id, ==, ids[i]);
    }
  g_assert_true (tl_imap_flight_is_done (flight));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/flight/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/flight/next", test_next);

  return g_test_run ();
}
