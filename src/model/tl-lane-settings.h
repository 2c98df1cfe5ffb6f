/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-endpoint.h"
#include "tl-json.h"
#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlProtocol: what is spoken on a lane
 */
typedef enum
{
  TL_PROTOCOL_IMAP,
  TL_PROTOCOL_SMTP,
} TlProtocol;

#define TL_TYPE_PROTOCOL (tl_protocol_get_type ())
GType tl_protocol_get_type (void) G_GNUC_CONST;

/**
 * TlAuth: what is signed in with
 * @TL_AUTH_PASSWORD: the mailbox's password
 * @TL_AUTH_APP_PASSWORD: a password made for this program alone
 * @TL_AUTH_OAUTH2: a token from the provider's own sign-in page
 */
typedef enum
{
  TL_AUTH_PASSWORD,
  TL_AUTH_APP_PASSWORD,
  TL_AUTH_OAUTH2,
} TlAuth;

#define TL_TYPE_AUTH (tl_auth_get_type ())
GType       tl_auth_get_type  (void) G_GNUC_CONST;
const char *tl_auth_get_nick  (TlAuth auth);
const char *tl_auth_get_label (TlAuth auth);

/**
 * TlLaneSettings:
 *
 * How one lane is reached and signed in to. Never a secret. Immutable,
 * atomically counted. The user name is 1 to 255 bytes of UTF-8 without control
 * characters. The folder is what is opened in place of INBOX, where a shared mailbox is a folder
 * among one's own: 1 to 255 bytes of UTF-8 without control characters, incoming lane only.
 */
typedef struct _TlLaneSettings TlLaneSettings;

#define TL_TYPE_LANE_SETTINGS (tl_lane_settings_get_type ())
GType           tl_lane_settings_get_type     (void) G_GNUC_CONST;

TlProtocol      tl_protocol_for_lane          (TlLaneKind              lane);

TlLaneSettings *tl_lane_settings_new          (TlProtocol              protocol,
                                               TlEndpoint             *endpoint,
                                               TlAuth                  auth,
                                               const char             *username,
                                               GError                **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlLaneSettings *tl_lane_settings_new_from_url (const char             *url,
                                               TlAuth                  auth,
                                               const char             *username,
                                               GError                **error)
                                               G_GNUC_WARN_UNUSED_RESULT;
char           *tl_lane_settings_to_url       (const TlLaneSettings   *self)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlLaneSettings *tl_lane_settings_ref          (TlLaneSettings         *self);
void            tl_lane_settings_unref        (TlLaneSettings         *self);

TlProtocol      tl_lane_settings_get_protocol (const TlLaneSettings   *self);
TlEndpoint     *tl_lane_settings_get_endpoint (const TlLaneSettings   *self);
TlAuth          tl_lane_settings_get_auth     (const TlLaneSettings   *self);
const char     *tl_lane_settings_get_username (const TlLaneSettings   *self);
gboolean        tl_lane_settings_can_open     (const char             *folder);
TlLaneSettings *tl_lane_settings_with_folder  (const TlLaneSettings   *self,
                                               const char             *folder)
                                               G_GNUC_WARN_UNUSED_RESULT;
const char     *tl_lane_settings_get_folder   (const TlLaneSettings   *self);
gboolean        tl_lane_settings_equal        (const TlLaneSettings   *a,
                                               const TlLaneSettings   *b);

TlJson         *tl_lane_settings_to_json      (const TlLaneSettings   *self)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlLaneSettings *tl_lane_settings_read         (TlJsonReader           *reader)
                                               G_GNUC_WARN_UNUSED_RESULT;
TlLaneSettings *tl_lane_settings_from_json    (TlJson                 *json,
                                               GError                **error)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneSettings, tl_lane_settings_unref)

G_END_DECLS
