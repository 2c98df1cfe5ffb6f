/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A secret that is made up for a search of memory: the first bytes of it are not
 * searched for, since free() writes over them. */
#define TL_TEST_MEMORY_HEAD_LEN 16

/**
 * TlTestMemory:
 *
 * A made-up secret, and the search for it in what a core dump of a process would
 * hold: every mapping but those that are left out of dumps. The secret itself is
 * in such a page, so whatever is found is a copy that somebody made.
 *
 * MALLOC_PERTURB_ has to be 0: it would hide what is freed and not wiped.
 */
typedef struct _TlTestMemory TlTestMemory;

TlTestMemory *tl_test_memory_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_test_memory_free      (TlTestMemory       *self);
const char   *tl_test_memory_peek      (const TlTestMemory *self);
char         *tl_test_memory_find      (const TlTestMemory *self) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a secret of one's own and another process, which the caller may
 * trace: a child of it, or any for root. */
char         *tl_test_memory_find_in   (GPid                pid,
                                        const char         *secret) G_GNUC_WARN_UNUSED_RESULT;
/* What of its environment and command line. */
char         *tl_test_memory_find_args (GPid                pid,
                                        const char         *secret) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestMemory, tl_test_memory_free)

G_END_DECLS
