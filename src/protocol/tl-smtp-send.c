/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-talk.h"

#include <string.h>

#include "tl-error.h"
#include "tl-text.h"

/* A line of a message without its end (RFC 5321 §4.5.3.1.6). */
#define MAX_TEXT_LINE_LEN 998

enum
{
  MAIL,
  RCPT,
  DATA,
  N_COMMANDS,
};

static const TlCause refusals[] = {
  [MAIL] = TL_CAUSE_SENDER_REFUSED,
  [RCPT] = TL_CAUSE_RECIPIENT_REFUSED,
  [DATA] = TL_CAUSE_MESSAGE_REFUSED,
};

/* What goes behind DATA: each line that begins with a dot gets another one
 * (RFC 5321 §4.5.2), and a lone dot ends it. A CR or LF that is not one half of
 * a line end is how a second message is smuggled in behind the first: nothing
 * that holds one is sent. */
static GBytes *
stuff (GBytes  *message,
       GError **error)
{
  gsize len;
  const char *at = g_bytes_get_data (message, &len);
  const char *end = at + len;
  g_autoptr(GByteArray) out = g_byte_array_sized_new ((guint) len + 64);

  while (at < end)
    {
      const char *stop = at;

      while (stop < end && *stop != '\r' && *stop != '\n' && *stop != '\0')
        stop++;
      if (end - stop < 2 || stop[0] != '\r' || stop[1] != '\n' || stop - at > MAX_TEXT_LINE_LEN)
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "a line of the message does not end in CRLF, or is too long");
          return NULL;
        }

      if (*at == '.')
        g_byte_array_append (out, (const guint8 *) ".", 1);
      g_byte_array_append (out, (const guint8 *) at, (guint) (stop + 2 - at));
      at = stop + 2;
    }
  g_byte_array_append (out, (const guint8 *) ".\r\n", 3);

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
is_ascii (GBytes *message)
{
  gsize len;
  const guint8 *bytes = g_bytes_get_data (message, &len);

  for (gsize i = 0; i < len; i++)
    if (bytes[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* MAIL, RFC 5321 §4.1.1.2, with the parameters that the server knows: SIZE
 * (RFC 1870 §6.1), BODY (RFC 6152) and SMTPUTF8 (RFC 6531 §3.4). */
static char *
make_mail (TlSmtpSession *self,
           const char    *addr_spec,
           GBytes        *message)
{
  g_autoptr(GString) mail = g_string_new (NULL);

  g_string_printf (mail, "MAIL FROM:<%s>", addr_spec);
  if (tl_capabilities_has (self->capabilities, "SIZE"))
    g_string_append_printf (mail, " SIZE=%" G_GSIZE_FORMAT, g_bytes_get_size (message));
  if (!is_ascii (message) && tl_capabilities_has (self->capabilities, "8BITMIME"))
    g_string_append (mail, " BODY=8BITMIME");
  if (!g_str_is_ascii (addr_spec))
    g_string_append (mail, " SMTPUTF8");

  return g_string_free (g_steal_pointer (&mail), FALSE);
}

/* 552 to MAIL is about the size that was announced, not about who sends. */
static TlCause
refusal_of (guint              command,
            const TlSmtpReply *reply)
{
  return command == MAIL && tl_smtp_reply_get_code (reply) == 552 ? TL_CAUSE_MESSAGE_REFUSED
                                                                  : refusals[command];
}

/* Ends a message that was asked for although it had no recipient: a lone dot,
 * and whatever is said to that (RFC 2920 §3.1). */
static gboolean
send_nothing_sync (TlSmtpSession  *self,
                   TlDeadline      deadline,
                   GCancellable   *cancellable,
                   GError        **error)
{
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(TlSmtpReply) reply = tl_smtp_talk_run_sync (self, ".", deadline, cancellable,
                                                        &fault, error);

  return reply != NULL || fault != NULL;
}

/* MAIL, RCPT and DATA up to the server's leave to send. In one go where that is
 * allowed, DATA last in its group (RFC 2920 §3.1): then all three are answered,
 * and the first refusal is the one that counts. */
static gboolean
begin_sync (TlSmtpSession        *self,
            const char * const    commands[N_COMMANDS + 1],
            TlDeadline            deadline,
            GCancellable         *cancellable,
            TlFault             **out_fault,
            GError              **error)
{
  gboolean is_pipelined = tl_capabilities_has (self->capabilities, "PIPELINING");
  g_autoptr(TlFault) first = NULL;
  gboolean is_open = FALSE;

  if (!tl_smtp_talk_hush_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;
  if (is_pipelined &&
      !tl_line_stream_write_lines_sync (tl_conversation_get_stream (self->conversation), commands,
                                        deadline, cancellable, out_fault, error))
    return FALSE;

  for (guint i = 0; i < N_COMMANDS && (is_pipelined || first == NULL); i++)
    {
      g_autoptr(TlSmtpReply) reply = NULL;
      g_autoptr(TlFault) fault = NULL;

      reply = is_pipelined
              ? tl_smtp_talk_read_sync (self, deadline, cancellable, &fault, error)
              : tl_smtp_talk_run_sync (self, commands[i], deadline, cancellable, &fault, error);
      if (reply == NULL)
        {
          /* Some servers hang up behind the first refusal: that is the reason. */
          *out_fault = first != NULL && fault != NULL ? g_steal_pointer (&first)
                                                      : g_steal_pointer (&fault);
          return FALSE;
        }

      if (i == DATA && tl_smtp_reply_get_code (reply) == 354)
        is_open = TRUE;
      else if (i == DATA && tl_smtp_reply_is_positive (reply))
        fault = tl_smtp_talk_refuse (reply, TL_CAUSE_PROTOCOL);
      else
        tl_smtp_talk_judge (reply, refusal_of (i, reply), &fault);
      if (first == NULL)
        first = g_steal_pointer (&fault);
    }

  if (first == NULL)
    return TRUE;
  if (is_open && !send_nothing_sync (self, deadline, cancellable, error))
    return FALSE;

  *out_fault = g_steal_pointer (&first);

  return FALSE;
}

/**
 * tl_smtp_session_send_sync:
 * @self: a session that is signed in
 * @address: whose mailbox it is: sender and only recipient
 * @message: an Internet message (RFC 5322), each line of at most 998 bytes ended by CRLF
 * @out_answer: (out): what the server said when it took @message, cleaned
 * @deadline: the moment by which it has
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Sends @message from @address to @address: MAIL, RCPT and DATA (RFC 5321 §3.3),
 * in one go where the server allows it (RFC 2920). A message with a bare CR or
 * LF is %TL_ERROR_INVALID_INPUT, and nothing is sent.
 *
 * Fails with %TL_CAUSE_SENDER_REFUSED, %TL_CAUSE_RECIPIENT_REFUSED or
 * %TL_CAUSE_MESSAGE_REFUSED and the server's words, with
 * %TL_CAUSE_MESSAGE_REFUSED and the limit when @message is larger than the
 * server takes, with %TL_CAUSE_MISSING_EXTENSION as
 * tl_smtp_session_try_sender_sync(), or with what a line stream fails with.
 *
 * Returns: whether the server took @message
 */
gboolean
tl_smtp_session_send_sync (TlSmtpSession  *self,
                           TlAddress      *address,
                           GBytes         *message,
                           char          **out_answer,
                           TlDeadline      deadline,
                           GCancellable   *cancellable,
                           TlFault       **out_fault,
                           GError        **error)
{
  const char *addr_spec = tl_address_get_addr_spec (address);
  guint64 max_bytes = tl_smtp_session_get_max_message_bytes (self);
  g_autofree char *mail = make_mail (self, addr_spec, message);
  g_autofree char *rcpt = g_strdup_printf ("RCPT TO:<%s>", addr_spec);
  const char * const commands[N_COMMANDS + 1] = { [MAIL] = mail, [RCPT] = rcpt, [DATA] = "DATA" };
  g_autoptr(GBytes) stuffed = stuff (message, error);
  g_autoptr(TlSmtpReply) reply = NULL;
  g_autofree char *text = NULL;

  if (stuffed == NULL)
    return FALSE;
  if ((*out_fault = tl_smtp_talk_check_address (self, address)) != NULL)
    return FALSE;
  if (max_bytes > 0 && g_bytes_get_size (message) > max_bytes)
    {
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_LIMIT, "u", (guint32) MIN (max_bytes, G_MAXUINT32));
      *out_fault = tl_fault_new (TL_CAUSE_MESSAGE_REFUSED, g_variant_dict_end (&dict));
      return FALSE;
    }

  if (!begin_sync (self, commands, deadline, cancellable, out_fault, error) ||
      !tl_smtp_talk_hush_sync (self, deadline, cancellable, out_fault, error) ||
      !tl_conversation_write_bytes_sync (self->conversation, stuffed, deadline, cancellable,
                                         out_fault, error))
    return FALSE;

  reply = tl_smtp_talk_read_sync (self, deadline, cancellable, out_fault, error);
  if (reply == NULL || !tl_smtp_talk_judge (reply, TL_CAUSE_MESSAGE_REFUSED, out_fault))
    return FALSE;

  text = tl_smtp_reply_dup_text (reply);
  *out_answer = tl_text_clean (text, -1);

  return TRUE;
}
