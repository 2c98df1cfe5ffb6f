/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-talk.h"

#include <string.h>
#include <sys/random.h>

#include "tl-imap-utf7.h"
#include "tl-text.h"

#define TAG_LEN 10

gboolean
tl_imap_talk_fail (TlFault    **out_fault,
                   TlCause      cause,
                   const char  *detail)
{
  *out_fault = tl_fault_new_detail (cause, "%s", detail);

  return FALSE;
}

static TlImapLiterals
get_literals (TlImapSession *self)
{
  if (self->capabilities == NULL || tl_conversation_get_proof (self->conversation) == NULL)
    return TL_IMAP_LITERALS_SYNC;
  if (tl_capabilities_has (self->capabilities, "LITERAL+"))
    return TL_IMAP_LITERALS_PLUS;

  return tl_capabilities_has (self->capabilities, "LITERAL-") ||
         tl_capabilities_has (self->capabilities, "IMAP4REV2")
         ? TL_IMAP_LITERALS_MINUS : TL_IMAP_LITERALS_SYNC;
}

/* One command of a flight. A tag that cannot be guessed before the command is
 * sent: a completion that was put on the wire ahead of time fits no command. */
TlImapCommand *
tl_imap_talk_make (TlImapSession      *self,
                   TlImapTalkId        id,
                   const char         *name,
                   const char * const *data,
                   TlImapFlightFlags   flags)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  guint8 bytes[TAG_LEN];
  char tag[TAG_LEN + 1] = { 0 };
  TlImapCommand *command;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("this system gives no random bytes");
  /* The first one is a letter, so that nobody takes it for a number. */
  tag[0] = letters[bytes[0] % 26];
  for (gsize i = 1; i < TAG_LEN; i++)
    tag[i] = letters[bytes[i] % 32];

  tl_imap_flight_add (self->flight, id, tag, data, flags);
  command = tl_imap_command_new (tag, name);
  tl_imap_command_set_literals (command, get_literals (self));
  tl_imap_command_set_utf8 (command, self->is_utf8);

  return command;
}

/* A folder's name as it goes over the wire: in modified UTF-7 (RFC 9051 appendix A.1), unless the
 * server agreed to UTF-8 (RFC 6855 §3). */
char *
tl_imap_talk_encode_name (TlImapSession *self,
                          const char    *name)
{
  return self->is_utf8 ? g_strdup (name) : tl_imap_utf7_encode (name);
}

void
tl_imap_talk_reset_bounds (TlImapSession *self,
                           guint          max_responses,
                           gsize          max_bytes)
{
  self->n_responses = 0;
  self->n_bytes = 0;
  self->max_responses = max_responses;
  self->max_bytes = max_bytes;
}

/* A command that is run by itself; what it asks for is kept in the session's answers. */
TlImapCommand *
tl_imap_talk_begin_for (TlImapSession      *self,
                        const char         *name,
                        const char * const *data)
{
  g_ptr_array_set_size (self->answers, 0);
  self->is_signing_in = g_str_equal (name, "AUTHENTICATE") || g_str_equal (name, "LOGIN");
  tl_imap_talk_reset_bounds (self, TL_IMAP_TALK_MAX_RESPONSES, TL_IMAP_TALK_MAX_RESPONSE_BYTES);

  return tl_imap_talk_make (self, TL_IMAP_TALK_RUN, name, data, TL_IMAP_FLIGHT_CONTINUES);
}

TlImapCommand *
tl_imap_talk_begin (TlImapSession *self,
                    const char    *name)
{
  return tl_imap_talk_begin_for (self, name, NULL);
}

gboolean
tl_imap_talk_take_capabilities (TlImapSession         *self,
                                const TlImapResponse  *response,
                                TlFault              **out_fault)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  gboolean fits = TRUE;

  if (g_strcmp0 (tl_imap_response_get_code (response), "CAPABILITY") == 0)
    {
      fits = tl_capabilities_add_imap (capabilities,
                                       tl_imap_response_get_code_arguments (response));
    }
  else if (g_strcmp0 (tl_imap_response_get_name (response), "CAPABILITY") == 0)
    {
      for (guint i = 0; i < tl_imap_response_get_n_tokens (response) && fits; i++)
        fits = tl_capabilities_add_imap (capabilities,
                                         tl_imap_response_get_token (response, i)->text);
    }
  else
    {
      return TRUE;
    }

  if (!fits)
    return tl_imap_talk_fail (out_fault, TL_CAUSE_TOO_LONG,
                              "the server lists too many capabilities");

  g_clear_pointer (&self->capabilities, tl_capabilities_unref);
  self->capabilities = g_steal_pointer (&capabilities);

  return TRUE;
}

/* One response, with its literals, within the bounds of what is under way. It
 * begins before @patience is over, and ends by @deadline. */
static TlImapResponse *
read_response_sync (TlImapSession  *self,
                    TlDeadline      patience,
                    TlDeadline      deadline,
                    GCancellable   *cancellable,
                    TlFault       **out_fault,
                    GError        **error)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  gssize literal_len = 0;

  self->n_responses++;
  while (literal_len >= 0)
    {
      g_autofree char *line = tl_conversation_read_sync (self->conversation, patience,
                                                         cancellable, out_fault, error);

      if (line == NULL || !tl_imap_response_feed_line (response, line, &literal_len, out_fault))
        return NULL;
      patience = deadline;

      self->n_bytes += strlen (line) + (gsize) MAX (literal_len, 0);
      if (self->n_responses > self->max_responses || self->n_bytes > self->max_bytes)
        {
          tl_imap_talk_fail (out_fault, TL_CAUSE_TOO_LONG, "the server does not come to an end");
          return NULL;
        }

      if (literal_len >= 0)
        {
          TlLineStream *stream = tl_conversation_get_stream (self->conversation);
          g_autoptr(GBytes) literal = tl_line_stream_read_bytes_sync (stream, (gsize) literal_len,
                                                                      deadline, cancellable,
                                                                      out_fault, error);

          if (literal == NULL || !tl_imap_response_feed_literal (response, literal, out_fault))
            return NULL;
        }
    }

  return g_steal_pointer (&response);
}

/* What may never come behind the greeting, or ends the session. */
static gboolean
check_untagged (const TlImapResponse  *response,
                TlFault              **out_fault)
{
  if (tl_imap_response_get_status (response) == TL_IMAP_BYE)
    {
      *out_fault = tl_imap_response_to_fault (response, TL_CAUSE_SERVER_CLOSED);
      return FALSE;
    }
  if (tl_imap_response_get_status (response) == TL_IMAP_PREAUTH)
    return tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, "a second greeting");

  return TRUE;
}

/* ALERT, RFC 9051 §7.1: a text that people have to be shown. Before the server
 * is verified and has let us in, anybody may have written it. */
static void
take_alert (TlImapSession        *self,
            const TlImapResponse *response)
{
  guint n = self->facts.alerts == NULL ? 0 : g_strv_length (self->facts.alerts);
  g_autofree char *text = NULL;

  if (!self->is_signed_in || tl_conversation_get_proof (self->conversation) == NULL ||
      g_strcmp0 (tl_imap_response_get_code (response), "ALERT") != 0)
    return;

  text = tl_text_clean (tl_imap_response_get_text (response), -1);
  if (*text == '\0' || n == TL_IMAP_TALK_MAX_ALERTS ||
      (n > 0 && g_strv_contains ((const char * const *) self->facts.alerts, text)))
    return;

  self->facts.alerts = g_renew (char *, self->facts.alerts, n + 2);
  self->facts.alerts[n] = g_steal_pointer (&text);
  self->facts.alerts[n + 1] = NULL;
}

/* That a message has come may be told at any time, also while something else is
 * asked for (RFC 9051 §7.4.1): whoever waits for it next has to know. */
static void
take_arrival (TlImapSession        *self,
              const TlImapResponse *response)
{
  if (g_strcmp0 (tl_imap_response_get_name (response), "EXISTS") == 0)
    self->has_arrivals = TRUE;
}

/* Reads one response and says what it belongs to: tl_imap_flight_take(). It
 * begins before @patience is over, and ends by @deadline. */
TlImapResponse *
tl_imap_talk_next_sync (TlImapSession  *self,
                        int            *out_id,
                        TlDeadline      patience,
                        TlDeadline      deadline,
                        GCancellable   *cancellable,
                        TlFault       **out_fault,
                        GError        **error)
{
  g_autoptr(TlImapResponse) response = read_response_sync (self, patience, deadline, cancellable,
                                                           out_fault, error);

  if (response == NULL || !check_untagged (response, out_fault) ||
      !tl_imap_flight_take (self->flight, response, out_id, out_fault) ||
      !tl_imap_talk_take_capabilities (self, response, out_fault))
    return NULL;

  if (self->is_signing_in && tl_imap_response_get_kind (response) == TL_IMAP_TAGGED &&
      tl_imap_response_get_status (response) == TL_IMAP_OK)
    self->is_signed_in = TRUE;
  take_alert (self, response);
  take_arrival (self, response);

  return g_steal_pointer (&response);
}

/* Reads up to a continuation or to the completion of the command that is run by
 * itself. Data it asked for are kept, others are let go of. */
TlImapResponse *
tl_imap_talk_read_sync (TlImapSession  *self,
                        TlDeadline      deadline,
                        GCancellable   *cancellable,
                        TlFault       **out_fault,
                        GError        **error)
{
  for (;;)
    {
      int id = -1;
      g_autoptr(TlImapResponse) response = tl_imap_talk_next_sync (self, &id, deadline, deadline,
                                                                   cancellable, out_fault, error);

      if (response == NULL)
        return NULL;
      if (id != TL_IMAP_TALK_RUN)
        continue;
      if (tl_imap_response_get_kind (response) != TL_IMAP_UNTAGGED)
        return g_steal_pointer (&response);

      g_ptr_array_add (self->answers, g_steal_pointer (&response));
    }
}

/* A completion or a continuation belongs to a line that was sent: one that is
 * there before was meant to be taken for the answer, and ends the session.
 * Untagged data may come at any time (RFC 9051 §5.2, §7), but never counts as
 * an answer to what was not asked yet: it is read and let go of. So is the
 * completion of an IDLE that nobody waited for. */
gboolean
tl_imap_talk_hush_sync (TlImapSession  *self,
                        TlDeadline      deadline,
                        GCancellable   *cancellable,
                        TlFault       **out_fault,
                        GError        **error)
{
  TlLineStream *stream = tl_conversation_get_stream (self->conversation);

  while (tl_line_stream_has_pending (stream))
    {
      g_autoptr(TlImapResponse) response = read_response_sync (self, deadline, deadline,
                                                               cancellable, out_fault, error);
      int id = -1;

      if (response == NULL || !check_untagged (response, out_fault))
        return FALSE;
      if (tl_imap_response_get_kind (response) != TL_IMAP_UNTAGGED &&
          (!tl_imap_flight_take (self->flight, response, &id, out_fault) ||
           id != TL_IMAP_TALK_IDLE))
        {
          g_clear_pointer (out_fault, tl_fault_unref);
          return tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL,
                                    "an answer to what was not sent yet");
        }
      take_alert (self, response);
      take_arrival (self, response);
    }

  return TRUE;
}

gboolean
tl_imap_talk_write_sync (TlImapSession        *self,
                         const TlImapCommand  *command,
                         guint                 index,
                         TlDeadline            deadline,
                         GCancellable         *cancellable,
                         TlFault             **out_fault,
                         GError              **error)
{
  TlSecret *line = tl_imap_command_get_line (command, index);

  if (!tl_imap_talk_hush_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;
  if (tl_imap_command_is_secret (command))
    return tl_conversation_write_secret_sync (self->conversation, line, deadline, cancellable,
                                              out_fault, error);

  return tl_conversation_write_sync (self->conversation, tl_secret_peek (line, NULL), deadline,
                                     cancellable, out_fault, error);
}

/* Gives a command, literals and all, and reads its completion. */
TlImapResponse *
tl_imap_talk_run_sync (TlImapSession        *self,
                       const TlImapCommand  *command,
                       TlDeadline            deadline,
                       GCancellable         *cancellable,
                       TlFault             **out_fault,
                       GError              **error)
{
  guint n_lines = tl_imap_command_get_n_lines (command);

  for (guint i = 0; i < n_lines; i++)
    {
      g_autoptr(TlImapResponse) response = NULL;

      if (!tl_imap_talk_write_sync (self, command, i, deadline, cancellable, out_fault, error))
        return NULL;
      if (i + 1 < n_lines && !tl_imap_command_waits_behind (command, i))
        continue;

      response = tl_imap_talk_read_sync (self, deadline, cancellable, out_fault, error);
      if (response == NULL)
        return NULL;

      if (tl_imap_response_get_kind (response) == TL_IMAP_TAGGED)
        {
          if (i + 1 < n_lines && tl_imap_response_get_status (response) == TL_IMAP_OK)
            {
              tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL,
                                 "a command was completed before it was given");
              return NULL;
            }
          return g_steal_pointer (&response);
        }
      if (i + 1 == n_lines)
        break;
    }

  tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, "the server wants more when there is no more");

  return NULL;
}

/* OK is success. NO is a refusal, which means @refusal; BAD is a server that
 * does not understand, whose words may still say why. */
gboolean
tl_imap_talk_judge (const TlImapResponse  *response,
                    TlCause                refusal,
                    TlFault              **out_fault)
{
  TlImapStatus status = tl_imap_response_get_status (response);

  if (status == TL_IMAP_OK)
    return TRUE;

  *out_fault = tl_imap_response_to_fault (response, status == TL_IMAP_NO ? refusal
                                                                         : TL_CAUSE_PROTOCOL);

  return FALSE;
}

/* Whether the server says that a folder is open; @folder may be NULL for INBOX. If not,
 * %TL_CAUSE_INBOX_MISSING, with its name. */
gboolean
tl_imap_talk_judge_opening (const TlImapResponse  *response,
                            const char            *folder,
                            TlFault              **out_fault)
{
  g_autoptr(TlFault) fault = NULL;
  GVariantDict dict;

  if (tl_imap_talk_judge (response, TL_CAUSE_INBOX_MISSING, &fault))
    return TRUE;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, TL_EVIDENCE_FOLDER, "s", folder != NULL ? folder : "INBOX");
  *out_fault = tl_fault_with (fault, g_variant_dict_end (&dict));

  return FALSE;
}
