/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-json.h"

#include "tl-bundle.h"
#include "tl-error.h"

#define REPORT_MEMBER "report.html"

/* The longest validity that is believed. */
#define MAX_VALID_S (366 * 24 * 60 * 60)

/* More than both lanes' and the pair's findings can be. */
#define MAX_FINDINGS 100

/* Findings about neither lane alone, and the one that goes with every bundle:
 * what is proven here is not proven where the platform connects from. */
static GPtrArray *
findings_beside_lanes (TlReport *report)
{
  GPtrArray *all = tl_report_get_findings (report);
  GPtrArray *incoming = tl_lane_report_get_findings (tl_report_get_lane (report, TL_LANE_INCOMING));
  GPtrArray *outgoing = tl_lane_report_get_findings (tl_report_get_lane (report, TL_LANE_OUTGOING));
  GPtrArray *beside = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      if (!g_ptr_array_find (incoming, all->pdata[i], NULL) &&
          !g_ptr_array_find (outgoing, all->pdata[i], NULL))
        g_ptr_array_add (beside, g_object_ref (all->pdata[i]));
    }
  g_ptr_array_add (beside, tl_finding_new ("export.tested-from-here", TL_LANE_NONE, NULL));

  return beside;
}

static TlJson *
validity_to_json (const TlBundleFacts *facts)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_time (json, "made", facts->made_s);
  tl_json_set_time (json, "expires", facts->expires_s);
  tl_json_set_int (json, "serial", (gint64) facts->serial);

  return json;
}

static TlJson *
evidence_to_json (TlReport *report)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_take (json, "incoming",
                    tl_lane_report_to_json (tl_report_get_lane (report, TL_LANE_INCOMING)));
  tl_json_set_take (json, "outgoing",
                    tl_lane_report_to_json (tl_report_get_lane (report, TL_LANE_OUTGOING)));

  return json;
}

static TlJson *
members_to_json (const TlBundleFacts *facts)
{
  TlJson *json = tl_json_new_array ();
  TlJson *member = tl_json_new_object ();

  tl_json_set_string (member, "name", REPORT_MEMBER);
  tl_json_set_string (member, "sha256", facts->report_sha256);
  tl_json_append_take (json, member);

  return json;
}

static const char *
readiness_nick (TlReadiness readiness)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_READINESS);

  return g_enum_get_value (klass, (int) readiness)->value_nick;
}

/**
 * tl_bundle_json_write:
 * @report: what is handed over
 * @facts: what the bundle says about itself, all of it
 *
 * Writes `bundle.json` as src/bundle/README.md specifies it: canonical JSON
 * (RFC 8785), the same for the same input. Not a sentence of ours is in it.
 *
 * Returns: (transfer full): the document
 */
GBytes *
tl_bundle_json_write (TlReport            *report,
                      const TlBundleFacts *facts)
{
  TlPlan *plan = tl_report_get_plan (report);
  g_autoptr(TlJson) json = tl_json_new_object ();
  g_autoptr(GPtrArray) findings = findings_beside_lanes (report);
  g_autofree char *settings_hash = tl_plan_dup_settings_hash (plan);
  TlJson *signer = tl_json_new_object ();
  char *text;

  tl_json_set_string (signer, "fingerprint", facts->fingerprint);

  tl_json_set_string (json, "schema", TL_BUNDLE_SCHEMA);
  tl_json_set_int (json, "version", TL_BUNDLE_VERSION);
  tl_json_set_string (json, "readiness", readiness_nick (facts->readiness));
  tl_json_set_take (json, "validity", validity_to_json (facts));
  tl_json_set_take (json, "signer", signer);
  tl_json_set_take (json, "plan", tl_plan_to_json (plan));
  tl_json_set_string (json, "settings_hash", settings_hash);
  tl_json_set_take (json, "evidence", evidence_to_json (report));
  tl_json_set_take (json, "findings", tl_findings_to_json (findings));
  tl_json_set_take (json, "members", members_to_json (facts));

  text = tl_json_to_canonical (json);

  return g_bytes_new_take (text, strlen (text));
}

static void
read_validity (TlJsonReader  *parent,
               TlBundleFacts *facts)
{
  TlJson *json = tl_json_reader_get_object (parent, "validity", TL_JSON_REQUIRED);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  reader = tl_json_reader_new (json, "the validity");
  facts->made_s = tl_json_reader_get_time (reader, "made", TL_JSON_REQUIRED);
  facts->expires_s = tl_json_reader_get_time (reader, "expires", TL_JSON_REQUIRED);
  facts->serial = (guint64) tl_json_reader_get_int (reader, "serial", TL_JSON_REQUIRED,
                                                    0, TL_BUNDLE_MAX_SERIAL);
  if (facts->expires_s <= facts->made_s || facts->expires_s - facts->made_s > MAX_VALID_S)
    tl_json_reader_refuse (reader, "expires", "is not within a year after it was made");

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "validity", error);
}

/* @hash: an array of TL_FINGERPRINT_LEN + 1, filled in when all is well */
static void
read_hash (TlJsonReader *reader,
           const char   *member,
           char         *hash)
{
  const char *text = tl_json_reader_get_string (reader, member, TL_JSON_REQUIRED);

  if (text != NULL && tl_fingerprint_is_valid (text))
    g_strlcpy (hash, text, TL_FINGERPRINT_LEN + 1);
  else
    tl_json_reader_refuse (reader, member, "is not 64 lower-case hexadecimal digits");
}

static void
read_signer (TlJsonReader  *parent,
             TlBundleFacts *facts)
{
  TlJson *json = tl_json_reader_get_object (parent, "signer", TL_JSON_REQUIRED);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  reader = tl_json_reader_new (json, "the signer");
  read_hash (reader, "fingerprint", facts->fingerprint);

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "signer", error);
}

static TlPlan *
read_plan (TlJsonReader *parent)
{
  TlJson *json = tl_json_reader_get_object (parent, "plan", TL_JSON_REQUIRED);
  TlPlan *plan;
  GError *error = NULL;

  if (json == NULL)
    return NULL;

  plan = tl_plan_from_json (json, &error);
  if (plan == NULL)
    tl_json_reader_refuse_error (parent, "plan", error);

  return plan;
}

static TlLaneReport *
read_lane (TlJsonReader *parent,
           const char   *member,
           TlLaneKind    lane)
{
  TlJson *json = tl_json_reader_get_object (parent, member, TL_JSON_REQUIRED);
  TlLaneReport *report;
  GError *error = NULL;

  if (json == NULL)
    return NULL;

  report = tl_lane_report_from_json (json, lane, &error);
  if (report == NULL)
    tl_json_reader_refuse_error (parent, member, error);

  return report;
}

/* Both lanes put together again; NULL when something about them was refused. */
static TlReport *
read_report (TlJsonReader *parent,
             TlPlan       *plan)
{
  TlJson *json = tl_json_reader_get_object (parent, "evidence", TL_JSON_REQUIRED);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(TlLaneReport) incoming = NULL;
  g_autoptr(TlLaneReport) outgoing = NULL;
  GError *error = NULL;

  if (json == NULL)
    return NULL;

  reader = tl_json_reader_new (json, "the evidence");
  incoming = read_lane (reader, "incoming", TL_LANE_INCOMING);
  outgoing = read_lane (reader, "outgoing", TL_LANE_OUTGOING);
  if (!tl_json_reader_finish (reader, &error))
    {
      tl_json_reader_refuse_error (parent, "evidence", error);
      return NULL;
    }
  if (plan == NULL)
    return NULL;

  return tl_report_new (plan, incoming, outgoing);
}

/* The one other member there is. */
static void
read_members (TlJsonReader  *parent,
              TlBundleFacts *facts)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "members", TL_JSON_REQUIRED, 1);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (rows->len != 1)
    {
      tl_json_reader_refuse (parent, "members", "is not the list of the other members");
      return;
    }

  reader = tl_json_reader_new (rows->pdata[0], "the member");
  if (g_strcmp0 (tl_json_reader_get_string (reader, "name", TL_JSON_REQUIRED), REPORT_MEMBER) != 0)
    tl_json_reader_refuse (reader, "name", "is not a member that there is");
  read_hash (reader, "sha256", facts->report_sha256);

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "members", error);
}

static void
check_findings (TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "findings", TL_JSON_REQUIRED,
                                                        MAX_FINDINGS);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      g_autoptr(TlFinding) finding = tl_finding_from_json (rows->pdata[i], &error);

      if (finding == NULL)
        tl_json_reader_refuse_error (reader, "findings", error);
    }
}

static void
check_head (TlJsonReader *reader)
{
  const char *schema = tl_json_reader_get_string (reader, "schema", TL_JSON_REQUIRED);

  if (g_strcmp0 (schema, TL_BUNDLE_SCHEMA) != 0)
    tl_json_reader_refuse (reader, "schema", "is not " TL_BUNDLE_SCHEMA);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED,
                          TL_BUNDLE_VERSION, TL_BUNDLE_VERSION);
}

/* What was worked out when it was written is worked out again. */
static void
check_derived (TlJsonReader        *reader,
               TlReport            *report,
               const TlBundleFacts *facts,
               const char          *claimed_hash)
{
  g_autofree char *hash = tl_plan_dup_settings_hash (tl_report_get_plan (report));

  if (g_strcmp0 (claimed_hash, hash) != 0)
    tl_json_reader_refuse (reader, "settings_hash", "is not the hash of these settings");
  if (tl_report_get_readiness (report, facts->made_s) != facts->readiness)
    tl_json_reader_refuse (reader, "readiness", "does not follow from the evidence");
}

static TlReport *
read_document (TlJson         *json,
               TlBundleFacts  *facts,
               GError        **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the bundle");
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlReport) report = NULL;
  const char *settings_hash;

  check_head (reader);
  facts->readiness = tl_json_reader_get_enum (reader, "readiness", TL_JSON_REQUIRED,
                                              TL_TYPE_READINESS, TL_READINESS_DRAFT);
  settings_hash = tl_json_reader_get_string (reader, "settings_hash", TL_JSON_REQUIRED);
  read_validity (reader, facts);
  read_signer (reader, facts);
  plan = read_plan (reader);
  report = read_report (reader, plan);
  check_findings (reader);
  read_members (reader, facts);
  if (report != NULL)
    check_derived (reader, report, facts, settings_hash);

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&report);
}

/**
 * tl_bundle_json_read:
 * @bytes: a document whose signature holds
 * @out_facts: (out caller-allocates): what it says about itself
 * @error: return location for a #GError
 *
 * Reads `bundle.json` strictly, works out again what can be worked out, then
 * writes it again and compares every byte.
 *
 * Returns: (transfer full): the report, or %NULL with %TL_ERROR_INVALID_INPUT
 *   when @bytes is not a document that tl_bundle_json_write() writes
 */
TlReport *
tl_bundle_json_read (GBytes         *bytes,
                     TlBundleFacts  *out_facts,
                     GError        **error)
{
  gsize len;
  const char *text = g_bytes_get_data (bytes, &len);
  g_autoptr(TlJson) json = tl_json_parse (text, (gssize) len, error);
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GBytes) again = NULL;
  TlBundleFacts facts = { 0 };

  if (json == NULL || (report = read_document (json, &facts, error)) == NULL)
    return NULL;

  again = tl_bundle_json_write (report, &facts);
  if (!g_bytes_equal (again, bytes))
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the document is not in the one form that is written");
      return NULL;
    }

  *out_facts = facts;

  return g_steal_pointer (&report);
}
