/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-document.h"

G_BEGIN_DECLS

/**
 * TlPox:
 * @document: the servers it names; never %NULL
 * @is_exchange: it names a protocol that is Microsoft Exchange's alone
 * @redirect_address: (nullable): the address that should be asked about instead, cleaned
 * @redirect_url: (nullable): where should be asked instead, cleaned
 * @error_code: what the server says went wrong, 600 being a bad request; 0 for nothing
 *
 * What a Microsoft Autodiscover server (POX) says about one address.
 */
typedef struct
{
  TlDocument *document;
  gboolean    is_exchange;
  char       *redirect_address;
  char       *redirect_url;
  guint       error_code;
} TlPox;

GBytes *tl_pox_write_request (const char  *address_text) G_GNUC_WARN_UNUSED_RESULT;
TlPox  *tl_pox_parse         (const char  *bytes,
                              gsize        len,
                              TlAddress   *address,
                              const char  *placeholder,
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;
void    tl_pox_free          (TlPox       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPox, tl_pox_free)

G_END_DECLS
