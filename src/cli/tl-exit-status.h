/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-report.h"
#include "tl-loop-report.h"
#include "tl-report.h"

G_BEGIN_DECLS

/**
 * TlExitStatus: what `twolanectl` says to a script; the numbers never change
 */
typedef enum
{
  TL_EXIT_OK            = 0,
  TL_EXIT_WARNINGS      = 1,
  TL_EXIT_DISCOVER      = 10,
  TL_EXIT_CONNECT       = 11,
  TL_EXIT_TLS           = 12,
  TL_EXIT_GREET         = 13,
  TL_EXIT_AUTH_INCOMING = 16,
  TL_EXIT_AUTH_OUTGOING = 17,
  TL_EXIT_AUTH_BOTH     = 18,
  TL_EXIT_USE           = 20,
  TL_EXIT_LIMIT         = 24,
  TL_EXIT_DOMAIN        = 30,
  TL_EXIT_BUNDLE        = 40,
  TL_EXIT_USAGE         = 64,
  TL_EXIT_INTERNAL      = 70,
  TL_EXIT_INTERRUPTED   = 130,
} TlExitStatus;

TlExitStatus tl_exit_status_for_finding   (const char               *id,
                                           TlLaneKind                lane);
TlExitStatus tl_exit_status_for_report    (const TlReport           *report);
TlExitStatus tl_exit_status_for_loop      (const TlReport           *report,
                                           const TlLoopReport       *loop);
TlExitStatus tl_exit_status_for_discovery (const TlDiscoveryReport  *report);

G_END_DECLS
