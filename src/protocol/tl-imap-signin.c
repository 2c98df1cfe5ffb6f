/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-talk.h"

#include "tl-sasl-talk.h"

/* RFC 2683 §3.2.1.5: servers should take lines of 8000 bytes at least. */
#define MAX_COMMAND_LINE_LEN 8000

/* The LOGIN command may be used unless it is said to be off (RFC 9051 §6.2.3). */
static gboolean
takes_login_command (TlImapSession *self)
{
  return !tl_capabilities_has (self->capabilities, "LOGINDISABLED");
}

/**
 * tl_imap_session_judge_offer:
 * @self: a session whose capabilities are known
 * @with: what is to be signed in with
 *
 * Says before anything is sent to sign in with whether it can be used.
 *
 * Returns: (transfer full) (nullable): %NULL when it can; else %TL_CAUSE_OAUTH_ONLY,
 *   %TL_CAUSE_LOGIN_DISABLED or %TL_CAUSE_NO_COMMON_MECHANISM
 */
TlFault *
tl_imap_session_judge_offer (TlImapSession *self,
                             TlSaslWith     with)
{
  const char * const *mechanisms = tl_capabilities_get_mechanisms (self->capabilities);
  g_autoptr(TlFault) fault = NULL;

  if (self->is_preauth)
    return NULL;
  if (mechanisms[0] == NULL && with == TL_SASL_WITH_PASSWORD)
    return takes_login_command (self) ? NULL : tl_fault_new (TL_CAUSE_LOGIN_DISABLED, NULL);

  fault = tl_sasl_judge_offer (with, tl_sasl_talk_can_bind (self->conversation), mechanisms);
  if (fault != NULL && with == TL_SASL_WITH_PASSWORD &&
      tl_fault_get_cause (fault) != TL_CAUSE_OAUTH_ONLY && takes_login_command (self))
    return NULL;

  return g_steal_pointer (&fault);
}

static gsize
sasl_get_max_initial_line_len (gpointer   session,
                               TlSaslWith with)
{
  TlImapSession *self = session;

  return tl_capabilities_has (self->capabilities, "SASL-IR") ? MAX_COMMAND_LINE_LEN : 0;
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

/* BAD may mean that the mechanism is not known. So does NO to one that binds,
 * when it gives no reason: servers offer it that know only kinds of binding
 * that TLS 1.3 does not have. Once the server has seen a password, either may
 * also be its way of saying no to that, and there is no second try. */
static gboolean
is_about_mechanism (const TlImapResponse *response,
                    const TlSaslMech     *mech)
{
  TlImapStatus status = tl_imap_response_get_status (response);

  return status == TL_IMAP_BAD ||
         (status == TL_IMAP_NO && (mech->flags & TL_SASL_BINDS) != 0 &&
          tl_imap_response_get_code (response) == NULL);
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

  if (!tl_sasl_has_shown_secret (sasl) && is_about_mechanism (response, tl_sasl_get_mech (sasl)))
    {
      *out_answer = TL_SASL_ANSWER_NOT_THIS_MECHANISM;
      return TRUE;
    }

  *out_answer = TL_SASL_ANSWER_DONE;

  return tl_imap_talk_judge (response, TL_CAUSE_REFUSED, out_fault);
}

static const TlSaslLink sasl_link = {
  .get_max_initial_line_len = sasl_get_max_initial_line_len,
  .make_command = sasl_make_command,
  .hush_sync = sasl_hush_sync,
  .read_sync = sasl_read_sync,
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
    tl_imap_talk_fail (&fault, TL_CAUSE_NO_COMMON_MECHANISM, why->message);
  else
    response = tl_imap_talk_run_sync (self, command, deadline, cancellable, &fault, error);
  if (response != NULL && tl_imap_talk_judge (response, TL_CAUSE_REFUSED, &fault))
    {
      self->mechanism = "LOGIN";
      return TRUE;
    }

  if (fault != NULL)
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, TL_EVIDENCE_MECHANISM, "s", "LOGIN");
      *out_fault = tl_fault_with (fault, g_variant_dict_end (&dict));
    }

  return FALSE;
}

/**
 * tl_imap_session_authenticate_sync:
 * @self: a session whose capabilities are known and were judged good
 * @who: who signs in, and with what
 * @deadline: the moment by which the server has let us in
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it did not
 * @error: return location for a #GError
 *
 * Signs in once: by SASL, or with a password and the LOGIN command when no
 * mechanism is common to both. Capabilities from before are forgotten
 * (RFC 9051 §6.2.2). The secret of @who is taken out of whatever the server
 * says from here on.
 *
 * Fails with %TL_CAUSE_NOT_PROVEN when the server had let us in unasked, with
 * %TL_CAUSE_REFUSED and the server's words, or as tl_sasl_talk_sync().
 *
 * Returns: whether the server let us in
 */
gboolean
tl_imap_session_authenticate_sync (TlImapSession  *self,
                                   const TlSaslCredentials *who,
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

  g_free (self->host);
  self->host = g_strdup (who->host);
  if (who->secret != NULL)
    tl_conversation_guard (self->conversation, who->username, who->secret);
  if (who->with != TL_SASL_WITH_PASSWORD ||
      tl_sasl_choose (who->with, tl_sasl_talk_can_bind (self->conversation), mechanisms,
                      NULL) != NULL)
    is_in = tl_sasl_talk_sync (&sasl_link, self, self->conversation, mechanisms, who,
                               &self->mechanism, deadline, cancellable, out_fault, error);
  else
    is_in = login_sync (self, who->username, who->secret, deadline, cancellable, out_fault, error);

  if (self->capabilities == before)
    g_clear_pointer (&self->capabilities, tl_capabilities_unref);

  return is_in;
}

/**
 * tl_imap_session_get_mechanism:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the SASL mechanism that signed us in, `LOGIN` for the
 *   command of that name, too; %NULL before
 */
const char *
tl_imap_session_get_mechanism (TlImapSession *self)
{
  return self->mechanism;
}
