/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-judge.h"

#include <string.h>

#include "said.h"
#include "tl-finding.h"
#include "tl-ranking.h"

#define MAX_SOURCES 4

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *findings; /* "id/lane", in order, by spaces */
  const char *domain;   /* NULL: example.org */
} JudgeCase;

#define IN_OUT { "in imap.example.org", "out smtp.example.org" }

static const JudgeCase judge_cases[] = {
  { "well", { { TL_SOURCE_SRV, IN_OUT } }, "" },
  { "nothing", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING } },
    "discover.nothing-found/none" },

  /* D01, D02, D06, D07, D09: what became of the domain's own name. */
  { "no-domain", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NXDOMAIN },
                   { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_NXDOMAIN } },
    "resolve.nxdomain/none" },
  { "no-autoconfig-name-is-normal",
    { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING },
      { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_NXDOMAIN } },
    "discover.nothing-found/none" },
  { "no-srv-name-is-normal", { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_NXDOMAIN } },
    "discover.nothing-found/none" },
  { "servfail", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_SERVFAIL } },
    "resolve.servfail/none" },
  { "timeout", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_TIMEOUT } },
    "resolve.timeout/none" },
  { "loop", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_LOOP } }, "resolve.loop/none" },
  { "truncated", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_TRUNCATED } },
    "resolve.truncated/none" },
  { "timeout-but-found", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_TIMEOUT },
                           { TL_SOURCE_AUTOCONFIG, IN_OUT } }, "" },
  { "bogus", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_BOGUS } },
    "resolve.dnssec-bogus/none" },
  { "bogus-srv", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING },
                   { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS } },
    "resolve.dnssec-bogus/none" },
  { "bogus-and-guessed", { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
                           { TL_SOURCE_GUESS, IN_OUT } }, "resolve.dnssec-bogus/none" },
  { "bogus-and-one-lane", { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
                            { TL_SOURCE_AUTOCONFIG, { "in imap.example.org" } } },
    "resolve.dnssec-bogus/none discover.nothing-found/outgoing" },
  { "bogus-but-a-document", { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
                              { TL_SOURCE_AUTOCONFIG, IN_OUT } }, "resolve.dnssec-bogus/none" },

  { "one-lane-missing", { { TL_SOURCE_SRV, { "in imap.example.org" } } },
    "discover.nothing-found/outgoing" },
  { "no-imap", { { TL_SOURCE_SRV, { "out smtp.example.org" },
                   .remarks = TL_SOURCE_REMARK_NO_IMAP } }, "discover.no-imap-service/incoming" },

  { "no-imap-is-not-about-sending", { { TL_SOURCE_SRV, { "in imap.example.org" },
                                        .remarks = TL_SOURCE_REMARK_NO_IMAP } },
    "discover.nothing-found/outgoing" },

  { "untrusted-only", { { TL_SOURCE_SRV, { "in imap.hoster.test", "out smtp.hoster.test" } } },
    "discover.untrusted-only/none" },
  { "untrusted-each-from-elsewhere", { { TL_SOURCE_SRV, { "in imap.hoster.test" } },
                                       { TL_SOURCE_DIRECTORY, { "out smtp.hoster.test" } } },
    "discover.untrusted-only/incoming discover.untrusted-only/outgoing" },
  { "untrusted-and-guessed", { { TL_SOURCE_SRV, { "in imap.hoster.test" } },
                               { TL_SOURCE_GUESS, IN_OUT } }, "" },

  /* C09: the difference is shown, whoever wins. */
  { "conflict", { { TL_SOURCE_AUTOCONFIG, { "in old.example.org", "out smtp.example.org" } },
                  { TL_SOURCE_SRV, IN_OUT } }, "discover.conflict/incoming" },
  { "conflict-with-table", { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com",
                                                        "out smtp.gmail.com" } },
                             { TL_SOURCE_AUTOCONFIG, IN_OUT } },
    "discover.conflict/none" },
  { "conflict-of-others-in-each-lane",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "out a.example.org" } },
      { TL_SOURCE_SRV, { "in b.example.org" } },
      { TL_SOURCE_DIRECTORY, { "out c.example.org" } } },
    "discover.conflict/incoming discover.conflict/outgoing" },
  { "conflict-won-by-others-in-each-lane",
    { { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "out a.hoster.test" } },
      { TL_SOURCE_SRV, { "in b.example.org", "out b.example.org" } } },
    "discover.conflict/incoming discover.conflict/outgoing" },
  { "conflict-with-a-stranger", { { TL_SOURCE_AUTOCONFIG, IN_OUT },
                                  { TL_SOURCE_SRV, { "in imap.hoster.test" } } },
    "discover.conflict/incoming" },

  { "damaged", { { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_BAD_DOCUMENT,
                   .detail = "is not well-formed" },
                 { TL_SOURCE_SRV, IN_OUT } }, "discover.bad-document/none" },
  { "damaged-at-a-third-party", { { TL_SOURCE_DIRECTORY, .status = TL_SOURCE_STATUS_BAD_DOCUMENT,
                                    .detail = "is not well-formed" },
                                  { TL_SOURCE_SRV, IN_OUT } }, "" },
  { "detail-of-a-good-one", { { TL_SOURCE_AUTOCONFIG, IN_OUT, .detail = "autoconfig 1.1" } }, "" },
  { "too-large", { { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_BAD_DOCUMENT,
                     .detail = "is larger than 256 KiB" },
                   { TL_SOURCE_SRV, IN_OUT } }, "discover.bad-document/none" },
  { "web-page", { { TL_SOURCE_WELL_KNOWN, .status = TL_SOURCE_STATUS_BAD_DOCUMENT },
                  { TL_SOURCE_SRV, IN_OUT } }, "" },

  /* C01 */
  { "only-without-protection", { { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_REFUSED,
                                   .remarks = TL_SOURCE_REMARK_PLAIN_HTTP } },
    "discover.https-only/none" },
  { "without-protection-besides", { { TL_SOURCE_AUTOCONFIG, .status = TL_SOURCE_STATUS_REFUSED,
                                      .remarks = TL_SOURCE_REMARK_PLAIN_HTTP },
                                    { TL_SOURCE_SRV, IN_OUT } }, "discover.https-only/none" },

  /* N15, D15: whatever the portal says of names is of its own making. */
  { "portal", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_BOGUS },
                { TL_SOURCE_WELL_KNOWN, .status = TL_SOURCE_STATUS_BAD_CERTIFICATE,
                  .remarks = TL_SOURCE_REMARK_PORTAL } }, "discover.captive-portal/none" },
  { "portal-suspected-and-found", { { TL_SOURCE_WELL_KNOWN, .remarks = TL_SOURCE_REMARK_PORTAL },
                                    { TL_SOURCE_SRV, IN_OUT } }, "" },

  { "gateway", { { TL_SOURCE_GATEWAY, { "in imap.gmail.com", "out smtp.gmail.com" },
                   .remarks = TL_SOURCE_REMARK_GATEWAY } }, "discover.gateway/none" },
  { "gateway-and-nothing-behind", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                                      .remarks = TL_SOURCE_REMARK_GATEWAY } },
    "discover.gateway-blind/none" },
  { "gateway-and-half-a-lane", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                                   .remarks = TL_SOURCE_REMARK_GATEWAY },
                                 { TL_SOURCE_SRV, { "in imap.example.org" } } },
    "discover.gateway-blind/outgoing" },
  { "exchange", { { TL_SOURCE_AUTODISCOVER, .status = TL_SOURCE_STATUS_EVIDENCE,
                    .remarks = TL_SOURCE_REMARK_EXCHANGE } }, "discover.exchange/none" },
  { "exchange-behind-a-gateway", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                                     .remarks = TL_SOURCE_REMARK_GATEWAY },
                                   { TL_SOURCE_AUTODISCOVER, .status = TL_SOURCE_STATUS_EVIDENCE,
                                     .remarks = TL_SOURCE_REMARK_EXCHANGE } },
    "discover.exchange/none" },
  { "exchange-and-one-lane", { { TL_SOURCE_AUTODISCOVER, .status = TL_SOURCE_STATUS_EVIDENCE,
                                 .remarks = TL_SOURCE_REMARK_EXCHANGE },
                               { TL_SOURCE_SRV, { "in imap.example.org" } } },
    "discover.exchange/outgoing" },
  { "exchange-and-found", { { TL_SOURCE_AUTODISCOVER, .status = TL_SOURCE_STATUS_EVIDENCE,
                              .remarks = TL_SOURCE_REMARK_EXCHANGE },
                            { TL_SOURCE_SRV, IN_OUT } }, "" },
  { "gateway-and-a-document", { { TL_SOURCE_GATEWAY, { "in imap.gmail.com", "out smtp.gmail.com" },
                                  .remarks = TL_SOURCE_REMARK_GATEWAY },
                                { TL_SOURCE_AUTOCONFIG, { "in imap.gmail.com",
                                                          "out smtp.gmail.com" } } }, "" },
  { "forward-only", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                        .remarks = TL_SOURCE_REMARK_FORWARD_ONLY } },
    "discover.forward-only/none" },
  { "forward-and-a-mailbox", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                                 .remarks = TL_SOURCE_REMARK_FORWARD_ONLY },
                               { TL_SOURCE_SRV, IN_OUT } }, "discover.forward-only/none" },

  /* D01: the slip is found without asking anybody. */
  { "slip-of-the-finger", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NXDOMAIN } },
    "resolve.nxdomain/none input.looks-mistyped/none", "gmial.com" },
  { "slip-and-nobody-home", { { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NOTHING } },
    "discover.nothing-found/none input.looks-mistyped/none", "gmial.com" },
  { "no-slip-where-somebody-is",
    { { TL_SOURCE_SRV, { "in mail.gmial.com", "out mail.gmial.com" } } },
    "", "gmial.com" },
};

static GPtrArray *
judge (const Said *said,
       TlAddress  *address)
{
  g_autoptr(GPtrArray) replies = said_make_all (said, MAX_SOURCES, address);
  g_autoptr(TlRanking) ranking = tl_ranking_new (address, replies, NULL);
  g_autoptr(GPtrArray) candidates = tl_ranking_list_candidates (ranking);

  return tl_discovery_judge (address, replies, candidates);
}

static void
test_judge (gconstpointer data)
{
  const JudgeCase *c = data;
  const char *domain = c->domain != NULL ? c->domain : "example.org";
  g_autofree char *spec = g_strconcat ("ada@", domain, NULL);
  g_autoptr(TlAddress) address = tl_address_parse (spec, NULL);
  g_autoptr(GPtrArray) findings = judge (c->said, address);
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      TlFinding *finding = findings->pdata[i];

      g_string_append_printf (found, "%s%s/%s", i > 0 ? " " : "", tl_finding_get_id (finding),
                              tl_finding_get_lane (finding) == TL_LANE_NONE
                                ? "none" : tl_lane_kind_get_nick (tl_finding_get_lane (finding)));
      g_assert_nonnull (tl_finding_get_entry (finding));
      g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (finding),
                                               TL_EVIDENCE_DOMAIN),
                       ==, domain);
    }
  g_assert_cmpstr (found->str, ==, c->findings);
}

static void
test_conflict_names_hosts (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_AUTOCONFIG, { "in old.example.org" } },
    { TL_SOURCE_SRV, IN_OUT },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) findings = judge (said, address);
  GVariant *evidence = tl_finding_get_evidence (findings->pdata[0]);
  g_autofree const char **names = NULL;

  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_HOST), ==, "old.example.org");
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_SOURCE), ==, TL_SOURCE_AUTOCONFIG);
  g_assert_true (g_variant_lookup (evidence, TL_EVIDENCE_NAMES, "^a&s", &names));
  g_assert_cmpstr (names[0], ==, "old.example.org");
  g_assert_cmpstr (names[1], ==, "imap.example.org");
  g_assert_null (names[2]);
}

/* Both lanes in one finding: the servers of both. */
static void
test_conflict_names_both_lanes (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_AUTOCONFIG, { "in a.example.org", "out b.example.org" } },
    { TL_SOURCE_SRV, IN_OUT },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) findings = judge (said, address);
  g_autofree const char **names = NULL;
  g_autofree char *explanation = NULL;
  g_autofree char *all = NULL;

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_true (g_variant_lookup (tl_finding_get_evidence (findings->pdata[0]), TL_EVIDENCE_NAMES,
                                   "^a&s", &names));
  all = g_strjoinv (" ", (char **) names);
  g_assert_cmpstr (all, ==, "a.example.org b.example.org imap.example.org smtp.example.org");
  explanation = tl_finding_dup_explanation (findings->pdata[0]);
  g_assert_nonnull (strstr (explanation, "imap.example.org"));
}

static void
test_gateway_names_both (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_GATEWAY, { "in imap.gmail.com", "out smtp.gmail.com" },
      .remarks = TL_SOURCE_REMARK_GATEWAY, .gateway = "mimecast", .detail = "said otherwise" },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) findings = judge (said, address);
  GVariant *evidence = tl_finding_get_evidence (findings->pdata[0]);

  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_GATEWAY), ==, "Mimecast");
  g_assert_nonnull (tl_evidence_get_string (evidence, TL_EVIDENCE_PROVIDER));
}

static void
test_slip_suggests (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_PROVIDER_MX, .status = TL_SOURCE_STATUS_NXDOMAIN },
  };
  g_autoptr(TlAddress) address = tl_address_parse ("ada@gmial.com", NULL);
  g_autoptr(GPtrArray) findings = judge (said, address);

  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (findings->pdata[1]),
                                           TL_EVIDENCE_SUGGESTION), ==, "gmail.com");
}

typedef struct
{
  const char        *name;
  const char        *says[2];
  TlRejectionReason  rejected[TL_N_LANES]; /* LIST_CUT: none of that lane */
  TlSourceStatus     status;
  const char        *findings;             /* ids, by spaces */
} RejectedCase;

#define ONLY(reason) { reason, TL_REJECTION_LIST_CUT }
#define TWICE(reason) { reason, reason }

static const RejectedCase rejected_cases[] = {
  { "pop3-only", { "out smtp.example.org" }, ONLY (TL_REJECTION_POP3), .findings =
    "discover.pop3-only" },
  { "pop3-alone", { NULL }, ONLY (TL_REJECTION_POP3), .findings =
    "discover.pop3-only discover.nothing-found" },
  { "pop3-besides", IN_OUT, ONLY (TL_REJECTION_POP3), .findings = "" },

  /* C08: servers were named, in a file that can be read. */
  { "plain-only", { NULL }, TWICE (TL_REJECTION_PLAINTEXT), TL_SOURCE_STATUS_BAD_DOCUMENT,
    "discover.plaintext-only" },
  { "plain-in-one-lane", { "in imap.example.org" },
    { TL_REJECTION_LIST_CUT, TL_REJECTION_PLAINTEXT }, .findings = "discover.plaintext-only" },
  { "plain-besides", IN_OUT, TWICE (TL_REJECTION_PLAINTEXT), .findings = "" },
  { "plain-and-pop3", { NULL }, { TL_REJECTION_POP3, TL_REJECTION_PLAINTEXT },
    TL_SOURCE_STATUS_BAD_DOCUMENT, "discover.pop3-only discover.plaintext-only" },
  { "bad-hosts", { NULL }, TWICE (TL_REJECTION_BAD_HOST), TL_SOURCE_STATUS_BAD_DOCUMENT,
    "discover.nothing-found discover.bad-document" },
};

static void
test_rejected (gconstpointer data)
{
  const RejectedCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) replies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(TlRanking) ranking = NULL;
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint j = 0; j < 2 && c->says[j] != NULL; j++)
    g_ptr_array_add (claims, said_parse_claim (c->says[j], TL_SOURCE_AUTOCONFIG, address));
  for (guint j = 0; j < TL_N_LANES; j++)
    {
      if (c->rejected[j] != TL_REJECTION_LIST_CUT)
        g_ptr_array_add (rejections, tl_rejection_new (tl_lanes[j], TL_SOURCE_AUTOCONFIG,
                                                       "old.example.org", c->rejected[j]));
    }
  g_ptr_array_add (replies, tl_source_reply_new (TL_SOURCE_AUTOCONFIG, c->status,
                                                 &(TlSourceFacts) {
                                                   .claims = claims,
                                                   .rejections = rejections,
                                                   .detail = "names no server that can be used",
                                                 }));
  ranking = tl_ranking_new (address, replies, NULL);
  candidates = tl_ranking_list_candidates (ranking);
  findings = tl_discovery_judge (address, replies, candidates);

  for (guint j = 0; j < findings->len; j++)
    g_string_append_printf (found, "%s%s", j > 0 ? " " : "",
                            tl_finding_get_id (findings->pdata[j]));
  g_assert_cmpstr (found->str, ==, c->findings);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (judge_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/judge/", judge_cases[i].name, NULL);

      g_test_add_data_func (path, &judge_cases[i], test_judge);
    }
  g_test_add_func ("/discovery/conflict-names-hosts", test_conflict_names_hosts);
  g_test_add_func ("/discovery/conflict-names-both-lanes", test_conflict_names_both_lanes);
  g_test_add_func ("/discovery/gateway-names-both", test_gateway_names_both);
  g_test_add_func ("/discovery/slip-suggests", test_slip_suggests);
  for (gsize i = 0; i < G_N_ELEMENTS (rejected_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/rejected/", rejected_cases[i].name, NULL);

      g_test_add_data_func (path, &rejected_cases[i], test_rejected);
    }

  return g_test_run ();
}
