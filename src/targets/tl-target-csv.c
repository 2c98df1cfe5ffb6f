/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-private.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

void
tl_target_column_free (TlTargetColumn *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->value, tl_target_template_free);
  g_clear_pointer (&self->when, tl_target_condition_free);
  g_clear_pointer (&self->otherwise, tl_target_template_free);
  g_free (self);
}

/* What a spreadsheet takes for the begin of a formula, or skips before one: the full-width forms
 * of the four signs as well (U+FF1D, U+FF0B, U+FF0D, U+FF20). */
static gboolean
is_formula (const char *text)
{
  static const char * const wide[] = {
    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    {
      if (g_str_has_prefix (text, wide[i]))
        return TRUE;
    }

  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL;
}

/* What fills the cell; NULL: it is empty. */
static const TlTargetTemplate *
choose (const TlTargetColumn *column,
        const TlTargetValues *values)
{
  if (column->when == NULL || tl_target_condition_test (column->when, values))
    return column->value;

  return column->otherwise;
}

static gboolean
has_password (const TlTargetTemplate *template)
{
  return (tl_target_template_get_names (template) & TL_TARGET_NAMES_SECRET) != 0;
}

/* field = escaped / non-escaped, RFC 4180 §2: blanks at an end are kept by quotes as well. */
static void
write_cell (GString    *out,
            const char *text,
            gsize       len)
{
  gboolean is_plain = strpbrk (text, ",\"\r\n") == NULL &&
                      (len == 0 || (text[0] != ' ' && text[len - 1] != ' '));

  if (is_plain)
    {
      g_string_append_len (out, text, (gssize) len);
      return;
    }

  g_string_append_c (out, '"');
  for (gsize i = 0; i < len; i++)
    {
      if (text[i] == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '"');
}

/* The value of a cell; empty where there is none, or a password was not given. */
static gboolean
fill_cell (const TlTargetTemplate *template,
           const TlTargetValues   *values,
           GString                *out,
           TlTargetName           *out_failed)
{
  if (template == NULL || tl_target_template_lacks_password (template, values))
    return TRUE;

  return tl_target_template_append (template, values, TL_TARGET_CSV, out, out_failed);
}

static gboolean
write_row (TlTarget             *self,
           const TlTargetValues *values,
           TlTargetRun          *run,
           GString              *out)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const TlTargetTemplate *template = choose (g_ptr_array_index (self->columns, i), values);
      g_autoptr(GString) cell = g_string_new (NULL);

      if (!fill_cell (template, values, cell, &run->failed))
        return FALSE;
      if (is_formula (cell->str) && !has_password (template))
        g_string_prepend_c (cell, '\'');
      if (i > 0)
        g_string_append_c (out, ',');
      write_cell (out, cell->str, cell->len);
    }
  g_string_append (out, "\r\n");

  return TRUE;
}

/**
 * tl_target_csv_write:
 * @self: a target of CSV
 * @run: whose turn it is
 * @out: what it is added to
 *
 * Writes a head and a row for each mailbox (RFC 4180). What a spreadsheet would take for a formula
 * gets a ' in front, except in a password, which has to stay what it is.
 *
 * Returns: whether every value could be written
 */
gboolean
tl_target_csv_write (TlTarget    *self,
                     TlTargetRun *run,
                     GString     *out)
{
  if (self->has_bom)
    g_string_append (out, BOM);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const TlTargetColumn *column = g_ptr_array_index (self->columns, i);

      if (i > 0)
        g_string_append_c (out, ',');
      write_cell (out, column->name, strlen (column->name));
    }
  g_string_append (out, "\r\n");

  for (guint i = 0; i < run->n_mailboxes; i++)
    {
      if (!write_row (self, run->mailboxes[i], run, out))
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_target_csv_find_formula:
 * @self: a target of CSV
 * @values: a mailbox
 * @in_password: whether to look at passwords, or at all the rest
 * @out_name: (out): whose value it is
 *
 * Returns: whether a cell begins like a formula
 */
gboolean
tl_target_csv_find_formula (TlTarget             *self,
                            const TlTargetValues *values,
                            gboolean              in_password,
                            TlTargetName         *out_name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const TlTargetTemplate *template = choose (g_ptr_array_index (self->columns, i), values);
      g_autoptr(GString) cell = g_string_new (NULL);
      TlTargetName failed;
      guint64 names;

      if (!fill_cell (template, values, cell, &failed) || !is_formula (cell->str))
        continue;
      names = tl_target_template_get_names (template);
      if (names == 0 || has_password (template) != in_password)
        continue;
      if (in_password)
        names &= TL_TARGET_NAMES_SECRET;
      *out_name = tl_target_names_get_first (names);
      return TRUE;
    }

  return FALSE;
}
