/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Antivirus programs and proxies that open encryption, by the names of the
 * authorities they issue certificates with: data/interceptors.json. */
const char *tl_interceptor_find  (const char  *issuer);
guint       tl_interceptor_get_n (void);
gboolean    tl_interceptor_check (const char  *json,
                                  gssize       len,
                                  GError     **error);

G_END_DECLS
