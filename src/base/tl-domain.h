/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *tl_domain_dup_display  (const char *domain) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_domain_is_lookalike (const char *domain);

G_END_DECLS
