/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-http-head.h"

#include <string.h>

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *line;
  gboolean    is_bad;
  guint       status;
  gsize       length;       /* 0: none is said */
  const char *content_type;
  guint       retry_after;
  gboolean    is_chunked;
} LineCase;

static const LineCase lines[] = {
  { "status", "HTTP/1.1 200 OK", .status = 200 },
  { "status/no-reason", "HTTP/1.0 503", .status = 503 },
  { "status/two-digits", "HTTP/1.1 20 OK", .is_bad = TRUE },
  { "status/six", "HTTP/1.1 600 No", .is_bad = TRUE },
  { "status/http2", "HTTP/2 200", .is_bad = TRUE },
  { "length", "content-length: \t12 ", .length = 12 },
  { "length/huge", "Content-Length: 99999999999999999999", .length = TL_HTTP_HEAD_MAX_LENGTH },
  { "length/sign", "Content-Length: +1", .is_bad = TRUE },
  { "type", "Content-Type: Application/JSON; charset=utf-8", .content_type = "application/json" },
  { "type/none", "Content-Type: json", .content_type = NULL },
  { "retry", "Retry-After: 7", .retry_after = 7 },
  { "retry/years", "Retry-After: 999999999", .retry_after = 86400 },
  { "retry/date", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT" },
  { "chunked", "Transfer-Encoding: chunked", .is_chunked = TRUE },
  { "gzip", "Content-Encoding: gzip", .is_bad = TRUE },
  { "folded", " more", .is_bad = TRUE },
  { "space", "A : b", .is_bad = TRUE },
  { "control", "A: b\x01", .is_bad = TRUE },
};

static void
test_line (gconstpointer data)
{
  const LineCase *c = data;
  g_autofree char *line = g_strdup (c->line);
  g_autoptr(GError) error = NULL;
  TlHttpHead head;
  gboolean is_good;

  tl_http_head_begin (&head);
  is_good = g_str_has_prefix (c->name, "status")
    ? tl_http_head_read_status (&head, line, &error)
    : tl_http_head_read_field (&head, line, strlen (line), FALSE, &error);
  g_assert_cmpint (is_good, ==, !c->is_bad);
  if (c->is_bad)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (head.status, ==, c->status);
  g_assert_cmpuint (head.length, ==, c->length != 0 ? c->length : TL_HTTP_HEAD_NO_LENGTH);
  g_assert_cmpstr (head.content_type, ==, c->content_type != NULL ? c->content_type : "");
  g_assert_cmpuint (head.retry_after, ==, c->retry_after);
  g_assert_cmpint (head.is_chunked, ==, c->is_chunked);
}

static void
test_trailer (void)
{
  char line[] = "Content-Length: 12";
  TlHttpHead head;

  tl_http_head_begin (&head);
  g_assert_true (tl_http_head_read_field (&head, line, strlen (line), TRUE, NULL));
  g_assert_cmpuint (head.length, ==, TL_HTTP_HEAD_NO_LENGTH);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strconcat ("/http-head/", lines[i].name, NULL);

      g_test_add_data_func (path, &lines[i], test_line);
    }
  g_test_add_func ("/http-head/trailer", test_trailer);

  return g_test_run ();
}
