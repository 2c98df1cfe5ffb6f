/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-line.h"

#include "tl-compat.h"

#define HEIGHT_PX      16
#define STOP_RADIUS_PX 4.0
#define HERE_RADIUS_PX 6.5
#define TUBE_PX        4.0
#define THIN_PX        1.5
#define GAP_PX         7.0
#define AHEAD_ALPHA    0.45f

struct _TlLaneLine
{
  GtkWidget  parent_instance;

  TlLaneKind lane;
  guint      n_stops;
  guint      position;
  guint      test_stop;
  TlVerdict  verdict;
};

enum
{
  PROP_LANE = 1,
  PROP_N_STOPS,
  PROP_POSITION,
  PROP_TEST_STOP,
  PROP_VERDICT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlLaneLine, tl_lane_line, GTK_TYPE_WIDGET)

static void
draw_tube (cairo_t  *cr,
           double    x0,
           double    x1,
           double    y,
           gboolean  solid)
{
  cairo_rectangle (cr, x0, y - TUBE_PX / 2, x1 - x0, TUBE_PX);
  if (solid)
    {
      cairo_fill (cr);
      return;
    }

  cairo_new_path (cr);
  cairo_set_line_width (cr, THIN_PX);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_move_to (cr, x0, y + side * (TUBE_PX - THIN_PX / 2) / 2);
      cairo_line_to (cr, x1, y + side * (TUBE_PX - THIN_PX / 2) / 2);
    }
  cairo_stroke (cr);
}

/* A gap with a cross in it: failure has a shape, not only a colour. */
static void
draw_broken (cairo_t *cr,
             double   x0,
             double   x1,
             double   y)
{
  double middle = (x0 + x1) / 2;

  draw_tube (cr, x0, middle - GAP_PX, y, FALSE);
  draw_tube (cr, middle + GAP_PX, x1, y, FALSE);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, middle - 3.5, y - 3.5);
  cairo_line_to (cr, middle + 3.5, y + 3.5);
  cairo_move_to (cr, middle - 3.5, y + 3.5);
  cairo_line_to (cr, middle + 3.5, y - 3.5);
  cairo_stroke (cr);
}

static void
draw_stop (TlLaneLine *self,
           cairo_t    *cr,
           guint       stop,
           double      x,
           double      y,
           gboolean    solid)
{
  gboolean here = stop == self->position;

  cairo_new_path (cr);
  if (here)
    {
      cairo_set_line_width (cr, 2);
      cairo_arc (cr, x, y, HERE_RADIUS_PX - 1, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_arc (cr, x, y, HERE_RADIUS_PX - 4, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }

  cairo_arc (cr, x, y, STOP_RADIUS_PX - (solid ? 0 : THIN_PX / 2), 0, 2 * G_PI);
  cairo_set_line_width (cr, THIN_PX);
  if (solid)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static void
tl_lane_line_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TlLaneLine *self = TL_LANE_LINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean green = self->verdict == TL_VERDICT_OK || self->verdict == TL_VERDICT_WARNING;
  double step = (width - 2 * HERE_RADIUS_PX) / (MAX (self->n_stops, 2) - 1);
  double y = height / 2.0;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  GdkRGBA color;
  GdkRGBA ahead;

  tl_compat_get_lane_color (widget, self->lane, &color);
  ahead = color;
  ahead.alpha *= AHEAD_ALPHA;

  if (rtl)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }

  for (guint i = 0; i + 1 < self->n_stops; i++)
    {
      double x0 = HERE_RADIUS_PX + i * step + (i == self->position ? HERE_RADIUS_PX
                                                                   : STOP_RADIUS_PX);
      double x1 = HERE_RADIUS_PX + (i + 1) * step - (i + 1 == self->position ? HERE_RADIUS_PX
                                                                             : STOP_RADIUS_PX);

      if (i >= self->position)
        {
          gdk_cairo_set_source_rgba (cr, &ahead);
          cairo_set_line_width (cr, THIN_PX);
          cairo_move_to (cr, x0, y);
          cairo_line_to (cr, x1, y);
          cairo_stroke (cr);
          continue;
        }

      gdk_cairo_set_source_rgba (cr, &color);
      if (self->verdict == TL_VERDICT_ERROR && i + 1 == self->test_stop)
        draw_broken (cr, x0, x1, y);
      else
        draw_tube (cr, x0, x1, y, green);
    }

  for (guint i = 0; i < self->n_stops; i++)
    {
      gdk_cairo_set_source_rgba (cr, i > self->position ? &ahead : &color);
      draw_stop (self, cr, i, HERE_RADIUS_PX + i * step, y, green && i < self->position);
    }

  cairo_destroy (cr);
}

static void
tl_lane_line_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TlLaneLine *self = TL_LANE_LINE (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = HEIGHT_PX;
      return;
    }

  *minimum = (int) (self->n_stops * HERE_RADIUS_PX * 3);
  *natural = *minimum * 2;
}

static void
tl_lane_line_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlLaneLine *self = TL_LANE_LINE (object);

  switch (prop_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
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
    case PROP_VERDICT:
      g_value_set_enum (value, (int) self->verdict);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_uint (TlLaneLine *self,
          guint       prop_id,
          guint      *field,
          guint       value)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tl_lane_line_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlLaneLine *self = TL_LANE_LINE (object);

  switch (prop_id)
    {
    case PROP_LANE:
      set_uint (self, prop_id, &self->lane, (guint) g_value_get_enum (value));
      break;
    case PROP_N_STOPS:
      set_uint (self, prop_id, &self->n_stops, g_value_get_uint (value));
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    case PROP_POSITION:
      set_uint (self, prop_id, &self->position, g_value_get_uint (value));
      break;
    case PROP_TEST_STOP:
      set_uint (self, prop_id, &self->test_stop, g_value_get_uint (value));
      break;
    case PROP_VERDICT:
      set_uint (self, prop_id, &self->verdict, (guint) g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_lane_line_class_init (TlLaneLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_lane_line_get_property;
  object_class->set_property = tl_lane_line_set_property;
  widget_class->snapshot = tl_lane_line_snapshot;
  widget_class->measure = tl_lane_line_measure;

  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_N_STOPS] = g_param_spec_uint ("n-stops", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_TEST_STOP] = g_param_spec_uint ("test-stop", NULL, NULL, 0, 32, 0, flags);
  properties[PROP_VERDICT] =
    g_param_spec_enum ("verdict", NULL, NULL, TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "laneline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tl_lane_line_init (TlLaneLine *self)
{
}
