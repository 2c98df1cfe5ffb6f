/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folders that outreach works with: wishes, and no roles that a server knows. */
#include "tl-mailbox-judge.h"

#include <glib/gi18n-lib.h>

static const char * const names[] = {
  /* Translators: the name of a folder in a mailbox, without “/” */
  N_("Replies"),
  /* Translators: the name of a folder in a mailbox, for out-of-office notes and the like, without
   * “/” */
  N_("Auto-replies"),
  /* Translators: the name of a folder in a mailbox, for what is done with, without “/” */
  N_("Archive"),
};

/**
 * tl_mailbox_dup_outreach_names:
 *
 * For people's replies, for the replies of machines, and for what is done with.
 * No part of a name is made of another, so that none lies in another. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): names, in the user's language
 */
char **
tl_mailbox_dup_outreach_names (void)
{
  char **translated = g_new0 (char *, G_N_ELEMENTS (names) + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    translated[i] = g_strdup (_(names[i]));

  return translated;
}
