/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-settings.h"

#include "tl-error.h"

#define A51 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A255 A51 A51 A51 A51 A51

typedef struct
{
  const char *name;
  const char *username;
  gboolean    good;
} UserCase;

static const UserCase user_cases[] = {
  { "address", "ada@example.org", TRUE },
  { "local-part", "ada", TRUE },
  { "backslash", "EXAMPLE\\ada", TRUE },
  { "space", "ada example", TRUE },
  { "utf8", "j\u00f6rg", TRUE },
  { "255", A255, TRUE },
  { "empty", "", FALSE },
  { "256", A255 "a", FALSE },
  { "newline", "ada\r\nA2 LOGOUT", FALSE },
  { "tab", "ada\tb", FALSE },
  { "delete", "ada\177", FALSE },
  { "zero-width", "ada\u200b", FALSE },
  { "bidi", "ada\u202e", FALSE },
  { "not-utf8", "ad\xff", FALSE },
};

static void
test_user (gconstpointer data)
{
  const UserCase *c = data;
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("a.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint, TL_AUTH_PASSWORD, c->username, &error);

  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (settings);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, c->username);
}

static void
test_folder (void)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("a.example", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint, TL_AUTH_PASSWORD, "ada", NULL);
  g_autoptr(TlLaneSettings) shared = tl_lane_settings_with_folder (settings, "S\u00e4lj/A&O");
  g_autoptr(TlLaneSettings) other = tl_lane_settings_with_folder (shared, "sales");
  g_autoptr(TlLaneSettings) again = tl_lane_settings_with_folder (shared, NULL);
  g_autoptr(TlJson) json = tl_lane_settings_to_json (shared);
  g_autoptr(TlLaneSettings) read = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_lane_settings_get_folder (settings));
  g_assert_cmpstr (tl_lane_settings_get_folder (shared), ==, "S\u00e4lj/A&O");
  g_assert_cmpstr (tl_lane_settings_get_username (shared), ==, "ada");
  g_assert_false (tl_lane_settings_equal (settings, shared));
  g_assert_false (tl_lane_settings_equal (shared, other));
  g_assert_true (tl_lane_settings_equal (settings, again));

  read = tl_lane_settings_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (tl_lane_settings_equal (read, shared));
}

static void
test_can_open (gconstpointer data)
{
  const UserCase *c = data;

  g_assert_cmpint (tl_lane_settings_can_open (c->username), ==, c->good);
}

typedef struct
{
  const char *name;
  const char *json;
  gboolean    good;
} JsonCase;

#define WITH(auth, host, port, protocol, security, username)                              \
  "{\"auth\":" auth ",\"host\":" host ",\"port\":" port ",\"protocol\":" protocol         \
  ",\"security\":" security ",\"username\":" username "}"
#define PASSWORD "\"password\""
#define HOST "\"a.example\""
#define IMAP "\"imap\""
#define TLS "\"tls\""
#define ADA "\"ada\""

static const JsonCase json_cases[] = {
  { "imap", WITH (PASSWORD, HOST, "993", IMAP, TLS, ADA), TRUE },
  { "smtp", WITH ("\"app-password\"", HOST, "587", "\"smtp\"", "\"starttls\"", ADA),
    TRUE },
  { "oauth2", WITH ("\"oauth2\"", HOST, "1", "\"smtp\"", TLS, ADA), TRUE },
  { "security-none", WITH (PASSWORD, HOST, "143", IMAP, "\"none\"", ADA),
    TRUE },
  { "ipv6", WITH (PASSWORD, "\"2001:db8::1\"", "65535", IMAP, TLS, ADA), TRUE },
  { "user-with-escape", WITH (PASSWORD, HOST, "993", IMAP, TLS, "\"E\\\\\\\"ada\""), TRUE },

  { "host-case", WITH (PASSWORD, "\"A.example\"", "993", IMAP, TLS, ADA) },
  { "host-dot", WITH (PASSWORD, "\"a.example.\"", "993", IMAP, TLS, ADA) },
  { "host-brackets", WITH (PASSWORD, "\"[2001:db8::1]\"", "993", IMAP, TLS, ADA) },
  { "host-u-label", WITH (PASSWORD, "\"\u00fc.example\"", "993", IMAP, TLS, ADA) },
  { "host-empty", WITH (PASSWORD, "\"\"", "993", IMAP, TLS, ADA) },
  { "host-null", WITH (PASSWORD, "null", "993", IMAP, TLS, ADA) },
  { "port-zero", WITH (PASSWORD, HOST, "0", IMAP, TLS, ADA) },
  { "port-past-max", WITH (PASSWORD, HOST, "65536", IMAP, TLS, ADA) },
  { "port-wraps", WITH (PASSWORD, HOST, "66529", IMAP, TLS, ADA) },
  { "port-string", WITH (PASSWORD, HOST, "\"993\"", IMAP, TLS, ADA) },
  { "protocol-unknown", WITH (PASSWORD, HOST, "993", "\"pop3\"", TLS, ADA) },
  { "security-unknown", WITH (PASSWORD, HOST, "993", IMAP, "\"ssl\"", ADA) },
  { "auth-unknown", WITH ("\"cram\"", HOST, "993", IMAP, TLS, ADA) },
  { "user-empty", WITH (PASSWORD, HOST, "993", IMAP, TLS, "\"\"") },
  { "user-control", WITH (PASSWORD, HOST, "993", IMAP, TLS, "\"a\\nb\"") },
  { "password-member", "{\"auth\":\"password\",\"host\":\"a.example\",\"password\":\"x\","
    "\"port\":993,\"protocol\":\"imap\",\"security\":\"tls\",\"username\":\"ada\"}" },
  { "empty", "{}" },
  { "null", "null" },
  { "list", "[]" },
};

static void
test_json (gconstpointer data)
{
  const JsonCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlJson) json = tl_json_parse (c->json, -1, &error);
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(TlLaneSettings) again = NULL;
  g_autoptr(TlJson) written = NULL;
  g_autofree char *canonical = NULL;

  g_assert_no_error (error);
  settings = tl_lane_settings_from_json (json, &error);
  if (!c->good)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (settings);
      return;
    }

  g_assert_no_error (error);
  written = tl_lane_settings_to_json (settings);
  canonical = tl_json_to_canonical (written);
  g_assert_cmpstr (canonical, ==, c->json);
  again = tl_lane_settings_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_true (tl_lane_settings_equal (settings, again));
}

static TlLaneSettings *
make (const char *url,
      TlAuth      auth,
      const char *username)
{
  TlLaneSettings *settings = tl_lane_settings_new_from_url (url, auth, username, NULL);

  g_assert_nonnull (settings);

  return settings;
}

static void
test_equal (void)
{
  g_autoptr(TlLaneSettings) a = make ("imaps://a.example", TL_AUTH_PASSWORD, "ada");
  g_autoptr(TlLaneSettings) same = make ("imaps://A.example:993", TL_AUTH_PASSWORD, "ada");
  g_autoptr(TlLaneSettings) protocol = make ("smtps://a.example:993", TL_AUTH_PASSWORD, "ada");
  g_autoptr(TlLaneSettings) endpoint = make ("imaps://b.example", TL_AUTH_PASSWORD, "ada");
  g_autoptr(TlLaneSettings) auth = make ("imaps://a.example", TL_AUTH_APP_PASSWORD, "ada");
  g_autoptr(TlLaneSettings) username = make ("imaps://a.example", TL_AUTH_PASSWORD, "Ada");

  g_assert_true (tl_lane_settings_equal (a, same));
  g_assert_false (tl_lane_settings_equal (a, protocol));
  g_assert_false (tl_lane_settings_equal (a, endpoint));
  g_assert_false (tl_lane_settings_equal (a, auth));
  g_assert_false (tl_lane_settings_equal (a, username));
}

static void
test_for_lane (void)
{
  g_assert_cmpint (tl_protocol_for_lane (TL_LANE_INCOMING), ==, TL_PROTOCOL_IMAP);
  g_assert_cmpint (tl_protocol_for_lane (TL_LANE_OUTGOING), ==, TL_PROTOCOL_SMTP);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (user_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-settings/user/", user_cases[i].name, NULL);

      g_autofree char *folder_path = g_strconcat ("/lane-settings/can-open/", user_cases[i].name, NULL);

      g_test_add_data_func (folder_path, &user_cases[i], test_can_open);
      g_test_add_data_func (path, &user_cases[i], test_user);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (json_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-settings/json/", json_cases[i].name, NULL);

      g_test_add_data_func (path, &json_cases[i], test_json);
    }

  g_test_add_func ("/lane-settings/equal", test_equal);
  g_test_add_func ("/lane-settings/for-lane", test_for_lane);
  g_test_add_func ("/lane-settings/folder", test_folder);

  return g_test_run ();
}
