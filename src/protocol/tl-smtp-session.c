/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-talk.h"

#include "tl-greeting.h"

/* RFC 5321 §4.1.4 asks a client with no name of its own for an address
 * literal. This one is true of every computer and tells nothing about the
 * network it is in, which would end up in the Received lines of each message. */
#define CLIENT_NAME "[127.0.0.1]"

/**
 * tl_smtp_session_new:
 * @conversation: a conversation in which nobody has spoken; outlives the session
 *
 * Returns: (transfer full): a session that waits for its greeting
 */
TlSmtpSession *
tl_smtp_session_new (TlConversation *conversation)
{
  TlSmtpSession *self = g_new0 (TlSmtpSession, 1);

  self->conversation = conversation;

  return self;
}

void
tl_smtp_session_free (TlSmtpSession *self)
{
  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  g_free (self);
}

/* Firewalls that "inspect" SMTP overwrite what they do not know: the greeting
 * with asterisks, and STARTTLS with letters X. */
static gboolean
is_overwritten (const char *text)
{
  gsize n_stars = 0;

  for (const char *p = text; *p != '\0'; p++)
    n_stars += *p == '*';

  return n_stars >= 8 || g_str_has_prefix (text, "XXXXXXX");
}

/**
 * tl_smtp_session_greet_sync:
 * @self: a new session
 * @deadline: the moment by which the greeting is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * The opening message, RFC 5321 §3.1. Nothing is sent before it has come.
 *
 * Fails with %TL_CAUSE_REJECTED (5xx), %TL_CAUSE_BUSY (4xx),
 * %TL_CAUSE_WRONG_SERVICE, %TL_CAUSE_TLS_EXPECTED, or what a line stream fails
 * with.
 *
 * Returns: whether an SMTP server greeted
 */
gboolean
tl_smtp_session_greet_sync (TlSmtpSession  *self,
                            TlDeadline      deadline,
                            GCancellable   *cancellable,
                            TlFault       **out_fault,
                            GError        **error)
{
  g_autofree char *line = tl_conversation_read_first_sync (self->conversation, deadline,
                                                           cancellable, out_fault, error);
  g_autoptr(TlSmtpReply) reply = tl_smtp_reply_new ();
  g_autoptr(TlFault) fault = NULL;
  gboolean more = FALSE;

  if (line == NULL)
    return FALSE;

  if (!tl_smtp_reply_feed (reply, line, &more, &fault))
    {
      *out_fault = tl_greeting_to_fault (line, TL_GREETING_SMTP);
      return FALSE;
    }
  if (!tl_smtp_talk_read_rest_sync (self, reply, more, deadline, cancellable, out_fault, error))
    return FALSE;

  self->is_overwritten = is_overwritten (tl_smtp_reply_get_line (reply, 0));
  if (tl_smtp_reply_get_code (reply) == 220)
    return TRUE;

  switch (tl_smtp_reply_get_code (reply) / 100)
    {
    case 4:
      *out_fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_BUSY);
      break;
    case 5:
      *out_fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_REJECTED);
      break;
    default:
      *out_fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_PROTOCOL);
      break;
    }

  return FALSE;
}

/* EHLO, RFC 5321 §4.1.1.1. Gives the reply; a good one fills the capabilities. */
static TlSmtpReply *
run_ehlo_sync (TlSmtpSession  *self,
               TlDeadline      deadline,
               GCancellable   *cancellable,
               TlFault       **out_fault,
               GError        **error)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  g_autoptr(TlSmtpReply) reply = NULL;

  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  reply = tl_smtp_talk_run_sync (self, "EHLO " CLIENT_NAME, deadline, cancellable,
                                 out_fault, error);
  if (reply == NULL || tl_smtp_reply_get_code (reply) != 250)
    return g_steal_pointer (&reply);

  /* The first line is the server's name. */
  for (guint i = 1; i < tl_smtp_reply_get_n_lines (reply); i++)
    {
      if (!tl_capabilities_add_ehlo (capabilities, tl_smtp_reply_get_line (reply, i)))
        {
          tl_smtp_talk_fail (out_fault, TL_CAUSE_TOO_LONG, "the server lists too many extensions");
          return NULL;
        }
    }
  self->capabilities = g_steal_pointer (&capabilities);

  return g_steal_pointer (&reply);
}

static TlFault *
not_offered_to_fault (TlSmtpSession     *self,
                      const TlSmtpReply *reply)
{
  gboolean stripped = self->is_overwritten;

  for (guint i = 1; i < tl_smtp_reply_get_n_lines (reply); i++)
    stripped = stripped || is_overwritten (tl_smtp_reply_get_line (reply, i));

  return tl_smtp_reply_to_fault (reply, stripped ? TL_CAUSE_STRIPPED : TL_CAUSE_NOT_OFFERED);
}

/* Whether a client that asks for no TLS could send a password as it is. */
static gboolean
takes_clear_password (const TlCapabilities *capabilities)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (capabilities);

  return g_strv_contains (mechanisms, "PLAIN") || g_strv_contains (mechanisms, "LOGIN");
}

/**
 * tl_smtp_session_upgrade_sync:
 * @self: a session that was greeted in the clear
 * @deadline: the moment by which the server agrees
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it does not
 * @error: return location for a #GError
 *
 * EHLO and STARTTLS, RFC 3207 §4. On success all that the server said is
 * forgotten, and the handshake is to follow at once. There is no way on in the
 * clear, and no HELO.
 *
 * Fails with %TL_CAUSE_NOT_OFFERED, %TL_CAUSE_STRIPPED, %TL_CAUSE_REFUSED,
 * %TL_CAUSE_INJECTED, or what a line stream fails with.
 *
 * Returns: whether the server waits for the handshake
 */
gboolean
tl_smtp_session_upgrade_sync (TlSmtpSession  *self,
                              TlDeadline      deadline,
                              GCancellable   *cancellable,
                              TlFault       **out_fault,
                              GError        **error)
{
  g_autoptr(TlSmtpReply) ehlo = run_ehlo_sync (self, deadline, cancellable, out_fault, error);
  g_autoptr(TlSmtpReply) reply = NULL;

  if (ehlo == NULL)
    return FALSE;
  if (self->capabilities == NULL || !tl_capabilities_has (self->capabilities, "STARTTLS"))
    {
      *out_fault = not_offered_to_fault (self, ehlo);
      return FALSE;
    }
  self->took_clear_sign_in = takes_clear_password (self->capabilities);

  reply = tl_smtp_talk_run_sync (self, "STARTTLS", deadline, cancellable, out_fault, error);
  if (reply == NULL)
    return FALSE;
  if (tl_smtp_reply_get_code (reply) != 220)
    {
      *out_fault = tl_smtp_reply_to_fault (reply, TL_CAUSE_REFUSED);
      return FALSE;
    }

  /* Bytes behind the 220 were sent in the clear, by whoever wants them read as
   * if they were protected. */
  if (!tl_conversation_check_quiet (self->conversation, TL_CAUSE_INJECTED, out_fault))
    return FALSE;

  g_clear_pointer (&self->capabilities, tl_capabilities_unref);

  return TRUE;
}

/**
 * tl_smtp_session_ehlo_sync:
 * @self: a session under TLS
 * @deadline: the moment by which the answer is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * EHLO, RFC 5321 §4.1.1.1: asks what the server can, whatever was said before.
 *
 * Fails with %TL_CAUSE_REFUSED and the server's words, or with what a line
 * stream fails with.
 *
 * Returns: whether the capabilities are known
 */
gboolean
tl_smtp_session_ehlo_sync (TlSmtpSession  *self,
                           TlDeadline      deadline,
                           GCancellable   *cancellable,
                           TlFault       **out_fault,
                           GError        **error)
{
  g_autoptr(TlSmtpReply) reply = run_ehlo_sync (self, deadline, cancellable, out_fault, error);

  if (reply != NULL && self->capabilities == NULL)
    *out_fault = tl_smtp_talk_refuse (reply, TL_CAUSE_REFUSED);

  return self->capabilities != NULL;
}

/**
 * tl_smtp_session_try_sender_sync:
 * @self: a session that is signed in
 * @address: whose mailbox it is
 * @deadline: the moment by which all is answered
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why the server would not send
 * @error: return location for a #GError
 *
 * MAIL FROM @address, RCPT TO @address and RSET (RFC 5321 §4.1.1), in one go
 * where the server allows it (RFC 2920): the server says whether it would take
 * a message, and none is sent. A refused RSET counts for nothing.
 *
 * Fails with %TL_CAUSE_SENDER_REFUSED or %TL_CAUSE_RECIPIENT_REFUSED and the
 * server's words, with %TL_CAUSE_MISSING_EXTENSION when @address needs SMTPUTF8
 * (RFC 6531) and the server has it not, or with what a line stream fails with.
 *
 * Returns: whether the server would take a message from @address
 */
gboolean
tl_smtp_session_try_sender_sync (TlSmtpSession  *self,
                                 TlAddress      *address,
                                 TlDeadline      deadline,
                                 GCancellable   *cancellable,
                                 TlFault       **out_fault,
                                 GError        **error)
{
  enum { MAIL, RCPT, RSET };
  static const TlCause refusals[] = {
    [MAIL] = TL_CAUSE_SENDER_REFUSED,
    [RCPT] = TL_CAUSE_RECIPIENT_REFUSED,
    [RSET] = TL_CAUSE_REFUSED,
  };
  const char *addr_spec = tl_address_get_addr_spec (address);
  gboolean is_international = !g_str_is_ascii (addr_spec);
  gboolean is_pipelined = tl_capabilities_has (self->capabilities, "PIPELINING");
  g_autofree char *mail = g_strdup_printf ("MAIL FROM:<%s>%s", addr_spec,
                                           is_international ? " SMTPUTF8" : "");
  g_autofree char *rcpt = g_strdup_printf ("RCPT TO:<%s>", addr_spec);
  const char * const commands[] = { [MAIL] = mail, [RCPT] = rcpt, [RSET] = "RSET", NULL };

  if ((*out_fault = tl_smtp_talk_check_address (self, address)) != NULL)
    return FALSE;

  if (!tl_smtp_talk_hush_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;
  if (is_pipelined &&
      !tl_line_stream_write_lines_sync (tl_conversation_get_stream (self->conversation), commands,
                                        deadline, cancellable, out_fault, error))
    return FALSE;

  for (gsize i = 0; commands[i] != NULL; i++)
    {
      g_autoptr(TlSmtpReply) reply = NULL;

      reply = is_pipelined
              ? tl_smtp_talk_read_sync (self, deadline, cancellable, out_fault, error)
              : tl_smtp_talk_run_sync (self, commands[i], deadline, cancellable, out_fault, error);
      if (reply == NULL)
        return FALSE;

      /* What was to be found out has been said by then, and the connection that
       * ends takes the transaction with it: a refused RSET harms nobody. */
      if (i == RSET && tl_smtp_reply_get_code (reply) >= 400 &&
          tl_smtp_reply_get_code (reply) != 421)
        continue;
      if (!tl_smtp_talk_judge (reply, refusals[i], out_fault))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_smtp_session_quit_sync:
 * @self: a session
 * @deadline: the moment by which the command is out
 * @cancellable: (nullable): cancels the wait
 *
 * QUIT, RFC 5321 §4.1.1.10. The answer is not waited for.
 */
void
tl_smtp_session_quit_sync (TlSmtpSession *self,
                           TlDeadline     deadline,
                           GCancellable  *cancellable)
{
  g_autoptr(TlFault) fault = NULL;

  tl_conversation_write_sync (self->conversation, "QUIT", deadline, cancellable, &fault, NULL);
}

/**
 * tl_smtp_session_get_capabilities:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the server said last, %NULL when that was forgotten
 */
TlCapabilities *
tl_smtp_session_get_capabilities (TlSmtpSession *self)
{
  return self->capabilities;
}

/**
 * tl_smtp_session_get_mechanism:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the SASL mechanism that signed us in, %NULL before
 */
const char *
tl_smtp_session_get_mechanism (TlSmtpSession *self)
{
  return self->mechanism;
}

/**
 * tl_smtp_session_get_max_message_bytes:
 * @self: a session
 *
 * SIZE, RFC 1870 §3: `size-value = 1*20DIGIT`, where 0 says that there is no
 * fixed limit.
 *
 * Returns: the largest message that is taken, in bytes; 0 when there is no limit, or the server
 *   gives none that is a number
 */
guint64
tl_smtp_session_get_max_message_bytes (TlSmtpSession *self)
{
  const char *size = self->capabilities == NULL
                     ? NULL : tl_capabilities_get_parameters (self->capabilities, "SIZE");
  guint64 bytes = 0;

  if (size != NULL)
    g_ascii_string_to_unsigned (size, 10, 0, G_MAXUINT64, &bytes, NULL);

  return bytes;
}

/**
 * tl_smtp_session_took_clear_sign_in:
 * @self: a session
 *
 * Returns: whether the server offered to take a password before TLS. None was sent
 */
gboolean
tl_smtp_session_took_clear_sign_in (TlSmtpSession *self)
{
  return self->took_clear_sign_in;
}
