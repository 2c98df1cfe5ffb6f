/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlLoopStage: what the loop is at
 */
typedef enum
{
  TL_LOOP_STAGE_OPENING,
  TL_LOOP_STAGE_SENDING,
  TL_LOOP_STAGE_WAITING,
  TL_LOOP_STAGE_TIDYING,
} TlLoopStage;

#define TL_TYPE_LOOP_STAGE (tl_loop_stage_get_type ())
GType       tl_loop_stage_get_type  (void) G_GNUC_CONST;
const char *tl_loop_stage_get_nick  (TlLoopStage stage);
const char *tl_loop_stage_get_label (TlLoopStage stage);

/**
 * TlLoopFiling: whether the provider files a copy of what is sent
 */
typedef enum
{
  TL_LOOP_FILING_UNKNOWN,
  TL_LOOP_FILING_FILED,
  TL_LOOP_FILING_NOT_FILED,
} TlLoopFiling;

#define TL_TYPE_LOOP_FILING (tl_loop_filing_get_type ())
GType       tl_loop_filing_get_type (void) G_GNUC_CONST;
const char *tl_loop_filing_get_nick (TlLoopFiling filing);

/**
 * TlLoopReportParts:
 * @started_at_s: when, seconds since the epoch, UTC
 * @is_sent: whether the outgoing server took the message
 * @sent_ms: from the start of the loop to the server's yes
 * @is_back: whether it was seen in the mailbox
 * @back_ms: from the server's yes to the moment it was seen
 * @folder: (nullable): where it was seen, in UTF-8, cleaned
 * @role: (nullable): the role of that folder, `inbox` or `junk`, when it has one
 * @n_copies: how many of it were delivered
 * @judge: (nullable): the host whose Authentication-Results were read (RFC 8601 authserv-id)
 * @spf: (nullable): its word, `pass`, `fail`, `softfail`, `neutral`, `none`, `temperror` or
 *   `permerror`
 * @dkim: (nullable): likewise
 * @dkim_domain: (nullable): who signed (`header.d`)
 * @dkim_selector: (nullable): with which key (`header.s`)
 * @dmarc: (nullable): likewise
 * @filing: whether the provider files a copy of what is sent; unknown unless the folder for sent
 *   messages was looked into, or a copy found
 * @sent_folder: (nullable): where that copy lies, cleaned
 * @is_removed: whether it was seen, and every copy that was has been removed
 * @findings: (element-type TlFinding) (nullable): what was found, the deciding one first
 *
 * What a loop report is made of.
 */
typedef struct
{
  gint64        started_at_s;
  gboolean      is_sent;
  guint         sent_ms;
  gboolean      is_back;
  guint         back_ms;
  const char   *folder;
  const char   *role;
  guint         n_copies;
  const char   *judge;
  const char   *spf;
  const char   *dkim;
  const char   *dkim_domain;
  const char   *dkim_selector;
  const char   *dmarc;
  TlLoopFiling  filing;
  const char   *sent_folder;
  gboolean      is_removed;
  GPtrArray    *findings;
} TlLoopReportParts;

/**
 * TlLoopReport:
 *
 * How a message to oneself fared: out by one lane, back by the other.
 * Immutable, atomically counted.
 */
typedef struct _TlLoopReport TlLoopReport;

#define TL_TYPE_LOOP_REPORT (tl_loop_report_get_type ())
GType                    tl_loop_report_get_type    (void) G_GNUC_CONST;

TlLoopReport            *tl_loop_report_new         (const TlLoopReportParts  *parts)
                                                     G_GNUC_WARN_UNUSED_RESULT;
TlLoopReport            *tl_loop_report_ref         (TlLoopReport             *self);
void                     tl_loop_report_unref       (TlLoopReport             *self);

const TlLoopReportParts *tl_loop_report_get_parts   (const TlLoopReport       *self);
TlVerdict                tl_loop_report_get_verdict (const TlLoopReport       *self);
gboolean                 tl_loop_report_result_is_known (const char           *result);
TlJson                  *tl_loop_report_to_json     (const TlLoopReport       *self)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLoopReport, tl_loop_report_unref)

G_END_DECLS
