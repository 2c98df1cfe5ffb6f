/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlFolderCandidate: a folder that may be for something
 * @name: in UTF-8, the whole path
 * @delimiter: what parts of the name are told apart by, 0 when names are flat
 * @is_free: it holds messages, and nobody has said what it is for
 */
typedef struct
{
  const char *name;
  char        delimiter;
  gboolean    is_free;
} TlFolderCandidate;

/* What folders are for, told from their names alone: one answer for all who ask. */
int tl_folder_guess_find (const TlFolderCandidate *candidates,
                          guint                    n_candidates,
                          const char              *prefix,
                          const char              *role,
                          int                     *out_rival);

G_END_DECLS
