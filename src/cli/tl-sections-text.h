/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-domain-health.h"
#include "tl-mailbox.h"
#include "tl-sending.h"

G_BEGIN_DECLS

void tl_sections_text_print_mailbox (TlMailbox      *mailbox);
void tl_sections_text_print_sending (TlSending      *sending);
void tl_sections_text_print_domain  (TlDomainHealth *health,
                                 gboolean        with_records);

G_END_DECLS
