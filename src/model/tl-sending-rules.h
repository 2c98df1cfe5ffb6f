/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-sending-rule.h"

G_BEGIN_DECLS

/**
 * TlSendingOver: what the volume of one mailbox is too much for
 * @TL_SENDING_OVER_ANYTHING: the condition is not there
 * @TL_SENDING_OVER_CEILING: the smallest of all daily limits
 * @TL_SENDING_OVER_PROVIDER: the smallest of the provider's daily limits
 */
typedef enum
{
  TL_SENDING_OVER_ANYTHING,
  TL_SENDING_OVER_CEILING,
  TL_SENDING_OVER_PROVIDER,
} TlSendingOver;

/**
 * TlSendingCase: what rules are held against
 * @kind: what kind of messages
 * @volume: how many a day, from all mailboxes together; 0: nobody said
 * @per_mailbox: of these, how many from each, rounded up
 * @per_domain: likewise
 * @ceiling: the smallest daily limit, 0: none is known
 * @provider_per_day: the provider's smallest, 0: none is known
 * @provider: (nullable): id of whose mailbox it is
 * @relay: (nullable): id of the sending service of the outgoing lane
 */
typedef struct
{
  TlSendingKind  kind;
  guint          volume;
  guint          per_mailbox;
  guint          per_domain;
  guint          ceiling;
  guint          provider_per_day;
  const char    *provider;
  const char    *relay;
} TlSendingCase;

/**
 * TlSendingRules: `data/sending-rules.json`, read.
 */
typedef struct _TlSendingRules TlSendingRules;

TlSendingRules      *tl_sending_rules_get    (void);
gboolean             tl_sending_rules_check  (const char           *json,
                                              gssize                len,
                                              GError              **error);
guint                tl_sending_rules_get_n  (TlSendingRules       *self);
const TlSendingRule *tl_sending_rules_nth    (TlSendingRules       *self,
                                              guint                 index);
gboolean             tl_sending_rules_holds  (TlSendingRules       *self,
                                              guint                 index,
                                              const TlSendingCase  *facts);

G_END_DECLS
