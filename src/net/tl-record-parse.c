/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-record-parse.h"

#include <string.h>

#include "tl-endpoint.h"
#include "tl-text.h"

#define MAX_NAME_LEN 255
#define MAX_LABEL_LEN 63
#define A_LEN 4
#define AAAA_LEN 16

static guint16
read_u16 (const guint8 *bytes)
{
  return (guint16) (bytes[0] << 8 | bytes[1]);
}

/* A name that ends the rdata, RFC 1035 §3.1: labels of 1 to 63 octets, each
 * behind its length, then a zero octet; 255 octets in all. Compression is
 * undone before the rdata gets here and is not allowed in SRV to begin with
 * (RFC 2782), so a pointer is damage like any other. Gives the labels with dots
 * between them and @out_is_host, whether they are letters, digits and hyphens
 * alone; or NULL for damage. */
static char *
parse_labels (const guint8 *bytes,
              gsize         len,
              gboolean     *out_is_host)
{
  g_autoptr(GString) name = g_string_new (NULL);
  gboolean is_host = TRUE;
  gsize i = 0;

  if (len == 0 || len > MAX_NAME_LEN)
    return NULL;

  while (bytes[i] != 0)
    {
      gsize label_len = bytes[i];

      if (label_len > MAX_LABEL_LEN || label_len + 1 >= len - i)
        return NULL;

      for (gsize j = i + 1; j <= i + label_len; j++)
        is_host = is_host && (g_ascii_isalnum (bytes[j]) || bytes[j] == '-');

      if (name->len > 0)
        g_string_append_c (name, '.');
      g_string_append_len (name, (const char *) bytes + i + 1, (gssize) label_len);
      i += label_len + 1;
    }

  if (i + 1 != len)
    return NULL;

  *out_is_host = is_host;
  return tl_text_clean_capped (name->str, (gssize) name->len, MAX_NAME_LEN);
}

/* What can be no host is damage, an octet outside letters-digits-hyphen, or an
 * address literal spelt in labels. It must never be connected to, yet whoever
 * asked is to be able to say what it was. */
static void
parse_target (TlRecord     *self,
              const guint8 *bytes,
              gsize         len)
{
  gboolean is_host = FALSE;
  g_autofree char *name = parse_labels (bytes, len, &is_host);
  g_autofree char *canonical = NULL;

  if (is_host && *name == '\0')
    {
      self->target = g_strdup (".");
      return;
    }

  canonical = is_host ? tl_host_canonicalize (name) : NULL;
  if (canonical != NULL && !g_hostname_is_ip_address (canonical))
    self->target = g_steal_pointer (&canonical);
  else if (name != NULL)
    self->raw_target = g_steal_pointer (&name);
  else
    self->raw_target = len > 0 ? tl_text_clean_capped ((const char *) bytes, (gssize) len,
                                                       MAX_NAME_LEN)
                               : g_strdup ("");
}

/* One or more character-strings, each behind its length (RFC 1035 §3.3.14),
 * that belong together with nothing in between (RFC 7208 §3.3): once as they
 * are, for who must not take one octet for another, and once to be shown. */
static gboolean
parse_text (TlRecord     *self,
            const guint8 *bytes,
            gsize         len)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gsize i = 0;

  if (len == 0)
    return FALSE;

  while (i < len)
    {
      gsize string_len = bytes[i];

      if (string_len >= len - i)
        return FALSE;

      g_string_append_len (text, (const char *) bytes + i + 1, (gssize) string_len);
      i += string_len + 1;
    }

  self->text = tl_text_clean_capped (text->str, (gssize) text->len, TL_RECORD_MAX_TEXT);
  self->data = g_bytes_new (text->str, MIN (text->len, TL_RECORD_MAX_TEXT));

  return TRUE;
}

/**
 * tl_record_parse:
 * @type: what the record is
 * @rdata: its data as on the wire, names not compressed
 * @len: length of @rdata in bytes, at most 65535
 *
 * Reads one record: A (RFC 1035 §3.4.1), AAAA (RFC 3596 §2.2), CNAME (RFC 1035
 * §3.3.1), PTR (§3.3.12), MX (§3.3.9), TXT (§3.3.14), SRV (RFC 2782) or TLSA
 * (RFC 6698 §2.1). A target that can be no host is kept as
 * @raw_target, for whoever wants to say so.
 *
 * Returns: (transfer full) (nullable): the record, or %NULL when it is damaged
 */
TlRecord *
tl_record_parse (TlRecordType  type,
                 const guint8 *rdata,
                 gsize         len)
{
  g_autoptr(TlRecord) self = g_new0 (TlRecord, 1);

  switch (type)
    {
    case TL_RECORD_A:
    case TL_RECORD_AAAA:
      if (len != (type == TL_RECORD_A ? A_LEN : AAAA_LEN))
        return NULL;
      self->data = g_bytes_new (rdata, len);
      break;

    case TL_RECORD_CNAME:
    case TL_RECORD_PTR:
      parse_target (self, rdata, len);
      break;

    case TL_RECORD_MX:
      if (len < 2)
        return NULL;
      self->priority = read_u16 (rdata);
      parse_target (self, rdata + 2, len - 2);
      break;

    case TL_RECORD_SRV:
      if (len < 6)
        return NULL;
      self->priority = read_u16 (rdata);
      self->weight = read_u16 (rdata + 2);
      self->port = read_u16 (rdata + 4);
      parse_target (self, rdata + 6, len - 6);
      break;

    case TL_RECORD_TXT:
      if (!parse_text (self, rdata, len))
        return NULL;
      break;

    case TL_RECORD_TLSA:
      if (len < 4)
        return NULL;
      self->data = g_bytes_new (rdata, len);
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  return g_steal_pointer (&self);
}

void
tl_record_free (TlRecord *self)
{
  g_free (self->target);
  g_free (self->raw_target);
  g_free (self->text);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

static int
compare_data (GBytes *a,
              GBytes *b)
{
  return a != NULL && b != NULL ? g_bytes_compare (a, b) : (a != NULL) - (b != NULL);
}

/**
 * tl_record_compare:
 * @a: a record
 * @b: another of the same type
 *
 * Orders by priority, then by weight, the heavier first, then by what is left;
 * what can be no host comes last, so that it pushes nothing out of a full set.
 * RFC 2782 draws lots by weight; the same answer has to give the same result
 * here, and every target of a priority is tried in any case.
 *
 * Returns: below, at or above zero, as strcmp()
 */
int
tl_record_compare (const TlRecord *a,
                   const TlRecord *b)
{
  gboolean usable_a = a->raw_target == NULL;
  gboolean usable_b = b->raw_target == NULL;
  int by;

  if (usable_a != usable_b)
    return usable_a ? -1 : 1;
  if (a->priority != b->priority)
    return a->priority < b->priority ? -1 : 1;
  if (a->weight != b->weight)
    return a->weight > b->weight ? -1 : 1;
  if ((by = g_strcmp0 (a->target, b->target)) != 0)
    return by;
  if (a->port != b->port)
    return a->port < b->port ? -1 : 1;
  if ((by = g_strcmp0 (a->raw_target, b->raw_target)) != 0)
    return by;
  if ((by = g_strcmp0 (a->text, b->text)) != 0)
    return by;

  return compare_data (a->data, b->data);
}

/**
 * tl_record_dup_reverse_name:
 * @address: an address in network order
 * @len: 4 or 16 bytes of it
 *
 * Returns: (transfer full): where its name stands: below `in-addr.arpa` (RFC 1035 §3.5) or
 *   `ip6.arpa` (RFC 3596 §2.5)
 */
char *
tl_record_dup_reverse_name (const guint8 *address,
                        gsize         len)
{
  g_autoptr(GString) name = g_string_new (NULL);

  g_return_val_if_fail (len == 4 || len == 16, NULL);

  for (gsize i = len; i > 0; i--)
    {
      if (len == 4)
        g_string_append_printf (name, "%u.", address[i - 1]);
      else
        g_string_append_printf (name, "%x.%x.", address[i - 1] & 0xf, address[i - 1] >> 4);
    }
  g_string_append (name, len == 4 ? "in-addr.arpa" : "ip6.arpa");

  return g_string_free (g_steal_pointer (&name), FALSE);
}
