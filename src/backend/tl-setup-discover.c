/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a set-up gets to know its servers: from discovery, or from the practice mailbox. */
#include "tl-setup-private.h"

#include <string.h>

#include "tl-discovery.h"
#include "tl-note.h"
#include "tl-practice-file.h"

static void
show_provider (TlSetup    *self,
               const char *provider_id)
{
  const char * const *steps;

  if (provider_id == NULL)
    return;

  self->provider = tl_providers_find (provider_id);
  if (self->provider == NULL)
    return;
  tl_provider_ref (self->provider);

  for (guint i = 0; i < tl_provider_get_n_prerequisites (self->provider); i++)
    {
      const TlPrerequisite *prerequisite = tl_provider_get_prerequisite (self->provider, i);
      g_autoptr(TlNote) note = tl_note_new (prerequisite->text, prerequisite->link);

      g_list_store_append (self->prerequisites, note);
    }

  steps = tl_provider_get_app_password_steps (self->provider);
  for (gsize i = 0; steps != NULL && steps[i] != NULL; i++)
    {
      g_autoptr(TlNote) note = tl_note_new (steps[i], NULL);

      g_list_store_append (self->app_password_steps, note);
    }

  g_object_notify (G_OBJECT (self), "provider-name");
  g_object_notify (G_OBJECT (self), "app-password-link");
}

static void
show_discovery (TlSetup           *self,
                TlDiscoveryReport *report)
{
  GPtrArray *candidates = tl_discovery_report_get_candidates (report);
  GPtrArray *findings = tl_discovery_report_get_findings (report);

  self->discovery = report;
  g_list_store_splice (self->discovery_findings, 0, 0, findings->pdata, findings->len);
  g_list_store_splice (self->candidates, 0, 0, candidates->pdata, candidates->len);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      TlLaneDraft *draft = self->lanes[i].draft;
      TlCandidate *proposal = tl_discovery_report_get_proposal (report,
                                                                tl_lane_draft_get_lane (draft));
      gboolean edited = FALSE;

      /* What a person typed meanwhile stands until it is reset. */
      g_object_get (draft, "edited", &edited, NULL);
      if (proposal != NULL && edited)
        tl_lane_draft_set_found (draft, proposal);
      else if (proposal != NULL)
        tl_lane_draft_propose (draft, proposal);
    }

  show_provider (self, tl_discovery_report_get_provider (report));
  g_object_notify (G_OBJECT (self), "discovered");
  g_object_notify (G_OBJECT (self), "auth");
}

/* What a discovery that was stopped still says is about another question. */
static void
stop_discovery (TlSetup *self)
{
  g_cancellable_cancel (self->discover_cancellable);
  g_clear_object (&self->discover_cancellable);
  if (self->running_discovery == NULL)
    return;

  g_clear_object (&self->running_discovery);
  g_object_notify (G_OBJECT (self), "discovering");
}

/**
 * tl_setup_forget_discovery:
 * @self: a set-up
 *
 * Makes the next tl_setup_discover_async() ask again. What a person typed, the
 * drafts and the password, stays.
 */
void
tl_setup_forget_discovery (TlSetup *self)
{
  g_return_if_fail (TL_IS_SETUP (self));

  stop_discovery (self);
  g_clear_pointer (&self->discovery, tl_discovery_report_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_list_store_remove_all (self->sources);
  g_list_store_remove_all (self->candidates);
  g_list_store_remove_all (self->discovery_findings);
  g_list_store_remove_all (self->prerequisites);
  g_list_store_remove_all (self->app_password_steps);
  g_object_notify (G_OBJECT (self), "discovered");
  g_object_notify (G_OBJECT (self), "provider-name");
  g_object_notify (G_OBJECT (self), "app-password-link");
  g_object_notify (G_OBJECT (self), "auth");
}

static void
on_source_changed (TlSetup        *self,
                   TlSourceAnswer *answer,
                   TlDiscovery    *discovery)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

  if (self->running_discovery != discovery)
    return;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TlSourceAnswer) old = g_list_model_get_item (G_LIST_MODEL (self->sources), i);

      if (g_strcmp0 (tl_source_answer_get_source (old), tl_source_answer_get_source (answer)) == 0)
        {
          g_list_store_splice (self->sources, i, 1, (gpointer *) &answer, 1);
          return;
        }
    }

  g_list_store_append (self->sources, answer);
}

static void
on_discovery_ran (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  TlDiscovery *discovery = TL_DISCOVERY (object);
  GError *error = NULL;
  g_autoptr(TlDiscoveryReport) report = tl_discovery_run_finish (discovery, result, &error);

  if (self->running_discovery != discovery)
    {
      g_clear_error (&error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "another discovery took the place of this one");
      return;
    }

  g_clear_object (&self->running_discovery);
  g_object_notify (G_OBJECT (self), "discovering");
  if (report == NULL)
    {
      g_list_store_remove_all (self->sources);
      g_task_return_error (task, error);
      return;
    }

  show_discovery (self, g_steal_pointer (&report));
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_setup_discover_async:
 * @self: a set-up with a valid address
 * @cancellable: (nullable): stops it; nothing is changed then
 * @callback: called when the proposal stands
 * @user_data: for @callback
 *
 * Looks for the servers of the address. Has no effect when it was done already
 * for this address: what a person edited since stays. One that is still
 * running is stopped.
 */
void
tl_setup_discover_async (TlSetup             *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (TL_IS_SETUP (self));
  g_return_if_fail (self->address != NULL);

  g_task_set_source_tag (task, tl_setup_discover_async);
  if (self->discovery != NULL || self->purpose == TL_PURPOSE_PRACTICE)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  stop_discovery (self);
  g_list_store_remove_all (self->sources);
  self->discover_cancellable = g_cancellable_new ();
  tl_cancellable_chain (cancellable, self->discover_cancellable);

  self->running_discovery = tl_discovery_new (self->address, self->network,
                                              TL_DISCOVERY_BUDGET_MS);
  g_signal_connect_object (self->running_discovery, "source-changed",
                           G_CALLBACK (on_source_changed), self, G_CONNECT_SWAPPED);
  g_object_notify (G_OBJECT (self), "discovering");
  tl_discovery_run_async (self->running_discovery, self->discover_cancellable, on_discovery_ran,
                          g_steal_pointer (&task));
}

/**
 * tl_setup_discover_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: %TRUE when discovery is over, whatever it found; %FALSE with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_discover_finish (TlSetup       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
enter_practice (TlSetup     *self,
                const char  *ca_pem,
                guint16      incoming_port,
                guint16      outgoing_port,
                GError     **error)
{
  const struct
  {
    const char *host;
    guint16     port;
    TlSecurity  security;
    TlProtocol  protocol;
  } rows[] = {
    { TL_PRACTICE_INCOMING_HOST, incoming_port, TL_SECURITY_TLS, TL_PROTOCOL_IMAP },
    { TL_PRACTICE_OUTGOING_HOST, outgoing_port, TL_SECURITY_STARTTLS, TL_PROTOCOL_SMTP },
  };
  g_autoptr(TlNetwork) network = tl_network_new_practice (ca_pem, error);
  g_autoptr(TlSecret) secret = tl_secret_new (TL_PRACTICE_PASSWORD, strlen (TL_PRACTICE_PASSWORD));
  g_autoptr(TlSourceAnswer) answer = tl_source_answer_new (TL_SOURCE_PRACTICE, "answered", 0);

  if (network == NULL)
    return FALSE;

  tl_setup_set_address_text (self, "");
  tl_setup_set_address_text (self, TL_PRACTICE_ADDRESS);
  g_clear_pointer (&self->network, tl_network_unref);
  self->network = g_steal_pointer (&network);
  self->purpose = TL_PURPOSE_PRACTICE;
  tl_signing_clear (self->signing);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (rows[i].host, rows[i].port,
                                                        rows[i].security, error);
      g_autoptr(TlLaneSettings) settings = NULL;

      if (endpoint == NULL)
        return FALSE;
      settings = tl_lane_settings_new (rows[i].protocol, endpoint, TL_AUTH_PASSWORD,
                                       TL_PRACTICE_ADDRESS, error);
      if (settings == NULL)
        return FALSE;
      tl_lane_draft_set_settings (self->lanes[i].draft, settings, TL_SOURCE_PRACTICE,
                                  TL_TRUST_PRACTICE);
    }

  g_list_store_append (self->sources, answer);
  tl_setup_set_secret (self, TL_LANE_NONE, secret);
  g_object_notify (G_OBJECT (self), "purpose");
  g_object_notify (G_OBJECT (self), "discovered");

  return TRUE;
}

/**
 * tl_setup_practise:
 * @self: a set-up
 * @scenario: what shall happen
 * @error: return location for a #GError
 *
 * Starts the practice mailbox in this process and fills everything in for it.
 *
 * Returns: whether the practice mailbox runs
 */
gboolean
tl_setup_practise (TlSetup             *self,
                   TlPracticeScenario   scenario,
                   GError             **error)
{
  g_autoptr(TlPractice) practice = tl_practice_start (scenario, error);

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  if (practice == NULL ||
      !enter_practice (self, tl_practice_get_ca_pem (practice),
                       tl_practice_get_incoming_port (practice),
                       tl_practice_get_outgoing_port (practice), error))
    return FALSE;

  self->practice = g_steal_pointer (&practice);

  return TRUE;
}

/**
 * tl_setup_use_practice_file:
 * @self: a set-up
 * @error: return location for a #GError
 *
 * Uses the practice mailbox that `twolanectl practice` runs.
 *
 * Returns: whether there is one; %FALSE with %TL_ERROR_NOT_FOUND otherwise
 */
gboolean
tl_setup_use_practice_file (TlSetup  *self,
                            GError  **error)
{
  g_autoptr(TlPracticeFile) file = tl_practice_file_read (error);

  g_return_val_if_fail (TL_IS_SETUP (self), FALSE);

  return file != NULL && enter_practice (self, tl_practice_file_get_ca_pem (file),
                                         tl_practice_file_get_incoming_port (file),
                                         tl_practice_file_get_outgoing_port (file), error);
}
