/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-ranking.h"

#include <string.h>

#include "said.h"

#define MAX_PROBED  4
#define MAX_SOURCES 6
#define N_SHUFFLES  50

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *probed[MAX_PROBED]; /* "in host" as Said has it, after "there " or "gone " */
  const char *ranked;             /* as said_describe() has it */
} RankCase;

static const RankCase rank_cases[] = {
  { "nothing", { { NULL } }, { NULL }, "" },

  /* What each source weighs, inside and outside. */
  { "document",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org", "out smtp.example.org 587 starttls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80, out smtp.example.org:587 autoconfig 80" },
  { "document-outside", { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 autoconfig 40?" },
  { "document-at-known-provider", { { TL_SOURCE_WELL_KNOWN, { "in imap.gmail.com" } } }, { NULL },
    "in imap.gmail.com:993 well-known 80" },
  { "pacc", { { TL_SOURCE_PACC, { "in imap.example.org" } } }, { NULL },
    "in imap.example.org:993 pacc 60" },
  { "pacc-outside", { { TL_SOURCE_PACC, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 pacc 35?" },
  { "pacc-proven", { { TL_SOURCE_PACC, { "in imap.example.org" },
                       .remarks = TL_SOURCE_REMARK_AUTHENTICATED } }, { NULL },
    "in imap.example.org:993 pacc 95" },
  { "pacc-proven-outside", { { TL_SOURCE_PACC, { "in imap.hoster.test" },
                               .remarks = TL_SOURCE_REMARK_AUTHENTICATED } }, { NULL },
    "in imap.hoster.test:993 pacc 60?" },
  { "mailconf", { { TL_SOURCE_MAILCONF, { "in imap.example.org" } } }, { NULL },
    "in imap.example.org:993 mailconf 60" },
  { "mailconf-outside", { { TL_SOURCE_MAILCONF, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 mailconf 35?" },
  { "srv", { { TL_SOURCE_SRV, { "in imap.example.org" } } }, { NULL },
    "in imap.example.org:993 srv 70" },
  { "srv-outside", { { TL_SOURCE_SRV, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 srv 45?" },
  { "srv-at-known-provider", { { TL_SOURCE_SRV, { "in imap.gmail.com" } } }, { NULL },
    "in imap.gmail.com:993 srv 70" },
  { "directory", { { TL_SOURCE_DIRECTORY, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 directory 65?" },
  { "mx-autoconfig", { { TL_SOURCE_MX_AUTOCONFIG, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 mx-autoconfig 65?" },
  { "mx-directory", { { TL_SOURCE_MX_DIRECTORY, { "in imap.hoster.test" } } }, { NULL },
    "in imap.hoster.test:993 mx-directory 55?" },
  { "autodiscover", { { TL_SOURCE_AUTODISCOVER, { "in imap.example.org" } } }, { NULL },
    "in imap.example.org:993 autodiscover 50" },
  { "domain-itself", { { TL_SOURCE_SRV, { "in example.org" } } }, { NULL },
    "in example.org:993 srv 70" },
  { "gateway-is-always-confirmed", { { TL_SOURCE_GATEWAY, { "in imap.gmail.com" } } }, { NULL },
    "in imap.gmail.com:993 gateway 50?" },

  /* The mail exchangers' own domain lends weight, and no trust. */
  { "document-where-the-mail-goes",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test" } },
      { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING, .sites = { "hoster.test" } } },
    { NULL },
    "in imap.hoster.test:993 autoconfig 80?" },
  { "document-where-the-mail-does-not-go",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test" } },
      { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING, .sites = { "other.test" } } },
    { NULL },
    "in imap.hoster.test:993 autoconfig 40?" },
  { "nobody-else-names-sites",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test" }, .sites = { "hoster.test" } } },
    { NULL },
    "in imap.hoster.test:993 autoconfig 40?" },

  /* Guesses */
  { "guess", { { TL_SOURCE_GUESS, { "in imap.example.org" } } }, { NULL },
    "in imap.example.org:993 guess 30" },
  { "guess-not-needed",
    { { TL_SOURCE_SRV, { "in imap.example.org" } },
      { TL_SOURCE_GUESS, { "in mail.example.org", "out smtp.example.org" } } },
    { NULL },
    "in imap.example.org:993 srv 70, out smtp.example.org:465 guess 30" },
  { "guess-beside-unconfirmed",
    { { TL_SOURCE_SRV, { "in imap.hoster.test" } },
      { TL_SOURCE_GUESS, { "in mail.example.org" } } },
    { NULL },
    "in imap.hoster.test:993 srv 45?, in mail.example.org:993 guess 30" },
  { "guess-under-a-wrong-signature",
    { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
      { TL_SOURCE_GUESS, { "in mail.example.org", "out smtp.example.org" } } },
    { NULL },
    "" },
  { "guess-agrees-with-nobody",
    { { TL_SOURCE_SRV, { "in imap.hoster.test" } },
      { TL_SOURCE_GUESS, { "in imap.hoster.test" } } },
    { NULL },
    "in imap.hoster.test:993 srv 45?" },
  /* D04 */
  { "guess-where-there-is-no-imap",
    { { TL_SOURCE_SRV, .remarks = TL_SOURCE_REMARK_NO_IMAP },
      { TL_SOURCE_GUESS, { "in mail.example.org", "out smtp.example.org" } } },
    { NULL },
    "out smtp.example.org:465 guess 30" },
  { "document-under-a-wrong-signature",
    { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
      { TL_SOURCE_AUTOCONFIG, { "in imap.example.org" } },
      { TL_SOURCE_GUESS, { "out smtp.example.org" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80" },

  /* Agreement */
  { "agreement",
    { { TL_SOURCE_SRV, { "in imap.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:993 srv 80" },
  { "agreement-has-a-limit",
    { { TL_SOURCE_WELL_KNOWN, { "in imap.example.org" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:993 well-known 89" },
  { "agreement-outside",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test" } },
      { TL_SOURCE_SRV, { "in imap.hoster.test" } } },
    { NULL },
    "in imap.hoster.test:993 srv 55?" },
  { "same-hand-is-no-agreement",
    { { TL_SOURCE_PACC, { "in imap.example.org" } },
      { TL_SOURCE_WELL_KNOWN, { "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:993 well-known 80" },
  { "same-records-are-no-agreement",
    { { TL_SOURCE_SRV, { "in imap.example.org" } },
      { TL_SOURCE_MAILCONF, { "in imap.example.org" } },
      { TL_SOURCE_MX_AUTOCONFIG, { "in imap.example.org" } },
      { TL_SOURCE_MX_DIRECTORY, { "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:993 srv 70" },
  /* Who forges answers of the name servers names his host four times over. */
  { "forged-records-stay-behind-the-own-document",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org", "out smtp.example.org" } },
      { TL_SOURCE_SRV, { "in mail.evil.test", "out mail.evil.test" } },
      { TL_SOURCE_MAILCONF, { "in mail.evil.test", "out mail.evil.test" } },
      { TL_SOURCE_MX_AUTOCONFIG, { "in mail.evil.test", "out mail.evil.test" } },
      { TL_SOURCE_MX_DIRECTORY, { "in mail.evil.test", "out mail.evil.test" } },
      { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING, .sites = { "evil.test" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80, out smtp.example.org:465 autoconfig 80, "
    "in mail.evil.test:993 srv 70?, out mail.evil.test:465 srv 70?" },
  { "agreement-is-about-the-host",
    { { TL_SOURCE_SRV, { "in imap.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "in imap.example.org 143 starttls" } } },
    { NULL },
    "in imap.example.org:993 srv 80, in imap.example.org:143 autodiscover 60" },
  { "agreement-on-a-port-turns-nothing-round",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org", "in imap.example.org 143 starttls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 143 starttls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 89, in imap.example.org:143 autoconfig 89" },
  { "agreement-in-the-other-lane",
    { { TL_SOURCE_SRV, { "in mail.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "out mail.example.org" } } },
    { NULL },
    "in mail.example.org:993 srv 70, out mail.example.org:465 autodiscover 50" },
  { "at-the-limit-the-weightier-goes-first",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org 143 starttls" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } },
      { TL_SOURCE_DIRECTORY, { "in imap.example.org" } },
      { TL_SOURCE_MX_AUTOCONFIG, { "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:143 autoconfig 89, in imap.example.org:993 srv 89" },

  /* C09: order by trust; who is less trusted can add, never weaken. */
  { "mx-beats-a-web-host-left-behind",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 90, in mail.example.org:993 autoconfig 80" },
  { "mx-beats-however-many-agree",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org" } },
      { TL_SOURCE_DIRECTORY, { "in mail.example.org" } },
      { TL_SOURCE_AUTODISCOVER, { "in mail.example.org" } },
      { TL_SOURCE_SRV, { "in mail.example.org" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 90, in mail.example.org:993 autoconfig 89" },
  { "nobody-reorders-the-table",
    { { TL_SOURCE_PROVIDER_MX, { "out smtp.gmail.com", "out smtp.gmail.com 587 starttls" } },
      { TL_SOURCE_AUTOCONFIG, { "out smtp.gmail.com 587 starttls" } },
      { TL_SOURCE_SRV, { "out smtp.gmail.com 587 starttls" } } },
    { NULL },
    "out smtp.gmail.com:465 provider-mx 90, out smtp.gmail.com:587 provider-mx 90" },
  { "domain-before-mx",
    { { TL_SOURCE_PROVIDER_DOMAIN, { "in imap.gmail.com" } },
      { TL_SOURCE_PROVIDER_MX, { "in imap.fastmail.com" } } },
    { NULL },
    "in imap.gmail.com:993 provider-domain 100, in imap.fastmail.com:993 provider-mx 90" },
  { "proven-pacc-before-mx",
    { { TL_SOURCE_PACC, { "in mail.example.org" }, .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } } },
    { NULL },
    "in mail.example.org:993 pacc 95, in imap.gmail.com:993 provider-mx 90" },
  { "proven-pacc-outside-stays-behind-mx",
    { { TL_SOURCE_PACC, { "in imap.hoster.test" }, .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } },
      { TL_SOURCE_SRV, { "in imap.hoster.test" } },
      { TL_SOURCE_DIRECTORY, { "in imap.hoster.test" } },
      { TL_SOURCE_AUTODISCOVER, { "in imap.hoster.test" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 90, in imap.hoster.test:993 directory 89?" },
  { "proven-pacc-behind-domain",
    { { TL_SOURCE_PROVIDER_DOMAIN, { "in imap.gmail.com" } },
      { TL_SOURCE_PACC, { "in mail.example.org" }, .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_SRV, { "in mail.example.org" } } },
    { NULL },
    "in imap.gmail.com:993 provider-domain 100, in mail.example.org:993 pacc 99" },
  { "table-knows-that-there-is-none",
    { { TL_SOURCE_PROVIDER_MX, { "out smtp.gmail.com" }, .remarks = TL_SOURCE_REMARK_NO_IMAP },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org", "out mail.example.org" } },
      { TL_SOURCE_GUESS, { "in imap.example.org" } } },
    { NULL },
    "out smtp.gmail.com:465 provider-mx 90, out mail.example.org:465 autoconfig 80" },
  { "table-knows-of-nothing-at-all",
    { { TL_SOURCE_PROVIDER_DOMAIN, .remarks = TL_SOURCE_REMARK_NO_IMAP },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org", "out mail.example.org" } } },
    { NULL },
    "" },

  /* Ties */
  { "complete-first",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org" } },
      { TL_SOURCE_WELL_KNOWN, { "in b.example.org", "out b.example.org" } } },
    { NULL },
    "in b.example.org:993 well-known 80, out b.example.org:465 well-known 80, "
    "in a.example.org:993 autoconfig 80" },
  { "complete-before-the-order-of-sources",
    { { TL_SOURCE_AUTOCONFIG, { "out a.example.org" } },
      { TL_SOURCE_WELL_KNOWN, { "in b.example.org", "out b.example.org" } } },
    { NULL },
    "in b.example.org:993 well-known 80, out b.example.org:465 well-known 80, "
    "out a.example.org:465 autoconfig 80" },
  { "weightiest-of-one-group-speaks",
    { { TL_SOURCE_MAILCONF, { "in m.example.org", "out m.example.org" } },
      { TL_SOURCE_SRV, { "in x.example.org", "out m.example.org" } } },
    { NULL },
    "in x.example.org:993 srv 70, out m.example.org:465 srv 70, in m.example.org:993 mailconf 60" },
  { "tls-before-upgrade",
    { { TL_SOURCE_SRV, { "in imap.example.org 143 starttls", "in imap.example.org" } } },
    { NULL },
    "in imap.example.org:993 srv 70, in imap.example.org:143 srv 70" },
  { "own-order-then",
    { { TL_SOURCE_SRV, { "in b.example.org", "in a.example.org" } } }, { NULL },
    "in b.example.org:993 srv 70, in a.example.org:993 srv 70" },
  { "source-order-before-own-order",
    { { TL_SOURCE_AUTOCONFIG, { "in y.example.org", "in x.example.org" } },
      { TL_SOURCE_WELL_KNOWN, { "in w.example.org" } } },
    { NULL },
    "in y.example.org:993 autoconfig 80, in x.example.org:993 autoconfig 80, "
    "in w.example.org:993 well-known 80" },

  /* What trying changes: a stale document never wins. */
  { "stale-and-gone",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org", "in old.example.org 143 starttls" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "gone in old.example.org", "gone in old.example.org 143 starttls",
      "there in imap.example.org" },
    "in imap.example.org:993 srv 70, in old.example.org:993 autoconfig 20, "
    "in old.example.org:143 autoconfig 20" },
  { "gone-on-one-port-only",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org", "in old.example.org 143 starttls" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "gone in old.example.org", "there in old.example.org 143 starttls",
      "there in imap.example.org" },
    "in old.example.org:143 autoconfig 80, in imap.example.org:993 srv 70, "
    "in old.example.org:993 autoconfig 20" },
  { "both-gone",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "gone in old.example.org", "gone in imap.example.org" },
    "in old.example.org:993 autoconfig 80, in imap.example.org:993 srv 70" },
  { "gone-behind-the-first-changes-nothing",
    { { TL_SOURCE_AUTOCONFIG, { "in new.example.org" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "there in new.example.org", "gone in imap.example.org" },
    "in new.example.org:993 autoconfig 80, in imap.example.org:993 srv 70" },
  { "gone-in-the-other-lane",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "gone out old.example.org 993 tls", "there in imap.example.org" },
    "in old.example.org:993 autoconfig 80, in imap.example.org:993 srv 70" },
  { "gone-without-a-contradiction",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org", "in imap.example.org" } },
      { TL_SOURCE_SRV, { "in imap.example.org" } } },
    { "gone in imap.example.org", "there in old.example.org" },
    "in imap.example.org:993 autoconfig 89, in old.example.org:993 autoconfig 80" },
  { "gone-and-only-a-stranger-else",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org" } },
      { TL_SOURCE_SRV, { "in imap.hoster.test" } } },
    { "gone in old.example.org" },
    "in old.example.org:993 autoconfig 80, in imap.hoster.test:993 srv 45?" },
  { "stale-proven-pacc-against-the-table",
    { { TL_SOURCE_PACC, { "in old.example.org" }, .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
      { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com" } } },
    { "gone in old.example.org" },
    "in imap.gmail.com:993 provider-mx 90, in old.example.org:993 pacc 35" },
};

static GPtrArray *
make_probed (const char * const *texts,
             TlAddress          *address)
{
  GPtrArray *probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);

  for (guint i = 0; i < MAX_PROBED && texts[i] != NULL; i++)
    {
      g_autoptr(TlClaim) claim = said_parse_claim (strchr (texts[i], ' ') + 1, TL_SOURCE_SRV,
                                                   address);

      g_ptr_array_add (probed, tl_probed_new (tl_claim_get_lane (claim),
                                              tl_claim_get_endpoint (claim),
                                              g_str_has_prefix (texts[i], "there ")));
    }

  return probed;
}

static char *
rank (TlAddress *address,
      GPtrArray *replies,
      GPtrArray *probed)
{
  g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, probed);
  g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);

  return said_describe (candidates);
}

/* Each case in many orders of arrival: the order must not matter. */
static void
test_rank (gconstpointer data)
{
  const RankCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (c->said, MAX_SOURCES, address);
  g_autoptr(GPtrArray) probed = make_probed (c->probed, address);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SHUFFLES; i++)
    {
      g_autofree char *ranked = rank (address, replies, probed);

      g_assert_cmpstr (ranked, ==, c->ranked);
      said_shuffle (replies, rand);
      said_shuffle (probed, rand);
    }
}

/* Two names that are public suffixes have no owner in common. */
static void
test_public_suffix (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_AUTOCONFIG, { "in co.uk" } },
    { TL_SOURCE_SRV, { "in ac.uk" } },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@co.uk", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (said, MAX_SOURCES, address);
  g_autofree char *ranked = rank (address, replies, NULL);

  g_assert_cmpstr (ranked, ==, "in co.uk:993 autoconfig 80, in ac.uk:993 srv 45?");
}

static void
test_agrees (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_WELL_KNOWN, { "in imap.gmail.com" } },
    { TL_SOURCE_SRV, { "in imap.gmail.com" } },
    { TL_SOURCE_AUTOCONFIG, { "in imap.gmail.com" } },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (said, MAX_SOURCES, address);
  g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, NULL);
  g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);
  g_autofree char *agrees = NULL;

  g_assert_cmpuint (candidates->len, ==, 1);
  agrees = g_strjoinv (" ", (char **) tl_candidate_get_agrees (candidates->pdata[0]));
  g_assert_cmpstr (agrees, ==, "srv well-known");
  g_assert_nonnull (tl_candidate_get_provider (candidates->pdata[0]));
  g_assert_cmpint (tl_candidate_get_trust (candidates->pdata[0]), ==, TL_TRUST_OWN_DOMAIN);
  g_assert_cmpstr (tl_candidate_get_hops (candidates->pdata[0])[0], ==, "in imap.gmail.com");
}

/* Providers share hosts; whoever named the host says whose row it is. */
static void
test_provider (gconstpointer data)
{
  const Said *said = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = said_make_all (said, MAX_SOURCES, address);
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < N_SHUFFLES; i++)
    {
      g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, NULL);
      g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);

      g_assert_cmpuint (candidates->len, ==, 1);
      g_assert_cmpstr (tl_candidate_get_provider (candidates->pdata[0]), ==, "zoho-personal");
      said_shuffle (replies, rand);
    }
}

static const struct
{
  const char *name;
  Said        said[MAX_SOURCES];
} provider_cases[] = {
  { "named", { { TL_SOURCE_PROVIDER_MX, { "in imap.zoho.com" }, .provider = "zoho-personal" } } },
  { "named-by-a-lesser", { { TL_SOURCE_PACC, { "in imap.zoho.com" },
                             .remarks = TL_SOURCE_REMARK_AUTHENTICATED },
                           { TL_SOURCE_PROVIDER_MX, { "in imap.zoho.com" },
                             .provider = "zoho-personal" } } },
  { "named-by-two", { { TL_SOURCE_AUTOCONFIG, { "in imap.zoho.com" } },
                      { TL_SOURCE_PROVIDER_MX, { "in imap.zoho.com" },
                        .provider = "zoho-personal" },
                      { TL_SOURCE_GATEWAY, { "in imap.zoho.com" }, .provider = "zoho" } } },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rank_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/rank/", rank_cases[i].name, NULL);

      g_test_add_data_func (path, &rank_cases[i], test_rank);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (provider_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/provider/", provider_cases[i].name, NULL);

      g_test_add_data_func (path, provider_cases[i].said, test_provider);
    }
  g_test_add_func ("/discovery/public-suffix", test_public_suffix);
  g_test_add_func ("/discovery/agrees", test_agrees);

  return g_test_run ();
}
