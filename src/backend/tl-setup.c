/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-setup.h"

#include "tl-contact.h"
#include "tl-hand-over-private.h"
#include "tl-loop.h"
#include "tl-mailbox-private.h"
#include "tl-note.h"
#include "tl-setup-private.h"
#include "tl-signin-private.h"

G_DEFINE_FINAL_TYPE (TlSetup, tl_setup, G_TYPE_OBJECT)

static void
on_draft_changed (TlSetup     *self,
                  GParamSpec  *pspec,
                  TlLaneDraft *draft)
{
  tl_setup_check_secret_host (self, tl_lane_draft_get_lane (draft));
  /* What a person said of folders was about those of another server or account. */
  if (tl_lane_draft_get_lane (draft) == TL_LANE_INCOMING)
    tl_mailbox_drop_choices (self->mailbox);
  tl_setup_forget_results (self, tl_lane_draft_get_lane (draft));
  tl_setup_refresh_prerequisites (self);
  /* What is taken there, and where a hint may be followed to, depends on the servers. */
  if (self->discovery != NULL)
    tl_setup_refresh_signin (self);
  g_object_notify (G_OBJECT (self), "servers-valid");
}

static void
tl_setup_dispose (GObject *object)
{
  TlSetup *self = TL_SETUP (object);

  if (self->hand_over != NULL)
    tl_hand_over_part (self->hand_over);
  if (self->practice != NULL)
    tl_practice_stop (self->practice);
  g_clear_object (&self->practice);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      g_clear_object (&self->lanes[i].draft);
      g_clear_object (&self->lanes[i].run);
      g_clear_pointer (&self->lanes[i].secret, tl_secret_unref);
      g_clear_pointer (&self->lanes[i].secret_provider, tl_provider_unref);
      g_clear_pointer (&self->lanes[i].secret_host, g_free);
      g_clear_pointer (&self->lanes[i].token, tl_secret_unref);
      g_clear_pointer (&self->lanes[i].tried_users, g_ptr_array_unref);
      g_clear_object (&self->lanes[i].cancellable);
    }
  tl_setup_drop_signin (self);
  g_clear_object (&self->running_discovery);
  g_clear_object (&self->discover_cancellable);
  g_clear_object (&self->recall_cancellable);
  g_clear_object (&self->address_finding);
  g_clear_object (&self->store_finding);
  g_clear_object (&self->export_finding);
  g_clear_object (&self->signing);
  g_clear_object (&self->sources);
  g_clear_object (&self->candidates);
  g_clear_object (&self->discovery_findings);
  g_clear_object (&self->rejections);
  g_clear_object (&self->hints);
  g_clear_object (&self->contacts);
  g_clear_object (&self->prerequisites);
  g_clear_object (&self->app_password_steps);
  g_clear_object (&self->pair_findings);
  g_clear_object (&self->loop);
  g_clear_object (&self->loop_cancellable);
  g_clear_pointer (&self->loop_report, tl_loop_report_unref);
  g_clear_object (&self->loop_findings);
  g_clear_object (&self->hand_over_findings);
  g_clear_object (&self->hand_over);
  g_clear_object (&self->policies);
  g_clear_object (&self->policy_results);
  g_clear_object (&self->policy_finding);
  g_clear_pointer (&self->policy_name, g_free);
  tl_setup_stop_readiness (self);
  g_clear_object (&self->secret_finding);
  tl_setup_stop_identity (self);
  g_clear_object (&self->left_to_do);
  g_clear_pointer (&self->errands, g_queue_free);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->discovery, tl_discovery_report_unref);
  g_clear_pointer (&self->provider, tl_provider_unref);
  g_clear_pointer (&self->address_text, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->export_path, g_free);
  g_clear_pointer (&self->suggestion, g_free);
  g_clear_pointer (&self->directory_url, g_free);

  G_OBJECT_CLASS (tl_setup_parent_class)->dispose (object);
}

static void
tl_setup_class_init (TlSetupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = tl_setup_dispose;
  tl_setup_install_properties (object_class);
}

static void
on_signing_changed (TlSetup *self)
{
  tl_setup_refresh_hand_over (self);
  tl_hand_over_refresh_signer (self->hand_over);
  g_object_notify (G_OBJECT (self), "signer-fingerprint");
  g_object_notify (G_OBJECT (self), "signer-kept");
}

static void
tl_setup_init (TlSetup *self)
{
  self->network = tl_network_new_system ();
  self->address_text = g_strdup ("");
  self->display_name = g_strdup ("");
  self->sources = g_list_store_new (TL_TYPE_SOURCE_ANSWER);
  self->candidates = g_list_store_new (TL_TYPE_CANDIDATE);
  self->discovery_findings = g_list_store_new (TL_TYPE_FINDING);
  self->rejections = g_list_store_new (TL_TYPE_REJECTION);
  self->hints = g_list_store_new (TL_TYPE_HINT);
  self->contacts = g_list_store_new (TL_TYPE_CONTACT);
  self->prerequisites = g_list_store_new (TL_TYPE_NOTE);
  self->app_password_steps = g_list_store_new (TL_TYPE_NOTE);
  self->pair_findings = g_list_store_new (TL_TYPE_FINDING);
  self->loop_findings = g_list_store_new (TL_TYPE_FINDING);
  self->loop_patience_s = TL_LOOP_PATIENCE_MS / 1000;
  self->hand_over_findings = g_list_store_new (TL_TYPE_FINDING);
  self->policy_results = g_list_store_new (TL_TYPE_POLICY_RESULT);
  self->hand_over = tl_hand_over_new (self);
  self->left_to_do = g_list_store_new (TL_TYPE_NOTE);
  self->errands = g_queue_new ();
  self->signin.shown = tl_signin_new ();
  self->signin.contacts = tl_contacts_new ();
  self->signing = tl_signing_new ();
  g_signal_connect_object (self->signing, "notify::fingerprint", G_CALLBACK (on_signing_changed),
                           self, G_CONNECT_SWAPPED);

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      self->lanes[i].draft = tl_lane_draft_new (tl_lanes[i]);
      self->lanes[i].run = tl_lane_run_new (tl_lanes[i]);
      self->lanes[i].tried_users = g_ptr_array_new_with_free_func (g_free);
      g_signal_connect_object (self->lanes[i].draft, "notify::valid",
                               G_CALLBACK (on_draft_changed), self, G_CONNECT_SWAPPED);
    }
  tl_setup_start_identity (self);
  tl_setup_start_readiness (self);
  g_signal_connect_object (self->identity, "changed", G_CALLBACK (tl_setup_refresh_sending), self,
                           G_CONNECT_SWAPPED);
  tl_setup_set_client_store (self, tl_client_store_get_default ());
  tl_setup_set_policy_store (self, tl_policy_store_get_default ());
}

TlSetup *
tl_setup_new (void)
{
  return g_object_new (TL_TYPE_SETUP, NULL);
}

void
tl_setup_set_display_name (TlSetup    *self,
                           const char *name)
{
  g_return_if_fail (TL_IS_SETUP (self));

  if (g_strcmp0 (self->display_name, name == NULL ? "" : name) == 0)
    return;
  g_free (self->display_name);
  self->display_name = g_strdup (name == NULL ? "" : name);
  tl_hand_over_refresh (self->hand_over);
  g_object_notify (G_OBJECT (self), "display-name");
}

TlPurpose
tl_setup_get_purpose (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), TL_PURPOSE_MAILBOX);

  return self->purpose;
}

TlLaneDraft *
tl_setup_get_draft (TlSetup    *self,
                    TlLaneKind  lane)
{
  g_return_val_if_fail (TL_IS_SETUP (self) && lane != TL_LANE_NONE, NULL);

  return self->lanes[lane - TL_LANE_INCOMING].draft;
}

TlLaneRun *
tl_setup_get_run (TlSetup    *self,
                  TlLaneKind  lane)
{
  g_return_val_if_fail (TL_IS_SETUP (self) && lane != TL_LANE_NONE, NULL);

  return self->lanes[lane - TL_LANE_INCOMING].run;
}

/**
 * tl_setup_get_discovery:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): what discovery says, once the proposal stands
 */
TlDiscoveryReport *
tl_setup_get_discovery (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->discovery;
}

GListModel *
tl_setup_get_hand_over_findings (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return G_LIST_MODEL (self->hand_over_findings);
}

TlSigning *
tl_setup_get_signing (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->signing;
}

TlHandOver *
tl_setup_get_hand_over (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->hand_over;
}

/**
 * tl_setup_get_store_finding:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): why the keyring did not give or keep a
 *   password when it was last asked, or %NULL when it did, or had none
 */
TlFinding *
tl_setup_get_store_finding (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->store_finding;
}

/**
 * tl_setup_get_export_finding:
 * @self: a set-up
 *
 * Returns: (transfer none) (nullable): why the last export failed, or %NULL
 */
TlFinding *
tl_setup_get_export_finding (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->export_finding;
}

/**
 * tl_setup_start_over:
 * @self: a set-up
 *
 * Forgets everything, for the next mailbox. The signer stays, unless it was for practice.
 */
void
tl_setup_start_over (TlSetup *self)
{
  g_return_if_fail (TL_IS_SETUP (self));

  tl_setup_set_display_name (self, NULL);
  g_object_set (self, "remember", FALSE, NULL);
  /* Without an address too there may be servers typed by hand. */
  tl_setup_take_address_text (self, "");
}
