/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-oauth-refusal.h"

G_BEGIN_DECLS

/* What a question to an authorization server came to: a value, or else why there is none, or else
 * that it was cancelled. Each of the first three returns the task. */
void     tl_oauth_outcome_return_value      (GTask           *task,
                                             gpointer         value,
                                             GDestroyNotify   destroy);
void     tl_oauth_outcome_return_refusal    (GTask           *task,
                                             TlOauthRefusal  *refusal);
void     tl_oauth_outcome_return_finding    (GTask           *task,
                                             TlFinding       *finding);
gpointer tl_oauth_outcome_propagate         (GAsyncResult    *result,
                                             TlFinding      **out_finding,
                                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;
gpointer tl_oauth_outcome_propagate_refusal (GAsyncResult    *result,
                                             TlOauthRefusal **out_refusal,
                                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
