/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folder-role.h"

#include <glib/gi18n-lib.h>

/* The order is that in which they are shown. */
const char * const tl_folder_roles[TL_N_FOLDER_ROLES] = {
  "inbox", "sent", "drafts", "junk", "trash", "archive", "all", "flagged"
};

/* Indexed like `tl_folder_roles`. */
static const char * const labels[TL_N_FOLDER_ROLES] = {
  /* Translators: these are folders of a mailbox */
  N_("Inbox"),
  N_("Sent"),
  N_("Drafts"),
  N_("Junk"),
  N_("Trash"),
  N_("Archive"),
  /* Translators: a folder of a mailbox: the one with every message */
  N_("All mail"),
  /* Translators: a folder of a mailbox: what somebody flagged, or gave a star */
  N_("Flagged"),
};

/**
 * tl_folder_role_get_label:
 * @role: a word of #TlMailboxFolder
 *
 * Returns: (transfer none): what people call such a folder, in their language; any other word as
 *   it is
 */
const char *
tl_folder_role_get_label (const char *role)
{
  g_return_val_if_fail (role != NULL, NULL);

  for (gsize i = 0; i < TL_N_FOLDER_ROLES; i++)
    {
      if (g_str_equal (tl_folder_roles[i], role))
        return _(labels[i]);
    }

  return role;
}
