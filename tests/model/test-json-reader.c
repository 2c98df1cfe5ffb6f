/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-json.h"

#include <string.h>

#include "tl-error.h"
#include "tl-security.h"

typedef struct
{
  const char *name;
  const char *text;
  gboolean    good;
} ReadCase;

/* What read_all() asks for. */
#define REQUIRED REQUIRED_BUT_TEXT ",\"t\":\"x\""
#define REQUIRED_BUT_TEXT                                    \
  "\"s\":\"x\",\"i\":5,\"b\":true,\"e\":\"tls\","              \
  "\"m\":\"2026-01-31T12:00:00Z\",\"v\":[\"x\"],\"a\":[1],\"o\":{},\"d\":{}"

static const ReadCase read_cases[] = {
  { "all", "{" REQUIRED "}", TRUE },
  { "optional-null", "{" REQUIRED ",\"os\":null,\"oi\":null,\"ob\":null,\"oe\":null,\"om\":null,"
    "\"ov\":null,\"oa\":null,\"oo\":null,\"od\":null}", TRUE },
  { "optional-given", "{" REQUIRED ",\"os\":\"x\",\"oi\":5,\"ob\":false,\"oe\":\"none\","
    "\"om\":\"1970-01-01T00:00:00Z\",\"ov\":[],\"oa\":[],\"oo\":{},\"od\":{}}", TRUE },

  { "nothing", "{}", FALSE },
  { "not-an-object", "[]", FALSE },
  { "unknown-member", "{" REQUIRED ",\"x\":1}", FALSE },
  { "unknown-null-member", "{" REQUIRED ",\"x\":null}", FALSE },
  { "member-case", "{" REQUIRED ",\"OS\":\"x\"}", FALSE },
  { "string-is-number", "{" REQUIRED ",\"os\":5}", FALSE },
  { "string-is-list", "{" REQUIRED ",\"os\":[]}", FALSE },
  { "int-is-string", "{" REQUIRED ",\"oi\":\"5\"}", FALSE },
  { "int-is-bool", "{" REQUIRED ",\"oi\":true}", FALSE },
  { "int-low", "{" REQUIRED ",\"oi\":0}", FALSE },
  { "int-high", "{" REQUIRED ",\"oi\":11}", FALSE },
  { "bool-is-number", "{" REQUIRED ",\"ob\":1}", FALSE },
  { "bool-is-string", "{" REQUIRED ",\"ob\":\"true\"}", FALSE },
  { "enum-unknown", "{" REQUIRED ",\"oe\":\"ssl\"}", FALSE },
  { "enum-case", "{" REQUIRED ",\"oe\":\"TLS\"}", FALSE },
  { "enum-number", "{" REQUIRED ",\"oe\":2}", FALSE },
  { "time-zone", "{" REQUIRED ",\"om\":\"2026-01-31T12:00:00+00:00\"}", FALSE },
  { "time-fraction", "{" REQUIRED ",\"om\":\"2026-01-31T12:00:00.0Z\"}", FALSE },
  { "time-basic", "{" REQUIRED ",\"om\":\"20260131T120000Z\"}", FALSE },
  { "time-lower-case", "{" REQUIRED ",\"om\":\"2026-01-31t12:00:00z\"}", FALSE },
  { "time-no-such-day", "{" REQUIRED ",\"om\":\"2026-02-30T12:00:00Z\"}", FALSE },
  { "time-leap-second", "{" REQUIRED ",\"om\":\"2026-01-31T23:59:60Z\"}", FALSE },
  { "time-number", "{" REQUIRED ",\"om\":5}", FALSE },
  { "strv-entry", "{" REQUIRED ",\"ov\":[\"x\",5]}", FALSE },
  { "strv-null-entry", "{" REQUIRED ",\"ov\":[null]}", FALSE },
  { "strv-too-many", "{" REQUIRED ",\"ov\":[\"1\",\"2\",\"3\"]}", FALSE },
  { "strv-is-string", "{" REQUIRED ",\"ov\":\"x\"}", FALSE },
  { "array-too-many", "{" REQUIRED ",\"oa\":[1,2,3]}", FALSE },
  { "array-is-object", "{" REQUIRED ",\"oa\":{}}", FALSE },
  { "object-is-array", "{" REQUIRED ",\"oo\":[]}", FALSE },
  { "vardict-nested", "{" REQUIRED ",\"od\":{\"x\":{}}}", FALSE },
  { "vardict-bool", "{" REQUIRED ",\"od\":{\"x\":true}}", FALSE },
  { "vardict-null", "{" REQUIRED ",\"od\":{\"x\":null}}", FALSE },
  { "vardict-negative", "{" REQUIRED ",\"od\":{\"x\":-1}}", FALSE },
  { "vardict-past-u32", "{" REQUIRED ",\"od\":{\"x\":4294967296}}", FALSE },
  { "vardict-list-of-numbers", "{" REQUIRED ",\"od\":{\"x\":[1]}}", FALSE },
  { "text-control", "{" REQUIRED_BUT_TEXT ",\"t\":\"\\u001b\"}", FALSE },
  { "text-bidi", "{" REQUIRED_BUT_TEXT ",\"t\":\"\\u202e\"}", FALSE },
};

static void
read_each (TlJsonReader       *reader,
           const char * const *members,
           TlJsonPresence      presence)
{
  g_auto(GStrv) strv = tl_json_reader_dup_strv (reader, members[5], presence, 2);
  g_autoptr(GPtrArray) array = tl_json_reader_dup_array (reader, members[6], presence, 2);
  g_autoptr(GVariant) dict = tl_json_reader_dup_vardict (reader, members[8], presence);

  tl_json_reader_get_string (reader, members[0], presence);
  tl_json_reader_get_int (reader, members[1], presence, 1, 10);
  tl_json_reader_get_bool (reader, members[2], presence);
  tl_json_reader_get_enum (reader, members[3], presence, TL_TYPE_SECURITY, TL_SECURITY_NONE);
  tl_json_reader_get_time (reader, members[4], presence);
  tl_json_reader_get_object (reader, members[7], presence);

  /* Harmless whatever the document says. */
  g_assert_nonnull (strv);
  g_assert_nonnull (array);
  g_assert_true (g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT));
}

static gboolean
read_all (TlJson  *json,
          GError **error)
{
  const char * const required[] = { "s", "i", "b", "e", "m", "v", "a", "o", "d" };
  const char * const optional[] = { "os", "oi", "ob", "oe", "om", "ov", "oa", "oo", "od" };
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");

  read_each (reader, required, TL_JSON_REQUIRED);
  read_each (reader, optional, TL_JSON_OPTIONAL);
  tl_json_reader_get_text (reader, "t", TL_JSON_REQUIRED);

  return tl_json_reader_finish (reader, error);
}

static void
test_read (gconstpointer data)
{
  const ReadCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (read_all (json, &error), ==, c->good);
  if (c->good)
    g_assert_no_error (error);
  else
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_each_required (void)
{
  g_autoptr(TlJson) whole = tl_json_parse ("{" REQUIRED "}", -1, NULL);
  const char *members[] = { "s", "t", "i", "b", "e", "m", "v", "a", "o", "d" };

  g_assert_true (read_all (whole, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr(TlJson) json = tl_json_parse ("{" REQUIRED "}", -1, NULL);
      g_autoptr(GError) error = NULL;

      tl_json_set_take (json, members[i], NULL);
      g_assert_false (read_all (json, &error));
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
}

static void
test_values (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{" REQUIRED ",\"big\":9007199254740991}", -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");
  g_auto(GStrv) strv = tl_json_reader_dup_strv (reader, "v", TL_JSON_REQUIRED, 9);
  g_autoptr(GPtrArray) array = tl_json_reader_dup_array (reader, "a", TL_JSON_REQUIRED, 9);
  g_autofree char *entry = tl_json_to_canonical (g_ptr_array_index (array, 0));

  g_assert_cmpstr (tl_json_reader_get_string (reader, "s", TL_JSON_REQUIRED), ==, "x");
  g_assert_cmpint (tl_json_reader_get_int (reader, "i", TL_JSON_REQUIRED, 0, 9), ==, 5);
  g_assert_cmpint (tl_json_reader_get_int (reader, "big", TL_JSON_REQUIRED, 0, G_MAXINT64), ==,
                   G_GINT64_CONSTANT (9007199254740991));
  g_assert_true (tl_json_reader_get_bool (reader, "b", TL_JSON_REQUIRED));
  g_assert_cmpint (tl_json_reader_get_enum (reader, "e", TL_JSON_REQUIRED, TL_TYPE_SECURITY, 0), ==,
                   TL_SECURITY_TLS);
  g_assert_cmpint (tl_json_reader_get_time (reader, "m", TL_JSON_REQUIRED), ==, 1769860800);
  g_assert_cmpuint (g_strv_length (strv), ==, 1);
  g_assert_cmpstr (strv[0], ==, "x");
  g_assert_cmpuint (array->len, ==, 1);
  g_assert_cmpstr (entry, ==, "1");
}

static void
test_absent_values (void)
{
  g_autoptr(TlJson) json = tl_json_new_object ();
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");

  g_assert_null (tl_json_reader_get_string (reader, "a", TL_JSON_OPTIONAL));
  g_assert_cmpint (tl_json_reader_get_int (reader, "b", TL_JSON_OPTIONAL, 3, 9), ==, 3);
  g_assert_cmpint (tl_json_reader_get_enum (reader, "c", TL_JSON_OPTIONAL, TL_TYPE_SECURITY,
                                            TL_SECURITY_STARTTLS), ==, TL_SECURITY_STARTTLS);
  g_assert_null (tl_json_reader_get_object (reader, "d", TL_JSON_OPTIONAL));
  g_assert_true (tl_json_reader_finish (reader, NULL));

  g_assert_cmpstr (tl_json_reader_get_string (reader, "a", TL_JSON_REQUIRED), ==, "");
  g_assert_null (tl_json_reader_get_object (reader, "d", TL_JSON_REQUIRED));
  g_assert_false (tl_json_reader_finish (reader, NULL));
}

static void
test_has (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"a\":1,\"b\":null}", -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");

  g_test_summary ("To look whether a member is there is not to ask for it");

  g_assert_true (tl_json_reader_has (reader, "a"));
  g_assert_false (tl_json_reader_has (reader, "b"));
  g_assert_false (tl_json_reader_has (reader, "c"));
  g_assert_false (tl_json_reader_finish (reader, NULL));
}

static void
test_no_json (void)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (NULL, "it");
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_json_reader_has (reader, "a"));
  g_assert_cmpstr (tl_json_reader_get_string (reader, "a", TL_JSON_REQUIRED), ==, "");
  g_assert_false (tl_json_reader_finish (reader, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_first_wins (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"evil\\u001b\":1}", -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");
  g_autoptr(GError) first = NULL;
  g_autoptr(GError) second = NULL;

  g_assert_false (tl_json_reader_finish (reader, &first));
  tl_json_reader_refuse (reader, "later", "came later");
  g_assert_false (tl_json_reader_finish (reader, &second));

  g_assert_cmpstr (first->message, ==, second->message);
  /* A name from outside is as unfit to be shown as any other text. */
  g_assert_null (strchr (first->message, '\033'));
}

static void
test_vardict (void)
{
  g_autoptr(TlJson) json = tl_json_parse ("{\"d\":{\"port\":993,\"host\":\"h\",\"names\":[\"b\"]}}",
                                          -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "it");
  g_autoptr(GVariant) dict = tl_json_reader_dup_vardict (reader, "d", TL_JSON_REQUIRED);
  g_autoptr(GVariant) expected =
    g_variant_ref_sink (g_variant_new_parsed ("{'host': <'h'>, 'names': <['b']>, "
                                              "'port': <uint32 993>}"));

  g_assert_cmpvariant (dict, expected);
}

typedef struct
{
  const char *name;
  const char *text;
  guint       n;    /* how many are read */
  gboolean    good;
} UintsCase;

static const UintsCase uints_cases[] = {
  { "none", "{\"u\":[]}", 0, TRUE },
  { "some", "{\"u\":[0,7,100]}", 3, TRUE },
  { "absent", "{}", 0, FALSE },
  { "high", "{\"u\":[101]}", 0, FALSE },
  { "negative", "{\"u\":[1,-1]}", 1, FALSE },
  { "text", "{\"u\":[\"1\"]}", 0, FALSE },
  { "many", "{\"u\":[1,1,1,1]}", 0, FALSE },
};

static void
test_uints (gconstpointer data)
{
  const UintsCase *c = data;
  g_autoptr(TlJson) json = tl_json_parse (c->text, -1, NULL);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "x");
  g_autoptr(GArray) uints = tl_json_reader_dup_uints (reader, "u", TL_JSON_REQUIRED, 3, 100);
  g_autoptr(GError) error = NULL;
  gboolean is_good = tl_json_reader_finish (reader, &error);

  g_assert_cmpint (is_good, ==, c->good);
  g_assert_cmpuint (uints->len, ==, c->n);
  if (c->good)
    {
      g_autoptr(TlJson) again = tl_json_new_object ();
      g_autofree char *text = NULL;

      tl_json_set_take (again, "u", tl_json_new_uints ((const guint *) (gpointer) uints->data,
                                                       uints->len));
      text = tl_json_to_canonical (again);
      g_assert_cmpstr (text, ==, c->text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (read_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json-reader/read/", read_cases[i].name, NULL);

      g_test_add_data_func (path, &read_cases[i], test_read);
    }

  g_test_add_func ("/json-reader/each-required", test_each_required);
  g_test_add_func ("/json-reader/values", test_values);
  g_test_add_func ("/json-reader/absent-values", test_absent_values);
  g_test_add_func ("/json-reader/has", test_has);
  g_test_add_func ("/json-reader/no-json", test_no_json);
  g_test_add_func ("/json-reader/first-wins", test_first_wins);
  g_test_add_func ("/json-reader/vardict", test_vardict);
  for (gsize i = 0; i < G_N_ELEMENTS (uints_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/json-reader/uints/", uints_cases[i].name, NULL);

      g_test_add_data_func (path, &uints_cases[i], test_uints);
    }

  return g_test_run ();
}
