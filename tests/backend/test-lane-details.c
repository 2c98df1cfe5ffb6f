/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a lane in rows, and how times are said. */
#include "tl-lane-details.h"

#include <string.h>

#include "tl-duration.h"

static GPtrArray *
list_of (TlLaneKind              lane,
         const TlLaneFactsParts *parts,
         const char             *address,
         const char             *proxy,
         const char             *folder)
{
  const char *url = lane == TL_LANE_INCOMING ? "imaps://imap.acme.test" : "smtps://smtp.acme.test";
  g_autoptr(TlLaneSettings) usual = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, "ada",
                                                                   NULL);
  g_autoptr(TlLaneSettings) settings = folder == NULL ? tl_lane_settings_ref (usual)
                                                      : tl_lane_settings_with_folder (usual, folder);
  g_autoptr(TlLaneFacts) facts = parts == NULL ? NULL : tl_lane_facts_new (parts);
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(TlLaneReport) report = tl_lane_report_new (&(TlLaneReportParts) {
    .lane = lane, .settings = settings, .steps = none, .findings = none, .address = address,
    .proxy = proxy, .facts = facts,
  });

  return tl_lane_details_list (report);
}

static GPtrArray *
list (TlLaneKind              lane,
      const TlLaneFactsParts *parts,
      const char             *address,
      const char             *proxy)
{
  return list_of (lane, parts, address, proxy, NULL);
}

static void
test_rows (void)
{
  static const struct
  {
    const char       *name;
    TlLaneKind        lane;
    TlLaneFactsParts  parts;
    guint             n;
  } cases[] = {
    /* Whether new messages are announced is always known. */
    { "bare",        TL_LANE_INCOMING, { .n_messages = -1 }, 1 },
    { "software",    TL_LANE_INCOMING, { .n_messages = -1, .software = "x", .mechanism = "y" }, 3 },
    { "messages",    TL_LANE_INCOMING, { .n_messages = 0 }, 2 },
    { "quota",       TL_LANE_INCOMING,
      { .n_messages = -1, .has_quota = TRUE, .quota_used = 1, .quota_limit = 2 }, 2 },
    { "no-quota",    TL_LANE_INCOMING,
      { .n_messages = -1, .has_quota = TRUE, .quota_used = 5120, .quota_limit = 0 }, 1 },
    { "rights",      TL_LANE_INCOMING, { .n_messages = -1, .rights = "lrs" }, 2 },
    { "no-rights",   TL_LANE_INCOMING, { .n_messages = -1, .rights = "x" }, 1 },
    { "outgoing",    TL_LANE_OUTGOING, { .n_messages = -1 }, 0 },
    { "largest",     TL_LANE_OUTGOING, { .n_messages = -1, .max_message_bytes = 1000 }, 1 },
  };
  g_autoptr(GPtrArray) nothing = tl_lane_details_list (NULL);

  g_assert_cmpuint (nothing->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) details = list (cases[i].lane, &cases[i].parts, NULL, NULL);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (details->len, ==, cases[i].n);
    }
}

static void
test_folder (void)
{
  static const struct { const char *name; const char *folder; } cases[] = {
    { "inbox" }, { "shared", "shared/Sales" },
  };
  static const TlLaneFactsParts parts = { .n_messages = 7, .rights = "lrs" };

  g_test_summary ("What was counted and allowed is said of the folder that was opened");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) details = list_of (TL_LANE_INCOMING, &parts, NULL, NULL,
                                              cases[i].folder);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (details->len, ==, 3);
      for (guint row = 1; row < details->len; row++)
        g_assert_cmpint (strstr (tl_detail_get_label (g_ptr_array_index (details, row)),
                                 "shared/Sales") != NULL, ==, cases[i].folder != NULL);
    }
}

static void
test_connection (void)
{
  g_autoptr(GPtrArray) direct = list (TL_LANE_OUTGOING, NULL, "192.0.2.7", NULL);
  g_autoptr(GPtrArray) proxied = list (TL_LANE_OUTGOING, NULL, NULL, "socks5://192.0.2.1:1080");

  g_test_summary ("Where it went is told even of a lane that learnt nothing else");

  g_assert_cmpuint (direct->len, ==, 1);
  g_assert_cmpstr (tl_detail_get_value (g_ptr_array_index (direct, 0)), ==, "192.0.2.7");
  g_assert_cmpint (tl_detail_get_status (g_ptr_array_index (direct, 0)), ==,
                   TL_STATUS_NOT_TESTED);
  g_assert_cmpuint (proxied->len, ==, 1);
}

static void
test_duration (void)
{
  static const struct { guint seconds; const char *clock; } clocks[] = {
    { 0, "0:00" }, { 9, "0:09" }, { 60, "1:00" }, { 299, "4:59" }, { 3599, "59:59" },
    { 3600, "1:00:00" }, { 86399, "23:59:59" },
  };
  static const struct { guint ms; const char *label; } labels[] = {
    { 0, "under 1 ms" }, { 1, "1 ms" }, { 999, "999 ms" }, { 1000, "1.0 s" }, { 1830, "1.8 s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (clocks); i++)
    {
      g_autofree char *clock = tl_duration_dup_clock (clocks[i].seconds);

      g_assert_cmpstr (clock, ==, clocks[i].clock);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *label = tl_duration_dup_label (labels[i].ms);

      g_assert_cmpstr (label, ==, labels[i].label);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lane-details/rows", test_rows);
  g_test_add_func ("/lane-details/folder", test_folder);
  g_test_add_func ("/lane-details/connection", test_connection);
  g_test_add_func ("/lane-details/duration", test_duration);

  return g_test_run ();
}
