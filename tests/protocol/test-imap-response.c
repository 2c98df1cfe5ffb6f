/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-response.h"

#include <string.h>

typedef struct
{
  const char   *name;
  const char   *line;
  TlImapKind    kind;
  TlImapStatus  status;
  const char   *what;       /* tag, or name of data */
  guint         number;
  const char   *code;
  const char   *arguments;
  const char   *text;
  const char   *tokens;     /* "a" atom, "s" string, parentheses, spaces between */
  int           cause;      /* -1: in the grammar */
} LineCase;

static const LineCase line_cases[] = {
  { "greeting", "* OK [CAPABILITY IMAP4rev1 IDLE] ready", TL_IMAP_UNTAGGED, TL_IMAP_OK, NULL, 0,
    "CAPABILITY", "IMAP4rev1 IDLE", "ready", "", -1 },
  { "preauth", "* preauth welcome", TL_IMAP_UNTAGGED, TL_IMAP_PREAUTH, NULL, 0, NULL, NULL,
    "welcome", "", -1 },
  { "bye", "* BYE [UNAVAILABLE] later", TL_IMAP_UNTAGGED, TL_IMAP_BYE, NULL, 0, "UNAVAILABLE", "",
    "later", "", -1 },
  { "no-text", "* OK", TL_IMAP_UNTAGGED, TL_IMAP_OK, NULL, 0, NULL, NULL, "", "", -1 },
  { "open-bracket", "* OK [half a code", TL_IMAP_UNTAGGED, TL_IMAP_OK, NULL, 0, NULL, NULL,
    "[half a code", "", -1 },
  { "empty-bracket", "* OK [] text", TL_IMAP_UNTAGGED, TL_IMAP_OK, NULL, 0, NULL, NULL,
    "[] text", "", -1 },
  { "text-like-literal", "* OK costs {5}", TL_IMAP_UNTAGGED, TL_IMAP_OK, NULL, 0, NULL, NULL,
    "costs {5}", "", -1 },
  { "tagged-ok", "A1 OK done", TL_IMAP_TAGGED, TL_IMAP_OK, "A1", 0, NULL, NULL, "done", "", -1 },
  { "tagged-no", "A1 NO [authenticationfailed] bad", TL_IMAP_TAGGED, TL_IMAP_NO, "A1", 0,
    "AUTHENTICATIONFAILED", "", "bad", "", -1 },
  { "tagged-bad", "A1 BAD what", TL_IMAP_TAGGED, TL_IMAP_BAD, "A1", 0, NULL, NULL, "what", "", -1 },
  { "continuation", "+ dGVzdA==", TL_IMAP_CONTINUATION, TL_IMAP_DATA, NULL, 0, NULL, NULL,
    "dGVzdA==", "", -1 },
  { "continuation-bare", "+", TL_IMAP_CONTINUATION, TL_IMAP_DATA, NULL, 0, NULL, NULL, "", "", -1 },
  { "exists", "* 23 EXISTS", TL_IMAP_UNTAGGED, TL_IMAP_DATA, "EXISTS", 23, NULL, NULL, "", "", -1 },
  { "exists-largest", "* 4294967295 EXISTS", TL_IMAP_UNTAGGED, TL_IMAP_DATA, "EXISTS",
    4294967295u, NULL, NULL, "", "", -1 },
  { "capability", "* capability IMAP4rev1  AUTH=PLAIN", TL_IMAP_UNTAGGED, TL_IMAP_DATA,
    "CAPABILITY", 0, NULL, NULL, "", "a a", -1 },
  { "list", "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent \\\"x\\\"\"", TL_IMAP_UNTAGGED,
    TL_IMAP_DATA, "LIST", 0, NULL, NULL, "", "( a a ) s s", -1 },
  { "nested", "* X ((a) (b))", TL_IMAP_UNTAGGED, TL_IMAP_DATA, "X", 0, NULL, NULL, "",
    "( ( a ) ( a ) )", -1 },

  { "too-large-number", "* 4294967296 EXISTS", .cause = TL_CAUSE_PROTOCOL },
  { "tagged-bye", "A1 BYE", .cause = TL_CAUSE_PROTOCOL },
  { "tagged-data", "A1 LIST ()", .cause = TL_CAUSE_PROTOCOL },
  { "tag-with-dash", "A-1 OK", .cause = TL_CAUSE_PROTOCOL },
  { "star-alone", "*", .cause = TL_CAUSE_PROTOCOL },
  { "star-nothing", "* ", .cause = TL_CAUSE_PROTOCOL },
  { "star-glued", "*OK ready", .cause = TL_CAUSE_PROTOCOL },
  { "empty", "", .cause = TL_CAUSE_PROTOCOL },
  { "smtp", "220 ready", .cause = TL_CAUSE_PROTOCOL },
  { "escape", "\x1b[2J", .cause = TL_CAUSE_PROTOCOL },
  { "not-closed", "* LIST (\\Sent \"/\" x", .cause = TL_CAUSE_PROTOCOL },
  { "not-opened", "* LIST ) x", .cause = TL_CAUSE_PROTOCOL },
  { "quote-open", "* LIST () \"/\" \"Sent", .cause = TL_CAUSE_PROTOCOL },
  { "quote-escape-at-end", "* LIST () \"/\" \"Sent\\", .cause = TL_CAUSE_PROTOCOL },
  { "literal-huge", "* LIST () \"/\" {4294967295}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-one-more", "* LIST () \"/\" {65537}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-negative", "* LIST () \"/\" {-1}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-zeros", "* LIST () \"/\" {00000000000000000012}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-2-64", "* LIST () \"/\" {18446744073709551616}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-plus", "* LIST () \"/\" {5+}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-empty", "* LIST () \"/\" {}", .cause = TL_CAUSE_LITERAL_LIMIT },
  { "literal-open", "* LIST () \"/\" {5", .cause = TL_CAUSE_LITERAL_LIMIT },
};

static char *
describe_tokens (const TlImapResponse *response)
{
  static const char * const signs[] = {
    [TL_IMAP_TOKEN_ATOM] = "a", [TL_IMAP_TOKEN_STRING] = "s",
    [TL_IMAP_TOKEN_OPEN] = "(", [TL_IMAP_TOKEN_CLOSE] = ")",
  };
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < tl_imap_response_get_n_tokens (response); i++)
    g_string_append_printf (out, "%s%s", i == 0 ? "" : " ",
                            signs[tl_imap_response_get_token (response, i)->kind]);

  return g_string_free (out, FALSE);
}

static void
test_line (gconstpointer data)
{
  const LineCase *c = data;
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *tokens = NULL;
  gssize literal_len = -2;

  if (!tl_imap_response_feed_line (response, c->line, &literal_len, &fault))
    {
      g_assert_cmpint (tl_fault_get_cause (fault), ==, c->cause);
      g_assert_cmpint (literal_len, ==, -2);
      return;
    }

  g_assert_cmpint (c->cause, ==, -1);
  g_assert_cmpint (literal_len, ==, -1);
  g_assert_cmpint (tl_imap_response_get_kind (response), ==, c->kind);
  g_assert_cmpint (tl_imap_response_get_status (response), ==, c->status);
  g_assert_cmpstr (c->kind == TL_IMAP_TAGGED ? tl_imap_response_get_tag (response)
                                             : tl_imap_response_get_name (response), ==, c->what);
  g_assert_cmpuint (tl_imap_response_get_number (response), ==, c->number);
  g_assert_cmpstr (tl_imap_response_get_code (response), ==, c->code);
  g_assert_cmpstr (tl_imap_response_get_code_arguments (response), ==, c->arguments);
  g_assert_cmpstr (tl_imap_response_get_text (response), ==, c->text);
  tokens = describe_tokens (response);
  g_assert_cmpstr (tokens, ==, c->tokens);
}

static void
test_literals (void)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(GBytes) first = g_bytes_new_static ("a \"b\r\n", 6);
  g_autoptr(GBytes) second = g_bytes_new_static ("", 0);
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len = -2;

  g_test_summary ("A literal is one word whatever is in it; the line goes on behind it");

  g_assert_true (tl_imap_response_feed_line (response, "* X ({6}", &literal_len, &fault));
  g_assert_cmpint (literal_len, ==, 6);
  g_assert_true (tl_imap_response_feed_literal (response, first, &fault));
  g_assert_true (tl_imap_response_feed_line (response, " {0}", &literal_len, &fault));
  g_assert_cmpint (literal_len, ==, 0);
  g_assert_true (tl_imap_response_feed_literal (response, second, &fault));
  g_assert_true (tl_imap_response_feed_line (response, ") tail", &literal_len, &fault));
  g_assert_cmpint (literal_len, ==, -1);

  g_assert_cmpuint (tl_imap_response_get_n_tokens (response), ==, 5);
  g_assert_cmpstr (tl_imap_response_get_token (response, 1)->text, ==, "a \"b\r\n");
  g_assert_cmpstr (tl_imap_response_get_token (response, 2)->text, ==, "");
  g_assert_cmpstr (tl_imap_response_get_token (response, 4)->text, ==, "tail");
}

static void
test_literals_add_up (void)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autofree char *much = g_strnfill (40000, 'x');
  g_autoptr(GBytes) literal = g_bytes_new (much, 40000);
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_test_summary ("The limit is on all literals of one response together");

  g_assert_true (tl_imap_response_feed_line (response, "* X {40000}", &literal_len, &fault));
  g_assert_true (tl_imap_response_feed_literal (response, literal, &fault));
  g_assert_false (tl_imap_response_feed_line (response, " {40000}", &literal_len, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_LITERAL_LIMIT);
}

static void
test_literal_nul (void)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(GBytes) literal = g_bytes_new_static ("a\0b", 3);
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_assert_true (tl_imap_response_feed_line (response, "* X {3}", &literal_len, &fault));
  g_assert_false (tl_imap_response_feed_literal (response, literal, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (100000, '(');
  g_autofree char *bomb = g_strconcat ("* X ", open, NULL);
  g_autofree char *deep = g_strnfill (TL_IMAP_MAX_DEPTH, '(');
  g_autofree char *shut = g_strnfill (TL_IMAP_MAX_DEPTH, ')');
  g_autofree char *allowed = g_strconcat ("* X ", deep, shut, NULL);
  g_autoptr(TlImapResponse) first = tl_imap_response_new ();
  g_autoptr(TlImapResponse) second = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  g_assert_false (tl_imap_response_feed_line (first, bomb, &literal_len, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
  g_clear_pointer (&fault, tl_fault_unref);
  g_assert_true (tl_imap_response_feed_line (second, allowed, &literal_len, &fault));
}

static void
test_words (void)
{
  g_autoptr(GString) line = g_string_new ("* CAPABILITY");
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  gssize literal_len;

  for (guint i = 0; i <= TL_IMAP_MAX_TOKENS; i++)
    g_string_append (line, " X");
  g_assert_false (tl_imap_response_feed_line (response, line->str, &literal_len, &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TOO_LONG);
}

static void
test_fault (void)
{
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();
  g_autoptr(TlFault) fault = NULL;
  GVariant *evidence;
  gssize literal_len;

  g_assert_true (tl_imap_response_feed_line (response, "A1 NO [LIMIT] too \x1b many", &literal_len,
                                             &fault));
  fault = tl_imap_response_to_fault (response, TL_CAUSE_REFUSED);
  evidence = tl_fault_get_evidence (fault);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_IMAP_CODE), ==, "LIMIT");
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT), ==,
                   "too \\x1b many");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (line_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/response/line/", line_cases[i].name, NULL);

      g_test_add_data_func (path, &line_cases[i], test_line);
    }
  g_test_add_func ("/imap/response/literals", test_literals);
  g_test_add_func ("/imap/response/literals-add-up", test_literals_add_up);
  g_test_add_func ("/imap/response/literal-nul", test_literal_nul);
  g_test_add_func ("/imap/response/depth", test_depth);
  g_test_add_func ("/imap/response/words", test_words);
  g_test_add_func ("/imap/response/fault", test_fault);

  return g_test_run ();
}
