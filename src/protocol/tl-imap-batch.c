/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-batch.h"

#include <string.h>

#include "tl-imap-talk.h"

/* The longest name that is asked about; what is longer would be a literal. */
#define MAX_NAME_LEN 1000

/* Whether a name goes into one line: a literal may have to be waited for, in the midst of a flight.
 * Bytes above ASCII, which some servers send unasked, need one unless UTF-8 was agreed to. */
static gboolean
fits_line (TlImapSession *session,
           const char    *name)
{
  gsize len = strlen (name);

  if (len > MAX_NAME_LEN || (session->is_utf8 && !g_utf8_validate (name, -1, NULL)))
    return FALSE;

  for (gsize i = 0; i < len; i++)
    if ((guchar) name[i] < ' ' || name[i] == 0x7f ||
        ((guchar) name[i] >= 0x80 && !session->is_utf8))
      return FALSE;

  return TRUE;
}

static TlImapCommand *
make_command (TlImapSession             *session,
              const TlImapBatchCommand  *what,
              guint                      index)
{
  TlImapCommand *command = tl_imap_talk_make (session, TL_IMAP_TALK_BATCH + (int) index, what->name,
                                              what->data, TL_IMAP_FLIGHT_PLAIN);

  if (what->before != NULL)
    tl_imap_command_add_words (command, what->before);
  /* It fits: nothing in it is refused. */
  if (what->mailbox != NULL)
    (void) tl_imap_command_add_string (command, what->mailbox, NULL);
  if (what->after != NULL)
    tl_imap_command_add_words (command, what->after);

  return command;
}

/* Sends as many as one flight holds, from *inout_next on. */
static gboolean
send_sync (TlImapSession             *session,
           const TlImapBatchCommand  *commands,
           guint                      n_commands,
           guint                     *inout_next,
           TlDeadline                 deadline,
           GCancellable              *cancellable,
           TlFault                  **out_fault,
           GError                   **error)
{
  g_autoptr(GPtrArray) sent = NULL;
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();
  gsize n_bytes = 0;

  sent = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_command_free);
  tl_imap_talk_reset_bounds (session, TL_IMAP_BATCH_MAX_RESPONSES,
                             TL_IMAP_BATCH_MAX_RESPONSE_BYTES);
  if (!tl_imap_talk_hush_sync (session, deadline, cancellable, out_fault, error))
    return FALSE;

  for (; *inout_next < n_commands && sent->len < TL_IMAP_BATCH_MAX_COMMANDS &&
         n_bytes < TL_IMAP_BATCH_MAX_BYTES; (*inout_next)++)
    {
      const TlImapBatchCommand *what = &commands[*inout_next];
      TlImapCommand *command;
      const char *line;

      if (what->mailbox != NULL && !fits_line (session, what->mailbox))
        continue;

      command = make_command (session, what, *inout_next);
      g_ptr_array_add (sent, command);
      line = tl_secret_peek (tl_imap_command_get_line (command, 0), NULL);
      g_ptr_array_add (lines, (gpointer) line);
      n_bytes += strlen (line);
    }
  g_ptr_array_add (lines, NULL);

  return sent->len == 0 ||
         tl_line_stream_write_lines_sync (tl_conversation_get_stream (session->conversation),
                                          (const char * const *) lines->pdata, deadline,
                                          cancellable, out_fault, error);
}

/**
 * tl_imap_batch_run_sync:
 * @session: a session that is signed in
 * @commands: (array length=n_commands): commands of which none depends on another
 * @n_commands: how many
 * @take: told of every completion, and of all data that was asked for, as they come
 * @user_data: passed to @take
 * @deadline: the moment by which all are completed
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why they are not
 * @error: return location for a #GError
 *
 * Sends as many commands at once as one flight holds (RFC 9051 §5.5) and reads their answers; then
 * the next. A NO or a BAD is an answer like any other. One about a folder whose name does not fit
 * into a line is left out, and never completed.
 *
 * Fails with what a line stream fails with; what was taken by then stays.
 *
 * Returns: whether all that were sent were completed
 */
gboolean
tl_imap_batch_run_sync (TlImapSession             *session,
                        const TlImapBatchCommand  *commands,
                        guint                      n_commands,
                        TlImapBatchTake            take,
                        gpointer                   user_data,
                        TlDeadline                 deadline,
                        GCancellable              *cancellable,
                        TlFault                  **out_fault,
                        GError                   **error)
{
  guint next = 0;

  while (next < n_commands)
    {
      if (!send_sync (session, commands, n_commands, &next, deadline, cancellable, out_fault,
                      error))
        return FALSE;

      while (!tl_imap_flight_is_done (session->flight))
        {
          int id = -1;
          g_autoptr(TlImapResponse) response = tl_imap_talk_next_sync (session, &id, deadline,
                                                                       deadline, cancellable,
                                                                       out_fault, error);

          if (response == NULL)
            return FALSE;
          if (id >= TL_IMAP_TALK_BATCH)
            take (tl_imap_response_get_kind (response) == TL_IMAP_UNTAGGED
                  ? -1 : id - TL_IMAP_TALK_BATCH, response, user_data);
        }
    }

  return TRUE;
}
