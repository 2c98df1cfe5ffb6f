/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is looked at of a header; the rest may be of any size. */
#define TL_LOOP_HEADER_MAX_BYTES  (64 * 1024)
#define TL_LOOP_HEADER_MAX_FIELDS 1000

/**
 * TlLoopHeader:
 * @at: where the next field begins
 * @end: behind the last byte that is looked at
 * @n_fields: how many there were
 *
 * A walk over the fields of a message's header, from the top. On the stack of
 * whoever walks; the bytes are borrowed.
 */
typedef struct
{
  const char *at;
  const char *end;
  guint       n_fields;
} TlLoopHeader;

/**
 * TlLoopField:
 * @name: not ended by NUL
 * @name_len: its length in bytes
 * @value: what is behind the colon, as it came: folded, not ended by NUL
 * @value_len: its length in bytes
 *
 * One field, borrowed.
 */
typedef struct
{
  const char *name;
  gsize       name_len;
  const char *value;
  gsize       value_len;
} TlLoopField;

void     tl_loop_header_init (TlLoopHeader       *self,
                              const char         *bytes,
                              gsize               len);
gboolean tl_loop_header_next (TlLoopHeader       *self,
                              TlLoopField        *out_field);
gboolean tl_loop_field_is    (const TlLoopField  *self,
                              const char         *name);

G_END_DECLS
