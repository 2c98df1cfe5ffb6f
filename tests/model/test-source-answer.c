/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-answer.h"

static void
test_labels (void)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_SOURCE_STATUS);

  g_test_summary ("Each status has words of its own: two rows that read alike say nothing");

  for (guint i = 0; i < klass->n_values; i++)
    {
      const char *label = tl_source_status_get_label ((TlSourceStatus) klass->values[i].value);

      g_assert_cmpstr (tl_source_status_get_nick ((TlSourceStatus) klass->values[i].value), ==,
                       klass->values[i].value_nick);
      g_assert_nonnull (label);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (label, !=,
                         tl_source_status_get_label ((TlSourceStatus) klass->values[j].value));
    }
}

static void
test_properties (void)
{
  g_autoptr(TlSourceAnswer) answer = tl_source_answer_new ("srv", TL_SOURCE_STATUS_TIMEOUT, 8000,
                                                           "late");
  g_autofree char *source = NULL;
  g_autofree char *detail = NULL;
  TlSourceStatus status;
  guint ms;

  g_object_get (answer, "source", &source, "status", &status, "ms", &ms, "detail", &detail, NULL);

  g_assert_cmpstr (source, ==, "srv");
  g_assert_cmpint (status, ==, TL_SOURCE_STATUS_TIMEOUT);
  g_assert_cmpint (tl_source_answer_get_status (answer), ==, TL_SOURCE_STATUS_TIMEOUT);
  g_assert_cmpuint (ms, ==, 8000);
  g_assert_cmpstr (tl_source_answer_get_source (answer), ==, "srv");
  g_assert_cmpuint (tl_source_answer_get_ms (answer), ==, 8000);
  g_assert_cmpstr (detail, ==, "late");
  g_assert_cmpstr (tl_source_answer_get_detail (answer), ==, "late");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/source-answer/labels", test_labels);
  g_test_add_func ("/source-answer/properties", test_properties);

  return g_test_run ();
}
