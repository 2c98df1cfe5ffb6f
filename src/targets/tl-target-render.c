/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-render.h"

#include <string.h>

#include "tl-error.h"
#include "tl-target-private.h"

/**
 * tl_target_write:
 * @self: a target that makes files
 * @run: whose turn it is
 * @out: an empty string that it is added to
 *
 * Returns: whether every value could be written
 */
gboolean
tl_target_write (TlTarget    *self,
                 TlTargetRun *run,
                 GString     *out)
{
  if (self->medium == TL_TARGET_CSV)
    return tl_target_csv_write (self, run, out);
  if (self->medium == TL_TARGET_JSON)
    return tl_target_tree_write (self->tree, run, out);

  run->max_line = self->max_line;

  return tl_target_lines_write (self->lines, self->medium, run, out);
}

/* One file; NULL when a value cannot be written, which tl_target_check() says before. */
static GBytes *
write_file (TlTarget               *self,
            TlTargetValues * const *mailboxes,
            guint                   n)
{
  TlTargetRun run = { .mailboxes = mailboxes, .n_mailboxes = n };
  g_autoptr(GString) out = g_string_new (NULL);

  if (!tl_target_write (self, &run, out))
    return NULL;

  return g_string_free_to_bytes (g_steal_pointer (&out));
}

static gboolean
fits (TlTarget *self,
      GBytes   *file)
{
  return self->max_bytes == 0 || g_bytes_get_size (file) <= self->max_bytes;
}

/* As many as go into one file, from @mailboxes on. More never take less room, so it is found by
 * halves: @least fit, or are one; @most do not. */
static GBytes *
write_most (TlTarget               *self,
            TlTargetValues * const *mailboxes,
            guint                   n,
            guint                  *out_n_written,
            GError                **error)
{
  guint least = 1;
  guint most = self->takes_several ? n : 1;
  g_autoptr(GBytes) file = NULL;

  if (self->max_rows > 0)
    most = MIN (most, self->max_rows);
  *out_n_written = most;
  file = write_file (self, mailboxes, most);
  if (file != NULL && fits (self, file))
    return g_steal_pointer (&file);

  while (file != NULL && most - least > 1)
    {
      guint middle = least + (most - least) / 2;
      g_autoptr(GBytes) smaller = write_file (self, mailboxes, middle);

      if (fits (self, smaller))
        least = middle;
      else
        most = middle;
    }

  g_clear_pointer (&file, g_bytes_unref);
  *out_n_written = least;
  file = write_file (self, mailboxes, least);
  if (file == NULL || !fits (self, file))
    {
      g_set_error (error, TL_ERROR, TL_ERROR_REFUSED, "one mailbox does not go into a file of %s",
                   self->id);
      return NULL;
    }

  return g_steal_pointer (&file);
}

static gboolean
check_all (TlTarget               *self,
           const TlTargetMailbox  *mailboxes,
           guint                   n_mailboxes,
           GError                **error)
{
  for (guint i = 0; i < n_mailboxes; i++)
    {
      g_autoptr(TlFinding) refusal = tl_target_refuse (self, &mailboxes[i]);
      TlPlan *plan = tl_report_get_plan (mailboxes[i].report);

      if (refusal == NULL)
        continue;
      g_set_error (error, TL_ERROR, TL_ERROR_REFUSED, "%s cannot take %s: %s", self->id,
                   tl_address_get_addr_spec (tl_plan_get_address (plan)),
                   tl_evidence_get_string (tl_finding_get_evidence (refusal), TL_EVIDENCE_DETAIL));
      return FALSE;
    }

  return TRUE;
}

/**
 * tl_target_render:
 * @self: a target that makes files
 * @mailboxes: (array length=n_mailboxes): the mailboxes, in the order of the file
 * @n_mailboxes: 1 to %TL_TARGET_MAX_MAILBOXES
 * @error: return location for a #GError
 *
 * Renders the mailboxes into one file, into as many as the target's caps make it, or into one for
 * each where it takes one at a time. The same input gives the same bytes. Passwords that are given
 * are in them. Pure; any thread.
 *
 * Fails with %TL_ERROR_INVALID_INPUT for a sheet or too many mailboxes, and %TL_ERROR_REFUSED where
 * tl_target_refuse() has something to say about one.
 *
 * Returns: (transfer full) (element-type GBytes): the files, or %NULL with @error set
 */
GPtrArray *
tl_target_render (TlTarget               *self,
                  const TlTargetMailbox  *mailboxes,
                  guint                   n_mailboxes,
                  GError                **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GPtrArray) values =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_target_values_free);

  if (self->kind != TL_TARGET_FILE || n_mailboxes == 0 || n_mailboxes > TL_TARGET_MAX_MAILBOXES)
    {
      g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                   "%s makes no file, or not of %u mailboxes", self->id, n_mailboxes);
      return NULL;
    }
  if (!check_all (self, mailboxes, n_mailboxes, error))
    return NULL;

  for (guint i = 0; i < n_mailboxes; i++)
    g_ptr_array_add (values, tl_target_values_new (&mailboxes[i]));
  for (guint done = 0; done < n_mailboxes;)
    {
      guint n = 0;
      GBytes *file = write_most (self, (TlTargetValues * const *) values->pdata + done,
                                 n_mailboxes - done, &n, error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
      done += n;
    }

  return g_steal_pointer (&files);
}

static char *
make_word (const char *text)
{
  char *word = g_strdup (text);

  for (char *p = word; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '_')
        *p = '-';
    }

  return word;
}

/**
 * tl_target_dup_file_name:
 * @self: a target
 * @mailbox: (nullable): the one mailbox that is in it; %NULL: there are several
 * @part: which file, from 0
 * @n_parts: of how many
 *
 * Suggests a name: word characters, a hyphen and one dot, no folder. That of a sheet is its page's.
 *
 * Returns: (transfer full): the name: `jane-example-org-instantly-csv.csv`
 */
char *
tl_target_dup_file_name (TlTarget              *self,
                         const TlTargetMailbox *mailbox,
                         guint                  part,
                         guint                  n_parts)
{
  const char *extension = self->extension != NULL ? self->extension : "html";
  g_autofree char *whose = NULL;
  TlPlan *plan;

  if (mailbox != NULL)
    {
      plan = tl_report_get_plan (mailbox->report);
      whose = make_word (tl_address_get_addr_spec (tl_plan_get_address (plan)));
    }
  else
    {
      whose = g_strdup ("mailboxes");
    }

  if (n_parts > 1)
    return g_strdup_printf ("%s-%s-%u.%s", whose, self->id, part + 1, extension);

  return g_strdup_printf ("%s-%s.%s", whose, self->id, extension);
}
