/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TL_DKIM_TAGS_MAX       64
#define TL_DKIM_TAGS_MAX_BYTES 8192

/**
 * TlDkimTags: a tag=value list (RFC 6376 §3.2), as DKIM keys, DMARC, BIMI, MTA-STS and TLS-RPT
 * records are written
 */
typedef struct _TlDkimTags TlDkimTags;

TlDkimTags *tl_dkim_tags_parse     (const char        *bytes,
                                    gsize              len,
                                    GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void        tl_dkim_tags_free      (TlDkimTags        *self);
guint       tl_dkim_tags_get_n     (const TlDkimTags  *self);
const char *tl_dkim_tags_get_name  (const TlDkimTags  *self,
                                    guint              index);
const char *tl_dkim_tags_get       (const TlDkimTags  *self,
                                    const char        *name);
/* Whether a list of words with colons between, as in h= and t=, has one. */
gboolean    tl_dkim_tags_has_word  (const char        *value,
                                    const char        *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlDkimTags, tl_dkim_tags_free)

G_END_DECLS
