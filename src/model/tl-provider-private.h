/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-json.h"
#include "tl-provider-details.h"

G_BEGIN_DECLS

#define TL_PROVIDER_MAX_ENDPOINTS 8

#define TL_N_OAUTH_ENDPOINTS (TL_OAUTH_ENDPOINT_REVOCATION + 1)
#define TL_N_AUTHS           (TL_AUTH_OAUTH2 + 1)

struct _TlProvider
{
  char           *id;
  char           *name;
  TlProviderKind  kind;

  /* How it is recognised, all lower case */
  char          **domains;
  char          **mx;                /* patterns, tl_host_pattern_match() */
  char          **spf;
  char          **autodiscover;      /* patterns */
  char           *tenant;

  /* How it is reached, by TlLaneKind */
  GArray         *servers[3];        /* of TlProviderServer, host owned, best first */
  TlUsername      usernames[3];
  char           *literals[3];       /* with TL_USERNAME_LITERAL alone */
  TlAuth          sign_in[TL_N_AUTHS]; /* best first */
  guint           n_sign_in;
  char           *secret_name;
  char           *oauth_issuer;
  char           *oauth_tenant;
  char           *oauth_endpoints[TL_N_OAUTH_ENDPOINTS]; /* each may be NULL */
  char          **oauth_scopes;
  gboolean        oauth_openid;
  gboolean        oauth_secret;
  char          **oauth_redirects;
  char          **oauth_device_pages;
  char           *shared_users[TL_N_AUTHS][3];           /* templates, by TlAuth and TlLaneKind */

  /* What people are told */
  GArray         *prerequisites;     /* of TlPrerequisite, its strings owned */
  GArray         *notices;           /* the same */
  GArray         *oauth_steps;       /* the same */
  GArray         *oauth_switches;    /* the same */
  GArray         *shared_notes;      /* the same */
  char           *grants_link;
  char           *app_password_link;
  char          **app_password_steps;
  TlAppPasswordForm app_password_form; /* of no characters where it is not known */
  GArray         *limits;            /* of TlProviderLimit, its strings owned */

  /* How sure it is */
  gboolean        confirmed;
  char          **unconfirmed;
  char           *checked_on;
};

TlProvider *tl_provider_new_empty   (void) G_GNUC_WARN_UNUSED_RESULT;
gboolean    tl_provider_finish_row  (TlJsonReader   *row,
                                     TlJsonReader   *reader,
                                     const char     *member);
void        tl_provider_read_hints  (TlJsonReader   *reader,
                                     const char     *member,
                                     TlJsonPresence  presence,
                                     GArray         *hints);
void        tl_provider_read_oauth  (TlProvider     *self,
                                     TlJsonReader   *reader);
void        tl_provider_read_app_password (TlProvider *self,
                                     TlJsonReader   *reader);
void        tl_provider_read_shared_mailbox (TlProvider *self,
                                     TlJsonReader   *reader);
gsize       tl_providers_match_mx   (const char  *folded,
                                     TlProvider **out_provider);

G_END_DECLS
