/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-provider.h"

G_BEGIN_DECLS

/* How a user name is made of the address. */
typedef enum
{
  TL_USERNAME_ADDRESS,
  TL_USERNAME_LOCAL_PART,
} TlUsername;

#define TL_TYPE_USERNAME (tl_username_get_type ())
GType tl_username_get_type (void) G_GNUC_CONST;

#define TL_PROVIDER_MAX_ENDPOINTS 8

struct _TlProvider
{
  char       *id;
  char       *name;
  char      **domains;           /* lower case, sorted or not */
  char      **mx;                /* `*.suffix` or a whole name, lower case */
  GPtrArray  *endpoints[3];      /* by TlLaneKind, of TlEndpoint, best first */
  TlUsername  usernames[3];      /* by TlLaneKind */
  TlAuth      sign_in[3];        /* best first */
  guint       n_sign_in;
  GArray     *prerequisites;     /* of TlPrerequisite, both strings owned */
  char       *app_password_link;
  char      **app_password_steps;
};

TlProvider *tl_provider_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
