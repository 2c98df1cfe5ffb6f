/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-private.h"

#include "tl-json-tree.h"

typedef enum
{
  KIND_LINE,
  KIND_WHEN,
  KIND_MAILBOXES,
} Kind;

typedef struct
{
  Kind               kind;

  /* Owned */
  TlTargetTemplate  *template;
  TlTargetCondition *condition;
  TlTargetLines     *lines;
  TlTargetLines     *otherwise; /* NULL: none */
} Entry;

struct _TlTargetLines
{
  GPtrArray *entries; /* of Entry */
};

static void
entry_free (Entry *self)
{
  g_clear_pointer (&self->template, tl_target_template_free);
  g_clear_pointer (&self->condition, tl_target_condition_free);
  g_clear_pointer (&self->lines, tl_target_lines_free);
  g_clear_pointer (&self->otherwise, tl_target_lines_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

void
tl_target_lines_free (TlTargetLines *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

static TlTargetLines *
read_member (TlJson         *json,
             const char     *member,
             const char     *at,
             TlTargetScope  *scope,
             GError        **error)
{
  g_autofree char *below = g_strconcat (at, "/", member, NULL);
  g_autoptr(TlJson) value = tl_json_dup_member (json, member);

  if (value == NULL)
    {
      tl_target_refuse_at (error, below, "is not there");
      return NULL;
    }

  return tl_target_lines_read (value, below, scope, error);
}

static gboolean
has_only (TlJson             *json,
          const char         *at,
          const char * const *members,
          GError            **error)
{
  g_auto(GStrv) names = tl_json_dup_member_names (json);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!g_strv_contains (members, names[i]))
        return tl_target_refuse_at (error, at, "a member that is not known");
    }

  return TRUE;
}

/* {"mailboxes": lines} */
static gboolean
read_mailboxes (Entry          *entry,
                TlJson         *json,
                const char     *at,
                TlTargetScope  *scope,
                GError        **error)
{
  static const char * const members[] = { "mailboxes", NULL };

  entry->kind = KIND_MAILBOXES;
  if (!has_only (json, at, members, error))
    return FALSE;
  if (scope->is_inside)
    return tl_target_refuse_at (error, at, "a list of mailboxes within another");

  scope->has_list = TRUE;
  scope->is_inside = TRUE;
  entry->lines = read_member (json, "mailboxes", at, scope, error);
  scope->is_inside = FALSE;

  return entry->lines != NULL;
}

/* {"when": condition, "lines": lines, "else"?: lines} */
static gboolean
read_when (Entry          *entry,
           TlJson         *json,
           const char     *at,
           TlTargetScope  *scope,
           GError        **error)
{
  static const char * const members[] = { "when", "lines", "else", NULL };
  g_autofree char *at_when = g_strconcat (at, "/when", NULL);
  g_autoptr(TlJson) when = tl_json_dup_member (json, "when");
  g_autoptr(TlJson) otherwise = tl_json_dup_member (json, "else");

  entry->kind = KIND_WHEN;
  if (!has_only (json, at, members, error))
    return FALSE;
  if (when == NULL || tl_json_get_string (when) == NULL)
    return tl_target_refuse_at (error, at, "there should be a condition");

  entry->condition = tl_target_read_condition (tl_json_get_string (when), at_when, scope, error);
  if (entry->condition == NULL)
    return FALSE;
  entry->lines = read_member (json, "lines", at, scope, error);
  if (entry->lines == NULL || otherwise == NULL)
    return entry->lines != NULL;
  entry->otherwise = read_member (json, "else", at, scope, error);

  return entry->otherwise != NULL;
}

static gboolean
read_entry (Entry          *entry,
            TlJson         *json,
            const char     *at,
            TlTargetScope  *scope,
            GError        **error)
{
  g_autoptr(TlJson) mailboxes = tl_json_dup_member (json, "mailboxes");

  if (tl_json_get_kind (json) == TL_JSON_KIND_STRING)
    {
      entry->template = tl_target_read_template (tl_json_get_string (json), at, scope, error);
      return entry->template != NULL;
    }
  if (tl_json_get_kind (json) != TL_JSON_KIND_OBJECT)
    return tl_target_refuse_at (error, at, "is no line");

  return mailboxes != NULL ? read_mailboxes (entry, json, at, scope, error)
                           : read_when (entry, json, at, scope, error);
}

/**
 * tl_target_lines_read:
 * @json: the lines of a target, or a part of them
 * @at: where they stand, a JSON pointer
 * @scope: gathers what is named
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the lines, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTargetLines *
tl_target_lines_read (TlJson         *json,
                      const char     *at,
                      TlTargetScope  *scope,
                      GError        **error)
{
  g_autoptr(TlTargetLines) self = g_new0 (TlTargetLines, 1);
  guint n = tl_json_get_n_entries (json);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  if (n == 0 || n > TL_TARGET_MAX_LINES)
    {
      tl_target_refuse_at (error, at, "is no list of lines, or has too many");
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlJson) line = tl_json_dup_entry (json, i);
      g_autofree char *below = g_strdup_printf ("%s/%u", at, i);
      Entry *entry = g_new0 (Entry, 1);

      g_ptr_array_add (self->entries, entry);
      if (!read_entry (entry, line, below, scope, error))
        return NULL;
    }

  return g_steal_pointer (&self);
}

static gboolean
write_lines (const TlTargetLines  *self,
             TlTargetMedium        medium,
             TlTargetRun          *run,
             const TlTargetValues *values,
             GString              *out);

/* What is not said by a template cannot make its line too long. */
static gboolean
write_line (const Entry          *entry,
            TlTargetMedium        medium,
            TlTargetRun          *run,
            const TlTargetValues *values,
            GString              *out)
{
  guint64 names = tl_target_template_get_names (entry->template);
  gsize begin = out->len;

  if (!tl_target_template_append (entry->template, values, medium, out, &run->failed))
    return FALSE;
  if (names != 0 && run->max_line > 0 && out->len - begin > run->max_line)
    {
      run->failed = tl_target_names_get_first (names);
      run->is_too_long = TRUE;
      return FALSE;
    }
  g_string_append_c (out, '\n');

  return TRUE;
}

static gboolean
write_entry (const Entry          *entry,
             TlTargetMedium        medium,
             TlTargetRun          *run,
             const TlTargetValues *values,
             GString              *out)
{
  const TlTargetLines *chosen;

  if (entry->kind == KIND_LINE)
    return write_line (entry, medium, run, values, out);
  if (entry->kind == KIND_WHEN)
    {
      chosen = tl_target_condition_test (entry->condition, values) ? entry->lines
                                                                   : entry->otherwise;
      return chosen == NULL || write_lines (chosen, medium, run, values, out);
    }

  for (guint i = 0; i < run->n_mailboxes; i++)
    {
      if (!write_lines (entry->lines, medium, run, run->mailboxes[i], out))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_lines (const TlTargetLines  *self,
             TlTargetMedium        medium,
             TlTargetRun          *run,
             const TlTargetValues *values,
             GString              *out)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      if (!write_entry (g_ptr_array_index (self->entries, i), medium, run, values, out))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_target_lines_write:
 * @self: lines
 * @medium: how values are spelt
 * @run: whose turn it is
 * @out: what it is added to
 *
 * Writes them, each ended by a line feed.
 *
 * Returns: whether every value could be written
 */
gboolean
tl_target_lines_write (const TlTargetLines *self,
                       TlTargetMedium       medium,
                       TlTargetRun         *run,
                       GString             *out)
{
  return write_lines (self, medium, run, run->mailboxes[0], out);
}
