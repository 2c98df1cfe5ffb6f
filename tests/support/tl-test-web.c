/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-web.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>

/* What the client takes of a body. */
#define MAX_BYTES (256 * 1024)

typedef struct
{
  const char *name;
  const char *path;
  const char *head;   /* NULL: no answer at all */
  const char *body;
  gsize       padding; /* octets sent behind the body */
  gboolean    stalls;  /* stays silent after what was sent */
  gboolean    stays;   /* takes another request after it */
  gboolean    early;   /* informational answers without end */
} Page;

#define FLOOD_US (3 * G_USEC_PER_SEC)

static const Page pages[] = {
  { .path = "/doc",
    .head = "200 OK\r\nContent-Type: Text/XML; charset=utf-8\r\nContent-Length: 5\r\n",
    .body = "hello", .stays = TRUE },
  { .path = "/.well-known/mta-sts.txt",
    .head = "200 OK\r\nContent-Type: text/plain\r\nContent-Length: 58\r\n",
    .body = "version: STSv1\nmode: enforce\nmx: mx.a.test\nmax_age: 86400\n" },
  { .path = "/missing", .head = "404 Not Found\r\nContent-Length: 4\r\n", .body = "gone" },
  { .path = "/broken", .head = "503 Busy\r\nContent-Length: 0\r\n" },
  { .path = "/secret",
    .head = "401 Who\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n" },
  { .path = "/proxy-secret", .stays = TRUE,
    .head = "407 Who\r\nProxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n" },
  { .path = "/early", .early = TRUE },
  { .path = "/empty", .head = "200 OK\r\nContent-Length: 0\r\n" },
  { .path = "/5-megabytes", .head = "200 OK\r\nContent-Type: text/xml\r\n",
    .padding = 5 * 1024 * 1024 },
  { .path = "/moved-post",
    .head = "302 Found\r\nLocation: /elsewhere?a=1\r\nContent-Length: 0\r\n" },
  { .path = "/moved-post-far",
    .head = "307 There\r\nLocation: http://b.test:81/x\r\nContent-Length: 0\r\n" },
  { .path = "/moved-post-nowhere",
    .head = "302 Found\r\nLocation: /d\x1b[31m\r\nContent-Length: 0\r\n" },
  { .path = "/to-secret-words",
    .head = "302 Found\r\nLocation: /call-this-number\r\nContent-Length: 0\r\n" },
  { .path = "/to-unproven-words",
    .head = "302 Found\r\nLocation: https://call-this-number.a.test/\r\nContent-Length: 0\r\n" },
  { .path = "/call-this-number", .head = NULL, .body = "SSH-2.0-x\r\n\r\n" },
  { .path = "/to-far-words",
    .head = "302 Found\r\nLocation: https://call-this-number.test/\r\nContent-Length: 0\r\n" },
  { .path = "/cookie", .head = "200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 0\r\n" },
  { .path = "/full", .head = "200 OK\r\n", .padding = MAX_BYTES },
  { .path = "/large", .head = "200 OK\r\n", .padding = MAX_BYTES + 1 },
  { .path = "/endless", .head = "200 OK\r\n", .padding = G_MAXSIZE },
  { .path = "/large-declared", .head = "200 OK\r\nContent-Length: 262145\r\n", .body = "x",
    .stalls = TRUE },
  { .path = "/zipped", .head = "200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n",
    .body = "\x1f\x8b\x08\x01" },
  { .path = "/cut", .head = "200 OK\r\nContent-Length: 100\r\n", .body = "hello" },
  { .path = "/rubbish", .head = NULL, .body = "SSH-2.0-x\r\n\r\n" },
  { .path = "/silent", .head = NULL, .stalls = TRUE },
  { .path = "/stalled", .head = "200 OK\r\nContent-Length: 100\r\n", .body = "hello",
    .stalls = TRUE },
  { .path = "/no-location", .head = "302 Found\r\nContent-Length: 0\r\n" },
  { .path = "/to-doc", .head = "302 Found\r\nLocation: /doc\r\nContent-Length: 0\r\n",
    .stays = TRUE },
  { .path = "/to-sibling",
    .head = "301 Moved\r\nLocation: https://www.a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-443",
    .head = "308 Moved\r\nLocation: https://a.test:443/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-other-owner",
    .head = "302 Found\r\nLocation: https://b.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-http",
    .head = "302 Found\r\nLocation: http://a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-port",
    .head = "302 Found\r\nLocation: https://a.test:8443/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-user",
    .head = "302 Found\r\nLocation: https://u:p@a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-address",
    .head = "302 Found\r\nLocation: https://127.0.0.1/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-25",
    .head = "302 Found\r\nLocation: https://a.test:25/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-ftp",
    .head = "302 Found\r\nLocation: ftp://a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-file",
    .head = "302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n" },
  { .path = "/to-escaped-host",
    .head = "302 Found\r\nLocation: https://a%1b%5b31m.a.test/doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-spelt-out",
    .head = "302 Found\r\nLocation: https://W%57W.A.test./doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-apex",
    .head = "302 Found\r\nLocation: https://A.test./doc\r\nContent-Length: 0\r\n" },
  { .path = "/to-escape", .head = "302 Found\r\nLocation: /d\x1b[31m\r\nContent-Length: 0\r\n" },
  { .path = "/twenty/x/", .head = "302 Found\r\nLocation: x/\r\nContent-Length: 0\r\n" },
  { .path = "/twenty/x/x/", .head = "302 Found\r\nLocation: x/\r\nContent-Length: 0\r\n" },
  { .path = "/twenty/x/x/x/", .head = "302 Found\r\nLocation: x/\r\nContent-Length: 0\r\n" },
  { .path = "/loop", .head = "302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n" },
  { .path = "/twenty/", .head = "302 Found\r\nLocation: x/\r\nContent-Length: 0\r\n" },
  { .path = "/hop4", .head = "302 Found\r\nLocation: /hop3\r\nContent-Length: 0\r\n" },
  { .path = "/hop3", .head = "303 See\r\nLocation: /hop2\r\nContent-Length: 0\r\n" },
  { .path = "/hop2", .head = "307 There\r\nLocation: /hop1\r\nContent-Length: 0\r\n" },
  { .path = "/hop1", .head = "302 Found\r\nLocation: /doc\r\nContent-Length: 0\r\n" },
};

/* Reads up to the empty line; FALSE when the other side hung up. */
static gboolean
read_head (int      fd,
           SSL     *ssl,
           GString *head)
{
  g_string_truncate (head, 0);
  while (strstr (head->str, "\r\n\r\n") == NULL)
    {
      char byte;
      gssize n = ssl != NULL ? SSL_read (ssl, &byte, 1) : recv (fd, &byte, 1, 0);

      if (n != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }

  return TRUE;
}

static gboolean
send_text (SSL        *ssl,
           const char *text)
{
  return *text == '\0' || SSL_write (ssl, text, (int) strlen (text)) > 0;
}

static void
send_padding (SSL   *ssl,
              gsize  len)
{
  static const char zeros[1024];

  for (gsize sent = 0; sent < len; sent += MIN (len - sent, sizeof zeros))
    {
      if (SSL_write (ssl, zeros, (int) MIN (len - sent, sizeof zeros)) <= 0)
        return;
    }
}

static void
send_early (SSL *ssl)
{
  while (send_text (ssl, "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"))
    ;
}

/* What was posted behind @request: to close on what was not read is a reset. */
static char *
read_body (SSL        *ssl,
           const char *request)
{
  const char *header = strstr (request, "\r\nContent-Length: ");
  gsize len = header != NULL ? (gsize) g_ascii_strtoull (header + 18, NULL, 10) : 0;
  char *body = g_malloc0 (len + 1);

  for (gsize i = 0; i < len; i++)
    {
      if (SSL_read (ssl, body + i, 1) != 1)
        break;
    }

  return body;
}

/* Plain HTTP, by way of the proxy: answers as pages would have it, and more than
 * a HEAD is to be answered with. */
static void
answer_plainly (TlTestWeb        *web,
                int         fd,
                const char *request)
{
  static const char * const answers[][2] = {
    { "/config", "HTTP/1.1 200 OK\r\nContent-Type: Text/XML; charset=utf-8\r\n"
                 "Content-Length: 6\r\n\r\nforged" },
    { "/unframed", "HTTP/1.1 200 OK\r\n\r\nforged" },
    { "/chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "6\r\nforged\r\n0\r\n\r\n" },
    { "/twice", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged" },
    { "/moved", "HTTP/1.1 302 Found\r\nLocation: https://b.test/x\r\nContent-Length: 0\r\n\r\n" },
    { "/none", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n" },
    { "/rubbish", "SSH-2.0-x\r\n\r\n" },
  };

  g_free (g_atomic_pointer_exchange (&web->plain_request, g_strdup (request)));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *line = g_strconcat ("HEAD http://a.test", answers[i][0], " HTTP/1.1\r\n", NULL);

      if (g_str_has_prefix (request, line))
        send (fd, answers[i][1], strlen (answers[i][1]), 0);
    }
  if (strstr (request, "/silent") != NULL)
    tl_test_wait_for_hang_up (fd);
}

/* Returns whether the connection stays open. */
static gboolean
answer (TlTestWeb        *web,
        int         fd,
        SSL        *ssl,
        const char *request)
{
  const char *target = strchr (request, ' ') + 1;
  g_autofree char *path = g_strndup (target, strcspn (target, " "));
  g_autofree char *body = read_body (ssl, request);

  if (g_str_has_suffix (path, "secret"))
    {
      g_atomic_int_inc (&web->n_asked_who);
      if (strstr (request, "uthorization:") != NULL)
        g_atomic_int_inc (&web->n_told_who);
    }

  if (g_str_has_prefix (request, "POST "))
    g_atomic_int_inc (&web->n_posted);

  if (g_str_equal (path, "/echo"))
    {
      g_autofree char *text = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%s%s",
                                               strlen (request) + strlen (body), request, body);

      return send_text (ssl, text);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      const Page *page = &pages[i];

      if (!g_str_equal (page->path, path))
        continue;

      if (page->early)
        send_early (ssl);
      if (page->head != NULL)
        {
          g_autofree char *head = g_strconcat ("HTTP/1.1 ", page->head,
                                               page->stays ? "\r\n" : "Connection: close\r\n\r\n",
                                               NULL);

          send_text (ssl, head);
        }
      send_text (ssl, page->body != NULL ? page->body : "");
      send_padding (ssl, page->padding);
      if (page->stalls)
        tl_test_wait_for_hang_up (fd);
      return page->stays;
    }

  g_error ("nobody wrote a page for %s", path);
}

/* RFC 7301 §3.1: each name has its length before it. */
static int
on_protocols_offered (SSL            *ssl,
                      const guchar  **out,
                      guchar         *out_len,
                      const guchar   *offered,
                      unsigned        offered_len,
                      void           *data)
{
  static const guchar http1[] = "\x08http/1.1";
  static const guchar http2[] = "\x02h2";
  TlTestWeb *web = data;
  gboolean is_http1 = offered_len == 9 && memcmp (offered, http1, 9) == 0;
  guchar *chosen;

  g_atomic_int_inc (is_http1 ? &web->n_http1 : &web->n_other);
  if (web->mood != TL_TEST_WEB_HTTP2 ||
      SSL_select_next_proto (&chosen, out_len, http2, 3, offered, offered_len) !=
        OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;

  return SSL_TLSEXT_ERR_OK;
}

/* RFC 9113 §6.5 and §6.7: settings, and acknowledged PINGs as fast as they go. */
static void
flood (SSL *ssl)
{
  static const char settings[] = "\0\0\0\4\0\0\0\0";
  static const char ping[] = "\0\0\x08\6\1\0\0\0\0ABCDEFG";
  g_autofree char *pings = g_malloc (1000 * sizeof ping);
  gint64 until_us = g_get_monotonic_time () + FLOOD_US;

  for (gsize i = 0; i < 1000; i++)
    memcpy (pings + i * sizeof ping, ping, sizeof ping);
  if (SSL_write (ssl, settings, sizeof settings) <= 0)
    return;
  while (g_get_monotonic_time () < until_us && SSL_write (ssl, pings, 1000 * sizeof ping) > 0)
    ;
}

static void
serve (int      fd,
       gpointer data)
{
  static const char plaintext[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
  TlTestWeb *web = data;
  g_autoptr(GString) head = g_string_new (NULL);
  const guchar *protocol;
  unsigned protocol_len;
  char first;
  SSL *ssl;

  if (recv (fd, &first, 1, MSG_PEEK) == 1 && first == 'H')
    {
      if (read_head (fd, NULL, head))
        answer_plainly (web, fd, head->str);
      return;
    }
  if (recv (fd, &first, 1, MSG_PEEK) == 1 && first == 'C')
    {
      const char *reply = web->mood == TL_TEST_WEB_PROXY_REFUSES ? "HTTP/1.1 403 No\r\n\r\n"
                                                         : "HTTP/1.1 200 Yes\r\n\r\n";

      if (!read_head (fd, NULL, head) || send (fd, reply, strlen (reply), 0) < 0 ||
          web->mood == TL_TEST_WEB_PROXY_REFUSES)
        return;
    }

  /* Only after the client has said something: what comes with the proxy's
   * reply is still the proxy's. */
  if (web->mood == TL_TEST_WEB_PLAINTEXT && recv (fd, &first, 1, MSG_PEEK) == 1)
    send (fd, plaintext, strlen (plaintext), 0);
  if (web->mood != TL_TEST_WEB_WELL && web->mood != TL_TEST_WEB_HTTP2)
    {
      tl_test_wait_for_hang_up (fd);
      return;
    }

  ssl = tl_test_accept_tls (fd, web->ctx);
  if (ssl == NULL)
    return;
  SSL_get0_alpn_selected (ssl, &protocol, &protocol_len);
  if (protocol_len == 2)
    flood (ssl);
  while (protocol_len != 2 && read_head (fd, ssl, head) && answer (web, fd, ssl, head->str))
    ;
  SSL_shutdown (ssl);
  SSL_free (ssl);
}

/**
 * tl_test_web_new:
 * @peculiar: what is wrong with its certificate
 * @mood: what it does
 *
 * Returns: (transfer full): a web that is listening
 */
TlTestWeb *
tl_test_web_new (TlTestTls     peculiar,
                 TlTestWebMood mood)
{
  TlTestWeb *self = g_new0 (TlTestWeb, 1);
  g_autoptr(GError) error = NULL;

  self->mood = mood;
  self->ca = tl_test_ca_new (NULL);
  self->ctx = tl_test_ca_new_server (self->ca, "a.test,www.a.test,b.test,mta-sts.a.test,"
                                    "127.0.0.1", peculiar);
  SSL_CTX_set_alpn_select_cb (self->ctx, on_protocols_offered, self);
  self->folder = g_dir_make_tmp ("twolane-https-XXXXXX", &error);
  g_assert_no_error (error);
  self->ca_file = g_build_filename (self->folder, "ca.pem", NULL);
  g_file_set_contents (self->ca_file, tl_test_ca_get_pem (self->ca), -1, &error);
  g_assert_no_error (error);
  self->trust = g_tls_file_database_new (self->ca_file, &error);
  g_assert_no_error (error);
  self->server = tl_test_server_new (serve, self);

  return self;
}

void
tl_test_web_free (TlTestWeb *self)
{
  tl_test_server_free (self->server);
  SSL_CTX_free (self->ctx);
  tl_test_ca_free (self->ca);
  g_object_unref (self->trust);
  g_unlink (self->ca_file);
  g_rmdir (self->folder);
  g_free (self->ca_file);
  g_free (self->folder);
  g_free (self->plain_request);
  g_free (self);
}
