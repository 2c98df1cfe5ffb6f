/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a domain is looked at, in words: what it is for, and how it is. */
#include "tl-domain-health-private.h"

#include <glib/gi18n-lib.h>

/* Indexed by TlDomainTopic. */
static const struct
{
  const char *purpose;
  const char *good;
  const char *absent;
  const char *bad;
  const char *unknown;
} topics[] = {
  [TL_DOMAIN_TOPIC_MX] = {
    N_("Says which servers take mail for the domain; who gets no mail is not believed either."),
    N_("Mail for the domain has a place to go."),
    N_("The domain says that it takes no mail."),
    N_("Mail for the domain may not arrive."),
  },
  [TL_DOMAIN_TOPIC_SPF] = {
    N_("A list of the servers that may send for the domain."),
    N_("The list of who may send is in order."),
    N_("The domain does not say who may send for it."),
    N_("The list of who may send is not right yet."),
  },
  [TL_DOMAIN_TOPIC_DKIM] = {
    N_("The key that receivers check the seal on each message with."),
    N_("The key for the seal is published and strong enough."),
    N_("The domain says that it seals no messages."),
    N_("The seal on messages is not right yet."),
    N_("No key was found under the usual names; a message to yourself shows which one is used."),
  },
  [TL_DOMAIN_TOPIC_DMARC] = {
    N_("Tells receivers what to do with messages that the domain does not stand by."),
    N_("The domain stands by its messages."),
    N_("The domain does not tell receivers what to do with forgeries."),
    N_("Receivers are not told enough yet."),
  },
  [TL_DOMAIN_TOPIC_IDENTITY] = {
    N_("The domain that was registered, the one in From and the one that replies go to."),
    N_("Sender and replies are under one and the same domain."),
    N_("There is nothing to compare."),
    N_("Not every name is under the same domain."),
    N_("There is nothing to compare."),
  },
  [TL_DOMAIN_TOPIC_MTA_STS] = {
    N_("Tells other servers to deliver mail only encrypted."),
    N_("Mail on its way in has to be encrypted."),
    N_("Not set up; it is not needed to send."),
    N_("It is announced and does not work."),
  },
  [TL_DOMAIN_TOPIC_TLS_RPT] = {
    N_("Where other servers report when encryption fails."),
    N_("Reports have an address to go to."),
    N_("Not set up; it is not needed to send."),
    N_("Reports have no address that works."),
  },
  [TL_DOMAIN_TOPIC_DANE] = {
    N_("Ties the certificates of the mail servers to the domain."),
    N_("The mail servers’ certificates are in the DNS."),
    N_("Not set up; it is not needed to send."),
    N_("What the DNS says of the certificates cannot be used."),
  },
  [TL_DOMAIN_TOPIC_DNSSEC] = {
    N_("Keeps others from forging what the DNS says of the domain."),
    N_("What the DNS says of the domain is signed."),
    N_("Not signed; it is not needed to send."),
    N_("The signatures are wrong: many receivers will not find the domain."),
  },
  [TL_DOMAIN_TOPIC_BIMI] = {
    N_("A logo that some receivers show beside messages they trust."),
    N_("A logo is published."),
    N_("Not set up; it is not needed to send."),
    N_("The logo will not be shown yet."),
  },
};

const char *
tl_domain_topic_get_purpose (TlDomainTopic topic)
{
  return _(topics[topic].purpose);
}

/* The worst that is wrong with a topic; a report has the worst first. */
static TlFinding *
find_worst (TlDomainReport *report,
            TlDomainTopic   topic)
{
  GPtrArray *findings = tl_domain_report_get_parts (report)->findings;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlDomainTopic about;

      if (tl_finding_get_severity (findings->pdata[i]) != TL_SEVERITY_NOTE &&
          tl_domain_topic_find (tl_finding_get_id (findings->pdata[i]), &about) && about == topic)
        return findings->pdata[i];
    }

  return NULL;
}

/**
 * tl_domain_topic_dup_fix:
 * @topic: a topic
 * @report: what was found
 *
 * Returns: (transfer full) (nullable): the first record that is to be published about it
 */
TlRecordFix *
tl_domain_topic_dup_fix (TlDomainTopic   topic,
                         TlDomainReport *report)
{
  GPtrArray *findings = tl_domain_report_get_parts (report)->findings;

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      TlDomainTopic about;
      TlRecordFix *fix = NULL;

      if (tl_domain_topic_find (tl_finding_get_id (findings->pdata[i]), &about) && about == topic)
        fix = tl_record_fix_new (findings->pdata[i]);
      if (fix != NULL)
        return fix;
    }

  return NULL;
}

/* Of a list that is in order: how near it is to its bounds, and whether the outgoing lane is on
 * it: then there is a record that was looked for and has no text of its own. */
static char *
dup_spf_summary (TlDomainReport *report)
{
  GPtrArray *records = tl_domain_report_get_parts (report)->records;
  const char *sender = NULL;
  int n = -1;

  for (guint i = 0; i < records->len; i++)
    {
      const TlDomainRecord *record = records->pdata[i];

      if (record->topic != TL_DOMAIN_TOPIC_SPF)
        continue;
      n = MAX (n, record->n_lookups);
      if (record->value == NULL && record->status == TL_STATUS_OK)
        sender = record->name;
    }

  if (n >= 0 && sender != NULL)
    /* Translators: a server, then how many of the ten look-ups that SPF allows are used */
    return g_strdup_printf (_("%s may send for this domain: %d of 10 look-ups used."), sender,
                            n);
  if (n >= 0)
    /* Translators: how many of the ten look-ups that SPF allows are used */
    return g_strdup_printf (_("The list of who may send is in order: %d of 10 look-ups used."), n);

  return g_strdup (_(topics[TL_DOMAIN_TOPIC_SPF].good));
}

/**
 * tl_domain_topic_dup_summary:
 * @topic: a topic
 * @report: (nullable): what was found
 *
 * Returns: (transfer full): how it is, one sentence: what is wrong where something is
 */
char *
tl_domain_topic_dup_summary (TlDomainTopic   topic,
                             TlDomainReport *report)
{
  TlFinding *worst;

  if (report == NULL)
    return g_strdup (_("Not looked at yet."));

  worst = find_worst (report, topic);
  switch (tl_domain_report_get_status (report, topic))
    {
    case TL_STATUS_OK:
      return topic == TL_DOMAIN_TOPIC_SPF ? dup_spf_summary (report)
                                          : g_strdup (_(topics[topic].good));
    case TL_STATUS_NOT_NEEDED:
      return g_strdup (_(topics[topic].absent));
    case TL_STATUS_WARNING:
    case TL_STATUS_ERROR:
      return worst == NULL ? g_strdup (_(topics[topic].bad)) : tl_finding_dup_title (worst);
    case TL_STATUS_NOT_TESTED:
    case TL_STATUS_RUNNING:
    default:
      if (worst != NULL)
        return tl_finding_dup_title (worst);
      return g_strdup (topics[topic].unknown == NULL ? _("Nobody could say.")
                                                     : _(topics[topic].unknown));
    }
}

/* Indexed by TlVerdict. */
static const char * const verdicts[] = {
  [TL_VERDICT_NOT_TESTED] = N_("Nothing could be found out about the domain."),
  [TL_VERDICT_OK]         = N_("Receivers have reason to trust the domain."),
  [TL_VERDICT_WARNING]    = N_("It works, and receivers have reason to doubt the domain."),
  [TL_VERDICT_ERROR]      = N_("Receivers will refuse mail from the domain."),
};

/* Whether there was something to look at that nobody could: of names that nobody said, nothing is
 * compared. */
static gboolean
is_unseen (TlDomainReport *report,
           TlDomainTopic   topic)
{
  GPtrArray *records = tl_domain_report_get_parts (report)->records;

  if (tl_domain_report_get_status (report, topic) != TL_STATUS_NOT_TESTED)
    return FALSE;

  for (guint i = 0; topic == TL_DOMAIN_TOPIC_IDENTITY && i < records->len; i++)
    {
      if (((const TlDomainRecord *) records->pdata[i])->topic == topic)
        return TRUE;
    }

  return topic != TL_DOMAIN_TOPIC_IDENTITY;
}

/**
 * tl_domain_topics_dup_summary:
 * @report: what was found
 *
 * Returns: (transfer full): what it comes to, a sentence; and another where topics were not seen
 */
char *
tl_domain_topics_dup_summary (TlDomainReport *report)
{
  TlVerdict verdict = tl_domain_report_get_verdict (report);
  g_autofree char *unseen = NULL;
  guint n = 0;

  for (guint i = 0; i < TL_N_DOMAIN_TOPICS; i++)
    n += is_unseen (report, (TlDomainTopic) i) ? 1 : 0;
  if (n == 0 || verdict == TL_VERDICT_NOT_TESTED)
    return g_strdup (_(verdicts[verdict]));

  /* Translators: %u is how many of the things to check about a domain, such as SPF */
  unseen = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u topic could not be looked at.",
                                         "%u topics could not be looked at.", n), n);

  return g_strdup_printf ("%s %s", verdict == TL_VERDICT_OK ? _("What was found is in order.")
                                                            : _(verdicts[verdict]), unseen);
}
