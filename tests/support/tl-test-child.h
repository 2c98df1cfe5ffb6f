/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlTestChild:
 *
 * A part of a test in a process of its own, for what is limited or measured by
 * the process. It is begun before there are threads, and told its port later.
 */
typedef struct _TlTestChild TlTestChild;

typedef void (*TlTestChildFunc) (guint16  port,
                                 gpointer data);

TlTestChild *tl_test_child_new    (TlTestChildFunc  func,
                                   gpointer         data) G_GNUC_WARN_UNUSED_RESULT;
void         tl_test_child_finish (TlTestChild     *self,
                                   guint16          port);

G_END_DECLS
