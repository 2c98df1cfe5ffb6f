/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-rank.h"

#include <string.h>

#define MAX_CLAIMS  8
#define MAX_PROBED  4
#define MAX_SOURCES 6
#define N_SHUFFLES  200

/* What one source says: "in" or "out", host, port, "tls" or "starttls". */
typedef struct
{
  const char *source;
  const char *says[MAX_CLAIMS];
  gboolean    bogus; /* what it was told carries a wrong signature */
} Said;

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *probed[MAX_PROBED]; /* "in host there" or "in host gone" */
  const char *ranked;             /* "in host:port source score" with "?" where a person confirms */
} RankCase;

static const RankCase rank_cases[] = {
  { "nothing", { { NULL } }, { NULL }, "" },
  { "document",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org 993 tls",
                                "out smtp.example.org 587 starttls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80, out smtp.example.org:587 autoconfig 80" },
  { "document-outside",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test 993 tls" } } }, { NULL },
    "in imap.hoster.test:993 autoconfig 40?" },
  { "document-at-known-provider",
    { { TL_SOURCE_WELL_KNOWN, { "in imap.gmail.com 993 tls" } } }, { NULL },
    "in imap.gmail.com:993 well-known 80" },
  { "srv", { { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } } }, { NULL },
    "in imap.example.org:993 srv 70" },
  { "srv-outside", { { TL_SOURCE_SRV, { "in imap.hoster.test 993 tls" } } }, { NULL },
    "in imap.hoster.test:993 srv 45?" },
  { "srv-at-known-provider", { { TL_SOURCE_SRV, { "in imap.gmail.com 993 tls" } } }, { NULL },
    "in imap.gmail.com:993 srv 70" },
  { "domain-itself", { { TL_SOURCE_SRV, { "in example.org 993 tls" } } }, { NULL },
    "in example.org:993 srv 70" },
  { "guess", { { TL_SOURCE_GUESS, { "in imap.example.org 993 tls" } } }, { NULL },
    "in imap.example.org:993 guess 30" },
  { "guess-not-needed",
    { { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } },
      { TL_SOURCE_GUESS, { "in mail.example.org 993 tls", "out smtp.example.org 465 tls" } } },
    { NULL },
    "in imap.example.org:993 srv 70, out smtp.example.org:465 guess 30" },
  { "guess-beside-unconfirmed",
    { { TL_SOURCE_SRV, { "in imap.hoster.test 993 tls" } },
      { TL_SOURCE_GUESS, { "in mail.example.org 993 tls" } } },
    { NULL },
    "in imap.hoster.test:993 srv 45?, in mail.example.org:993 guess 30" },
  { "guess-under-a-wrong-signature",
    { { TL_SOURCE_SRV, { NULL }, TRUE },
      { TL_SOURCE_GUESS, { "in mail.example.org 993 tls", "out smtp.example.org 465 tls" } } },
    { NULL },
    "" },
  { "document-under-a-wrong-signature",
    { { TL_SOURCE_SRV, { NULL }, TRUE },
      { TL_SOURCE_AUTOCONFIG, { "in imap.example.org 993 tls" } },
      { TL_SOURCE_GUESS, { "out smtp.example.org 465 tls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80" },
  { "agreement",
    { { TL_SOURCE_WELL_KNOWN, { "in imap.example.org 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } } },
    { NULL },
    "in imap.example.org:993 well-known 89" },
  { "agreement-outside",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.hoster.test 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.hoster.test 993 tls" } } },
    { NULL },
    "in imap.hoster.test:993 srv 55?" },
  { "same-hand-is-no-agreement",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org 993 tls" } },
      { TL_SOURCE_WELL_KNOWN, { "in imap.example.org 993 tls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80" },
  { "other-port-is-no-agreement",
    { { TL_SOURCE_AUTOCONFIG, { "in imap.example.org 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 143 starttls" } } },
    { NULL },
    "in imap.example.org:993 autoconfig 80, in imap.example.org:143 srv 70" },
  { "mx-beats-a-web-host-left-behind",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com 993 tls" } },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org 993 tls" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 90, in mail.example.org:993 autoconfig 80" },
  { "mx-beats-however-many-agree",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com 993 tls" } },
      { TL_SOURCE_AUTOCONFIG, { "in mail.example.org 993 tls" } },
      { TL_SOURCE_WELL_KNOWN, { "in mail.example.org 993 tls" } },
      { TL_SOURCE_SRV, { "in mail.example.org 993 tls" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 90, in mail.example.org:993 autoconfig 89" },
  { "mx-and-all-agree",
    { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com 993 tls" } },
      { TL_SOURCE_AUTOCONFIG, { "in imap.gmail.com 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.gmail.com 993 tls" } } },
    { NULL },
    "in imap.gmail.com:993 provider-mx 110" },
  { "domain-before-mx",
    { { TL_SOURCE_PROVIDER_DOMAIN, { "in imap.gmail.com 993 tls" } },
      { TL_SOURCE_PROVIDER_MX, { "in imap.fastmail.com 993 tls" } } },
    { NULL },
    "in imap.gmail.com:993 provider-domain 100, in imap.fastmail.com:993 provider-mx 90" },
  { "complete-first",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls" } },
      { TL_SOURCE_WELL_KNOWN, { "in b.example.org 993 tls", "out b.example.org 465 tls" } } },
    { NULL },
    "in b.example.org:993 well-known 80, out b.example.org:465 well-known 80, "
    "in a.example.org:993 autoconfig 80" },
  { "tls-before-upgrade",
    { { TL_SOURCE_SRV, { "in imap.example.org 143 starttls", "in imap.example.org 993 tls" } } },
    { NULL },
    "in imap.example.org:993 srv 70, in imap.example.org:143 srv 70" },
  { "own-order-then",
    { { TL_SOURCE_SRV, { "in b.example.org 993 tls", "in a.example.org 993 tls" } } }, { NULL },
    "in b.example.org:993 srv 70, in a.example.org:993 srv 70" },
  { "source-order-before-own-order",
    { { TL_SOURCE_AUTOCONFIG, { "in y.example.org 993 tls", "in x.example.org 993 tls" } },
      { TL_SOURCE_WELL_KNOWN, { "in w.example.org 993 tls" } } },
    { NULL },
    "in y.example.org:993 autoconfig 80, in x.example.org:993 autoconfig 80, "
    "in w.example.org:993 well-known 80" },
  { "stale-and-gone",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org 993 tls", "in old.example.org 143 starttls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } } },
    { "in old.example.org gone", "in imap.example.org there" },
    "in imap.example.org:993 srv 70, in old.example.org:993 autoconfig 20, "
    "in old.example.org:143 autoconfig 20" },
  { "both-gone",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } } },
    { "in old.example.org gone", "in imap.example.org gone" },
    "in old.example.org:993 autoconfig 80, in imap.example.org:993 srv 70" },
  { "gone-in-the-other-lane",
    { { TL_SOURCE_AUTOCONFIG, { "in old.example.org 993 tls" } },
      { TL_SOURCE_SRV, { "in imap.example.org 993 tls" } } },
    { "out old.example.org gone", "in imap.example.org there" },
    "in old.example.org:993 autoconfig 80, in imap.example.org:993 srv 70" },
};

static TlClaim *
claim_new (const char *text,
           TlAddress  *address,
           TlTrust     trust)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  TlLaneKind lane = g_str_equal (words[0], "in") ? TL_LANE_INCOMING : TL_LANE_OUTGOING;
  g_autoptr(TlEndpoint) endpoint = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;
  g_autoptr(GError) error = NULL;

  endpoint = tl_endpoint_new (words[1], (guint16) g_ascii_strtoull (words[2], NULL, 10),
                              g_str_equal (words[3],
                                           "tls") ? TL_SECURITY_TLS : TL_SECURITY_STARTTLS,
                              &error);
  g_assert_no_error (error);
  settings = tl_lane_settings_new (tl_protocol_for_lane (lane),
                                   endpoint, TL_AUTH_PASSWORD, tl_address_get_addr_spec (address),
                                   &error);
  g_assert_no_error (error);

  return tl_claim_new (lane, settings, trust, (const char * const []) { text, NULL });
}

static TlTrust
find_trust (const char *source)
{
  if (g_str_has_prefix (source, "provider-"))
    return TL_TRUST_CURATED;
  if (g_str_equal (source, TL_SOURCE_SRV))
    return TL_TRUST_UNSIGNED_DNS;
  if (g_str_equal (source, TL_SOURCE_GUESS))
    return TL_TRUST_GUESSED;

  return TL_TRUST_OWN_DOMAIN;
}

static GPtrArray *
make_replies (const Said *said,
              TlAddress  *address)
{
  GPtrArray *replies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);

  for (guint i = 0; i < MAX_SOURCES && said[i].source != NULL; i++)
    {
      g_autoptr(GPtrArray) claims =
        g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

      for (guint j = 0; j < MAX_CLAIMS && said[i].says[j] != NULL; j++)
        g_ptr_array_add (claims, claim_new (said[i].says[j], address, find_trust (said[i].source)));
      g_ptr_array_add (replies, tl_source_reply_new (said[i].source,
                                                     said[i].bogus ? TL_SOURCE_STATUS_BOGUS
                                                                   : TL_SOURCE_STATUS_ANSWERED,
                                                     claims,
                                                     TL_SOURCE_REMARK_NONE, NULL));
    }

  return replies;
}

static GPtrArray *
make_probed (const char * const *texts)
{
  GPtrArray *probed = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_probed_free);

  for (guint i = 0; i < MAX_PROBED && texts[i] != NULL; i++)
    {
      g_auto(GStrv) words = g_strsplit (texts[i], " ", -1);

      g_ptr_array_add (probed, tl_probed_new (g_str_equal (words[0], "in") ? TL_LANE_INCOMING
                                                                          : TL_LANE_OUTGOING,
                                              words[1], g_str_equal (words[2], "there")));
    }

  return probed;
}

static char *
describe (GPtrArray *candidates)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < candidates->len; i++)
    {
      TlCandidate *candidate = candidates->pdata[i];
      TlEndpoint *endpoint = tl_lane_settings_get_endpoint (tl_candidate_get_settings (candidate));
      g_autofree char *place = tl_endpoint_to_string (endpoint);

      g_string_append_printf (out, "%s%s %s %s %u%s", i > 0 ? ", " : "",
                              tl_candidate_get_lane (candidate) == TL_LANE_INCOMING ? "in" : "out",
                              place, tl_candidate_get_source (candidate),
                              tl_candidate_get_score (candidate),
                              tl_candidate_get_confirm (candidate) ? "?" : "");
    }

  return g_string_free (out, FALSE);
}

static void
shuffle (GPtrArray *array)
{
  for (guint i = array->len; i > 1; i--)
    {
      guint j = (guint) g_test_rand_int_range (0, (gint32) i);
      gpointer kept = array->pdata[i - 1];

      array->pdata[i - 1] = array->pdata[j];
      array->pdata[j] = kept;
    }
}

/* Each case in many orders of arrival: the order must not matter. */
static void
test_rank (gconstpointer data)
{
  const RankCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = make_replies (c->said, address);
  g_autoptr(GPtrArray) probed = make_probed (c->probed);

  for (guint i = 0; i < N_SHUFFLES; i++)
    {
      g_autoptr(GPtrArray) candidates = tl_discovery_rank (address, replies, probed);
      g_autofree char *ranked = describe (candidates);

      g_assert_cmpstr (ranked, ==, c->ranked);
      shuffle (replies);
      shuffle (probed);
    }
}

/* Replies at random: any order of arrival gives the same bytes. */
static void
test_shuffled (void)
{
  static const char * const sources[] = {
    TL_SOURCE_PROVIDER_MX, TL_SOURCE_AUTOCONFIG, TL_SOURCE_WELL_KNOWN, TL_SOURCE_SRV,
    TL_SOURCE_GUESS,
  };
  static const char * const hosts[] = {
    "imap.example.org", "mail.example.org", "imap.hoster.test", "imap.gmail.com", "example.org",
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr(GPtrArray) replies =
        g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
      g_autoptr(GPtrArray) first = NULL;
      g_autofree char *expected = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
        {
          g_autoptr(GPtrArray) claims =
            g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
          gint32 n = g_test_rand_int_range (0, 5);

          for (gint32 j = 0; j < n; j++)
            {
              g_autofree char *text =
                g_strdup_printf ("%s %s %s", g_test_rand_bit () ? "in" : "out",
                                 hosts[g_test_rand_int_range (0, G_N_ELEMENTS (hosts))],
                                 g_test_rand_bit () ? "993 tls" : "143 starttls");

              g_ptr_array_add (claims, claim_new (text, address, find_trust (sources[i])));
            }
          g_ptr_array_add (replies, tl_source_reply_new (sources[i], TL_SOURCE_STATUS_ANSWERED,
                                                         claims,
                                                         TL_SOURCE_REMARK_NONE, NULL));
        }

      first = tl_discovery_rank (address, replies, NULL);
      expected = describe (first);
      for (guint turn = 0; turn < 10; turn++)
        {
          g_autoptr(GPtrArray) again = NULL;
          g_autofree char *found = NULL;

          shuffle (replies);
          again = tl_discovery_rank (address, replies, NULL);
          found = describe (again);
          g_assert_cmpstr (found, ==, expected);
        }
    }
}

static void
test_agrees (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_WELL_KNOWN, { "in imap.gmail.com 993 tls" } },
    { TL_SOURCE_SRV, { "in imap.gmail.com 993 tls" } },
    { TL_SOURCE_AUTOCONFIG, { "in imap.gmail.com 993 tls" } },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = make_replies (said, address);
  g_autoptr(GPtrArray) candidates = tl_discovery_rank (address, replies, NULL);
  g_autofree char *agrees = NULL;

  g_assert_cmpuint (candidates->len, ==, 1);
  agrees = g_strjoinv (" ", (char **) tl_candidate_get_agrees (candidates->pdata[0]));
  g_assert_cmpstr (agrees, ==, "srv well-known");
  g_assert_cmpstr (tl_candidate_get_provider (candidates->pdata[0]), ==, "google");
  g_assert_cmpint (tl_candidate_get_trust (candidates->pdata[0]), ==, TL_TRUST_OWN_DOMAIN);
  g_assert_cmpstr (tl_candidate_get_hops (candidates->pdata[0])[0], ==,
                   "in imap.gmail.com 993 tls");
}

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *contested; /* "in host", by spaces and commas */
} ContestedCase;

static const ContestedCase contested_cases[] = {
  { "agree", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls" } },
               { TL_SOURCE_SRV, { "in a.example.org 143 starttls" } } }, "" },
  { "one-in-common", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls",
                                                 "in b.example.org 993 tls" } },
                       { TL_SOURCE_SRV, { "in b.example.org 993 tls" } } }, "" },
  { "disagree", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 143 starttls",
                                            "in a.example.org 993 tls" } },
                  { TL_SOURCE_SRV, { "in b.example.org 993 tls" } } },
    "in a.example.org:993, in b.example.org:993" },
  { "one-lane", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls",
                                            "out c.example.org 465 tls" } },
                  { TL_SOURCE_SRV, { "in a.example.org 993 tls", "out d.example.org 465 tls" } } },
    "out c.example.org:465, out d.example.org:465" },
  { "with-a-guess", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls" } },
                      { TL_SOURCE_GUESS, { "in b.example.org 993 tls" } } }, "" },
  { "with-the-table", { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com 993 tls" } },
                        { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls" } },
                        { TL_SOURCE_SRV, { "in b.example.org 993 tls" } } }, "" },
  { "with-a-stranger", { { TL_SOURCE_AUTOCONFIG, { "in a.example.org 993 tls" } },
                         { TL_SOURCE_SRV, { "in imap.hoster.test 993 tls" } } }, "" },
};

static void
test_contested (gconstpointer data)
{
  const ContestedCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = make_replies (c->said, address);
  g_autoptr(GPtrArray) contested = tl_discovery_list_contested (address, replies);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < contested->len; i++)
    {
      g_autofree char *place = tl_endpoint_to_string (tl_claim_get_endpoint (contested->pdata[i]));

      g_string_append_printf (found, "%s%s %s", i > 0 ? ", " : "",
                              tl_claim_get_lane (contested->pdata[i]) == TL_LANE_INCOMING
                                ? "in" : "out",
                              place);
    }
  g_assert_cmpstr (found->str, ==, c->contested);
}

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *source;
  gboolean    may_matter;
} MatterCase;

#define BOTH(host) { "in " host " 993 tls", "out " host " 465 tls" }

static const MatterCase matter_cases[] = {
  { "nothing-yet", { { NULL } }, TL_SOURCE_GUESS, TRUE },
  { "guess-after-srv", { { TL_SOURCE_SRV, BOTH ("a.example.org") } }, TL_SOURCE_GUESS, FALSE },
  { "guess-after-one-lane", { { TL_SOURCE_SRV, { "in a.example.org 993 tls" } } }, TL_SOURCE_GUESS,
    TRUE },
  { "guess-after-stranger", { { TL_SOURCE_SRV, BOTH ("a.hoster.test") } }, TL_SOURCE_GUESS, TRUE },
  { "document-after-srv", { { TL_SOURCE_SRV, BOTH ("a.example.org") } }, TL_SOURCE_AUTOCONFIG,
    TRUE },
  { "srv-after-document", { { TL_SOURCE_AUTOCONFIG, BOTH ("a.example.org") } }, TL_SOURCE_SRV,
    TRUE },
  { "document-after-table", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } },
    TL_SOURCE_AUTOCONFIG, FALSE },
  { "guess-after-table", { { TL_SOURCE_PROVIDER_MX, BOTH ("imap.gmail.com") } }, TL_SOURCE_GUESS,
    FALSE },
  { "mx-after-domain", { { TL_SOURCE_PROVIDER_DOMAIN, BOTH ("imap.gmail.com") } },
    TL_SOURCE_PROVIDER_MX, FALSE },
};

static void
test_may_matter (gconstpointer data)
{
  const MatterCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) replies = make_replies (c->said, address);

  g_assert_cmpint (tl_discovery_may_matter (address, replies, c->source), ==, c->may_matter);
}

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
  for (gsize i = 0; i < G_N_ELEMENTS (contested_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/contested/", contested_cases[i].name, NULL);

      g_test_add_data_func (path, &contested_cases[i], test_contested);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (matter_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/may-matter/", matter_cases[i].name, NULL);

      g_test_add_data_func (path, &matter_cases[i], test_may_matter);
    }
  g_test_add_func ("/discovery/rank-shuffled", test_shuffled);
  g_test_add_func ("/discovery/agrees", test_agrees);

  return g_test_run ();
}
