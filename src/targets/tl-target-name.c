/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-target-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A name with a label may be required of a mailbox: the label is what people call it. */
static const struct
{
  const char   *word;
  TlTargetType  type;
  TlLaneKind    lane;
  const char   *label;
} rows[TL_TARGET_N_NAMES] = {
  [TL_TARGET_NAME_ADDRESS]           = { "address" },
  [TL_TARGET_NAME_ADDRESS_LOCAL]     = { "address.local" },
  [TL_TARGET_NAME_ADDRESS_DOMAIN]    = { "address.domain" },
  /* Translators: these are what a mailbox lacks and a product asks for: “There is no {value}.” */
  [TL_TARGET_NAME_NAME]              = { "name", .label = N_("name to send as") },
  [TL_TARGET_NAME_NAME_FIRST]        = { "name.first", .label = N_("first name") },
  [TL_TARGET_NAME_NAME_LAST]         = { "name.last", .label = N_("last name") },
  [TL_TARGET_NAME_PROVIDER]          = { "provider", .label = N_("known provider") },
  [TL_TARGET_NAME_INCOMING_HOST]     = { "incoming.host", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_PORT]     = { "incoming.port", TL_TARGET_TYPE_NUMBER,
                                         TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_SECURITY] = { "incoming.security", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_USER]     = { "incoming.user", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_AUTH]     = { "incoming.auth", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_PASSWORD] = { "incoming.password", TL_TARGET_TYPE_SECRET,
                                         TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_FOLDER]   = { "incoming.folder", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_PRIVATE]  = { "incoming.private", TL_TARGET_TYPE_BOOL,
                                         TL_LANE_INCOMING },
  [TL_TARGET_NAME_INCOMING_URL_HOST] = { "incoming.url_host", .lane = TL_LANE_INCOMING },
  [TL_TARGET_NAME_OUTGOING_HOST]     = { "outgoing.host", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_PORT]     = { "outgoing.port", TL_TARGET_TYPE_NUMBER,
                                         TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_SECURITY] = { "outgoing.security", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_USER]     = { "outgoing.user", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_AUTH]     = { "outgoing.auth", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_PASSWORD] = { "outgoing.password", TL_TARGET_TYPE_SECRET,
                                         TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_FOLDER]   = { "outgoing.folder", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_PRIVATE]  = { "outgoing.private", TL_TARGET_TYPE_BOOL,
                                         TL_LANE_OUTGOING },
  [TL_TARGET_NAME_OUTGOING_URL_HOST] = { "outgoing.url_host", .lane = TL_LANE_OUTGOING },
  [TL_TARGET_NAME_SAME_USER]         = { "same_user", TL_TARGET_TYPE_BOOL },
  [TL_TARGET_NAME_SAME_PASSWORD]     = { "same_password", TL_TARGET_TYPE_BOOL },
  [TL_TARGET_NAME_SEPARATE]          = { "separate", TL_TARGET_TYPE_BOOL },
  [TL_TARGET_NAME_USES_OAUTH]        = { "uses_oauth", TL_TARGET_TYPE_BOOL },
  [TL_TARGET_NAME_LOGIN]             = { "login", .label = N_("login of its own") },
  /* Translators: the server that gives out tokens to sign in with */
  [TL_TARGET_NAME_ISSUER]            = { "issuer", .label = N_("authorization server") },
  /* Translators: as what a program is registered there */
  [TL_TARGET_NAME_CLIENT_ID]         = { "client_id", .label = N_("client id") },
  [TL_TARGET_NAME_SCOPES]            = { "scopes" },
  [TL_TARGET_NAME_ACCOUNT]           = { "account" },
  [TL_TARGET_NAME_FOLDER_SENT]       = { "folder.sent", .lane = TL_LANE_INCOMING,
                                         .label = N_("folder for sent mail") },
  [TL_TARGET_NAME_FOLDER_DRAFTS]     = { "folder.drafts", .lane = TL_LANE_INCOMING,
                                         .label = N_("folder for drafts") },
  [TL_TARGET_NAME_FOLDER_JUNK]       = { "folder.junk", .lane = TL_LANE_INCOMING,
                                         .label = N_("folder for junk") },
  [TL_TARGET_NAME_FOLDER_TRASH]      = { "folder.trash", .lane = TL_LANE_INCOMING,
                                         .label = N_("folder for what was deleted") },
  [TL_TARGET_NAME_FOLDER_ARCHIVE]    = { "folder.archive", .lane = TL_LANE_INCOMING,
                                         .label = N_("folder for the archive") },
  [TL_TARGET_NAME_SENDING_DAILY_LIMIT] = { "sending.daily_limit", TL_TARGET_TYPE_NUMBER,
                                           .label = N_("daily limit") },
  [TL_TARGET_NAME_SENDING_WARM_UP_FIRST] = { "sending.warm_up.first", TL_TARGET_TYPE_NUMBER },
  [TL_TARGET_NAME_SENDING_WARM_UP_INCREMENT] = { "sending.warm_up.increment",
                                                 TL_TARGET_TYPE_NUMBER },
  [TL_TARGET_NAME_SENDING_WARM_UP_LIMIT] = { "sending.warm_up.limit", TL_TARGET_TYPE_NUMBER },
  [TL_TARGET_NAME_UUID]              = { "uuid" },
  [TL_TARGET_NAME_UUID_PROFILE]      = { "uuid.profile" },
  [TL_TARGET_NAME_TESTED_ON]         = { "tested_on" },
  [TL_TARGET_NAME_MADE_ON]           = { "made_on" },
};

/**
 * tl_target_name_find:
 * @word: what may be a name, as a file has it
 * @len: its length in bytes
 * @out_name: (out): which it is
 *
 * Returns: whether there is such a name
 */
gboolean
tl_target_name_find (const char   *word,
                     gsize         len,
                     TlTargetName *out_name)
{
  for (guint i = 0; i < TL_TARGET_N_NAMES; i++)
    {
      if (strlen (rows[i].word) == len && strncmp (rows[i].word, word, len) == 0)
        {
          *out_name = (TlTargetName) i;
          return TRUE;
        }
    }

  return FALSE;
}

const char *
tl_target_name_get_word (TlTargetName name)
{
  return rows[name].word;
}

/**
 * tl_target_name_get_label:
 * @name: a name
 *
 * Returns: (nullable): what people call it, translated; %NULL where a mailbox always has it, or
 *   nothing may ask for it
 */
const char *
tl_target_name_get_label (TlTargetName name)
{
  return rows[name].label != NULL ? _(rows[name].label) : NULL;
}

TlTargetType
tl_target_name_get_type (TlTargetName name)
{
  return rows[name].type;
}

TlLaneKind
tl_target_name_get_lane (TlTargetName name)
{
  return rows[name].lane;
}

/**
 * tl_target_name_of_lane:
 * @incoming: a name that begins with `incoming.`
 * @lane: a lane
 *
 * Returns: the same of @lane
 */
TlTargetName
tl_target_name_of_lane (TlTargetName incoming,
                        TlLaneKind   lane)
{
  guint apart = TL_TARGET_NAME_OUTGOING_HOST - TL_TARGET_NAME_INCOMING_HOST;

  return lane == TL_LANE_OUTGOING ? (TlTargetName) (incoming + apart) : incoming;
}

/**
 * tl_target_names_get_first:
 * @names: a set of names, not empty
 *
 * Returns: the first of them, in the order of #TlTargetName
 */
TlTargetName
tl_target_names_get_first (guint64 names)
{
  guint name = 0;

  g_return_val_if_fail (names != 0, TL_TARGET_NAME_ADDRESS);

  while ((names & TL_TARGET_NAME_BIT (name)) == 0)
    name++;

  return (TlTargetName) name;
}
