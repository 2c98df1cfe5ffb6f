/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-capabilities.h"
#include "tl-fuzz.h"
#include "tl-imap-counts.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-quota.h"
#include "tl-imap-response.h"
#include "tl-imap-rights.h"
#include "tl-text.h"

#define MAX_MAILBOXES 64

static void
check_fault (TlFault *fault)
{
  g_assert_nonnull (fault);
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
}

/* Each as if it were what the response is about: the name decides only who is asked. */
static void
check_around (const TlImapResponse *response)
{
  g_autoptr(TlImapCounts) counts = tl_imap_counts_new_from_status (response);
  g_autoptr(GPtrArray) quotas = NULL;
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func (g_free);
  const char *wire = NULL;
  const char *rights = tl_imap_rights_read (response, &wire);

  quotas = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_quota_free);
  tl_imap_quota_read (response, quotas);
  tl_imap_quota_read_roots (response, roots);
  g_assert_cmpuint (quotas->len, <=, 32);
  g_assert_cmpuint (roots->len, <=, 16);
  g_assert_true (counts == NULL || (counts->n_messages >= -1 && counts->n_bytes >= -1));
  g_assert_true (rights == NULL || (wire != NULL && strlen (rights) <= TL_IMAP_RIGHTS_MAX));
}

/* What is made of a response that is complete. */
static void
check_response (const TlImapResponse *response,
                GPtrArray            *mailboxes)
{
  g_autoptr(TlCapabilities) capabilities = tl_capabilities_new ();
  g_autoptr(TlFault) fault = tl_imap_response_to_fault (response, TL_CAUSE_REFUSED);
  g_auto(GStrv) names = NULL;
  gssize depth = 0;

  check_fault (fault);
  check_around (response);
  g_assert_cmpuint (tl_imap_response_get_n_tokens (response), <=, TL_IMAP_MAX_TOKENS);
  for (guint i = 0; i < tl_imap_response_get_n_tokens (response); i++)
    {
      const TlImapToken *token = tl_imap_response_get_token (response, i);

      depth += token->kind == TL_IMAP_TOKEN_OPEN;
      depth -= token->kind == TL_IMAP_TOKEN_CLOSE;
      g_assert_cmpint (depth, >=, 0);
      g_assert_cmpint (depth, <=, TL_IMAP_MAX_DEPTH);
      if (!tl_capabilities_add_imap (capabilities, token->text))
        break;
    }
  names = tl_capabilities_dup_names (capabilities);
  for (gsize i = 0; names[i] != NULL; i++)
    g_assert_true (tl_text_is_clean (names[i]));

  if (g_strcmp0 (tl_imap_response_get_name (response), "LIST") == 0 &&
      mailboxes->len < MAX_MAILBOXES)
    {
      g_autoptr(TlFault) list_fault = NULL;
      TlImapMailbox *mailbox = tl_imap_mailbox_new_from_list (response, FALSE, &list_fault);

      if (mailbox == NULL)
        check_fault (list_fault);
      else
        g_assert_true (g_utf8_validate (mailbox->name, -1, NULL));
      if (mailbox != NULL)
        g_ptr_array_add (mailboxes, mailbox);
    }
}

/* A connection's worth of bytes: lines, and literals where a line asks for one,
 * as the session feeds them. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *at = (const char *) data;
  const char *end = at + size;
  g_autoptr(GPtrArray) mailboxes = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_imap_mailbox_free);
  g_autoptr(TlImapResponse) response = tl_imap_response_new ();

  while (at < end)
    {
      const char *stop = memchr (at, '\n', (gsize) (end - at));
      gsize len = (gsize) ((stop == NULL ? end : stop) - at);
      g_autofree char *line = NULL;
      g_autoptr(TlFault) fault = NULL;
      gssize literal_len = -1;

      line = g_strndup (at, len > 0 && at[len - 1] == '\r' ? len - 1 : len);
      at = stop == NULL ? end : stop + 1;
      if (strlen (line) > TL_IMAP_MAX_LINE_LEN)
        break;

      if (!tl_imap_response_feed_line (response, line, &literal_len, &fault))
        {
          check_fault (fault);
          break;
        }
      if (literal_len >= 0)
        {
          g_autoptr(GBytes) literal = NULL;

          g_assert_cmpint (literal_len, <=, TL_IMAP_MAX_LITERAL_BYTES);
          if (end - at < literal_len)
            break;
          literal = g_bytes_new (at, (gsize) literal_len);
          at += literal_len;
          if (!tl_imap_response_feed_literal (response, literal, &fault))
            {
              check_fault (fault);
              break;
            }
          continue;
        }

      check_response (response, mailboxes);
      tl_imap_response_free (response);
      response = tl_imap_response_new ();
    }

  return 0;
}
