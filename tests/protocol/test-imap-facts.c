/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-facts.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *lines[4];
  const char *software;
  const char *prefix;
  char        delimiter;
  const char *rights;
  guint64     used;
  guint64     limit;     /* 0: no quota */
} Case;

static const Case cases[] = {
  { "id", { "* ID (\"name\" \"Dovecot\" \"version\" \"2.3.19\")" }, .software = "Dovecot 2.3.19" },
  { "id-name", { "* ID (\"vendor\" \"Zimbra\" \"NAME\" \"Zimbra\")" }, .software = "Zimbra" },
  { "id-nil-version", { "* ID (\"version\" NIL \"name\" \"x\")" }, .software = "x" },
  { "id-nil", { "* ID NIL" } },
  { "id-empty", { "* ID (\"name\" \"\")" } },
  { "id-odd", { "* ID (\"name\")" } },
  { "id-dirty", { "* ID (\"name\" \"a\x1b[2Jb\")" }, .software = "a\\x1b[2Jb" },
  { "namespace", { "* NAMESPACE ((\"\" \"/\")) NIL NIL" }, .prefix = "", .delimiter = '/' },
  { "namespace-inbox", { "* NAMESPACE ((\"INBOX.\" \".\")(\"x\" \"/\")) ((\"#shared\" \"/\")) NIL" },
    .prefix = "INBOX.", .delimiter = '.' },
  { "namespace-utf7", { "* NAMESPACE ((\"&AOQ-/\" \"/\")) NIL NIL" }, .prefix = "\xc3\xa4/",
    .delimiter = '/' },
  { "namespace-flat", { "* NAMESPACE ((\"\" NIL)) NIL NIL" }, .prefix = "" },
  { "namespace-nil", { "* NAMESPACE NIL NIL NIL" } },
  { "namespace-short", { "* NAMESPACE ((" } },
  { "rights", { "* MYRIGHTS INBOX lrswipkxte" }, .rights = "lrswipkxte" },
  { "rights-quoted", { "* MYRIGHTS \"INBOX\" \"lr\"" }, .rights = "lr" },
  { "rights-odd", { "* MYRIGHTS INBOX l;r" } },
  { "rights-none", { "* MYRIGHTS INBOX" } },
  { "rows/A04/quota", { "* QUOTAROOT INBOX \"\"", "* QUOTA \"\" (STORAGE 10 512)" }, .used = 10, .limit = 512 },
  { "quota-among", { "* QUOTA x (MESSAGE 1 2 storage 5 100)" }, .used = 5, .limit = 100 },
  { "rows/A04/fullest-root", { "* QUOTA a (STORAGE 50 1000)", "* QUOTA b (STORAGE 9 10)",
                       "* QUOTA c (STORAGE 100 1000)" }, .used = 9, .limit = 10 },
  { "quota-none", { "* QUOTA \"\" ()" } },
  { "quota-unlimited", { "* QUOTA \"\" (STORAGE 5 0)" } },
  { "quota-negative", { "* QUOTA \"\" (STORAGE -5 10)" } },
  { "quota-huge", { "* QUOTA \"\" (STORAGE 1 99999999999999999999)" } },
  { "quota-cut", { "* QUOTA \"\" (STORAGE 1)" } },
  { "other", { "* LIST () NIL INBOX", "* 3 EXISTS" } },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlImapFacts) facts = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (c->lines) && c->lines[i] != NULL; i++)
    {
      g_autoptr(TlImapResponse) response = tl_imap_response_new ();
      g_autoptr(TlFault) fault = NULL;
      gssize literal_len;

      /* What is outside the grammar never comes so far. */
      if (tl_imap_response_feed_line (response, c->lines[i], &literal_len, &fault))
        tl_imap_facts_take (&facts, response);
    }

  g_assert_cmpstr (facts.software, ==, c->software);
  g_assert_cmpstr (facts.prefix, ==, c->prefix);
  g_assert_cmpint (facts.delimiter, ==, c->delimiter);
  g_assert_cmpstr (facts.rights, ==, c->rights);
  g_assert_cmpint (facts.has_quota, ==, c->limit != 0);
  g_assert_cmpuint (facts.quota_used, ==, c->used);
  g_assert_cmpuint (facts.quota_limit, ==, c->limit);
}

static void
test_long_name (void)
{
  g_auto(TlImapFacts) facts = { 0 };
  g_autofree char *name = g_strnfill (5000, 'x');
  g_autofree char *line = g_strdup_printf ("* ID (\"name\" \"%s\")", name);
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_assert_true (tl_imap_response_feed_line (response, line, &literal_len, &fault));
  tl_imap_facts_take (&facts, response);
  g_assert_cmpint (g_utf8_strlen (facts.software, -1), <=, 101);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/facts/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/facts/long-name", test_long_name);

  return g_test_run ();
}
