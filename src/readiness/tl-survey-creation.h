/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-survey-names.h"
#include "tl-survey.h"

G_BEGIN_DECLS

/**
 * TlSurveyCreation:
 *
 * The folders that a survey makes because it was given their names. Used by one thread; the survey
 * and the session are borrowed.
 */
typedef struct _TlSurveyCreation TlSurveyCreation;

TlSurveyCreation    *tl_survey_creation_new          (const TlSurvey          *survey,
                                                      TlImapSession           *session)
                                                      G_GNUC_WARN_UNUSED_RESULT;
void                 tl_survey_creation_free         (TlSurveyCreation        *self);

gboolean             tl_survey_creation_run_sync     (TlSurveyCreation        *self,
                                                      GCancellable            *cancellable);

const TlSurveyPlace *tl_survey_creation_get_place    (const TlSurveyCreation  *self);
GPtrArray           *tl_survey_creation_get_made     (const TlSurveyCreation  *self);
gboolean             tl_survey_creation_has_made     (const TlSurveyCreation  *self,
                                                      const char              *name);
GPtrArray           *tl_survey_creation_get_failures (const TlSurveyCreation  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSurveyCreation, tl_survey_creation_free)

G_END_DECLS
