/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-card.h"

#include <adwaita.h>

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-field-hint.h"

struct _TlLaneCard
{
  GtkWidget       parent_instance;

  /* Owned */
  TlLaneDraft    *draft;
  GBindingGroup  *bindings;        /* of the draft */
  GSignalGroup   *signals;

  gboolean        expanded;

  /* Template children, borrowed */
  AdwEntryRow    *host_row;
  AdwEntryRow    *port_row;
  AdwComboRow    *security_row;
  AdwEntryRow    *username_row;
  GtkCheckButton *confirm_check;
};

enum
{
  PROP_DRAFT = 1,
  PROP_EXPANDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLaneCard, tl_lane_card, GTK_TYPE_WIDGET)

static void
on_reset_activated (TlLaneCard *self)
{
  tl_lane_draft_reset (self->draft);
}

/* What is wrong stands under its field, which is marked as well. */
static void
mark_rows (TlLaneCard *self)
{
  g_autoptr(TlFinding) problem = NULL;

  if (self->draft != NULL)
    g_object_get (self->draft, "problem", &problem, NULL);
  tl_field_hint_mark (GTK_WIDGET (self->host_row),
                      tl_finding_is (NULL, problem, "input.bad-host"));
  tl_field_hint_mark (GTK_WIDGET (self->port_row),
                      tl_finding_is (NULL, problem, "input.bad-port"));
}

static void
bind_draft (TlLaneCard *self)
{
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  self->bindings = g_binding_group_new ();
  g_binding_group_bind_full (self->bindings, "host", self->host_row, "text", flags,
                             tl_text_from_null, NULL, NULL, NULL);
  g_binding_group_bind_full (self->bindings, "port", self->port_row, "text", flags,
                             tl_port_to_text, tl_port_from_text, NULL, NULL);
  g_binding_group_bind_full (self->bindings, "security", self->security_row, "selected", flags,
                             tl_security_to_index, tl_security_from_index, NULL, NULL);
  g_binding_group_bind_full (self->bindings, "username", self->username_row, "text", flags,
                             tl_text_from_null, NULL, NULL, NULL);
  g_binding_group_bind (self->bindings, "confirmed", self->confirm_check, "active", flags);

  self->signals = g_signal_group_new (TL_TYPE_LANE_DRAFT);
  g_signal_group_connect_swapped (self->signals, "notify::problem", G_CALLBACK (mark_rows), self);
}

static void
tl_lane_card_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlLaneCard *self = TL_LANE_CARD (object);

  switch (prop_id)
    {
    case PROP_DRAFT:
      g_value_set_object (value, self->draft);
      break;
    case PROP_EXPANDED:
      g_value_set_boolean (value, self->expanded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_card_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlLaneCard *self = TL_LANE_CARD (object);

  switch (prop_id)
    {
    case PROP_DRAFT:
      if (g_set_object (&self->draft, g_value_get_object (value)))
        {
          g_binding_group_set_source (self->bindings, self->draft);
          g_signal_group_set_target (self->signals, self->draft);
          mark_rows (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_EXPANDED:
      if (self->expanded != g_value_get_boolean (value))
        {
          self->expanded = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_card_dispose (GObject *object)
{
  TlLaneCard *self = TL_LANE_CARD (object);

  g_clear_object (&self->bindings);
  g_clear_object (&self->signals);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_LANE_CARD);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (tl_lane_card_parent_class)->dispose (object);
}

static void
tl_lane_card_class_init (TlLaneCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_card_get_property;
  object_class->set_property = tl_lane_card_set_property;
  object_class->dispose = tl_lane_card_dispose;

  properties[PROP_DRAFT] = g_param_spec_object ("draft", NULL, NULL, TL_TYPE_LANE_DRAFT, flags);
  properties[PROP_EXPANDED] = g_param_spec_boolean ("expanded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-lane-card.ui");
  gtk_widget_class_bind_template_child (widget_class, TlLaneCard, host_row);
  gtk_widget_class_bind_template_child (widget_class, TlLaneCard, port_row);
  gtk_widget_class_bind_template_child (widget_class, TlLaneCard, security_row);
  gtk_widget_class_bind_template_child (widget_class, TlLaneCard, username_row);
  gtk_widget_class_bind_template_child (widget_class, TlLaneCard, confirm_check);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_activated);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  tl_closures_bind (widget_class);
}

static void
tl_lane_card_init (TlLaneCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_draft (self);
}
