/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json-tree.h"
#include "tl-test-render.h"

#define HEAD "'kind': 'file', 'rules': [], 'extension': 'json', 'medium': 'json', "

typedef struct
{
  const char *name;
  const char *document;
  const char *text;
} TreeCase;

static const TreeCase tree_cases[] = {
  { "order", "{'z': '{address}', 'a': 'x', 'm': 1}",
    "{\n  \"z\": \"ada@example.org\",\n  \"a\": \"x\",\n  \"m\": 1\n}\n" },
  { "literals", "[1, -5, true, false, null, 'a']",
    "[\n  1,\n  -5,\n  true,\n  false,\n  null,\n  \"a\"\n]\n" },
  { "empty", "{'a': {}, 'b': []}", "{\n  \"a\": {},\n  \"b\": []\n}\n" },
  { "number", "[{'$number': '{incoming.port}'}, {'$number': '-3'}]", "[\n  993,\n  -3\n]\n" },
  { "bool", "[{'$bool': 'outgoing.security = `tls`'}, {'$bool': 'name'}]",
    "[\n  false,\n  true\n]\n" },
  { "if", "[{'$if': 'name', '$then': 'yes', '$else': 'no'}, "
          "{'$if': 'provider', '$then': 'yes', '$else': 'no'}]",
    "[\n  \"yes\",\n  \"no\"\n]\n" },
  { "if-left-out", "{'a': {'$if': 'provider', '$then': 1}, 'b': "
                   "[{'$if': 'provider', '$then': 1}, 2]}",
    "{\n  \"b\": [\n    2\n  ]\n}\n" },
  { "if-all-left-out", "{'a': {'$if': 'provider', '$then': 1}}", "{}\n" },
  { "if-nested", "[{'$if': 'name', '$then': {'$if': 'provider', '$then': 1, '$else': "
                 "{'x': '{name.first}'}}}]", "[\n  {\n    \"x\": \"Ada\"\n  }\n]\n" },
  { "mailboxes", "{'list': {'$mailboxes': {'a': '{address}'}}, 'on': '{made_on}'}",
    "{\n  \"list\": [\n    {\n      \"a\": \"ada@example.org\"\n    }\n  ],\n"
    "  \"on\": \"2026-01-31\"\n}\n" },
  { "mailboxes-root", "{'$mailboxes': '{address}'}", "[\n  \"ada@example.org\"\n]\n" },
  { "mailboxes-left-out", "{'$mailboxes': {'$if': 'provider', '$then': 1}}", "[]\n" },
  { "blank", "['Basic {incoming.password}', '{provider}']", "[\n  \"\",\n  \"\"\n]\n" },
  { "unicode", "['é\\u0001\\\"']", NULL },
};

static void
test_tree (gconstpointer data)
{
  const TreeCase *c = data;
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autofree char *body = g_strconcat (HEAD "'document': ", c->document, NULL);
  g_autofree char *json = tl_test_target_dup_json (body);
  g_autoptr(TlTarget) target = tl_target_parse (json, -1, NULL);
  g_autofree char *made = target != NULL ? tl_test_render (body, &parts, NULL, NULL) : NULL;

  g_assert_cmpstr (made, ==, c->text);
}

/* What goes in comes out of a reader again, whatever it is. */
static void
test_round (void)
{
  static const char * const passwords[] = {
    "\"", "\\", "a\nb\tc\r", "\x01\x1f\x7f", "</script>", "é\xe2\x80\xa8", "{name}", "'", "{{}}",
    " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz"
    "{|}~",
  };
  const TlTestMailbox parts = { .name = "\"}, \\u0000 <b>" };

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autofree char *made = tl_test_render (HEAD "'document': {'p': '{incoming.password}', "
                                              "'n': '{name}'}", &parts, passwords[i], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(TlJson) json = tl_json_parse (made, -1, &error);
      g_autoptr(TlJson) password = NULL;
      g_autoptr(TlJson) name = NULL;

      g_assert_no_error (error);
      password = tl_json_dup_member (json, "p");
      name = tl_json_dup_member (json, "n");
      g_assert_cmpstr (tl_json_get_string (password), ==, passwords[i]);
      g_assert_cmpstr (tl_json_get_string (name), ==, parts.name);
    }
}

/* Without a list of mailboxes there is a file for each, with one they are split at the cap. */
static void
test_several (void)
{
  const TlTestMailbox parts = { .purpose = TL_PURPOSE_MAILBOX };
  g_autoptr(TlReport) report = tl_test_mailbox_report_new (&parts);
  const TlTargetMailbox one = { report, TL_TEST_NOW_S, TRUE, NULL, NULL };
  const TlTargetMailbox mailboxes[] = { one, one, one };
  g_autoptr(TlTarget) each = tl_test_target_new (HEAD "'document': {'a': '{address}'}");
  g_autoptr(TlTarget) listed =
    tl_test_target_new (HEAD "'max_rows': 2, 'document': {'$mailboxes': '{address}'}");
  g_autoptr(GPtrArray) each_files = tl_target_render (each, mailboxes, 3, NULL);
  g_autoptr(GPtrArray) listed_files = tl_target_render (listed, mailboxes, 3, NULL);
  g_autofree char *several = tl_target_dup_file_name (listed, NULL, 1, 2);
  g_autofree char *single = tl_target_dup_file_name (listed, &one, 0, 1);

  g_assert_cmpuint (each_files->len, ==, 3);
  g_assert_cmpuint (listed_files->len, ==, 2);
  g_assert_cmpstr (several, ==, "mailboxes-try-2.json");
  g_assert_cmpstr (single, ==, "ada-example-org-try.json");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tree_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/json/tree/", tree_cases[i].name, NULL);

      g_test_add_data_func (path, &tree_cases[i], test_tree);
    }
  g_test_add_func ("/target/json/round", test_round);
  g_test_add_func ("/target/json/several", test_several);

  return g_test_run ();
}
