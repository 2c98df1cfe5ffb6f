/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-judge.h"

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
  { "bogus-but-a-document", { { TL_SOURCE_SRV, .status = TL_SOURCE_STATUS_BOGUS },
                              { TL_SOURCE_AUTOCONFIG, IN_OUT } }, "resolve.dnssec-bogus/none" },

  { "one-lane-missing", { { TL_SOURCE_SRV, { "in imap.example.org" } } },
    "discover.nothing-found/outgoing" },
  { "no-imap", { { TL_SOURCE_SRV, { "out smtp.example.org" },
                   .remarks = TL_SOURCE_REMARK_NO_IMAP } }, "discover.no-imap-service/incoming" },

  { "untrusted-only", { { TL_SOURCE_SRV, { "in imap.hoster.test", "out smtp.hoster.test" } } },
    "discover.untrusted-only/incoming discover.untrusted-only/outgoing" },
  { "untrusted-and-guessed", { { TL_SOURCE_SRV, { "in imap.hoster.test" } },
                               { TL_SOURCE_GUESS, IN_OUT } }, "" },

  /* C09: the difference is shown, whoever wins. */
  { "conflict", { { TL_SOURCE_AUTOCONFIG, { "in old.example.org", "out smtp.example.org" } },
                  { TL_SOURCE_SRV, IN_OUT } }, "discover.conflict/incoming" },
  { "conflict-with-table", { { TL_SOURCE_PROVIDER_MX, { "in imap.gmail.com",
                                                        "out smtp.gmail.com" } },
                             { TL_SOURCE_AUTOCONFIG, IN_OUT } },
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
    "discover.nothing-found/none discover.https-only/none" },
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
    "discover.nothing-found/none discover.gateway/none" },
  { "gateway-and-a-document", { { TL_SOURCE_GATEWAY, { "in imap.gmail.com", "out smtp.gmail.com" },
                                  .remarks = TL_SOURCE_REMARK_GATEWAY },
                                { TL_SOURCE_AUTOCONFIG, { "in imap.gmail.com",
                                                          "out smtp.gmail.com" } } }, "" },
  { "forward-only", { { TL_SOURCE_GATEWAY, .status = TL_SOURCE_STATUS_EVIDENCE,
                        .remarks = TL_SOURCE_REMARK_FORWARD_ONLY } },
    "discover.nothing-found/none discover.forward-only/none" },
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

static const struct
{
  const char *name;
  const char *says[2];
  const char *findings; /* ids, by spaces */
} pop3_cases[] = {
  { "only", { "out smtp.example.org" }, "discover.pop3-only" },
  { "alone", { NULL }, "discover.pop3-only discover.nothing-found" },
  { "besides", IN_OUT, "" },
};

static void
test_pop3 (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);
  g_autoptr(GPtrArray) rejections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) replies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(TlRanking) ranking = NULL;
  g_autoptr(GPtrArray) candidates = NULL;
  g_autoptr(GString) found = g_string_new (NULL);

  for (guint j = 0; j < 2 && pop3_cases[i].says[j] != NULL; j++)
    g_ptr_array_add (claims, said_parse_claim (pop3_cases[i].says[j], TL_SOURCE_AUTOCONFIG,
                                               address));
  g_ptr_array_add (rejections, tl_rejection_new (TL_LANE_INCOMING, TL_SOURCE_AUTOCONFIG,
                                                 "pop.example.org", TL_REJECTION_POP3));
  g_ptr_array_add (replies, tl_source_reply_new (TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED,
                                                 &(TlSourceFacts) {
                                                   .claims = claims,
                                                   .rejections = rejections,
                                                 }));
  ranking = tl_ranking_new (address, replies, NULL);
  candidates = tl_ranking_list_candidates (ranking);
  findings = tl_discovery_judge (address, replies, candidates);

  for (guint j = 0; j < findings->len; j++)
    g_string_append_printf (found, "%s%s", j > 0 ? " " : "",
                            tl_finding_get_id (findings->pdata[j]));
  g_assert_cmpstr (found->str, ==, pop3_cases[i].findings);
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
  g_test_add_func ("/discovery/gateway-names-both", test_gateway_names_both);
  g_test_add_func ("/discovery/slip-suggests", test_slip_suggests);
  for (gsize i = 0; i < G_N_ELEMENTS (pop3_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/pop3/", pop3_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_pop3);
    }

  return g_test_run ();
}
