/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders by role, on what servers send: tests/readiness/lists/ has the lines of one LIST (and one
 * XLIST) each, how they are known, and what is expected of them:
 *
 *   # a comment                      how it is known
 *   prefix INBOX.                    of personal folders
 *   * LIST (…) "/" "name"            as it comes
 *   = sent name Sent Items           role, on whose word, folder; no other folder has a role
 *   ! use.role-by-name               a finding; of use.role-ambiguous the role and both folders too
 */
#include "tl-imap-mailbox.h"
#include "tl-mailbox-judge.h"

#include <string.h>

typedef struct
{
  char      *prefix;
  GPtrArray *entries;   /* TlMailboxEntry */
  GPtrArray *expected;  /* "role by name" */
  GPtrArray *findings;  /* "id …" */
  gboolean   is_explained;
} Recorded;

static void
recorded_free (Recorded *self)
{
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->expected, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recorded, recorded_free)

static TlMailboxEntry *
find_entry (Recorded   *recorded,
            const char *name)
{
  for (guint i = 0; i < recorded->entries->len; i++)
    {
      TlMailboxEntry *entry = recorded->entries->pdata[i];

      if (g_str_equal (entry->name, name))
        return entry;
    }

  return NULL;
}

static char **
dup_lower (char **attributes)
{
  g_autoptr(GStrvBuilder) lower = g_strv_builder_new ();

  for (gsize i = 0; attributes[i] != NULL; i++)
    {
      g_autofree char *word = g_ascii_strdown (attributes[i], -1);

      g_strv_builder_add (lower, word);
    }

  return g_strv_builder_end (lower);
}

static void
add_response (Recorded   *recorded,
              const char *line)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlImapMailbox) mailbox = NULL;
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len = -1;
  TlMailboxEntry *entry;

  g_assert_true (tl_imap_response_feed_line (response, line, &literal_len, &fault));
  g_assert_cmpint (literal_len, ==, -1);
  mailbox = tl_imap_mailbox_new_from_list (response, FALSE, &fault);
  g_assert_nonnull (mailbox);

  if (g_ascii_strcasecmp (tl_imap_response_get_name (response), "XLIST") == 0)
    {
      entry = find_entry (recorded, mailbox->name);
      g_assert_nonnull (entry);
      g_clear_pointer (&entry->xlist, g_strfreev);
      entry->xlist = dup_lower (mailbox->attributes);
      return;
    }

  g_assert_cmpstr (tl_imap_response_get_name (response), ==, "LIST");
  entry = g_new0 (TlMailboxEntry, 1);
  entry->name = g_strdup (mailbox->name);
  entry->attributes = dup_lower (mailbox->attributes);
  entry->delimiter = mailbox->delimiter;
  entry->n_messages = entry->n_unseen = entry->n_bytes = -1;
  g_ptr_array_add (recorded->entries, entry);
}

static Recorded *
load (const char *file)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "readiness", "lists", file, NULL);
  g_autoptr(Recorded) recorded = g_new0 (Recorded, 1);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  recorded->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  recorded->expected = g_ptr_array_new_with_free_func (g_free);
  recorded->findings = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "# "))
        recorded->is_explained = TRUE;
      else if (g_str_has_prefix (lines[i], "* "))
        add_response (recorded, lines[i]);
      else if (g_str_has_prefix (lines[i], "= "))
        g_ptr_array_add (recorded->expected, g_strdup (lines[i] + 2));
      else if (g_str_has_prefix (lines[i], "! "))
        g_ptr_array_add (recorded->findings, g_strdup (lines[i] + 2));
      else if (g_str_has_prefix (lines[i], "prefix "))
        recorded->prefix = g_strdup (lines[i] + strlen ("prefix "));
      else
        g_assert_cmpstr (lines[i], ==, "");
    }

  return g_steal_pointer (&recorded);
}

static TlMailboxReport *
judge (Recorded           *recorded,
       const TlRoleChoice *choices,
       guint               n_choices)
{
  TlMailboxFactsParts parts = { .host = "imap.example.test", .prefix = recorded->prefix,
                                .entries = recorded->entries };
  TlMailboxSubject subject = { .choices = choices, .n_choices = n_choices };
  const char * const nothing[] = { NULL };
  g_autoptr(GPtrArray) none = g_ptr_array_new ();
  g_autoptr(TlMailboxFacts) facts = NULL;

  parts.capabilities = nothing;
  parts.quotas = none;
  parts.failures = none;
  facts = tl_mailbox_facts_new (&parts);

  return tl_mailbox_judge (facts, &subject);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("\n", (char **) lines->pdata);
}

static char *
describe_roles (TlMailboxReport *report)
{
  GPtrArray *folders = tl_mailbox_report_get_parts (report)->folders;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *folder = folders->pdata[i];

      if (folder->role == NULL)
        g_assert_cmpint (folder->by, ==, TL_ROLE_BY_NOBODY);
      else
        g_ptr_array_add (lines, g_strdup_printf ("%s %s %s", folder->role,
                                                 tl_role_by_get_nick (folder->by),
                                                 folder->name));
    }

  return join_sorted (lines);
}

static char *
describe_findings (TlMailboxReport *report)
{
  GPtrArray *findings = tl_mailbox_report_get_parts (report)->findings;
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < findings->len; i++)
    {
      GVariant *evidence = tl_finding_get_evidence (findings->pdata[i]);
      const char *id = tl_finding_get_id (findings->pdata[i]);

      g_ptr_array_add (lines, g_str_equal (id, "use.role-ambiguous")
                       ? g_strdup_printf ("%s %s %s %s", id,
                                          tl_evidence_get_string (evidence, TL_EVIDENCE_ROLE),
                                          tl_evidence_get_string (evidence, TL_EVIDENCE_FOLDER),
                                          tl_evidence_get_string (evidence,
                                                                  TL_EVIDENCE_SUGGESTION))
                       : g_strdup (id));
    }

  return join_sorted (lines);
}

static void
test_list (gconstpointer data)
{
  g_autoptr(Recorded) recorded = load (data);
  g_autoptr(TlMailboxReport) report = judge (recorded, NULL, 0);
  g_autofree char *expected = join_sorted (recorded->expected);
  g_autofree char *roles = describe_roles (report);
  g_autofree char *expected_findings = join_sorted (recorded->findings);
  g_autofree char *findings = describe_findings (report);
  GPtrArray *folders = tl_mailbox_report_get_parts (report)->folders;

  g_assert_true (recorded->is_explained);
  g_assert_cmpstr (roles, ==, expected);
  g_assert_cmpstr (findings, ==, expected_findings);
  g_assert_cmpuint (folders->len, ==, recorded->entries->len);
  g_assert_cmpstr (((TlMailboxFolder *) folders->pdata[0])->role, ==, "inbox");
}

typedef struct
{
  const char         *name;
  const char         *file;
  const TlRoleChoice  choices[3];
  guint               n_choices;
  const char         *role;    /* what is asked for */
  const char         *folder;  /* who has it then, or NULL */
  TlRoleBy            by;
  guint               n_ambiguous;
} ChoiceCase;

static const ChoiceCase choice_cases[] = {
  { .name = "over-standard", .file = "gmail-en.txt", .choices = { { "sent", "Clients" } },
    .n_choices = 1, .role = "sent", .folder = "Clients", .by = TL_ROLE_BY_PERSON },
  { .name = "over-xlist", .file = "zoho.txt", .choices = { { "junk", "Newsletter" } },
    .n_choices = 1, .role = "junk", .folder = "Newsletter", .by = TL_ROLE_BY_PERSON },
  { .name = "over-name", .file = "microsoft-de.txt", .choices = { { "archive", "Notizen" } },
    .n_choices = 1, .role = "archive", .folder = "Notizen", .by = TL_ROLE_BY_PERSON },
  { .name = "settles", .file = "dovecot-two-sent.txt", .choices = { { "sent", "Sent" } },
    .n_choices = 1, .role = "sent", .folder = "Sent", .by = TL_ROLE_BY_PERSON },
  { .name = "settles-twice-named", .file = "dovecot.txt",
    .choices = { { "sent", "Sent Messages" } }, .n_choices = 1, .role = "sent",
    .folder = "Sent Messages", .by = TL_ROLE_BY_PERSON },
  { .name = "none-at-all", .file = "microsoft-de.txt", .choices = { { "archive", NULL } },
    .n_choices = 1, .role = "archive" },
  { .name = "moved", .file = "microsoft-en.txt",
    .choices = { { "archive", "Sent Items" } }, .n_choices = 1, .role = "sent", .folder = NULL },
  { .name = "not-there", .file = "microsoft-en.txt", .choices = { { "sent", "Nowhere" } },
    .n_choices = 1, .role = "sent" },
  { .name = "not-selectable", .file = "gmail-en.txt", .choices = { { "archive", "[Gmail]" } },
    .n_choices = 1, .role = "archive" },
  { .name = "inbox-stays", .file = "gmail-en.txt", .choices = { { "inbox", "Clients" } },
    .n_choices = 1, .role = "inbox", .folder = "INBOX", .by = TL_ROLE_BY_STANDARD },
  { .name = "not-the-inbox", .file = "gmail-en.txt", .choices = { { "sent", "INBOX" } },
    .n_choices = 1, .role = "sent" },
  { .name = "last-word", .file = "microsoft-en.txt",
    .choices = { { "sent", "Notes" }, { "sent", "Tasks" } }, .n_choices = 2, .role = "sent",
    .folder = "Tasks", .by = TL_ROLE_BY_PERSON },
  { .name = "two-words", .file = "microsoft-en.txt",
    .choices = { { "sent", "Notes" }, { "junk", "Tasks" } }, .n_choices = 2, .role = "sent",
    .folder = "Notes", .by = TL_ROLE_BY_PERSON },
  { .name = "others-stay", .file = "dovecot-two-sent.txt", .choices = { { "junk", NULL } },
    .n_choices = 1, .role = "sent", .folder = "Sent Items", .by = TL_ROLE_BY_NAME,
    .n_ambiguous = 1 },
};

static void
test_choice (gconstpointer data)
{
  const ChoiceCase *c = data;
  g_autoptr(Recorded) recorded = load (c->file);
  g_autoptr(TlMailboxReport) report = judge (recorded, c->choices, c->n_choices);
  const TlMailboxFolder *folder = tl_mailbox_report_find_role (report, c->role);
  GPtrArray *folders = tl_mailbox_report_get_parts (report)->folders;
  GPtrArray *findings = tl_mailbox_report_get_parts (report)->findings;
  guint n_with_role = 0;
  guint n_ambiguous = 0;

  g_assert_cmpstr (folder != NULL ? folder->name : NULL, ==, c->folder);
  g_assert_cmpint (folder != NULL ? folder->by : TL_ROLE_BY_NOBODY, ==, c->by);

  for (guint i = 0; i < folders->len; i++)
    n_with_role += g_strcmp0 (((TlMailboxFolder *) folders->pdata[i])->role, c->role) == 0;
  g_assert_cmpuint (n_with_role, ==, c->folder != NULL);

  for (guint i = 0; i < findings->len; i++)
    n_ambiguous += g_str_equal (tl_finding_get_id (findings->pdata[i]), "use.role-ambiguous");
  g_assert_cmpuint (n_ambiguous, ==, c->n_ambiguous);
}

static void
test_many (void)
{
  g_autoptr(Recorded) recorded = g_new0 (Recorded, 1);
  g_autoptr(TlMailboxReport) report = NULL;

  g_test_summary ("A folder with a role is never left out, however many there are");

  recorded->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  for (guint i = 0; i < TL_MAILBOX_REPORT_MAX_FOLDERS + 50; i++)
    {
      g_autofree char *line = g_strdup_printf ("* LIST () \"/\" \"n%u\"", i);

      add_response (recorded, line);
    }
  add_response (recorded, "* LIST (\\Sent) \"/\" \"Out\"");
  add_response (recorded, "* LIST () \"/\" \"INBOX\"");

  report = judge (recorded, NULL, 0);
  g_assert_cmpuint (tl_mailbox_report_get_parts (report)->folders->len, ==,
                    TL_MAILBOX_REPORT_MAX_FOLDERS);
  g_assert_cmpstr (tl_mailbox_report_find_role (report, "sent")->name, ==, "Out");
  g_assert_nonnull (tl_mailbox_report_find_role (report, "inbox"));
}

static void
test_flat (void)
{
  g_autoptr(Recorded) recorded = g_new0 (Recorded, 1);
  g_autoptr(TlMailboxReport) report = NULL;

  g_test_summary ("Where names are flat, a slash is part of a name");

  recorded->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  add_response (recorded, "* LIST () NIL \"INBOX\"");
  add_response (recorded, "* LIST () NIL \"a/Sent\"");
  add_response (recorded, "* LIST () NIL \"Drafts\"");

  report = judge (recorded, NULL, 0);
  g_assert_null (tl_mailbox_report_find_role (report, "sent"));
  g_assert_cmpstr (tl_mailbox_report_find_role (report, "drafts")->name, ==, "Drafts");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path = NULL;
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  g_test_init (&argc, &argv, NULL);

  path = g_test_build_filename (G_TEST_DIST, "readiness", "lists", NULL);
  dir = g_dir_open (path, 0, NULL);
  g_assert_nonnull (dir);
  while ((file = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (files, g_strdup (file));
  g_assert_cmpuint (files->len, >=, 40);
  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *name = g_strconcat ("/mailbox/roles/", files->pdata[i], NULL);

      g_test_add_data_func (name, files->pdata[i], test_list);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (choice_cases); i++)
    {
      g_autofree char *name = g_strconcat ("/mailbox/choice/", choice_cases[i].name, NULL);

      g_test_add_data_func (name, &choice_cases[i], test_choice);
    }

  g_test_add_func ("/mailbox/roles/many", test_many);
  g_test_add_func ("/mailbox/roles/flat", test_flat);

  return g_test_run ();
}
