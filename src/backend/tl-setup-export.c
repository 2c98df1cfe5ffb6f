/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up becomes a signed file, or the members of one that is signed elsewhere. */
#include "tl-setup-private.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "tl-bundle.h"
#include "tl-error.h"
#include "tl-file-save.h"
#include "tl-hand-over-private.h"
#include "tl-unsigned-bundle.h"

#define SECRETS_MEMBER "secrets.p7m"

/* What is exported, and for whom: what changes after it was asked for does not change it. */
typedef struct
{
  /* Owned; set before the thread starts, and only read after */
  TlAddress   *address;
  TlReport    *report;
  TlRecipient *recipient;
  TlSecret    *incoming;
  TlSecret    *outgoing;
  TlSigner    *signer;
  char        *certificate; /* whose key is elsewhere, in PEM; or NULL */
  char        *path;

  TlPurpose    purpose;

  /* Written by the thread, and read once it has ended */
  const char  *stage;       /* the finding, if what it does now fails */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->report, tl_report_unref);
  g_clear_pointer (&self->recipient, tl_recipient_unref);
  g_clear_pointer (&self->incoming, tl_secret_unref);
  g_clear_pointer (&self->outgoing, tl_secret_unref);
  g_clear_pointer (&self->signer, tl_signer_unref);
  g_clear_pointer (&self->certificate, g_free);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static void
on_signer_loaded (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (tl_signing_load_finish (TL_SIGNING (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * tl_setup_load_signer_async:
 * @self: a set-up
 * @cancellable: (nullable): stops it
 * @callback: called when there is a signer
 * @user_data: for @callback
 *
 * Gets the key that signs: the kept one, or one for this run only.
 */
void
tl_setup_load_signer_async (TlSetup             *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));

  g_task_set_source_tag (task, tl_setup_load_signer_async);
  if (self->purpose != TL_PURPOSE_PRACTICE)
    tl_signing_load_async (self->signing, cancellable, on_signer_loaded, g_object_ref (task));
  else if (tl_signing_get_signer (self->signing) != NULL ||
           tl_signing_make_fleeting (self->signing, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * tl_setup_load_signer_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether there is a signer
 */
gboolean
tl_setup_load_signer_finish (TlSetup       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
set_exporting (TlSetup  *self,
               gboolean  exporting)
{
  self->exporting = exporting;
  g_object_notify (G_OBJECT (self), "exporting");
}

static void
take_finding (TlSetup   *self,
              TlFinding *finding)
{
  g_clear_object (&self->export_finding);
  self->export_finding = finding;
  g_object_notify (G_OBJECT (self), "export-finding");
}

/* Ends an export. What became of it is shown unless the set-up is at another
 * mailbox by now. */
static void
finish_export (GTask     *task,
               TlFinding *finding,
               GError    *error)
{
  TlSetup *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  g_autoptr(TlFinding) taken = finding;

  if (self->address == export->address)
    {
      if (error == NULL)
        {
          g_free (self->export_path);
          self->export_path = g_strdup (export->path);
          g_object_notify (G_OBJECT (self), "export-path");
        }
      else if (taken != NULL)
        take_finding (self, g_steal_pointer (&taken));
    }

  set_exporting (self, FALSE);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static TlFinding *
explain (const Export *self,
         const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;

  return tl_finding_new_detail (self->stage, TL_LANE_NONE, error->message);
}

static void
on_made (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  finish_export (task,
                 error == NULL ? NULL : explain (g_task_get_task_data (task), error), error);
}

/* A key on a token takes its time, and so does the disk. */
static void
run (GTask           *task,
     GTaskThreadFunc  thread)
{
  g_autoptr(GTask) work = g_task_new (g_task_get_source_object (task), NULL, on_made,
                                      g_object_ref (task));

  g_task_set_source_tag (work, run);
  g_task_set_task_data (work, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (work, thread);
}

static void
fill_contents (const Export     *self,
               TlBundleContents *out_contents)
{
  gint64 now_us = g_get_real_time ();

  *out_contents = (TlBundleContents) {
    .report = self->report,
    /* Grows with every bundle a person signs, with no file to lose. */
    .serial = (guint64) now_us / 1000,
    .now_s = now_us / G_USEC_PER_SEC,
    .recipient = self->recipient,
    .incoming = self->incoming,
    .outgoing = self->outgoing,
  };
}

static void
sign_thread (GTask        *work,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Export *export = g_task_get_task_data (data);
  g_autoptr(GBytes) bytes = NULL;
  GError *error = NULL;
  TlBundleContents contents;

  fill_contents (export, &contents);
  export->stage = "export.recipient";
  if (tl_unsigned_bundle_can_seal (&contents, &error))
    {
      export->stage = "export.signer";
      bytes = tl_bundle_write (&contents, export->signer, &error);
    }
  if (bytes != NULL)
    export->stage = "export.write-failed";

  if (bytes != NULL && tl_file_save_sync (bytes, export->path, &error))
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, error);
}

static gboolean
make_folder (const char  *path,
             GError     **error)
{
  int saved;

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "making the folder “%s”: %s",
               path, g_strerror (saved));

  return FALSE;
}

/* What is to be signed comes last: where it is, the rest is there too. */
static gboolean
save_members (TlUnsignedBundle  *bundle,
              const char        *folder,
              GError           **error)
{
  const char * const *names = tl_unsigned_bundle_list_members (bundle);
  g_autofree char *stale = g_build_filename (folder, SECRETS_MEMBER, NULL);

  if (!make_folder (folder, error))
    return FALSE;

  /* What an earlier export left there would not go with this one. */
  if (!g_strv_contains (names, SECRETS_MEMBER))
    g_unlink (stale);
  for (guint i = g_strv_length ((char **) names); i > 0; i--)
    {
      g_autofree char *path = g_build_filename (folder, names[i - 1], NULL);

      if (!tl_file_save_sync (tl_unsigned_bundle_get_member (bundle, names[i - 1]), path, error))
        return FALSE;
    }

  return TRUE;
}

static void
unsigned_thread (GTask        *work,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Export *export = g_task_get_task_data (data);
  g_autoptr(TlUnsignedBundle) bundle = NULL;
  GError *error = NULL;
  TlBundleContents contents;

  fill_contents (export, &contents);
  export->stage = "export.recipient";
  if (tl_unsigned_bundle_can_seal (&contents, &error))
    {
      export->stage = "export.signer";
      bundle = tl_unsigned_bundle_new (&contents, export->certificate, &error);
    }
  if (bundle != NULL)
    export->stage = "export.write-failed";

  if (bundle != NULL && save_members (bundle, export->path, &error))
    g_task_return_boolean (work, TRUE);
  else
    g_task_return_error (work, error);
}

static void
on_export_signer_loaded (GObject      *object,
                         GAsyncResult *result,
                         gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = TL_SETUP (object);
  Export *export = g_task_get_task_data (task);
  TlSigner *signer = NULL;
  GError *error = NULL;

  if (tl_setup_load_signer_finish (self, result, &error))
    {
      /* The practice key must never sign for a real mailbox, nor the other way. */
      signer = self->purpose == export->purpose ? tl_signing_get_signer (self->signing) : NULL;
      if (signer == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "the set-up is at another mailbox");
    }
  if (signer == NULL)
    {
      TlFinding *finding = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                             ? NULL : tl_finding_new_detail ("export.signer", TL_LANE_NONE,
                                                             error->message);

      finish_export (task, finding, error);
      return;
    }

  export->signer = tl_signer_ref (signer);
  run (task, sign_thread);
}

/* Takes what the passwords are sealed with, if they are to travel; else says why they cannot. A
 * bundle without what was asked for is not what was asked for. */
static TlFinding *
take_passwords (TlSetup *self,
                Export  *export)
{
  TlSecret *incoming = tl_setup_get_password (self, TL_LANE_INCOMING);
  TlSecret *outgoing = tl_setup_get_password (self, TL_LANE_OUTGOING);
  TlFinding *refusal;

  if (tl_hand_over_get_password_way (self->hand_over) != TL_PASSWORD_SEALED)
    return NULL;

  refusal = tl_hand_over_refuse_seal (self->hand_over);
  if (refusal != NULL)
    return refusal;

  export->recipient = tl_recipient_ref (tl_hand_over_get_recipient (self->hand_over));
  export->incoming = incoming == NULL ? NULL : tl_secret_ref (incoming);
  export->outgoing = outgoing == NULL ? NULL : tl_secret_ref (outgoing);

  return NULL;
}

/* Begins an export; %FALSE where it ended at once. */
static gboolean
begin (TlSetup    *self,
       GTask      *task,
       const char *path)
{
  Export *export;
  TlFinding *refusal = NULL;

  /* The file is there or it is not, whoever stops waiting for it. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->exporting)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "an export is running already");
      return FALSE;
    }

  export = g_new0 (Export, 1);
  export->path = g_strdup (path);
  export->address = tl_address_ref (self->address);
  export->purpose = self->purpose;
  export->report = tl_setup_dup_report (self);
  g_task_set_task_data (task, export, export_free);

  take_finding (self, NULL);
  set_exporting (self, TRUE);
  if (tl_setup_refuse_export (self) != NULL)
    refusal = g_object_ref (tl_setup_refuse_export (self));
  else
    refusal = take_passwords (self, export);
  if (refusal == NULL)
    return TRUE;

  finish_export (task, g_object_ref (refusal),
                 g_error_new (TL_ERROR, TL_ERROR_REFUSED, "%s keeps it from being exported",
                              tl_finding_get_id (refusal)));
  g_object_unref (refusal);

  return FALSE;
}

/**
 * tl_setup_export_async:
 * @self: a set-up with a valid address
 * @path: where to save the bundle; an old file there is replaced in one go or not at all
 * @cancellable: (nullable): stops it before the signature
 * @callback: called when the file is there
 * @user_data: for @callback
 *
 * Signs the report as it stands now and saves it, with the passwords sealed if `hand-over` says so.
 * Unless both lanes are green for exactly these settings, lately, and every rule of policy is kept,
 * what comes out is marked as a draft; while a policy cannot be read, or passwords cannot be sealed
 * that should be, nothing comes out. What
 * changes meanwhile does not change the file; a set-up that goes over to
 * practice or leaves it stops the export. When it fails, `export-finding` says why.
 */
void
tl_setup_export_async (TlSetup             *self,
                       const char          *path,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_export_async);
  if (begin (self, task, path))
    tl_setup_load_signer_async (self, cancellable, on_export_signer_loaded, g_object_ref (task));
}

/**
 * tl_setup_export_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is there; %FALSE with what the disk or the key
 *   said, %TL_ERROR_REFUSED, %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_PENDING while another is running
 */
gboolean
tl_setup_export_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_setup_export_unsigned_async:
 * @self: a set-up with a valid address
 * @folder: where to put the members; made if it is not there
 * @certificate_pem: of whoever will sign
 * @cancellable: (nullable): stops it before anything is made
 * @callback: called when they are there
 * @user_data: for @callback
 *
 * Like tl_setup_export_async(), but for the signature: `bundle.json`, `report.html` and, where
 * passwords are sealed, `secrets.p7m`, each for its owner alone.
 */
void
tl_setup_export_unsigned_async (TlSetup             *self,
                                const char          *folder,
                                const char          *certificate_pem,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Export *export;
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_export_unsigned_async);
  if (!begin (self, task, folder))
    return;

  export = g_task_get_task_data (task);
  export->certificate = g_strdup (certificate_pem);
  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    finish_export (task, NULL, error);
  else
    run (task, unsigned_thread);
}

/**
 * tl_setup_export_unsigned_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether all members are there; else as tl_setup_export_finish()
 */
gboolean
tl_setup_export_unsigned_finish (TlSetup       *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
