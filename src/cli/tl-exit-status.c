/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-exit-status.h"

#include "tl-catalogue.h"

/* Ids whose meaning is a rate or a limit, wherever they happened. */
static const char * const limits[] = {
  "use.rate-limited", "use.over-quota", "auth.throttled", "auth.too-many-connections",
};

static const struct
{
  TlStage      stage;
  TlExitStatus status;
} stages[] = {
  { TL_STAGE_INPUT,    TL_EXIT_USAGE },
  { TL_STAGE_DISCOVER, TL_EXIT_DISCOVER },
  { TL_STAGE_RESOLVE,  TL_EXIT_DISCOVER },
  { TL_STAGE_CONNECT,  TL_EXIT_CONNECT },
  { TL_STAGE_UPGRADE,  TL_EXIT_TLS },
  { TL_STAGE_TLS,      TL_EXIT_TLS },
  { TL_STAGE_GREET,    TL_EXIT_GREET },
  { TL_STAGE_CAPS,     TL_EXIT_GREET },
  { TL_STAGE_OAUTH,    TL_EXIT_GREET },
  { TL_STAGE_USE,      TL_EXIT_USE },
  { TL_STAGE_DELIVER,  TL_EXIT_USE },
  { TL_STAGE_PAIR,     TL_EXIT_USE },
  { TL_STAGE_DOMAIN,   TL_EXIT_DOMAIN },
  { TL_STAGE_EXPORT,   TL_EXIT_BUNDLE },
  { TL_STAGE_BUNDLE,   TL_EXIT_BUNDLE },
  { TL_STAGE_STORE,    TL_EXIT_INTERNAL },
};

/**
 * tl_exit_status_for_finding:
 * @id: a finding id that decides
 * @lane: the lane it belongs to
 *
 * Returns: the exit status it leads to
 */
TlExitStatus
tl_exit_status_for_finding (const char *id,
                            TlLaneKind  lane)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_STAGE);
  g_auto(GStrv) words = g_strsplit (id, ".", 2);
  GEnumValue *stage = g_enum_get_value_by_nick (klass, words[0]);

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      if (g_str_equal (id, limits[i]))
        return TL_EXIT_LIMIT;
    }

  g_return_val_if_fail (stage != NULL, TL_EXIT_INTERNAL);

  if (stage->value == TL_STAGE_AUTH)
    return lane == TL_LANE_OUTGOING ? TL_EXIT_AUTH_OUTGOING : TL_EXIT_AUTH_INCOMING;

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      if ((int) stages[i].stage == stage->value)
        return stages[i].status;
    }

  return TL_EXIT_INTERNAL;
}

/* How far along the road a lane got before it failed: the index of its first
 * stage that is not through. */
static guint
get_reach (TlLaneReport *lane)
{
  GPtrArray *steps = tl_lane_report_get_steps (lane);
  guint n = 0;

  while (n < steps->len)
    {
      TlStatus status = tl_step_get_status (g_ptr_array_index (steps, n));

      if (status == TL_STATUS_ERROR || status == TL_STATUS_NOT_TESTED)
        break;
      n++;
    }

  /* STARTTLS has a stage more; both roads end at the same place. */
  return n + 8 - steps->len;
}

static gboolean
breaks_policy (const TlReport *report)
{
  TlPolicyRecord *record = tl_report_get_policy (report);

  return record != NULL && tl_policy_record_get_verdict (record) == TL_VERDICT_ERROR;
}

/* Of the mailbox alone: what is wrong with the domain is said by `domain`, takes others and days to
 * mend, and keeps nobody from handing a mailbox over but a policy that says so. */
static gboolean
has_mailbox_warnings (const TlReport *report)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);

  return mailbox != NULL && tl_mailbox_report_get_verdict (mailbox) != TL_VERDICT_OK;
}

static gboolean
failed (TlLaneReport *lane)
{
  return lane != NULL && tl_lane_report_get_verdict (lane) == TL_VERDICT_ERROR;
}

/* A lane without a server fails although what was found about it may be no more
 * than a warning: a server that waits for a yes. */
static TlExitStatus
get_lane_status (TlLaneReport *lane)
{
  TlFinding *primary = tl_lane_report_get_primary (lane);

  if (primary == NULL)
    return TL_EXIT_INTERNAL;

  return tl_exit_status_for_finding (tl_finding_get_id (primary), tl_lane_report_get_lane (lane));
}

/**
 * tl_exit_status_for_report:
 * @report: a report on both lanes, or on the one that was asked for
 *
 * Both lanes failed at signing in: 18. Otherwise the failure that came earliest
 * on the road, incoming first on a tie; then a finding about the pair; then a
 * broken rule of a policy; then warnings, of the mailbox too.
 *
 * Returns: the exit status of the whole
 */
TlExitStatus
tl_exit_status_for_report (const TlReport *report)
{
  TlLaneReport *incoming = tl_report_get_lane (report, TL_LANE_INCOMING);
  TlLaneReport *outgoing = tl_report_get_lane (report, TL_LANE_OUTGOING);
  GPtrArray *findings = tl_report_get_findings (report);
  gboolean warned = has_mailbox_warnings (report);

  if (failed (incoming) && failed (outgoing))
    {
      TlExitStatus in = get_lane_status (incoming);
      TlExitStatus out = get_lane_status (outgoing);

      if (in == TL_EXIT_AUTH_INCOMING && out == TL_EXIT_AUTH_OUTGOING)
        return TL_EXIT_AUTH_BOTH;

      return get_reach (incoming) <= get_reach (outgoing) ? in : out;
    }
  if (failed (incoming))
    return get_lane_status (incoming);
  if (failed (outgoing))
    return get_lane_status (outgoing);

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
        return tl_exit_status_for_finding (tl_finding_get_id (finding),
                                           tl_finding_get_lane (finding));
      warned = warned || tl_finding_get_severity (finding) == TL_SEVERITY_WARNING;
    }
  if (breaks_policy (report))
    return TL_EXIT_BUNDLE;

  return warned ? TL_EXIT_WARNINGS : TL_EXIT_OK;
}

/**
 * tl_exit_status_for_loop:
 * @report: a report on both lanes
 * @loop: (nullable): how the message to oneself fared, if one was sent
 *
 * What is wrong with the lanes or the pair comes first, then the first error about the message,
 * then warnings about either.
 *
 * Returns: the exit status of `loop`
 */
TlExitStatus
tl_exit_status_for_loop (const TlReport     *report,
                         const TlLoopReport *loop)
{
  TlExitStatus status = tl_exit_status_for_report (report);
  GPtrArray *findings = loop == NULL ? NULL : tl_loop_report_get_parts (loop)->findings;

  if (status != TL_EXIT_OK && status != TL_EXIT_WARNINGS)
    return status;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
        return tl_exit_status_for_finding (tl_finding_get_id (finding),
                                           tl_finding_get_lane (finding));
      if (tl_finding_get_severity (finding) == TL_SEVERITY_WARNING)
        status = TL_EXIT_WARNINGS;
    }

  return status;
}

/**
 * tl_exit_status_for_discovery:
 * @report: what discovery says
 *
 * The first error decides. Warnings alone are 1, however many and whatever
 * about; a lane without a server is a failure, whatever else was found.
 *
 * Returns: the exit status of `discover`
 */
TlExitStatus
tl_exit_status_for_discovery (const TlDiscoveryReport *report)
{
  GPtrArray *findings = tl_discovery_report_get_findings (report);
  gboolean warned = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = g_ptr_array_index (findings, i);

      if (tl_finding_get_severity (finding) == TL_SEVERITY_ERROR)
        return tl_exit_status_for_finding (tl_finding_get_id (finding), TL_LANE_NONE);
      warned = warned || tl_finding_get_severity (finding) == TL_SEVERITY_WARNING;
    }
  if (tl_discovery_report_get_proposal (report, TL_LANE_INCOMING) == NULL ||
      tl_discovery_report_get_proposal (report, TL_LANE_OUTGOING) == NULL)
    return TL_EXIT_DISCOVER;

  return warned ? TL_EXIT_WARNINGS : TL_EXIT_OK;
}
