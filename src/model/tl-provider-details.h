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
