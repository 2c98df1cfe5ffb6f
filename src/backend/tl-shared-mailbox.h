/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-identity.h"
#include "tl-provider.h"

G_BEGIN_DECLS

/* Dovecot knows master users by any name; longer ones are nobody's. */
#define TL_SHARED_MAILBOX_MAX_NAME 64

/**
 * TlSharedMailbox:
 * @way: how it is signed in to
 * @login: (nullable): who signs in, as it was typed
 * @folder: (nullable): what is opened for %TL_SHARED_FOLDER, as it was typed
 * @mailbox: (nullable): which one it is
 * @provider: (nullable): whose it is
 * @auth: what is signed in to it with
 *
 * A mailbox that somebody else signs in to, and the rules of the ways to do so. Part of a
 * #TlIdentity, which owns what is in it.
 */
typedef struct
{
  TlSharedWay  way;
  char        *login;
  char        *folder;
  TlAddress   *mailbox;
  TlProvider  *provider;
  TlAuth       auth;
} TlSharedMailbox;

void       tl_shared_mailbox_clear        (TlSharedMailbox       *self);
gboolean   tl_shared_mailbox_is_provided  (const TlSharedMailbox *self);
gboolean   tl_shared_mailbox_is_meant     (const TlSharedMailbox *self);
TlFinding *tl_shared_mailbox_find_problem (const TlSharedMailbox *self) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_shared_mailbox_dup_username (const TlSharedMailbox *self,
                                           TlLaneKind             lane) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_shared_mailbox_dup_address  (const TlSharedMailbox *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
