/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fault.h"

G_BEGIN_DECLS

/* How many descriptors have to be free before something is begun: what it takes
 * at most, and what others may take in the same moment. Those of a wait are its
 * own and the same for the other lane. A library that finds none in the middle
 * ends the program (GLib, libevent) or says what is not so (the C library). */
#define TL_HANDLES_FOR_WAIT    4
#define TL_HANDLES_FOR_NAME    8
#define TL_HANDLES_FOR_PROXY   32
#define TL_HANDLES_FOR_UNBOUND 32
#define TL_HANDLES_FOR_TLSA    96

gboolean  tl_handles_have_room    (guint n);
TlFault  *tl_handles_describe_end (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
