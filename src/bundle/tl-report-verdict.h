/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"

G_BEGIN_DECLS

/**
 * TlReportVerdict:
 * @reviewed_s: when, seconds since the epoch
 * @finding: (nullable): what stands against the bundle, or %NULL: it was accepted
 * @signer_name: the signer's own word for themselves; empty: there is none
 *
 * What came of a review, for the page that the reviewer keeps: the same contents may be accepted
 * here and refused there.
 */
typedef struct
{
  gint64      reviewed_s;
  TlFinding  *finding;
  const char *signer_name;
} TlReportVerdict;

G_END_DECLS
