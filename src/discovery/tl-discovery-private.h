/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-discovery-source.h"
#include "tl-discovery.h"

G_BEGIN_DECLS

/* How long slow sources may still add what contradicts a settled proposal. */
#define TL_DISCOVERY_SETTLE_MS 1000

TlDiscovery *tl_discovery_new_with_sources (TlAddress                        *address,
                                            TlNetwork                        *network,
                                            const TlDiscoveryOptions         *options,
                                            const TlDiscoverySource * const  *sources,
                                            guint                             n_sources,
                                            TlProberFunc                      prober_func)
                                            G_GNUC_WARN_UNUSED_RESULT;

/**
 * TlDiscoveryBrief:
 * @address: whose servers to look for
 * @network: the real network
 * @options: none of them left at its default
 * @sources: (array length=n_sources): whom to ask, in the order shown
 * @n_sources: how many
 * @prober_func: (nullable): tries a server; %NULL for really doing so
 *
 * What a run is to do.
 */
typedef struct
{
  TlAddress                       *address;
  TlNetwork                       *network;
  TlDiscoveryOptions               options;
  const TlDiscoverySource * const *sources;
  guint                            n_sources;
  TlProberFunc                     prober_func;
} TlDiscoveryBrief;

void         tl_discovery_run_start        (GTask                            *task,
                                            const TlDiscoveryBrief           *brief);
void         tl_discovery_post             (TlDiscovery                      *self,
                                            GMainContext                     *owner,
                                            TlSourceAnswer                   *answer,
                                            TlDiscoveryReport                *report);

G_END_DECLS
