/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-judge.h"

#include "tl-folder-names.h"

#include <string.h>

/* A mailbox in few words; -1 for what is not known. */
typedef struct
{
  const char *name;
  const char *use;      /* of SPECIAL-USE, or NULL */
  const char *rights;
  gint64      n_messages;
  gint64      n_bytes;
} Folder;

typedef struct
{
  const char       *name;
  Folder            folders[5];
  TlMailboxQuota    quotas[3];
  TlMailboxFailure  failures[2];
  TlMailboxSubject  subject;
  const char       *provider;
  const char       *expected;         /* ids, in order */
  guint             percent;
  const char       *folder;           /* of the first finding */
  const char       *wanted;           /* of the first finding, joined by blanks */
  guint             limit;
  guint             max_connections;
  gboolean          cannot_create;
} JudgeCase;

#define OWNER "lrswipkxtea"
#define PLAIN { "INBOX", NULL, OWNER, -1, -1 }, { "Sent", "sent", OWNER, -1, -1 }
#define KIB   .resource = (char *) "storage"

static const char * const wanted_roles[] = { "sent", "archive", "junk", NULL };

static const JudgeCase cases[] = {
  { .name = "good", .folders = { PLAIN }, .expected = "" },
  { .name = "rights-unknown", .folders = { { "INBOX", NULL, NULL, -1, -1 },
                                           { "Sent", "sent", NULL, -1, -1 } }, .expected = "" },

  /* Room. */
  { .name = "room-79", .folders = { PLAIN }, .quotas = { { KIB, .used = 799, .limit = 1000 } },
    .expected = "" },
  { .name = "room-80", .folders = { { "INBOX", NULL, NULL, 10, 100 }, { "Big", NULL, NULL, 1, 900 } },
    .quotas = { { KIB, .used = 800, .limit = 1000 } },
    .expected = "use.nearly-full", .percent = 80, .folder = "Big", .limit = 1000 },
  { .name = "room-by-messages",
    .folders = { { "INBOX", NULL, NULL, 10, -1 }, { "Big", NULL, NULL, 1, -1 } },
    .quotas = { { KIB, .used = 999, .limit = 1000 } },
    .expected = "use.nearly-full", .percent = 99, .folder = "INBOX", .limit = 1000 },
  { .name = "room-not-by-views",
    .folders = { { "INBOX", NULL, NULL, 10, 10 }, { "All", "all", NULL, 90, 90 },
                 { "Starred", "flagged", NULL, 50, 50 } },
    .quotas = { { KIB, .used = 90, .limit = 100 } },
    .expected = "use.nearly-full", .percent = 90, .folder = "INBOX", .limit = 100 },
  { .name = "room-100", .folders = { PLAIN }, .quotas = { { KIB, .used = 1000, .limit = 1000 } },
    .expected = "use.over-quota", .percent = 100, .limit = 1000 },
  { .name = "room-above", .folders = { PLAIN }, .quotas = { { KIB, .used = 3000, .limit = 1000 } },
    .expected = "use.over-quota", .percent = 300, .limit = 1000 },
  { .name = "room-no-limit", .folders = { PLAIN }, .quotas = { { KIB, .used = 3000, .limit = 0 } },
    .expected = "" },
  { .name = "room-messages", .folders = { PLAIN },
    .quotas = { { KIB, .used = 1, .limit = 1000 },
                { .resource = (char *) "message", .used = 95, .limit = 100 } },
    .expected = "use.nearly-full", .percent = 95, .limit = 100 },
  { .name = "room-fullest", .folders = { PLAIN },
    .quotas = { { KIB, .used = 81, .limit = 100 }, { KIB, .used = 97, .limit = 100 },
                { KIB, .used = 83, .limit = 100 } },
    .expected = "use.nearly-full", .percent = 97, .limit = 100 },
  { .name = "room-huge", .folders = { PLAIN },
    .quotas = { { KIB, .used = G_MAXUINT64, .limit = G_MAXUINT64 } },
    .expected = "use.over-quota", .percent = 100, .limit = G_MAXUINT32 },
  { .name = "room-huge-tiny", .folders = { PLAIN },
    .quotas = { { KIB, .used = G_MAXUINT64, .limit = 1 } },
    .expected = "use.over-quota", .percent = G_MAXUINT, .limit = 1 },

  /* Rights. */
  { .name = "rights-read-only",
    .folders = { { "INBOX", NULL, "lr", -1, -1 }, { "Sent", "sent", "lr", -1, -1 } },
    .subject = { .is_shared = TRUE },
    .expected = "use.cannot-keep-flags use.cannot-file-sent use.rights-limited",
    .folder = "INBOX", .wanted = "right-seen right-flags right-delete right-expunge",
    .cannot_create = TRUE },
  { .name = "rights-seen-missing",
    .folders = { { "INBOX", NULL, "lrwipkxte", -1, -1 } },
    .expected = "use.cannot-keep-flags", .folder = "INBOX", .wanted = "right-seen" },
  { .name = "rights-old-letters",
    .folders = { { "INBOX", NULL, "lrswipcda", -1, -1 } }, .expected = "" },
  { .name = "rights-no-insert",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Sent", "sent", "lrswkxte", -1, -1 } },
    .expected = "use.cannot-file-sent", .folder = "Sent", .wanted = "right-insert" },
  { .name = "rights-filed-by-provider",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Sent", "sent", "lrswkxte", -1, -1 } },
    .subject = { .filing = TL_LOOP_FILING_FILED }, .expected = "" },
  { .name = "rights-not-filed",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Sent", "sent", "lrswkxte", -1, -1 } },
    .subject = { .filing = TL_LOOP_FILING_NOT_FILED },
    .expected = "use.cannot-file-sent", .folder = "Sent", .wanted = "right-insert" },
  { .name = "rights-closed-folder",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Junk", "junk", "l", -1, -1 } },
    .expected = "use.rights-limited", .folder = "Junk", .wanted = "right-read" },
  { .name = "rights-no-create",
    .folders = { { "INBOX", NULL, "lrswite", -1, -1 } },
    .expected = "use.rights-limited", .wanted = "right-create", .cannot_create = TRUE },
  { .name = "rights-elsewhere",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Clients", NULL, "l", -1, -1 } },
    .expected = "" },

  { .name = "rights-own-mailbox",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Junk", "junk", "l", -1, -1 } },
    .subject = { .is_shared = FALSE },
    .expected = "use.rights-limited", .folder = "Junk", .wanted = "right-read" },
  { .name = "rights-shared-mailbox",
    .folders = { { "INBOX", NULL, OWNER, -1, -1 }, { "Junk", "junk", "l", -1, -1 } },
    .subject = { .is_shared = TRUE },
    .expected = "use.rights-limited", .folder = "Junk", .wanted = "right-read" },

  /* One for all that go by their names: the one that matters most. */
  { .name = "names-sent-first",
    .folders = { { "Trash", NULL, NULL, -1, -1 }, { "Sent", NULL, NULL, -1, -1 } },
    .expected = "use.role-by-name", .folder = "Sent" },
  { .name = "names-junk-before-trash",
    .folders = { { "Trash", NULL, NULL, -1, -1 }, { "Junk", NULL, NULL, -1, -1 } },
    .expected = "use.role-by-name", .folder = "Junk" },
  { .name = "names-drafts-before-archive",
    .folders = { { "Archive", NULL, NULL, -1, -1 }, { "Drafts", NULL, NULL, -1, -1 } },
    .expected = "use.role-by-name", .folder = "Drafts" },

  /* Connections. */
  { .name = "connections-fit", .folders = { PLAIN }, .provider = "google",
    .subject = { .n_tools = 3 }, .expected = "", .max_connections = 15 },
  { .name = "connections-tight", .folders = { PLAIN }, .provider = "google",
    .subject = { .n_tools = 4 }, .expected = "use.connections-tight", .limit = 15,
    .max_connections = 15 },
  { .name = "connections-nobody-said", .folders = { PLAIN }, .provider = "google",
    .expected = "", .max_connections = 15 },
  { .name = "connections-unknown", .folders = { PLAIN }, .provider = "fastmail",
    .subject = { .n_tools = 100 }, .expected = "" },
  { .name = "connections-dovecot", .folders = { PLAIN },
    .subject = { .n_tools = 3, .software = "Dovecot" }, .expected = "use.connections-tight",
    .limit = 10, .max_connections = 10 },
  { .name = "connections-dovecot-fit", .folders = { PLAIN },
    .subject = { .n_tools = 2, .software = "dovecot 2.3" }, .expected = "",
    .max_connections = 10 },
  { .name = "connections-other-software", .folders = { PLAIN },
    .subject = { .n_tools = 9, .software = "Cyrus IMAP" }, .expected = "" },
  { .name = "connections-provider-first", .folders = { PLAIN }, .provider = "google",
    .subject = { .n_tools = 3, .software = "Dovecot" }, .expected = "", .max_connections = 15 },
  { .name = "connections-many", .folders = { PLAIN }, .provider = "google",
    .subject = { .n_tools = G_MAXUINT / 5 + 1 }, .expected = "use.connections-tight", .limit = 15,
    .max_connections = 15 },

  /* Folders that are to be there. */
  { .name = "missing", .folders = { PLAIN }, .subject = { .wanted_roles = wanted_roles },
    .expected = "use.role-missing", .wanted = "archive junk" },
  { .name = "not-made", .folders = { PLAIN },
    .failures = { { (char *) "Replies", (char *) "no", (char *) "NOPERM" },
                  { (char *) "Auto-replies", NULL, NULL } },
    .expected = "use.cannot-create use.cannot-create", .folder = "Replies" },
  { .name = "worst-first", .folders = { { "INBOX", NULL, "lr", -1, -1 },
                                        { "Sent Items", NULL, NULL, -1, -1 } },
    .quotas = { { KIB, .used = 2, .limit = 1 } },
    .subject = { .n_tools = 3, .software = "Dovecot", .wanted_roles = wanted_roles },
    .expected = "use.over-quota use.cannot-keep-flags use.rights-limited use.connections-tight "
                "use.role-missing use.role-by-name",
    .percent = 200, .limit = 1, .max_connections = 10, .cannot_create = TRUE },
};

static TlMailboxFacts *
make_facts (const JudgeCase *c)
{
  const char * const nothing[] = { NULL };
  g_autoptr(GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  g_autoptr(GPtrArray) quotas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);
  g_autoptr(GPtrArray) failures =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_failure_free);
  TlMailboxFactsParts parts = { .host = "imap.example.test", .delimiter = '/',
                                .surveyed_at_s = 1234 };

  for (gsize i = 0; i < G_N_ELEMENTS (c->folders) && c->folders[i].name != NULL; i++)
    {
      const Folder *folder = &c->folders[i];
      const char *attributes[] = { folder->use, NULL };
      TlMailboxEntry *entry = g_new0 (TlMailboxEntry, 1);

      entry->name = g_strdup (folder->name);
      entry->attributes = g_strdupv ((char **) attributes);
      entry->delimiter = '/';
      entry->n_messages = folder->n_messages;
      entry->n_unseen = -1;
      entry->n_bytes = folder->n_bytes;
      entry->rights = g_strdup (folder->rights);
      g_ptr_array_add (entries, entry);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (c->quotas) && c->quotas[i].resource != NULL; i++)
    g_ptr_array_add (quotas, tl_mailbox_quota_new ("", c->quotas[i].resource, c->quotas[i].used,
                                                   c->quotas[i].limit));
  for (gsize i = 0; i < G_N_ELEMENTS (c->failures) && c->failures[i].name != NULL; i++)
    g_ptr_array_add (failures, tl_mailbox_failure_new (c->failures[i].name,
                                                       c->failures[i].server_text,
                                                       c->failures[i].imap_code));

  parts.capabilities = nothing;
  parts.entries = entries;
  parts.quotas = quotas;
  parts.failures = failures;

  return tl_mailbox_facts_new (&parts);
}

static void
assert_explained (TlFinding *finding,
                  gboolean   is_shared)
{
  GVariant *evidence = tl_finding_get_evidence (finding);
  const char *id = tl_finding_get_id (finding);
  const char *detail = tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL);

  if (g_str_equal (id, "use.rights-limited"))
    g_assert_true ((detail != NULL) == is_shared);
  if (g_str_equal (id, "use.connections-tight") || g_str_equal (id, "use.nearly-full") ||
      g_str_equal (id, "use.over-quota"))
    g_assert_nonnull (detail);
  if (g_str_equal (id, "use.connections-tight") || g_str_equal (id, "use.role-missing"))
    g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_HOST), ==, "imap.example.test");
}

static void
test_judge (gconstpointer data)
{
  const JudgeCase *c = data;
  g_autoptr(TlMailboxFacts) facts = make_facts (c);
  g_autoptr(TlMailboxReport) report = NULL;
  g_autoptr(GString) ids = g_string_new (NULL);
  TlMailboxSubject subject = c->subject;
  const TlMailboxReportParts *parts;

  subject.provider = c->provider != NULL ? tl_providers_find (c->provider) : NULL;
  g_assert_true (c->provider == NULL || subject.provider != NULL);
  report = tl_mailbox_judge (facts, &subject);
  parts = tl_mailbox_report_get_parts (report);

  for (guint i = 0; i < parts->findings->len; i++)
    {
      TlFinding *finding = parts->findings->pdata[i];

      g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", tl_finding_get_id (finding));
      g_assert_true (tl_evidence_is_valid (tl_finding_get_evidence (finding)));
      g_assert_cmpint (tl_finding_get_lane (finding), ==, TL_LANE_INCOMING);
      assert_explained (finding, c->subject.is_shared);
    }
  g_assert_cmpstr (ids->str, ==, c->expected);
  g_assert_cmpint (parts->surveyed_at_s, ==, 1234);
  g_assert_cmpint (parts->filing, ==, c->subject.filing);
  g_assert_cmpuint (parts->n_tools, ==, c->subject.n_tools);
  g_assert_cmpuint (parts->max_connections, ==, c->max_connections);
  g_assert_cmpint (parts->can_create, ==, !c->cannot_create);

  if (parts->findings->len > 0)
    {
      GVariant *evidence = tl_finding_get_evidence (parts->findings->pdata[0]);
      g_autoptr(GVariant) wanted = g_variant_lookup_value (evidence, TL_EVIDENCE_WANTED, NULL);
      g_autofree const char **words = wanted != NULL ? g_variant_get_strv (wanted, NULL) : NULL;
      g_autofree char *joined = words != NULL ? g_strjoinv (" ", (char **) words) : NULL;

      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_PERCENT, 0), ==, c->percent);
      g_assert_cmpuint (tl_evidence_get_uint (evidence, TL_EVIDENCE_LIMIT, 0), ==, c->limit);
      g_assert_cmpstr (joined, ==, c->wanted);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_FOLDER), ==, c->folder);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE), ==,
                       c->failures[0].imap_code);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT), ==,
                       c->failures[0].server_text);
    }
}

typedef struct
{
  const char *name;
  Folder      folders[5];
  guint       max_n;
  const char *expected;
} LargestCase;

static const LargestCase largest_cases[] = {
  { "bytes", { { "INBOX", NULL, NULL, 9, 1 }, { "a", NULL, NULL, 1, 9 }, { "b", NULL, NULL, 5, 5 } },
    5, "a b INBOX" },
  { "messages", { { "INBOX", NULL, NULL, 9, -1 }, { "a", NULL, NULL, 1, -1 },
                  { "b", NULL, NULL, 5, -1 } }, 5, "INBOX b a" },
  { "at-most", { { "INBOX", NULL, NULL, 9, 1 }, { "a", NULL, NULL, 1, 9 },
                 { "b", NULL, NULL, 5, 5 } }, 2, "a b" },
  { "half-known", { { "INBOX", NULL, NULL, 9, -1 }, { "a", NULL, NULL, 1, 9 } }, 5, "a" },
  { "empty", { { "INBOX", NULL, NULL, 0, 0 }, { "a", NULL, NULL, 0, 0 } }, 5, "" },
  { "not-selectable", { { "INBOX", NULL, NULL, 1, 1 }, { "a", "noselect", NULL, 9, 9 } }, 5,
    "INBOX" },
};

static void
test_largest (gconstpointer data)
{
  const LargestCase *c = data;
  JudgeCase judged = { .name = c->name };
  TlMailboxSubject subject = { 0, };
  g_autoptr(TlMailboxFacts) facts = NULL;
  g_autoptr(TlMailboxReport) report = NULL;
  g_autoptr(GPtrArray) largest = NULL;
  g_autoptr(GString) names = g_string_new (NULL);

  memcpy (judged.folders, c->folders, sizeof c->folders);
  facts = make_facts (&judged);
  report = tl_mailbox_judge (facts, &subject);
  largest = tl_mailbox_judge_list_largest (report, c->max_n);
  for (guint i = 0; i < largest->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            ((const TlMailboxFolder *) largest->pdata[i])->name);
  g_assert_cmpstr (names->str, ==, c->expected);
}

static void
test_outreach (void)
{
  g_auto(GStrv) names = tl_mailbox_dup_outreach_names ();

  g_test_summary ("Names that can be made anywhere, none of which stands for another role");

  g_assert_cmpuint (g_strv_length (names), ==, 3);
  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *role = tl_folder_names_find_role (names[i], NULL);

      g_assert_null (strpbrk (names[i], "/.|\\%*"));
      g_assert_true (role == NULL || g_str_equal (role, "archive"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox/judge/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_judge);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (largest_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox/largest/", largest_cases[i].name, NULL);

      g_test_add_data_func (path, &largest_cases[i], test_largest);
    }
  g_test_add_func ("/mailbox/outreach", test_outreach);

  return g_test_run ();
}
