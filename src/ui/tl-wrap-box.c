/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-wrap-box.h"

#define SPACING_PX 6

struct _TlWrapBox
{
  GtkWidget parent_instance;
};

static GtkBuildableIface *parent_buildable;

static void tl_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlWrapBox, tl_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      tl_wrap_box_buildable_init))

static void
tl_wrap_box_add_child (GtkBuildable *buildable,
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
tl_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = tl_wrap_box_add_child;
}

static void
measure_child (GtkWidget     *child,
               int            width,
               GtkAllocation *out_place)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &out_place->width, NULL, NULL);
  out_place->width = MIN (out_place->width, width);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, out_place->width, NULL, &out_place->height,
                      NULL, NULL);
}

/* What fits on a line beginning with @first. Returns the child that begins the next, or NULL. */
static GtkWidget *
fit_line (GtkWidget *first,
          int        width,
          int       *out_line_height)
{
  GtkWidget *child;
  int x = 0;

  *out_line_height = 0;
  for (child = first; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;

      measure_child (child, width, &place);
      if (x > 0 && x + place.width > width)
        break;
      x += place.width + SPACING_PX;
      *out_line_height = MAX (*out_line_height, place.height);
    }

  return child;
}

/* What expands is the last of its line, and stands at its end. */
static void
place_line (GtkWidget *widget,
            GtkWidget *first,
            GtkWidget *end,
            int        width,
            int        y,
            int        line_height)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (GtkWidget *child = first; child != end; child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place;

      if (!gtk_widget_should_layout (child))
        continue;

      measure_child (child, width, &place);
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        x = width - place.width;
      place.x = rtl ? width - x - place.width : x;
      place.y = y + (line_height - place.height) / 2;
      gtk_widget_size_allocate (child, &place, -1);
      x += place.width + SPACING_PX;
    }
}

/* Gives the children their places, unless they are only to be measured. Returns the height. */
static int
lay_out (GtkWidget *widget,
         int        width,
         gboolean   allocate)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  int y = 0;

  while (first != NULL)
    {
      int line_height;
      GtkWidget *end = fit_line (first, width, &line_height);

      if (allocate)
        place_line (widget, first, end, width, y, line_height);
      y += line_height + (end == NULL ? 0 : SPACING_PX);
      first = end;
    }

  return y;
}

static GtkSizeRequestMode
tl_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tl_wrap_box_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  int widest = 0;
  int all = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      widest = MAX (widest, child_minimum);
      all += child_natural + (all > 0 ? SPACING_PX : 0);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = widest;
      *natural = MAX (widest, all);
    }
  else
    {
      *minimum = *natural = lay_out (widget, for_size < 0 ? MAX (widest, all) : for_size, FALSE);
    }
}

static void
tl_wrap_box_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  lay_out (widget, width, TRUE);
}

static void
tl_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (tl_wrap_box_parent_class)->dispose (object);
}

static void
tl_wrap_box_class_init (TlWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = tl_wrap_box_dispose;
  widget_class->get_request_mode = tl_wrap_box_get_request_mode;
  widget_class->measure = tl_wrap_box_measure;
  widget_class->size_allocate = tl_wrap_box_size_allocate;
}

static void
tl_wrap_box_init (TlWrapBox *self)
{
}
