/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlSharedWay: how a mailbox that several people use is signed in to
 * @TL_SHARED_NOT: it is not shared: it signs in itself
 * @TL_SHARED_BY_PROVIDER: as our provider table says
 * @TL_SHARED_MASTER: as `mailbox*login` (Dovecot's master users), who may have a bare name
 * @TL_SHARED_FOLDER: as the login itself; the mailbox is one of its folders (RFC 4314)
 */
typedef enum
{
  TL_SHARED_NOT,
  TL_SHARED_BY_PROVIDER,
  TL_SHARED_MASTER,
  TL_SHARED_FOLDER,
} TlSharedWay;

#define TL_TYPE_SHARED_WAY (tl_shared_way_get_type ())
GType tl_shared_way_get_type (void) G_GNUC_CONST;

/**
 * TlIdentity:
 *
 * Who signs in on which lane of one set-up: the mailbox itself on both, until a person says
 * otherwise. #TlSetup puts what follows from it into the drafts of its lanes; a change forgets the
 * results that it makes untrue.
 *
 * Properties (rw unless said otherwise):
 *
 * - `shared-way` (TlSharedWay), `can-share-by-provider` (bool, ro: the provider table knows how),
 *   `login` (string or NULL): who signs in, an address, where that is not the mailbox itself (of
 *   %TL_SHARED_MASTER any name without `*` will do); `login-finding` (TlFinding or NULL, ro: once
 *   something was typed), `shared-folder` (string or NULL: the folder of %TL_SHARED_FOLDER),
 *   `shared-notes` (GListModel of TlNote, ro: what there is to know at this provider)
 * - `separate-sending` (bool): outgoing mail goes through a service with a sign-in of its own;
 *   `relays` (GListModel of TlRelay, ro: those we know), `relay` (string or NULL: the id of the
 *   one that was chosen, or whose server was typed), `relay-notes` (GListModel of TlNote,
 *   ro: what has to be done there first), `outgoing-secret-name` (string, ro: what its secret is
 *   called there)
 * - `valid` (bool, ro): all that is needed is there and can be meant
 *
 * Signal: `changed ()`: what a lane signs in as may be another.
 */
#define TL_TYPE_IDENTITY (tl_identity_get_type ())
G_DECLARE_FINAL_TYPE (TlIdentity, tl_identity, TL, IDENTITY, GObject)

TlSharedWay  tl_identity_get_shared_way     (TlIdentity  *self);
const char  *tl_identity_get_login          (TlIdentity  *self);
gboolean     tl_identity_is_separate        (TlIdentity  *self);
gboolean     tl_identity_is_valid           (TlIdentity  *self);
gboolean     tl_identity_choose_relay       (TlIdentity  *self,
                                             const char  *id);

G_END_DECLS
