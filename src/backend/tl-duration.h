/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long something took or takes, for people. */
char *tl_duration_dup_label (guint ms) G_GNUC_WARN_UNUSED_RESULT;
char *tl_duration_dup_clock (guint seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
