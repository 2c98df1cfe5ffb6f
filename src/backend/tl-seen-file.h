/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-seen.h"

G_BEGIN_DECLS

TlFinding *tl_seen_file_judge_sync (const char  *path,
                                    TlBundle    *bundle,
                                    gboolean     accepts,
                                    TlFinding  **out_trouble) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
