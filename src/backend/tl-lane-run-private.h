/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What only TlSetup asks of a lane that is watched. */
#include "tl-lane-run.h"
#include "tl-mailbox-facts.h"

G_BEGIN_DECLS

/* What the last test of an incoming lane saw of the mailbox; goes with its report. */
TlMailboxFacts *tl_lane_run_get_facts  (TlLaneRun      *self);
void            tl_lane_run_set_facts  (TlLaneRun      *self,
                                        TlMailboxFacts *facts);

G_END_DECLS
