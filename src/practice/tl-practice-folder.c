/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-folder.h"

#include <string.h>

struct _TlPracticeFolder
{
  TlPracticeLink  *link;  /* borrowed */
  TlPracticeInbox *inbox; /* owned, NULL where nothing ever is */
  gboolean         is_writable;
  GArray          *uids;  /* of guint32: what the client knows of, by sequence number */
};

static GArray *
list_uids (TlPracticeFolder *self)
{
  return self->inbox == NULL ? g_array_new (FALSE, FALSE, sizeof (guint32))
                             : tl_practice_inbox_list_uids (self->inbox);
}

/**
 * tl_practice_folder_open:
 * @link: a client that is signed in
 * @inbox: (nullable): what is in it, %NULL for a folder that is always empty
 * @is_writable: whether it was selected, and not only examined
 *
 * Says what the client has to know of the folder, RFC 9051 §6.3.2.
 *
 * Returns: (transfer full): the open folder
 */
TlPracticeFolder *
tl_practice_folder_open (TlPracticeLink  *link,
                         TlPracticeInbox *inbox,
                         gboolean         is_writable)
{
  TlPracticeFolder *self = g_new0 (TlPracticeFolder, 1);

  self->link = link;
  self->inbox = inbox == NULL ? NULL : tl_practice_inbox_ref (inbox);
  self->is_writable = is_writable;
  self->uids = list_uids (self);

  tl_practice_link_say (link, "* FLAGS (\\Deleted)");
  tl_practice_link_say (link, "* %u EXISTS", self->uids->len);
  tl_practice_link_say (link, "* 0 RECENT");
  tl_practice_link_say (link, is_writable ? "* OK [PERMANENTFLAGS (\\Deleted)] Only this is kept"
                                          : "* OK [PERMANENTFLAGS ()] None are kept");
  tl_practice_link_say (link, "* OK [UIDVALIDITY 1] UIDs are valid");
  tl_practice_link_say (link, "* OK [UIDNEXT %" G_GUINT32_FORMAT "] The next UID",
                        inbox == NULL ? 1 : tl_practice_inbox_get_next_uid (inbox));

  return self;
}

void
tl_practice_folder_close (TlPracticeFolder *self)
{
  g_clear_pointer (&self->inbox, tl_practice_inbox_unref);
  g_clear_pointer (&self->uids, g_array_unref);
  g_free (self);
}

static gboolean
has_uid (GArray  *uids,
         guint32  uid)
{
  for (guint i = 0; i < uids->len; i++)
    if (g_array_index (uids, guint32, i) == uid)
      return TRUE;

  return FALSE;
}

/* Tells what has changed since the client was told last. */
void
tl_practice_folder_tell (TlPracticeFolder *self)
{
  g_autoptr(GArray) now = list_uids (self);
  guint n_left;

  for (guint i = self->uids->len; i > 0; i--)
    {
      if (has_uid (now, g_array_index (self->uids, guint32, i - 1)))
        continue;
      tl_practice_link_say (self->link, "* %u EXPUNGE", i);
      g_array_remove_index (self->uids, i - 1);
    }

  n_left = self->uids->len;
  g_clear_pointer (&self->uids, g_array_unref);
  self->uids = g_steal_pointer (&now);
  if (self->uids->len > n_left)
    tl_practice_link_say (self->link, "* %u EXISTS", self->uids->len);
}

/* Whether a header has a field with @value in it. */
static gboolean
has_field (const char *header,
           const char *field,
           const char *value)
{
  g_auto(GStrv) lines = g_strsplit (header, "\r\n", -1);
  gsize len = strlen (field);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], field, len) == 0 && lines[i][len] == ':' &&
        strstr (lines[i] + len, value) != NULL)
      return TRUE;

  return FALSE;
}

/* UID SEARCH of what has the Message-ID or, unless that is NULL, @value in
 * @field, RFC 9051 §6.4.4. */
void
tl_practice_folder_search (TlPracticeFolder *self,
                           const char       *tag,
                           const char       *message_id,
                           const char       *field,
                           const char       *value)
{
  g_autoptr(GString) found = g_string_new ("* SEARCH");

  tl_practice_folder_tell (self);
  for (guint i = 0; i < self->uids->len; i++)
    {
      guint32 uid = g_array_index (self->uids, guint32, i);
      g_autofree char *header = tl_practice_inbox_dup_header (self->inbox, uid);

      if (header != NULL && (has_field (header, "Message-ID", message_id) ||
                             (field != NULL && has_field (header, field, value))))
        g_string_append_printf (found, " %" G_GUINT32_FORMAT, uid);
    }
  tl_practice_link_say (self->link, "%s", found->str);
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

/* UID FETCH of BODY.PEEK[HEADER]<0.n>, RFC 9051 §6.4.5: all headers are short enough. */
void
tl_practice_folder_fetch (TlPracticeFolder *self,
                          const char       *tag,
                          guint32           uid)
{
  for (guint i = 0; i < self->uids->len; i++)
    {
      g_autofree char *header = NULL;

      if (g_array_index (self->uids, guint32, i) != uid)
        continue;
      header = tl_practice_inbox_dup_header (self->inbox, uid);
      if (header != NULL)
        tl_practice_link_say (self->link, "* %u FETCH (UID %" G_GUINT32_FORMAT
                              " BODY[HEADER]<0> {%" G_GSIZE_FORMAT "}\r\n%s)", i + 1, uid,
                              strlen (header), header);
    }
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

/* UID STORE of the one flag that there is, RFC 9051 §6.4.6. */
void
tl_practice_folder_mark (TlPracticeFolder *self,
                         const char       *tag,
                         guint32           uid,
                         gboolean          is_deleted)
{
  if (!self->is_writable)
    {
      tl_practice_link_say (self->link, "%s NO [READ-ONLY] The folder was only examined", tag);
      return;
    }

  if (self->inbox != NULL)
    (void) tl_practice_inbox_set_deleted (self->inbox, uid, is_deleted);
  tl_practice_link_say (self->link, "%s OK Done", tag);
}

/* UID EXPUNGE, RFC 4315 §2.1. */
void
tl_practice_folder_expunge (TlPracticeFolder *self,
                            const char       *tag,
                            guint32           uid)
{
  if (!self->is_writable)
    {
      tl_practice_link_say (self->link, "%s NO [READ-ONLY] The folder was only examined", tag);
      return;
    }

  if (self->inbox != NULL)
    tl_practice_inbox_expunge (self->inbox, uid);
  tl_practice_folder_tell (self);
  tl_practice_link_say (self->link, "%s OK Done", tag);
}
