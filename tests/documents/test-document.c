/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-document.h"

/* What parsers of all kinds leave to the document */
typedef struct
{
  const char       *name;
  TlDocumentServer  server;
  int               reason; /* -1: taken */
  const char       *shown;  /* in the rejection */
} TakeCase;

#define TAKEN (-1)
#define GOOD \
  .says_security = TRUE, .security = TL_SECURITY_TLS, .says_auth = TRUE, .username = "ada"

static const TakeCase take_cases[] = {
  { "good", { .host = "in.example.org", .port = 993, GOOD }, TAKEN },
  { "host-null", { .port = 993, GOOD }, TL_REJECTION_BAD_HOST, "imap" },
  { "host-empty", { .host = "", .port = 993, GOOD }, TL_REJECTION_BAD_HOST, "imap" },
  { "host-dot", { .host = ".", .port = 993, GOOD }, TL_REJECTION_BAD_HOST, ".:993" },
  { "host-bare", { .host = "mail", .port = 993, GOOD }, TL_REJECTION_BAD_HOST, "mail:993" },
  { "host-bare-dot", { .host = "mail.", .port = 993, GOOD }, TL_REJECTION_BAD_HOST, "mail.:993" },
  { "host-address-4", { .host = "192.0.2.1", .port = 993, GOOD }, TL_REJECTION_BAD_HOST,
    "192.0.2.1:993" },
  { "host-address-6", { .host = "[2001:db8::1]", .port = 993, GOOD }, TL_REJECTION_BAD_HOST,
    "[2001:db8::1]:993" },
  { "host-escape", { .host = "a\033.example", .port = 993, GOOD }, TL_REJECTION_BAD_HOST,
    "a\\x1b.example:993" },
  { "port-0", { .host = "in.example.org", GOOD }, TL_REJECTION_BAD_PORT, "in.example.org" },
  { "port-65536", { .host = "in.example.org", .port = 65536, GOOD }, TL_REJECTION_BAD_PORT,
    "in.example.org:65536" },
  { "plaintext", { .host = "in.example.org", .port = 143, .says_security = TRUE, .says_auth = TRUE,
                   .username = "ada" }, TL_REJECTION_PLAINTEXT, "in.example.org:143" },
  { "security-unsaid", { .host = "in.example.org", .port = 143, .says_auth = TRUE,
                         .username = "ada" }, TL_REJECTION_BAD_SECURITY, "in.example.org:143" },
  { "no-sign-in", { .host = "in.example.org", .port = 993, .says_security = TRUE,
                    .security = TL_SECURITY_TLS, .username = "ada" }, TL_REJECTION_NO_SIGN_IN,
    "in.example.org:993" },
  { "user-null", { .host = "in.example.org", .port = 993, .says_security = TRUE,
                   .security = TL_SECURITY_TLS, .says_auth = TRUE }, TL_REJECTION_BAD_USER,
    "in.example.org:993" },
};

static void
test_take (gconstpointer data)
{
  const TakeCase *c = data;
  g_autoptr(TlDocument) document = tl_document_new (TL_SOURCE_PACC);
  GPtrArray *rejections = tl_document_get_rejections (document);

  tl_document_take_server (document, TL_LANE_INCOMING, &c->server);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_INCOMING), ==, c->reason == TAKEN);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_OUTGOING), ==, 0);
  g_assert_cmpuint (rejections->len, ==, c->reason != TAKEN);
  if (c->reason != TAKEN)
    {
      g_assert_cmpint ((int) tl_rejection_get_reason (rejections->pdata[0]), ==, c->reason);
      g_assert_cmpstr (tl_rejection_get_server (rejections->pdata[0]), ==, c->shown);
      g_assert_cmpint (tl_rejection_get_lane (rejections->pdata[0]), ==, TL_LANE_INCOMING);
    }
}

static void
take (TlDocument *document,
      guint       n,
      gboolean    is_good)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%u.example.org", i);

      tl_document_take_server (document, TL_LANE_OUTGOING, &(TlDocumentServer) {
        .host = is_good ? host : "x",
        .port = 465,
        GOOD
      });
    }
}

static void
test_bounds (void)
{
  g_autoptr(TlDocument) document = tl_document_new (TL_SOURCE_PACC);
  GPtrArray *rejections = tl_document_get_rejections (document);

  g_test_summary ("The same server twice is one; of many the first are kept, and it is said once");

  take (document, 3, TRUE);
  take (document, 3, TRUE);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_OUTGOING), ==, 3);
  g_assert_cmpuint (rejections->len, ==, 0);

  take (document, TL_DOCUMENT_MAX_SERVERS + 3, TRUE);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_OUTGOING), ==, TL_DOCUMENT_MAX_SERVERS);
  g_assert_cmpuint (rejections->len, ==, 1);
  g_assert_cmpint (tl_rejection_get_reason (rejections->pdata[0]), ==, TL_REJECTION_LIST_CUT);
  g_assert_cmpstr (tl_rejection_get_server (rejections->pdata[0]), ==, "h8.example.org:465");
}

static void
test_bounds_of_bad (void)
{
  g_autoptr(TlDocument) document = tl_document_new (TL_SOURCE_PACC);
  GPtrArray *rejections = tl_document_get_rejections (document);

  g_test_summary ("Five hundred that are wrong are looked at for a while, and then no more");

  take (document, 500, FALSE);
  g_assert_cmpuint (rejections->len, ==, 17);
  g_assert_cmpint (tl_rejection_get_reason (rejections->pdata[16]), ==, TL_REJECTION_LIST_CUT);

  take (document, 1, TRUE);
  g_assert_cmpuint (tl_document_get_n (document, TL_LANE_OUTGOING), ==, 0);
}

static void
test_hints (void)
{
  g_autoptr(TlDocument) document = tl_document_new (TL_SOURCE_PACC);

  tl_document_add_hint (document, TL_HINT_WEBMAIL, NULL, "ftp://example.org");
  g_assert_cmpuint (tl_document_get_hints (document)->len, ==, 0);
  for (guint i = 0; i < 20; i++)
    tl_document_add_hint (document, TL_HINT_ENABLE, "switch it on", NULL);
  g_assert_cmpuint (tl_document_get_hints (document)->len, ==, TL_DOCUMENT_MAX_HINTS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (take_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/document/take/", take_cases[i].name, NULL);

      g_test_add_data_func (path, &take_cases[i], test_take);
    }
  g_test_add_func ("/document/bounds", test_bounds);
  g_test_add_func ("/document/bounds-of-bad", test_bounds_of_bad);
  g_test_add_func ("/document/hints", test_hints);

  return g_test_run ();
}
