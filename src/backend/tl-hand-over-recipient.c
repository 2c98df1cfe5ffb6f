/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a hand-over seals passwords for, and which key signs: both are read from elsewhere. */
#include "tl-hand-over-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-file-read.h"
#include "tl-setup-private.h"

/* A certificate, or a key with the few certificates of a chain. */
#define MAX_BYTES (64 * 1024)

typedef struct
{
  /* Owned; set before the thread starts, and only read after */
  char     *where;
  TlSecret *passphrase;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  g_clear_pointer (&self->where, g_free);
  g_clear_pointer (&self->passphrase, tl_secret_unref);
  g_free (self);
}

static GTask *
begin (TlHandOver          *self,
       const char          *where,
       TlSecret            *passphrase,
       gpointer             tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Source *source = g_new0 (Source, 1);

  source->where = g_strdup (where);
  source->passphrase = passphrase == NULL ? NULL : tl_secret_ref (passphrase);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, source, source_free);
  tl_hand_over_take_finding (self, NULL);

  return task;
}

/* A disk or a token is waited for on a thread; what came of it is taken on the owner's context. */
static void
run (GTask           *task,
     GTaskThreadFunc  thread,
     GAsyncReadyCallback on_done)
{
  g_autoptr(GTask) work = g_task_new (g_task_get_source_object (task), NULL, on_done,
                                      g_object_ref (task));

  g_task_set_source_tag (work, run);
  g_task_set_task_data (work, g_object_ref (task), g_object_unref);
  g_task_run_in_thread (work, thread);
}

static void
fail (GTask      *task,
      const char *id,
      GError     *error)
{
  tl_hand_over_take_finding (g_task_get_source_object (task),
                             tl_finding_new_detail (id, TL_LANE_NONE, error->message));
  g_task_return_error (task, error);
}

static void
recipient_thread (GTask        *work,
                  gpointer      object,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Source *source = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = tl_file_read_sync (source->where, MAX_BYTES, &error);
  TlRecipient *recipient = NULL;
  gsize len;

  if (bytes != NULL)
    {
      const char *pem = g_bytes_get_data (bytes, &len);

      recipient = tl_recipient_new_from_pem (pem == NULL ? "" : pem, len,
                                             g_get_real_time () / G_USEC_PER_SEC, &error);
    }
  if (recipient == NULL)
    g_task_return_error (work, error);
  else
    g_task_return_pointer (work, recipient, (GDestroyNotify) tl_recipient_unref);
}

static void
on_recipient_read (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlHandOver *self = TL_HAND_OVER (object);
  GError *error = NULL;
  g_autoptr(TlRecipient) recipient = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (recipient == NULL)
    {
      fail (task, "export.recipient", error);
      return;
    }

  tl_hand_over_take_recipient (self, recipient, FALSE);
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_hand_over_load_recipient_async:
 * @self: a hand-over
 * @path: a certificate in PEM
 * @cancellable: (nullable): stops it; whom passwords are sealed for stays as it is
 * @callback: called when it was read
 * @user_data: for @callback
 *
 * Reads the certificate of whom passwords are to be sealed for. Nobody has agreed to it yet. When
 * it cannot be used `finding` says why, and the one there was stays.
 */
void
tl_hand_over_load_recipient_async (TlHandOver          *self,
                                   const char          *path,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (TL_IS_HAND_OVER (self) && path != NULL);

  task = begin (self, path, NULL, tl_hand_over_load_recipient_async, cancellable, callback,
                user_data);
  run (task, recipient_thread, on_recipient_read);
}

/**
 * tl_hand_over_load_recipient_finish:
 * @self: a hand-over
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether it is the recipient now; %FALSE with what is wrong with it, or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_hand_over_load_recipient_finish (TlHandOver    *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tl_hand_over_refresh_recipient:
 * @self: a hand-over with a set-up
 *
 * Takes the certificate that a policy grants, unless a person chose another; one that no policy
 * grants any more is dropped.
 */
void
tl_hand_over_refresh_recipient (TlHandOver *self)
{
  TlPolicies *policies = tl_setup_get_policies (self->setup);
  const char *pem = policies == NULL ? NULL : tl_policies_get_certificate (policies);
  g_autoptr(TlRecipient) recipient = NULL;
  g_autoptr(GError) error = NULL;

  if (self->recipient != NULL && !self->is_from_policy)
    return;

  if (pem != NULL)
    recipient = tl_recipient_new_from_pem (pem, strlen (pem), g_get_real_time () / G_USEC_PER_SEC,
                                           &error);
  if (error != NULL && self->finding == NULL)
    tl_hand_over_take_finding (self, tl_finding_new_detail ("export.recipient", TL_LANE_NONE,
                                                            error->message));

  if ((recipient == NULL) != (self->recipient == NULL) ||
      (recipient != NULL && !g_str_equal (tl_recipient_get_fingerprint (recipient),
                                          tl_recipient_get_fingerprint (self->recipient))))
    tl_hand_over_take_recipient (self, recipient, recipient != NULL);
}

static void
key_thread (GTask        *work,
            gpointer      object,
            gpointer      data,
            GCancellable *cancellable)
{
  Source *source = g_task_get_task_data (data);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  TlSigner *signer = NULL;

  if (g_ascii_strncasecmp (source->where, "pkcs11:", strlen ("pkcs11:")) == 0)
    signer = tl_signer_new_from_token (source->where, source->passphrase, &error);
  else if ((bytes = tl_file_read_sync (source->where, MAX_BYTES, &error)) != NULL)
    signer = tl_signer_new_from_pkcs12 (bytes, source->passphrase, &error);

  /* A bundle by it would be refused: better now than after the test. */
  if (signer != NULL && !tl_signer_covers (signer, g_get_real_time () / G_USEC_PER_SEC))
    {
      g_clear_pointer (&signer, tl_signer_unref);
      g_set_error_literal (&error, TL_ERROR, TL_ERROR_REFUSED,
                           "the certificate of this key is not valid at this time");
    }

  if (signer == NULL)
    g_task_return_error (work, error);
  else
    g_task_return_pointer (work, signer, (GDestroyNotify) tl_signer_unref);
}

/* Practice has a key of its own, which nobody takes for a company's. */
static gboolean
may_use_key (TlHandOver  *self,
             GError     **error)
{
  if (self->setup != NULL && self->setup->purpose != TL_PURPOSE_PRACTICE)
    return TRUE;

  g_set_error_literal (error, TL_ERROR, TL_ERROR_REFUSED, "a company's key signs no practice");

  return FALSE;
}

static void
on_key_read (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlHandOver *self = TL_HAND_OVER (object);
  GError *error = NULL;
  g_autoptr(TlSigner) signer = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_return_error_if_cancelled (task))
    {
      g_clear_error (&error);
      return;
    }
  if (signer == NULL || !may_use_key (self, &error))
    {
      fail (task, "export.signer", error);
      return;
    }

  tl_signing_use (self->setup->signing, signer);
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_hand_over_use_key_async:
 * @self: a hand-over
 * @where: (nullable): a PKCS #12 file, or a URI that begins with `pkcs11:` (RFC 7512); %NULL for
 *   the person's own key again
 * @passphrase: (nullable): what opens it
 * @cancellable: (nullable): stops it; who signs stays as it is
 * @callback: called when it signs
 * @user_data: for @callback
 *
 * Has a company's key sign. When it cannot be used `finding` says why, and who signs stays as it
 * is.
 */
void
tl_hand_over_use_key_async (TlHandOver          *self,
                            const char          *where,
                            TlSecret            *passphrase,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (TL_IS_HAND_OVER (self));

  task = begin (self, where, passphrase, tl_hand_over_use_key_async, cancellable, callback,
                user_data);
  if (where == NULL)
    {
      if (self->setup != NULL)
        tl_signing_use (self->setup->signing, NULL);
      g_task_return_boolean (task, TRUE);
    }
  else if (!may_use_key (self, &error))
    fail (task, "export.signer", error);
  else
    run (task, key_thread, on_key_read);
}

/**
 * tl_hand_over_use_key_finish:
 * @self: a hand-over
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether it signs now; %FALSE with what is wrong with it, or %G_IO_ERROR_CANCELLED
 */
gboolean
tl_hand_over_use_key_finish (TlHandOver    *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
