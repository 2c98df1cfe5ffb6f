/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-page-view.h"

#include <glib/gi18n-lib.h>

#include "tl-closures.h"
#include "tl-compat.h"

#define MARGIN_PX 12

struct _TlPageView
{
  GtkWidget  parent_instance;

  /* Owned */
  char      *title;
  char      *lead;
  char      *why;
  char      *next_label;
  int        content_width;
  gboolean   can_advance;
  gboolean   busy;

  /* Template children, borrowed */
  AdwBin    *body;
  GtkWidget *actions;
  GtkWidget *next_button;
  GtkWidget *content;
  GtkScrolledWindow *scrolled_window;
};

static GtkBuildableIface *parent_buildable;

static void tl_page_view_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TlPageView, tl_page_view, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      tl_page_view_buildable_init))

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_LEAD,
  PROP_WHY,
  PROP_NEXT_LABEL,
  PROP_CONTENT_WIDTH,
  PROP_CAN_ADVANCE,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_string (TlPageView  *self,
            guint       prop,
            char      **field,
            const char *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_boolean (TlPageView *self,
             guint     prop,
             gboolean *field,
             gboolean  value)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
tl_page_view_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  TlPageView *self = TL_PAGE_VIEW (buildable);

  /* While its own template is built there is no body yet. */
  if (self->body == NULL)
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "action") == 0)
    gtk_widget_insert_after (GTK_WIDGET (child), self->actions, NULL);
  else
    adw_bin_set_child (self->body, GTK_WIDGET (child));
}

static void
tl_page_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = tl_page_view_add_child;
}

static void
tl_page_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlPageView *self = TL_PAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_LEAD:
      g_value_set_string (value, self->lead);
      break;
    case PROP_WHY:
      g_value_set_string (value, self->why);
      break;
    case PROP_NEXT_LABEL:
      g_value_set_string (value, self->next_label);
      break;
    case PROP_CONTENT_WIDTH:
      g_value_set_int (value, self->content_width);
      break;
    case PROP_CAN_ADVANCE:
      g_value_set_boolean (value, self->can_advance);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_page_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlPageView *self = TL_PAGE_VIEW (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      set_string (self, prop_id, &self->title, g_value_get_string (value));
      break;
    case PROP_LEAD:
      set_string (self, prop_id, &self->lead, g_value_get_string (value));
      break;
    case PROP_WHY:
      set_string (self, prop_id, &self->why, g_value_get_string (value));
      break;
    case PROP_NEXT_LABEL:
      set_string (self, prop_id, &self->next_label, g_value_get_string (value));
      break;
    case PROP_CONTENT_WIDTH:
      if (self->content_width != g_value_get_int (value))
        {
          self->content_width = g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_CAN_ADVANCE:
      set_boolean (self, prop_id, &self->can_advance, g_value_get_boolean (value));
      break;
    case PROP_BUSY:
      set_boolean (self, prop_id, &self->busy, g_value_get_boolean (value));
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, self->busy,
                                   -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_page_view_dispose (GObject *object)
{
  tl_compat_dispose_template (GTK_WIDGET (object), TL_TYPE_PAGE_VIEW);

  G_OBJECT_CLASS (tl_page_view_parent_class)->dispose (object);
}

static void
tl_page_view_finalize (GObject *object)
{
  TlPageView *self = TL_PAGE_VIEW (object);

  g_free (self->title);
  g_free (self->lead);
  g_free (self->why);
  g_free (self->next_label);

  G_OBJECT_CLASS (tl_page_view_parent_class)->finalize (object);
}

static void
tl_page_view_class_init (TlPageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_page_view_get_property;
  object_class->set_property = tl_page_view_set_property;
  object_class->dispose = tl_page_view_dispose;
  object_class->finalize = tl_page_view_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_LEAD] = g_param_spec_string ("lead", NULL, NULL, NULL, flags);
  properties[PROP_WHY] = g_param_spec_string ("why", NULL, NULL, NULL, flags);
  properties[PROP_NEXT_LABEL] = g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  properties[PROP_CONTENT_WIDTH] =
    g_param_spec_int ("content-width", NULL, NULL, 100, 4000, 600, flags);
  properties[PROP_CAN_ADVANCE] = g_param_spec_boolean ("can-advance", NULL, NULL, FALSE, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-page-view.ui");
  gtk_widget_class_bind_template_child (widget_class, TlPageView, body);
  gtk_widget_class_bind_template_child (widget_class, TlPageView, actions);
  gtk_widget_class_bind_template_child (widget_class, TlPageView, next_button);
  gtk_widget_class_bind_template_child (widget_class, TlPageView, content);
  gtk_widget_class_bind_template_child (widget_class, TlPageView, scrolled_window);
  tl_closures_bind (widget_class);
}

static void
tl_page_view_init (TlPageView *self)
{
  self->content_width = 600;
  self->next_label = g_strdup (_("_Continue"));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * tl_page_view_get_next_button:
 * @self: a view
 *
 * Returns: (transfer none): the button that leads on, for the window to make its default
 */
GtkWidget *
tl_page_view_get_next_button (TlPageView *self)
{
  g_return_val_if_fail (TL_IS_PAGE_VIEW (self), NULL);

  return self->next_button;
}

/**
 * tl_page_view_show_top:
 * @self: a view
 *
 * Scrolls to the beginning. The focus stays where it is.
 */
void
tl_page_view_show_top (TlPageView *self)
{
  g_return_if_fail (TL_IS_PAGE_VIEW (self));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
}

/**
 * tl_page_view_show_child:
 * @self: a view
 * @child: something on it that has its place
 *
 * Scrolls no further than it takes to see @child whole, or its beginning where
 * it is higher than the window. The focus stays where it is.
 */
void
tl_page_view_show_child (TlPageView *self,
                         GtkWidget  *child)
{
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  g_return_if_fail (TL_IS_PAGE_VIEW (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  if (!gtk_widget_compute_bounds (child, self->content, &bounds))
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  gtk_adjustment_clamp_page (adjustment, bounds.origin.y - MARGIN_PX,
                             bounds.origin.y + bounds.size.height + MARGIN_PX);
}
