/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider.h"
#include "tl-sending-plan.h"

G_BEGIN_DECLS

/**
 * TlWarmUpPreset: a row of `data/warm-up.json`: somebody's advice, and nobody's rule
 * @id: `conservative`, `standard`, `warmed`
 * @title: in a few words, untranslated
 * @ceiling: the most messages a day and mailbox it goes up to
 * @days: (array length=n_days): how many on each day
 * @n_days: how many days
 * @weekdays_only: weekends do not count
 * @source: who says so
 * @as_of: when
 * @is_confirmed: whether the source was seen
 */
typedef struct
{
  const char  *id;
  const char  *title;
  guint        ceiling;
  const guint *days;
  guint        n_days;
  gboolean     weekdays_only;
  const char  *source;
  const char  *as_of;
  gboolean     is_confirmed;
} TlWarmUpPreset;

guint                 tl_warm_up_get_n_presets (void);
const TlWarmUpPreset *tl_warm_up_get_preset    (guint                  index);
const TlWarmUpPreset *tl_warm_up_find_preset   (const char            *id);

/**
 * TlSendingWish: what somebody wants to send, and what else limits it
 * @kind: what kind of messages
 * @volume: how many a day from all mailboxes together, 0: nobody said
 * @n_mailboxes: from how many, at least 1
 * @n_domains: under how many domains, at least 1
 * @provider: (nullable): whose mailbox it is
 * @relay: (nullable): the sending service of the outgoing lane, where it is another
 * @preset: (nullable): id of a preset; for outreach only, unless a person chose it
 * @is_preset_chosen: a person did: then it counts for any kind
 * @days: (array length=n_days) (nullable): the plan as a person changed it
 * @n_days: how many
 * @target: (nullable): the target's id
 * @target_per_day: the most a target takes per mailbox, 0: no limit known
 * @policy: (nullable): whose policy
 * @policy_per_day: its daily ceiling, 0: no rule
 */
typedef struct
{
  TlSendingKind  kind;
  guint          volume;
  guint          n_mailboxes;
  guint          n_domains;
  TlProvider    *provider;
  TlProvider    *relay;
  const char    *preset;
  gboolean       is_preset_chosen;
  const guint   *days;
  guint          n_days;
  const char    *target;
  guint          target_per_day;
  const char    *policy;
  guint          policy_per_day;
} TlSendingWish;

/* Pure. Days above the ceiling are lowered to it. */
TlSendingPlan *tl_sending_advise        (const TlSendingWish   *wish) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
