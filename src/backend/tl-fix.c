/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fix.h"

struct _TlFix
{
  GObject         parent_instance;

  TlAction        action;
  TlLaneKind      lane;

  /* Owned */
  char           *label;
  TlLaneSettings *settings;
};

enum
{
  PROP_ACTION = 1,
  PROP_LABEL,
  PROP_LANE,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlFix, tl_fix, G_TYPE_OBJECT)

static void
tl_fix_get_property (GObject    *object,
                     guint       prop_id,
                     GValue     *value,
                     GParamSpec *pspec)
{
  TlFix *self = TL_FIX (object);

  switch (prop_id)
    {
    case PROP_ACTION:
      g_value_set_enum (value, (int) self->action);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_LANE:
      g_value_set_enum (value, (int) self->lane);
      break;
    case PROP_SETTINGS:
      g_value_set_boxed (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_fix_finalize (GObject *object)
{
  TlFix *self = TL_FIX (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->settings, tl_lane_settings_unref);

  G_OBJECT_CLASS (tl_fix_parent_class)->finalize (object);
}

static void
tl_fix_class_init (TlFixClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_fix_get_property;
  object_class->finalize = tl_fix_finalize;

  properties[PROP_ACTION] =
    g_param_spec_enum ("action", NULL, NULL, TL_TYPE_ACTION, TL_ACTION_RETRY, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_LANE] =
    g_param_spec_enum ("lane", NULL, NULL, TL_TYPE_LANE_KIND, TL_LANE_NONE, flags);
  properties[PROP_SETTINGS] =
    g_param_spec_boxed ("settings", NULL, NULL, TL_TYPE_LANE_SETTINGS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_fix_init (TlFix *self)
{
}

/**
 * tl_fix_new:
 * @action: what it is
 * @lane: which lane it changes
 * @settings: what that lane is tested with then
 * @label: what a button says, translated
 *
 * Returns: (transfer full): a fix
 */
TlFix *
tl_fix_new (TlAction        action,
            TlLaneKind      lane,
            TlLaneSettings *settings,
            const char     *label)
{
  TlFix *self;

  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);
  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (TL_TYPE_FIX, NULL);
  self->action = action;
  self->lane = lane;
  self->settings = tl_lane_settings_ref (settings);
  self->label = g_strdup (label);

  return self;
}

TlAction
tl_fix_get_action (TlFix *self)
{
  g_return_val_if_fail (TL_IS_FIX (self), TL_ACTION_RETRY);

  return self->action;
}

const char *
tl_fix_get_label (TlFix *self)
{
  g_return_val_if_fail (TL_IS_FIX (self), NULL);

  return self->label;
}

TlLaneKind
tl_fix_get_lane (TlFix *self)
{
  g_return_val_if_fail (TL_IS_FIX (self), TL_LANE_NONE);

  return self->lane;
}

TlLaneSettings *
tl_fix_get_settings (TlFix *self)
{
  g_return_val_if_fail (TL_IS_FIX (self), NULL);

  return self->settings;
}
