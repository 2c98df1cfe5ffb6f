/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-records.h"

G_BEGIN_DECLS

/* In place of an anchor file: the root's keys that are compiled in. */
#define TL_RECORDS_BUILT_IN ""

TlRecords *tl_records_new_for      (const char *forwarder,
                                    const char *anchor_file) G_GNUC_WARN_UNUSED_RESULT;
void       tl_records_set_contacts (TlRecords  *self,
                                    TlContacts *contacts);

G_END_DECLS
