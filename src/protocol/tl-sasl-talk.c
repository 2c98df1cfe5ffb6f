/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl-talk.h"

#include <string.h>

#include "tl-text.h"

#define MAX_MECHANISMS_TRIED 2

typedef enum
{
  OUTCOME_FAILED,
  OUTCOME_DONE,
  OUTCOME_NOT_BEGUN,           /* we cannot carry this by it; nothing was sent */
  OUTCOME_NOT_THIS_MECHANISM,  /* the server cannot */
} Outcome;

/* Strongest first. RFC 9266 has the exporter for TLS 1.3; before that, a
 * certificate's digest is what is left (RFC 5929 §4). */
static const struct
{
  TlTlsBinding  binding;
  const char   *name;
} bindings[] = {
  { TL_TLS_BINDING_EXPORTER,         "tls-exporter" },
  { TL_TLS_BINDING_SERVER_END_POINT, "tls-server-end-point" },
};

/* What ties a sign-in to this connection, or NULL. */
static GBytes *
dup_binding (TlConversation  *conversation,
             const char     **out_name)
{
  TlChannel *channel = tl_conversation_get_channel (conversation);

  for (gsize i = 0; i < G_N_ELEMENTS (bindings); i++)
    {
      GBytes *data = tl_channel_dup_binding (channel, bindings[i].binding);

      if (data != NULL)
        {
          *out_name = bindings[i].name;
          return data;
        }
    }

  return NULL;
}

/**
 * tl_sasl_talk_can_bind:
 * @conversation: a conversation under TLS
 *
 * Returns: whether a sign-in can be bound to this connection
 */
gboolean
tl_sasl_talk_can_bind (TlConversation *conversation)
{
  const char *name = NULL;
  g_autoptr(GBytes) data = dup_binding (conversation, &name);

  return data != NULL;
}

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

/* The command, with the first message in base64 where it may ride on it: some
 * protocols bound the line (RFC 4954 §4), and then a long token comes behind
 * it. An empty message is written "=" (ibid., RFC 4959 §3). @initial is taken
 * when it went out. */
static gboolean
send_initial_sync (const TlSaslLink  *link,
                   gpointer           session,
                   TlConversation    *conversation,
                   const TlSaslMech  *mech,
                   TlSecret         **initial,
                   TlDeadline         deadline,
                   GCancellable      *cancellable,
                   TlFault          **out_fault,
                   GError           **error)
{
  g_autofree char *command = link->make_command (session, mech->name);
  g_autoptr(TlSecret) message = NULL;
  g_autoptr(TlSecret) line = NULL;
  gsize len;

  if (!link->hush_sync (session, deadline, cancellable, out_fault, error))
    return FALSE;

  len = *initial == NULL ? 0 : strlen (command) + 1 + MAX (1, tl_secret_get_len (*initial));
  if (*initial == NULL ||
      len + strlen ("\r\n") > link->get_max_initial_line_len (session, mech->with))
    return tl_conversation_write_sync (conversation, command, deadline, cancellable,
                                       out_fault, error);

  message = g_steal_pointer (initial);
  line = tl_secret_new_sized (len);
  tl_secret_append (line, command, strlen (command));
  tl_secret_append (line, " ", 1);
  if (tl_secret_get_len (message) == 0)
    tl_secret_append (line, "=", 1);
  else
    tl_secret_append (line, tl_secret_peek (message, NULL), tl_secret_get_len (message));

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

static gboolean
is_not_this_mechanism (const TlFault *fault)
{
  return fault != NULL && tl_fault_get_cause (fault) == TL_CAUSE_NO_COMMON_MECHANISM;
}

/* The exchange is taken back, and what the server says to that is read, so that
 * another one can begin. */
static Outcome
take_back_sync (const TlSaslLink  *link,
                gpointer           session,
                TlConversation    *conversation,
                TlSasl            *sasl,
                TlDeadline         deadline,
                GCancellable      *cancellable,
                TlFault          **out_fault,
                GError           **error)
{
  g_autofree char *text = NULL;
  g_autoptr(TlFault) fault = NULL;
  TlSaslAnswer answer = TL_SASL_ANSWER_MORE;

  send_cancel_sync (conversation, deadline, cancellable);
  if (link->read_sync (session, sasl, &answer, &text, deadline, cancellable, &fault, error))
    {
      if (answer == TL_SASL_ANSWER_NOT_THIS_MECHANISM)
        return OUTCOME_NOT_THIS_MECHANISM;
      *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL,
                                        "the server went on with an exchange that was taken back");
      return OUTCOME_FAILED;
    }
  if (fault != NULL && tl_fault_get_cause (fault) == TL_CAUSE_REFUSED)
    return OUTCOME_NOT_THIS_MECHANISM;

  *out_fault = g_steal_pointer (&fault);

  return OUTCOME_FAILED;
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
        return is_not_this_mechanism (*out_fault) ? OUTCOME_NOT_BEGUN : OUTCOME_FAILED;
      initial = tl_secret_new_base64 (plain);
    }

  if (!send_initial_sync (link, session, conversation, mech, &initial,
                          deadline, cancellable, out_fault, error))
    return OUTCOME_FAILED;
  if ((mech->flags & TL_SASL_CLIENT_FIRST) != 0 && initial == NULL)
    tl_sasl_note_written (sasl);

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
          else if (is_not_this_mechanism (*out_fault) && tl_sasl_has_shown_secret (sasl))
            {
              /* It has judged a proof by then: no second one, and no weaker way. */
              g_clear_pointer (out_fault, tl_fault_unref);
              *out_fault = tl_fault_new_detail (TL_CAUSE_SERVER_NOT_PROVEN,
                                                "the mechanism was refused behind the proof");
            }
          else if (is_not_this_mechanism (*out_fault))
            {
              g_clear_pointer (out_fault, tl_fault_unref);
              return take_back_sync (link, session, conversation, sasl, deadline, cancellable,
                                     out_fault, error);
            }
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

/* What the server said in words comes first, then why it did not like a token. */
static TlFault *
add_evidence (const TlFault *fault,
              const TlSasl  *sasl)
{
  g_autoptr(GVariant) more = g_variant_ref_sink (tl_sasl_dup_evidence (sasl));
  const char *words = tl_evidence_get_string (tl_fault_get_evidence (fault),
                                              TL_EVIDENCE_SERVER_TEXT);
  const char *reason = tl_evidence_get_string (more, TL_EVIDENCE_SERVER_TEXT);
  g_autoptr(TlFault) with_more = tl_fault_with (fault, more);
  g_autofree char *joined = NULL;
  g_autofree char *text = NULL;
  GVariantDict dict;

  if (words == NULL || reason == NULL)
    return g_steal_pointer (&with_more);

  joined = g_strconcat (words, " ", reason, NULL);
  text = tl_text_clean (joined, -1);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_SERVER_TEXT, "s", text);

  return tl_fault_with (with_more, g_variant_dict_end (&dict));
}

/* Every mechanism that was tried turned out not to be one. */
static TlFault *
judge_tried (const TlSaslMech   *mech,
             const char * const *offered)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", mech->name);
  g_variant_dict_insert (&dict, TL_EVIDENCE_OFFERED, "^as", offered);
  g_variant_dict_insert (&dict, TL_EVIDENCE_DETAIL, "s",
                         "the server does not take the mechanisms that it offers");

  return tl_fault_new (TL_CAUSE_NO_COMMON_MECHANISM, g_variant_dict_end (&dict));
}

/**
 * tl_sasl_talk_sync:
 * @link: how the protocol carries SASL
 * @session: passed to @link
 * @conversation: what @session talks through
 * @offered: (array zero-terminated=1): mechanisms the server offers
 * @who: who signs in, and with what
 * @out_mechanism: (out): the one that let us in, static
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once, by the strongest mechanism that both know, bound to the
 * connection where both can. A second one is tried only when the first was
 * refused as a mechanism, before the password or a proof of it was judged;
 * never a third, and not one that binds when that was refused. Blocks. Every
 * fault names the mechanism in its evidence.
 *
 * Returns: whether the server let us in, and proved itself where that is asked
 */
gboolean
tl_sasl_talk_sync (const TlSaslLink         *link,
                   gpointer                  session,
                   TlConversation           *conversation,
                   const char * const       *offered,
                   const TlSaslCredentials  *who,
                   const char              **out_mechanism,
                   TlDeadline                deadline,
                   GCancellable             *cancellable,
                   TlFault                 **out_fault,
                   GError                  **error)
{
  const char *binding_name = NULL;
  g_autoptr(GBytes) binding_data = dup_binding (conversation, &binding_name);
  const TlSaslBinding binding = {
    .name = binding_name,
    .data = binding_data,
    .is_offered = tl_sasl_offers_binding (offered),
  };
  gboolean can_bind = binding_data != NULL;
  const TlSaslMech *mech = NULL;
  const TlSaslMech *next;
  guint n_tried = 0;

  while (n_tried < MAX_MECHANISMS_TRIED &&
         (next = tl_sasl_choose (who->with, can_bind, offered, mech)) != NULL)
    {
      g_autoptr(TlSasl) sasl = tl_sasl_new (next, who, &binding);
      g_autoptr(TlFault) fault = NULL;

      mech = next;
      switch (exchange_sync (link, session, conversation, sasl, deadline, cancellable,
                             &fault, error))
        {
        case OUTCOME_DONE:
          *out_mechanism = mech->name;
          return TRUE;

        case OUTCOME_NOT_BEGUN:
          break;

        case OUTCOME_NOT_THIS_MECHANISM:
          n_tried++;
          if ((mech->flags & TL_SASL_BINDS) != 0)
            can_bind = FALSE;
          break;

        case OUTCOME_FAILED:
        default:
          *out_fault = fault == NULL ? NULL : add_evidence (fault, sasl);
          return FALSE;
        }
    }

  *out_fault = mech == NULL ? tl_sasl_judge_offer (who->with, can_bind, offered)
                            : judge_tried (mech, offered);

  return FALSE;
}
