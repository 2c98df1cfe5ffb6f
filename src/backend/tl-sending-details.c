/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sending plan in words: what is advised and why, what limits it, how it begins. */
#include "tl-sending-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-policies.h"
#include "tl-provider-words.h"
#include "tl-sending-rule.h"
#include "tl-target.h"

/* Indexed by TlSendingService. */
static const char * const services[] = {
  [TL_SENDING_SERVICE_PROVIDER] =
    N_("Send through the mailbox’s own provider, as a mail program does."),
  [TL_SENDING_SERVICE_PROVIDER_RELAY] =
    N_("Send through the provider’s relay, which its administrator sets up."),
  [TL_SENDING_SERVICE_DEDICATED_RELAY] =
    N_("Send through a sending service made for it."),
  [TL_SENDING_SERVICE_MORE_MAILBOXES] =
    N_("Send through the mailbox’s own provider, from more mailboxes."),
};

/* Indexed by TlLimitOf: why no more is sent. */
static const char * const ceilings[] = {
  [TL_LIMIT_OF_NOBODY]   = N_("No limit is known for this mailbox."),
  [TL_LIMIT_OF_PROVIDER] = N_("The provider takes no more."),
  [TL_LIMIT_OF_PRESET]   = N_("The chosen way of warming up goes no higher."),
  [TL_LIMIT_OF_TARGET]   = N_("The outreach platform takes no more."),
  [TL_LIMIT_OF_POLICY]   = N_("Your organisation allows no more."),
};

static void
append (GString    *text,
        const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* On whose word something is said: “Opinion · somebody else’s page · 2026-01-31”. */
static char *
dup_word (const char *first,
          const char *when,
          gboolean    is_opinion,
          gboolean    is_confirmed,
          const char *source,
          const char *as_of)
{
  GString *text = g_string_new (NULL);

  append (text, first);
  append (text, when);
  /* Translators: of advice: nobody’s rule */
  append (text, is_opinion ? _("Opinion") : NULL);
  append (text, tl_provider_source_get_label (source));
  append (text, as_of);
  append (text, is_confirmed ? NULL : _("not confirmed"));

  return g_string_free (text, text->len == 0);
}

/**
 * tl_sending_list_reasons:
 * @plan: a plan
 *
 * Returns: (transfer full) (element-type TlDetail): why its service is advised, the deciding reason
 *   first: the id of the rule, the reason as label, on whose word as hint, which says so where it
 *   is an opinion; the value is empty
 */
GPtrArray *
tl_sending_list_reasons (TlSendingPlan *plan)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  const char * const *reasons = tl_sending_plan_get_parts (plan)->reasons;

  for (gsize i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      const TlSendingRule *rule = tl_sending_rule_find (reasons[i]);
      g_autofree char *text = NULL;
      g_autofree char *word = NULL;

      if (rule == NULL)
        continue;
      text = tl_sending_rule_dup_text (rule, plan);
      word = dup_word (NULL, NULL, rule->is_opinion, TRUE, rule->source, rule->as_of);
      g_ptr_array_add (details, g_object_new (TL_TYPE_DETAIL, "id", rule->id, "label", text,
                                              "value", "", "hint", word, NULL));
    }

  return details;
}

/* Who sets a limit, by name where there is one. */
static const char *
get_setter (const TlSendingLimit *limit)
{
  TlProvider *provider;
  TlTarget *target;
  const TlWarmUpPreset *preset;

  if (limit->name == NULL)
    return tl_limit_of_get_label (limit->of);

  switch (limit->of)
    {
    case TL_LIMIT_OF_PROVIDER:
      provider = tl_providers_find (limit->name);
      return provider == NULL ? limit->name : tl_provider_get_name (provider);
    case TL_LIMIT_OF_TARGET:
      target = tl_targets_find (limit->name);
      return target == NULL ? limit->name : tl_target_get_product (target);
    case TL_LIMIT_OF_PRESET:
      preset = tl_warm_up_find_preset (limit->name);
      return preset == NULL ? limit->name : _(preset->title);
    case TL_LIMIT_OF_NOBODY:
    case TL_LIMIT_OF_POLICY:
    default:
      return limit->name;
    }
}

/**
 * tl_sending_list_limits:
 * @plan: a plan
 *
 * Returns: (transfer full) (element-type TlDetail): every limit that is known: what it limits as
 *   label (the id is the provider table's word), how much as value, who sets it, when, on whose
 *   word and of which day as hint; group is who sets it, as a nick; the one that decides is ok
 */
GPtrArray *
tl_sending_list_limits (TlSendingPlan *plan)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
  gboolean is_decided = parts->ceiling == 0;

  for (guint i = 0; parts->limits != NULL && i < parts->limits->len; i++)
    {
      const TlSendingLimit *limit = parts->limits->pdata[i];
      g_autofree char *value = g_strdup_printf ("%'u", limit->value);
      g_autofree char *hint = dup_word (get_setter (limit), limit->when, limit->is_opinion,
                                        limit->is_confirmed, limit->source, limit->as_of);
      gboolean decides = !is_decided && limit->of == parts->ceiling_of &&
                         limit->per_day == parts->ceiling;

      is_decided = is_decided || decides;
      g_ptr_array_add (details,
                       g_object_new (TL_TYPE_DETAIL, "id", limit->what,
                                     "status", decides ? TL_STATUS_OK : TL_STATUS_NOT_TESTED,
                                     "label", tl_provider_limit_get_label (limit->what),
                                     "value", value, "hint", hint,
                                     "group", tl_limit_of_get_nick (limit->of), NULL));
    }

  return details;
}

/**
 * tl_sending_describe_service:
 * @plan: a plan
 *
 * Returns: (transfer none): what is advised, one sentence
 */
const char *
tl_sending_describe_service (TlSendingPlan *plan)
{
  return _(services[tl_sending_plan_get_parts (plan)->service]);
}

/**
 * tl_sending_dup_ceiling_text:
 * @plan: a plan
 *
 * Returns: (transfer full): who sets how much is sent, one sentence; without the number, but where
 *   a provider has several and nobody knows which of them counts
 */
char *
tl_sending_dup_ceiling_text (TlSendingPlan *plan)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
  g_autofree char *several = NULL;

  if (parts->ceiling_of == TL_LIMIT_OF_PROVIDER)
    several = tl_sending_limits_dup_text (parts->limits, TL_LIMIT_OF_PROVIDER);
  if (several == NULL || strchr (several, '(') == NULL)
    return g_strdup (_(ceilings[parts->ceiling_of]));

  /* Translators: %s is numbers of messages a day, each with what it holds for in brackets */
  return g_strdup_printf (_("The provider’s limit is %s."), several);
}

/* A service sends by itself: what limits a mailbox does not limit the service. */
static gboolean
is_by_service (const TlSendingPlanParts *parts)
{
  return parts->service == TL_SENDING_SERVICE_PROVIDER_RELAY ||
         parts->service == TL_SENDING_SERVICE_DEDICATED_RELAY;
}

/**
 * tl_sending_dup_ceiling_line:
 * @plan: a plan
 *
 * Returns: (transfer full): how much is sent a day, and who sets that
 */
char *
tl_sending_dup_ceiling_line (TlSendingPlan *plan)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
  g_autofree char *reason = tl_sending_dup_ceiling_text (plan);
  g_autofree char *most = NULL;

  if (parts->ceiling == 0)
    return g_steal_pointer (&reason);

  most = g_strdup_printf (is_by_service (parts)
    /* Translators: %'u is a number of messages; a service that sends in its place was advised */
    ? g_dngettext (GETTEXT_PACKAGE,
                   "From the mailbox itself, without the service, at most %'u message a day.",
                   "From the mailbox itself, without the service, at most %'u messages a day.",
                   parts->ceiling)
    /* Translators: %'u is a number of messages */
    : g_dngettext (GETTEXT_PACKAGE, "At most %'u message a day from this mailbox.",
                   "At most %'u messages a day from this mailbox.", parts->ceiling),
    parts->ceiling);

  return g_strdup_printf ("%s %s", most, reason);
}

/* The first day that has as many messages as any. */
static guint
find_peak (const TlSendingPlanParts *parts)
{
  guint peak = 0;

  for (guint i = 1; i < parts->n_days; i++)
    {
      if (parts->days[i] > parts->days[peak])
        peak = i;
    }

  return peak;
}

/**
 * tl_sending_dup_days_text:
 * @plan: a plan
 *
 * Returns: (transfer full): how it begins and where it gets to, in sentences
 */
char *
tl_sending_dup_days_text (TlSendingPlan *plan)
{
  const TlSendingPlanParts *parts = tl_sending_plan_get_parts (plan);
  guint peak = find_peak (parts);
  g_autofree char *first = NULL;
  g_autofree char *rise = NULL;

  if (parts->n_days == 0)
    return g_strdup (_("There is no plan for the first days."));

  /* Translators: the first of two sentences; %'u is a number of messages */
  first = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u message on the first day.",
                                        "%'u messages on the first day.", parts->days[0]),
                           parts->days[0]);
  /* Translators: numbers of messages, of a day, and of all days, which the plural is of */
  rise = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Up to %'u on day %u, over %u day.",
                                       "Up to %'u on day %u, over %u days.", parts->n_days),
                          parts->days[peak], peak + 1, parts->n_days);

  return g_strjoin (" ", first, rise, parts->weekdays_only ? _("Weekends do not count.") : NULL,
                    NULL);
}

/**
 * tl_sending_dup_preset_source:
 * @plan: a plan
 *
 * Returns: (transfer full): whose opinion the way of warming up is; empty without one
 */
char *
tl_sending_dup_preset_source (TlSendingPlan *plan)
{
  const char *id = tl_sending_plan_get_parts (plan)->preset;
  const TlWarmUpPreset *preset = id == NULL ? NULL : tl_warm_up_find_preset (id);
  char *word = preset == NULL ? NULL
                              : dup_word (NULL, NULL, TRUE, preset->is_confirmed, preset->source,
                                          preset->as_of);

  return word == NULL ? g_strdup ("") : word;
}

/**
 * tl_sending_list_preset_titles:
 *
 * Returns: (transfer full) (array zero-terminated=1): in the order of tl_warm_up_get_preset()
 */
char **
tl_sending_list_preset_titles (void)
{
  g_autoptr(GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < tl_warm_up_get_n_presets (); i++)
    g_strv_builder_add (titles, _(tl_warm_up_get_preset (i)->title));

  return g_strv_builder_end (titles);
}
