/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers of data/folder-names.json, warm-up.json and sending-rules.json. The documents of
 * tests/readiness/corpus/ are given to the JSON Schemas by tests/data/check-data: reader and schema
 * must agree. */
#include "tl-error.h"
#include "tl-folder-names.h"
#include "tl-sending-rules.h"
#include "tl-warm-up.h"

static const struct
{
  const char *prefix;
  gboolean  (*check) (const char  *json,
                      gssize       len,
                      GError     **error);
  guint       n_good; /* at least */
  guint       n_bad;
} readers[] = {
  { "folder-names-",  tl_folder_names_check,  1, 19 },
  { "sending-rules-", tl_sending_rules_check, 2, 39 },
  { "warm-up-",       tl_warm_up_check,       2, 24 },
};

/* Returns: whose it is */
static gsize
judge (const char *folder,
       const char *file,
       gboolean    is_good)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "readiness", "corpus", folder, file,
                                                 NULL);
  g_autofree char *text = NULL;
  guint n_readers = 0;
  gsize reader = 0;
  gsize len;

  g_test_message ("%s/%s", folder, file);
  g_assert_true (g_file_get_contents (path, &text, &len, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      g_autoptr(GError) error = NULL;

      if (!g_str_has_prefix (file, readers[i].prefix))
        continue;

      n_readers++;
      reader = i;
      g_assert_cmpint (readers[i].check (text, (gssize) len, &error), ==, is_good);
      if (is_good)
        g_assert_no_error (error);
      else
        g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
  g_assert_cmpuint (n_readers, ==, 1);

  return reader;
}

static void
test_corpus (gconstpointer data)
{
  const char *folder = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "readiness", "corpus", folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  gboolean is_good = g_str_equal (folder, "good");
  guint n_of[G_N_ELEMENTS (readers)] = { 0, };
  const char *file;

  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    n_of[judge (folder, file, is_good)]++;
  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    g_assert_cmpuint (n_of[i], >=, is_good ? readers[i].n_good : readers[i].n_bad);
}

/* What a schema cannot say. */
typedef struct
{
  const char *name;
  gboolean  (*check) (const char  *json,
                      gssize       len,
                      GError     **error);
  const char *json;
} StrictCase;

#define NAME(name) "{\"name\":\"" name "\",\"role\":\"sent\",\"languages\":[\"de\"]," \
                   "\"seen_at\":[\"other\"],\"confidence\":\"confirmed\"}"
#define NAMES(rows) "{\"checked_on\":\"2026-01-31\",\"rows\":[" rows "]}"
#define PRESET(id, steps) "{\"id\":\"" id "\",\"title\":\"A\",\"ceiling\":9," \
                          "\"weekdays_only\":false,\"source\":\"S\",\"basis\":\"B\"," \
                          "\"as_of\":\"2026-01-31\",\"confidence\":\"confirmed\"," \
                          "\"steps\":[" steps "]}"
#define PRESETS(rows) "{\"presets\":[" rows "]}"
#define STEP(messages, days) "{\"messages\":" #messages ",\"days\":" #days "}"
#define RULE(id, when) "{\"id\":\"" id "\",\"when\":{" when "},\"service\":\"provider\"," \
                       "\"text\":\"T\",\"source\":\"S\",\"as_of\":\"2026-01-31\"," \
                       "\"opinion\":true,\"confidence\":\"confirmed\"}"
#define RULES(rules) "{\"offer_relay\":[],\"forbid_outreach\":[],\"rules\":[" rules "]}"

static const StrictCase strict_cases[] = {
  { "name-twice",         tl_folder_names_check,  NAMES (NAME ("Sent") "," NAME ("SENT")) },
  { "name-twice-in-form", tl_folder_names_check,
    NAMES (NAME ("Entw\303\274rfe") "," NAME ("Entwu\314\210rfe")) },
  { "preset-twice",       tl_warm_up_check,
    PRESETS (PRESET ("a", STEP (1, 1)) "," PRESET ("a", STEP (1, 1))) },
  { "falls",              tl_warm_up_check, PRESETS (PRESET ("a", STEP (5, 1) "," STEP (4, 1))) },
  { "above-ceiling",      tl_warm_up_check, PRESETS (PRESET ("a", STEP (10, 1))) },
  { "too-long",           tl_warm_up_check,
    PRESETS (PRESET ("a", STEP (1, 90) "," STEP (2, 1))) },
  { "rule-twice",         tl_sending_rules_check,
    RULES (RULE ("a", "\"by_relay\":true") "," RULE ("a", "")) },
  { "no-last",            tl_sending_rules_check, RULES (RULE ("a", "\"by_relay\":true")) },
  { "two-last",           tl_sending_rules_check, RULES (RULE ("a", "") "," RULE ("b", "")) },
};

static void
test_strict (gconstpointer data)
{
  const StrictCase *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_false (c->check (c->json, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_strict_good (void)
{
  g_autoptr(GError) error = NULL;

  g_test_summary ("The cases above are refused for what they are named after");

  g_assert_true (tl_folder_names_check (NAMES (NAME ("Sent") "," NAME ("Sent!")), -1, &error));
  g_assert_true (tl_warm_up_check (PRESETS (PRESET ("a", STEP (4, 1) "," STEP (9, 89)) ","
                                            PRESET ("b", STEP (1, 1))), -1, &error));
  g_assert_true (tl_sending_rules_check (RULES (RULE ("a", "\"by_relay\":false") ","
                                                RULE ("b", "")), -1, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;
  const char *folder;
  const char *role;
  guint       n_chars;
} NameCase;

static const NameCase name_cases[] = {
  { "plain",       "Sent",                             "sent",    4 },
  { "case",        "sENT iTEMS",                       "sent",    10 },
  { "edges",       "\t Drafts \n",                     "drafts",  6 },
  { "blanks",      "Deleted   Items",                  "trash",   13 },
  { "composed",    "Entw\303\274rfe",                  "drafts",  8 },
  { "decomposed",  "Entwu\314\210rfe",                 "drafts",  8 },
  { "not-latin",   "\345\267\262\345\217\221\351\200\201\351\202\256\344\273\266", "sent", 5 },
  { "cyrillic",    "\320\241\320\237\320\220\320\234", "junk",    4 },
  { "all",         "All Mail",                         "all",     8 },
  { "flagged",     "Starred",                          "flagged", 7 },
  { "yahoo",       "Bulk Mail",                        "junk",    9 },
  { "part-of",     "Sent to clients",                  NULL },
  { "path",        "INBOX.Sent",                       NULL },
  { "empty",       "",                                 NULL },
  { "not-utf-8",   "Sent\377",                         NULL },
  { "inbox",       "INBOX",                            NULL },
  { "outbox",      "Outbox",                           NULL },
};

static void
test_name (gconstpointer data)
{
  const NameCase *c = data;
  guint n_chars = 0;

  g_assert_cmpstr (tl_folder_names_find_role (c->folder, &n_chars), ==, c->role);
  g_assert_cmpuint (n_chars, ==, c->n_chars);
}

static void
test_names (void)
{
  g_assert_cmpuint (tl_folder_names_get_n (), >=, 200);
  g_assert_cmpstr (tl_folder_names_find_role ("Trash", NULL), ==, "trash");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/readiness-data/corpus/good", "good", test_corpus);
  g_test_add_data_func ("/readiness-data/corpus/bad", "bad", test_corpus);
  for (gsize i = 0; i < G_N_ELEMENTS (strict_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/readiness-data/strict/", strict_cases[i].name, NULL);

      g_test_add_data_func (path, &strict_cases[i], test_strict);
    }
  g_test_add_func ("/readiness-data/strict-good", test_strict_good);
  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/readiness-data/name/", name_cases[i].name, NULL);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  g_test_add_func ("/readiness-data/names", test_names);

  return g_test_run ();
}
