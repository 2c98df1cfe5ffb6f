/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-keyring.h"

#define SERVICE_PATH    "/org/freedesktop/secrets"
#define COLLECTION_PATH SERVICE_PATH "/collection/login"
#define DEFAULT_PATH    SERVICE_PATH "/aliases/default"
#define ITEM_PATH       COLLECTION_PATH "/1"
#define PROMPT_PATH     SERVICE_PATH "/prompt/1"
#define SESSION_PATH    SERVICE_PATH "/session/1"

/* Long enough to have been seen. */
#define DISMISSED_AFTER_MS 800
/* Longer than a service may take. */
#define UNLOCKED_AFTER_MS  10500

struct _TlTestKeyring
{
  TlTestKeyringManner  manner;
  GMainContext        *context;
  GMainLoop           *loop;
  GThread             *thread;
  GDBusConnection     *connection;
  GVariant            *stored;      /* ay, once stored */
  gboolean             unlocked;
  gboolean             ready;
  GMutex               mutex;
  GCond                cond;
};

static const char interfaces[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "<method name='Unlock'><arg type='ao' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "<method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/>"
  "<arg type='a{o(oayays)}' direction='out'/></method>"
  "<property name='Collections' type='ao' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Collection'>"
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
  "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
  "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Items' type='ao' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/>"
  "<property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "<method name='Delete'><arg type='o' direction='out'/></method>"
  "<method name='GetSecret'><arg type='o' direction='in'/><arg type='(oayays)' direction='out'/>"
  "</method>"
  "<property name='Locked' type='b' access='read'/>"
  "<property name='Attributes' type='a{ss}' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "<property name='Created' type='t' access='read'/>"
  "<property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "<method name='Prompt'><arg type='s' direction='in'/></method>"
  "<method name='Dismiss'/>"
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  "</interface>"
  "</node>";

static gboolean
is_locked (const TlTestKeyring *self)
{
  return !self->unlocked && (self->manner == TL_TEST_KEYRING_DISMISSED ||
                             self->manner == TL_TEST_KEYRING_UNLOCKED_LATE);
}

static gboolean
has_item (const TlTestKeyring *self)
{
  return self->manner == TL_TEST_KEYRING_NO_DEFAULT ||
         (self->manner != TL_TEST_KEYRING_FORGETS && (is_locked (self) || self->stored != NULL));
}

static GVariant *
secret_of (TlTestKeyring *self)
{
  GVariant *bytes = self->stored;

  if (bytes == NULL || self->manner == TL_TEST_KEYRING_CORRUPTS)
    bytes = g_variant_new_bytestring ("something else");

  return g_variant_new ("(o@ay@ays)", SESSION_PATH,
                        g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0), bytes, "text/plain");
}

static gboolean
on_prompt_over (gpointer data)
{
  TlTestKeyring *self = data;
  const char *unlocked[] = { ITEM_PATH, NULL };
  gboolean dismissed = self->manner == TL_TEST_KEYRING_DISMISSED;

  self->unlocked = !dismissed;
  g_dbus_connection_emit_signal (self->connection, NULL, PROMPT_PATH,
                                 "org.freedesktop.Secret.Prompt", "Completed",
                                 g_variant_new ("(bv)", dismissed,
                                                g_variant_new_objv (unlocked, dismissed ? 0 : 1)),
                                 NULL);

  return G_SOURCE_REMOVE;
}

static void
open_prompt (TlTestKeyring *self)
{
  g_autoptr(GSource) source =
    g_timeout_source_new (self->manner == TL_TEST_KEYRING_DISMISSED ? DISMISSED_AFTER_MS
                                                                    : UNLOCKED_AFTER_MS);

  g_source_set_callback (source, on_prompt_over, self, NULL);
  g_source_attach (source, self->context);
}

static void
refuse (GDBusMethodInvocation *invocation,
        const char            *name)
{
  g_dbus_method_invocation_return_dbus_error (invocation, name, "scripted");
}

static void
on_create_item (TlTestKeyring         *self,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation)
{
  g_autoptr(GVariant) secret = NULL;

  if (self->manner == TL_TEST_KEYRING_DIES)
    {
      g_dbus_connection_close_sync (self->connection, NULL, NULL);
      g_object_unref (invocation);
      return;
    }
  if (is_locked (self))
    {
      refuse (invocation, "org.freedesktop.Secret.Error.IsLocked");
      return;
    }
  if (self->manner == TL_TEST_KEYRING_NO_DEFAULT)
    {
      refuse (invocation, "org.freedesktop.Secret.Error.NoSuchObject");
      return;
    }

  secret = g_variant_get_child_value (parameters, 1);
  g_clear_pointer (&self->stored, g_variant_unref);
  self->stored = g_variant_get_child_value (secret, 2);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(oo)", ITEM_PATH, "/"));
}

static void
on_search_items (TlTestKeyring         *self,
                 GDBusMethodInvocation *invocation)
{
  const char *found[] = { ITEM_PATH, NULL };
  gboolean locked = is_locked (self);
  gboolean has = has_item (self);

  g_dbus_method_invocation_return_value (
    invocation, g_variant_new ("(@ao@ao)",
                               g_variant_new_objv (found, has && !locked ? 1 : 0),
                               g_variant_new_objv (found, has && locked ? 1 : 0)));
}

static void
on_get_secrets (TlTestKeyring         *self,
                GDBusMethodInvocation *invocation)
{
  GVariantBuilder secrets;

  g_variant_builder_init (&secrets, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_builder_add (&secrets, "{o@(oayays)}", ITEM_PATH, secret_of (self));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{o(oayays)})", &secrets));
}

static void
on_method_call (GDBusConnection       *connection,
                const char            *sender,
                const char            *path,
                const char            *interface,
                const char            *method,
                GVariant              *parameters,
                GDBusMethodInvocation *invocation,
                gpointer               data)
{
  TlTestKeyring *self = data;

  if (self->manner == TL_TEST_KEYRING_HANGS)
    g_object_unref (invocation);
  else if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get_child (parameters, 0, "&s", &algorithm);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (
          invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH));
      else
        refuse (invocation, "org.freedesktop.DBus.Error.NotSupported");
    }
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(o)", self->manner == TL_TEST_KEYRING_NO_DEFAULT
                                        ? "/" : COLLECTION_PATH));
  else if (g_str_equal (method, "SearchItems"))
    on_search_items (self, invocation);
  else if (g_str_equal (method, "Unlock"))
    g_dbus_method_invocation_return_value (
      invocation, g_variant_new ("(@aoo)", g_variant_new_objv (NULL, 0), PROMPT_PATH));
  else if (g_str_equal (method, "GetSecrets"))
    on_get_secrets (self, invocation);
  else if (g_str_equal (method, "GetSecret"))
    g_dbus_method_invocation_return_value (invocation,
                                           g_variant_new ("(@(oayays))", secret_of (self)));
  else if (g_str_equal (method, "CreateItem"))
    on_create_item (self, parameters, invocation);
  else if (g_str_equal (method, "Delete"))
    {
      g_clear_pointer (&self->stored, g_variant_unref);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", "/"));
    }
  else
    {
      if (g_str_equal (method, "Prompt"))
        open_prompt (self);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static GVariant *
on_get_property (GDBusConnection  *connection,
                 const char       *sender,
                 const char       *path,
                 const char       *interface,
                 const char       *property,
                 GError          **error,
                 gpointer          data)
{
  TlTestKeyring *self = data;
  const char *paths[] = { g_str_equal (property, "Items") ? ITEM_PATH : COLLECTION_PATH, NULL };

  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (is_locked (self));
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("scripted");
  if (g_str_equal (property, "Attributes"))
    return g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0);
  if (g_str_equal (property, "Created") || g_str_equal (property, "Modified"))
    return g_variant_new_uint64 (0);

  return g_variant_new_objv (paths, g_str_equal (property, "Items") && !has_item (self) ? 0 : 1);
}

static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { 0 } };

static void
export_all (TlTestKeyring *self)
{
  static const struct
  {
    const char *path;
    guint       interface;
  } objects[] = {
    { SERVICE_PATH, 0 }, { COLLECTION_PATH, 1 }, { DEFAULT_PATH, 1 }, { ITEM_PATH, 2 },
    { PROMPT_PATH, 3 },
  };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interfaces, NULL);
  g_autoptr(GVariant) owned = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_dbus_connection_register_object (self->connection, objects[i].path,
                                         node->interfaces[objects[i].interface], &vtable,
                                         self, NULL, &error);
      g_assert_no_error (error);
    }

  owned = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                       &error);
  g_assert_no_error (error);
}

static gpointer
keyring_thread (gpointer data)
{
  TlTestKeyring *self = data;
  g_autoptr(GError) error = NULL;

  g_main_context_push_thread_default (self->context);
  self->connection = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  export_all (self);

  g_mutex_lock (&self->mutex);
  self->ready = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);

  g_main_loop_run (self->loop);

  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

/**
 * tl_test_keyring_start:
 * @manner: how it misbehaves
 *
 * Returns: (transfer full): the service, on the bus
 */
TlTestKeyring *
tl_test_keyring_start (TlTestKeyringManner manner)
{
  TlTestKeyring *self = g_new0 (TlTestKeyring, 1);

  self->manner = manner;
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("tl-test-keyring", keyring_thread, self);

  g_mutex_lock (&self->mutex);
  while (!self->ready)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);

  return self;
}

static gboolean
on_quit (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
tl_test_keyring_stop (TlTestKeyring *self)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_callback (source, on_quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);

  g_clear_pointer (&self->stored, g_variant_unref);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
