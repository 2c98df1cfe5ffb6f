/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider-details.h"

G_BEGIN_DECLS

#define TL_OAUTH_SERVER_N_ENDPOINTS (TL_OAUTH_ENDPOINT_REVOCATION + 1)

/**
 * TlOauthServerParts:
 * @issuer: its name, an https URL
 * @issuer_pattern: (nullable): the same with `TL_PROVIDER_OAUTH_TENANT`, where any directory's
 *   answer is good; %NULL: there is but one issuer
 * @endpoints: by #TlOauthEndpoint; the first two are there, another is %NULL where it has none
 * @registration_endpoint: (nullable): where a client registers itself (RFC 7591 §3)
 * @device_pages: (nullable): see tl_oauth_server_has_device_page()
 * @names_issuer: see tl_oauth_server_names_issuer(), and so on
 */
typedef struct
{
  const char *issuer;
  const char *issuer_pattern;
  const char *endpoints[TL_OAUTH_SERVER_N_ENDPOINTS];
  const char *registration_endpoint;
  const char * const *device_pages;
  gboolean    names_issuer;
  gboolean    promises_pkce;
  gboolean    speaks_openid;
  gboolean    wants_consent;
} TlOauthServerParts;

/**
 * TlOauthServer:
 *
 * An authorization server: where its endpoints are and what it promises (RFC 8414 §2). From our
 * provider table, or from the document that its issuer publishes. Every endpoint is https with a
 * name; those of a document are also within the registrable domain of its issuer. Immutable,
 * atomically counted.
 */
typedef struct _TlOauthServer TlOauthServer;

#define TL_TYPE_OAUTH_SERVER (tl_oauth_server_get_type ())
GType          tl_oauth_server_get_type          (void) G_GNUC_CONST;

TlOauthServer *tl_oauth_server_new               (const TlOauthServerParts *parts)
                                                  G_GNUC_WARN_UNUSED_RESULT;
TlOauthServer *tl_oauth_server_new_for_provider  (const TlProvider     *provider,
                                                  const char           *tenant)
                                                  G_GNUC_WARN_UNUSED_RESULT;
TlOauthServer *tl_oauth_server_ref               (TlOauthServer        *self);
void           tl_oauth_server_unref             (TlOauthServer        *self);

const char    *tl_oauth_server_get_issuer        (const TlOauthServer  *self);
const char    *tl_oauth_server_get_authorization_endpoint (const TlOauthServer *self);
const char    *tl_oauth_server_get_token_endpoint (const TlOauthServer *self);
const char    *tl_oauth_server_get_device_endpoint (const TlOauthServer *self);
const char    *tl_oauth_server_get_registration_endpoint (const TlOauthServer *self);
const char    *tl_oauth_server_get_revocation_endpoint (const TlOauthServer *self);
gboolean       tl_oauth_server_names_issuer      (const TlOauthServer  *self);
gboolean       tl_oauth_server_promises_pkce     (const TlOauthServer  *self);
gboolean       tl_oauth_server_speaks_openid     (const TlOauthServer  *self);
gboolean       tl_oauth_server_wants_consent     (const TlOauthServer  *self);
gboolean       tl_oauth_server_has_device_page   (const TlOauthServer  *self,
                                                  const char           *host);
gboolean       tl_oauth_server_is_issuer         (const TlOauthServer  *self,
                                                  const char           *iss);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthServer, tl_oauth_server_unref)

G_END_DECLS
