/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tl-bundle-json.h"
#include "tl-cms.h"
#include "tl-error.h"
#include "tl-test-report.h"
#include "tl-zip.h"

#define SERIAL 42

static const char * const member_names[] = {
  "bundle.json", "report.html", "bundle.json.p7s", NULL
};

typedef struct
{
  TlSigner *signer;
  gint64    now_s;
  GBytes   *bundle;
} Fixture;

static GBytes *
write_bundle (TlTestReportKind  kind,
              TlPurpose         purpose,
              TlSigner         *signer,
              gint64            now_s)
{
  g_autoptr(TlReport) report = tl_test_report_new (kind, purpose, now_s - 60);
  g_autoptr(GError) error = NULL;
  GBytes *bytes = tl_bundle_write (report, signer, SERIAL, now_s, &error);

  g_assert_no_error (error);

  return bytes;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_assert_no_error (error);
  fixture->now_s = g_get_real_time () / G_USEC_PER_SEC;
  fixture->bundle = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, fixture->signer,
                                  fixture->now_s);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->signer, tl_signer_unref);
  g_clear_pointer (&fixture->bundle, g_bytes_unref);
}

/* Verifies with the fixture's signer pinned. Gives the id of the finding, or
 * NULL, and asserts that a bundle comes only with what may be shown. */
static const char *
verify (Fixture   *fixture,
        GBytes    *bytes,
        gint64     now_s,
        TlBundle **out_bundle)
{
  const char *pins[] = { "00", tl_signer_get_fingerprint (fixture->signer), NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlBundle) bundle = tl_bundle_verify (bytes, pins, now_s, &finding, &error);
  const char *id = finding != NULL ? g_intern_string (tl_finding_get_id (finding)) : NULL;
  gboolean may_be_shown = id == NULL || g_str_equal (id, "bundle.practice") ||
                          g_str_equal (id, "bundle.expired") ||
                          g_str_equal (id, "bundle.unknown-signer");

  g_assert_true ((bundle != NULL) == may_be_shown);
  g_assert_true ((error == NULL) == may_be_shown);
  if (out_bundle != NULL)
    *out_bundle = g_steal_pointer (&bundle);

  return id;
}

static GPtrArray *
members_of (GBytes *bundle)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *members = tl_zip_read (bundle, member_names, &error);

  g_assert_no_error (error);

  return members;
}

static void
replace_member (GPtrArray *members,
                guint      index,
                GBytes    *with)
{
  g_bytes_unref (members->pdata[index]);
  members->pdata[index] = with;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(TlBundle) bundle = NULL;
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s - 60);
  g_autoptr(TlJson) expected = tl_report_to_json (report);
  g_autofree char *expected_text = tl_json_to_canonical (expected);
  g_autoptr(TlJson) got = NULL;
  g_autofree char *got_text = NULL;

  g_assert_cmpstr (verify (fixture, fixture->bundle, fixture->now_s, &bundle), ==, NULL);
  g_assert_cmpuint (tl_bundle_get_serial (bundle), ==, SERIAL);
  g_assert_cmpint (tl_bundle_get_made_s (bundle), ==, fixture->now_s);
  g_assert_cmpint (tl_bundle_get_expires_s (bundle), ==, fixture->now_s + TL_BUNDLE_VALID_S);
  g_assert_cmpstr (tl_bundle_get_fingerprint (bundle), ==,
                   tl_signer_get_fingerprint (fixture->signer));
  g_assert_true (tl_bundle_is_vouched_for (bundle));
  g_assert_false (tl_bundle_is_draft (bundle));

  got = tl_report_to_json (tl_bundle_get_report (bundle));
  got_text = tl_json_to_canonical (got);
  g_assert_cmpstr (got_text, ==, expected_text);
}

static void
test_stable (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(GBytes) again = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                          fixture->signer, fixture->now_s);
  g_autoptr(GPtrArray) a = members_of (fixture->bundle);
  g_autoptr(GPtrArray) b = members_of (again);

  g_assert_true (g_bytes_equal (a->pdata[0], b->pdata[0]));
  g_assert_true (g_bytes_equal (a->pdata[1], b->pdata[1]));
}

typedef struct
{
  const char       *name;
  TlTestReportKind  kind;
  TlPurpose         purpose;
  gint64            after_s;
  gboolean          pinned;
  const char       *id;
  gboolean          draft;
} StateCase;

static const StateCase state_cases[] = {
  { "ready", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, FALSE },
  { "draft", TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, TRUE },
  { "empty", TL_TEST_REPORT_EMPTY, TL_PURPOSE_MAILBOX, 0, TRUE, NULL, TRUE },
  { "last-second", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S - 1, TRUE, NULL,
    FALSE },
  { "expired", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S, TRUE, "bundle.expired",
    FALSE },
  { "slow-clock", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, -300, TRUE, NULL, FALSE },
  { "from-the-future", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, -3600, TRUE, "bundle.expired",
    FALSE },
  { "unknown-signer", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, 0, FALSE, "bundle.unknown-signer",
    FALSE },
  { "expired-first", TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, TL_BUNDLE_VALID_S, FALSE,
    "bundle.expired", FALSE },
  { "practice", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE, 0, TRUE, "bundle.practice", FALSE },
  { "practice-first", TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE, TL_BUNDLE_VALID_S, FALSE,
    "bundle.practice", FALSE },
};

static void
test_state (Fixture       *fixture,
            gconstpointer  data)
{
  const StateCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autoptr(GBytes) bytes = write_bundle (c->kind, c->purpose,
                                          c->pinned ? fixture->signer : other, fixture->now_s);
  g_autoptr(TlBundle) bundle = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (verify (fixture, bytes, fixture->now_s + c->after_s, &bundle), ==, c->id);
  g_assert_nonnull (bundle);
  g_assert_cmpint (tl_bundle_is_draft (bundle), ==, c->draft);
  g_assert_cmpint (tl_bundle_is_vouched_for (bundle), ==, c->pinned);
}

static void
test_no_pins (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const none[] = { NULL };
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(TlBundle) bundle = tl_bundle_verify (fixture->bundle, NULL, fixture->now_s, &finding,
                                                 NULL);

  g_assert_nonnull (bundle);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.unknown-signer");
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                           TL_EVIDENCE_FINGERPRINT),
                   ==, tl_signer_get_fingerprint (fixture->signer));

  g_clear_object (&finding);
  g_clear_pointer (&bundle, tl_bundle_unref);
  bundle = tl_bundle_verify (fixture->bundle, none, fixture->now_s, &finding, NULL);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "bundle.unknown-signer");
}

static void
assert_tampered (Fixture      *fixture,
                 const guint8 *data,
                 gsize         len)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, len);

  g_assert_cmpstr (verify (fixture, bytes, fixture->now_s, NULL), ==, "bundle.tampered");
}

static void
test_every_byte (Fixture       *fixture,
                 gconstpointer  data)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (fixture->bundle, &len);
  g_autofree guint8 *copy = g_memdup2 (bytes, len);

  g_test_summary ("Whatever byte of the file changes, the container is another one");

  for (gsize i = 0; i < len; i++)
    {
      copy[i] ^= (guint8) (1 << (i % 8));
      assert_tampered (fixture, copy, len);
      copy[i] = bytes[i];
    }
}

static void
test_every_length (Fixture       *fixture,
                   gconstpointer  data)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (fixture->bundle, &len);
  g_autofree guint8 *longer = g_malloc0 (len + 1);

  for (gsize n = 0; n < len; n++)
    assert_tampered (fixture, bytes, n);

  memcpy (longer, bytes, len);
  assert_tampered (fixture, longer, len + 1);
  memcpy (longer + 1, bytes, len);
  longer[0] = '\0';
  assert_tampered (fixture, longer, len + 1);
}

typedef struct
{
  const char *name;
  guint       member;
  guint       stride; /* one hash covers all of the report: not each byte need be tried */
  const char *id;
} MemberCase;

static const MemberCase member_cases[] = {
  { "json", 0, 1, "bundle.bad-signature" },
  { "report", 1, 7, "bundle.tampered" },
  { "signature", 2, 1, NULL },
};

/* The same sweep by somebody who can write the container: bytes of each member,
 * with the container made anew around it. */
static void
test_every_byte_of_member (Fixture       *fixture,
                           gconstpointer  data)
{
  const MemberCase *c = data;
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GBytes) original = g_bytes_ref (members->pdata[c->member]);
  gsize len;
  const guint8 *bytes = g_bytes_get_data (original, &len);

  for (gsize i = 0; i < len; i += c->stride)
    {
      guint8 *copy = g_memdup2 (bytes, len);
      g_autoptr(GBytes) bundle = NULL;
      const char *id;

      copy[i] ^= (guint8) (1 << (i % 8));
      replace_member (members, c->member, g_bytes_new_take (copy, len));
      bundle = tl_zip_write (member_names, members);
      id = verify (fixture, bundle, fixture->now_s, NULL);
      if (c->id != NULL)
        g_assert_cmpstr (id, ==, c->id);
      else
        g_assert_true (id != NULL && (g_str_equal (id, "bundle.tampered") ||
                                      g_str_equal (id, "bundle.bad-signature")));
    }
}

static void
test_stripped (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const two_names[] = { "bundle.json", "report.html", NULL };
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GBytes) empty = NULL;
  g_autoptr(GBytes) without = NULL;

  replace_member (members, 2, g_bytes_new_static ("", 0));
  empty = tl_zip_write (member_names, members);
  g_assert_cmpstr (verify (fixture, empty, fixture->now_s, NULL), ==, "bundle.tampered");

  g_ptr_array_remove_index (members, 2);
  without = tl_zip_write (two_names, members);
  g_assert_cmpstr (verify (fixture, without, fixture->now_s, NULL), ==, "bundle.tampered");
}

static void
test_swapped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GBytes) swapped = NULL;
  gpointer json = members->pdata[0];

  members->pdata[0] = members->pdata[1];
  members->pdata[1] = json;
  swapped = tl_zip_write (member_names, members);
  g_assert_cmpstr (verify (fixture, swapped, fixture->now_s, NULL), ==, "bundle.bad-signature");
}

static void
test_comment (Fixture       *fixture,
              gconstpointer  data)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (fixture->bundle, &len);
  g_autofree guint8 *copy = g_malloc0 (len + 5);

  memcpy (copy, bytes, len);
  memcpy (copy + len, "hello", 5);
  copy[len - 2] = 5;
  assert_tampered (fixture, copy, len + 5);
}

/* Two good bundles of one signer: no member of one goes into the other. */
static void
test_mixed (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GBytes) other = write_bundle (TL_TEST_REPORT_FAILED, TL_PURPOSE_MAILBOX,
                                          fixture->signer, fixture->now_s);
  static const char * const ids[] = { "bundle.bad-signature", "bundle.tampered",
                                      "bundle.bad-signature" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(GPtrArray) members = members_of (fixture->bundle);
      g_autoptr(GPtrArray) others = members_of (other);
      g_autoptr(GBytes) mixed = NULL;

      replace_member (members, i, g_bytes_ref (others->pdata[i]));
      mixed = tl_zip_write (member_names, members);
      g_assert_cmpstr (verify (fixture, mixed, fixture->now_s, NULL), ==, ids[i]);
    }
}

/* By somebody with a key of their own, whose certificate bears the same name. */
static void
test_resigned (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GBytes) resigned = NULL;
  g_autoptr(GBytes) rewritten = NULL;

  replace_member (members, 2, tl_cms_sign (members->pdata[0], other, &error));
  g_assert_no_error (error);
  resigned = tl_zip_write (member_names, members);
  g_assert_cmpstr (verify (fixture, resigned, fixture->now_s, NULL), ==, "bundle.bad-signature");

  rewritten = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX, other, fixture->now_s);
  g_assert_cmpstr (verify (fixture, rewritten, fixture->now_s, NULL), ==, "bundle.unknown-signer");
}

/* By the signer, and still not what the program writes. */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
} SchemaCase;

static const SchemaCase schema_cases[] = {
  { "duplicate-key", "\"version\":0}", "\"version\":0,\"version\":0}" },
  { "not-canonical", "\"version\":0}", "\"version\":0 }" },
  { "newer",         "\"version\":0}", "\"version\":1}" },
  { "settings",      "\"port\":993",   "\"port\":994" },
  { "not-json",      "{\"evidence\"",  "evidence" },
  { "practice-hidden", "\"purpose\":\"mailbox\"", "\"purpose\":\"\"" },
};

static void
test_schema (Fixture       *fixture,
             gconstpointer  data)
{
  const SchemaCase *c = data;
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundle = NULL;
  GString *text = g_string_new_len (g_bytes_get_data (members->pdata[0], NULL),
                                    (gssize) g_bytes_get_size (members->pdata[0]));

  g_assert_cmpuint (g_string_replace (text, c->from, c->to, 1), ==, 1);
  replace_member (members, 0, g_string_free_to_bytes (text));
  replace_member (members, 2, tl_cms_sign (members->pdata[0], fixture->signer, &error));
  g_assert_no_error (error);
  bundle = tl_zip_write (member_names, members);
  g_assert_cmpstr (verify (fixture, bundle, fixture->now_s, NULL), ==, "bundle.schema");
}

/* By a signer whose certificate had run out by then, around our own refusal. */
static void
test_certificate_expired (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(GPtrArray) members = members_of (fixture->bundle);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GBytes) bundle = NULL;
  TlBundleFacts facts;

  report = tl_bundle_json_read (members->pdata[0], &facts, &error);
  g_assert_no_error (error);
  facts.made_s += (gint64) 11 * 365 * 86400;
  facts.expires_s += (gint64) 11 * 365 * 86400;
  facts.readiness = tl_report_get_readiness (report, facts.made_s);
  replace_member (members, 0, tl_bundle_json_write (report, &facts));
  replace_member (members, 2, tl_cms_sign (members->pdata[0], fixture->signer, &error));
  g_assert_no_error (error);
  bundle = tl_zip_write (member_names, members);

  g_assert_cmpstr (verify (fixture, bundle, facts.made_s, NULL), ==, "bundle.bad-signature");
}

/* Practice stays practice when the word for it is left out. */
static void
test_practice_address (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(TlReport) practice = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_PRACTICE,
                                                     fixture->now_s - 60);
  TlPlan *plan = tl_report_get_plan (practice);
  g_autoptr(TlPlan) renamed = tl_plan_new (TL_PURPOSE_MAILBOX, tl_plan_get_address (plan), NULL,
                                           NULL, tl_plan_get_lane (plan, TL_LANE_INCOMING),
                                           tl_plan_get_lane (plan, TL_LANE_OUTGOING));
  g_autoptr(TlReport) report = tl_report_new (renamed,
                                              tl_report_get_lane (practice, TL_LANE_INCOMING),
                                              tl_report_get_lane (practice, TL_LANE_OUTGOING));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundle = tl_bundle_write (report, fixture->signer, SERIAL, fixture->now_s,
                                              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (verify (fixture, bundle, fixture->now_s, NULL), ==, "bundle.practice");
}

/* The word alone is enough, whatever the address. */
static void
test_practice_word (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(TlReport) mailbox = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                    fixture->now_s - 60);
  TlPlan *plan = tl_report_get_plan (mailbox);
  g_autoptr(TlPlan) renamed = tl_plan_new (TL_PURPOSE_PRACTICE, tl_plan_get_address (plan), NULL,
                                           NULL, tl_plan_get_lane (plan, TL_LANE_INCOMING),
                                           tl_plan_get_lane (plan, TL_LANE_OUTGOING));
  g_autoptr(TlReport) report = tl_report_new (renamed,
                                              tl_report_get_lane (mailbox, TL_LANE_INCOMING),
                                              tl_report_get_lane (mailbox, TL_LANE_OUTGOING));
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bundle = tl_bundle_write (report, fixture->signer, SERIAL, fixture->now_s,
                                              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tl_address_get_domain (tl_plan_get_address (plan)), !=, "practice.invalid");
  g_assert_cmpstr (verify (fixture, bundle, fixture->now_s, NULL), ==, "bundle.practice");
}

/* A clock that is put back after the key was made, by less than a day. */
static void
test_clock_put_back (Fixture       *fixture,
                     gconstpointer  data)
{
  gint64 before_s = fixture->now_s - 23 * 3600;
  gint64 long_before_s = fixture->now_s - 25 * 3600;
  g_autoptr(GBytes) bundle = write_bundle (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                           fixture->signer, before_s);
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   long_before_s - 60);
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (verify (fixture, bundle, before_s, NULL), ==, NULL);
  g_assert_null (tl_bundle_write (report, fixture->signer, SERIAL, long_before_s, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

static void
test_signer_not_valid (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   fixture->now_s);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (report, fixture->signer, SERIAL,
                                             fixture->now_s + (gint64) 11 * 365 * 86400, &error);

  g_assert_null (bytes);
  g_assert_error (error, TL_ERROR, TL_ERROR_REFUSED);
}

static void
test_rubbish (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(GBytes) huge = g_bytes_new_take (g_malloc0 (TL_BUNDLE_MAX_BYTES + 1),
                                             TL_BUNDLE_MAX_BYTES + 1);

  assert_tampered (fixture, NULL, 0);
  assert_tampered (fixture, (const guint8 *) "PK\5\6", 4);
  g_assert_cmpstr (verify (fixture, huge, fixture->now_s, NULL), ==, "bundle.tampered");
}

static void
test_save (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp (NULL, &error);
  g_autofree char *path = g_build_filename (folder, "ada.twolane", NULL);
  g_autofree char *victim = g_build_filename (folder, "victim", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "no", "where", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GDir) dir = NULL;
  GStatBuf info;
  gsize len;

  /* What is there already is replaced, and a link is not followed. */
  g_assert_true (g_file_set_contents (victim, "keep", -1, NULL));
  g_assert_cmpint (symlink (victim, path), ==, 0);
  g_assert_true (tl_bundle_save_sync (fixture->bundle, path, &error));
  g_assert_no_error (error);

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_true (S_ISREG (info.st_mode));
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (path, &text, &len, NULL));
  g_assert_cmpmem (text, len, g_bytes_get_data (fixture->bundle, NULL),
                   g_bytes_get_size (fixture->bundle));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "keep");

  /* A pipe is replaced and never waited for. */
  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_true (tl_bundle_save_sync (fixture->bundle, path, &error));
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_true (S_ISREG (info.st_mode));

  /* What cannot be written leaves nothing behind. */
  g_assert_false (tl_bundle_save_sync (fixture->bundle, nowhere, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (tl_bundle_save_sync (fixture->bundle, folder, &error));
  g_assert_nonnull (error);

  g_unlink (path);
  g_unlink (victim);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_null (g_dir_read_name (dir));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
run (const char *folder,
     const char *command,
     char      **out_text)
{
  const char *argv[] = { "/bin/sh", "-c", command, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  g_spawn_sync (folder, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, out_text,
                NULL, &status, &error);
  g_assert_no_error (error);

  return status;
}

#define OPENSSL_VERIFY \
  "openssl cms -verify -binary -inform DER -in bundle.json.p7s -content bundle.json " \
  "-certfile signer.pem -nointern -noverify -out /dev/null"

/* The commands that report.html and the documents show. */
static void
test_stock_tools (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const tools[] = { "unzip", "openssl", "sha256sum" };
  static const char * const left[] = { "ada.twolane", "signer.pem", "other.pem", "bundle.json",
                                       "report.html", "bundle.json.p7s" };
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp (NULL, &error);
  g_autofree char *path = g_build_filename (folder, "ada.twolane", NULL);
  g_autofree char *signer_path = g_build_filename (folder, "signer.pem", NULL);
  g_autofree char *other_path = g_build_filename (folder, "other.pem", NULL);
  g_autofree char *signer_pem = tl_signer_dup_certificate (fixture->signer);
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", &error);
  g_autofree char *other_pem = tl_signer_dup_certificate (other);
  g_autoptr(TlBundle) bundle = NULL;
  g_autofree char *hash = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      g_autofree char *found = g_find_program_in_path (tools[i]);

      g_assert_nonnull (found);
    }

  g_assert_true (tl_bundle_save_sync (fixture->bundle, path, &error));
  g_assert_true (g_file_set_contents (signer_path, signer_pem, -1, &error));
  g_assert_true (g_file_set_contents (other_path, other_pem, -1, &error));

  g_assert_cmpint (run (folder, "unzip -tq ada.twolane >/dev/null", NULL), ==, 0);
  g_assert_cmpint (run (folder, "unzip -q ada.twolane >/dev/null", NULL), ==, 0);
  g_assert_cmpint (run (folder, OPENSSL_VERIFY, NULL), ==, 0);

  g_assert_cmpstr (verify (fixture, fixture->bundle, fixture->now_s, &bundle), ==, NULL);
  g_assert_cmpint (run (folder, "sha256sum report.html", &hash), ==, 0);
  hash[64] = '\0';
  g_assert_nonnull (strstr (tl_bundle_get_json (bundle), hash));

  /* The same command has to be able to say no. */
  g_assert_cmpint (run (folder, "cp other.pem signer.pem && " OPENSSL_VERIFY, NULL), !=, 0);
  g_assert_true (g_file_set_contents (signer_path, signer_pem, -1, &error));
  g_assert_cmpint (run (folder, "printf ' ' >> bundle.json && " OPENSSL_VERIFY, NULL), !=, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *file = g_build_filename (folder, left[i], NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
add (const char     *path,
     gconstpointer   data,
     void          (*test) (Fixture *, gconstpointer))
{
  g_test_add_vtable (path, sizeof (Fixture), data, (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) test, (GTestFixtureFunc) tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/bundle/round-trip", NULL, test_round_trip);
  add ("/bundle/stable", NULL, test_stable);
  for (gsize i = 0; i < G_N_ELEMENTS (state_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle/state/", state_cases[i].name, NULL);

      add (path, &state_cases[i], test_state);
    }
  add ("/bundle/no-pins", NULL, test_no_pins);
  add ("/bundle/tampered/every-byte", NULL, test_every_byte);
  add ("/bundle/tampered/every-length", NULL, test_every_length);
  for (gsize i = 0; i < G_N_ELEMENTS (member_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle/tampered/every-byte-of/",
                                           member_cases[i].name, NULL);

      add (path, &member_cases[i], test_every_byte_of_member);
    }
  add ("/bundle/tampered/stripped", NULL, test_stripped);
  add ("/bundle/tampered/swapped", NULL, test_swapped);
  add ("/bundle/tampered/comment", NULL, test_comment);
  add ("/bundle/tampered/mixed", NULL, test_mixed);
  add ("/bundle/tampered/resigned", NULL, test_resigned);
  add ("/bundle/tampered/rubbish", NULL, test_rubbish);
  for (gsize i = 0; i < G_N_ELEMENTS (schema_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/bundle/schema/", schema_cases[i].name, NULL);

      add (path, &schema_cases[i], test_schema);
    }
  add ("/bundle/certificate-expired", NULL, test_certificate_expired);
  add ("/bundle/practice-address", NULL, test_practice_address);
  add ("/bundle/practice-word", NULL, test_practice_word);
  add ("/bundle/clock-put-back", NULL, test_clock_put_back);
  add ("/bundle/signer-not-valid", NULL, test_signer_not_valid);
  add ("/bundle/save", NULL, test_save);
  add ("/bundle/stock-tools", NULL, test_stock_tools);

  return g_test_run ();
}
