/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"

G_BEGIN_DECLS

/* What a plan holds at most, and the most that can be wished for. */
#define TL_SENDING_PLAN_MAX_DAYS      90
#define TL_SENDING_PLAN_MAX_LIMITS    32
#define TL_SENDING_PLAN_MAX_REASONS   16
#define TL_SENDING_PLAN_MAX_VOLUME    1000000
#define TL_SENDING_PLAN_MAX_MAILBOXES 10000
#define TL_SENDING_PLAN_MAX_DOMAINS   10000

/**
 * TlSendingService: what messages are to be sent by
 * @TL_SENDING_SERVICE_PROVIDER: the mailbox's own provider, as every mail program does
 * @TL_SENDING_SERVICE_PROVIDER_RELAY: the same provider's relay, that its administrator sets up
 * @TL_SENDING_SERVICE_DEDICATED_RELAY: a sending service of its own
 * @TL_SENDING_SERVICE_MORE_MAILBOXES: the mailbox's own provider, spread over more mailboxes
 */
typedef enum
{
  TL_SENDING_SERVICE_PROVIDER,
  TL_SENDING_SERVICE_PROVIDER_RELAY,
  TL_SENDING_SERVICE_DEDICATED_RELAY,
  TL_SENDING_SERVICE_MORE_MAILBOXES,
} TlSendingService;

#define TL_TYPE_SENDING_SERVICE (tl_sending_service_get_type ())
GType       tl_sending_service_get_type (void) G_GNUC_CONST;
const char *tl_sending_service_get_nick (TlSendingService service);
const char *tl_sending_service_get_label (TlSendingService service);

/**
 * TlSendingKind: what kind of messages
 * @TL_SENDING_KIND_OUTREACH: to people who have not asked for them
 * @TL_SENDING_KIND_SUBSCRIBED: to people who signed up
 * @TL_SENDING_KIND_CONVERSATION: one person writing to another
 */
typedef enum
{
  TL_SENDING_KIND_OUTREACH,
  TL_SENDING_KIND_SUBSCRIBED,
  TL_SENDING_KIND_CONVERSATION,
} TlSendingKind;

#define TL_TYPE_SENDING_KIND (tl_sending_kind_get_type ())
GType       tl_sending_kind_get_type (void) G_GNUC_CONST;
const char *tl_sending_kind_get_nick (TlSendingKind kind);
/* To whom the messages go, in the user's language. */
const char *tl_sending_kind_get_label (TlSendingKind kind);

/**
 * TlLimitOf: who sets a limit
 */
typedef enum
{
  TL_LIMIT_OF_NOBODY,
  TL_LIMIT_OF_PROVIDER,
  TL_LIMIT_OF_PRESET,
  TL_LIMIT_OF_TARGET,
  TL_LIMIT_OF_POLICY,
} TlLimitOf;

#define TL_TYPE_LIMIT_OF (tl_limit_of_get_type ())
GType       tl_limit_of_get_type (void) G_GNUC_CONST;
const char *tl_limit_of_get_nick (TlLimitOf of);
/* Who sets a limit, where no name tells: in the user's language. */
const char *tl_limit_of_get_label (TlLimitOf of);

/**
 * TlSendingLimit:
 * @of: who sets it
 * @name: (nullable): the provider's, target's or preset's id, or whose policy it is
 * @what: the provider table's word: `messages-per-day`, `recipients-per-day`, …
 * @value: how many, at least 1
 * @per_day: the most messages a day and mailbox that it allows, one recipient each; 0 when it says
 *   nothing about days
 * @when: (nullable): for which plan or case
 * @source: (nullable): where it is from: a word of the provider table's schema, or a name
 * @as_of: (nullable): the day that it was true: `2026-01-31`
 * @is_opinion: somebody's advice and nobody's rule
 * @is_confirmed: whether the source was seen
 */
typedef struct
{
  TlLimitOf  of;
  char      *name;
  char      *what;
  guint      value;
  guint      per_day;
  char      *when;
  char      *source;
  char      *as_of;
  gboolean   is_opinion;
  gboolean   is_confirmed;
} TlSendingLimit;

TlSendingLimit *tl_sending_limit_copy (const TlSendingLimit *self) G_GNUC_WARN_UNUSED_RESULT;
void            tl_sending_limit_free (TlSendingLimit       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSendingLimit, tl_sending_limit_free)

guint           tl_sending_limits_find_smallest (GPtrArray *limits,
                                                 TlLimitOf  of);
char           *tl_sending_limits_dup_text (GPtrArray *limits,
                                            TlLimitOf  of) G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlSendingPlanParts:
 * @kind: what kind of messages
 * @volume: how many are to go out a day, from all mailboxes together; 0: nobody said
 * @n_mailboxes: from how many mailboxes, at least 1
 * @n_domains: under how many domains, at least 1
 * @service: what is advised
 * @reasons: (array zero-terminated=1): ids of the rules in `data/sending-rules.json` that lead
 *   there, the deciding one first
 * @limits: (element-type TlSendingLimit): all that are known, the smallest daily ones first
 * @ceiling: the most messages a day that this mailbox is to send; 0: no limit is known
 * @ceiling_of: who sets it; nobody where @ceiling is 0
 * @preset: (nullable): the warm-up preset's id that the days began as
 * @is_edited: whether a person changed them since
 * @days: (array length=n_days): how many messages on the first, second, … day
 * @n_days: how many days, at most `TL_SENDING_PLAN_MAX_DAYS`
 * @weekdays_only: weekends do not count as days
 *
 * What a sending plan is made of; tl_sending_plan_new() copies.
 */
typedef struct
{
  TlSendingKind         kind;
  guint                 volume;
  guint                 n_mailboxes;
  guint                 n_domains;
  TlSendingService      service;
  const char * const   *reasons;
  GPtrArray            *limits;
  guint                 ceiling;
  TlLimitOf             ceiling_of;
  const char           *preset;
  gboolean              is_edited;
  const guint          *days;
  guint                 n_days;
  gboolean              weekdays_only;
} TlSendingPlanParts;

/**
 * TlSendingPlan:
 *
 * How much a mailbox is to send, by what, and how it gets there. The section `sending` of a bundle.
 * Immutable, atomically counted.
 */
typedef struct _TlSendingPlan TlSendingPlan;

#define TL_TYPE_SENDING_PLAN (tl_sending_plan_get_type ())
GType                     tl_sending_plan_get_type  (void) G_GNUC_CONST;

TlSendingPlan            *tl_sending_plan_new       (const TlSendingPlanParts *parts)
                                                     G_GNUC_WARN_UNUSED_RESULT;
TlSendingPlan            *tl_sending_plan_ref       (TlSendingPlan            *self);
void                      tl_sending_plan_unref     (TlSendingPlan            *self);

const TlSendingPlanParts *tl_sending_plan_get_parts (const TlSendingPlan      *self);
/* How much of it each has, or how many it takes, rounded up; 0 for nothing to divide by. */
guint                     tl_sending_divide_up      (guint                     volume,
                                                     guint                     by);
TlJson                   *tl_sending_plan_to_json   (const TlSendingPlan      *self)
                                                     G_GNUC_WARN_UNUSED_RESULT;
TlSendingPlan            *tl_sending_plan_from_json (TlJson                   *json,
                                                     GError                  **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlSendingPlan, tl_sending_plan_unref)

G_END_DECLS
