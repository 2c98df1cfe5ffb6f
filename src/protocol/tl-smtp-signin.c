/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-talk.h"

#include "tl-sasl-talk.h"

/* RFC 4954 §4: AUTH with an initial response is a command like any other, and
 * the longest of those has 512 bytes with its line end (RFC 5321 §4.5.3.1.4).
 * What comes behind it, each on a line of its own, may have 12288. */
#define MAX_COMMAND_LINE_LEN 512

/* Providers that take tokens want them on the command, however long, and a
 * trip is saved: no token would fit otherwise. */
#define MAX_TOKEN_LINE_LEN 12288

/**
 * tl_smtp_session_judge_offer:
 * @self: a session whose capabilities are known
 * @with: what is to be signed in with
 *
 * Says before anything is sent to sign in with whether it can be used. A server that
 * offers no sign-in at all is judged when it comes to signing in.
 *
 * Returns: (transfer full) (nullable): %NULL when it can; else %TL_CAUSE_OAUTH_ONLY or
 *   %TL_CAUSE_NO_COMMON_MECHANISM
 */
TlFault *
tl_smtp_session_judge_offer (TlSmtpSession *self,
                             TlSaslWith     with)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (self->capabilities);

  return mechanisms[0] == NULL
         ? NULL
         : tl_sasl_judge_offer (with, tl_sasl_talk_can_bind (self->conversation), mechanisms);
}

static gsize
sasl_get_max_initial_line_len (gpointer   session,
                               TlSaslWith with)
{
  return with == TL_SASL_WITH_TOKEN ? MAX_TOKEN_LINE_LEN : MAX_COMMAND_LINE_LEN;
}

/* AUTH, RFC 4954 §4. */
static char *
sasl_make_command (gpointer    session,
                   const char *mechanism)
{
  return g_strconcat ("AUTH ", mechanism, NULL);
}

static gboolean
sasl_hush_sync (gpointer       session,
                TlDeadline     deadline,
                GCancellable  *cancellable,
                TlFault      **out_fault,
                GError       **error)
{
  return tl_smtp_talk_hush_sync (session, deadline, cancellable, out_fault, error);
}

static gboolean
sasl_read_sync (gpointer       session,
                const TlSasl  *sasl,
                TlSaslAnswer  *out_answer,
                char         **out_challenge,
                TlDeadline     deadline,
                GCancellable  *cancellable,
                TlFault      **out_fault,
                GError       **error)
{
  TlSmtpSession *self = session;
  g_autoptr(TlSmtpReply) reply = tl_smtp_talk_read_sync (self, deadline, cancellable,
                                                         out_fault, error);
  guint code;

  if (reply == NULL)
    return FALSE;

  /* 504: not known. Once the server has seen the password or a proof of it, it
   * may be its way of asking for one that is worth more, and there is no second
   * try. */
  code = tl_smtp_reply_get_code (reply);
  if (code == 504 && !tl_sasl_has_shown_secret (sasl))
    {
      *out_answer = TL_SASL_ANSWER_NOT_THIS_MECHANISM;
      return TRUE;
    }

  switch (code)
    {
    case 334:
      *out_answer = TL_SASL_ANSWER_MORE;
      *out_challenge = g_strdup (tl_smtp_reply_get_line (reply, 0));
      return TRUE;

    case 235:
      *out_answer = TL_SASL_ANSWER_DONE;
      return TRUE;

    default:
      *out_fault = tl_smtp_talk_refuse (reply, code < 400 ? TL_CAUSE_PROTOCOL : TL_CAUSE_REFUSED);
      return FALSE;
    }
}

static const TlSaslLink sasl_link = {
  .get_max_initial_line_len = sasl_get_max_initial_line_len,
  .make_command = sasl_make_command,
  .hush_sync = sasl_hush_sync,
  .read_sync = sasl_read_sync,
};

/**
 * tl_smtp_session_authenticate_sync:
 * @self: a session whose capabilities are known and were judged good
 * @who: who signs in, and with what
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once, by SASL. The secret of @who is taken out of whatever the
 * server says from here on.
 *
 * Fails with %TL_CAUSE_NOT_PROVEN when the server offers no sign-in at all,
 * with %TL_CAUSE_REFUSED and the server's words, or as tl_sasl_talk_sync().
 *
 * Returns: whether the server let us in
 */
gboolean
tl_smtp_session_authenticate_sync (TlSmtpSession  *self,
                                   const TlSaslCredentials *who,
                                   TlDeadline      deadline,
                                   GCancellable   *cancellable,
                                   TlFault       **out_fault,
                                   GError        **error)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (self->capabilities);

  if (mechanisms[0] == NULL)
    return tl_smtp_talk_fail (out_fault, TL_CAUSE_NOT_PROVEN, "the server offers no sign-in");

  if (who->secret != NULL)
    tl_conversation_guard (self->conversation, who->username, who->secret);

  return tl_sasl_talk_sync (&sasl_link, self, self->conversation, mechanisms, who,
                            &self->mechanism, deadline, cancellable, out_fault, error);
}
