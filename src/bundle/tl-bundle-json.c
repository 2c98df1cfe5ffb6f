/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-bundle-json.h"

#include "tl-bundle-members.h"
#include "tl-bundle-sections.h"
#include "tl-bundle.h"
#include "tl-error.h"

/* The longest validity that is believed. */
#define MAX_VALID_S (366 * 24 * 60 * 60)

/* More than both lanes' and the pair's findings can be. */
#define MAX_FINDINGS 100

static gboolean
has_secrets (const TlBundleFacts *facts)
{
  return facts->recipient[0] != '\0';
}

static gboolean
has_password (const TlBundleFacts *facts,
              TlLaneKind           lane)
{
  return lane == TL_LANE_INCOMING ? facts->has_incoming : facts->has_outgoing;
}

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
signer_to_json (const TlBundleFacts *facts)
{
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "fingerprint", facts->fingerprint);
  tl_json_set_string (json, "certificate", facts->certificate_sha256);

  return json;
}

static TlJson *
secrets_to_json (const TlBundleFacts *facts)
{
  TlJson *json = tl_json_new_object ();
  TlJson *lanes = tl_json_new_array ();

  for (guint i = 0; i < TL_N_LANES; i++)
    if (has_password (facts, tl_lanes[i]))
      tl_json_append_take (lanes, tl_json_new_string (tl_lane_kind_get_nick (tl_lanes[i])));
  tl_json_set_string (json, "recipient", facts->recipient);
  tl_json_set_take (json, "lanes", lanes);

  return json;
}

static void
append_member (TlJson     *array,
               const char *name,
               const char *sha256)
{
  TlJson *member = tl_json_new_object ();

  tl_json_set_string (member, "name", name);
  tl_json_set_string (member, "sha256", sha256);
  tl_json_append_take (array, member);
}

static TlJson *
members_to_json (const TlBundleFacts *facts)
{
  TlJson *json = tl_json_new_array ();

  append_member (json, TL_BUNDLE_MEMBER_REPORT, facts->report_sha256);
  if (has_secrets (facts))
    append_member (json, TL_BUNDLE_MEMBER_SECRETS, facts->secrets_sha256);

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
  char *text;

  tl_json_set_string (json, "schema", TL_BUNDLE_SCHEMA);
  tl_json_set_int (json, "version", TL_BUNDLE_VERSION);
  tl_json_set_string (json, "readiness", readiness_nick (facts->readiness));
  tl_json_set_take (json, "validity", validity_to_json (facts));
  tl_json_set_take (json, "signer", signer_to_json (facts));
  tl_json_set_take (json, "plan", tl_plan_to_json (plan));
  tl_json_set_string (json, "settings_hash", settings_hash);
  tl_json_set_take (json, "evidence", evidence_to_json (report));
  tl_json_set_take (json, "findings", tl_findings_to_json (findings));
  tl_bundle_sections_write (report, json);
  if (has_secrets (facts))
    tl_json_set_take (json, "secrets", secrets_to_json (facts));
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
  read_hash (reader, "certificate", facts->certificate_sha256);

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "signer", error);
}

/* Which lanes these are; that each is there once, and in order, shows when they
 * are written again. */
static void
read_secret_lanes (TlJsonReader  *reader,
                   TlBundleFacts *facts)
{
  g_auto(GStrv) lanes = tl_json_reader_dup_strv (reader, "lanes", TL_JSON_REQUIRED, TL_N_LANES);

  for (guint i = 0; lanes != NULL && lanes[i] != NULL; i++)
    {
      if (g_str_equal (lanes[i], tl_lane_kind_get_nick (TL_LANE_INCOMING)))
        facts->has_incoming = TRUE;
      else if (g_str_equal (lanes[i], tl_lane_kind_get_nick (TL_LANE_OUTGOING)))
        facts->has_outgoing = TRUE;
    }
  if (!facts->has_incoming && !facts->has_outgoing)
    tl_json_reader_refuse (reader, "lanes", "names no lane");
}

static void
read_secrets (TlJsonReader  *parent,
              TlBundleFacts *facts)
{
  TlJson *json = tl_json_reader_get_object (parent, "secrets", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  reader = tl_json_reader_new (json, "the secrets");
  read_hash (reader, "recipient", facts->recipient);
  read_secret_lanes (reader, facts);

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "secrets", error);
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

static void
read_member (TlJsonReader *parent,
             TlJson       *json,
             const char   *name,
             char         *hash)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the member");
  GError *error = NULL;

  if (g_strcmp0 (tl_json_reader_get_string (reader, "name", TL_JSON_REQUIRED), name) != 0)
    tl_json_reader_refuse (reader, "name", "is not the member that there is");
  read_hash (reader, "sha256", hash);

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "members", error);
}

/* The other members but the signature, in the order they stand in. */
static void
read_members (TlJsonReader  *parent,
              TlBundleFacts *facts)
{
  guint n = has_secrets (facts) ? 2 : 1;
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "members", TL_JSON_REQUIRED, n);

  if (rows->len != n)
    {
      tl_json_reader_refuse (parent, "members", "is not the list of the other members");
      return;
    }

  read_member (parent, rows->pdata[0], TL_BUNDLE_MEMBER_REPORT, facts->report_sha256);
  if (n > 1)
    read_member (parent, rows->pdata[1], TL_BUNDLE_MEMBER_SECRETS, facts->secrets_sha256);
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

/* A token is never handed over, so where one signs in with there is no password. */
static gboolean
can_have_password (TlPlan     *plan,
                   TlLaneKind  lane)
{
  TlLaneSettings *settings = tl_plan_get_lane (plan, lane)->settings;

  return settings != NULL && tl_lane_settings_get_auth (settings) != TL_AUTH_OAUTH2;
}

/* A lane does not work but over TLS, so one that is said to has something to say of it. */
static gboolean
is_proven (TlLaneReport *lane)
{
  TlVerdict verdict = tl_lane_report_get_verdict (lane);

  return (verdict != TL_VERDICT_OK && verdict != TL_VERDICT_WARNING) ||
         tl_lane_report_get_tls (lane) != NULL;
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
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      if (!is_proven (tl_report_get_lane (report, tl_lanes[i])))
        tl_json_reader_refuse (reader, "evidence", "has a lane that works and no word of its TLS");
      if (has_password (facts, tl_lanes[i]) &&
          !can_have_password (tl_report_get_plan (report), tl_lanes[i]))
        tl_json_reader_refuse (reader, "secrets", "names a lane that has no password");
    }
}

static TlReport *
read_document (TlJson         *json,
               TlBundleFacts  *facts,
               GError        **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the bundle");
  g_autoptr(TlPlan) plan = NULL;
  g_autoptr(TlReport) tested = NULL;
  g_autoptr(TlReport) report = NULL;
  const char *settings_hash;

  check_head (reader);
  facts->readiness = tl_json_reader_get_enum (reader, "readiness", TL_JSON_REQUIRED,
                                              TL_TYPE_READINESS, TL_READINESS_DRAFT);
  settings_hash = tl_json_reader_get_string (reader, "settings_hash", TL_JSON_REQUIRED);
  read_validity (reader, facts);
  read_signer (reader, facts);
  plan = read_plan (reader);
  tested = read_report (reader, plan);
  report = tl_bundle_sections_read (reader, tested);
  check_findings (reader);
  read_secrets (reader, facts);
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
