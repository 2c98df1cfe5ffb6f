/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_URL_HTTPS_PORT 443

GUri     *tl_url_parse_https    (const char *text) G_GNUC_WARN_UNUSED_RESULT;
char     *tl_url_dup_host       (const char *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_url_has_name       (GUri       *url);
gboolean  tl_url_is_https       (GUri       *url);
gboolean  tl_url_has_usual_port (GUri       *url);

G_END_DECLS
