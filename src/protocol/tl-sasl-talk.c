/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl-talk.h"

#include <string.h>

#define MAX_MECHANISMS_TRIED 2

typedef enum
{
  OUTCOME_FAILED,
  OUTCOME_DONE,
  OUTCOME_NOT_THIS_MECHANISM,
} Outcome;

/* base64, RFC 4648 §4. */
static GBytes *
decode_challenge (const TlSaslMech *mech,
                  const char       *text)
{
  gsize len = strlen (text);
  gsize body = strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/");
  guchar *bytes;

  /* Some servers prompt for a user name in plain words. */
  if ((mech->flags & TL_SASL_PROMPTS) != 0)
    return g_bytes_new (NULL, 0);
  if (len % 4 != 0 || len - body > 2 || strspn (text + body, "=") != len - body)
    return NULL;
  if (len == 0)
    return g_bytes_new (NULL, 0);

  bytes = g_base64_decode (text, &len);

  return g_bytes_new_take (bytes, len);
}

/* The command, alone or with the first message in base64; an empty one is
 * written "=" (RFC 4954 §4, RFC 4959 §3). */
static gboolean
send_initial_sync (const TlSaslLink  *link,
                   gpointer           session,
                   TlConversation    *conversation,
                   const char        *mechanism,
                   TlSecret          *initial,
                   TlDeadline         deadline,
                   GCancellable      *cancellable,
                   TlFault          **out_fault,
                   GError           **error)
{
  g_autofree char *command = link->make_command (session, mechanism);
  g_autoptr(TlSecret) line = NULL;

  if (!link->hush_sync (session, deadline, cancellable, out_fault, error))
    return FALSE;
  if (initial == NULL)
    return tl_conversation_write_sync (conversation, command, deadline, cancellable,
                                       out_fault, error);

  line = tl_secret_new_sized (strlen (command) + 1 + MAX (1, tl_secret_get_len (initial)));
  tl_secret_append (line, command, strlen (command));
  tl_secret_append (line, " ", 1);
  if (tl_secret_get_len (initial) == 0)
    tl_secret_append (line, "=", 1);
  else
    tl_secret_append (line, tl_secret_peek (initial, NULL), tl_secret_get_len (initial));

  return tl_conversation_write_secret_sync (conversation, line, deadline, cancellable,
                                            out_fault, error);
}

/* A fault is on its way to the caller already: whether this goes out changes nothing. */
static void
send_cancel_sync (TlConversation *conversation,
                  TlDeadline      deadline,
                  GCancellable   *cancellable)
{
  g_autoptr(TlFault) fault = NULL;

  tl_conversation_write_sync (conversation, "*", deadline, cancellable, &fault, NULL);
}

/* One exchange from the command to the server's last word. */
static Outcome
exchange_sync (const TlSaslLink  *link,
               gpointer           session,
               TlConversation    *conversation,
               TlSasl            *sasl,
               TlDeadline         deadline,
               GCancellable      *cancellable,
               TlFault          **out_fault,
               GError           **error)
{
  const TlSaslMech *mech = tl_sasl_get_mech (sasl);
  g_autoptr(TlSecret) initial = NULL;

  /* The first message is made even when it cannot ride on the command: if it
   * cannot be made at all, nothing has been sent yet. */
  if ((mech->flags & TL_SASL_CLIENT_FIRST) != 0)
    {
      g_autoptr(GBytes) nothing = g_bytes_new (NULL, 0);
      g_autoptr(TlSecret) plain = tl_sasl_step (sasl, nothing, cancellable, out_fault, error);

      if (plain == NULL)
        return *out_fault != NULL && tl_fault_get_cause (*out_fault) == TL_CAUSE_NO_COMMON_MECHANISM
               ? OUTCOME_NOT_THIS_MECHANISM : OUTCOME_FAILED;
      initial = tl_secret_new_base64 (plain);
    }

  if (initial != NULL && link->takes_initial (session))
    {
      g_autoptr(TlSecret) message = g_steal_pointer (&initial);

      if (!send_initial_sync (link, session, conversation, mech->name, message,
                              deadline, cancellable, out_fault, error))
        return OUTCOME_FAILED;
      tl_sasl_note_written (sasl);
    }
  else if (!send_initial_sync (link, session, conversation, mech->name, NULL,
                               deadline, cancellable, out_fault, error))
    {
      return OUTCOME_FAILED;
    }

  for (guint round = 0; round <= TL_SASL_MAX_ROUNDS; round++)
    {
      g_autofree char *text = NULL;
      g_autoptr(GBytes) challenge = NULL;
      g_autoptr(TlSecret) message = NULL;
      TlSaslAnswer answer;

      if (!link->read_sync (session, sasl, &answer, &text, deadline, cancellable, out_fault, error))
        return OUTCOME_FAILED;
      if (answer == TL_SASL_ANSWER_NOT_THIS_MECHANISM)
        return OUTCOME_NOT_THIS_MECHANISM;
      if (answer == TL_SASL_ANSWER_DONE)
        return tl_sasl_accept (sasl, out_fault) ? OUTCOME_DONE : OUTCOME_FAILED;

      if (initial != NULL)
        {
          message = g_steal_pointer (&initial);
        }
      else if ((challenge = decode_challenge (mech, text)) == NULL)
        {
          *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL, "a challenge is not base64");
        }
      else
        {
          g_autoptr(TlSecret) plain = tl_sasl_step (sasl, challenge, cancellable, out_fault, error);

          if (plain != NULL)
            message = tl_secret_new_base64 (plain);
        }

      if (message == NULL)
        {
          send_cancel_sync (conversation, deadline, cancellable);
          return OUTCOME_FAILED;
        }
      if (!link->hush_sync (session, deadline, cancellable, out_fault, error) ||
          !tl_conversation_write_secret_sync (conversation, message, deadline, cancellable,
                                              out_fault, error))
        return OUTCOME_FAILED;
      tl_sasl_note_written (sasl);
    }

  send_cancel_sync (conversation, deadline, cancellable);
  *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL,
                                    "more than %d challenges", TL_SASL_MAX_ROUNDS);

  return OUTCOME_FAILED;
}

/**
 * tl_sasl_talk_sync:
 * @link: how the protocol carries SASL
 * @session: passed to @link
 * @conversation: what @session talks through
 * @offered: (array zero-terminated=1): mechanisms the server offers
 * @username: who signs in
 * @password: with what
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once, by the strongest mechanism that both know. A second one is
 * tried only when the first was refused as a mechanism, before the password or
 * a proof of it was written; never a third. Blocks. A refusal names the
 * mechanism in its evidence.
 *
 * Returns: whether the server let us in, and proved itself where that is asked
 */
gboolean
tl_sasl_talk_sync (const TlSaslLink   *link,
                   gpointer            session,
                   TlConversation     *conversation,
                   const char * const *offered,
                   const char         *username,
                   TlSecret           *password,
                   TlDeadline          deadline,
                   GCancellable       *cancellable,
                   TlFault           **out_fault,
                   GError            **error)
{
  const TlSaslMech *mech = NULL;

  for (guint tried = 0; tried < MAX_MECHANISMS_TRIED; tried++)
    {
      const TlSaslMech *next = tl_sasl_choose (offered, mech);
      g_autoptr(TlSasl) sasl = NULL;
      g_autoptr(TlFault) fault = NULL;
      GVariantDict dict;
      Outcome outcome;

      if (next == NULL)
        break;

      mech = next;
      sasl = tl_sasl_new (mech, username, password);
      outcome = exchange_sync (link, session, conversation, sasl, deadline, cancellable,
                               &fault, error);
      if (outcome == OUTCOME_DONE)
        return TRUE;
      if (outcome == OUTCOME_FAILED)
        {
          if (fault != NULL)
            {
              g_variant_dict_init (&dict, NULL);
              g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", mech->name);
              *out_fault = tl_fault_with (fault, g_variant_dict_end (&dict));
            }
          return FALSE;
        }
    }

  if (mech == NULL)
    *out_fault = tl_sasl_judge_offer (offered);
  else
    *out_fault = tl_fault_new_detail (TL_CAUSE_NO_COMMON_MECHANISM,
                                      "the server does not know the mechanisms that it offers");

  return FALSE;
}
