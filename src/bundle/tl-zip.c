/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-zip.h"

#include <string.h>

#include "tl-error.h"

/* Local file header, APPNOTE.TXT 6.3.3 §4.3.7: its fixed part, and where in it
 * stands how long the member is. */
#define LOCAL_BYTES   30
#define LOCAL_SIZE_AT 22

/* End record without a comment, §4.3.16, and where in it stands how many members there are. */
#define END_BYTES     22
#define END_COUNT_AT  10

#define VERSION_1_0     10
#define METHOD_STORED   0
#define DATE_1980_01_01 0x0021
#define TIME_00_00_00   0

static void
append_u16 (GByteArray *out,
            guint16     value)
{
  guint16 le = GUINT16_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &le, sizeof le);
}

static void
append_u32 (GByteArray *out,
            guint32     value)
{
  guint32 le = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &le, sizeof le);
}

/* CRC-32 of ISO 3309, as APPNOTE.TXT §4.4.7 wants it, four bits at a time. It
 * guards against nothing here; it is there because unpackers check it. */
static guint32
crc32_of (GBytes *bytes)
{
  static const guint32 table[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
    0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
    0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
  };
  gsize len;
  const guint8 *p = g_bytes_get_data (bytes, &len);
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < len; i++)
    {
      crc = (crc >> 4) ^ table[(crc ^ p[i]) & 15];
      crc = (crc >> 4) ^ table[(crc ^ (p[i] >> 4)) & 15];
    }

  return ~crc;
}

/* The fields that a local header and its entry in the directory share. */
static void
append_common (GByteArray *out,
               const char *name,
               GBytes     *member,
               guint32     crc)
{
  append_u16 (out, VERSION_1_0);
  append_u16 (out, 0); /* flags */
  append_u16 (out, METHOD_STORED);
  append_u16 (out, TIME_00_00_00);
  append_u16 (out, DATE_1980_01_01);
  append_u32 (out, crc);
  append_u32 (out, (guint32) g_bytes_get_size (member));
  append_u32 (out, (guint32) g_bytes_get_size (member));
  append_u16 (out, (guint16) strlen (name));
  append_u16 (out, 0); /* extra field */
}

/**
 * tl_zip_write:
 * @names: names of the members, 1 to `TL_ZIP_MAX_MEMBERS`, ASCII without a slash
 * @members: (element-type GBytes): as many members, each of at most
 *   `TL_ZIP_MAX_MEMBER_BYTES`
 *
 * Writes the one canonical container: the same members always give the same
 * bytes. src/bundle/README.md specifies them.
 *
 * Returns: (transfer full): the container
 */
GBytes *
tl_zip_write (const char * const *names,
              GPtrArray          *members)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  g_autoptr(GByteArray) directory = g_byte_array_new ();
  guint32 directory_at;

  g_return_val_if_fail (g_strv_length ((char **) names) == members->len, NULL);
  g_return_val_if_fail (members->len <= TL_ZIP_MAX_MEMBERS, NULL);

  for (guint i = 0; i < members->len; i++)
    {
      GBytes *member = members->pdata[i];
      guint32 crc = crc32_of (member);
      guint32 at = out->len;
      gsize len;
      const guint8 *data = g_bytes_get_data (member, &len);

      g_return_val_if_fail (len <= TL_ZIP_MAX_MEMBER_BYTES, NULL);

      g_byte_array_append (out, (const guint8 *) "PK\3\4", 4);
      append_common (out, names[i], member, crc);
      g_byte_array_append (out, (const guint8 *) names[i], (guint) strlen (names[i]));
      if (len > 0)
        g_byte_array_append (out, data, (guint) len);

      g_byte_array_append (directory, (const guint8 *) "PK\1\2", 4);
      append_u16 (directory, VERSION_1_0); /* made by: 1.0, no file modes */
      append_common (directory, names[i], member, crc);
      append_u16 (directory, 0); /* comment */
      append_u16 (directory, 0); /* disk */
      append_u16 (directory, 0); /* internal attributes */
      append_u32 (directory, 0); /* external attributes */
      append_u32 (directory, at);
      g_byte_array_append (directory, (const guint8 *) names[i], (guint) strlen (names[i]));
    }

  directory_at = out->len;
  g_byte_array_append (out, directory->data, directory->len);
  g_byte_array_append (out, (const guint8 *) "PK\5\6", 4);
  append_u16 (out, 0); /* this disk */
  append_u16 (out, 0); /* the directory's disk */
  append_u16 (out, (guint16) members->len);
  append_u16 (out, (guint16) members->len);
  append_u32 (out, directory->len);
  append_u32 (out, directory_at);
  append_u16 (out, 0); /* comment */

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/**
 * tl_zip_claim_length:
 * @bytes: a file from anywhere
 *
 * Returns: how many members its end record claims, to choose the names by that
 *   tl_zip_read() is to hold it against; 0 when it is too short for one
 */
guint
tl_zip_claim_length (GBytes *bytes)
{
  gsize len;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  const guint8 *end;

  if (len < END_BYTES)
    return 0;
  end = data + len - END_BYTES;

  return end[END_COUNT_AT] | (guint) end[END_COUNT_AT + 1] << 8;
}

/**
 * tl_zip_read:
 * @bytes: a file from anywhere
 * @names: the members that have to be there, in order
 * @error: return location for a #GError
 *
 * Reads a container by the lengths in its local headers, then writes it again
 * and compares every byte: there is one spelling, so whatever was added, moved,
 * renamed, compressed or left out shows. Costs no more memory than twice the
 * file, whatever the lengths claim.
 *
 * Returns: (transfer full) (element-type GBytes): the members in the order of
 *   @names, sharing memory with @bytes; or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @bytes is not exactly what tl_zip_write() makes of them
 */
GPtrArray *
tl_zip_read (GBytes              *bytes,
             const char * const  *names,
             GError             **error)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GBytes) again = NULL;
  gsize total;
  const guint8 *data = g_bytes_get_data (bytes, &total);
  gsize at = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      gsize head = LOCAL_BYTES + strlen (names[i]);
      guint32 len;

      if (head > total - at)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "the container ends before “%s”", names[i]);
          return NULL;
        }

      memcpy (&len, data + at + LOCAL_SIZE_AT, sizeof len);
      len = GUINT32_FROM_LE (len);
      at += head;
      if (len > TL_ZIP_MAX_MEMBER_BYTES || len > total - at)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                       "“%s” claims to be %u bytes long", names[i], len);
          return NULL;
        }

      g_ptr_array_add (members, g_bytes_new_from_bytes (bytes, at, len));
      at += len;
    }

  again = tl_zip_write (names, members);
  if (!g_bytes_equal (again, bytes))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the container is not in the one form that is written");
      return NULL;
    }

  return g_steal_pointer (&members);
}
