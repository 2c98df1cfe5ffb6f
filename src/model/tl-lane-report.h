/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-lane-facts.h"
#include "tl-lane-settings.h"
#include "tl-step.h"
#include "tl-tls-info.h"

G_BEGIN_DECLS

/* What a report holds at most; the rest is left out. */
#define TL_LANE_REPORT_MAX_FOLDERS      1000
#define TL_LANE_REPORT_MAX_CAPABILITIES 200
#define TL_LANE_REPORT_MAX_FINDINGS     100

/**
 * TlFolder:
 * @name: the folder's name, decoded and cleaned
 * @role: (nullable): `inbox`, `sent`, `drafts`, `junk`, `trash`, `archive`, `all`, `flagged`
 */
typedef struct
{
  char *name;
  char *role;
} TlFolder;

TlFolder *tl_folder_new  (const char *name,
                          const char *role) G_GNUC_WARN_UNUSED_RESULT;
void      tl_folder_free (TlFolder   *self);
gboolean  tl_folder_role_is_known (const char *role);

/**
 * TlLaneReportParts:
 *
 * What a lane report is made of. tl_lane_report_new() takes references to and
 * copies of what it needs; all of it stays the caller's.
 *
 * @lane: which lane
 * @settings: (nullable): what was tested, or %NULL when no server was found
 * @steps: (nullable) (element-type TlStep): the stages that ran, in order; those that were not
 *   reached are added as not-tested
 * @findings: (nullable) (element-type TlFinding): what was found, the deciding one first
 * @tls: (nullable): the verified connection
 * @address: (nullable): the IP address spoken to
 * @proxy: (nullable): the proxy used
 * @capabilities: (nullable): what the server said it can, sorted
 * @folders: (nullable) (element-type TlFolder): incoming only
 * @facts: (nullable): what else was learnt
 * @tested_at_s: when, seconds since the epoch, UTC
 */
typedef struct
{
  TlLaneKind           lane;
  TlLaneSettings      *settings;
  GPtrArray           *steps;
  GPtrArray           *findings;
  TlTlsInfo           *tls;
  const char          *address;
  const char          *proxy;
  const char * const  *capabilities;
  GPtrArray           *folders;
  TlLaneFacts         *facts;
  gint64               tested_at_s;
} TlLaneReportParts;

/**
 * TlLaneReport:
 *
 * How a lane did, as data. Verdict and primary finding are worked out from
 * steps and findings, never given: `ok` and `warning` only when every stage of
 * the lane was run and passed. Immutable, atomically counted.
 */
typedef struct _TlLaneReport TlLaneReport;

#define TL_TYPE_LANE_REPORT (tl_lane_report_get_type ())
GType               tl_lane_report_get_type         (void) G_GNUC_CONST;

TlLaneReport       *tl_lane_report_new              (const TlLaneReportParts  *parts)
                                                     G_GNUC_WARN_UNUSED_RESULT;
TlLaneReport       *tl_lane_report_ref              (TlLaneReport             *self);
void                tl_lane_report_unref            (TlLaneReport             *self);

TlLaneKind          tl_lane_report_get_lane         (const TlLaneReport       *self);
TlVerdict           tl_lane_report_get_verdict      (const TlLaneReport       *self);
TlFinding          *tl_lane_report_get_primary      (const TlLaneReport       *self);
TlLaneSettings     *tl_lane_report_get_settings     (const TlLaneReport       *self);
GPtrArray          *tl_lane_report_get_steps        (const TlLaneReport       *self);
GPtrArray          *tl_lane_report_get_findings     (const TlLaneReport       *self);
TlTlsInfo          *tl_lane_report_get_tls          (const TlLaneReport       *self);
const char         *tl_lane_report_get_address      (const TlLaneReport       *self);
const char         *tl_lane_report_get_proxy        (const TlLaneReport       *self);
const char * const *tl_lane_report_get_capabilities (const TlLaneReport       *self);
GPtrArray          *tl_lane_report_get_folders      (const TlLaneReport       *self);
TlLaneFacts        *tl_lane_report_get_facts        (const TlLaneReport       *self);
gint64              tl_lane_report_get_tested_at_s  (const TlLaneReport       *self);
TlJson             *tl_lane_report_to_json          (const TlLaneReport       *self)
                                                     G_GNUC_WARN_UNUSED_RESULT;
TlJson             *tl_lane_report_to_json_without_findings (const TlLaneReport *self)
                                                             G_GNUC_WARN_UNUSED_RESULT;
TlLaneReport       *tl_lane_report_from_json        (TlJson                   *json,
                                                     TlLaneKind                lane,
                                                     GError                  **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlFolder, tl_folder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlLaneReport, tl_lane_report_unref)

G_END_DECLS
