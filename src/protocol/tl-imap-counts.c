/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-counts.h"

static const struct
{
  const char *item;
  gsize       offset;
} items[] = {
  { "MESSAGES", G_STRUCT_OFFSET (TlImapCounts, n_messages) },
  { "UNSEEN",   G_STRUCT_OFFSET (TlImapCounts, n_unseen) },
  { "SIZE",     G_STRUCT_OFFSET (TlImapCounts, n_bytes) },
};

void
tl_imap_counts_free (TlImapCounts *self)
{
  g_clear_pointer (&self->wire, g_free);
  g_free (self);
}

static void
read_item (TlImapCounts *self,
           const char   *item,
           const char   *value)
{
  guint64 number;

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_ascii_strcasecmp (item, items[i].item) == 0 &&
        g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT64, &number, NULL))
      G_STRUCT_MEMBER (gint64, self, items[i].offset) = (gint64) number;
}

/**
 * tl_imap_counts_new_from_status:
 * @response: a complete STATUS response
 *
 * RFC 9051 §9: `"STATUS" SP mailbox SP "(" [status-att-list] ")"`, a name and a
 * number in turn; RFC 8438 §2: `"SIZE" SP number64`. What is not a number of
 * that size is not told.
 *
 * Returns: (transfer full) (nullable): the counts, %NULL when it is malformed
 */
TlImapCounts *
tl_imap_counts_new_from_status (const TlImapResponse *response)
{
  guint n = tl_imap_response_get_n_tokens (response);
  TlImapCounts *self;

  if (n < 3 || tl_imap_response_get_token (response, 1)->kind != TL_IMAP_TOKEN_OPEN ||
      tl_imap_response_get_token (response, n - 1)->kind != TL_IMAP_TOKEN_CLOSE ||
      (tl_imap_response_get_token (response, 0)->kind != TL_IMAP_TOKEN_ATOM &&
       tl_imap_response_get_token (response, 0)->kind != TL_IMAP_TOKEN_STRING))
    return NULL;

  self = g_new0 (TlImapCounts, 1);
  self->wire = g_strdup (tl_imap_response_get_token (response, 0)->text);
  self->n_messages = self->n_unseen = self->n_bytes = -1;
  for (guint i = 2; i + 2 < n; i += 2)
    read_item (self, tl_imap_response_get_token (response, i)->text,
               tl_imap_response_get_token (response, i + 1)->text);

  return self;
}
