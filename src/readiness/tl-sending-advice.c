/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-advice.h"

#include "tl-provider-details.h"
#include "tl-sending-rules.h"

/* What a provider limits, where that limits days. A message is to one recipient, as outreach is. An
 * hour's or a minute's limit times a day is no daily limit: nobody sends around the clock, and who
 * has both counts them apart. What one message may have says nothing about days either. */
static const char * const daily_words[] = {
  "messages-per-day", "recipients-per-day", "external-recipients-per-day", NULL
};

/* Those that are about sending at all. */
static const char * const sending_words[] = {
  "messages-per-day", "messages-per-hour", "messages-per-minute", "external-messages-per-hour",
  "recipients-per-day", "external-recipients-per-day", "recipients-per-message",
  "outgoing-connections", NULL
};

static TlSendingLimit *
new_daily (TlLimitOf   of,
           const char *name,
           guint       per_day)
{
  TlSendingLimit *limit = g_new0 (TlSendingLimit, 1);

  limit->of = of;
  limit->name = g_strdup (name);
  limit->what = g_strdup ("messages-per-day");
  limit->value = per_day;
  limit->per_day = per_day;
  limit->is_confirmed = TRUE;

  return limit;
}

static void
add_of_provider (GPtrArray  *limits,
                 TlProvider *provider)
{
  for (guint i = 0; i < tl_provider_get_n_limits (provider); i++)
    {
      const TlProviderLimit *row = tl_provider_get_limit (provider, i);
      TlSendingLimit *limit;

      if (!g_strv_contains (sending_words, row->what))
        continue;

      limit = g_new0 (TlSendingLimit, 1);
      limit->of = TL_LIMIT_OF_PROVIDER;
      limit->name = g_strdup (tl_provider_get_id (provider));
      limit->what = g_strdup (row->what);
      limit->value = row->value;
      limit->per_day = g_strv_contains (daily_words, row->what) ? row->value : 0;
      limit->when = g_strdup (row->when);
      limit->source = g_strdup (row->source);
      limit->as_of = g_strdup (row->as_of);
      limit->is_confirmed = row->confirmed;
      g_ptr_array_add (limits, limit);
    }
}

static gint
compare_limits (gconstpointer a,
                gconstpointer b)
{
  const TlSendingLimit *one = *(const TlSendingLimit * const *) a;
  const TlSendingLimit *two = *(const TlSendingLimit * const *) b;
  /* Those that say nothing about days come last. */
  guint first = one->per_day - 1;
  guint second = two->per_day - 1;

  return first < second ? -1 : first > second;
}

/* All that are known, the smallest daily ones first. Where mail goes out through a sending service,
 * its limits count and not those of the mailbox's provider. */
static GPtrArray *
list_limits (const TlSendingWish  *wish,
             const TlWarmUpPreset *preset)
{
  g_autoptr(GPtrArray) limits =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_sending_limit_free);

  if (wish->policy_per_day > 0)
    g_ptr_array_add (limits, new_daily (TL_LIMIT_OF_POLICY, wish->policy, wish->policy_per_day));
  if (wish->relay != NULL)
    add_of_provider (limits, wish->relay);
  else if (wish->provider != NULL)
    add_of_provider (limits, wish->provider);
  if (wish->target_per_day > 0)
    g_ptr_array_add (limits, new_daily (TL_LIMIT_OF_TARGET, wish->target, wish->target_per_day));
  if (preset != NULL)
    {
      TlSendingLimit *limit = new_daily (TL_LIMIT_OF_PRESET, preset->id, preset->ceiling);

      limit->source = g_strdup (preset->source);
      limit->as_of = g_strdup (preset->as_of);
      limit->is_opinion = TRUE;
      limit->is_confirmed = preset->is_confirmed;
      g_ptr_array_add (limits, limit);
    }

  g_ptr_array_sort (limits, compare_limits);
  if (limits->len > TL_SENDING_PLAN_MAX_LIMITS)
    g_ptr_array_set_size (limits, TL_SENDING_PLAN_MAX_LIMITS);

  return g_steal_pointer (&limits);
}

/* A preset is advice on cold outreach: of all else it says nothing, unless a person wants it. */
static const TlWarmUpPreset *
find_preset (const TlSendingWish *wish)
{
  if (wish->preset == NULL ||
      (wish->kind != TL_SENDING_KIND_OUTREACH && !wish->is_preset_chosen))
    return NULL;

  return tl_warm_up_find_preset (wish->preset);
}

/* A service sends by itself: a mailbox's days are not those of the service. */
static gboolean
is_by_service (TlSendingService service)
{
  return service == TL_SENDING_SERVICE_PROVIDER_RELAY ||
         service == TL_SENDING_SERVICE_DEDICATED_RELAY;
}

/* The first rule that holds decides; others that lead to the same are named behind it. */
static const TlSendingRule *
list_reasons (const TlSendingCase *facts,
              GPtrArray           *reasons)
{
  TlSendingRules *rules = tl_sending_rules_get ();
  guint n = tl_sending_rules_get_n (rules);
  const TlSendingRule *deciding = NULL;

  for (guint i = 0; i < n && reasons->len < TL_SENDING_PLAN_MAX_REASONS; i++)
    {
      const TlSendingRule *rule = tl_sending_rules_nth (rules, i);
      /* The last one holds always: it is for where nothing else does. */
      gboolean is_last = i + 1 == n;

      if (!tl_sending_rules_holds (rules, i, facts) ||
          (deciding != NULL && (is_last || rule->service != deciding->service)))
        continue;
      if (deciding == NULL)
        deciding = rule;
      g_ptr_array_add (reasons, (gpointer) rule->id);
    }
  g_ptr_array_add (reasons, NULL);

  return deciding;
}

/**
 * tl_sending_advise:
 * @wish: what somebody wants to send, and what else limits it
 *
 * Pure: the same wish has the same plan. Any thread. An unknown preset is none.
 *
 * Returns: (transfer full): what is advised, and how many messages on which day
 */
TlSendingPlan *
tl_sending_advise (const TlSendingWish *wish)
{
  TlSendingPlanParts parts = { 0, };
  TlSendingCase facts = { 0, };
  g_autoptr(GPtrArray) limits = NULL;
  g_autoptr(GPtrArray) reasons = g_ptr_array_new ();
  const TlWarmUpPreset *preset;
  gboolean warms_up;

  g_return_val_if_fail (wish != NULL, NULL);

  preset = find_preset (wish);
  limits = list_limits (wish, preset);

  parts.kind = wish->kind;
  parts.volume = MIN (wish->volume, TL_SENDING_PLAN_MAX_VOLUME);
  parts.n_mailboxes = MAX (wish->n_mailboxes, 1);
  parts.n_domains = MAX (wish->n_domains, 1);
  parts.limits = limits;
  if (limits->len > 0)
    {
      const TlSendingLimit *smallest = limits->pdata[0];

      parts.ceiling = smallest->per_day;
      parts.ceiling_of = smallest->per_day > 0 ? smallest->of : TL_LIMIT_OF_NOBODY;
    }

  facts.kind = parts.kind;
  facts.volume = parts.volume;
  facts.per_mailbox = tl_sending_divide_up (parts.volume, parts.n_mailboxes);
  facts.per_domain = tl_sending_divide_up (parts.volume, parts.n_domains);
  facts.ceiling = parts.ceiling;
  /* Which plan a person has there is not known: the smallest counts. */
  facts.provider_per_day = tl_sending_limits_find_smallest (limits, TL_LIMIT_OF_PROVIDER);
  facts.provider = wish->provider != NULL ? tl_provider_get_id (wish->provider) : NULL;
  facts.relay = wish->relay != NULL ? tl_provider_get_id (wish->relay) : NULL;
  parts.service = list_reasons (&facts, reasons)->service;
  parts.reasons = (const char * const *) reasons->pdata;

  warms_up = parts.kind == TL_SENDING_KIND_OUTREACH || !is_by_service (parts.service);
  if (warms_up && preset != NULL)
    {
      parts.preset = preset->id;
      parts.weekdays_only = preset->weekdays_only;
      parts.days = preset->days;
      parts.n_days = preset->n_days;
    }
  /* The plan lowers to the ceiling what is above it. */
  if (warms_up && wish->n_days > 0)
    {
      parts.is_edited = TRUE;
      parts.days = wish->days;
      parts.n_days = wish->n_days;
    }

  return tl_sending_plan_new (&parts);
}
