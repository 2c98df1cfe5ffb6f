/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up becomes a report, and the report a signed file. */
#include "tl-setup-private.h"

#include "tl-bundle.h"
#include "tl-error.h"
#include "tl-identity-private.h"

typedef struct
{
  /* Owned; set before the disk is waited for, and only read after */
  char      *path;
  TlAddress *address;
  TlReport  *report;
  GBytes    *bytes;

  TlPurpose  purpose;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->report, tl_report_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

static gboolean
uses_token (TlSetup *self)
{
  return tl_setup_needs_token (self, TL_LANE_INCOMING) ||
         tl_setup_needs_token (self, TL_LANE_OUTGOING);
}

/* Who is to sign in at which page, and as whom the program did: whoever takes the bundle over asks
 * for the same. The tokens themselves stay here. */
static TlPlan *
add_sign_in (TlSetup *self,
             TlPlan  *plan)
{
  const TlOauthRequest *request = self->signin.request;
  g_autofree char *login = tl_identity_dup_sign_in (self->identity);
  g_autofree char *account = NULL;
  TlPlanSignIn sign_in = { .login = login };

  if (uses_token (self) && request != NULL)
    {
      g_object_get (self->signin.shown, "account", &account, NULL);
      sign_in.issuer = tl_oauth_server_get_issuer (request->server);
      sign_in.client_id = tl_oauth_client_get_id (request->client);
      sign_in.scopes = request->scopes;
      sign_in.account = account;
    }

  return sign_in.login == NULL && sign_in.issuer == NULL ? tl_plan_ref (plan)
                                                         : tl_plan_with_sign_in (plan, &sign_in);
}

/**
 * tl_setup_dup_report:
 * @self: a set-up
 *
 * Returns: (transfer full) (nullable): plan and results as they stand, or
 *   %NULL while there is no address
 */
TlReport *
tl_setup_dup_report (TlSetup *self)
{
  g_autoptr(TlLaneSettings) incoming = NULL;
  g_autoptr(TlLaneSettings) outgoing = NULL;
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlPlan) signed_in = NULL;
  TlPlanLane lanes[2];

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return NULL;

  incoming = tl_setup_dup_settings (self, TL_LANE_INCOMING);
  outgoing = tl_setup_dup_settings (self, TL_LANE_OUTGOING);
  lanes[0].settings = incoming;
  lanes[1].settings = outgoing;
  for (guint i = 0; i < G_N_ELEMENTS (lanes); i++)
    {
      lanes[i].source = tl_lane_draft_get_source (self->lanes[i].draft);
      lanes[i].trust = tl_lane_draft_get_trust (self->lanes[i].draft);
      lanes[i].own_user =
        tl_lane_draft_has_own_user (self->lanes[i].draft,
                                    tl_address_get_addr_spec (self->address));
    }

  plan = tl_plan_new (self->purpose, self->address, self->display_name,
                      self->provider == NULL ? NULL : tl_provider_get_id (self->provider),
                      &lanes[0], &lanes[1]);
  signed_in = add_sign_in (self, plan);

  return tl_report_new (signed_in, tl_lane_run_get_report (self->lanes[0].run),
                        tl_lane_run_get_report (self->lanes[1].run));
}

/**
 * tl_setup_dup_file_name:
 * @self: a set-up with a valid address
 *
 * Returns: (transfer full): a file name for the bundle, without a folder:
 *   letters, digits, dots and hyphens of the address and `.twolane`
 */
char *
tl_setup_dup_file_name (TlSetup *self)
{
  g_autofree char *stem = NULL;

  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  if (self->address == NULL)
    return g_strdup ("mailbox.twolane");

  stem = g_strdup (tl_address_get_addr_spec (self->address));
  g_strcanon (stem, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-", '-');

  return g_strconcat (stem, ".twolane", NULL);
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

static TlFinding *
explain (const char   *id,
         const GError *error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", error->message);

  return tl_finding_new (id, TL_LANE_NONE, g_variant_dict_end (&evidence));
}

/* Ends an export. What became of it is shown unless the set-up is at another
 * mailbox by now. */
static void
finish_export (GTask      *task,
               const char *finding_id,
               GError     *error)
{
  TlSetup *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);

  if (self->address == export->address)
    {
      if (error == NULL)
        {
          g_free (self->export_path);
          self->export_path = g_strdup (export->path);
          g_object_notify (G_OBJECT (self), "export-path");
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_clear_object (&self->export_finding);
          self->export_finding = explain (finding_id, error);
          g_object_notify (G_OBJECT (self), "export-finding");
        }
    }

  set_exporting (self, FALSE);
  if (error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Waiting for the disk: a few milliseconds as a rule, seconds on a bad day. */
static void
save_thread (GTask        *save,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Export *export = g_task_get_task_data (data);
  GError *error = NULL;

  if (tl_bundle_save_sync (export->bytes, export->path, &error))
    g_task_return_boolean (save, TRUE);
  else
    g_task_return_error (save, error);
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  finish_export (task, "export.write-failed", error);
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
  g_autoptr(GTask) save = NULL;
  GError *error = NULL;
  /* Grows with every bundle a person signs, with no file to lose. */
  gint64 now_us = g_get_real_time ();

  if (tl_setup_load_signer_finish (self, result, &error))
    {
      /* The practice key must never sign for a real mailbox, nor the other way. */
      signer = self->purpose == export->purpose ? tl_signing_get_signer (self->signing) : NULL;
      if (signer == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                             "the set-up is at another mailbox");
    }
  if (signer != NULL)
    export->bytes = tl_bundle_write (export->report, signer, (guint64) now_us / 1000,
                                     now_us / G_USEC_PER_SEC, &error);
  if (export->bytes == NULL)
    {
      finish_export (task, "export.signer", error);
      return;
    }

  save = g_task_new (self, NULL, on_saved, g_object_ref (task));
  g_task_set_task_data (save, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (save, save_thread);
}

/**
 * tl_setup_export_async:
 * @self: a set-up with a valid address
 * @path: where to save the bundle; an old file there is replaced in one go or not at all
 * @cancellable: (nullable): stops it before the signature
 * @callback: called when the file is there
 * @user_data: for @callback
 *
 * Signs the report as it stands now and saves it. Unless both lanes are green
 * for exactly these settings, lately, what comes out is marked as a draft. What
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
  Export *export;

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_export_async);
  /* The file is there or it is not, whoever stops waiting for it. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->exporting)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "an export is running already");
      return;
    }

  export = g_new0 (Export, 1);
  export->path = g_strdup (path);
  export->address = tl_address_ref (self->address);
  export->purpose = self->purpose;
  export->report = tl_setup_dup_report (self);
  g_task_set_task_data (task, export, export_free);

  g_clear_object (&self->export_finding);
  g_object_notify (G_OBJECT (self), "export-finding");
  set_exporting (self, TRUE);
  tl_setup_load_signer_async (self, cancellable, on_export_signer_loaded, g_object_ref (task));
}

/**
 * tl_setup_export_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether the file is there; %FALSE with what the disk or the key
 *   said, %G_IO_ERROR_CANCELLED, or %G_IO_ERROR_PENDING while another is running
 */
gboolean
tl_setup_export_finish (TlSetup       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
