/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlDer:
 * @data: where it begins
 * @len: how many bytes are left
 *
 * Bytes that are read element by element (X.690). Lives as long as what it was made from.
 */
typedef struct
{
  const guint8 *data;
  gsize         len;
} TlDer;

/* Tags of DER, X.690 §8.1.2 */
#define TL_DER_INTEGER      0x02
#define TL_DER_BIT_STRING   0x03
#define TL_DER_OCTET_STRING 0x04
#define TL_DER_SEQUENCE     0x30
#define TL_DER_SET          0x31
#define TL_DER_CONSTRUCTED  0x20
#define TL_DER_CONTEXT(n)   (0x80 | (n))

gboolean tl_der_take         (TlDer        *self,
                              guint8        tag,
                              TlDer        *out_content);
gboolean tl_der_take_exactly (TlDer        *self,
                              const guint8 *bytes,
                              gsize         len);
gboolean tl_der_is_strict    (TlDer         self);

G_END_DECLS
