/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-data-check.h"
#include "tl-error.h"
#include "tl-json-tree.h"
#include "tl-target-private.h"
#include "tl-text.h"

/* These bounds and words are those of data/schema/target.schema.json; a test gives both the same
 * documents and expects the same answer, but for what stands within templates and conditions. */
#define MAX_DAILY_LIMIT 1000000
#define MAX_UNCONFIRMED 60
#define MAX_ROWS        100000
#define MAX_BYTES       (100 * 1024 * 1024)
#define MAX_LINE        100000
#define MAX_LABEL_CHARS 200

/**
 * tl_target_refuse_at:
 * @error: return location for a #GError
 * @at: where in the file, a JSON pointer
 * @why: what is wrong there, a clause
 *
 * Returns: %FALSE
 */
gboolean
tl_target_refuse_at (GError     **error,
                     const char  *at,
                     const char  *why)
{
  g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "%s: %s", at, why);

  return FALSE;
}

static void
note_names (TlTargetScope *scope,
            guint64        names)
{
  if (!scope->is_inside)
    scope->outside |= names;
}

/**
 * tl_target_read_template:
 * @text: a template
 * @at: where it stands, a JSON pointer
 * @scope: gathers what is named
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the template, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetTemplate *
tl_target_read_template (const char     *text,
                         const char     *at,
                         TlTargetScope  *scope,
                         GError        **error)
{
  TlTargetTemplate *template = tl_target_template_parse (text, error);

  if (template == NULL)
    {
      g_prefix_error (error, "%s: ", at);
      return NULL;
    }

  scope->written |= tl_target_template_get_names (template);
  note_names (scope, tl_target_template_get_names (template));

  return template;
}

/**
 * tl_target_read_condition:
 * @text: a condition
 * @at: where it stands, a JSON pointer
 * @scope: gathers what is named
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the condition, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetCondition *
tl_target_read_condition (const char     *text,
                          const char     *at,
                          TlTargetScope  *scope,
                          GError        **error)
{
  TlTargetCondition *condition = tl_target_condition_parse (text, error);

  if (condition == NULL)
    {
      g_prefix_error (error, "%s: ", at);
      return NULL;
    }

  note_names (scope, tl_target_condition_get_names (condition));

  return condition;
}

/* A template for people, which says no password. */
static TlTargetTemplate *
parse_words (const char  *text,
             GError     **error)
{
  g_autoptr(TlTargetTemplate) template = tl_target_template_parse (text, error);

  if (template != NULL && (tl_target_template_get_names (template) & TL_TARGET_NAMES_SECRET) != 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "a sentence for people with a password in it");
      return NULL;
    }

  return g_steal_pointer (&template);
}

/**
 * tl_target_read_words:
 * @text: a template for people, in English
 * @at: where it stands, a JSON pointer
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the template in the language of the process, or %NULL with
 *   %TL_ERROR_INVALID_INPUT
 */
TlTargetTemplate *
tl_target_read_words (const char  *text,
                      const char  *at,
                      GError     **error)
{
  g_autoptr(TlTargetTemplate) original = NULL;
  TlTargetTemplate *translated;

  if (*text == '\0')
    {
      tl_target_refuse_at (error, at, "is empty");
      return NULL;
    }
  original = parse_words (text, error);
  if (original == NULL)
    {
      g_prefix_error (error, "%s: ", at);
      return NULL;
    }

  /* A translator's slip in a placeholder costs the translation, not the program. */
  translated = parse_words (g_dgettext (GETTEXT_PACKAGE, text), NULL);

  return translated != NULL ? translated : g_steal_pointer (&original);
}

void
tl_target_sheet_field_free (TlTargetSheetField *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->value, tl_target_template_free);
  g_clear_pointer (&self->when, tl_target_condition_free);
  g_free (self);
}

/* The product's own words: one line. */
static const char *
read_label (TlJsonReader   *reader,
            const char     *member,
            TlJsonPresence  presence)
{
  const char *label = tl_json_reader_get_string (reader, member, presence);

  if (label != NULL && (*label == '\0' || !tl_text_is_clean (label) ||
                        g_utf8_strlen (label, -1) > MAX_LABEL_CHARS))
    tl_json_reader_refuse (reader, member, "is not one line of text");

  return label;
}

static gboolean
read_when (const char         *when,
           const char         *at,
           TlTargetScope      *scope,
           TlTargetCondition **out_condition,
           GError            **error)
{
  g_autofree char *at_when = g_strconcat (at, "/when", NULL);

  if (when == NULL)
    return TRUE;

  *out_condition = tl_target_read_condition (when, at_when, scope, error);

  return *out_condition != NULL;
}

static gboolean
read_column (TlTarget       *self,
             TlJson         *json,
             const char     *at,
             TlTargetScope  *scope,
             GError        **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, at);
  g_autoptr(TlTargetColumn) column = g_new0 (TlTargetColumn, 1);
  g_autofree char *at_value = g_strconcat (at, "/value", NULL);
  const char *value = tl_json_reader_get_string (reader, "value", TL_JSON_REQUIRED);
  const char *when = tl_json_reader_get_string (reader, "when", TL_JSON_OPTIONAL);
  const char *otherwise = tl_json_reader_get_string (reader, "else", TL_JSON_OPTIONAL);

  if (otherwise != NULL && when == NULL)
    tl_json_reader_refuse (reader, "else", "is there without “when”");
  column->name = g_strdup (read_label (reader, "name", TL_JSON_REQUIRED));
  if (!tl_json_reader_finish (reader, error))
    return FALSE;
  column->value = tl_target_read_template (value, at_value, scope, error);
  if (column->value == NULL || !read_when (when, at, scope, &column->when, error))
    return FALSE;
  if (otherwise != NULL)
    {
      g_autofree char *at_else = g_strconcat (at, "/else", NULL);

      column->otherwise = tl_target_read_template (otherwise, at_else, scope, error);
      if (column->otherwise == NULL)
        return FALSE;
    }

  g_ptr_array_add (self->columns, g_steal_pointer (&column));

  return TRUE;
}

static gboolean
read_field (TlTarget       *self,
            TlJson         *json,
            const char     *title,
            const char     *at,
            GError        **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, at);
  g_autoptr(TlTargetSheetField) field = g_new0 (TlTargetSheetField, 1);
  g_autofree char *at_value = g_strconcat (at, "/value", NULL);
  const char *value = tl_json_reader_get_string (reader, "value", TL_JSON_REQUIRED);
  const char *when = tl_json_reader_get_string (reader, "when", TL_JSON_OPTIONAL);
  TlTargetScope scope = { 0 };

  field->title = g_strdup (title);
  field->label = g_strdup (read_label (reader, "label", TL_JSON_REQUIRED));
  field->is_secret = tl_json_reader_get_bool (reader, "secret", TL_JSON_OPTIONAL);
  if (!tl_json_reader_finish (reader, error))
    return FALSE;
  field->value = tl_target_read_template (value, at_value, &scope, error);
  if (field->value == NULL || !read_when (when, at, &scope, &field->when, error))
    return FALSE;
  if ((scope.written & TL_TARGET_NAMES_SECRET) != 0 && !field->is_secret)
    return tl_target_refuse_at (error, at, "names a password and is not “secret”");

  g_ptr_array_add (self->fields, g_steal_pointer (&field));

  return TRUE;
}

static gboolean
read_group (TlTarget    *self,
            TlJson      *json,
            const char  *at,
            GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, at);
  const char *title = read_label (reader, "title", TL_JSON_OPTIONAL);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "fields", TL_JSON_REQUIRED,
                                                        TL_TARGET_MAX_FIELDS);

  if (rows->len == 0)
    tl_json_reader_refuse (reader, "fields", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *below = g_strdup_printf ("%s/fields/%u", at, i);

      if (!read_field (self, g_ptr_array_index (rows, i), title, below, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_sheet (TlTarget      *self,
            TlJsonReader  *reader,
            GError       **error)
{
  g_autoptr(GPtrArray) groups = tl_json_reader_dup_array (reader, "groups", TL_JSON_REQUIRED,
                                                          TL_TARGET_MAX_GROUPS);
  g_auto(GStrv) steps = tl_json_reader_dup_strv (reader, "steps", TL_JSON_REQUIRED,
                                                 TL_TARGET_MAX_STEPS);

  if (groups->len == 0)
    tl_json_reader_refuse (reader, "groups", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  for (guint i = 0; i < groups->len; i++)
    {
      g_autofree char *at = g_strdup_printf ("/groups/%u", i);

      if (!read_group (self, g_ptr_array_index (groups, i), at, error))
        return FALSE;
    }
  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofree char *at = g_strdup_printf ("/steps/%u", i);
      TlTargetTemplate *step = tl_target_read_words (steps[i], at, error);

      if (step == NULL)
        return FALSE;
      g_ptr_array_add (self->steps, step);
    }

  return TRUE;
}

static gboolean
read_columns (TlTarget       *self,
              TlJsonReader   *reader,
              TlTargetScope  *scope,
              GError        **error)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "columns", TL_JSON_REQUIRED,
                                                        TL_TARGET_MAX_COLUMNS);

  if (rows->len == 0)
    tl_json_reader_refuse (reader, "columns", "is empty");
  self->has_bom = tl_json_reader_get_bool (reader, "bom", TL_JSON_OPTIONAL);
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  scope->has_list = TRUE;
  scope->is_inside = TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *at = g_strdup_printf ("/columns/%u", i);

      if (!read_column (self, g_ptr_array_index (rows, i), at, scope, error))
        return FALSE;
    }

  return TRUE;
}

static guint
read_cap (TlJsonReader *reader,
          const char   *member,
          gint64        min,
          gint64        max)
{
  gint64 cap = tl_json_reader_get_int (reader, member, TL_JSON_OPTIONAL, min, max);

  return tl_json_reader_has (reader, member) ? (guint) cap : 0;
}

/* A tree, or lines. */
static gboolean
read_body (TlTarget       *self,
           TlJsonReader   *reader,
           TlTargetScope  *scope,
           GError        **error)
{
  gboolean is_tree = self->medium == TL_TARGET_JSON;
  g_autoptr(TlJson) body = tl_json_reader_dup_value (reader, is_tree ? "document" : "lines",
                                                     TL_JSON_REQUIRED);

  if (!is_tree)
    self->max_line = read_cap (reader, "max_line", 80, MAX_LINE);
  if (!tl_json_reader_finish (reader, error))
    return FALSE;
  if (!is_tree)
    self->lines = tl_target_lines_read (body, "/lines", scope, error);
  else if (tl_json_get_kind (body) < TL_JSON_KIND_ARRAY)
    tl_target_refuse_at (error, "/document", "is no object and no array");
  else
    self->tree = tl_target_tree_read (body, "/document", scope, error);

  return self->tree != NULL || self->lines != NULL;
}

static gboolean
read_file (TlTarget      *self,
           TlJsonReader  *reader,
           GError       **error)
{
  TlTargetScope scope = { 0 };
  gboolean is_read;

  self->extension = g_strdup (tl_json_reader_get_string (reader, "extension", TL_JSON_REQUIRED));
  if (!g_regex_match_simple ("^[a-z0-9]{1,16}$", self->extension, G_REGEX_DOLLAR_ENDONLY, 0))
    tl_json_reader_refuse (reader, "extension", "is not an extension");
  self->medium = (TlTargetMedium) tl_json_reader_get_enum (reader, "medium", TL_JSON_REQUIRED,
                                                           TL_TYPE_TARGET_MEDIUM, TL_TARGET_TEXT);
  self->max_rows = read_cap (reader, "max_rows", 1, MAX_ROWS);
  self->max_bytes = read_cap (reader, "max_bytes", 1000, MAX_BYTES);

  is_read = self->medium == TL_TARGET_CSV ? read_columns (self, reader, &scope, error)
                                          : read_body (self, reader, &scope, error);
  if (!is_read)
    return FALSE;
  if (scope.has_list && (scope.outside & ~TL_TARGET_NAMES_SHARED) != 0)
    return tl_target_refuse_at (error, self->tree != NULL ? "/document" : "/lines",
                                "names a mailbox outside of the list of them");

  self->takes_several = scope.has_list;
  self->takes_passwords = (scope.written & TL_TARGET_NAMES_SECRET) != 0;

  return TRUE;
}

/* A shared rule by its name, or a rule of its own. */
static TlTargetRule *
read_rule (TlJson      *json,
           const char  *at,
           GError     **error)
{
  const char *name = tl_json_get_string (json);
  TlTargetRule *shared;

  if (name == NULL)
    return tl_target_rule_read (json, at, error);

  shared = tl_target_rules_find (name);
  if (shared == NULL)
    {
      tl_target_refuse_at (error, at, "there is no shared rule of that name");
      return NULL;
    }

  return tl_target_rule_ref (shared);
}

static gboolean
read_rules (TlTarget   *self,
            GPtrArray  *rows,
            GError    **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *at = g_strdup_printf ("/rules/%u", i);
      g_autoptr(TlTargetRule) rule = read_rule (g_ptr_array_index (rows, i), at, error);

      if (rule == NULL)
        return FALSE;
      for (guint j = 0; j < self->rules->len; j++)
        {
          const TlTargetRule *other = g_ptr_array_index (self->rules, j);

          if (g_str_equal (other->name, rule->name))
            return tl_target_refuse_at (error, at, "its name is another’s");
        }
      g_ptr_array_add (self->rules, g_steal_pointer (&rule));
    }

  return TRUE;
}

static gboolean
read_required (TlTarget   *self,
               char      **words,
               GError    **error)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *at = g_strdup_printf ("/required/%u", i);
      TlTargetName name;

      if (!tl_target_name_find (words[i], strlen (words[i]), &name) ||
          tl_target_name_get_label (name) == NULL)
        return tl_target_refuse_at (error, at, "is no name of what a mailbox may lack");
      g_array_append_val (self->required, name);
    }

  return TRUE;
}

/* What the vendor did not confirm has to be there to be doubted. */
static gboolean
check_unconfirmed (TlTarget   *self,
                   TlJson     *root,
                   GError    **error)
{
  for (guint i = 0; self->unconfirmed[i] != NULL; i++)
    {
      g_autoptr(TlJson) pointed = tl_json_dup_pointed (root, self->unconfirmed[i]);
      g_autofree char *at = g_strdup_printf ("/unconfirmed/%u", i);

      if (pointed == NULL)
        return tl_target_refuse_at (error, at, "points at nothing");
    }

  return TRUE;
}

static char *
dup_translated (const char *text)
{
  return g_strdup (text != NULL && *text != '\0' ? g_dgettext (GETTEXT_PACKAGE, text) : NULL);
}

static void
read_uses (TlTarget     *self,
           TlJsonReader *reader)
{
  g_autoptr(TlJsonReader) uses = NULL;
  GError *error = NULL;
  TlJson *json = tl_json_reader_get_object (reader, "uses", TL_JSON_REQUIRED);

  if (json == NULL)
    return;

  uses = tl_json_reader_new (json, "/uses");
  for (guint i = 0; i < TL_N_LANES; i++)
    self->uses[tl_lanes[i]] =
      dup_translated (tl_data_check_string (uses, tl_lane_kind_get_nick (tl_lanes[i]),
                                            TL_JSON_REQUIRED, TL_DATA_TEXT));
  if (!tl_json_reader_finish (uses, &error))
    tl_json_reader_refuse_error (reader, "uses", error);
}

/* What every target has, files and sheets. */
static void
read_head (TlTarget     *self,
           TlJsonReader *reader)
{
  static const char * const formats[] = { "twolane-target", NULL };

  tl_data_check_word (reader, "format", formats);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, 0, 0);
  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT));
  self->product = g_strdup (tl_data_check_string (reader, "product", TL_JSON_REQUIRED,
                                                  TL_DATA_TEXT));
  self->kind = (TlTargetKind) tl_json_reader_get_enum (reader, "kind", TL_JSON_REQUIRED,
                                                       TL_TYPE_TARGET_KIND, TL_TARGET_SHEET);
  self->is_confirmed = g_str_equal (tl_data_check_word (reader, "confidence",
                                                        tl_data_confidence_words),
                                    tl_data_confidence_words[0]);
  self->unconfirmed = tl_data_check_strv (reader, "unconfirmed", TL_JSON_OPTIONAL, MAX_UNCONFIRMED,
                                          TL_DATA_POINTER);
  self->checked_on = g_strdup (tl_data_check_string (reader, "checked_on", TL_JSON_REQUIRED,
                                                     TL_DATA_DATE));
  tl_data_check_string (reader, "source", TL_JSON_REQUIRED, TL_DATA_TEXT);
  self->link = g_strdup (tl_data_check_string (reader, "link", TL_JSON_OPTIONAL, TL_DATA_LINK));
  self->summary = dup_translated (tl_data_check_string (reader, "summary", TL_JSON_REQUIRED,
                                                        TL_DATA_TEXT));
  self->daily_limit = read_cap (reader, "daily_limit", 1, MAX_DAILY_LIMIT);
  read_uses (self, reader);
}

/**
 * tl_target_parse:
 * @json: the text of a target, `data/targets/ID.json`
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a target strictly: a name, a filter or a condition that is not known refuses the whole of
 * it, and the error says where by a JSON pointer. Names of shared rules are looked up in the
 * compiled-in table. Any thread.
 *
 * Returns: (transfer full): the target, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTarget *
tl_target_parse (const char  *json,
                 gssize       len,
                 GError     **error)
{
  g_autoptr(TlTarget) self = g_object_new (TL_TYPE_TARGET, NULL);
  g_autoptr(TlJson) root = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rules = NULL;
  g_auto(GStrv) required = NULL;

  if (root == NULL)
    return NULL;

  reader = tl_json_reader_new (root, "the target");
  read_head (self, reader);
  rules = tl_json_reader_dup_array (reader, "rules", TL_JSON_REQUIRED, TL_TARGET_MAX_RULES);
  required = tl_data_check_strv (reader, "required", TL_JSON_OPTIONAL, TL_TARGET_N_NAMES,
                                 TL_DATA_TEXT);

  if (self->kind == TL_TARGET_FILE ? !read_file (self, reader, error)
                                   : !read_sheet (self, reader, error))
    return NULL;
  if (!read_rules (self, rules, error) || !read_required (self, required, error) ||
      !check_unconfirmed (self, root, error))
    return NULL;

  return g_steal_pointer (&self);
}
