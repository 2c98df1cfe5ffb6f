/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-talk.h"

gboolean
tl_smtp_talk_fail (TlFault    **out_fault,
                   TlCause      cause,
                   const char  *detail)
{
  *out_fault = tl_fault_new_detail (cause, "%s", detail);

  return FALSE;
}

/* Reads what is left of a reply whose lines so far are in @reply. */
gboolean
tl_smtp_talk_read_rest_sync (TlSmtpSession  *self,
                             TlSmtpReply    *reply,
                             gboolean        more,
                             TlDeadline      deadline,
                             GCancellable   *cancellable,
                             TlFault       **out_fault,
                             GError        **error)
{
  while (more)
    {
      g_autofree char *line = tl_conversation_read_sync (self->conversation, deadline,
                                                         cancellable, out_fault, error);

      if (line == NULL || !tl_smtp_reply_feed (reply, line, &more, out_fault))
        return FALSE;
    }

  return TRUE;
}

TlSmtpReply *
tl_smtp_talk_read_sync (TlSmtpSession  *self,
                        TlDeadline      deadline,
                        GCancellable   *cancellable,
                        TlFault       **out_fault,
                        GError        **error)
{
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();

  if (!tl_smtp_talk_read_rest_sync (self, reply, TRUE, deadline, cancellable, out_fault, error))
    return NULL;

  return g_steal_pointer (&reply);
}

/* A reply belongs to a command that was sent. What is there before can only be
 * a 421 (RFC 5321 §3.8); anything else was meant to be taken for the answer. */
gboolean
tl_smtp_talk_hush_sync (TlSmtpSession  *self,
                        TlDeadline      deadline,
                        GCancellable   *cancellable,
                        TlFault       **out_fault,
                        GError        **error)
{
  g_autoptr(TlSmtpReply) reply = NULL;

  if (!tl_line_stream_has_pending (tl_conversation_get_stream (self->conversation)))
    return TRUE;

  reply = tl_smtp_talk_read_sync (self, deadline, cancellable, out_fault, error);
  if (reply == NULL)
    return FALSE;

  *out_fault = tl_smtp_reply_to_fault (reply, tl_smtp_reply_get_code (reply) == 421
                                              ? TL_CAUSE_SERVER_CLOSED : TL_CAUSE_PROTOCOL);

  return FALSE;
}

TlSmtpReply *
tl_smtp_talk_run_sync (TlSmtpSession  *self,
                       const char     *command,
                       TlDeadline      deadline,
                       GCancellable   *cancellable,
                       TlFault       **out_fault,
                       GError        **error)
{
  if (!tl_smtp_talk_hush_sync (self, deadline, cancellable, out_fault, error) ||
      !tl_conversation_write_sync (self->conversation, command, deadline, cancellable,
                                   out_fault, error))
    return NULL;

  return tl_smtp_talk_read_sync (self, deadline, cancellable, out_fault, error);
}

/* A 421 says that the server hangs up, whatever the command was. */
TlFault *
tl_smtp_talk_refuse (const TlSmtpReply *reply,
                     TlCause            refusal)
{
  return tl_smtp_reply_to_fault (reply, tl_smtp_reply_get_code (reply) == 421
                                        ? TL_CAUSE_SERVER_CLOSED : refusal);
}

gboolean
tl_smtp_talk_judge (const TlSmtpReply  *reply,
                    TlCause             refusal,
                    TlFault           **out_fault)
{
  if (tl_smtp_reply_is_positive (reply))
    return TRUE;

  *out_fault = tl_smtp_reply_get_code (reply) < 400
               ? tl_smtp_reply_to_fault (reply, TL_CAUSE_PROTOCOL)
               : tl_smtp_talk_refuse (reply, refusal);

  return FALSE;
}
