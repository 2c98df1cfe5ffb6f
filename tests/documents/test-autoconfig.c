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
  const char *rejections; /* reasons in order, by spaces */
} DocumentCase;

/* Fault C08, and of C05, C06 and C10 what is not in test-xml.c. */
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
      "</incomingServer>" CLOSE, 0, .rejections = "pop3" },
  { "pop3-first", OPEN "<incomingServer type=\"pop3\">" HOST ("pop.example.org") PORT ("995") SSL
      "</incomingServer>" IMAP (GOOD) CLOSE, 1, .rejections = "pop3" },
  { "lmtp", OPEN "<outgoingServer type=\"lmtp\">" GOOD "</outgoingServer>" CLOSE, 0 },
  { "exchange-kinds", OPEN "<incomingServer type=\"exchange\">" GOOD "</incomingServer>"
      "<incomingServer type=\"ews\">" GOOD "</incomingServer><incomingServer type=\"activeSync\">"
      "<url>https://x</url></incomingServer><incomingServer type=\"graph\"/>" CLOSE, 0 },
  { "prefixes", "<c:clientConfig xmlns:c=\"x\"><c:emailProvider><c:domain>example.org</c:domain>"
      "<c:incomingServer c:type=\"imap\">" GOOD "</c:incomingServer></c:emailProvider>"
      "</c:clientConfig>", 1 },
  { "leaf-with-children", OPEN IMAP ("<hostname>imap.<b/>example.org</hostname>" PORT ("993") SSL)
      CLOSE, 0, .rejections = "bad-host" },
  { "several-reasons", OPEN IMAP (HOST ("10.0.0.1") PORT ("993") SSL)
      IMAP (HOST ("imap.example.org") PORT ("143") "<socketType>plain</socketType>")
      SMTP (HOST ("smtp.example.org") PORT ("465")) CLOSE,
    0, .rejections = "bad-host plaintext bad-security" },
  { "auth-client-address", OPEN SMTP (HOST ("smtp.example.org") PORT ("465") SSL
                                      AUTH ("client-IP-address")) CLOSE,
    0, .rejections = "no-sign-in" },
  { "domain-of-exchanger",
    "<clientConfig><emailProvider><domain>mailhost.example</domain>" IMAP (GOOD) CLOSE, 1 },
  { "other-kind", OPEN "<incomingServer type=\"jmap\"><url>https://x</url></incomingServer>" CLOSE,
    0 },
  { "no-kind", OPEN "<incomingServer>" GOOD "</incomingServer>" CLOSE, 0 },

  { "plain",
    OPEN IMAP (HOST ("imap.example.org") PORT ("143") "<socketType>plain</socketType>") CLOSE,
    0, .rejections = "plaintext" },
  { "plain-and-good",
    OPEN IMAP (HOST ("imap.example.org") PORT ("143") "<socketType>plain</socketType>")
      IMAP (GOOD) CLOSE, 1, .rejections = "plaintext" },
  { "socket-unknown",
    OPEN IMAP (HOST ("imap.example.org") PORT ("993") "<socketType>QUIC</socketType>") CLOSE,
    0, .rejections = "bad-security" },
  { "socket-missing", OPEN IMAP (HOST ("imap.example.org") PORT ("993")) CLOSE, 0,
    .rejections = "bad-security" },

  { "port-missing", OPEN IMAP (HOST ("imap.example.org") SSL) CLOSE, 0, .rejections = "bad-port" },
  { "port-0", OPEN IMAP (HOST ("imap.example.org") PORT ("0") SSL) CLOSE, 0,
    .rejections = "bad-port" },
  { "port-70000", OPEN IMAP (HOST ("imap.example.org") PORT ("70000") SSL) CLOSE, 0,
    .rejections = "bad-port" },
  { "port-negative", OPEN IMAP (HOST ("imap.example.org") PORT ("-993") SSL) CLOSE, 0,
    .rejections = "bad-port" },
  { "port-words", OPEN IMAP (HOST ("imap.example.org") PORT ("993x") SSL) CLOSE, 0,
    .rejections = "bad-port" },
  { "port-twice", OPEN IMAP (HOST ("imap.example.org") PORT ("993") PORT ("22") SSL) CLOSE, 0,
    .rejections = "bad-port" },

  { "host-missing", OPEN IMAP (PORT ("993") SSL) CLOSE, 0, .rejections = "bad-host" },
  { "host-empty", OPEN IMAP (HOST ("") PORT ("993") SSL) CLOSE, 0, .rejections = "bad-host" },
  { "host-space", OPEN IMAP (HOST ("imap example.org") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-line-end", OPEN IMAP (HOST ("imap.example.org&#13;&#10;EHLO") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-at", OPEN IMAP (HOST ("me@imap.example.org") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-path", OPEN IMAP (HOST ("imap.example.org/x") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-address", OPEN IMAP (HOST ("10.0.0.1") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-bare", OPEN IMAP (HOST ("localhost") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  /* C14: a name that is looked up tells everybody on the way */
  { "host-local-part", OPEN IMAP (HOST ("%EMAILLOCALPART%.%EMAILDOMAIN%") PORT ("993") SSL) CLOSE,
    0, .rejections = "bad-host" },
  { "host-address-in-it", OPEN SMTP (HOST ("x%EMAILADDRESS%") PORT ("465") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "host-half-placeholder", OPEN IMAP (HOST ("%EMAILDOMAIN") PORT ("993") SSL) CLOSE, 0,
    .rejections = "bad-host" },
  { "user-line-end", OPEN IMAP (GOOD USER ("a&#10;b")) CLOSE, 0, .rejections = "bad-user" },
  { "user-empty", OPEN IMAP (GOOD USER ("")) CLOSE, 0, .rejections = "bad-user" },
  { "broken-keeps-others", OPEN IMAP (HOST ("imap.example.org") PORT ("x") SSL) IMAP (GOOD) CLOSE,
    1, .rejections = "bad-port" },
  { "auth-none-usable",
    OPEN IMAP (HOST ("imap.example.org") PORT ("993") SSL AUTH ("GSSAPI")) CLOSE,
    0, .rejections = "no-sign-in" },

  { "other-domain", "<clientConfig><emailProvider><domain>other.org</domain>" IMAP (GOOD) CLOSE,
    BROKEN },
  { "parent-domain", "<clientConfig><emailProvider><domain>org</domain>" IMAP (GOOD) CLOSE,
    BROKEN },
  { "no-domain", "<clientConfig><emailProvider>" IMAP (GOOD) CLOSE, BROKEN },
  { "not-closed", OPEN IMAP (GOOD), BROKEN },
  { "not-matching", OPEN "</clientConfig></emailProvider>", BROKEN },
  { "behind-the-end", OPEN CLOSE "<more/>", BROKEN },
  { "behind-the-end-again", OPEN CLOSE OPEN IMAP (GOOD) CLOSE, BROKEN },
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

static TlDocument *
parse (const char  *text,
       const char  *address_text,
       GError     **error)
{
  g_autoptr(TlAddress) address = tl_address_parse (address_text, NULL);

  return tl_autoconfig_parse (text, strlen (text), address, "mailhost.example",
                              TL_SOURCE_AUTOCONFIG, error);
}

static void
check_refused (const char *document,
               gsize       len,
               TlError     code)
{
  g_autoptr(TlAddress) address = address_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) parsed = tl_autoconfig_parse (document, len, address, "example.org",
                                                      TL_SOURCE_AUTOCONFIG, &error);

  g_assert_error (error, TL_ERROR, (int) code);
  g_assert_null (parsed);
}

static char *
list_reasons (TlDocument *document)
{
  GPtrArray *rejections = tl_document_get_rejections (document);
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejectionReason reason = tl_rejection_get_reason (rejections->pdata[i]);

      g_assert_cmpstr (tl_rejection_get_source (rejections->pdata[i]), ==, TL_SOURCE_AUTOCONFIG);
      g_string_append_printf (out, "%s%s", i > 0 ? " " : "",
                              g_enum_get_value (klass, (int) reason)->value_nick);
    }

  return g_string_free (out, FALSE);
}

static void
test_document (gconstpointer data)
{
  const DocumentCase *c = data;
  g_autoptr(TlDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *reasons = NULL;

  if (c->n_incoming < 0)
    {
      check_refused (c->document, strlen (c->document),
                     c->n_incoming == BROKEN ? TL_ERROR_PROTOCOL : TL_ERROR_NOT_FOUND);
      return;
    }

  document = parse (c->document, "ada@example.org", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_INCOMING), ==, (guint) c->n_incoming);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_OUTGOING), ==, c->n_outgoing);
  reasons = list_reasons (document);
  g_assert_cmpstr (reasons, ==, c->rejections != NULL ? c->rejections : "");
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
  { "auth-xoauth2", HOST ("imap.example.org") PORT ("993") SSL
      "<authentication system=\"sasl\">XOAUTH2</authentication>",
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_OAUTH2, "ada@example.org" },
  { "auth-sasl-list", HOST ("imap.example.org") PORT ("993") SSL
      "<authentication system=\"sasl\">GSSAPI</authentication>"
      "<authentication system=\"sasl\">OAUTHBEARER</authentication>"
      "<authentication system=\"sasl\">SCRAM-SHA-256</authentication>",
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "auth-old-words", HOST ("imap.example.org") PORT ("993") SSL AUTH ("plain") AUTH ("secure"),
    "imap.example.org", 993, TL_SECURITY_TLS, TL_AUTH_PASSWORD, "ada@example.org" },
  { "user-entity", GOOD USER ("a&amp;&#100;a"), "imap.example.org", 993, TL_SECURITY_TLS,
    TL_AUTH_PASSWORD, "a&da" },
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
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) document = parse (text, "ada@example.org", &error);
  TlLaneSettings *settings;
  TlEndpoint *endpoint;

  g_assert_no_error (error);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_INCOMING), ==, 1);
  settings = tl_document_get (document, TL_LANE_INCOMING, 0);
  endpoint = tl_lane_settings_get_endpoint (settings);
  g_assert_cmpstr (tl_endpoint_get_host (endpoint), ==, c->host);
  g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, c->port);
  g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, c->security);
  g_assert_cmpint (tl_lane_settings_get_protocol (settings), ==, TL_PROTOCOL_IMAP);
  g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, c->auth);
  g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, c->username);
}

/* Every word for a way to sign in, in each of which is one of ours. */
static const struct
{
  const char *word;
  TlAuth      auth;
} words[] = {
  { "password-cleartext", TL_AUTH_PASSWORD },
  { "plain",              TL_AUTH_PASSWORD },
  { "password-encrypted", TL_AUTH_PASSWORD },
  { "secure",             TL_AUTH_PASSWORD },
  { "LOGIN",              TL_AUTH_PASSWORD },
  { "CRAM-MD5",           TL_AUTH_PASSWORD },
  { "SCRAM-SHA-1",        TL_AUTH_PASSWORD },
  { "SCRAM-SHA-1-PLUS",   TL_AUTH_PASSWORD },
  { "SCRAM-SHA-256",      TL_AUTH_PASSWORD },
  { "SCRAM-SHA-256-PLUS", TL_AUTH_PASSWORD },
  { "OAuth2",             TL_AUTH_OAUTH2 },
  { "XOAUTH2",            TL_AUTH_OAUTH2 },
  { "OAUTHBEARER",        TL_AUTH_OAUTH2 },
};

static void
test_word (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *server = g_strdup_printf (HOST ("imap.example.org") PORT ("993") SSL AUTH ("%s"),
                                             words[i].word);
  const ServerCase c = { words[i].word, server, "imap.example.org", 993, TL_SECURITY_TLS,
                         words[i].auth, "ada@example.org" };

  test_server (&c);
}

#define MANY "<enable/><enable visiturl=\"https://a.example\"/>"

typedef struct
{
  const char *name;
  const char *hints;
  gboolean    is_beside; /* emailProvider, not in it */
  guint       n;
  TlHintKind  kind;      /* of the first, as are the next two */
  const char *text;
  const char *link;
} HintCase;

/* Fault C13: what a stranger says is text, and where a link leads is looked at. */
static const HintCase hint_cases[] = {
  { "enable",
    "<enable visiturl=\"https://example.org/on\"><instruction>Do it</instruction></enable>",
    FALSE, 1, TL_HINT_ENABLE, "Do it", "https://example.org/on" },
  { "enable-beside",
    "<enable visiturl=\"https://example.org/on\"><instruction>Do it</instruction></enable>",
    TRUE, 1, TL_HINT_ENABLE, "Do it", "https://example.org/on" },
  { "enable-languages", "<enable><instruction lang=\"de\">Los</instruction>"
      "<instruction>?</instruction><instruction lang=\"en-GB\">Go</instruction></enable>", FALSE, 1, TL_HINT_ENABLE, "Go", NULL },
  { "enable-no-language", "<enable><instruction lang=\"de\">Los</instruction>"
      "<instruction>Go</instruction></enable>", FALSE, 1, TL_HINT_ENABLE, "Go", NULL },
  { "enable-other-language", "<enable><instruction lang=\"de\">Los</instruction>"
      "<instruction lang=\"fr\">Va</instruction></enable>", FALSE, 1, TL_HINT_ENABLE, "Los", NULL },
  { "documentation", "<documentation url=\"https://example.org/help?u=%EMAILADDRESS%\">"
      "<descr lang=\"en\">Help</descr></documentation>", FALSE, 1, TL_HINT_DOCUMENTATION, "Help",
    "https://example.org/help?u=ada%2Bx%40example.org" },
  { "instruction", "<instruction url=\"https://example.org/how\"><descr>How</descr></instruction>",
    FALSE, 1, TL_HINT_INSTRUCTION, "How", "https://example.org/how" },
  { "webmail", "<webMail><loginPage url=\"https://example.org/mail\"/><loginPageInfo url=\"x\"/>"
      "</webMail>", TRUE, 1, TL_HINT_WEBMAIL, NULL, "https://example.org/mail" },
  { "webmail-within",
    "<webMail><loginPage url=\"https://%EMAILDOMAIN%/mail\"/></webMail>", FALSE, 1,
    TL_HINT_WEBMAIL, NULL, "https://example.org/mail" },
  { "issuer", "<oAuth2><issuer>https://login.example.org/x</issuer><scope>s</scope></oAuth2>", TRUE,
    1, TL_HINT_OAUTH, NULL, "https://login.example.org/x" },
  { "issuer-bare", "<oAuth2><issuer>login.example.org</issuer></oAuth2>", FALSE, 1, TL_HINT_OAUTH,
    NULL, "https://login.example.org" },
  { "link-http", "<enable visiturl=\"http://example.org\"><instruction>Go</instruction></enable>",
    FALSE, 1, TL_HINT_ENABLE, "Go", NULL },
  { "link-script", "<documentation url=\"javascript:alert(1)\"/>", FALSE, 0 },
  { "issuer-script", "<oAuth2><issuer>javascript://x</issuer></oAuth2>", FALSE, 0 },
  { "markup", "<enable><instruction><b>Go</b> now</instruction></enable>", FALSE, 1, TL_HINT_ENABLE,
    "now", NULL },
  { "controls", "<enable><instruction>a&#10;b&#x202e;c</instruction></enable>", FALSE, 1,
    TL_HINT_ENABLE, "a\\x0ab\\u202ec", NULL },
  { "empty", "<enable/><documentation/><webMail/><oAuth2/><instruction/>", FALSE, 0 },
  { "many", MANY MANY MANY MANY MANY MANY MANY MANY MANY, FALSE, TL_DOCUMENT_MAX_HINTS,
    TL_HINT_ENABLE, NULL, "https://a.example" },
};

static void
test_hint (gconstpointer data)
{
  const HintCase *c = data;
  g_autofree char *text = g_strconcat (OPEN IMAP (GOOD), c->is_beside ? "" : c->hints,
                                       "</emailProvider>", c->is_beside ? c->hints : "",
                                       "</clientConfig>", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) document = parse (text, "ada+x@example.org", &error);
  GPtrArray *hints;

  g_assert_no_error (error);
  hints = tl_document_get_hints (document);
  g_assert_cmpuint (hints->len, ==, c->n);
  if (c->n == 0)
    return;

  g_assert_cmpint (tl_hint_get_kind (hints->pdata[0]), ==, c->kind);
  g_assert_cmpstr (tl_hint_get_text (hints->pdata[0]), ==, c->text);
  g_assert_cmpstr (tl_hint_get_link (hints->pdata[0]), ==, c->link);
  g_assert_cmpstr (tl_hint_get_source (hints->pdata[0]), ==, TL_SOURCE_AUTOCONFIG);
}

static void
test_hints_of_others (void)
{
  g_autoptr(TlDocument) document =
    parse ("<clientConfig><emailProvider><domain>a.test</domain>"
           "<enable visiturl=\"https://a.test\"/></emailProvider><emailProvider><domain>example.org</domain>" IMAP (GOOD) CLOSE,
           "ada@example.org", NULL);

  g_assert_cmpuint (tl_document_get_hints (document)->len, ==, 0);
}

static void
test_rejection_names_server (void)
{
  g_autoptr(TlDocument) document =
    parse (OPEN IMAP (HOST ("imap.%EMAILDOMAIN%") PORT ("143") "<socketType>plain</socketType>")
           IMAP (PORT ("993") SSL) CLOSE, "ada@example.org", NULL);
  GPtrArray *rejections = tl_document_get_rejections (document);

  g_assert_cmpuint (rejections->len, ==, 2);
  g_assert_cmpstr (tl_rejection_get_server (rejections->pdata[0]), ==, "imap.example.org:143");
  g_assert_cmpint (tl_rejection_get_lane (rejections->pdata[0]), ==, TL_LANE_INCOMING);
  g_assert_cmpstr (tl_rejection_get_server (rejections->pdata[1]), ==, "imap");
}

static void
test_no_second_pass (void)
{
  g_autoptr(TlDocument) document = parse (OPEN IMAP (GOOD USER ("%EMAILLOCALPART%")) CLOSE,
                                          "%EMAILDOMAIN%@example.org", NULL);

  g_test_summary ("What a placeholder stands for is not looked at again");

  g_assert_cmpstr (tl_lane_settings_get_username (tl_document_get (document, TL_LANE_INCOMING, 0)),
                   ==, "%EMAILDOMAIN%");
}

static void
test_international (void)
{
  g_autoptr(TlDocument) document =
    parse ("<clientConfig><emailProvider><domain>B\303\234CHER.example.</domain>"
           IMAP (HOST ("imap.%EMAILDOMAIN%") PORT ("993") SSL) CLOSE,
           "ada@b\303\274cher.example", NULL);

  g_assert_nonnull (document);
  g_assert_cmpstr (tl_endpoint_get_host (tl_lane_settings_get_endpoint (
                     tl_document_get (document, TL_LANE_INCOMING, 0))),
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

/* Fault D08's like in a document: what comes after enough is not looked at. */
static void
test_many_servers (void)
{
  GString *text = g_string_new (OPEN);
  g_autoptr(TlDocument) document = NULL;
  g_autofree char *reasons = NULL;

  for (guint i = 0; i < 500; i++)
    g_string_append_printf (text, IMAP (HOST ("imap%u.example.org") PORT ("993") SSL), i);
  g_string_append (text, CLOSE);

  document = parse (text->str, "ada@example.org", NULL);
  g_assert_nonnull (document);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_INCOMING), ==, TL_DOCUMENT_MAX_SERVERS);
  g_assert_cmpstr (tl_endpoint_get_host (tl_lane_settings_get_endpoint (
                     tl_document_get (document, TL_LANE_INCOMING, 0))), ==, "imap0.example.org");
  reasons = list_reasons (document);
  g_assert_cmpstr (reasons, ==, "list-cut");
  g_string_free (text, TRUE);
}

static void
test_long_text (void)
{
  g_autofree char *text = repeat (OPEN "<incomingServer type=\"imap\"><hostname>", "a.", 400,
                                  "example.org</hostname>" PORT ("993") SSL
                                  "</incomingServer>" CLOSE);
  g_autoptr(TlDocument) document = parse (text, "ada@example.org", NULL);
  g_autofree char *reasons = list_reasons (document);

  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_INCOMING), ==, 0);
  g_assert_cmpstr (reasons, ==, "bad-host");
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
      g_autoptr(TlDocument) document = tl_autoconfig_parse (cut, len, address, "example.org",
                                                            TL_SOURCE_AUTOCONFIG, NULL);

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
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("/autoconfig/word/", words[i].word, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_word);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (hint_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/autoconfig/hint/", hint_cases[i].name, NULL);

      g_test_add_data_func (path, &hint_cases[i], test_hint);
    }
  g_test_add_func ("/autoconfig/hints-of-others", test_hints_of_others);
  g_test_add_func ("/autoconfig/rejection-names-server", test_rejection_names_server);
  g_test_add_func ("/autoconfig/no-second-pass", test_no_second_pass);
  g_test_add_func ("/autoconfig/international", test_international);
  g_test_add_func ("/autoconfig/many-servers", test_many_servers);
  g_test_add_func ("/autoconfig/long-text", test_long_text);
  g_test_add_func ("/autoconfig/cut", test_cut);

  return g_test_run ();
}
