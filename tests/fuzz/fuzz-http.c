/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-error.h"
#include "tl-fuzz.h"
#include "tl-http-reply.h"

/* Reads @data in pieces of @step; returns the reply when it is whole at the end, or NULL. */
static TlHttpReply *
read_in_steps (const guint8 *data,
               gsize         size,
               gsize         step)
{
  g_autoptr(TlHttpReply) reply = tl_http_reply_new ();
  g_autoptr(GError) error = NULL;

  for (gsize at = 0; at < size; at += step)
    {
      if (!tl_http_reply_feed (reply, data + at, MIN (step, size - at), &error))
        {
          g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
          return NULL;
        }
      if (tl_http_reply_is_whole (reply))
        break;
    }
  if (!tl_http_reply_end (reply, &error))
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
      return NULL;
    }

  return g_steal_pointer (&reply);
}

/* The first byte is how the rest comes in: in one piece, and in pieces of that many bytes. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(TlHttpReply) reply = NULL;
  g_autoptr(TlHttpReply) again = NULL;
  g_autoptr(TlSecret) body = NULL;
  g_autoptr(TlSecret) body_again = NULL;

  if (size < 2)
    return 0;

  reply = read_in_steps (data + 1, size - 1, size);
  again = read_in_steps (data + 1, size - 1, MAX (data[0], 1));
  g_assert_true ((reply == NULL) == (again == NULL));
  if (reply == NULL)
    return 0;

  body = tl_http_reply_dup_body (reply);
  body_again = tl_http_reply_dup_body (again);
  g_assert_true (tl_secret_equal (body, body_again));
  g_assert_cmpuint (tl_http_reply_get_status (reply), >=, 200);
  g_assert_cmpuint (tl_http_reply_get_status (reply), <=, 599);
  g_assert_cmpuint (tl_http_reply_get_status (reply), ==, tl_http_reply_get_status (again));
  g_assert_cmpstr (tl_http_reply_get_content_type (reply), ==,
                   tl_http_reply_get_content_type (again));
  g_assert_cmpuint (tl_http_reply_get_retry_after (reply), <=, 86400);
  g_assert_cmpuint (tl_secret_get_len (body), <=, MIN (size, TL_HTTP_REPLY_MAX_BODY_BYTES));

  return 0;
}
