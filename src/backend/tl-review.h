/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-bundle.h"
#include "tl-policy-store.h"
#include "tl-target.h"

G_BEGIN_DECLS

/**
 * TlReview:
 *
 * One bundle being looked at: by window, terminal and tests. Reads the file, verifies it, sees
 * whether it follows policy and is no older than what was accepted before. Nothing of a file that
 * failed is in here. Everything on the #GMainContext it was made in; nothing here blocks.
 *
 * Properties, read-only:
 *
 * - `path` (string or NULL), `loading` (bool)
 * - `bundle` (TlBundle or NULL: it did not pass, or there is none yet)
 * - `finding` (TlFinding or NULL: the first thing that is wrong; NULL once loaded: all is well),
 *   `objection` (TlFinding or NULL: the first besides that nobody knows the signer)
 * - `accepted` (bool: everything passed: it may be imported)
 * - `is-own` (bool: nobody vouches for it, and it was signed with the key that signs here),
 *   `seeking-own` (bool: the keyring is asked for that key: loading does not wait for the answer)
 * - `address` (string or NULL), `signer` (string or NULL: groups of four), `signer-name` (string or
 *   NULL: the signer's own word)
 * - `facts` (GListModel of TlDetail: signer, made, valid until, serial, draft, passwords)
 * - `settings` (GListModel of TlDetail: both lanes' settings; status error where a policy forbids
 *   it)
 * - `folders`, `sending`, `domain` (GListModel of TlDetail: what the bundle says of the mailbox, of
 *   how much is to be sent and of the domain; empty where it says nothing; what was found there is
 *   in `findings` too)
 * - `incoming`, `outgoing` (GListModel of TlStageRow: the evidence, stage by stage),
 *   `incoming-evidence`, `outgoing-evidence` (GListModel of TlDetail: connection, certificate, …)
 * - `findings` (GListModel of TlFinding: what the test found, at its end
 *   `export.tested-from-here`; before that `store.seen`, where nobody could see whether it is the
 *   newest), `policy` (GListModel of TlPolicyResult: each rule
 *   that holds here against it)
 * - `other` (TlReview or NULL: the bundle it is compared with), `differences` (GListModel of
 *   TlDifference: what changed from the other to this one; empty without one)
 */
#define TL_TYPE_REVIEW (tl_review_get_type ())
G_DECLARE_FINAL_TYPE (TlReview, tl_review, TL, REVIEW, GObject)

TlReview  *tl_review_new            (TlPolicyStore        *policies) G_GNUC_WARN_UNUSED_RESULT;
void       tl_review_set_state_file (TlReview             *self,
                                     const char           *path);
void       tl_review_add_signer     (TlReview             *self,
                                     const char           *signer);
void       tl_review_load_async     (TlReview             *self,
                                     const char           *path,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
/* What was read elsewhere, such as from a pipe. */
void       tl_review_load_bytes_async (TlReview           *self,
                                     GBytes               *bytes,
                                     const char           *path,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean   tl_review_load_finish    (TlReview             *self,
                                     GAsyncResult         *result,
                                     GError              **error);
void       tl_review_compare_with   (TlReview             *self,
                                     TlReview             *other);
/* Only to look: nothing is accepted, no list of bundles is asked or written. */
void       tl_review_set_is_glance  (TlReview             *self,
                                     gboolean              is_glance);
/* The reviewer saw that it is older than another, and takes it all the same. */
void       tl_review_allow_rollback (TlReview             *self);

TlBundle  *tl_review_get_bundle     (TlReview             *self);
TlFinding *tl_review_get_finding    (TlReview             *self);
TlFinding *tl_review_get_objection  (TlReview             *self);
gboolean   tl_review_is_accepted    (TlReview             *self);
gboolean   tl_review_is_own         (TlReview             *self);

/* A page made of the verified bundle.json: never the file's own report. */
char      *tl_review_dup_page       (TlReview             *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
