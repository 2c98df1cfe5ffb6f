/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-http-reply.h"

#include <string.h>

#include "tl-error.h"
#include "tl-http-head.h"

#define OK "HTTP/1.1 200 OK\r\n"
#define REFUSED 0

typedef struct
{
  const char *name;
  const char *bytes;
  guint       status;       /* REFUSED: no such reply */
  const char *body;
  const char *content_type;
  guint       retry_after;
  gboolean    is_open;      /* whole when the connection ends, and not before */
} ReplyCase;

static const ReplyCase reply_cases[] = {
  { "sized", OK "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 200, "{}",
    "application/json" },
  { "sized-nothing", OK "Content-Length: 0\r\n\r\n", 200, "" },
  { "sized-more", OK "Content-Length: 2\r\n\r\n{}HTTP/1.1 500 No\r\n\r\n", 200, "{}" },
  { "media-type", OK "content-TYPE:\tApplication/JSON ;charset=utf-8 \r\nContent-Length: 0\r\n\r\n",
    200, "", "application/json" },
  { "media-type-none", OK "Content-Type: json\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "chunked", OK "Transfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n01 ;a=\"b\"\r\n}\r\n0\r\n\r\n", 200,
    "{}" },
  { "chunked-hex", OK "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", 200,
    "0123456789" },
  { "chunked-trailers", OK "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
    "Content-Length: 9\r\nRetry-After: 7\r\n\r\n", 200, "x" },
  { "until-closed", OK "\r\n{}", 200, "{}", .is_open = TRUE },
  { "until-closed-nothing", OK "\r\n", 200, "", .is_open = TRUE },
  { "http-1.0", "HTTP/1.0 400 Bad\r\nContent-Length: 2\r\n\r\nno", 400, "no" },
  { "no-reason", "HTTP/1.1 400\r\nContent-Length: 0\r\n\r\n", 400, "" },
  { "no-content", "HTTP/1.1 204 No\r\n\r\n", 204, "" },
  { "not-modified", "HTTP/1.1 304 No\r\nContent-Length: 9\r\n\r\n", 304, "" },
  { "redirect", "HTTP/1.1 302 F\r\nLocation: http://x.test/\r\nContent-Length: 0\r\n\r\n", 302,
    "" },
  { "retry-after", "HTTP/1.1 429 No\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n", 429, "",
    NULL, 120 },
  { "retry-after-ages", "HTTP/1.1 429 No\r\nRetry-After: 99999999999999999999999\r\n"
    "Content-Length: 0\r\n\r\n", 429, "", NULL, 86400 },
  { "retry-after-date", "HTTP/1.1 429 No\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n"
    "Content-Length: 0\r\n\r\n", 429, "" },
  { "interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: </x>\r\n\r\n"
    OK "Content-Length: 1\r\n\r\nx", 200, "x" },
  { "tab-in-a-value", OK "A: b\tc\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "blanks-after-a-value", OK "Content-Length: 1\t \r\n\r\nx", 200, "x" },
  { "media-type-no-sub", OK "Content-Type: text/\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "media-type-no-type", OK "Content-Type: /html\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "media-type-other-mark", OK "Content-Type: text:html\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "media-type-goes-on", OK "Content-Type: text/html,b\r\nContent-Length: 0\r\n\r\n", 200, "" },
  { "status-599", "HTTP/1.1 599 No\r\nContent-Length: 0\r\n\r\n", 599, "" },
  { "no-content-chunked", "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", 204, "" },
  { "chunk-8-digits", OK "Transfer-Encoding: chunked\r\n\r\n00000001\r\nx\r\n0\r\n\r\n", 200,
    "x" },
  { "identity", OK "Content-Encoding: identity\r\nContent-Length: 1\r\n\r\nx", 200, "x" },

  { "empty", "" },
  { "cut-status", "HTTP/1.1 2" },
  { "cut-head", OK "Content-Length: 2\r\n" },
  { "cut-sized", OK "Content-Length: 2\r\n\r\n{" },
  { "cut-chunk", OK "Transfer-Encoding: chunked\r\n\r\n2\r\n{" },
  { "cut-chunks", OK "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n" },
  { "cut-trailers", OK "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" },
  { "http-0.9", "<html>hello</html>\r\n\r\n" },
  { "http-2", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n" },
  { "http-2-preface", "PRI * HTTP/2.0\r\n\r\n" },
  { "ssh", "SSH-2.0-x\r\n\r\n" },
  { "status-2-digits", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-4-digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-none", "HTTP/1.1 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-099", "HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-600", "HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-two-spaces", "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n" },
  { "switching", "HTTP/1.1 101 Yes\r\n\r\n" },
  { "switching-then", "HTTP/1.1 101 Yes\r\n\r\n" OK "Content-Length: 0\r\n\r\n" },
  { "interim-length-0", "HTTP/1.1 100 C\r\nContent-Length: 0\r\n\r\n"
    OK "Content-Length: 0\r\n\r\n" },
  { "interim-chunked", "HTTP/1.1 100 C\r\nTransfer-Encoding: chunked\r\n\r\n"
    OK "Content-Length: 0\r\n\r\n" },
  { "http-1.2", "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-tab", "HTTP/1.1\t200 OK\r\nContent-Length: 0\r\n\r\n" },
  { "status-words", "HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n" },
  { "interim-sized", "HTTP/1.1 100 C\r\nContent-Length: 1\r\n\r\nx"
    OK "Content-Length: 0\r\n\r\n" },
  { "length-twice", OK "Content-Length: 2\r\nContent-Length: 1\r\n\r\n{}" },
  { "length-list", OK "Content-Length: 2, 2\r\n\r\n{}" },
  { "length-signed", OK "Content-Length: +2\r\n\r\n{}" },
  { "length-negative", OK "Content-Length: -2\r\n\r\n{}" },
  { "length-hex", OK "Content-Length: 0x2\r\n\r\n{}" },
  { "length-none", OK "Content-Length:\r\n\r\n" },
  { "length-65537", OK "Content-Length: 65537\r\n\r\n" },
  { "length-2-to-64", OK "Content-Length: 18446744073709551618\r\n\r\n{}" },
  { "length-and-chunked", OK "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
  { "chunked-and-length", OK "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n" },
  { "chunked-twice", OK "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\n" },
  { "chunked-gzip", OK "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" },
  { "chunked-http-1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
  { "encoded", OK "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx" },
  { "media-type-twice", OK "Content-Type: a/b\r\nContent-Type: c/d\r\nContent-Length: 0\r\n\r\n" },
  { "bare-lf", "HTTP/1.1 200 OK\nContent-Length: 0\n\n" },
  { "bare-lf-field", OK "A: b\nContent-Length: 0\r\n\r\n" },
  { "bare-cr", OK "A: b\rContent-Length: 0\r\n\r\n" },
  { "two-cr", OK "A: b\r\r\nContent-Length: 0\r\n\r\n" },
  { "folded", OK "A: b\r\n c\r\nContent-Length: 0\r\n\r\n" },
  { "folded-tab", OK "A: b\r\n\tc\r\nContent-Length: 0\r\n\r\n" },
  { "no-colon", OK "A\r\nContent-Length: 0\r\n\r\n" },
  { "no-name", OK ": b\r\nContent-Length: 0\r\n\r\n" },
  { "space-before-colon", OK "Content-Length : 0\r\n\r\n" },
  { "control", OK "A: b\x1b[31m\r\nContent-Length: 0\r\n\r\n" },
  { "chunk-no-size", OK "Transfer-Encoding: chunked\r\n\r\n\r\n" },
  { "chunk-no-size-ended", OK "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n" },
  { "chunk-0x-ended", OK "Transfer-Encoding: chunked\r\n\r\n0x\r\n\r\n" },
  { "chunk-signed", OK "Transfer-Encoding: chunked\r\n\r\n-1\r\n" },
  { "chunk-0x", OK "Transfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n" },
  { "chunk-huge", OK "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" },
  { "chunk-9-digits", OK "Transfer-Encoding: chunked\r\n\r\n000000001\r\nx\r\n0\r\n\r\n" },
  { "chunk-65537", OK "Transfer-Encoding: chunked\r\n\r\n10001\r\n" },
  { "chunk-too-long", OK "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n" },
  { "chunk-bare-lf", OK "Transfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n" },
  { "trailer-no-name", OK "Transfer-Encoding: chunked\r\n\r\n0\r\nx\r\n\r\n" },
};

/* Feeds @bytes in pieces of @step; returns whether the reply is good up to the end of it. */
static gboolean
feed (TlHttpReply  *reply,
      const char   *bytes,
      gsize         len,
      gsize         step,
      GError      **error)
{
  for (gsize at = 0; at < len; at += step)
    {
      if (!tl_http_reply_feed (reply, bytes + at, MIN (step, len - at), error))
        return FALSE;
    }

  return TRUE;
}

static void
test_reply (gconstpointer data)
{
  static const gsize steps[] = { 1, 2, 7, 100000 };
  const ReplyCase *c = data;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(TlHttpReply) reply = tl_http_reply_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(TlSecret) body = NULL;
      gboolean is_good = feed (reply, c->bytes, strlen (c->bytes), steps[i], &error);

      if (is_good)
        {
          g_assert_cmpint (tl_http_reply_is_whole (reply), ==, c->status != REFUSED && !c->is_open);
          is_good = tl_http_reply_end (reply, &error);
        }
      g_assert_cmpint (is_good, ==, c->status != REFUSED);
      if (c->status == REFUSED)
        {
          g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
          continue;
        }

      g_assert_no_error (error);
      body = tl_http_reply_dup_body (reply);
      g_assert_cmpuint (tl_http_reply_get_status (reply), ==, c->status);
      g_assert_cmpstr (tl_secret_peek (body, NULL), ==, c->body);
      g_assert_cmpuint (tl_secret_get_len (body), ==, strlen (c->body));
      g_assert_cmpstr (tl_http_reply_get_content_type (reply), ==, c->content_type);
      g_assert_cmpuint (tl_http_reply_get_retry_after (reply), ==, c->retry_after);
    }
}

/* One bound at a time: as much as may come, and one more. */
typedef struct
{
  const char *name;
  const char *before;
  const char *repeated;
  const char *after;
  gsize       n_most;
} BoundCase;

static const BoundCase bound_cases[] = {
  { "head", "HTTP/1.1 200 OK\r\nA: ", "x", "\r\nContent-Length: 0\r\n\r\n",
    TL_HTTP_REPLY_MAX_HEAD_BYTES - 17 - 3 - 2 - 19 - 2 },
  { "fields", OK, "A: b\r\n", "Content-Length: 0\r\n\r\n", TL_HTTP_HEAD_MAX_FIELDS - 1 },
  { "interim", "", "HTTP/1.1 100 C\r\n\r\n", OK "Content-Length: 0\r\n\r\n",
    TL_HTTP_REPLY_MAX_INTERIM },
  { "body", OK "\r\n", "x", "", TL_HTTP_REPLY_MAX_BODY_BYTES },
  { "chunks", OK "Transfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n", "0\r\n\r\n",
    TL_HTTP_REPLY_MAX_BODY_BYTES },
  { "chunk-line", OK "Transfer-Encoding: chunked\r\n\r\n0;", "x", "\r\n\r\n", 256 - 4 },
  { "trailers", OK "Transfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n", "\r\n",
    TL_HTTP_HEAD_MAX_FIELDS },
};

static void
test_bound (gconstpointer data)
{
  const BoundCase *c = data;

  for (gsize more = 0; more < 2; more++)
    {
      g_autoptr(TlHttpReply) reply = tl_http_reply_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) bytes = g_string_new (c->before);
      gboolean is_good;

      for (gsize i = 0; i < c->n_most + more; i++)
        g_string_append (bytes, c->repeated);
      g_string_append (bytes, c->after);

      is_good = feed (reply, bytes->str, bytes->len, 1000, &error) &&
                tl_http_reply_end (reply, &error);
      g_assert_cmpint (is_good, ==, more == 0);
      if (more == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
    }
}

static void
test_nul (void)
{
  static const char bytes[] = "HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 0\r\n\r\n";
  g_autoptr(TlHttpReply) reply = tl_http_reply_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_http_reply_feed (reply, bytes, sizeof bytes - 1, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reply_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http-reply/", reply_cases[i].name, NULL);

      g_test_add_data_func (path, &reply_cases[i], test_reply);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bound_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/http-reply/bound/", bound_cases[i].name, NULL);

      g_test_add_data_func (path, &bound_cases[i], test_bound);
    }
  g_test_add_func ("/http-reply/nul", test_nul);

  return g_test_run ();
}
