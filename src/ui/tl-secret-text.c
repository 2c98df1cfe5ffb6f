/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secret-text.h"

#include <string.h>

struct _TlSecretText
{
  GtkWidget  parent_instance;

  /* Owned */
  TlSecret  *secret;      /* NULL: draws nothing */
};

G_DEFINE_FINAL_TYPE (TlSecretText, tl_secret_text, GTK_TYPE_WIDGET)

/* A layout of the secret, @width pixels wide (-1: as wide as it gets). */
static PangoLayout *
make_layout (TlSecretText *self,
             int           width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  gsize len;
  const char *bytes = tl_secret_peek (self->secret, &len);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_wrap (layout, PANGO_WRAP_CHAR);
  pango_layout_set_width (layout, width < 0 ? -1 : width * PANGO_SCALE);
  pango_layout_set_text (layout, bytes, (int) len);

  return layout;
}

/* Pango has a copy of the text, and frees it as it is. Nobody else holds the layout. */
static void
wipe_layout (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);

  explicit_bzero ((char *) text, strlen (text));
  g_object_unref (layout);
}

static GtkSizeRequestMode
tl_secret_text_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
tl_secret_text_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  TlSecretText *self = TL_SECRET_TEXT (widget);
  PangoLayout *layout;
  int width;
  int height;

  if (self->secret == NULL)
    return;

  layout = make_layout (self, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  wipe_layout (layout);

  /* It breaks anywhere. */
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? height : 0;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? height : width;
}

static void
tl_secret_text_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  TlSecretText *self = TL_SECRET_TEXT (widget);
  PangoLayout *layout;
  GdkRGBA colour;

  if (self->secret == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  layout = make_layout (self, gtk_widget_get_width (widget));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  wipe_layout (layout);
}

static void
tl_secret_text_finalize (GObject *object)
{
  TlSecretText *self = TL_SECRET_TEXT (object);

  g_clear_pointer (&self->secret, tl_secret_unref);

  G_OBJECT_CLASS (tl_secret_text_parent_class)->finalize (object);
}

static void
tl_secret_text_class_init (TlSecretTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = tl_secret_text_finalize;
  widget_class->get_request_mode = tl_secret_text_get_request_mode;
  widget_class->measure = tl_secret_text_measure;
  widget_class->snapshot = tl_secret_text_snapshot;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
tl_secret_text_init (TlSecretText *self)
{
}

/**
 * tl_secret_text_set_secret:
 * @self: a drawing
 * @secret: (nullable): what to draw, valid UTF-8; %NULL for nothing
 */
void
tl_secret_text_set_secret (TlSecretText *self,
                           TlSecret     *secret)
{
  g_clear_pointer (&self->secret, tl_secret_unref);
  if (secret != NULL)
    self->secret = tl_secret_ref (secret);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
