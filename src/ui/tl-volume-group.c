/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-volume-group.h"

#include "tl-closures.h"
#include "tl-count-row.h"
#include "tl-readiness-words.h"

struct _TlVolumeGroup
{
  TlSetupWidget  parent_instance;

  /* Template children, borrowed */
  AdwComboRow   *kind_row;
  TlCountRow    *volume_row;
  TlCountRow    *mailboxes_row;
  TlCountRow    *domains_row;
};

G_DEFINE_FINAL_TYPE (TlVolumeGroup, tl_volume_group, TL_TYPE_SETUP_WIDGET)

/* The choices stand in the order of the kinds. */
static gboolean
kind_to_index (GBinding     *binding,
               const GValue *from,
               GValue       *to,
               gpointer      user_data)
{
  g_value_set_uint (to, (guint) g_value_get_enum (from));

  return TRUE;
}

static gboolean
kind_from_index (GBinding     *binding,
                 const GValue *from,
                 GValue       *to,
                 gpointer      user_data)
{
  guint index = g_value_get_uint (from);

  if (index > TL_SENDING_KIND_CONVERSATION)
    return FALSE;
  g_value_set_enum (to, (int) index);

  return TRUE;
}

static void
tl_volume_group_setup_changed (TlSetupWidget *widget,
                               TlSetup       *setup)
{
  TlVolumeGroup *self = TL_VOLUME_GROUP (widget);
  TlSending *sending = tl_setup_get_sending (setup);
  const struct { const char *property; TlCountRow *row; guint most; } counts[] = {
    { "volume",      self->volume_row,    TL_SENDING_PLAN_MAX_VOLUME },
    { "n-mailboxes", self->mailboxes_row, TL_SENDING_PLAN_MAX_MAILBOXES },
    { "n-domains",   self->domains_row,   TL_SENDING_PLAN_MAX_DOMAINS },
  };

  g_object_bind_property_full (sending, "kind", self->kind_row, "selected",
                               G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE,
                               kind_to_index, kind_from_index, NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_object_set (counts[i].row, "most", counts[i].most, NULL);
      g_object_bind_property (sending, counts[i].property, counts[i].row, "count",
                              G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
    }
}

static void
tl_volume_group_class_init (TlVolumeGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  TL_SETUP_WIDGET_CLASS (klass)->setup_changed = tl_volume_group_setup_changed;

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-volume-group.ui");
  gtk_widget_class_bind_template_child (widget_class, TlVolumeGroup, kind_row);
  gtk_widget_class_bind_template_child (widget_class, TlVolumeGroup, volume_row);
  gtk_widget_class_bind_template_child (widget_class, TlVolumeGroup, mailboxes_row);
  gtk_widget_class_bind_template_child (widget_class, TlVolumeGroup, domains_row);
  tl_closures_bind (widget_class);
  tl_readiness_words_bind (widget_class);
}

static void
tl_volume_group_init (TlVolumeGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
