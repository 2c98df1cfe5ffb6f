/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The health of the domain that a set-up's mailbox is in, for this very set-up. */
#include "tl-setup-private.h"

#include "tl-domain-health-private.h"
#include "tl-error.h"

/* Where a lane goes as it is planned; a literal address says nothing about a domain. */
static char *
dup_host (TlSetup    *self,
          TlLaneKind  lane)
{
  g_autoptr(TlLaneSettings) settings = tl_setup_dup_settings (self, lane);
  const char *host =
    settings == NULL ? NULL : tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings));

  return host == NULL || g_hostname_is_ip_address (host) ? NULL : g_strdup (host);
}

/* @now_s: when its domain was looked up, or is to be */
static TlDomainSubject *
dup_subject (TlSetup  *self,
             gint64    now_s,
             GError  **error)
{
  g_autofree char *incoming = dup_host (self, TL_LANE_INCOMING);
  g_autofree char *outgoing = dup_host (self, TL_LANE_OUTGOING);
  TlDomainSubjectParts parts = {
    .domain = tl_address_get_domain (self->address),
    .registered = self->registered.domain,
    .reply_domain = self->reply_to.domain,
    .incoming_host = incoming,
    .outgoing_host = outgoing,
    .provider = self->provider,
    .relay = tl_setup_find_relay (self),
    .loop = self->loop_report,
    .now_s = now_s,
  };

  if (tl_sending_was_asked (self->sending))
    parts.volume = tl_sending_plan_get_parts (tl_sending_get_plan (self->sending))->volume;

  return tl_domain_subject_new (&parts, error);
}

/* But for the time, which nothing hangs on here. */
static gboolean
is_same_subject (TlDomainSubject *a,
                 TlDomainSubject *b)
{
  const TlDomainSubjectParts *p = tl_domain_subject_get_parts (a);
  const TlDomainSubjectParts *q = tl_domain_subject_get_parts (b);

  return g_strcmp0 (p->domain, q->domain) == 0 &&
         g_strcmp0 (p->registered, q->registered) == 0 &&
         g_strcmp0 (p->reply_domain, q->reply_domain) == 0 &&
         g_strcmp0 (p->incoming_host, q->incoming_host) == 0 &&
         g_strcmp0 (p->outgoing_host, q->outgoing_host) == 0 && p->provider == q->provider &&
         p->relay == q->relay && p->loop == q->loop && p->volume == q->volume;
}

static void
set_subject (TlSetup         *self,
             TlDomainSubject *subject)
{
  g_clear_pointer (&self->domain_subject, tl_domain_subject_unref);
  self->domain_subject = subject == NULL ? NULL : tl_domain_subject_ref (subject);
}

/**
 * tl_setup_refresh_domain:
 * @self: a set-up
 *
 * Where its domain was looked up for a set-up that is another by now, judges it again without
 * asking anybody; where somebody would have to be asked it is forgotten.
 */
void
tl_setup_refresh_domain (TlSetup *self)
{
  g_autoptr(TlDomainSubject) subject = NULL;
  gint64 now_s;

  if (self->domain_subject == NULL)
    return;

  /* Nobody is asked: what was answered is as old as it was. */
  now_s = tl_domain_subject_get_parts (self->domain_subject)->now_s;
  subject = self->address == NULL ? NULL : dup_subject (self, now_s, NULL);
  if (subject != NULL && is_same_subject (subject, self->domain_subject))
    return;

  set_subject (self, subject);
  if (subject == NULL)
    tl_domain_health_clear (self->domain_health);
  else
    tl_domain_health_judge_again (self->domain_health, subject);
}

/**
 * tl_setup_forget_domain:
 * @self: a set-up
 *
 * For a change of the address: what was found out is about another domain.
 */
void
tl_setup_forget_domain (TlSetup *self)
{
  set_subject (self, NULL);
  tl_domain_health_start_over (self->domain_health);
  tl_setup_refresh_contacts (self);
}

TlDomainHealth *
tl_setup_get_domain_health (TlSetup *self)
{
  g_return_val_if_fail (TL_IS_SETUP (self), NULL);

  return self->domain_health;
}

static void
on_checked (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GTask) task = data;
  TlSetup *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!tl_domain_health_check_finish (TL_DOMAIN_HEALTH (object), result, &error))
    {
      tl_setup_refresh_contacts (self);
      g_task_return_error (task, error);
      return;
    }

  tl_setup_refresh_contacts (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * tl_setup_check_domain_async:
 * @self: a set-up with a valid address that is no practice
 * @cancellable: (nullable): stops it; nothing is kept of it then
 * @callback: called when `domain-health` has its report
 * @user_data: for @callback
 *
 * Looks the address's domain up, and judges it for this very set-up. It is never done unless asked
 * for. Another address stops it; whom it took is in `contacts`.
 */
void
tl_setup_check_domain_async (TlSetup             *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(TlDomainSubject) subject = NULL;
  GError *error = NULL;

  g_return_if_fail (TL_IS_SETUP (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tl_setup_check_domain_async);
  if (self->address == NULL || self->purpose == TL_PURPOSE_PRACTICE)
    {
      g_task_return_new_error (task, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "a domain is looked up for an address of one's own");
      return;
    }

  /* The one that runs is about what it was asked for. */
  if (tl_domain_health_is_checking (self->domain_health))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               "a domain is looked up already");
      return;
    }

  subject = dup_subject (self, g_get_real_time () / G_USEC_PER_SEC, &error);
  if (subject == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  set_subject (self, subject);
  tl_domain_health_check_async (self->domain_health, subject, cancellable, on_checked,
                                g_object_ref (task));
}

/**
 * tl_setup_check_domain_finish:
 * @self: a set-up
 * @result: what the callback was given
 * @error: return location for a #GError
 *
 * Returns: whether there is a report, whatever it says; %FALSE with %TL_ERROR_INVALID_INPUT for
 *   practice and without an address, with %G_IO_ERROR_PENDING while it is looked up already, or
 *   with %G_IO_ERROR_CANCELLED
 */
gboolean
tl_setup_check_domain_finish (TlSetup       *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
