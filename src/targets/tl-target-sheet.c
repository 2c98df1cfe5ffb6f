/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "tl-target-private.h"
#include "tl-target-render.h"

static gboolean
is_refused (TlTarget              *self,
            const TlTargetMailbox *mailbox)
{
  g_autoptr(TlFinding) refusal = tl_target_refuse (self, mailbox);

  return refusal != NULL;
}

static TlTargetField *
make_field (const TlTargetSheetField *from,
            const TlTargetValues     *values)
{
  TlTargetField *field = g_new0 (TlTargetField, 1);

  field->group = g_strdup (from->title);
  field->label = g_strdup (from->label);
  field->value = from->is_secret ? g_strdup ("") : tl_target_template_fill (from->value, values);
  field->is_secret = from->is_secret;

  return field;
}

/**
 * tl_target_list_fields:
 * @self: a target
 * @mailbox: a mailbox
 *
 * Lists what to put into the product's form, in the order of the form. A password is never among
 * it. Pure; any thread.
 *
 * Returns: (transfer full) (element-type TlTargetField): the fields; none of a target that is no
 *   sheet, or of a mailbox that tl_target_refuse() refuses
 */
GPtrArray *
tl_target_list_fields (TlTarget              *self,
                       const TlTargetMailbox *mailbox)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_field_free);
  g_autoptr(TlTargetValues) values = NULL;

  if (is_refused (self, mailbox))
    return fields;

  values = tl_target_values_new (mailbox);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const TlTargetSheetField *field = g_ptr_array_index (self->fields, i);

      if (field->when == NULL || tl_target_condition_test (field->when, values))
        g_ptr_array_add (fields, make_field (field, values));
    }

  return fields;
}

/**
 * tl_target_list_steps:
 * @self: a target
 * @mailbox: a mailbox
 *
 * Returns: (transfer full) (array zero-terminated=1): what to do, in order, translated; none where
 *   tl_target_list_fields() has none
 */
char **
tl_target_list_steps (TlTarget              *self,
                      const TlTargetMailbox *mailbox)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(TlTargetValues) values = NULL;

  if (is_refused (self, mailbox))
    return g_strv_builder_end (builder);

  values = tl_target_values_new (mailbox);
  for (guint i = 0; i < self->steps->len; i++)
    {
      g_autofree char *step = tl_target_template_fill (g_ptr_array_index (self->steps, i), values);

      g_strv_builder_add (builder, step);
    }

  return g_strv_builder_end (builder);
}

/* In columns of a terminal, where a wide character takes two. */
static int
measure (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }

  return width;
}

static void
add_fields (GString   *out,
            GPtrArray *fields)
{
  const char *group = NULL;
  int width = 0;

  for (guint i = 0; i < fields->len; i++)
    width = MAX (width, measure (((TlTargetField *) g_ptr_array_index (fields, i))->label));

  for (guint i = 0; i < fields->len; i++)
    {
      const TlTargetField *field = g_ptr_array_index (fields, i);

      if (i == 0 || g_strcmp0 (group, field->group) != 0)
        g_string_append_printf (out, "\n%s%s", field->group != NULL ? field->group : "",
                                field->group != NULL ? "\n" : "");
      group = field->group;
      g_string_append_printf (out, "  %s:%*s %s\n", field->label,
                              width - measure (field->label), "",
                              /* Translators: in place of a password, which is not in the sheet */
                              field->is_secret ? _("(type the password)")
                              : *field->value != '\0' ? field->value
                              /* Translators: a field of a form */
                              : _("(leave it empty)"));
    }
}

static void
add_use (GString    *out,
         const char *lane,
         const char *use)
{
  g_string_append_printf (out, "%s: %s\n", lane, use);
}

/**
 * tl_target_render_text:
 * @self: a sheet
 * @mailbox: a mailbox
 *
 * Writes the sheet as text: what to do, each field with its value, and what the product does with
 * the lanes. Lines end in a line feed. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): UTF-8; %NULL of a target that is no sheet, or of a mailbox
 *   that tl_target_refuse() refuses
 */
GBytes *
tl_target_render_text (TlTarget              *self,
                       const TlTargetMailbox *mailbox)
{
  g_autoptr(GPtrArray) fields = tl_target_list_fields (self, mailbox);
  g_auto(GStrv) steps = NULL;
  g_autoptr(GPtrArray) remarks = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  TlPlan *plan = tl_report_get_plan (mailbox->report);

  if (self->kind != TL_TARGET_SHEET || is_refused (self, mailbox))
    return NULL;

  g_string_append_printf (out, "%s\n%s\n\n%s\n", self->name,
                          tl_address_get_addr_spec (tl_plan_get_address (plan)), self->summary);
  steps = tl_target_list_steps (self, mailbox);
  for (guint i = 0; steps[i] != NULL; i++)
    g_string_append_printf (out, "%s%u. %s\n", i == 0 ? "\n" : "", i + 1, steps[i]);
  add_fields (out, fields);

  g_string_append_c (out, '\n');
  for (guint i = 0; i < TL_N_LANES; i++)
    add_use (out, tl_lane_kind_get_label (tl_lanes[i]), self->uses[tl_lanes[i]]);
  remarks = tl_target_check (self, mailbox);
  for (guint i = 0; i < remarks->len; i++)
    g_string_append_printf (out, "%s- %s\n", i == 0 ? "\n" : "",
                            tl_target_remark_get_text (g_ptr_array_index (remarks, i)));

  return g_string_free_to_bytes (g_steal_pointer (&out));
}
