/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-roles.h"

#include "tl-folder-guess.h"
#include "tl-folder-role.h"
#include "tl-imap-mailbox.h"

static gboolean
is_given (GPtrArray  *mailboxes,
          const char *role)
{
  for (guint i = 0; i < mailboxes->len; i++)
    if (g_strcmp0 (((const TlImapMailbox *) mailboxes->pdata[i])->role, role) == 0)
      return TRUE;

  return FALSE;
}

/**
 * tl_lane_roles_give:
 * @mailboxes: (element-type TlImapMailbox): all folders
 * @prefix: (nullable): what the names of personal folders begin with (RFC 2342)
 *
 * Gives each role that the server named for no folder to one that is called like that in a language
 * that providers use (Exchange Online names none at all), as tl_folder_guess_find() chooses.
 */
void
tl_lane_roles_give (GPtrArray  *mailboxes,
                    const char *prefix)
{
  g_autofree TlFolderCandidate *candidates = g_new0 (TlFolderCandidate, MAX (mailboxes->len, 1));

  for (gsize r = 1; r < TL_N_FOLDER_ROLES; r++)
    {
      int index;

      if (is_given (mailboxes, tl_folder_roles[r]))
        continue;

      for (guint i = 0; i < mailboxes->len; i++)
        {
          const TlImapMailbox *mailbox = mailboxes->pdata[i];

          candidates[i].name = mailbox->name;
          candidates[i].delimiter = mailbox->delimiter;
          candidates[i].is_free = mailbox->role == NULL && mailbox->selectable;
        }

      index = tl_folder_guess_find (candidates, mailboxes->len, prefix, tl_folder_roles[r], NULL);
      if (index >= 0)
        ((TlImapMailbox *) mailboxes->pdata[index])->role = tl_folder_roles[r];
    }
}
