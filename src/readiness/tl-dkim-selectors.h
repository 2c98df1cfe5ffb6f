/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char **tl_dkim_selectors_list (const char *provider,
                               const char *relay) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
