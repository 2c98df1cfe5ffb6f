/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-setup-widget.h"

G_BEGIN_DECLS

/**
 * TlFoldersGroup:
 *
 * Folders that outreach works with: which of them to make, and the one button that makes them.
 */
#define TL_TYPE_FOLDERS_GROUP (tl_folders_group_get_type ())
G_DECLARE_FINAL_TYPE (TlFoldersGroup, tl_folders_group, TL, FOLDERS_GROUP, TlSetupWidget)

G_END_DECLS
