/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"

G_BEGIN_DECLS

/**
 * TlTestReportKind:
 * @TL_TEST_REPORT_READY: both lanes green
 * @TL_TEST_REPORT_FAILED: the outgoing lane refused the password
 * @TL_TEST_REPORT_HOSTILE: green, with markup wherever a server can put text
 * @TL_TEST_REPORT_EMPTY: nothing found, nothing tested
 * @TL_TEST_REPORT_SHARED: both lanes green, with tokens, of a shared mailbox that is a folder
 * @TL_TEST_REPORT_FULL: both lanes green, and everything else looked at: folders, volume, domain
 */
typedef enum
{
  TL_TEST_REPORT_READY,
  TL_TEST_REPORT_FAILED,
  TL_TEST_REPORT_HOSTILE,
  TL_TEST_REPORT_EMPTY,
  TL_TEST_REPORT_SHARED,
  TL_TEST_REPORT_FULL,
} TlTestReportKind;

TlReport *tl_test_report_new (TlTestReportKind  kind,
                              TlPurpose         purpose,
                              gint64            tested_at_s) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
