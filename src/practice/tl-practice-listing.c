/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice-listing.h"

#include <string.h>

#include "tl-practice-words.h"

/* What the inbox may hold, in KiB. */
#define QUOTA (TL_PRACTICE_INBOX_MAX_MESSAGES * TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES / 1024)

/* Of one's own folders, RFC 4314 §2.1: all but to remove them, which is not practised. */
#define RIGHTS "lrswipkte"

/* RFC 9051 §7.3.4, RFC 8438. Only the inbox holds anything, and nobody has read it. */
static void
say_counts (TlPracticeLink  *link,
            TlPracticeInbox *inbox,
            const char      *name)
{
  gboolean is_inbox = g_ascii_strcasecmp (name, "INBOX") == 0;
  g_autoptr(GArray) uids = tl_practice_inbox_list_uids (inbox);
  guint n = is_inbox ? uids->len : 0;
  g_autofree char *quoted = tl_practice_words_to_astring (name);

  tl_practice_link_say (link, "* STATUS %s (MESSAGES %u UNSEEN %u SIZE %" G_GSIZE_FORMAT ")",
                        quoted, n, n, is_inbox ? tl_practice_inbox_get_bytes (inbox) : 0);
}

/* A folder that is there, out of arguments that begin with it; NULL when the command was answered
 * with why not. */
static char *
take_folder (TlPracticeLink   *link,
             TlPracticeInbox  *inbox,
             const char       *tag,
             const char      **at)
{
  g_autofree char *name = tl_practice_words_take_astring (at);

  if (name == NULL)
    tl_practice_link_say (link, "%s BAD There is no folder in that", tag);
  else if (!tl_practice_folders_has (tl_practice_inbox_get_folders (inbox), name))
    tl_practice_link_say (link, "%s NO [NONEXISTENT] There is no such folder", tag);
  else
    return g_steal_pointer (&name);

  return NULL;
}

/* RFC 9051 §6.3.9 as far as a client that looks for roles goes: everything, with the selection
 * option of RFC 6154 §3 only what has a role, with the return option of RFC 5819 what is in it. */
void
tl_practice_listing_list (TlPracticeLink  *link,
                          TlPracticeInbox *inbox,
                          const char      *tag,
                          const char      *arguments)
{
  gboolean only_roles = g_ascii_strncasecmp (arguments, "(SPECIAL-USE)", 13) == 0;
  g_autofree char *upper = g_ascii_strup (arguments, -1);
  const char *options = strstr (upper, " RETURN (");
  gboolean with_counts = options != NULL && strstr (options, "STATUS (") != NULL;
  g_auto(GStrv) names = tl_practice_folders_dup_names (tl_practice_inbox_get_folders (inbox));

  if (g_str_equal (arguments, "\"\" \"\""))
    {
      tl_practice_link_say (link, "* LIST (\\Noselect) \"/\" \"\"");
      tl_practice_link_say (link, "%s OK Done", tag);
      return;
    }

  for (gsize i = 0; names[i] != NULL; i++)
    {
      const char *role = tl_practice_folders_get_role (names[i]);
      g_autofree char *below = g_strconcat (names[i], "/", NULL);
      g_autofree char *quoted = tl_practice_words_to_astring (names[i]);
      gboolean has_children = FALSE;

      if (only_roles && role == NULL)
        continue;
      for (gsize j = 0; names[j] != NULL; j++)
        has_children |= g_str_has_prefix (names[j], below);
      tl_practice_link_say (link, "* LIST (\\Has%sChildren%s%s) \"/\" %s", has_children ? "" : "No",
                            role == NULL ? "" : " ", role == NULL ? "" : role, quoted);
      if (with_counts)
        say_counts (link, inbox, names[i]);
    }
  tl_practice_link_say (link, "%s OK Done", tag);
}

/* RFC 9051 §6.3.11: all items are told, whichever were asked for. */
void
tl_practice_listing_status (TlPracticeLink  *link,
                            TlPracticeInbox *inbox,
                            const char      *tag,
                            const char      *arguments)
{
  g_autofree char *name = take_folder (link, inbox, tag, &arguments);

  if (name == NULL)
    return;

  say_counts (link, inbox, name);
  tl_practice_link_say (link, "%s OK Done", tag);
}

/* RFC 9051 §6.3.4. */
void
tl_practice_listing_create (TlPracticeLink  *link,
                            TlPracticeInbox *inbox,
                            const char      *tag,
                            const char      *arguments)
{
  g_autofree char *name = tl_practice_words_take_astring (&arguments);
  const char *refusal;

  if (name == NULL || *arguments != '\0')
    {
      tl_practice_link_say (link, "%s BAD There is no folder in that", tag);
      return;
    }

  refusal = tl_practice_folders_create (tl_practice_inbox_get_folders (inbox), name);
  if (refusal != NULL)
    tl_practice_link_say (link, "%s NO [%s] That folder cannot be made", tag, refusal);
  else
    tl_practice_link_say (link, "%s OK Done", tag);
}

/* RFC 9051 §6.3.7: every folder is one that is shown. */
void
tl_practice_listing_subscribe (TlPracticeLink  *link,
                               TlPracticeInbox *inbox,
                               const char      *tag,
                               const char      *arguments)
{
  g_autofree char *name = take_folder (link, inbox, tag, &arguments);

  if (name != NULL)
    tl_practice_link_say (link, "%s OK Done", tag);
}

/* RFC 4314 §3.5. */
void
tl_practice_listing_rights (TlPracticeLink  *link,
                            TlPracticeInbox *inbox,
                            const char      *tag,
                            const char      *arguments)
{
  g_autofree char *name = take_folder (link, inbox, tag, &arguments);
  g_autofree char *quoted = name == NULL ? NULL : tl_practice_words_to_astring (name);

  if (name == NULL)
    return;

  tl_practice_link_say (link, "* MYRIGHTS %s " RIGHTS, quoted);
  tl_practice_link_say (link, "%s OK Done", tag);
}

/* RFC 9208 §4.1.2: one root, whatever the folder. */
void
tl_practice_listing_quota (TlPracticeLink  *link,
                           TlPracticeInbox *inbox,
                           const char      *tag,
                           const char      *arguments)
{
  g_autofree char *name = take_folder (link, inbox, tag, &arguments);
  g_autofree char *quoted = name == NULL ? NULL : tl_practice_words_to_astring (name);
  g_autoptr(GArray) uids = NULL;

  if (name == NULL)
    return;

  uids = tl_practice_inbox_list_uids (inbox);
  tl_practice_link_say (link, "* QUOTAROOT %s \"\"", quoted);
  tl_practice_link_say (link, "* QUOTA \"\" (STORAGE %" G_GSIZE_FORMAT " %d MESSAGE %u %d)",
                        tl_practice_inbox_get_bytes (inbox) / 1024, QUOTA, uids->len,
                        TL_PRACTICE_INBOX_MAX_MESSAGES);
  tl_practice_link_say (link, "%s OK Done", tag);
}
