/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_TLS_RPT_VERSION "v=TLSRPTv1"

char **tl_tls_rpt_parse (GBytes  *text,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
