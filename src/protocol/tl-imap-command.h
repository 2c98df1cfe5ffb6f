/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_IMAP_COMMAND_MAX_LEN 16384

/**
 * TlImapLiterals: which literals may follow their length at once (RFC 7888)
 * @TL_IMAP_LITERALS_SYNC: none
 * @TL_IMAP_LITERALS_MINUS: those of 4096 bytes and less (LITERAL-, IMAP4rev2)
 * @TL_IMAP_LITERALS_PLUS: all (LITERAL+)
 *
 * Ordered: SYNC < MINUS < PLUS.
 */
typedef enum
{
  TL_IMAP_LITERALS_SYNC,
  TL_IMAP_LITERALS_MINUS,
  TL_IMAP_LITERALS_PLUS,
} TlImapLiterals;

/**
 * TlImapCommand:
 *
 * One command, built word by word so that nothing can be smuggled into it. It
 * has one line, and one more for each literal in it (RFC 9051 §4.3): after a
 * line that tl_imap_command_waits_behind() the server has to say that it is
 * ready. All of it is kept in secrets, since a word may be one.
 */
typedef struct _TlImapCommand TlImapCommand;

TlImapCommand *tl_imap_command_new         (const char            *tag,
                                            const char            *name) G_GNUC_WARN_UNUSED_RESULT;
void           tl_imap_command_set_literals (TlImapCommand        *self,
                                            TlImapLiterals         literals);
void           tl_imap_command_set_utf8    (TlImapCommand         *self,
                                            gboolean               is_utf8);
void           tl_imap_command_free        (TlImapCommand         *self);

void           tl_imap_command_add_atom    (TlImapCommand         *self,
                                            const char            *atom);
void           tl_imap_command_add_words   (TlImapCommand         *self,
                                            const char            *words);
gboolean       tl_imap_command_add_string  (TlImapCommand         *self,
                                            const char            *text,
                                            GError               **error);
gboolean       tl_imap_command_add_secret  (TlImapCommand         *self,
                                            const TlSecret        *secret,
                                            GError               **error);

gboolean       tl_imap_command_is_secret   (const TlImapCommand   *self);
guint          tl_imap_command_get_n_lines (const TlImapCommand   *self);
TlSecret      *tl_imap_command_get_line    (const TlImapCommand   *self,
                                            guint                  index);
gboolean       tl_imap_command_waits_behind (const TlImapCommand  *self,
                                            guint                  index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlImapCommand, tl_imap_command_free)

G_END_DECLS
