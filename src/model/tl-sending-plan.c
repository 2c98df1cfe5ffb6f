/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-plan.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

struct _TlSendingPlan
{
  TlSendingPlanParts parts; /* with everything of its own */
};

G_DEFINE_ENUM_TYPE (TlSendingService, tl_sending_service,
                    G_DEFINE_ENUM_VALUE (TL_SENDING_SERVICE_PROVIDER, "provider"),
                    G_DEFINE_ENUM_VALUE (TL_SENDING_SERVICE_PROVIDER_RELAY, "provider-relay"),
                    G_DEFINE_ENUM_VALUE (TL_SENDING_SERVICE_DEDICATED_RELAY, "dedicated-relay"),
                    G_DEFINE_ENUM_VALUE (TL_SENDING_SERVICE_MORE_MAILBOXES, "more-mailboxes"))

G_DEFINE_ENUM_TYPE (TlSendingKind, tl_sending_kind,
                    G_DEFINE_ENUM_VALUE (TL_SENDING_KIND_OUTREACH, "outreach"),
                    G_DEFINE_ENUM_VALUE (TL_SENDING_KIND_SUBSCRIBED, "subscribed"),
                    G_DEFINE_ENUM_VALUE (TL_SENDING_KIND_CONVERSATION, "conversation"))

G_DEFINE_ENUM_TYPE (TlLimitOf, tl_limit_of,
                    G_DEFINE_ENUM_VALUE (TL_LIMIT_OF_NOBODY, "nobody"),
                    G_DEFINE_ENUM_VALUE (TL_LIMIT_OF_PROVIDER, "provider"),
                    G_DEFINE_ENUM_VALUE (TL_LIMIT_OF_PRESET, "preset"),
                    G_DEFINE_ENUM_VALUE (TL_LIMIT_OF_TARGET, "target"),
                    G_DEFINE_ENUM_VALUE (TL_LIMIT_OF_POLICY, "policy"))

/* Indexed by TlSendingService. */
static const char * const service_labels[] = {
  [TL_SENDING_SERVICE_PROVIDER] =
    N_("The mailbox’s own provider"),
  /* Translators: a relay passes messages on; this one is run by the mailbox's provider */
  [TL_SENDING_SERVICE_PROVIDER_RELAY] =
    N_("The provider’s relay, which its administrator sets up"),
  [TL_SENDING_SERVICE_DEDICATED_RELAY] =
    N_("A sending service of its own"),
  [TL_SENDING_SERVICE_MORE_MAILBOXES] =
    N_("The mailbox’s own provider, spread over more mailboxes"),
};

/* Indexed by TlSendingKind. */
static const char * const kind_labels[] = {
  [TL_SENDING_KIND_OUTREACH]     = N_("To people who have not asked for them"),
  [TL_SENDING_KIND_SUBSCRIBED]   = N_("To people who signed up"),
  [TL_SENDING_KIND_CONVERSATION] = N_("One person writing to another"),
};

/* Indexed by TlLimitOf. */
static const char * const of_labels[] = {
  /* Translators: these say who sets a limit on how much is sent */
  [TL_LIMIT_OF_NOBODY]   = N_("Nobody"),
  [TL_LIMIT_OF_PROVIDER] = N_("The provider"),
  [TL_LIMIT_OF_PRESET]   = N_("The way of warming up"),
  [TL_LIMIT_OF_TARGET]   = N_("The outreach platform"),
  [TL_LIMIT_OF_POLICY]   = N_("Your organisation"),
};

G_DEFINE_BOXED_TYPE (TlSendingPlan, tl_sending_plan, tl_sending_plan_ref, tl_sending_plan_unref)

const char *
tl_sending_service_get_nick (TlSendingService service)
{
  return tl_nick_get (TL_TYPE_SENDING_SERVICE, (int) service);
}

const char *
tl_sending_service_get_label (TlSendingService service)
{
  g_return_val_if_fail ((guint) service < G_N_ELEMENTS (service_labels), NULL);

  return _(service_labels[service]);
}

const char *
tl_sending_kind_get_nick (TlSendingKind kind)
{
  return tl_nick_get (TL_TYPE_SENDING_KIND, (int) kind);
}

const char *
tl_sending_kind_get_label (TlSendingKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_labels), NULL);

  return _(kind_labels[kind]);
}

const char *
tl_limit_of_get_nick (TlLimitOf of)
{
  return tl_nick_get (TL_TYPE_LIMIT_OF, (int) of);
}

const char *
tl_limit_of_get_label (TlLimitOf of)
{
  g_return_val_if_fail ((guint) of < G_N_ELEMENTS (of_labels), NULL);

  return _(of_labels[of]);
}

/**
 * tl_sending_limit_copy:
 * @self: a limit
 *
 * Returns: (transfer full): the same, with strings of its own
 */
TlSendingLimit *
tl_sending_limit_copy (const TlSendingLimit *self)
{
  TlSendingLimit *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  copy->what = g_strdup (self->what);
  copy->when = g_strdup (self->when);
  copy->source = g_strdup (self->source);
  copy->as_of = g_strdup (self->as_of);

  return copy;
}

void
tl_sending_limit_free (TlSendingLimit *self)
{
  g_free (self->name);
  g_free (self->what);
  g_free (self->when);
  g_free (self->source);
  g_free (self->as_of);
  g_free (self);
}

/**
 * tl_sending_limits_find_smallest:
 * @limits: (element-type TlSendingLimit): limits in the order of a plan, the smallest daily first
 * @of: who sets it
 *
 * Returns: the fewest messages a day that one of @of's allows; 0 when none says anything about days
 */
guint
tl_sending_limits_find_smallest (GPtrArray *limits,
                                 TlLimitOf  of)
{
  for (guint i = 0; i < limits->len; i++)
    {
      const TlSendingLimit *limit = limits->pdata[i];

      if (limit->per_day > 0 && limit->of == of)
        return limit->per_day;
    }

  return 0;
}

/* Appends one of several numbers: “500 (Gmail, a trial)”. */
static void
append_limit (GString    *text,
              guint       per_day,
              GStrv       cases)
{
  g_autofree char *joined = g_strjoinv (", ", cases);

  if (text->len > 0)
    g_string_append (text, ", ");
  if (*joined == '\0')
    g_string_append_printf (text, "%'u", per_day);
  else
    g_string_append_printf (text, "%'u (%s)", per_day, joined);
}

/**
 * tl_sending_limits_dup_text:
 * @limits: (element-type TlSendingLimit): limits in the order of a plan, the smallest daily first
 * @of: who sets them
 *
 * One provider may allow several numbers, each with another of its plans, and which plan a mailbox
 * has is not known: all of them are named, the smallest counts, and that is said.
 *
 * Returns: (transfer full) (nullable): how many messages a day @of allows, inside a sentence: the
 *   smallest and, of what limits the same, each larger number with its plans; %NULL when none says
 *   anything about days
 */
char *
tl_sending_limits_dup_text (GPtrArray *limits,
                            TlLimitOf  of)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const char *what = NULL;
  guint n_numbers = 0;

  for (guint i = 0; i < limits->len;)
    {
      const TlSendingLimit *first = limits->pdata[i];
      g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
      g_auto(GStrv) cases = NULL;
      gboolean is_named = FALSE;

      for (; i < limits->len; i++)
        {
          const TlSendingLimit *limit = limits->pdata[i];

          if (limit->per_day != first->per_day)
            break;
          if (limit->per_day == 0 || limit->of != of ||
              (what != NULL && !g_str_equal (limit->what, what)))
            continue;

          what = limit->what;
          is_named = TRUE;
          if (limit->when != NULL)
            g_strv_builder_add (builder, limit->when);
        }
      if (!is_named)
        continue;

      cases = g_strv_builder_end (builder);
      append_limit (text, first->per_day, cases);
      n_numbers++;
    }

  if (n_numbers > 1)
    /* Translators: follows numbers of messages a day, each with the plans of a provider that it is
     * for */
    g_string_append (text, _("; which plan this is is not known, so the smallest counts"));

  return g_string_free (g_steal_pointer (&text), n_numbers == 0);
}

/**
 * tl_sending_divide_up:
 * @volume: how many messages a day
 * @by: how many mailboxes, or how many messages each sends
 *
 * Returns: how many each sends, or how many mailboxes it takes; 0 where @by is
 */
guint
tl_sending_divide_up (guint volume,
                      guint by)
{
  return by == 0 ? 0 : volume / by + (volume % by > 0);
}

/* What says nothing about days comes last; the rest as they were given (the sort is stable). */
static int
compare_limits (gconstpointer a,
                gconstpointer b)
{
  const TlSendingLimit *left = *(const TlSendingLimit * const *) a;
  const TlSendingLimit *right = *(const TlSendingLimit * const *) b;
  guint left_per_day = left->per_day > 0 ? left->per_day : G_MAXUINT;
  guint right_per_day = right->per_day > 0 ? right->per_day : G_MAXUINT;

  return left_per_day < right_per_day ? -1 : left_per_day > right_per_day;
}

static GPtrArray *
copy_limits (GPtrArray *limits)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_sending_limit_free);

  for (guint i = 0; limits != NULL && i < limits->len; i++)
    g_ptr_array_add (copies, tl_sending_limit_copy (g_ptr_array_index (limits, i)));
  g_ptr_array_sort (copies, compare_limits);
  if (copies->len > TL_SENDING_PLAN_MAX_LIMITS)
    g_ptr_array_set_size (copies, TL_SENDING_PLAN_MAX_LIMITS);

  return copies;
}

static char **
copy_reasons (const char * const *reasons)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; reasons != NULL && reasons[i] != NULL && i < TL_SENDING_PLAN_MAX_REASONS; i++)
    g_strv_builder_add (builder, reasons[i]);

  return g_strv_builder_end (builder);
}

/* The smallest that says something about days. */
static void
work_out_ceiling (TlSendingPlanParts *parts)
{
  const TlSendingLimit *first = parts->limits->len > 0 ? g_ptr_array_index (parts->limits, 0)
                                                       : NULL;
  gboolean is_known = first != NULL && first->per_day > 0;

  parts->ceiling = is_known ? first->per_day : 0;
  parts->ceiling_of = is_known ? first->of : TL_LIMIT_OF_NOBODY;
}

static void
copy_days (TlSendingPlanParts *parts)
{
  guint n_days = MIN (parts->n_days, TL_SENDING_PLAN_MAX_DAYS);
  guint most = parts->ceiling > 0 ? MIN (parts->ceiling, TL_SENDING_PLAN_MAX_VOLUME)
                                  : TL_SENDING_PLAN_MAX_VOLUME;
  guint *days = g_new0 (guint, n_days + 1);

  for (guint i = 0; i < n_days; i++)
    days[i] = MIN (parts->days[i], most);
  parts->days = days;
  parts->n_days = n_days;
}

/**
 * tl_sending_plan_new:
 * @parts: what it is made of; all of it stays the caller's
 *
 * Puts the limits in order and works out the ceiling from them, whatever @parts says of it; days
 * above it are lowered to it. What is more than a plan holds is left out.
 *
 * Returns: (transfer full): a plan
 */
TlSendingPlan *
tl_sending_plan_new (const TlSendingPlanParts *parts)
{
  TlSendingPlan *self = g_atomic_rc_box_new0 (TlSendingPlan);

  self->parts = *parts;
  self->parts.volume = MIN (parts->volume, TL_SENDING_PLAN_MAX_VOLUME);
  self->parts.n_mailboxes = CLAMP (parts->n_mailboxes, 1, TL_SENDING_PLAN_MAX_MAILBOXES);
  self->parts.n_domains = CLAMP (parts->n_domains, 1, TL_SENDING_PLAN_MAX_DOMAINS);
  self->parts.reasons = (const char * const *) copy_reasons (parts->reasons);
  self->parts.limits = copy_limits (parts->limits);
  self->parts.preset = g_strdup (parts->preset);
  work_out_ceiling (&self->parts);
  copy_days (&self->parts);

  return self;
}

TlSendingPlan *
tl_sending_plan_ref (TlSendingPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_sending_plan_clear (gpointer data)
{
  TlSendingPlan *self = data;

  g_strfreev ((char **) self->parts.reasons);
  g_ptr_array_unref (self->parts.limits);
  g_free ((char *) self->parts.preset);
  g_free ((guint *) self->parts.days);
}

void
tl_sending_plan_unref (TlSendingPlan *self)
{
  g_atomic_rc_box_release_full (self, tl_sending_plan_clear);
}

/**
 * tl_sending_plan_get_parts:
 * @self: a plan
 *
 * Returns: (transfer none): all of it; neither reasons nor limits are %NULL
 */
const TlSendingPlanParts *
tl_sending_plan_get_parts (const TlSendingPlan *self)
{
  return &self->parts;
}
