/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-survey.h"

#include "tl-survey.h"

struct _TlLaneSurvey
{
  /* Owned; set before the lane runs */
  char           **create;

  /* Owned; the lane's thread's until it has called back */
  TlMailboxFacts  *facts;
};

static void
tl_lane_survey_clear (gpointer data)
{
  TlLaneSurvey *self = data;

  g_clear_pointer (&self->create, g_strfreev);
  g_clear_pointer (&self->facts, tl_mailbox_facts_unref);
}

void
tl_lane_survey_unref (TlLaneSurvey *self)
{
  g_atomic_rc_box_release_full (self, tl_lane_survey_clear);
}

static void
release (gpointer data)
{
  tl_lane_survey_unref (data);
}

static void
on_session_ready (struct _TlImapSession *session,
                  TlRedact               redact,
                  gconstpointer          redact_data,
                  GCancellable          *cancellable,
                  gpointer               data)
{
  TlLaneSurvey *self = data;
  const TlSurvey survey = {
    .create = (const char * const *) self->create,
    .deadline = tl_deadline_in_ms (TL_SURVEY_MS),
    .redact = redact,
    .redact_data = redact_data,
  };

  /* Nothing but a stop keeps it from facts, and then nobody wants any. */
  self->facts = tl_survey_run_sync (&survey, session, cancellable, NULL);
}

/**
 * tl_lane_survey_invite:
 * @lane: an incoming lane that was not run yet
 * @create: (nullable) (array zero-terminated=1): folders to make first
 *
 * Returns: (transfer full): what the lane will have looked around with
 */
TlLaneSurvey *
tl_lane_survey_invite (TlLane             *lane,
                       const char * const *create)
{
  TlLaneSurvey *self = g_atomic_rc_box_new0 (TlLaneSurvey);

  self->create = g_strdupv ((char **) create);
  tl_lane_invite (lane, on_session_ready, g_atomic_rc_box_acquire (self), release);

  return self;
}

/**
 * tl_lane_survey_get_facts:
 * @self: of a lane that has called back
 *
 * Returns: (transfer none) (nullable): what was seen; %NULL where a stage did not pass, or the lane
 *   was stopped
 */
TlMailboxFacts *
tl_lane_survey_get_facts (TlLaneSurvey *self)
{
  return self->facts;
}
