/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pacc.h"

#include <string.h>

#include "tl-error.h"

#define IMAP "\"imap\":{\"host\":\"imap.example.org\"}"
#define SUBMIT "\"submit\":{\"host\":\"smtp.example.org\"}"
#define DOCUMENT(protocols, rest) "{\"protocols\":{" protocols "}" rest "}"
#define AUTH(inner) ",\"authentication\":{" inner "}"

typedef struct
{
  const char *name;
  const char *document;
  const char *incoming;   /* hosts, by spaces */
  const char *outgoing;
  TlAuth      auth;
  const char *rejections; /* "server reason", by commas; NULL: none */
  const char *issuer;
  const char *documentation;
} DocumentCase;

static const DocumentCase document_cases[] = {
  { "both", DOCUMENT (IMAP "," SUBMIT, AUTH ("\"password\":true")), "imap.example.org",
    "smtp.example.org", TL_AUTH_PASSWORD },
  { "old-key", DOCUMENT (IMAP ",\"smtp\":{\"host\":\"old.example.org\"}", ""), "imap.example.org",
    "old.example.org", TL_AUTH_PASSWORD },
  { "both-keys", DOCUMENT (SUBMIT ",\"smtp\":{\"host\":\"old.example.org\"}", ""), "",
    "smtp.example.org old.example.org", TL_AUTH_PASSWORD },
  { "both-keys-the-same", DOCUMENT (SUBMIT ",\"smtp\":{\"host\":\"smtp.example.org\"}", ""), "",
    "smtp.example.org", TL_AUTH_PASSWORD },
  { "byte-order-mark", "\xef\xbb\xbf" DOCUMENT (IMAP, ""), "imap.example.org", "",
    TL_AUTH_PASSWORD },
  { "oauth", DOCUMENT (IMAP, AUTH ("\"oauth-public\":{\"issuer\":\"https://login.example.org\"}")),
    "imap.example.org", "", TL_AUTH_OAUTH2, .issuer = "https://login.example.org" },
  { "oauth-and-password",
    DOCUMENT (IMAP, AUTH ("\"oauth-public\":{\"issuer\":\"https://login.example.org\"},"
                          "\"password\":true")),
    "imap.example.org", "", TL_AUTH_PASSWORD, .issuer = "https://login.example.org" },
  { "password-false", DOCUMENT (IMAP, AUTH ("\"password\":false")), "", "", TL_AUTH_PASSWORD,
    "imap.example.org:993 no-sign-in" },
  { "no-way-known", DOCUMENT (IMAP, AUTH ("\"smoke-signal\":true")), "", "", TL_AUTH_PASSWORD,
    "imap.example.org:993 no-sign-in" },
  { "authentication-null", DOCUMENT (IMAP, ",\"authentication\":null"), "imap.example.org", "",
    TL_AUTH_PASSWORD },
  { "documentation",
    DOCUMENT (IMAP, ",\"info\":{\"provider\":{\"name\":\"X\"},\"help\":{\"documentation\":"
              "\"https://example.org/help\",\"contact\":[\"mailto:x@example.org\"]}}"),
    "imap.example.org", "", TL_AUTH_PASSWORD, .documentation = "https://example.org/help" },
  { "documentation-http", DOCUMENT (IMAP, ",\"info\":{\"help\":{\"documentation\":"
                                    "\"http://example.org/help\"}}"),
    "imap.example.org", "", TL_AUTH_PASSWORD },
  { "pop3", DOCUMENT ("\"pop3\":{\"host\":\"pop.example.org\"}", ""), "", "", TL_AUTH_PASSWORD,
    "pop.example.org pop3" },
  { "other-protocols", DOCUMENT ("\"jmap\":{\"url\":\"https://x\"},"
                                 "\"managesieve\":{\"host\":\"s\"}",
                                 ""), "", "", TL_AUTH_PASSWORD },
  { "nothing", DOCUMENT ("", ""), "", "", TL_AUTH_PASSWORD },
  { "unknown-members", "{\"protocols\":{" IMAP ",\"x\":[]},\"version\":1.5,\"n\":-1e3,\"l\":[{}]}",
    "imap.example.org", "", TL_AUTH_PASSWORD },
  { "host-empty", DOCUMENT ("\"imap\":{\"host\":\"\"}", ""), "", "", TL_AUTH_PASSWORD,
    "imap bad-host" },
  { "host-missing", DOCUMENT ("\"imap\":{}", ""), "", "", TL_AUTH_PASSWORD, "imap bad-host" },
  { "host-number", DOCUMENT ("\"imap\":{\"host\":1}", ""), "", "", TL_AUTH_PASSWORD,
    "imap bad-host" },
  { "host-address", DOCUMENT ("\"imap\":{\"host\":\"::1\"}", ""), "", "", TL_AUTH_PASSWORD,
    "::1:993 bad-host" },
  { "host-with-port", DOCUMENT ("\"imap\":{\"host\":\"imap.example.org:1\"}", ""), "", "",
    TL_AUTH_PASSWORD, "imap.example.org:1:993 bad-host" },
  { "host-line-end", DOCUMENT ("\"submit\":{\"host\":\"a.example\\r\\nEHLO\"}", ""), "", "",
    TL_AUTH_PASSWORD, "a.example\\x0d\\x0aEHLO:465 bad-host" },
  { "not-an-object", DOCUMENT ("\"imap\":\"imap.example.org\"", ""), "", "", TL_AUTH_PASSWORD },
};

static TlDocument *
parse (const char  *text,
       GError     **error)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);

  return tl_pacc_parse (text, strlen (text), address, "example.org", TL_SOURCE_PACC, error);
}

static void
check_lane (const DocumentCase *c,
            TlDocument         *document,
            TlLaneKind          lane)
{
  g_autoptr(GString) hosts = g_string_new (NULL);

  for (guint i = 0; i < tl_document_get_n (document, lane); i++)
    {
      TlLaneSettings *settings = tl_document_get (document, lane, i);
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (settings);

      g_string_append_printf (hosts, "%s%s", i > 0 ? " " : "", tl_endpoint_get_host (endpoint));
      g_assert_cmpuint (tl_endpoint_get_port (endpoint), ==, lane == TL_LANE_INCOMING ? 993 : 465);
      g_assert_cmpint (tl_endpoint_get_security (endpoint), ==, TL_SECURITY_TLS);
      g_assert_cmpint (tl_lane_settings_get_auth (settings), ==, c->auth);
      g_assert_cmpstr (tl_lane_settings_get_username (settings), ==, "ada@example.org");
    }
  g_assert_cmpstr (hosts->str, ==, lane == TL_LANE_INCOMING ? c->incoming : c->outgoing);
}

static const char *
find_link (TlDocument *document,
           TlHintKind  kind)
{
  GPtrArray *hints = tl_document_get_hints (document);

  for (guint i = 0; i < hints->len; i++)
    {
      if (tl_hint_get_kind (hints->pdata[i]) == kind)
        return tl_hint_get_link (hints->pdata[i]);
    }

  return NULL;
}

static void
test_document (gconstpointer data)
{
  const DocumentCase *c = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) document = parse (c->document, &error);
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_REJECTION_REASON);
  g_autoptr(GString) rejections = g_string_new (NULL);

  g_assert_no_error (error);
  check_lane (c, document, TL_LANE_INCOMING);
  check_lane (c, document, TL_LANE_OUTGOING);
  g_assert_cmpstr (find_link (document, TL_HINT_OAUTH), ==, c->issuer);
  g_assert_cmpstr (find_link (document, TL_HINT_DOCUMENTATION), ==, c->documentation);

  for (guint i = 0; i < tl_document_get_rejections (document)->len; i++)
    {
      TlRejection *rejection = tl_document_get_rejections (document)->pdata[i];
      TlRejectionReason reason = tl_rejection_get_reason (rejection);

      g_string_append_printf (rejections, "%s%s %s", i > 0 ? ", " : "",
                              tl_rejection_get_server (rejection),
                              g_enum_get_value (klass, (int) reason)->value_nick);
    }
  g_assert_cmpstr (rejections->str, ==, c->rejections != NULL ? c->rejections : "");
}

static const struct
{
  const char *name;
  const char *document;
  TlError     code;
} refused_cases[] = {
  { "empty", "", TL_ERROR_NOT_FOUND },
  { "page", "<!DOCTYPE html>", TL_ERROR_NOT_FOUND },
  { "list", "[]", TL_ERROR_NOT_FOUND },
  { "utf-16", "\xff\xfe{", TL_ERROR_NOT_FOUND },
  { "other-object", " {\"a\":1}", TL_ERROR_PROTOCOL },
  { "cut", "{\"protocols\":{", TL_ERROR_PROTOCOL },
  { "behind", "{\"protocols\":{}} x", TL_ERROR_PROTOCOL },
  { "twice", "{\"protocols\":{},\"protocols\":{" IMAP "}}", TL_ERROR_PROTOCOL },
  { "twice-in-disguise", "{\"protocols\":{},\"\\u0070rotocols\":{}}", TL_ERROR_PROTOCOL },
  { "latin-1", "{\"protocols\":{},\"a\":\"\xe9\"}", TL_ERROR_PROTOCOL },
  { "nul", "{\"protocols\":{},\"a\":\"\\u0000\"}", TL_ERROR_PROTOCOL },
  { "protocols-list", "{\"protocols\":[]}", TL_ERROR_PROTOCOL },
  { "deep", "{\"protocols\":{},\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}", TL_ERROR_PROTOCOL },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) document = parse (refused_cases[i].document, &error);

  g_assert_error (error, TL_ERROR, (int) refused_cases[i].code);
  g_assert_null (document);
}

/* Of "{}\n", by sha256sum and base64. */
#define RIGHT "yj0WO6sFU4GCciYUBWjzvvfqrBh869doeOC2Pp5EI1Y="
#define WRONG "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static const struct
{
  const char   *name;
  const char   *texts[4];
  TlPaccDigest  result;
} digest_cases[] = {
  { "none", { NULL }, TL_PACC_DIGEST_NONE },
  { "right", { "v=UAAC1; a=sha256; d=" RIGHT }, TL_PACC_DIGEST_MATCHES },
  { "wrong", { "v=UAAC1; a=sha256; d=" WRONG }, TL_PACC_DIGEST_DIFFERS },
  { "any-order", { "d=" RIGHT ";v=UAAC1;a=sha256" }, TL_PACC_DIGEST_MATCHES },
  { "white-space", { "  v = UAAC1 ;\ta = sha256 ; d = " RIGHT " ; " }, TL_PACC_DIGEST_MATCHES },
  { "semicolon-last", { "v=UAAC1;a=sha256;d=" RIGHT ";" }, TL_PACC_DIGEST_MATCHES },
  { "unknown-tags", { "x=1;v=UAAC1;y;a=sha256;d=" RIGHT ";=;dd=" WRONG }, TL_PACC_DIGEST_MATCHES },
  { "right-second", { "v=UAAC1;a=sha256;d=" WRONG, "v=UAAC1;a=sha256;d=" RIGHT },
    TL_PACC_DIGEST_MATCHES },
  { "wrong-among-others", { "v=spf1 -all", "v=UAAC1;a=sha256;d=" WRONG, "x" },
    TL_PACC_DIGEST_DIFFERS },
  { "other-version", { "v=UAAC2;a=sha256;d=" WRONG }, TL_PACC_DIGEST_NONE },
  { "other-algorithm", { "v=UAAC1;a=sha512;d=" WRONG }, TL_PACC_DIGEST_NONE },
  { "no-algorithm", { "v=UAAC1;d=" WRONG }, TL_PACC_DIGEST_NONE },
  { "no-digest", { "v=UAAC1;a=sha256" }, TL_PACC_DIGEST_DIFFERS },
  { "digest-empty", { "v=UAAC1;a=sha256;d=" }, TL_PACC_DIGEST_DIFFERS },
  { "digest-short", { "v=UAAC1;a=sha256;d=yj0WO6sFU4GCciYUBWjzvg==" }, TL_PACC_DIGEST_DIFFERS },
  { "digest-long", { "v=UAAC1;a=sha256;d=yj0WO6sFU4GCciYUBWjzvvfqrBh869doeOC2Pp5EI1YA" },
    TL_PACC_DIGEST_DIFFERS },
  { "digest-with-junk", { "v=UAAC1;a=sha256;d=!" RIGHT }, TL_PACC_DIGEST_DIFFERS },
  { "digest-first-bit", { "v=UAAC1;a=sha256;d=zj0WO6sFU4GCciYUBWjzvvfqrBh869doeOC2Pp5EI1Y=" },
    TL_PACC_DIGEST_DIFFERS },
  { "digest-last-bit", { "v=UAAC1;a=sha256;d=yj0WO6sFU4GCciYUBWjzvvfqrBh869doeOC2Pp5EI1c=" },
    TL_PACC_DIGEST_DIFFERS },
  { "not-a-record", { "", ";;;", "===" }, TL_PACC_DIGEST_NONE },
};

static void
test_digest (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GBytes) body = g_bytes_new_static ("{}\n", 3);

  g_assert_cmpint (tl_pacc_check_digest (digest_cases[i].texts, body), ==, digest_cases[i].result);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (document_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pacc/document/", document_cases[i].name, NULL);

      g_test_add_data_func (path, &document_cases[i], test_document);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pacc/refused/", refused_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (digest_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pacc/digest/", digest_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_digest);
    }

  return g_test_run ();
}
