/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * TlRoleView:
 *
 * A row: which folder is for what, to be chosen from those that there are.
 *
 * Properties: `item` (TlRoleRow).
 */
#define TL_TYPE_ROLE_VIEW (tl_role_view_get_type ())
G_DECLARE_FINAL_TYPE (TlRoleView, tl_role_view, TL, ROLE_VIEW, AdwComboRow)

G_END_DECLS
