/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-finding.h"
#include "tl-network.h"
#include "tl-oauth-client.h"
#include "tl-oauth-server.h"

G_BEGIN_DECLS

/* Dynamic registration, RFC 7591. */
void           tl_oauth_register_async  (TlOauthServer         *server,
                                         const char * const    *scopes,
                                         TlNetwork             *network,
                                         TlContacts            *contacts,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);
TlOauthClient *tl_oauth_register_finish (GAsyncResult          *result,
                                         TlFinding            **out_finding,
                                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
