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

/* One exchange from the command to the server's last word. */
static Outcome
exchange_sync (const TlSaslLink  *link,
               gpointer           session,
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

      if (!link->send_initial_sync (session, mech->name, message,
                                    deadline, cancellable, out_fault, error))
        return OUTCOME_FAILED;
    }
  else if (!link->send_initial_sync (session, mech->name, NULL,
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
          link->send_cancel_sync (session, deadline, cancellable);
          return OUTCOME_FAILED;
        }
      if (!link->send_next_sync (session, message, deadline, cancellable, out_fault, error))
        return OUTCOME_FAILED;
    }

  link->send_cancel_sync (session, deadline, cancellable);
  *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL,
                                    "more than %d challenges", TL_SASL_MAX_ROUNDS);

  return OUTCOME_FAILED;
}

/**
 * tl_sasl_talk_sync:
 * @link: how the protocol carries SASL
 * @session: passed to @link
 * @offered: (array zero-terminated=1): mechanisms the server offers
 * @username: who signs in
 * @password: with what
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once, by the strongest mechanism that both know. A second one is
 * tried only when the first was refused as a mechanism, before the password was
 * judged; never a third. Blocks. A refusal names the mechanism in its evidence.
 *
 * Returns: whether the server let us in, and proved itself where that is asked
 */
gboolean
tl_sasl_talk_sync (const TlSaslLink   *link,
                   gpointer            session,
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
      outcome = exchange_sync (link, session, sasl, deadline, cancellable, &fault, error);
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
