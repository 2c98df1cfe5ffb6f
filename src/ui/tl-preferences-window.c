/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-preferences-window.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-preferences.h"

struct _TlPreferencesWindow
{
  AdwPreferencesWindow  parent_instance;

  /* Owned */
  GSettings            *settings;

  gboolean              asks_directory;
  gboolean              refused;

  /* Template children, borrowed */
  AdwEntryRow          *directory_row;
};

enum
{
  PROP_SETTINGS = 1,
  PROP_ASKS_DIRECTORY,
  PROP_KEPT,
  PROP_REFUSED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlPreferencesWindow, tl_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
set_refused (TlPreferencesWindow *self,
             gboolean             refused)
{
  if (self->refused == refused)
    return;

  self->refused = refused;
  if (refused)
    gtk_widget_add_css_class (GTK_WIDGET (self->directory_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->directory_row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->directory_row), GTK_ACCESSIBLE_STATE_INVALID,
                               refused ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFUSED]);
}

static void
store (TlPreferencesWindow *self,
       const char          *directory)
{
  g_settings_set_string (self->settings, TL_PREFERENCES_DIRECTORY_KEY, directory);
}

/* Keeps what is written in the row if that is a directory; empty would be none,
 * which is what the switch is for. */
static void
apply (TlPreferencesWindow *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->directory_row));
  g_autofree char *directory = *typed == '\0' ? NULL
                                              : tl_preferences_check_directory (typed, NULL);

  set_refused (self, directory == NULL);
  if (directory == NULL)
    return;

  store (self, directory);
  gtk_editable_set_text (GTK_EDITABLE (self->directory_row), directory);
}

static void
on_directory_applied (TlPreferencesWindow *self)
{
  apply (self);
}

static void
on_directory_typed (TlPreferencesWindow *self)
{
  set_refused (self, FALSE);
}

/* What is in the row outlives an off and on again. */
static void
set_asks_directory (TlPreferencesWindow *self,
                    gboolean             asks_directory)
{
  if (self->asks_directory == asks_directory || self->settings == NULL)
    return;

  self->asks_directory = asks_directory;
  if (asks_directory)
    apply (self);
  else
    store (self, "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ASKS_DIRECTORY]);
}

static char *
dup_default (GSettings *settings)
{
  g_autoptr(GVariant) value = g_settings_get_default_value (settings, TL_PREFERENCES_DIRECTORY_KEY);

  return g_variant_dup_string (value, NULL);
}

static void
tl_preferences_window_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  TlPreferencesWindow *self = TL_PREFERENCES_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case PROP_ASKS_DIRECTORY:
      g_value_set_boolean (value, self->asks_directory);
      break;
    case PROP_KEPT:
      g_value_set_boolean (value, self->settings != NULL);
      break;
    case PROP_REFUSED:
      g_value_set_boolean (value, self->refused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_preferences_window_set_property (GObject      *object,
                                    guint         prop_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  TlPreferencesWindow *self = TL_PREFERENCES_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case PROP_ASKS_DIRECTORY:
      set_asks_directory (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_preferences_window_constructed (GObject *object)
{
  TlPreferencesWindow *self = TL_PREFERENCES_WINDOW (object);
  g_autofree char *directory = NULL;
  g_autofree char *usual = NULL;

  G_OBJECT_CLASS (tl_preferences_window_parent_class)->constructed (object);

  if (self->settings == NULL)
    {
      directory = tl_preferences_dup_directory ();
      usual = g_strdup (directory);
    }
  else
    {
      directory = g_settings_get_string (self->settings, TL_PREFERENCES_DIRECTORY_KEY);
      usual = dup_default (self->settings);
    }
  self->asks_directory = *directory != '\0';
  g_object_notify_by_pspec (object, properties[PROP_ASKS_DIRECTORY]);
  g_object_notify_by_pspec (object, properties[PROP_KEPT]);
  gtk_editable_set_text (GTK_EDITABLE (self->directory_row),
                         self->asks_directory ? directory : usual);
}

static void
tl_preferences_window_dispose (GObject *object)
{
  TlPreferencesWindow *self = TL_PREFERENCES_WINDOW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_PREFERENCES_WINDOW);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (tl_preferences_window_parent_class)->dispose (object);
}

static void
tl_preferences_window_class_init (TlPreferencesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_preferences_window_get_property;
  object_class->set_property = tl_preferences_window_set_property;
  object_class->constructed = tl_preferences_window_constructed;
  object_class->dispose = tl_preferences_window_dispose;

  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, rw | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ASKS_DIRECTORY] =
    g_param_spec_boolean ("asks-directory", NULL, NULL, FALSE, rw);
  properties[PROP_KEPT] = g_param_spec_boolean ("kept", NULL, NULL, FALSE, ro);
  properties[PROP_REFUSED] = g_param_spec_boolean ("refused", NULL, NULL, FALSE, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               TL_UI_PATH "tl-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPreferencesWindow, directory_row);
  gtk_widget_class_bind_template_callback (widget_class, on_directory_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_directory_typed);
  tl_closures_bind (widget_class);
}

static void
tl_preferences_window_init (TlPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_preferences_window_new:
 * @parent: (nullable): the window it is above
 * @settings: (nullable): what is changed, at once; %NULL where nothing can be kept
 *
 * Returns: (transfer none): a window, owned by GTK
 */
TlPreferencesWindow *
tl_preferences_window_new (GtkWindow *parent,
                           GSettings *settings)
{
  return g_object_new (TL_TYPE_PREFERENCES_WINDOW,
                       "transient-for", parent,
                       "settings", settings,
                       NULL);
}
