/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-adaptive-box.h"

struct _TlAdaptiveBox
{
  GtkWidget parent_instance;

  int       threshold;
  int       spacing;
};

enum
{
  PROP_THRESHOLD = 1,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static GtkBuildableIface *parent_buildable;

static void tl_adaptive_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlAdaptiveBox, tl_adaptive_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      tl_adaptive_box_buildable_init))

static void
tl_adaptive_box_add_child (GtkBuildable *buildable,
                           GtkBuilder   *builder,
                           GObject      *child,
                           const char   *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
tl_adaptive_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = tl_adaptive_box_add_child;
}

static int
count_visible (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child) ? 1 : 0;

  return n;
}

/* The width of one column: all of @width when there is no room for them side by side. */
static int
get_column_width (TlAdaptiveBox *self,
                  int            width,
                  int            n)
{
  int column = n == 0 ? width : (width - (n - 1) * self->spacing) / n;

  if (width < self->threshold)
    return width;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum = 0;

      if (gtk_widget_should_layout (child))
        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      if (minimum > column)
        return width;
    }

  return column;
}

static GtkSizeRequestMode
tl_adaptive_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tl_adaptive_box_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  TlAdaptiveBox *self = TL_ADAPTIVE_BOX (widget);
  int n = count_visible (widget);
  gboolean vertical = orientation == GTK_ORIENTATION_VERTICAL;
  int column = vertical && for_size >= 0 ? get_column_width (self, for_size, n) : -1;
  gboolean stacked = column == for_size;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, orientation, column, &child_minimum, &child_natural, NULL, NULL);
      if (vertical && stacked)
        {
          *minimum += child_minimum;
          *natural += child_natural;
        }
      else
        {
          *minimum = MAX (*minimum, child_minimum);
          *natural = MAX (*natural, child_natural);
        }
    }

  if (vertical && stacked && n > 1)
    {
      *minimum += (n - 1) * self->spacing;
      *natural += (n - 1) * self->spacing;
    }
  /* As wide as all of them side by side, or as the widest alone at the least. */
  if (!vertical && n > 0)
    *natural = MAX (*natural * n + (n - 1) * self->spacing, self->threshold);
}

static void
tl_adaptive_box_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  TlAdaptiveBox *self = TL_ADAPTIVE_BOX (widget);
  int n = count_visible (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column = get_column_width (self, width, n);
  gboolean stacked = column == width;
  int x = rtl && !stacked ? width - column : 0;
  int y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation allocation = { x, y, column, height };

      if (!gtk_widget_should_layout (child))
        continue;

      if (stacked)
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column, NULL, &allocation.height,
                              NULL, NULL);
          y += allocation.height + self->spacing;
        }
      else
        {
          x += (rtl ? -1 : 1) * (column + self->spacing);
        }

      gtk_widget_size_allocate (child, &allocation, -1);
    }
}

static void
tl_adaptive_box_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  TlAdaptiveBox *self = TL_ADAPTIVE_BOX (object);

  switch (prop_id)
    {
    case PROP_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_adaptive_box_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  TlAdaptiveBox *self = TL_ADAPTIVE_BOX (object);
  int *field = prop_id == PROP_THRESHOLD ? &self->threshold : &self->spacing;

  switch (prop_id)
    {
    case PROP_THRESHOLD:
    case PROP_SPACING:
      if (*field != g_value_get_int (value))
        {
          *field = g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
          gtk_widget_queue_resize (GTK_WIDGET (self));
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_adaptive_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tl_adaptive_box_parent_class)->dispose (object);
}

static void
tl_adaptive_box_class_init (TlAdaptiveBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_adaptive_box_get_property;
  object_class->set_property = tl_adaptive_box_set_property;
  object_class->dispose = tl_adaptive_box_dispose;
  widget_class->get_request_mode = tl_adaptive_box_get_request_mode;
  widget_class->measure = tl_adaptive_box_measure;
  widget_class->size_allocate = tl_adaptive_box_size_allocate;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, 4000, 0, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 100, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_adaptive_box_init (TlAdaptiveBox *self)
{
}
