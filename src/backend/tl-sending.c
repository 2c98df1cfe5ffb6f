/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-private.h"

#include "tl-error.h"

/* What begins where nobody said anything: for somebody who writes to strangers. */
#define DEFAULT_PRESET "standard"

struct _TlSending
{
  GObject        parent_instance;

  /* Owned: what is wished for */
  TlSendingKind  kind;
  guint          volume;
  guint          n_mailboxes;
  guint          n_domains;
  char          *preset;
  gboolean       is_preset_chosen; /* by a person */
  GArray        *edited;       /* of guint; NULL: as the preset has them */
  gboolean       was_asked;

  /* Owned: what else counts */
  TlProvider    *provider;
  TlProvider    *said_provider; /* in place of the above */
  TlProvider    *relay;
  char          *target;
  guint          target_per_day;
  char          *policy;
  guint          policy_per_day;

  /* Owned: what comes of it */
  TlSendingPlan *plan;
  GListStore    *reasons;
  GListStore    *limits;
  GListStore    *days;
};

enum
{
  PROP_KIND = 1,
  PROP_VOLUME,
  PROP_N_MAILBOXES,
  PROP_N_DOMAINS,
  PROP_PRESET,
  PROP_PRESET_TITLES,
  PROP_PLAN,
  PROP_SERVICE_TITLE,
  PROP_REASONS,
  PROP_LIMITS,
  PROP_CEILING,
  PROP_CEILING_TEXT,
  PROP_CEILING_LINE,
  PROP_DAYS,
  PROP_DAYS_TEXT,
  PROP_PRESET_SOURCE,
  PROP_IS_EDITED,
  PROP_WAS_ASKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (TlSending, tl_sending, G_TYPE_OBJECT)

static void
notify (TlSending *self,
        guint      prop_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop_id]);
}

static void
fill_taking (GListStore *store,
             GPtrArray  *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items->pdata, items->len);
  g_ptr_array_unref (items);
}

static void
on_edited (TlSending   *self,
           guint        messages,
           TlWarmUpDay *day)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (self->plan);
  g_autofree guint *days = g_memdup2 (parts->days, parts->n_days * sizeof (guint));
  g_autoptr(GError) error = NULL;
  guint number = 1;

  g_object_get (day, "day", &number, NULL);
  if (number > parts->n_days)
    return;

  days[number - 1] = messages;
  /* A row that is ahead of the plan is told what holds, as when more was typed than is allowed. */
  if (!tl_sending_set_days (self, days, parts->n_days, &error) ||
      tl_warm_up_day_get_messages (day) != messages)
    g_object_notify (G_OBJECT (day), "messages");
}

/* Days that stay keep their row: what has the focus keeps it. */
static void
show_days (TlSending *self)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (self->plan);
  GListModel *days = G_LIST_MODEL (self->days);
  guint n = g_list_model_get_n_items (days);

  if (n > parts->n_days)
    g_list_store_splice (self->days, parts->n_days, n - parts->n_days, NULL, 0);
  for (guint i = 0; i < parts->n_days; i++)
    {
      g_autoptr(TlWarmUpDay) day = i < n ? g_list_model_get_item (days, i)
                                         : tl_warm_up_day_new (i + 1);

      tl_warm_up_day_show (day, parts->days[i], parts->ceiling);
      if (i < n)
        continue;
      g_signal_connect_object (day, "edit", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      g_list_store_append (self->days, day);
    }
}

static TlSendingPlan *
advise (TlSending *self)
{
  TlSendingWish wish = {
    .kind = self->kind,
    .volume = self->volume,
    .n_mailboxes = self->n_mailboxes,
    .n_domains = self->n_domains,
    .provider = self->said_provider != NULL ? self->said_provider : self->provider,
    .relay = self->relay,
    .preset = self->preset,
    .is_preset_chosen = self->is_preset_chosen,
    .target = self->target,
    .target_per_day = self->target_per_day,
    .policy = self->policy,
    .policy_per_day = self->policy_per_day,
  };

  if (self->edited != NULL)
    {
      wish.days = (const guint *) (gpointer) self->edited->data;
      wish.n_days = self->edited->len;
    }

  return tl_sending_advise (&wish);
}

/* Works out anew what is advised. */
static void
refresh (TlSending *self)
{
  static const guint follow[] = {
    PROP_PLAN, PROP_SERVICE_TITLE, PROP_CEILING, PROP_CEILING_TEXT, PROP_CEILING_LINE,
    PROP_DAYS_TEXT, PROP_PRESET_SOURCE, PROP_IS_EDITED,
  };

  g_clear_pointer (&self->plan, tl_sending_plan_unref);
  self->plan = advise (self);
  fill_taking (self->reasons, tl_sending_list_reasons (self->plan));
  fill_taking (self->limits, tl_sending_list_limits (self->plan));
  show_days (self);
  for (gsize i = 0; i < G_N_ELEMENTS (follow); i++)
    notify (self, follow[i]);
}

static void
ask (TlSending *self)
{
  if (self->was_asked)
    return;
  self->was_asked = TRUE;
  notify (self, PROP_WAS_ASKED);
}

static void
set_number (TlSending *self,
            guint     *number,
            guint      value,
            guint      min,
            guint      max,
            guint      prop_id)
{
  value = CLAMP (value, min, max);
  if (*number == value)
    return;
  *number = value;
  ask (self);
  refresh (self);
  notify (self, prop_id);
}

static void
set_kind (TlSending     *self,
          TlSendingKind  kind)
{
  if (self->kind == kind)
    return;
  self->kind = kind;
  ask (self);
  refresh (self);
  notify (self, PROP_KIND);
}

static void
tl_sending_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  TlSending *self = TL_SENDING (object);
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (self->plan);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, (int) self->kind);
      break;
    case PROP_VOLUME:
      g_value_set_uint (value, self->volume);
      break;
    case PROP_N_MAILBOXES:
      g_value_set_uint (value, self->n_mailboxes);
      break;
    case PROP_N_DOMAINS:
      g_value_set_uint (value, self->n_domains);
      break;
    case PROP_PRESET:
      g_value_set_string (value, self->preset);
      break;
    case PROP_PRESET_TITLES:
      g_value_take_boxed (value, tl_sending_list_preset_titles ());
      break;
    case PROP_PLAN:
      g_value_set_boxed (value, self->plan);
      break;
    case PROP_SERVICE_TITLE:
      g_value_set_string (value, tl_sending_describe_service (self->plan));
      break;
    case PROP_REASONS:
      g_value_set_object (value, self->reasons);
      break;
    case PROP_LIMITS:
      g_value_set_object (value, self->limits);
      break;
    case PROP_CEILING:
      g_value_set_uint (value, parts->ceiling);
      break;
    case PROP_CEILING_TEXT:
      g_value_take_string (value, tl_sending_dup_ceiling_text (self->plan));
      break;
    case PROP_CEILING_LINE:
      g_value_take_string (value, tl_sending_dup_ceiling_line (self->plan));
      break;
    case PROP_DAYS:
      g_value_set_object (value, self->days);
      break;
    case PROP_DAYS_TEXT:
      g_value_take_string (value, tl_sending_dup_days_text (self->plan));
      break;
    case PROP_PRESET_SOURCE:
      g_value_take_string (value, tl_sending_dup_preset_source (self->plan));
      break;
    case PROP_IS_EDITED:
      g_value_set_boolean (value, parts->is_edited);
      break;
    case PROP_WAS_ASKED:
      g_value_set_boolean (value, self->was_asked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_sending_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  TlSending *self = TL_SENDING (object);

  switch (prop_id)
    {
    case PROP_KIND:
      set_kind (self, (TlSendingKind) g_value_get_enum (value));
      break;
    case PROP_VOLUME:
      set_number (self, &self->volume, g_value_get_uint (value), 0, TL_SENDING_PLAN_MAX_VOLUME,
                  prop_id);
      break;
    case PROP_N_MAILBOXES:
      set_number (self, &self->n_mailboxes, g_value_get_uint (value), 1,
                  TL_SENDING_PLAN_MAX_MAILBOXES, prop_id);
      break;
    case PROP_N_DOMAINS:
      set_number (self, &self->n_domains, g_value_get_uint (value), 1,
                  TL_SENDING_PLAN_MAX_DOMAINS, prop_id);
      break;
    case PROP_PRESET:
      /* A list on screen that was ahead is told what holds. */
      if (!tl_sending_set_preset (self, g_value_get_string (value), NULL))
        notify (self, PROP_PRESET);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_sending_finalize (GObject *object)
{
  TlSending *self = TL_SENDING (object);

  g_free (self->preset);
  g_clear_pointer (&self->edited, g_array_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_clear_pointer (&self->said_provider, tl_provider_unref);
  g_clear_pointer (&self->relay, tl_provider_unref);
  g_free (self->target);
  g_free (self->policy);
  g_clear_pointer (&self->plan, tl_sending_plan_unref);
  g_clear_object (&self->reasons);
  g_clear_object (&self->limits);
  g_clear_object (&self->days);

  G_OBJECT_CLASS (tl_sending_parent_class)->finalize (object);
}

static void
tl_sending_class_init (TlSendingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags ro = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags rw = ro | G_PARAM_WRITABLE;
  static const struct { guint id; const char *name; } models[] = {
    { PROP_REASONS, "reasons" },
    { PROP_LIMITS, "limits" },
    { PROP_DAYS, "days" },
  };
  static const struct { guint id; const char *name; } strings[] = {
    { PROP_SERVICE_TITLE, "service-title" },
    { PROP_CEILING_TEXT, "ceiling-text" },
    { PROP_CEILING_LINE, "ceiling-line" },
    { PROP_DAYS_TEXT, "days-text" },
    { PROP_PRESET_SOURCE, "preset-source" },
  };
  /* What is out of bounds is brought within them, and not refused. */
  static const struct { guint id; const char *name; guint usual; } numbers[] = {
    { PROP_VOLUME, "volume", 0 },
    { PROP_N_MAILBOXES, "n-mailboxes", 1 },
    { PROP_N_DOMAINS, "n-domains", 1 },
  };

  object_class->get_property = tl_sending_get_property;
  object_class->set_property = tl_sending_set_property;
  object_class->finalize = tl_sending_finalize;

  for (gsize i = 0; i < G_N_ELEMENTS (models); i++)
    properties[models[i].id] =
      g_param_spec_object (models[i].name, NULL, NULL, G_TYPE_LIST_MODEL, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, ro);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    properties[numbers[i].id] =
      g_param_spec_uint (numbers[i].name, NULL, NULL, 0, G_MAXUINT, numbers[i].usual, rw);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, TL_TYPE_SENDING_KIND,
                                             TL_SENDING_KIND_OUTREACH, rw);
  properties[PROP_PRESET] = g_param_spec_string ("preset", NULL, NULL, NULL, rw);
  properties[PROP_PRESET_TITLES] =
    g_param_spec_boxed ("preset-titles", NULL, NULL, G_TYPE_STRV, ro);
  properties[PROP_PLAN] = g_param_spec_boxed ("plan", NULL, NULL, TL_TYPE_SENDING_PLAN, ro);
  properties[PROP_CEILING] = g_param_spec_uint ("ceiling", NULL, NULL, 0, G_MAXUINT, 0, ro);
  properties[PROP_IS_EDITED] = g_param_spec_boolean ("is-edited", NULL, NULL, FALSE, ro);
  properties[PROP_WAS_ASKED] = g_param_spec_boolean ("was-asked", NULL, NULL, FALSE, ro);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wish_nothing (TlSending *self)
{
  self->kind = TL_SENDING_KIND_OUTREACH;
  self->volume = 0;
  self->n_mailboxes = 1;
  self->n_domains = 1;
  g_free (self->preset);
  self->preset = g_strdup (DEFAULT_PRESET);
  self->is_preset_chosen = FALSE;
  g_clear_pointer (&self->edited, g_array_unref);
  self->was_asked = FALSE;
}

static void
tl_sending_init (TlSending *self)
{
  self->reasons = g_list_store_new (TL_TYPE_DETAIL);
  self->limits = g_list_store_new (TL_TYPE_DETAIL);
  self->days = g_list_store_new (TL_TYPE_WARM_UP_DAY);
  wish_nothing (self);
  refresh (self);
}

TlSending *
tl_sending_new (void)
{
  return g_object_new (TL_TYPE_SENDING, NULL);
}

/**
 * tl_sending_start_over:
 * @self: a sending
 *
 * For another address: nobody wishes for anything.
 */
void
tl_sending_start_over (TlSending *self)
{
  static const guint follow[] = {
    PROP_KIND, PROP_VOLUME, PROP_N_MAILBOXES, PROP_N_DOMAINS, PROP_PRESET, PROP_WAS_ASKED,
  };

  g_return_if_fail (TL_IS_SENDING (self));

  if (!self->was_asked && self->said_provider == NULL)
    return;
  wish_nothing (self);
  g_clear_pointer (&self->said_provider, tl_provider_unref);
  refresh (self);
  for (gsize i = 0; i < G_N_ELEMENTS (follow); i++)
    notify (self, follow[i]);
}

static void
replace_provider (TlProvider **place,
                  TlProvider  *provider)
{
  TlProvider *old = *place;

  *place = provider == NULL ? NULL : tl_provider_ref (provider);
  g_clear_pointer (&old, tl_provider_unref);
}

static void
replace_text (char       **place,
              const char  *text)
{
  char *old = *place;

  *place = g_strdup (text);
  g_free (old);
}

/**
 * tl_sending_set_around:
 * @self: a sending
 * @around: what else counts, now
 */
void
tl_sending_set_around (TlSending             *self,
                       const TlSendingAround *around)
{
  g_return_if_fail (TL_IS_SENDING (self));

  if (self->provider == around->provider && self->relay == around->relay &&
      self->target_per_day == around->target_per_day &&
      self->policy_per_day == around->policy_per_day &&
      g_strcmp0 (self->target, around->target) == 0 &&
      g_strcmp0 (self->policy, around->policy) == 0)
    return;

  replace_provider (&self->provider, around->provider);
  replace_provider (&self->relay, around->relay);
  replace_text (&self->target, around->target);
  replace_text (&self->policy, around->policy);
  self->target_per_day = around->target_per_day;
  self->policy_per_day = around->policy_per_day;
  refresh (self);
}

/**
 * tl_sending_set_provider:
 * @self: a sending
 * @provider: (nullable): whose mailbox it is, in place of what was found out; %NULL for that
 */
void
tl_sending_set_provider (TlSending  *self,
                         TlProvider *provider)
{
  g_return_if_fail (TL_IS_SENDING (self));

  if (self->said_provider == provider)
    return;
  replace_provider (&self->said_provider, provider);
  refresh (self);
}

TlSendingPlan *
tl_sending_get_plan (TlSending *self)
{
  g_return_val_if_fail (TL_IS_SENDING (self), NULL);

  return self->plan;
}

gboolean
tl_sending_was_asked (TlSending *self)
{
  g_return_val_if_fail (TL_IS_SENDING (self), FALSE);

  return self->was_asked;
}

/**
 * tl_sending_confirm:
 * @self: a sending
 *
 * Somebody says yes to the plan as it is.
 */
void
tl_sending_confirm (TlSending *self)
{
  g_return_if_fail (TL_IS_SENDING (self));

  ask (self);
}

GListModel *
tl_sending_get_reasons (TlSending *self)
{
  g_return_val_if_fail (TL_IS_SENDING (self), NULL);

  return G_LIST_MODEL (self->reasons);
}

GListModel *
tl_sending_get_limits (TlSending *self)
{
  g_return_val_if_fail (TL_IS_SENDING (self), NULL);

  return G_LIST_MODEL (self->limits);
}

GListModel *
tl_sending_get_days (TlSending *self)
{
  g_return_val_if_fail (TL_IS_SENDING (self), NULL);

  return G_LIST_MODEL (self->days);
}

/**
 * tl_sending_set_preset:
 * @self: a sending
 * @id: of a preset
 * @error: return location for a #GError
 *
 * Begins anew as a preset has it: days that a person changed are forgotten.
 *
 * Returns: whether there is such a preset; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_sending_set_preset (TlSending   *self,
                       const char  *id,
                       GError     **error)
{
  g_return_val_if_fail (TL_IS_SENDING (self), FALSE);

  if (id == NULL || tl_warm_up_find_preset (id) == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "preset: there is none of that "
                           "name");
      return FALSE;
    }
  if (g_strcmp0 (self->preset, id) == 0 && self->is_preset_chosen)
    {
      ask (self);
      return TRUE;
    }

  self->is_preset_chosen = TRUE;
  if (g_strcmp0 (self->preset, id) != 0)
    {
      g_free (self->preset);
      self->preset = g_strdup (id);
      g_clear_pointer (&self->edited, g_array_unref);
    }
  ask (self);
  refresh (self);
  notify (self, PROP_PRESET);

  return TRUE;
}

/**
 * tl_sending_set_days:
 * @self: a sending
 * @days: (array length=n_days): how many messages on the first, second, … day
 * @n_days: how many days, 1 to `TL_SENDING_PLAN_MAX_DAYS`
 * @error: return location for a #GError
 *
 * A person's own plan. Days above the ceiling are lowered to it, for as long as it is so low.
 *
 * Returns: whether it can be meant; %FALSE with %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_sending_set_days (TlSending    *self,
                     const guint  *days,
                     guint         n_days,
                     GError      **error)
{
  g_return_val_if_fail (TL_IS_SENDING (self), FALSE);

  if (n_days == 0 || n_days > TL_SENDING_PLAN_MAX_DAYS)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "days: 1 to %d are needed",
                   TL_SENDING_PLAN_MAX_DAYS);
      return FALSE;
    }
  for (guint i = 0; i < n_days; i++)
    {
      if (days[i] > TL_SENDING_PLAN_MAX_VOLUME)
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "days: more than %d messages on "
                       "day %u", TL_SENDING_PLAN_MAX_VOLUME, i + 1);
          return FALSE;
        }
    }

  g_clear_pointer (&self->edited, g_array_unref);
  self->edited = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_days);
  g_array_append_vals (self->edited, days, n_days);
  ask (self);
  refresh (self);

  return TRUE;
}

/**
 * tl_sending_reset_days:
 * @self: a sending
 *
 * Back to the days of the preset.
 */
void
tl_sending_reset_days (TlSending *self)
{
  g_return_if_fail (TL_IS_SENDING (self));

  if (self->edited == NULL)
    return;
  g_clear_pointer (&self->edited, g_array_unref);
  refresh (self);
}
