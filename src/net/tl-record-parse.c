/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-record-parse.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-text.h"

#define MAX_NAME_LEN 255
#define MAX_LABEL_LEN 63

static guint16
read_u16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

/* A name that ends the rdata, RFC 1035 §3.1: labels of 1 to 63 octets, each
 * behind its length, then a zero octet; 255 octets in all. Compression is
 * undone before the rdata gets here and is not allowed in SRV to begin with
 * (RFC 2782), so a pointer is damage like any other. Gives the name as it is
 * written, or NULL for damage and for what can be no host: an octet outside
 * letters-digits-hyphen, or an address literal spelt in labels. */
static char *
parse_host (const guint8 *bytes,
            gsize         len)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *canonical = NULL;
  gsize i = 0;

  if (len == 0 || len > MAX_NAME_LEN)
    return NULL;

  while (bytes[i] != 0)
    {
      gsize label_len = bytes[i];

      if (label_len > MAX_LABEL_LEN || label_len + 1 >= len - i)
        return NULL;

      for (gsize j = i + 1; j <= i + label_len; j++)
        {
          if (!g_ascii_isalnum (bytes[j]) && bytes[j] != '-')
            return NULL;
        }

      if (name->len > 0)
        g_string_append_c (name, '.');
      g_string_append_len (name, (const char *) bytes + i + 1, (gssize) label_len);
      i += label_len + 1;
    }

  if (i + 1 != len)
    return NULL;
  if (name->len == 0)
    return g_strdup (".");

  canonical = tl_host_canonicalize (name->str);
  if (canonical == NULL || g_hostname_is_ip_address (canonical))
    return NULL;

  return g_steal_pointer (&canonical);
}

/* One or more character-strings, each behind its length (RFC 1035 §3.3.14),
 * that belong together with nothing in between (RFC 7208 §3.3). */
static char *
parse_text (const guint8 *bytes,
            gsize         len)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gsize i = 0;

  if (len == 0)
    return NULL;

  while (i < len)
    {
      gsize string_len = bytes[i];

      if (string_len >= len - i)
        return NULL;

      g_string_append_len (text, (const char *) bytes + i + 1, (gssize) string_len);
      i += string_len + 1;
    }

  return tl_text_clean_capped (text->str, (gssize) text->len, TL_RECORD_MAX_TEXT_CHARS);
}

/**
 * tl_record_parse:
 * @type: what the record is
 * @rdata: its data as on the wire, names not compressed
 * @len: length of @rdata in bytes, at most 65535
 *
 * Reads one record: MX (RFC 1035 §3.3.9), TXT (§3.3.14) or SRV (RFC 2782).
 *
 * Returns: (transfer full) (nullable): the record, or %NULL when it is damaged
 *   or its target can be no host
 */
TlRecord *
tl_record_parse (TlRecordType  type,
                 const guint8 *rdata,
                 gsize         len)
{
  g_autoptr(TlRecord) self = g_new0 (TlRecord, 1);

  switch (type)
    {
    case TL_RECORD_MX:
      if (len < 2)
        return NULL;
      self->priority = read_u16 (rdata);
      self->target = parse_host (rdata + 2, len - 2);
      break;

    case TL_RECORD_SRV:
      if (len < 6)
        return NULL;
      self->priority = read_u16 (rdata);
      self->weight = read_u16 (rdata + 2);
      self->port = read_u16 (rdata + 4);
      self->target = parse_host (rdata + 6, len - 6);
      break;

    case TL_RECORD_TXT:
      self->text = parse_text (rdata, len);
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  return self->target != NULL || self->text != NULL ? g_steal_pointer (&self) : NULL;
}

void
tl_record_free (TlRecord *self)
{
  g_free (self->target);
  g_free (self->text);
  g_free (self);
}

/**
 * tl_record_compare:
 * @a: a record
 * @b: another of the same type
 *
 * Orders by priority, then by weight, the heavier first, then by what is left.
 * RFC 2782 draws lots by weight; the same answer has to give the same result
 * here, and every target of a priority is tried in any case.
 *
 * Returns: below, at or above zero, as strcmp()
 */
int
tl_record_compare (const TlRecord *a,
                   const TlRecord *b)
{
  int by_name;

  if (a->priority != b->priority)
    return a->priority < b->priority ? -1 : 1;
  if (a->weight != b->weight)
    return a->weight > b->weight ? -1 : 1;
  if ((by_name = g_strcmp0 (a->target, b->target)) != 0)
    return by_name;
  if (a->port != b->port)
    return a->port < b->port ? -1 : 1;

  return g_strcmp0 (a->text, b->text);
}
