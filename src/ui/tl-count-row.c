/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-count-row.h"

struct _TlCountRow
{
  AdwActionRow   parent_instance;

  /* Children, borrowed */
  GtkSpinButton *spin;

  guint          least;
  guint          most;
  guint          step;
};

enum
{
  PROP_COUNT = 1,
  PROP_LEAST,
  PROP_MOST,
  PROP_STEP,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlCountRow, tl_count_row, ADW_TYPE_ACTION_ROW)

static void
on_value_changed (TlCountRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
set_bounds (TlCountRow *self,
            guint       prop_id,
            guint      *field,
            guint       value)
{
  if (*field == value)
    return;

  *field = value;
  gtk_spin_button_set_range (self->spin, self->least, MAX (self->most, self->least));
  gtk_spin_button_set_increments (self->spin, self->step, self->step * 10.0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

/* Without the mark of its mnemonic; two in a row stand for one of the text. */
static char *
strip_mnemonic (const char *title)
{
  GString *text = g_string_new (NULL);

  for (const char *at = title; *at != '\0'; at++)
    {
      if (*at == '_')
        at++;
      if (*at == '\0')
        break;
      g_string_append_c (text, *at);
    }

  return g_string_free (text, FALSE);
}

/* What names the row names the field: who comes to it by Tab hears no row. */
static void
on_title_changed (TlCountRow *self)
{
  g_autofree char *name =
    strip_mnemonic (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
}

static void
tl_count_row_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlCountRow *self = TL_COUNT_ROW (object);

  switch (prop_id)
    {
    case PROP_COUNT:
      g_value_set_uint (value, (guint) gtk_spin_button_get_value_as_int (self->spin));
      break;
    case PROP_LEAST:
      g_value_set_uint (value, self->least);
      break;
    case PROP_MOST:
      g_value_set_uint (value, self->most);
      break;
    case PROP_STEP:
      g_value_set_uint (value, self->step);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_count_row_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlCountRow *self = TL_COUNT_ROW (object);

  switch (prop_id)
    {
    case PROP_COUNT:
      gtk_spin_button_set_value (self->spin, g_value_get_uint (value));
      break;
    case PROP_LEAST:
      set_bounds (self, prop_id, &self->least, g_value_get_uint (value));
      break;
    case PROP_MOST:
      set_bounds (self, prop_id, &self->most, g_value_get_uint (value));
      break;
    case PROP_STEP:
      set_bounds (self, prop_id, &self->step, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_count_row_class_init (TlCountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_count_row_get_property;
  object_class->set_property = tl_count_row_set_property;

  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_LEAST] = g_param_spec_uint ("least", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_MOST] = g_param_spec_uint ("most", NULL, NULL, 0, G_MAXINT, 100, flags);
  properties[PROP_STEP] = g_param_spec_uint ("step", NULL, NULL, 1, G_MAXINT / 10, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_count_row_init (TlCountRow *self)
{
  self->most = 100;
  self->step = 1;
  self->spin = GTK_SPIN_BUTTON (gtk_spin_button_new_with_range (0, self->most, self->step));
  gtk_spin_button_set_numeric (self->spin, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 5);
  gtk_widget_set_valign (GTK_WIDGET (self->spin), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->spin));
  g_signal_connect_object (self->spin, "value-changed", G_CALLBACK (on_value_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL);
}
