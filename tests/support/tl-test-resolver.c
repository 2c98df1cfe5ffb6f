/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-resolver.h"

typedef GResolverClass TlTestResolverClass;

GType tl_test_resolver_get_type (void);
G_DEFINE_TYPE (TlTestResolver, tl_test_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static void
lookup (GResolver                *resolver,
        const char               *host,
        GResolverNameLookupFlags  flags,
        GCancellable             *cancellable,
        GAsyncReadyCallback       callback,
        gpointer                  user_data)
{
  TlTestResolver *self = (TlTestResolver *) resolver;
  g_autoptr(GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GList *addresses = NULL;

  switch (self->code)
    {
    case TL_TEST_RESOLVER_NEVER:
      g_ptr_array_add (self->waiting, g_object_ref (task));
      break;
    case TL_TEST_RESOLVER_LOOPBACK:
      addresses = g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
      g_task_return_pointer (task, addresses, free_addresses);
      break;
    default:
      g_task_return_new_error (task, G_RESOLVER_ERROR, self->code, "%s is nowhere", host);
      break;
    }
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tl_test_resolver_finalize (GObject *object)
{
  g_ptr_array_unref (((TlTestResolver *) object)->waiting);

  G_OBJECT_CLASS (tl_test_resolver_parent_class)->finalize (object);
}

static void
tl_test_resolver_class_init (TlTestResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tl_test_resolver_finalize;
  klass->lookup_by_name_with_flags_async = lookup;
  klass->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
tl_test_resolver_init (TlTestResolver *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

TlTestResolver *
tl_test_resolver_new (int code)
{
  TlTestResolver *self = g_object_new (tl_test_resolver_get_type (), NULL);

  self->code = code;

  return self;
}

/**
 * tl_test_resolver_let_go:
 * @self: one that never comes back
 *
 * Comes back after all, late: everything that waits fails.
 */
void
tl_test_resolver_let_go (TlTestResolver *self)
{
  while (self->waiting->len > 0)
    {
      g_autoptr(GTask) task = g_ptr_array_steal_index (self->waiting, 0);

      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "late");
    }
}
