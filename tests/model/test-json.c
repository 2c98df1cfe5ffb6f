/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json-check.h"

#define D8(x) x x x x x x x x
#define D32(x) D8 (x) D8 (x) D8 (x) D8 (x)

typedef struct
{
  const char *name;
  const char *text;
  gssize      len;       /* 0: to the NUL */
  const char *canonical; /* NULL: refused */
} ParseCase;

static const ParseCase parse_cases[] = {
  { "object", "{}", .canonical = "{}" },
  { "array", "[]", .canonical = "[]" },
  { "white-space", " \t\r\n{ \"a\" : [ 1 , true , false , null ] } \n",
    .canonical = "{\"a\":[1,true,false,null]}" },
  { "scalar-string", "\"x\"", .canonical = "\"x\"" },
  { "scalar-number", "7", .canonical = "7" },
  { "scalar-null", "null", .canonical = "null" },
  { "zero", "[0]", .canonical = "[0]" },
  { "minus", "[-1]", .canonical = "[-1]" },
  { "max", "[9007199254740991]", .canonical = "[9007199254740991]" },
  { "min", "[-9007199254740991]", .canonical = "[-9007199254740991]" },
  { "escapes", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    .canonical = "[\"\\\"\\\\/\\b\\f\\n\\r\\t\"]" },
  { "unicode-escape", "[\"\\u00fc\\u20AC\"]", .canonical = "[\"\u00fc\u20ac\"]" },
  { "surrogate-pair", "[\"\\ud83d\\ude00\"]", .canonical = "[\"\U0001f600\"]" },
  { "control-escape", "[\"\\u000f\\u007f\"]", .canonical = "[\"\\u000f\177\"]" },
  { "raw-delete", "[\"\177\"]", .canonical = "[\"\177\"]" },
  { "line-separator", "[\"\u2028\"]", .canonical = "[\"\u2028\"]" },
  { "escaped-name", "{\"\\u0061\":1}", .canonical = "{\"a\":1}" },
  { "same-name-elsewhere", "[{\"a\":1},{\"a\":{\"a\":2}}]",
    .canonical = "[{\"a\":1},{\"a\":{\"a\":2}}]" },
  { "depth-32", D32 ("[") D32 ("]"), .canonical = D32 ("[") D32 ("]") },
  { "length-given", "{}garbage", 2, "{}" },
  /* RFC 8785 §3.2.3 */
  { "rfc8785-sorting",
    "{\"\\u20ac\":\"Euro Sign\",\"\\r\":\"Carriage Return\","
    "\"\\ufb33\":\"Hebrew Letter Dalet With Dagesh\",\"1\":\"One\","
    "\"\\ud83d\\ude00\":\"Emoji: Grinning Face\",\"\\u0080\":\"Control\","
    "\"\\u00f6\":\"Latin Small Letter O With Diaeresis\"}",
    .canonical =
    "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
    "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
    "\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}" },
  { "sorting-beyond-bmp", "{\"\U0001f601\":1,\"\U0001f600\":2,\"\uffff\":3,\"\U0010ffff\":4}",
    .canonical = "{\"\U0001f600\":2,\"\U0001f601\":1,\"\U0010ffff\":4,\"\uffff\":3}" },
  { "sorting-prefix", "{\"ab\":1,\"a\":2,\"aa\":3,\"B\":4}",
    .canonical = "{\"B\":4,\"a\":2,\"aa\":3,\"ab\":1}" },

  { "empty", "" },
  { "only-space", " \n" },
  { "two-documents", "{}{}" },
  { "trailing-word", "{} x" },
  { "trailing-nul", "{}\0", 3 },
  { "byte-order-mark", "\ufeff{}" },
  { "utf16", "{\0}\0", 4 },
  { "comment-line", "{} // x" },
  { "comment-block", "{/* x */}" },
  { "comment-hash", "# x\n{}" },
  { "single-quotes", "{'a':1}" },
  { "bare-name", "{a:1}" },
  { "number-as-name", "{1:1}" },
  { "empty-name", "{\"\":1}" },
  { "trailing-comma-object", "{\"a\":1,}" },
  { "trailing-comma-array", "[1,]" },
  { "leading-comma", "[,1]" },
  { "two-commas", "[1,,2]" },
  { "no-comma-array", "[1 2]" },
  { "no-comma-object", "{\"a\":1 \"b\":2}" },
  { "no-colon", "{\"a\" 1}" },
  { "two-colons", "{\"a\"::1}" },
  { "no-value", "{\"a\":}" },
  { "name-only", "{\"a\"}" },
  { "open-object", "{" },
  { "open-array", "[1" },
  { "open-string", "[\"a" },
  { "open-escape", "[\"a\\" },
  { "wrong-bracket", "[1}" },
  { "closed-twice", "[1]]" },
  { "word-case", "[True]" },
  { "word-cut", "[tru" },
  { "word-long", "[nulll]" },
  { "nan", "[NaN]" },
  { "infinity", "[-Infinity]" },
  { "undefined", "[undefined]" },

  { "float", "[1.0]" },
  { "exponent", "[1e5]" },
  { "exponent-capital", "[1E5]" },
  { "float-zero", "[0.0]" },
  { "zero-exponent", "[0e0]" },
  { "minus-zero", "[-0]" },
  { "minus-zero-float", "[-0.0]" },
  { "leading-zero", "[01]" },
  { "minus-leading-zero", "[-01]" },
  { "two-zeros", "[00]" },
  { "plus", "[+1]" },
  { "minus-alone", "[-]" },
  { "minus-space", "[- 1]" },
  { "point-first", "[.5]" },
  { "point-last", "[5.]" },
  { "hexadecimal", "[0x10]" },
  { "past-max", "[9007199254740992]" },
  { "past-min", "[-9007199254740992]" },
  { "past-int64", "[9223372036854775808]" },
  { "very-long-number", "[" D32 ("99999999") "]" },
  { "full-width-digit", "[\uff11]" },

  { "same-name", "{\"a\":1,\"a\":1}" },
  { "same-name-escaped", "{\"a\":1,\"\\u0061\":2}" },
  { "same-name-both-escaped", "{\"\\u0061\":1,\"\\u0061\":2}" },
  { "same-name-slash", "{\"/\":1,\"\\/\":2}" },
  { "same-name-surrogates", "{\"\U0001f600\":1,\"\\uD83D\\uDE00\":2}" },
  { "same-name-deep", "[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]" },

  { "nul-raw", "[\"a\0b\"]", 7 },
  { "nul-escaped", "[\"\\u0000\"]" },
  { "nul-escaped-name", "{\"a\\u0000b\":1}" },
  { "control-raw", "[\"a\001b\"]" },
  { "newline-raw", "[\"a\nb\"]" },
  { "tab-raw", "[\"a\tb\"]" },
  { "control-raw-name", "{\"a\tb\":1}" },
  { "unknown-escape", "[\"\\a\"]" },
  { "escaped-quote", "[\"\\'\"]" },
  { "hex-escape", "[\"\\x41\"]" },
  { "capital-u-escape", "[\"\\U0041\"]" },
  { "short-escape", "[\"\\u41\"]" },
  { "bad-escape", "[\"\\u004g\"]" },
  { "high-alone", "[\"\\ud83d\"]" },
  { "high-then-text", "[\"\\ud83dx\"]" },
  { "high-then-escape", "[\"\\ud83d\\n\"]" },
  { "high-then-high", "[\"\\ud83d\\ud83d\"]" },
  { "low-alone", "[\"\\ude00\"]" },
  { "low-then-high", "[\"\\ude00\\ud83d\"]" },
  { "surrogate-alone-name", "{\"\\ud83d\":1}" },
  { "surrogate-in-utf8", "[\"\xed\xa0\xbd\xed\xb8\x80\"]" },
  { "not-utf8", "[\"\xff\"]" },
  { "overlong", "[\"\xc0\xaf\"]" },
  { "cut-utf8", "[\"\xc3\"]" },
  { "not-utf8-outside", "[1]\xa0" },
  { "no-break-space", "[1,\u00a0" "2]" },
  { "form-feed", "[1,\f2]" },
  { "vertical-tab", "[1,\v2]" },

  { "depth-33", D32 ("[") "[]" D32 ("]") },
  { "depth-33-objects", D32 ("{\"a\":") "{}" D32 ("}") },
};

static void
test_parse (gconstpointer data)
{
  const ParseCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlJson) again = NULL;
  g_autoptr(TlJson) from_pretty = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *canonical_again = NULL;
  g_autofree char *pretty = NULL;
  g_autofree char *canonical_from_pretty = NULL;
  gsize len = c->len == 0 ? strlen (c->text) : (gsize) c->len;

  json = tl_json_parse (c->text, c->len == 0 ? -1 : c->len, &error);
  if (c->canonical == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (json);
      /* By our own pass over the grammar, whatever json-glib would make of it. */
      g_assert_false (tl_json_check (c->text, len, NULL));
      return;
    }

  g_assert_no_error (error);
  canonical = tl_json_to_canonical (json);
  g_assert_cmpstr (canonical, ==, c->canonical);

  again = tl_json_parse (canonical, -1, &error);
  g_assert_no_error (error);
  canonical_again = tl_json_to_canonical (again);
  g_assert_cmpstr (canonical_again, ==, c->canonical);

  pretty = tl_json_to_pretty (json);
  from_pretty = tl_json_parse (pretty, -1, &error);
  g_assert_no_error (error);
  canonical_from_pretty = tl_json_to_canonical (from_pretty);
  g_assert_cmpstr (canonical_from_pretty, ==, c->canonical);
}

static void
test_length_without_nul (void)
{
  g_autofree char *text = g_memdup2 ("[12]", 4);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = NULL;

  g_test_summary ("Nothing is read past the length that was given");

  json = tl_json_parse (text, 4, &error);
  g_assert_no_error (error);
  g_assert_nonnull (json);

  /* Every cut of a document is refused, and none is read past. */
  for (gsize len = 0; len < 4; len++)
    {
      g_autofree char *cut = g_memdup2 ("[12]", len);

      g_clear_error (&error);
      g_assert_null (tl_json_parse (cut != NULL ? cut : "", (gssize) len, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

static void
test_cut_everywhere (void)
{
  const char *whole = "{\"a\":[1,-20,true,null,\"\\ud83d\\ude00\\n\u00fc\"],\"b\":{\"c\":\"\"}}";

  for (gsize len = 0; len < strlen (whole); len++)
    {
      g_autofree char *cut = g_memdup2 (whole, MAX (len, 1));
      g_autoptr(GError) error = NULL;

      g_assert_null (tl_json_parse (cut, (gssize) len, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

static void
test_deep (gconstpointer data)
{
  g_autofree char *text = g_strnfill (100000, *(const char *) data);
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_json_parse (text, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* An array of @n zeros. */
static char *
dup_zeros (guint n)
{
  g_autoptr(GString) text = g_string_new ("[0");

  for (guint i = 1; i < n; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_nodes (void)
{
  /* The array is a value too. */
  g_autofree char *most = dup_zeros (TL_JSON_MAX_NODES - 1);
  g_autofree char *more = dup_zeros (TL_JSON_MAX_NODES);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (most, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);
  g_assert_null (tl_json_parse (more, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_bytes (void)
{
  g_autofree char *fill = g_strnfill (TL_JSON_MAX_BYTES - 2, 'x');
  g_autofree char *most = g_strconcat ("\"", fill, "\"", NULL);
  g_autofree char *more = g_strconcat ("\"", fill, "\" ", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (most, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);
  g_assert_null (tl_json_parse (more, -1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static TlJson *
build (void)
{
  const char * const words[] = { "two", "one", NULL };
  TlJson *json = tl_json_new_object ();
  TlJson *list = tl_json_new_array ();

  tl_json_append_take (list, tl_json_new_string ("a\"b"));
  tl_json_append_take (list, NULL);
  tl_json_append_take (list, tl_json_new_object ());
  tl_json_append_take (list, tl_json_new_array ());

  tl_json_set_string (json, "text", "t");
  tl_json_set_string (json, "no-text", NULL);
  tl_json_set_int (json, "number", -5);
  tl_json_set_bool (json, "truth", TRUE);
  tl_json_set_time (json, "moment", 1769860800);
  tl_json_set_take (json, "words", tl_json_new_strv (words));
  tl_json_set_take (json, "no-words", tl_json_new_strv (NULL));
  tl_json_set_take (json, "list", list);
  tl_json_set_take (json, "nothing", NULL);
  tl_json_set_string (json, "again", "first");
  tl_json_set_string (json, "again", "last");

  return json;
}

static void
test_build (void)
{
  g_autoptr(TlJson) json = build ();
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_cmpstr (canonical, ==,
                   "{\"again\":\"last\",\"list\":[\"a\\\"b\",null,{},[]],"
                   "\"moment\":\"2026-01-31T12:00:00Z\",\"no-text\":null,\"no-words\":[],"
                   "\"nothing\":null,\"number\":-5,\"text\":\"t\",\"truth\":true,"
                   "\"words\":[\"two\",\"one\"]}");
}

static void
test_pretty (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"b\":[1,{\"c\":\"d\"},[],{}],\"a\":null}", -1, NULL);
  g_autofree char *pretty = tl_json_to_pretty (json);

  g_assert_cmpstr (pretty, ==,
                   "{\n"
                   "  \"a\": null,\n"
                   "  \"b\": [\n"
                   "    1,\n"
                   "    {\n"
                   "      \"c\": \"d\"\n"
                   "    },\n"
                   "    [],\n"
                   "    {}\n"
                   "  ]\n"
                   "}");
}

static void
test_vardict (void)
{
  g_autoptr(GVariant) values =
    g_variant_ref_sink (g_variant_new_parsed ("{'port': <uint32 4294967295>, 'host': <'h'>, "
                                              "'names': <['b', 'a']>, 'offered': <@as []>}"));
  g_autoptr(TlJson) json = tl_json_new_vardict (values);
  g_autofree char *canonical = tl_json_to_canonical (json);

  g_assert_cmpstr (canonical, ==,
                   "{\"host\":\"h\",\"names\":[\"b\",\"a\"],\"offered\":[],\"port\":4294967295}");
}

static void
test_shared (void)
{
  g_autoptr(TlJson) part = tl_json_new_string ("x");
  g_autoptr(TlJson) a = tl_json_new_array ();
  g_autoptr(TlJson) b = tl_json_new_array ();
  g_autofree char *text = NULL;

  g_test_summary ("A value may stand in two others, and outlives either");

  tl_json_append_take (a, tl_json_ref (part));
  tl_json_append_take (b, tl_json_ref (part));
  g_clear_pointer (&a, tl_json_unref);
  text = tl_json_to_canonical (b);
  g_assert_cmpstr (text, ==, "[\"x\"]");
}

/* A stranger's document may have numbers of all kinds; everything else is as strict. */
typedef struct
{
  const char *name;
  const char *text;
  gboolean    is_taken;
} ForeignCase;

static const ForeignCase foreign_cases[] = {
  { "object", "{\"a\":[1,true,null]}", TRUE },
  { "byte-order-mark", "\xef\xbb\xbf{}", TRUE },
  { "fraction", "[1.5,-0.25,0.0]", TRUE },
  { "exponent", "[1e3,1E-3,-1.5e+3]", TRUE },
  { "large-number", "[1763769600000000000,-0]", TRUE },
  { "depth-16", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", TRUE },
  { "depth-17", "[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]" },
  { "two-marks", "\xef\xbb\xbf\xef\xbb\xbf{}" },
  { "mark-alone", "\xef\xbb\xbf" },
  { "fraction-open", "[1.]" },
  { "fraction-words", "[1.x]" },
  { "exponent-open", "[1e]" },
  { "exponent-sign", "[1e+]" },
  { "point-first", "[.5]" },
  { "zeros", "[00.5]" },
  { "twice", "{\"a\":1,\"a\":2}" },
  { "nul", "[\"\\u0000\"]" },
  { "latin-1", "[\"\xe9\"]" },
  { "behind", "{} x" },
  { "empty", "" },
};

static void
test_foreign (gconstpointer data)
{
  const ForeignCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse_foreign (c->text, strlen (c->text), &error);

  g_assert_cmpint (json != NULL, ==, c->is_taken);
  if (!c->is_taken)
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static char *
repeat_values (guint n)
{
  GString *text = g_string_new ("[0");

  for (guint i = 2; i < n; i++)
    g_string_append (text, ",0");
  g_string_append_c (text, ']');

  return g_string_free (text, FALSE);
}

static void
test_foreign_bounds (void)
{
  g_autofree char *just = repeat_values (TL_JSON_FOREIGN_MAX_NODES);
  g_autofree char *past = repeat_values (TL_JSON_FOREIGN_MAX_NODES + 1);
  g_autofree char *long_text = g_strnfill (TL_JSON_FOREIGN_MAX_BYTES + 1, ' ');
  g_autoptr(TlJson) taken = tl_json_parse_foreign (just, strlen (just), NULL);

  g_assert_nonnull (taken);
  g_assert_null (tl_json_parse_foreign (past, strlen (past), NULL));

  long_text[0] = '0';
  g_assert_null (tl_json_parse_foreign (long_text, TL_JSON_FOREIGN_MAX_BYTES + 1, NULL));
  g_clear_pointer (&taken, tl_json_unref);
  taken = tl_json_parse_foreign (long_text, TL_JSON_FOREIGN_MAX_BYTES, NULL);
  g_assert_nonnull (taken);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json/parse/", parse_cases[i].name, NULL);

      g_test_add_data_func (path, &parse_cases[i], test_parse);
    }

  g_test_add_data_func ("/json/deep/open-brackets", "[", test_deep);
  g_test_add_data_func ("/json/deep/open-braces", "{", test_deep);
  g_test_add_data_func ("/json/deep/close-brackets", "]", test_deep);
  g_test_add_data_func ("/json/deep/quotes", "\"", test_deep);
  g_test_add_data_func ("/json/deep/minuses", "-", test_deep);
  g_test_add_func ("/json/length-without-nul", test_length_without_nul);
  g_test_add_func ("/json/cut-everywhere", test_cut_everywhere);
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json/foreign/", foreign_cases[i].name, NULL);

      g_test_add_data_func (path, &foreign_cases[i], test_foreign);
    }
  g_test_add_func ("/json/foreign-bounds", test_foreign_bounds);
  g_test_add_func ("/json/nodes", test_nodes);
  g_test_add_func ("/json/bytes", test_bytes);
  g_test_add_func ("/json/build", test_build);
  g_test_add_func ("/json/pretty", test_pretty);
  g_test_add_func ("/json/vardict", test_vardict);
  g_test_add_func ("/json/shared", test_shared);

  return g_test_run ();
}
