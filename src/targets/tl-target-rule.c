/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-rule.h"

#include <string.h>

#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-error.h"
#include "tl-target-private.h"

static void
rule_clear (gpointer data)
{
  TlTargetRule *self = data;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->when, tl_target_condition_free);
  g_clear_pointer (&self->text, tl_target_template_free);
}

TlTargetRule *
tl_target_rule_ref (TlTargetRule *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
tl_target_rule_unref (TlTargetRule *self)
{
  g_atomic_rc_box_release_full (self, rule_clear);
}

/**
 * tl_target_rule_read:
 * @json: what should be a rule
 * @at: where it stands, a JSON pointer
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the rule, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetRule *
tl_target_rule_read (TlJson      *json,
                     const char  *at,
                     GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, at);
  g_autoptr(TlTargetRule) self = g_atomic_rc_box_new0 (TlTargetRule);
  g_autofree char *at_when = g_strconcat (at, "/when", NULL);
  g_autofree char *at_text = g_strconcat (at, "/text", NULL);
  TlTargetScope scope = { 0 };
  const char *when, *text;

  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_ID));
  self->severity = (TlSeverity) tl_json_reader_get_enum (reader, "severity", TL_JSON_REQUIRED,
                                                         TL_TYPE_SEVERITY, TL_SEVERITY_ERROR);
  self->lane = (TlLaneKind) tl_json_reader_get_enum (reader, "lane", TL_JSON_OPTIONAL,
                                                     TL_TYPE_LANE_KIND, TL_LANE_NONE);
  if (tl_json_reader_has (reader, "lane") && self->lane == TL_LANE_NONE)
    tl_json_reader_refuse (reader, "lane", "is no lane");
  when = tl_json_reader_get_string (reader, "when", TL_JSON_REQUIRED);
  text = tl_json_reader_get_string (reader, "text", TL_JSON_REQUIRED);
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  self->when = tl_target_read_condition (when, at_when, &scope, error);
  if (self->when == NULL)
    return NULL;
  self->text = tl_target_read_words (text, at_text, error);

  return self->text != NULL ? g_steal_pointer (&self) : NULL;
}

static TlTargetRule *
find (GPtrArray  *rules,
      const char *name)
{
  for (guint i = 0; i < rules->len; i++)
    {
      TlTargetRule *rule = g_ptr_array_index (rules, i);

      if (g_str_equal (rule->name, name))
        return rule;
    }

  return NULL;
}

/**
 * tl_target_rules_parse:
 * @json: the shared rules, data/schema/target-rules.schema.json
 * @len: their length in bytes, or -1 when they end in a NUL
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type TlTargetRule): the rules, or %NULL with
 *   %TL_ERROR_INVALID_INPUT
 */
GPtrArray *
tl_target_rules_parse (const char  *json,
                       gssize       len,
                       GError     **error)
{
  static const char * const formats[] = { "twolane-target-rules", NULL };
  g_autoptr(GPtrArray) made =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_rule_unref);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(TlJson) root = tl_json_parse (json, len, error);

  if (root == NULL)
    return NULL;

  reader = tl_json_reader_new (root, "the rules");
  tl_data_check_word (reader, "format", formats);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, 0, 0);
  rows = tl_json_reader_dup_array (reader, "rules", TL_JSON_REQUIRED, TL_TARGET_RULES_MAX);
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *at = g_strdup_printf ("/rules/%u", i);
      g_autoptr(TlTargetRule) rule = tl_target_rule_read (g_ptr_array_index (rows, i), at, error);

      if (rule == NULL)
        return NULL;
      if (find (made, rule->name) != NULL)
        {
          tl_target_refuse_at (error, at, "its name is another’s");
          return NULL;
        }
      g_ptr_array_add (made, g_steal_pointer (&rule));
    }

  return g_steal_pointer (&made);
}

/**
 * tl_target_rules_find:
 * @name: the name of a shared rule
 *
 * Looks it up in the compiled-in data, which is read on first use and kept for good. Any thread.
 *
 * Returns: (transfer none) (nullable): the rule
 */
TlTargetRule *
tl_target_rules_find (const char *name)
{
  static GPtrArray *all = NULL;

  if (g_once_init_enter (&all))
    g_once_init_leave (&all, tl_data_parse ("target-rules.json",
                                            (TlDataParse) tl_target_rules_parse));

  return find (all, name);
}
