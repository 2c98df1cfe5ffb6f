/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean tl_target_save_sync (GPtrArray           *parts,
                              const char * const  *paths,
                              gboolean             are_secret,
                              GError             **error);

G_END_DECLS
