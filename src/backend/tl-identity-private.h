/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-identity.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/* What only the set-up tells an identity, and asks of it. */

TlIdentity *tl_identity_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void        tl_identity_set_mailbox     (TlIdentity  *self,
                                         TlAddress   *mailbox);
gboolean    tl_identity_is_of           (TlIdentity  *self,
                                         TlAddress   *mailbox);
void        tl_identity_set_provider    (TlIdentity  *self,
                                         TlProvider  *provider);
void        tl_identity_set_auth        (TlIdentity  *self,
                                         TlAuth       auth);
void        tl_identity_see_server      (TlIdentity  *self,
                                         const char  *host);

gboolean    tl_identity_is_shared       (TlIdentity  *self);
char       *tl_identity_dup_username    (TlIdentity  *self,
                                         TlLaneKind   lane) G_GNUC_WARN_UNUSED_RESULT;
char       *tl_identity_dup_folder      (TlIdentity  *self) G_GNUC_WARN_UNUSED_RESULT;
char       *tl_identity_dup_sign_in     (TlIdentity  *self) G_GNUC_WARN_UNUSED_RESULT;
const char *tl_identity_get_chosen_relay (TlIdentity *self);

G_END_DECLS
