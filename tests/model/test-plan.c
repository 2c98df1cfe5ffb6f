/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-plan.h"

#include "tl-error.h"

/* sha256sum of the canonical JSON, by coreutils */
#define HASH_BOTH "7a2a23772964fb91857ba571b5ec09691af6d4b692c603b6539a592f3e71222b"
#define HASH_ONE  "8a9d84e43acec0410127e7af592f89c28ec137fefdc325f7ecd5bf0d00f3b567"

typedef struct
{
  const char *address;
  const char *display_name;
  const char *provider;
  const char *incoming; /* NULL: left out */
  const char *outgoing;
  const char *username;
  const char *source;
  TlTrust     trust;
} Parts;

static const Parts plain = {
  .address = "ada@example.org",
  .display_name = "Ada",
  .provider = "fastmail",
  .incoming = "imaps://imap.example.org",
  .outgoing = "smtp://smtp.example.org",
  .username = "ada",
  .source = TL_SOURCE_SRV,
  .trust = TL_TRUST_UNSIGNED_DNS,
};

static TlPlan *
make (const Parts *parts)
{
  g_autoptr(TlAddress) address = tl_address_parse (parts->address, NULL);
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;
  TlPlanLane lane_in = { .source = parts->source, .trust = parts->trust };
  TlPlanLane lane_out = { .source = parts->source, .trust = parts->trust };

  if (parts->incoming != NULL)
    incoming = tl_lane_settings_new_from_url (parts->incoming, TL_AUTH_PASSWORD, parts->username,
                                              NULL);
  if (parts->outgoing != NULL)
    outgoing = tl_lane_settings_new_from_url (parts->outgoing, TL_AUTH_PASSWORD, parts->username,
                                              NULL);
  lane_in.settings = incoming;
  lane_out.settings = outgoing;

  return tl_plan_new (TL_PURPOSE_MAILBOX, address, parts->display_name, parts->provider,
                      &lane_in, &lane_out);
}

static void
test_getters (void)
{
  g_autoptr(TlPlan) plan = make (&plain);
  const TlPlanLane *incoming = tl_plan_get_lane (plan, TL_LANE_INCOMING);
  const TlPlanLane *outgoing = tl_plan_get_lane (plan, TL_LANE_OUTGOING);

  g_assert_cmpint (tl_plan_get_purpose (plan), ==, TL_PURPOSE_MAILBOX);
  g_assert_cmpstr (tl_address_get_addr_spec (tl_plan_get_address (plan)), ==, "ada@example.org");
  g_assert_cmpstr (tl_plan_get_display_name (plan), ==, "Ada");
  g_assert_cmpstr (tl_plan_get_provider (plan), ==, "fastmail");
  g_assert_cmpint (tl_lane_settings_get_protocol (incoming->settings), ==, TL_PROTOCOL_IMAP);
  g_assert_cmpint (tl_lane_settings_get_protocol (outgoing->settings), ==, TL_PROTOCOL_SMTP);
  g_assert_cmpstr (incoming->source, ==, "srv");
  g_assert_cmpint (outgoing->trust, ==, TL_TRUST_UNSIGNED_DNS);
}

static void
test_left_out (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlPlan) plan = tl_plan_new (TL_PURPOSE_PRACTICE, address, NULL, NULL, NULL, NULL);

  g_assert_cmpint (tl_plan_get_purpose (plan), ==, TL_PURPOSE_PRACTICE);
  g_assert_null (tl_plan_get_lane (plan, TL_LANE_INCOMING)->settings);
  g_assert_null (tl_plan_get_lane (plan, TL_LANE_INCOMING)->source);
  g_assert_null (tl_plan_get_lane (plan, TL_LANE_OUTGOING)->settings);
}

static void
test_wrong_lane (void)
{
  if (g_test_subprocess ())
    {
      Parts parts = plain;
      g_autoptr(TlPlan) plan = NULL;

      parts.incoming = "smtps://smtp.example.org";
      plan = make (&parts);
      g_assert_null (plan);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

typedef struct
{
  const char *name;
  const char *typed;
  const char *kept;
} NameCase;

static const NameCase name_cases[] = {
  { "plain", "Ada Example", "Ada Example" },
  { "none", NULL, NULL },
  { "empty", "", NULL },
  { "blank", " \t ", NULL },
  { "spaces-around", "  Ada ", "Ada" },
  { "newline", "Ada\r\nBcc: x@example.org", "AdaBcc: x@example.org" },
  { "bidi", "Ada\u202e!", "Ada!" },
  { "line-separator", "Ada\u2028!", "Ada!" },
  { "zero-width-first", "\u200b Ada", "Ada" },
  { "joiners-stay", "\u0dc1\u0dca\u200d\u0dbb\u0dd3", "\u0dc1\u0dca\u200d\u0dbb\u0dd3" },
  { "marks-stay", "\u0e17\u0e35\u0e48", "\u0e17\u0e35\u0e48" },
  { "emoji", "Ada \U0001f600", "Ada \U0001f600" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *c = data;
  Parts parts = plain;
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlPlan) again = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(GError) error = NULL;

  parts.display_name = c->typed;
  plan = make (&parts);
  g_assert_cmpstr (tl_plan_get_display_name (plan), ==, c->kept);

  json = tl_plan_to_json (plan);
  again = tl_plan_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tl_plan_get_display_name (again), ==, c->kept);
}

static void
test_name_long (void)
{
  g_autofree char *typed = g_strnfill (254, 'a');
  g_autofree char *longer = g_strconcat (typed, "\u00fc", NULL);
  Parts parts = plain;
  g_autoptr(TlPlan) plan = NULL;

  g_test_summary ("A name is cut between characters");

  parts.display_name = longer;
  plan = make (&parts);
  g_assert_cmpstr (tl_plan_get_display_name (plan), ==, typed);
}

static void
test_hash (void)
{
  Parts one_lane = plain;
  g_autoptr(TlPlan) plan = make (&plain);
  g_autoptr(TlPlan) plan_one = NULL;
  g_autofree char *hash = tl_plan_dup_settings_hash (plan);
  g_autofree char *hash_one = NULL;

  one_lane.outgoing = NULL;
  plan_one = make (&one_lane);
  hash_one = tl_plan_dup_settings_hash (plan_one);

  g_assert_cmpstr (hash, ==, HASH_BOTH);
  g_assert_cmpstr (hash_one, ==, HASH_ONE);
}

static void
test_sources (void)
{
  static const char * const sources[] = {
    "provider-domain", "provider-mx", "autoconfig", "well-known", "pacc", "mailconf", "srv",
    "directory", "mx-autoconfig", "mx-directory", "autodiscover", "gateway", "guess", "manual",
    "practice",
  };

  g_test_summary ("A plan on the word of any source reads back");

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      Parts parts = plain;
      g_autoptr(TlPlan) plan = NULL;
      g_autoptr(TlPlan) again = NULL;
      g_autoptr(TlJson) json = NULL;
      g_autoptr(GError) error = NULL;

      parts.source = sources[i];
      plan = make (&parts);
      json = tl_plan_to_json (plan);
      again = tl_plan_from_json (json, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (tl_plan_get_lane (again, TL_LANE_INCOMING)->source, ==, sources[i]);
    }
}

static void
test_hash_of_what (void)
{
  const Parts same[] = {
    { "ada@EXAMPLE.org", "Other", NULL, "imaps://IMAP.example.org:993", "smtp://smtp.example.org",
      "ada", TL_SOURCE_MANUAL, TL_TRUST_MANUAL },
  };
  const Parts others[] = {
    { "eva@example.org", "Ada", "fastmail", "imaps://imap.example.org", "smtp://smtp.example.org",
      "ada", TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS },
    { "ada@example.org", "Ada", "fastmail", "imap://imap.example.org", "smtp://smtp.example.org",
      "ada", TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS },
    { "ada@example.org", "Ada", "fastmail", "imaps://imap.example.org",
      "smtp://smtp.example.org:25", "ada", TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS },
    { "ada@example.org", "Ada", "fastmail", "imaps://imap.example.org", "smtp://smtp.example.org",
      "Ada", TL_SOURCE_SRV, TL_TRUST_UNSIGNED_DNS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autoptr(TlPlan) plan = make (&same[i]);
      g_autofree char *hash = tl_plan_dup_settings_hash (plan);

      g_assert_cmpstr (hash, ==, HASH_BOTH);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(TlPlan) plan = make (&others[i]);
      g_autofree char *hash = tl_plan_dup_settings_hash (plan);

      g_assert_cmpstr (hash, !=, HASH_BOTH);
    }
}

typedef struct
{
  const char *name;
  const char *json;
  gboolean    good;
} JsonCase;

#define SETTINGS(protocol, source, trust)                                                       \
  "{\"auth\":\"password\",\"host\":\"a.example\",\"own_user\":false,"               \
  "\"port\":993,\"protocol\":\"" protocol                                                    \
  "\",\"security\":\"tls\",\"source\":\"" source "\",\"trust\":\"" trust                        \
  "\",\"username\":\"ada\"}"
#define PLAN(address, display_name, incoming, outgoing, provider, purpose)                      \
  "{\"address\":\"" address "\",\"display_name\":" display_name ",\"incoming\":" incoming       \
  ",\"outgoing\":" outgoing ",\"provider\":" provider ",\"purpose\":\"" purpose "\"}"
#define IN SETTINGS ("imap", "srv", "unsigned-dns")
#define OUT SETTINGS ("smtp", "guess", "guessed")

static const JsonCase json_cases[] = {
  { "whole", PLAN ("ada@example.org", "\"Ada\"", IN, OUT, "\"zoho\"", "mailbox"), TRUE },
  { "least", PLAN ("ada@example.org", "null", "null", "null", "null", "practice"), TRUE },
  { "one-lane", PLAN ("ada@example.org", "null", IN, "null", "null", "mailbox"), TRUE },

  { "address-case", PLAN ("ada@EXAMPLE.org", "null", IN, OUT, "null", "mailbox") },
  { "address-space", PLAN (" ada@example.org", "null", IN, OUT, "null", "mailbox") },
  { "address-u-label", PLAN ("ada@\u00fc.example", "null", IN, OUT, "null", "mailbox") },
  { "address-none", PLAN ("ada", "null", IN, OUT, "null", "mailbox") },
  { "name-empty", PLAN ("ada@example.org", "\"\"", IN, OUT, "null", "mailbox") },
  { "name-bidi", PLAN ("ada@example.org", "\"a\\u202e\"", IN, OUT, "null", "mailbox") },
  { "name-number", PLAN ("ada@example.org", "5", IN, OUT, "null", "mailbox") },
  { "provider-empty", PLAN ("ada@example.org", "null", IN, OUT, "\"\"", "mailbox") },
  { "provider-control", PLAN ("ada@example.org", "null", IN, OUT, "\"\\u0007\"", "mailbox") },
  { "purpose-unknown", PLAN ("ada@example.org", "null", IN, OUT, "null", "demo") },
  { "lanes-swapped", PLAN ("ada@example.org", "null", OUT, IN, "null", "mailbox") },
  { "incoming-smtp", PLAN ("ada@example.org", "null", OUT, OUT, "null", "mailbox") },
  { "outgoing-imap", PLAN ("ada@example.org", "null", IN, IN, "null", "mailbox") },
  { "source-unknown", PLAN ("ada@example.org", "null", SETTINGS ("imap", "oracle", "guessed"), OUT,
                            "null", "mailbox") },
  { "trust-unknown", PLAN ("ada@example.org", "null", SETTINGS ("imap", "srv", "absolute"), OUT,
                           "null", "mailbox") },
  { "lane-list", PLAN ("ada@example.org", "null", "[]", OUT, "null", "mailbox") },
  { "lane-empty", PLAN ("ada@example.org", "null", "{}", OUT, "null", "mailbox") },
  { "empty", "{}" },
};

static void
test_json (gconstpointer data)
{
  const JsonCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->json, -1, &error);
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  plan = tl_plan_from_json (json, &error);
  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (plan);
      return;
    }

  g_assert_no_error (error);
  written = tl_plan_to_json (plan);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, c->json);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/name/", name_cases[i].name, NULL);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (json_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/json/", json_cases[i].name, NULL);

      g_test_add_data_func (path, &json_cases[i], test_json);
    }

  g_test_add_func ("/plan/getters", test_getters);
  g_test_add_func ("/plan/sources", test_sources);
  g_test_add_func ("/plan/left-out", test_left_out);
  g_test_add_func ("/plan/wrong-lane", test_wrong_lane);
  g_test_add_func ("/plan/name-long", test_name_long);
  g_test_add_func ("/plan/hash", test_hash);
  g_test_add_func ("/plan/hash-of-what", test_hash_of_what);

  return g_test_run ();
}
