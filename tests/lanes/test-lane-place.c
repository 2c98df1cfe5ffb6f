/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-place.h"

#include "tl-test-lane.h"

typedef struct
{
  const char *address;
  gboolean    is_private;
} Case;

static const Case cases[] = {
  { "127.0.0.1", TRUE }, { "127.255.255.254", TRUE }, { "0.0.0.0", TRUE },
  { "169.254.1.1", TRUE }, { "10.0.0.1", TRUE }, { "10.255.255.255", TRUE },
  { "172.16.0.1", TRUE }, { "172.31.255.255", TRUE }, { "192.168.0.1", TRUE },
  { "::1", TRUE }, { "::", TRUE }, { "fe80::1", TRUE }, { "febf::1", TRUE },
  { "fec0::1", TRUE }, { "fc00::1", TRUE }, { "fdff::1", TRUE },
  { "::ffff:10.0.0.1", TRUE }, { "::ffff:127.0.0.1", TRUE },

  { "9.255.255.255", FALSE }, { "11.0.0.0", FALSE }, { "172.15.255.255", FALSE },
  { "172.32.0.0", FALSE }, { "192.167.255.255", FALSE }, { "192.169.0.0", FALSE },
  { "169.253.255.255", FALSE }, { "126.255.255.255", FALSE }, { "128.0.0.0", FALSE },
  { "198.51.100.11", FALSE }, { "::2", FALSE }, { "2001:db8::1", FALSE },
  { "fbff::1", FALSE }, { "fe00::1", FALSE }, { "::ffff:198.51.100.11", FALSE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (c->address);
  g_autoptr(GInetAddress) outside = g_inet_address_new_from_string ("203.0.113.1");
  g_autoptr(GPtrArray) addresses = g_ptr_array_new ();

  g_assert_nonnull (address);
  g_assert_cmpint (tl_lane_place_is_private (address), ==, c->is_private);

  g_ptr_array_add (addresses, outside);
  g_assert_null (tl_lane_place_find_private (addresses));
  g_ptr_array_add (addresses, address);
  g_assert_true (tl_lane_place_find_private (addresses) == (c->is_private ? address : NULL));
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  TlLaneReport **report = user_data;
  g_autoptr(GError) error = NULL;

  *report = tl_lane_run_finish (TL_LANE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_remark (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlSecret) secret = tl_secret_new ("c4n4ry-Pa55w0rd", 15);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("127.0.0.1", 1, TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(TlLane) lane = NULL;
  g_autoptr(TlLaneReport) report = NULL;
  TlFinding *remark;
  GPtrArray *findings;

  g_test_summary ("A literal address of this computer is remarked on, and decides nothing");

  settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint, TL_AUTH_PASSWORD, "ada@example.org",
                                   NULL);
  lane = tl_lane_new (TL_LANE_INCOMING, settings, address, secret, network,
                      &TL_LANE_BUDGET_DEFAULT);
  tl_lane_run_async (lane, NULL, on_ended, &report);
  while (report == NULL)
    g_main_context_iteration (NULL, TRUE);

  findings = tl_lane_report_get_findings (report);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpstr (tl_finding_get_id (tl_lane_report_get_primary (report)), ==, "connect.refused");
  remark = findings->pdata[1];
  g_assert_cmpstr (tl_finding_get_id (remark), ==, "resolve.private-address");
  g_assert_cmpint (tl_finding_get_lane (remark), ==, TL_LANE_INCOMING);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (remark), TL_EVIDENCE_ADDRESS),
                   ==, "127.0.0.1");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (remark), TL_EVIDENCE_HOST),
                   ==, "127.0.0.1");
  g_assert_cmpint (tl_step_get_status (tl_lane_report_get_steps (report)->pdata[0]), ==,
                   TL_STATUS_WARNING);
}

static void
test_practice (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = TL_TEST_IMAP_TLS,
  };

  g_test_summary ("The practice mailbox is on this computer, and nothing is said about it");

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
  g_assert_cmpuint (tl_lane_report_get_findings (lane.report)->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/place/", cases[i].address, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/lane/place/remark", test_remark);
  g_test_add_func ("/lane/place/practice", test_practice);

  return g_test_run ();
}
