/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-response.h"

G_BEGIN_DECLS

#define TL_IMAP_MESSAGE_MAX_FOUND 100

gboolean tl_imap_message_read_found  (const TlImapResponse  *response,
                                      GArray                *uids,
                                      TlFault              **out_fault);
GBytes  *tl_imap_message_read_header (const TlImapResponse  *response,
                                      guint32                uid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
