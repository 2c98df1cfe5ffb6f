/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-mailbox-facts.h"
#include "tl-text.h"

G_BEGIN_DECLS

struct _TlImapSession;

/* How long looking around may take; what is not known by then stays unknown. */
#define TL_SURVEY_MS 10000

/* The longest name of a folder that is made, in bytes of UTF-8, and how many at once. */
#define TL_SURVEY_MAX_NAME    128
#define TL_SURVEY_MAX_CREATED 16

/**
 * TlSurvey:
 * @create: (nullable) (array zero-terminated=1): folders to make first, UTF-8, parts told apart by
 *   `/` whatever the server uses, under the personal prefix; one that is there already is left as
 *   it is, and so is its content
 * @deadline: when to stop
 * @redact: takes secrets out of what the server sent
 * @redact_data: passed to @redact
 *
 * Looks around a mailbox in a session that is signed in, in as few round trips as the server
 * allows: XLIST where there is no SPECIAL-USE; STATUS with MESSAGES, UNSEEN and SIZE of every
 * folder, through LIST-STATUS (RFC 5819) where offered; MYRIGHTS (RFC 4314) of the folders that
 * matter; GETQUOTAROOT (RFC 9208). Makes folders only when it is given names: CREATE, then
 * SUBSCRIBE. Never opens, moves or deletes anything.
 */
typedef struct
{
  const char * const *create;
  TlDeadline          deadline;
  TlRedact            redact;
  gconstpointer       redact_data;
} TlSurvey;

/* Runs on a lane's thread. A server that answers NO, or not in time, leaves facts unknown; %NULL
 * with G_IO_ERROR_CANCELLED alone. */
TlMailboxFacts *tl_survey_run_sync    (const TlSurvey         *self,
                                       struct _TlImapSession  *session,
                                       GCancellable           *cancellable,
                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a name may be made into a folder; the error names what is wrong with it. */
gboolean        tl_survey_check_name  (const char             *name,
                                       GError                **error);

G_END_DECLS
