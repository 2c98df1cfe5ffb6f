/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-hint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-nick.h"
#include "tl-text.h"
#include "tl-url.h"

/* A scheme may be written in any case (RFC 3986 §3.1), and is shown in one. */
#define SCHEME "https"

G_DEFINE_ENUM_TYPE (TlHintKind, tl_hint_kind,
                    G_DEFINE_ENUM_VALUE (TL_HINT_ENABLE, "enable"),
                    G_DEFINE_ENUM_VALUE (TL_HINT_INSTRUCTION, "instruction"),
                    G_DEFINE_ENUM_VALUE (TL_HINT_DOCUMENTATION, "documentation"),
                    G_DEFINE_ENUM_VALUE (TL_HINT_WEBMAIL, "webmail"),
                    G_DEFINE_ENUM_VALUE (TL_HINT_OAUTH, "oauth"))

static const char * const labels[] = {
  /* Translators: what a provider's settings file says besides the servers */
  [TL_HINT_ENABLE]        = N_("Has to be switched on first"),
  [TL_HINT_INSTRUCTION]   = N_("How to set up a mail program"),
  [TL_HINT_DOCUMENTATION] = N_("Help page"),
  [TL_HINT_WEBMAIL]       = N_("Mailbox in the browser"),
  [TL_HINT_OAUTH]         = N_("Signs in with the browser at"),
};

struct _TlHint
{
  GObject     parent_instance;

  /* Owned; the last three may be NULL */
  char       *source;
  char       *text;
  char       *link;
  char       *host;

  TlHintKind  kind;
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_SOURCE,
  PROP_TEXT,
  PROP_LINK,
  PROP_HOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlHint, tl_hint, G_TYPE_OBJECT)

static void
tl_hint_get_property (GObject    *object,
                      guint       property_id,
                      GValue     *value,
                      GParamSpec *pspec)
{
  TlHint *self = TL_HINT (object);

  switch (property_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_LINK:
      g_value_set_string (value, self->link);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_hint_set_property (GObject      *object,
                      guint         property_id,
                      const GValue *value,
                      GParamSpec   *pspec)
{
  TlHint *self = TL_HINT (object);

  switch (property_id)
    {
    case PROP_KIND:
      self->kind = (TlHintKind) g_value_get_enum (value);
      break;
    case PROP_SOURCE:
      self->source = g_value_dup_string (value);
      break;
    case PROP_TEXT:
      self->text = g_value_dup_string (value);
      break;
    case PROP_LINK:
      self->link = g_value_dup_string (value);
      break;
    case PROP_HOST:
      self->host = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_hint_finalize (GObject *object)
{
  TlHint *self = TL_HINT (object);

  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (tl_hint_parent_class)->finalize (object);
}

static void
tl_hint_class_init (TlHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_hint_get_property;
  object_class->set_property = tl_hint_set_property;
  object_class->finalize = tl_hint_finalize;

  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_HINT_KIND, TL_HINT_ENABLE, flags);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  properties[PROP_LINK] = g_param_spec_string ("link", NULL, NULL, NULL, flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_hint_init (TlHint *self)
{
}

/**
 * tl_hint_new:
 * @kind: what it is about
 * @source: the `TL_SOURCE_` id of the document
 * @text: (nullable): text from outside; cleaned and capped in here
 * @link: (nullable): a link from outside; dropped unless tl_url_parse_https() takes it and it is at
 *   most `TL_HINT_MAX_LINK` bytes long
 *
 * Returns: (transfer full) (nullable): the hint, or %NULL when neither text nor link is left
 */
TlHint *
tl_hint_new (TlHintKind  kind,
             const char *source,
             const char *text,
             const char *link)
{
  g_autofree char *clean = NULL;
  g_autofree char *host = NULL;
  g_autofree char *lower = NULL;

  if (link != NULL && strlen (link) <= TL_HINT_MAX_LINK)
    host = tl_url_dup_host (link);
  if (host != NULL)
    lower = g_strconcat (SCHEME, link + strlen (SCHEME), NULL);
  if (text != NULL)
    clean = tl_text_clean_capped (text, -1, TL_HINT_MAX_TEXT);
  if (clean != NULL && clean[0] == '\0')
    g_clear_pointer (&clean, g_free);
  if (clean == NULL && host == NULL)
    return NULL;

  return g_object_new (TL_TYPE_HINT,
                       "kind", kind,
                       "source", source,
                       "text", clean,
                       "link", lower,
                       "host", host,
                       NULL);
}

TlHintKind
tl_hint_get_kind (TlHint *self)
{
  return self->kind;
}

const char *
tl_hint_get_source (TlHint *self)
{
  return self->source;
}

const char *
tl_hint_get_text (TlHint *self)
{
  return self->text;
}

const char *
tl_hint_get_link (TlHint *self)
{
  return self->link;
}

const char *
tl_hint_get_host (TlHint *self)
{
  return self->host;
}

/**
 * tl_hint_kind_get_label:
 * @kind: what a hint is about
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_hint_kind_get_label (TlHintKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (labels), NULL);

  return _(labels[kind]);
}

/**
 * tl_hint_to_json:
 * @self: a hint
 *
 * Returns: (transfer full): an object of kind, source, text and link
 */
TlJson *
tl_hint_to_json (TlHint *self)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "kind", tl_nick_get (TL_TYPE_HINT_KIND, (int) self->kind));
  tl_json_set_string (json, "source", self->source);
  tl_json_set_string (json, "text", self->text);
  tl_json_set_string (json, "link", self->link);

  return json;
}
