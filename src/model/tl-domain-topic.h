/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * TlDomainTopic: what of a domain is looked at, in the order it is shown
 */
typedef enum
{
  TL_DOMAIN_TOPIC_MX,
  TL_DOMAIN_TOPIC_SPF,
  TL_DOMAIN_TOPIC_DKIM,
  TL_DOMAIN_TOPIC_DMARC,
  TL_DOMAIN_TOPIC_IDENTITY,
  TL_DOMAIN_TOPIC_MTA_STS,
  TL_DOMAIN_TOPIC_TLS_RPT,
  TL_DOMAIN_TOPIC_DANE,
  TL_DOMAIN_TOPIC_DNSSEC,
  TL_DOMAIN_TOPIC_BIMI,
} TlDomainTopic;

#define TL_N_DOMAIN_TOPICS 10

#define TL_TYPE_DOMAIN_TOPIC (tl_domain_topic_get_type ())
GType       tl_domain_topic_get_type  (void) G_GNUC_CONST;
const char *tl_domain_topic_get_nick  (TlDomainTopic  topic);
const char *tl_domain_topic_get_label (TlDomainTopic  topic);
gboolean    tl_domain_topic_find      (const char    *id,
                                       TlDomainTopic *out_topic);

G_END_DECLS
