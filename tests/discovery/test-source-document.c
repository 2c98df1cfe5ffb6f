/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-source-document.h"

#include <string.h>

#include "tl-autoconfig.h"
#include "tl-error.h"
#include "tl-pacc.h"

#define XML(servers) "<clientConfig version=\"1.1\"><emailProvider id=\"x\">" \
  "<domain>example.org</domain>" servers "</emailProvider></clientConfig>"
#define SERVER(type, socket) \
  "<incomingServer type=\"" type "\"><hostname>in.example.org</hostname>" \
  "<port>993</port>" socket "<authentication>password-cleartext</authentication></incomingServer>"
#define SSL   "<socketType>SSL</socketType>"
#define PLAIN "<socketType>plain</socketType>"
#define HOP   "example.org MX 10 mx.example.org"
#define JSON  "{\"protocols\":{\"imap\":{\"host\":\"in.example.org\"}}}"

typedef struct
{
  const char          *name;
  TlDocumentParseFunc  parse;
  guint                http_status;
  const char          *content_type;
  const char          *body;
  TlSourceStatus       status;
  gboolean             says_why; /* so that there is a finding about it */
  gboolean             is_too_large;
} AnswerCase;

/* Fault C10, and of C05 and C08 what becomes of it. */
static const AnswerCase answer_cases[] = {
  { "good", tl_autoconfig_parse, 200, "text/xml", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_ANSWERED },
  { "octets", tl_autoconfig_parse, 200, "application/octet-stream", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_ANSWERED },
  { "no-type", tl_autoconfig_parse, 200, NULL, XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_ANSWERED },
  { "html", tl_autoconfig_parse, 200, "text/html", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_BAD_DOCUMENT },
  { "html-untold", tl_autoconfig_parse, 200, NULL, "<!DOCTYPE html><html></html>",
    TL_SOURCE_STATUS_BAD_DOCUMENT },
  { "html-as-xml", tl_autoconfig_parse, 200, "text/xml", "<!DOCTYPE html><html></html>",
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "missing", tl_autoconfig_parse, 404, "text/html", "", TL_SOURCE_STATUS_NOTHING },
  { "gone", tl_autoconfig_parse, 410, NULL, "", TL_SOURCE_STATUS_NOTHING },
  { "missing-with-document", tl_autoconfig_parse, 404, "text/xml", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_NOTHING },
  { "who-are-you", tl_autoconfig_parse, 401, "text/xml", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_REFUSED },
  { "forbidden", tl_autoconfig_parse, 403, "text/html", "", TL_SOURCE_STATUS_REFUSED },
  { "busy", tl_autoconfig_parse, 503, "text/xml", XML (SERVER ("imap", SSL)),
    TL_SOURCE_STATUS_REFUSED },
  { "no-content", tl_autoconfig_parse, 204, NULL, "", TL_SOURCE_STATUS_REFUSED },
  { "empty", tl_autoconfig_parse, 200, NULL, "", TL_SOURCE_STATUS_BAD_DOCUMENT },
  { "empty-xml", tl_autoconfig_parse, 200, "application/xml", "", TL_SOURCE_STATUS_BAD_DOCUMENT,
    TRUE },
  { "utf-16", tl_autoconfig_parse, 200, "text/xml", "\xff\xfe<", TL_SOURCE_STATUS_BAD_DOCUMENT,
    TRUE },
  { "damaged", tl_autoconfig_parse, 200, "text/xml", "<clientConfig",
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "damaged-octets", tl_autoconfig_parse, 200, "application/octet-stream", "<clientConfig",
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "xxe", tl_autoconfig_parse, 200, "text/xml",
    "<!DOCTYPE clientConfig [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" XML (""),
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "nothing", tl_autoconfig_parse, 200, "text/xml", XML (""), TL_SOURCE_STATUS_NOTHING },
  { "pop3-only", tl_autoconfig_parse, 200, "text/xml", XML (SERVER ("pop3", SSL)),
    TL_SOURCE_STATUS_NOTHING },
  { "plain-only", tl_autoconfig_parse, 200, "text/xml", XML (SERVER ("imap", PLAIN)),
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "incomplete-only", tl_autoconfig_parse, 200, "text/xml", XML (SERVER ("imap", "")),
    TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE },
  { "plain-and-good", tl_autoconfig_parse, 200, "text/xml",
    XML (SERVER ("imap", PLAIN) SERVER ("imap", SSL)), TL_SOURCE_STATUS_ANSWERED },
  { "plain-and-pop3", tl_autoconfig_parse, 200, "text/xml",
    XML (SERVER ("imap", PLAIN) SERVER ("pop3", SSL)), TL_SOURCE_STATUS_NOTHING },
  { "json", tl_pacc_parse, 200, "application/json", JSON, TL_SOURCE_STATUS_ANSWERED },
  { "json-damaged", tl_pacc_parse, 200, "application/json", "[", TL_SOURCE_STATUS_BAD_DOCUMENT,
    TRUE },
  { "json-page", tl_pacc_parse, 200, NULL, "<html>", TL_SOURCE_STATUS_BAD_DOCUMENT },
  { "large", tl_autoconfig_parse, 200, "text/xml", "", TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE, TRUE },
  { "large-untold", tl_pacc_parse, 200, NULL, "", TL_SOURCE_STATUS_BAD_DOCUMENT, TRUE, TRUE },
  { "large-page", tl_autoconfig_parse, 200, "text/html", "", TL_SOURCE_STATUS_BAD_DOCUMENT, FALSE,
    TRUE },
  { "large-missing", tl_autoconfig_parse, 404, "text/html", "", TL_SOURCE_STATUS_NOTHING, FALSE,
    TRUE },
};

static void
test_answer (gconstpointer data)
{
  const AnswerCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GBytes) body = g_bytes_new_static (c->body, strlen (c->body));
  char *hops[] = { (char *) "https://autoconfig.example.org/mail/config-v1.1.xml", NULL };
  const TlHttpsAnswer answer = {
    .status = c->http_status,
    .content_type = (char *) c->content_type,
    .body = body,
    .is_too_large = c->is_too_large,
    .hops = hops,
  };
  g_autoptr(TlSourceReply) reply =
    tl_source_document_read (TL_SOURCE_DIRECTORY, c->parse, &answer, HOP, address, "example.org",
                             TL_TRUST_DIRECTORY);

  g_assert_cmpstr (tl_source_reply_get_source (reply), ==, TL_SOURCE_DIRECTORY);
  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (reply)), ==,
                   tl_source_status_get_nick (c->status));
  g_assert_cmpint (tl_source_reply_get_detail (reply) != NULL, ==, c->says_why);
  if (c->is_too_large && c->says_why)
    g_assert_cmpstr (tl_source_reply_get_detail (reply), ==, "the document is larger than 256 KiB");
  g_assert_cmpint (tl_source_reply_get_remarks (reply), ==, TL_SOURCE_REMARK_NONE);
  g_assert_cmpuint (tl_source_reply_get_n (reply), ==, c->status == TL_SOURCE_STATUS_ANSWERED);
  if (c->status == TL_SOURCE_STATUS_ANSWERED)
    {
      TlClaim *claim = tl_source_reply_get_claim (reply, 0);

      g_assert_cmpint (tl_claim_get_trust (claim), ==, TL_TRUST_DIRECTORY);
      g_assert_cmpstr (tl_claim_get_hops (claim)[0], ==, HOP);
      g_assert_cmpstr (tl_claim_get_hops (claim)[1], ==, hops[0]);
      g_assert_cmpstr (tl_endpoint_get_host (tl_claim_get_endpoint (claim)), ==, "in.example.org");
    }
}

static const struct
{
  const char     *name;
  TlError         code;
  TlSourceStatus  status;
} error_cases[] = {
  { "no-such-name", TL_ERROR_NOT_FOUND,   TL_SOURCE_STATUS_NXDOMAIN },
  { "temporary",    TL_ERROR_TEMPORARY,   TL_SOURCE_STATUS_SERVFAIL },
  { "unreachable",  TL_ERROR_UNREACHABLE, TL_SOURCE_STATUS_REFUSED },
  { "timed-out",    TL_ERROR_TIMED_OUT,   TL_SOURCE_STATUS_TIMEOUT },
  { "certificate",  TL_ERROR_TLS,         TL_SOURCE_STATUS_BAD_CERTIFICATE },
  { "too-large",    TL_ERROR_PROTOCOL,    TL_SOURCE_STATUS_BAD_DOCUMENT },
  { "redirect",     TL_ERROR_REFUSED,     TL_SOURCE_STATUS_REFUSED },
};

static void
test_error (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = g_error_new_literal (TL_ERROR, (int) error_cases[i].code, "x");
  g_autoptr(TlSourceReply) reply = tl_source_document_for_error (TL_SOURCE_WELL_KNOWN, error);

  g_assert_cmpstr (tl_source_reply_get_source (reply), ==, TL_SOURCE_WELL_KNOWN);
  g_assert_cmpint (tl_source_reply_get_status (reply), ==, error_cases[i].status);
}

static void
test_cancelled (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr(TlSourceReply) reply = tl_source_document_for_error (TL_SOURCE_WELL_KNOWN, error);

  g_assert_cmpint (tl_source_reply_get_status (reply), ==, TL_SOURCE_STATUS_TIMEOUT);
}

typedef struct
{
  const char      *name;
  guint            status;
  const char      *content_type;
  const char      *location;
  TlSourceRemarks  remarks;
} PeekCase;

/* Fault C01 */
static const PeekCase peek_cases[] = {
  { "document", 200, "text/xml", NULL, TL_SOURCE_REMARK_PLAIN_HTTP },
  { "document-application", 200, "application/xml", NULL, TL_SOURCE_REMARK_PLAIN_HTTP },
  { "page", 200, "text/html", NULL, TL_SOURCE_REMARK_NONE },
  { "octets", 200, "application/octet-stream", NULL, TL_SOURCE_REMARK_NONE },
  { "no-type", 200, NULL, NULL, TL_SOURCE_REMARK_NONE },
  { "missing", 404, "text/xml", NULL, TL_SOURCE_REMARK_NONE },
  { "sign-in", 511, "text/html", NULL, TL_SOURCE_REMARK_PORTAL },
  { "to-https", 301, "text/html", "https://autoconfig.example.org/mail/config-v1.1.xml",
    TL_SOURCE_REMARK_NONE },
  { "to-sibling", 302, NULL, "http://www.example.org/", TL_SOURCE_REMARK_NONE },
  { "to-portal", 302, NULL, "http://portal.hotel.example/login", TL_SOURCE_REMARK_PORTAL },
  { "to-portal-307", 307, NULL, "https://portal.hotel.example/login", TL_SOURCE_REMARK_PORTAL },
  { "to-address", 302, NULL, "http://192.0.2.1/login", TL_SOURCE_REMARK_PORTAL },
  { "to-nowhere", 302, NULL, NULL, TL_SOURCE_REMARK_NONE },
  { "to-nonsense", 302, NULL, "::", TL_SOURCE_REMARK_NONE },
  { "location-of-200", 200, "text/html", "http://portal.hotel.example/", TL_SOURCE_REMARK_NONE },
};

static void
test_peek (gconstpointer data)
{
  const PeekCase *c = data;
  const TlHttpsAnswer answer = {
    .status = c->status,
    .content_type = (char *) c->content_type,
    .location = (char *) c->location,
  };

  g_assert_cmpint (tl_source_document_judge_peek (&answer, "example.org"), ==, c->remarks);
}

static void
test_reply (void)
{
  char *hops[] = { (char *) "https://example.org/", NULL };
  const TlHttpsAnswer answer = { .status = 200, .hops = hops };
  g_autoptr(TlDocument) document = tl_document_new (TL_SOURCE_PACC);
  g_autoptr(TlSourceReply) reply = NULL;

  tl_document_add_hint (document, TL_HINT_ENABLE, "switch it on", NULL);
  tl_document_reject (document, TL_LANE_INCOMING, "pop.example.org", TL_REJECTION_POP3);
  for (guint port = 465; port <= 466; port++)
    tl_document_take_server (document, TL_LANE_OUTGOING, &(TlDocumentServer) {
      .host = "out.example.org",
      .port = port,
      .says_security = TRUE,
      .security = TL_SECURITY_TLS,
      .says_auth = TRUE,
      .username = "ada",
    });

  reply = tl_source_document_to_reply (document, TL_TRUST_OWN_DOMAIN, NULL, &answer,
                                       TL_SOURCE_REMARK_AUTHENTICATED);
  g_assert_cmpstr (tl_source_reply_get_source (reply), ==, TL_SOURCE_PACC);
  g_assert_cmpint (tl_source_reply_get_status (reply), ==, TL_SOURCE_STATUS_ANSWERED);
  g_assert_cmpint (tl_source_reply_get_remarks (reply), ==, TL_SOURCE_REMARK_AUTHENTICATED);
  g_assert_cmpuint (tl_source_reply_get_n (reply), ==, 2);
  g_assert_cmpstr (tl_claim_get_hops (tl_source_reply_get_claim (reply, 0))[0], ==, hops[0]);
  g_assert_null (tl_claim_get_hops (tl_source_reply_get_claim (reply, 0))[1]);
  g_assert_cmpuint (tl_source_reply_get_rejections (reply)->len, ==, 1);
  g_assert_cmpuint (tl_source_reply_get_hints (reply)->len, ==, 1);
  g_assert_false (tl_source_reply_names (reply, TL_LANE_INCOMING));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (answer_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-document/answer/", answer_cases[i].name, NULL);

      g_test_add_data_func (path, &answer_cases[i], test_answer);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (error_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-document/error/", error_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (peek_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source-document/peek/", peek_cases[i].name, NULL);

      g_test_add_data_func (path, &peek_cases[i], test_peek);
    }
  g_test_add_func ("/source-document/error/cancelled", test_cancelled);
  g_test_add_func ("/source-document/reply", test_reply);

  return g_test_run ();
}
