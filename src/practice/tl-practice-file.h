/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-practice.h"

G_BEGIN_DECLS

/**
 * TlPracticeFile:
 *
 * What another program of the same user needs to practise with a running
 * practice mailbox: `practice.json` in Twolane's folder of XDG_RUNTIME_DIR,
 * mode 0600. Ports and the authority's certificate, never a key. Immutable,
 * atomically counted.
 */
typedef struct _TlPracticeFile TlPracticeFile;

#define TL_TYPE_PRACTICE_FILE (tl_practice_file_get_type ())
GType           tl_practice_file_get_type          (void) G_GNUC_CONST;

TlPracticeFile *tl_practice_file_read              (GError                **error)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlPracticeFile *tl_practice_file_ref               (TlPracticeFile         *self);
void            tl_practice_file_unref             (TlPracticeFile         *self);

guint16         tl_practice_file_get_incoming_port (const TlPracticeFile   *self);
guint16         tl_practice_file_get_outgoing_port (const TlPracticeFile   *self);
const char     *tl_practice_file_get_ca_pem        (const TlPracticeFile   *self);

gboolean        tl_practice_file_write             (TlPractice             *practice,
                                                    GError                **error);
void            tl_practice_file_remove            (TlPractice             *practice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeFile, tl_practice_file_unref)

G_END_DECLS
