/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-action.h"
#include "tl-catalogue.h"
#include "tl-evidence.h"
#include "tl-json.h"
#include "tl-lane-kind.h"

G_BEGIN_DECLS

/**
 * TlFinding:
 *
 * Something that was found out: an id, where, and the evidence. An item of
 * list models; every property is construct-only, so any thread may hold one.
 * The words are looked up in the catalogue by whoever shows it: the read-only
 * properties `title`, `explanation` and `server-text` are for bindings.
 */
#define TL_TYPE_FINDING (tl_finding_get_type ())
G_DECLARE_FINAL_TYPE (TlFinding, tl_finding, TL, FINDING, GObject)

TlFinding              *tl_finding_new             (const char  *id,
                                                    TlLaneKind   lane,
                                                    GVariant    *evidence)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlFinding              *tl_finding_new_detail      (const char  *id,
                                                    TlLaneKind   lane,
                                                    const char  *detail)
                                                    G_GNUC_WARN_UNUSED_RESULT;
const char             *tl_finding_get_id          (TlFinding   *self);
TlLaneKind              tl_finding_get_lane        (TlFinding   *self);
TlStage                 tl_finding_get_stage       (TlFinding   *self);
TlSeverity              tl_finding_get_severity    (TlFinding   *self);
GVariant               *tl_finding_get_evidence    (TlFinding   *self);
const TlCatalogueEntry *tl_finding_get_entry       (TlFinding   *self);
gboolean                tl_finding_has_action      (TlFinding   *self,
                                                    TlAction     action);
char                   *tl_finding_dup_title       (TlFinding   *self) G_GNUC_WARN_UNUSED_RESULT;
char                   *tl_finding_dup_explanation (TlFinding   *self) G_GNUC_WARN_UNUSED_RESULT;
char                  **tl_finding_dup_remedies    (TlFinding   *self) G_GNUC_WARN_UNUSED_RESULT;
TlJson                 *tl_finding_to_json         (TlFinding   *self) G_GNUC_WARN_UNUSED_RESULT;
TlJson                 *tl_findings_to_json        (GPtrArray   *findings)
                                                    G_GNUC_WARN_UNUSED_RESULT;
GPtrArray              *tl_findings_copy           (GPtrArray   *findings,
                                                    guint        max_n)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlVerdict               tl_findings_get_verdict    (GPtrArray   *findings);
GPtrArray              *tl_findings_read           (TlJsonReader *parent,
                                                    const char  *member,
                                                    guint        max_n)
                                                    G_GNUC_WARN_UNUSED_RESULT;
TlFinding              *tl_finding_from_json       (TlJson      *json,
                                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
