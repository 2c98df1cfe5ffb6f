/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-judge.h"

#include "tl-finding.h"
#include "tl-gateway.h"
#include "tl-provider.h"
#include "tl-source-reply.h"
#include "tl-typo.h"

/* What became of the look-ups of the domain itself, and the finding that
 * explains finding nothing. In this order: the first that happened is it. */
static const struct
{
  TlSourceStatus  status;
  const char     *id;
} name_problems[] = {
  { TL_SOURCE_STATUS_BOGUS,     "resolve.dnssec-bogus" },
  { TL_SOURCE_STATUS_NXDOMAIN,  "resolve.nxdomain" },
  { TL_SOURCE_STATUS_LOOP,      "resolve.loop" },
  { TL_SOURCE_STATUS_TRUNCATED, "resolve.truncated" },
  { TL_SOURCE_STATUS_SERVFAIL,  "resolve.servfail" },
  { TL_SOURCE_STATUS_TIMEOUT,   "resolve.timeout" },
};

/* What explains that a lane has no server, when nothing nearer to it does. In
 * this order, too: of a filter in front of an Exchange server, the server is
 * what there is to ask about. */
static const struct
{
  TlSourceRemarks  remark;
  const char      *id;
} causes[] = {
  { TL_SOURCE_REMARK_EXCHANGE,     "discover.exchange" },
  { TL_SOURCE_REMARK_GATEWAY,      "discover.gateway-blind" },
  { TL_SOURCE_REMARK_FORWARD_ONLY, "discover.forward-only" },
  { TL_SOURCE_REMARK_PLAIN_HTTP,   "discover.https-only" },
};

/* The domain's own documents: that one of them is damaged is for whoever looks
 * after the domain to know. */
static const char * const documents[] = {
  TL_SOURCE_PACC, TL_SOURCE_AUTOCONFIG, TL_SOURCE_WELL_KNOWN, TL_SOURCE_MAILCONF,
  TL_SOURCE_AUTODISCOVER,
};

/* What goes into a finding beside the domain; all may be NULL. */
typedef struct
{
  const char *host;
  const char *source;
  const char *detail;
  const char *gateway;
  const char *provider;
  const char *suggestion;
  GVariant   *hosts;
} Seen;

static const char *
candidate_get_host (TlCandidate *candidate)
{
  TlLaneSettings *settings = tl_candidate_get_settings (candidate);

  return tl_endpoint_get_host (tl_lane_settings_get_endpoint (settings));
}

static void
add_string (GVariantBuilder *evidence,
            const char      *key,
            const char      *value)
{
  if (value != NULL)
    g_variant_builder_add (evidence, "{sv}", key, g_variant_new_string (value));
}

static void
add_finding (GPtrArray   *findings,
             const char  *id,
             TlLaneKind   lane,
             TlAddress   *address,
             const Seen  *seen)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_autoptr(GVariant) evidence = NULL;

  add_string (&builder, TL_EVIDENCE_DOMAIN, tl_address_get_domain (address));
  add_string (&builder, TL_EVIDENCE_HOST, seen->host);
  add_string (&builder, TL_EVIDENCE_SOURCE, seen->source);
  add_string (&builder, TL_EVIDENCE_DETAIL, seen->detail);
  add_string (&builder, TL_EVIDENCE_GATEWAY, seen->gateway);
  add_string (&builder, TL_EVIDENCE_PROVIDER, seen->provider);
  add_string (&builder, TL_EVIDENCE_SUGGESTION, seen->suggestion);
  if (seen->hosts != NULL)
    g_variant_builder_add (&builder, "{sv}", TL_EVIDENCE_NAMES, seen->hosts);

  evidence = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_ptr_array_add (findings, tl_finding_new (id, lane, evidence));
}

static const TlSourceReply *
find_remark (GPtrArray       *replies,
             TlSourceRemarks  remark)
{
  for (guint i = 0; i < replies->len; i++)
    {
      if ((tl_source_reply_get_remarks (replies->pdata[i]) & remark) != 0)
        return replies->pdata[i];
    }

  return NULL;
}

static gboolean
has_finding (GPtrArray  *findings,
             const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    {
      if (g_str_equal (tl_finding_get_id (findings->pdata[i]), id))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_rejected (GPtrArray         *replies,
              TlLaneKind         lane,
              TlRejectionReason  reason)
{
  for (guint i = 0; i < replies->len; i++)
    {
      GPtrArray *rejections = tl_source_reply_get_rejections (replies->pdata[i]);

      for (guint j = 0; j < rejections->len; j++)
        {
          if (tl_rejection_get_lane (rejections->pdata[j]) == lane &&
              tl_rejection_get_reason (rejections->pdata[j]) == reason)
            return TRUE;
        }
    }

  return FALSE;
}

/* The domain's own records are what MX asks for, so its status is the
 * domain's. A signature that is wrong on any of the records counts. */
static const char *
find_name_problem (GPtrArray *replies)
{
  for (gsize i = 0; i < G_N_ELEMENTS (name_problems); i++)
    {
      for (guint j = 0; j < replies->len; j++)
        {
          TlSourceStatus status = tl_source_reply_get_status (replies->pdata[j]);
          const char *source = tl_source_reply_get_source (replies->pdata[j]);

          if (status == name_problems[i].status &&
              (status == TL_SOURCE_STATUS_BOGUS || g_str_equal (source, TL_SOURCE_PROVIDER_MX)))
            return name_problems[i].id;
        }
    }

  return NULL;
}

static const char *
find_gateway_name (const TlSourceReply *reply)
{
  const char *id = tl_source_reply_get_gateway (reply);
  TlGateway *gateway = id != NULL ? tl_gateways_find (id) : NULL;

  return gateway != NULL ? tl_gateway_get_name (gateway) : NULL;
}

static const char *
find_reason (GPtrArray  *replies,
             TlLaneKind  lane)
{
  if (lane == TL_LANE_INCOMING && find_remark (replies, TL_SOURCE_REMARK_NO_IMAP) != NULL)
    return "discover.no-imap-service";
  if (has_rejected (replies, lane, TL_REJECTION_PLAINTEXT))
    return "discover.plaintext-only";
  if (has_rejected (replies, lane, TL_REJECTION_POP3))
    return "discover.pop3-only";

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      if (find_remark (replies, causes[i].remark) != NULL)
        return causes[i].id;
    }

  return "discover.nothing-found";
}

/* @id with what was seen that tells so, if it was a remark. */
static void
add_reason (GPtrArray  *findings,
            const char *id,
            TlLaneKind  lane,
            TlAddress  *address,
            GPtrArray  *replies)
{
  Seen seen = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      const TlSourceReply *reply;

      if (!g_str_equal (causes[i].id, id))
        continue;
      reply = find_remark (replies, causes[i].remark);
      seen.source = tl_source_reply_get_source (reply);
      seen.detail = tl_source_reply_get_detail (reply);
      seen.gateway = find_gateway_name (reply);
    }

  add_finding (findings, id, lane, address, &seen);
}

/* A lane for which nothing was found. When that is both, and for the same
 * reason, it is said once. */
static void
judge_missing (GPtrArray *findings,
               TlAddress *address,
               GPtrArray *replies,
               GPtrArray *candidates)
{
  gboolean is_empty = candidates->len == 0;
  const char *problem = find_name_problem (replies);
  const Seen domain = { .host = tl_address_get_domain (address) };
  const Seen nothing = { NULL };

  /* Whatever a portal lets the name servers say is of its own making. */
  if (is_empty && find_remark (replies, TL_SOURCE_REMARK_PORTAL) != NULL)
    {
      add_finding (findings, "discover.captive-portal", TL_LANE_NONE, address, &nothing);
      return;
    }

  if (problem != NULL && (is_empty || g_str_equal (problem, "resolve.dnssec-bogus")))
    add_finding (findings, problem, TL_LANE_NONE, address, &domain);
  if (problem != NULL && is_empty)
    return;

  if (is_empty && g_str_equal (find_reason (replies, TL_LANE_INCOMING),
                               find_reason (replies, TL_LANE_OUTGOING)))
    {
      add_reason (findings, find_reason (replies, TL_LANE_INCOMING), TL_LANE_NONE, address,
                  replies);
      return;
    }

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (tl_discovery_find_proposal (candidates, tl_lanes[i]) == NULL)
        add_reason (findings, find_reason (replies, tl_lanes[i]), tl_lanes[i], address, replies);
    }
}

/* A slip of the finger is only worth a word when nobody was found behind it. */
static void
judge_spelling (GPtrArray *findings,
                TlAddress *address,
                GPtrArray *candidates)
{
  g_autofree char *suggestion = NULL;

  if (candidates->len > 0)
    return;

  suggestion = tl_typo_suggest (tl_address_get_domain (address));
  if (suggestion != NULL)
    add_finding (findings, "input.looks-mistyped", TL_LANE_NONE, address,
                 &(Seen) { .suggestion = suggestion });
}

static gboolean
rests_on_gateway (GPtrArray  *candidates,
                  TlLaneKind  lane)
{
  TlCandidate *proposal = tl_discovery_find_proposal (candidates, lane);

  return proposal != NULL &&
         g_str_equal (tl_candidate_get_source (proposal), TL_SOURCE_GATEWAY);
}

static const char *
find_provider_name (GPtrArray *candidates)
{
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      TlCandidate *proposal = tl_discovery_find_proposal (candidates, tl_lanes[i]);
      const char *id = proposal != NULL ? tl_candidate_get_provider (proposal) : NULL;

      if (id != NULL && rests_on_gateway (candidates, tl_lanes[i]) &&
          tl_providers_find (id) != NULL)
        return tl_provider_get_name (tl_providers_find (id));
    }

  return NULL;
}

/* Who stands before the mailbox is worth a word when a server was concluded from
 * it. That a lane is empty because of it was said already. */
static void
judge_front (GPtrArray *findings,
             TlAddress *address,
             GPtrArray *replies,
             GPtrArray *candidates)
{
  const TlSourceReply *gateway = find_remark (replies, TL_SOURCE_REMARK_GATEWAY);
  gboolean matters = FALSE;

  for (guint i = 0; i < TL_N_LANES; i++)
    matters |= rests_on_gateway (candidates, tl_lanes[i]);

  if (gateway != NULL && matters)
    add_finding (findings, "discover.gateway", TL_LANE_NONE, address, &(Seen) {
      .source = tl_source_reply_get_source (gateway),
      .detail = tl_source_reply_get_detail (gateway),
      .gateway = find_gateway_name (gateway),
      .provider = find_provider_name (candidates),
    });
  if (find_remark (replies, TL_SOURCE_REMARK_FORWARD_ONLY) != NULL &&
      !has_finding (findings, "discover.forward-only"))
    add_reason (findings, "discover.forward-only", TL_LANE_NONE, address, replies);
}

static gboolean
all_need_confirming (GPtrArray  *candidates,
                     TlLaneKind  lane)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      if (tl_candidate_get_lane (candidates->pdata[i]) == lane &&
          !tl_candidate_get_confirm (candidates->pdata[i]))
        return FALSE;
    }

  return TRUE;
}

/* Of what was concluded, discover.gateway says as much and why. */
static gboolean
rests_on_nobody (GPtrArray  *candidates,
                 TlLaneKind  lane)
{
  return tl_discovery_find_proposal (candidates, lane) != NULL &&
         all_need_confirming (candidates, lane) && !rests_on_gateway (candidates, lane);
}

static gboolean
has_one_source (GPtrArray *candidates)
{
  TlCandidate *incoming = tl_discovery_find_proposal (candidates, TL_LANE_INCOMING);
  TlCandidate *outgoing = tl_discovery_find_proposal (candidates, TL_LANE_OUTGOING);

  return incoming != NULL && outgoing != NULL &&
         g_str_equal (tl_candidate_get_source (incoming), tl_candidate_get_source (outgoing));
}

/* The hosts of a lane, or of both, in the order of the candidates, each once. */
static GVariant *
list_hosts (GPtrArray  *candidates,
            TlLaneKind  lane)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      const char *host = candidate_get_host (candidates->pdata[i]);

      if ((lane == TL_LANE_NONE || tl_candidate_get_lane (candidates->pdata[i]) == lane) &&
          !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, (gpointer) host);
    }

  return g_variant_new_strv ((const char * const *) hosts->pdata, hosts->len);
}

/* @id about what is proposed for @lane; about both when it is none. */
static void
add_doubt (GPtrArray  *findings,
           const char *id,
           TlLaneKind  lane,
           TlAddress  *address,
           GPtrArray  *candidates)
{
  TlCandidate *proposal =
    tl_discovery_find_proposal (candidates, lane == TL_LANE_NONE ? TL_LANE_INCOMING : lane);

  add_finding (findings, id, lane, address, &(Seen) {
    .host = candidate_get_host (proposal),
    .source = tl_candidate_get_source (proposal),
    .hosts = list_hosts (candidates, lane),
  });
}

static void
judge_trust (GPtrArray *findings,
             TlAddress *address,
             GPtrArray *candidates)
{
  if (has_one_source (candidates) && rests_on_nobody (candidates, TL_LANE_INCOMING) &&
      rests_on_nobody (candidates, TL_LANE_OUTGOING))
    {
      add_doubt (findings, "discover.untrusted-only", TL_LANE_NONE, address, candidates);
      return;
    }

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (rests_on_nobody (candidates, tl_lanes[i]))
        add_doubt (findings, "discover.untrusted-only", tl_lanes[i], address, candidates);
    }
}

/* Unlike for the order, what has to be confirmed counts here: it is shown too. */
static gboolean
any_contradict (GPtrArray  *replies,
                TlLaneKind  lane)
{
  for (guint i = 0; i < replies->len; i++)
    {
      for (guint j = i + 1; j < replies->len; j++)
        {
          if (tl_source_reply_contradicts (replies->pdata[i], replies->pdata[j], lane))
            return TRUE;
        }
    }

  return FALSE;
}

/* Whether the same sources contradict each other about both lanes. */
static gboolean
contradict_alike (GPtrArray *replies)
{
  for (guint i = 0; i < replies->len; i++)
    {
      for (guint j = i + 1; j < replies->len; j++)
        {
          if (tl_source_reply_contradicts (replies->pdata[i], replies->pdata[j],
                                           TL_LANE_INCOMING) !=
              tl_source_reply_contradicts (replies->pdata[i], replies->pdata[j],
                                           TL_LANE_OUTGOING))
            return FALSE;
        }
    }

  return any_contradict (replies, TL_LANE_INCOMING);
}

static void
judge_conflicts (GPtrArray *findings,
                 TlAddress *address,
                 GPtrArray *replies,
                 GPtrArray *candidates)
{
  if (has_one_source (candidates) && contradict_alike (replies))
    {
      add_doubt (findings, "discover.conflict", TL_LANE_NONE, address, candidates);
      return;
    }

  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (tl_discovery_find_proposal (candidates, tl_lanes[i]) != NULL &&
          any_contradict (replies, tl_lanes[i]))
        add_doubt (findings, "discover.conflict", tl_lanes[i], address, candidates);
    }
}

/* Whether all that keeps @reply from being of use is what its servers are. */
static gboolean
is_readable (const TlSourceReply *reply)
{
  GPtrArray *rejections = tl_source_reply_get_rejections (reply);

  for (guint i = 0; i < rejections->len; i++)
    {
      TlRejectionReason reason = tl_rejection_get_reason (rejections->pdata[i]);

      if (reason != TL_REJECTION_PLAINTEXT && reason != TL_REJECTION_POP3)
        return FALSE;
    }

  return rejections->len > 0;
}

static void
judge_documents (GPtrArray *findings,
                 TlAddress *address,
                 GPtrArray *replies)
{
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      for (guint j = 0; j < replies->len; j++)
        {
          const TlSourceReply *reply = replies->pdata[j];

          if (g_str_equal (tl_source_reply_get_source (reply), documents[i]) &&
              tl_source_reply_get_status (reply) == TL_SOURCE_STATUS_BAD_DOCUMENT &&
              tl_source_reply_get_detail (reply) != NULL && !is_readable (reply))
            add_finding (findings, "discover.bad-document", TL_LANE_NONE, address, &(Seen) {
              .source = documents[i],
              .detail = tl_source_reply_get_detail (reply),
            });
        }
    }
}

/* A document that is there only without protection was not read, whatever else
 * was found. */
static void
judge_protection (GPtrArray *findings,
                  TlAddress *address,
                  GPtrArray *replies)
{
  if (find_remark (replies, TL_SOURCE_REMARK_PLAIN_HTTP) != NULL &&
      !has_finding (findings, "discover.https-only"))
    add_reason (findings, "discover.https-only", TL_LANE_NONE, address, replies);
}

/**
 * tl_discovery_judge:
 * @address: whose servers were looked for
 * @replies: (element-type TlSourceReply): what the sources said, in any order
 * @candidates: (element-type TlCandidate): what tl_ranking_list_candidates() made of it
 *
 * Works out what there is to say about it: what is missing and why, who stands
 * before the mailbox, what rests on nobody's word, what contradicts what, and
 * what is damaged or unprotected, in that order.
 *
 * Returns: (transfer full) (element-type TlFinding): the findings, the gravest first
 */
GPtrArray *
tl_discovery_judge (TlAddress *address,
                    GPtrArray *replies,
                    GPtrArray *candidates)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func (g_object_unref);

  judge_missing (findings, address, replies, candidates);
  judge_spelling (findings, address, candidates);
  judge_front (findings, address, replies, candidates);
  judge_trust (findings, address, candidates);
  judge_conflicts (findings, address, replies, candidates);
  judge_documents (findings, address, replies);
  judge_protection (findings, address, replies);

  return findings;
}

/**
 * tl_discovery_find_proposal:
 * @candidates: (element-type TlCandidate): candidates, best first, both lanes mixed
 * @lane: incoming or outgoing
 *
 * Returns: (transfer none) (nullable): what is proposed for @lane
 */
TlCandidate *
tl_discovery_find_proposal (GPtrArray  *candidates,
                            TlLaneKind  lane)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      if (tl_candidate_get_lane (candidates->pdata[i]) == lane)
        return candidates->pdata[i];
    }

  return NULL;
}
