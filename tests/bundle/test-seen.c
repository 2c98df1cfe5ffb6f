/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-seen.h"

#include <string.h>

#include "tl-bundle-facts.h"
#include "tl-error.h"
#include "tl-test-bundle.h"

#define KEY_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY_B "11112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define MADE  "\"made\":\"2027-01-15T08:00:00Z\""
#define HASH  "\"sha256\":\"" KEY_B "\""

static TlBundle *
bundle_new (TlSigner *signer,
            guint64   serial,
            gint64    now_s)
{
  g_autoptr(TlReport) report = tl_test_report_new (TL_TEST_REPORT_READY, TL_PURPOSE_MAILBOX,
                                                   now_s - 60);
  const TlBundleContents contents = { .report = report, .serial = serial, .now_s = now_s };
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tl_bundle_write (&contents, signer, &error);
  TlBundle *bundle = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (tl_test_bundle_verify (bytes, signer, now_s, &bundle), ==, NULL);

  return bundle;
}

static const char *
check (const TlSeen   *seen,
       const TlBundle *bundle)
{
  g_autoptr(TlFinding) finding = tl_seen_check (seen, bundle);

  if (finding == NULL)
    return NULL;
  g_assert_true (tl_evidence_is_valid (tl_finding_get_evidence (finding)));

  return g_intern_string (tl_finding_get_id (finding));
}

static void
test_rollback (void)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlSigner) signer = tl_signer_new_generate ("ada@acme.test", NULL);
  g_autoptr(TlSigner) other = tl_signer_new_generate ("ada@acme.test", NULL);
  g_autoptr(TlBundle) older = bundle_new (signer, 6, now_s);
  g_autoptr(TlBundle) same = bundle_new (signer, 7, now_s + 5);
  g_autoptr(TlBundle) newer = bundle_new (signer, 8, now_s + 9);
  g_autoptr(TlBundle) others = bundle_new (other, 1, now_s);
  g_autoptr(TlSeen) seen = tl_seen_new ();
  g_autoptr(TlSeen) read = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autoptr(GDateTime) made = g_date_time_new_from_unix_utc (now_s + 9);
  g_autofree char *made_text = g_date_time_format_iso8601 (made);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (check (seen, older), ==, NULL);
  g_assert_true (tl_seen_note (seen, same));
  g_assert_cmpstr (check (seen, older), ==, "bundle.rollback");
  g_assert_cmpstr (check (seen, same), ==, NULL);
  g_assert_cmpstr (check (seen, newer), ==, NULL);
  g_assert_cmpstr (check (seen, others), ==, NULL);

  g_assert_true (tl_seen_note (seen, newer));
  g_assert_false (tl_seen_note (seen, newer));
  g_assert_false (tl_seen_note (seen, older));
  g_assert_true (tl_seen_note (seen, others));
  g_assert_cmpstr (check (seen, same), ==, "bundle.rollback");
  g_assert_cmpstr (check (seen, newer), ==, NULL);

  /* All of it is there after writing and reading. */
  text = tl_seen_to_text (seen);
  read = tl_seen_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (check (read, same), ==, "bundle.rollback");
  g_assert_cmpstr (check (read, newer), ==, NULL);
  finding = tl_seen_check (read, older);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                           TL_EVIDENCE_NOT_BEFORE), ==, made_text);
}

static char *
row_text (const char *key,
          const char *address)
{
  return g_strdup_printf ("{\"address\":\"%s\"," MADE ",\"serial\":7,"
                          HASH ",\"signer\":\"%s\"}", address, key);
}

static void
test_same_serial (void)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlSigner) signer = tl_signer_new_generate ("ada@acme.test", NULL);
  g_autoptr(TlBundle) first = bundle_new (signer, 7, now_s);
  g_autoptr(TlBundle) again = bundle_new (signer, 7, now_s);
  g_autoptr(TlBundle) changed = bundle_new (signer, 7, now_s + 5);
  g_autoptr(TlSeen) seen = tl_seen_new ();

  g_test_summary ("A serial number that was accepted with other content is no step forward");

  g_assert_true (tl_seen_note (seen, first));
  g_assert_cmpstr (check (seen, first), ==, NULL);
  g_assert_cmpstr (check (seen, again), ==, NULL);
  g_assert_cmpstr (check (seen, changed), ==, "bundle.rollback");
  g_assert_false (tl_seen_note (seen, changed));
  g_assert_cmpstr (check (seen, first), ==, NULL);
}

/* The oldest goes when there are too many, and not the one that was noted last. */
static void
test_full (void)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(TlSigner) signer = tl_signer_new_generate ("ada@acme.test", NULL);
  g_autoptr(TlBundle) bundle = bundle_new (signer, 9, now_s);
  g_autoptr(TlBundle) older = bundle_new (signer, 8, now_s);
  g_autoptr(GString) text = g_string_new ("{\"format\":\"twolane-seen\",\"seen\":[");
  g_autofree char *local = g_strnfill (64, 'a');
  g_autofree char *label = g_strnfill (61, 'b');
  g_autofree char *after = NULL;
  g_autoptr(TlSeen) seen = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < TL_SEEN_MAX; i++)
    {
      g_autofree char *address = g_strdup_printf ("%s@%04u.%s.%s.test", local, i, label, label);
      g_autofree char *row = row_text (KEY_A, address);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", row);
    }
  g_string_append (text, "],\"version\":0}");
  /* One of them is older. */
  g_string_replace (text, "2027", "2026", 1);

  seen = tl_seen_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (text->len, <=, TL_SEEN_MAX_BYTES);
  g_assert_true (tl_seen_note (seen, bundle));
  g_assert_cmpstr (check (seen, older), ==, "bundle.rollback");
  after = tl_seen_to_text (seen);
  g_assert_null (strstr (after, "@0000."));
  g_assert_nonnull (strstr (after, "@0001."));
  g_assert_nonnull (strstr (after, "@1999."));
}

typedef struct
{
  const char *path;
  const char *text;
  gboolean    taken;
} TextCase;

#define ROW_A "{\"address\":\"a@acme.test\"," MADE ",\"serial\":7," HASH ",\"signer\":\"" KEY_A "\"}"
#define ROW_B "{\"address\":\"b@acme.test\"," MADE ",\"serial\":7," HASH ",\"signer\":\"" KEY_A "\"}"
#define ROW_C "{\"address\":\"a@acme.test\"," MADE ",\"serial\":7," HASH ",\"signer\":\"" KEY_B "\"}"
#define FILE_OF(rows) "{\"format\":\"twolane-seen\",\"seen\":[" rows "],\"version\":0}"

static const TextCase text_cases[] = {
  { "/seen/text/empty-list", FILE_OF (""), TRUE },
  { "/seen/text/three", FILE_OF (ROW_A "," ROW_B "," ROW_C), TRUE },
  { "/seen/F07/nothing", "" },
  { "/seen/F07/cut", "{\"format\":\"twolane-seen\",\"seen\":[" },
  { "/seen/F07/order", FILE_OF (ROW_B "," ROW_A) },
  { "/seen/F07/order-of-keys", FILE_OF (ROW_C "," ROW_A) },
  { "/seen/F07/twice", FILE_OF (ROW_A "," ROW_A) },
  { "/seen/F07/newer", "{\"format\":\"twolane-seen\",\"seen\":[],\"version\":1}" },
  { "/seen/F07/format", "{\"format\":\"twolane-pins\",\"seen\":[],\"version\":0}" },
  { "/seen/F07/newline", FILE_OF ("") "\n" },
  { "/seen/F07/space", "{ \"format\":\"twolane-seen\",\"seen\":[],\"version\":0}" },
  { "/seen/F07/serial", FILE_OF ("{\"address\":\"a@acme.test\"," MADE ",\"serial\":-1,"
                                 HASH ",\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/address", FILE_OF ("{\"address\":\"acme.test\"," MADE ",\"serial\":1,"
                                  HASH ",\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/address-case", FILE_OF ("{\"address\":\"a@ACME.test\"," MADE ",\"serial\":1,"
                                       HASH ",\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/signer", FILE_OF ("{\"address\":\"a@acme.test\"," MADE ",\"serial\":1,"
                                 HASH ",\"signer\":\"00\"}") },
  { "/seen/F07/no-hash", FILE_OF ("{\"address\":\"a@acme.test\"," MADE ",\"serial\":1,"
                                  "\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/hash", FILE_OF ("{\"address\":\"a@acme.test\"," MADE ",\"serial\":1,"
                               "\"sha256\":\"00\",\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/time", FILE_OF ("{\"address\":\"a@acme.test\",\"made\":\"yesterday\",\"serial\":1,"
                               HASH ",\"signer\":\"" KEY_A "\"}") },
  { "/seen/F07/unknown", FILE_OF ("{\"address\":\"a@acme.test\"," MADE ",\"serial\":1,"
                                  HASH ",\"signer\":\"" KEY_A "\",\"x\":1}") },
};

static void
test_text (gconstpointer data)
{
  const TextCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSeen) seen = tl_seen_parse (c->text, strlen (c->text), &error);

  if (c->taken)
    {
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      again = tl_seen_to_text (seen);
      g_assert_cmpstr (again, ==, c->text);
    }
  else
    {
      g_assert_null (seen);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/seen/B07/rollback", test_rollback);
  g_test_add_func ("/seen/B07/same-serial", test_same_serial);
  g_test_add_func ("/seen/full", test_full);
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    g_test_add_data_func (text_cases[i].path, &text_cases[i], test_text);

  return g_test_run ();
}
