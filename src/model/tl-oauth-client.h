/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlClientOrigin: whose word a client identity rests on
 * @TL_CLIENT_FROM_POLICY: the organisation's policy
 * @TL_CLIENT_FROM_SETTINGS: typed in by the person, as IT told it
 * @TL_CLIENT_REGISTERED: registered by the program itself (RFC 7591)
 */
typedef enum
{
  TL_CLIENT_FROM_POLICY,
  TL_CLIENT_FROM_SETTINGS,
  TL_CLIENT_REGISTERED,
} TlClientOrigin;

#define TL_TYPE_CLIENT_ORIGIN (tl_client_origin_get_type ())
GType          tl_client_origin_get_type (void) G_GNUC_CONST;

/**
 * TlOauthClientParts:
 * @issuer: the authorization server as our provider table or discovery names it: an https URL
 * @client_id: as that server gave it: 1 to 255 of %x20-7E (RFC 6749 appendix A.1)
 * @secret: (nullable): some servers want one of programs too, where it keeps nothing secret
 *   (RFC 8252 §8.5)
 * @tenant: (nullable): a directory id or domain, where @issuer serves many organisations:
 *   letters, digits, dot and hyphen, 1 to 253
 * @origin: whose word it is
 */
typedef struct
{
  const char     *issuer;
  const char     *client_id;
  TlSecret       *secret;
  const char     *tenant;
  TlClientOrigin  origin;
} TlOauthClientParts;

/**
 * TlOauthClient:
 *
 * As whom this program presents itself to an authorization server. Immutable, atomically counted.
 */
typedef struct _TlOauthClient TlOauthClient;

#define TL_TYPE_OAUTH_CLIENT (tl_oauth_client_get_type ())
GType          tl_oauth_client_get_type   (void) G_GNUC_CONST;

TlOauthClient *tl_oauth_client_new        (const TlOauthClientParts  *parts,
                                           GError                   **error)
                                           G_GNUC_WARN_UNUSED_RESULT;
TlOauthClient *tl_oauth_client_ref        (TlOauthClient             *self);
void           tl_oauth_client_unref      (TlOauthClient             *self);

const char    *tl_oauth_client_get_issuer (const TlOauthClient       *self);
const char    *tl_oauth_client_get_id     (const TlOauthClient       *self);
TlSecret      *tl_oauth_client_get_secret (const TlOauthClient       *self);
const char    *tl_oauth_client_get_tenant (const TlOauthClient       *self);
TlClientOrigin tl_oauth_client_get_origin (const TlOauthClient       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthClient, tl_oauth_client_unref)

G_END_DECLS
