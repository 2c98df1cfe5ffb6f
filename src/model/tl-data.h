/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *tl_data_lookup (const char *name) G_GNUC_WARN_UNUSED_RESULT;
char  **tl_data_list   (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
