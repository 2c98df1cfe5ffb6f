/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-judge.h"

#include "tl-discovery-rank.h"
#include "tl-finding.h"

#define MAX_SOURCES 4
#define MAX_CLAIMS  3

typedef struct
{
  const char      *source;
  TlSourceStatus   status;
  const char      *says[MAX_CLAIMS]; /* "in host" or "out host" */
  TlSourceRemarks  remarks;
  const char      *detail;
} Said;

typedef struct
{
  const char *name;
  Said        said[MAX_SOURCES];
  const char *findings; /* "id/lane", in order, by spaces */
} JudgeCase;

#define IN_OUT { "in imap.example.org", "out smtp.example.org" }

static const JudgeCase judge_cases[] = {
  { "well", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, IN_OUT } }, "" },
  { "nothing", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_NOTHING } },
    "discover.nothing-found/none" },
  { "no-domain", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_NXDOMAIN },
                   { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_NXDOMAIN } }, "resolve.nxdomain/none" },
  { "no-autoconfig-name-is-normal", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_NOTHING },
                                      { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_NXDOMAIN } },
    "discover.nothing-found/none" },
  { "no-srv-name-is-normal", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_NXDOMAIN } },
    "discover.nothing-found/none" },
  { "servfail", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_SERVFAIL } }, "resolve.servfail/none" },
  { "timeout", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_TIMEOUT } }, "resolve.timeout/none" },
  { "timeout-but-found", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_TIMEOUT },
                           { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, IN_OUT } }, "" },
  { "bogus", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_BOGUS } }, "resolve.dnssec-bogus/none" },
  { "bogus-srv", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_NOTHING },
                   { TL_SOURCE_SRV, TL_SOURCE_STATUS_BOGUS } }, "resolve.dnssec-bogus/none" },
  { "bogus-and-guessed", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_BOGUS },
                         { TL_SOURCE_GUESS, TL_SOURCE_STATUS_ANSWERED, IN_OUT } },
    "resolve.dnssec-bogus/none" },
  { "bogus-but-a-document", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_BOGUS },
                              { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, IN_OUT } },
    "resolve.dnssec-bogus/none" },
  { "one-lane-missing", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, { "in imap.example.org" } } },
    "discover.nothing-found/outgoing" },
  { "pop3-only", { { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, { "out smtp.example.org" },
                     TL_SOURCE_REMARK_POP3 } }, "discover.pop3-only/incoming" },
  { "pop3-alone", { { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_NOTHING, { NULL },
                      TL_SOURCE_REMARK_POP3 } },
    "discover.pop3-only/incoming discover.nothing-found/outgoing" },
  { "pop3-besides", { { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, IN_OUT,
                        TL_SOURCE_REMARK_POP3 } }, "" },
  { "no-imap", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, { "out smtp.example.org" },
                   TL_SOURCE_REMARK_NO_IMAP } }, "discover.no-imap-service/incoming" },
  { "untrusted-only", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED,
                          { "in imap.hoster.test", "out smtp.hoster.test" } } },
    "discover.untrusted-only/incoming discover.untrusted-only/outgoing" },
  { "untrusted-and-guessed", { { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED,
                                 { "in imap.hoster.test" } },
                               { TL_SOURCE_GUESS, TL_SOURCE_STATUS_ANSWERED, IN_OUT } }, "" },
  { "conflict", { { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED,
                    { "in old.example.org", "out smtp.example.org" } },
                  { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, IN_OUT } },
    "discover.conflict/incoming" },
  { "conflict-with-table", { { TL_SOURCE_PROVIDER_MX, TL_SOURCE_STATUS_ANSWERED,
                               { "in imap.gmail.com", "out smtp.gmail.com" } },
                             { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, IN_OUT } },
    "discover.conflict/incoming discover.conflict/outgoing" },
  { "damaged", { { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_BAD_DOCUMENT,
                   .detail = "is not well-formed" },
                 { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, IN_OUT } },
                 "discover.bad-document/none" },
  { "web-page", { { TL_SOURCE_WELL_KNOWN, TL_SOURCE_STATUS_BAD_DOCUMENT },
                  { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, IN_OUT } }, "" },
};

static TlClaim *
claim_new (const char *text,
           const char *source,
           TlAddress  *address)
{
  gboolean is_incoming = g_str_has_prefix (text, "in ");
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (strchr (text, ' ') + 1, is_incoming ? 993 : 465,
                                                    TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (is_incoming ? TL_PROTOCOL_IMAP
                                                                         : TL_PROTOCOL_SMTP,
                                                             endpoint, TL_AUTH_PASSWORD,
                                                             tl_address_get_addr_spec (address),
                                                             NULL);

  return tl_claim_new (is_incoming ? TL_LANE_INCOMING : TL_LANE_OUTGOING, settings,
                       g_str_has_prefix (source,
                                         "provider-") ? TL_TRUST_CURATED : TL_TRUST_UNSIGNED_DNS,
                       NULL);
}

static GPtrArray *
judge (const Said *said,
       TlAddress  *address)
{
  g_autoptr(GPtrArray) replies =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_source_reply_unref);
  g_autoptr(GPtrArray) candidates = NULL;

  for (guint i = 0; i < MAX_SOURCES && said[i].source != NULL; i++)
    {
      g_autoptr(GPtrArray) claims =
        g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

      for (guint j = 0; j < MAX_CLAIMS && said[i].says[j] != NULL; j++)
        g_ptr_array_add (claims, claim_new (said[i].says[j], said[i].source, address));
      g_ptr_array_add (replies, tl_source_reply_new (said[i].source, said[i].status, claims,
                                                     said[i].remarks, said[i].detail));
    }

  candidates = tl_discovery_rank (address, replies, NULL);

  return tl_discovery_judge (address, replies, candidates);
}

static void
test_judge (gconstpointer data)
{
  const JudgeCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
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
                       ==, "example.org");
    }
  g_assert_cmpstr (found->str, ==, c->findings);
}

static void
test_conflict_names_hosts (void)
{
  const Said said[MAX_SOURCES] = {
    { TL_SOURCE_AUTOCONFIG, TL_SOURCE_STATUS_ANSWERED, { "in old.example.org" } },
    { TL_SOURCE_SRV, TL_SOURCE_STATUS_ANSWERED, IN_OUT },
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

  return g_test_run ();
}
