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
  const char *attributes; /* NULL: not looked at */
  gboolean    is_utf8;
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

  { "attributes",    "* LIST (\\HasNoChildren \\Sent) \"/\" x",   "x", "sent", '/', TRUE,
    "HasNoChildren Sent" },
  { "xlist",         "* XLIST (\\AllMail) \"/\" \"[Gmail]/All Mail\"", "[Gmail]/All Mail", NULL, '/',
    TRUE, "AllMail" },
  { "no-attributes", "* LIST () \"/\" x",                         "x", NULL, '/', TRUE, "" },
  { "utf8-agreed",   "* LIST () \"/\" \"R&-D \xc3\xbc\"",           "R&-D ü", NULL, '/', TRUE, NULL,
    TRUE },

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
  mailbox = tl_imap_mailbox_new_from_list (response, c->is_utf8, &fault);
  if (mailbox == NULL)
    {
      g_assert_null (c->mailbox);
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
      return;
    }

  g_assert_cmpstr (mailbox->name, ==, c->mailbox);
  g_assert_cmpstr (mailbox->role, ==, c->role);
  if (c->attributes != NULL)
    {
      g_autofree char *attributes = g_strjoinv (" ", mailbox->attributes);

      g_assert_cmpstr (attributes, ==, c->attributes);
    }
  g_assert_cmpint (mailbox->delimiter, ==, c->delimiter);
  g_assert_cmpint (mailbox->selectable, ==, c->selectable);
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

  return g_test_run ();
}
