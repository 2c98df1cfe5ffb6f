/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_HTTP_HEAD_MAX_FIELDS   100
#define TL_HTTP_HEAD_MAX_TYPE_LEN 127
#define TL_HTTP_HEAD_NO_LENGTH    G_MAXSIZE

/* Whatever is declared to be longer. */
#define TL_HTTP_HEAD_MAX_LENGTH   (1024 * 1024 * 1024)

/**
 * TlHttpHead:
 * @status: 100 to 599
 * @is_old: whether it is of HTTP/1.0
 * @is_chunked: whether the body comes in pieces (RFC 9112 §7.1)
 * @length: of the body, in bytes, as declared; %TL_HTTP_HEAD_NO_LENGTH when it is not
 * @retry_after: seconds to wait, a day at most; 0 when it does not say
 * @content_type: media type without parameters, lower case; empty when there is none
 * @n_fields: how many header fields were read
 *
 * The head of an answer of HTTP/1.1 (RFC 9112 §4, §5), read line by line. Pure.
 */
typedef struct
{
  guint    status;
  gboolean is_old;
  gboolean is_chunked;
  gsize    length;
  guint    retry_after;
  char     content_type[TL_HTTP_HEAD_MAX_TYPE_LEN + 1];
  guint    n_fields;
} TlHttpHead;

void     tl_http_head_begin       (TlHttpHead  *self);
gboolean tl_http_head_read_status (TlHttpHead  *self,
                                   const char  *line,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_http_head_read_field  (TlHttpHead  *self,
                                   char        *line,
                                   gsize        len,
                                   gboolean     is_trailer,
                                   GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
