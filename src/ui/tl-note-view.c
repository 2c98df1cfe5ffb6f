/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-note-view.h"

#include "tl-closures.h"
#include "tl-compat.h"
#include "tl-signin-words.h"

struct _TlNoteView
{
  GtkWidget  parent_instance;

  /* Owned */
  TlNote    *note;

  guint      number;
};

enum
{
  PROP_NOTE = 1,
  PROP_NUMBER,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlNoteView, tl_note_view, GTK_TYPE_WIDGET)

static void
on_open_clicked (TlNoteView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.open-link", "s",
                              tl_note_get_link (self->note));
}

static void
tl_note_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlNoteView *self = TL_NOTE_VIEW (object);

  switch (prop_id)
    {
    case PROP_NOTE:
      g_value_set_object (value, self->note);
      break;
    case PROP_NUMBER:
      g_value_set_uint (value, self->number);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_note_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlNoteView *self = TL_NOTE_VIEW (object);

  switch (prop_id)
    {
    case PROP_NOTE:
      if (g_set_object (&self->note, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_NUMBER:
      if (self->number != g_value_get_uint (value))
        {
          self->number = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_note_view_dispose (GObject *object)
{
  TlNoteView *self = TL_NOTE_VIEW (object);

  tl_compat_dispose_template (GTK_WIDGET (self), TL_TYPE_NOTE_VIEW);
  g_clear_object (&self->note);

  G_OBJECT_CLASS (tl_note_view_parent_class)->dispose (object);
}

static void
tl_note_view_class_init (TlNoteViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_note_view_get_property;
  object_class->set_property = tl_note_view_set_property;
  object_class->dispose = tl_note_view_dispose;

  properties[PROP_NOTE] = g_param_spec_object ("note", NULL, NULL, TL_TYPE_NOTE, flags);
  properties[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, TL_UI_PATH "tl-note-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  tl_closures_bind (widget_class);
  tl_signin_words_bind (widget_class);
}

static void
tl_note_view_init (TlNoteView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
