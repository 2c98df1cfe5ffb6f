/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-result.h"

#include <glib/gi18n-lib.h>

#include "tl-policy-rule.h"

struct _TlPolicyResult
{
  GObject         parent_instance;

  /* Owned */
  char           *rule;
  char           *policy_name;
  char           *wanted;
  char           *found;
  TlFinding      *finding;

  TlPolicyOrigin  origin;
  TlVerdict       verdict;
};

enum
{
  PROP_RULE = 1,
  PROP_LABEL,
  PROP_ORIGIN,
  PROP_POLICY_NAME,
  PROP_WANTED,
  PROP_FOUND,
  PROP_VERDICT,
  PROP_VERDICT_LABEL,
  PROP_FINDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char * const verdict_labels[] = {
  /* Translators: how a set-up stands to a rule: nothing has looked yet */
  [TL_VERDICT_NOT_TESTED] = N_("Not looked at yet"),
  /* Translators: how a set-up stands to a rule */
  [TL_VERDICT_OK]         = N_("Kept"),
  /* Translators: how a set-up stands to a rule: a rule comes to nothing between kept and broken */
  [TL_VERDICT_WARNING]    = N_("Broken"),
  /* Translators: how a set-up stands to a rule */
  [TL_VERDICT_ERROR]      = N_("Broken"),
};

G_DEFINE_FINAL_TYPE (TlPolicyResult, tl_policy_result, G_TYPE_OBJECT)

static void
tl_policy_result_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  TlPolicyResult *self = TL_POLICY_RESULT (object);

  switch (prop_id)
    {
    case PROP_RULE:
      g_value_set_string (value, self->rule);
      break;
    case PROP_LABEL:
      g_value_set_string (value, tl_policy_result_get_label (self));
      break;
    case PROP_ORIGIN:
      g_value_set_enum (value, (int) self->origin);
      break;
    case PROP_POLICY_NAME:
      g_value_set_string (value, self->policy_name);
      break;
    case PROP_WANTED:
      g_value_set_string (value, self->wanted);
      break;
    case PROP_FOUND:
      g_value_set_string (value, self->found);
      break;
    case PROP_VERDICT:
      g_value_set_enum (value, (int) self->verdict);
      break;
    case PROP_VERDICT_LABEL:
      g_value_set_string (value, tl_policy_result_get_verdict_label (self));
      break;
    case PROP_FINDING:
      g_value_set_object (value, self->finding);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_policy_result_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  TlPolicyResult *self = TL_POLICY_RESULT (object);

  switch (prop_id)
    {
    case PROP_RULE:
      self->rule = g_value_dup_string (value);
      break;
    case PROP_ORIGIN:
      self->origin = (TlPolicyOrigin) g_value_get_enum (value);
      break;
    case PROP_POLICY_NAME:
      self->policy_name = g_value_dup_string (value);
      break;
    case PROP_WANTED:
      self->wanted = g_value_dup_string (value);
      break;
    case PROP_FOUND:
      self->found = g_value_dup_string (value);
      break;
    case PROP_VERDICT:
      self->verdict = (TlVerdict) g_value_get_enum (value);
      break;
    case PROP_FINDING:
      self->finding = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
tl_policy_result_finalize (GObject *object)
{
  TlPolicyResult *self = TL_POLICY_RESULT (object);

  g_clear_pointer (&self->rule, g_free);
  g_clear_pointer (&self->policy_name, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->found, g_free);
  g_clear_object (&self->finding);

  G_OBJECT_CLASS (tl_policy_result_parent_class)->finalize (object);
}

static void
tl_policy_result_class_init (TlPolicyResultClass *klass)
{
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = tl_policy_result_get_property;
  object_class->set_property = tl_policy_result_set_property;
  object_class->finalize = tl_policy_result_finalize;

  properties[PROP_RULE] = g_param_spec_string ("rule", NULL, NULL, NULL, given);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ORIGIN] = g_param_spec_enum ("origin", NULL, NULL, TL_TYPE_POLICY_ORIGIN,
                                               TL_POLICY_FROM_SYSTEM, given);
  properties[PROP_POLICY_NAME] = g_param_spec_string ("policy-name", NULL, NULL, NULL, given);
  properties[PROP_WANTED] = g_param_spec_string ("wanted", NULL, NULL, NULL, given);
  properties[PROP_FOUND] = g_param_spec_string ("found", NULL, NULL, NULL, given);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, TL_TYPE_VERDICT,
                                                TL_VERDICT_NOT_TESTED, given);
  properties[PROP_VERDICT_LABEL] = g_param_spec_string ("verdict-label", NULL, NULL, NULL,
                                                        G_PARAM_READABLE |
                                                        G_PARAM_STATIC_STRINGS);
  properties[PROP_FINDING] = g_param_spec_object ("finding", NULL, NULL, TL_TYPE_FINDING, given);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
tl_policy_result_init (TlPolicyResult *self)
{
}

const char *
tl_policy_result_get_rule (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return self->rule;
}

/**
 * tl_policy_result_get_label:
 * @self: a result
 *
 * Returns: (transfer none): the rule for people, translated
 */
const char *
tl_policy_result_get_label (TlPolicyResult *self)
{
  const TlPolicyMember *member;

  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  member = self->rule == NULL ? NULL : tl_policy_member_find (self->rule);

  return member == NULL ? self->rule : _(member->label);
}

TlPolicyOrigin
tl_policy_result_get_origin (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), TL_POLICY_FROM_FILE);

  return self->origin;
}

const char *
tl_policy_result_get_policy_name (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return self->policy_name;
}

const char *
tl_policy_result_get_wanted (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return self->wanted;
}

const char *
tl_policy_result_get_found (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return self->found;
}

TlVerdict
tl_policy_result_get_verdict (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), TL_VERDICT_NOT_TESTED);

  return self->verdict;
}

/**
 * tl_policy_result_get_verdict_label:
 * @self: a result
 *
 * Returns: (transfer none): the verdict for people, as it is said of a rule, translated
 */
const char *
tl_policy_result_get_verdict_label (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return _(verdict_labels[self->verdict]);
}

TlFinding *
tl_policy_result_get_finding (TlPolicyResult *self)
{
  g_return_val_if_fail (TL_IS_POLICY_RESULT (self), NULL);

  return self->finding;
}

/**
 * tl_policy_results_find_broken:
 * @results: (element-type TlPolicyResult): how something stands to each rule
 *
 * Returns: (transfer none) (nullable): `export.policy` of the first rule that is broken
 */
TlFinding *
tl_policy_results_find_broken (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      if (tl_policy_result_get_verdict (results->pdata[i]) == TL_VERDICT_ERROR)
        return tl_policy_result_get_finding (results->pdata[i]);
    }

  return NULL;
}
