/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlAlsoFound:
 *
 * What discovery found besides its proposal: servers that could be used in its
 * place, and those that are named and not used, with the reason. Not there as
 * long as there is neither.
 *
 * Properties: `setup` (TlSetup, set once).
 */
#define TL_TYPE_ALSO_FOUND (tl_also_found_get_type ())
G_DECLARE_FINAL_TYPE (TlAlsoFound, tl_also_found, TL, ALSO_FOUND, TlSetupWidget)

G_END_DECLS
