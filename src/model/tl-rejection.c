/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-rejection.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"
#include "tl-text.h"

#define MAX_SERVER 255

G_DEFINE_ENUM_TYPE (TlRejectionReason, tl_rejection_reason,
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_PLAINTEXT, "plaintext"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_POP3, "pop3"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_NOT_OFFERED, "not-offered"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_BAD_HOST, "bad-host"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_BAD_PORT, "bad-port"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_BAD_USER, "bad-user"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_BAD_SECURITY, "bad-security"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_NO_SIGN_IN, "no-sign-in"),
                    G_DEFINE_ENUM_VALUE (TL_REJECTION_LIST_CUT, "list-cut"))

static const char * const labels[] = {
  /* Translators: why a server that was found is not offered to the user */
  [TL_REJECTION_PLAINTEXT]    = N_("No encryption: passwords could be read on the way"),
  [TL_REJECTION_POP3]         = N_("POP3: fetches mail, but replies cannot be tracked"),
  [TL_REJECTION_NOT_OFFERED]  = N_("The domain says that it does not offer this"),
  [TL_REJECTION_BAD_HOST]     = N_("The name is not that of a server"),
  [TL_REJECTION_BAD_PORT]     = N_("The port is missing or impossible"),
  [TL_REJECTION_BAD_USER]     = N_("The user name it asks for is impossible"),
  [TL_REJECTION_BAD_SECURITY] = N_("It does not say which encryption it uses"),
  [TL_REJECTION_NO_SIGN_IN]   = N_("It names no way to sign in that works here"),
  [TL_REJECTION_LIST_CUT]     = N_("The list was too long; the rest was left out"),
};

struct _TlRejection
{
  GObject            parent_instance;

  /* Owned */
  char              *source;
  char              *server;

  TlLaneKind         lane;
  TlRejectionReason  reason;
};

enum
{
  PROP_0,
  PROP_LANE,
  PROP_SOURCE,
  PROP_SERVER,
  PROP_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlRejection, tl_rejection, G_TYPE_OBJECT)

static void
tl_rejection_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  TlRejection *self = TL_REJECTION (object);

  switch (property_id)
    {
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_SERVER:
      g_value_set_string (value, self->server);
      break;
    case PROP_REASON:
      g_value_set_enum (value, (int) self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_rejection_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  TlRejection *self = TL_REJECTION (object);

  switch (property_id)
    {
    case PROP_LANE:
      self->lane = (TlLaneKind) g_value_get_enum (value);
      break;
    case PROP_SOURCE:
      self->source = g_value_dup_string (value);
      break;
    case PROP_SERVER:
      self->server = g_value_dup_string (value);
      break;
    case PROP_REASON:
      self->reason = (TlRejectionReason) g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
tl_rejection_finalize (GObject *object)
{
  TlRejection *self = TL_REJECTION (object);

  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->server, g_free);

  G_OBJECT_CLASS (tl_rejection_parent_class)->finalize (object);
}

static void
tl_rejection_class_init (TlRejectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = tl_rejection_get_property;
  object_class->set_property = tl_rejection_set_property;
  object_class->finalize = tl_rejection_finalize;

  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_REASON] =
    g_param_spec_enum ("reason", NULL, NULL, TL_TYPE_REJECTION_REASON, TL_REJECTION_PLAINTEXT,
                       flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_rejection_init (TlRejection *self)
{
}

/**
 * tl_rejection_new:
 * @lane: which lane it would have been for
 * @source: the `TL_SOURCE_` id that named it
 * @server: as it was named; text from outside, cleaned and capped in here
 * @reason: why it is not offered
 *
 * Returns: (transfer full): a rejection
 */
TlRejection *
tl_rejection_new (TlLaneKind         lane,
                  const char        *source,
                  const char        *server,
                  TlRejectionReason  reason)
{
  g_autofree char *clean = tl_text_clean_capped (server, -1, MAX_SERVER);

  return tl_rejection_new_clean (lane, source, clean, reason);
}

/**
 * tl_rejection_new_clean:
 * @lane: which lane it would have been for
 * @source: the `TL_SOURCE_` id that named it
 * @server: as it was named, cleaned and capped already
 * @reason: why it is not offered
 *
 * Returns: (transfer full): a rejection
 */
TlRejection *
tl_rejection_new_clean (TlLaneKind         lane,
                        const char        *source,
                        const char        *server,
                        TlRejectionReason  reason)
{
  return g_object_new (TL_TYPE_REJECTION,
                       "lane", lane,
                       "source", source,
                       "server", server,
                       "reason", reason,
                       NULL);
}

TlLaneKind
tl_rejection_get_lane (TlRejection *self)
{
  return self->lane;
}

const char *
tl_rejection_get_source (TlRejection *self)
{
  return self->source;
}

const char *
tl_rejection_get_server (TlRejection *self)
{
  return self->server;
}

TlRejectionReason
tl_rejection_get_reason (TlRejection *self)
{
  return self->reason;
}

/**
 * tl_rejection_reason_get_label:
 * @reason: why a server is not offered
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_rejection_reason_get_label (TlRejectionReason reason)
{
  g_return_val_if_fail ((guint) reason < G_N_ELEMENTS (labels), NULL);

  return _(labels[reason]);
}

/**
 * tl_rejection_to_json:
 * @self: a rejection
 *
 * Returns: (transfer full): an object of lane, source, server and reason
 */
TlJson *
tl_rejection_to_json (TlRejection *self)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "lane",
                      self->lane == TL_LANE_NONE ? NULL : tl_lane_kind_get_nick (self->lane));
  tl_json_set_string (json, "source", self->source);
  tl_json_set_string (json, "server", self->server);
  tl_json_set_string (json, "reason",
                      tl_nick_get (TL_TYPE_REJECTION_REASON, (int) self->reason));

  return json;
}
