/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-message.h"

#include <string.h>

static gboolean
fail (TlFault    **out_fault,
      const char  *detail)
{
  *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL, "%s", detail);

  return FALSE;
}

/* Keeps @uids in order and each one once; of too many the highest stay, for what
 * came last is looked for. */
static void
add (GArray  *uids,
     guint32  uid)
{
  guint at = uids->len;

  while (at > 0 && g_array_index (uids, guint32, at - 1) > uid)
    at--;
  if (at > 0 && g_array_index (uids, guint32, at - 1) == uid)
    return;
  if (uids->len >= TL_IMAP_MESSAGE_MAX_FOUND)
    {
      if (at == 0)
        return;
      g_array_remove_index (uids, 0);
      at--;
    }

  g_array_insert_val (uids, at, uid);
}

static gboolean
read_uid (const char *text,
          guint32    *out_uid)
{
  guint64 uid;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &uid, NULL))
    return FALSE;
  *out_uid = (guint32) uid;

  return TRUE;
}

/* sequence-set, RFC 9051 §9, of UIDs: `1,3:5`. A range may be of any width: of
 * one only the upper end is written out. */
static gboolean
read_set (const char  *set,
          GArray      *uids,
          TlFault    **out_fault)
{
  g_auto(GStrv) parts = g_strsplit (set, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *colon = strchr (parts[i], ':');
      guint32 first;
      guint32 last;
      guint32 n;

      if (colon != NULL)
        *colon = '\0';
      if (!read_uid (parts[i], &first) || !read_uid (colon != NULL ? colon + 1 : parts[i], &last))
        return fail (out_fault, "a set of UIDs is malformed");

      n = MIN (MAX (first, last) - MIN (first, last), TL_IMAP_MESSAGE_MAX_FOUND - 1) + 1;
      for (; n > 0; n--)
        add (uids, MAX (first, last) - (n - 1));
    }

  return TRUE;
}

/**
 * tl_imap_message_read_found:
 * @response: a complete SEARCH or ESEARCH response to a UID SEARCH
 * @uids: (element-type guint32): found so far, lowest first; the highest
 *   `TL_IMAP_MESSAGE_MAX_FOUND` are kept
 * @out_fault: (out): %TL_CAUSE_PROTOCOL
 *
 * RFC 3501 §9: `"SEARCH" *(SP nz-number)`. RFC 9051 §9: `"ESEARCH"
 * [search-correlator] [SP "UID"] *(SP search-return-data)`, of which ALL is
 * read.
 *
 * Returns: whether @response is in the grammar
 */
gboolean
tl_imap_message_read_found (const TlImapResponse  *response,
                            GArray                *uids,
                            TlFault              **out_fault)
{
  guint n = tl_imap_response_get_n_tokens (response);
  gboolean is_extended = g_strcmp0 (tl_imap_response_get_name (response), "ESEARCH") == 0;

  for (guint i = 0; i < n; i++)
    {
      const TlImapToken *token = tl_imap_response_get_token (response, i);
      guint32 uid;

      if (is_extended)
        {
          if (token->kind == TL_IMAP_TOKEN_ATOM && g_ascii_strcasecmp (token->text, "ALL") == 0 &&
              i + 1 < n)
            return read_set (tl_imap_response_get_token (response, i + 1)->text, uids, out_fault);
          continue;
        }

      /* What RFC 7162 §3.1.5 puts behind the numbers. */
      if (token->kind == TL_IMAP_TOKEN_OPEN)
        break;
      if (token->kind != TL_IMAP_TOKEN_ATOM || !read_uid (token->text, &uid))
        return fail (out_fault, "a SEARCH response is malformed");
      add (uids, uid);
    }

  return TRUE;
}

/* Steps over one value of a list: a word, or a whole list of them. */
static guint
skip_value (const TlImapResponse *response,
            guint                 i)
{
  guint n = tl_imap_response_get_n_tokens (response);
  guint depth = 0;

  for (; i < n; i++)
    {
      TlImapTokenKind kind = tl_imap_response_get_token (response, i)->kind;

      if (kind == TL_IMAP_TOKEN_OPEN)
        depth++;
      else if (kind == TL_IMAP_TOKEN_CLOSE && depth > 0)
        depth--;
      if (depth == 0)
        return i + 1;
    }

  return n;
}

/**
 * tl_imap_message_read_header:
 * @response: a complete FETCH response
 * @uid: the message that was asked for
 *
 * RFC 9051 §9: `message-data = nz-number SP "FETCH" SP msg-att`, and in that
 * `"UID" SP uniqueid` and `"BODY" section ["<" number ">"] SP nstring` in
 * either order.
 *
 * Returns: (transfer full) (nullable): the header of @uid, %NULL when it is not in here
 */
GBytes *
tl_imap_message_read_header (const TlImapResponse *response,
                             guint32               uid)
{
  guint n = tl_imap_response_get_n_tokens (response);
  const char *header = NULL;
  guint32 found = 0;

  if (n == 0 || tl_imap_response_get_token (response, 0)->kind != TL_IMAP_TOKEN_OPEN)
    return NULL;

  for (guint i = 1; i + 1 < n; i = skip_value (response, i + 1))
    {
      const TlImapToken *name = tl_imap_response_get_token (response, i);
      const TlImapToken *value = tl_imap_response_get_token (response, i + 1);

      if (name->kind != TL_IMAP_TOKEN_ATOM)
        return NULL;
      if (g_ascii_strcasecmp (name->text, "UID") == 0 && !read_uid (value->text, &found))
        return NULL;
      if (g_ascii_strncasecmp (name->text, "BODY[HEADER]", strlen ("BODY[HEADER]")) == 0 &&
          value->kind == TL_IMAP_TOKEN_STRING)
        header = value->text;
    }

  return header != NULL && found == uid ? g_bytes_new (header, strlen (header)) : NULL;
}
