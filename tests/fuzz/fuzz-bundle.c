/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-bundle-json.h"
#include "tl-bundle-members.h"
#include "tl-bundle.h"
#include "tl-fuzz.h"

#define NOW_S 1800000000

/* Who signs is not known, so nothing may come without a word. */
static void
read_container (GBytes *bytes)
{
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlBundle) bundle = tl_bundle_verify (bytes, NULL, NOW_S, &finding, &error);
  g_auto(TlBundleMembers) members = { NULL };

  g_assert_nonnull (finding);
  g_assert_true (tl_evidence_is_valid (tl_finding_get_evidence (finding)));
  g_assert_true ((bundle == NULL) == (error != NULL));

  if (tl_bundle_members_unpack (bytes, &members, NULL))
    {
      g_autoptr(GBytes) again = tl_bundle_members_pack (&members, NULL);

      g_assert_true (g_bytes_equal (again, bytes));
    }
}

static void
read_json (GBytes *bytes)
{
  TlBundleFacts facts;
  g_autoptr(TlReport) report = tl_bundle_json_read (bytes, &facts, NULL);
  g_autoptr(GBytes) again = NULL;

  if (report == NULL)
    return;

  again = tl_bundle_json_write (report, &facts);
  g_assert_true (g_bytes_equal (again, bytes));
  g_assert_cmpint (facts.readiness, ==, tl_report_get_readiness (report, facts.made_s));
  g_assert_true ((facts.recipient[0] != '\0') == (facts.has_incoming || facts.has_outgoing));
  g_assert_true ((facts.recipient[0] != '\0') == (facts.secrets_sha256[0] != '\0'));
}

/* input = "{" bundle.json / a whole file */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (data, size);

  if (size > 0 && data[0] == '{')
    read_json (bytes);
  else
    read_container (bytes);

  return 0;
}
