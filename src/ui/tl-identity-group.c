/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-identity-group.h"

#include <glib/gi18n-lib.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-field-hint.h"
#include "tl-note-view.h"
#include "tl-relay.h"
#include "tl-secret-row.h"
#include "tl-signin-words.h"

struct _TlIdentityGroup
{
  TlSetupWidget        parent_instance;

  /* Owned */
  GListStore          *other;     /* of TlRelay: the one that is in no table */
  GtkFlattenListModel *relays;    /* those we know, then that one */

  TlSharedWay          way;       /* that the switch goes back to */

  /* Template children, borrowed */
  GtkSwitch           *shared_switch;
  GtkCheckButton      *provider_check;
  GtkCheckButton      *folder_check;
  GtkCheckButton      *master_check;
  GtkEditable         *login_row;
  GtkEditable         *folder_row;
  GtkListBox          *notes_list;
  GtkListBox          *relay_notes_list;
  GtkSwitch           *separate_switch;
  AdwComboRow         *relay_row;
  GtkEditable         *user_row;
  TlSecretRow         *secret_row;
};

enum
{
  PROP_IDENTITY = 1,
  PROP_FILLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlIdentityGroup, tl_identity_group, TL_TYPE_SETUP_WIDGET)

static TlIdentity *
get_identity (TlIdentityGroup *self)
{
  TlSetup *setup = tl_setup_widget_get_setup (TL_SETUP_WIDGET (self));

  return setup == NULL ? NULL : tl_setup_get_identity (setup);
}

static gboolean
is_filled (TlIdentityGroup *self)
{
  gboolean filled = FALSE;

  g_object_get (self->secret_row, "filled", &filled, NULL);

  return filled;
}

/* --- A shared mailbox ------------------------------------------------------------------ */

static GtkCheckButton *
get_check (TlIdentityGroup *self,
           TlSharedWay      way)
{
  return way == TL_SHARED_BY_PROVIDER ? self->provider_check
         : way == TL_SHARED_MASTER    ? self->master_check
                                      : self->folder_check;
}

static void
show_identity (TlIdentityGroup *self)
{
  TlIdentity *identity = get_identity (self);
  TlSharedWay way = tl_identity_get_shared_way (identity);
  g_autoptr(TlFinding) finding = NULL;

  g_object_get (identity, "login-finding", &finding, NULL);
  gtk_switch_set_active (self->shared_switch, way != TL_SHARED_NOT);
  if (way != TL_SHARED_NOT)
    {
      self->way = way;
      gtk_check_button_set_active (get_check (self, way), TRUE);
    }
  tl_field_hint_mark (GTK_WIDGET (self->login_row), finding != NULL);
}

static void
on_shared_switched (TlIdentityGroup *self)
{
  TlIdentity *identity = get_identity (self);
  gboolean shared = gtk_switch_get_active (self->shared_switch);
  gboolean by_provider = FALSE;

  if (identity == NULL || shared == (tl_identity_get_shared_way (identity) != TL_SHARED_NOT))
    return;

  g_object_get (identity, "can-share-by-provider", &by_provider, NULL);
  if (self->way == TL_SHARED_NOT || (self->way == TL_SHARED_BY_PROVIDER && !by_provider))
    self->way = by_provider ? TL_SHARED_BY_PROVIDER : TL_SHARED_FOLDER;
  g_object_set (identity, "shared-way", shared ? self->way : TL_SHARED_NOT, NULL);
  if (shared)
    gtk_widget_grab_focus (GTK_WIDGET (self->login_row));
}

static void
on_way_toggled (TlIdentityGroup *self,
                GtkCheckButton  *check)
{
  TlIdentity *identity = get_identity (self);

  if (identity == NULL || !gtk_check_button_get_active (check) ||
      tl_identity_get_shared_way (identity) == TL_SHARED_NOT)
    return;

  g_object_set (identity, "shared-way", check == self->provider_check ? TL_SHARED_BY_PROVIDER
                                        : check == self->master_check ? TL_SHARED_MASTER
                                                                      : TL_SHARED_FOLDER, NULL);
}

/* --- A separate service ---------------------------------------------------------------- */

/* The place of the one that was chosen; the last is the one that we do not know. */
static void
show_relay (TlIdentityGroup *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->relays));
  g_autofree char *relay = NULL;
  guint place = 0;

  g_object_get (get_identity (self), "relay", &relay, NULL);
  while (place + 1 < n)
    {
      g_autoptr(TlRelay) item = g_list_model_get_item (G_LIST_MODEL (self->relays), place);

      if (g_strcmp0 (tl_relay_get_id (item), relay) == 0)
        break;
      place++;
    }
  adw_combo_row_set_selected (self->relay_row, place);
}

static void
on_relay_selected (TlIdentityGroup *self)
{
  TlRelay *relay = adw_combo_row_get_selected_item (self->relay_row);
  TlIdentity *identity = get_identity (self);

  if (identity == NULL || relay == NULL || !tl_identity_is_separate (identity))
    return;

  tl_identity_choose_relay (identity, *tl_relay_get_id (relay) == '\0' ? NULL
                                                                      : tl_relay_get_id (relay));
}

static void
on_filled_changed (TlIdentityGroup *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

static void
follow (TlIdentityGroup *self,
        TlSetup         *setup)
{
  TlIdentity *identity = tl_setup_get_identity (setup);
  g_autoptr(GListModel) notes = NULL;
  g_autoptr(GListModel) relay_notes = NULL;
  g_autoptr(GListModel) relays = NULL;
  GListStore *all = g_list_store_new (G_TYPE_LIST_MODEL);

  g_object_get (identity, "shared-notes", &notes, "relay-notes", &relay_notes, "relays", &relays,
                NULL);
  tl_bind_list (self->notes_list, notes, TL_TYPE_NOTE_VIEW, "note");
  tl_bind_list (self->relay_notes_list, relay_notes, TL_TYPE_NOTE_VIEW, "note");
  g_list_store_append (all, relays);
  g_list_store_append (all, self->other);
  self->relays = gtk_flatten_list_model_new (G_LIST_MODEL (all));
  adw_combo_row_set_model (self->relay_row, G_LIST_MODEL (self->relays));

  tl_bind_text (G_OBJECT (identity), "login", self->login_row);
  tl_bind_text (G_OBJECT (identity), "shared-folder", self->folder_row);
  tl_bind_text (G_OBJECT (tl_setup_get_draft (setup, TL_LANE_OUTGOING)), "username",
                self->user_row);
  g_object_bind_property (identity, "separate-sending", self->separate_switch, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_object (identity, "changed", G_CALLBACK (show_identity), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (identity, "notify::relay", G_CALLBACK (show_relay), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (identity, "notify::separate-sending", G_CALLBACK (show_relay), self,
                           G_CONNECT_SWAPPED);
  show_relay (self);
  show_identity (self);
}

static void
tl_identity_group_setup_changed (TlSetupWidget *widget,
                                 TlSetup       *setup)
{
  g_object_notify_by_pspec (G_OBJECT (widget), properties[PROP_IDENTITY]);
  follow (TL_IDENTITY_GROUP (widget), setup);
}

static void
tl_identity_group_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  TlIdentityGroup *self = TL_IDENTITY_GROUP (object);

  switch (prop_id)
    {
    case PROP_IDENTITY:
      g_value_set_object (value, get_identity (self));
      break;
    case PROP_FILLED:
      g_value_set_boolean (value, is_filled (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_identity_group_dispose (GObject *object)
{
  TlIdentityGroup *self = TL_IDENTITY_GROUP (object);

  g_clear_object (&self->relays);
  g_clear_object (&self->other);

  G_OBJECT_CLASS (tl_identity_group_parent_class)->dispose (object);
}

static void
tl_identity_group_class_init (TlIdentityGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  TlSetupWidgetClass *setup_widget_class = TL_SETUP_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_identity_group_get_property;
  object_class->dispose = tl_identity_group_dispose;
  setup_widget_class->setup_changed = tl_identity_group_setup_changed;

  properties[PROP_IDENTITY] =
    g_param_spec_object ("identity", NULL, NULL, TL_TYPE_IDENTITY, flags | G_PARAM_READABLE);
  properties[PROP_FILLED] =
    g_param_spec_boolean ("filled", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-identity-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, shared_switch);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, provider_check);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, folder_check);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, master_check);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, login_row);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, notes_list);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, relay_notes_list);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, separate_switch);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, relay_row);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, user_row);
  gtk_widget_class_bind_template_child (widget_class, TlIdentityGroup, secret_row);
  gtk_widget_class_bind_template_callback (widget_class, on_way_toggled);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_identity_group_init (TlIdentityGroup *self)
{
  /* Translators: a sending service that is not in the list */
  g_autoptr(TlRelay) other = tl_relay_new ("", _("Other…"), NULL);

  self->other = g_list_store_new (TL_TYPE_RELAY);
  g_list_store_append (self->other, other);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->shared_switch, "notify::active", G_CALLBACK (on_shared_switched),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->relay_row, "notify::selected", G_CALLBACK (on_relay_selected),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->secret_row, "notify::filled", G_CALLBACK (on_filled_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * tl_identity_group_steal_secret:
 * @self: a group
 *
 * Takes what was typed for the separate service and leaves its row empty.
 *
 * Returns: (transfer full) (nullable): the secret, or %NULL when none was typed
 */
TlSecret *
tl_identity_group_steal_secret (TlIdentityGroup *self)
{
  return tl_secret_row_steal_secret (self->secret_row);
}

void
tl_identity_group_clear (TlIdentityGroup *self)
{
  tl_secret_row_clear (self->secret_row);
}
