/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-check.h"

#include <string.h>

#include "tl-domain-topic.h"
#include "tl-host-pattern.h"
#include "tl-text.h"

static void
judge (TlPolicyOutcome *outcome,
       TlLaneKind       lane,
       gboolean         is_kept,
       const char      *found)
{
  outcome->verdict = is_kept ? TL_VERDICT_OK : TL_VERDICT_ERROR;
  outcome->lane = is_kept ? TL_LANE_NONE : lane;
  outcome->found = found == NULL || *found == '\0' ? NULL : tl_text_clean (found, -1);
}

/* Of the words of a rule, those that are @there and those that it is broken by. */
static void
judge_words (TlPolicyOutcome *outcome,
             TlLaneKind       lane,
             GStrvBuilder    *there,
             GStrvBuilder    *broken_by)
{
  g_auto(GStrv) words = g_strv_builder_end (there);
  g_auto(GStrv) broken = g_strv_builder_end (broken_by);
  g_autofree char *found = g_strjoinv (", ", words);

  judge (outcome, lane, broken[0] == NULL, found);
  if (broken[0] != NULL)
    outcome->broken_by = g_steal_pointer (&broken);
}

/* The folders are listed by the last stage of a lane that is green, and by no other. */
static gboolean
has_seen_folders (TlReport *report)
{
  TlVerdict verdict = TL_VERDICT_NOT_TESTED;

  if (report != NULL)
    verdict = tl_lane_report_get_verdict (tl_report_get_lane (report, TL_LANE_INCOMING));

  return verdict == TL_VERDICT_OK || verdict == TL_VERDICT_WARNING;
}

static gboolean
lane_has_role (TlReport   *report,
               const char *role)
{
  GPtrArray *folders =
    tl_lane_report_get_folders (tl_report_get_lane (report, TL_LANE_INCOMING));

  for (guint i = 0; i < folders->len; i++)
    {
      const TlFolder *folder = g_ptr_array_index (folders, i);

      if (g_strcmp0 (folder->role, role) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What was looked at more closely says more than the lane: by names in more languages, and as a
 * person put it right. */
static gboolean
has_role (TlReport   *report,
          const char *role)
{
  TlMailboxReport *mailbox = tl_report_get_mailbox (report);

  return mailbox != NULL ? tl_mailbox_report_find_role (mailbox, role) != NULL
                         : lane_has_role (report, role);
}

void
tl_policy_check_folder_roles (const TlPolicyLimits  *limits,
                              const TlPolicySubject *subject,
                              TlPolicyOutcome       *out_outcome)
{
  g_autoptr(GStrvBuilder) there = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) missing = g_strv_builder_new ();

  if (!has_seen_folders (subject->report))
    return;

  for (guint i = 0; limits->folder_roles[i] != NULL; i++)
    g_strv_builder_add (has_role (subject->report, limits->folder_roles[i]) ? there : missing,
                        limits->folder_roles[i]);
  judge_words (out_outcome, TL_LANE_INCOMING, there, missing);
}

/* A name with `/` between its parts, as this server would spell it. */
static char *
spell (const TlMailboxReportParts *parts,
       const char                 *name)
{
  char *spelt = g_strdup (name);

  if (parts->delimiter != 0)
    g_strdelimit (spelt, "/", parts->delimiter);

  return spelt;
}

/* With or without what personal names begin with: some servers show it and some do not. */
static gboolean
has_folder (TlMailboxReport *mailbox,
            const char      *name)
{
  const TlMailboxReportParts *parts = tl_mailbox_report_get_parts (mailbox);
  g_autofree char *plain = spell (parts, name);
  g_autofree char *prefixed = g_strconcat (parts->prefix != NULL ? parts->prefix : "", plain, NULL);
  const TlMailboxFolder *folder = tl_mailbox_report_find (mailbox, prefixed);

  if (folder == NULL)
    folder = tl_mailbox_report_find (mailbox, plain);

  return folder != NULL && folder->is_selectable;
}

void
tl_policy_check_outreach_folders (const TlPolicyLimits  *limits,
                                  const TlPolicySubject *subject,
                                  TlPolicyOutcome       *out_outcome)
{
  TlMailboxReport *mailbox = subject->report != NULL ? tl_report_get_mailbox (subject->report)
                                                     : NULL;
  g_autoptr(GStrvBuilder) there = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) missing = g_strv_builder_new ();

  if (mailbox == NULL || !has_seen_folders (subject->report))
    return;

  for (guint i = 0; limits->outreach_folders[i] != NULL; i++)
    g_strv_builder_add (has_folder (mailbox, limits->outreach_folders[i]) ? there : missing,
                        limits->outreach_folders[i]);
  judge_words (out_outcome, TL_LANE_INCOMING, there, missing);
}

static gboolean
has_finding (GPtrArray  *findings,
             const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (g_str_equal (tl_finding_get_id (g_ptr_array_index (findings, i)), id))
        return TRUE;
    }

  return FALSE;
}

/* All that there is to see of it: one answer that did not come could hold the fault. */
static gboolean
was_seen (TlDomainReport *domain,
          TlDomainTopic   topic)
{
  GPtrArray *records = tl_domain_report_get_parts (domain)->records;
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const TlDomainRecord *record = g_ptr_array_index (records, i);

      if (record->topic != topic)
        continue;
      if (record->status == TL_STATUS_NOT_TESTED)
        return FALSE;
      n++;
    }

  return n > 0;
}

/* A finding of no topic needs all of them. */
static gboolean
was_looked_at (TlDomainReport *domain,
               const char     *id)
{
  TlDomainTopic of;

  if (tl_domain_topic_find (id, &of))
    return was_seen (domain, of);

  for (int topic = 0; topic < TL_N_DOMAIN_TOPICS; topic++)
    {
      if (!was_seen (domain, (TlDomainTopic) topic))
        return FALSE;
    }

  return TRUE;
}

/* One about another domain than the address's says nothing of this mailbox. */
static TlDomainReport *
get_domain (TlReport *report)
{
  TlDomainReport *domain = tl_report_get_domain (report);
  TlAddress *address = tl_plan_get_address (tl_report_get_plan (report));
  g_autofree char *ours = tl_host_pattern_fold (tl_address_get_domain (address));

  if (domain == NULL || !g_str_equal (tl_domain_report_get_parts (domain)->domain, ours))
    return NULL;

  return domain;
}

/* A finding that is there breaks the rule; that none is there says nothing as long as nobody has
 * looked where it would be seen. */
void
tl_policy_check_domain_health (const TlPolicyLimits  *limits,
                               const TlPolicySubject *subject,
                               TlPolicyOutcome       *out_outcome)
{
  g_autoptr(GStrvBuilder) there = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) broken_by = g_strv_builder_new ();
  TlDomainReport *domain;
  gboolean is_seen = TRUE;
  gboolean is_broken = FALSE;

  if (subject->report == NULL)
    return;

  domain = get_domain (subject->report);
  for (guint i = 0; limits->domain_health[i] != NULL; i++)
    {
      const char *id = limits->domain_health[i];

      if (has_finding (tl_report_get_findings (subject->report), id) ||
          (domain != NULL && has_finding (tl_domain_report_get_parts (domain)->findings, id)))
        {
          is_broken = TRUE;
          g_strv_builder_add (there, id);
          g_strv_builder_add (broken_by, id);
        }
      else if (domain == NULL || !was_looked_at (domain, id))
        {
          is_seen = FALSE;
        }
    }
  if (is_broken || is_seen)
    judge_words (out_outcome, TL_LANE_NONE, there, broken_by);
}

/* The most that a plan lets this mailbox send on one day; 0 where it does not say. */
static guint
get_most (const TlSendingPlanParts *plan)
{
  guint most = plan->ceiling;

  for (guint i = 0; plan->ceiling == 0 && i < plan->n_days; i++)
    most = MAX (most, plan->days[i]);

  return most;
}

void
tl_policy_check_daily_ceiling (const TlPolicyLimits  *limits,
                               const TlPolicySubject *subject,
                               TlPolicyOutcome       *out_outcome)
{
  TlSendingPlan *plan = subject->report != NULL ? tl_report_get_sending (subject->report) : NULL;
  guint most = plan != NULL ? get_most (tl_sending_plan_get_parts (plan)) : 0;
  g_autofree char *found = NULL;

  if (most == 0)
    return;

  found = g_strdup_printf ("%u", most);
  judge (out_outcome, TL_LANE_OUTGOING, most <= limits->daily_ceiling, found);
}
