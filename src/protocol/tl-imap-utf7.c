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
  /* What ASCII can print stands for itself, and is never shifted: who writes it
   * otherwise has something to hide. A NUL would end the name for who reads it. */
  if (unit == 0 || (unit >= 0x20 && unit < 0x7f))
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
 * were not asked to speak UTF-8. As there, printable ASCII must not be shifted.
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

/* One character more of what stands between "&" and "-". */
static void
append_units (GString  *out,
              gunichar  c,
              guint32  *inout_bits,
              guint    *inout_n_bits)
{
  guint16 units[2] = { (guint16) c, 0 };
  guint n_units = 1;

  if (c > 0xffff)
    {
      units[0] = (guint16) (0xd800 + ((c - 0x10000) >> 10));
      units[1] = (guint16) (0xdc00 + ((c - 0x10000) & 0x3ff));
      n_units = 2;
    }

  for (guint i = 0; i < n_units; i++)
    {
      *inout_bits = (*inout_bits << 16) | units[i];
      for (*inout_n_bits += 16; *inout_n_bits >= 6; *inout_n_bits -= 6)
        g_string_append_c (out, alphabet[(*inout_bits >> (*inout_n_bits - 6)) & 0x3f]);
      *inout_bits &= (1u << *inout_n_bits) - 1;
    }
}

/**
 * tl_imap_utf7_encode:
 * @name: a mailbox name
 *
 * The other way round from tl_imap_utf7_decode(), in the one form that RFC 3501
 * §5.1.3 allows. A name that is no UTF-8 is as the server gave it, and stays so.
 *
 * Returns: (transfer full): @name as it goes over the wire
 */
char *
tl_imap_utf7_encode (const char *name)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *p = name;

  if (!g_utf8_validate (name, -1, NULL))
    return g_strdup (name);

  while (*p != '\0')
    {
      guint32 bits = 0;
      guint n_bits = 0;

      if ((guchar) *p >= 0x20 && (guchar) *p < 0x7f)
        {
          g_string_append_c (out, *p);
          if (*p++ == '&')
            g_string_append_c (out, '-');
          continue;
        }

      g_string_append_c (out, '&');
      for (; *p != '\0' && ((guchar) *p < 0x20 || (guchar) *p >= 0x7f); p = g_utf8_next_char (p))
        append_units (out, g_utf8_get_char (p), &bits, &n_bits);
      if (n_bits > 0)
        g_string_append_c (out, alphabet[(bits << (6 - n_bits)) & 0x3f]);
      g_string_append_c (out, '-');
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
