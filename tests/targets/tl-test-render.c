/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-render.h"

#include "tl-error.h"

/**
 * tl_test_render:
 * @body: as in tl_test_target_dup_json()
 * @parts: a mailbox
 * @incoming: (nullable): its password
 * @outgoing: (nullable): the other one
 *
 * Returns: (transfer full) (nullable): the one file; %NULL when the mailbox is refused
 */
char *
tl_test_render (const char          *body,
                const TlTestMailbox *parts,
                const char          *incoming,
                const char          *outgoing)
{
  g_autoptr(TlTarget) target = tl_test_target_new (body);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (parts);
  g_autoptr(TlSecret) in = tl_test_secret_new (incoming);
  g_autoptr(TlSecret) out = tl_test_secret_new (outgoing);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, in, out };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = tl_target_render (target, &mailbox, 1, &error);
  gsize len;
  const char *bytes;

  if (files == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
      return NULL;
    }

  g_assert_cmpuint (files->len, ==, 1);
  bytes = g_bytes_get_data (g_ptr_array_index (files, 0), &len);

  return g_strndup (bytes, len);
}

/**
 * tl_test_has_remark:
 * @body: as in tl_test_target_dup_json()
 * @parts: a mailbox
 * @incoming: (nullable): its password
 * @severity: of the remark
 * @lane: of the remark
 * @code: of the remark
 *
 * Returns: whether tl_target_check() makes such a remark
 */
gboolean
tl_test_has_remark (const char          *body,
                    const TlTestMailbox *parts,
                    const char          *incoming,
                    TlSeverity           severity,
                    TlLaneKind           lane,
                    const char          *code)
{
  g_autoptr(TlTarget) target = tl_test_target_new (body);
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (parts);
  g_autoptr(TlSecret) in = tl_test_secret_new (incoming);
  const TlTargetMailbox mailbox = { report, TL_TEST_NOW_S, TRUE, in, NULL };
  g_autoptr(GPtrArray) remarks = tl_target_check (target, &mailbox);

  for (guint i = 0; i < remarks->len; i++)
    {
      TlTargetRemark *remark = g_ptr_array_index (remarks, i);

      if (tl_target_remark_get_severity (remark) == severity &&
          tl_target_remark_get_lane (remark) == lane &&
          g_str_equal (tl_target_remark_get_code (remark), code))
        return TRUE;
    }

  return FALSE;
}
