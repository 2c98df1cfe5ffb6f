/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-loop-report.h"

#include <glib/gi18n-lib.h>

#include "tl-lane-report.h"
#include "tl-nick.h"

struct _TlLoopReport
{
  TlLoopReportParts  parts;    /* strings and findings owned */
  TlVerdict          verdict;
};

G_DEFINE_ENUM_TYPE (TlLoopStage, tl_loop_stage,
                    G_DEFINE_ENUM_VALUE (TL_LOOP_STAGE_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (TL_LOOP_STAGE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (TL_LOOP_STAGE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (TL_LOOP_STAGE_TIDYING, "tidying"))

G_DEFINE_ENUM_TYPE (TlLoopFiling, tl_loop_filing,
                    G_DEFINE_ENUM_VALUE (TL_LOOP_FILING_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (TL_LOOP_FILING_FILED, "filed"),
                    G_DEFINE_ENUM_VALUE (TL_LOOP_FILING_NOT_FILED, "not-filed"))

G_DEFINE_BOXED_TYPE (TlLoopReport, tl_loop_report, tl_loop_report_ref, tl_loop_report_unref)

static const char * const stage_labels[] = {
  /* Translators: both lanes of the mailbox are signed in to, for the test message */
  [TL_LOOP_STAGE_OPENING] = N_("Signing in on both lanes"),
  [TL_LOOP_STAGE_SENDING] = N_("Sending the test message"),
  /* Translators: the test message was sent and has not come back yet */
  [TL_LOOP_STAGE_WAITING] = N_("Waiting for it to come back"),
  [TL_LOOP_STAGE_TIDYING] = N_("Removing the test message"),
};

/* What is said of SPF, DKIM and DMARC: RFC 8601 §2.7. */
static const char * const results[] = {
  "pass", "fail", "softfail", "neutral", "none", "temperror", "permerror", NULL
};

const char *
tl_loop_stage_get_nick (TlLoopStage stage)
{
  return tl_nick_get (TL_TYPE_LOOP_STAGE, (int) stage);
}

/**
 * tl_loop_stage_get_label:
 * @stage: what the loop is at
 *
 * Returns: (transfer none): the wording shown to people, in their language
 */
const char *
tl_loop_stage_get_label (TlLoopStage stage)
{
  g_return_val_if_fail ((guint) stage < G_N_ELEMENTS (stage_labels), NULL);

  return _(stage_labels[stage]);
}

const char *
tl_loop_filing_get_nick (TlLoopFiling filing)
{
  return tl_nick_get (TL_TYPE_LOOP_FILING, (int) filing);
}

/**
 * tl_loop_report_result_is_known:
 * @result: (nullable): a word from outside
 *
 * Returns: whether @result is one of the results a report may give
 */
gboolean
tl_loop_report_result_is_known (const char *result)
{
  return result != NULL && g_strv_contains (results, result);
}

static char *
dup_result (const char *result)
{
  return tl_loop_report_result_is_known (result) ? g_strdup (result) : NULL;
}

static char *
dup_role (const char *role)
{
  return role != NULL && tl_folder_role_is_known (role) ? g_strdup (role) : NULL;
}

static gboolean
has_severity (GPtrArray  *findings,
              TlSeverity  severity)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (tl_finding_get_severity (g_ptr_array_index (findings, i)) == severity)
        return TRUE;
    }

  return FALSE;
}

/* A message that was not seen again is never a success, whatever else is said. */
static TlVerdict
decide (const TlLoopReportParts *parts)
{
  if (has_severity (parts->findings, TL_SEVERITY_ERROR))
    return TL_VERDICT_ERROR;
  if (!parts->is_sent || !parts->is_back)
    return TL_VERDICT_NOT_TESTED;
  if (has_severity (parts->findings, TL_SEVERITY_WARNING))
    return TL_VERDICT_WARNING;

  return TL_VERDICT_OK;
}

/**
 * tl_loop_report_new:
 * @parts: what it is made of; all of it stays the caller's
 *
 * Makes a report and works out its verdict: `error` with an error finding; else
 * `not-tested` when the message was not sent or not seen again; else `warning`
 * with a warning; else `ok`. Roles and results outside their closed lists are
 * left out, and more than `TL_LANE_REPORT_MAX_FINDINGS` findings too.
 *
 * Returns: (transfer full): a report
 */
TlLoopReport *
tl_loop_report_new (const TlLoopReportParts *parts)
{
  TlLoopReport *self = g_atomic_rc_box_new0 (TlLoopReport);
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; parts->findings != NULL &&
                    i < MIN (parts->findings->len, TL_LANE_REPORT_MAX_FINDINGS); i++)
    g_ptr_array_add (findings, g_object_ref (g_ptr_array_index (parts->findings, i)));

  self->parts = *parts;
  self->parts.folder = g_strdup (parts->folder);
  self->parts.role = dup_role (parts->role);
  self->parts.judge = g_strdup (parts->judge);
  self->parts.spf = dup_result (parts->spf);
  self->parts.dkim = dup_result (parts->dkim);
  self->parts.dkim_domain = g_strdup (parts->dkim_domain);
  self->parts.dkim_selector = g_strdup (parts->dkim_selector);
  self->parts.dmarc = dup_result (parts->dmarc);
  self->parts.sent_folder = g_strdup (parts->sent_folder);
  self->parts.findings = findings;
  self->verdict = decide (&self->parts);

  return self;
}

TlLoopReport *
tl_loop_report_ref (TlLoopReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_loop_report_clear (gpointer data)
{
  TlLoopReport *self = data;

  g_free ((char *) self->parts.folder);
  g_free ((char *) self->parts.role);
  g_free ((char *) self->parts.judge);
  g_free ((char *) self->parts.spf);
  g_free ((char *) self->parts.dkim);
  g_free ((char *) self->parts.dkim_domain);
  g_free ((char *) self->parts.dkim_selector);
  g_free ((char *) self->parts.dmarc);
  g_free ((char *) self->parts.sent_folder);
  g_ptr_array_unref (self->parts.findings);
}

void
tl_loop_report_unref (TlLoopReport *self)
{
  g_atomic_rc_box_release_full (self, tl_loop_report_clear);
}

/**
 * tl_loop_report_get_parts:
 * @self: a report
 *
 * Returns: (transfer none): all of it; the findings are never %NULL
 */
const TlLoopReportParts *
tl_loop_report_get_parts (const TlLoopReport *self)
{
  return &self->parts;
}

TlVerdict
tl_loop_report_get_verdict (const TlLoopReport *self)
{
  return self->verdict;
}

/* A time that was not taken is null, which is not the same as none at all. */
static void
set_ms (TlJson     *json,
        const char *member,
        gboolean    is_known,
        guint       ms)
{
  if (is_known)
    tl_json_set_int (json, member, ms);
  else
    tl_json_set_take (json, member, NULL);
}

/**
 * tl_loop_report_to_json:
 * @self: a report
 *
 * Writes all of a report; `data/schema/loop.schema.json` says how it looks.
 *
 * Returns: (transfer full): an object
 */
TlJson *
tl_loop_report_to_json (const TlLoopReport *self)
{
  const TlLoopReportParts *parts = &self->parts;
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "verdict", tl_verdict_get_nick (self->verdict));
  tl_json_set_time (json, "started_at", parts->started_at_s);
  tl_json_set_bool (json, "sent", parts->is_sent);
  set_ms (json, "sent_ms", parts->is_sent, parts->sent_ms);
  tl_json_set_bool (json, "back", parts->is_back);
  set_ms (json, "back_ms", parts->is_back, parts->back_ms);
  tl_json_set_string (json, "folder", parts->folder);
  tl_json_set_string (json, "role", parts->role);
  tl_json_set_int (json, "copies", parts->n_copies);
  tl_json_set_string (json, "judge", parts->judge);
  tl_json_set_string (json, "spf", parts->spf);
  tl_json_set_string (json, "dkim", parts->dkim);
  tl_json_set_string (json, "dkim_domain", parts->dkim_domain);
  tl_json_set_string (json, "dkim_selector", parts->dkim_selector);
  tl_json_set_string (json, "dmarc", parts->dmarc);
  tl_json_set_string (json, "filing", tl_loop_filing_get_nick (parts->filing));
  tl_json_set_string (json, "sent_folder", parts->sent_folder);
  tl_json_set_bool (json, "removed", parts->is_removed);
  tl_json_set_take (json, "findings", tl_findings_to_json (parts->findings));

  return json;
}
