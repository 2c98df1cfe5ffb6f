/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-message.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *line;
  guint       n;      /* how many are found */
  guint32     first;
  guint32     last;
  gboolean    fails;
} FoundCase;

static const FoundCase found_cases[] = {
  { "none",            "* SEARCH", 0 },
  { "one",             "* SEARCH 7", 1, 7, 7 },
  { "two",             "* SEARCH 7 9", 2, 7, 9 },
  { "modseq",          "* SEARCH 7 (MODSEQ 917162500)", 1, 7, 7 },
  { "extended",        "* ESEARCH (TAG \"A282\") UID ALL 3,5:6", 3, 3, 6 },
  { "extended-none",   "* ESEARCH (TAG \"A282\") UID", 0 },
  { "extended-backwards", "* ESEARCH UID ALL 6:5", 2, 5, 6 },
  { "rows/X05/all",    "* ESEARCH UID ALL 1:4294967295", TL_IMAP_MESSAGE_MAX_FOUND,
    4294967295u - TL_IMAP_MESSAGE_MAX_FOUND + 1, 4294967295u },
  { "rows/X05/ranges", "* ESEARCH UID ALL 1:4294967295,7:9,1:4294967295", TL_IMAP_MESSAGE_MAX_FOUND,
    4294967295u - TL_IMAP_MESSAGE_MAX_FOUND + 1, 4294967295u },
  { "unordered",       "* SEARCH 9 7 8", 3, 7, 9 },
  { "repeated",        "* SEARCH 7 9 7 9", 2, 7, 9 },
  { "rows/X05/star",   "* ESEARCH UID ALL 1:*", .fails = TRUE },
  { "rows/X05/comma",  "* ESEARCH UID ALL 1,", .fails = TRUE },
  { "rows/X05/empty",  "* ESEARCH UID ALL \"\"", 0 },
  { "rows/X05/classic", "* SEARCH 1:4294967295", .fails = TRUE },
  { "zero",            "* SEARCH 0", .fails = TRUE },
  { "huge",            "* SEARCH 4294967296", .fails = TRUE },
  { "word",            "* SEARCH x", .fails = TRUE },
};

static TlImapResponse *
read_response (const char *line,
               const char *literal,
               const char *rest)
{
  TlImapResponse *response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len = -1;

  g_assert_true (tl_imap_response_feed_line (response, line, &literal_len, &fault));
  if (literal != NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (literal, strlen (literal));

      g_assert_true (tl_imap_response_feed_literal (response, bytes, &fault));
      g_assert_true (tl_imap_response_feed_line (response, rest, &literal_len, &fault));
    }

  return response;
}

static void
test_found (gconstpointer data)
{
  const FoundCase *c = data;
  g_autoptr(TlImapResponse) response = read_response (c->line, NULL, NULL);
  g_autoptr(GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(TlFault) fault = NULL;

  g_assert_cmpint (tl_imap_message_read_found (response, uids, &fault), ==, !c->fails);
  if (c->fails)
    {
      g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
      return;
    }

  g_assert_cmpuint (uids->len, ==, c->n);
  if (c->n > 0)
    {
      g_assert_cmpuint (g_array_index (uids, guint32, 0), ==, c->first);
      g_assert_cmpuint (g_array_index (uids, guint32, c->n - 1), ==, c->last);
    }
}

/* However many are said to be found, in whatever order: the newest are taken. */
static void
test_bound (gconstpointer data)
{
  gboolean is_backwards = GPOINTER_TO_INT (data);
  g_autoptr(GString) line = g_string_new ("* SEARCH");
  g_autoptr(GArray) uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(TlImapResponse) response = NULL;
  g_autoptr(TlFault) fault = NULL;

  for (guint i = 1; i <= 2000; i++)
    g_string_append_printf (line, " %u", is_backwards ? 2001 - i : i);
  response = read_response (line->str, NULL, NULL);
  g_assert_true (tl_imap_message_read_found (response, uids, &fault));
  g_assert_cmpuint (uids->len, ==, TL_IMAP_MESSAGE_MAX_FOUND);
  for (guint i = 0; i < uids->len; i++)
    g_assert_cmpuint (g_array_index (uids, guint32, i), ==, 2001 - uids->len + i);
}

typedef struct
{
  const char *name;
  const char *line;
  const char *literal;
  const char *rest;
  const char *header;
} HeaderCase;

static const HeaderCase header_cases[] = {
  { "literal", "* 1 FETCH (UID 7 BODY[HEADER]<0> {4}", "a: b", ")", "a: b" },
  { "uid-last", "* 1 FETCH (BODY[HEADER]<0> {4}", "a: b", " UID 7)", "a: b" },
  { "whole", "* 1 FETCH (UID 7 BODY[HEADER] {4}", "a: b", ")", "a: b" },
  { "flags-between", "* 1 FETCH (FLAGS (\\Seen (x)) UID 7 BODY[HEADER] {4}", "a: b", ")", "a: b" },
  { "quoted", "* 1 FETCH (UID 7 BODY[HEADER]<0> \"a: b\")", NULL, NULL, "a: b" },
  { "empty", "* 1 FETCH (UID 7 BODY[HEADER]<0> {0}", "", ")", "" },
  { "nil", "* 1 FETCH (UID 7 BODY[HEADER] NIL)" },
  { "other-uid", "* 1 FETCH (UID 8 BODY[HEADER] {4}", "a: b", ")" },
  { "no-uid", "* 1 FETCH (BODY[HEADER] {4}", "a: b", ")" },
  { "other-part", "* 1 FETCH (UID 7 BODY[TEXT] {4}", "a: b", ")" },
  { "hidden-in-a-list", "* 1 FETCH (X (UID 7 BODY[HEADER] y) UID 7)" },
  { "only-flags", "* 1 FETCH (FLAGS ())" },
  { "no-list", "* 1 FETCH UID 7" },
  { "nothing", "* 1 FETCH" },
};

static void
test_header (gconstpointer data)
{
  const HeaderCase *c = data;
  g_autoptr(TlImapResponse) response = read_response (c->line, c->literal, c->rest);
  g_autoptr(GBytes) header = tl_imap_message_read_header (response, 7);

  g_assert_cmpint (header != NULL, ==, c->header != NULL);
  if (header != NULL)
    g_assert_cmpmem (g_bytes_get_data (header, NULL), g_bytes_get_size (header), c->header,
                     strlen (c->header));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (found_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/message/found/", found_cases[i].name, NULL);

      g_test_add_data_func (path, &found_cases[i], test_found);
    }
  g_test_add_data_func ("/imap/message/found/bound/ascending", GINT_TO_POINTER (FALSE), test_bound);
  g_test_add_data_func ("/imap/message/found/bound/descending", GINT_TO_POINTER (TRUE), test_bound);
  for (gsize i = 0; i < G_N_ELEMENTS (header_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/message/header/", header_cases[i].name, NULL);

      g_test_add_data_func (path, &header_cases[i], test_header);
    }

  return g_test_run ();
}
