/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-target-render.h"
#include "tl-test-mailbox.h"

G_BEGIN_DECLS

char     *tl_test_render       (const char          *body,
                                const TlTestMailbox *parts,
                                const char          *incoming,
                                const char          *outgoing) G_GNUC_WARN_UNUSED_RESULT;
gboolean  tl_test_has_remark   (const char          *body,
                                const TlTestMailbox *parts,
                                const char          *incoming,
                                TlSeverity           severity,
                                TlLaneKind           lane,
                                const char          *code);

G_END_DECLS
