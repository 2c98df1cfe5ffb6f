/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop.h"
#include "tl-practice.h"

/* A message to oneself, through the practice mailbox. */

static void
on_loop_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  TlLoopReport **out_report = user_data;
  g_autoptr(GError) error = NULL;

  *out_report = tl_loop_run_finish (TL_LOOP (object), result, &error);
  g_assert_no_error (error);
}

static TlLaneSettings *
settings_new (TlPractice *practice,
              gboolean    is_incoming)
{
  g_autoptr(TlEndpoint) endpoint = NULL;

  endpoint = tl_endpoint_new (is_incoming ? TL_PRACTICE_INCOMING_HOST : TL_PRACTICE_OUTGOING_HOST,
                              is_incoming ? tl_practice_get_incoming_port (practice)
                                          : tl_practice_get_outgoing_port (practice),
                              is_incoming ? TL_SECURITY_TLS : TL_SECURITY_STARTTLS, NULL);

  return tl_lane_settings_new (is_incoming ? TL_PROTOCOL_IMAP : TL_PROTOCOL_SMTP, endpoint,
                               TL_AUTH_PASSWORD, TL_PRACTICE_ADDRESS, NULL);
}

static TlLoopReport *
run (TlPractice *practice,
     TlNetwork  *network)
{
  const TlLaneBudget budget = TL_LANE_BUDGET_DEFAULT;
  g_autoptr(TlLaneSettings) incoming = settings_new (practice, TRUE);
  g_autoptr(TlLaneSettings) outgoing = settings_new (practice, FALSE);
  g_autoptr(TlAddress) address = tl_address_parse (TL_PRACTICE_ADDRESS, NULL);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  const TlLoopParts parts = {
    .incoming = incoming, .outgoing = outgoing, .address = address,
    .incoming_secret = secret, .outgoing_secret = secret,
    .network = network, .budget = &budget, .patience_ms = 10000,
  };
  g_autoptr(TlLoop) loop = tl_loop_new (&parts);
  TlLoopReport *report = NULL;

  tl_loop_run_async (loop, NULL, on_loop_done, &report);
  while (report == NULL)
    g_main_context_iteration (NULL, TRUE);

  return report;
}

/* Twice: nothing of the first run is left for the second. */
static void
test_loop (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (TL_PRACTICE_ALL_WELL, &error);
  g_autoptr(TlNetwork) network = NULL;

  g_assert_no_error (error);
  network = tl_network_new_practice (tl_practice_get_ca_pem (practice), &error);
  g_assert_no_error (error);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TlLoopReport) report = run (practice, network);
      const TlLoopReportParts *parts = tl_loop_report_get_parts (report);

      g_assert_true (parts->is_sent);
      g_assert_true (parts->is_back);
      g_assert_cmpuint (parts->n_copies, ==, 1);
      g_assert_cmpstr (parts->role, ==, "inbox");
      g_assert_cmpstr (parts->judge, ==, "mail.practice.invalid");
      g_assert_cmpstr (parts->spf, ==, "pass");
      g_assert_cmpstr (parts->dkim, ==, "pass");
      g_assert_cmpstr (parts->dkim_domain, ==, "practice.invalid");
      g_assert_cmpstr (parts->dkim_selector, ==, "practice");
      g_assert_cmpstr (parts->dmarc, ==, "pass");
      g_assert_null (parts->sent_folder);
      g_assert_true (parts->is_removed);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/practice/loop", test_loop);

  return g_test_run ();
}
