/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The most members and the longest one that the container takes. */
#define TL_ZIP_MAX_MEMBERS      8
#define TL_ZIP_MAX_MEMBER_BYTES (2 * 1024 * 1024)

GBytes    *tl_zip_write        (const char * const  *names,
                                GPtrArray           *members) G_GNUC_WARN_UNUSED_RESULT;
guint      tl_zip_claim_length (GBytes              *bytes);
GPtrArray *tl_zip_read         (GBytes              *bytes,
                                const char * const  *names,
                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
