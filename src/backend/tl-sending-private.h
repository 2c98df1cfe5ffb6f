/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What TlSetup and the files of TlSending share. */
#include "tl-detail.h"
#include "tl-sending-advice.h"
#include "tl-sending.h"

G_BEGIN_DECLS

/**
 * TlSendingAround:
 * @provider: (nullable): whose mailbox it is
 * @relay: (nullable): the sending service of the outgoing lane, where it is another
 * @target: (nullable): id of the target
 * @target_per_day: the most it takes per mailbox, 0: not known
 * @policy: (nullable): whose policy
 * @policy_per_day: its daily ceiling, 0: no rule
 *
 * What else than a person's wish counts.
 */
typedef struct
{
  TlProvider *provider;
  TlProvider *relay;
  const char *target;
  guint       target_per_day;
  const char *policy;
  guint       policy_per_day;
} TlSendingAround;

TlSending    *tl_sending_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_sending_set_around   (TlSending             *self,
                                       const TlSendingAround *around);
void          tl_sending_start_over   (TlSending             *self);

/* Signal `edit (uint messages)`: a person wrote `messages`. */
TlWarmUpDay  *tl_warm_up_day_new      (guint                  day) G_GNUC_WARN_UNUSED_RESULT;
void          tl_warm_up_day_show     (TlWarmUpDay           *self,
                                       guint                  messages,
                                       guint                  ceiling);

/* A plan in words and rows. */
GPtrArray    *tl_sending_list_reasons (TlSendingPlan         *plan) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray    *tl_sending_list_limits  (TlSendingPlan         *plan) G_GNUC_WARN_UNUSED_RESULT;
const char   *tl_sending_describe_service (TlSendingPlan     *plan);
char         *tl_sending_dup_ceiling_text (TlSendingPlan     *plan) G_GNUC_WARN_UNUSED_RESULT;
char         *tl_sending_dup_ceiling_line (TlSendingPlan     *plan) G_GNUC_WARN_UNUSED_RESULT;
char         *tl_sending_dup_days_text (TlSendingPlan        *plan) G_GNUC_WARN_UNUSED_RESULT;
char         *tl_sending_dup_preset_source (TlSendingPlan    *plan) G_GNUC_WARN_UNUSED_RESULT;
char        **tl_sending_list_preset_titles (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
