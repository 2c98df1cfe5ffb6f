/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-time-axis.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-stage-row.h"

#define N_LANES       2
#define BAR_HEIGHT_PX 12
#define BAR_GAP_PX    6
#define GUTTER_PX     20
#define BAR_MIN_PX    2.0
#define TICK_PX       4
#define N_TICKS       5
#define EVEN_ALPHA    1.0f
#define ODD_ALPHA     0.62f

struct _TlTimeAxis
{
  GtkWidget   parent_instance;

  /* Owned */
  TlLaneRun  *runs[N_LANES];
  gint64      running_since_us[N_LANES];   /* of the lane, 0 when it is not running */
  PangoLayout *layout;

  guint       tick_id;
};

enum
{
  PROP_INCOMING = 1,
  PROP_OUTGOING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlTimeAxis, tl_time_axis, GTK_TYPE_WIDGET)

/**
 * tl_time_axis_get_scale_ms:
 * @total_ms: the longest time to be shown
 *
 * Returns: the end of the axis: the next of 1, 2, 5, 10 … that holds @total_ms,
 *   and `TL_TIME_AXIS_MIN_MS` at the least
 */
guint
tl_time_axis_get_scale_ms (guint total_ms)
{
  guint scale_ms = TL_TIME_AXIS_MIN_MS;

  while (scale_ms < total_ms && scale_ms < G_MAXUINT / 10)
    {
      if (scale_ms * 2 >= total_ms)
        return scale_ms * 2;
      if (scale_ms * 5 >= total_ms)
        return scale_ms * 5;
      scale_ms *= 10;
    }

  return scale_ms;
}

/* How long a stage lasted, or has lasted so far. */
static guint
get_stage_ms (TlTimeAxis *self,
              guint       lane,
              TlStageRow *row,
              guint      *began_ms)
{
  guint ms = 0;

  g_object_get (row, "began-ms", began_ms, "ms", &ms, NULL);
  if (tl_stage_row_get_status (row) != TL_STATUS_RUNNING)
    return ms;

  ms = (guint) ((g_get_monotonic_time () - self->running_since_us[lane]) / 1000);

  return ms > *began_ms ? ms - *began_ms : 0;
}

/* A stage that runs does not know yet when it began: it is where the one before ended. */
static guint
get_end_ms (TlTimeAxis *self,
            guint       lane)
{
  GListModel *stages = tl_lane_run_get_stages (self->runs[lane]);
  guint end_ms = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);
      guint began_ms = 0;
      guint ms = get_stage_ms (self, lane, row, &began_ms);

      if (tl_stage_row_get_status (row) == TL_STATUS_RUNNING)
        end_ms = MAX (end_ms, ms);
      else
        end_ms = MAX (end_ms, began_ms + ms);
    }

  return end_ms;
}

/* Which lane a bar is of is said by an arrow: in, or out. */
static void
draw_arrow (cairo_t       *cr,
            guint          lane,
            double         y,
            const GdkRGBA *color)
{
  double tip = lane == 0 ? y + BAR_HEIGHT_PX - 1 : y + 1;
  double tail = lane == 0 ? y + 1 : y + BAR_HEIGHT_PX - 1;
  double back = lane == 0 ? tip - 4 : tip + 4;

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 6, tail);
  cairo_line_to (cr, 6, tip);
  cairo_move_to (cr, 2, back);
  cairo_line_to (cr, 6, tip);
  cairo_line_to (cr, 10, back);
  cairo_stroke (cr);
}

static void
draw_lane (TlTimeAxis *self,
           cairo_t    *cr,
           guint       lane,
           double      px_per_ms,
           double      y)
{
  GListModel *stages = tl_lane_run_get_stages (self->runs[lane]);
  guint last_end_ms = 0;
  GdkRGBA color;

  tl_compat_get_lane_color (GTK_WIDGET (self), lane == 0 ? TL_LANE_INCOMING : TL_LANE_OUTGOING,
                            &color);
  draw_arrow (cr, lane, y, &color);

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr(TlStageRow) row = g_list_model_get_item (stages, i);
      TlStatus status = tl_stage_row_get_status (row);
      GdkRGBA shade = color;
      guint began_ms = 0;
      guint ms;
      double x0;
      double x1;

      if (status == TL_STATUS_NOT_TESTED || status == TL_STATUS_NOT_NEEDED)
        continue;

      ms = get_stage_ms (self, lane, row, &began_ms);
      if (status == TL_STATUS_RUNNING)
        {
          began_ms = last_end_ms;
          ms = get_end_ms (self, lane) - MIN (last_end_ms, get_end_ms (self, lane));
        }
      last_end_ms = began_ms + ms;

      x0 = GUTTER_PX + began_ms * px_per_ms;
      x1 = MAX (x0 + BAR_MIN_PX, GUTTER_PX + (began_ms + ms) * px_per_ms - 1);
      shade.alpha *= i % 2 == 0 ? EVEN_ALPHA : ODD_ALPHA;
      gdk_cairo_set_source_rgba (cr, &shade);

      /* A stage that failed is an outline: a shape, not only a colour. */
      if (status == TL_STATUS_ERROR)
        {
          cairo_set_line_width (cr, 2);
          cairo_rectangle (cr, x0 + 1, y + 1, MAX (x1 - x0 - 2, 1), BAR_HEIGHT_PX - 2);
          cairo_stroke (cr);
        }
      else
        {
          cairo_rectangle (cr, x0, y, x1 - x0, BAR_HEIGHT_PX);
          cairo_fill (cr);
        }
    }
}

/* In a narrow window only every other moment is named: the last one, drawn back to the edge, is
 * the closest to the one before it. */
static guint
get_label_step (TlTimeAxis *self,
                guint       scale_ms,
                double      span)
{
  g_autofree char *label = tl_stage_to_time (NULL, TL_STATUS_OK, scale_ms, 0);
  int label_width;

  pango_layout_set_text (self->layout, label, -1);
  pango_layout_get_pixel_size (self->layout, &label_width, NULL);

  return span < label_width * 1.5 ? 2 : 1;
}

static void
draw_scale (TlTimeAxis  *self,
            GtkSnapshot *snapshot,
            cairo_t     *cr,
            guint        scale_ms,
            double       y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  double span = (width - GUTTER_PX) / (double) N_TICKS;
  guint every = get_label_step (self, scale_ms, span);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  tl_compat_get_text_color (widget, &color);
  color.alpha *= 0.3f;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, GUTTER_PX, y + 0.5);
  cairo_line_to (cr, width, y + 0.5);
  for (guint i = 0; i <= N_TICKS; i++)
    {
      double x = CLAMP (GUTTER_PX + i * span, 0.5, width - 0.5);

      cairo_move_to (cr, x, y);
      cairo_line_to (cr, x, y + TICK_PX);
    }
  cairo_stroke (cr);

  tl_compat_get_text_color (widget, &color);
  for (guint i = 0; i <= N_TICKS; i += every)
    {
      g_autofree char *label = tl_stage_to_time (NULL, TL_STATUS_OK, i * (scale_ms / N_TICKS), 0);
      double x = rtl ? width - GUTTER_PX - i * span : GUTTER_PX + i * span;
      int label_width;

      pango_layout_set_text (self->layout, i == 0 ? "0" : label, -1);
      pango_layout_get_pixel_size (self->layout, &label_width, NULL);
      x = CLAMP (x - label_width / 2.0, 0, width - label_width);

      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y + TICK_PX + 1));
      gtk_snapshot_append_layout (snapshot, self->layout, &color);
      gtk_snapshot_restore (snapshot);
    }
}

static void
tl_time_axis_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  TlTimeAxis *self = TL_TIME_AXIS (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr;
  guint end_ms = 0;
  guint scale_ms;

  for (guint i = 0; i < N_LANES; i++)
    {
      if (self->runs[i] == NULL)
        return;
      end_ms = MAX (end_ms, get_end_ms (self, i));
    }
  scale_ms = tl_time_axis_get_scale_ms (end_ms);

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }
  for (guint i = 0; i < N_LANES; i++)
    draw_lane (self, cr, i, (width - GUTTER_PX) / (double) scale_ms,
               i * (BAR_HEIGHT_PX + BAR_GAP_PX));
  draw_scale (self, snapshot, cr, scale_ms, N_LANES * (BAR_HEIGHT_PX + BAR_GAP_PX));
  cairo_destroy (cr);
}

static void
tl_time_axis_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  TlTimeAxis *self = TL_TIME_AXIS (widget);
  int text_height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 200;
      *natural = 400;
      return;
    }

  pango_layout_set_text (self->layout, "0", -1);
  pango_layout_get_pixel_size (self->layout, NULL, &text_height);
  *minimum = *natural = N_LANES * (BAR_HEIGHT_PX + BAR_GAP_PX) + TICK_PX + 1 + text_height;
}

static void
say_times (TlTimeAxis *self)
{
  g_autofree char *words = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *outgoing = NULL;

  if (self->runs[0] == NULL || self->runs[1] == NULL)
    return;

  incoming = tl_stage_to_time (NULL, TL_STATUS_OK, get_end_ms (self, 0), 0);
  outgoing = tl_stage_to_time (NULL, TL_STATUS_OK, get_end_ms (self, 1), 0);
  /* Translators: read out by a screen reader; each %s is a time, like "120 ms" */
  words = g_strdup_printf (_("Time taken. Incoming: %s. Outgoing: %s."), incoming, outgoing);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
on_frame (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

static void
on_running_changed (TlTimeAxis *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < N_LANES; i++)
    {
      gboolean running = self->runs[i] != NULL && tl_lane_run_is_running (self->runs[i]);

      any = any || running;
      if (running && self->running_since_us[i] == 0)
        self->running_since_us[i] = g_get_monotonic_time ();
      else if (!running)
        self->running_since_us[i] = 0;
    }

  /* Bars grow only while something runs; at rest nothing is drawn again. */
  if (any && self->tick_id == 0)
    {
      self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_frame, NULL, NULL);
    }
  else if (!any && self->tick_id != 0)
    {
      gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
      self->tick_id = 0;
    }

  say_times (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_run (TlTimeAxis *self,
         guint       lane,
         TlLaneRun  *run)
{
  if (self->runs[lane] == run)
    return;

  if (self->runs[lane] != NULL)
    g_signal_handlers_disconnect_by_data (self->runs[lane], self);
  g_set_object (&self->runs[lane], run);
  if (run != NULL)
    {
      g_signal_connect_object (run, "notify::running", G_CALLBACK (on_running_changed), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (run, "notify::verdict", G_CALLBACK (on_running_changed), self,
                               G_CONNECT_SWAPPED);
    }
  on_running_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INCOMING + lane]);
}

static void
tl_time_axis_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlTimeAxis *self = TL_TIME_AXIS (object);

  switch (prop_id)
    {
    case PROP_INCOMING:
    case PROP_OUTGOING:
      g_value_set_object (value, self->runs[prop_id - PROP_INCOMING]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_time_axis_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_INCOMING:
    case PROP_OUTGOING:
      set_run (TL_TIME_AXIS (object), prop_id - PROP_INCOMING, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_time_axis_dispose (GObject *object)
{
  TlTimeAxis *self = TL_TIME_AXIS (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  for (guint i = 0; i < N_LANES; i++)
    g_clear_object (&self->runs[i]);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (tl_time_axis_parent_class)->dispose (object);
}

static void
tl_time_axis_class_init (TlTimeAxisClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_time_axis_get_property;
  object_class->set_property = tl_time_axis_set_property;
  object_class->dispose = tl_time_axis_dispose;
  widget_class->snapshot = tl_time_axis_snapshot;
  widget_class->measure = tl_time_axis_measure;

  properties[PROP_INCOMING] =
    g_param_spec_object ("incoming", NULL, NULL, TL_TYPE_LANE_RUN, flags);
  properties[PROP_OUTGOING] =
    g_param_spec_object ("outgoing", NULL, NULL, TL_TYPE_LANE_RUN, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "timeaxis");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tl_time_axis_init (TlTimeAxis *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
}
