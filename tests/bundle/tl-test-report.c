/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-report.h"

#define MARKUP "<script>alert(1)</script><img src='https://evil.test/x'>&\""

static TlLaneSettings *
settings_new (TlTestReportKind kind,
              TlLaneKind       lane,
              TlPurpose        purpose)
{
  gboolean practice = purpose == TL_PURPOSE_PRACTICE;
  const char *url;
  g_autoptr(GError) error = NULL;
  TlLaneSettings *settings;

  if (lane == TL_LANE_INCOMING)
    url = practice ? "imaps://imap.practice.invalid:4993" : "imaps://imap.acme.test:993";
  else
    url = practice ? "smtp://smtp.practice.invalid:4587" : "smtp://smtp.acme.test:587";
  settings = tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD,
                                            practice ? "you@practice.invalid" : "ada@acme.test",
                                            &error);
  g_assert_no_error (error);
  if (kind == TL_TEST_REPORT_SHARED && lane == TL_LANE_INCOMING)
    {
      g_autoptr(TlLaneSettings) plain = settings;

      settings = tl_lane_settings_with_folder (plain, "shared/Sälj");
    }

  return settings;
}

static TlFinding *
refusal_new (TlLaneKind lane)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_REPLY_CODE, "u", 535);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_ENHANCED_CODE, "s", "5.7.8");
  g_variant_dict_insert (&evidence, TL_EVIDENCE_SERVER_TEXT, "s", "5.7.8 Bad <b>credentials</b>");

  return tl_finding_new ("auth.bad-credentials", lane, g_variant_dict_end (&evidence));
}

static TlLaneReport *
lane_new (TlTestReportKind  kind,
          TlLaneKind        lane,
          TlPurpose         purpose,
          gint64            tested_at_s)
{
  static const char * const capabilities[] = { "IDLE", "IMAP4rev1", "SPECIAL-USE", NULL };
  static const char * const hostile[] = { "IDLE" MARKUP, NULL };
  static const char * const names[] = { "imap.acme.test", NULL };
  const char * const *offered = kind == TL_TEST_REPORT_HOSTILE ? hostile : capabilities;
  gboolean failed = kind == TL_TEST_REPORT_FAILED && lane == TL_LANE_OUTGOING;
  g_autoptr(TlLaneSettings) settings = settings_new (kind, lane, purpose);
  g_autoptr(TlTlsInfo) tls =
    tl_tls_info_new ("TLSv1.3", "TLS_AES_256_GCM_SHA384",
                     "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                     kind == TL_TEST_REPORT_HOSTILE ? MARKUP : "Acme Test CA", names,
                     tested_at_s + 86400);
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  TlSecurity security = tl_endpoint_get_security (tl_lane_settings_get_endpoint (settings));
  gsize n_stages;
  const TlStage *stages = tl_stage_list_lane (security, &n_stages);
  TlLaneReportParts parts = {
    .lane = lane,
    .settings = settings,
    .steps = steps,
    .findings = findings,
    .tls = tls,
    .address = "192.0.2.25",
    .capabilities = offered,
    .folders = folders,
    .tested_at_s = tested_at_s,
  };

  for (gsize i = 0; i < n_stages; i++)
    {
      gboolean last = failed && stages[i] == TL_STAGE_AUTH;

      g_ptr_array_add (steps, tl_step_new (stages[i], last ? TL_STATUS_ERROR : TL_STATUS_OK,
                                           (guint) i * 10, 7));
      if (last)
        break;
    }
  if (failed)
    g_ptr_array_add (findings, refusal_new (lane));
  if (lane == TL_LANE_INCOMING)
    {
      g_ptr_array_add (folders, tl_folder_new ("INBOX", "inbox"));
      g_ptr_array_add (folders, tl_folder_new (kind == TL_TEST_REPORT_HOSTILE ? MARKUP : "Skräp",
                                               "junk"));
    }

  return tl_lane_report_new (&parts);
}

static TlMailboxReport *
mailbox_new (gboolean is_hostile,
             gint64   at_s)
{
  TlMailboxFolder inbox = {
    .name = "INBOX", .role = "inbox", .by = TL_ROLE_BY_STANDARD, .is_selectable = TRUE,
    .n_messages = 12, .n_bytes = 34567, .rights = "lrswi",
  };
  TlMailboxFolder sent = {
    .name = is_hostile ? MARKUP : "Skickat", .role = "sent", .by = TL_ROLE_BY_NAME,
    .is_selectable = TRUE, .n_messages = -1, .n_bytes = -1,
  };
  TlMailboxFolder replies = { .name = "Replies", .is_selectable = TRUE, .is_new = TRUE };
  TlMailboxFolder clients = { .name = "Clients", .n_messages = -1, .n_bytes = -1 };
  g_autoptr(TlMailboxQuota) room =
    tl_mailbox_quota_new (is_hostile ? MARKUP : "", "storage", 4300000, 5000000);
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();
  g_autoptr(GPtrArray) quotas = g_ptr_array_new ();
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TlMailboxReportParts parts = {
    .surveyed_at_s = at_s,
    .delimiter = '/',
    .can_create = TRUE,
    .filing = TL_LOOP_FILING_NOT_FILED,
    .max_connections = 15,
    .n_tools = 2,
    .folders = folders,
    .quotas = quotas,
    .findings = findings,
  };
  GVariantDict evidence;

  g_ptr_array_add (folders, &inbox);
  g_ptr_array_add (folders, &sent);
  g_ptr_array_add (folders, &replies);
  g_ptr_array_add (folders, &clients);
  g_ptr_array_add (quotas, room);
  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_PERCENT, "u", 86);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_FOLDER, "s", is_hostile ? MARKUP : "INBOX");
  g_ptr_array_add (findings, tl_finding_new ("use.nearly-full", TL_LANE_INCOMING,
                                             g_variant_dict_end (&evidence)));

  return tl_mailbox_report_new (&parts);
}

static TlSendingPlan *
sending_new (gboolean is_hostile)
{
  static const char * const reasons[] = { "outreach-over-ceiling", "nobodys-rule", NULL };
  static const guint days[] = { 5, 10, 15, 20, 30, 40 };
  TlSendingLimit provider = { TL_LIMIT_OF_PROVIDER, "google", "messages-per-day", 2000, 2000,
                              is_hostile ? MARKUP : NULL, "vendor page", "2026-01-31", FALSE, TRUE };
  TlSendingLimit preset = { TL_LIMIT_OF_PRESET, "standard", "messages-per-day", 40, 40, NULL,
                            is_hostile ? MARKUP : "third party", NULL, TRUE, FALSE };
  g_autoptr(GPtrArray) limits = g_ptr_array_new ();
  const TlSendingPlanParts parts = {
    .kind = TL_SENDING_KIND_OUTREACH,
    .volume = 120,
    .n_mailboxes = 3,
    .n_domains = 1,
    .service = TL_SENDING_SERVICE_MORE_MAILBOXES,
    .reasons = reasons,
    .limits = limits,
    .preset = "standard",
    .is_edited = TRUE,
    .days = days,
    .n_days = G_N_ELEMENTS (days),
    .weekdays_only = TRUE,
  };

  g_ptr_array_add (limits, &provider);
  g_ptr_array_add (limits, &preset);

  return tl_sending_plan_new (&parts);
}

static TlDomainReport *
domain_new (gboolean is_hostile,
            gint64   at_s)
{
  static const char * const receivers[] = { "google.spf", "nobody.nothing", NULL };
  g_autoptr(TlDomainRecord) spf =
    tl_domain_record_new (TL_DOMAIN_TOPIC_SPF, TL_STATUS_WARNING, "acme.test",
                          is_hostile ? "v=spf1 " MARKUP : "v=spf1 -all", "1 look-up");
  g_autoptr(TlDomainRecord) mx =
    tl_domain_record_new (TL_DOMAIN_TOPIC_MX, TL_STATUS_OK, "acme.test", "10 mx.acme.test", NULL);
  g_autoptr(GPtrArray) records = g_ptr_array_new ();
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  const TlDomainReportParts parts = {
    .domain = "acme.test",
    .checked_at_s = at_s,
    .n_trips = 3,
    .n_questions = 21,
    .records = records,
    .findings = findings,
  };
  GVariantDict evidence;

  g_ptr_array_add (records, spf);
  g_ptr_array_add (records, mx);
  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DOMAIN, "s", "acme.test");
  g_variant_dict_insert (&evidence, TL_EVIDENCE_RECORD, "s",
                         is_hostile ? "v=spf1 " MARKUP : "v=spf1 include:spf.example.org -all");
  g_variant_dict_insert (&evidence, TL_EVIDENCE_RECORD_NAME, "s", "acme.test");
  g_variant_dict_insert (&evidence, TL_EVIDENCE_RECORD_TYPE, "s", "TXT");
  g_variant_dict_insert (&evidence, TL_EVIDENCE_RECEIVERS, "^as", receivers);
  g_ptr_array_add (findings, tl_finding_new ("domain.spf-excludes-lane", TL_LANE_NONE,
                                             g_variant_dict_end (&evidence)));

  return tl_domain_report_new (&parts);
}

/* @report with all that may be looked at besides the lanes. */
static TlReport *
add_readiness (TlReport         *report,
               TlTestReportKind  kind,
               gint64            at_s)
{
  gboolean is_hostile = kind == TL_TEST_REPORT_HOSTILE;
  g_autoptr(TlReport) bare = report;
  g_autoptr(TlMailboxReport) mailbox = NULL;
  g_autoptr(TlSendingPlan) sending = NULL;
  g_autoptr(TlDomainReport) domain = NULL;

  if (!is_hostile && kind != TL_TEST_REPORT_FULL)
    return g_steal_pointer (&bare);

  mailbox = mailbox_new (is_hostile, at_s);
  sending = sending_new (is_hostile);
  domain = domain_new (is_hostile, at_s);

  return tl_report_with_sections (bare, mailbox, sending, domain);
}

/**
 * tl_test_report_new:
 * @kind: what it says
 * @purpose: whether it is of the practice mailbox
 * @tested_at_s: when both lanes were tested
 *
 * Returns: (transfer full): a report such as a set-up ends with
 */
TlReport *
tl_test_report_new (TlTestReportKind kind,
                    TlPurpose        purpose,
                    gint64           tested_at_s)
{
  gboolean practice = purpose == TL_PURPOSE_PRACTICE;
  gboolean empty = kind == TL_TEST_REPORT_EMPTY;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlAddress) address = tl_address_parse (practice ? "you@practice.invalid"
                                                            : "ada@acme.test", &error);
  g_autoptr(TlLaneSettings) incoming_settings = settings_new (kind, TL_LANE_INCOMING, purpose);
  g_autoptr(TlLaneSettings) outgoing_settings = settings_new (kind, TL_LANE_OUTGOING, purpose);
  g_autoptr(TlLaneReport) incoming = NULL;
  g_autoptr(TlLaneReport) outgoing = NULL;
  static const char * const scopes[] = { "https://mail.acme.test/all", "offline_access", NULL };
  const TlPlanSignIn sign_in = {
    .login = "eva@acme.test", .issuer = "https://login.acme.test/x", .client_id = "0a1b-2c",
    .scopes = scopes, .account = "eva<b>@acme.test",
  };
  g_autoptr(TlPlan) lanes = NULL;
  g_autoptr(TlPlan) plan = NULL;
  TlPlanLane planned_in = {
    incoming_settings, practice ? TL_SOURCE_PRACTICE : TL_SOURCE_SRV,
    practice ? TL_TRUST_PRACTICE : TL_TRUST_OWN_DOMAIN,
  };
  TlPlanLane planned_out = { outgoing_settings, planned_in.source, planned_in.trust };

  g_assert_no_error (error);

  lanes = tl_plan_new (purpose, address, kind == TL_TEST_REPORT_HOSTILE ? MARKUP : "Ada L",
                       NULL, empty ? NULL : &planned_in, empty ? NULL : &planned_out);
  plan = tl_plan_with_sign_in (lanes, kind == TL_TEST_REPORT_SHARED ? &sign_in : NULL);
  if (!empty)
    {
      incoming = lane_new (kind, TL_LANE_INCOMING, purpose, tested_at_s);
      outgoing = lane_new (kind, TL_LANE_OUTGOING, purpose, tested_at_s);
    }

  return add_readiness (tl_report_new (plan, incoming, outgoing), kind, tested_at_s);
}
