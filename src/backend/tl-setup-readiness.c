/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mailbox, sending and domain as parts of a set-up: made, watched, put into its report. */
#include "tl-setup-private.h"

#include "tl-domain-health-private.h"
#include "tl-mailbox-private.h"
#include "tl-sending-private.h"

static void
refresh_report (TlSetup *self)
{
  tl_setup_refresh_hand_over (self);
  g_object_notify (G_OBJECT (self), "ready");
}

static void
on_plan_changed (TlSetup *self)
{
  if (!tl_sending_was_asked (self->sending))
    return;

  tl_setup_refresh_domain (self);
  refresh_report (self);
}

/* What a check says on its way is nothing for a bundle yet. */
static void
on_domain_changed (TlSetup *self)
{
  if (tl_domain_health_get_report (self->domain_health) == NULL ||
      tl_domain_health_is_complete (self->domain_health))
    refresh_report (self);
}

/**
 * tl_setup_start_readiness:
 * @self: a set-up that has its lanes, its identity and its hand-over
 */
void
tl_setup_start_readiness (TlSetup *self)
{
  self->mailbox = tl_mailbox_new ();
  self->sending = tl_sending_new ();
  self->domain_health = tl_domain_health_new ();
  g_signal_connect_object (self->mailbox, "notify::report", G_CALLBACK (refresh_report), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sending, "notify::plan", G_CALLBACK (on_plan_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sending, "notify::was-asked", G_CALLBACK (refresh_report), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->domain_health, "notify::report", G_CALLBACK (on_domain_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hand_over, "notify::target", G_CALLBACK (tl_setup_refresh_plan),
                           self, G_CONNECT_SWAPPED);
}

/**
 * tl_setup_stop_readiness:
 * @self: a set-up that ends
 */
void
tl_setup_stop_readiness (TlSetup *self)
{
  g_clear_object (&self->mailbox);
  g_clear_object (&self->sending);
  g_clear_object (&self->domain_health);
  g_clear_object (&self->create_cancellable);
  g_clear_pointer (&self->domain_subject, tl_domain_subject_unref);
  tl_setup_clear_names (self);
}

/**
 * tl_setup_refresh_readiness:
 * @self: a set-up
 *
 * Judges mailbox, plan and domain again where what they depend on has changed.
 */
void
tl_setup_refresh_readiness (TlSetup *self)
{
  tl_setup_refresh_mailbox (self);
  tl_setup_refresh_plan (self);
  tl_setup_refresh_domain (self);
}

/**
 * tl_setup_forget_readiness:
 * @self: a set-up
 *
 * For a change of the address: nothing was seen, wished for or looked up.
 */
void
tl_setup_forget_readiness (TlSetup *self)
{
  tl_mailbox_start_over (self->mailbox);
  tl_sending_start_over (self->sending);
  tl_setup_forget_domain (self);
  tl_setup_forget_names (self);
}

/**
 * tl_setup_add_readiness:
 * @self: a set-up
 * @report: (transfer full): its report
 *
 * Returns: (transfer full): the same with the mailbox as the last incoming test saw it, the plan
 *   when somebody asked for one, and the domain when it was looked up to the end
 */
TlReport *
tl_setup_add_readiness (TlSetup  *self,
                        TlReport *report)
{
  g_autoptr(TlReport) bare = report;
  TlSendingPlan *plan =
    tl_sending_was_asked (self->sending) ? tl_sending_get_plan (self->sending) : NULL;
  TlDomainReport *domain = tl_domain_health_is_complete (self->domain_health)
                             ? tl_domain_health_get_report (self->domain_health) : NULL;

  return tl_report_with_sections (bare, tl_mailbox_get_report (self->mailbox), plan, domain);
}
