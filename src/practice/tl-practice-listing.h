/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-practice-inbox.h"
#include "tl-practice-link.h"

G_BEGIN_DECLS

/* What is answered about folders without opening one. Each says all of it. */

void tl_practice_listing_list      (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);
void tl_practice_listing_status    (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);
void tl_practice_listing_create    (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);
void tl_practice_listing_subscribe (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);
void tl_practice_listing_rights    (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);
void tl_practice_listing_quota     (TlPracticeLink   *link,
                                    TlPracticeInbox  *inbox,
                                    const char       *tag,
                                    const char       *arguments);

G_END_DECLS
