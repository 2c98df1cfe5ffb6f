/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlTestCanary:
 *
 * Finds a secret in bytes however it was written down: as it is, in base64 at
 * each alignment, in hexadecimal, percent-encoded, in UTF-16, backwards, or as
 * part of what sign-ins are made of. Immutable; any thread may search.
 */
typedef struct _TlTestCanary TlTestCanary;

TlTestCanary *tl_test_canary_new        (const char         *secret) G_GNUC_WARN_UNUSED_RESULT;
void          tl_test_canary_free       (TlTestCanary       *self);
const char   *tl_test_canary_find       (const TlTestCanary *self,
                                         const void         *bytes,
                                         gsize               len);

/* For the proof that each way of writing is found. */
gsize         tl_test_canary_get_n_ways (void);
const char   *tl_test_canary_get_way    (gsize               index);
GBytes       *tl_test_canary_plant      (gsize               index,
                                         const char         *secret) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestCanary, tl_test_canary_free)

G_END_DECLS
