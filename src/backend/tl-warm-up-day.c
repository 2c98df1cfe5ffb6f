/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-private.h"

struct _TlWarmUpDay
{
  GObject parent_instance;

  guint   day;
  guint   messages;
  guint   ceiling;
};

enum
{
  PROP_DAY = 1,
  PROP_MESSAGES,
  PROP_CEILING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_EDIT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TlWarmUpDay, tl_warm_up_day, G_TYPE_OBJECT)

static void
tl_warm_up_day_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  TlWarmUpDay *self = TL_WARM_UP_DAY (object);

  switch (prop_id)
    {
    case PROP_DAY:
      g_value_set_uint (value, self->day);
      break;
    case PROP_MESSAGES:
      g_value_set_uint (value, self->messages);
      break;
    case PROP_CEILING:
      g_value_set_uint (value, self->ceiling);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_warm_up_day_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  TlWarmUpDay *self = TL_WARM_UP_DAY (object);

  switch (prop_id)
    {
    case PROP_DAY:
      self->day = g_value_get_uint (value);
      break;
    case PROP_MESSAGES:
      /* Whoever owns the plan decides, and shows what comes of it. */
      if (g_value_get_uint (value) != self->messages)
        g_signal_emit (self, signals[SIGNAL_EDIT], 0, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_warm_up_day_class_init (TlWarmUpDayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = tl_warm_up_day_get_property;
  object_class->set_property = tl_warm_up_day_set_property;

  properties[PROP_DAY] =
    g_param_spec_uint ("day", NULL, NULL, 1, TL_SENDING_PLAN_MAX_DAYS, 1,
                       ro | G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_MESSAGES] =
    g_param_spec_uint ("messages", NULL, NULL, 0, G_MAXUINT, 0, ro | G_PARAM_WRITABLE);
  properties[PROP_CEILING] = g_param_spec_uint ("ceiling", NULL, NULL, 0, G_MAXUINT, 0, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_EDIT] =
    g_signal_new ("edit", TL_TYPE_WARM_UP_DAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
tl_warm_up_day_init (TlWarmUpDay *self)
{
}

TlWarmUpDay *
tl_warm_up_day_new (guint day)
{
  return g_object_new (TL_TYPE_WARM_UP_DAY, "day", day, NULL);
}

/**
 * tl_warm_up_day_show:
 * @self: a day
 * @messages: how many messages it has now
 * @ceiling: the most it may have, 0: no limit is known
 */
void
tl_warm_up_day_show (TlWarmUpDay *self,
                     guint        messages,
                     guint        ceiling)
{
  if (self->ceiling != ceiling)
    {
      self->ceiling = ceiling;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CEILING]);
    }
  if (self->messages != messages)
    {
      self->messages = messages;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGES]);
    }
}

guint
tl_warm_up_day_get_messages (TlWarmUpDay *self)
{
  g_return_val_if_fail (TL_IS_WARM_UP_DAY (self), 0);

  return self->messages;
}
