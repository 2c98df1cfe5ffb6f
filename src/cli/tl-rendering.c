/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-rendering.h"

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "tl-error.h"
#include "tl-target-save.h"
#include "tl-terminal.h"

/**
 * tl_rendering_find_target:
 * @id: what was typed
 * @error: return location for a #GError
 *
 * Returns: (transfer none): a row of the table, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlTarget *
tl_rendering_find_target (const char  *id,
                          GError     **error)
{
  TlTarget *target = id == NULL ? NULL : tl_targets_find (id);

  if (target != NULL)
    return target;

  if (id == NULL)
    g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                         _("--target says for what; “twolanectl targets” lists them"));
  else
    g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                 /* Translators: %s is what was typed */
                 _("--target: none is called “%s”; “twolanectl targets” lists them"), id);

  return NULL;
}

static void
say_remark (const TlTargetMailbox *mailbox,
            guint                  n_mailboxes,
            TlTargetRemark        *remark)
{
  TlPlan *plan = tl_report_get_plan (mailbox->report);
  const char *severity = tl_severity_get_label (tl_target_remark_get_severity (remark));

  /* Which mailbox, where there are several. */
  if (n_mailboxes > 1)
    tl_terminal_complain ("%s: %s: %s", tl_address_get_addr_spec (tl_plan_get_address (plan)),
                          severity, tl_target_remark_get_text (remark));
  else
    tl_terminal_complain ("%s: %s", severity, tl_target_remark_get_text (remark));
}

/**
 * tl_rendering_check:
 * @target: for what
 * @mailboxes: what is to be handed over
 * @n_mailboxes: how many
 *
 * Says what the target cannot express, on standard error.
 *
 * Returns: whether it takes all of them
 */
gboolean
tl_rendering_check (TlTarget              *target,
                    const TlTargetMailbox *mailboxes,
                    guint                  n_mailboxes)
{
  gboolean takes = TRUE;

  for (guint i = 0; i < n_mailboxes; i++)
    {
      g_autoptr(GPtrArray) remarks = tl_target_check (target, &mailboxes[i]);

      for (guint j = 0; j < remarks->len; j++)
        {
          TlTargetRemark *remark = g_ptr_array_index (remarks, j);

          say_remark (&mailboxes[i], n_mailboxes, remark);
          takes = takes && tl_target_remark_get_severity (remark) != TL_SEVERITY_ERROR;
        }
    }

  return takes;
}

static gboolean
has_passwords (const TlTargetMailbox *mailboxes,
               guint                  n_mailboxes)
{
  for (guint i = 0; i < n_mailboxes; i++)
    {
      if (mailboxes[i].incoming != NULL || mailboxes[i].outgoing != NULL)
        return TRUE;
    }

  return FALSE;
}

static GPtrArray *
render_sheets (TlTarget              *target,
               const TlTargetMailbox *mailboxes,
               guint                  n_mailboxes,
               gboolean               as_page)
{
  GPtrArray *sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < n_mailboxes; i++)
    g_ptr_array_add (sheets, as_page ? tl_target_render_page (target, &mailboxes[i])
                                     : tl_target_render_text (target, &mailboxes[i]));

  return sheets;
}

static GPtrArray *
render (TlTarget               *target,
        const TlTargetMailbox  *mailboxes,
        guint                   n_mailboxes,
        gboolean                as_page,
        GError                **error)
{
  if (tl_target_get_kind (target) == TL_TARGET_SHEET)
    return render_sheets (target, mailboxes, n_mailboxes, as_page);

  return tl_target_render (target, mailboxes, n_mailboxes, error);
}

/* All of it, and not through the printer of words for people: a file is a file. */
static gboolean
write_out (GBytes  *bytes,
           GError **error)
{
  gsize len;
  const char *data = g_bytes_get_data (bytes, &len);

  if (fwrite (data, 1, len, stdout) == len && fflush (stdout) == 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _("standard output cannot be written to"));

  return FALSE;
}

/**
 * tl_rendering_print:
 * @target: for what
 * @mailboxes: what is to be handed over, without passwords
 * @n_mailboxes: how many
 * @error: return location for a #GError
 *
 * Renders to standard output. To a terminal no byte goes that it would act on.
 *
 * Returns: whether it did; %FALSE with %TL_ERROR_INVALID_INPUT when it would be more than one file
 */
gboolean
tl_rendering_print (TlTarget               *target,
                    const TlTargetMailbox  *mailboxes,
                    guint                   n_mailboxes,
                    GError                **error)
{
  g_autoptr(GPtrArray) files = render (target, mailboxes, n_mailboxes, FALSE, error);

  if (files == NULL)
    return FALSE;
  if (files->len > 1 && tl_target_get_kind (target) == TL_TARGET_FILE)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   /* Translators: %u is at least 2 */
                   ngettext ("that makes %u file: say with --output in which folder",
                             "that makes %u files: say with --output in which folder",
                             files->len),
                   files->len);
      return FALSE;
    }

  for (guint i = 0; i < files->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (files, i);

      if (isatty (STDOUT_FILENO))
        {
          gsize len;
          const char *data = g_bytes_get_data (bytes, &len);
          g_autofree char *text = g_strndup (data, len);
          g_auto(GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);

          for (gsize j = 0; lines[j] != NULL; j++)
            tl_terminal_print ("%s", g_strchomp (lines[j]));
        }
      else if (!write_out (bytes, error))
        {
          return FALSE;
        }
    }

  return TRUE;
}

/* @output as it is, for one file; else the target's own names in that folder. */
static char *
make_path (TlTarget              *target,
           const TlTargetMailbox *mailboxes,
           guint                  n_mailboxes,
           const char            *output,
           guint                  part,
           guint                  n_parts)
{
  gboolean is_of_one = n_parts == n_mailboxes;
  g_autofree char *name = NULL;

  if (!g_file_test (output, G_FILE_TEST_IS_DIR))
    return g_strdup (output);

  /* A file a mailbox is named after it; what holds several is not. */
  if (is_of_one)
    name = tl_target_dup_file_name (target, &mailboxes[part], 0, 1);
  else
    name = tl_target_dup_file_name (target, n_mailboxes == 1 ? mailboxes : NULL, part, n_parts);

  return g_build_filename (output, name, NULL);
}

/**
 * tl_rendering_save:
 * @target: for what
 * @mailboxes: what is to be handed over
 * @n_mailboxes: how many
 * @output: a file, or a folder
 * @error: return location for a #GError
 *
 * Renders into files. With a password in it a file is new, and for its owner alone (mode 0600).
 *
 * Returns: (transfer full): the files' names, or %NULL with %TL_ERROR_INVALID_INPUT, or with what
 *   the disk said
 */
char **
tl_rendering_save (TlTarget               *target,
                   const TlTargetMailbox  *mailboxes,
                   guint                   n_mailboxes,
                   const char             *output,
                   GError                **error)
{
  gboolean as_page = g_str_has_suffix (output, ".html") ||
                     g_file_test (output, G_FILE_TEST_IS_DIR);
  g_autoptr(GPtrArray) files = render (target, mailboxes, n_mailboxes, as_page, error);
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  gboolean secretive = has_passwords (mailboxes, n_mailboxes);

  if (files == NULL)
    return NULL;
  if (files->len > 1 && !g_file_test (output, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   /* Translators: %u is at least 2 */
                   ngettext ("--output: that makes %u file; name a folder",
                             "--output: that makes %u files; name a folder", files->len),
                   files->len);
      return NULL;
    }

  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (paths, make_path (target, mailboxes, n_mailboxes, output, i, files->len));
  g_ptr_array_add (paths, NULL);

  if (!tl_target_save_sync (files, (const char * const *) paths->pdata, secretive, error))
    return NULL;

  return g_strdupv ((char **) paths->pdata);
}
