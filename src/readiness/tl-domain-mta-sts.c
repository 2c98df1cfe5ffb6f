/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-exchangers.h"
#include "tl-domain-judge.h"
#include "tl-domain-text.h"
#include "tl-evidence.h"
#include "tl-nick.h"
#include "tl-sts-policy.h"
#include "tl-sts-record.h"
#include "tl-text.h"

#define HTTP_OK 200

/* What is being looked at. */
typedef struct
{
  TlDomainVerdict *verdict;
  const char      *domain;
  char            *name;    /* owned: of the record */
  char            *url;     /* owned: of the policy */
} Look;

static void
look_clear (Look *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->url, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static void
add_record (Look       *self,
            TlStatus    status,
            const char *name,
            const char *value,
            const char *detail)
{
  tl_domain_verdict_add_record (self->verdict, TL_DOMAIN_TOPIC_MTA_STS, status, name, value,
                                detail);
}

/* A policy that has been changed is read again only under a new id (RFC 8461 §3.1): with
 * @is_mended_by_record there is one to publish. */
static void
add_broken (Look       *self,
            const char *host,
            const char *detail,
            gboolean    is_mended_by_record)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *value =
    tl_sts_record_new_text (tl_domain_subject_get_parts (self->verdict->subject)->now_s);

  g_variant_dict_insert (&evidence, TL_EVIDENCE_URL, "s", self->url);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  if (host != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  tl_domain_verdict_add_finding (self->verdict, "domain.mta-sts-broken",
                                 g_variant_dict_end (&evidence),
                                 is_mended_by_record
                                   ? &(TlDomainRemedy) { self->name, "TXT", value } : NULL);
}

/* Whether a host has an address; %FALSE too where nobody knows, and then @out_is_known is. */
static gboolean
is_there (TlDnsFacts *facts,
          const char *host,
          gboolean   *out_is_known)
{
  static const TlRecordType types[] = { TL_RECORD_A, TL_RECORD_AAAA };
  gboolean is_there = FALSE;
  gboolean is_known = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      TlRecordSet *set = tl_dns_facts_look (facts, host, types[i]);

      is_known = is_known && set != NULL;
      is_there = is_there || (set != NULL && tl_record_set_get_n (set) > 0);
    }
  *out_is_known = *out_is_known && is_known;

  return is_there;
}

/* The record alone would promise a policy that is not there, and then mail may not arrive: so it is
 * not among the records to publish, and what to do is said in the order to do it in. */
static void
add_missing (Look *self)
{
  g_autoptr(GPtrArray) hosts = tl_domain_exchangers_list (self->verdict);
  g_autofree char *value =
    tl_sts_record_new_text (tl_domain_subject_get_parts (self->verdict->subject)->now_s);
  g_autoptr(GString) lines = g_string_new (NULL);
  g_autofree char *detail = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  gboolean is_known = TRUE;

  for (guint i = 0; hosts != NULL && i < hosts->len; i++)
    {
      if (is_there (self->verdict->facts, hosts->pdata[i], &is_known))
        g_string_append_printf (lines, ", “mx: %s”", (const char *) hosts->pdata[i]);
    }
  if (!is_known || lines->len == 0)
    return;

  detail = g_strdup_printf ("first the file %s, with the lines “version: STSv1”, “mode: testing”%s "
                            "and “max_age: 86400”; only when it can be read there, the record %s "
                            "TXT “%s”", self->url, lines->str, self->name, value);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_URL, "s", self->url);

  tl_domain_verdict_add_finding (self->verdict, "domain.mta-sts-missing",
                                 g_variant_dict_end (&evidence), NULL);
}

/* Every exchanger has to fit, or senders pass it by (RFC 8461 §4.1). */
static void
judge_exchangers (Look              *self,
                  const TlStsPolicy *policy)
{
  g_autoptr(GPtrArray) hosts = tl_domain_exchangers_list (self->verdict);
  g_autofree char *patterns = g_strjoinv (", ", policy->mx);
  const char *mode = tl_nick_get (TL_TYPE_STS_MODE, (int) policy->mode);
  gboolean fits = TRUE;

  if (hosts == NULL)
    {
      add_record (self, TL_STATUS_NOT_TESTED, self->url, patterns, mode);
      return;
    }

  for (guint i = 0; i < hosts->len; i++)
    {
      g_autofree char *detail = NULL;

      if (tl_sts_policy_fits (policy, hosts->pdata[i]))
        continue;

      detail = g_strdup_printf ("the policy does not name %s, where mail is delivered to: add the "
                                "line “mx: %s”, then publish the record with its new id",
                                (const char *) hosts->pdata[i], (const char *) hosts->pdata[i]);
      add_broken (self, hosts->pdata[i], detail, TRUE);
      fits = FALSE;
    }

  add_record (self, fits ? TL_STATUS_OK : TL_STATUS_WARNING, self->url, patterns, mode);
}

/* RFC 8461 §3.3: only an answer of 200, from that very place, and of plain text. */
static char *
dup_document_fault (const TlDnsDocument *document)
{
  if (document->status == 0)
    return g_strdup (document->why != NULL ? document->why : "there is no answer");
  if (document->status >= 300 && document->status < 400)
    return g_strdup_printf ("the answer is a redirect (%u), which senders do not follow",
                            document->status);
  if (document->status != HTTP_OK)
    return g_strdup_printf ("the answer is %u", document->status);
  if (document->body == NULL)
    return g_strdup (document->why != NULL ? document->why : "there is no document");
  if (g_strcmp0 (document->content_type, "text/plain") != 0)
    return g_strdup ("its media type is not text/plain");

  return NULL;
}

/* A promise without the host that keeps it is the domain's fault; but only where the DNS says so,
 * too, which was asked for all the rest: name service of this machine may know less. */
static gboolean
is_without_host (Look *self)
{
  static const TlRecordType types[] = { TL_RECORD_A, TL_RECORD_AAAA };
  g_autofree char *host = g_strconcat ("mta-sts.", self->domain, NULL);
  TlRecordSet *sets[G_N_ELEMENTS (types)];
  gboolean is_known = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      sets[i] = tl_dns_facts_look (self->verdict->facts, host, types[i]);
      is_known = is_known && sets[i] != NULL;
    }
  if (!is_known)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (!tl_domain_verdict_is_answered (self->verdict, TL_DOMAIN_TOPIC_MTA_STS, host, sets[i]))
        return FALSE;
    }
  if (tl_record_set_get_n (sets[0]) + tl_record_set_get_n (sets[1]) == 0)
    return TRUE;

  add_record (self, TL_STATUS_NOT_TESTED, self->url, NULL, "unreached");

  return FALSE;
}

/* Whether what came of looking for the policy tells about the domain. What failed on this side is
 * noted as not tested. */
static gboolean
is_of_domain (Look                *self,
              const TlDnsDocument *document)
{
  switch (document->cause)
    {
    case TL_DNS_DOCUMENT_TIMEOUT:
      add_record (self, TL_STATUS_NOT_TESTED, self->url, NULL, "timeout");
      return FALSE;

    case TL_DNS_DOCUMENT_UNREACHED:
      add_record (self, TL_STATUS_NOT_TESTED, self->url, NULL, "unreached");
      return FALSE;

    case TL_DNS_DOCUMENT_NO_HOST:
      return is_without_host (self);

    default:
      return TRUE;
    }
}

static void
judge_document (Look                *self,
                const TlDnsDocument *document)
{
  g_autofree char *fault = dup_document_fault (document);
  g_autoptr(TlStsPolicy) policy = NULL;
  g_autoptr(GError) error = NULL;
  gsize len = 0;
  const char *bytes;

  if (fault != NULL)
    {
      g_autofree char *detail = tl_text_clean (fault, -1);

      add_record (self, TL_STATUS_WARNING, self->url, NULL, "unreadable");
      add_broken (self, NULL, detail, FALSE);
      return;
    }

  bytes = g_bytes_get_data (document->body, &len);
  policy = tl_sts_policy_parse (bytes, len, &error);
  if (policy == NULL)
    {
      add_record (self, TL_STATUS_WARNING, self->url, NULL, "broken");
      add_broken (self, NULL, error->message, TRUE);
    }
  else if (policy->mode == TL_STS_MODE_NONE)
    {
      add_record (self, TL_STATUS_NOT_NEEDED, self->url, NULL, "none");
    }
  else
    {
      judge_exchangers (self, policy);
    }
}

/**
 * tl_domain_mta_sts_judge:
 * @verdict: what is added to
 *
 * Checks whether senders are told to deliver encrypted, and whether the domain keeps what it
 * promises by that (RFC 8461): one record, a policy behind it that can be had and read, and in it
 * every host that mail is delivered to. To promise nothing is no fault.
 */
void
tl_domain_mta_sts_judge (TlDomainVerdict *verdict)
{
  g_auto(Look) look = {
    .verdict = verdict,
    .domain = tl_domain_subject_get_parts (verdict->subject)->domain,
  };
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  const TlDnsDocument *document;
  const TlRecord *record;
  TlRecordSet *set;

  look.name = g_strconcat ("_mta-sts.", look.domain, NULL);
  look.url = g_strconcat ("https://mta-sts.", look.domain, "/.well-known/mta-sts.txt", NULL);
  set = tl_dns_facts_look (verdict->facts, look.name, TL_RECORD_TXT);
  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_MTA_STS, look.name, set))
    return;

  records = tl_domain_text_select (set, TL_STS_VERSION);
  if (records->len == 0)
    {
      add_record (&look, TL_STATUS_NOT_NEEDED, look.name, NULL, "none");
      add_missing (&look);
      return;
    }

  record = records->pdata[0];
  id = records->len == 1 ? tl_sts_record_parse_id (record->data, &error) : NULL;
  add_record (&look, id != NULL ? TL_STATUS_OK : TL_STATUS_WARNING, look.name, record->text,
              id != NULL ? id : records->len > 1 ? "several" : "broken");
  if (id == NULL)
    {
      add_broken (&look, NULL,
                  error != NULL ? error->message : "there are several records, so none counts",
                  TRUE);
      return;
    }

  document = tl_dns_facts_look_at (verdict->facts, look.url);
  if (document != NULL && is_of_domain (&look, document))
    judge_document (&look, document);
}
