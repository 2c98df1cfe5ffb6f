/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-talk.h"

/* RFC 5321 §4.2.3: with 421, and with the 221 that belongs to QUIT, the server
 * closes the connection, whatever it was asked. */
static gboolean
is_goodbye (const TlSmtpReply *reply)
{
  guint code = tl_smtp_reply_get_code (reply);

  return code == 221 || code == 421;
}

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

/* Why a command was not done, @refusal unless the server hangs up. */
TlFault *
tl_smtp_talk_refuse (const TlSmtpReply *reply,
                     TlCause            refusal)
{
  return tl_smtp_reply_to_fault (reply, is_goodbye (reply) ? TL_CAUSE_SERVER_CLOSED : refusal);
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
 * a goodbye (RFC 5321 §3.8); anything else was meant to be taken for the answer. */
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

  *out_fault = tl_smtp_talk_refuse (reply, TL_CAUSE_PROTOCOL);

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

/* RFC 6531 §3.4: an address beyond ASCII goes to nobody who does not offer to take one. */
TlFault *
tl_smtp_talk_check_address (TlSmtpSession *self,
                            TlAddress     *address)
{
  static const char * const wanted[] = { "SMTPUTF8", NULL };
  GVariantDict dict;

  if (g_str_is_ascii (tl_address_get_addr_spec (address)) ||
      tl_capabilities_has (self->capabilities, "SMTPUTF8"))
    return NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_WANTED, "^as", wanted);

  return tl_fault_new (TL_CAUSE_MISSING_EXTENSION, g_variant_dict_end (&dict));
}

gboolean
tl_smtp_talk_judge (const TlSmtpReply  *reply,
                    TlCause             refusal,
                    TlFault           **out_fault)
{
  if (tl_smtp_reply_is_positive (reply) && !is_goodbye (reply))
    return TRUE;

  *out_fault = tl_smtp_talk_refuse (reply, tl_smtp_reply_get_code (reply) < 400 ? TL_CAUSE_PROTOCOL
                                                                                : refusal);

  return FALSE;
}
