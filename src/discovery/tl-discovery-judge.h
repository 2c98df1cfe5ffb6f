/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"

G_BEGIN_DECLS

GPtrArray *tl_discovery_judge (TlAddress *address,
                               GPtrArray *replies,
                               GPtrArray *candidates) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
