/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

#define TL_PRACTICE_LINE_MAX_LEN 8192

/**
 * TlPracticeLink:
 *
 * One client of a practice server: lines over a socket, in the clear or under
 * TLS. Blocks, with a bound on every line and on every wait; ended at once by
 * the server's cancellable. Used by one thread.
 */
typedef struct _TlPracticeLink TlPracticeLink;

TlPracticeLink *tl_practice_link_new       (GSocket         *socket,
                                            SSL_CTX         *context,
                                            GCancellable    *cancellable) G_GNUC_WARN_UNUSED_RESULT;
void            tl_practice_link_free      (TlPracticeLink  *self);

gboolean        tl_practice_link_secure    (TlPracticeLink  *self);
gboolean        tl_practice_link_is_secure (TlPracticeLink  *self);
gboolean        tl_practice_link_wait      (TlPracticeLink  *self,
                                            guint            ms);
char           *tl_practice_link_read_line (TlPracticeLink  *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean        tl_practice_link_say       (TlPracticeLink  *self,
                                            const char      *format,
                                            ...) G_GNUC_PRINTF (2, 3);

void            tl_practice_line_free      (char            *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeLink, tl_practice_link_free)

G_END_DECLS
