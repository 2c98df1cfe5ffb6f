/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a message to oneself in rows. */
#include "tl-loop-details.h"

#include <string.h>

static TlDetail *
find (GPtrArray  *details,
      const char *label)
{
  for (guint i = 0; i < details->len; i++)
    {
      if (g_str_equal (tl_detail_get_label (g_ptr_array_index (details, i)), label))
        return g_ptr_array_index (details, i);
    }

  return NULL;
}

static void
test_checks (void)
{
  static const struct { const char *word; TlStatus status; } cases[] = {
    { "pass",      TL_STATUS_OK },
    { "fail",      TL_STATUS_WARNING },
    { "softfail",  TL_STATUS_WARNING },
    { "neutral",   TL_STATUS_NOT_NEEDED },
    { "none",      TL_STATUS_NOT_NEEDED },
    { "temperror", TL_STATUS_NOT_NEEDED },
    { "permerror", TL_STATUS_WARNING },
    { NULL,        TL_STATUS_NOT_NEEDED },
  };
  g_autoptr(GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_test_summary ("Each word of RFC 8601 has words of its own, and only one passes");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) {
        .is_sent = TRUE, .is_back = TRUE, .judge = "mx.acme.test", .spf = cases[i].word,
      });
      g_autoptr(GPtrArray) details = tl_loop_details_list (report);
      TlDetail *spf = find (details, "SPF");

      g_assert_nonnull (spf);
      g_assert_cmpint (tl_detail_get_status (spf), ==, cases[i].status);
      g_assert_true (g_hash_table_add (values, g_strdup (tl_detail_get_value (spf))));
    }
}

static void
test_judge (void)
{
  g_autoptr(TlLoopReport) report = tl_loop_report_new (&(TlLoopReportParts) {
    .is_sent = TRUE, .is_back = TRUE, .judge = "mx.acme.test", .dkim = "pass",
    .dkim_domain = "acme.test", .dkim_selector = "s2031",
  });
  g_autoptr(GPtrArray) details = tl_loop_details_list (report);
  gboolean is_named = FALSE;

  g_test_summary ("Who checked, and whose seal it was, is said");

  for (guint i = 0; i < details->len; i++)
    is_named |= g_str_equal (tl_detail_get_value (g_ptr_array_index (details, i)), "mx.acme.test");
  g_assert_true (is_named);
  g_assert_nonnull (strstr (tl_detail_get_hint (find (details, "DKIM")), "acme.test"));
  g_assert_nonnull (strstr (tl_detail_get_hint (find (details, "DKIM")), "s2031"));
}

/* How many rows there are, and how good the first is. */
static void
test_parts (void)
{
  static const struct
  {
    const char        *name;
    TlLoopReportParts  parts;
    guint              n;
    TlStatus           first;
  } cases[] = {
    { "not sent",       { .is_sent = FALSE }, 1, TL_STATUS_ERROR },
    { "not back",       { .is_sent = TRUE }, 2, TL_STATUS_OK },
    { "nobody judged",  { .is_sent = TRUE, .is_back = TRUE }, 4, TL_STATUS_OK },
    { "judged",         { .is_sent = TRUE, .is_back = TRUE, .judge = "mx.acme.test" }, 7,
      TL_STATUS_OK },
    { "filed",          { .is_sent = TRUE, .is_back = TRUE, .filing = TL_LOOP_FILING_FILED,
                          .sent_folder = "Sent" }, 5, TL_STATUS_OK },
    { "not filed",      { .is_sent = TRUE, .is_back = TRUE, .filing = TL_LOOP_FILING_NOT_FILED },
      5, TL_STATUS_OK },
  };
  g_autoptr(GPtrArray) nothing = tl_loop_details_list (NULL);

  g_test_summary ("Nothing is told of what cannot be known: not who files a copy, unless somebody "
                  "looked");

  g_assert_cmpuint (nothing->len, ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlLoopReport) report = tl_loop_report_new (&cases[i].parts);
      g_autoptr(GPtrArray) details = tl_loop_details_list (report);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (details->len, ==, cases[i].n);
      g_assert_cmpint (tl_detail_get_status (g_ptr_array_index (details, 0)), ==, cases[i].first);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loop-details/checks", test_checks);
  g_test_add_func ("/loop-details/judge", test_judge);
  g_test_add_func ("/loop-details/parts", test_parts);

  return g_test_run ();
}
