/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-utf7.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* One UTF-16 unit more; a high surrogate waits in @inout_high for its low one. */
static gboolean
append_unit (GString  *out,
             guint     unit,
             guint    *inout_high)
{
  gboolean is_low = unit >= 0xdc00 && unit <= 0xdfff;

  if (is_low != (*inout_high != 0))
    return FALSE;

  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      *inout_high = unit;
      return TRUE;
    }

  if (is_low)
    unit = 0x10000 + ((*inout_high - 0xd800) << 10) + (unit - 0xdc00);
  *inout_high = 0;
  /* A NUL would end the name for whoever reads it. */
  if (unit == 0)
    return FALSE;
  g_string_append_unichar (out, unit);

  return TRUE;
}

/* What stands between "&" and "-": base64 with "," for "/" and without
 * padding, of UTF-16 in network order. */
static gboolean
append_shifted (GString    *out,
                const char *from,
                gsize       len)
{
  guint32 bits = 0;
  guint n_bits = 0;
  guint high = 0;

  for (gsize i = 0; i < len; i++)
    {
      const char *at = strchr (alphabet, from[i]);

      bits = (bits << 6) | (guint32) (at - alphabet);
      n_bits += 6;
      if (n_bits >= 16)
        {
          n_bits -= 16;
          if (!append_unit (out, (bits >> n_bits) & 0xffff, &high))
            return FALSE;
        }
    }

  return high == 0 && n_bits < 6 && (bits & ((1u << n_bits) - 1)) == 0;
}

/**
 * tl_imap_utf7_decode:
 * @name: a mailbox name as it comes over the wire
 *
 * Modified UTF-7, RFC 3501 §5.1.3, which RFC 9051 §A.1 keeps for servers that
 * were not asked to speak UTF-8.
 *
 * Returns: (transfer full) (nullable): @name in UTF-8, or %NULL when it is not modified UTF-7
 */
char *
tl_imap_utf7_decode (const char *name)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = name;

  while (*p != '\0')
    {
      gsize len;

      if ((guchar) *p < 0x20 || (guchar) *p >= 0x7f)
        return NULL;
      if (*p != '&')
        {
          g_string_append_c (out, *p++);
          continue;
        }

      len = strspn (p + 1, alphabet);
      if (p[1 + len] != '-')
        return NULL;
      if (len == 0)
        g_string_append_c (out, '&');
      else if (!append_shifted (out, p + 1, len))
        return NULL;
      p += len + 2;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
