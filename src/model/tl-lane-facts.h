/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tl-json.h"

G_BEGIN_DECLS

/**
 * TlLaneFactsParts:
 * @software: (nullable): the server's name and version, as it says itself
 * @mechanism: (nullable): how it was signed in, `SCRAM-SHA-256-PLUS`
 * @prefix: (nullable): incoming: what the names of personal folders begin with
 * @delimiter: incoming: what parts of folder names are told apart by, 0 when not known
 * @rights: (nullable): incoming: ours on the inbox, the letters of RFC 4314 §2.1
 * @has_quota: incoming: whether the next two are known
 * @quota_used: in KiB (RFC 9208)
 * @quota_limit: in KiB; 0: there is no quota
 * @n_messages: incoming: in the inbox, -1 when not known
 * @idles: incoming: new messages are announced at once (IDLE was entered)
 * @max_message_bytes: outgoing: RFC 1870, 0 when the server names none
 *
 * What lane facts are made of; strings have been through tl_text_clean().
 */
typedef struct
{
  const char *software;
  const char *mechanism;
  const char *prefix;
  char        delimiter;
  const char *rights;
  gboolean    has_quota;
  guint64     quota_used;
  guint64     quota_limit;
  gint64      n_messages;
  gboolean    idles;
  guint64     max_message_bytes;
} TlLaneFactsParts;

/**
 * TlLaneFacts:
 *
 * What a lane learnt of its server and mailbox beside its verdict. Immutable,
 * atomically counted.
 */
typedef struct _TlLaneFacts TlLaneFacts;

#define TL_TYPE_LANE_FACTS (tl_lane_facts_get_type ())
GType                   tl_lane_facts_get_type  (void) G_GNUC_CONST;

TlLaneFacts            *tl_lane_facts_new       (const TlLaneFactsParts  *parts)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlLaneFacts            *tl_lane_facts_ref       (TlLaneFacts             *self);
void                    tl_lane_facts_unref     (TlLaneFacts             *self);

const TlLaneFactsParts *tl_lane_facts_get_parts (const TlLaneFacts       *self);
TlJson                 *tl_lane_facts_to_json   (const TlLaneFacts       *self)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlLaneFacts            *tl_lane_facts_from_json (TlJson                  *json,
                                                 GError                 **error)
                                                 G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneFacts, tl_lane_facts_unref)

G_END_DECLS
