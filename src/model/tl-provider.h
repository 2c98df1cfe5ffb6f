/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-app-password.h"
#include "tl-catalogue.h"
#include "tl-lane-kind.h"
#include "tl-lane-settings.h"

G_BEGIN_DECLS

/* Whose tenant look-up a provider file may name */
#define TL_PROVIDER_TENANT_MICROSOFT "microsoft"

/**
 * TlProviderKind:
 * @TL_PROVIDER_MAILBOX: gives people mailboxes
 * @TL_PROVIDER_RELAY: only sends: no incoming lane, and no address belongs to it
 */
typedef enum
{
  TL_PROVIDER_MAILBOX,
  TL_PROVIDER_RELAY,
} TlProviderKind;

#define TL_TYPE_PROVIDER_KIND (tl_provider_kind_get_type ())
GType                 tl_provider_kind_get_type         (void) G_GNUC_CONST;

/**
 * TlPrerequisite:
 * @text: what has to be done or known, in the user's language
 * @link: (nullable): the provider's own page, https
 * @fixer: who can do it
 * @as_of: (nullable): the day that it was true, where it changes: `2026-01-31`
 * @lane: which lane it is about, or %TL_LANE_NONE for both
 */
typedef struct
{
  const char *text;
  const char *link;
  TlFixer     fixer;
  const char *as_of;
  TlLaneKind  lane;
} TlPrerequisite;

/**
 * TlProvider:
 *
 * One row of the curated table, read from `data/providers/ID.json`. Immutable,
 * atomically counted. What is only shown is in tl-provider-details.h.
 */
typedef struct _TlProvider TlProvider;

#define TL_TYPE_PROVIDER (tl_provider_get_type ())
GType                 tl_provider_get_type              (void) G_GNUC_CONST;

TlProvider           *tl_provider_parse                 (const char        *json,
                                                         gssize             len,
                                                         GError           **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;
TlProvider           *tl_provider_ref                   (TlProvider        *self);
void                  tl_provider_unref                 (TlProvider        *self);

const char           *tl_provider_get_id                (const TlProvider  *self);
const char           *tl_provider_get_name              (const TlProvider  *self);
TlProviderKind        tl_provider_get_kind              (const TlProvider  *self);
guint                 tl_provider_get_n_endpoints       (const TlProvider  *self,
                                                         TlLaneKind         lane);
TlLaneSettings       *tl_provider_dup_settings          (const TlProvider  *self,
                                                         TlLaneKind         lane,
                                                         guint              index,
                                                         TlAddress         *address,
                                                         const char        *mx_host)
                                                         G_GNUC_WARN_UNUSED_RESULT;
gboolean              tl_provider_vouches               (const TlProvider  *self,
                                                         TlLaneKind         lane,
                                                         guint              index);
gboolean              tl_provider_has_host              (const TlProvider  *self,
                                                         TlLaneKind         lane,
                                                         const char        *host);
gboolean              tl_provider_takes                 (const TlProvider  *self,
                                                         TlAuth             auth);
TlAuth                tl_provider_get_preferred_auth    (const TlProvider  *self);
const char           *tl_provider_get_secret_name       (const TlProvider  *self);
guint                 tl_provider_get_n_prerequisites   (const TlProvider  *self);
const TlPrerequisite *tl_provider_get_prerequisite      (const TlProvider  *self,
                                                         guint              index);
guint                 tl_provider_get_n_notices         (const TlProvider  *self);
const TlPrerequisite *tl_provider_get_notice            (const TlProvider  *self,
                                                         guint              index);
const char * const   *tl_provider_get_app_password_steps (const TlProvider *self);
const char           *tl_provider_get_app_password_link (const TlProvider  *self);
const TlAppPasswordForm *tl_provider_get_app_password_form (const TlProvider *self);

/* The whole table, loaded once; never freed. Any thread. */
GPtrArray            *tl_providers_get_all              (void);
TlProvider           *tl_providers_find                 (const char        *id);
TlProvider           *tl_providers_find_by_domain       (const char        *domain);
TlProvider           *tl_providers_find_by_mx           (const char        *mx_host);
TlProvider           *tl_providers_find_by_host         (const char        *host);
TlProvider           *tl_providers_find_by_spf          (const char        *include);
TlProvider           *tl_providers_find_by_autodiscover (const char        *cname_target);
TlProvider           *tl_providers_find_by_tenant       (const char        *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlProvider, tl_provider_unref)

G_END_DECLS
