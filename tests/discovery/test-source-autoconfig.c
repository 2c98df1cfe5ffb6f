/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include <glib/gstdio.h>

#include "tl-discovery-source.h"
#include "tl-https-private.h"
#include "tl-test-pages.h"
#include "tl-test-server.h"

/* Fault C01: where nothing comes over HTTPS, what is there without protection is
 * looked at and never read. The web is a proxy that plays all of it. */

#define CONFIG_PATH "/mail/config-v1.1.xml"

typedef struct
{
  const char      *name;
  gboolean         is_well_known; /* the other place */
  const char      *connected;     /* to CONNECT; NULL: hangs up; "": says nothing */
  const char      *plain;         /* to HEAD; NULL: hangs up; "": says nothing */
  TlSourceStatus   status;
  TlSourceRemarks  remarks;
  guint            n_peeked;
} PeekCase;

#define REFUSED "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
#define NO_TLS  "HTTP/1.1 200 Connected\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n"
#define OK_XML  "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 300\r\n\r\n"

static const PeekCase peek_cases[] = {
  { "refused-and-document", FALSE, REFUSED, OK_XML, TL_SOURCE_STATUS_REFUSED,
    TL_SOURCE_REMARK_PLAIN_HTTP, 1 },
  { "unproven-and-document", FALSE, NO_TLS, OK_XML, TL_SOURCE_STATUS_BAD_CERTIFICATE,
    TL_SOURCE_REMARK_PLAIN_HTTP, 1 },
  { "document-with-body", FALSE, REFUSED,
    "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 15\r\n\r\n<clientConfig/>",
    TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_PLAIN_HTTP, 1 },
  { "portal", FALSE, REFUSED,
    "HTTP/1.1 302 Found\r\nLocation: http://hotel.example/\r\nContent-Length: 0\r\n\r\n",
    TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_PORTAL, 1 },
  { "page", FALSE, REFUSED, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_NONE, 1 },
  { "refused-twice", FALSE, REFUSED, NULL, TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_NONE, 1 },
  { "slow", FALSE, REFUSED, "", TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_NONE, 1 },
  { "well-known", TRUE, REFUSED, OK_XML, TL_SOURCE_STATUS_REFUSED, TL_SOURCE_REMARK_NONE, 0 },
};

typedef struct
{
  const PeekCase *c;
  GMutex          lock;
  GString        *requests; /* every line that came in the clear, but for CONNECT */
  guint           n_peeked;
} Web;

static void
serve (int      fd,
       gpointer data)
{
  Web *web = data;
  g_autoptr(GString) head = g_string_new (NULL);
  const char *answer;
  char byte;

  while (strstr (head->str, "\r\n\r\n") == NULL && recv (fd, &byte, 1, 0) == 1)
    g_string_append_c (head, byte);

  if (g_str_has_prefix (head->str, "CONNECT "))
    {
      answer = web->c->connected;
    }
  else
    {
      answer = web->c->plain;
      g_mutex_lock (&web->lock);
      g_string_append (web->requests, head->str);
      web->n_peeked++;
      g_mutex_unlock (&web->lock);
    }

  if (answer != NULL && *answer != '\0')
    send (fd, answer, strlen (answer), MSG_NOSIGNAL);
  else if (answer != NULL)
    tl_test_wait_for_hang_up (fd);
}

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(TlSourceReply **) user_data = tl_discovery_source_ask_finish (result);
}

static TlSourceReply *
ask (const TlDiscoverySource  *source,
     const char               *address_text,
     const TlDiscoveryOptions *options,
     GTlsDatabase             *trust,
     const char               *proxy)
{
  g_autoptr(GProxyResolver) proxies = g_simple_proxy_resolver_new (proxy, NULL);
  g_autoptr(TlHttps) https = tl_https_new_for (trust, proxies);
  g_autoptr(TlAddress) address = tl_address_parse (address_text, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  TlSourceReply *reply = NULL;
  const TlInquiry inquiry = {
    .address = address,
    .options = options,
    .https = https,
    .deadline = tl_deadline_in_ms (10000),
    .cancellable = cancellable,
  };

  source->ask_async (source, &inquiry, on_answered, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);

  return reply;
}

static void
test_peek (gconstpointer data)
{
  const PeekCase *c = data;
  Web web = { .c = c, .requests = g_string_new (NULL) };
  g_autoptr(TlTestServer) server = tl_test_server_new (serve, &web);
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u",
                                            tl_test_server_get_port (server));
  g_autoptr(TlSourceReply) reply = NULL;
  gint64 begun_us = g_get_monotonic_time ();

  g_mutex_init (&web.lock);
  reply = ask (c->is_well_known ? &tl_source_well_known : &tl_source_autoconfig,
               "ada@example.org", &(TlDiscoveryOptions) { .send_address = TRUE }, NULL, proxy);
  g_clear_pointer (&server, tl_test_server_free);

  g_assert_cmpint (tl_source_reply_get_status (reply), ==, c->status);
  g_assert_cmpint (tl_source_reply_get_remarks (reply), ==, c->remarks);
  g_assert_cmpuint (tl_source_reply_get_n (reply), ==, 0);
  g_assert_cmpuint (web.n_peeked, ==, c->n_peeked);
  /* A second for the look, and some for a busy machine. */
  g_assert_cmpint (g_get_monotonic_time () - begun_us, <, 4 * G_USEC_PER_SEC);

  /* Fault C14: nobody is told who it is. */
  g_assert_null (strstr (web.requests->str, "ada"));
  if (c->n_peeked > 0)
    g_assert_true (g_str_has_prefix (web.requests->str,
                                     "HEAD http://autoconfig.example.org" CONFIG_PATH " "));
  g_string_free (web.requests, TRUE);
  g_mutex_clear (&web.lock);
}

#define HOST "https://autoconfig.example.org"
#define WELL_KNOWN "https://example.org/.well-known/autoconfig" CONFIG_PATH
#define DOCUMENT "<clientConfig><emailProvider><domain>example.org</domain>" \
  "<incomingServer type=\"imap\"><hostname>imap.example.org</hostname><port>993</port>" \
  "<socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>"

static const TlTestPage pages[] = {
  { HOST CONFIG_PATH, .type = "text/xml", .body = DOCUMENT },
  { HOST CONFIG_PATH "?emailaddress=ada%2Bx%26y%40example.org", .type = "text/xml",
    .body = DOCUMENT },
  { WELL_KNOWN, .type = "text/xml", .body = DOCUMENT },
};

typedef struct
{
  const char              *name;
  const TlDiscoverySource *source;
  gboolean                 send_address;
  const char              *asked;
} PlaceCase;

/* Fault C14 */
static const PlaceCase place_cases[] = {
  { "autoconfig", &tl_source_autoconfig, FALSE, "GET " HOST CONFIG_PATH },
  { "autoconfig-told", &tl_source_autoconfig, TRUE,
    "GET " HOST CONFIG_PATH "?emailaddress=ada%2Bx%26y%40example.org" },
  { "well-known", &tl_source_well_known, FALSE, "GET " WELL_KNOWN },
  { "well-known-told", &tl_source_well_known, TRUE, "GET " WELL_KNOWN },
};

static void
test_place (gconstpointer data)
{
  const PlaceCase *c = data;
  const TlDiscoveryOptions options = { .send_address = c->send_address };
  g_autoptr(TlTestPages) web = tl_test_pages_new (pages, G_N_ELEMENTS (pages), NULL);
  g_autofree char *proxy = tl_test_pages_dup_proxy (web);
  g_autofree char *folder = g_dir_make_tmp ("tl-pages-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "ca.pem", NULL);
  g_autoptr(GTlsDatabase) trust = NULL;
  g_autoptr(TlSourceReply) reply = NULL;
  g_auto(GStrv) asked = NULL;

  g_assert_true (g_file_set_contents (file, tl_test_pages_get_ca_pem (web), -1, NULL));
  trust = g_tls_file_database_new (file, NULL);
  reply = ask (c->source, "ada+x&y@example.org", &options, trust, proxy);

  g_assert_cmpint (tl_source_reply_get_status (reply), ==, TL_SOURCE_STATUS_ANSWERED);
  g_assert_cmpuint (tl_source_reply_get_n (reply), ==, 1);
  g_assert_cmpint (tl_claim_get_trust (tl_source_reply_get_claim (reply, 0)), ==,
                   TL_TRUST_OWN_DOMAIN);
  g_assert_cmpint (tl_source_reply_get_remarks (reply), ==, TL_SOURCE_REMARK_NONE);
  asked = tl_test_pages_dup_asked (web);
  g_assert_cmpuint (g_strv_length (asked), ==, 1);
  g_assert_cmpstr (asked[0], ==, c->asked);

  g_unlink (file);
  g_rmdir (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (peek_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/autoconfig/peek/", peek_cases[i].name, NULL);

      g_test_add_data_func (path, &peek_cases[i], test_peek);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (place_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/source/autoconfig/place/", place_cases[i].name, NULL);

      g_test_add_data_func (path, &place_cases[i], test_place);
    }

  return g_test_run ();
}
