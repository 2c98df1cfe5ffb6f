/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-watch.h"

#include "tl-imap-mailbox.h"
#include "tl-loop-header.h"

/* The junk folder announces nothing while another one is open, so that it is
 * looked into that often. */
#define SLICE_MS 5000

/* News is looked into at once, but not for ever: a server that makes it up is
 * waited for in between, longer each time. */
#define N_QUICK_LOOKS  8
#define PAUSE_FIRST_MS 250
#define PAUSE_MAX_MS   2000

/* When there is no more patience, so much is left for a last look. */
#define LAST_LOOK_MS 6000

/* What did not come is looked for in so many folders, for so long. */
#define MAX_FOLDERS   50
#define LOOK_AROUND_MS 15000

void
tl_loop_watch_clear (TlLoopWatch *self)
{
  g_clear_pointer (&self->header, g_bytes_unref);
}

static gboolean
has_come (const TlLoopWatch *self)
{
  return self->place != NULL;
}

/* Takes over @header. */
static void
arrive (TlLoopWatch *self,
        const char  *place,
        const char  *role,
        GBytes      *header)
{
  self->place = place;
  self->role = role;
  self->header = header;
}

/* Looks into the folder that is open. */
static gboolean
look_sync (TlLoopWatch   *self,
           const char    *place,
           const char    *role,
           GCancellable  *cancellable,
           TlFault      **out_fault,
           GError       **error)
{
  g_autoptr(GArray) uids = NULL;
  g_autoptr(GBytes) header = NULL;

  if (tl_loop_search_is_over (self->search))
    return TRUE;
  if (!tl_loop_search_look_sync (self->search, &uids, &header, cancellable, out_fault, error))
    return FALSE;
  if (header != NULL)
    arrive (self, place, role, g_steal_pointer (&header));

  return TRUE;
}

/* Leaves the inbox for a moment, hence looks into it again. A junk folder that
 * cannot be opened is none, from then on. */
static gboolean
look_in_junk_sync (TlLoopWatch   *self,
                   const char   **junk,
                   GCancellable  *cancellable,
                   TlFault      **out_fault,
                   GError       **error)
{
  const char *inbox = tl_loop_search_get_inbox (self->search);
  g_autoptr(TlFault) fault = NULL;

  if (!tl_loop_search_open_sync (self->search, *junk, FALSE, cancellable, &fault, error) ||
      !look_sync (self, *junk, "junk", cancellable, &fault, error))
    {
      if (fault == NULL || !tl_loop_search_is_no (fault))
        {
          *out_fault = g_steal_pointer (&fault);
          return FALSE;
        }
      *junk = NULL;
    }

  return has_come (self) || tl_loop_search_is_over (self->search) ||
         (tl_loop_search_open_sync (self->search, inbox, TRUE, cancellable, out_fault, error) &&
          look_sync (self, inbox, "inbox", cancellable, out_fault, error));
}

/* A server that announces something all the time does not keep us busy. */
static gboolean
pause_sync (TlLoopWatch   *self,
            gint64         since_us,
            GCancellable  *cancellable,
            GError       **error)
{
  guint gone_ms = (guint) ((g_get_monotonic_time () - since_us) / 1000);
  gboolean has_fd;
  GPollFD fd;

  if (gone_ms >= PAUSE_MAX_MS)
    {
      self->n_quick_looks = 0;
      self->pause_ms = 0;
    }
  if (++self->n_quick_looks <= N_QUICK_LOOKS)
    return TRUE;
  self->pause_ms = CLAMP (2 * self->pause_ms, PAUSE_FIRST_MS, PAUSE_MAX_MS);
  if (gone_ms >= self->pause_ms)
    return TRUE;

  has_fd = g_cancellable_make_pollfd (cancellable, &fd);
  g_poll (&fd, has_fd ? 1 : 0, (int) (self->pause_ms - gone_ms));
  if (has_fd)
    g_cancellable_release_fd (cancellable);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* One look at everything, and a wait for the next. */
static gboolean
watch_sync (TlLoopWatch   *self,
            const char   **junk,
            TlDeadline     patience,
            GCancellable  *cancellable,
            TlFault      **out_fault,
            GError       **error)
{
  gint64 began_us = g_get_monotonic_time ();
  TlDeadline slice;

  if (!look_sync (self, tl_loop_search_get_inbox (self->search), "inbox", cancellable, out_fault,
                  error))
    return FALSE;
  if (!has_come (self) && *junk != NULL && !tl_loop_search_is_over (self->search) &&
      !look_in_junk_sync (self, junk, cancellable, out_fault, error))
    return FALSE;
  if (has_come (self) || tl_deadline_is_past (patience))
    return TRUE;

  slice = tl_deadline_earlier (patience, tl_deadline_in_ms (SLICE_MS));

  return tl_imap_session_wait_sync (self->search->lane->imap, slice,
                                    tl_loop_search_get_deadline (self->search, SLICE_MS),
                                    cancellable, out_fault, error) &&
         pause_sync (self, began_us, cancellable, error);
}

/**
 * tl_loop_watch_wait_sync:
 * @self: a watch with the inbox open
 * @patience_ms: how long it lasts
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): what the server did wrong
 * @error: return location for a #GError
 *
 * Waits until the message is in the inbox or in the junk folder, or until there
 * is no more patience, and for a last look, six seconds at most.
 *
 * Returns: whether the session can go on; @place says whether it came
 */
gboolean
tl_loop_watch_wait_sync (TlLoopWatch   *self,
                         guint          patience_ms,
                         GCancellable  *cancellable,
                         TlFault      **out_fault,
                         GError       **error)
{
  const char *junk = tl_loop_search_find_role (self->search, "junk");
  TlDeadline patience = tl_deadline_in_ms (patience_ms);
  gboolean is_over = FALSE;

  tl_loop_search_begin (self->search, patience_ms + LAST_LOOK_MS);
  while (!has_come (self) && !is_over)
    {
      is_over = tl_deadline_is_past (patience);
      if (!watch_sync (self, &junk, patience, cancellable, out_fault, error))
        return FALSE;
    }

  return TRUE;
}

/* Nobody delivers a message without saying that it was received (RFC 5321
 * §4.4): one that nobody received is a copy that somebody filed. */
static gboolean
was_received (GBytes *header)
{
  gsize len;
  const char *bytes = g_bytes_get_data (header, &len);
  TlLoopHeader walk;
  TlLoopField field;

  tl_loop_header_init (&walk, bytes, len);
  while (tl_loop_header_next (&walk, &field))
    if (tl_loop_field_is (&field, "Received"))
      return TRUE;

  return FALSE;
}

/* Whether a rule may have put a message into a folder of that role. Sent copies
 * are in `sent`, and in `all` whatever becomes of the message. */
static gboolean
is_searched (const TlImapMailbox *mailbox,
             const char          *inbox)
{
  static const char * const known[] = { "junk", "sent", "drafts", "flagged", "all", NULL };

  /* Who has a mailbox among their folders has an inbox of their own besides. */
  return mailbox->selectable && !g_str_equal (mailbox->name, inbox) &&
         !(g_strcmp0 (mailbox->role, "inbox") == 0 && g_str_equal (inbox, "INBOX")) &&
         (mailbox->role == NULL || !g_strv_contains (known, mailbox->role));
}

/* That other inbox is not the one that the message was for. */
static const char *
get_role (const TlImapMailbox *mailbox)
{
  return g_strcmp0 (mailbox->role, "inbox") == 0 ? NULL : mailbox->role;
}

/**
 * tl_loop_watch_look_around_sync:
 * @self: a watch for a message that did not come
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): what the server did wrong
 * @error: return location for a #GError
 *
 * Looks into the other folders, once, for fifteen seconds at most. One that says
 * no is passed over.
 *
 * Returns: whether the session can go on; @place and @copy_place say what was found
 */
gboolean
tl_loop_watch_look_around_sync (TlLoopWatch   *self,
                                GCancellable  *cancellable,
                                TlFault      **out_fault,
                                GError       **error)
{
  GPtrArray *mailboxes = tl_imap_session_get_mailboxes (self->search->lane->imap);
  guint n_searched = 0;

  tl_loop_search_begin (self->search, LOOK_AROUND_MS);
  for (guint i = 0; i < mailboxes->len && !has_come (self) && n_searched < MAX_FOLDERS &&
                    !tl_loop_search_is_over (self->search); i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GArray) uids = NULL;
      g_autoptr(GBytes) header = NULL;

      if (!is_searched (mailbox, tl_loop_search_get_inbox (self->search)))
        continue;

      n_searched++;
      if (!tl_loop_search_open_sync (self->search, mailbox->name, FALSE, cancellable, &fault,
                                     error) ||
          !tl_loop_search_look_sync (self->search, &uids, &header, cancellable, &fault, error))
        {
          if (fault != NULL && tl_loop_search_is_no (fault))
            continue;
          *out_fault = g_steal_pointer (&fault);
          return FALSE;
        }

      if (header != NULL && was_received (header))
        arrive (self, mailbox->name, get_role (mailbox), g_steal_pointer (&header));
      else if (header != NULL)
        self->copy_place = mailbox->name;
    }

  return TRUE;
}
