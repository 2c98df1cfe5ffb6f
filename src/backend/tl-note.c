/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-note.h"

struct _TlNote
{
  GObject  parent_instance;

  /* Owned */
  char    *text;
  char    *link;
};

enum
{
  PROP_TEXT = 1,
  PROP_LINK,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlNote, tl_note, G_TYPE_OBJECT)

static void
tl_note_get_property (GObject    *object,
                      guint       prop_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  TlNote *self = TL_NOTE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LINK:
      g_value_set_string (value, self->link);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_note_set_property (GObject      *object,
                      guint         prop_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  TlNote *self = TL_NOTE (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      self->text = g_value_dup_string (value);
      break;
    case PROP_LINK:
      self->link = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_note_finalize (GObject *object)
{
  TlNote *self = TL_NOTE (object);

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->link, g_free);

  G_OBJECT_CLASS (tl_note_parent_class)->finalize (object);
}

static void
tl_note_class_init (TlNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS |
                            G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_note_get_property;
  object_class->set_property = tl_note_set_property;
  object_class->finalize = tl_note_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_LINK] = g_param_spec_string ("link", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_note_init (TlNote *self)
{
}

TlNote *
tl_note_new (const char *text,
             const char *link)
{
  return g_object_new (TL_TYPE_NOTE, "text", text, "link", link, NULL);
}

const char *
tl_note_get_link (TlNote *self)
{
  g_return_val_if_fail (TL_IS_NOTE (self), NULL);

  return self->link;
}
