/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-source.h"
#include "tl-discovery.h"

G_BEGIN_DECLS

/* How long slow sources may still add what contradicts a settled proposal. */
#define TL_DISCOVERY_SETTLE_MS 1000

TlDiscovery *tl_discovery_new_with_sources (TlAddress                        *address,
                                            TlNetwork                        *network,
                                            guint                             budget_ms,
                                            const TlDiscoverySource * const  *sources,
                                            guint                             n_sources,
                                            TlProberFunc                      prober_func)
                                            G_GNUC_WARN_UNUSED_RESULT;

TlSourceReply *tl_source_autoconfig_read (const char          *source,
                                          const TlHttpsAnswer *answer,
                                          TlAddress           *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
