/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-session.h"

#include "tl-imap-message.h"
#include "tl-imap-talk.h"

/* How often a server without IDLE is asked. */
#define POLL_MS 2000

/* A wait for a moment may end this much before it. */
#define SLACK_MS 5

/* Runs a command and wants an OK. */
static gboolean
run_sync (TlImapSession        *self,
          const TlImapCommand  *command,
          TlCause               refusal,
          TlDeadline            deadline,
          GCancellable         *cancellable,
          TlFault             **out_fault,
          GError              **error)
{
  g_autoptr(TlImapResponse) response = tl_imap_talk_run_sync (self, command, deadline, cancellable,
                                                              out_fault, error);

  return response != NULL && tl_imap_talk_judge (response, refusal, out_fault);
}

/* The loop's own words are safe; should they not be, no command is sent. */
static gboolean
add_string (TlImapCommand  *command,
            const char     *text,
            TlFault       **out_fault)
{
  g_autoptr(GError) why = NULL;

  return tl_imap_command_add_string (command, text, &why) ||
         tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, why->message);
}

/**
 * tl_imap_session_open_sync:
 * @self: a session that is signed in
 * @folder: a folder, UTF-8
 * @for_changes: whether messages are going to be changed
 * @deadline: the moment by which it is open
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * SELECT or EXAMINE, RFC 9051 §6.3.2, §6.3.3. The folder that was open before
 * is closed.
 *
 * Fails with %TL_CAUSE_INBOX_MISSING and the server's words, or with what a
 * line stream fails with.
 *
 * Returns: whether @folder is open
 */
gboolean
tl_imap_session_open_sync (TlImapSession  *self,
                           const char     *folder,
                           gboolean        for_changes,
                           TlDeadline      deadline,
                           GCancellable   *cancellable,
                           TlFault       **out_fault,
                           GError        **error)
{
  static const char * const data[] = { "EXISTS", NULL };
  g_autofree char *encoded = tl_imap_talk_encode_name (self, folder);
  g_autoptr(TlImapCommand) command = NULL;
  g_autoptr(TlImapResponse) response = NULL;

  if (self->capabilities == NULL &&
      !tl_imap_session_capability_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;

  command = tl_imap_talk_begin_for (self, for_changes ? "SELECT" : "EXAMINE", data);
  if (!add_string (command, encoded, out_fault))
    return FALSE;
  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL || !tl_imap_talk_judge_opening (response, folder, out_fault))
    return FALSE;
  self->has_arrivals = FALSE;

  return self->answers->len > 0 ||
         tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL,
                            "a folder was opened without a number of messages");
}

/* UID SEARCH, RFC 9051 §6.4.4, §6.4.9: by Message-ID, and by @field too unless
 * that is NULL. A NO and a BAD are answers: NULL with neither fault nor error,
 * and @out_refusal. */
static GArray *
search_sync (TlImapSession   *self,
             const char      *message_id,
             const char      *field,
             const char      *value,
             TlImapResponse **out_refusal,
             TlDeadline       deadline,
             GCancellable    *cancellable,
             TlFault        **out_fault,
             GError         **error)
{
  static const char * const data[] = { "SEARCH", "ESEARCH", NULL };
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin_for (self, "UID", data);
  g_autoptr(GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(TlImapResponse) response = NULL;

  tl_imap_command_add_words (command, field == NULL ? "SEARCH HEADER Message-ID"
                                                    : "SEARCH OR HEADER Message-ID");
  if (!add_string (command, message_id, out_fault))
    return NULL;
  if (field != NULL)
    {
      g_autofree char *words = g_strconcat ("HEADER ", field, NULL);

      tl_imap_command_add_words (command, words);
      if (!add_string (command, value, out_fault))
        return NULL;
    }

  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL)
    return NULL;
  if (tl_imap_response_get_status (response) != TL_IMAP_OK)
    {
      *out_refusal = g_steal_pointer (&response);
      return NULL;
    }

  for (guint i = 0; i < self->answers->len; i++)
    if (!tl_imap_message_read_found (self->answers->pdata[i], uids, out_fault))
      return NULL;

  return g_steal_pointer (&uids);
}

/**
 * tl_imap_session_find_sync:
 * @self: a session with an open folder
 * @message_id: with its angle brackets
 * @field: a header field, `X-Name`, that the message has as well
 * @value: what is in it
 * @deadline: the moment by which the answer is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * Finds what has either: some relays give a message another Message-ID. A
 * server that does not take such a search is asked for the Message-ID alone,
 * from then on.
 *
 * Fails with %TL_CAUSE_REFUSED and the server's words, or with what a line
 * stream fails with.
 *
 * Returns: (transfer full) (element-type guint32): UIDs, at most `TL_IMAP_MESSAGE_MAX_FOUND`, or
 *   %NULL
 */
GArray *
tl_imap_session_find_sync (TlImapSession  *self,
                           const char     *message_id,
                           const char     *field,
                           const char     *value,
                           TlDeadline      deadline,
                           GCancellable   *cancellable,
                           TlFault       **out_fault,
                           GError        **error)
{
  g_autoptr(TlImapResponse) wide_refusal = NULL;
  g_autoptr(TlImapResponse) refusal = NULL;
  GArray *uids = NULL;

  if (!self->finds_simply)
    {
      uids = search_sync (self, message_id, field, value, &wide_refusal, deadline, cancellable,
                          out_fault, error);
      if (wide_refusal == NULL)
        return uids;
    }

  uids = search_sync (self, message_id, NULL, NULL, &refusal, deadline, cancellable, out_fault,
                      error);
  /* What refuses both may be of this folder, or pass. */
  if (uids != NULL)
    self->finds_simply = TRUE;
  else if (refusal != NULL)
    tl_imap_talk_judge (refusal, TL_CAUSE_REFUSED, out_fault);

  return uids;
}

/**
 * tl_imap_session_fetch_header_sync:
 * @self: a session with an open folder
 * @uid: a message in it
 * @deadline: the moment by which the header is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * UID FETCH of the header, RFC 9051 §6.4.5, without marking the message as
 * read. Of a longer header the first `TL_IMAP_MAX_LITERAL_BYTES` are asked for;
 * a server that sends more is at fault.
 *
 * Fails with %TL_CAUSE_LITERAL_LIMIT, with %TL_CAUSE_REFUSED and the server's
 * words, with %TL_CAUSE_PROTOCOL when there is no such header, or with what a
 * line stream fails with.
 *
 * Returns: (transfer full): the header, or %NULL
 */
GBytes *
tl_imap_session_fetch_header_sync (TlImapSession  *self,
                                   guint32         uid,
                                   TlDeadline      deadline,
                                   GCancellable   *cancellable,
                                   TlFault       **out_fault,
                                   GError        **error)
{
  static const char * const data[] = { "FETCH", NULL };
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin_for (self, "UID", data);
  g_autofree char *words = g_strdup_printf ("FETCH %" G_GUINT32_FORMAT
                                            " (BODY.PEEK[HEADER]<0.%d>)", uid,
                                            TL_IMAP_MAX_LITERAL_BYTES);

  tl_imap_command_add_words (command, words);
  if (!run_sync (self, command, TL_CAUSE_REFUSED, deadline, cancellable, out_fault, error))
    return NULL;

  for (guint i = 0; i < self->answers->len; i++)
    {
      GBytes *header = tl_imap_message_read_header (self->answers->pdata[i], uid);

      if (header != NULL)
        return header;
    }

  tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, "the server gives no header of a message");

  return NULL;
}

/* UID STORE, RFC 9051 §6.4.6. A NO is an answer. */
static gboolean
set_deleted_sync (TlImapSession  *self,
                  guint32         uid,
                  gboolean        is_deleted,
                  gboolean       *out_done,
                  TlDeadline      deadline,
                  GCancellable   *cancellable,
                  TlFault       **out_fault,
                  GError        **error)
{
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin (self, "UID");
  g_autofree char *words = g_strdup_printf ("STORE %" G_GUINT32_FORMAT
                                            " %cFLAGS.SILENT (\\Deleted)", uid,
                                            is_deleted ? '+' : '-');
  g_autoptr(TlImapResponse) response = NULL;

  tl_imap_command_add_words (command, words);
  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL)
    return FALSE;
  *out_done = tl_imap_response_get_status (response) == TL_IMAP_OK;

  return TRUE;
}

/* UID EXPUNGE, RFC 9051 §6.4.9. What is gone is said to be gone. */
static gboolean
expunge_sync (TlImapSession  *self,
              guint32         uid,
              gboolean       *out_gone,
              TlDeadline      deadline,
              GCancellable   *cancellable,
              TlFault       **out_fault,
              GError        **error)
{
  static const char * const data[] = { "EXPUNGE", "VANISHED", NULL };
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin_for (self, "UID", data);
  g_autofree char *words = g_strdup_printf ("EXPUNGE %" G_GUINT32_FORMAT, uid);
  g_autoptr(TlImapResponse) response = NULL;

  tl_imap_command_add_words (command, words);
  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL)
    return FALSE;
  *out_gone = tl_imap_response_get_status (response) == TL_IMAP_OK && self->answers->len > 0;

  return TRUE;
}

/**
 * tl_imap_session_remove_sync:
 * @self: a session with a folder that was opened for changes
 * @uid: a message in it
 * @out_gone: (out): whether it is gone
 * @deadline: the moment by which it is
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why nobody knows
 * @error: return location for a #GError
 *
 * Removes one message and no other. Only UIDPLUS (RFC 4315) can: without it,
 * what others have marked as deleted would go as well, so the message stays and
 * no mark is left on it.
 *
 * Returns: whether @out_gone is known
 */
gboolean
tl_imap_session_remove_sync (TlImapSession  *self,
                             guint32         uid,
                             gboolean       *out_gone,
                             TlDeadline      deadline,
                             GCancellable   *cancellable,
                             TlFault       **out_fault,
                             GError        **error)
{
  gboolean is_marked = FALSE;
  gboolean is_gone = FALSE;

  if (self->capabilities != NULL && (tl_capabilities_has (self->capabilities, "UIDPLUS") ||
                                     tl_capabilities_has (self->capabilities, "IMAP4REV2")))
    {
      if (!set_deleted_sync (self, uid, TRUE, &is_marked, deadline, cancellable, out_fault,
                             error) ||
          (is_marked && !expunge_sync (self, uid, &is_gone, deadline, cancellable, out_fault,
                                       error)))
        return FALSE;
      if (is_marked && !is_gone &&
          !set_deleted_sync (self, uid, FALSE, &is_marked, deadline, cancellable, out_fault, error))
        return FALSE;
    }
  *out_gone = is_gone;

  return TRUE;
}

/* What says that the folder is no longer as it was (RFC 9051 §7.4, §7.5). */
static const char * const news[] = { "EXISTS", "RECENT", "EXPUNGE", "FETCH", "VANISHED", NULL };

/* Reads until there is news, or until the command under way has its answer, and
 * gives it; or until @patience is past, and gives nothing. */
static gboolean
listen_sync (TlImapSession   *self,
             TlImapResponse **out_response,
             TlDeadline       patience,
             TlDeadline       deadline,
             GCancellable    *cancellable,
             TlFault        **out_fault,
             GError         **error)
{
  for (;;)
    {
      int id = -1;
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(TlImapResponse) response = tl_imap_talk_next_sync (self, &id, patience, deadline,
                                                                   cancellable, &fault, error);
      const char *name;

      if (response == NULL)
        {
          if (fault != NULL && tl_fault_get_cause (fault) == TL_CAUSE_TIMEOUT &&
              tl_deadline_get_left_ms (patience) <= SLACK_MS &&
              tl_deadline_get_left_ms (deadline) > SLACK_MS)
            return TRUE;
          *out_fault = g_steal_pointer (&fault);
          return FALSE;
        }

      name = tl_imap_response_get_name (response);
      if ((name != NULL && g_strv_contains (news, name)) ||
          (id == TL_IMAP_TALK_RUN &&
           tl_imap_response_get_kind (response) != TL_IMAP_UNTAGGED))
        {
          *out_response = g_steal_pointer (&response);
          return TRUE;
        }
    }
}

/* Enters IDLE (RFC 2177). The server may refuse, whatever it has offered. What
 * has changed may already be told before it says that it is ready. */
static gboolean
enter_idle_sync (TlImapSession  *self,
                 gboolean       *out_idles,
                 gboolean       *out_has_news,
                 TlDeadline      deadline,
                 GCancellable   *cancellable,
                 TlFault       **out_fault,
                 GError        **error)
{
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin (self, "IDLE");
  TlImapKind kind = TL_IMAP_UNTAGGED;

  if (!tl_imap_talk_write_sync (self, command, 0, deadline, cancellable, out_fault, error))
    return FALSE;

  *out_has_news = FALSE;
  while (kind == TL_IMAP_UNTAGGED)
    {
      g_autoptr(TlImapResponse) response = NULL;

      if (!listen_sync (self, &response, deadline, deadline, cancellable, out_fault, error))
        return FALSE;
      kind = tl_imap_response_get_kind (response);
      *out_has_news |= kind == TL_IMAP_UNTAGGED;
    }
  *out_idles = kind == TL_IMAP_CONTINUATION;

  return TRUE;
}

/* Waits in IDLE, and leaves it. */
static gboolean
idle_sync (TlImapSession  *self,
           gboolean        has_news,
           TlDeadline      patience,
           TlDeadline      deadline,
           GCancellable   *cancellable,
           TlFault       **out_fault,
           GError        **error)
{
  g_autoptr(TlImapResponse) told = NULL;
  g_autoptr(TlImapResponse) left = NULL;

  if (!has_news &&
      !listen_sync (self, &told, patience, deadline, cancellable, out_fault, error))
    return FALSE;
  /* The server has had enough by itself. */
  if (told != NULL && tl_imap_response_get_kind (told) == TL_IMAP_TAGGED)
    return TRUE;

  if (!tl_conversation_write_sync (self->conversation, "DONE", deadline, cancellable,
                                   out_fault, error))
    return FALSE;
  left = tl_imap_talk_read_sync (self, deadline, cancellable, out_fault, error);

  return left != NULL &&
         (tl_imap_response_get_kind (left) == TL_IMAP_TAGGED ||
          tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, "IDLE is entered twice"));
}

/* For servers without IDLE: asks again and again, and listens in between. */
static gboolean
poll_sync (TlImapSession  *self,
           TlDeadline      patience,
           TlDeadline      deadline,
           GCancellable   *cancellable,
           TlFault       **out_fault,
           GError        **error)
{
  while (tl_deadline_get_left_ms (patience) > SLACK_MS)
    {
      g_autoptr(TlImapCommand) command = tl_imap_talk_begin_for (self, "NOOP", news);
      TlDeadline pause = tl_deadline_earlier (tl_deadline_in_ms (POLL_MS), patience);
      g_autoptr(TlImapResponse) told = NULL;

      if (!run_sync (self, command, TL_CAUSE_REFUSED, deadline, cancellable, out_fault, error))
        return FALSE;
      if (self->answers->len > 0 || self->has_arrivals)
        return TRUE;
      if (!listen_sync (self, &told, pause, deadline, cancellable, out_fault, error))
        return FALSE;
      if (told != NULL)
        return TRUE;
    }

  return TRUE;
}

/**
 * tl_imap_session_wait_sync:
 * @self: a session with an open folder
 * @patience: the moment at which there is no point in waiting any longer
 * @deadline: the moment by which the server has answered what is asked here; later than @patience
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): what went wrong
 * @error: return location for a #GError
 *
 * Waits until the folder is no longer as it was when it was opened or last
 * waited for, by IDLE (RFC 2177) or, where that is missing or refused, by asking
 * every two seconds. That @patience is past is no fault.
 *
 * Fails with %TL_CAUSE_SERVER_CLOSED, or with what a line stream fails with.
 *
 * Returns: whether the session can go on
 */
gboolean
tl_imap_session_wait_sync (TlImapSession  *self,
                           TlDeadline      patience,
                           TlDeadline      deadline,
                           GCancellable   *cancellable,
                           TlFault       **out_fault,
                           GError        **error)
{
  gboolean idles = FALSE;
  gboolean has_news = FALSE;
  gboolean is_done;

  /* It came while something else was asked for. */
  if (self->has_arrivals)
    {
      self->has_arrivals = FALSE;
      return TRUE;
    }

  if (self->capabilities != NULL && tl_capabilities_has (self->capabilities, "IDLE") &&
      !enter_idle_sync (self, &idles, &has_news, deadline, cancellable, out_fault, error))
    return FALSE;
  /* It may have come just before the command did. */
  has_news |= self->has_arrivals;
  if (idles)
    is_done = idle_sync (self, has_news, patience, deadline, cancellable, out_fault, error);
  else
    is_done = has_news || poll_sync (self, patience, deadline, cancellable, out_fault, error);
  self->has_arrivals = FALSE;

  return is_done;
}
