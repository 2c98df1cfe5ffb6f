/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "tl-setup.h"

G_BEGIN_DECLS

/*
 * What is said of a message to oneself: pure functions for <closure>, like those
 * of tl-closures.h. All strings are given.
 */
gboolean   tl_loop_is_done        (GObject         *object,
                                   gboolean         looping,
                                   TlLoopReport    *report);
TlVerdict  tl_loop_to_verdict     (GObject         *object,
                                   TlLoopReport    *report);
char      *tl_loop_to_title       (GObject         *object,
                                   TlLoopReport    *report);
char      *tl_loop_to_lead        (GObject         *object,
                                   gboolean         looping,
                                   TlLoopReport    *report);
char      *tl_loop_to_send_label  (GObject         *object,
                                   TlLoopReport    *report);
char      *tl_loop_stage_to_label (GObject         *object,
                                   TlLoopStage      stage);
char      *tl_loop_stage_to_time  (GObject         *object,
                                   TlLoopStage      stage,
                                   guint            elapsed_s,
                                   guint            patience_s);

void       tl_loop_words_bind     (GtkWidgetClass  *widget_class);

G_END_DECLS
