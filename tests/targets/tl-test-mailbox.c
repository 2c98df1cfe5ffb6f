/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-mailbox.h"

#include <string.h>

static const char *
either (const char *said,
        const char *usual)
{
  return said != NULL ? said : usual;
}

static TlLaneSettings *
settings_new (const TlTestMailbox *parts,
              TlLaneKind           lane)
{
  gboolean incoming = lane == TL_LANE_INCOMING;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;

  if (!incoming && parts->no_outgoing)
    return NULL;

  settings = tl_lane_settings_new_from_url (
    incoming ? either (parts->incoming_url, "imaps://imap.example.org:993")
             : either (parts->outgoing_url, "smtp://smtp.example.org:587"),
    incoming ? parts->incoming_auth : parts->outgoing_auth,
    either (incoming ? parts->incoming_user : parts->outgoing_user, "ada@example.org"), &error);
  g_assert_no_error (error);

  return incoming && parts->folder != NULL ? tl_lane_settings_with_folder (settings, parts->folder)
                                           : g_steal_pointer (&settings);
}

static TlLaneReport *
lane_new (const TlTestMailbox *parts,
          TlLaneKind           lane,
          TlLaneSettings      *settings)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  gsize n_stages = 0;
  const TlStage *stages;
  TlLaneReportParts report = {
    .lane = lane, .settings = settings, .steps = steps, .tested_at_s = TL_TEST_NOW_S - 60,
  };

  if (settings == NULL)
    return NULL;

  stages = tl_stage_list_lane (
    tl_endpoint_get_security (tl_lane_settings_get_endpoint (settings)), &n_stages);
  for (gsize i = 0; i < n_stages && !(parts->is_failed && stages[i] == TL_STAGE_AUTH); i++)
    g_ptr_array_add (steps, tl_step_new (stages[i], TL_STATUS_OK, (guint) i, 1));
  if (lane == TL_LANE_INCOMING)
    {
      g_ptr_array_add (folders, tl_folder_new ("INBOX", "inbox"));
      g_ptr_array_add (folders, tl_folder_new (either (parts->sent, "Sent"), "sent"));
      g_ptr_array_add (folders, tl_folder_new ("Sent too", "sent"));
      report.folders = folders;
    }

  return tl_lane_report_new (&report);
}

static TlSendingPlan *
sending_new (const TlTestMailbox *parts)
{
  static const guint usual[] = { 5, 10, 15, 20, 25, 30, 35, 40 };
  TlSendingLimit limit = {
    .of = TL_LIMIT_OF_POLICY, .what = "messages-per-day", .value = 40, .per_day = 40,
  };
  g_autoptr(GPtrArray) limits = g_ptr_array_new ();

  if (!parts->no_ceiling)
    g_ptr_array_add (limits, &limit);

  return tl_sending_plan_new (&(TlSendingPlanParts) {
    .n_mailboxes = 1, .n_domains = 1, .limits = limits,
    .days = parts->days != NULL ? parts->days : usual,
    .n_days = parts->days != NULL ? parts->n_days : G_N_ELEMENTS (usual),
  });
}

static TlMailboxReport *
mailbox_new (const TlTestMailbox *parts)
{
  TlMailboxFolder folder = {
    .name = (char *) parts->chosen_sent, .role = (char *) "sent", .by = TL_ROLE_BY_PERSON,
    .is_selectable = TRUE, .is_changed = parts->chosen_is_changed, .n_messages = -1, .n_bytes = -1,
  };
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();

  g_ptr_array_add (folders, &folder);

  return tl_mailbox_report_new (&(TlMailboxReportParts) { .folders = folders });
}

/**
 * tl_test_mailbox_report_new:
 * @parts: what is to be said
 *
 * Returns: (transfer full): the report of such a mailbox
 */
TlReport *
tl_test_mailbox_report_new (const TlTestMailbox *parts)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse (either (parts->address, "ada@example.org"),
                                                   &error);
  g_autoptr(TlLaneSettings) incoming = settings_new (parts, TL_LANE_INCOMING);
  g_autoptr(TlLaneSettings) outgoing = settings_new (parts, TL_LANE_OUTGOING);
  g_autoptr(TlLaneReport) incoming_report = lane_new (parts, TL_LANE_INCOMING, incoming);
  g_autoptr(TlLaneReport) outgoing_report = lane_new (parts, TL_LANE_OUTGOING, outgoing);
  TlPlanLane planned_in = { incoming, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN };
  TlPlanLane planned_out = { outgoing, TL_SOURCE_SRV, TL_TRUST_OWN_DOMAIN, parts->own_user };
  g_autoptr(TlPlan) lanes = NULL;
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlReport) report = NULL;
  g_autoptr(TlSendingPlan) sending = parts->has_plan ? sending_new (parts) : NULL;
  g_autoptr(TlMailboxReport) mailbox = parts->chosen_sent != NULL ? mailbox_new (parts)
                                                                  : NULL;

  g_assert_no_error (error);
  lanes = tl_plan_new (parts->purpose, address, either (parts->name, "Ada King Lovelace"),
                       parts->provider, &planned_in, outgoing != NULL ? &planned_out : NULL);
  plan = tl_plan_with_sign_in (lanes, parts->sign_in);

  report = tl_report_new (plan, incoming_report, outgoing_report);

  return tl_report_with_sections (report, mailbox, sending, NULL);
}

/**
 * tl_test_secret_new:
 * @password: (nullable): a password
 *
 * Returns: (transfer full) (nullable): it as a secret
 */
TlSecret *
tl_test_secret_new (const char *password)
{
  return password != NULL ? tl_secret_new (password, strlen (password)) : NULL;
}

/**
 * tl_test_target_dup_json:
 * @body: members of a target that tell it from others, "kind" and "rules" among them; a single
 *   quote stands for a double one, and a grave accent for a single one
 *
 * Returns: (transfer full): the text of the target `try`
 */
char *
tl_test_target_dup_json (const char *body)
{
  g_autofree char *text =
    g_strconcat ("{'format': 'twolane-target', 'version': 0, 'id': 'try', 'name': 'Try (form)', "
                 "'product': 'Try', 'confidence': 'confirmed', 'checked_on': '2026-01-31', "
                 "'source': 'nowhere', 'summary': 'Put it in.', "
                 "'uses': {'incoming': 'Reads.', 'outgoing': 'Sends.'}, ", body, "}", NULL);

  for (char *p = text; *p != '\0'; p++)
    *p = *p == '\'' ? '"' : *p == '`' ? '\'' : *p;

  return g_steal_pointer (&text);
}

/**
 * tl_test_target_new:
 * @body: as in tl_test_target_dup_json()
 *
 * Returns: (transfer full): the target
 */
TlTarget *
tl_test_target_new (const char *body)
{
  g_autofree char *json = tl_test_target_dup_json (body);
  g_autoptr(GError) error = NULL;
  TlTarget *target = tl_target_parse (json, -1, &error);

  g_assert_no_error (error);

  return target;
}
