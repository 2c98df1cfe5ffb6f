/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-roles.h"

#include <string.h>

#include "tl-imap-mailbox.h"

/* "name", "name=role" of the server's, "!name" that holds nothing. */
typedef struct
{
  const char *name;
  char        delimiter;
  const char *mailboxes[8];
  const char *given;  /* "index:role …" */
  const char *prefix;
} Case;

static const Case cases[] = {
  { "names", '/', { "INBOX", "Sent Items", "Deleted Items", "Junk Email" },
    "1:sent 2:trash 3:junk " },
  { "german", '/', { "Entwürfe", "Gesendete Elemente", "Gelöschte Elemente" },
    "0:drafts 1:sent 2:trash " },
  { "server-first", '/', { "Trash", "Papierkorb=trash" }, "1:trash " },
  { "once-a-role", '/', { "Sent", "Sent Items" }, "1:sent " },
  { "top-first", '/', { "Old/Sent Items", "Sent" }, "1:sent " },
  { "below-inbox-is-top", '.', { "Old.Sent Items", "INBOX.Sent" }, "1:sent " },
  { "below-brackets-is-top", '/', { "Old/Drafts", "[Gmail]/Drafts" }, "1:drafts " },
  { "inside-where-nothing-else", '/', { "Old/Sent" }, "0:sent " },
  { "closed", '/', { "!Trash", "Old/Trash" }, "1:trash " },
  { "flat", 0, { "a/Sent", "Sent" }, "1:sent " },
  { "not-in-the-trash", '/', { "INBOX", "Trash", "Trash/Sent Items", "Clients/Sent" },
    "1:trash 3:sent " },
  { "only-in-the-trash", '/', { "Trash", "Trash/Sent" }, "0:trash " },
  { "below-prefix-is-top", '.', { "Old.Sent Items", "Mail.Sent" }, "1:sent ", "Mail." },
  { "none", '/', { "INBOX", "Replies" }, "" },
};

static void
test_give (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GPtrArray) mailboxes = NULL;
  g_autoptr(GString) given = g_string_new (NULL);

  mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  for (gsize i = 0; c->mailboxes[i] != NULL; i++)
    {
      const char *name = c->mailboxes[i] + (c->mailboxes[i][0] == '!' ? 1 : 0);
      const char *equals = strchr (name, '=');
      TlImapMailbox *mailbox = g_new0 (TlImapMailbox, 1);

      mailbox->name = equals == NULL ? g_strdup (name) : g_strndup (name, (gsize) (equals - name));
      mailbox->role = equals == NULL ? NULL : equals + 1;
      mailbox->delimiter = c->delimiter;
      mailbox->selectable = c->mailboxes[i][0] != '!';
      g_ptr_array_add (mailboxes, mailbox);
    }

  tl_lane_roles_give (mailboxes, c->prefix);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TlImapMailbox *mailbox = mailboxes->pdata[i];

      if (mailbox->role != NULL)
        g_string_append_printf (given, "%u:%s ", i, mailbox->role);
    }
  g_assert_cmpstr (given->str, ==, c->given);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/roles/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_give);
    }

  return g_test_run ();
}
