/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_SPF_MAX_INCLUDES 20

char **tl_spf_dup_includes (const char  *text,
                            char       **out_redirect) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
