/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* With those that are there from the start. */
#define TL_PRACTICE_FOLDERS_MAX      64
#define TL_PRACTICE_FOLDERS_MAX_NAME 255

/**
 * TlPracticeFolders:
 *
 * Which folders the practice mailbox has, by the names that go over the wire: a few to begin with,
 * and those that were made while practising. None is ever removed. All functions may be called on
 * any thread.
 */
typedef struct _TlPracticeFolders TlPracticeFolders;

TlPracticeFolders *tl_practice_folders_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void               tl_practice_folders_free      (TlPracticeFolders  *self);

const char        *tl_practice_folders_create    (TlPracticeFolders  *self,
                                                  const char         *name);
gboolean           tl_practice_folders_has       (TlPracticeFolders  *self,
                                                  const char         *name);
char             **tl_practice_folders_dup_names (TlPracticeFolders  *self)
  G_GNUC_WARN_UNUSED_RESULT;
const char        *tl_practice_folders_get_role  (const char         *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPracticeFolders, tl_practice_folders_free)

G_END_DECLS
