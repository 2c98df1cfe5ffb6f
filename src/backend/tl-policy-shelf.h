/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "tl-finding.h"
#include "tl-policies.h"

G_BEGIN_DECLS

/* What is looked for in a folder; a signature stands beside what it is about. */
#define TL_POLICY_SHELF_POLICY_NAME      "policy.json"
#define TL_POLICY_SHELF_SIGNATURE_SUFFIX ".p7s"
#define TL_POLICY_SHELF_SIGNERS_NAME     "signers"
#define TL_POLICY_SHELF_GRANTORS_NAME    "policy-signers"

/**
 * TlPolicyPlaces:
 * @system_folders: (element-type filename): those of the system, the most trusted first
 * @system_owner: whose files may be there, beside root's
 * @user_folder: (nullable): the user's
 * @files: (element-type filename): policies that were given
 *
 * Where policies may be.
 */
typedef struct
{
  GPtrArray *system_folders;
  uid_t      system_owner;
  char      *user_folder;
  GPtrArray *files;
} TlPolicyPlaces;

/**
 * TlPolicyShelf:
 * @policies: what holds
 * @finding: (nullable): `store.policy`: the first thing that is wrong
 * @pins: (element-type utf8): fingerprints in the `signers` files: whose bundles count
 * @pins_flaw: (nullable): why one of those does not count
 *
 * What is in those places at one moment: the part of #TlPolicyStore that reads. No #GObject, and
 * nothing is watched.
 */
typedef struct
{
  TlPolicies *policies;
  TlFinding  *finding;
  GPtrArray  *pins;
  char       *pins_flaw;
} TlPolicyShelf;

TlPolicyShelf *tl_policy_shelf_read_sync       (const TlPolicyPlaces  *places)
                                                G_GNUC_WARN_UNUSED_RESULT;
void           tl_policy_shelf_free            (TlPolicyShelf         *self);
gboolean       tl_policy_shelf_check_file_sync (const char            *path,
                                                GError               **error);
char          *tl_policy_shelf_describe        (const TlPolicyShelf   *self)
                                                G_GNUC_WARN_UNUSED_RESULT;
char         **tl_policy_shelf_list_signers    (const TlPolicyShelf   *self,
                                                GError               **error)
                                                G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlPolicyShelf, tl_policy_shelf_free)

G_END_DECLS
