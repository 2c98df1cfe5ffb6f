/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * TlTestResolver:
 * @code: a GResolverError that every look-up fails with, unless it is one of these:
 *   `TL_TEST_RESOLVER_LOOPBACK`: every name is 127.0.0.1;
 *   `TL_TEST_RESOLVER_NEVER`: no look-up comes back, not even when it is cancelled
 * @waiting: those that have not come back
 *
 * What g_resolver_set_default() takes in place of the system's.
 */
typedef struct
{
  GResolver  parent_instance;
  int        code;
  GPtrArray *waiting;
} TlTestResolver;

#define TL_TEST_RESOLVER_LOOPBACK -1
#define TL_TEST_RESOLVER_NEVER    -2

TlTestResolver *tl_test_resolver_new     (int             code) G_GNUC_WARN_UNUSED_RESULT;
void            tl_test_resolver_let_go  (TlTestResolver *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestResolver, g_object_unref)

G_END_DECLS
