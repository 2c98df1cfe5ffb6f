/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-dns-message.h"

#include <string.h>

#define HEADER_LEN 12
#define MAX_LABEL_LEN 63
#define MAX_NAME_LEN 255
#define CLASS_IN 1
#define TYPE_CNAME 5

#define FLAG_QR 0x8000
#define FLAG_TC 0x0200
#define FLAG_RD 0x0100
#define FLAG_CD 0x0010

/* Where reading has got to in one message. Past its end it stays broken. */
typedef struct
{
  const guint8 *bytes;
  gsize         len;
  gsize         at;
  gboolean      is_broken;
} Cursor;

static guint
read_number (Cursor *self,
             gsize   n_bytes)
{
  guint number = 0;

  if (self->is_broken || n_bytes > self->len - self->at)
    {
      self->is_broken = TRUE;
      return 0;
    }

  while (n_bytes-- > 0)
    number = number << 8 | self->bytes[self->at++];

  return number;
}

static void
skip (Cursor *self,
      gsize   n_bytes)
{
  if (self->is_broken || n_bytes > self->len - self->at)
    self->is_broken = TRUE;
  else
    self->at += n_bytes;
}

/* A name, RFC 1035 §3.1 and §4.1.4. Each pointer has to lead to before where the
 * name began or the pointer before it led, so that there is an end to them. The
 * octets of a label are told apart from the dots between labels, for names are
 * compared and not shown. Gives NULL for damage. */
static char *
read_name (Cursor *self)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gsize at = self->at;
  gsize lowest = self->at;
  gboolean jumped = FALSE;

  while (!self->is_broken)
    {
      guint label_len;

      if (at >= self->len)
        break;

      label_len = self->bytes[at];
      if (label_len == 0)
        {
          if (!jumped)
            self->at = at + 1;
          return g_string_free (g_steal_pointer (&name), FALSE);
        }

      if ((label_len & 0xc0) == 0xc0)
        {
          gsize target;

          if (at + 2 > self->len)
            break;
          target = (gsize) (label_len & 0x3f) << 8 | self->bytes[at + 1];
          if (target >= lowest)
            break;
          if (!jumped)
            self->at = at + 2;
          jumped = TRUE;
          at = lowest = target;
          continue;
        }

      if (label_len > MAX_LABEL_LEN || label_len + 1 > self->len - at)
        break;
      if (name->len > 0)
        g_string_append_c (name, '.');
      for (gsize i = at + 1; i <= at + label_len; i++)
        {
          if (g_ascii_isgraph (self->bytes[i]) && self->bytes[i] != '.' && self->bytes[i] != '\\')
            g_string_append_c (name, g_ascii_tolower ((char) self->bytes[i]));
          else
            g_string_append_printf (name, "\\%03u", self->bytes[i]);
        }
      if (name->len > 4 * MAX_NAME_LEN)
        break;
      at += label_len + 1;
    }

  self->is_broken = TRUE;
  return NULL;
}

/**
 * tl_dns_query_new:
 * @id: which question this is
 * @name: a domain name in A-labels, final dot or not
 * @type: the record type asked for
 * @unchecked: ask for the answer whatever validation says of it (CD, RFC 4035 §3.2.2)
 *
 * Makes a question to a resolver, RFC 1035 §4.1, without EDNS: an answer that
 * takes more than 512 bytes comes truncated.
 *
 * Returns: (transfer full) (nullable): the message, or %NULL for what DNS can
 *   hold no name of
 */
GBytes *
tl_dns_query_new (guint16     id,
                  const char *name,
                  guint16     type,
                  gboolean    unchecked)
{
  g_autoptr(GByteArray) out = g_byte_array_new ();
  g_auto(GStrv) labels = NULL;
  const guint flags = FLAG_RD | (unchecked ? FLAG_CD : 0);
  const guint8 head[HEADER_LEN] = { (guint8) (id >> 8), (guint8) id, (guint8) (flags >> 8),
                                    (guint8) flags, 0, 1 };
  const guint8 tail[] = { 0, (guint8) (type >> 8), (guint8) type, 0, CLASS_IN };

  g_return_val_if_fail (name != NULL, NULL);

  g_byte_array_append (out, head, sizeof head);
  labels = g_strsplit (name, ".", -1);
  for (gsize i = 0; labels[i] != NULL; i++)
    {
      gsize len = strlen (labels[i]);

      if (len == 0 && labels[i + 1] == NULL)
        break;
      if (len == 0 || len > MAX_LABEL_LEN)
        return NULL;
      g_byte_array_append (out, (const guint8[]) { (guint8) len }, 1);
      g_byte_array_append (out, (const guint8 *) labels[i], (guint) len);
    }
  if (out->len - HEADER_LEN + 1 > MAX_NAME_LEN)
    return NULL;
  g_byte_array_append (out, tail, sizeof tail);

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

/* Follows the CNAMEs from where @self->end stands. */
static void
follow (TlDnsReply *self,
        GHashTable *aliases)
{
  const char *target;

  while ((target = g_hash_table_lookup (aliases, self->end)) != NULL)
    {
      self->n_aliases++;
      if (self->n_aliases > TL_DNS_MAX_ALIASES)
        {
          self->is_loop = TRUE;
          return;
        }
      g_free (self->end);
      self->end = g_strdup (target);
    }
}

/**
 * tl_dns_reply_parse:
 * @message: bytes from outside
 * @len: how many
 *
 * Reads a reply to one question, RFC 1035 §4.1, with the names in it bounded by
 * its own length. A truncated reply may end anywhere (RFC 2181 §9) and need not
 * be whole.
 *
 * Returns: (transfer full) (nullable): the reply, or %NULL for damage
 */
TlDnsReply *
tl_dns_reply_parse (const guint8 *message,
                    gsize         len)
{
  g_autoptr(TlDnsReply) self = g_new0 (TlDnsReply, 1);
  g_autoptr(GHashTable) aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Cursor cursor = { .bytes = message, .len = len };
  guint flags;

  self->id = (guint16) read_number (&cursor, 2);
  flags = read_number (&cursor, 2);
  if (read_number (&cursor, 2) != 1 || (flags & FLAG_QR) == 0)
    return NULL;
  self->rcode = flags & 0xf;
  self->is_truncated = (flags & FLAG_TC) != 0;
  self->n_answers = read_number (&cursor, 2);
  skip (&cursor, 4);
  self->end = read_name (&cursor);
  skip (&cursor, 4);

  for (guint i = 0; i < self->n_answers && !cursor.is_broken; i++)
    {
      g_autofree char *owner = read_name (&cursor);
      guint type = read_number (&cursor, 2);
      guint rdata_len;
      gsize rdata_at;

      skip (&cursor, 6);
      rdata_len = read_number (&cursor, 2);
      rdata_at = cursor.at;
      if (type == TYPE_CNAME && !cursor.is_broken)
        {
          char *target = read_name (&cursor);

          if (target != NULL)
            g_hash_table_insert (aliases, g_steal_pointer (&owner), target);
          cursor.at = rdata_at;
        }
      skip (&cursor, rdata_len);
    }

  if (self->end == NULL || (cursor.is_broken && !self->is_truncated))
    return NULL;

  follow (self, aliases);

  return g_steal_pointer (&self);
}

void
tl_dns_reply_free (TlDnsReply *self)
{
  g_free (self->end);
  g_free (self);
}
