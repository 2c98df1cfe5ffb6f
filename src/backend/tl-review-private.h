/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-review.h"

G_BEGIN_DECLS

/**
 * TlReviewing:
 *
 * One file being judged. What goes in is set before the thread starts, and only read after; what
 * comes out is the thread's until it is done.
 */
typedef struct
{
  /* Owned: in */
  char       *path;
  char       *state_file;       /* NULL: no list is asked or written */
  char      **signers;          /* fingerprints */
  char      **named;            /* who counts besides; each may have to be read */
  TlPolicies *policies;
  TlFinding  *store_finding;    /* a policy is there and cannot be read */

  /* Owned: in, or out where the file was read */
  GBytes     *bytes;

  /* Owned: out */
  TlBundle   *bundle;
  TlFinding  *held;             /* what keeps the bundle itself from counting */
  TlFinding  *rollback;
  TlFinding  *besides;          /* what else is wrong with it here */
  TlFinding  *trouble;          /* nobody could see whether there is a newer one */
  GPtrArray  *results;          /* of TlPolicyResult */
} TlReviewing;

struct _TlReview
{
  GObject        parent_instance;

  /* Owned: how it is judged */
  TlPolicyStore *policies;
  char          *state_file;
  GPtrArray     *signers;         /* of char */
  gboolean       is_glance;
  gboolean       allows_rollback;

  /* Owned: what came of it */
  char          *path;
  gboolean       is_loading;
  TlBundle      *bundle;
  TlFinding     *held;            /* as in TlReviewing */
  TlFinding     *rollback;
  TlFinding     *besides;
  gboolean       is_own;
  GCancellable  *own_cancellable; /* of the look for the key that signs here */

  /* Owned: lists */
  GListStore    *facts;
  GListStore    *settings;
  GListStore    *folders;
  GListStore    *sending;
  GListStore    *domain;
  GListStore    *stages[2];
  GListStore    *evidence[2];
  GListStore    *findings;
  GListStore    *policy;
  GListStore    *differences;
  TlReview      *other;
};

/* -properties */
void       tl_review_install_properties (GObjectClass      *object_class);
void       tl_review_show_bundle        (TlReview          *self,
                                         const TlReviewing *reviewing);
void       tl_review_show_differences   (TlReview          *self);

/* -judge */
gboolean   tl_reviewing_is_unknown (TlFinding    *held);
void       tl_reviewing_free       (TlReviewing  *self);
gboolean   tl_reviewing_judge_sync (TlReviewing  *self,
                                    GError      **error);

/* -rows: what is shown of a bundle; GPtrArray of TlDetail. */
GPtrArray *tl_review_list_facts    (TlBundle     *bundle,
                                    gint64        now_s) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_review_list_settings (const TlReviewing *reviewing) G_GNUC_WARN_UNUSED_RESULT;

/* -readiness: likewise, of its sections; none where it has not got the section. */
GPtrArray *tl_review_list_folders  (TlReport     *report) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_review_list_sending  (TlReport     *report) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *tl_review_list_domain   (TlReport     *report) G_GNUC_WARN_UNUSED_RESULT;
void       tl_review_add_readiness_findings (GPtrArray *findings,
                                             TlReport  *report);

G_END_DECLS
