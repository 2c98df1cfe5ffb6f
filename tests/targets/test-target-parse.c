/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a schema does not see: names, filters, conditions, and where the mistake is. What it does
 * see is in corpus/, test-corpus.c. */
#include <string.h>

#include "tl-error.h"
#include "tl-target-rule.h"
#include "tl-test-mailbox.h"

#define FILE_OF(medium) "'kind': 'file', 'rules': [], 'extension': 'x', 'medium': '" medium "', "
#define SHEET "'kind': 'sheet', 'rules': [], "
#define FIELD(value) SHEET "'steps': [], 'groups': [{'fields': [{'label': 'L', " value "}]}]"

typedef struct
{
  const char *name;
  const char *body;
  const char *pointer; /* what the error begins with */
  const char *why;     /* what else is in it, where another check would refuse it as well */
} WrongCase;

static const WrongCase wrong_cases[] = {
  { "column-name", FILE_OF ("csv") "'columns': [{'name': 'A', 'value': '{nosuch}'}]",
    "/columns/0/value: " },
  { "column-when", FILE_OF ("csv") "'columns': [{'name': 'A', 'value': 'x'}, "
    "{'name': 'A', 'value': 'x', 'when': 'nosuch'}]", "/columns/1/when: " },
  { "column-else", FILE_OF ("csv") "'columns': [{'name': 'A', 'value': 'x', 'when': 'name', "
    "'else': '{name|raw}'}]", "/columns/0/else: " },
  { "tree-name", FILE_OF ("json") "'document': {'a': {'b': ['{name}', '{nosuch}']}}",
    "/document/a/b/1: " },
  { "tree-number", FILE_OF ("json") "'document': {'a': {'$number': '{name}'}}", "/document/a: " },
  { "tree-bool", FILE_OF ("json") "'document': {'a': {'$bool': 'name ='}}", "/document/a: " },
  { "tree-then", FILE_OF ("json") "'document': {'a': {'$if': 'name', '$then': '{x}'}}",
    "/document/a/$then: " },
  { "tree-else-alone", FILE_OF ("json") "'document': {'a': {'$else': 'x'}}", "/document/a: " },
  { "tree-beside", FILE_OF ("json") "'document': {'a': {'$bool': 'name', 'b': 1}}",
    "/document/a: " },
  { "tree-dollar", FILE_OF ("json") "'document': {'$raw': 'x'}", "/document: " },
  { "tree-twice", FILE_OF ("json") "'document': {'$mailboxes': {'$mailboxes': 'x'}}",
    "/document/$mailboxes: " },
  { "tree-outside", FILE_OF ("json") "'document': {'a': '{address}', 'b': {'$mailboxes': 'x'}}",
    "/document: " },
  { "tree-outside-if", FILE_OF ("json") "'document': {'a': {'$if': 'name', '$then': 1}, "
    "'b': {'$mailboxes': 'x'}}", "/document: " },
  { "tree-text", FILE_OF ("json") "'document': '{name}'", "/document: " },
  { "line-name", FILE_OF ("ini") "'lines': ['a', '{nosuch}']", "/lines/1: " },
  { "line-when", FILE_OF ("ini") "'lines': [{'when': 'nosuch', 'lines': ['a']}]",
    "/lines/0/when: " },
  { "line-within", FILE_OF ("ini") "'lines': [{'when': 'name', 'lines': ['{x}']}]",
    "/lines/0/lines/0: " },
  { "line-else", FILE_OF ("ini") "'lines': [{'when': 'name', 'lines': ['a'], 'else': ['{x}']}]",
    "/lines/0/else/0: " },
  { "line-outside", FILE_OF ("ini") "'lines': ['{address}', {'mailboxes': ['a']}]", "/lines: " },
  { "line-twice", FILE_OF ("ini") "'lines': [{'mailboxes': [{'mailboxes': ['a']}]}]",
    "/lines/0/mailboxes/0: " },
  { "line-brace", FILE_OF ("ini") "'lines': ['a', 'x}y']", "/lines/1: ", "brace" },
  { "line-brace-open", FILE_OF ("ini") "'lines': ['a', 'x{y']", "/lines/1: ", "brace" },
  { "rule-shared", "'kind': 'sheet', 'rules': ['no-such-rule'], 'steps': [], "
    "'groups': [{'fields': [{'label': 'L', 'value': ''}]}]", "/rules/0: " },
  { "rule-when", "'kind': 'sheet', 'rules': [{'name': 'r', 'severity': 'note', 'when': 'x', "
    "'text': 'x'}], 'steps': [], 'groups': [{'fields': [{'label': 'L', 'value': ''}]}]",
    "/rules/0/when: " },
  { "rule-text", "'kind': 'sheet', 'rules': [{'name': 'r', 'severity': 'note', 'when': 'name', "
    "'text': '{incoming.password}'}], 'steps': [], "
    "'groups': [{'fields': [{'label': 'L', 'value': ''}]}]", "/rules/0/text: " },
  { "rule-twice", "'kind': 'sheet', 'rules': [{'name': 'r', 'severity': 'note', 'when': 'name', "
    "'text': 'x'}, {'name': 'r', 'severity': 'note', 'when': 'name', 'text': 'x'}], 'steps': [], "
    "'groups': [{'fields': [{'label': 'L', 'value': ''}]}]", "/rules/1: " },
  { "required", FIELD ("'value': ''") ", 'required': ['name', 'nosuch']", "/required/1: " },
  { "required-always", FIELD ("'value': ''") ", 'required': ['address']", "/required/0: " },
  { "required-password", FIELD ("'value': ''") ", 'required': ['incoming.password']",
    "/required/0: " },
  { "unconfirmed", FIELD ("'value': ''") ", 'unconfirmed': ['/groups/0', '/groups/1']",
    "/unconfirmed/1: " },
  { "field-name", FIELD ("'value': '{nosuch}'"), "/groups/0/fields/0/value: " },
  { "field-when", FIELD ("'value': '', 'when': 'not'"), "/groups/0/fields/0/when: " },
  { "field-password", FIELD ("'value': '{incoming.password}'"), "/groups/0/fields/0: " },
  { "field-no-secret", FIELD ("'value': '{incoming.password}', 'secret': false"),
    "/groups/0/fields/0: " },
  { "step-name", SHEET "'groups': [{'fields': [{'label': 'L', 'value': ''}]}], "
    "'steps': ['a', '{nosuch}']", "/steps/1: " },
  { "step-password", SHEET "'groups': [{'fields': [{'label': 'L', 'value': ''}]}], "
    "'steps': ['{outgoing.password|url}']", "/steps/0: " },
};

static void
test_wrong (gconstpointer data)
{
  const WrongCase *c = data;
  g_autofree char *json = tl_test_target_dup_json (c->body);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlTarget) target = tl_target_parse (json, -1, &error);

  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, c->pointer));
  if (c->why != NULL)
    g_assert_nonnull (strstr (error->message, c->why));
  g_assert_null (target);
}

/* As many lines as there may be, and one more. */
static void
test_lines (void)
{
  for (guint n = 400; n <= 401; n++)
    {
      g_autoptr(GString) body = g_string_new (FILE_OF ("ini") "'lines': ['a'");
      g_autofree char *json = NULL;
      g_autoptr(TlTarget) target = NULL;
      g_autoptr(GError) error = NULL;

      for (guint i = 1; i < n; i++)
        g_string_append (body, ", 'a'");
      g_string_append_c (body, ']');
      json = tl_test_target_dup_json (body->str);
      target = tl_target_parse (json, -1, &error);
      g_assert_cmpint (target != NULL, ==, n == 400);
      if (n > 400)
        g_assert_true (g_str_has_prefix (error->message, "/lines: "));
    }
}

/* Two shared rules of one name: a target could not say which. */
static void
test_rules_twice (void)
{
  static const char json[] =
    "{\"format\": \"twolane-target-rules\", \"version\": 0, \"rules\": ["
    "{\"name\": \"r\", \"severity\": \"note\", \"when\": \"name\", \"text\": \"x\"},"
    "{\"name\": \"%s\", \"severity\": \"note\", \"when\": \"name\", \"text\": \"x\"}]}";
  static const char * const names[] = { "s", "r" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto(GStrv) halves = g_strsplit (json, "%s", 2);
      g_autofree char *text = g_strconcat (halves[0], names[i], halves[1], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(GPtrArray) rules = tl_target_rules_parse (text, -1, &error);

      g_assert_cmpint (rules != NULL, ==, i == 0);
      if (i > 0)
        g_assert_true (g_str_has_prefix (error->message, "/rules/1: "));
    }
}

typedef struct
{
  const char *name;
  const char *body;
  gboolean    takes_passwords;
} GoodCase;

static const GoodCase good_cases[] = {
  { "csv", FILE_OF ("csv") "'columns': [{'name': 'A', 'value': '{incoming.password}'}]", TRUE },
  { "csv-blank", FILE_OF ("csv") "'columns': [{'name': 'A', 'value': '', 'when': "
    "'incoming.password'}]", FALSE },
  { "json", FILE_OF ("json") "'document': {'$mailboxes': '{outgoing.password|url}'}", TRUE },
  { "text", FILE_OF ("text") "'lines': ['{made_on}', {'mailboxes': ['{address}']}]", FALSE },
  { "null", FILE_OF ("text") "'lines': ['a'], 'link': null, 'required': null, 'max_rows': null, "
    "'unconfirmed': null, 'max_bytes': null", FALSE },
  { "csv-null", FILE_OF ("csv") "'bom': null, 'columns': [{'name': 'A', 'value': 'x', 'when': null, "
    "'else': null}]", FALSE },
  { "sheet", FIELD ("'value': '{incoming.password}', 'secret': true"), FALSE },
};

static void
test_good (gconstpointer data)
{
  const GoodCase *c = data;
  g_autoptr(TlTarget) target = tl_test_target_new (c->body);

  g_assert_cmpint (tl_target_takes_passwords (target), ==, c->takes_passwords);
}

static void
test_properties (void)
{
  g_autoptr(TlTarget) target =
    tl_test_target_new (FILE_OF ("text") "'lines': ['{incoming.password}'], "
                        "'link': 'https://example.org/a', 'max_rows': 7, "
                        "'unconfirmed': ['/lines/0']");
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *product = NULL;
  g_autofree char *checked_on = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *outgoing = NULL;
  gboolean is_confirmed, takes_passwords;
  TlTargetKind kind;

  g_object_get (target, "id", &id, "name", &name, "product", &product, "kind", &kind,
                "is-confirmed", &is_confirmed, "checked-on", &checked_on, "summary", &summary,
                "incoming-use", &incoming, "outgoing-use", &outgoing,
                "takes-passwords", &takes_passwords, NULL);
  g_assert_cmpstr (id, ==, "try");
  g_assert_cmpstr (name, ==, "Try (form)");
  g_assert_cmpstr (product, ==, "Try");
  g_assert_cmpint (kind, ==, TL_TARGET_FILE);
  g_assert_true (is_confirmed);
  g_assert_cmpstr (checked_on, ==, "2026-01-31");
  g_assert_cmpstr (summary, ==, "Put it in.");
  g_assert_cmpstr (incoming, ==, "Reads.");
  g_assert_cmpstr (outgoing, ==, "Sends.");
  g_assert_true (takes_passwords);
  g_assert_cmpuint (tl_target_get_max_rows (target), ==, 7);
  g_assert_cmpstr (tl_target_get_link (target), ==, "https://example.org/a");
  g_assert_cmpstr (tl_target_get_unconfirmed (target)[0], ==, "/lines/0");
  g_assert_null (tl_target_get_unconfirmed (target)[1]);
}

/* The table: sorted by name, and one of it by its id. */
static void
test_table (void)
{
  GPtrArray *all = tl_targets_get_all ();

  g_assert_cmpuint (all->len, >, 20);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (g_ascii_strcasecmp (tl_target_get_name (all->pdata[i - 1]),
                                         tl_target_get_name (all->pdata[i])), <=, 0);
  g_assert_null (tl_targets_find ("no-such-target"));
  g_assert_null (tl_target_rules_find ("no-such-rule"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/parse/wrong/", wrong_cases[i].name, NULL);

      g_test_add_data_func (path, &wrong_cases[i], test_wrong);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (good_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/target/parse/good/", good_cases[i].name, NULL);

      g_test_add_data_func (path, &good_cases[i], test_good);
    }
  g_test_add_func ("/target/parse/lines", test_lines);
  g_test_add_func ("/target/parse/rules-twice", test_rules_twice);
  g_test_add_func ("/target/parse/properties", test_properties);
  g_test_add_func ("/target/parse/table", test_table);

  return g_test_run ();
}
