/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-detail-group.h"

#include "tl-bindings.h"
#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-detail-view.h"

struct _TlDetailGroup
{
  GtkWidget   parent_instance;

  /* Owned */
  GListModel *details;
  char       *title;
  char       *description;

  /* Template children, borrowed */
  GtkListBox *details_list;
};

enum
{
  PROP_TITLE = 1,
  PROP_DESCRIPTION,
  PROP_DETAILS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlDetailGroup, tl_detail_group, GTK_TYPE_WIDGET)

static void
set_text (TlDetailGroup *self,
          GParamSpec    *pspec,
          char         **field,
          const char    *text)
{
  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_details (TlDetailGroup *self,
             GListModel    *details)
{
  if (self->details == details)
    return;

  if (self->details != NULL)
    g_signal_handlers_disconnect_by_data (self->details, self->details_list);
  g_set_object (&self->details, details);
  if (details != NULL)
    tl_bind_list (self->details_list, details, TL_TYPE_DETAIL_VIEW, "detail");
  else
    gtk_list_box_bind_model (self->details_list, NULL, NULL, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS]);
}

static void
tl_detail_group_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlDetailGroup *self = TL_DETAIL_GROUP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    case PROP_DETAILS:
      g_value_set_object (value, self->details);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_group_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlDetailGroup *self = TL_DETAIL_GROUP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      set_text (self, pspec, &self->title, g_value_get_string (value));
      break;
    case PROP_DESCRIPTION:
      set_text (self, pspec, &self->description, g_value_get_string (value));
      break;
    case PROP_DETAILS:
      set_details (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_detail_group_dispose (GObject *object)
{
  TlDetailGroup *self = TL_DETAIL_GROUP (object);

  if (self->details != NULL)
    g_signal_handlers_disconnect_by_data (self->details, self->details_list);
  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_DETAIL_GROUP);
  g_clear_object (&self->details);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (tl_detail_group_parent_class)->dispose (object);
}

static void
tl_detail_group_class_init (TlDetailGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_detail_group_get_property;
  object_class->set_property = tl_detail_group_set_property;
  object_class->dispose = tl_detail_group_dispose;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_DETAILS] =
    g_param_spec_object ("details", NULL, NULL, G_TYPE_LIST_MODEL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-detail-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlDetailGroup, details_list);
  tl_closures_bind (widget_class);
}

static void
tl_detail_group_init (TlDetailGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self->details_list, "visible", self, "visible", G_BINDING_SYNC_CREATE);
}
