/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlLaneLedger:
 *
 * What hosts did in this run: when they last answered, and how many sign-ins
 * they have rejected. It tells a host that locks this network out from one
 * that is down. Nothing of it is written anywhere. Bounded, forgets after an
 * hour, any thread.
 */
typedef struct _TlLaneLedger TlLaneLedger;

TlLaneLedger *tl_lane_ledger_get_default    (void);
TlLaneLedger *tl_lane_ledger_new            (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_lane_ledger_free           (TlLaneLedger  *self);

void          tl_lane_ledger_record_answer  (TlLaneLedger  *self,
                                             const char    *host,
                                             gint64         now_us);
void          tl_lane_ledger_record_sign_in (TlLaneLedger  *self,
                                             const char    *host,
                                             TlLaneKind     lane,
                                             gboolean       is_accepted,
                                             gint64         now_us);
guint         tl_lane_ledger_get_n_rejected (TlLaneLedger  *self,
                                             const char    *host,
                                             gint64         now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneLedger, tl_lane_ledger_free)

G_END_DECLS
