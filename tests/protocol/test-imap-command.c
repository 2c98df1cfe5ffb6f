/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-command.h"

#include <string.h>

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *word;
  gsize       len;       /* 0: up to the NUL */
  const char *lines[2];  /* {NULL}: refused */
} StringCase;

static const StringCase string_cases[] = {
  { "plain",       "ada",             0, { "T X \"ada\"" } },
  { "empty",       "",                0, { "T X \"\"" } },
  { "blanks",      " a b ",           0, { "T X \" a b \"" } },
  { "quote",       "a\"b",            0, { "T X \"a\\\"b\"" } },
  { "backslash",   "a\\b",            0, { "T X \"a\\\\b\"" } },
  { "like-literal", "{5}",            0, { "T X \"{5}\"" } },
  { "percent",     "%0d%0a*",         0, { "T X \"%0d%0a*\"" } },
  { "eight-bit",   "p\xc3\xa4ss",     0, { "T X {5}", "p\xc3\xa4ss" } },
  { "cr",          "a\rb",            0, { NULL } },
  { "lf",          "a\nLOGOUT",       0, { NULL } },
  { "nul",         "a\0b",            3, { NULL } },
};

static void
test_string (gconstpointer data)
{
  const StringCase *c = data;
  g_autoptr(TlImapCommand) command = tl_imap_command_new ("T", "X");
  g_autoptr(TlSecret) secret = tl_secret_new (c->word, c->len == 0 ? strlen (c->word) : c->len);
  g_autoptr(GError) error = NULL;
  guint n_lines = 0;

  if (!tl_imap_command_add_secret (command, secret, &error))
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (c->lines[0]);
      return;
    }

  while (n_lines < G_N_ELEMENTS (c->lines) && c->lines[n_lines] != NULL)
    n_lines++;
  g_assert_cmpuint (tl_imap_command_get_n_lines (command), ==, n_lines);
  for (guint i = 0; i < n_lines; i++)
    g_assert_cmpstr (tl_secret_peek (tl_imap_command_get_line (command, i), NULL), ==, c->lines[i]);
  g_assert_true (tl_imap_command_is_secret (command));
}

static void
test_words (void)
{
  g_autoptr(TlImapCommand) command = tl_imap_command_new ("T", "LIST");

  g_assert_true (tl_imap_command_add_string (command, "", NULL));
  g_assert_true (tl_imap_command_add_string (command, "*", NULL));
  tl_imap_command_add_atom (command, "RETURN");
  tl_imap_command_add_words (command, "(SPECIAL-USE)");

  g_assert_false (tl_imap_command_is_secret (command));
  g_assert_cmpstr (tl_secret_peek (tl_imap_command_get_line (command, 0), NULL), ==,
                   "T LIST \"\" \"*\" RETURN (SPECIAL-USE)");
}

static void
test_two_literals (void)
{
  g_autoptr(TlImapCommand) command = tl_imap_command_new ("T", "LOGIN");

  g_assert_true (tl_imap_command_add_string (command, "\xc3\xa9", NULL));
  g_assert_true (tl_imap_command_add_string (command, "\xc3\xa9\xc3\xa9", NULL));

  g_assert_cmpuint (tl_imap_command_get_n_lines (command), ==, 3);
  g_assert_cmpstr (tl_secret_peek (tl_imap_command_get_line (command, 0), NULL), ==, "T LOGIN {2}");
  g_assert_cmpstr (tl_secret_peek (tl_imap_command_get_line (command, 1), NULL), ==,
                   "\xc3\xa9 {4}");
  g_assert_cmpstr (tl_secret_peek (tl_imap_command_get_line (command, 2), NULL), ==,
                   "\xc3\xa9\xc3\xa9");
}

typedef struct
{
  const char     *name;
  TlImapLiterals  literals;
  gsize           len;
  const char     *ending;  /* of the first line */
  gboolean        waits;
} LiteralCase;

static const LiteralCase literal_cases[] = {
  { "sync",        TL_IMAP_LITERALS_SYNC,  2,    " {2}",     TRUE },
  { "minus",       TL_IMAP_LITERALS_MINUS, 4096, " {4096+}", FALSE },
  { "minus-long",  TL_IMAP_LITERALS_MINUS, 4097, " {4097}",  TRUE },
  { "plus",        TL_IMAP_LITERALS_PLUS,  2,    " {2+}",    FALSE },
  { "plus-long",   TL_IMAP_LITERALS_PLUS,  6000, " {6000+}", FALSE },
};

static void
test_literal (gconstpointer data)
{
  const LiteralCase *c = data;
  g_autoptr(TlImapCommand) command = tl_imap_command_new ("T", "LOGIN");
  g_autoptr(GString) text = g_string_new (NULL);
  const char *line;

  g_string_append (text, c->len % 2 == 0 ? "" : "x");
  while (text->len < c->len)
    g_string_append (text, "\xc3\xa9");
  tl_imap_command_set_literals (command, c->literals);
  g_assert_true (tl_imap_command_add_string (command, text->str, NULL));

  g_assert_cmpuint (tl_imap_command_get_n_lines (command), ==, 2);
  line = tl_secret_peek (tl_imap_command_get_line (command, 0), NULL);
  g_assert_true (g_str_has_suffix (line, c->ending));
  g_assert_cmpint (tl_imap_command_waits_behind (command, 0), ==, c->waits);
  g_assert_false (tl_imap_command_waits_behind (command, 1));
}

static void
test_long (void)
{
  g_autoptr(TlImapCommand) command = tl_imap_command_new ("T", "LOGIN");
  g_autofree char *longest_quoted = g_strnfill (1024, 'x');
  g_autofree char *literal = g_strnfill (1025, 'x');
  g_autofree char *too_long = g_strnfill (TL_IMAP_COMMAND_MAX_LEN, 'x');
  g_autoptr(GError) error = NULL;

  g_assert_true (tl_imap_command_add_string (command, longest_quoted, &error));
  g_assert_cmpuint (tl_imap_command_get_n_lines (command), ==, 1);
  g_assert_true (tl_imap_command_add_string (command, literal, &error));
  g_assert_cmpuint (tl_imap_command_get_n_lines (command), ==, 2);
  g_assert_false (tl_imap_command_add_string (command, too_long, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (string_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/command/string/", string_cases[i].name, NULL);

      g_test_add_data_func (path, &string_cases[i], test_string);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (literal_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/command/literal/", literal_cases[i].name, NULL);

      g_test_add_data_func (path, &literal_cases[i], test_literal);
    }
  g_test_add_func ("/imap/command/words", test_words);
  g_test_add_func ("/imap/command/two-literals", test_two_literals);
  g_test_add_func ("/imap/command/long", test_long);

  return g_test_run ();
}
