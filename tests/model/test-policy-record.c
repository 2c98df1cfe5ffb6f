/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-record.h"

#include <string.h>

#include "tl-error.h"

#define HASH  "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"

#define DOCUMENT "{\"name\":\"Acme\",\"origin\":\"system\",\"sha256\":\"" HASH "\"}"
#define RULE(rule, verdict) "{\"document\":0,\"rule\":\"" rule "\",\"verdict\":\"" verdict "\"}"
#define RECORD(documents, rules, verdict) \
  "{\"documents\":[" documents "],\"rules\":[" rules "],\"verdict\":\"" verdict "\"}"

static TlPolicyRecord *
read_text (const char  *text,
           GError     **error)
{
  g_autoptr(TlJson) json = tl_json_parse (text, -1, NULL);

  g_assert_nonnull (json);

  return tl_policy_record_from_json (json, error);
}

static void
test_round_trip (void)
{
  const TlPolicyDocument documents[] = {
    { "Acme", "system", HASH },
    { NULL, "file", OTHER },
  };
  const TlPolicyRule rules[] = {
    { "hosts.incoming", 0, TL_VERDICT_OK },
    { "daily_ceiling", 0, TL_VERDICT_NOT_TESTED },
    { "hosts.incoming", 1, TL_VERDICT_ERROR },
  };
  g_autoptr(TlPolicyRecord) record = tl_policy_record_new (documents, 2, rules, 3);
  g_autoptr(TlJson) json = tl_policy_record_to_json (record);
  g_autofree char *text = tl_json_to_canonical (json);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPolicyRecord) again = read_text (text, &error);
  g_autoptr(TlJson) json_again = NULL;
  g_autofree char *text_again = NULL;
  const TlPolicyDocument *documents_again;
  const TlPolicyRule *rules_again;
  guint n;

  g_assert_no_error (error);
  json_again = tl_policy_record_to_json (again);
  text_again = tl_json_to_canonical (json_again);
  g_assert_cmpstr (text_again, ==, text);

  documents_again = tl_policy_record_get_documents (again, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (documents_again[0].name, ==, "Acme");
  g_assert_cmpstr (documents_again[0].origin, ==, "system");
  g_assert_null (documents_again[1].name);
  g_assert_cmpstr (documents_again[1].sha256, ==, OTHER);
  rules_again = tl_policy_record_get_rules (again, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (rules_again[2].rule, ==, "hosts.incoming");
  g_assert_cmpuint (rules_again[2].document, ==, 1);
  g_assert_cmpint (rules_again[1].verdict, ==, TL_VERDICT_NOT_TESTED);
  g_assert_cmpint (tl_policy_record_get_verdict (again), ==, TL_VERDICT_ERROR);
}

typedef struct
{
  const char *name;
  TlVerdict   rules[3];
  guint       n;
  TlVerdict   verdict;
} VerdictCase;

static const VerdictCase verdict_cases[] = {
  { "no-rules", { 0 }, 0, TL_VERDICT_OK },
  { "kept", { TL_VERDICT_OK, TL_VERDICT_OK }, 2, TL_VERDICT_OK },
  { "not-tested", { TL_VERDICT_NOT_TESTED }, 1, TL_VERDICT_OK },
  { "broken-first", { TL_VERDICT_ERROR, TL_VERDICT_OK, TL_VERDICT_NOT_TESTED }, 3,
    TL_VERDICT_ERROR },
  { "broken-last", { TL_VERDICT_OK, TL_VERDICT_NOT_TESTED, TL_VERDICT_ERROR }, 3,
    TL_VERDICT_ERROR },
};

static void
test_verdict (gconstpointer data)
{
  const VerdictCase *c = data;
  const TlPolicyDocument document = { NULL, "user", HASH };
  TlPolicyRule rules[3] = { { "tls", 0 }, { "sign_in", 0 }, { "domains", 0 } };
  g_autoptr(TlPolicyRecord) record = NULL;

  for (guint i = 0; i < c->n; i++)
    rules[i].verdict = c->rules[i];
  record = tl_policy_record_new (&document, 1, rules, c->n);
  g_assert_cmpint (tl_policy_record_get_verdict (record), ==, c->verdict);
}

/* What a signed file may say and this program never writes. */
typedef struct
{
  const char *name;
  const char *text;
} BadCase;

static const BadCase bad_cases[] = {
  { "text", "\"x\"" },
  { "nothing", "{}" },
  { "no-document", RECORD ("", "", "ok") },
  { "no-rules", "{\"documents\":[" DOCUMENT "],\"verdict\":\"ok\"}" },
  { "extra", "{\"documents\":[" DOCUMENT "],\"rules\":[],\"verdict\":\"ok\",\"grants\":true}" },
  { "origin", RECORD ("{\"name\":null,\"origin\":\"bundle\",\"sha256\":\"" HASH "\"}", "", "ok") },
  { "hash", RECORD ("{\"name\":null,\"origin\":\"user\",\"sha256\":\"00\"}", "", "ok") },
  { "hash-line", RECORD ("{\"name\":null,\"origin\":\"user\",\"sha256\":\"" HASH "\\n\"}", "", "ok") },
  { "name-empty", RECORD ("{\"name\":\"\",\"origin\":\"user\",\"sha256\":\"" HASH "\"}", "", "ok") },
  { "name-bidi", RECORD ("{\"name\":\"a\\u202eb\",\"origin\":\"user\",\"sha256\":\"" HASH "\"}", "",
                         "ok") },
  { "document-extra", RECORD ("{\"name\":null,\"origin\":\"user\",\"sha256\":\"" HASH
                              "\",\"target\":\"x\"}", "", "ok") },
  { "rule-form", RECORD (DOCUMENT, RULE ("Hosts", "ok"), "ok") },
  { "rule-dots", RECORD (DOCUMENT, RULE ("hosts..incoming", "ok"), "ok") },
  { "rule-twice", RECORD (DOCUMENT, RULE ("tls", "ok") "," RULE ("tls", "ok"), "ok") },
  { "rule-warning", RECORD (DOCUMENT, RULE ("tls", "warning"), "ok") },
  { "rule-nowhere", RECORD (DOCUMENT, "{\"document\":1,\"rule\":\"tls\",\"verdict\":\"ok\"}", "ok") },
  { "verdict-better", RECORD (DOCUMENT, RULE ("tls", "error"), "ok") },
  { "verdict-worse", RECORD (DOCUMENT, RULE ("tls", "ok"), "error") },
  { "verdict-not-tested", RECORD (DOCUMENT, RULE ("tls", "not-tested"), "not-tested") },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (read_text (c->text, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_bounds (void)
{
  g_autoptr(GString) documents = g_string_new (NULL);
  g_autoptr(GString) rules = g_string_new (NULL);
  g_autofree char *many_documents = NULL;
  g_autofree char *many_rules = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 17; i++)
    g_string_append_printf (documents, "%s" DOCUMENT, i > 0 ? "," : "");
  many_documents = g_strdup_printf (RECORD ("%s", "", "ok"), documents->str);
  g_assert_null (read_text (many_documents, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  for (guint i = 0; i < 401; i++)
    g_string_append_printf (rules, "%s{\"document\":0,\"rule\":\"r%c%c\",\"verdict\":\"ok\"}",
                            i > 0 ? "," : "", 'a' + (char) (i / 26), 'a' + (char) (i % 26));
  many_rules = g_strdup_printf (RECORD (DOCUMENT, "%s", "ok"), rules->str);
  g_assert_null (read_text (many_rules, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy-record/B14/round-trip", test_round_trip);
  for (gsize i = 0; i < G_N_ELEMENTS (verdict_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy-record/verdict/", verdict_cases[i].name, NULL);

      g_test_add_data_func (path, &verdict_cases[i], test_verdict);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/policy-record/B08/", bad_cases[i].name, NULL);

      g_test_add_data_func (path, &bad_cases[i], test_bad);
    }
  g_test_add_func ("/policy-record/B08/bounds", test_bounds);

  return g_test_run ();
}
