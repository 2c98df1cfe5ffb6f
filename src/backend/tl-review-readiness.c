/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bundle says of its mailbox, of how much is to be sent, and of its domain, in rows. */
#include "tl-review-private.h"

#include <glib/gi18n-lib.h>

#include "tl-domain-health-private.h"
#include "tl-folder-role.h"
#include "tl-mailbox-private.h"
#include "tl-sending-private.h"

static void
add (GPtrArray  *details,
     TlStatus    status,
     const char *id,
     const char *label,
     const char *hint,
     const char *value)
{
  g_ptr_array_add (details, g_object_new (TL_TYPE_DETAIL, "status", status, "id", id,
                                          "label", label, "hint", hint, "value", value, NULL));
}

/* @rows: (transfer full) */
static void
add_all (GPtrArray *details,
         GPtrArray *rows)
{
  g_autoptr(GPtrArray) owned = rows;

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (details, g_object_ref (rows->pdata[i]));
}

/**
 * tl_review_list_folders:
 * @report: of a bundle that passed
 *
 * Returns: (transfer full) (element-type TlDetail): which folder has which role (the id is the
 *   role), who files what is sent, room, rights and connections
 */
GPtrArray *
tl_review_list_folders (TlReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);

  if (mailbox == NULL)
    return details;

  for (guint i = 0; i < TL_N_ROLES; i++)
    {
      const TlMailboxFolder *folder = tl_mailbox_report_find_role (mailbox, tl_roles[i].role);

      add (details, folder == NULL ? TL_STATUS_NOT_NEEDED : TL_STATUS_OK, tl_roles[i].role,
           tl_folder_role_get_label (tl_roles[i].role), NULL,
           folder == NULL ? _("None") : folder->name);
    }
  add (details, TL_STATUS_NOT_TESTED, "filing", _("Copy of what is sent"), NULL,
       tl_mailbox_describe_filing (mailbox));
  add_all (details, tl_mailbox_list_room (mailbox));
  add_all (details, tl_mailbox_list_rights (mailbox, FALSE));
  add_all (details, tl_mailbox_list_connections (mailbox));

  return details;
}

/**
 * tl_review_list_sending:
 * @report: of a bundle that passed
 *
 * Returns: (transfer full) (element-type TlDetail): what is advised, the ceiling, the first days,
 *   then every limit
 */
GPtrArray *
tl_review_list_sending (TlReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  TlSendingPlan *plan = tl_report_get_sending (report);
  g_autofree char *ceiling = NULL;
  g_autofree char *days = NULL;
  g_autofree char *source = NULL;

  if (plan == NULL)
    return details;

  ceiling = tl_sending_dup_ceiling_line (plan);
  days = tl_sending_dup_days_text (plan);
  source = tl_sending_dup_preset_source (plan);
  /* Translators: what messages are sent through */
  add (details, TL_STATUS_NOT_TESTED, "service", _("Way of sending"), NULL,
       tl_sending_describe_service (plan));
  add (details, TL_STATUS_NOT_TESTED, "ceiling", _("How much"), NULL, ceiling);
  add (details, TL_STATUS_NOT_TESTED, "days", _("The first days"), source, days);
  add_all (details, tl_sending_list_limits (plan));

  return details;
}

/**
 * tl_review_list_domain:
 * @report: of a bundle that passed
 *
 * Returns: (transfer full) (element-type TlDetail): how each topic is (the id is its nick), with
 *   the record to publish as hint where one is wanting
 */
GPtrArray *
tl_review_list_domain (TlReport *report)
{
  GPtrArray *details = g_ptr_array_new_with_free_func (g_object_unref);
  TlDomainReport *domain = tl_report_get_domain (report);

  for (guint i = 0; domain != NULL && i < TL_N_DOMAIN_TOPICS; i++)
    {
      TlDomainTopic topic = (TlDomainTopic) i;
      g_autofree char *summary = tl_domain_topic_dup_summary (topic, domain);
      g_autoptr(TlRecordFix) fix = tl_domain_topic_dup_fix (topic, domain);

      add (details, tl_domain_report_get_status (domain, topic), tl_domain_topic_get_nick (topic),
           tl_domain_topic_get_label (topic),
           fix == NULL ? NULL : tl_record_fix_get_zone_line (fix), summary);
    }

  return details;
}

static void
add_findings (GPtrArray *findings,
              GPtrArray *found)
{
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_ptr_array_add (findings, g_object_ref (found->pdata[i]));
}

/**
 * tl_review_add_readiness_findings:
 * @findings: (element-type TlFinding): of the lanes
 * @report: of a bundle that passed
 *
 * Puts what was found of the mailbox and the domain behind them.
 */
void
tl_review_add_readiness_findings (GPtrArray *findings,
                                  TlReport  *report)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);
  TlDomainReport *domain = tl_report_get_domain (report);

  if (mailbox != NULL)
    add_findings (findings, tl_mailbox_report_get_parts (mailbox)->findings);
  if (domain != NULL)
    add_findings (findings, tl_domain_report_get_parts (domain)->findings);
}
