/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-around.h"

#include "tl-imap-batch.h"
#include "tl-imap-counts.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-quota.h"
#include "tl-imap-rights.h"
#include "tl-imap-talk.h"

static const char * const list_data[] = { "LIST", NULL };
static const char * const list_status_data[] = { "LIST", "STATUS", NULL };
static const char * const xlist_data[] = { "XLIST", NULL };
static const char * const status_data[] = { "STATUS", NULL };
static const char * const rights_data[] = { "MYRIGHTS", NULL };
static const char * const quota_data[] = { "QUOTA", "QUOTAROOT", NULL };

TlImapAround *
tl_imap_around_new (void)
{
  TlImapAround *self = g_new0 (TlImapAround, 1);

  self->subscribe = g_ptr_array_new_with_free_func (g_free);
  self->count = g_ptr_array_new_with_free_func (g_free);
  self->rights = g_ptr_array_new_with_free_func (g_free);
  self->listed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  self->xlisted = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  self->counts = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_counts_free);
  self->rights_by_wire = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->quotas = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_quota_free);
  self->roots = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
tl_imap_around_free (TlImapAround *self)
{
  g_clear_pointer (&self->subscribe, g_ptr_array_unref);
  g_clear_pointer (&self->count, g_ptr_array_unref);
  g_clear_pointer (&self->rights, g_ptr_array_unref);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->xlisted, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_clear_pointer (&self->rights_by_wire, g_hash_table_unref);
  g_clear_pointer (&self->quotas, g_ptr_array_unref);
  g_clear_pointer (&self->roots, g_ptr_array_unref);
  g_free (self);
}

/* One look under way. */
typedef struct
{
  TlImapSession *session;  /* borrowed */
  TlImapAround  *around;   /* borrowed */
  GArray        *commands; /* of TlImapBatchCommand */
  int            list;     /* which of them lists, -1 for none */
} Look;

static gboolean
offers (TlImapSession *session,
        const char    *capability)
{
  return session->capabilities != NULL && tl_capabilities_has (session->capabilities, capability);
}

static void
add (Look               *look,
     const char         *name,
     const char         *before,
     const char         *mailbox,
     const char         *after,
     const char * const *data)
{
  TlImapBatchCommand command = { name, before, mailbox, after, data };

  g_array_append_val (look->commands, command);
}

static void
add_for_each (Look               *look,
              GPtrArray          *wires,
              const char         *name,
              const char         *after,
              const char * const *data)
{
  for (guint i = 0; i < wires->len; i++)
    add (look, name, NULL, wires->pdata[i], after, data);
}

static void
take_mailbox (Look                 *look,
              const TlImapResponse *response,
              GPtrArray            *mailboxes)
{
  g_autoptr(TlFault) fault = NULL;
  TlImapMailbox *mailbox = tl_imap_mailbox_new_from_list (response, look->session->is_utf8, &fault);

  if (mailbox != NULL)
    g_ptr_array_add (mailboxes, mailbox);
}

static void
take_list (Look                 *look,
           const TlImapResponse *response)
{
  take_mailbox (look, response, look->around->listed);
}

static void
take_xlist (Look                 *look,
            const TlImapResponse *response)
{
  take_mailbox (look, response, look->around->xlisted);
}

static void
take_counts (Look                 *look,
             const TlImapResponse *response)
{
  TlImapCounts *counts = tl_imap_counts_new_from_status (response);

  if (counts != NULL)
    g_ptr_array_add (look->around->counts, counts);
}

static void
take_rights (Look                 *look,
             const TlImapResponse *response)
{
  const char *wire;
  const char *rights = tl_imap_rights_read (response, &wire);

  if (rights != NULL)
    g_hash_table_replace (look->around->rights_by_wire, g_strdup (wire), g_strdup (rights));
}

static void
take_quota (Look                 *look,
            const TlImapResponse *response)
{
  tl_imap_quota_read (response, look->around->quotas);
}

static void
take_roots (Look                 *look,
            const TlImapResponse *response)
{
  tl_imap_quota_read_roots (response, look->around->roots);
}

static const struct
{
  const char  *name;
  void       (*take) (Look                 *look,
                      const TlImapResponse *response);
} kinds[] = {
  { "LIST",      take_list },
  { "XLIST",     take_xlist },
  { "STATUS",    take_counts },
  { "MYRIGHTS",  take_rights },
  { "QUOTA",     take_quota },
  { "QUOTAROOT", take_roots },
};

/* A #TlImapBatchTake. What a command is refused for is not asked: that fact stays unknown. */
static void
take (int                    index,
      const TlImapResponse  *response,
      gpointer               user_data)
{
  Look *look = user_data;

  if (index >= 0)
    {
      if (index == look->list && tl_imap_response_get_status (response) == TL_IMAP_OK)
        look->around->is_listed = TRUE;
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (tl_imap_response_get_name (response), kinds[i].name) == 0)
      kinds[i].take (look, response);
}

/* A root that was named and not told of: RFC 9208 §4.1.1. */
static void
add_untold_roots (Look *look)
{
  for (guint i = 0; i < look->around->roots->len; i++)
    {
      const char *root = look->around->roots->pdata[i];
      gboolean is_told = FALSE;

      for (guint j = 0; j < look->around->quotas->len && !is_told; j++)
        is_told = g_str_equal (((TlImapQuota *) look->around->quotas->pdata[j])->root, root);
      if (!is_told)
        add (look, "GETQUOTA", NULL, root, NULL, quota_data);
    }
}

static gboolean
run_sync (Look          *look,
          TlDeadline     deadline,
          GCancellable  *cancellable,
          TlFault      **out_fault,
          GError       **error)
{
  return tl_imap_batch_run_sync (look->session, (TlImapBatchCommand *) look->commands->data,
                                 look->commands->len, take, look, deadline, cancellable, out_fault,
                                 error);
}

/**
 * tl_imap_session_look_around_sync:
 * @session: a session that is signed in
 * @around: what is asked
 * @deadline: the moment by which all is known
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Asks all of it in one round trip, as far as it fits into one flight, and where the server
 * offers it: GETQUOTAROOT of the inbox (RFC 9208), MYRIGHTS (RFC 4314), LIST and XLIST, STATUS
 * (RFC 9051 §6.3.11) with SIZE (RFC 8438) or through LIST (RFC 5819). The cheap questions come
 * first, for counting may take long. A root that GETQUOTAROOT names and tells nothing of is asked
 * about in one more. A server that refuses a command, or does not understand it, leaves that fact
 * unknown.
 *
 * Fails with what a line stream fails with; what was learnt by then stays in @around.
 *
 * Returns: whether everything was answered
 */
gboolean
tl_imap_session_look_around_sync (TlImapSession  *session,
                                  TlImapAround   *around,
                                  TlDeadline      deadline,
                                  GCancellable   *cancellable,
                                  TlFault       **out_fault,
                                  GError        **error)
{
  g_autoptr(GArray) commands = g_array_new (FALSE, FALSE, sizeof (TlImapBatchCommand));
  gboolean has_rev2 = offers (session, "IMAP4REV2");
  gboolean has_uses = offers (session, "SPECIAL-USE") || has_rev2;
  gboolean is_extended = offers (session, "LIST-EXTENDED") || has_rev2;
  gboolean counts_listed = around->counts_listed && (offers (session, "LIST-STATUS") || has_rev2);
  const char *items = offers (session, "STATUS=SIZE") || has_rev2 ? "(MESSAGES UNSEEN SIZE)"
                                                                  : "(MESSAGES UNSEEN)";
  const char *uses = has_uses && is_extended ? "SPECIAL-USE" : "";
  g_autofree char *options = counts_listed
                             ? g_strdup_printf ("\"\" \"*\" RETURN (%s%sSTATUS %s)", uses,
                                                *uses != '\0' ? " " : "", items)
                             : g_strdup_printf ("\"\" \"*\"%s", *uses != '\0'
                                                ? " RETURN (SPECIAL-USE)" : "");
  Look look = { .session = session, .around = around, .commands = commands, .list = -1 };

  add_for_each (&look, around->subscribe, "SUBSCRIBE", NULL, NULL);
  if (offers (session, "QUOTA"))
    add (&look, "GETQUOTAROOT", NULL, "INBOX", NULL, quota_data);
  if (offers (session, "ACL"))
    add_for_each (&look, around->rights, "MYRIGHTS", NULL, rights_data);
  if (offers (session, "XLIST") && !has_uses)
    add (&look, "XLIST", "\"\" \"*\"", NULL, NULL, xlist_data);
  if (around->lists || counts_listed)
    {
      look.list = (int) commands->len;
      add (&look, "LIST", options, NULL, NULL, counts_listed ? list_status_data : list_data);
    }
  if (!counts_listed)
    add_for_each (&look, around->count, "STATUS", items, status_data);

  if (!run_sync (&look, deadline, cancellable, out_fault, error))
    return FALSE;

  g_array_set_size (commands, 0);
  look.list = -1;
  add_untold_roots (&look);

  return run_sync (&look, deadline, cancellable, out_fault, error);
}

/**
 * tl_imap_session_encode_name:
 * @session: a session that is signed in
 * @name: a folder, UTF-8
 *
 * Returns: (transfer full): what it is called on the wire
 */
char *
tl_imap_session_encode_name (TlImapSession *session,
                             const char    *name)
{
  return tl_imap_talk_encode_name (session, name);
}

/* A #TlImapBatchTake. */
static void
take_verdict (int                    index,
              const TlImapResponse  *response,
              gpointer               user_data)
{
  GPtrArray *verdicts = user_data;

  if (index < 0)
    return;

  g_clear_pointer (&verdicts->pdata[index], tl_fault_unref);
  if (tl_imap_response_get_status (response) != TL_IMAP_OK)
    verdicts->pdata[index] = tl_imap_response_to_fault (response, TL_CAUSE_REFUSED);
}

/**
 * tl_imap_session_create_sync:
 * @session: a session that is signed in
 * @wires: (element-type utf8): folders, as they are called on the wire; none below another
 * @verdicts: (element-type TlFault): empty, frees what may be %NULL; gets one of each folder: %NULL
 *   where it was made, else why not, with the server's words and its response code (RFC 5530:
 *   `ALREADYEXISTS`, `NOPERM`, `OVERQUOTA`, `CANNOT`)
 * @deadline: the moment by which all are made
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why they are not
 * @error: return location for a #GError
 *
 * CREATE, RFC 9051 §6.3.4, in one round trip. One that was not answered has a verdict without
 * words.
 *
 * Fails with what a line stream fails with.
 *
 * Returns: whether the server answered
 */
gboolean
tl_imap_session_create_sync (TlImapSession  *session,
                             GPtrArray      *wires,
                             GPtrArray      *verdicts,
                             TlDeadline      deadline,
                             GCancellable   *cancellable,
                             TlFault       **out_fault,
                             GError        **error)
{
  g_autoptr(GArray) commands = g_array_new (FALSE, FALSE, sizeof (TlImapBatchCommand));

  for (guint i = 0; i < wires->len; i++)
    {
      TlImapBatchCommand command = { "CREATE", NULL, wires->pdata[i], NULL, NULL };

      g_array_append_val (commands, command);
      g_ptr_array_add (verdicts, tl_fault_new (TL_CAUSE_REFUSED, NULL));
    }

  return tl_imap_batch_run_sync (session, (TlImapBatchCommand *) commands->data, commands->len,
                                 take_verdict, verdicts, deadline, cancellable, out_fault, error);
}
