/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-hand-over.h"
#include "tl-setup.h"

G_BEGIN_DECLS

/* What the files that make up TlHandOver share: tl-hand-over.c has the object and what follows from
 * its set-up; -recipient whom passwords are sealed for and which key signs; -render what a target
 * takes. */
struct _TlHandOver
{
  GObject        parent_instance;

  TlSetup       *setup;            /* borrowed; NULL once it is gone */

  /* Owned: for whom */
  GListStore    *targets;
  GListStore    *remarks;
  GListStore    *fields;
  TlTarget      *target;
  gboolean       can_render;

  /* Owned: how passwords travel */
  TlPasswordWay  way;
  TlRecipient   *recipient;
  gboolean       is_from_policy;
  gboolean       is_agreed;
  gboolean       could_seal;       /* what `can-seal` was when somebody was told last */

  /* Owned: what targets and recipient were worked out for */
  TlPolicies    *policies;         /* or NULL: none */
  gboolean       has_looked;

  /* Owned: what came of it */
  TlFinding     *finding;
  char          *rendered_path;
};

TlHandOver *tl_hand_over_new           (TlSetup     *setup) G_GNUC_WARN_UNUSED_RESULT;
void        tl_hand_over_part          (TlHandOver  *self);
void        tl_hand_over_refresh       (TlHandOver  *self);
void        tl_hand_over_refresh_can_seal (TlHandOver *self);
void        tl_hand_over_refresh_signer (TlHandOver *self);
void        tl_hand_over_forget        (TlHandOver  *self);
void        tl_hand_over_start_over    (TlHandOver  *self);
gboolean    tl_hand_over_can_seal      (TlHandOver  *self);

/* What keeps passwords from being sealed, or NULL. */
TlFinding  *tl_hand_over_refuse_seal   (TlHandOver  *self) G_GNUC_WARN_UNUSED_RESULT;
void        tl_hand_over_take_finding  (TlHandOver  *self,
                                        TlFinding   *finding);
void        tl_hand_over_take_path     (TlHandOver  *self,
                                        const char  *path);

/* -recipient */
void        tl_hand_over_take_recipient (TlHandOver *self,
                                        TlRecipient *recipient,
                                        gboolean     is_from_policy);
void        tl_hand_over_refresh_recipient (TlHandOver *self);

/* -render: of the set-up as it stands; the report is the caller's. */
void        tl_hand_over_describe      (TlReport    *report,
                                        TlTargetMailbox *out_mailbox);

G_END_DECLS
