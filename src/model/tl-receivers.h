/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlReceiverRule: what a large receiver asks of senders, of `data/receivers.json`
 * @id: the receiver's id, a dot, the rule's: `google.spf`
 * @receiver: the receiver's name, as people know it
 * @text: the rule as one sentence, untranslated
 * @from_volume: messages a day from which on it holds; 0 for every sender
 * @source: a word of the schema: `vendor page`
 * @as_of: since when it holds: `2024-02-01`
 */
typedef struct
{
  const char *id;
  const char *receiver;
  const char *text;
  guint       from_volume;
  const char *source;
  const char *as_of;
} TlReceiverRule;

guint                 tl_receivers_get_n         (void);
const TlReceiverRule *tl_receivers_get           (guint                index);
const TlReceiverRule *tl_receivers_find          (const char          *id);
char                 *tl_receivers_dup_rule_text (const char          *id)
                                                  G_GNUC_WARN_UNUSED_RESULT;
char                **tl_receivers_list_broken   (const char          *finding,
                                                  const char * const  *findings,
                                                  guint                volume)
                                                  G_GNUC_WARN_UNUSED_RESULT;
gboolean              tl_receivers_check         (const char          *json,
                                                  gssize               len,
                                                  GError             **error);

G_END_DECLS
