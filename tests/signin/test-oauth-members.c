/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-oauth-members.h"

#include <string.h>

#include "tl-error.h"

enum
{
  SECRET,
  TEXT,
  COUNT,
  LIST,
};

static const TlOauthMember wanted[] = {
  [SECRET] = { "secret", TL_OAUTH_MEMBER_SECRET },
  [TEXT]   = { "text",   TL_OAUTH_MEMBER_TEXT },
  [COUNT]  = { "count",  TL_OAUTH_MEMBER_COUNT },
  [LIST]   = { "list",   TL_OAUTH_MEMBER_LIST },
};

typedef struct
{
  const char *name;
  const char *json;
  const char *secret;
  const char *text;
  const char *count;  /* as text; NULL: there is none */
  const char *list;   /* joined; NULL: there is none */
} MembersCase;

#define TEXT_OF(text)   "{\"text\":\"" text "\"}"
#define SECRET_OF(text) "{\"secret\":\"" text "\"}"
#define COUNT_OF(count) "{\"count\":" count "}"
#define LIST_OF(list)   "{\"list\":" list "}"
#define OTHER(value)    "{\"other\":" value "}"

static const MembersCase good_cases[] = {
  { "empty", "{}" },
  { "blanks", " \t\r\n{ \t\r\n\"text\" \t\r\n: \t\r\n\"a\" \t\r\n, \t\r\n\"count\":1\r\n}\t\r\n ",
    .text = "a", .count = "1" },
  { "nulls", "{\"secret\":null,\"text\":null,\"count\":null,\"list\":null}" },
  { "all", "{\"list\":[\"a\",\"b\"],\"count\":7,\"text\":\"t\",\"secret\":\"s\"}", "s", "t", "7",
    "a|b" },

  /* RFC 8259 §7 */
  { "escapes", TEXT_OF ("\\\"\\\\\\/\\b\\f\\n\\r\\t"), .text = "\"\\/\b\f\n\r\t" },
  { "unicode-capitals", TEXT_OF ("\\u00E4\\u00e4"), .text = "\xc3\xa4\xc3\xa4" },
  { "below-surrogates", TEXT_OF ("\\ud7ff"), .text = "\xed\x9f\xbf" },
  { "above-surrogates", TEXT_OF ("\\ue000"), .text = "\xee\x80\x80" },
  { "first-pair", TEXT_OF ("\\ud800\\udc00"), .text = "\xf0\x90\x80\x80" },
  { "last-pair", TEXT_OF ("\\udbff\\udfff"), .text = "\xf4\x8f\xbf\xbf" },
  { "escaped-name", "{\"t\\u0065xt\":\"a\"}", .text = "a" },
  { "names-like-ours", "{\"tex\":\"a\",\"texts\":\"b\",\"\":\"c\"}" },
  { "delete", TEXT_OF ("\x7f"), .text = "\x7f" },

  { "secret-bounds", SECRET_OF (" ~"), .secret = " ~" },

  { "count-zero", COUNT_OF ("0"), .count = "0" },
  { "count-one-digit", COUNT_OF ("9"), .count = "9" },
  { "count-most", COUNT_OF ("9007199254740991"), .count = "9007199254740991" },
  { "count-quoted", COUNT_OF ("\"10\""), .count = "10" },

  { "list-none", LIST_OF ("[ ]"), .list = "" },
  { "list-one", LIST_OF ("[\"a\"]"), .list = "a" },
  { "list-text", LIST_OF ("\"a b\""), .list = "a b" },

  { "numbers", OTHER ("[0,-0,-1,10,0.5,1e5,1E5,1e+5,1e-5,-1.25E-10]") },
  { "words", OTHER ("[true,false,null,{},[],{\"a\":{\"b\":[[]]}}]") },
};

static const MembersCase bad_cases[] = {
  { "nothing", "" },
  { "blank", " " },
  { "array", "[]" },
  { "not-closed", "{" },
  { "closed-twice", "{}}" },
  { "comma-first", "{,}" },
  { "comma-last", "{\"text\":\"a\",}" },
  { "no-comma", "{\"text\":\"a\" \"count\":1}" },
  { "no-colon", "{\"text\" \"a\"}" },
  { "no-value", "{\"text\":}" },
  { "no-name", "{:\"a\"}" },
  { "bare-name", "{text:\"a\"}" },
  { "goes-on", "{}x" },
  { "not-utf-8", "{\"other\":\"\xff\"}" },
  { "surrogate-utf-8", "{\"other\":\"\xed\xa0\x80\"}" },
  { "twice", "{\"text\":\"a\",\"text\":\"a\"}" },
  { "null-twice", "{\"text\":null,\"text\":null}" },

  { "high-alone", TEXT_OF ("\\ud800") },
  { "high-and-text", TEXT_OF ("\\ud800x") },
  { "high-and-escape", TEXT_OF ("\\ud800\\n") },
  { "high-and-n-and-low", TEXT_OF ("\\ud800\\ndc00") },
  { "high-and-backslash", TEXT_OF ("\\ud800\\\\u") },
  { "high-and-slash", TEXT_OF ("\\ud800/udc00") },
  { "high-and-letter", TEXT_OF ("\\ud800\\u0041") },
  { "high-and-high", TEXT_OF ("\\ud800\\udbff") },
  { "high-and-above", TEXT_OF ("\\ud800\\ue000") },
  { "high-and-cut", TEXT_OF ("\\ud800\\u12g4") },
  { "high-cut", "{\"text\":\"\\ud800\\" },
  { "low-alone", TEXT_OF ("\\udc00") },
  { "last-low-alone", TEXT_OF ("\\udfff") },
  { "nul", TEXT_OF ("\\u0000") },
  { "no-hexadecimal", TEXT_OF ("\\u12g4") },
  { "cut-hexadecimal", TEXT_OF ("\\u123") },
  { "no-escape", TEXT_OF ("\\q") },
  { "big-u", TEXT_OF ("\\U00e4") },
  { "no-escape-elsewhere", OTHER ("\"\\q\"") },
  { "escape-cut", "{\"text\":\"\\" },
  { "control", TEXT_OF ("a\x1f") },
  { "line-end", TEXT_OF ("a\n") },
  { "text-cut", "{\"text\":\"a" },
  { "text-number", "{\"text\":1}" },
  { "text-list", "{\"text\":[\"a\"]}" },

  { "secret-empty", SECRET_OF ("") },
  { "secret-delete", SECRET_OF ("a\x7f") },
  { "secret-control", SECRET_OF ("a\\u001f") },
  { "secret-not-ascii", SECRET_OF ("\xc3\xa4") },
  { "secret-number", "{\"secret\":1}" },

  { "count-past", COUNT_OF ("9007199254740992") },
  { "count-wraps", COUNT_OF ("18446744073709551617") },
  { "count-empty", COUNT_OF ("\"\"") },
  { "count-zeros", COUNT_OF ("00") },
  { "count-zero-first", COUNT_OF ("01") },
  { "count-negative", COUNT_OF ("-1") },
  { "count-part", COUNT_OF ("1.0") },
  { "count-exponent", COUNT_OF ("1e3") },
  { "count-quote-open", COUNT_OF ("\"1") },
  { "count-quote-close", COUNT_OF ("1\"") },
  { "count-words", COUNT_OF ("\"1s\"") },
  { "count-true", COUNT_OF ("true") },

  { "list-closed", LIST_OF ("]") },
  { "list-open", LIST_OF ("[\"a\"") },
  { "list-no-comma", LIST_OF ("[\"a\" \"b\"]") },
  { "list-comma-last", LIST_OF ("[\"a\",]") },
  { "list-two-texts", LIST_OF ("\"a\",\"b\"") },
  { "list-numbers", LIST_OF ("[1]") },
  { "list-nulls", LIST_OF ("[null]") },
  { "list-nested", LIST_OF ("[[\"a\"]]") },

  { "word-null", "{\"text\":nul}" },
  { "word-null-cut", "{\"text\":nu" },
  { "word-true", OTHER ("tru1") },
  { "word-false", OTHER ("fals") },
  { "word-capitals", OTHER ("True") },
  { "word-other", OTHER ("NaN") },
  { "number-plus", OTHER ("+1") },
  { "number-minus", OTHER ("-") },
  { "number-zero-first", OTHER ("01") },
  { "number-point-last", OTHER ("1.") },
  { "number-point-first", OTHER (".5") },
  { "number-exponent-last", OTHER ("1e") },
  { "number-exponent-sign", OTHER ("1e+") },
  { "number-hexadecimal", OTHER ("0x1") },
  { "object-open", OTHER ("{\"a\":1") },
  { "object-as-array", OTHER ("{\"a\":1]") },
  { "array-as-object", OTHER ("[1}") },
  { "object-no-colon", OTHER ("{\"a\"}") },
  { "object-comma-last", OTHER ("{\"a\":1,}") },
  { "array-comma-last", OTHER ("[1,]") },
  { "array-no-comma", OTHER ("[1 2]") },
};

static TlOauthMembers *
parse (const char  *json,
       gsize        len,
       GError     **error)
{
  /* No byte behind the end. */
  g_autofree char *exact = g_memdup2 (json, len);

  return tl_oauth_members_parse (exact, len, wanted, G_N_ELEMENTS (wanted), error);
}

static void
test_good (gconstpointer data)
{
  const MembersCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthMembers) members = parse (c->json, strlen (c->json), &error);
  g_autofree char *count = NULL;
  g_autofree char *list = NULL;
  TlSecret *secret;

  g_assert_no_error (error);
  secret = tl_oauth_members_get_secret (members, SECRET);
  g_assert_cmpstr (secret != NULL ? tl_secret_peek (secret, NULL) : NULL, ==, c->secret);
  g_assert_cmpint (tl_oauth_members_has (members, SECRET), ==, c->secret != NULL);
  g_assert_cmpstr (tl_oauth_members_get_text (members, TEXT), ==, c->text);
  g_assert_cmpint (tl_oauth_members_has (members, TEXT), ==, c->text != NULL);
  if (tl_oauth_members_has (members, COUNT))
    count = g_strdup_printf ("%" G_GUINT64_FORMAT, tl_oauth_members_get_count (members, COUNT));
  g_assert_cmpstr (count, ==, c->count);
  if (tl_oauth_members_has (members, LIST))
    list = g_strjoinv ("|", (char **) tl_oauth_members_get_list (members, LIST));
  g_assert_cmpstr (list, ==, c->list);
}

static void
check_bad (const char *json,
           gsize       len)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlOauthMembers) members = parse (json, len, &error);

  g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
  g_assert_null (members);
}

static void
test_bad (gconstpointer data)
{
  const MembersCase *c = data;

  check_bad (c->json, strlen (c->json));
}

/* However it is cut, it is none. */
static void
test_cut (void)
{
  static const char json[] =
    "{\"secret\":\"a\\u0062\",\"text\":\"\\ud83d\\ude00\",\"count\":\"12\",\"list\":[\"a\",\"b\"],"
    "\"other\":{\"a\":[-1.5e+3,true,false,null]}}";
  g_autoptr(TlOauthMembers) whole = parse (json, strlen (json), NULL);

  g_assert_nonnull (whole);
  for (gsize len = 0; len < strlen (json); len++)
    check_bad (json, len);
}

/* One bound at a time: as much as may come, and one more. */
static const struct
{
  const char *name;
  const char *before;
  const char *repeated;
  const char *between;
  const char *after;
  const char *closing;  /* as often as @repeated; NULL: none */
  gsize       n_most;
} bounds[] = {
  { "list", "{\"list\":[", "\"a\"", ",", "]}", NULL, TL_OAUTH_MEMBERS_MAX_LIST },
  /* The object is one level itself. */
  { "depth", "{\"other\":", "[", "", "}", "]", TL_OAUTH_MEMBERS_MAX_DEPTH - 1 },
  { "secret", "{\"secret\":\"", "s", "", "\"}", NULL, TL_SECRET_MAX_BYTES },
  { "escaped-secret", "{\"secret\":\"", "\\/", "", "\"}", NULL, TL_SECRET_MAX_BYTES },
};

static void
test_bound (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (gsize more = 0; more < 2; more++)
    {
      gsize n = bounds[i].n_most + more;
      g_autoptr(GString) json = g_string_new (bounds[i].before);
      g_autoptr(GError) error = NULL;
      g_autoptr(TlOauthMembers) members = NULL;

      for (gsize k = 0; k < n; k++)
        g_string_append_printf (json, "%s%s", k > 0 ? bounds[i].between : "", bounds[i].repeated);
      for (gsize k = 0; bounds[i].closing != NULL && k < n; k++)
        g_string_append (json, bounds[i].closing);
      g_string_append (json, bounds[i].after);

      members = parse (json->str, json->len, &error);
      g_assert_cmpint (members != NULL, ==, more == 0);
      if (more > 0)
        g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
    }
}

static void
test_nul (void)
{
  static const char behind[] = "{}\0";
  static const char within[] = "{\"text\":\"a\0b\"}";
  static const char escape[] = "{\"text\":\"\\\0\"}";

  check_bad (behind, sizeof behind - 1);
  check_bad (within, sizeof within - 1);
  check_bad (escape, sizeof escape - 1);
}

static void
add_cases (const char        *where,
           const MembersCase *cases,
           gsize              n_cases,
           GTestDataFunc      test)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-members/O10/", where, "/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("good", good_cases, G_N_ELEMENTS (good_cases), test_good);
  add_cases ("bad", bad_cases, G_N_ELEMENTS (bad_cases), test_bad);
  for (gsize i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      g_autofree char *path = g_strconcat ("/oauth-members/O10/bound/", bounds[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bound);
    }
  g_test_add_func ("/oauth-members/O10/cut", test_cut);
  g_test_add_func ("/oauth-members/O10/nul", test_nul);

  return g_test_run ();
}
