/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-note.h"

#include "tl-url.h"

struct _TlNote
{
  GObject   parent_instance;

  /* Owned */
  char     *text;
  char     *link;
  char     *source;
  char     *host;
  char     *as_of;

  gboolean    is_notice;
  TlFixer     fixer;
  TlLaneKind  lane;
};

enum
{
  PROP_TEXT = 1,
  PROP_LINK,
  PROP_SOURCE,
  PROP_NOTICE,
  PROP_HOST,
  PROP_FIXER,
  PROP_AS_OF,
  PROP_LANE,
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
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_NOTICE:
      g_value_set_boolean (value, self->is_notice);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case PROP_FIXER:
      g_value_set_enum (value, (int) self->fixer);
      break;
    case PROP_AS_OF:
      g_value_set_string (value, self->as_of);
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
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
    case PROP_SOURCE:
      self->source = g_value_dup_string (value);
      break;
    case PROP_NOTICE:
      self->is_notice = g_value_get_boolean (value);
      break;
    case PROP_HOST:
      self->host = g_value_dup_string (value);
      break;
    case PROP_FIXER:
      self->fixer = (TlFixer) g_value_get_enum (value);
      break;
    case PROP_AS_OF:
      self->as_of = g_value_dup_string (value);
      break;
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
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
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->as_of, g_free);

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
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);
  properties[PROP_NOTICE] = g_param_spec_boolean ("notice", NULL, NULL, FALSE, flags);
  properties[PROP_FIXER] =
    g_param_spec_enum ("fixer", NULL, NULL, TL_TYPE_FIXER, TL_FIXER_YOU, flags);
  properties[PROP_AS_OF] = g_param_spec_string ("as-of", NULL, NULL, NULL, flags);
  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_note_init (TlNote *self)
{
}

static TlNote *
note_new (const char *text,
          const char *link,
          gboolean    is_notice)
{
  g_autofree char *host = tl_url_dup_host (link);

  return g_object_new (TL_TYPE_NOTE,
                       "text", text,
                       "link", link,
                       "host", host,
                       "notice", is_notice,
                       NULL);
}

/**
 * tl_note_new:
 * @text: a sentence of ours
 * @link: (nullable): a page, https
 *
 * Returns: (transfer full): a note
 */
TlNote *
tl_note_new (const char *text,
             const char *link)
{
  return note_new (text, link, FALSE);
}

/**
 * tl_note_new_notice:
 * @text: what is to be known
 * @link: (nullable): where more is said, https
 *
 * Returns: (transfer full): a note that asks for nothing to be done
 */
TlNote *
tl_note_new_notice (const char *text,
                    const char *link)
{
  return note_new (text, link, TRUE);
}

/**
 * tl_note_new_for_prerequisite:
 * @prerequisite: of the provider table
 * @is_notice: whether there is nothing to be done about it
 *
 * Returns: (transfer full): a note that says who can do it, and as of when that was so
 */
TlNote *
tl_note_new_for_prerequisite (const TlPrerequisite *prerequisite,
                              gboolean              is_notice)
{
  g_autofree char *host = tl_url_dup_host (prerequisite->link);

  return g_object_new (TL_TYPE_NOTE,
                       "text", prerequisite->text,
                       "link", prerequisite->link,
                       "host", host,
                       "notice", is_notice,
                       "fixer", prerequisite->fixer,
                       "as-of", prerequisite->as_of,
                       "lane", prerequisite->lane,
                       NULL);
}

/**
 * tl_note_new_from_hint:
 * @hint: a stranger's advice
 *
 * Returns: (transfer full): a note that says whose word it is
 */
TlNote *
tl_note_new_from_hint (TlHint *hint)
{
  const char *text = tl_hint_get_text (hint);

  return g_object_new (TL_TYPE_NOTE,
                       "text", text != NULL ? text
                                            : tl_hint_kind_get_label (tl_hint_get_kind (hint)),
                       "link", tl_hint_get_link (hint),
                       "source", tl_hint_get_source (hint),
                       "host", tl_hint_get_host (hint),
                       NULL);
}

const char *
tl_note_get_link (TlNote *self)
{
  g_return_val_if_fail (TL_IS_NOTE (self), NULL);

  return self->link;
}

gboolean
tl_note_equal (TlNote *a,
               TlNote *b)
{
  return g_strcmp0 (a->text, b->text) == 0 && g_strcmp0 (a->link, b->link) == 0 &&
         g_strcmp0 (a->source, b->source) == 0 && a->is_notice == b->is_notice &&
         g_strcmp0 (a->as_of, b->as_of) == 0 && a->fixer == b->fixer && a->lane == b->lane;
}
