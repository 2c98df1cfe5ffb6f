/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-page.h"

G_BEGIN_DECLS

/**
 * TlMailboxPage:
 *
 * The mailbox as the incoming lane saw it: which folder is for what, room, rights, and what to
 * make.
 */
#define TL_TYPE_MAILBOX_PAGE (tl_mailbox_page_get_type ())
G_DECLARE_FINAL_TYPE (TlMailboxPage, tl_mailbox_page, TL, MAILBOX_PAGE, TlPage)

G_END_DECLS
