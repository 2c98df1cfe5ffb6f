/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-report.h"

#include <string.h>

#include "tl-error.h"

#define FOLDER(name, role, by) \
  "{\"by\":\"" by "\",\"bytes\":null,\"messages\":null,\"name\":\"" name "\",\"new\":false," \
  "\"rights\":null,\"role\":" role ",\"selectable\":true}"
#define QUOTA(resource, limit) \
  "{\"limit\":" limit ",\"resource\":\"" resource "\",\"root\":\"\",\"used\":5}"
#define REPORT_OF(folders, quotas, findings, verdict) \
  "{\"can_create\":true,\"delimiter\":\"/\",\"filing\":\"filed\",\"findings\":[" findings "]," \
  "\"folders\":[" folders "],\"max_connections\":15,\"prefix\":null,\"quotas\":[" quotas "]," \
  "\"surveyed_at\":\"2026-01-31T12:00:00Z\",\"tools\":null,\"verdict\":\"" verdict "\"}"
#define NOTE_OF(severity) \
  "{\"evidence\":{},\"id\":\"use.nearly-full\",\"lane\":\"incoming\"," \
  "\"severity\":\"" severity "\",\"stage\":\"use\"}"

static TlMailboxReport *
read_text (const char  *text,
           GError     **error)
{
  g_autoptr(TlJson) json = tl_json_parse (text, -1, error);

  g_assert_no_error (*error);

  return tl_mailbox_report_from_json (json, error);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *said; /* NULL: it is read, and written alike */
} ReadCase;

static const ReadCase read_cases[] = {
  { "least", REPORT_OF ("", "", "", "ok") },
  { "finding", REPORT_OF ("", "", NOTE_OF ("warning"), "warning") },
  { "finding-severity", REPORT_OF ("", "", NOTE_OF ("note"), "ok"), "“severity”" },
  { "verdict-better", REPORT_OF ("", "", NOTE_OF ("warning"), "ok"), "“verdict”" },
  { "verdict-worse", REPORT_OF ("", "", "", "warning"), "“verdict”" },
  { "verdict-not-tested", REPORT_OF ("", "", "", "not-tested"), "“verdict”" },
  { "folder", REPORT_OF (FOLDER ("Gönderilmiş", "\"sent\"", "name"), "", "", "ok") },
  { "folder-no-role", REPORT_OF (FOLDER ("A", "null", "nobody"), "", "", "ok") },
  { "folder-empty", REPORT_OF (FOLDER ("", "null", "nobody"), "", "", "ok"), "“name”" },
  { "folder-control", REPORT_OF (FOLDER ("A\\u001b", "null", "nobody"), "", "", "ok"), "“name”" },
  { "folder-role-unknown", REPORT_OF (FOLDER ("A", "\"outbox\"", "name"), "", "", "ok"), "“role”" },
  { "folder-by-nobody", REPORT_OF (FOLDER ("A", "\"sent\"", "nobody"), "", "", "ok"), "“by”" },
  { "folder-by-somebody", REPORT_OF (FOLDER ("A", "null", "person"), "", "", "ok"), "“by”" },
  { "folder-by-unknown", REPORT_OF (FOLDER ("A", "\"sent\"", "guess"), "", "", "ok"), "“by”" },
  { "role-twice-server", REPORT_OF (FOLDER ("A", "\"sent\"", "standard") ","
                                    FOLDER ("B", "\"sent\"", "xlist"), "", "", "ok") },
  { "role-twice-name", REPORT_OF (FOLDER ("A", "\"sent\"", "standard") ","
                                  FOLDER ("B", "\"sent\"", "name"), "", "", "ok"), "“role”" },
  { "role-twice-person", REPORT_OF (FOLDER ("A", "\"sent\"", "person") ","
                                    FOLDER ("B", "\"sent\"", "standard"), "", "", "ok"),
    "“role”" },
  { "quota", REPORT_OF ("", QUOTA ("storage", "10"), "", "ok") },
  { "quota-no-limit", REPORT_OF ("", QUOTA ("message", "null"), "", "ok") },
  { "quota-zero", REPORT_OF ("", QUOTA ("message", "0"), "", "ok"), "“limit”" },
  { "quota-resource", REPORT_OF ("", QUOTA ("mailbox", "10"), "", "ok"), "“resource”" },
  { "null", "{}", "“findings” is missing" },
};

static void
test_read (gconstpointer data)
{
  const ReadCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlMailboxReport) report = read_text (c->text, &error);
  g_autoptr(TlJson) again = NULL;
  g_autofree char *text = NULL;

  if (c->said != NULL)
    {
      g_assert_null (report);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, c->said));
      return;
    }

  g_assert_no_error (error);
  again = tl_mailbox_report_to_json (report);
  text = tl_json_to_canonical (again);
  g_assert_cmpstr (text, ==, c->text);
}

/* Every member with another value than the one it has where nothing is known. */
static void
test_all (void)
{
  TlMailboxFolder inbox = {
    (char *) "INBOX", (char *) "inbox", TL_ROLE_BY_STANDARD, TRUE, FALSE, 0, 12345, (char *) "lrs",
  };
  TlMailboxFolder made = {
    (char *) "Replies", NULL, TL_ROLE_BY_NOBODY, FALSE, TRUE, -1, -1, NULL,
  };
  g_autoptr(TlMailboxQuota) quota = tl_mailbox_quota_new ("User", "storage", 7, G_MAXUINT64);
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();
  g_autoptr(GPtrArray) quotas = g_ptr_array_new ();
  g_autoptr(TlMailboxReport) report = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (folders, &inbox);
  g_ptr_array_add (folders, &made);
  g_ptr_array_add (quotas, quota);
  report = tl_mailbox_report_new (&(TlMailboxReportParts) {
    .surveyed_at_s = 1769860800, .prefix = "INBOX.", .delimiter = '.',
    .filing = TL_LOOP_FILING_NOT_FILED, .n_tools = 3, .folders = folders, .quotas = quotas,
  });
  json = tl_mailbox_report_to_json (report);
  text = tl_json_to_canonical (json);

  g_assert_cmpstr (text, ==,
                   "{\"can_create\":false,\"delimiter\":\".\",\"filing\":\"not-filed\","
                   "\"findings\":[],\"folders\":["
                   "{\"by\":\"standard\",\"bytes\":12345,\"messages\":0,\"name\":\"INBOX\","
                   "\"new\":false,\"rights\":\"lrs\",\"role\":\"inbox\",\"selectable\":true},"
                   "{\"by\":\"nobody\",\"bytes\":null,\"messages\":null,\"name\":\"Replies\","
                   "\"new\":true,\"rights\":null,\"role\":null,\"selectable\":false}],"
                   "\"max_connections\":null,\"prefix\":\"INBOX.\",\"quotas\":["
                   "{\"limit\":9007199254740991,\"resource\":\"storage\",\"root\":\"User\","
                   "\"used\":7}],\"surveyed_at\":\"2026-01-31T12:00:00Z\",\"tools\":3,"
                   "\"verdict\":\"ok\"}");
  g_assert_cmpstr (tl_mailbox_report_find_role (report, "inbox")->name, ==, "INBOX");
  g_assert_null (tl_mailbox_report_find_role (report, "sent"));
  g_assert_true (tl_mailbox_report_find (report, "Replies")->is_new);
  g_assert_null (tl_mailbox_report_find (report, "replies"));
}

static void
test_bounds (void)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();
  g_autoptr(TlMailboxReport) report = NULL;
  TlMailboxFolder folder = { .name = (char *) "A", .n_messages = -5, .n_bytes = G_MAXINT64 };
  const TlMailboxFolder *kept;

  for (guint i = 0; i <= TL_MAILBOX_REPORT_MAX_FOLDERS; i++)
    g_ptr_array_add (folders, &folder);
  report = tl_mailbox_report_new (&(TlMailboxReportParts) { .folders = folders });
  kept = tl_mailbox_report_find (report, "A");

  g_assert_cmpuint (tl_mailbox_report_get_parts (report)->folders->len, ==,
                    TL_MAILBOX_REPORT_MAX_FOLDERS);
  g_assert_cmpint (kept->n_messages, ==, -1);
  g_assert_cmpint (kept->n_bytes, ==, G_GINT64_CONSTANT (9007199254740991));
}

typedef struct
{
  const char *name;
  guint64     used;
  guint64     limit;
  guint       percent;
} PercentCase;

static const PercentCase percent_cases[] = {
  { "nothing", 0, 1000, 0 },
  { "no-limit", 5000, 0, 0 },
  { "down", 999, 1000, 99 },
  { "just-below", 799999, 1000000, 79 },
  { "four-fifths", 800000, 1000000, 80 },
  { "full", 1000, 1000, 100 },
  { "above", 1015, 1000, 101 },
  { "thirds", 2, 3, 66 },
  { "largest-full", G_MAXUINT64, G_MAXUINT64, 100 },
  { "largest-almost", G_MAXUINT64 - 1, G_MAXUINT64, 99 },
  { "largest-half", G_MAXUINT64 / 2, G_MAXUINT64, 49 },
  { "largest-more-than-half", G_MAXUINT64 / 2 + 1, G_MAXUINT64, 50 },
  { "far-above", G_MAXUINT64, 1, G_MAXUINT },
};

static void
test_percent (gconstpointer data)
{
  const PercentCase *c = data;
  TlMailboxQuota quota = { .used = c->used, .limit = c->limit };

  g_assert_cmpuint (tl_mailbox_quota_get_percent (&quota), ==, c->percent);
}

static void
test_fullest (void)
{
  g_autoptr(GPtrArray) quotas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);
  g_autoptr(TlMailboxReport) none = NULL;
  g_autoptr(TlMailboxReport) report = NULL;
  TlMailboxReportParts parts = { .quotas = quotas };

  g_ptr_array_add (quotas, tl_mailbox_quota_new ("endless", "storage", 1000000, 0));
  none = tl_mailbox_report_new (&parts);
  g_assert_null (tl_mailbox_report_find_fullest (none));

  g_ptr_array_add (quotas, tl_mailbox_quota_new ("half", "storage", 500, 1000));
  g_ptr_array_add (quotas, tl_mailbox_quota_new ("fuller", "message", 9, 10));
  g_ptr_array_add (quotas, tl_mailbox_quota_new ("as-full", "message", 90, 100));
  report = tl_mailbox_report_new (&parts);
  g_assert_cmpstr (tl_mailbox_report_find_fullest (report)->root, ==, "fuller");
}

static void
test_odd (gconstpointer data)
{
  const char delimiter = *(const char *) data;
  g_autofree char *rights = g_strnfill (TL_MAILBOX_REPORT_MAX_RIGHTS + 1, 'l');
  TlMailboxFolder odd[] = { { .name = (char *) "" },
                            { .name = (char *) "A", .is_changed = TRUE, .rights = rights },
                            { .name = (char *) "B" } };
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();
  TlMailboxReportParts parts = { .folders = folders, .delimiter = delimiter };
  g_autoptr(TlMailboxReport) report = NULL;
  g_autoptr(TlMailboxReport) again = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("Whatever a server sends, a report can be read again");

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    g_ptr_array_add (folders, &odd[i]);
  report = tl_mailbox_report_new (&parts);
  json = tl_mailbox_report_to_json (report);
  again = tl_mailbox_report_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_mailbox_report_get_parts (again)->folders->len, ==, 2);
  g_assert_cmpint (tl_mailbox_report_get_parts (again)->delimiter, ==,
                   g_ascii_isgraph (delimiter) ? delimiter : 0);
  g_assert_true (tl_mailbox_report_find (again, "A")->is_changed);
  g_assert_null (tl_mailbox_report_find (again, "A")->rights);
  g_assert_false (tl_mailbox_report_find (again, "B")->is_changed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox-report/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (percent_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox-report/percent/", percent_cases[i].name, NULL);

      g_test_add_data_func (path, &percent_cases[i], test_percent);
    }
  g_test_add_data_func ("/mailbox-report/odd/blank", " ", test_odd);
  g_test_add_data_func ("/mailbox-report/odd/control", "\x01", test_odd);
  g_test_add_data_func ("/mailbox-report/odd/none", "", test_odd);
  g_test_add_data_func ("/mailbox-report/odd/slash", "/", test_odd);
  g_test_add_func ("/mailbox-report/fullest", test_fullest);
  g_test_add_func ("/mailbox-report/all", test_all);
  g_test_add_func ("/mailbox-report/bounds", test_bounds);

  return g_test_run ();
}
