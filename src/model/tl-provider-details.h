/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What of a provider is for showing, and for those who check the table. */

#include "tl-provider.h"

G_BEGIN_DECLS

/**
 * TlUsername: what is signed in as
 * @TL_USERNAME_ADDRESS: the whole address
 * @TL_USERNAME_LOCAL_PART: what stands before the @
 * @TL_USERNAME_ANY: any name will do, and so the address does
 * @TL_USERNAME_GIVEN: a name that the provider hands out
 * @TL_USERNAME_LITERAL: the same word for everybody
 */
typedef enum
{
  TL_USERNAME_ADDRESS,
  TL_USERNAME_LOCAL_PART,
  TL_USERNAME_ANY,
  TL_USERNAME_GIVEN,
  TL_USERNAME_LITERAL,
} TlUsername;

#define TL_TYPE_USERNAME (tl_username_get_type ())
GType tl_username_get_type (void) G_GNUC_CONST;

/**
 * TlProviderServer:
 * @host: a host name, or how one is made: with `{domain}`, `{mx}` or a `{word}` of its patterns
 * @port: a TCP port
 * @security: TLS or STARTTLS
 */
typedef struct
{
  const char *host;
  guint16     port;
  TlSecurity  security;
} TlProviderServer;

/**
 * TlProviderLimit:
 * @what: a word of the schema: `messages-per-day`
 * @value: how many, at least 1
 * @when: (nullable): for which plan or case
 * @as_of: the day that it was true: `2026-01-31`
 * @source: a word of the schema: `vendor page`
 * @confirmed: whether the source was seen
 */
typedef struct
{
  const char *what;
  guint       value;
  const char *when;
  const char *as_of;
  const char *source;
  gboolean    confirmed;
} TlProviderLimit;

/**
 * TlOauthEndpoint: of an authorization server (RFC 6749 §3, RFC 8628 §3.1, RFC 7009 §2)
 */
typedef enum
{
  TL_OAUTH_ENDPOINT_AUTHORIZATION,
  TL_OAUTH_ENDPOINT_TOKEN,
  TL_OAUTH_ENDPOINT_DEVICE,
  TL_OAUTH_ENDPOINT_REVOCATION,
} TlOauthEndpoint;

#define TL_TYPE_OAUTH_ENDPOINT (tl_oauth_endpoint_get_type ())
GType tl_oauth_endpoint_get_type (void) G_GNUC_CONST;

/* What stands in issuers and endpoints where one server serves many organisations. */
#define TL_PROVIDER_OAUTH_TENANT "{tenant}"

/* NULL where the table does not say: then the issuer's own document does. Issuer and endpoints may
 * have `{tenant}`, for which the tenant stands when IT names none. */
const char             *tl_provider_get_oauth_endpoint (const TlProvider *self,
                                                      TlOauthEndpoint   which);
const char             *tl_provider_get_oauth_tenant (const TlProvider *self);
char                   *tl_provider_dup_issuer_of    (const TlProvider *self,
                                                      const char       *tenant)
                                                      G_GNUC_WARN_UNUSED_RESULT;
char                   *tl_providers_dup_issuer      (const char       *issuer,
                                                      const char       *tenant)
                                                      G_GNUC_WARN_UNUSED_RESULT;
/* Whether it can be asked for an ID token with the address of who signed in (`openid email`). */
gboolean                tl_provider_has_openid       (const TlProvider *self);
/* For whoever registers this program there: what to do, in order, and where. */
guint                   tl_provider_get_n_oauth_steps (const TlProvider *self);
const TlPrerequisite   *tl_provider_get_oauth_step   (const TlProvider *self,
                                                      guint             index);
/* Whether anybody but a partner of the provider's can have it done. */
gboolean                tl_provider_can_register     (const TlProvider *self);
/* What has to be on for the mailbox besides, each with its lane. */
guint                   tl_provider_get_n_oauth_switches (const TlProvider *self);
const TlPrerequisite   *tl_provider_get_oauth_switch (const TlProvider *self,
                                                      guint             index);
/* Whether it gives programs on people’s own computers a secret too, and wants it back. */
gboolean                tl_provider_wants_client_secret (const TlProvider *self);
/* As its page takes them; none where there is nothing to enter. */
const char * const     *tl_provider_get_oauth_redirects (const TlProvider *self);
/* Hosts outside of the issuer's domain that it has pages for codes of other devices at. */
const char * const     *tl_provider_get_oauth_device_pages (const TlProvider *self);
/* Where a person sees, and ends, what programs were allowed. */
const char             *tl_provider_get_grants_link  (const TlProvider *self);
/* A mailbox that several people use, each with their own sign-in: the user name that a lane signs
 * in with, NULL where the provider has no such way; and what there is to know. */
char                   *tl_provider_dup_shared_user  (const TlProvider *self,
                                                      TlAuth            auth,
                                                      TlLaneKind        lane,
                                                      TlAddress        *mailbox,
                                                      TlAddress        *login)
                                                      G_GNUC_WARN_UNUSED_RESULT;
guint                   tl_provider_get_n_shared_notes (const TlProvider *self);
const TlPrerequisite   *tl_provider_get_shared_note  (const TlProvider *self,
                                                      guint             index);

const char * const     *tl_provider_get_domains      (const TlProvider *self);
const char * const     *tl_provider_get_mx           (const TlProvider *self);
const char * const     *tl_provider_get_spf          (const TlProvider *self);
const char * const     *tl_provider_get_autodiscover (const TlProvider *self);
const char             *tl_provider_get_tenant       (const TlProvider *self);
const TlProviderServer *tl_provider_get_server       (const TlProvider *self,
                                                      TlLaneKind        lane,
                                                      guint             index);
TlUsername              tl_provider_get_username     (const TlProvider *self,
                                                      TlLaneKind        lane,
                                                      const char      **out_literal);
guint                   tl_provider_get_sign_in      (const TlProvider *self,
                                                      const TlAuth    **out_kinds);
const char             *tl_provider_get_oauth_issuer (const TlProvider *self);
const char * const     *tl_provider_get_oauth_scopes (const TlProvider *self);
guint                   tl_provider_get_n_limits     (const TlProvider *self);
const TlProviderLimit  *tl_provider_get_limit        (const TlProvider *self,
                                                      guint             index);
gboolean                tl_provider_is_confirmed     (const TlProvider *self,
                                                      const char       *pointer);
const char * const     *tl_provider_get_unconfirmed  (const TlProvider *self);
const char             *tl_provider_get_checked_on   (const TlProvider *self);

G_END_DECLS
