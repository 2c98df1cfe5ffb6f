/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlHeaderCursor:
 * @at: where it is
 * @end: behind the last byte
 *
 * A walk over the value of one structured field of a header: any bytes, borrowed.
 */
typedef struct
{
  const char *at;
  const char *end;
} TlHeaderCursor;

gboolean tl_header_cursor_skip_cfws   (TlHeaderCursor  *cursor);
char    *tl_header_cursor_read_quoted (TlHeaderCursor  *cursor) G_GNUC_WARN_UNUSED_RESULT;
char    *tl_header_cursor_read_bare   (TlHeaderCursor  *cursor,
                                       const char      *stops) G_GNUC_WARN_UNUSED_RESULT;
char    *tl_header_cursor_read_value  (TlHeaderCursor  *cursor,
                                       const char      *stops) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_header_cursor_take        (TlHeaderCursor  *cursor,
                                       char             c);

G_END_DECLS
