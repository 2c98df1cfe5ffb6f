/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-address.h"
#include "tl-deadline.h"
#include "tl-discovery.h"
#include "tl-https.h"
#include "tl-prober.h"
#include "tl-records.h"
#include "tl-source-reply.h"

G_BEGIN_DECLS

typedef struct _TlDiscoverySource TlDiscoverySource;

/**
 * TlInquiry:
 * @address: whose servers are looked for
 * @options: what a person or policy wants; see #TlDiscoveryOptions
 * @records: asks DNS
 * @https: fetches documents
 * @prober: tries servers
 * @deadline: the moment by which every source has to be done
 * @cancellable: stops them earlier
 * @unproven: (nullable): see tl_discovery_source_tell_unproven()
 * @data: for @unproven
 *
 * What every source is given. It is borrowed, belongs to the discovery thread,
 * and outlives every source that was asked, and what a source has left under way
 * when it replies. Of that, a source only takes note: it asks nothing more.
 */
typedef struct
{
  TlAddress                *address;
  const TlDiscoveryOptions *options;
  TlRecords                *records;
  TlHttps                  *https;
  TlProber                 *prober;
  TlDeadline                deadline;
  GCancellable             *cancellable;
  void                    (*unproven) (const TlDiscoverySource *source,
                                       gpointer                 data);
  gpointer                  data;
} TlInquiry;

/**
 * TlDiscoverySource:
 * @id: a `TL_SOURCE_` id
 * @offline: asks nobody: it is heard before the others are asked
 * @below: asks names below the domain; it is not asked about a public suffix, where every such name
 *   belongs to somebody else
 * @data: for the source's own use
 * @ask_async: starts asking, on the discovery thread's #GMainContext; calls back there, never from
 *   inside this call, with a #GTask that holds a #TlSourceReply and no error
 *
 * One place that may know the servers of an address.
 */
struct _TlDiscoverySource
{
  const char    *id;
  gboolean       offline;
  gboolean       below;
  gconstpointer  data;
  void         (*ask_async) (const TlDiscoverySource  *self,
                             const TlInquiry          *inquiry,
                             GAsyncReadyCallback       callback,
                             gpointer                  user_data);
};

extern const TlDiscoverySource tl_source_provider_domain;
extern const TlDiscoverySource tl_source_provider_mx;
extern const TlDiscoverySource tl_source_pacc;
extern const TlDiscoverySource tl_source_autoconfig;
extern const TlDiscoverySource tl_source_well_known;
extern const TlDiscoverySource tl_source_mailconf;
extern const TlDiscoverySource tl_source_srv;
extern const TlDiscoverySource tl_source_directory;
extern const TlDiscoverySource tl_source_mx_autoconfig;
extern const TlDiscoverySource tl_source_mx_directory;
extern const TlDiscoverySource tl_source_autodiscover;
extern const TlDiscoverySource tl_source_gateway;
extern const TlDiscoverySource tl_source_guess;

GTask         *tl_discovery_source_task          (const TlDiscoverySource  *self,
                                                  GAsyncReadyCallback       callback,
                                                  gpointer                  user_data)
                                                  G_GNUC_WARN_UNUSED_RESULT;
void           tl_discovery_source_take_reply    (GTask                    *task,
                                                  TlSourceReply            *reply);
void           tl_discovery_source_tell_unproven (const TlDiscoverySource  *self,
                                                  const TlInquiry          *inquiry);

void           tl_discovery_source_ask_async     (const TlDiscoverySource  *self,
                                                  const TlInquiry          *inquiry,
                                                  GAsyncReadyCallback       callback,
                                                  gpointer                  user_data);
TlSourceReply *tl_discovery_source_ask_finish    (GAsyncResult             *result)
                                                  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
