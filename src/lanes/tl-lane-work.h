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
  TlSecret        *secret;       /* NULL: no token to sign in with */
  GPtrArray       *guises;       /* of TlSecret: what is never in a report */
  TlNetwork       *network;
  TlLaneBudget     budget;
  TlLanePorts      ports;
  TlTranscript    *transcript;

  /* As it goes, owned */
  TlTlsaLookup    *tlsa;         /* NULL: nothing to ask */
  GPtrArray       *addresses;    /* of GInetAddress */
  TlConversation  *conversation;
  TlImapSession   *imap;
  TlSmtpSession   *smtp;
  GPtrArray       *folders;      /* of TlFolder */
  GPtrArray       *remarks;      /* of TlFinding: warnings and notes */
  TlLaneFacts     *facts;        /* NULL until signed in */

  /* Of the step under way */
  TlStatus         status;       /* what it ends as when it does not fail */
  TlStage          blamed;       /* where its fault belongs */
} TlLaneWork;

TlLaneWork     *tl_lane_work_new               (TlLaneKind           kind,
                                                TlLaneSettings      *settings,
                                                TlAddress           *address,
                                                TlSecret            *secret,
                                                TlNetwork           *network,
                                                const TlLaneBudget  *budget)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_lane_work_free              (TlLaneWork          *work);

const char     *tl_lane_work_get_host          (const TlLaneWork    *work);
char           *tl_lane_work_dup_ledger_name   (const TlLaneWork    *work)
  G_GNUC_WARN_UNUSED_RESULT;
guint16         tl_lane_work_get_port          (const TlLaneWork    *work);
gboolean        tl_lane_work_is_upgraded       (const TlLaneWork    *work);
TlCapabilities *tl_lane_work_get_capabilities  (TlLaneWork          *work);
char           *tl_lane_work_dup_url           (const TlLaneWork    *work,
                                                const char          *host,
                                                guint16              port,
                                                TlSecurity           security)
  G_GNUC_WARN_UNUSED_RESULT;
char           *tl_lane_work_redact            (const TlLaneWork    *work,
                                                const char          *text)
  G_GNUC_WARN_UNUSED_RESULT;
GVariant       *tl_lane_work_redact_evidence   (const TlLaneWork    *work,
                                                GVariant            *evidence)
  G_GNUC_WARN_UNUSED_RESULT;
void            tl_lane_work_add_remark        (TlLaneWork          *work,
                                                const char          *id,
                                                GVariant            *evidence);
void            tl_lane_work_say_goodbye_sync  (TlLaneWork          *work,
                                                GCancellable        *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneWork, tl_lane_work_free)

G_END_DECLS
