/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bundle says of its mailbox, of sending and of its domain, in rows. */
#include "tl-review-private.h"

#include <string.h>

#include "tl-detail.h"
#include "tl-test-bundle.h"

typedef GPtrArray *(*List) (TlReport *report);

static const struct
{
  const char *name;
  List        list;
  guint       n_min;
} sections[] = {
  { "folders", tl_review_list_folders, 8 },
  { "sending", tl_review_list_sending, 3 },
  { "domain",  tl_review_list_domain,  TL_N_DOMAIN_TOPICS },
};

static void
test_section (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(TlReport) full = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(TlReport) bare = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(GPtrArray) rows = sections[i].list (full);
  g_autoptr(GPtrArray) none = sections[i].list (bare);

  g_test_summary ("Every row has something to say; without the section there is none");

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (rows->len, >=, sections[i].n_min);
  for (guint j = 0; j < rows->len; j++)
    {
      g_assert_nonnull (tl_detail_get_id (rows->pdata[j]));
      g_assert_nonnull (tl_detail_get_label (rows->pdata[j]));
      g_assert_nonnull (tl_detail_get_value (rows->pdata[j]));
    }
}

static void
test_findings (void)
{
  g_autoptr(TlReport) full = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *mailbox = tl_mailbox_report_get_parts (tl_report_get_mailbox (full))->findings;
  GPtrArray *domain = tl_domain_report_get_parts (tl_report_get_domain (full))->findings;

  tl_review_add_readiness_findings (findings, full);
  g_assert_cmpuint (findings->len, >, 0);
  g_assert_cmpuint (findings->len, ==, mailbox->len + domain->len);
}

static TlDetail *
find (GPtrArray  *rows,
      const char *id)
{
  for (guint i = 0; i < rows->len; i++)
    {
      if (g_strcmp0 (tl_detail_get_id (rows->pdata[i]), id) == 0)
        return rows->pdata[i];
    }

  g_error ("no row %s", id);
}

static void
test_folder_rows (void)
{
  g_autoptr(TlReport) full = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(GPtrArray) rows = tl_review_list_folders (full);

  g_assert_cmpstr (tl_detail_get_value (find (rows, "inbox")), ==, "INBOX");
  g_assert_cmpint (tl_detail_get_status (find (rows, "inbox")), ==, TL_STATUS_OK);
  g_assert_cmpstr (tl_detail_get_value (find (rows, "sent")), ==, "Skickat");
  g_assert_cmpint (tl_detail_get_status (find (rows, "all")), ==, TL_STATUS_NOT_NEEDED);
}

static void
test_sending_rows (void)
{
  g_autoptr(TlReport) full = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(GPtrArray) rows = tl_review_list_sending (full);
  guint ceiling = tl_sending_plan_get_parts (tl_report_get_sending (full))->ceiling;
  g_autofree char *number = g_strdup_printf ("%'u", ceiling);

  g_assert_cmpuint (ceiling, >, 0);
  g_assert_nonnull (strstr (tl_detail_get_value (find (rows, "ceiling")), number));
  g_assert_cmpstr (tl_detail_get_value (find (rows, "service")), !=, "");
  g_assert_cmpstr (tl_detail_get_value (find (rows, "days")), !=, "");
}

static void
test_domain_rows (void)
{
  g_autoptr(TlReport) full = tl_test_report_new (TL_TEST_REPORT_FULL, TL_PURPOSE_MAILBOX, 60);
  g_autoptr(GPtrArray) rows = tl_review_list_domain (full);

  g_test_summary ("Each topic has its own status, and the record to publish where one is wanting");

  g_assert_cmpint (tl_detail_get_status (find (rows, "spf")), ==, TL_STATUS_WARNING);
  g_assert_true (g_str_has_prefix (tl_detail_get_hint (find (rows, "spf")),
                                   "acme.test. IN TXT \"v=spf1"));
  g_assert_cmpint (tl_detail_get_status (find (rows, "mx")), ==, TL_STATUS_OK);
  g_assert_null (tl_detail_get_hint (find (rows, "mx")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *path = g_strconcat ("/review-readiness/", sections[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_section);
    }
  g_test_add_func ("/review-readiness/folder-rows", test_folder_rows);
  g_test_add_func ("/review-readiness/sending-rows", test_sending_rows);
  g_test_add_func ("/review-readiness/domain-rows", test_domain_rows);
  g_test_add_func ("/review-readiness/findings", test_findings);

  return g_test_run ();
}
