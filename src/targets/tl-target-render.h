/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-mailbox.h"
#include "tl-target-remark.h"
#include "tl-target.h"

G_BEGIN_DECLS

/* What is asked of any one run. */
#define TL_TARGET_MAX_MAILBOXES 10000

/**
 * TlTargetField:
 * @group: (nullable): under which heading of the form it stands
 * @label: the form's own word for it
 * @value: what to put there; empty: leave it empty
 * @is_secret: the value is for the person to type: @value is empty
 *
 * One field of a sheet.
 */
typedef struct
{
  char     *group;
  char     *label;
  char     *value;
  gboolean  is_secret;
} TlTargetField;

void       tl_target_field_free      (TlTargetField          *self);

/* What it can not express: GPtrArray of TlTargetRemark, the worst first. */
GPtrArray *tl_target_check           (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;
TlFinding *tl_target_refuse          (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;

/* Files, as many as the target's caps make it: GPtrArray of GBytes. */
GPtrArray *tl_target_render          (TlTarget               *self,
                                      const TlTargetMailbox  *mailboxes,
                                      guint                   n_mailboxes,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
char      *tl_target_dup_file_name   (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox,
                                      guint                   part,
                                      guint                   n_parts) G_GNUC_WARN_UNUSED_RESULT;

/* Sheets: GPtrArray of TlTargetField; as a page, as text. */
GPtrArray *tl_target_list_fields     (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;
char     **tl_target_list_steps      (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;
GBytes    *tl_target_render_page     (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;
GBytes    *tl_target_render_text     (TlTarget               *self,
                                      const TlTargetMailbox  *mailbox) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTargetField, tl_target_field_free)

G_END_DECLS
