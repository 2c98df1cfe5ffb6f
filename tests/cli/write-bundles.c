/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: write-bundles FOLDER RECIPIENT
 *
 * Writes bundles of a mailbox that is not for practice, all by one signer, for check-bundle:
 * `twolanectl` makes such ones only of servers that are there. RECIPIENT is a certificate. */
#include <string.h>

#include "tl-bundle.h"
#include "tl-test-report.h"

#define PASSWORD_IN  "canary, in=\"1\" é"
#define PASSWORD_OUT "canary-out"

static const struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlPurpose         purpose;
  guint64           serial;
  gboolean          is_sealed;
} bundles[] = {
  { "older.twolane",    TL_TEST_REPORT_READY,   TL_PURPOSE_MAILBOX,  5, FALSE },
  { "ready.twolane",    TL_TEST_REPORT_READY,   TL_PURPOSE_MAILBOX,  10, FALSE },
  { "sealed.twolane",   TL_TEST_REPORT_READY,   TL_PURPOSE_MAILBOX,  11, TRUE },
  { "draft.twolane",    TL_TEST_REPORT_FAILED,  TL_PURPOSE_MAILBOX,  12, FALSE },
  { "shared.twolane",   TL_TEST_REPORT_SHARED,  TL_PURPOSE_MAILBOX,  10, FALSE },
  { "eva.twolane",      TL_TEST_REPORT_READY,   TL_PURPOSE_MAILBOX,  10, FALSE },
  { "hostile.twolane",  TL_TEST_REPORT_HOSTILE, TL_PURPOSE_MAILBOX,  10, FALSE },
  { "practice.twolane", TL_TEST_REPORT_READY,   TL_PURPOSE_PRACTICE, 10, FALSE },
};

/* The reports of tests are of a domain that no product could reach, and what is made for one is
 * refused: so theirs are told of another. */
static char *
replace (const char *text,
         const char *old,
         const char *new)
{
  g_auto(GStrv) parts = g_strsplit (text, old, -1);

  return g_strjoinv (new, parts);
}

static TlJson *
move_away (TlJson     *json,
           const char *user)
{
  g_autoptr(TlJson) owned = json;
  g_autofree char *text = tl_json_to_canonical (json);
  g_autofree char *renamed = replace (text, "ada@", user);
  g_autofree char *moved = replace (renamed, "acme.test", "acme.example");
  g_autoptr(GError) error = NULL;
  TlJson *parsed = tl_json_parse (moved, -1, &error);

  g_assert_no_error (error);

  return parsed;
}

static TlLaneReport *
move_lane (TlLaneReport *lane,
           const char   *user)
{
  g_autoptr(TlJson) json = move_away (tl_lane_report_to_json (lane), user);
  g_autoptr(GError) error = NULL;
  TlLaneReport *moved = tl_lane_report_from_json (json, tl_lane_report_get_lane (lane), &error);

  g_assert_no_error (error);

  return moved;
}

static TlReport *
make_report (TlTestReportKind kind,
             TlPurpose        purpose,
             const char      *user,
             gint64           now_s)
{
  g_autoptr(TlReport) report = tl_test_report_new (kind, purpose, now_s - 60);
  g_autoptr(TlJson) plan_json = move_away (tl_plan_to_json (tl_report_get_plan (report)), user);
  g_autoptr(TlPlan) plan = tl_plan_from_json (plan_json, NULL);
  g_autoptr(TlLaneReport) incoming = NULL;
  g_autoptr(TlLaneReport) outgoing = NULL;

  incoming = move_lane (tl_report_get_lane (report, TL_LANE_INCOMING), user);
  outgoing = move_lane (tl_report_get_lane (report, TL_LANE_OUTGOING), user);

  return tl_report_new (plan, incoming, outgoing);
}

static TlRecipient *
load_recipient (const char *path,
                gint64      now_s)
{
  g_autofree char *pem = NULL;
  gsize len;
  g_autoptr(GError) error = NULL;
  TlRecipient *recipient;

  g_file_get_contents (path, &pem, &len, &error);
  g_assert_no_error (error);
  recipient = tl_recipient_new_from_pem (pem, len, now_s, &error);
  g_assert_no_error (error);

  return recipient;
}

static void
save (const char *folder,
      const char *name,
      const char *data,
      gsize       len)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, data, (gssize) len, &error);
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlSigner) signer = tl_signer_new_generate ("Ops at acme.example", NULL);
  g_autofree char *certificate = tl_signer_dup_certificate (signer);
  g_autoptr(TlSecret) incoming = tl_secret_new (PASSWORD_IN, strlen (PASSWORD_IN));
  g_autoptr(TlSecret) outgoing = tl_secret_new (PASSWORD_OUT, strlen (PASSWORD_OUT));
  g_autoptr(TlRecipient) recipient = NULL;

  if (argc != 3)
    {
      g_printerr ("usage: write-bundles FOLDER RECIPIENT\n");
      return 64;
    }

  recipient = load_recipient (argv[2], now_s);
  save (argv[1], "signer.pem", certificate, strlen (certificate));
  for (gsize i = 0; i < G_N_ELEMENTS (bundles); i++)
    {
      /* One number is of one content: another mailbox begins anew. */
      const char *user = g_str_has_prefix (bundles[i].name, "eva") ? "eva@"
                         : g_str_has_prefix (bundles[i].name, "hostile") ? "mal@" : "ada@";
      g_autoptr(TlReport) report = make_report (bundles[i].kind, bundles[i].purpose, user,
                                                now_s);
      const TlBundleContents contents = {
        .report = report,
        .serial = bundles[i].serial,
        .now_s = now_s,
        .recipient = bundles[i].is_sealed ? recipient : NULL,
        .incoming = bundles[i].is_sealed ? incoming : NULL,
        .outgoing = bundles[i].is_sealed ? outgoing : NULL,
      };
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = tl_bundle_write (&contents, signer, &error);

      g_assert_no_error (error);
      save (argv[1], bundles[i].name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  return 0;
}
