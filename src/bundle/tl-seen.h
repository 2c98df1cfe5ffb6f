/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle.h"

G_BEGIN_DECLS

/* Of more mailboxes than this the oldest are forgotten: so many fit into a document, however long
 * their addresses are. */
#define TL_SEEN_MAX       2000
#define TL_SEEN_MAX_BYTES (1024 * 1024)

/**
 * TlSeen:
 *
 * The newest bundle that was accepted here of each signer and address, so that an older one is
 * noticed. A mutable value that its owner keeps, and a file of its own in the state folder. Not
 * counted.
 */
typedef struct _TlSeen TlSeen;

TlSeen   *tl_seen_new       (void) G_GNUC_WARN_UNUSED_RESULT;
TlSeen   *tl_seen_parse     (const char      *text,
                             gsize            len,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;
char     *tl_seen_to_text   (const TlSeen    *self) G_GNUC_WARN_UNUSED_RESULT;
void      tl_seen_free      (TlSeen          *self);

TlFinding *tl_seen_check    (const TlSeen    *self,
                             const TlBundle  *bundle) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_seen_note      (TlSeen          *self,
                             const TlBundle  *bundle);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSeen, tl_seen_free)

G_END_DECLS
