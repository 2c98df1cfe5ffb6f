/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-der.h"

#include <string.h>

/* The deepest that is read is a part of the name in an agreement on keys: ten levels down. */
#define MAX_DEPTH 12

/* Identifier and length octets, X.690 §8.1.2, §8.1.3 and §10.1:
 *
 *   element = tag length content
 *   tag     = %x00-1E / %x20-3E / ...        ; one octet: a number below 31
 *   length  = %x00-7F                        ; short
 *           / %x81 %x80-FF                   ; long, and no longer than needed
 *           / %x82 %x01-FF OCTET
 *
 * More than 65535 bytes are in no structure that is read here. */
static gboolean
take_any (TlDer   *self,
          guint8  *out_tag,
          TlDer   *out_content)
{
  const guint8 *p = self->data;
  gsize head = 2;
  gsize len;

  if (self->len < 2 || (p[0] & 0x1f) == 0x1f)
    return FALSE;

  len = p[1];
  if (len == 0x81 && self->len >= 3 && p[2] >= 0x80)
    {
      len = p[2];
      head = 3;
    }
  else if (len == 0x82 && self->len >= 4 && p[2] != 0)
    {
      len = (gsize) p[2] << 8 | p[3];
      head = 4;
    }
  else if (len >= 0x80)
    return FALSE;

  if (len > self->len - head)
    return FALSE;

  *out_tag = p[0];
  out_content->data = p + head;
  out_content->len = len;
  self->data += head + len;
  self->len -= head + len;

  return TRUE;
}

/**
 * tl_der_take:
 * @self: what is left to read
 * @tag: what has to come next
 * @out_content: (out caller-allocates): what is in it
 *
 * Takes one element off the front of @self.
 *
 * Returns: whether it was there; if not, nothing has been taken
 */
gboolean
tl_der_take (TlDer  *self,
             guint8  tag,
             TlDer  *out_content)
{
  TlDer left = *self;
  TlDer content;
  guint8 found;

  if (!take_any (&left, &found, &content) || found != tag)
    return FALSE;

  *self = left;
  *out_content = content;

  return TRUE;
}

/**
 * tl_der_take_exactly:
 * @self: what is left to read
 * @bytes: what has to come next, whole elements
 * @len: its length
 *
 * Returns: whether it was there; if not, nothing has been taken
 */
gboolean
tl_der_take_exactly (TlDer        *self,
                     const guint8 *bytes,
                     gsize         len)
{
  if (self->len < len || memcmp (self->data, bytes, len) != 0)
    return FALSE;

  self->data += len;
  self->len -= len;

  return TRUE;
}

static gboolean
is_strict (TlDer self,
           guint depth)
{
  TlDer content;
  guint8 tag;

  while (self.len > 0)
    {
      if (!take_any (&self, &tag, &content) ||
          ((tag & TL_DER_CONSTRUCTED) != 0 &&
           (depth == MAX_DEPTH || !is_strict (content, depth + 1))))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_der_is_strict:
 * @self: any elements
 *
 * Returns: whether all of it is elements with lengths in the one form that DER
 *   has, down to the last level
 */
gboolean
tl_der_is_strict (TlDer self)
{
  return is_strict (self, 0);
}
