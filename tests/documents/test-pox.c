/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pox.h"

#include <string.h>

#include "tl-autodiscover-v2.h"
#include "tl-error.h"
#include "tl-xml.h"

#define OPEN "<?xml version=\"1.0\" encoding=\"utf-8\"?>" \
  "<Autodiscover xmlns=\"u:1\"><Response xmlns=\"u:2\">"
#define CLOSE "</Response></Autodiscover>"
#define ACCOUNT(inner) OPEN "<Account><AccountType>email</AccountType>" inner "</Account>" CLOSE
#define IMAP(inner) \
  "<Protocol><Type>IMAP</Type><Server>imap.example.org</Server>" inner "</Protocol>"
#define SMTP(inner) \
  "<Protocol><Type>SMTP</Type><Server>smtp.example.org</Server>" inner "</Protocol>"
#define PORT(number) "<Port>" number "</Port>"

#define PLACEHOLDER "placeholder@example.org"

typedef struct
{
  const char *name;
  const char *document;
  const char *servers;    /* "lane host:port security auth user", by commas */
  const char *rejections; /* "server reason", by commas */
} ServerCase;

static const ServerCase server_cases[] = {
  { "both", ACCOUNT (IMAP (PORT ("993")) SMTP (PORT ("465"))),
    "incoming imap.example.org:993 tls ada@example.org, "
    "outgoing smtp.example.org:465 tls ada@example.org", "" },
  { "none", ACCOUNT (""), "", "" },

  /* SSL is on when it is missing, and means the upgrade on the ports of the upgrade */
  { "ssl-missing-143", ACCOUNT (IMAP (PORT ("143"))),
    "incoming imap.example.org:143 starttls ada@example.org", "" },
  { "ssl-on-143", ACCOUNT (IMAP (PORT ("143") "<SSL>on</SSL>")),
    "incoming imap.example.org:143 starttls ada@example.org", "" },
  { "ssl-on-587", ACCOUNT (SMTP (PORT ("587") "<SSL>on</SSL>")),
    "outgoing smtp.example.org:587 starttls ada@example.org", "" },
  { "ssl-on-odd-port", ACCOUNT (IMAP (PORT ("1993") "<SSL>on</SSL>")),
    "incoming imap.example.org:1993 tls ada@example.org", "" },
  { "ssl-off", ACCOUNT (IMAP (PORT ("143") "<SSL>off</SSL>")), "",
    "imap.example.org:143 plaintext" },
  { "ssl-off-993", ACCOUNT (IMAP (PORT ("993") "<SSL>Off</SSL>")), "",
    "imap.example.org:993 plaintext" },

  /* Encryption overrides SSL */
  { "encryption-none", ACCOUNT (IMAP (PORT ("993") "<SSL>on</SSL><Encryption>None</Encryption>")),
    "", "imap.example.org:993 plaintext" },
  { "encryption-ssl", ACCOUNT (IMAP (PORT ("993") "<SSL>off</SSL><Encryption>SSL</Encryption>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },
  { "encryption-ssl-587", ACCOUNT (SMTP (PORT ("587") "<Encryption>SSL</Encryption>")),
    "outgoing smtp.example.org:587 starttls ada@example.org", "" },
  { "encryption-tls", ACCOUNT (SMTP (PORT ("587") "<SSL>off</SSL><Encryption>TLS</Encryption>")),
    "outgoing smtp.example.org:587 starttls ada@example.org", "" },
  { "encryption-tls-465", ACCOUNT (SMTP (PORT ("465") "<Encryption>TLS</Encryption>")),
    "outgoing smtp.example.org:465 tls ada@example.org", "" },
  { "encryption-tls-odd-port", ACCOUNT (SMTP (PORT ("2525") "<Encryption>TLS</Encryption>")),
    "outgoing smtp.example.org:2525 starttls ada@example.org", "" },
  { "encryption-auto", ACCOUNT (IMAP (PORT ("993") "<Encryption>auto</Encryption>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },
  { "encryption-unknown", ACCOUNT (IMAP (PORT ("993") "<Encryption>ROT13</Encryption>")), "",
    "imap.example.org:993 bad-security" },
  { "encryption-empty", ACCOUNT (IMAP (PORT ("993") "<Encryption/>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },

  /* LoginName: literal, but for what we made up ourselves */
  { "login", ACCOUNT (IMAP (PORT ("993") "<LoginName>ada-box</LoginName>")),
    "incoming imap.example.org:993 tls ada-box", "" },
  { "login-percent", ACCOUNT (IMAP (PORT ("993") "<LoginName>%EMAILADDRESS%</LoginName>")),
    "incoming imap.example.org:993 tls %EMAILADDRESS%", "" },
  { "login-placeholder",
    ACCOUNT (IMAP (PORT ("993") "<LoginName>Placeholder@example.org</LoginName>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },
  { "login-placeholder-local", ACCOUNT (IMAP (PORT ("993") "<LoginName>placeholder</LoginName>")),
    "incoming imap.example.org:993 tls ada", "" },
  { "login-placeholder-and-more",
    ACCOUNT (IMAP (PORT ("993") "<LoginName>placeholder2</LoginName>")),
    "incoming imap.example.org:993 tls placeholder2", "" },
  { "login-empty", ACCOUNT (IMAP (PORT ("993") "<LoginName/>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },
  { "login-line-end", ACCOUNT (IMAP (PORT ("993") "<LoginName>a&#13;&#10;b</LoginName>")), "",
    "imap.example.org:993 bad-user" },
  { "login-right-to-left", ACCOUNT (IMAP (PORT ("993") "<LoginName>a&#x202e;b</LoginName>")), "",
    "imap.example.org:993 bad-user" },

  { "spa-and-domain",
    ACCOUNT (IMAP (PORT ("993") "<SPA>on</SPA><DomainRequired>on</DomainRequired>")),
    "incoming imap.example.org:993 tls ada@example.org", "" },
  { "no-sign-in", ACCOUNT (SMTP (PORT ("465") "<AuthRequired>off</AuthRequired>")), "",
    "smtp.example.org:465 no-sign-in" },
  { "pop3", ACCOUNT ("<Protocol><Type>POP3</Type><Server>pop.example.org</Server></Protocol>"), "",
    "pop.example.org pop3" },
  { "pop3-nameless", ACCOUNT ("<Protocol><Type>POP3</Type></Protocol>"), "", "pop3 pop3" },
  { "type-case", ACCOUNT ("<Protocol><Type>imap</Type><Server>imap.example.org</Server>"
                          PORT ("993") "</Protocol>"), "incoming imap.example.org:993 tls ada@example.org", "" },
  { "type-other", ACCOUNT ("<Protocol><Type>CalDAV</Type><Server>x.example.org</Server></Protocol>"
                           "<Protocol/>"), "", "" },
  { "host-missing", ACCOUNT ("<Protocol><Type>IMAP</Type>" PORT ("993") "</Protocol>"), "",
    "imap bad-host" },
  { "host-address", ACCOUNT ("<Protocol><Type>IMAP</Type><Server>127.0.0.1</Server>" PORT ("993")
                             "</Protocol>"), "", "127.0.0.1:993 bad-host" },
  { "port-missing", ACCOUNT (IMAP ("")), "", "imap.example.org bad-port" },
  { "port-0", ACCOUNT (IMAP (PORT ("0"))), "", "imap.example.org bad-port" },
  { "port-70000", ACCOUNT (IMAP (PORT ("70000"))), "", "imap.example.org bad-port" },
  { "nested", ACCOUNT ("<Protocol><Type>EXHTTP</Type><External>" IMAP (PORT ("993")) "</External>"
                       "</Protocol>"), "", "" },
};

static TlPox *
parse (const char  *text,
       const char  *placeholder,
       GError     **error)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);

  return tl_pox_parse (text, strlen (text), address, placeholder, error);
}

static char *
describe_servers (TlDocument *document)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      for (guint j = 0; j < tl_document_get_n (document, tl_lanes[i]); j++)
        {
          TlLaneSettings *settings = tl_document_get (document, tl_lanes[i], j);
          TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);
          g_autofree char *place = tl_endpoint_to_string (endpoint);

          g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, TL_AUTH_PASSWORD);
          g_string_append_printf (out, "%s%s %s %s %s", out->len > 0 ? ", " : "",
                                  tl_lane_kind_get_nick (tl_lanes[i]), place,
                                  tl_endpoint_get_security (endpoint) == TL_SECURITY_TLS
                                    ? "tls" : "starttls",
                                  tl_lane_settings_get_username (settings));
        }
    }

  return g_string_free (out, FALSE);
}

static char *
describe_rejections (TlDocument *document)
{
  GPtrArray *rejections = tl_document_get_rejections (document);
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejectionReason reason = tl_rejection_get_reason (rejections->pdata[i]);

      g_string_append_printf (out, "%s%s %s", out->len > 0 ? ", " : "",
                              tl_rejection_get_server (rejections->pdata[i]),
                              g_enum_get_value (klass, (int) reason)->value_nick);
    }

  return g_string_free (out, FALSE);
}

static void
test_server (gconstpointer data)
{
  const ServerCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPox) pox = parse (c->document, PLACEHOLDER, &error);
  g_autofree char *servers = NULL;
  g_autofree char *rejections = NULL;

  g_assert_no_error (error);
  servers = describe_servers (pox->document);
  rejections = describe_rejections (pox->document);
  g_assert_cmpstr (servers, ==, c->servers);
  g_assert_cmpstr (rejections, ==, c->rejections);
  g_assert_cmpuint (pox->error_code, ==, 0);
}

typedef struct
{
  const char *name;
  const char *document;
  gboolean    is_exchange;
  const char *redirect_address;
  const char *redirect_url;
  guint       error_code;
} FactCase;

static const FactCase fact_cases[] = {
  { "settings", ACCOUNT (IMAP (PORT ("993"))) },
  { "exchange", ACCOUNT ("<Protocol><Type>EXCH</Type><Server>x</Server></Protocol>"), TRUE },
  { "expr", ACCOUNT ("<Protocol><Type>EXPR</Type></Protocol>"), TRUE },
  { "exhttp", ACCOUNT ("<Protocol><Type>EXHTTP</Type></Protocol>"), TRUE },
  { "web", ACCOUNT ("<Protocol><Type>WEB</Type></Protocol>"), TRUE },
  { "mapi-attribute", ACCOUNT ("<Protocol Type=\"mapiHttp\" Version=\"1\"><MailStore/></Protocol>"),
    TRUE },
  { "exchange-and-imap", ACCOUNT (IMAP (PORT ("993")) "<Protocol><Type>EXCH</Type></Protocol>"),
    TRUE },
  { "redirect-address", ACCOUNT ("<Action>redirectAddr</Action>"
                                 "<RedirectAddr>ada@other.example</RedirectAddr>"),
    FALSE, "ada@other.example" },
  { "redirect-url", ACCOUNT ("<Action>redirectUrl</Action><RedirectUrl>https://x.example/&#10;"
                             "</RedirectUrl>"), FALSE, NULL, "https://x.example/" },
  { "redirect-controls", ACCOUNT ("<RedirectUrl>https://x.example/&#27;a</RedirectUrl>"), FALSE,
    NULL, "https://x.example/\\x1ba" },
  { "error-600", OPEN "<Error Time=\"1\" Id=\"2\"><ErrorCode>600</ErrorCode><Message>x</Message>"
      "</Error>" CLOSE, .error_code = 600 },
  { "error-words", OPEN "<Error><ErrorCode>none</ErrorCode></Error>" CLOSE },
  { "error-alone", OPEN "<Error/>" CLOSE },
};

static void
test_fact (gconstpointer data)
{
  const FactCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPox) pox = parse (c->document, PLACEHOLDER, &error);

  g_assert_no_error (error);
  g_assert_cmpint (pox->is_exchange, ==, c->is_exchange);
  g_assert_cmpstr (pox->redirect_address, ==, c->redirect_address);
  g_assert_cmpstr (pox->redirect_url, ==, c->redirect_url);
  g_assert_cmpuint (pox->error_code, ==, c->error_code);
}

static const struct
{
  const char *name;
  const char *document;
  TlError     code;
} refused_cases[] = {
  { "page", "<!DOCTYPE html><html></html>", TL_ERROR_NOT_FOUND },
  { "empty", "", TL_ERROR_NOT_FOUND },
  { "other-root", "<clientConfig/>", TL_ERROR_NOT_FOUND },
  { "no-response", "<Autodiscover/>", TL_ERROR_PROTOCOL },
  { "cut", OPEN "<Account>", TL_ERROR_PROTOCOL },
  { "doctype", "<!DOCTYPE Autodiscover [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" OPEN CLOSE,
    TL_ERROR_PROTOCOL },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPox) pox = parse (refused_cases[i].document, PLACEHOLDER, &error);

  g_assert_error (error, TL_ERROR, (int) refused_cases[i].code);
  g_assert_null (pox);
}

static void
test_real_address_sent (void)
{
  g_autoptr(TlPox) pox =
    parse (ACCOUNT (IMAP (PORT ("993") "<LoginName>placeholder@example.org</LoginName>")), NULL,
           NULL);
  g_autofree char *servers = describe_servers (pox->document);

  g_test_summary ("Where nothing was made up, nothing is put back");

  g_assert_cmpstr (servers, ==, "incoming imap.example.org:993 tls placeholder@example.org");
}

static void
test_request (void)
{
  g_autoptr(GBytes) bytes = tl_pox_write_request ("a&<b>'\"@example.org");
  gsize len;
  const char *text = g_bytes_get_data (bytes, &len);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlXml) root = tl_xml_parse (text, len, "Autodiscover", &error);
  const TlXml *request;

  g_assert_no_error (error);
  g_assert_cmpstr (tl_xml_get_attribute (root, "xmlns"), ==,
                   "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006");
  request = tl_xml_find (root, "Request");
  g_assert_nonnull (request);
  g_assert_cmpstr (tl_xml_get_text (tl_xml_find (request, "EMailAddress")), ==,
                   "a&<b>'\"@example.org");
  g_assert_cmpstr (tl_xml_get_text (tl_xml_find (request, "AcceptableResponseSchema")), ==,
                   "http://schemas.microsoft.com/exchange/autodiscover/outlook/"
                   "responseschema/2006a");
}

static const struct
{
  const char *name;
  const char *answer;
  const char *host; /* or NULL with code */
  TlError     code;
} v2_cases[] = {
  { "microsoft", "{\"Protocol\":\"AutodiscoverV1\",\"Url\":"
      "\"https://Outlook.Office365.com/autodiscover/autodiscover.xml\"}", "outlook.office365.com" },
  { "more-members", "{\"Url\":\"https://a.example/\",\"x\":[1.5,{\"y\":null}]}", "a.example" },
  { "error", "{\"ErrorCode\":\"InvalidProtocol\",\"ErrorMessage\":\"x\"}", NULL, TL_ERROR_REFUSED },
  { "http", "{\"Url\":\"http://a.example/\"}", NULL, TL_ERROR_PROTOCOL },
  { "no-host", "{\"Url\":\"https:///x\"}", NULL, TL_ERROR_PROTOCOL },
  { "no-url", "{\"Url\":\"\\u0007\"}", NULL, TL_ERROR_PROTOCOL },
  { "url-number", "{\"Url\":1}", NULL, TL_ERROR_NOT_FOUND },
  { "other", "{}", NULL, TL_ERROR_NOT_FOUND },
  { "list", "[]", NULL, TL_ERROR_NOT_FOUND },
  { "page", "<html>", NULL, TL_ERROR_NOT_FOUND },
  { "twice", "{\"Url\":\"https://a.example\",\"Url\":\"https://b.example\"}", NULL,
    TL_ERROR_NOT_FOUND },
};

static void
test_v2 (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autofree char *host = tl_autodiscover_v2_parse (v2_cases[i].answer,
                                                    strlen (v2_cases[i].answer), &error);

  g_assert_cmpstr (host, ==, v2_cases[i].host);
  if (host == NULL)
    g_assert_error (error, TL_ERROR, (int) v2_cases[i].code);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (server_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pox/server/", server_cases[i].name, NULL);

      g_test_add_data_func (path, &server_cases[i], test_server);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (fact_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pox/fact/", fact_cases[i].name, NULL);

      g_test_add_data_func (path, &fact_cases[i], test_fact);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pox/refused/", refused_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (v2_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pox/v2/", v2_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_v2);
    }
  g_test_add_func ("/pox/real-address-sent", test_real_address_sent);
  g_test_add_func ("/pox/request", test_request);

  return g_test_run ();
}
