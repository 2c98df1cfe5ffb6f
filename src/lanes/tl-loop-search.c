/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-search.h"

#include "tl-imap-mailbox.h"

/* Of what a server says it found in one folder: how many are looked at in one
 * look, the newest first. */
#define MAX_LOOKED_AT 10

/* The end of a phase belongs to the command that is under way. */
#define TAIL_MS 3000

/**
 * tl_loop_search_init:
 * @self: a search
 * @lane: the incoming lane; outlives the search
 * @message: what is looked for; likewise
 */
void
tl_loop_search_init (TlLoopSearch        *self,
                     TlLaneWork          *lane,
                     const TlLoopMessage *message)
{
  *self = (TlLoopSearch) {
    .lane = lane,
    .message = message,
    .strangers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
}

void
tl_loop_search_clear (TlLoopSearch *self)
{
  g_clear_pointer (&self->strangers, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
}

/**
 * tl_loop_search_begin:
 * @self: a search
 * @ms: how long what comes next may take, all of it
 *
 * Begins a phase, which ends by then however many commands it takes and however
 * late each is answered.
 */
void
tl_loop_search_begin (TlLoopSearch *self,
                      guint         ms)
{
  self->deadline = tl_deadline_in_ms (ms);
  self->until = tl_deadline_in_ms (ms - MIN (ms / 2, TAIL_MS));
}

/**
 * tl_loop_search_is_over:
 * @self: a search
 *
 * Returns: whether it is too late in this phase to ask for anything more
 */
gboolean
tl_loop_search_is_over (const TlLoopSearch *self)
{
  return tl_deadline_is_past (self->until);
}

/**
 * tl_loop_search_get_deadline:
 * @self: a search
 * @patience_ms: how long the server is not expected to answer, 0 for most commands
 *
 * Returns: the moment by which a command that begins now has its answer
 */
TlDeadline
tl_loop_search_get_deadline (const TlLoopSearch *self,
                             guint               patience_ms)
{
  return tl_deadline_earlier (self->deadline,
                              tl_deadline_in_ms (patience_ms + self->lane->budget.use_ms));
}

/**
 * tl_loop_search_get_inbox:
 * @self: a search
 *
 * Returns: (transfer none): where the message has to come to: INBOX, or the folder that a shared
 *   mailbox is
 */
const char *
tl_loop_search_get_inbox (const TlLoopSearch *self)
{
  const char *folder = tl_lane_settings_get_folder (self->lane->settings);

  return folder != NULL ? folder : "INBOX";
}

/**
 * tl_loop_search_find_role:
 * @self: a search
 * @role: a role, `junk`
 *
 * Returns: (transfer none) (nullable): the folder that has it and can be opened
 */
const char *
tl_loop_search_find_role (const TlLoopSearch *self,
                          const char         *role)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (self->lane->imap);

  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];

      if (mailbox->selectable && g_strcmp0 (mailbox->role, role) == 0)
        return mailbox->name;
    }

  return NULL;
}

/**
 * tl_loop_search_is_no:
 * @fault: why a command failed
 *
 * Returns: whether the server merely said no, and the session is as good as before
 */
gboolean
tl_loop_search_is_no (const TlFault *fault)
{
  TlCause cause = tl_fault_get_cause (fault);

  return cause == TL_CAUSE_REFUSED || cause == TL_CAUSE_INBOX_MISSING;
}

/**
 * tl_loop_search_open_sync:
 * @self: a search
 * @folder: a folder of the mailbox
 * @for_changes: whether messages in it may have to be removed
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not open
 * @error: return location for a #GError
 *
 * Returns: whether it is open
 */
gboolean
tl_loop_search_open_sync (TlLoopSearch  *self,
                          const char    *folder,
                          gboolean       for_changes,
                          GCancellable  *cancellable,
                          TlFault      **out_fault,
                          GError       **error)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);

  return tl_imap_session_open_sync (self->lane->imap, folder, for_changes,
                                    tl_loop_search_get_deadline (self, 0), cancellable, out_fault,
                                    error);
}

static GArray *
find_sync (TlLoopSearch  *self,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  return tl_imap_session_find_sync (self->lane->imap, self->message->message_id,
                                    TL_LOOP_MESSAGE_FIELD, self->message->token,
                                    tl_loop_search_get_deadline (self, 0), cancellable, out_fault,
                                    error);
}

/**
 * tl_loop_search_look_sync:
 * @self: a search in an open folder
 * @out_uids: (out) (transfer full) (element-type guint32): the copies that are there
 * @out_header: (out) (nullable) (optional) (transfer full): the header of the newest of them
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why nobody knows
 * @error: return location for a #GError
 *
 * Asks by Message-ID and by token, then looks at each: what the server found
 * counts only when the token is in it. What is not ours is looked at once.
 *
 * Returns: whether it is known what is there; not all of it when @is_cut is set
 */
gboolean
tl_loop_search_look_sync (TlLoopSearch  *self,
                          GArray       **out_uids,
                          GBytes       **out_header,
                          GCancellable  *cancellable,
                          TlFault      **out_fault,
                          GError       **error)
{
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GBytes) newest = NULL;
  g_autoptr(GArray) found = find_sync (self, cancellable, out_fault, error);
  guint n_looked_at = 0;

  if (found == NULL)
    return FALSE;

  self->is_cut = FALSE;
  for (guint i = found->len; i > 0 && n_looked_at < MAX_LOOKED_AT; i--)
    {
      guint32 uid = g_array_index (found, guint32, i - 1);
      g_autofree char *name = g_strdup_printf ("%" G_GUINT32_FORMAT " %s", uid, self->folder);
      g_autoptr(GBytes) header = NULL;

      if (g_hash_table_contains (self->strangers, name))
        continue;
      self->is_cut = tl_loop_search_is_over (self);
      if (self->is_cut)
        break;

      n_looked_at++;
      header = tl_imap_session_fetch_header_sync (self->lane->imap, uid,
                                                  tl_loop_search_get_deadline (self, 0),
                                                  cancellable, out_fault, error);
      if (header == NULL)
        return FALSE;
      if (!tl_loop_message_owns (self->message, header))
        {
          g_hash_table_add (self->strangers, g_steal_pointer (&name));
          continue;
        }

      g_array_append_val (ours, uid);
      if (newest == NULL)
        newest = g_steal_pointer (&header);
    }

  *out_uids = g_steal_pointer (&ours);
  if (out_header != NULL)
    *out_header = g_steal_pointer (&newest);

  return TRUE;
}

static gboolean
has_uid (GArray  *uids,
         guint32  uid)
{
  for (guint i = 0; i < uids->len; i++)
    if (g_array_index (uids, guint32, i) == uid)
      return TRUE;

  return FALSE;
}

/**
 * tl_loop_search_remove_sync:
 * @self: a search
 * @folder: a folder of the mailbox
 * @out_n_seen: (out): how many copies were there
 * @out_n_gone: (out): how many of them are gone now
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why nobody knows
 * @error: return location for a #GError
 *
 * Removes the test message from one folder, and nothing else: each copy is
 * looked at again just before. Gone is what the server says it removed and no
 * longer finds: that some message went at the same time proves nothing. Both
 * numbers are set when it fails, too; what the phase has no time for stays.
 *
 * Returns: whether all was answered
 */
gboolean
tl_loop_search_remove_sync (TlLoopSearch  *self,
                            const char    *folder,
                            guint         *out_n_seen,
                            guint         *out_n_gone,
                            GCancellable  *cancellable,
                            TlFault      **out_fault,
                            GError       **error)
{
  g_autoptr(GArray) uids = NULL;
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GArray) left = NULL;

  *out_n_seen = 0;
  *out_n_gone = 0;
  if (!tl_loop_search_open_sync (self, folder, TRUE, cancellable, out_fault, error) ||
      !tl_loop_search_look_sync (self, &uids, NULL, cancellable, out_fault, error))
    return FALSE;

  *out_n_seen = uids->len;
  for (guint i = 0; i < uids->len && !tl_loop_search_is_over (self); i++)
    {
      guint32 uid = g_array_index (uids, guint32, i);
      gboolean is_gone = FALSE;

      if (!tl_imap_session_remove_sync (self->lane->imap, uid, &is_gone,
                                        tl_loop_search_get_deadline (self, 0), cancellable,
                                        out_fault, error))
        return FALSE;
      if (is_gone)
        g_array_append_val (told, uid);
    }
  if (told->len == 0 || tl_loop_search_is_over (self))
    return TRUE;

  left = find_sync (self, cancellable, out_fault, error);
  if (left == NULL)
    return FALSE;
  for (guint i = 0; i < told->len; i++)
    *out_n_gone += !has_uid (left, g_array_index (told, guint32, i));

  return TRUE;
}
