/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include <string.h>

#include "tl-domain-ptr.h"
#include "tl-domain.h"
#include "tl-evidence.h"
#include "tl-gateway.h"
#include "tl-provider.h"
#include "tl-site.h"

/* Whether a name is another, or below it. */
static gboolean
is_within (const char *name,
           const char *domain)
{
  gsize len = strlen (name);
  gsize domain_len = strlen (domain);

  return len >= domain_len && g_str_equal (name + len - domain_len, domain) &&
         (len == domain_len || name[len - domain_len - 1] == '.');
}

static void
add_finding (TlDomainVerdict *verdict,
             const char      *id,
             const char      *suggestion)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (suggestion != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_SUGGESTION, "s", suggestion);
  tl_domain_verdict_add_finding (verdict, id, g_variant_dict_end (&evidence), NULL);
}

/* Whether what people see is what was registered, and no other domain that looks like it. */
static void
judge_sender (TlDomainVerdict            *verdict,
              const TlDomainSubjectParts *parts)
{
  gboolean is_other = parts->registered != NULL && !is_within (parts->domain, parts->registered);
  gboolean is_lookalike = tl_domain_is_lookalike (parts->domain);

  if (parts->registered == NULL && !is_lookalike)
    return;

  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY,
                                is_other || is_lookalike ? TL_STATUS_WARNING : TL_STATUS_OK,
                                parts->domain, parts->registered,
                                is_lookalike ? "letters of different alphabets" :
                                is_other ? "another domain" : "as registered");
  if (is_other)
    add_finding (verdict, "domain.lookalike-sender", parts->registered);
  else if (is_lookalike)
    add_finding (verdict, "input.lookalike", NULL);
}

static gboolean
has_target (TlRecordSet *set,
            const char  *host)
{
  for (guint i = 0; set != NULL && i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (g_strcmp0 (record->target, host) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether mail that comes to a server gets to the mailbox that is read: it is one of the same
 * owner's. */
static gboolean
leads_here (const TlDomainSubjectParts *parts,
            const char                 *exchanger,
            TlRecordSet                *own)
{
  TlProvider *provider = tl_providers_find_by_mx (exchanger);

  if (has_target (own, exchanger))
    return TRUE;
  if (provider != NULL && parts->provider != NULL)
    return g_str_equal (tl_provider_get_id (provider), tl_provider_get_id (parts->provider));

  return parts->incoming_host != NULL && tl_site_same (exchanger, parts->incoming_host);
}

/* Whether answers come in where the incoming lane reads. What stands behind a filter nobody can
 * tell from here. */
static void
judge_replies (TlDomainVerdict            *verdict,
               const TlDomainSubjectParts *parts)
{
  TlRecordSet *set;
  TlRecordSet *own;
  gboolean is_here = FALSE;
  gboolean is_hidden = FALSE;

  if (parts->reply_domain == NULL)
    return;
  if (g_str_equal (parts->reply_domain, parts->domain))
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY, TL_STATUS_OK,
                                    parts->reply_domain, NULL, "replies come to this domain");
      return;
    }

  set = tl_dns_facts_look (verdict->facts, parts->reply_domain, TL_RECORD_MX);
  own = tl_dns_facts_look (verdict->facts, parts->domain, TL_RECORD_MX);
  if (own == NULL || !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_IDENTITY,
                                                     parts->reply_domain, set))
    return;

  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (record->target == NULL || g_str_equal (record->target, "."))
        continue;
      is_here |= leads_here (parts, record->target, own);
      is_hidden |= tl_gateways_find_by_mx (record->target) != NULL;
    }

  if (!is_here && !tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_IDENTITY, parts->domain,
                                                  own))
    return;

  if (!is_here && is_hidden)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY, TL_STATUS_NOT_TESTED,
                                    parts->reply_domain, NULL, "replies pass a filter first");
      return;
    }

  /* Nobody said where the mailbox is: there is nothing to compare with but the domain's own. */
  if (!is_here && parts->incoming_host == NULL && parts->provider == NULL)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY, TL_STATUS_NOT_NEEDED,
                                    parts->reply_domain, NULL,
                                    "it is not known where the mailbox is");
      return;
    }
  tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_IDENTITY,
                                is_here ? TL_STATUS_OK : TL_STATUS_WARNING, parts->reply_domain,
                                NULL, is_here ? "replies come to the same servers" :
                                                "replies go to other servers");
  if (!is_here)
    add_finding (verdict, "domain.replies-elsewhere", parts->reply_domain);
}

/**
 * tl_domain_identity_judge:
 * @verdict: the verdict
 *
 * Whether the domain in From is the one that was registered to send; whether answers come to where
 * the incoming lane reads; and, of a server of one's own, whether its address leads to its name.
 */
void
tl_domain_identity_judge (TlDomainVerdict *verdict)
{
  const TlDomainSubjectParts *parts = tl_domain_subject_get_parts (verdict->subject);

  judge_sender (verdict, parts);
  judge_replies (verdict, parts);
  tl_domain_ptr_judge (verdict);
}
