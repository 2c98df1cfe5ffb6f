/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One GCancellable of ours for each thing that is under way, which its gesture cancels as well. */

void tl_cancellable_chain (GCancellable  *outer,
                           GCancellable  *inner);
void tl_cancellable_stop  (GCancellable **cancellable);

G_END_DECLS
