/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tl_oauth_tenant_is_valid (const char *tenant);
char    *tl_oauth_tenant_put      (const char *pattern,
                                   const char *tenant) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_oauth_tenant_matches  (const char *pattern,
                                   const char *issuer);

G_END_DECLS
