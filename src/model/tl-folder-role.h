/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What folders are for: `inbox`, `sent`, `drafts`, `junk`, `trash`, `archive`, `all`, `flagged`. */
#define TL_N_FOLDER_ROLES 8
extern const char * const tl_folder_roles[TL_N_FOLDER_ROLES];

const char *tl_folder_role_get_label (const char *role);

G_END_DECLS
