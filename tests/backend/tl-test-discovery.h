/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery.h"
#include "tl-test-setup.h"

G_BEGIN_DECLS

TlDiscovery    *tl_test_discovery_begin         (TlSetup      *setup,
                                                 const char   *address,
                                                 GCancellable *cancellable,
                                                 TlTestWait   *wait) G_GNUC_WARN_UNUSED_RESULT;
void            tl_test_discovery_let_answer    (void);
TlLaneSettings *tl_test_discovery_make_settings (TlLaneKind    lane,
                                                 const char   *host,
                                                 TlAddress    *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
