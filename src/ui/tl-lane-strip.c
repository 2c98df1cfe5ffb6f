/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-strip.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-lane-line.h"
#include "tl-sentences.h"

struct _TlLaneStrip
{
  GtkWidget  parent_instance;

  /* Owned */
  TlSetup   *setup;
  char      *stop_title;

  guint      n_stops;
  guint      position;
  guint      test_stop;
};

enum
{
  PROP_SETUP = 1,
  PROP_N_STOPS,
  PROP_POSITION,
  PROP_TEST_STOP,
  PROP_STOP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLaneStrip, tl_lane_strip, GTK_TYPE_WIDGET)

/* The strip in words, for those who hear it. */
static void
say_position (TlLaneStrip *self)
{
  g_autofree char *words = NULL;

  if (self->setup == NULL)
    return;

  words = tl_step_to_label (NULL, self->position, self->n_stops, self->stop_title,
                            tl_lane_run_get_verdict (tl_setup_get_run (self->setup,
                                                                       TL_LANE_INCOMING)),
                            tl_lane_run_get_verdict (tl_setup_get_run (self->setup,
                                                                       TL_LANE_OUTGOING)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
set_setup (TlLaneStrip *self,
           TlSetup     *setup)
{
  for (gsize i = 0; self->setup != NULL && i < TL_N_LANES; i++)
    g_signal_handlers_disconnect_by_data (tl_setup_get_run (self->setup, tl_lanes[i]), self);
  g_set_object (&self->setup, setup);
  for (gsize i = 0; setup != NULL && i < TL_N_LANES; i++)
    g_signal_connect_object (tl_setup_get_run (setup, tl_lanes[i]), "notify::verdict",
                             G_CALLBACK (say_position), self, G_CONNECT_SWAPPED);
  say_position (self);
}

static void
set_uint (TlLaneStrip *self,
          guint        prop_id,
          guint       *field,
          guint        value)
{
  if (*field == value)
    return;

  *field = value;
  say_position (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
set_string (TlLaneStrip  *self,
            guint         prop_id,
            char        **field,
            const char   *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  say_position (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
tl_lane_strip_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  TlLaneStrip *self = TL_LANE_STRIP (object);

  switch (prop_id)
    {
    case PROP_SETUP:
      g_value_set_object (value, self->setup);
      break;
    case PROP_N_STOPS:
      g_value_set_uint (value, self->n_stops);
      break;
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_TEST_STOP:
      g_value_set_uint (value, self->test_stop);
      break;
    case PROP_STOP_TITLE:
      g_value_set_string (value, self->stop_title);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_strip_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  TlLaneStrip *self = TL_LANE_STRIP (object);

  switch (prop_id)
    {
    case PROP_SETUP:
      if (self->setup != g_value_get_object (value))
        {
          set_setup (self, g_value_get_object (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_N_STOPS:
      set_uint (self, prop_id, &self->n_stops, g_value_get_uint (value));
      break;
    case PROP_POSITION:
      set_uint (self, prop_id, &self->position, g_value_get_uint (value));
      break;
    case PROP_TEST_STOP:
      set_uint (self, prop_id, &self->test_stop, g_value_get_uint (value));
      break;
    case PROP_STOP_TITLE:
      set_string (self, prop_id, &self->stop_title, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_strip_dispose (GObject *object)
{
  TlLaneStrip *self = TL_LANE_STRIP (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_LANE_STRIP);
  set_setup (self, NULL);
  g_clear_pointer (&self->stop_title, g_free);

  G_OBJECT_CLASS (tl_lane_strip_parent_class)->dispose (object);
}

static void
tl_lane_strip_class_init (TlLaneStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_strip_get_property;
  object_class->set_property = tl_lane_strip_set_property;
  object_class->dispose = tl_lane_strip_dispose;

  properties[PROP_SETUP] = g_param_spec_object ("setup", NULL, NULL, TL_TYPE_SETUP, flags);
  properties[PROP_N_STOPS] = g_param_spec_uint ("n-stops", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_TEST_STOP] = g_param_spec_uint ("test-stop", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_STOP_TITLE] = g_param_spec_string ("stop-title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "lanestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-lane-strip.ui");
  tl_closures_bind (widget_class);
}

static void
tl_lane_strip_init (TlLaneStrip *self)
{
  g_type_ensure (TL_TYPE_LANE_LINE);
  gtk_widget_init_template (GTK_WIDGET (self));
}
