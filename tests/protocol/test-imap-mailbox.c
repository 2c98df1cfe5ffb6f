/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-mailbox.h"

typedef struct
{
  const char *name;
  const char *line;
  const char *mailbox;   /* NULL: malformed */
  const char *role;
  char        delimiter;
  gboolean    selectable;
} ListCase;

static const ListCase list_cases[] = {
  { "quoted",        "* LIST (\\HasNoChildren) \"/\" \"Sent Items\"", "Sent Items", NULL, '/', TRUE },
  { "atom",          "* LIST () \"/\" Archive",                     "Archive",    NULL, '/', TRUE },
  { "nil-delimiter", "* LIST () NIL Flat",                         "Flat",       NULL, 0,   TRUE },
  { "special-use",   "* LIST (\\sent \\X) \".\" INBOX.Gesendet",     "INBOX.Gesendet", "sent", '.', TRUE },
  { "first-use-counts", "* LIST (\\Trash \\Sent) \"/\" x",           "x", "trash", '/', TRUE },
  { "inbox",         "* LIST () \"/\" inbox",                        "inbox", "inbox", '/', TRUE },
  { "noselect",      "* LIST (\\Noselect) \"/\" \"[Gmail]\"",          "[Gmail]", NULL, '/', FALSE },
  { "nonexistent",   "* LIST (\\NonExistent) \"/\" old",              "old", NULL, '/', FALSE },
  { "utf7",          "* LIST (\\Drafts) \"/\" \"Entw&APw-rfe\"",       "Entwürfe", "drafts", '/', TRUE },
  { "not-utf7",      "* LIST () \"/\" \"a&b\"",                       "a&b", NULL, '/', TRUE },
  { "utf8-unasked",  "* LIST () \"/\" \"Entw\xc3\xbcrfe\"",            "Entwürfe", NULL, '/', TRUE },
  { "extended",      "* LIST () \"/\" x (\"CHILDINFO\" (\"SUBSCRIBED\"))", "x", NULL, '/', TRUE },
  { "backslash",     "* LIST () \"\\\\\" x",                         "x", NULL, '\\', TRUE },

  { "no-flags",      "* LIST \"/\" x",          NULL },
  { "no-name",       "* LIST () \"/\"",         NULL },
  { "nothing",       "* LIST",                  NULL },
  { "only-flags",    "* LIST ()",               NULL },
  { "long-delimiter", "* LIST () \"//\" x",     NULL },
  { "name-is-list",  "* LIST () \"/\" (x)",     NULL },
  { "flags-nested",  "* LIST (()) \"/\" x",     NULL },
};

static void
test_list (gconstpointer data)
{
  const ListCase *c = data;
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlImapMailbox) mailbox = NULL;
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_assert_true (tl_imap_response_feed_line (response, c->line, &literal_len, &fault));
  mailbox = tl_imap_mailbox_new_from_list (response, &fault);
  if (mailbox == NULL)
    {
      g_assert_null (c->mailbox);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
      return;
    }

  g_assert_cmpstr (mailbox->name, ==, c->mailbox);
  g_assert_cmpstr (mailbox->role, ==, c->role);
  g_assert_cmpint (mailbox->delimiter, ==, c->delimiter);
  g_assert_cmpint (mailbox->selectable, ==, c->selectable);
}

static void
add (GPtrArray  *mailboxes,
     const char *name,
     const char *role,
     gboolean    selectable)
{
  TlImapMailbox *mailbox = g_new0 (TlImapMailbox, 1);

  mailbox->name = g_strdup (name);
  mailbox->role = role;
  mailbox->delimiter = '.';
  mailbox->selectable = selectable;
  g_ptr_array_add (mailboxes, mailbox);
}

static void
test_roles (void)
{
  g_autoptr(GPtrArray) mailboxes = NULL;

  mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  add (mailboxes, "Sent Items", NULL, TRUE);
  add (mailboxes, "INBOX.sent", NULL, TRUE);
  add (mailboxes, "Junk Email", NULL, FALSE);
  add (mailboxes, "Bulk", NULL, TRUE);
  add (mailboxes, "Trash", NULL, TRUE);
  add (mailboxes, "Papierkorb", "trash", TRUE);
  tl_imap_mailboxes_give_roles (mailboxes);

  g_test_summary ("By the best name, once a role, not to a closed one, and not over the server");
  g_assert_null (((TlImapMailbox *) mailboxes->pdata[0])->role);
  g_assert_cmpstr (((TlImapMailbox *) mailboxes->pdata[1])->role, ==, "sent");
  g_assert_null (((TlImapMailbox *) mailboxes->pdata[2])->role);
  g_assert_cmpstr (((TlImapMailbox *) mailboxes->pdata[3])->role, ==, "junk");
  g_assert_null (((TlImapMailbox *) mailboxes->pdata[4])->role);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (list_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/mailbox/list/", list_cases[i].name, NULL);

      g_test_add_data_func (path, &list_cases[i], test_list);
    }
  g_test_add_func ("/imap/mailbox/roles", test_roles);

  return g_test_run ();
}
