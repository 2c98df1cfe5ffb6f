/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-mailbox-findings.h"

#include <string.h>

#include "tl-evidence.h"

/* GPtrArray of pointers; what is not known comes last. */
static gint
compare_bytes (gconstpointer a,
               gconstpointer b)
{
  const TlMailboxFolder *one = *(const TlMailboxFolder * const *) a;
  const TlMailboxFolder *two = *(const TlMailboxFolder * const *) b;

  return one->n_bytes > two->n_bytes ? -1 : one->n_bytes < two->n_bytes;
}

static gint
compare_messages (gconstpointer a,
                  gconstpointer b)
{
  const TlMailboxFolder *one = *(const TlMailboxFolder * const *) a;
  const TlMailboxFolder *two = *(const TlMailboxFolder * const *) b;

  return one->n_messages > two->n_messages ? -1 : one->n_messages < two->n_messages;
}

/* Those that only show what lies elsewhere fill nothing. */
static gboolean
is_view (const TlMailboxFolder *folder)
{
  return g_strcmp0 (folder->role, "all") == 0 || g_strcmp0 (folder->role, "flagged") == 0;
}

static void
add (GPtrArray    *findings,
     const char   *id,
     GVariantDict *evidence)
{
  g_ptr_array_add (findings, tl_finding_new (id, TL_LANE_INCOMING,
                                             g_variant_dict_end (evidence)));
}

static const TlMailboxFolder *
find_role (GPtrArray  *folders,
           const char *role)
{
  for (guint i = 0; i < folders->len; i++)
    {
      const TlMailboxFolder *folder = folders->pdata[i];

      if (g_strcmp0 (folder->role, role) == 0)
        return folder;
    }

  return NULL;
}

static void
insert_string (GVariantDict *evidence,
               const char   *key,
               const char   *value)
{
  if (value != NULL)
    g_variant_dict_insert (evidence, key, "s", value);
}

/* One for all of them: the table of roles tells of each on whose word it is. */
static void
find_names (const TlMailboxCase *self,
            GPtrArray           *findings)
{
  static const char * const order[] = { "sent", "junk", "trash", "drafts", "archive", "all",
                                        "flagged" };

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      const TlMailboxFolder *folder = find_role (self->folders, order[i]);
      GVariantDict evidence;

      if (folder == NULL || folder->by != TL_ROLE_BY_NAME)
        continue;

      g_variant_dict_init (&evidence, NULL);
      insert_string (&evidence, TL_EVIDENCE_FOLDER, folder->name);
      insert_string (&evidence, TL_EVIDENCE_ROLE, order[i]);
      add (findings, "use.role-by-name", &evidence);
      return;
    }
}

static void
find_guesses (const TlMailboxCase *self,
              GPtrArray           *findings)
{
  for (guint i = 0; i < self->roles->guesses->len; i++)
    {
      const TlRoleGuess *guess = &g_array_index (self->roles->guesses, TlRoleGuess, i);
      const TlMailboxEntry *taken = self->facts->entries->pdata[guess->taken];
      const TlMailboxEntry *other = self->facts->entries->pdata[guess->other];
      GVariantDict evidence;

      g_variant_dict_init (&evidence, NULL);
      insert_string (&evidence, TL_EVIDENCE_FOLDER, taken->name);
      insert_string (&evidence, TL_EVIDENCE_SUGGESTION, other->name);
      insert_string (&evidence, TL_EVIDENCE_ROLE, guess->role);
      add (findings, "use.role-ambiguous", &evidence);
    }
}

static void
find_missing (const TlMailboxCase *self,
              GPtrArray           *findings)
{
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  const char * const *wanted = self->subject->wanted_roles;
  GVariantDict evidence;

  for (gsize i = 0; wanted != NULL && wanted[i] != NULL; i++)
    {
      if (find_role (self->folders, wanted[i]) == NULL)
        g_ptr_array_add (missing, (gpointer) wanted[i]);
    }
  if (missing->len == 0)
    return;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_WANTED,
                               g_variant_new_strv ((const char * const *) missing->pdata,
                                                   (gssize) missing->len));
  insert_string (&evidence, TL_EVIDENCE_HOST, self->facts->host);
  add (findings, "use.role-missing", &evidence);
}

/* The fullest of all roots; each may stop the mailbox. */
static void
find_room (const TlMailboxCase *self,
           GPtrArray           *findings)
{
  const TlMailboxQuota *fullest = tl_mailbox_quotas_find_fullest (self->facts->quotas);
  g_autoptr(GPtrArray) largest = NULL;
  GVariantDict evidence;

  if (fullest == NULL || tl_mailbox_quota_get_percent (fullest) < TL_MAILBOX_FULL_PERCENT)
    return;

  largest = tl_mailbox_findings_list_largest (self->folders, 1);
  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_PERCENT, "u",
                         tl_mailbox_quota_get_percent (fullest));
  g_variant_dict_insert (&evidence, TL_EVIDENCE_LIMIT, "u",
                         (guint32) MIN (fullest->limit, G_MAXUINT32));
  insert_string (&evidence, TL_EVIDENCE_DETAIL,
                 g_strcmp0 (fullest->resource, "message") == 0
                 ? "the limit is a number of messages" : "the limit is in KiB");
  if (largest->len > 0)
    insert_string (&evidence, TL_EVIDENCE_FOLDER,
                   ((const TlMailboxFolder *) largest->pdata[0])->name);
  add (findings, fullest->used >= fullest->limit ? "use.over-quota" : "use.nearly-full",
       &evidence);
}

static void
find_connections (const TlMailboxCase *self,
                  GPtrArray           *findings)
{
  guint64 needed = (guint64) self->subject->n_tools * TL_MAILBOX_CONNECTIONS_PER_TOOL;
  g_autofree char *detail = NULL;
  GVariantDict evidence;

  if (self->max_connections == 0 || needed <= self->max_connections)
    return;

  detail = g_strdup_printf ("%u tools with up to %u connections each; %s",
                            self->subject->n_tools, TL_MAILBOX_CONNECTIONS_PER_TOOL,
                            self->is_default ? "the limit is the default of the server’s software"
                                             : "the limit is the provider’s");
  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_LIMIT, "u", self->max_connections);
  insert_string (&evidence, TL_EVIDENCE_HOST, self->facts->host);
  insert_string (&evidence, TL_EVIDENCE_DETAIL, detail);
  add (findings, "use.connections-tight", &evidence);
}

/* What one has to be allowed to do in a folder (RFC 4314 §2.1), and the older letters that some
 * servers still have for it (§2.1.1). */
typedef struct
{
  const char *letters;
  const char *wanted;
} Right;

static const Right flag_rights[] = {
  { "s",  "right-seen" },
  { "w",  "right-flags" },
  { "td", "right-delete" },
  { "ed", "right-expunge" },
};

/* Roles whose folder is of use only when it can be read. */
static const char * const read_roles[] = { "inbox", "sent", "drafts", "junk", "trash", "archive" };

static void
find_flags (const TlMailboxCase *self,
            GPtrArray           *findings)
{
  const TlMailboxFolder *inbox = find_role (self->folders, "inbox");
  const char *missing[G_N_ELEMENTS (flag_rights)];
  gsize n = 0;
  GVariantDict evidence;

  if (inbox == NULL || inbox->rights == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (flag_rights); i++)
    {
      if (strpbrk (inbox->rights, flag_rights[i].letters) == NULL)
        missing[n++] = flag_rights[i].wanted;
    }
  if (n == 0)
    return;

  g_variant_dict_init (&evidence, NULL);
  insert_string (&evidence, TL_EVIDENCE_FOLDER, inbox->name);
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_WANTED,
                               g_variant_new_strv (missing, (gssize) n));
  add (findings, "use.cannot-keep-flags", &evidence);
}

/* Where the provider files what is sent by itself, nobody has to put anything there. */
static void
find_filing (const TlMailboxCase *self,
             GPtrArray           *findings)
{
  const TlMailboxFolder *sent = find_role (self->folders, "sent");
  const char *missing = "right-insert";
  GVariantDict evidence;

  if (self->subject->filing == TL_LOOP_FILING_FILED || sent == NULL || sent->rights == NULL ||
      strchr (sent->rights, 'i') != NULL)
    return;

  g_variant_dict_init (&evidence, NULL);
  insert_string (&evidence, TL_EVIDENCE_FOLDER, sent->name);
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_WANTED, g_variant_new_strv (&missing, 1));
  add (findings, "use.cannot-file-sent", &evidence);
}

/* What is missing of looking around (`l` and `r`), and of making folders: in one's own mailbox as
 * in a shared one, where it is the usual thing. */
static void
find_rights (const TlMailboxCase *self,
             GPtrArray           *findings)
{
  const TlMailboxFolder *closed = NULL;
  const char *missing[2];
  gsize n = 0;
  GVariantDict evidence;

  for (gsize i = 0; closed == NULL && i < G_N_ELEMENTS (read_roles); i++)
    {
      const TlMailboxFolder *folder = find_role (self->folders, read_roles[i]);

      if (folder != NULL && folder->rights != NULL &&
          (strchr (folder->rights, 'r') == NULL || strchr (folder->rights, 'l') == NULL))
        closed = folder;
    }

  if (closed != NULL)
    missing[n++] = "right-read";
  if (!self->can_create)
    missing[n++] = "right-create";
  if (n == 0)
    return;

  g_variant_dict_init (&evidence, NULL);
  if (closed != NULL)
    insert_string (&evidence, TL_EVIDENCE_FOLDER, closed->name);
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_WANTED,
                               g_variant_new_strv (missing, (gssize) n));
  if (self->subject->is_shared)
    insert_string (&evidence, TL_EVIDENCE_DETAIL, "the mailbox is a shared one");
  add (findings, "use.rights-limited", &evidence);
}

static void
find_failures (const TlMailboxCase *self,
               GPtrArray           *findings)
{
  GPtrArray *failures = self->facts->failures;

  for (guint i = 0; failures != NULL && i < failures->len; i++)
    {
      const TlMailboxFailure *failure = failures->pdata[i];
      GVariantDict evidence;

      g_variant_dict_init (&evidence, NULL);
      insert_string (&evidence, TL_EVIDENCE_FOLDER, failure->name);
      insert_string (&evidence, TL_EVIDENCE_SERVER_TEXT, failure->server_text);
      insert_string (&evidence, TL_EVIDENCE_IMAP_CODE, failure->imap_code);
      add (findings, "use.cannot-create", &evidence);
    }
}

/* In this order among those that are as bad. */
static void (* const finders[]) (const TlMailboxCase *self,
                                 GPtrArray           *findings) = {
  find_room,
  find_failures,
  find_flags,
  find_filing,
  find_rights,
  find_guesses,
  find_connections,
  find_missing,
  find_names,
};

/**
 * tl_mailbox_findings_list:
 * @self: what to look for findings in
 *
 * Pure. Any thread.
 *
 * Returns: (transfer full) (element-type TlFinding): what was found, the worst first, at most
 *   `TL_MAILBOX_REPORT_MAX_FINDINGS`
 */
GPtrArray *
tl_mailbox_findings_list (const TlMailboxCase *self)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (finders); i++)
    finders[i] (self, found);

  for (int severity = TL_SEVERITY_ERROR; severity >= TL_SEVERITY_NOTE; severity--)
    {
      for (guint i = 0; i < found->len && sorted->len < TL_MAILBOX_REPORT_MAX_FINDINGS; i++)
        {
          if ((int) tl_finding_get_severity (found->pdata[i]) == severity)
            g_ptr_array_add (sorted, g_object_ref (found->pdata[i]));
        }
    }

  return g_steal_pointer (&sorted);
}

/**
 * tl_mailbox_findings_list_largest:
 * @folders: (element-type TlMailboxFolder): folders
 * @max_n: the most to list
 *
 * Returns: (transfer container) (element-type TlMailboxFolder): the biggest ones that hold
 *   anything, borrowed from @folders
 */
GPtrArray *
tl_mailbox_findings_list_largest (GPtrArray *folders,
                                  guint      max_n)
{
  g_autoptr(GPtrArray) largest = g_ptr_array_new ();
  gboolean by_bytes = FALSE;

  for (guint i = 0; i < folders->len; i++)
    by_bytes |= ((const TlMailboxFolder *) folders->pdata[i])->n_bytes >= 0;

  for (guint i = 0; i < folders->len; i++)
    {
      TlMailboxFolder *folder = folders->pdata[i];

      if (folder->is_selectable && !is_view (folder) &&
          (by_bytes ? folder->n_bytes : folder->n_messages) > 0)
        g_ptr_array_add (largest, folder);
    }

  g_ptr_array_sort (largest, by_bytes ? compare_bytes : compare_messages);
  if (largest->len > max_n)
    g_ptr_array_set_size (largest, (gint) max_n);

  return g_steal_pointer (&largest);
}
