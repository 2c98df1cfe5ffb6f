/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest secret that is taken in, and the longest thing made of one for
 * the wire: quoted, in base64, with a command around it. */
#define TL_SECRET_MAX_BYTES         16384
#define TL_SECRET_MAX_DERIVED_BYTES 65536

/**
 * TlSecret:
 *
 * Bytes that must never be seen: a password, a token, or what is made of one
 * for the wire. They live in memory that is locked, left out of core dumps and
 * wiped when the last reference goes. Atomically
 * counted. It has few ways in and no way out: there is no to-string, it is
 * never a property, and only the line stream and the SASL mechanisms peek.
 */
typedef struct _TlSecret TlSecret;

#define TL_TYPE_SECRET (tl_secret_get_type ())
GType       tl_secret_get_type    (void) G_GNUC_CONST;

TlSecret   *tl_secret_new         (const void      *bytes,
                                   gsize            len) G_GNUC_WARN_UNUSED_RESULT;
TlSecret   *tl_secret_new_sized   (gsize            max_len) G_GNUC_WARN_UNUSED_RESULT;
TlSecret   *tl_secret_new_base64  (const TlSecret  *plain) G_GNUC_WARN_UNUSED_RESULT;
TlSecret   *tl_secret_strip_spaces (const TlSecret *secret) G_GNUC_WARN_UNUSED_RESULT;
TlSecret   *tl_secret_read_sync   (int              fd,
                                   GError         **error) G_GNUC_WARN_UNUSED_RESULT;
TlSecret   *tl_secret_ref         (TlSecret        *self);
void        tl_secret_unref       (TlSecret        *self);

void        tl_secret_append      (TlSecret        *self,
                                   const void      *bytes,
                                   gsize            len);

const char *tl_secret_peek        (const TlSecret  *self,
                                   gsize           *out_len);
gsize       tl_secret_get_len     (const TlSecret  *self);
gboolean    tl_secret_equal       (const TlSecret  *a,
                                   const TlSecret  *b);
GPtrArray  *tl_secret_list_guises (const TlSecret  *self,
                                   const char      *username) G_GNUC_WARN_UNUSED_RESULT;
char       *tl_secret_redact      (const TlSecret  *self,
                                   const char      *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSecret, tl_secret_unref)

G_END_DECLS
