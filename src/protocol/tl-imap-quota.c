/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-quota.h"

/* Two resources of as many roots as anybody has. */
#define MAX_QUOTAS 32
#define MAX_ROOTS  16

/* RFC 9208 §5.1, §5.2. The others count folders and notes on messages. */
static const char * const resources[] = { "STORAGE", "MESSAGE" };

void
tl_imap_quota_free (TlImapQuota *self)
{
  g_clear_pointer (&self->root, g_free);
  g_free (self);
}

static gboolean
is_text (const TlImapToken *token)
{
  return token->kind == TL_IMAP_TOKEN_ATOM || token->kind == TL_IMAP_TOKEN_STRING;
}

/* The latest word counts: a root may come with more than one folder. */
static void
keep (GPtrArray   *quotas,
      const char  *root,
      const char  *resource,
      guint64      used,
      guint64      limit)
{
  TlImapQuota *quota = NULL;

  for (guint i = 0; i < quotas->len && quota == NULL; i++)
    {
      TlImapQuota *known = quotas->pdata[i];

      if (known->resource == resource && g_str_equal (known->root, root))
        quota = known;
    }
  if (quota == NULL)
    {
      if (quotas->len == MAX_QUOTAS)
        return;
      quota = g_new0 (TlImapQuota, 1);
      quota->root = g_strdup (root);
      quota->resource = resource;
      g_ptr_array_add (quotas, quota);
    }

  quota->used = used;
  quota->limit = limit;
}

/**
 * tl_imap_quota_read:
 * @response: a complete QUOTA response
 * @quotas: (element-type TlImapQuota): where each resource goes, once a root
 *
 * RFC 9208 §4.2.1: `"QUOTA" SP quota-root-name SP "(" [quota-resource *(SP
 * quota-resource)] ")"`, `quota-resource = resource-name SP resource-usage SP
 * resource-limit`. What is malformed is let go of.
 */
void
tl_imap_quota_read (const TlImapResponse *response,
                    GPtrArray            *quotas)
{
  guint n = tl_imap_response_get_n_tokens (response);

  if (n < 3 || !is_text (tl_imap_response_get_token (response, 0)) ||
      tl_imap_response_get_token (response, 1)->kind != TL_IMAP_TOKEN_OPEN)
    return;

  for (guint i = 2; i + 3 < n; i += 3)
    {
      const char *name = tl_imap_response_get_token (response, i)->text;
      guint64 used;
      guint64 limit;

      if (!g_ascii_string_to_unsigned (tl_imap_response_get_token (response, i + 1)->text, 10, 0,
                                       G_MAXINT64, &used, NULL) ||
          !g_ascii_string_to_unsigned (tl_imap_response_get_token (response, i + 2)->text, 10, 0,
                                       G_MAXINT64, &limit, NULL))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (resources); j++)
        if (g_ascii_strcasecmp (name, resources[j]) == 0)
          keep (quotas, tl_imap_response_get_token (response, 0)->text, resources[j], used, limit);
    }
}

/**
 * tl_imap_quota_read_roots:
 * @response: a complete QUOTAROOT response
 * @roots: (element-type utf8): where the names of the roots go, each once
 *
 * RFC 9208 §4.2.2: `"QUOTAROOT" SP mailbox *(SP quota-root-name)`.
 */
void
tl_imap_quota_read_roots (const TlImapResponse *response,
                          GPtrArray            *roots)
{
  guint n = tl_imap_response_get_n_tokens (response);

  for (guint i = 1; i < n && roots->len < MAX_ROOTS; i++)
    {
      const TlImapToken *token = tl_imap_response_get_token (response, i);

      if (is_text (token) &&
          !g_ptr_array_find_with_equal_func (roots, token->text, g_str_equal, NULL))
        g_ptr_array_add (roots, g_strdup (token->text));
    }
}
