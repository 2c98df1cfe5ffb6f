/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider-details.h"

G_BEGIN_DECLS

#define TL_PROVIDER_MAX_ENDPOINTS 8

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
  TlAuth          sign_in[3];        /* best first */
  guint           n_sign_in;
  char           *secret_name;
  char           *oauth_issuer;
  char          **oauth_scopes;

  /* What people are told */
  GArray         *prerequisites;     /* of TlPrerequisite, both strings owned */
  GArray         *notices;           /* the same */
  char           *app_password_link;
  char          **app_password_steps;
  GArray         *limits;            /* of TlProviderLimit, its strings owned */

  /* How sure it is */
  gboolean        confirmed;
  char          **unconfirmed;
  char           *checked_on;
};

TlProvider *tl_provider_new_empty   (void) G_GNUC_WARN_UNUSED_RESULT;
gsize       tl_providers_match_mx   (const char  *folded,
                                     TlProvider **out_provider);

G_END_DECLS
