/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of a mailbox that was looked around, and what a person says of it. */
#include "tl-mailbox-private.h"

#include <string.h>

#include "tl-error.h"

/* A folder with what STATUS said of it. */
static void
add_entry (GPtrArray  *entries,
           const char *name,
           const char *attribute,
           gint64      n_messages,
           gint64      n_bytes,
           const char *rights)
{
  TlMailboxEntry *entry = g_new0 (TlMailboxEntry, 1);

  entry->name = g_strdup (name);
  entry->attributes = g_new0 (char *, 2);
  entry->attributes[0] = g_strdup (attribute);
  entry->delimiter = '.';
  entry->n_messages = n_messages;
  entry->n_unseen = -1;
  entry->n_bytes = n_bytes;
  entry->rights = g_strdup (rights);
  g_ptr_array_add (entries, entry);
}

typedef struct
{
  const char *rights;     /* on every folder */
  guint64     used;       /* KiB; with a limit of 0 there is no quota */
  guint64     limit;
  gboolean    is_measured;
  const char *extra;      /* one more folder */
  const char *failure;    /* a folder that could not be made */
} Look;

static TlMailboxFacts *
facts_new (const Look *look)
{
  static const char * const capabilities[] = { "IMAP4rev1", "SPECIAL-USE", NULL };
  g_autoptr(GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  g_autoptr(GPtrArray) quotas =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);
  g_autoptr(GPtrArray) failures =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_failure_free);
  const TlMailboxFactsParts parts = {
    .surveyed_at_s = 1472633820,
    .host = "imap.acme.test",
    .capabilities = capabilities,
    .prefix = "INBOX.",
    .delimiter = '.',
    .entries = entries,
    .quotas = quotas,
    .failures = failures,
  };
  gint64 bytes = look->is_measured ? 1000 : -1;

  add_entry (entries, "INBOX", NULL, 40, bytes, look->rights);
  add_entry (entries, "INBOX.Gesendet", "sent", 90, bytes < 0 ? -1 : 3000, look->rights);
  add_entry (entries, "INBOX.Trash", NULL, 1, bytes, look->rights);
  add_entry (entries, "INBOX.Parent", "noselect", -1, -1, NULL);
  if (look->extra != NULL)
    add_entry (entries, look->extra, NULL, 0, 0, look->rights);
  if (look->limit > 0)
    g_ptr_array_add (quotas, tl_mailbox_quota_new ("User quota", "storage", look->used,
                                                   look->limit));
  if (look->failure != NULL)
    g_ptr_array_add (failures, tl_mailbox_failure_new (look->failure, "No.", "NOPERM"));

  return tl_mailbox_facts_new (&parts);
}

static void
look_around (TlMailbox  *mailbox,
             const Look *look)
{
  g_autoptr(TlMailboxFacts) facts = facts_new (look);

  tl_mailbox_set_facts (mailbox, facts);
}

static TlRoleRow *
get_row (TlMailbox  *mailbox,
         const char *role)
{
  GListModel *rows = tl_mailbox_get_roles (mailbox);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(TlRoleRow) row = g_list_model_get_item (rows, i);

      if (g_str_equal (tl_role_row_get_role (row), role))
        return row; /* the model keeps it */
    }

  g_assert_not_reached ();
}

static TlFolderWish *
get_wish (TlMailbox  *mailbox,
          const char *name)
{
  GListModel *wishes = tl_mailbox_get_wishes (mailbox);

  for (guint i = 0; i < g_list_model_get_n_items (wishes); i++)
    {
      g_autoptr(TlFolderWish) wish = g_list_model_get_item (wishes, i);

      if (g_str_equal (tl_folder_wish_get_name (wish), name))
        return wish; /* the model keeps it */
    }

  return NULL;
}

static TlDetail *
find_detail (GListModel *details,
             const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (details); i++)
    {
      g_autoptr(TlDetail) detail = g_list_model_get_item (details, i);

      if (g_strcmp0 (tl_detail_get_id (detail), id) == 0)
        return detail; /* the model keeps it */
    }

  return NULL;
}

static void
count (guint *n)
{
  (*n)++;
}

static guint
get_uint (gpointer    object,
          const char *property)
{
  guint value = 0;

  g_object_get (object, property, &value, NULL);

  return value;
}

static void
test_unknown (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  g_autofree char *filing = NULL;
  TlStatus status = TL_STATUS_OK;

  g_test_summary ("Before a look there are rows of all roles, and nothing is known");

  g_assert_null (tl_mailbox_get_report (mailbox));
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_roles (mailbox)), ==, TL_N_ROLES);
  g_object_get (get_row (mailbox, "inbox"), "status", &status, NULL);
  g_assert_cmpint (status, ==, TL_STATUS_NOT_TESTED);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_room (mailbox)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_rights (mailbox)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_connections (mailbox)), ==, 0);
  g_assert_cmpuint (get_uint (mailbox, "n-wanted"), ==, 0);
  g_object_get (mailbox, "filing-text", &filing, NULL);
  g_assert_cmpuint (strlen (filing), >, 0);
}

static void
test_roles (void)
{
  static const struct
  {
    const char *role;
    const char *folder;
    TlRoleBy    by;
    TlStatus    status;
  } rows[] = {
    { "inbox",   "INBOX",          TL_ROLE_BY_STANDARD, TL_STATUS_OK },
    { "sent",    "INBOX.Gesendet", TL_ROLE_BY_STANDARD, TL_STATUS_OK },
    { "trash",   "INBOX.Trash",    TL_ROLE_BY_NAME,     TL_STATUS_OK },
    { "drafts",  NULL,             TL_ROLE_BY_NOBODY,   TL_STATUS_WARNING },
    { "archive", NULL,             TL_ROLE_BY_NOBODY,   TL_STATUS_NOT_NEEDED },
  };
  static const char * const wanted[] = { "drafts", NULL };
  const TlMailboxAround around = { .roles = wanted };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .is_measured = TRUE };

  g_test_summary ("Which folder has which role, and on whose word");

  tl_mailbox_set_around (mailbox, &around);
  look_around (mailbox, &look);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TlRoleRow *row = get_row (mailbox, rows[i].role);
      TlRoleBy by = TL_ROLE_BY_PERSON;
      TlStatus status = TL_STATUS_RUNNING;
      gboolean is_wanted = FALSE;
      g_autofree char *label = NULL;
      g_autofree char *purpose = NULL;
      g_autofree char *text = NULL;

      g_object_get (row, "by", &by, "status", &status, "wanted", &is_wanted, "label", &label,
                    "purpose", &purpose, "by-text", &text, NULL);
      g_assert_cmpstr (tl_role_row_get_folder (row), ==, rows[i].folder);
      g_assert_cmpint (by, ==, rows[i].by);
      g_assert_cmpint (status, ==, rows[i].status);
      g_assert_cmpint (is_wanted, ==, g_str_equal (rows[i].role, "drafts"));
      g_assert_null (strchr (text, '%'));
      g_assert_cmpuint (strlen (label), >, 0);
      g_assert_cmpuint (strlen (purpose), >, 0);
      g_assert_cmpuint (strlen (text), >, 0);
      g_assert_cmpuint (g_strv_length ((char **) tl_role_row_get_names (row)), ==, 3);
      g_assert_false (g_strv_contains (tl_role_row_get_names (row), "INBOX.Parent"));
    }
}

static void
test_provider_word (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  TlProvider *provider = tl_providers_find ("google");
  const TlMailboxAround around = { .provider = provider };
  const Look look = { .is_measured = TRUE };
  g_autofree char *text = NULL;

  tl_mailbox_set_around (mailbox, &around);
  look_around (mailbox, &look);
  g_object_get (get_row (mailbox, "sent"), "by-text", &text, NULL);
  g_assert_nonnull (strstr (text, tl_provider_get_name (provider)));
}

static void
test_choose (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  TlRoleRow *sent = get_row (mailbox, "sent");
  const Look look = { .is_measured = TRUE };
  g_autoptr(GError) error = NULL;
  TlRoleBy by = TL_ROLE_BY_NOBODY;
  guint n_report = 0;
  guint n_folder = 0;

  g_test_summary ("What a person says holds, also after another look; nothing is asked for it");

  look_around (mailbox, &look);
  g_signal_connect_swapped (mailbox, "notify::report", G_CALLBACK (count), &n_report);
  g_signal_connect_swapped (sent, "notify::folder", G_CALLBACK (count), &n_folder);
  g_object_set (sent, "folder", "INBOX.Trash", NULL);
  g_assert_cmpuint (n_report, ==, 1);
  g_assert_cmpuint (n_folder, ==, 1);
  g_assert_cmpstr (tl_role_row_get_folder (sent), ==, "INBOX.Trash");
  g_object_get (sent, "by", &by, NULL);
  g_assert_cmpint (by, ==, TL_ROLE_BY_PERSON);
  g_assert_cmpstr (tl_mailbox_report_find_role (tl_mailbox_get_report (mailbox), "sent")->name, ==,
                   "INBOX.Trash");

  look_around (mailbox, &look);
  g_assert_cmpstr (tl_role_row_get_folder (sent), ==, "INBOX.Trash");
  g_assert_true (tl_mailbox_choose (mailbox, "sent", NULL, &error));
  g_assert_no_error (error);
  g_assert_null (tl_role_row_get_folder (sent));

  tl_mailbox_drop_choices (mailbox);
  g_assert_cmpstr (tl_role_row_get_folder (sent), ==, "INBOX.Gesendet");
}

static void
test_choose_nonsense (void)
{
  static const struct
  {
    const char *role;
    const char *folder;
    const char *field;
  } rows[] = {
    { "sent", "INBOX.Nowhere", "folder:" },
    { "sent", "INBOX.Parent", "folder:" },
    { "boss", "INBOX", "role:" },
    { NULL, "INBOX", "role:" },
  };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .is_measured = TRUE };
  guint n_folder = 0;

  g_test_summary ("What cannot be meant changes nothing, and a list on screen is told so");

  look_around (mailbox, &look);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (tl_mailbox_choose (mailbox, rows[i].role, rows[i].folder, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_prefix (error->message, rows[i].field));
    }

  g_signal_connect_swapped (get_row (mailbox, "sent"), "notify::folder", G_CALLBACK (count),
                            &n_folder);
  g_object_set (get_row (mailbox, "sent"), "folder", "INBOX.Nowhere", NULL);
  g_assert_cmpuint (n_folder, ==, 1);
  g_assert_cmpstr (tl_role_row_get_folder (get_row (mailbox, "sent")), ==, "INBOX.Gesendet");
}

static void
test_wishes (void)
{
  static const char * const asked[] = { "Deals/Won", NULL };
  const TlMailboxAround around = { .folders = asked, .policy = "Acme" };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look before = { .is_measured = TRUE };
  const Look after = { .is_measured = TRUE, .extra = "INBOX.Deals.Won", .failure = "Replies" };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlFinding) finding = NULL;
  g_autofree char *policy = NULL;
  guint n_notified = 0;

  g_test_summary ("Nothing is wanted by itself; what is there by the server's spelling is there");

  g_assert_nonnull (get_wish (mailbox, "Replies"));
  g_signal_connect_swapped (mailbox, "notify::n-wanted", G_CALLBACK (count), &n_notified);
  tl_mailbox_set_around (mailbox, &around);
  look_around (mailbox, &before);
  g_assert_cmpuint (get_uint (mailbox, "n-wanted"), ==, 0);
  g_object_get (get_wish (mailbox, "Deals/Won"), "from-policy", &policy, NULL);
  g_assert_cmpstr (policy, ==, "Acme");
  g_assert_false (tl_folder_wish_is_there (get_wish (mailbox, "Deals/Won")));

  g_object_set (get_wish (mailbox, "Replies"), "wanted", TRUE, NULL);
  g_assert_true (tl_mailbox_wish (mailbox, "Deals/Won", &error));
  g_assert_no_error (error);
  g_assert_true (tl_mailbox_wish (mailbox, "Mine", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (get_uint (mailbox, "n-wanted"), ==, 3);
  g_assert_cmpuint (n_notified, ==, 3);

  look_around (mailbox, &after);
  g_assert_true (tl_folder_wish_is_there (get_wish (mailbox, "Deals/Won")));
  g_assert_false (tl_folder_wish_is_wanted (get_wish (mailbox, "Deals/Won")));
  g_assert_cmpuint (get_uint (mailbox, "n-wanted"), ==, 2);
  g_object_get (get_wish (mailbox, "Replies"), "finding", &finding, NULL);
  g_assert_nonnull (finding);
  g_assert_cmpstr (tl_finding_get_id (finding), ==, "use.cannot-create");
  g_assert_true (tl_mailbox_wish (mailbox, "Deals/Won", &error));
  g_assert_false (tl_folder_wish_is_wanted (get_wish (mailbox, "Deals/Won")));

  tl_mailbox_start_over (mailbox);
  g_assert_null (get_wish (mailbox, "Mine"));
  g_assert_cmpuint (get_uint (mailbox, "n-wanted"), ==, 0);
  g_assert_null (tl_mailbox_get_report (mailbox));
}

static void
test_wish_policy_changes (void)
{
  static const char * const asked[] = { "Deals", NULL };
  const TlMailboxAround around = { .folders = asked, .policy = "Acme" };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();

  g_test_summary ("What a person wants stays wanted when policy asks for something else");

  g_assert_true (tl_mailbox_wish (mailbox, "Mine", NULL));
  tl_mailbox_set_around (mailbox, &around);
  g_assert_nonnull (get_wish (mailbox, "Deals"));
  g_assert_true (tl_folder_wish_is_wanted (get_wish (mailbox, "Mine")));
  g_assert_false (tl_folder_wish_is_wanted (get_wish (mailbox, "Deals")));
}

static void
test_wish_policy_name (void)
{
  static const char * const asked[] = { "Deals", NULL };
  static const char * const same[] = { "Deals", NULL };
  const TlMailboxAround before = { .folders = asked, .policy = "Acme" };
  const TlMailboxAround again = { .folders = same, .policy = "Acme", .is_shared = TRUE };
  const TlMailboxAround after = { .folders = same, .policy = "Second" };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  g_autofree char *policy = NULL;
  guint n_changed = 0;

  g_test_summary ("The same folders asked for by another are laid out anew; by the same they stay");

  tl_mailbox_set_around (mailbox, &before);
  g_signal_connect_swapped (tl_mailbox_get_wishes (mailbox), "items-changed", G_CALLBACK (count),
                            &n_changed);
  tl_mailbox_set_around (mailbox, &again);
  g_assert_cmpuint (n_changed, ==, 0);
  tl_mailbox_set_around (mailbox, &after);
  g_assert_cmpuint (n_changed, >, 0);
  g_object_get (get_wish (mailbox, "Deals"), "from-policy", &policy, NULL);
  g_assert_cmpstr (policy, ==, "Second");
}

static void
test_wish_nonsense (void)
{
  static const char * const names[] = { "", "a//b", "INBOX", "a*", "a\nb" };
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  guint n = g_list_model_get_n_items (tl_mailbox_get_wishes (mailbox));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (tl_mailbox_wish (mailbox, names[i], &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_wishes (mailbox)), ==, n);
}

static void
test_wish_bound (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  g_autoptr(GError) error = NULL;
  gboolean is_taken = TRUE;
  guint n = 0;

  g_test_summary ("No more folders are wanted than are made at once");

  while (is_taken && n < 100)
    {
      g_autofree char *name = g_strdup_printf ("Folder %u", n);

      is_taken = tl_mailbox_wish (mailbox, name, &error);
      n += is_taken ? 1 : 0;
    }
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_cmpuint (n, ==, 16);
}

typedef struct
{
  const char *name;
  Look        look;
  const char *id;
  TlStatus    status;
  const char *value;  /* what it has in it */
} Room;

static const Room rooms[] = {
  { "fine", { .used = 1000000, .limit = 5000000 }, "quota.storage", TL_STATUS_OK, "20" },
  { "nearly", { .used = 4000000, .limit = 5000000 }, "quota.storage", TL_STATUS_WARNING, "80" },
  { "just-not", { .used = 3999999, .limit = 5000000 }, "quota.storage", TL_STATUS_OK, "79" },
  { "full", { .used = 5000000, .limit = 5000000 }, "quota.storage", TL_STATUS_ERROR, "100" },
  { "over", { .used = G_MAXUINT64, .limit = 1 }, "quota.storage", TL_STATUS_ERROR, "999" },
  { "unknown", { .is_measured = TRUE }, "quota.unknown", TL_STATUS_NOT_TESTED, NULL },
};

static void
test_room (gconstpointer data)
{
  const Room *room = data;
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  TlDetail *detail;

  look_around (mailbox, &room->look);
  detail = find_detail (tl_mailbox_get_room (mailbox), room->id);
  g_assert_nonnull (detail);
  g_assert_cmpint (tl_detail_get_status (detail), ==, room->status);
  g_assert_cmpstr (tl_detail_get_group (detail), ==, "quota");
  if (room->value != NULL)
    g_assert_nonnull (strstr (tl_detail_get_value (detail), room->value));
}

static void
test_largest (gconstpointer data)
{
  gboolean is_measured = GPOINTER_TO_INT (data);
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .is_measured = is_measured };
  TlDetail *largest;

  g_test_summary ("By bytes where they are known, else by messages; never a size of nothing");

  look_around (mailbox, &look);
  largest = find_detail (tl_mailbox_get_room (mailbox), "folder");
  g_assert_nonnull (largest);
  g_assert_cmpstr (tl_detail_get_label (largest), ==, "INBOX.Gesendet");
  g_assert_cmpint (tl_detail_get_hint (largest) != NULL, ==, is_measured);
  g_assert_nonnull (strstr (is_measured ? tl_detail_get_hint (largest)
                                        : tl_detail_get_value (largest), "90"));
}

static const struct
{
  const char *name;
  const char *rights;
  const char *id;
  TlStatus    status;
} right_cases[] = {
  { "read", "lrswipkxtecda", "read", TL_STATUS_OK },
  { "read-not", "l", "read", TL_STATUS_WARNING },
  { "flags", "lrsw", "flags", TL_STATUS_OK },
  { "flags-half", "lrs", "flags", TL_STATUS_WARNING },
  { "file", "lri", "file", TL_STATUS_OK },
  { "file-not", "lrsw", "file", TL_STATUS_WARNING },
};

static void
test_rights (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .rights = right_cases[i].rights };
  TlDetail *detail;

  look_around (mailbox, &look);
  detail = find_detail (tl_mailbox_get_rights (mailbox), right_cases[i].id);
  g_assert_nonnull (detail);
  g_assert_cmpint (tl_detail_get_status (detail), ==, right_cases[i].status);
}

static void
test_rights_unknown (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const TlMailboxAround shared = { .is_shared = TRUE };
  const Look look = { .is_measured = TRUE };
  TlDetail *detail;

  g_test_summary ("Unknown rights are worth a row in somebody else's mailbox alone");

  look_around (mailbox, &look);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_rights (mailbox)), ==, 0);
  tl_mailbox_set_around (mailbox, &shared);
  detail = find_detail (tl_mailbox_get_rights (mailbox), "unknown");
  g_assert_nonnull (detail);
  g_assert_cmpint (tl_detail_get_status (detail), ==, TL_STATUS_NOT_TESTED);
}

static void
test_tools (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const TlMailboxAround around = { .provider = tl_providers_find ("google") };
  const Look look = { .is_measured = TRUE };
  TlDetail *allowed;
  guint n_notified = 0;

  g_test_summary ("More programs than there are connections for are too many");

  tl_mailbox_set_around (mailbox, &around);
  look_around (mailbox, &look);
  allowed = find_detail (tl_mailbox_get_connections (mailbox), "allowed");
  g_assert_cmpint (tl_detail_get_status (allowed), ==, TL_STATUS_OK);
  g_assert_null (find_detail (tl_mailbox_get_connections (mailbox), "tools"));

  g_signal_connect_swapped (mailbox, "notify::n-tools", G_CALLBACK (count), &n_notified);
  g_object_set (mailbox, "n-tools", G_MAXUINT, NULL);
  g_assert_cmpuint (get_uint (mailbox, "n-tools"), ==, 100);
  g_assert_cmpuint (n_notified, ==, 1);
  allowed = find_detail (tl_mailbox_get_connections (mailbox), "allowed");
  g_assert_cmpint (tl_detail_get_status (allowed), ==, TL_STATUS_WARNING);
  g_assert_nonnull (find_detail (tl_mailbox_get_connections (mailbox), "tools"));

  tl_mailbox_start_over (mailbox);
  g_assert_cmpuint (get_uint (mailbox, "n-tools"), ==, 0);
  g_assert_cmpuint (n_notified, ==, 2);
}

static void
test_connections_unknown (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .is_measured = TRUE };
  TlDetail *allowed;

  look_around (mailbox, &look);
  allowed = find_detail (tl_mailbox_get_connections (mailbox), "allowed");
  g_assert_cmpint (tl_detail_get_status (allowed), ==, TL_STATUS_NOT_TESTED);
  g_assert_null (strchr (tl_detail_get_value (allowed), '0'));
}

static void
test_connections_software (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const TlMailboxAround around = { .software = "Dovecot" };
  const Look look = { .is_measured = TRUE };
  const TlMailboxReportParts *parts;

  g_test_summary ("Where the provider says nothing, a server's own default counts");

  look_around (mailbox, &look);
  parts = tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox));
  g_assert_cmpuint (parts->max_connections, ==, 0);
  tl_mailbox_set_around (mailbox, &around);
  parts = tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox));
  g_assert_cmpuint (parts->max_connections, ==, 10);
}

static void
test_filing (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const TlMailboxAround filed = { .filing = TL_LOOP_FILING_FILED };
  const Look look = { .is_measured = TRUE };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_notified = 0;

  look_around (mailbox, &look);
  g_object_get (mailbox, "filing-text", &before, NULL);
  g_signal_connect_swapped (mailbox, "notify::filing-text", G_CALLBACK (count), &n_notified);
  tl_mailbox_set_around (mailbox, &filed);
  tl_mailbox_set_around (mailbox, &filed);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (mailbox, "filing-text", &after, NULL);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpint (tl_mailbox_report_get_parts (tl_mailbox_get_report (mailbox))->filing, ==,
                   TL_LOOP_FILING_FILED);
}

static void
test_forgets (void)
{
  g_autoptr(TlMailbox) mailbox = tl_mailbox_new ();
  const Look look = { .rights = "lrswipkxtecda", .used = 9, .limit = 10 };
  gboolean can_create = FALSE;
  guint n_report = 0;

  look_around (mailbox, &look);
  g_object_get (mailbox, "can-create", &can_create, NULL);
  g_assert_true (can_create);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_findings (mailbox)), >, 0);
  g_signal_connect_swapped (mailbox, "notify::report", G_CALLBACK (count), &n_report);
  tl_mailbox_set_facts (mailbox, NULL);
  g_assert_cmpuint (n_report, ==, 1);
  g_assert_null (tl_mailbox_get_report (mailbox));
  g_assert_null (tl_role_row_get_folder (get_row (mailbox, "inbox")));
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_room (mailbox)), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (tl_mailbox_get_findings (mailbox)), ==, 0);
  g_object_get (mailbox, "can-create", &can_create, NULL);
  g_assert_false (can_create);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mailbox/unknown", test_unknown);
  g_test_add_func ("/mailbox/roles", test_roles);
  g_test_add_func ("/mailbox/provider-word", test_provider_word);
  g_test_add_func ("/mailbox/choose", test_choose);
  g_test_add_func ("/mailbox/choose-nonsense", test_choose_nonsense);
  g_test_add_func ("/mailbox/wishes", test_wishes);
  g_test_add_func ("/mailbox/wish-policy-changes", test_wish_policy_changes);
  g_test_add_func ("/mailbox/wish-policy-name", test_wish_policy_name);
  g_test_add_func ("/mailbox/wish-nonsense", test_wish_nonsense);
  g_test_add_func ("/mailbox/wish-bound", test_wish_bound);
  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox/room/", rooms[i].name, NULL);

      g_test_add_data_func (path, &rooms[i], test_room);
    }
  g_test_add_data_func ("/mailbox/largest/bytes", GINT_TO_POINTER (TRUE), test_largest);
  g_test_add_data_func ("/mailbox/largest/messages", GINT_TO_POINTER (FALSE), test_largest);
  for (guint i = 0; i < G_N_ELEMENTS (right_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/mailbox/rights/", right_cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_rights);
    }
  g_test_add_func ("/mailbox/rights-unknown", test_rights_unknown);
  g_test_add_func ("/mailbox/tools", test_tools);
  g_test_add_func ("/mailbox/connections-unknown", test_connections_unknown);
  g_test_add_func ("/mailbox/connections-software", test_connections_software);
  g_test_add_func ("/mailbox/filing", test_filing);
  g_test_add_func ("/mailbox/forgets", test_forgets);

  return g_test_run ();
}
