/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-gateway.h"

G_BEGIN_DECLS

/* For tl_providers_find_by_mx(): an exchanger is of one table alone. */
gsize tl_gateways_match_mx (const char  *folded,
                            TlGateway  **out_gateway);

G_END_DECLS
