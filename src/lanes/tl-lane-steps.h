/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-imap-session.h"
#include "tl-lane.h"
#include "tl-smtp-session.h"
#include "tl-stage.h"
#include "tl-tlsa-lookup.h"

G_BEGIN_DECLS

/**
 * TlLaneWork:
 *
 * What the steps of one lane work on. Belongs to the lane's thread from its
 * start to its end.
 */
typedef struct
{
  /* Set before the thread starts, owned */
  TlLaneKind       kind;
  TlLaneSettings  *settings;
  TlAddress       *address;
  TlSecret        *secret;       /* NULL when signing in is with a token */
  TlNetwork       *network;
  TlLaneBudget     budget;
  TlTranscript    *transcript;

  /* As it goes, owned */
  TlTlsaLookup    *tlsa;         /* NULL: nothing to ask */
  GPtrArray       *addresses;    /* of GInetAddress */
  TlConversation  *conversation;
  TlImapSession   *imap;
  TlSmtpSession   *smtp;
  GPtrArray       *folders;      /* of TlFolder */
  GPtrArray       *remarks;      /* of TlFinding: warnings and notes */

  /* Of the step under way */
  TlStatus         status;       /* what it ends as when it does not fail */
  TlStage          blamed;       /* where its fault belongs */
} TlLaneWork;

/**
 * TlLaneStep:
 * @stage: which stage
 * @budget_offset: where in #TlLaneBudget its milliseconds are
 * @run_sync: does it; %FALSE with the fault or the error set ends the lane
 */
typedef struct
{
  TlStage    stage;
  gsize      budget_offset;
  gboolean (*run_sync) (TlLaneWork    *work,
                        TlDeadline     deadline,
                        GCancellable  *cancellable,
                        TlFault      **out_fault,
                        GError       **error);
} TlLaneStep;

TlLaneWork       *tl_lane_work_new      (TlLaneKind           kind,
                                         TlLaneSettings      *settings,
                                         TlAddress           *address,
                                         TlSecret            *secret,
                                         TlNetwork           *network,
                                         const TlLaneBudget  *budget) G_GNUC_WARN_UNUSED_RESULT;
void              tl_lane_work_free     (TlLaneWork          *work);

void              tl_lane_work_say_goodbye_sync (TlLaneWork    *work,
                                                 GCancellable  *cancellable);
void              tl_lane_work_judge_tlsa_sync  (TlLaneWork    *work,
                                                 GCancellable  *cancellable);
TlCapabilities   *tl_lane_work_get_capabilities (TlLaneWork    *work);

const TlLaneStep *tl_lane_steps_for     (TlSecurity           security,
                                         gsize               *out_n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneWork, tl_lane_work_free)

G_END_DECLS
