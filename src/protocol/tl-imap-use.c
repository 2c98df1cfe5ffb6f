/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-session.h"

#include "config.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-talk.h"

/* What a signed-in session is asked in one flight. */
typedef struct
{
  TlImapSession *session;     /* borrowed */
  const char    *folder;      /* borrowed; NULL: INBOX */
  const char    *encoded;     /* borrowed; the same as it goes over the wire */
  GPtrArray     *commands;    /* of TlImapCommand, in the order they are sent */
  gboolean       has_n_messages;
} Errand;

typedef struct
{
  TlImapTalkId        id;
  const char         *name;
  const char         *needs;   /* a capability, or NULL */
  gboolean          (*suits)  (const Errand          *errand);
  const char * const *data;    /* the untagged data it is answered with */
  TlImapFlightFlags   flags;
  gboolean          (*add_arguments) (const Errand   *errand,
                                      TlImapCommand  *command,
                                      TlFault       **out_fault);
  gboolean          (*take)   (Errand                *errand,
                               const TlImapResponse  *response,
                               TlFault              **out_fault);
  gboolean          (*finish) (Errand                *errand,
                               const TlImapResponse  *response,
                               TlFault              **out_fault);
} Part;

/* RFC 6855 §3. Names go one way before it and another behind it: one that differs cannot travel
 * in the same flight. Later it is too late, for a folder is open then (RFC 5161 §3.1). */
static gboolean
suits_utf8 (const Errand *errand)
{
  TlCapabilities *capabilities = errand->session->capabilities;

  return (errand->folder == NULL || g_str_equal (errand->folder, errand->encoded)) &&
         (tl_capabilities_has (capabilities, "UTF8=ACCEPT") ||
          tl_capabilities_has (capabilities, "UTF8=ONLY"));
}

static gboolean
add_utf8 (const Errand   *errand,
          TlImapCommand  *command,
          TlFault       **out_fault)
{
  tl_imap_command_add_words (command, "UTF8=ACCEPT");

  return TRUE;
}

/* RFC 2971 §3.3: a client says no more than it has to. */
static gboolean
add_id (const Errand   *errand,
        TlImapCommand  *command,
        TlFault       **out_fault)
{
  tl_imap_command_add_words (command, "(\"name\" \"Twolane\" \"version\" \"" TL_VERSION "\")");

  return TRUE;
}

/* The return option for roles is of LIST-EXTENDED (RFC 5258, RFC 6154 §3). */
static gboolean
add_list (const Errand   *errand,
          TlImapCommand  *command,
          TlFault       **out_fault)
{
  TlCapabilities *capabilities = errand->session->capabilities;

  tl_imap_command_add_words (command, "\"\" \"*\"");
  if (tl_capabilities_has (capabilities, "SPECIAL-USE") &&
      (tl_capabilities_has (capabilities, "LIST-EXTENDED") ||
       tl_capabilities_has (capabilities, "IMAP4REV2")))
    tl_imap_command_add_words (command, "RETURN (SPECIAL-USE)");

  return TRUE;
}

static gboolean
add_folder (const Errand   *errand,
            TlImapCommand  *command,
            TlFault       **out_fault)
{
  g_autoptr(GError) why = NULL;

  if (errand->encoded == NULL)
    {
      tl_imap_command_add_atom (command, "INBOX");
      return TRUE;
    }

  /* Settings hold no folder that this refuses; should one do so, no command is sent. */
  return tl_imap_command_add_string (command, errand->encoded, &why) ||
         tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL, why->message);
}

/* RFC 5161 §3.2: `"ENABLED" *(SP capability)`. */
static gboolean
take_enabled (Errand                *errand,
              const TlImapResponse  *response,
              TlFault              **out_fault)
{
  for (guint i = 0; i < tl_imap_response_get_n_tokens (response); i++)
    if (g_ascii_strcasecmp (tl_imap_response_get_token (response, i)->text, "UTF8=ACCEPT") == 0)
      errand->session->is_utf8 = TRUE;

  return TRUE;
}

static gboolean
take_fact (Errand                *errand,
           const TlImapResponse  *response,
           TlFault              **out_fault)
{
  tl_imap_facts_take (&errand->session->facts, response);

  return TRUE;
}

static gboolean
take_folder (Errand                *errand,
             const TlImapResponse  *response,
             TlFault              **out_fault)
{
  TlImapMailbox *mailbox = tl_imap_mailbox_new_from_list (response, errand->session->is_utf8,
                                                          out_fault);

  if (mailbox == NULL)
    return FALSE;
  g_ptr_array_add (errand->session->mailboxes, mailbox);

  return TRUE;
}

static gboolean
take_n_messages (Errand                *errand,
                 const TlImapResponse  *response,
                 TlFault              **out_fault)
{
  errand->has_n_messages = TRUE;
  errand->session->facts.n_messages = tl_imap_response_get_number (response);

  return TRUE;
}

static gboolean
finish_list (Errand                *errand,
             const TlImapResponse  *response,
             TlFault              **out_fault)
{
  return tl_imap_talk_judge (response, TL_CAUSE_REFUSED, out_fault);
}

/* A success without the number of messages, which the server must give, is
 * none: Exchange has been seen to say OK to a mailbox it cannot open. */
static gboolean
finish_examine (Errand                *errand,
                const TlImapResponse  *response,
                TlFault              **out_fault)
{
  if (!tl_imap_talk_judge_opening (response, errand->folder, out_fault))
    return FALSE;

  return errand->has_n_messages ||
         tl_imap_talk_fail (out_fault, TL_CAUSE_PROTOCOL,
                            "the folder was opened without a number of messages");
}

static gboolean
finish_idle (Errand                *errand,
             const TlImapResponse  *response,
             TlFault              **out_fault)
{
  errand->session->facts.idles = tl_imap_response_get_kind (response) == TL_IMAP_CONTINUATION;

  return TRUE;
}

static const char * const enable_data[] = { "ENABLED", NULL };
static const char * const id_data[] = { "ID", NULL };
static const char * const namespace_data[] = { "NAMESPACE", NULL };
static const char * const list_data[] = { "LIST", NULL };
static const char * const rights_data[] = { "MYRIGHTS", NULL };
static const char * const quota_data[] = { "QUOTA", "QUOTAROOT", NULL };
static const char * const examine_data[] = { "EXISTS", NULL };

/* In the order they are sent. ID comes first because there are servers that let
 * nobody open a folder who has not said what they are (NetEase). */
static const Part parts[] = {
  { TL_IMAP_TALK_ENABLE, "ENABLE", "ENABLE", suits_utf8, enable_data, TL_IMAP_FLIGHT_PLAIN,
    add_utf8, take_enabled, NULL },
  { TL_IMAP_TALK_ID, "ID", "ID", NULL, id_data, TL_IMAP_FLIGHT_PLAIN, add_id, take_fact, NULL },
  { TL_IMAP_TALK_NAMESPACE, "NAMESPACE", "NAMESPACE", NULL, namespace_data, TL_IMAP_FLIGHT_PLAIN,
    NULL, take_fact, NULL },
  { TL_IMAP_TALK_LIST, "LIST", NULL, NULL, list_data, TL_IMAP_FLIGHT_PLAIN,
    add_list, take_folder, finish_list },
  { TL_IMAP_TALK_MYRIGHTS, "MYRIGHTS", "ACL", NULL, rights_data, TL_IMAP_FLIGHT_PLAIN,
    add_folder, take_fact, NULL },
  { TL_IMAP_TALK_QUOTA, "GETQUOTAROOT", "QUOTA", NULL, quota_data, TL_IMAP_FLIGHT_PLAIN,
    add_folder, take_fact, NULL },
  { TL_IMAP_TALK_EXAMINE, "EXAMINE", NULL, NULL, examine_data, TL_IMAP_FLIGHT_SETTLES,
    add_folder, take_n_messages, finish_examine },
  { TL_IMAP_TALK_IDLE, "IDLE", "IDLE", NULL, NULL, TL_IMAP_FLIGHT_CONTINUES, NULL, NULL,
    finish_idle },
};

static const Part *
find_part (int id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if ((int) parts[i].id == id)
      return &parts[i];

  return NULL;
}

static gboolean
send_sync (Errand        *errand,
           TlDeadline     deadline,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  TlImapSession *self = errand->session;
  const char *lines[G_N_ELEMENTS (parts) + 1] = { NULL };

  tl_imap_talk_reset_bounds (self, TL_IMAP_TALK_MAX_FOLDERS, TL_IMAP_TALK_MAX_FOLDER_BYTES);
  if (!tl_imap_talk_hush_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      TlImapCommand *command;

      if ((parts[i].needs != NULL && !tl_capabilities_has (self->capabilities, parts[i].needs)) ||
          (parts[i].suits != NULL && !parts[i].suits (errand)))
        continue;

      command = tl_imap_talk_make (self, parts[i].id, parts[i].name, parts[i].data, parts[i].flags);
      g_ptr_array_add (errand->commands, command);
      if (parts[i].add_arguments != NULL && !parts[i].add_arguments (errand, command, out_fault))
        return FALSE;
      lines[errand->commands->len - 1] =
        tl_secret_peek (tl_imap_command_get_line (command, 0), NULL);
    }

  return tl_line_stream_write_lines_sync (tl_conversation_get_stream (self->conversation), lines,
                                          deadline, cancellable, out_fault, error);
}

/* Reads until every command has its verdict. */
static gboolean
receive_sync (Errand        *errand,
              TlDeadline     deadline,
              GCancellable  *cancellable,
              TlFault      **out_fault,
              GError       **error)
{
  TlImapSession *self = errand->session;

  while (!tl_imap_flight_is_done (self->flight))
    {
      int id = -1;
      g_autoptr(TlImapResponse) response = tl_imap_talk_next_sync (self, &id, deadline, deadline,
                                                                   cancellable, out_fault, error);
      gboolean is_data = response != NULL &&
                         tl_imap_response_get_kind (response) == TL_IMAP_UNTAGGED;
      const Part *part = find_part (id);

      if (response == NULL)
        return FALSE;
      if (part == NULL)
        continue;
      if (is_data ? !part->take (errand, response, out_fault)
                  : part->finish != NULL && !part->finish (errand, response, out_fault))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_imap_session_use_sync:
 * @self: a session that is signed in
 * @folder: (nullable): the folder to open, UTF-8; %NULL for INBOX
 * @deadline: the moment by which all is known
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Lists the folders with their roles, opens one without changing
 * anything in it, enters and leaves IDLE, and gets to know what else the server
 * tells (ID, NAMESPACE, MYRIGHTS, GETQUOTAROOT), all in one round trip; names go as UTF-8
 * from then on where the server agrees (ENABLE, RFC 6855): the
 * commands do not depend on each other (RFC 9051 §5.5), and a server may as
 * well answer one after the other. Asks for the capabilities first when they
 * did not come with the sign-in. Only the list and the folder that is opened can fail.
 * Nobody waits for the end of IDLE.
 *
 * Fails with %TL_CAUSE_REFUSED (the folders) or %TL_CAUSE_INBOX_MISSING and the
 * server's words, or with what a line stream fails with.
 *
 * Returns: whether the folders are known and @folder was opened
 */
gboolean
tl_imap_session_use_sync (TlImapSession  *self,
                          const char     *folder,
                          TlDeadline      deadline,
                          GCancellable   *cancellable,
                          TlFault       **out_fault,
                          GError        **error)
{
  g_autoptr(GPtrArray) commands = NULL;
  g_autofree char *encoded = folder == NULL ? NULL : tl_imap_talk_encode_name (self, folder);
  Errand errand = { .session = self, .folder = folder, .encoded = encoded };

  if (self->capabilities == NULL &&
      !tl_imap_session_capability_sync (self, deadline, cancellable, out_fault, error))
    return FALSE;

  g_ptr_array_set_size (self->mailboxes, 0);
  commands = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_command_free);
  errand.commands = commands;
  if (!send_sync (&errand, deadline, cancellable, out_fault, error) ||
      !receive_sync (&errand, deadline, cancellable, out_fault, error))
    return FALSE;

  return !self->facts.idles ||
         tl_conversation_write_sync (self->conversation, "DONE", deadline, cancellable,
                                     out_fault, error);
}
