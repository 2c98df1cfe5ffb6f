/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

#define TL_IMAP_RIGHTS_MAX 64

const char *tl_imap_rights_read (const TlImapResponse  *response,
                                 const char           **out_wire);

G_END_DECLS
