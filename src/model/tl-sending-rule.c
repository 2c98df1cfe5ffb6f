/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sending-rule.h"

#include <glib/gi18n-lib.h>

#include "tl-provider.h"
#include "tl-sending-rules.h"

/**
 * tl_sending_rule_find:
 * @id: what a plan's reasons name
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the rule, or %NULL when there is none: a plan may be from
 *   another version
 */
const TlSendingRule *
tl_sending_rule_find (const char *id)
{
  TlSendingRules *rules = tl_sending_rules_get ();

  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < tl_sending_rules_get_n (rules); i++)
    {
      if (g_str_equal (tl_sending_rules_nth (rules, i)->id, id))
        return tl_sending_rules_nth (rules, i);
    }

  return NULL;
}

static char *
dup_provider_name (const TlSendingPlanParts *parts)
{
  for (guint i = 0; i < parts->limits->len; i++)
    {
      const TlSendingLimit *limit = parts->limits->pdata[i];
      TlProvider *provider = limit->of == TL_LIMIT_OF_PROVIDER && limit->name != NULL
                             ? tl_providers_find (limit->name) : NULL;

      if (provider != NULL)
        return g_strdup (tl_provider_get_name (provider));
    }

  /* Translators: in a sentence, in the place of a mail provider's name that is not known */
  return g_strdup (_("your provider"));
}

static char *
dup_number (guint number)
{
  if (number > 0)
    return g_strdup_printf ("%'u", number);

  /* Translators: in a sentence, in the place of a number that is not known */
  return g_strdup (_("an unknown number of"));
}

/**
 * tl_sending_rule_dup_text:
 * @self: a rule that is among the reasons of @plan
 * @plan: a plan
 *
 * `{limit}` is the plan's ceiling, `{provider_limits}` what the provider allows with which of its
 * plans, and `{needed}` how many mailboxes it takes to stay below the ceiling.
 *
 * Returns: (transfer full): why, one sentence in the user's language
 */
char *
tl_sending_rule_dup_text (const TlSendingRule *self,
                          TlSendingPlan       *plan)
{
  const TlSendingPlanParts *parts;
  g_autoptr(GString) text = NULL;
  struct
  {
    const char *name;
    char       *value;
  } values[7];

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (plan != NULL, NULL);

  parts = tl_sending_plan_get_parts (plan);
  values[0].name = "{volume}";
  values[0].value = dup_number (parts->volume);
  values[1].name = "{per_mailbox}";
  values[1].value = dup_number (tl_sending_divide_up (parts->volume, MAX (parts->n_mailboxes, 1)));
  values[2].name = "{per_domain}";
  values[2].value = dup_number (tl_sending_divide_up (parts->volume, MAX (parts->n_domains, 1)));
  values[3].name = "{limit}";
  values[3].value = dup_number (parts->ceiling);
  values[4].name = "{provider_limits}";
  values[4].value = tl_sending_limits_dup_text (parts->limits, TL_LIMIT_OF_PROVIDER);
  if (values[4].value == NULL)
    values[4].value = dup_number (0);
  values[5].name = "{needed}";
  values[5].value = dup_number (tl_sending_divide_up (parts->volume, parts->ceiling));
  values[6].name = "{provider}";
  values[6].value = dup_provider_name (parts);

  text = g_string_new (g_dgettext (GETTEXT_PACKAGE, self->text));
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_string_replace (text, values[i].name, values[i].value, 0);
      g_free (values[i].value);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
