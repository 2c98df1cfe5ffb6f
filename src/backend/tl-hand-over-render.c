/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a target takes, made of a hand-over: files, and sheets. */
#include "tl-hand-over-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-setup-private.h"
#include "tl-target-save.h"

typedef struct
{
  /* Owned; set before the thread starts, and only read after */
  TlTarget *target;
  TlReport *report;
  TlSecret *incoming;
  TlSecret *outgoing;
  char     *path;

  gboolean  has_passwords;
  gint64    now_s;
} Rendering;

static void
rendering_free (gpointer data)
{
  Rendering *self = data;

  g_clear_object (&self->target);
  g_clear_pointer (&self->report, tl_report_unref);
  g_clear_pointer (&self->incoming, tl_secret_unref);
  g_clear_pointer (&self->outgoing, tl_secret_unref);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

/**
 * tl_hand_over_describe:
 * @report: a set-up as it stands
 * @out_mailbox: (out): the same for a target, without passwords
 */
void
tl_hand_over_describe (TlReport        *report,
                       TlTargetMailbox *out_mailbox)
{
  *out_mailbox = (TlTargetMailbox) {
    .report = report,
    .now_s = g_get_real_time () / G_USEC_PER_SEC,
    .is_verified = TRUE,
  };
}

/* NULL where the mailbox has none. */
static GBytes *
render_sheet (const Rendering       *self,
              const TlTargetMailbox *mailbox)
{
  return g_str_has_suffix (self->path, ".txt") ? tl_target_render_text (self->target, mailbox)
                                               : tl_target_render_page (self->target, mailbox);
}

static GPtrArray *
render (const Rendering  *self,
        GError          **error)
{
  const TlTargetMailbox mailbox = {
    .report = self->report,
    .now_s = self->now_s,
    .is_verified = TRUE,
    .incoming = self->incoming,
    .outgoing = self->outgoing,
  };
  GBytes *sheet;
  GPtrArray *parts;

  if (tl_target_get_kind (self->target) == TL_TARGET_FILE)
    return tl_target_render (self->target, &mailbox, 1, error);

  sheet = render_sheet (self, &mailbox);
  if (sheet == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED, "there is no sheet for this mailbox");
      return NULL;
    }
  parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (parts, sheet);

  return parts;
}

/* `mailbox.csv` becomes `mailbox-2.csv`. */
static char *
dup_part_path (const char *path,
               guint       part)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR);
  const char *name = slash == NULL ? path : slash + 1;
  const char *dot = strrchr (name, '.');
  gsize stem_len = dot == NULL || dot == name ? strlen (path) : (gsize) (dot - path);

  return part == 0 ? g_strdup (path)
                   : g_strdup_printf ("%.*s-%u%s", (int) stem_len, path, part + 1, path + stem_len);
}

static gboolean
save (const Rendering  *self,
      GPtrArray        *parts,
      GError          **error)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < parts->len; i++)
    g_ptr_array_add (paths, dup_part_path (self->path, i));
  g_ptr_array_add (paths, NULL);

  return tl_target_save_sync (parts, (const char * const *) paths->pdata, self->has_passwords,
                              error);
}

/* What could not be made is ours to say, in our domain; what could not be saved is the disk's. */
static void
render_thread (GTask        *work,
               gpointer      object,
               gpointer      data,
               GCancellable *cancellable)
{
  const Rendering *rendering = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr(GPtrArray) parts = render (rendering, &error);

  if (parts == NULL)
    {
      g_autoptr(GError) cause = error;

      g_task_return_new_error (work, TL_ERROR, TL_ERROR_REFUSED, "%s", cause->message);
    }
  else if (save (rendering, parts, &error))
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, error);
}

static TlFinding *
explain_target (TlTarget     *target,
                const GError *error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_TARGET, "s", tl_target_get_name (target));
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", error->message);

  return tl_finding_new ("export.target-cannot-express", TL_LANE_NONE,
                         g_variant_dict_end (&evidence));
}

static void
on_rendered (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlHandOver *self = TL_HAND_OVER (object);
  const Rendering *rendering = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      tl_hand_over_take_path (self, rendering->path);
      g_task_return_boolean (task, TRUE);
      return;
    }

  tl_hand_over_take_finding (self, g_error_matches (error, TL_ERROR, TL_ERROR_REFUSED)
    ? explain_target (rendering->target, error)
    : tl_finding_new_detail ("export.write-failed", TL_LANE_NONE, error->message));
  g_task_return_error (task, error);
}

/* Why nothing is made for the target, or NULL. */
static TlFinding *
find_refusal (TlHandOver *self,
              TlReport   *report,
              gboolean    with_passwords)
{
  TlPolicies *policies = tl_setup_get_policies (self->setup);
  TlFinding *broken = tl_setup_get_policy_finding (self->setup);
  TlFinding *finding;
  TlTargetMailbox mailbox;

  if (broken != NULL)
    return g_object_ref (broken);
  finding = tl_policies_refuse_render (policies, tl_target_get_id (self->target), with_passwords);
  if (finding != NULL)
    return finding;

  tl_hand_over_describe (report, &mailbox);

  return tl_target_refuse (self->target, &mailbox);
}

static Rendering *
rendering_new (TlHandOver *self,
               TlReport   *report,
               const char *path,
               gboolean    with_passwords)
{
  Rendering *rendering = g_new0 (Rendering, 1);
  TlSecret *incoming = tl_setup_get_password (self->setup, TL_LANE_INCOMING);
  TlSecret *outgoing = tl_setup_get_password (self->setup, TL_LANE_OUTGOING);

  rendering->target = g_object_ref (self->target);
  rendering->report = tl_report_ref (report);
  rendering->path = g_strdup (path);
  rendering->now_s = g_get_real_time () / G_USEC_PER_SEC;
  rendering->has_passwords = with_passwords && tl_target_takes_passwords (self->target) &&
                             (incoming != NULL || outgoing != NULL);
  if (rendering->has_passwords && incoming != NULL)
    rendering->incoming = tl_secret_ref (incoming);
  if (rendering->has_passwords && outgoing != NULL)
    rendering->outgoing = tl_secret_ref (outgoing);

  return rendering;
}

/**
 * tl_hand_over_render_async:
 * @self: a hand-over with a target
 * @path: where to; more files than one get a number before their ending. Of a sheet a page, or text
 *   where it ends in `.txt`
 * @with_passwords: write the passwords there are into the file, for everybody to read who gets it
 * @cancellable: (nullable): stops it before anything is made
 * @callback: called when the file is there
 * @user_data: for @callback
 *
 * Writes what the target takes, of the set-up as it stands now. With passwords no file that is
 * there is touched; without, an old one is replaced in one go or not at all. When it fails,
 * `finding` says why, and nothing was written.
 */
void
tl_hand_over_render_async (TlHandOver          *self,
                           const char          *path,
                           gboolean             with_passwords,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr(GTask) work = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(TlFinding) refusal = NULL;

  g_return_if_fail (TL_IS_HAND_OVER (self) && path != NULL);

  g_task_set_source_tag (task, tl_hand_over_render_async);
  /* The file is there or it is not, whoever stops waiting for it. */
  g_task_set_check_cancellable (task, FALSE);
  tl_hand_over_forget (self);
  if (self->setup != NULL && self->target != NULL)
    report = tl_setup_dup_report (self->setup);
  if (report == NULL)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "there is no mailbox, or no target for it");
      return;
    }

  refusal = find_refusal (self, report, with_passwords);
  if (refusal != NULL)
    {
      tl_hand_over_take_finding (self, g_object_ref (refusal));
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_REFUSED, "%s refuses it",
                               tl_finding_get_id (refusal));
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  g_task_set_task_data (task, rendering_new (self, report, path, with_passwords), rendering_free);
  work = g_task_new (self, NULL, on_rendered, g_object_ref (task));
  g_task_set_source_tag (work, tl_hand_over_render_async);
  g_task_set_task_data (work, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (work, render_thread);
}

/**
 * tl_hand_over_render_finish:
 * @self: a hand-over
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is there; %FALSE with %TL_ERROR_REFUSED where it may not or cannot be
 *   made, with what the disk said, or with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_hand_over_render_finish (TlHandOver    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_hand_over_dup_file_name:
 * @self: a hand-over
 *
 * Returns: (transfer full) (nullable): what to call the target's file, without a folder; %NULL
 *   without a target or a mailbox
 */
char *
tl_hand_over_dup_file_name (TlHandOver *self)
{
  g_autoptr(TlReport) report = NULL;
  TlTargetMailbox mailbox;

  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  if (self->setup != NULL && self->target != NULL)
    report = tl_setup_dup_report (self->setup);
  if (report == NULL)
    return NULL;

  tl_hand_over_describe (report, &mailbox);

  return tl_target_dup_file_name (self->target, &mailbox, 0, 1);
}

/* What goes into the target's sheet, if it has one. */
static TlReport *
dup_sheet_report (TlHandOver *self)
{
  if (self->setup == NULL || self->target == NULL ||
      tl_target_get_kind (self->target) != TL_TARGET_SHEET)
    return NULL;

  return tl_setup_dup_report (self->setup);
}

static char *
dup_sheet (TlHandOver *self,
           GBytes   *(*render_as) (TlTarget *, const TlTargetMailbox *))
{
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GBytes) bytes = NULL;
  TlTargetMailbox mailbox;
  const char *text;
  gsize len;

  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  report = dup_sheet_report (self);
  if (report == NULL)
    return NULL;

  tl_hand_over_describe (report, &mailbox);
  bytes = render_as (self->target, &mailbox);
  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &len);

  return g_strndup (text, len);
}

/**
 * tl_hand_over_list_steps:
 * @self: a hand-over
 *
 * Returns: (transfer full) (nullable): what to do at the target, in order; %NULL where it has no
 *   sheet
 */
char **
tl_hand_over_list_steps (TlHandOver *self)
{
  g_autoptr(TlReport) report = NULL;
  TlTargetMailbox mailbox;

  g_return_val_if_fail (TL_IS_HAND_OVER (self), NULL);

  report = dup_sheet_report (self);
  if (report == NULL)
    return NULL;

  tl_hand_over_describe (report, &mailbox);

  return tl_target_list_steps (self->target, &mailbox);
}

/**
 * tl_hand_over_dup_sheet_text:
 * @self: a hand-over
 *
 * Returns: (transfer full) (nullable): the target's sheet as text; %NULL where it has none
 */
char *
tl_hand_over_dup_sheet_text (TlHandOver *self)
{
  return dup_sheet (self, tl_target_render_text);
}

/**
 * tl_hand_over_dup_sheet_page:
 * @self: a hand-over
 *
 * Returns: (transfer full) (nullable): the target's sheet as a page; %NULL where it has none
 */
char *
tl_hand_over_dup_sheet_page (TlHandOver *self)
{
  return dup_sheet (self, tl_target_render_page);
}
