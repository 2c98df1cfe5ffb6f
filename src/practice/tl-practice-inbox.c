/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-inbox.h"

#include <string.h>

#include "tl-practice.h"

typedef struct
{
  guint32   uid;
  char     *text;
  gboolean  is_deleted;
} Message;

struct _TlPracticeInbox
{
  TlPracticeFolders *folders; /* owned; has a lock of its own */

  GMutex     lock;     /* of what is below */
  GPtrArray *messages; /* of Message, by rising UID */
  guint32    next_uid;
};

static void
message_free (gpointer data)
{
  Message *self = data;

  g_clear_pointer (&self->text, g_free);
  g_free (self);
}

TlPracticeInbox *
tl_practice_inbox_new (void)
{
  TlPracticeInbox *self = g_atomic_rc_box_new0 (TlPracticeInbox);

  self->folders = tl_practice_folders_new ();
  g_mutex_init (&self->lock);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->next_uid = 1;

  return self;
}

TlPracticeInbox *
tl_practice_inbox_ref (TlPracticeInbox *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
inbox_clear (gpointer data)
{
  TlPracticeInbox *self = data;

  g_clear_pointer (&self->folders, tl_practice_folders_free);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_mutex_clear (&self->lock);
}

void
tl_practice_inbox_unref (TlPracticeInbox *self)
{
  g_atomic_rc_box_release_full (self, inbox_clear);
}

/* date-time, RFC 5322 §3.3, which is English whatever the locale. */
static char *
make_date (void)
{
  static const char * const months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  return g_strdup_printf ("%d %s %d %02d:%02d:%02d +0000", g_date_time_get_day_of_month (now),
                          months[g_date_time_get_month (now) - 1], g_date_time_get_year (now),
                          g_date_time_get_hour (now), g_date_time_get_minute (now),
                          g_date_time_get_second (now));
}

/**
 * tl_practice_inbox_deliver:
 * @self: an inbox
 * @message: a message with CRLF at the end of each line (RFC 5322)
 *
 * Puts @message into the inbox, with the lines in front that a real receiving
 * server would add: RFC 5321 §4.4, RFC 8601 §2.2.
 *
 * Returns: %FALSE when the inbox is full or @message is too long
 */
gboolean
tl_practice_inbox_deliver (TlPracticeInbox *self,
                           const char      *message)
{
  g_autofree char *date = make_date ();
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Message *delivered;

  if (self->messages->len == TL_PRACTICE_INBOX_MAX_MESSAGES ||
      strlen (message) > TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES)
    return FALSE;

  delivered = g_new0 (Message, 1);
  delivered->uid = self->next_uid++;
  delivered->text = g_strconcat (
    "Received: from " TL_PRACTICE_OUTGOING_HOST " by mail.practice.invalid with ESMTPSA; ", date,
    "\r\n"
    "Authentication-Results: mail.practice.invalid;\r\n"
    " spf=pass smtp.mailfrom=" TL_PRACTICE_ADDRESS ";\r\n"
    " dkim=pass header.d=practice.invalid header.s=practice;\r\n"
    " dmarc=pass header.from=practice.invalid\r\n", message, NULL);
  g_ptr_array_add (self->messages, delivered);

  return TRUE;
}

/**
 * tl_practice_inbox_list_uids:
 * @self: an inbox
 *
 * Returns: (transfer full) (element-type guint32): the UIDs of its messages, rising
 */
GArray *
tl_practice_inbox_list_uids (TlPracticeInbox *self)
{
  GArray *uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (guint i = 0; i < self->messages->len; i++)
    g_array_append_val (uids, ((Message *) self->messages->pdata[i])->uid);

  return uids;
}

guint32
tl_practice_inbox_get_next_uid (TlPracticeInbox *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->next_uid;
}

gsize
tl_practice_inbox_get_bytes (TlPracticeInbox *self)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gsize n_bytes = 0;

  for (guint i = 0; i < self->messages->len; i++)
    n_bytes += strlen (((Message *) self->messages->pdata[i])->text);

  return n_bytes;
}

/* With the lock held. */
static Message *
find (TlPracticeInbox *self,
      guint32          uid)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      Message *message = self->messages->pdata[i];

      if (message->uid == uid)
        return message;
    }

  return NULL;
}

/**
 * tl_practice_inbox_dup_header:
 * @self: an inbox
 * @uid: a message
 *
 * Returns: (transfer full) (nullable): its header with the empty line behind it, %NULL when there
 *   is no such message
 */
char *
tl_practice_inbox_dup_header (TlPracticeInbox *self,
                              guint32          uid)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Message *message = find (self, uid);
  const char *end = message == NULL ? NULL : strstr (message->text, "\r\n\r\n");

  if (message == NULL)
    return NULL;

  if (end == NULL)
    return g_strdup (message->text);

  return g_strndup (message->text, (gsize) (end - message->text) + strlen ("\r\n\r\n"));
}

/**
 * tl_practice_inbox_set_deleted:
 * @self: an inbox
 * @uid: a message
 * @is_deleted: whether it is to be marked as deleted
 *
 * Returns: whether there is such a message
 */
gboolean
tl_practice_inbox_set_deleted (TlPracticeInbox *self,
                               guint32          uid,
                               gboolean         is_deleted)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Message *message = find (self, uid);

  if (message != NULL)
    message->is_deleted = is_deleted;

  return message != NULL;
}

/* Removes a message that is marked as deleted. */
void
tl_practice_inbox_expunge (TlPracticeInbox *self,
                           guint32          uid)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Message *message = find (self, uid);

  if (message != NULL && message->is_deleted)
    g_ptr_array_remove (self->messages, message);
}

TlPracticeFolders *
tl_practice_inbox_get_folders (TlPracticeInbox *self)
{
  return self->folders;
}
