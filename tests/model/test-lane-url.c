/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-settings.h"

#include <string.h>

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *url;
  TlProtocol  protocol;
  TlSecurity  security;
  const char *host; /* NULL: refused */
  guint16     port;
} UrlCase;

static const UrlCase url_cases[] = {
  { "imap", "imap://mail.example.org", TL_PROTOCOL_IMAP, TL_SECURITY_STARTTLS,
    "mail.example.org", 143 },
  { "imaps", "imaps://mail.example.org", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "mail.example.org", 993 },
  { "smtp", "smtp://mail.example.org", TL_PROTOCOL_SMTP, TL_SECURITY_STARTTLS,
    "mail.example.org", 587 },
  { "smtps", "smtps://mail.example.org", TL_PROTOCOL_SMTP, TL_SECURITY_TLS,
    "mail.example.org", 465 },
  { "port", "smtp://mail.example.org:2525", TL_PROTOCOL_SMTP, TL_SECURITY_STARTTLS,
    "mail.example.org", 2525 },
  { "port-one", "imaps://mail.example.org:1", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "mail.example.org", 1 },
  { "port-max", "imaps://mail.example.org:65535", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "mail.example.org", 65535 },
  { "case", "IMAPS://Mail.Example.ORG", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "mail.example.org", 993 },
  { "trailing-dot", "imaps://mail.example.org.:993", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "mail.example.org", 993 },
  { "ipv4", "imaps://192.0.2.1", TL_PROTOCOL_IMAP, TL_SECURITY_TLS, "192.0.2.1", 993 },
  { "ipv6", "imaps://[2001:db8::1]", TL_PROTOCOL_IMAP, TL_SECURITY_TLS, "2001:db8::1", 993 },
  { "ipv6-port", "imap://[2001:DB8::1]:1143", TL_PROTOCOL_IMAP, TL_SECURITY_STARTTLS,
    "2001:db8::1", 1143 },
  { "u-label", "imaps://b\u00fccher.example", TL_PROTOCOL_IMAP, TL_SECURITY_TLS,
    "xn--bcher-kva.example", 993 },

  { "empty", "" },
  { "host-only", "mail.example.org" },
  { "host-and-port", "mail.example.org:993" },
  { "scheme-only", "imaps" },
  { "scheme-colon", "imaps:mail.example.org" },
  { "one-slash", "imaps:/mail.example.org" },
  { "no-scheme", "://mail.example.org" },
  { "pop3", "pop3s://mail.example.org" },
  { "https", "https://mail.example.org" },
  { "scheme-space", " imaps://mail.example.org" },
  { "no-host", "imaps://" },
  { "no-host-port", "imaps://:993" },
  { "user", "imaps://ada@mail.example.org" },
  { "user-password", "imaps://ada:hunter2@mail.example.org" },
  { "password-alone", "imaps://hunter2@mail.example.org" },
  { "path", "imaps://mail.example.org/INBOX" },
  { "slash", "imaps://mail.example.org/" },
  { "query", "imaps://mail.example.org?tls=no" },
  { "fragment", "imaps://mail.example.org#x" },
  { "port-empty", "imaps://mail.example.org:" },
  { "port-zero", "imaps://mail.example.org:0" },
  { "port-past-max", "imaps://mail.example.org:65536" },
  { "port-long", "imaps://mail.example.org:000993" },
  { "port-overflow", "imaps://mail.example.org:4294968289" },
  { "port-sign", "imaps://mail.example.org:+993" },
  { "port-minus", "imaps://mail.example.org:-1" },
  { "port-space", "imaps://mail.example.org: 993" },
  { "port-name", "imaps://mail.example.org:imaps" },
  { "port-hexadecimal", "imaps://mail.example.org:0x3e1" },
  { "port-twice", "imaps://mail.example.org:993:993" },
  { "ipv6-bare", "imaps://2001:db8::1" },
  { "ipv6-open", "imaps://[2001:db8::1" },
  { "ipv6-after", "imaps://[2001:db8::1]993" },
  { "ipv6-scope", "imaps://[fe80::1%25eth0]" },
  { "ipv6-name", "imaps://[mail.example.org]" },
  { "percent", "imaps://mail%2eexample.org" },
  { "underscore", "imaps://_mail.example.org" },
  { "control", "imaps://mail\n.example.org" },
  { "not-utf8", "imaps://m\xff.example" },
  { "cut-utf8", "imaps://mail\xc3" },
};

static void
test_url (gconstpointer data)
{
  const UrlCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings =
    tl_lane_settings_new_from_url (c->url, TL_AUTH_APP_PASSWORD, "ada", &error);
  TlEndpoint *endpoint;

  if (c->host == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (settings);
      g_assert_null (strstr (error->message, "hunter2"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return;
    }

  g_assert_no_error (error);
  endpoint = tl_lane_settings_get_endpoint (settings);
  g_assert_cmpint (tl_lane_settings_get_protocol (settings), ==, c->protocol);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, c->security);
  g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, c->host);
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, c->port);
  g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, TL_AUTH_APP_PASSWORD);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, "ada");
}

static void
test_to_url (void)
{
  static const struct { const char *typed; const char *url; } cases[] = {
    { "imap://mail.example.org",     "imap://mail.example.org:143" },
    { "IMAPS://Mail.Example.ORG",    "imaps://mail.example.org:993" },
    { "smtp://mail.example.org",     "smtp://mail.example.org:587" },
    { "smtps://mail.example.org",    "smtps://mail.example.org:465" },
    { "smtp://mail.example.org:25",  "smtp://mail.example.org:25" },
    { "smtps://192.0.2.1:2465",      "smtps://192.0.2.1:2465" },
    { "imaps://[2001:DB8::1]",       "imaps://[2001:db8::1]:993" },
  };

  g_test_summary ("What is written is what is read");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url (cases[i].typed, TL_AUTH_PASSWORD, "ada", NULL);
      g_autofree char *url = tl_lane_settings_to_url (settings);
      g_autoptr(TlLaneSettings) again =
        tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, "ada", NULL);

      g_assert_cmpstr (url, ==, cases[i].url);
      g_assert_true (tl_lane_settings_equal (again, settings));
    }
}

static void
test_in_the_clear (void)
{
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 143, TL_SECURITY_NONE,
                                                    NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (TL_PROTOCOL_IMAP, endpoint,
                                                             TL_AUTH_PASSWORD, "ada", NULL);

  g_assert_null (tl_lane_settings_to_url (settings));
}

static void
test_bad_user (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_lane_settings_new_from_url ("imaps://mail.example.org", TL_AUTH_PASSWORD, "",
                                                &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (url_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-url/", url_cases[i].name, NULL);

      g_test_add_data_func (path, &url_cases[i], test_url);
    }

  g_test_add_func ("/lane-url/bad-user", test_bad_user);
  g_test_add_func ("/lane-url/to-url", test_to_url);
  g_test_add_func ("/lane-url/to-url/in-the-clear", test_in_the_clear);

  return g_test_run ();
}
