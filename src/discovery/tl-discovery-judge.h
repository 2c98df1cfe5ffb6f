/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-candidate.h"

G_BEGIN_DECLS

GPtrArray   *tl_discovery_judge         (TlAddress   *address,
                                         GPtrArray   *replies,
                                         GPtrArray   *candidates) G_GNUC_WARN_UNUSED_RESULT;
TlCandidate *tl_discovery_find_proposal (GPtrArray   *candidates,
                                         TlLaneKind   lane);

G_END_DECLS
