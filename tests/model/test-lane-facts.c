/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-facts.h"

#include "tl-error.h"
#include "tl-text.h"

#define FACTS(delimiter, idle, max, mechanism, messages, prefix, quota, rights, software)     \
  "{\"delimiter\":" delimiter ",\"idle\":" idle ",\"max_message_bytes\":" max                 \
  ",\"mechanism\":" mechanism ",\"messages\":" messages ",\"prefix\":" prefix                 \
  ",\"quota\":" quota ",\"rights\":" rights ",\"software\":" software "}"
#define WITH_QUOTA(quota) \
  FACTS ("null", "true", "null", "null", "null", "null", quota, "null", "null")
#define WITH_DELIMITER(delimiter) \
  FACTS (delimiter, "true", "null", "null", "null", "null", "null", "null", "null")
#define WITH_NUMBERS(max, messages) \
  FACTS ("null", "false", max, "null", messages, "null", "null", "null", "null")
#define WITH_WORDS(mechanism, software) \
  FACTS ("null", "false", "null", mechanism, "null", "null", "null", "null", software)

static const struct
{
  const char *name;
  const char *json;
  gboolean    good;
} cases[] = {
  { "whole", FACTS ("\"/\"", "true", "1000", "\"PLAIN\"", "3", "\"INBOX.\"",
                    "{\"limit_kib\":512,\"used_kib\":10}", "\"lrs\"", "\"Some server 1\""), TRUE },
  { "nothing", WITH_NUMBERS ("null", "null"), TRUE },
  { "no-messages", WITH_NUMBERS ("null", "0"), TRUE },
  { "full", WITH_QUOTA ("{\"limit_kib\":1,\"used_kib\":9007199254740991}"), TRUE },

  { "quota-negative", WITH_QUOTA ("{\"limit_kib\":1,\"used_kib\":-1}") },
  { "quota-half", WITH_QUOTA ("{\"limit_kib\":1}") },
  { "quota-number", WITH_QUOTA ("7") },
  { "quota-more", WITH_QUOTA ("{\"limit_kib\":1,\"used_kib\":1,\"x\":1}") },
  { "delimiter-two", WITH_DELIMITER ("\"//\"") },
  { "delimiter-empty", WITH_DELIMITER ("\"\"") },
  { "delimiter-space", WITH_DELIMITER ("\" \"") },
  { "delimiter-number", WITH_DELIMITER ("1") },
  { "max-0", WITH_NUMBERS ("0", "null") },
  { "messages-negative", WITH_NUMBERS ("null", "-1") },
  { "mechanism-empty", WITH_WORDS ("\"\"", "null") },
  { "mechanism-long", WITH_WORDS ("\"" "0123456789012345678901234567890123456789"
                                  "01234567890123456789012345" "\"", "null") },
  { "software-control", WITH_WORDS ("null", "\"a\\u001b\"") },
  { "member-more", "{\"idle\":true,\"x\":1}" },
  { "idle-missing", "{}" },
};

static void
test_json (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (cases[i].json, -1, &error);
  g_autoptr(TlLaneFacts) facts = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  facts = tl_lane_facts_from_json (json, &error);
  if (!cases[i].good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (facts);
      return;
    }

  g_assert_no_error (error);
  written = tl_lane_facts_to_json (facts);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, cases[i].json);
}

static void
test_parts (void)
{
  g_autoptr(TlLaneFacts) facts = tl_lane_facts_new (&(TlLaneFactsParts) {
    .software = "Some server 1", .mechanism = "PLAIN", .prefix = "", .delimiter = '.',
    .rights = "lrs", .has_quota = TRUE, .quota_used = 10, .quota_limit = 512, .n_messages = 3,
    .idles = TRUE, .max_message_bytes = 1000,
  });
  const TlLaneFactsParts *parts = tl_lane_facts_get_parts (facts);

  g_assert_cmpstr (parts->software, ==, "Some server 1");
  g_assert_cmpstr (parts->mechanism, ==, "PLAIN");
  g_assert_null (parts->prefix);
  g_assert_cmpint (parts->delimiter, ==, '.');
  g_assert_cmpstr (parts->rights, ==, "lrs");
  g_assert_true (parts->has_quota);
  g_assert_cmpuint (parts->quota_used, ==, 10);
  g_assert_cmpuint (parts->quota_limit, ==, 512);
  g_assert_cmpint (parts->n_messages, ==, 3);
  g_assert_true (parts->idles);
  g_assert_cmpuint (parts->max_message_bytes, ==, 1000);
}

static void
test_no_quota (void)
{
  g_autoptr(TlLaneFacts) facts = tl_lane_facts_new (&(TlLaneFactsParts) {
    .has_quota = TRUE, .quota_used = 5120, .quota_limit = 0,
  });
  const TlLaneFactsParts *parts = tl_lane_facts_get_parts (facts);
  g_autoptr(TlJson) json = tl_json_parse (WITH_QUOTA ("{\"limit_kib\":0,\"used_kib\":5120}"), -1,
                                          NULL);
  g_autoptr(TlLaneFacts) read = tl_lane_facts_from_json (json, NULL);

  g_test_summary ("A limit of 0 is no quota");

  g_assert_false (parts->has_quota);
  g_assert_cmpuint (parts->quota_used, ==, 0);
  g_assert_false (tl_lane_facts_get_parts (read)->has_quota);
}

static void
test_bounded (void)
{
  g_autofree char *endless = g_strnfill (100000, 'r');
  g_autoptr(TlLaneFacts) facts = NULL;
  g_autoptr(TlLaneFacts) again = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("However much a server says, what is written is short and can be read");

  facts = tl_lane_facts_new (&(TlLaneFactsParts) {
    .software = endless, .mechanism = endless, .prefix = endless, .delimiter = '\a',
    .rights = endless, .has_quota = TRUE, .quota_used = G_MAXUINT64, .quota_limit = G_MAXUINT64,
    .n_messages = G_MAXINT64, .max_message_bytes = G_MAXUINT64,
  });
  json = tl_lane_facts_to_json (facts);
  text = tl_json_to_canonical (json);
  g_assert_cmpuint (strlen (text), <, 4 * TL_TEXT_MAX_CHARS);

  again = tl_lane_facts_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_lane_facts_get_parts (again)->quota_used, ==,
                    tl_lane_facts_get_parts (facts)->quota_used);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-facts/json/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_json);
    }
  g_test_add_func ("/lane-facts/parts", test_parts);
  g_test_add_func ("/lane-facts/no-quota", test_no_quota);
  g_test_add_func ("/lane-facts/bounded", test_bounded);

  return g_test_run ();
}
