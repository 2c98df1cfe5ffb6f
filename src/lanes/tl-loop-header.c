/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-header.h"

#include <string.h>

/**
 * tl_loop_header_init:
 * @self: a walk
 * @bytes: a header, and whatever is behind it; outlives the walk
 * @len: how many bytes
 *
 * Begins at the first field.
 */
void
tl_loop_header_init (TlLoopHeader *self,
                     const char   *bytes,
                     gsize         len)
{
  self->at = bytes;
  self->end = bytes + MIN (len, TL_LOOP_HEADER_MAX_BYTES);
  self->n_fields = 0;
}

/* Behind the line end of the line that @at is in. A bare LF is taken for one:
 * what a server hands out is not ours to choose. */
static const char *
skip_line (const char *at,
           const char *end)
{
  const char *lf = memchr (at, '\n', (gsize) (end - at));

  return lf == NULL ? end : lf + 1;
}

static gboolean
is_folded (const char *at,
           const char *end)
{
  return at < end && (*at == ' ' || *at == '\t');
}

/**
 * tl_loop_header_next:
 * @self: a walk
 * @out_field: (out caller-allocates): the next field
 *
 * fields, RFC 5322 §2.2:
 *
 *   field = 1*ftext ":" unstructured CRLF, folded as §2.2.3 says
 *
 * Lines that are no field are passed over. Linear, and bounded by the
 * `TL_LOOP_HEADER_MAX_` constants.
 *
 * Returns: whether there was another one
 */
gboolean
tl_loop_header_next (TlLoopHeader *self,
                     TlLoopField  *out_field)
{
  while (self->at < self->end && self->n_fields < TL_LOOP_HEADER_MAX_FIELDS)
    {
      const char *start = self->at;
      const char *stop = skip_line (start, self->end);
      const char *colon;

      if (*start == '\n' || (*start == '\r' && stop - start == 2))
        break;

      while (is_folded (stop, self->end))
        stop = skip_line (stop, self->end);
      self->at = stop;
      self->n_fields++;

      colon = memchr (start, ':', (gsize) (stop - start));
      if (colon == NULL || colon == start || is_folded (start, stop))
        continue;

      out_field->name = start;
      out_field->name_len = (gsize) (colon - start);
      while (out_field->name_len > 0 && is_folded (start + out_field->name_len - 1, colon))
        out_field->name_len--;
      out_field->value = colon + 1;
      out_field->value_len = (gsize) (stop - colon - 1);
      return TRUE;
    }

  self->at = self->end;

  return FALSE;
}

/**
 * tl_loop_field_is:
 * @self: a field
 * @name: a name, in any case
 *
 * Returns: whether @self is of that name
 */
gboolean
tl_loop_field_is (const TlLoopField *self,
                  const char        *name)
{
  return self->name_len == strlen (name) &&
         g_ascii_strncasecmp (self->name, name, self->name_len) == 0;
}
