/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-render.h"

#define ASCII " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmno" \
              "pqrstuvwxyz{|}~"

typedef struct
{
  const char *medium;
  const char *password;
  const char *text;     /* NULL: it cannot be written */
} EscapeCase;

static const EscapeCase escape_cases[] = {
  { "xml",  "a&<>\"'b",        "a&amp;&lt;&gt;&quot;&apos;b" },
  { "xml",  "a\t\r\nb",        "a&#9;&#13;&#10;b" },
  { "xml",  "]]>",             "]]&gt;" },
  { "xml",  "a\x01",           NULL },
  { "xml",  "a\x7f",           NULL },
  { "xml",  "a\xef\xbf\xbe",   NULL },
  { "xml",  "a\xef\xbf\xbf",   NULL },
  { "xml",  "пароль",          "пароль" },
  { "toml", "a\"b\\c",         "a\\\"b\\\\c" },
  { "toml", "a\n\t\x7f",       "a\\u000A\\u0009\\u007F" },
  { "toml", "'''",             "'''" },
  { "ini",  "a=b%c$d\"e",      "a=b%c$d\"e" },
  { "ini",  "a#b;c",           "a#b;c" },
  { "ini",  "a\nb",            NULL },
  { "ini",  " a",              NULL },
  { "ini",  "a ",              NULL },
  { "ini",  "a\\",             NULL },
  { "ini",  "\"a\"",           NULL },
  { "ini",  "#a",              NULL },
  { "ini",  ";a",              NULL },
  { "ini",  "a #b",            NULL },
  { "ini",  "a ;b",            NULL },
  { "conf", "a\"b\\c",         "a\\\"b\\\\c" },
  { "conf", "a\nb",            NULL },
  { "conf", "a\xc2\x85" "b",   NULL },
  { "conf", "a\xe2\x80\xa8",   NULL },
  { "conf", "a\xe2\x80\xa9",   NULL },
  { "text", ASCII,             ASCII },
  { "text", "a\nb",            NULL },
  { "text", "a\rb",            NULL },
  { "text", "a\x1b",           NULL },
  { "text", "a\xff",           NULL },
  { "toml", "a\xc3",           NULL },
  { "xml",  "\xed\xa0\x80",    NULL },
};

static void
test_escape (void)
{
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };

  for (gsize i = 0; i < G_N_ELEMENTS (escape_cases); i++)
    {
      const EscapeCase *c = &escape_cases[i];
      g_autofree char *wanted = c->text != NULL ? g_strdup_printf ("<%s>\n", c->text) : NULL;
      g_autofree char *body = g_strdup_printf (
        "'kind': 'file', 'rules': [], 'extension': 'x', 'medium': '%s', "
        "'lines': ['<{incoming.password}>']", c->medium);
      g_autofree char *made = tl_test_render (body, &parts, c->password, NULL);
      g_autofree char *shown = g_strescape (c->password, NULL);

      /* What is printed ends in a report, which takes text alone. */
      g_test_message ("%s %s", c->medium, shown);
      g_assert_cmpstr (made, ==, wanted);
      g_assert_cmpint (tl_test_has_remark (body, &parts, c->password, TL_SEVERITY_ERROR,
                                           TL_LANE_INCOMING, "cannot-escape"), ==, c->text == NULL);
    }
}

/* Every medium takes every printable character of ASCII, in the middle of a password. */
static void
test_printable (void)
{
  static const char * const media[] = { "xml", "toml", "ini", "conf", "text" };
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };

  for (gsize i = 0; i < G_N_ELEMENTS (media); i++)
    {
      g_autofree char *body = g_strdup_printf (
        "'kind': 'file', 'rules': [], 'extension': 'x', 'medium': '%s', "
        "'lines': ['{incoming.password}']", media[i]);

      for (char c = ' '; c <= '~'; c++)
        {
          g_autofree char *password = g_strdup_printf ("a%cé", c);
          g_autofree char *made = tl_test_render (body, &parts, password, NULL);

          g_assert_nonnull (made);
          g_assert_true (g_str_has_prefix (made, "a") && g_str_has_suffix (made, "é\n"));
        }
    }
}

typedef struct
{
  const char *name;
  const char *lines;
  const char *text;
} LinesCase;

static const LinesCase lines_cases[] = {
  { "plain",     "['a', '', '{{{address}}}']", "a\n\n{ada@example.org}\n" },
  { "when",      "[{'when': 'name', 'lines': ['yes']}, {'when': 'provider', 'lines': ['no']}, 'z']",
    "yes\nz\n" },
  { "else",      "[{'when': 'provider', 'lines': ['yes'], 'else': ['no', 'no']}]", "no\nno\n" },
  { "nested",    "[{'when': 'name', 'lines': [{'when': 'provider', 'lines': ['a'], "
                 "'else': ['b']}]}]", "b\n" },
  { "mailboxes", "['# {made_on}', {'mailboxes': ['{address}', {'when': 'name', 'lines': ['x']}]}]",
    "# 2026-01-31\nada@example.org\nx\n" },
  { "blank",     "['p={incoming.password}', {'when': 'incoming.password', 'lines': ['q']}]",
    "p=\n" },
};

static void
test_lines (gconstpointer data)
{
  const LinesCase *c = data;
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autofree char *body = g_strconcat ("'kind': 'file', 'rules': [], 'extension': 'x', "
                                       "'medium': 'text', 'lines': ", c->lines, NULL);
  g_autofree char *made = tl_test_render (body, &parts, NULL, NULL);

  g_assert_cmpstr (made, ==, c->text);
}

/* Nine bytes around the value, with its quotes. */
#define LIMITED "'kind': 'file', 'rules': [], 'extension': 'x', 'medium': 'text', 'max_line': 80, " \
                "'lines': ['" LONG_LINE "', {'mailboxes': ['user=\\\"{incoming.user}\\\" ;', " \
                "'password={incoming.password}']}]"
#define LONG_LINE "# what the file says itself is as long as it is, which is more than eighty bytes " \
                  "by far"

typedef struct
{
  const char *name;
  guint       user_bytes;
  guint       password_bytes; /* 0: none */
  TlLaneKind  lane;           /* of the remark; none: it is written */
} LengthCase;

static const LengthCase length_cases[] = {
  { "short",         10, 10 },
  { "full",          71, 71 },
  { "user",          72, 71, TL_LANE_INCOMING },
  { "password",      71, 72, TL_LANE_INCOMING },
  { "password-none", 71, 0 },
};

static void
test_length (gconstpointer data)
{
  const LengthCase *c = data;
  g_autofree char *user = g_strnfill (c->user_bytes, 'u');
  g_autofree char *password = c->password_bytes > 0 ? g_strnfill (c->password_bytes, 'p') : NULL;
  const TlTestMailbox parts = { .incoming_user = user, .outgoing_user = user };
  g_autofree char *made = tl_test_render (LIMITED, &parts, password, NULL);

  g_assert_true ((made == NULL) == (c->lane != TL_LANE_NONE));
  g_assert_cmpint (tl_test_has_remark (LIMITED, &parts, password, TL_SEVERITY_ERROR,
                                       TL_LANE_INCOMING, "line-too-long"), ==, made == NULL);
  g_assert_false (tl_test_has_remark (LIMITED, &parts, password, TL_SEVERITY_ERROR,
                                      TL_LANE_INCOMING, "cannot-escape"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/target/text/escape", test_escape);
  g_test_add_func ("/target/text/printable", test_printable);
  for (gsize i = 0; i < G_N_ELEMENTS (lines_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/text/lines/", lines_cases[i].name, NULL);

      g_test_add_data_func (path, &lines_cases[i], test_lines);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (length_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/text/length/", length_cases[i].name, NULL);

      g_test_add_data_func (path, &length_cases[i], test_length);
    }

  return g_test_run ();
}
