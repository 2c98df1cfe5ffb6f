/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-judge.h"

#include <string.h>

#include "tl-dkim-tags.h"
#include "tl-dmarc-walk.h"
#include "tl-evidence.h"

/* Where the logo stands unless a message names another selector. */
#define SELECTOR "default"

/* What of an answer is a BIMI record. */
static const TlRecord *
find_record (TlRecordSet *set)
{
  for (guint i = 0; i < tl_record_set_get_n (set); i++)
    {
      const TlRecord *record = tl_record_set_get (set, i);

      if (record->text != NULL && g_str_has_prefix (record->text, "v=BIMI1"))
        return record;
    }

  return NULL;
}

static gboolean
is_https (const char *value)
{
  return g_ascii_strncasecmp (value, "https://", strlen ("https://")) == 0;
}

/* What receivers ask for before they show a logo, and is missing; NULL when nothing is. */
static const char *
find_fault (const TlDkimTags  *tags,
            const TlDmarcWalk *walk)
{
  const char *logo = tags == NULL ? NULL : tl_dkim_tags_get (tags, "l");
  const char *mark = tags == NULL ? NULL : tl_dkim_tags_get (tags, "a");

  if (tags == NULL)
    return "the record is not a list of tags";
  if (logo == NULL)
    return "there is no l= with a logo";
  if (!is_https (logo))
    return "l= is no https address";
  if (mark != NULL && mark[0] != '\0' && !is_https (mark))
    return "a= is no https address";
  if (walk->record == NULL)
    return "there is no DMARC record";
  if (tl_dmarc_walk_get_policy (walk) == TL_DMARC_NONE)
    return "DMARC asks for nothing: p=none";
  if (tl_dmarc_record_get_effective (walk->record, walk->record->sp) == TL_DMARC_NONE)
    return "DMARC asks for nothing below the domain: sp=none";

  return NULL;
}

/* An empty logo and mark say that there shall be none. */
static gboolean
is_declined (const TlDkimTags *tags)
{
  const char *logo = tags == NULL ? NULL : tl_dkim_tags_get (tags, "l");
  const char *mark = tags == NULL ? NULL : tl_dkim_tags_get (tags, "a");

  return logo != NULL && logo[0] == '\0' && (mark == NULL || mark[0] == '\0');
}

/**
 * tl_domain_bimi_judge:
 * @verdict: the verdict
 *
 * The logo beside messages (BIMI): the record, and whether DMARC is strong enough for it. Neither
 * the logo nor its certificate is fetched. Without a record there is nothing to judge.
 */
void
tl_domain_bimi_judge (TlDomainVerdict *verdict)
{
  const char *domain = tl_domain_subject_get_parts (verdict->subject)->domain;
  g_autofree char *name = g_strconcat (SELECTOR "._bimi.", domain, NULL);
  TlRecordSet *set = tl_dns_facts_look (verdict->facts, name, TL_RECORD_TXT);
  g_autoptr(TlDmarcWalk) walk = tl_dmarc_walk (domain, verdict->facts);
  g_autoptr(TlDkimTags) tags = NULL;
  const TlRecord *record;
  const char *fault;

  if (!tl_domain_verdict_is_answered (verdict, TL_DOMAIN_TOPIC_BIMI, name, set))
    return;

  record = find_record (set);
  if (record == NULL)
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_BIMI, TL_STATUS_NOT_NEEDED, name,
                                    NULL, "none");
      return;
    }

  tags = tl_dkim_tags_parse (record->text, strlen (record->text), NULL);
  if (is_declined (tags))
    {
      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_BIMI, TL_STATUS_NOT_NEEDED, name,
                                    record->text, "declined");
      return;
    }
  if (!walk->is_complete || (walk->record == NULL && walk->failed_set != NULL))
    return;

  fault = find_fault (tags, walk);
  if (fault == NULL)
    {
      const char *mark = tl_dkim_tags_get (tags, "a");

      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_BIMI, TL_STATUS_OK, name,
                                    record->text,
                                    mark == NULL || mark[0] == '\0' ? "no mark certificate" :
                                                                      "mark certificate");
    }
  else
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

      tl_domain_verdict_add_record (verdict, TL_DOMAIN_TOPIC_BIMI, TL_STATUS_WARNING, name,
                                    record->text, fault);
      g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", fault);
      tl_domain_verdict_add_finding (verdict, "domain.bimi-not-ready",
                                     g_variant_dict_end (&evidence), NULL);
    }
}
