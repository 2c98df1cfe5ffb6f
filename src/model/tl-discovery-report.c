/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-report.h"

#include "tl-nick.h"

struct _TlDiscoveryReport
{
  TlAddress *address;
  GPtrArray *candidates; /* of TlCandidate, best first */
  GPtrArray *sources;    /* of TlSourceAnswer */
  GPtrArray *findings;   /* of TlFinding */
  GPtrArray *rejections; /* of TlRejection */
  GPtrArray *hints;      /* of TlHint */
  char     **contacts[TL_CONTACT_N_KINDS];
  char      *provider;
  guint      proposed_ms;
};

G_DEFINE_BOXED_TYPE (TlDiscoveryReport, tl_discovery_report,
                     tl_discovery_report_ref, tl_discovery_report_unref)

static GPtrArray *
copy_objects (GPtrArray *from)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (objects, g_object_ref (g_ptr_array_index (from, i)));

  return objects;
}

/**
 * tl_discovery_report_new:
 * @address: what was looked for
 * @parts: what it is made of; copied
 *
 * Returns: (transfer full): a report
 */
TlDiscoveryReport *
tl_discovery_report_new (TlAddress              *address,
                         const TlDiscoveryParts *parts)
{
  TlDiscoveryReport *self = g_atomic_rc_box_new0 (TlDiscoveryReport);

  self->address = tl_address_ref (address);
  self->candidates = copy_objects (parts->candidates);
  self->sources = copy_objects (parts->sources);
  self->findings = copy_objects (parts->findings);
  self->rejections = copy_objects (parts->rejections);
  self->hints = copy_objects (parts->hints);
  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    self->contacts[i] = parts->contacts != NULL
                          ? tl_contacts_dup (parts->contacts, (TlContactKind) i)
                          : g_new0 (char *, 1);
  self->provider = g_strdup (parts->provider);
  self->proposed_ms = parts->proposed_ms;

  return self;
}

/**
 * tl_discovery_report_with_finding:
 * @self: a report
 * @finding: something that nobody on the network had to say
 *
 * Returns: (transfer full): the same report with @finding before all others
 */
TlDiscoveryReport *
tl_discovery_report_with_finding (const TlDiscoveryReport *self,
                                  TlFinding               *finding)
{
  TlDiscoveryReport *other =
    tl_discovery_report_new (self->address, &(TlDiscoveryParts) {
      .candidates = self->candidates,
      .sources = self->sources,
      .findings = self->findings,
      .rejections = self->rejections,
      .hints = self->hints,
      .provider = self->provider,
      .proposed_ms = self->proposed_ms,
    });

  g_ptr_array_insert (other->findings, 0, g_object_ref (finding));
  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    {
      g_strfreev (other->contacts[i]);
      other->contacts[i] = g_strdupv (self->contacts[i]);
    }

  return other;
}

TlDiscoveryReport *
tl_discovery_report_ref (TlDiscoveryReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_discovery_report_clear (gpointer data)
{
  TlDiscoveryReport *self = data;

  g_clear_pointer (&self->address, tl_address_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->rejections, g_ptr_array_unref);
  g_clear_pointer (&self->hints, g_ptr_array_unref);
  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    g_clear_pointer (&self->contacts[i], g_strfreev);
  g_clear_pointer (&self->provider, g_free);
}

void
tl_discovery_report_unref (TlDiscoveryReport *self)
{
  g_atomic_rc_box_release_full (self, tl_discovery_report_clear);
}

TlAddress *
tl_discovery_report_get_address (const TlDiscoveryReport *self)
{
  return self->address;
}

/**
 * tl_discovery_report_get_proposal:
 * @self: a report
 * @lane: which lane
 *
 * Returns: (transfer none) (nullable): the lane's first candidate
 */
TlCandidate *
tl_discovery_report_get_proposal (const TlDiscoveryReport *self,
                                  TlLaneKind               lane)
{
  for (guint i = 0; i < self->candidates->len; i++)
    {
      TlCandidate *candidate = g_ptr_array_index (self->candidates, i);

      if (tl_candidate_get_lane (candidate) == lane)
        return candidate;
    }

  return NULL;
}

/**
 * tl_discovery_report_get_candidates:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlCandidate): the candidates of both
 *   lanes, best first, never %NULL
 */
GPtrArray *
tl_discovery_report_get_candidates (const TlDiscoveryReport *self)
{
  return self->candidates;
}

/**
 * tl_discovery_report_get_sources:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlSourceAnswer): the sources, never %NULL
 */
GPtrArray *
tl_discovery_report_get_sources (const TlDiscoveryReport *self)
{
  return self->sources;
}

/**
 * tl_discovery_report_get_findings:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlFinding): the findings, never %NULL
 */
GPtrArray *
tl_discovery_report_get_findings (const TlDiscoveryReport *self)
{
  return self->findings;
}

/**
 * tl_discovery_report_get_rejections:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlRejection): what was named and is not offered, never
 *   %NULL
 */
GPtrArray *
tl_discovery_report_get_rejections (const TlDiscoveryReport *self)
{
  return self->rejections;
}

/**
 * tl_discovery_report_get_hints:
 * @self: a report
 *
 * Returns: (transfer none) (element-type TlHint): what documents say besides, never %NULL
 */
GPtrArray *
tl_discovery_report_get_hints (const TlDiscoveryReport *self)
{
  return self->hints;
}

/**
 * tl_discovery_report_get_contacts:
 * @self: a report
 * @kind: in what way
 *
 * Returns: (transfer none) (array zero-terminated=1): whom it asked that way, in alphabetical order
 */
const char * const *
tl_discovery_report_get_contacts (const TlDiscoveryReport *self,
                                  TlContactKind            kind)
{
  g_return_val_if_fail ((guint) kind < TL_CONTACT_N_KINDS, NULL);

  return (const char * const *) self->contacts[kind];
}

guint
tl_discovery_report_get_proposed_ms (const TlDiscoveryReport *self)
{
  return self->proposed_ms;
}

/**
 * tl_discovery_report_get_provider:
 * @self: a report
 *
 * Returns: (transfer none) (nullable): id in the provider table
 */
const char *
tl_discovery_report_get_provider (const TlDiscoveryReport *self)
{
  return self->provider;
}

static TlJson *
proposal_to_json (const TlDiscoveryReport *self,
                  TlLaneKind               lane)
{
  TlCandidate *candidate = tl_discovery_report_get_proposal (self, lane);

  if (candidate == NULL)
    return NULL;

  return tl_lane_settings_to_json (tl_candidate_get_settings (candidate));
}

static TlJson *
candidates_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < self->candidates->len; i++)
    tl_json_append_take (json, tl_candidate_to_json (g_ptr_array_index (self->candidates, i)));

  return json;
}

static TlJson *
sources_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < self->sources->len; i++)
    {
      TlSourceAnswer *answer = g_ptr_array_index (self->sources, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "id", tl_source_answer_get_source (answer));
      tl_json_set_string (row, "status",
                          tl_source_status_get_nick (tl_source_answer_get_status (answer)));
      tl_json_set_int (row, "ms", tl_source_answer_get_ms (answer));
      tl_json_set_string (row, "detail", tl_source_answer_get_detail (answer));
      tl_json_append_take (json, row);
    }

  return json;
}

static TlJson *
rejections_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < self->rejections->len; i++)
    tl_json_append_take (json, tl_rejection_to_json (g_ptr_array_index (self->rejections, i)));

  return json;
}

static TlJson *
hints_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < self->hints->len; i++)
    tl_json_append_take (json, tl_hint_to_json (g_ptr_array_index (self->hints, i)));

  return json;
}

static TlJson *
contacts_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_object ();

  for (guint i = 0; i < TL_CONTACT_N_KINDS; i++)
    tl_json_set_take (json, tl_nick_get (TL_TYPE_CONTACT_KIND, (int) i),
                      tl_json_new_strv ((const char * const *) self->contacts[i]));

  return json;
}

/**
 * tl_discovery_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): what `twolanectl discover --json` prints; see
 *   `data/schema/discover.schema.json`
 */
TlJson *
tl_discovery_report_to_json (const TlDiscoveryReport *self)
{
  TlJson *json = tl_json_new_object ();
  TlJson *proposal = tl_json_new_object ();

  tl_json_set_take (proposal, "incoming", proposal_to_json (self, TL_LANE_INCOMING));
  tl_json_set_take (proposal, "outgoing", proposal_to_json (self, TL_LANE_OUTGOING));

  tl_json_set_string (json, "address", tl_address_get_addr_spec (self->address));
  tl_json_set_take (json, "proposal", proposal);
  tl_json_set_int (json, "proposed_ms", self->proposed_ms);
  tl_json_set_string (json, "provider", self->provider);
  tl_json_set_take (json, "candidates", candidates_to_json (self));
  tl_json_set_take (json, "rejections", rejections_to_json (self));
  tl_json_set_take (json, "hints", hints_to_json (self));
  tl_json_set_take (json, "sources", sources_to_json (self));
  tl_json_set_take (json, "contacts", contacts_to_json (self));
  tl_json_set_take (json, "findings", tl_findings_to_json (self->findings));

  return json;
}
