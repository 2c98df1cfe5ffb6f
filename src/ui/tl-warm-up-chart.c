/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-warm-up-chart.h"

#include <glib/gi18n-lib.h>

#include "tl-compat.h"

#define HEIGHT_PX    180
#define GAP_PX       6
#define LABEL_GAP_PX 8
#define DASH_PX      4
#define QUIET_ALPHA  0.55f
#define LINE_ALPHA   0.2f
#define PAGE         10

struct _TlWarmUpChart
{
  GtkWidget    parent_instance;

  /* Owned */
  TlSending   *sending;
  PangoLayout *layout;

  guint        selected;
  guint        drag_day;    /* that the pointer changes */
};

enum
{
  PROP_SENDING = 1,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlWarmUpChart, tl_warm_up_chart, GTK_TYPE_WIDGET)

static guint
count_days (TlWarmUpChart *self)
{
  return self->sending == NULL
         ? 0 : g_list_model_get_n_items (tl_sending_get_days (self->sending));
}

static TlWarmUpDay *
dup_nth_day (TlWarmUpChart *self,
             guint          day)
{
  return self->sending == NULL ? NULL
                               : g_list_model_get_item (tl_sending_get_days (self->sending), day);
}

static guint
get_messages (TlWarmUpChart *self,
              guint          nth)
{
  g_autoptr(TlWarmUpDay) day = dup_nth_day (self, nth);

  return day == NULL ? 0 : tl_warm_up_day_get_messages (day);
}

static guint
get_ceiling (TlWarmUpChart *self)
{
  guint ceiling = 0;

  if (self->sending != NULL)
    g_object_get (self->sending, "ceiling", &ceiling, NULL);

  return ceiling;
}

/* The ceiling only where the days come near it: else the bars of a careful plan under a provider's
 * limit of thousands would be dots. */
static guint
get_most (TlWarmUpChart *self)
{
  guint ceiling = get_ceiling (self);
  guint most = 1;

  for (guint i = 0; i < count_days (self); i++)
    most = MAX (most, get_messages (self, i));

  return ceiling <= (guint64) most * 2 ? MAX (most, ceiling) : most;
}

static void
get_text_size (TlWarmUpChart *self,
               guint          number,
               int           *out_width,
               int           *out_height)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_pixel_size (self->layout, out_width, out_height);
}

static void
get_plot (TlWarmUpChart *self,
          TlWarmUpPlot  *plot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint scale = tl_warm_up_chart_get_top (get_most (self));
  int gutter;
  int text_height;

  get_text_size (self, scale, &gutter, &text_height);
  *plot = (TlWarmUpPlot) {
    .left = gutter + GAP_PX,
    .top = text_height / 2.0 + 1,
    .n_days = MAX (count_days (self), 1),
    .scale = scale,
    .mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };
  plot->width = MAX (gtk_widget_get_width (widget) - plot->left - 1, 1);
  plot->height = MAX (gtk_widget_get_height (widget) - plot->top - text_height - GAP_PX, 1);
  if (plot->mirrored)
    plot->left = 1;
}

static void
draw_text (TlWarmUpChart *self,
           GtkSnapshot   *snapshot,
           guint          number,
           double         x,
           double         y,
           const GdkRGBA *color)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  pango_layout_set_text (self->layout, text, -1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, self->layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_scale (TlWarmUpChart      *self,
            GtkSnapshot        *snapshot,
            const TlWarmUpPlot *plot,
            const GdkRGBA      *color)
{
  guint tick = tl_warm_up_chart_get_tick (get_most (self));
  GdkRGBA line = *color;

  line.alpha *= LINE_ALPHA;
  for (guint i = 0; i <= plot->scale; i += tick)
    {
      double y = plot->top + plot->height - plot->height * i / plot->scale;
      int width;
      int height;

      get_text_size (self, i, &width, &height);
      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT ((float) plot->left, (float) y,
                                                      (float) plot->width, 1));
      draw_text (self, snapshot, i,
                 plot->mirrored ? plot->left + plot->width + GAP_PX : plot->left - GAP_PX - width,
                 y - height / 2.0, color);
    }
}

/* As many days are named as there is room for, the first one always. */
static void
draw_days (TlWarmUpChart      *self,
           GtkSnapshot        *snapshot,
           const TlWarmUpPlot *plot,
           const GdkRGBA      *color)
{
  double room = plot->width / plot->n_days;
  double y = plot->top + plot->height + GAP_PX;
  guint every;
  int width;

  get_text_size (self, plot->n_days, &width, NULL);
  every = tl_warm_up_chart_get_tick ((guint) (((double) width + LABEL_GAP_PX) / room * 4));
  for (guint day = 0; day < plot->n_days; day++)
    {
      graphene_rect_t bar;

      if (day != 0 && (day + 1) % every != 0)
        continue;
      if (day != 0 && day * room < width + LABEL_GAP_PX)
        continue;
      tl_warm_up_plot_get_bar (plot, day, 0, &bar);
      get_text_size (self, day + 1, &width, NULL);
      draw_text (self, snapshot, day + 1,
                 CLAMP (bar.origin.x + (bar.size.width - width) / 2.0, plot->left,
                        plot->left + plot->width - width), y, color);
    }
}

static void
draw_bars (TlWarmUpChart      *self,
           GtkSnapshot        *snapshot,
           const TlWarmUpPlot *plot,
           const GdkRGBA      *frame)
{
  GdkRGBA color;
  GdkRGBA quiet;

  tl_compat_get_lane_color (GTK_WIDGET (self), TL_LANE_OUTGOING, &color);
  quiet = color;
  quiet.alpha *= QUIET_ALPHA;
  for (guint day = 0; day < count_days (self); day++)
    {
      graphene_rect_t bar;

      tl_warm_up_plot_get_bar (plot, day, get_messages (self, day), &bar);
      gtk_snapshot_append_color (snapshot, day == self->selected ? &color : &quiet, &bar);
      /* The chosen day has a frame: a shape, not only a colour. */
      if (day == self->selected)
        {
          const float widths[] = { 1, 1, 1, 1 };
          const GdkRGBA colors[] = { *frame, *frame, *frame, *frame };
          GskRoundedRect outline;

          gsk_rounded_rect_init_from_rect (&outline, &bar, 0);
          gtk_snapshot_append_border (snapshot, &outline, widths, colors);
        }
    }
}

/* A ceiling far above all bars is not in the picture; the words beside it say it. */
static void
draw_ceiling (TlWarmUpChart      *self,
              GtkSnapshot        *snapshot,
              const TlWarmUpPlot *plot,
              const GdkRGBA      *color)
{
  guint ceiling = get_ceiling (self);
  double y;

  if (ceiling == 0 || ceiling > plot->scale)
    return;

  y = plot->top + plot->height - plot->height * ceiling / plot->scale;
  for (double x = 0; x < plot->width; x += DASH_PX * 2)
    gtk_snapshot_append_color (snapshot, color,
                               &GRAPHENE_RECT_INIT ((float) (plot->left + x), (float) y - 1,
                                                    (float) MIN (DASH_PX, plot->width - x), 2));
}

static void
tl_warm_up_chart_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  TlWarmUpChart *self = TL_WARM_UP_CHART (widget);
  TlWarmUpPlot plot;
  GdkRGBA color;

  if (count_days (self) == 0)
    return;

  get_plot (self, &plot);
  tl_compat_get_text_color (widget, &color);
  draw_scale (self, snapshot, &plot, &color);
  draw_bars (self, snapshot, &plot, &color);
  draw_ceiling (self, snapshot, &plot, &color);
  draw_days (self, snapshot, &plot, &color);
}

static void
tl_warm_up_chart_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : HEIGHT_PX;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 400 : HEIGHT_PX;
}

static void
select_day (TlWarmUpChart *self,
            guint          day)
{
  guint n_days = count_days (self);

  day = MIN (day, MAX (n_days, 1) - 1);
  if (self->selected == day)
    return;

  self->selected = day;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
change_day (TlWarmUpChart *self,
            guint          nth,
            guint          messages)
{
  g_autoptr(TlWarmUpDay) day = dup_nth_day (self, nth);

  if (day != NULL && tl_warm_up_day_get_messages (day) != messages)
    g_object_set (day, "messages", messages, NULL);
}

/* By a press of a key, and so by @by messages up or down. */
static void
change_by (TlWarmUpChart *self,
           int            by)
{
  int messages = (int) MIN (get_messages (self, self->selected), TL_SENDING_PLAN_MAX_VOLUME);

  change_day (self, self->selected, (guint) CLAMP (messages + by, 0, TL_SENDING_PLAN_MAX_VOLUME));
}

static gboolean
on_key_pressed (TlWarmUpChart *self,
                guint          keyval,
                guint          keycode,
                GdkModifierType state)
{
  static const struct { guint key, keypad; int days, messages; } keys[] = {
    { GDK_KEY_Left,      GDK_KEY_KP_Left,      -1,                         0 },
    { GDK_KEY_Right,     GDK_KEY_KP_Right,     1,                          0 },
    { GDK_KEY_Home,      GDK_KEY_KP_Home,      -TL_SENDING_PLAN_MAX_DAYS,  0 },
    { GDK_KEY_End,       GDK_KEY_KP_End,       TL_SENDING_PLAN_MAX_DAYS,   0 },
    { GDK_KEY_Up,        GDK_KEY_KP_Up,        0,                          1 },
    { GDK_KEY_Down,      GDK_KEY_KP_Down,      0,                          -1 },
    { GDK_KEY_Page_Up,   GDK_KEY_KP_Page_Up,   0,                          PAGE },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0,                          -PAGE },
  };

  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK) || count_days (self) == 0)
    return GDK_EVENT_PROPAGATE;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gboolean sideways = keyval == GDK_KEY_Left || keyval == GDK_KEY_Right ||
                          keyval == GDK_KEY_KP_Left || keyval == GDK_KEY_KP_Right;
      int days = keys[i].days;

      if (keyval != keys[i].key && keyval != keys[i].keypad)
        continue;
      if (sideways && gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
        days = -days;
      if (days != 0)
        select_day (self, (guint) MAX ((int) self->selected + days, 0));
      else
        change_by (self, keys[i].messages);
      return GDK_EVENT_STOP;
    }

  return GDK_EVENT_PROPAGATE;
}

static void
on_drag_begun (TlWarmUpChart  *self,
               double          x,
               double          y,
               GtkGestureDrag *drag)
{
  TlWarmUpPlot plot;
  int day;

  get_plot (self, &plot);
  day = count_days (self) == 0 ? -1 : tl_warm_up_plot_find_day (&plot, x);
  if (day < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_day = (guint) day;
  select_day (self, self->drag_day);
}

/* A press alone only chooses; a finger that goes sideways may mean to scroll. */
static void
on_drag_updated (TlWarmUpChart  *self,
                 double          x,
                 double          y,
                 GtkGestureDrag *drag)
{
  double begun_x;
  double begun_y;
  TlWarmUpPlot plot;

  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, 0, (int) y) &&
      gtk_gesture_get_sequence_state (GTK_GESTURE (drag), NULL) != GTK_EVENT_SEQUENCE_CLAIMED)
    return;

  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (drag, &begun_x, &begun_y);
  get_plot (self, &plot);
  change_day (self, self->drag_day, tl_warm_up_plot_find_messages (&plot, begun_y + y));
}

static void
follow_days (TlWarmUpChart *self)
{
  g_autofree char *words = NULL;

  if (self->sending != NULL)
    g_object_get (self->sending, "days-text", &words, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words == NULL ? "" : words, -1);
  if (count_days (self) > 0)
    select_day (self, self->selected);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
set_sending (TlWarmUpChart *self,
             TlSending     *sending)
{
  if (self->sending == sending)
    return;

  if (self->sending != NULL)
    {
      g_signal_handlers_disconnect_by_data (tl_sending_get_days (self->sending), self);
      g_signal_handlers_disconnect_by_data (self->sending, self);
    }
  g_set_object (&self->sending, sending);
  if (sending != NULL)
    {
      g_signal_connect_object (tl_sending_get_days (sending), "items-changed",
                               G_CALLBACK (follow_days), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (sending, "notify::plan", G_CALLBACK (follow_days), self,
                               G_CONNECT_SWAPPED);
    }
  follow_days (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENDING]);
}

static void
tl_warm_up_chart_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlWarmUpChart *self = TL_WARM_UP_CHART (object);

  switch (prop_id)
    {
    case PROP_SENDING:
      g_value_set_object (value, self->sending);
      break;
    case PROP_SELECTED:
      g_value_set_uint (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_warm_up_chart_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SENDING:
      set_sending (TL_WARM_UP_CHART (object), g_value_get_object (value));
      break;
    case PROP_SELECTED:
      select_day (TL_WARM_UP_CHART (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_warm_up_chart_dispose (GObject *object)
{
  TlWarmUpChart *self = TL_WARM_UP_CHART (object);

  set_sending (self, NULL);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (tl_warm_up_chart_parent_class)->dispose (object);
}

static void
tl_warm_up_chart_class_init (TlWarmUpChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_warm_up_chart_get_property;
  object_class->set_property = tl_warm_up_chart_set_property;
  object_class->dispose = tl_warm_up_chart_dispose;
  widget_class->snapshot = tl_warm_up_chart_snapshot;
  widget_class->measure = tl_warm_up_chart_measure;

  properties[PROP_SENDING] = g_param_spec_object ("sending", NULL, NULL, TL_TYPE_SENDING, flags);
  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, TL_SENDING_PLAN_MAX_DAYS - 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "warmupchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tl_warm_up_chart_init (TlWarmUpChart *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begun), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_updated), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Messages on each day"), -1);
}

/**
 * tl_warm_up_chart_dup_day:
 * @self: a chart
 *
 * Returns: (transfer full) (nullable): the day that is chosen
 */
TlWarmUpDay *
tl_warm_up_chart_dup_day (TlWarmUpChart *self)
{
  g_return_val_if_fail (TL_IS_WARM_UP_CHART (self), NULL);

  return dup_nth_day (self, self->selected);
}
