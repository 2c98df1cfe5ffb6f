/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-survey.h"

#include "tl-imap-counts.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-quota.h"
#include "tl-survey-creation.h"

/* On how many folders we ask for our rights: those with a role first. */
#define MAX_RIGHTS 100

/* One look under way. */
typedef struct
{
  const TlSurvey   *self;         /* borrowed */
  TlImapSession    *session;      /* borrowed */
  TlSurveyCreation *creation;     /* borrowed */
  TlImapAround     *around;       /* borrowed */
  GHashTable       *counts;       /* of TlImapCounts by name on the wire, all borrowed */
} Look;

static char *
keep (const Look *look,
      const char *text)
{
  /* In this order: what is cut off must not hide the end of a password. */
  g_autofree char *redacted = look->self->redact (text, look->self->redact_data);

  return redacted == NULL ? NULL : tl_text_clean (redacted, -1);
}

/* Words out of a set of the protocol's own: one that had to be changed is none. */
static char **
keep_words (const Look         *look,
            const char * const *words,
            gboolean            is_lower)
{
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new ();

  for (gsize i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *clean = keep (look, words[i]);
      g_autofree char *lower = is_lower ? g_ascii_strdown (clean, -1) : NULL;

      if (g_str_equal (clean, words[i]))
        g_strv_builder_add (kept, is_lower ? lower : clean);
    }

  return g_strv_builder_end (kept);
}

/* INBOX is one folder in any case (RFC 9051 §5.1). */
static const char *
get_key (const char *wire)
{
  return g_ascii_strcasecmp (wire, "INBOX") == 0 ? "INBOX" : wire;
}

static gboolean
has_attribute (const TlImapMailbox *mailbox,
               const char          *attribute)
{
  for (gsize i = 0; mailbox->attributes[i] != NULL; i++)
    if (g_ascii_strcasecmp (mailbox->attributes[i], attribute) == 0)
      return TRUE;

  return FALSE;
}

static void
add_rights (TlImapAround *around,
            GPtrArray    *mailboxes,
            gboolean      with_role)
{
  for (guint i = 0; i < mailboxes->len && around->rights->len < MAX_RIGHTS; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];

      if (mailbox->selectable && (mailbox->role != NULL) == with_role)
        g_ptr_array_add (around->rights, g_strdup (mailbox->wire));
    }
}

/* What is asked of the folders that are known, and of those that were just made. */
static void
fill (Look *look)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (look->session);
  GPtrArray *made = tl_survey_creation_get_made (look->creation);

  for (guint i = 0; i < made->len; i++)
    {
      char *wire = tl_imap_session_encode_name (look->session, made->pdata[i]);

      g_ptr_array_add (look->around->subscribe, wire);
      g_ptr_array_add (look->around->rights, g_strdup (wire));
      g_ptr_array_add (look->around->count, g_strdup (wire));
    }
  add_rights (look->around, mailboxes, TRUE);
  add_rights (look->around, mailboxes, FALSE);
  for (guint i = 0; i < mailboxes->len &&
                    look->around->count->len < TL_MAILBOX_REPORT_MAX_FOLDERS; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];

      if (mailbox->selectable)
        g_ptr_array_add (look->around->count, g_strdup (mailbox->wire));
    }
  look->around->lists = made->len > 0;
  look->around->counts_listed = TRUE;
}

/* XLIST gives the inbox the name that people see (Gmail), and says that it is one. */
static char **
find_xlist (const Look          *look,
            const TlImapMailbox *mailbox)
{
  GPtrArray *xlisted = look->around->xlisted;

  for (guint i = 0; i < xlisted->len; i++)
    {
      const TlImapMailbox *other = xlisted->pdata[i];

      if (g_str_equal (get_key (other->wire), get_key (mailbox->wire)) ||
          (has_attribute (other, "Inbox") && g_str_equal (get_key (mailbox->wire), "INBOX")))
        return keep_words (look, (const char * const *) other->attributes, TRUE);
    }

  return xlisted->len == 0 ? NULL : g_new0 (char *, 1);
}

static TlMailboxEntry *
make_entry (const Look          *look,
            const TlImapMailbox *mailbox)
{
  TlMailboxEntry *entry = g_new0 (TlMailboxEntry, 1);
  const TlImapCounts *counts = g_hash_table_lookup (look->counts, get_key (mailbox->wire));
  const char *rights = g_hash_table_lookup (look->around->rights_by_wire, mailbox->wire);
  g_autofree char *clean_rights = keep (look, rights);

  entry->name = keep (look, mailbox->name);
  entry->is_changed = !g_str_equal (entry->name, mailbox->name);
  entry->attributes = keep_words (look, (const char * const *) mailbox->attributes, TRUE);
  entry->xlist = find_xlist (look, mailbox);
  entry->delimiter = mailbox->delimiter;
  entry->n_messages = counts == NULL ? -1 : counts->n_messages;
  entry->n_unseen = counts == NULL ? -1 : counts->n_unseen;
  entry->n_bytes = counts == NULL ? -1 : counts->n_bytes;
  if (g_strcmp0 (clean_rights, rights) == 0)
    entry->rights = g_steal_pointer (&clean_rights);
  entry->is_new = tl_survey_creation_has_made (look->creation, mailbox->name);

  return entry;
}

/* What was made is there, also where the list that would show it did not come. */
static void
add_made (const Look *look,
          GPtrArray  *entries,
          char        delimiter)
{
  GPtrArray *made = tl_survey_creation_get_made (look->creation);

  for (guint i = 0; i < made->len; i++)
    {
      TlMailboxEntry *entry = g_new0 (TlMailboxEntry, 1);

      entry->name = keep (look, made->pdata[i]);
      entry->attributes = g_new0 (char *, 1);
      entry->delimiter = delimiter;
      entry->n_messages = entry->n_unseen = entry->n_bytes = -1;
      entry->is_new = TRUE;
      g_ptr_array_add (entries, entry);
    }
}

static GPtrArray *
make_quotas (const Look *look)
{
  GPtrArray *quotas = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_quota_free);

  for (guint i = 0; i < look->around->quotas->len &&
                    quotas->len < TL_MAILBOX_REPORT_MAX_QUOTAS; i++)
    {
      const TlImapQuota *quota = look->around->quotas->pdata[i];
      g_autofree char *root = keep (look, quota->root);
      g_autofree char *resource = g_ascii_strdown (quota->resource, -1);

      g_ptr_array_add (quotas, tl_mailbox_quota_new (root, resource, quota->used, quota->limit));
    }

  return quotas;
}

static void
index_counts (Look *look)
{
  for (guint i = 0; i < look->around->counts->len; i++)
    {
      TlImapCounts *counts = look->around->counts->pdata[i];

      g_hash_table_replace (look->counts, (gpointer) get_key (counts->wire), counts);
    }
}

static TlMailboxFacts *
make_facts (Look     *look,
            gboolean  is_cut)
{
  const TlSurveyPlace *place = tl_survey_creation_get_place (look->creation);
  GPtrArray *mailboxes = look->around->is_listed ? look->around->listed
                                                 : tl_imap_session_get_mailboxes (look->session);
  TlCapabilities *capabilities = tl_imap_session_get_capabilities (look->session);
  g_auto(GStrv) names = capabilities == NULL ? NULL : tl_capabilities_dup_names (capabilities);
  g_auto(GStrv) clean_names = keep_words (look, (const char * const *) names, FALSE);
  g_autofree char *prefix = keep (look, place->prefix);
  g_autoptr(GPtrArray) entries = NULL;
  g_autoptr(GPtrArray) quotas = make_quotas (look);
  TlMailboxFactsParts parts = { 0 };

  index_counts (look);
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_mailbox_entry_free);
  for (guint i = 0; i < mailboxes->len && i < TL_MAILBOX_REPORT_MAX_FOLDERS; i++)
    {
      g_autoptr(TlMailboxEntry) entry = make_entry (look, mailboxes->pdata[i]);

      /* A server's list may have the empty name; nobody can open that. */
      if (*entry->name != '\0')
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  if (!look->around->is_listed)
    add_made (look, entries, place->delimiter);

  parts.surveyed_at_s = g_get_real_time () / G_USEC_PER_SEC;
  parts.host = tl_imap_session_get_host (look->session);
  parts.capabilities = (const char * const *) clean_names;
  parts.prefix = prefix;
  parts.delimiter = place->delimiter;
  parts.entries = entries;
  parts.quotas = quotas;
  parts.failures = tl_survey_creation_get_failures (look->creation);
  parts.is_cut = is_cut || mailboxes->len > TL_MAILBOX_REPORT_MAX_FOLDERS;

  return tl_mailbox_facts_new (&parts);
}

/**
 * tl_survey_run_sync:
 * @self: what is wanted
 * @session: a session that is signed in and has listed its folders
 * @cancellable: (nullable): cancels the wait
 * @error: return location for a #GError
 *
 * Where nothing is made it is one round trip, and one more for each 256 questions where the server
 * cannot count all folders at once; making folders takes one more for each level of them. A
 * connection that is lost on the way leaves what was learnt by then.
 *
 * Returns: (transfer full): the facts, or %NULL with %G_IO_ERROR_CANCELLED
 */
TlMailboxFacts *
tl_survey_run_sync (const TlSurvey        *self,
                    struct _TlImapSession *session,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr(TlSurveyCreation) creation = tl_survey_creation_new (self, session);
  g_autoptr(TlImapAround) around = tl_imap_around_new ();
  g_autoptr(GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(TlFault) fault = NULL;
  Look look = { self, session, creation, around, counts };
  gboolean is_whole = tl_survey_creation_run_sync (creation, cancellable);

  if (is_whole)
    {
      fill (&look);
      is_whole = tl_imap_session_look_around_sync (session, around, self->deadline, cancellable,
                                                   &fault, NULL);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return make_facts (&look, !is_whole);
}
