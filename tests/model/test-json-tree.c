/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json-tree.h"

#define DOCUMENT "{\"z\": 1, \"a\": [true, null, \"s\", {\"b~/c\": -2}], \"m\": {}, \"~1\": 7}"

static TlJson *
parse (void)
{
  g_autoptr(GError) error = NULL;
  TlJson *json = tl_json_parse (DOCUMENT, -1, &error);

  g_assert_no_error (error);

  return json;
}

static void
test_order (void)
{
  g_autoptr(TlJson) json = parse ();
  g_auto(GStrv) names = tl_json_dup_member_names (json);
  g_autoptr(TlJson) array = tl_json_dup_member (json, "a");
  g_auto(GStrv) none = tl_json_dup_member_names (array);
  g_autofree char *joined = g_strjoinv (",", names);

  g_assert_cmpstr (joined, ==, "z,a,m,~1");
  g_assert_null (none[0]);
  g_assert_cmpuint (tl_json_get_n_entries (array), ==, 4);
  g_assert_cmpuint (tl_json_get_n_entries (json), ==, 0);
}

static const struct
{
  const char *pointer;
  TlJsonKind  kind;
  const char *text;   /* canonical; NULL: there is nothing */
} pointer_cases[] = {
  { "/z",           TL_JSON_KIND_INT,    "1" },
  { "/a",           TL_JSON_KIND_ARRAY,  "[true,null,\"s\",{\"b~/c\":-2}]" },
  { "/a/0",         TL_JSON_KIND_BOOL,   "true" },
  { "/a/1",         TL_JSON_KIND_NULL,   "null" },
  { "/a/2",         TL_JSON_KIND_STRING, "\"s\"" },
  { "/a/3/b~0~1c",  TL_JSON_KIND_INT,    "-2" },
  { "/~01",         TL_JSON_KIND_INT,    "7" },
  { "/m",           TL_JSON_KIND_OBJECT, "{}" },
  { "/" }, { "/a/4" }, { "/a/00" }, { "/a/-1" }, { "/a/-" }, { "/a/x" }, { "/a/" }, { "/n" }, { "z" },
  { "/z/0" }, { "/m/x" }, { "/a/4294967296" },
};

static void
test_pointers (void)
{
  g_autoptr(TlJson) json = parse ();
  g_autoptr(TlJson) whole = tl_json_dup_pointed (json, "");

  g_assert_cmpint (tl_json_get_kind (whole), ==, TL_JSON_KIND_OBJECT);
  for (gsize i = 0; i < G_N_ELEMENTS (pointer_cases); i++)
    {
      g_autoptr(TlJson) found = tl_json_dup_pointed (json, pointer_cases[i].pointer);
      g_autofree char *text = found != NULL ? tl_json_to_canonical (found) : NULL;

      g_test_message ("%s", pointer_cases[i].pointer);
      g_assert_cmpstr (text, ==, pointer_cases[i].text);
      if (found == NULL)
        continue;
      g_assert_cmpint (tl_json_get_kind (found), ==, pointer_cases[i].kind);
      g_assert_cmpint (tl_json_get_string (found) != NULL, ==,
                       pointer_cases[i].kind == TL_JSON_KIND_STRING);
    }
}

/* The value of a member of any kind, and that it was asked for. */
static void
test_reader (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"a\": [1], \"b\": null}", -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");
  g_autoptr(TlJson) value = tl_json_reader_dup_value (reader, "a", TL_JSON_REQUIRED);
  g_autoptr(TlJson) none = tl_json_reader_dup_value (reader, "b", TL_JSON_OPTIONAL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (tl_json_get_kind (value), ==, TL_JSON_KIND_ARRAY);
  g_assert_null (none);
  g_assert_true (tl_json_reader_finish (reader, &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-tree/order", test_order);
  g_test_add_func ("/json-tree/pointers", test_pointers);
  g_test_add_func ("/json-tree/reader", test_reader);

  return g_test_run ();
}
