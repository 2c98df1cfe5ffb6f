/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-document.h"

G_BEGIN_DECLS

/**
 * TlPaccDigest:
 * @TL_PACC_DIGEST_NONE: no record says what the document's digest is
 * @TL_PACC_DIGEST_MATCHES: one does, and it is this document's
 * @TL_PACC_DIGEST_DIFFERS: some do, and none is this document's
 */
typedef enum
{
  TL_PACC_DIGEST_NONE,
  TL_PACC_DIGEST_MATCHES,
  TL_PACC_DIGEST_DIFFERS,
} TlPaccDigest;

TlDocument   *tl_pacc_parse        (const char          *bytes,
                                    gsize                len,
                                    TlAddress           *address,
                                    const char          *domain,
                                    const char          *source,
                                    GError             **error) G_GNUC_WARN_UNUSED_RESULT;
TlPaccDigest  tl_pacc_check_digest (const char * const  *texts,
                                    GBytes              *body);

G_END_DECLS
