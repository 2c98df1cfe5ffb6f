/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-identity.h"

#include <glib/gi18n-lib.h>

#include "tl-identity-private.h"
#include "tl-note.h"
#include "tl-provider-details.h"
#include "tl-relay.h"
#include "tl-shared-mailbox.h"

struct _TlIdentity
{
  GObject          parent_instance;

  /* Owned: the mailbox, and what a person said of who signs in to it */
  TlSharedMailbox  shared;

  /* Owned: what a person said of sending */
  char            *relay;

  gboolean         is_separate;
  gboolean         is_seen;        /* the relay's server was typed; nobody chose it from the list */
  gboolean         is_resetting;   /* all of it changes; said once, when it has */

  /* Owned: what follows */
  GListStore      *shared_notes;
  GListStore      *relay_notes;
  GListModel      *relays;
};

enum
{
  PROP_SHARED_WAY = 1,
  PROP_CAN_SHARE_BY_PROVIDER,
  PROP_LOGIN,
  PROP_LOGIN_FINDING,
  PROP_SHARED_FOLDER,
  PROP_SHARED_NOTES,
  PROP_SEPARATE_SENDING,
  PROP_RELAYS,
  PROP_RELAY,
  PROP_RELAY_NOTES,
  PROP_OUTGOING_SECRET_NAME,
  PROP_VALID,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What is worked out from the rest, and so may change with any of it. */
static const guint derived[] = {
  PROP_CAN_SHARE_BY_PROVIDER, PROP_LOGIN_FINDING, PROP_OUTGOING_SECRET_NAME, PROP_VALID,
};

G_DEFINE_ENUM_TYPE (TlSharedWay, tl_shared_way,
                    G_DEFINE_ENUM_VALUE (TL_SHARED_NOT, "not"),
                    G_DEFINE_ENUM_VALUE (TL_SHARED_BY_PROVIDER, "by-provider"),
                    G_DEFINE_ENUM_VALUE (TL_SHARED_MASTER, "master"),
                    G_DEFINE_ENUM_VALUE (TL_SHARED_FOLDER, "folder"))

G_DEFINE_FINAL_TYPE (TlIdentity, tl_identity, G_TYPE_OBJECT)

static void
say_changed (TlIdentity *self)
{
  if (self->is_resetting)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (derived); i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[derived[i]]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_typed (const char *text)
{
  return text != NULL && *text != '\0';
}

static const char *
get_outgoing_secret_name (TlIdentity *self)
{
  TlProvider *relay = self->relay == NULL ? NULL : tl_providers_find (self->relay);
  const char *name = relay == NULL ? NULL : tl_provider_get_secret_name (relay);

  /* Translators: what somebody types to sign in to a sending service, where it has no other name */
  return name != NULL ? name : _("Password");
}

static void
set_way (TlIdentity  *self,
         TlSharedWay  way)
{
  if (self->shared.way == way)
    return;

  self->shared.way = way;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARED_WAY]);
  say_changed (self);
}

static void
set_login (TlIdentity *self,
           const char *text)
{
  if (g_strcmp0 (self->shared.login, text) == 0)
    return;

  g_free (self->shared.login);
  self->shared.login = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGIN]);
  say_changed (self);
}

static void
set_folder (TlIdentity *self,
            const char *folder)
{
  if (g_strcmp0 (self->shared.folder, folder) == 0)
    return;

  g_free (self->shared.folder);
  self->shared.folder = g_strdup (folder);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHARED_FOLDER]);
  say_changed (self);
}

/* What has to be done there first. */
static void
show_relay_notes (TlIdentity *self)
{
  TlProvider *relay = self->relay == NULL ? NULL : tl_providers_find (self->relay);
  guint n = relay == NULL ? 0 : tl_provider_get_n_prerequisites (relay);

  g_list_store_remove_all (self->relay_notes);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlNote) note =
        tl_note_new_for_prerequisite (tl_provider_get_prerequisite (relay, i), FALSE);

      g_list_store_append (self->relay_notes, note);
    }
}

/* Both at once: a relay always has a sign-in of its own, and none is left without. */
static void
set_sending (TlIdentity *self,
             gboolean    is_separate,
             const char *relay,
             gboolean    is_seen)
{
  gboolean separate_changed = self->is_separate != is_separate;
  gboolean relay_changed = g_strcmp0 (self->relay, relay) != 0;

  if (!separate_changed && !relay_changed)
    return;

  self->is_separate = is_separate;
  self->is_seen = is_seen;
  if (relay_changed)
    {
      g_free (self->relay);
      self->relay = g_strdup (relay);
      show_relay_notes (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RELAY]);
    }
  if (separate_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEPARATE_SENDING]);
  say_changed (self);
}

static void
tl_identity_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  TlIdentity *self = TL_IDENTITY (object);

  switch (prop_id)
    {
    case PROP_SHARED_WAY:
      g_value_set_enum (value, (int) self->shared.way);
      break;
    case PROP_CAN_SHARE_BY_PROVIDER:
      g_value_set_boolean (value, tl_shared_mailbox_is_provided (&self->shared));
      break;
    case PROP_LOGIN:
      g_value_set_string (value, self->shared.login);
      break;
    case PROP_LOGIN_FINDING:
      g_value_take_object (value, tl_shared_mailbox_find_problem (&self->shared));
      break;
    case PROP_SHARED_FOLDER:
      g_value_set_string (value, self->shared.folder);
      break;
    case PROP_SHARED_NOTES:
      g_value_set_object (value, self->shared_notes);
      break;
    case PROP_SEPARATE_SENDING:
      g_value_set_boolean (value, self->is_separate);
      break;
    case PROP_RELAYS:
      g_value_set_object (value, self->relays);
      break;
    case PROP_RELAY_NOTES:
      g_value_set_object (value, self->relay_notes);
      break;
    case PROP_RELAY:
      g_value_set_string (value, self->relay);
      break;
    case PROP_OUTGOING_SECRET_NAME:
      g_value_set_string (value, get_outgoing_secret_name (self));
      break;
    case PROP_VALID:
      g_value_set_boolean (value, tl_identity_is_valid (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_identity_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  TlIdentity *self = TL_IDENTITY (object);

  switch (prop_id)
    {
    case PROP_SHARED_WAY:
      set_way (self, (TlSharedWay) g_value_get_enum (value));
      break;
    case PROP_LOGIN:
      set_login (self, g_value_get_string (value));
      break;
    case PROP_SHARED_FOLDER:
      set_folder (self, g_value_get_string (value));
      break;
    case PROP_SEPARATE_SENDING:
      set_sending (self, g_value_get_boolean (value), NULL, FALSE);
      break;
    case PROP_RELAY:
      tl_identity_choose_relay (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_identity_finalize (GObject *object)
{
  TlIdentity *self = TL_IDENTITY (object);

  tl_shared_mailbox_clear (&self->shared);
  g_clear_pointer (&self->relay, g_free);
  g_clear_object (&self->shared_notes);
  g_clear_object (&self->relay_notes);
  g_clear_object (&self->relays);

  G_OBJECT_CLASS (tl_identity_parent_class)->finalize (object);
}

static void
tl_identity_class_init (TlIdentityClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_identity_get_property;
  object_class->set_property = tl_identity_set_property;
  object_class->finalize = tl_identity_finalize;

  properties[PROP_SHARED_WAY] =
    g_param_spec_enum ("shared-way", NULL, NULL, TL_TYPE_SHARED_WAY, TL_SHARED_NOT, rw);
  properties[PROP_CAN_SHARE_BY_PROVIDER] =
    g_param_spec_boolean ("can-share-by-provider", NULL, NULL, FALSE, ro);
  properties[PROP_LOGIN] = g_param_spec_string ("login", NULL, NULL, NULL, rw);
  properties[PROP_LOGIN_FINDING] =
    g_param_spec_object ("login-finding", NULL, NULL, TL_TYPE_FINDING, ro);
  properties[PROP_SHARED_FOLDER] = g_param_spec_string ("shared-folder", NULL, NULL, NULL, rw);
  properties[PROP_SHARED_NOTES] =
    g_param_spec_object ("shared-notes", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_SEPARATE_SENDING] =
    g_param_spec_boolean ("separate-sending", NULL, NULL, FALSE, rw);
  properties[PROP_RELAYS] = g_param_spec_object ("relays", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_RELAY] = g_param_spec_string ("relay", NULL, NULL, NULL, rw);
  properties[PROP_RELAY_NOTES] =
    g_param_spec_object ("relay-notes", NULL, NULL, G_TYPE_LIST_MODEL, ro);
  properties[PROP_OUTGOING_SECRET_NAME] =
    g_param_spec_string ("outgoing-secret-name", NULL, NULL, NULL, ro);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", TL_TYPE_IDENTITY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
tl_identity_init (TlIdentity *self)
{
  self->shared_notes = g_list_store_new (TL_TYPE_NOTE);
  self->relay_notes = g_list_store_new (TL_TYPE_NOTE);
  self->relays = tl_relay_list_all ();
}

TlIdentity *
tl_identity_new (void)
{
  return g_object_new (TL_TYPE_IDENTITY, NULL);
}

TlSharedWay
tl_identity_get_shared_way (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), TL_SHARED_NOT);

  return self->shared.way;
}

/**
 * tl_identity_get_login:
 * @self: an identity
 *
 * Returns: (transfer none) (nullable): who signs in, as it was typed
 */
const char *
tl_identity_get_login (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), NULL);

  return self->shared.login;
}

gboolean
tl_identity_is_separate (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), FALSE);

  return self->is_separate;
}

gboolean
tl_identity_is_valid (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), FALSE);

  return self->shared.way == TL_SHARED_NOT || tl_shared_mailbox_is_meant (&self->shared);
}

/**
 * tl_identity_choose_relay:
 * @self: an identity
 * @id: (nullable): a sending service of our table; %NULL for one that is not in it
 *
 * Returns: whether it is in our table, or %NULL; nothing is changed where it is not
 */
gboolean
tl_identity_choose_relay (TlIdentity *self,
                          const char *id)
{
  TlProvider *relay;

  g_return_val_if_fail (TL_IS_IDENTITY (self), FALSE);

  if (id == NULL)
    {
      set_sending (self, self->is_separate, NULL, FALSE);
      return TRUE;
    }

  relay = tl_providers_find (id);
  if (relay == NULL || tl_provider_get_kind (relay) != TL_PROVIDER_RELAY)
    return FALSE;
  set_sending (self, TRUE, id, FALSE);

  return TRUE;
}

/**
 * tl_identity_is_of:
 * @self: an identity
 * @mailbox: (nullable): a mailbox
 *
 * Returns: whether that is whose it is
 */
gboolean
tl_identity_is_of (TlIdentity *self,
                   TlAddress  *mailbox)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), FALSE);

  return self->shared.mailbox == mailbox ||
         (self->shared.mailbox != NULL && mailbox != NULL &&
          tl_address_equal (self->shared.mailbox, mailbox));
}

/**
 * tl_identity_set_mailbox:
 * @self: an identity
 * @mailbox: (nullable): whose set-up it is
 *
 * Another mailbox is another matter: what was said about the one before is forgotten.
 */
void
tl_identity_set_mailbox (TlIdentity *self,
                         TlAddress  *mailbox)
{
  g_return_if_fail (TL_IS_IDENTITY (self));

  if (tl_identity_is_of (self, mailbox))
    return;

  g_clear_pointer (&self->shared.mailbox, tl_address_unref);
  self->shared.mailbox = mailbox == NULL ? NULL : tl_address_ref (mailbox);
  self->is_resetting = TRUE;
  set_way (self, TL_SHARED_NOT);
  set_login (self, NULL);
  set_folder (self, NULL);
  set_sending (self, FALSE, NULL, FALSE);
  self->is_resetting = FALSE;
  say_changed (self);
}

/**
 * tl_identity_set_provider:
 * @self: an identity
 * @provider: (nullable): whose mailbox it is
 */
void
tl_identity_set_provider (TlIdentity *self,
                          TlProvider *provider)
{
  guint n = provider == NULL ? 0 : tl_provider_get_n_shared_notes (provider);

  g_return_if_fail (TL_IS_IDENTITY (self));

  if (self->shared.provider == provider)
    return;

  g_clear_pointer (&self->shared.provider, tl_provider_unref);
  self->shared.provider = provider == NULL ? NULL : tl_provider_ref (provider);
  g_list_store_remove_all (self->shared_notes);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlNote) note =
        tl_note_new_for_prerequisite (tl_provider_get_shared_note (provider, i), TRUE);

      g_list_store_append (self->shared_notes, note);
    }
  say_changed (self);
}

/**
 * tl_identity_set_auth:
 * @self: an identity
 * @auth: what the mailbox is signed in to with
 */
void
tl_identity_set_auth (TlIdentity *self,
                      TlAuth      auth)
{
  g_return_if_fail (TL_IS_IDENTITY (self));

  if (self->shared.auth == auth)
    return;

  self->shared.auth = auth;
  say_changed (self);
}

/**
 * tl_identity_see_server:
 * @self: an identity
 * @host: (nullable): the outgoing server that a person typed, or %NULL when it was not typed
 *
 * Knows a sending service by its server. Whoever types that of none, after one was known, has
 * taken another one that is not in our table.
 */
void
tl_identity_see_server (TlIdentity *self,
                        const char *host)
{
  TlProvider *provider = is_typed (host) ? tl_providers_find_by_host (host) : NULL;
  gboolean is_relay = provider != NULL && tl_provider_get_kind (provider) == TL_PROVIDER_RELAY;

  g_return_if_fail (TL_IS_IDENTITY (self));

  if (is_relay)
    set_sending (self, TRUE, tl_provider_get_id (provider), TRUE);
  else if (self->relay != NULL && (self->is_seen || is_typed (host)))
    set_sending (self, self->is_separate, NULL, FALSE);
}

/**
 * tl_identity_is_shared:
 * @self: an identity
 *
 * Returns: whether somebody else signs in than the mailbox itself, and who is known
 */
gboolean
tl_identity_is_shared (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), FALSE);

  return tl_shared_mailbox_is_meant (&self->shared);
}

/**
 * tl_identity_dup_username:
 * @self: an identity
 * @lane: %TL_LANE_INCOMING or %TL_LANE_OUTGOING
 *
 * Returns: (transfer full) (nullable): whom the lane signs in as, or %NULL when that is as its
 *   draft has it
 */
char *
tl_identity_dup_username (TlIdentity *self,
                          TlLaneKind  lane)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), NULL);

  /* A service with a sign-in of its own knows nothing of the mailbox. */
  if (!tl_identity_is_shared (self) || (lane == TL_LANE_OUTGOING && self->is_separate))
    return NULL;

  return tl_shared_mailbox_dup_username (&self->shared, lane);
}

/**
 * tl_identity_dup_folder:
 * @self: an identity
 *
 * Returns: (transfer full) (nullable): what the incoming lane opens in place of INBOX
 */
char *
tl_identity_dup_folder (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), NULL);

  return self->shared.way == TL_SHARED_FOLDER && tl_identity_is_shared (self)
           ? g_strdup (self->shared.folder) : NULL;
}

/**
 * tl_identity_dup_sign_in:
 * @self: an identity
 *
 * Returns: (transfer full) (nullable): the address that signs in, in its one spelling, where that
 *   is not the mailbox itself and has an address
 */
char *
tl_identity_dup_sign_in (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), NULL);

  return tl_identity_is_shared (self) ? tl_shared_mailbox_dup_address (&self->shared) : NULL;
}

/**
 * tl_identity_get_chosen_relay:
 * @self: an identity
 *
 * Returns: (transfer none) (nullable): the id of the sending service that was chosen from the list,
 *   whose server is to be filled in
 */
const char *
tl_identity_get_chosen_relay (TlIdentity *self)
{
  g_return_val_if_fail (TL_IS_IDENTITY (self), NULL);

  return self->is_seen ? NULL : self->relay;
}
