/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-review.h"

G_BEGIN_DECLS

/**
 * TlInspection:
 * @policies: what holds on this computer, and what was given with `--policy`
 * @json: whether a program wants to know
 * @signers: (nullable): whom the command line trusts
 * @policy_files: (nullable): policies from the command line
 * @allow_rollback: an older bundle than one accepted before is taken
 * @is_glance: nothing is accepted: it is looked at, and no older or newer for it
 * @key_path: (nullable): the private key that opens passwords
 * @passphrase_fd: where its passphrase is read, or -1: it is asked for
 *
 * What the verbs that look into a bundle share: options, and bundles looked at. Not counted.
 */
typedef struct
{
  TlPolicyStore *policies;

  /* From the command line */
  gboolean       json;
  char         **signers;
  char         **policy_files;
  gboolean       allow_rollback;
  gboolean       is_glance;
  char          *key_path;
  int            passphrase_fd;
} TlInspection;

TlInspection *tl_inspection_new             (void) G_GNUC_WARN_UNUSED_RESULT;
void          tl_inspection_free            (TlInspection  *self);
GOptionEntry *tl_inspection_dup_entries     (TlInspection  *self) G_GNUC_WARN_UNUSED_RESULT;
GOptionEntry *tl_inspection_dup_key_entries (TlInspection  *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean      tl_inspection_prepare         (TlInspection  *self,
                                             GError       **error);
TlReview     *tl_inspection_look            (TlInspection  *self,
                                             const char    *path,
                                             GError       **error) G_GNUC_WARN_UNUSED_RESULT;
TlFinding    *tl_inspection_get_obstacle    (TlReview      *review);
gboolean      tl_inspection_may_use         (TlReview      *review);
int           tl_inspection_get_status      (TlReview      *review);
gboolean      tl_inspection_open            (TlInspection  *self,
                                             TlReview      *review,
                                             TlSecret     **out_incoming,
                                             TlSecret     **out_outgoing,
                                             int           *out_status);

TlJson       *tl_inspection_describe        (TlReview      *review) G_GNUC_WARN_UNUSED_RESULT;
void          tl_inspection_print_summary   (TlReview      *review);
void          tl_inspection_print_all       (TlReview      *review);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlInspection, tl_inspection_free)

G_END_DECLS
