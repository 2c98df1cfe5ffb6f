/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A signer's fingerprint is the SHA-256 of its public key
 * (SubjectPublicKeyInfo in DER, RFC 5280 §4.1.2.7), 64 lower-case hex digits.
 * It is the same in a renewed certificate of the same key.
 */
#define TL_FINGERPRINT_LEN 64

char     *tl_fingerprint_parse     (const char *typed) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_fingerprint_is_valid  (const char *text);
char     *tl_fingerprint_to_groups (const char *fingerprint) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
