/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane-kind.h"

G_BEGIN_DECLS

/* What templates and conditions can name of a mailbox; README.md has the list. */
typedef enum
{
  TL_TARGET_NAME_ADDRESS,
  TL_TARGET_NAME_ADDRESS_LOCAL,
  TL_TARGET_NAME_ADDRESS_DOMAIN,
  TL_TARGET_NAME_NAME,
  TL_TARGET_NAME_NAME_FIRST,
  TL_TARGET_NAME_NAME_LAST,
  TL_TARGET_NAME_PROVIDER,
  /* One after the other, and the same of the other lane: tl_target_name_of_lane(). */
  TL_TARGET_NAME_INCOMING_HOST,
  TL_TARGET_NAME_INCOMING_PORT,
  TL_TARGET_NAME_INCOMING_SECURITY,
  TL_TARGET_NAME_INCOMING_USER,
  TL_TARGET_NAME_INCOMING_AUTH,
  TL_TARGET_NAME_INCOMING_PASSWORD,
  TL_TARGET_NAME_INCOMING_FOLDER,
  TL_TARGET_NAME_INCOMING_PRIVATE,
  TL_TARGET_NAME_INCOMING_URL_HOST,
  TL_TARGET_NAME_OUTGOING_HOST,
  TL_TARGET_NAME_OUTGOING_PORT,
  TL_TARGET_NAME_OUTGOING_SECURITY,
  TL_TARGET_NAME_OUTGOING_USER,
  TL_TARGET_NAME_OUTGOING_AUTH,
  TL_TARGET_NAME_OUTGOING_PASSWORD,
  TL_TARGET_NAME_OUTGOING_FOLDER,
  TL_TARGET_NAME_OUTGOING_PRIVATE,
  TL_TARGET_NAME_OUTGOING_URL_HOST,
  TL_TARGET_NAME_SAME_USER,
  TL_TARGET_NAME_SAME_PASSWORD,
  TL_TARGET_NAME_SEPARATE,
  TL_TARGET_NAME_USES_OAUTH,
  TL_TARGET_NAME_LOGIN,
  TL_TARGET_NAME_ISSUER,
  TL_TARGET_NAME_CLIENT_ID,
  TL_TARGET_NAME_SCOPES,
  TL_TARGET_NAME_ACCOUNT,
  TL_TARGET_NAME_FOLDER_SENT,
  TL_TARGET_NAME_FOLDER_DRAFTS,
  TL_TARGET_NAME_FOLDER_JUNK,
  TL_TARGET_NAME_FOLDER_TRASH,
  TL_TARGET_NAME_FOLDER_ARCHIVE,
  TL_TARGET_NAME_SENDING_DAILY_LIMIT,
  TL_TARGET_NAME_SENDING_WARM_UP_FIRST,
  TL_TARGET_NAME_SENDING_WARM_UP_INCREMENT,
  TL_TARGET_NAME_SENDING_WARM_UP_LIMIT,
  TL_TARGET_NAME_UUID,
  TL_TARGET_NAME_UUID_PROFILE,
  TL_TARGET_NAME_TESTED_ON,
  TL_TARGET_NAME_MADE_ON,
  TL_TARGET_N_NAMES
} TlTargetName;

/* What can be done with a value. */
typedef enum
{
  TL_TARGET_TYPE_TEXT,
  TL_TARGET_TYPE_NUMBER,
  TL_TARGET_TYPE_BOOL,
  TL_TARGET_TYPE_SECRET,
} TlTargetType;

/* Sets of names. */
#define TL_TARGET_NAME_BIT(name)   (G_GUINT64_CONSTANT (1) << (name))
#define TL_TARGET_NAMES_SECRET     (TL_TARGET_NAME_BIT (TL_TARGET_NAME_INCOMING_PASSWORD) | \
                                    TL_TARGET_NAME_BIT (TL_TARGET_NAME_OUTGOING_PASSWORD))
#define TL_TARGET_NAMES_SHARED     TL_TARGET_NAME_BIT (TL_TARGET_NAME_MADE_ON)

G_STATIC_ASSERT (TL_TARGET_N_NAMES <= 64);

gboolean      tl_target_name_find      (const char    *word,
                                        gsize          len,
                                        TlTargetName  *out_name);
const char   *tl_target_name_get_word  (TlTargetName   name);
const char   *tl_target_name_get_label (TlTargetName   name);
TlTargetType  tl_target_name_get_type  (TlTargetName   name);
TlLaneKind    tl_target_name_get_lane  (TlTargetName   name);
TlTargetName  tl_target_name_of_lane   (TlTargetName   incoming,
                                        TlLaneKind     lane);
TlTargetName  tl_target_names_get_first (guint64       names);

G_END_DECLS
