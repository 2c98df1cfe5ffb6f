/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlAction: what the program can do about a finding; README.md says what each is
 *
 * Its nicks are the actions of remedies in the catalogue.
 */
typedef enum
{
  TL_ACTION_RETRY,
  TL_ACTION_EDIT_SETTINGS,
  TL_ACTION_EDIT_PASSWORD,
  TL_ACTION_SWITCH_ENDPOINT,
  TL_ACTION_RETRY_AS_FULL_ADDRESS,
  TL_ACTION_RETRY_AS_LOCAL_PART,
  TL_ACTION_USE_OAUTH,
  TL_ACTION_USE_DEVICE,
  TL_ACTION_OPEN_APP_PASSWORD_PAGE,
  TL_ACTION_WAIT,
  TL_ACTION_COPY_NOTE,
  TL_ACTION_ASK_ADMIN,
  TL_ACTION_SEND_REQUEST,
} TlAction;

#define TL_TYPE_ACTION (tl_action_get_type ())
GType       tl_action_get_type (void) G_GNUC_CONST;
const char *tl_action_get_nick (TlAction action);

G_END_DECLS
