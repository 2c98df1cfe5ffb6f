/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-store.h"

#include <unistd.h>

#include "tl-error.h"
#include "tl-policy-shelf.h"

/* Fixed places that only an administrator can write to: what grants trust is not for the
 * environment, the home folder or the command line to say. */
#define SYSTEM_FOLDER  "/etc/twolane"
#define FLATPAK_FOLDER "/app/etc/twolane"
#define FLATPAK_INFO   "/.flatpak-info"
#define OVERFLOW_PATH  "/proc/sys/kernel/overflowuid"
#define OVERFLOW_UID   65534

struct _TlPolicyStore
{
  GObject         parent_instance;

  /* Owned */
  TlPolicyPlaces  places;
  GPtrArray      *monitors;  /* of GFileMonitor */
  TlPolicyShelf  *shelf;     /* what was read last */
  char           *state;     /* the same as one string */
  GMainContext   *context;
  GSource        *refreshing; /* NULL: nothing was touched */
};

enum
{
  PROP_POLICIES = 1,
  PROP_FINDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlPolicyStore, tl_policy_store, G_TYPE_OBJECT)

static void
load (TlPolicyStore *self)
{
  g_clear_pointer (&self->shelf, tl_policy_shelf_free);
  self->shelf = tl_policy_shelf_read_sync (&self->places);
  self->state = tl_policy_shelf_describe (self->shelf);
}

static void
refresh (TlPolicyStore *self)
{
  g_autofree char *before = g_steal_pointer (&self->state);

  load (self);
  if (g_strcmp0 (before, self->state) == 0)
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_POLICIES]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_idle (gpointer data)
{
  TlPolicyStore *self = data;

  g_clear_pointer (&self->refreshing, g_source_unref);
  refresh (self);

  return G_SOURCE_REMOVE;
}

/* One act may be several events, and about several files: all are read once, when it is over. */
static void
on_touched (TlPolicyStore *self)
{
  if (self->refreshing != NULL)
    return;

  self->refreshing = g_idle_source_new ();
  g_source_set_callback (self->refreshing, on_idle, self, NULL);
  g_source_attach (self->refreshing, self->context);
}

/* Where the folder is missing too it is asked for from time to time, which is what GLib does. */
static void
watch (TlPolicyStore *self,
       const char    *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return;

  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_touched), self,
                           G_CONNECT_SWAPPED);
  g_ptr_array_add (self->monitors, monitor);
}

static void
watch_policy (TlPolicyStore *self,
              const char    *path)
{
  g_autofree char *signature_path = g_strconcat (path, TL_POLICY_SHELF_SIGNATURE_SUFFIX, NULL);

  watch (self, path);
  watch (self, signature_path);
}

static void
watch_folder (TlPolicyStore *self,
              const char    *folder)
{
  g_autofree char *policy_path = g_build_filename (folder, TL_POLICY_SHELF_POLICY_NAME, NULL);
  g_autofree char *signers_path = g_build_filename (folder, TL_POLICY_SHELF_SIGNERS_NAME, NULL);
  g_autofree char *grantors_path = g_build_filename (folder, TL_POLICY_SHELF_GRANTORS_NAME, NULL);

  watch_policy (self, policy_path);
  watch (self, signers_path);
  watch (self, grantors_path);
}

static void
tl_policy_store_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlPolicyStore *self = TL_POLICY_STORE (object);

  switch (prop_id)
    {
    case PROP_POLICIES:
      g_value_set_boxed (value, self->shelf->policies);
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->shelf->finding);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_policy_store_dispose (GObject *object)
{
  TlPolicyStore *self = TL_POLICY_STORE (object);

  if (self->refreshing != NULL)
    g_source_destroy (self->refreshing);
  g_clear_pointer (&self->refreshing, g_source_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  for (guint i = 0; self->monitors != NULL && i < self->monitors->len; i++)
    g_file_monitor_cancel (self->monitors->pdata[i]);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_clear_pointer (&self->places.system_folders, g_ptr_array_unref);
  g_clear_pointer (&self->places.user_folder, g_free);
  g_clear_pointer (&self->places.files, g_ptr_array_unref);
  g_clear_pointer (&self->shelf, tl_policy_shelf_free);
  g_clear_pointer (&self->state, g_free);

  G_OBJECT_CLASS (tl_policy_store_parent_class)->dispose (object);
}

static void
tl_policy_store_class_init (TlPolicyStoreClass *klass)
{
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_policy_store_get_property;
  object_class->dispose = tl_policy_store_dispose;

  properties[PROP_POLICIES] = g_param_spec_boxed ("policies", NULL, NULL, TL_TYPE_POLICIES, shown);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
tl_policy_store_init (TlPolicyStore *self)
{
  self->places.system_folders = g_ptr_array_new_with_free_func (g_free);
  self->places.files = g_ptr_array_new_with_free_func (g_free);
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
  self->context = g_main_context_ref_thread_default ();
}

static TlPolicyStore *
open_store (const char * const *system_folders,
            uid_t               system_owner,
            const char         *user_folder)
{
  TlPolicyStore *self = g_object_new (TL_TYPE_POLICY_STORE, NULL);

  self->places.system_owner = system_owner;
  self->places.user_folder = g_strdup (user_folder);
  for (guint i = 0; system_folders[i] != NULL; i++)
    {
      g_ptr_array_add (self->places.system_folders, g_strdup (system_folders[i]));
      watch_folder (self, system_folders[i]);
    }
  if (user_folder != NULL)
    watch_folder (self, user_folder);
  load (self);

  return self;
}

/* As whom root's files show in a sandbox whose users are not the computer's. */
static uid_t
read_overflow_uid (void)
{
  g_autofree char *text = NULL;
  guint64 uid = OVERFLOW_UID;

  if (g_file_get_contents (OVERFLOW_PATH, &text, NULL, NULL))
    g_ascii_string_to_unsigned (g_strchomp (text), 10, 1, G_MAXUINT32 - 1, &uid, NULL);

  return (uid_t) uid;
}

/**
 * tl_policy_store_get_default:
 *
 * The one of this computer, where root's word alone counts as the administrator's. In a Flatpak
 * its extension point for configuration goes before /etc.
 *
 * Returns: (transfer none): made at the first use and never freed
 */
TlPolicyStore *
tl_policy_store_get_default (void)
{
  static const char * const flatpak_folders[] = { FLATPAK_FOLDER, SYSTEM_FOLDER, NULL };
  static TlPolicyStore *store = NULL;

  if (store == NULL)
    {
      g_autofree char *user_folder = g_build_filename (g_get_user_config_dir (), "twolane", NULL);
      gboolean is_flatpak = g_file_test (FLATPAK_INFO, G_FILE_TEST_EXISTS);

      store = open_store (is_flatpak ? flatpak_folders : flatpak_folders + 1,
                          is_flatpak ? read_overflow_uid () : 0, user_folder);
    }

  return store;
}

/**
 * tl_policy_store_new:
 * @system_folder: a folder that counts as the system's; its files may be its own user's
 * @user_folder: (nullable): a folder that counts as the user's
 *
 * For tests: other places than the computer's. In each are, or may appear, `policy.json`,
 * `policy.json.p7s`, `signers` and `policy-signers`.
 *
 * Returns: (transfer full): a store, as it is now; it watches both
 */
TlPolicyStore *
tl_policy_store_new (const char *system_folder,
                     const char *user_folder)
{
  const char * const system_folders[] = { system_folder, NULL };

  g_return_val_if_fail (system_folder != NULL, NULL);

  return open_store (system_folders, geteuid (), user_folder);
}

/**
 * tl_policy_store_add_file_sync:
 * @self: a store
 * @path: a policy that holds for this run as well; its signature, if any, is beside it
 * @error: return location for a #GError
 *
 * A file grants nothing by itself; signed by somebody whom this computer trusts, it may.
 *
 * Returns: %FALSE with %TL_ERROR_NOT_FOUND or %TL_ERROR_INVALID_INPUT where it cannot be read, and
 *   then it does not hold
 */
gboolean
tl_policy_store_add_file_sync (TlPolicyStore  *self,
                               const char     *path,
                               GError        **error)
{
  g_autofree char *canonical = NULL;

  g_return_val_if_fail (TL_IS_POLICY_STORE (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  canonical = g_canonicalize_filename (path, NULL);
  if (g_ptr_array_find_with_equal_func (self->places.files, canonical, g_str_equal, NULL))
    return TRUE;
  if (!tl_policy_shelf_check_file_sync (canonical, error))
    return FALSE;
  /* The places have three at the most, and may all come to have one. */
  if (self->places.files->len + self->places.system_folders->len + 1 >= TL_POLICIES_MAX)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "there are more than %d policies",
                   TL_POLICIES_MAX);
      return FALSE;
    }

  g_ptr_array_add (self->places.files, g_steal_pointer (&canonical));
  watch_policy (self, self->places.files->pdata[self->places.files->len - 1]);
  refresh (self);

  return TRUE;
}

/**
 * tl_policy_store_get_policies:
 * @self: a store
 *
 * Returns: (transfer none): what holds here now, possibly nothing
 */
TlPolicies *
tl_policy_store_get_policies (TlPolicyStore *self)
{
  g_return_val_if_fail (TL_IS_POLICY_STORE (self), NULL);

  return self->shelf->policies;
}

/**
 * tl_policy_store_get_finding:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): `store.policy`, where a policy, its signature or a trust
 *   file is there and does not count
 */
TlFinding *
tl_policy_store_get_finding (TlPolicyStore *self)
{
  g_return_val_if_fail (TL_IS_POLICY_STORE (self), NULL);

  return self->shelf->finding;
}

/**
 * tl_policy_store_list_signers:
 * @self: a store
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (array zero-terminated=1): the fingerprints of those whose bundles count
 *   here, each once; or %NULL with %TL_ERROR_INVALID_INPUT where a file of signers cannot be read:
 *   nobody is passed over
 */
char **
tl_policy_store_list_signers (TlPolicyStore  *self,
                              GError        **error)
{
  g_return_val_if_fail (TL_IS_POLICY_STORE (self), NULL);

  return tl_policy_shelf_list_signers (self->shelf, error);
}
