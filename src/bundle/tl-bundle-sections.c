/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-sections.h"

/**
 * tl_bundle_sections_write:
 * @report: what is handed over
 * @json: bundle.json, being built
 *
 * Adds the sections that there is something to say in.
 */
void
tl_bundle_sections_write (TlReport *report,
                          TlJson   *json)
{
  TlPolicyRecord *policy = tl_report_get_policy (report);
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);
  TlSendingPlan *sending = tl_report_get_sending (report);
  TlDomainReport *domain = tl_report_get_domain (report);

  if (policy != NULL)
    tl_json_set_take (json, "policy", tl_policy_record_to_json (policy));
  if (mailbox != NULL)
    tl_json_set_take (json, "folders", tl_mailbox_report_to_json (mailbox));
  if (sending != NULL)
    tl_json_set_take (json, "sending", tl_sending_plan_to_json (sending));
  if (domain != NULL)
    tl_json_set_take (json, "domain", tl_domain_report_to_json (domain));
}

typedef gpointer (*FromJson) (TlJson  *json,
                              GError **error);

static gpointer
read_section (TlJsonReader *reader,
              const char   *member,
              FromJson      from_json)
{
  TlJson *json = tl_json_reader_get_object (reader, member, TL_JSON_OPTIONAL);
  gpointer section = NULL;
  GError *error = NULL;

  if (json != NULL && (section = from_json (json, &error)) == NULL)
    tl_json_reader_refuse_error (reader, member, error);

  return section;
}

/**
 * tl_bundle_sections_read:
 * @reader: bundle.json
 * @report: (nullable): what it says of both lanes
 *
 * What is wrong with a section is noted by @reader.
 *
 * Returns: (transfer full) (nullable): @report with what the sections say; %NULL without one
 */
TlReport *
tl_bundle_sections_read (TlJsonReader *reader,
                         TlReport     *report)
{
  g_autoptr(TlPolicyRecord) policy =
    read_section (reader, "policy", (FromJson) tl_policy_record_from_json);
  g_autoptr(TlMailboxReport) mailbox =
    read_section (reader, "folders", (FromJson) tl_mailbox_report_from_json);
  g_autoptr(TlSendingPlan) sending =
    read_section (reader, "sending", (FromJson) tl_sending_plan_from_json);
  g_autoptr(TlDomainReport) domain =
    read_section (reader, "domain", (FromJson) tl_domain_report_from_json);
  g_autoptr(TlReport) judged = NULL;

  if (report == NULL)
    return NULL;

  judged = tl_report_with_policy (report, policy);

  return tl_report_with_sections (judged, mailbox, sending, domain);
}
