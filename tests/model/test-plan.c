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

/* Members in the order of canonical JSON, with what stands between purpose and the end. */
#define SIGNED(incoming, sign_in)                                                               \
  "{\"address\":\"ada@example.org\",\"display_name\":null,\"incoming\":" incoming                  \
  ",\"outgoing\":null,\"provider\":null,\"purpose\":\"mailbox\",\"sign_in\":" sign_in "}"
#define SIGN_IN(account, client, issuer, login, scopes)                                         \
  "{\"account\":" account ",\"client_id\":" client ",\"issuer\":" issuer ",\"login\":" login       \
  ",\"scopes\":" scopes "}"
#define ISSUER "\"https://auth.example.org/x\""
#define IN_FOLDER(folder)                                                                       \
  "{\"auth\":\"password\",\"folder\":" folder ",\"host\":\"a.example\",\"own_user\":false,"       \
  "\"port\":993,\"protocol\":\"imap\",\"security\":\"tls\",\"source\":\"srv\","                    \
  "\"trust\":\"unsigned-dns\",\"username\":\"ada\"}"

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
  { "sign-in/token", SIGNED (IN, SIGN_IN ("\"ada@example.org\"", "\"0a1b\"", ISSUER, "null",
                                          "[\"mail\",\"offline_access\"]")), TRUE },
  { "sign-in/account-not-told", SIGNED (IN, SIGN_IN ("null", "\"0a1b\"", ISSUER, "null", "[]")),
    TRUE },
  { "sign-in/shared", SIGNED (IN, SIGN_IN ("null", "null", "null", "\"eva@example.org\"", "[]")),
    TRUE },
  { "sign-in/shared-folder", SIGNED (IN_FOLDER ("\"shared/Sales\""),
                                     SIGN_IN ("null", "null", "null", "\"eva@example.org\"", "[]")),
    TRUE },
  { "sign-in/empty", SIGNED (IN, SIGN_IN ("null", "null", "null", "null", "[]")) },
  { "sign-in/lacks-members", SIGNED (IN, "{}") },
  { "sign-in/no-issuer", SIGNED (IN, SIGN_IN ("null", "\"0a1b\"", "null", "\"eva@example.org\"",
                                              "[]")) },
  { "sign-in/account-alone", SIGNED (IN, SIGN_IN ("\"eva@example.org\"", "null", "null", "null",
                                                 "[]")) },
  { "sign-in/account-no-issuer", SIGNED (IN, SIGN_IN ("\"eva@example.org\"", "null", "null",
                                                     "\"eva@example.org\"", "[]")) },
  { "sign-in/scopes-no-issuer", SIGNED (IN, SIGN_IN ("null", "null", "null",
                                                    "\"eva@example.org\"", "[\"mail\"]")) },
  { "sign-in/client-empty", SIGNED (IN, SIGN_IN ("null", "\"\"", ISSUER, "null", "[]")) },
  { "sign-in/issuer-http", SIGNED (IN, SIGN_IN ("null", "\"0a1b\"", "\"http://auth.example.org\"",
                                                "null", "[]")) },
  { "sign-in/login-no-address", SIGNED (IN, SIGN_IN ("null", "null", "null", "\"eva\"", "[]")) },
  { "sign-in/login-spelling", SIGNED (IN, SIGN_IN ("null", "null", "null", "\"eva@EXAMPLE.org\"",
                                                   "[]")) },
  { "sign-in/two-scopes-in-one", SIGNED (IN, SIGN_IN ("null", "\"0a1b\"", ISSUER, "null",
                                                      "[\"mail offline_access\"]")) },
  { "sign-in/empty-scope", SIGNED (IN, SIGN_IN ("null", "\"0a1b\"", ISSUER, "null", "[\"\"]")) },
  { "sign-in/control", SIGNED (IN, SIGN_IN ("\"a\\u0007\"", "\"0a1b\"", ISSUER, "null", "[]")) },
  { "sign-in/token-in-it", SIGNED (IN, "{\"access_token\":\"x\",\"account\":null,\"client_id\":null,"
                                   "\"issuer\":null,\"login\":\"eva@example.org\",\"scopes\":[]}") },
  { "folder-empty", PLAN ("ada@example.org", "null", IN_FOLDER ("\"\""), "null", "null", "mailbox") },
  { "folder-control", PLAN ("ada@example.org", "null", IN_FOLDER ("\"a\\r\\nb\""), "null", "null",
                            "mailbox") },
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

typedef struct
{
  const char *name;
  gboolean    has_login;   /* else the issuer signs somebody in */
  gsize       login_len;   /* of each: 0 for the usual one */
  gsize       issuer_len;
  gsize       client_len;
  gsize       account_len;
  gsize       scope_len;
  guint       n_scopes;
  const char *scope;       /* as JSON has it */
  gboolean    good;
} LimitCase;

static const LimitCase limit_cases[] = {
  { .name = "usual", .good = TRUE },
  { .name = "login-longest", .has_login = TRUE, .login_len = 254, .good = TRUE },
  { .name = "login-too-long", .has_login = TRUE, .login_len = 255 },
  { .name = "issuer-longest", .issuer_len = 512, .good = TRUE },
  { .name = "issuer-too-long", .issuer_len = 513 },
  { .name = "client-longest", .client_len = 512, .good = TRUE },
  { .name = "client-too-long", .client_len = 513 },
  { .name = "account-longest", .account_len = 512, .good = TRUE },
  { .name = "account-too-long", .account_len = 513 },
  { .name = "scope-longest", .scope_len = 512, .good = TRUE },
  { .name = "scope-too-long", .scope_len = 513 },
  { .name = "scopes-most", .n_scopes = 32, .good = TRUE },
  { .name = "scopes-too-many", .n_scopes = 33 },
  { .name = "scope-edges", .scope = "!#[]~", .good = TRUE },
  { .name = "scope-quote", .scope = "a\\\"b" },
  { .name = "scope-backslash", .scope = "a\\\\b" },
  { .name = "scope-space", .scope = "a b" },
  { .name = "scope-control", .scope = "a\\u001fb" },
  { .name = "scope-delete", .scope = "a\\u007fb" },
  { .name = "scope-not-ascii", .scope = "caf\xc3\xa9" },
};

/* @start and as many letters as make @len bytes; @start alone for 0. */
static char *
dup_long (const char *start,
          gsize       len)
{
  g_autofree char *rest = len == 0 ? g_strdup ("") : g_strnfill (len - strlen (start), 'a');

  return g_strconcat (start, rest, NULL);
}

/* An address of @len bytes, of labels that DNS takes */
static char *
dup_address (gsize len)
{
  g_autoptr(GString) text = g_string_new ("eva@");

  while (text->len + 62 < len)
    g_string_append (text, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz.");
  while (text->len < len)
    g_string_append_c (text, 'a');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_limit (gconstpointer data)
{
  const LimitCase *c = data;
  g_autofree char *login = c->has_login ? dup_address (c->login_len) : NULL;
  g_autofree char *issuer = dup_long ("https://a.example/", c->issuer_len);
  g_autofree char *client = dup_long ("id", c->client_len);
  g_autofree char *account = dup_long ("eva", c->account_len);
  g_autofree char *scope = c->scope != NULL ? g_strdup (c->scope) : dup_long ("mail", c->scope_len);
  g_autoptr(GString) scopes = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autoptr(TlJson) json = NULL;
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < MAX (c->n_scopes, 1); i++)
    g_string_append_printf (scopes, "%s\"%s\"", i == 0 ? "" : ",", scope);
  text = c->has_login
    ? g_strdup_printf (SIGNED ("null", SIGN_IN ("null", "null", "null", "\"%s\"", "[]")), login)
    : g_strdup_printf (SIGNED ("null", SIGN_IN ("\"%s\"", "\"%s\"", "\"%s\"", "null", "[%s]")),
                       account, client, issuer, scopes->str);
  json = tl_json_parse (text, -1, &error);
  g_assert_no_error (error);

  plan = tl_plan_from_json (json, &error);
  g_assert_cmpint (plan != NULL, ==, c->good);
  if (c->good)
    g_assert_no_error (error);
  else
    g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_sign_in (void)
{
  static const char * const scopes[] = { "mail", "offline_access", NULL };
  static const char * const fewer[] = { "mail", NULL };
  const TlPlanSignIn whole = { "eva@example.org", "https://a.example", "0a1b", scopes,
                               "eva@example.org" };
  const TlPlanSignIn others[] = {
    { NULL, "https://a.example", "0a1b", scopes, "eva@example.org" },
    { "eva@example.org", "https://b.example", "0a1b", scopes, "eva@example.org" },
    { "eva@example.org", "https://a.example", "0a1c", scopes, "eva@example.org" },
    { "eva@example.org", "https://a.example", "0a1b", fewer, "eva@example.org" },
    { "eva@example.org", "https://a.example", "0a1b", scopes, NULL },
  };
  const TlPlanSignIn nothing = { NULL };
  g_autoptr(TlPlan) plain_plan = make (&plain);
  g_autoptr(TlPlan) plan = tl_plan_with_sign_in (plain_plan, &whole);
  g_autoptr(TlPlan) without = tl_plan_with_sign_in (plan, NULL);
  g_autoptr(TlPlan) with_nothing = tl_plan_with_sign_in (plan, &nothing);
  g_autofree char *hash = tl_plan_dup_settings_hash (plan);
  g_autofree char *hash_without = tl_plan_dup_settings_hash (without);

  g_test_summary ("Who signs in is part of what was tested; a plan without is as it always was");

  g_assert_cmpstr (tl_plan_get_sign_in (plan)->login, ==, "eva@example.org");
  g_assert_cmpstr (tl_plan_get_sign_in (plan)->scopes[1], ==, "offline_access");
  g_assert_null (tl_plan_get_sign_in (plain_plan));
  g_assert_null (tl_plan_get_sign_in (without));
  g_assert_null (tl_plan_get_sign_in (with_nothing));
  g_assert_cmpstr (hash_without, ==, HASH_BOTH);
  g_assert_cmpstr (hash, !=, HASH_BOTH);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr(TlPlan) other = tl_plan_with_sign_in (plain_plan, &others[i]);
      g_autofree char *other_hash = tl_plan_dup_settings_hash (other);

      g_assert_cmpstr (other_hash, !=, hash);
    }
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

  for (gsize i = 0; i < G_N_ELEMENTS (limit_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/plan/limit/", limit_cases[i].name, NULL);

      g_test_add_data_func (path, &limit_cases[i], test_limit);
    }

  g_test_add_func ("/plan/getters", test_getters);
  g_test_add_func ("/plan/sign-in", test_sign_in);
  g_test_add_func ("/plan/sources", test_sources);
  g_test_add_func ("/plan/left-out", test_left_out);
  g_test_add_func ("/plan/wrong-lane", test_wrong_lane);
  g_test_add_func ("/plan/name-long", test_name_long);
  g_test_add_func ("/plan/hash", test_hash);
  g_test_add_func ("/plan/hash-of-what", test_hash_of_what);

  return g_test_run ();
}
