/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-field-hint.h"

#include "tl-closures.h"
#include "tl-compat.h"

struct _TlFieldHint
{
  GtkListBoxRow  parent_instance;

  /* Template children, borrowed */
  GtkLabel      *label;
};

enum
{
  PROP_TEXT = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFieldHint, tl_field_hint, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (TlFieldHint *self,
          const char  *text)
{
  const char *shown = text == NULL ? "" : text;

  if (g_str_equal (gtk_label_get_label (self->label), shown))
    return;

  gtk_label_set_label (self->label, shown);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
tl_field_hint_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, gtk_label_get_label (TL_FIELD_HINT (object)->label));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_field_hint_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_TEXT:
      set_text (TL_FIELD_HINT (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_field_hint_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_FIELD_HINT);

  G_OBJECT_CLASS (tl_field_hint_parent_class)->dispose (object);
}

static void
tl_field_hint_class_init (TlFieldHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = tl_field_hint_get_property;
  object_class->set_property = tl_field_hint_set_property;
  object_class->dispose = tl_field_hint_dispose;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-field-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, TlFieldHint, label);
}

static void
tl_field_hint_init (TlFieldHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_field_hint_mark:
 * @field: a row that something is typed in
 * @wrong: whether a hint says what is wrong with that
 *
 * Marks the field itself, for the eye and the ear.
 */
void
tl_field_hint_mark (GtkWidget *field,
                    gboolean   wrong)
{
  if (wrong)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
