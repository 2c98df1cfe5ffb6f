/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-lane-kind.h"
#include "tl-stage.h"

G_BEGIN_DECLS

/* What a server's no means: data/diagnoses.json, asked in three tiers. The text
 * decides before the code, because codes lie. */
const char *tl_diagnosis_find_text     (TlLaneKind   lane,
                                        TlStage      stage,
                                        const char  *host,
                                        const char  *text,
                                        guint        reply_code);
const char *tl_diagnosis_find_enhanced (TlLaneKind   lane,
                                        TlStage      stage,
                                        const char  *enhanced_code,
                                        const char  *imap_code);
const char *tl_diagnosis_find_code     (TlLaneKind   lane,
                                        TlStage      stage,
                                        guint        reply_code);
guint       tl_diagnosis_get_n         (void);
gboolean    tl_diagnosis_check         (const char  *json,
                                        gssize       len,
                                        GError     **error);

G_END_DECLS
