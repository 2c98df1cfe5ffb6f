/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-mailbox.h"

#include <string.h>

#include "tl-imap-utf7.h"

/* RFC 6154 §2. */
static const struct
{
  const char *attribute;
  const char *role;
} special_uses[] = {
  { "\\All",     "all" },
  { "\\Archive", "archive" },
  { "\\Drafts",  "drafts" },
  { "\\Flagged", "flagged" },
  { "\\Junk",    "junk" },
  { "\\Sent",    "sent" },
  { "\\Trash",   "trash" },
};

void
tl_imap_mailbox_free (TlImapMailbox *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->wire, g_free);
  g_clear_pointer (&self->attributes, g_strfreev);
  g_free (self);
}

static TlImapMailbox *
fail (TlFault **out_fault)
{
  *out_fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL, "a LIST response is malformed");

  return NULL;
}

static void
read_attribute (TlImapMailbox *self,
                GStrvBuilder  *attributes,
                guint          index,
                const char    *attribute)
{
  if (index < TL_IMAP_MAILBOX_MAX_ATTRIBUTES)
    g_strv_builder_add (attributes, attribute + (attribute[0] == '\\' ? 1 : 0));

  if (g_ascii_strcasecmp (attribute, "\\Noselect") == 0 ||
      g_ascii_strcasecmp (attribute, "\\NonExistent") == 0)
    self->selectable = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (special_uses); i++)
    if (self->role == NULL && g_ascii_strcasecmp (attribute, special_uses[i].attribute) == 0)
      self->role = special_uses[i].role;
}

/**
 * tl_imap_mailbox_new_from_list:
 * @response: a complete LIST response
 * @is_utf8: whether UTF8=ACCEPT was enabled (RFC 6855 §3): names are no modified UTF-7 then
 * @out_fault: (out): %TL_CAUSE_PROTOCOL
 *
 * RFC 9051 §9: `mailbox-list = "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR
 * DQUOTE / nil) SP mailbox [SP mbox-list-extended]`. A name that is not
 * modified UTF-7 is kept as it came, as UTF-8 or as bytes: some servers send
 * UTF-8 unasked.
 *
 * Returns: (transfer full): the folder, or %NULL
 */
TlImapMailbox *
tl_imap_mailbox_new_from_list (const TlImapResponse  *response,
                               gboolean               is_utf8,
                               TlFault              **out_fault)
{
  guint n = tl_imap_response_get_n_tokens (response);
  g_autoptr(TlImapMailbox) self = g_new0 (TlImapMailbox, 1);
  g_autoptr(GStrvBuilder) attributes = g_strv_builder_new ();
  const TlImapToken *token;
  guint i = 0;

  self->selectable = TRUE;

  if (i >= n || tl_imap_response_get_token (response, i++)->kind != TL_IMAP_TOKEN_OPEN)
    return fail (out_fault);
  for (; i < n; i++)
    {
      token = tl_imap_response_get_token (response, i);
      if (token->kind != TL_IMAP_TOKEN_ATOM)
        break;
      read_attribute (self, attributes, i - 1, token->text);
    }
  if (i + 2 >= n || tl_imap_response_get_token (response, i++)->kind != TL_IMAP_TOKEN_CLOSE)
    return fail (out_fault);

  token = tl_imap_response_get_token (response, i++);
  if (token->kind == TL_IMAP_TOKEN_STRING && strlen (token->text) == 1)
    self->delimiter = token->text[0];
  else if (token->kind != TL_IMAP_TOKEN_ATOM || g_ascii_strcasecmp (token->text, "NIL") != 0)
    return fail (out_fault);

  token = tl_imap_response_get_token (response, i);
  if (token->kind != TL_IMAP_TOKEN_ATOM && token->kind != TL_IMAP_TOKEN_STRING)
    return fail (out_fault);

  self->wire = g_strdup (token->text);
  self->attributes = g_strv_builder_end (attributes);
  self->name = is_utf8 ? NULL : tl_imap_utf7_decode (token->text);
  if (self->name == NULL)
    self->name = g_utf8_make_valid (token->text, -1);
  /* INBOX is one mailbox in any case (RFC 9051 §5.1), whatever else it is said to be. */
  if (g_ascii_strcasecmp (self->name, "INBOX") == 0)
    self->role = "inbox";

  return g_steal_pointer (&self);
}
