/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-talk.h"

#include "tl-sasl-talk.h"

/* The LOGIN command may be used unless it is said to be off (RFC 9051 §6.2.3). */
static gboolean
takes_login_command (TlImapSession *self)
{
  return !tl_capabilities_has (self->capabilities, "LOGINDISABLED");
}

/**
 * tl_imap_session_judge_offer:
 * @self: a session whose capabilities are known
 *
 * Says before any password is sent whether one can be used.
 *
 * Returns: (transfer full) (nullable): %NULL when it can; else %TL_CAUSE_OAUTH_ONLY,
 *   %TL_CAUSE_LOGIN_DISABLED or %TL_CAUSE_NO_COMMON_MECHANISM
 */
TlFault *
tl_imap_session_judge_offer (TlImapSession *self)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (self->capabilities);
  g_autoptr(TlFault) fault = NULL;

  if (self->is_preauth)
    return NULL;
  if (mechanisms[0] == NULL)
    return takes_login_command (self) ? NULL : tl_fault_new (TL_CAUSE_LOGIN_DISABLED, NULL);

  fault = tl_sasl_judge_offer (mechanisms);
  if (fault != NULL && tl_fault_get_cause (fault) != TL_CAUSE_OAUTH_ONLY &&
      takes_login_command (self))
    return NULL;

  return g_steal_pointer (&fault);
}

static gboolean
sasl_takes_initial (gpointer session)
{
  TlImapSession *self = session;

  return tl_capabilities_has (self->capabilities, "SASL-IR");
}

/* AUTHENTICATE, RFC 9051 §6.2.2; the initial response may ride on it (RFC 4959). */
static char *
sasl_make_command (gpointer    session,
                   const char *mechanism)
{
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin (session, "AUTHENTICATE");

  tl_imap_command_add_atom (command, mechanism);

  return g_strdup (tl_secret_peek (tl_imap_command_get_line (command, 0), NULL));
}

static gboolean
sasl_hush_sync (gpointer       session,
                TlDeadline     deadline,
                GCancellable  *cancellable,
                TlFault      **out_fault,
                GError       **error)
{
  return tl_imap_talk_hush_sync (session, deadline, cancellable, out_fault, error);
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
  TlImapSession *self = session;
  g_autoptr(TlImapResponse) response = tl_imap_talk_read_sync (self, deadline, cancellable,
                                                               out_fault, error);

  if (response == NULL)
    return FALSE;

  if (tl_imap_response_get_kind (response) == TL_IMAP_CONTINUATION)
    {
      *out_answer = TL_SASL_ANSWER_MORE;
      *out_challenge = g_strdup (tl_imap_response_get_text (response));
      return TRUE;
    }

  /* BAD may mean that the mechanism is not known. Once the server has seen a
   * password, it may also be its way of saying no, and there is no second try. */
  if (tl_imap_response_get_status (response) == TL_IMAP_BAD && !tl_sasl_has_shown_secret (sasl))
    {
      *out_answer = TL_SASL_ANSWER_NOT_THIS_MECHANISM;
      return TRUE;
    }

  *out_answer = TL_SASL_ANSWER_DONE;

  return tl_imap_talk_judge (response, TL_CAUSE_REFUSED, out_fault);
}

static const TlSaslLink sasl_link = {
  .takes_initial = sasl_takes_initial,
  .make_command  = sasl_make_command,
  .hush_sync     = sasl_hush_sync,
  .read_sync     = sasl_read_sync,
};

/* LOGIN, RFC 9051 §6.2.3, for servers that offer no mechanism we know. */
static gboolean
login_sync (TlImapSession  *self,
            const char     *username,
            TlSecret       *password,
            TlDeadline      deadline,
            GCancellable   *cancellable,
            TlFault       **out_fault,
            GError        **error)
{
  g_autoptr(TlImapCommand) command = tl_imap_talk_begin (self, "LOGIN");
  g_autoptr(TlImapResponse) response = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) why = NULL;
  GVariantDict dict;

  if (!tl_imap_command_add_string (command, username, &why) ||
      !tl_imap_command_add_secret (command, password, &why))
    return tl_imap_talk_fail (out_fault, TL_CAUSE_NO_COMMON_MECHANISM, why->message);

  response = tl_imap_talk_run_sync (self, command, deadline, cancellable, out_fault, error);
  if (response == NULL)
    return FALSE;
  if (tl_imap_talk_judge (response, TL_CAUSE_REFUSED, &fault))
    return TRUE;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", "LOGIN");
  *out_fault = tl_fault_with (fault, g_variant_dict_end (&dict));

  return FALSE;
}

/**
 * tl_imap_session_authenticate_sync:
 * @self: a session whose capabilities are known and were judged good
 * @username: who signs in
 * @password: with what
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once: by SASL, or with the LOGIN command when no mechanism is
 * common to both. Capabilities from before are forgotten (RFC 9051 §6.2.2).
 * @password is taken out of whatever the server says from here on.
 *
 * Fails with %TL_CAUSE_NOT_PROVEN when the server had let us in unasked, with
 * %TL_CAUSE_REFUSED and the server's words, or as tl_sasl_talk_sync().
 *
 * Returns: whether the server let us in
 */
gboolean
tl_imap_session_authenticate_sync (TlImapSession  *self,
                                   const char     *username,
                                   TlSecret       *password,
                                   TlDeadline      deadline,
                                   GCancellable   *cancellable,
                                   TlFault       **out_fault,
                                   GError        **error)
{
  g_autoptr(TlCapabilities) before = tl_capabilities_ref (self->capabilities);
  const char * const *mechanisms = tl_capabilities_get_mechanisms (before);
  gboolean is_in;

  if (self->is_preauth)
    return tl_imap_talk_fail (out_fault, TL_CAUSE_NOT_PROVEN,
                              "the server let us in without a password");

  tl_conversation_guard (self->conversation, username, password);
  if (tl_sasl_choose (mechanisms, NULL) != NULL)
    is_in = tl_sasl_talk_sync (&sasl_link, self, self->conversation, mechanisms, username,
                               password, deadline, cancellable, out_fault, error);
  else
    is_in = login_sync (self, username, password, deadline, cancellable, out_fault, error);

  if (self->capabilities == before)
    g_clear_pointer (&self->capabilities, tl_capabilities_unref);

  return is_in;
}
