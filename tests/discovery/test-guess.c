/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exchangers.h"
#include "tl-guess.h"
#include "tl-records-private.h"
#include "tl-test-dns.h"

/* What is guessed at; whether it is there, the lab shows. */

#define MX_ROW(domain, preference, host) \
  { domain, TL_RECORD_MX, .priority = preference, .text = host }

static const TlTestDnsRow rows[] = {
  MX_ROW ("own.test", 10, "mx.own.test"),
  MX_ROW ("usual.test", 10, "mail.usual.test"),
  MX_ROW ("other.test", 10, "mx.hoster.test"),
  MX_ROW ("three.test", 10, "b.three.test"),
  MX_ROW ("three.test", 10, "a.three.test"),
  MX_ROW ("three.test", 5, "mx.hoster.test"),
  MX_ROW ("three.test", 20, "c.three.test"),
  MX_ROW ("sales.above.test", 10, "above.test"),
  MX_ROW ("sales.beside.test", 10, "mx.beside.test"),
  MX_ROW ("self.test", 10, "self.test"),
  MX_ROW ("null.test", 0, ""),
};

static const struct
{
  const char *domain;
  const char *added;   /* hosts that join */
  const char *written; /* hosts that somebody wrote down */
} cases[] = {
  { "none.test", "", "" },
  { "own.test", "mx.own.test", "mx.own.test" },
  { "usual.test", "", "mail.usual.test" },
  { "other.test", "", "" },
  { "three.test", "a.three.test b.three.test", "a.three.test b.three.test" },
  { "sales.above.test", "", "" },
  { "sales.beside.test", "mx.beside.test", "mx.beside.test" },
  { "self.test", "", "self.test" },
};

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(TlRecordSet **) user_data = tl_records_lookup_finish (TL_RECORDS (object), result, NULL);
}

static TlRecordSet *
look_up (const char *domain)
{
  g_autoptr(TlTestDns) dns = tl_test_dns_new (rows, G_N_ELEMENTS (rows), TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  TlRecordSet *found = NULL;

  tl_records_lookup_quick_async (records, domain, TL_RECORD_MX, tl_deadline_in_ms (5000), NULL,
                                 on_found, &found);
  while (found == NULL)
    g_main_context_iteration (NULL, TRUE);

  return found;
}

/* The hosts of guesses on one lane's first port, in order. */
static char *
describe (GPtrArray *guesses,
          guint      start,
          gboolean   only_written)
{
  g_autoptr(GString) hosts = g_string_new (NULL);

  for (guint i = start; i < guesses->len; i++)
    {
      const TlGuess *guess = guesses->pdata[i];

      if (tl_endpoint_get_port (guess->endpoint) == 993 &&
          (guess->is_exchanger || !only_written))
        g_string_append_printf (hosts, "%s%s", hosts->len > 0 ? " " : "",
                                tl_endpoint_get_host (guess->endpoint));
    }

  return g_strdup (hosts->str);
}

static void
test_exchangers (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlRecordSet) found = look_up (cases[i].domain);
  g_autoptr(GPtrArray) exchangers = tl_exchangers_list (found);
  g_autoptr(GPtrArray) guesses = tl_guesses_new (cases[i].domain);
  g_autofree char *added = NULL;
  g_autofree char *written = NULL;
  guint n_before = guesses->len;

  tl_guesses_add_exchangers (guesses, exchangers, cases[i].domain);
  added = describe (guesses, n_before, FALSE);
  written = describe (guesses, 0, TRUE);
  g_assert_cmpstr (added, ==, cases[i].added);
  g_assert_cmpstr (written, ==, cases[i].written);
}

/* RFC 7505: the root stands for no exchanger at all. */
static void
test_null (void)
{
  g_autoptr(TlRecordSet) found = look_up ("null.test");
  g_autoptr(GPtrArray) exchangers = tl_exchangers_list (found);

  g_assert_cmpuint (tl_record_set_get_n (found), ==, 1);
  g_assert_cmpuint (exchangers->len, ==, 0);
}

/* Each name of a lane on its two ports, TLS from the start first, never 25. */
static void
test_usual (void)
{
  static const char * const usual[] = {
    "imap.a.test:993", "imap.a.test:143", "mail.a.test:993", "mail.a.test:143", "a.test:993",
    "a.test:143", "smtp.a.test:465", "smtp.a.test:587", "mail.a.test:465", "mail.a.test:587",
    "a.test:465", "a.test:587",
  };
  g_autoptr(GPtrArray) guesses = tl_guesses_new ("a.test");

  g_assert_cmpuint (guesses->len, ==, G_N_ELEMENTS (usual));
  for (guint i = 0; i < guesses->len; i++)
    {
      const TlGuess *guess = guesses->pdata[i];
      g_autofree char *server = tl_endpoint_to_string (guess->endpoint);

      g_assert_cmpstr (server, ==, usual[i]);
      g_assert_cmpint (guess->lane, ==, i < 6 ? TL_LANE_INCOMING : TL_LANE_OUTGOING);
      g_assert_cmpint (guess->is_last_resort, ==, g_str_has_prefix (server, "a."));
      g_assert_false (guess->is_exchanger);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/guess/usual", test_usual);
  g_test_add_func ("/guess/null", test_null);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/guess/exchangers/", cases[i].domain, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_exchangers);
    }

  return g_test_run ();
}
