/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlRedact:
 * @text: (nullable): what came from outside
 * @data: the redactor's
 *
 * Returns: (transfer full) (nullable): the same without a secret that it knows, %NULL for %NULL
 */
typedef char *(*TlRedact) (const char    *text,
                           gconstpointer  data);

#define TL_TEXT_MAX_CHARS 300

char    *tl_text_clean        (const char  *bytes,
                               gssize       len) G_GNUC_WARN_UNUSED_RESULT;
char    *tl_text_clean_capped (const char  *bytes,
                               gssize       len,
                               gsize        max_chars) G_GNUC_WARN_UNUSED_RESULT;
gboolean tl_text_is_clean     (const char  *text);

G_END_DECLS
