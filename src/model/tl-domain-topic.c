/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-topic.h"

#include <glib/gi18n-lib.h>

#include "tl-nick.h"

/* Indexed by TlDomainTopic: what people read, and how the ids of findings about it begin. */
static const struct
{
  const char *label;
  const char *prefixes[4];
} topics[] = {
  [TL_DOMAIN_TOPIC_MX] = {
    N_("Where mail arrives (MX)"), { "domain.mx-" },
  },
  [TL_DOMAIN_TOPIC_SPF] = {
    N_("Who may send (SPF)"), { "domain.spf-" },
  },
  [TL_DOMAIN_TOPIC_DKIM] = {
    N_("The seal on messages (DKIM)"), { "domain.dkim-" },
  },
  [TL_DOMAIN_TOPIC_DMARC] = {
    N_("What receivers do with forgeries (DMARC)"), { "domain.dmarc-" },
  },
  [TL_DOMAIN_TOPIC_IDENTITY] = {
    N_("The same name everywhere"), { "domain.lookalike-", "domain.replies-", "domain.ptr-" },
  },
  [TL_DOMAIN_TOPIC_MTA_STS] = {
    N_("Encryption on the way in (MTA-STS)"), { "domain.mta-sts-" },
  },
  [TL_DOMAIN_TOPIC_TLS_RPT] = {
    N_("Reports on encryption (TLS-RPT)"), { "domain.tls-rpt-" },
  },
  [TL_DOMAIN_TOPIC_DANE] = {
    N_("Certificates in the DNS (DANE)"), { "domain.tlsa-" },
  },
  [TL_DOMAIN_TOPIC_DNSSEC] = {
    N_("Signed answers (DNSSEC)"), { "domain.dnssec-", "domain.not-signed" },
  },
  [TL_DOMAIN_TOPIC_BIMI] = {
    N_("The logo beside messages (BIMI)"), { "domain.bimi-" },
  },
};

G_STATIC_ASSERT (G_N_ELEMENTS (topics) == TL_N_DOMAIN_TOPICS);

G_DEFINE_ENUM_TYPE (TlDomainTopic, tl_domain_topic,
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_MX, "mx"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_SPF, "spf"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_DKIM, "dkim"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_DMARC, "dmarc"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_IDENTITY, "identity"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_MTA_STS, "mta-sts"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_TLS_RPT, "tls-rpt"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_DANE, "dane"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_DNSSEC, "dnssec"),
                    G_DEFINE_ENUM_VALUE (TL_DOMAIN_TOPIC_BIMI, "bimi"))

const char *
tl_domain_topic_get_nick (TlDomainTopic topic)
{
  return tl_nick_get (TL_TYPE_DOMAIN_TOPIC, (int) topic);
}

/**
 * tl_domain_topic_get_label:
 * @topic: a topic
 *
 * Returns: what people read, translated
 */
const char *
tl_domain_topic_get_label (TlDomainTopic topic)
{
  g_return_val_if_fail ((guint) topic < G_N_ELEMENTS (topics), NULL);

  return _(topics[topic].label);
}

/**
 * tl_domain_topic_find:
 * @id: a finding's id
 * @out_topic: (out): what it is about
 *
 * Returns: whether it is about one topic; %FALSE where it is about all of them, as
 *   `domain.nxdomain` and `domain.unanswered` are, or about no domain
 */
gboolean
tl_domain_topic_find (const char    *id,
                      TlDomainTopic *out_topic)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      for (guint j = 0; topics[i].prefixes[j] != NULL; j++)
        {
          if (g_str_has_prefix (id, topics[i].prefixes[j]))
            {
              *out_topic = (TlDomainTopic) i;
              return TRUE;
            }
        }
    }

  return FALSE;
}
