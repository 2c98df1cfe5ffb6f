/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-lane-ports.h"
#include "tl-lane-report.h"
#include "tl-network.h"
#include "tl-secret.h"
#include "tl-text.h"
#include "tl-transcript.h"

G_BEGIN_DECLS

struct _TlImapSession;

/**
 * TlLaneBudget:
 *
 * The most each stage may take, in milliseconds, and the lane as a whole. A
 * value passed in by whoever makes the lane: unit tests pass short ones, the
 * programs have no way to.
 */
typedef struct
{
  guint resolve_ms;
  guint connect_ms;
  guint tls_ms;
  guint greet_ms;
  guint upgrade_ms;
  guint caps_ms;
  guint auth_ms;
  guint use_ms;
  guint total_ms;
} TlLaneBudget;

extern const TlLaneBudget TL_LANE_BUDGET_DEFAULT;

/**
 * TlLane:
 *
 * One lane being tested: settings in, steps as they happen, a report at the
 * end. The conversation runs on a named thread of its own (`tl-lane-in`,
 * `tl-lane-out`); signals and the callback come on the #GMainContext that was
 * the thread default when tl_lane_run_async() was called, steps always before
 * the result. A lane runs once.
 *
 * Signals: `step-started (TlStage stage, guint budget_ms)`,
 * `step-finished (TlStep *step)`.
 */
#define TL_TYPE_LANE (tl_lane_get_type ())
G_DECLARE_FINAL_TYPE (TlLane, tl_lane, TL, LANE, GObject)

TlLane       *tl_lane_new            (TlLaneKind            kind,
                                      TlLaneSettings       *settings,
                                      TlAddress            *address,
                                      TlSecret             *secret,
                                      TlNetwork            *network,
                                      const TlLaneBudget   *budget) G_GNUC_WARN_UNUSED_RESULT;
TlLane       *tl_lane_new_with_ports (TlLaneKind          kind,
                                      TlLaneSettings       *settings,
                                      TlAddress            *address,
                                      TlSecret             *secret,
                                      TlNetwork            *network,
                                      const TlLaneBudget   *budget,
                                      const TlLanePorts    *ports) G_GNUC_WARN_UNUSED_RESULT;
/**
 * TlLaneGuest:
 * @session: the incoming lane's, signed in, the mailbox not left yet; valid during the call alone
 * @redact: (scope call): takes what the lane signs in with out of what the server sent; every text
 *   that is kept goes through it. Gives a new string
 * @redact_data: passed to @redact
 * @cancellable: (nullable): the lane's
 * @user_data: the guest's
 *
 * Works on in a session that went through, before the lane says goodbye: no second sign-in. Called
 * on the lane's thread, only where the session is still good after the last stage: all passed, or
 * what is wrong is the mailbox, which is full or may not be used. How it gets on changes nothing
 * about the lane's report.
 */
typedef void (*TlLaneGuest) (struct _TlImapSession *session,
                             TlRedact               redact,
                             gconstpointer          redact_data,
                             GCancellable          *cancellable,
                             gpointer               user_data);

void          tl_lane_invite         (TlLane               *self,
                                      TlLaneGuest           guest,
                                      gpointer              user_data,
                                      GDestroyNotify        destroy);
void          tl_lane_run_async      (TlLane               *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
TlLaneReport *tl_lane_run_finish     (TlLane               *self,
                                      GAsyncResult         *result,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
TlTranscript *tl_lane_get_transcript (TlLane               *self);

G_END_DECLS
