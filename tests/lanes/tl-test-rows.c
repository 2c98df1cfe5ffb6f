/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

#include <string.h>

/* The shortest there are for what waits, and no more for the whole. */
#define STEP_MS      700
#define TOTAL_MS     1800
/* How late a busy computer may notice. */
#define LATE_MS      700

static const TlLaneBudget impatient = {
  STEP_MS, STEP_MS, STEP_MS, STEP_MS, STEP_MS, STEP_MS, STEP_MS, STEP_MS, TOTAL_MS
};

/**
 * tl_test_cases_add:
 * @prefix: what their paths begin with
 * @cases: an array, for good; the first member of each case is its name, a string
 * @n_cases: how many there are
 * @case_bytes: how long one is
 * @func: is called with a case
 */
void
tl_test_cases_add (const char    *prefix,
                   gconstpointer  cases,
                   gsize          n_cases,
                   gsize          case_bytes,
                   GTestDataFunc  func)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      gconstpointer one = (const char *) cases + i * case_bytes;
      const char * const *name = one;
      g_autofree char *path = g_strconcat (prefix, "/", *name, NULL);

      g_test_add_data_func (path, one, func);
    }
}

/**
 * tl_test_row_run:
 * @row: a #TlTestRow
 *
 * A #GTestDataFunc that plays it.
 */
void
tl_test_row_run (gconstpointer row)
{
  const TlTestRow *self = row;
  gboolean waits = self->primary != NULL && g_str_has_suffix (self->primary, ".timeout");
  guint max_ms = self->max_ms == 0 && waits ? TOTAL_MS + LATE_MS : self->max_ms;
  g_auto(TlTestLane) lane = {
    .kind = self->kind, .security = self->security, .script = self->script,
    .password = self->password,
    .budget = self->budget == NULL && waits ? &impatient : self->budget,
  };

  tl_test_lane_run (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, self->primary);
  g_assert_cmpuint (tl_test_lane_count_auth (&lane), ==, self->n_auth);
  g_assert_cmpuint (tl_test_peer_get_n_connections (lane.peer), ==, 1 + self->n_more);
  tl_test_lane_assert_sane (&lane);
  if (self->primary == NULL)
    {
      g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
      g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
    }
  if (self->also != NULL)
    g_assert_true (tl_test_lane_has_finding (&lane, self->also));
  if (max_ms != 0)
    g_assert_cmpint (lane.took_us, <, (gint64) max_ms * 1000);
  if (self->hidden != NULL)
    {
      g_autoptr(TlJson) json = tl_lane_report_to_json (lane.report);
      g_autofree char *report = tl_json_to_canonical (json);

      g_assert_null (strstr (report, self->hidden));
    }
}
