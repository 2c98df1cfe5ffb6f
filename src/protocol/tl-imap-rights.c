/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-rights.h"

#include <string.h>

/**
 * tl_imap_rights_read:
 * @response: a complete MYRIGHTS response
 * @out_wire: (out) (transfer none) (optional): the folder, as the server names it
 *
 * RFC 4314 §3.8: `"MYRIGHTS" SP mailbox SP rights`, which are letters and, for
 * those of a server's own, digits (§2.1).
 *
 * Returns: (transfer none) (nullable): our rights; %NULL when it is malformed
 */
const char *
tl_imap_rights_read (const TlImapResponse  *response,
                     const char           **out_wire)
{
  const char *rights;

  if (tl_imap_response_get_n_tokens (response) < 2)
    return NULL;

  rights = tl_imap_response_get_token (response, 1)->text;
  if (strlen (rights) > TL_IMAP_RIGHTS_MAX ||
      rights[strspn (rights, G_CSET_a_2_z G_CSET_DIGITS)] != '\0')
    return NULL;

  if (out_wire != NULL)
    *out_wire = tl_imap_response_get_token (response, 0)->text;

  return rights;
}
