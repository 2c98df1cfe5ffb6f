/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_STS_VERSION "v=STSv1"

char *tl_sts_record_parse_id (GBytes  *text,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
char *tl_sts_record_new_text (gint64   now_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
