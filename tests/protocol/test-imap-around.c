/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-counts.h"
#include "tl-imap-quota.h"
#include "tl-imap-rights.h"

static TlImapResponse *
read_line (const char *line)
{
  TlImapResponse *response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_assert_true (tl_imap_response_feed_line (response, line, &literal_len, &fault));
  g_assert_cmpint (literal_len, ==, -1);

  return response;
}

typedef struct
{
  const char *name;
  const char *line;
  const char *wire; /* NULL: malformed */
  gint64      n_messages;
  gint64      n_unseen;
  gint64      n_bytes;
} CountsCase;

static const CountsCase counts_cases[] = {
  { "all",      "* STATUS INBOX (MESSAGES 12 UNSEEN 3 SIZE 45678)", "INBOX", 12, 3, 45678 },
  { "other-order", "* STATUS \"a b\" (size 1 MESSAGES 2 UIDNEXT 9)", "a b", 2, -1, 1 },
  { "utf7",     "* STATUS \"Entw&APw-rfe\" (MESSAGES 0)", "Entw&APw-rfe", 0, -1, -1 },
  { "none",     "* STATUS x ()", "x", -1, -1, -1 },
  { "64-bit",   "* STATUS x (SIZE 9223372036854775807)", "x", -1, -1, G_MAXINT64 },
  { "more-than-64-bit", "* STATUS x (MESSAGES 1 SIZE 9223372036854775808)", "x", 1, -1, -1 },
  { "negative", "* STATUS x (MESSAGES -1 UNSEEN 4)", "x", -1, 4, -1 },
  { "odd",      "* STATUS x (MESSAGES 1 UNSEEN)", "x", 1, -1, -1 },
  { "no-list",  "* STATUS x", NULL, 0, 0, 0 },
  { "no-name",  "* STATUS (MESSAGES 1)", NULL, 0, 0, 0 },
  { "behind",   "* STATUS x (MESSAGES 1) y", NULL, 0, 0, 0 },
  { "nothing",  "* STATUS", NULL, 0, 0, 0 },
};

static void
test_counts (gconstpointer data)
{
  const CountsCase *c = data;
  g_autoptr(TlImapResponse) response = read_line (c->line);
  g_autoptr(TlImapCounts) counts = tl_imap_counts_new_from_status (response);

  if (counts == NULL)
    {
      g_assert_null (c->wire);
      return;
    }
  g_assert_cmpstr (counts->wire, ==, c->wire);
  g_assert_cmpint (counts->n_messages, ==, c->n_messages);
  g_assert_cmpint (counts->n_unseen, ==, c->n_unseen);
  g_assert_cmpint (counts->n_bytes, ==, c->n_bytes);
}

static const struct
{
  const char *name;
  const char *lines[4];
  const char *quotas; /* "root:RESOURCE:used:limit …" */
} quota_cases[] = {
  { "one",     { "* QUOTA \"\" (STORAGE 10 512)" }, ":STORAGE:10:512 " },
  { "two-resources", { "* QUOTA u (STORAGE 1 2 MESSAGE 3 4)" }, "u:STORAGE:1:2 u:MESSAGE:3:4 " },
  { "two-roots", { "* QUOTA a (STORAGE 1 2)", "* QUOTA b (STORAGE 3 4)" },
    "a:STORAGE:1:2 b:STORAGE:3:4 " },
  { "again",   { "* QUOTA a (STORAGE 1 2)", "* QUOTA a (storage 3 2)" }, "a:STORAGE:3:2 " },
  { "no-limit", { "* QUOTA a (STORAGE 7 0)" }, "a:STORAGE:7:0 " },
  { "other-resources", { "* QUOTA a (MAILBOX 1 2 ANNOTATION-STORAGE 1 2)" }, "" },
  { "none",    { "* QUOTA a ()" }, "" },
  { "not-numbers", { "* QUOTA a (STORAGE x 2 MESSAGE 1 2)" }, "a:MESSAGE:1:2 " },
  { "cut",     { "* QUOTA a (STORAGE 1)" }, "" },
  { "no-list", { "* QUOTA a" }, "" },
  { "no-root", { "* QUOTA (STORAGE 1 2)" }, "" },
};

static void
test_quota (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GPtrArray) quotas = NULL;
  g_autoptr(GString) seen = g_string_new (NULL);

  quotas = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_quota_free);
  for (gsize j = 0; quota_cases[i].lines[j] != NULL; j++)
    {
      g_autoptr(TlImapResponse) response = read_line (quota_cases[i].lines[j]);

      tl_imap_quota_read (response, quotas);
    }
  for (guint j = 0; j < quotas->len; j++)
    {
      const TlImapQuota *quota = quotas->pdata[j];

      g_string_append_printf (seen, "%s:%s:%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT " ",
                              quota->root, quota->resource, quota->used, quota->limit);
    }
  g_assert_cmpstr (seen->str, ==, quota_cases[i].quotas);
}

static void
test_quota_bound (void)
{
  g_autoptr(GPtrArray) quotas = NULL;
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);

  quotas = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_quota_free);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *line = g_strdup_printf ("* QUOTA r%u (STORAGE 1 2)", i);
      g_autofree char *root_line = g_strdup_printf ("* QUOTAROOT INBOX r%u r%u", i, i);
      g_autoptr(TlImapResponse) response = read_line (line);
      g_autoptr(TlImapResponse) root = read_line (root_line);

      tl_imap_quota_read (response, quotas);
      tl_imap_quota_read_roots (root, roots);
    }
  g_assert_cmpuint (quotas->len, ==, 32);
  g_assert_cmpuint (roots->len, ==, 16);
  g_assert_cmpstr (roots->pdata[1], ==, "r1");
}

static const struct
{
  const char *name;
  const char *line;
  const char *rights; /* NULL: malformed */
} rights_cases[] = {
  { "letters", "* MYRIGHTS INBOX lrswipkxte", "lrswipkxte" },
  { "digits",  "* MYRIGHTS x lr0", "lr0" },
  { "none",    "* MYRIGHTS x \"\"", "" },
  { "upper",   "* MYRIGHTS x LRS", NULL },
  { "missing", "* MYRIGHTS x", NULL },
  { "long",    "* MYRIGHTS x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL },
};

static void
test_rights (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlImapResponse) response = read_line (rights_cases[i].line);
  const char *wire = NULL;

  g_assert_cmpstr (tl_imap_rights_read (response, &wire), ==, rights_cases[i].rights);
  g_assert_true ((wire != NULL) == (rights_cases[i].rights != NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (counts_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/counts/", counts_cases[i].name, NULL);

      g_test_add_data_func (path, &counts_cases[i], test_counts);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (quota_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/quota/", quota_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_quota);
    }
  g_test_add_func ("/imap/quota/bound", test_quota_bound);
  for (gsize i = 0; i < G_N_ELEMENTS (rights_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/rights/", rights_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rights);
    }

  return g_test_run ();
}
