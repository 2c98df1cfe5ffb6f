/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-domain-report.h"
#include "tl-domain-subject.h"

G_BEGIN_DECLS

/**
 * TlDomainRow:
 *
 * One topic of a domain, for a row of a list. Properties, read-only: `topic` (TlDomainTopic),
 * `title` (string: “Who may send (SPF)”), `purpose` (string: what it is for, one sentence),
 * `status` (TlStatus), `summary` (string: how it is, one sentence), `records` (GListModel of
 * TlDetail: where, and what was found there), `findings` (GListModel of TlFinding), `fixes`
 * (GListModel of TlRecordFix).
 */
#define TL_TYPE_DOMAIN_ROW (tl_domain_row_get_type ())
G_DECLARE_FINAL_TYPE (TlDomainRow, tl_domain_row, TL, DOMAIN_ROW, GObject)

TlDomainTopic tl_domain_row_get_topic    (TlDomainRow *self);
TlStatus      tl_domain_row_get_status   (TlDomainRow *self);
const char   *tl_domain_row_get_title    (TlDomainRow *self);
const char   *tl_domain_row_get_summary  (TlDomainRow *self);
GListModel   *tl_domain_row_get_records  (TlDomainRow *self);
GListModel   *tl_domain_row_get_findings (TlDomainRow *self);
GListModel   *tl_domain_row_get_fixes    (TlDomainRow *self);

/**
 * TlRecordFix:
 *
 * A record to publish. Properties, construct-only: `id` (string: the finding's), `name`, `kind`
 * (`TXT`, `CNAME`, …), `value` (string), `zone-line` (string: `NAME. IN TXT "…"`, with long text in
 * strings of at most 255 bytes), `rules` (GStrv: whose rule is broken without it, one sentence
 * each).
 */
#define TL_TYPE_RECORD_FIX (tl_record_fix_get_type ())
G_DECLARE_FINAL_TYPE (TlRecordFix, tl_record_fix, TL, RECORD_FIX, GObject)

const char         *tl_record_fix_get_id        (TlRecordFix *self);
const char         *tl_record_fix_get_name      (TlRecordFix *self);
const char         *tl_record_fix_get_kind      (TlRecordFix *self);
const char         *tl_record_fix_get_value     (TlRecordFix *self);
const char         *tl_record_fix_get_zone_line (TlRecordFix *self);
const char * const *tl_record_fix_get_rules     (TlRecordFix *self);

/**
 * TlDomainHealth:
 *
 * A domain that is to send, looked up and explained; alone (`twolanectl domain`) or as part of a
 * #TlSetup.
 *
 * Properties, read-only: `domain` (string or NULL), `checking` (bool), `report` (TlDomainReport or
 * NULL; while it is checked what can be said so far), `rows` (GListModel of TlDomainRow: all topics
 * from the start, not-tested; running while it is looked at), `findings` (GListModel of TlFinding),
 * `verdict` (TlVerdict), `summary` (string: what it comes to, and how much of it nobody could look
 * at; empty without a report), `has-fixes` (bool: there is a record to publish).
 */
#define TL_TYPE_DOMAIN_HEALTH (tl_domain_health_get_type ())
G_DECLARE_FINAL_TYPE (TlDomainHealth, tl_domain_health, TL, DOMAIN_HEALTH, GObject)

TlDomainHealth *tl_domain_health_new          (void) G_GNUC_WARN_UNUSED_RESULT;
void            tl_domain_health_check_async  (TlDomainHealth       *self,
                                               TlDomainSubject      *subject,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
gboolean        tl_domain_health_check_finish (TlDomainHealth       *self,
                                               GAsyncResult         *result,
                                               GError              **error);
void            tl_domain_health_clear        (TlDomainHealth       *self);
void            tl_domain_health_show         (TlDomainHealth       *self,
                                               TlDomainReport       *report);
TlDomainReport *tl_domain_health_get_report   (TlDomainHealth       *self);
GListModel     *tl_domain_health_get_rows     (TlDomainHealth       *self);
GListModel     *tl_domain_health_get_findings (TlDomainHealth       *self);
char          **tl_domain_health_dup_contacts (TlDomainHealth       *self,
                                               TlContactKind         kind)
                                               G_GNUC_WARN_UNUSED_RESULT;
/* Everything there is to publish, for whoever looks after the domain; NULL when nothing is. */
char           *tl_domain_health_dup_fixes_text (TlDomainHealth     *self)
                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
