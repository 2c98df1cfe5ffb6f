/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-autoconfig.h"
#include "tl-error.h"

#define OPEN  "<clientConfig version=\"1.1\"><emailProvider id=\"x\"><domain>example.org</domain>"
#define CLOSE "</emailProvider></clientConfig>"
#define IMAP(inner) "<incomingServer type=\"imap\">" inner "</incomingServer>"
#define SMTP(inner) "<outgoingServer type=\"smtp\">" inner "</outgoingServer>"
#define HOST(name) "<hostname>" name "</hostname>"
#define PORT(number) "<port>" number "</port>"
#define SSL "<socketType>SSL</socketType>"
#define STARTTLS "<socketType>STARTTLS</socketType>"
#define AUTH(name) "<authentication>" name "</authentication>"
#define USER(name) "<username>" name "</username>"
#define GOOD HOST ("imap.example.org") PORT ("993") SSL AUTH ("password-cleartext")

#define BROKEN (-1) /* the document is one, and damaged */
#define ALIEN  (-2) /* the document is something else */

typedef struct
{
  const char *name;
  const char *document;
  int         n_incoming; /* or BROKEN or ALIEN */
  guint       n_outgoing;
  guint       n_plain;
  guint       n_broken;
  gboolean    has_pop3;
} DocumentCase;

static const DocumentCase document_cases[] = {
  { "both", OPEN IMAP (GOOD) SMTP (HOST ("smtp.example.org") PORT ("587") STARTTLS) CLOSE, 1, 1 },
  { "several", OPEN IMAP (GOOD) IMAP (HOST ("imap.example.org") PORT ("143") STARTTLS) CLOSE, 2 },
  { "twice-the-same", OPEN IMAP (GOOD) IMAP (GOOD) CLOSE, 1 },
  { "prolog",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- made by hand -->" OPEN IMAP (GOOD) CLOSE, 1 },
  { "byte-order-mark", "\xef\xbb\xbf" OPEN IMAP (GOOD) CLOSE, 1 },
  { "cdata", OPEN IMAP ("<hostname><![CDATA[imap.example.org]]></hostname>" PORT ("993") SSL) CLOSE,
    1 },
  { "spaces", OPEN IMAP (HOST ("\n  imap.example.org\n") PORT (" 993 ") SSL) CLOSE, 1 },
  { "unknown-elements", OPEN "<displayName>X</displayName><webMail><loginPage url=\"u\"/></webMail>"
      IMAP (GOOD "<pop3><downloadOnBiff>true</downloadOnBiff></pop3>") CLOSE, 1 },
  { "version-9",
    "<clientConfig version=\"9\"><emailProvider><domain>example.org</domain>" IMAP (GOOD) CLOSE,
    1 },
  { "domain-placeholder",
    "<clientConfig><emailProvider><domain>%EMAILDOMAIN%</domain>" IMAP (GOOD) CLOSE, 1 },
  { "second-domain",
    "<clientConfig><emailProvider><domain>a.test</domain><domain>EXAMPLE.org</domain>"
      IMAP (GOOD) CLOSE, 1 },
  { "second-provider", "<clientConfig><emailProvider><domain>a.test</domain>"
      IMAP (HOST ("imap.a.test") PORT ("993") SSL) "</emailProvider>"
      "<emailProvider><domain>example.org</domain>" IMAP (GOOD) CLOSE, 1 },
  { "no-servers", OPEN CLOSE, 0 },

  { "pop3-only", OPEN "<incomingServer type=\"pop3\">" HOST ("pop.example.org") PORT ("995") SSL
      "</incomingServer>" CLOSE, 0, .has_pop3 = TRUE },
  { "pop3-first", OPEN "<incomingServer type=\"pop3\">" HOST ("pop.example.org") PORT ("995") SSL
      "</incomingServer>" IMAP (GOOD) CLOSE, 1, .has_pop3 = TRUE },
  { "other-kind", OPEN "<incomingServer type=\"jmap\"><url>https://x</url></incomingServer>" CLOSE,
    0 },
  { "no-kind", OPEN "<incomingServer>" GOOD "</incomingServer>" CLOSE, 0 },

  { "plain",
    OPEN IMAP (HOST ("imap.example.org") PORT ("143") "<socketType>plain</socketType>") CLOSE,
    0, .n_plain = 1 },
  { "plain-and-good",
    OPEN IMAP (HOST ("imap.example.org") PORT ("143") "<socketType>plain</socketType>")
      IMAP (GOOD) CLOSE, 1, .n_plain = 1 },
  { "socket-unknown",
    OPEN IMAP (HOST ("imap.example.org") PORT ("993") "<socketType>QUIC</socketType>") CLOSE,
    0, .n_broken = 1 },
  { "socket-missing", OPEN IMAP (HOST ("imap.example.org") PORT ("993")) CLOSE, 0, .n_broken = 1 },

  { "port-missing", OPEN IMAP (HOST ("imap.example.org") SSL) CLOSE, 0, .n_broken = 1 },
  { "port-0", OPEN IMAP (HOST ("imap.example.org") PORT ("0") SSL) CLOSE, 0, .n_broken = 1 },
  { "port-70000", OPEN IMAP (HOST ("imap.example.org") PORT ("70000") SSL) CLOSE, 0,
    .n_broken = 1 },
  { "port-negative", OPEN IMAP (HOST ("imap.example.org") PORT ("-993") SSL) CLOSE, 0,
    .n_broken = 1 },
  { "port-words", OPEN IMAP (HOST ("imap.example.org") PORT ("993x") SSL) CLOSE, 0, .n_broken = 1 },
  { "port-twice", OPEN IMAP (HOST ("imap.example.org") PORT ("993") PORT ("22") SSL) CLOSE, 0,
    .n_broken = 1 },

  { "host-missing", OPEN IMAP (PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-empty", OPEN IMAP (HOST ("") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-space", OPEN IMAP (HOST ("imap example.org") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-line-end", OPEN IMAP (HOST ("imap.example.org&#13;&#10;EHLO") PORT ("993") SSL) CLOSE, 0,
    .n_broken = 1 },
  { "host-at", OPEN IMAP (HOST ("me@imap.example.org") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-path", OPEN IMAP (HOST ("imap.example.org/x") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-address", OPEN IMAP (HOST ("10.0.0.1") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-bare", OPEN IMAP (HOST ("localhost") PORT ("993") SSL) CLOSE, 0, .n_broken = 1 },
  { "host-half-placeholder", OPEN IMAP (HOST ("%EMAILDOMAIN") PORT ("993") SSL) CLOSE, 0,
    .n_broken = 1 },
  { "user-line-end", OPEN IMAP (GOOD USER ("a&#10;b")) CLOSE, 0, .n_broken = 1 },
  { "user-empty", OPEN IMAP (GOOD USER ("")) CLOSE, 0, .n_broken = 1 },
  { "broken-keeps-others", OPEN IMAP (HOST ("imap.example.org") PORT ("x") SSL) IMAP (GOOD) CLOSE,
    1, .n_broken = 1 },
  { "auth-none-usable",
    OPEN IMAP (HOST ("imap.example.org") PORT ("993") SSL AUTH ("GSSAPI")) CLOSE,
    0, .n_broken = 1 },

  { "other-domain", "<clientConfig><emailProvider><domain>other.org</domain>" IMAP (GOOD) CLOSE,
    BROKEN },
  { "parent-domain", "<clientConfig><emailProvider><domain>org</domain>" IMAP (GOOD) CLOSE,
    BROKEN },
  { "no-domain", "<clientConfig><emailProvider>" IMAP (GOOD) CLOSE, BROKEN },
  { "not-closed", OPEN IMAP (GOOD), BROKEN },
  { "not-matching", OPEN "</clientConfig></emailProvider>", BROKEN },
  { "behind-the-end", OPEN CLOSE "<more/>", BROKEN },
  { "xxe",
    "<?xml version=\"1.0\"?><!DOCTYPE clientConfig [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
      OPEN IMAP (HOST ("&x;") PORT ("993") SSL) CLOSE, BROKEN },
  { "xxe-without-doctype", OPEN IMAP (HOST ("&x;") PORT ("993") SSL) CLOSE, BROKEN },
  { "laughs", "<!DOCTYPE clientConfig [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;\">]>" OPEN "&c;" CLOSE, BROKEN },
  { "doctype-alone", "<!DOCTYPE clientConfig>" OPEN IMAP (GOOD) CLOSE, BROKEN },
  { "latin-1", OPEN "<displayName>caf\xe9</displayName>" CLOSE, ALIEN },
  { "web-page", "<!DOCTYPE html><html><head><title>Shop</title></head></html>", ALIEN },
  { "web-page-upper", "<!doctype HTML><html></html>", ALIEN },
  { "other-root", "<autodiscover/>", ALIEN },
  { "json", "{\"protocols\":{}}", ALIEN },
  { "empty", "", ALIEN },
};

static TlAddress *
address_new (void)
{
  g_autoptr(GError) error = NULL;
  TlAddress *address = tl_address_parse ("ada@example.org", &error);

  g_assert_no_error (error);

  return address;
}

static void
check_refused (const char *document,
               gsize       len,
               TlError     code)
{
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAutoconfig) parsed = tl_autoconfig_parse (document, len, address, &error);

  g_assert_error (error, TL_ERROR, (int) code);
  g_assert_null (parsed);
}

static void
test_document (gconstpointer data)
{
  const DocumentCase *c = data;
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(TlAutoconfig) document = NULL;
  g_autoptr(GError) error = NULL;

  if (c->n_incoming < 0)
    {
      check_refused (c->document, strlen (c->document),
                     c->n_incoming == BROKEN ? TL_ERROR_PROTOCOL : TL_ERROR_NOT_FOUND);
      return;
    }

  document = tl_autoconfig_parse (c->document, strlen (c->document), address, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_autoconfig_get_n (document, TL_LANE_INCOMING), ==, (guint) c->n_incoming);
  g_assert_cmpuint (tl_autoconfig_get_n (document, TL_LANE_OUTGOING), ==, c->n_outgoing);
  g_assert_cmpuint (tl_autoconfig_get_n_plain (document), ==, c->n_plain);
  g_assert_cmpuint (tl_autoconfig_get_n_broken (document), ==, c->n_broken);
  g_assert_cmpint (tl_autoconfig_has_pop3 (document), ==, c->has_pop3);
}

typedef struct
{
  const char *name;
  const char *server;
  const char *host;
  guint16     port;
  TlSecurity  security;
  TlAuth      auth;
  const char *username;
} ServerCase;

static const ServerCase server_cases[] = {
  { "plain", GOOD, "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "user-address", GOOD USER ("%EMAILADDRESS%"), "imap.example.org", 993, TL_SECURITY_TLS,
    TL_AUTH_PASSWORD, "ada@example.org" },
  { "user-local-part", GOOD USER ("%EMAILLOCALPART%"), "imap.example.org", 993, TL_SECURITY_TLS,
    TL_AUTH_PASSWORD, "ada" },
  { "user-combined", GOOD USER ("%EMAILLOCALPART%.%EMAILDOMAIN%"), "imap.example.org", 993,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada.example.org" },
  { "host-combined", HOST ("imap.%EMAILDOMAIN%") PORT ("143") STARTTLS, "imap.example.org", 143,
    TL_SECURITY_STARTTLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "host-case", HOST ("IMAP.Example.ORG.") PORT ("993") SSL, "imap.example.org", 993,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "socket-case", HOST ("imap.example.org") PORT ("993") "<socketType>ssl</socketType>",
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "auth-oauth2-only", HOST ("imap.example.org") PORT ("993") SSL AUTH ("OAuth2"),
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_OAUTH2, "ada@example.org" },
  { "auth-oauth2-first",
    HOST ("imap.example.org") PORT ("993") SSL AUTH ("OAuth2") AUTH ("password-cleartext"),
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "auth-encrypted",
    HOST ("imap.example.org") PORT ("993") SSL AUTH ("NTLM") AUTH ("password-encrypted"),
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "port-first", HOST ("imap.example.org") PORT ("1") SSL, "imap.example.org", 1, TL_SECURITY_TLS,
    TL_AUTH_PASSWORD, "ada@example.org" },
  { "port-last", HOST ("imap.example.org") PORT ("65535") SSL, "imap.example.org", 65535,
    TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
};

static void
test_server (gconstpointer data)
{
  const ServerCase *c = data;
  g_autofree char *text = g_strconcat (OPEN "<incomingServer type=\"imap\">", c->server,
                                       "</incomingServer>" CLOSE, NULL);
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAutoconfig) document = tl_autoconfig_parse (text, strlen (text), address, &error);
  TlLaneSettings *settings;
  TlEndpoint *endpoint;

  g_assert_no_error (error);
  g_assert_cmpuint (tl_autoconfig_get_n (document, TL_LANE_INCOMING), ==, 1);
  settings = tl_autoconfig_get (document, TL_LANE_INCOMING, 0);
  endpoint = tl_lane_settings_get_endpoint (settings);
  g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, c->host);
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, c->port);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, c->security);
  g_assert_cmpint (tl_lane_settings_get_protocol (settings), ==, TL_PROTOCOL_IMAP);
  g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, c->auth);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, c->username);
}

static void
test_no_second_pass (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("%EMAILDOMAIN%@example.org", NULL);
  const char *text = OPEN IMAP (GOOD USER ("%EMAILLOCALPART%")) CLOSE;
  g_autoptr(TlAutoconfig) document = tl_autoconfig_parse (text, strlen (text), address, NULL);

  g_test_summary ("What a placeholder stands for is not looked at again");

  g_assert_cmpstr (tl_lane_settings_get_username (tl_autoconfig_get (document, TL_LANE_INCOMING,
                                                                     0)),
                   ==, "%EMAILDOMAIN%");
}

static void
test_international (void)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@b\303\274cher.example", NULL);
  const char *text = "<clientConfig><emailProvider><domain>b\303\274cher.example</domain>"
                     IMAP (HOST ("imap.%EMAILDOMAIN%") PORT ("993") SSL) CLOSE;
  g_autoptr(TlAutoconfig) document = tl_autoconfig_parse (text, strlen (text), address, NULL);

  g_assert_nonnull (document);
  g_assert_cmpstr (tl_endpoint_get_host (tl_lane_settings_get_endpoint (
                     tl_autoconfig_get (document, TL_LANE_INCOMING, 0))),
                   ==, "imap.xn--bcher-kva.example");
}

static char *
repeat (const char *before,
        const char *what,
        guint       n,
        const char *after)
{
  GString *out = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append (out, what);
  g_string_append (out, after);

  return g_string_free (out, FALSE);
}

static void
test_many_servers (void)
{
  GString *text = g_string_new (OPEN);
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(TlAutoconfig) document = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, IMAP (HOST ("imap%u.example.org") PORT ("993") SSL), i);
  g_string_append (text, CLOSE);

  document = tl_autoconfig_parse (text->str, text->len, address, NULL);
  g_assert_nonnull (document);
  g_assert_cmpuint (tl_autoconfig_get_n (document, TL_LANE_INCOMING), ==,
                    TL_AUTOCONFIG_MAX_SERVERS);
  g_assert_cmpstr (tl_endpoint_get_host (tl_lane_settings_get_endpoint (
                     tl_autoconfig_get (document, TL_LANE_INCOMING, 0))), ==, "imap0.example.org");
  g_string_free (text, TRUE);
}

static void
test_many_elements (void)
{
  g_autofree char *text = repeat (OPEN, "<a/>", TL_AUTOCONFIG_MAX_ELEMENTS, CLOSE);

  check_refused (text, strlen (text), TL_ERROR_PROTOCOL);
}

static void
test_depth (void)
{
  g_autoptr(TlAddress) address = address_new ();
  g_autofree char *deep = repeat (OPEN, "<a>", 100000 / 3, "");
  g_autofree char *open = repeat (OPEN, "<a>", TL_AUTOCONFIG_MAX_DEPTH - 2, "");
  g_autofree char *just = repeat (open, "</a>", TL_AUTOCONFIG_MAX_DEPTH - 2, CLOSE);
  g_autoptr(TlAutoconfig) document = NULL;

  check_refused (deep, strlen (deep), TL_ERROR_PROTOCOL);

  document = tl_autoconfig_parse (just, strlen (just), address, NULL);
  g_assert_nonnull (document);
}

static void
test_size (void)
{
  g_autofree char *text = repeat (OPEN "<!-- ", "0123456789abcdef", 5 * 65536, " -->" CLOSE);

  check_refused (text, strlen (text), TL_ERROR_NOT_FOUND);
}

static void
test_utf16 (void)
{
  const char *text = OPEN IMAP (GOOD) CLOSE;
  gsize len = 0;
  g_autofree char *wide = g_convert (text, -1, "UTF-16", "UTF-8", NULL, &len, NULL);

  check_refused (wide, len, TL_ERROR_NOT_FOUND);
}

static void
test_long_text (void)
{
  g_autofree char *text = repeat (OPEN "<incomingServer type=\"imap\"><hostname>", "a.", 400,
                                  "example.org</hostname>" PORT ("993") SSL
                                  "</incomingServer>" CLOSE);
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(TlAutoconfig) document = tl_autoconfig_parse (text, strlen (text), address, NULL);

  g_assert_cmpuint (tl_autoconfig_get_n (document, TL_LANE_INCOMING), ==, 0);
  g_assert_cmpuint (tl_autoconfig_get_n_broken (document), ==, 1);
}

/* Every prefix of a good document is either refused or empty, and none of them
 * reads beyond its end. */
static void
test_cut (void)
{
  const char *text = OPEN IMAP (GOOD) CLOSE;
  g_autoptr(TlAddress) address = address_new ();

  for (gsize len = 0; len < strlen (text); len++)
    {
      g_autofree char *cut = g_memdup2 (text, MAX (len, 1));
      g_autoptr(TlAutoconfig) document = tl_autoconfig_parse (cut, len, address, NULL);

      g_assert_null (document);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (document_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/autoconfig/document/", document_cases[i].name, NULL);

      g_test_add_data_func (path, &document_cases[i], test_document);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (server_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/autoconfig/server/", server_cases[i].name, NULL);

      g_test_add_data_func (path, &server_cases[i], test_server);
    }
  g_test_add_func ("/autoconfig/no-second-pass", test_no_second_pass);
  g_test_add_func ("/autoconfig/international", test_international);
  g_test_add_func ("/autoconfig/many-servers", test_many_servers);
  g_test_add_func ("/autoconfig/many-elements", test_many_elements);
  g_test_add_func ("/autoconfig/depth", test_depth);
  g_test_add_func ("/autoconfig/size", test_size);
  g_test_add_func ("/autoconfig/utf-16", test_utf16);
  g_test_add_func ("/autoconfig/long-text", test_long_text);
  g_test_add_func ("/autoconfig/cut", test_cut);

  return g_test_run ();
}
