/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-render.h"

G_BEGIN_DECLS

/* What `render` and `open` share: mailboxes in the form of a target, printed or saved. */
TlTarget *tl_rendering_find_target  (const char             *id,
                                     GError                **error);
gboolean  tl_rendering_check        (TlTarget               *target,
                                     const TlTargetMailbox  *mailboxes,
                                     guint                   n_mailboxes);
gboolean  tl_rendering_print        (TlTarget               *target,
                                     const TlTargetMailbox  *mailboxes,
                                     guint                   n_mailboxes,
                                     GError                **error);
char    **tl_rendering_save         (TlTarget               *target,
                                     const TlTargetMailbox  *mailboxes,
                                     guint                   n_mailboxes,
                                     const char             *output,
                                     GError                **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
