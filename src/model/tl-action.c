/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-action.h"

#include "tl-nick.h"

G_DEFINE_ENUM_TYPE (TlAction, tl_action,
                    G_DEFINE_ENUM_VALUE (TL_ACTION_RETRY, "retry"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_EDIT_SETTINGS, "edit-settings"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_EDIT_PASSWORD, "edit-password"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_SWITCH_ENDPOINT, "switch-endpoint"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_RETRY_AS_FULL_ADDRESS, "retry-as-full-address"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_RETRY_AS_LOCAL_PART, "retry-as-local-part"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_USE_OAUTH, "use-oauth"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_USE_DEVICE, "use-device"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_OPEN_APP_PASSWORD_PAGE,
                                         "open-app-password-page"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_WAIT, "wait"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_COPY_NOTE, "copy-note"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_ASK_ADMIN, "ask-admin"),
                    G_DEFINE_ENUM_VALUE (TL_ACTION_SEND_REQUEST, "send-request"))

const char *
tl_action_get_nick (TlAction action)
{
  return tl_nick_get (TL_TYPE_ACTION, (int) action);
}
