/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-session.h"

#include "tl-greeting.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-talk.h"

/**
 * tl_imap_session_new:
 * @conversation: a conversation in which nobody has spoken; outlives the session
 *
 * Returns: (transfer full): a session that waits for its greeting
 */
TlImapSession *
tl_imap_session_new (TlConversation *conversation)
{
  TlImapSession *self = g_new0 (TlImapSession, 1);

  self->conversation = conversation;
  self->mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  self->flight = tl_imap_flight_new ();
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_response_free);
  tl_imap_talk_reset_bounds (self, TL_IMAP_TALK_MAX_RESPONSES, TL_IMAP_TALK_MAX_RESPONSE_BYTES);

  return self;
}

void
tl_imap_session_free (TlImapSession *self)
{
  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_clear_pointer (&self->host, g_free);
  tl_imap_facts_clear (&self->facts);
  g_clear_pointer (&self->flight, tl_imap_flight_free);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}

/**
 * tl_imap_session_greet_sync:
 * @self: a new session
 * @deadline: the moment by which the greeting is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * greeting, RFC 9051 §7.1.4, §7.1.5. A PREAUTH is taken note of, and held
 * against the server when it comes to upgrading or signing in.
 *
 * Fails with %TL_CAUSE_REJECTED (BYE), %TL_CAUSE_WRONG_SERVICE,
 * %TL_CAUSE_TLS_EXPECTED, or what a line stream fails with.
 *
 * Returns: whether an IMAP server greeted
 */
gboolean
tl_imap_session_greet_sync (TlImapSession  *self,
                            TlDeadline      deadline,
                            GCancellable   *cancellable,
                            TlFault       **out_fault,
                            GError        **error)
{
  g_autofree char *line = tl_conversation_read_first_sync (self->conversation, deadline,
                                                           cancellable, out_fault, error);
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  gssize literal_len;

  if (line == NULL)
    return FALSE;

  if (tl_greeting_recognize (line) != TL_GREETING_IMAP)
    {
      *out_fault = tl_greeting_to_fault (line, TL_GREETING_IMAP);
      return FALSE;
    }
  if (!tl_imap_response_feed_line (response, line, &literal_len, out_fault))
    return FALSE;

  switch (tl_imap_response_get_status (response))
    {
    case TL_IMAP_PREAUTH:
      self->is_preauth = TRUE;
      break;
    case TL_IMAP_OK:
      break;
    case TL_IMAP_BYE:
      *out_fault = tl_imap_response_to_fault (response, TL_CAUSE_REJECTED);
      return FALSE;
    default:
      *out_fault = tl_greeting_to_fault (line, TL_GREETING_IMAP);
      return FALSE;
    }

  return tl_imap_talk_take_capabilities (self, response, out_fault);
}

/* Something on the way overwrites the word STARTTLS, letter by letter. */
static gboolean
is_overwritten (const TlCapabilities *capabilities)
{
  return tl_capabilities_has (capabilities, "XXXXXXXX") ||
         tl_capabilities_has (capabilities, "XXXXXXXA");
}

/* Whether the server would take a password in the clear. */
static gboolean
takes_clear_sign_in (const TlCapabilities *capabilities)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (capabilities);

  return !tl_capabilities_has (capabilities, "LOGINDISABLED") &&
         (g_strv_contains (mechanisms, "PLAIN") || g_strv_contains (mechanisms, "LOGIN"));
}

/**
 * tl_imap_session_upgrade_sync:
 * @self: a session that was greeted in the clear
 * @deadline: the moment by which the server agrees
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it does not
 * @error: return location for a #GError
 *
 * STARTTLS, RFC 9051 §6.2.1. Asks for the capabilities when the greeting did
 * not give them. On success all that the server said is forgotten, and the
 * handshake is to follow at once. There is no way on in the clear.
 *
 * Fails with %TL_CAUSE_PREAUTH, %TL_CAUSE_NOT_OFFERED, %TL_CAUSE_STRIPPED,
 * %TL_CAUSE_REFUSED, %TL_CAUSE_INJECTED, or what a line stream fails with.
 *
 * Returns: whether the server waits for the handshake
 */
gboolean
tl_imap_session_upgrade_sync (TlImapSession  *self,
                              TlDeadline      deadline,
                              GCancellable   *cancellable,
                              TlFault       **out_fault,
                              GError        **error)
{
  g_autoptr(TlImapCommand) command = NULL;
  g_autoptr(TlImapResponse) response = NULL;

  if (self->is_preauth)
    return tl_imap_talk_fail (out_fault, TL_CAUSE_PREAUTH,
                              "the server claims that we are signed in already");

  if (self->capabilities == NULL)
    {
      g_autoptr(TlImapCommand) ask = tl_imap_talk_begin (self, "CAPABILITY");
      g_autoptr(TlImapResponse) answer = tl_imap_talk_run_sync (self, ask, deadline, cancellable,
                                                                out_fault, error);

      if (answer == NULL)
        return FALSE;
      if (tl_imap_response_get_status (answer) != TL_IMAP_OK || self->capabilities == NULL)
        {
          *out_fault = tl_imap_response_to_fault (answer, TL_CAUSE_NOT_OFFERED);
          return FALSE;
        }
    }

  if (!tl_capabilities_has (self->capabilities, "STARTTLS"))
    {
      g_auto(GStrv) names = tl_capabilities_dup_names (self->capabilities);
      GVariantDict dict;

      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_OFFERED, "^as", names);
      *out_fault = tl_fault_new (is_overwritten (self->capabilities) ? TL_CAUSE_STRIPPED
                                                                     : TL_CAUSE_NOT_OFFERED,
                                 g_variant_dict_end (&dict));
      return FALSE;
    }

  command = tl_imap_talk_begin (self, "STARTTLS");
  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL || !tl_imap_talk_judge (response, TL_CAUSE_REFUSED, out_fault))
    return FALSE;

  /* Bytes behind the OK were sent in the clear, by whoever wants them read as
   * if they were protected. */
  if (!tl_conversation_check_quiet (self->conversation, TL_CAUSE_INJECTED, out_fault))
    return FALSE;

  self->took_clear_sign_in = takes_clear_sign_in (self->capabilities);
  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  g_clear_pointer (&self->flight, tl_imap_flight_free);
  self->flight = tl_imap_flight_new ();

  return TRUE;
}

static gboolean
speaks_imap4 (const TlCapabilities *capabilities)
{
  return tl_capabilities_has (capabilities, "IMAP4REV1") ||
         tl_capabilities_has (capabilities, "IMAP4REV2");
}

/**
 * tl_imap_session_capability_sync:
 * @self: a session under TLS
 * @deadline: the moment by which the answer is in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * CAPABILITY, RFC 9051 §6.1.1. Asks only when a whole list did not come
 * unasked, with the greeting or with the sign-in, since the last time that
 * everything was forgotten.
 *
 * Fails with %TL_CAUSE_MISSING_EXTENSION when the server does not speak
 * IMAP4rev1 or IMAP4rev2, with %TL_CAUSE_PROTOCOL when it gives no list, or
 * with what a line stream fails with.
 *
 * Returns: whether the capabilities are known
 */
gboolean
tl_imap_session_capability_sync (TlImapSession  *self,
                                 TlDeadline      deadline,
                                 GCancellable   *cancellable,
                                 TlFault       **out_fault,
                                 GError        **error)
{
  static const char * const wanted[] = { "IMAP4REV1", NULL };
  g_autoptr(TlImapCommand) command = NULL;
  g_autoptr(TlImapResponse) response = NULL;
  GVariantDict dict;

  if (self->capabilities != NULL && speaks_imap4 (self->capabilities))
    return TRUE;

  command = tl_imap_talk_begin (self, "CAPABILITY");
  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL || !tl_imap_talk_judge (response, TL_CAUSE_PROTOCOL, out_fault))
    return FALSE;

  if (self->capabilities == NULL || tl_capabilities_is_empty (self->capabilities))
    return tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, "the server lists no capabilities");

  if (!speaks_imap4 (self->capabilities))
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_WANTED, "^as", wanted);
      *out_fault = tl_fault_new (TL_CAUSE_MISSING_EXTENSION, g_variant_dict_end (&dict));
      return FALSE;
    }

  return TRUE;
}

/**
 * tl_imap_session_logout_sync:
 * @self: a session
 * @deadline: the moment by which the command is out
 * @cancellable: (nullable): cancels the wait
 *
 * LOGOUT, RFC 9051 §6.1.3. The answer is not waited for.
 */
void
tl_imap_session_logout_sync (TlImapSession *self,
                             TlDeadline     deadline,
                             GCancellable  *cancellable)
{
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin (self, "LOGOUT");
  g_autoptr(TlFault) fault = NULL;

  tl_imap_talk_write_sync (self, command, 0, deadline, cancellable, &fault, NULL);
}

/**
 * tl_imap_session_get_capabilities:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the server said last, %NULL when that was forgotten
 */
TlCapabilities *
tl_imap_session_get_capabilities (TlImapSession *self)
{
  return self->capabilities;
}

/* The server that was signed in to, NULL before. */
const char *
tl_imap_session_get_host (TlImapSession *self)
{
  return self->host;
}

/**
 * tl_imap_session_get_mailboxes:
 * @self: a session
 *
 * Returns: (transfer none) (element-type TlImapMailbox): the folders, in the server's order
 */
GPtrArray *
tl_imap_session_get_mailboxes (TlImapSession *self)
{
  return self->mailboxes;
}

/**
 * tl_imap_session_get_facts:
 * @self: a session
 *
 * Returns: (transfer none): what is known so far
 */
const TlImapFacts *
tl_imap_session_get_facts (TlImapSession *self)
{
  return &self->facts;
}

/**
 * tl_imap_session_took_clear_sign_in:
 * @self: a session that was upgraded
 *
 * Returns: whether the server would have taken a password before the upgrade
 */
gboolean
tl_imap_session_took_clear_sign_in (TlImapSession *self)
{
  return self->took_clear_sign_in;
}
