/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-mailbox-judge.h"

G_BEGIN_DECLS

/**
 * TlRoleGuess: a role that more than one folder could have
 * @role: which
 * @taken: the folder that was taken
 * @other: the best of those that were not; both are indices of the entries
 */
typedef struct
{
  const char *role;
  guint       taken;
  guint       other;
} TlRoleGuess;

/**
 * TlMailboxRoles:
 * @roles: (array length=n): of each entry, its role or %NULL
 * @by: (array length=n): on whose word
 * @n: as many as there are entries
 * @guesses: (element-type TlRoleGuess): where names, or the server, leave a choice
 */
typedef struct
{
  const char **roles;
  TlRoleBy    *by;
  guint        n;
  GArray      *guesses;
} TlMailboxRoles;

gboolean        tl_mailbox_roles_can_hold   (const TlMailboxEntry      *entry);
TlMailboxRoles *tl_mailbox_roles_new        (const TlMailboxFactsParts *facts,
                                             const TlRoleChoice        *choices,
                                             guint                      n_choices)
                                             G_GNUC_WARN_UNUSED_RESULT;
void            tl_mailbox_roles_free       (TlMailboxRoles            *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlMailboxRoles, tl_mailbox_roles_free)

G_END_DECLS
