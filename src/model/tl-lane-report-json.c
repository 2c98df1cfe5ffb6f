/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-lane-report.h"

#include "tl-error.h"
#include "tl-nick.h"
#include "tl-text.h"

/* More than any certificate that the handshake lets through. */
#define TLS_NAMES_MAX 2000

static TlJson *
tls_to_json (const TlTlsInfo *self)
{
  TlJson *json;

  if (self == NULL)
    return NULL;

  json = tl_json_new_object ();
  tl_json_set_string (json, "version", tl_tls_info_get_version (self));
  tl_json_set_string (json, "cipher", tl_tls_info_get_cipher (self));
  tl_json_set_string (json, "fingerprint", tl_tls_info_get_fingerprint (self));
  tl_json_set_string (json, "issuer", tl_tls_info_get_issuer (self));
  tl_json_set_take (json, "names", tl_json_new_strv (tl_tls_info_get_names (self)));
  tl_json_set_time (json, "not_after", tl_tls_info_get_not_after_s (self));

  return json;
}

static TlJson *
endpoint_to_json (const TlLaneReport *self)
{
  TlLaneSettings *settings = tl_lane_report_get_settings (self);
  TlJson *json;

  if (settings == NULL)
    return NULL;

  json = tl_lane_settings_to_json (settings);
  tl_json_set_string (json, "address", tl_lane_report_get_address (self));
  tl_json_set_string (json, "proxy", tl_lane_report_get_proxy (self));

  return json;
}

static TlJson *
steps_to_json (GPtrArray *steps)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < steps->len; i++)
    tl_json_append_take (json, tl_step_to_json (g_ptr_array_index (steps, i)));

  return json;
}

static TlJson *
folders_to_json (GPtrArray *folders)
{
  TlJson *json = tl_json_new_array ();

  for (guint i = 0; i < folders->len; i++)
    {
      const TlFolder *folder = g_ptr_array_index (folders, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "name", folder->name);
      tl_json_set_string (row, "role", folder->role);
      tl_json_append_take (json, row);
    }

  return json;
}

/**
 * tl_lane_report_to_json_without_findings:
 * @self: a report
 *
 * For documents that list the findings of both lanes beside them. `endpoint`
 * holds the settings with the address and proxy that were used, or null when no
 * server was found; `tls` is null when no handshake was finished, `facts` when
 * nobody was signed in.
 *
 * Returns: (transfer full): an object of verdict, primary (an id or null),
 *   stages, endpoint, tls, capabilities, folders, facts and tested_at
 */
TlJson *
tl_lane_report_to_json_without_findings (const TlLaneReport *self)
{
  TlFinding *primary = tl_lane_report_get_primary (self);
  TlJson *json = tl_json_new_object ();

  tl_json_set_string (json, "verdict", tl_verdict_get_nick (tl_lane_report_get_verdict (self)));
  tl_json_set_string (json, "primary", primary != NULL ? tl_finding_get_id (primary) : NULL);
  tl_json_set_take (json, "stages", steps_to_json (tl_lane_report_get_steps (self)));
  tl_json_set_take (json, "endpoint", endpoint_to_json (self));
  tl_json_set_take (json, "tls", tls_to_json (tl_lane_report_get_tls (self)));
  tl_json_set_take (json, "capabilities",
                    tl_json_new_strv (tl_lane_report_get_capabilities (self)));
  tl_json_set_take (json, "folders", folders_to_json (tl_lane_report_get_folders (self)));
  tl_json_set_take (json, "facts",
                    tl_lane_report_get_facts (self) == NULL
                    ? NULL : tl_lane_facts_to_json (tl_lane_report_get_facts (self)));
  tl_json_set_time (json, "tested_at", tl_lane_report_get_tested_at_s (self));

  return json;
}

/**
 * tl_lane_report_to_json:
 * @self: a report
 *
 * Writes all of a report.
 *
 * Returns: (transfer full): as tl_lane_report_to_json_without_findings(), and findings
 */
TlJson *
tl_lane_report_to_json (const TlLaneReport *self)
{
  TlJson *json = tl_lane_report_to_json_without_findings (self);

  tl_json_set_take (json, "findings",
                    tl_findings_to_json (tl_lane_report_get_findings (self)));

  return json;
}

static void
refuse_unclean (TlJsonReader        *reader,
                const char          *member,
                const char * const  *values)
{
  for (gsize i = 0; values[i] != NULL; i++)
    {
      if (!tl_text_is_clean (values[i]))
        tl_json_reader_refuse (reader, member, "holds characters that do not show");
    }
}

static TlTlsInfo *
read_tls (TlJsonReader *parent)
{
  TlJson *json = tl_json_reader_get_object (parent, "tls", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) reader = NULL;
  g_auto(GStrv) names = NULL;
  const char *version;
  const char *cipher;
  const char *fingerprint;
  const char *issuer;
  gint64 not_after_s;
  GError *error = NULL;

  if (json == NULL)
    return NULL;

  reader = tl_json_reader_new (json, "the connection");
  version = tl_json_reader_get_text (reader, "version", TL_JSON_REQUIRED);
  cipher = tl_json_reader_get_text (reader, "cipher", TL_JSON_REQUIRED);
  fingerprint = tl_json_reader_get_string (reader, "fingerprint", TL_JSON_REQUIRED);
  issuer = tl_json_reader_get_text (reader, "issuer", TL_JSON_REQUIRED);
  names = tl_json_reader_dup_strv (reader, "names", TL_JSON_REQUIRED, TLS_NAMES_MAX);
  not_after_s = tl_json_reader_get_time (reader, "not_after", TL_JSON_REQUIRED);

  if (strlen (fingerprint) != 64 || strspn (fingerprint, G_CSET_DIGITS "abcdef") != 64)
    tl_json_reader_refuse (reader, "fingerprint", "is not 64 lower-case hexadecimal digits");
  refuse_unclean (reader, "names", (const char * const *) names);

  if (!tl_json_reader_finish (reader, &error))
    {
      tl_json_reader_refuse_error (parent, "tls", error);
      return NULL;
    }

  return tl_tls_info_new (version, cipher, fingerprint, issuer, (const char * const *) names,
                          not_after_s);
}

/* Fills settings (owned), address and proxy (borrowed from @parent). */
static void
read_endpoint (TlJsonReader      *parent,
               TlLaneReportParts *parts)
{
  TlJson *json = tl_json_reader_get_object (parent, "endpoint", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) reader = NULL;
  GError *error = NULL;

  if (json == NULL)
    return;

  reader = tl_json_reader_new (json, "the endpoint");
  parts->settings = tl_lane_settings_read (reader);
  parts->address = tl_json_reader_get_text (reader, "address", TL_JSON_OPTIONAL);
  parts->proxy = tl_json_reader_get_text (reader, "proxy", TL_JSON_OPTIONAL);

  if (parts->address != NULL && !g_hostname_is_ip_address (parts->address))
    tl_json_reader_refuse (reader, "address", "is not an IP address");
  if (parts->settings != NULL &&
      tl_lane_settings_get_protocol (parts->settings) != tl_protocol_for_lane (parts->lane))
    tl_json_reader_refuse (reader, "protocol", "is not that of this lane");

  if (!tl_json_reader_finish (reader, &error))
    tl_json_reader_refuse_error (parent, "endpoint", error);
}

static void
read_steps (TlJsonReader *parent,
            GPtrArray    *steps)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "stages", TL_JSON_REQUIRED,
                                                        TL_STAGE_BUNDLE + 1);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlStep *step = tl_step_from_json (g_ptr_array_index (rows, i), &error);

      if (step != NULL)
        g_ptr_array_add (steps, step);
      else
        tl_json_reader_refuse_error (parent, "stages", error);
    }
}

static void
read_findings (TlJsonReader *parent,
               TlLaneKind    lane,
               GPtrArray    *findings)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "findings", TL_JSON_REQUIRED,
                                                        TL_LANE_REPORT_MAX_FINDINGS);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlFinding *finding = tl_finding_from_json (g_ptr_array_index (rows, i), &error);

      if (finding == NULL)
        {
          tl_json_reader_refuse_error (parent, "findings", error);
          continue;
        }

      g_ptr_array_add (findings, finding);
      if (tl_finding_get_lane (finding) != lane && tl_finding_get_lane (finding) != TL_LANE_NONE)
        tl_json_reader_refuse (parent, "findings", "has a finding about another lane");
    }
}

static void
read_folders (TlJsonReader *parent,
              GPtrArray    *folders)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "folders", TL_JSON_REQUIRED,
                                                        TL_LANE_REPORT_MAX_FOLDERS);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(TlJsonReader) reader = tl_json_reader_new (g_ptr_array_index (rows, i),
                                                           "the folder");
      const char *name = tl_json_reader_get_text (reader, "name", TL_JSON_REQUIRED);
      const char *role = tl_json_reader_get_string (reader, "role", TL_JSON_OPTIONAL);
      GError *error = NULL;

      if (role != NULL && !tl_folder_role_is_known (role))
        tl_json_reader_refuse (reader, "role", "is none of the roles of folders");

      if (tl_json_reader_finish (reader, &error))
        g_ptr_array_add (folders, tl_folder_new (name, role));
      else
        tl_json_reader_refuse_error (parent, "folders", error);
    }
}

static TlLaneFacts *
read_facts (TlJsonReader *parent)
{
  TlJson *json = tl_json_reader_get_object (parent, "facts", TL_JSON_OPTIONAL);
  TlLaneFacts *facts;
  GError *error = NULL;

  if (json == NULL)
    return NULL;

  facts = tl_lane_facts_from_json (json, &error);
  if (facts == NULL)
    tl_json_reader_refuse_error (parent, "facts", error);

  return facts;
}

/* The stages are those of the lane, all of them and in order, or what is read
 * is not what was written. */
static gboolean
steps_are_complete (const TlLaneReport *report,
                    GPtrArray          *read)
{
  GPtrArray *steps = tl_lane_report_get_steps (report);

  if (steps->len != read->len)
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      TlStep *a = g_ptr_array_index (steps, i);
      TlStep *b = g_ptr_array_index (read, i);

      if (tl_step_get_stage (a) != tl_step_get_stage (b) ||
          tl_step_get_status (a) != tl_step_get_status (b))
        return FALSE;
    }

  return TRUE;
}

/* Verdict and primary were worked out when they were written, and are again. */
static void
check_derived (TlJsonReader       *reader,
               const TlLaneReport *report,
               GPtrArray          *steps)
{
  TlVerdict verdict = tl_json_reader_get_enum (reader, "verdict", TL_JSON_REQUIRED,
                                               TL_TYPE_VERDICT, TL_VERDICT_NOT_TESTED);
  const char *primary = tl_json_reader_get_string (reader, "primary", TL_JSON_OPTIONAL);
  TlFinding *decided = tl_lane_report_get_primary (report);

  if (!steps_are_complete (report, steps))
    tl_json_reader_refuse (reader, "stages", "are not the stages of this lane");
  if (verdict != tl_lane_report_get_verdict (report))
    tl_json_reader_refuse (reader, "verdict", "does not follow from stages and findings");
  if (g_strcmp0 (primary, decided != NULL ? tl_finding_get_id (decided) : NULL) != 0)
    tl_json_reader_refuse (reader, "primary", "does not follow from stages and findings");
}

/**
 * tl_lane_report_from_json:
 * @json: an object as tl_lane_report_to_json() makes it
 * @lane: which lane it is about
 * @error: return location for a #GError
 *
 * Refuses a verdict or primary that does not follow from the rest.
 *
 * Returns: (transfer full): the report, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlLaneReport *
tl_lane_report_from_json (TlJson      *json,
                          TlLaneKind   lane,
                          GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the lane");
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_step_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_folder_free);
  g_auto(GStrv) capabilities = NULL;
  g_autoptr(TlTlsInfo) tls = NULL;
  g_autoptr(TlLaneFacts) facts = NULL;
  g_autoptr(TlLaneReport) self = NULL;
  TlLaneReportParts parts = {
    .lane = lane,
    .steps = steps,
    .findings = findings,
    .folders = folders,
  };

  g_return_val_if_fail (lane != TL_LANE_NONE, NULL);

  read_endpoint (reader, &parts);
  read_steps (reader, steps);
  read_findings (reader, lane, findings);
  read_folders (reader, folders);
  capabilities = tl_json_reader_dup_strv (reader, "capabilities", TL_JSON_REQUIRED,
                                          TL_LANE_REPORT_MAX_CAPABILITIES);
  refuse_unclean (reader, "capabilities", (const char * const *) capabilities);
  tls = read_tls (reader);
  facts = read_facts (reader);
  parts.tls = tls;
  parts.facts = facts;
  parts.capabilities = (const char * const *) capabilities;
  parts.tested_at_s = tl_json_reader_get_time (reader, "tested_at", TL_JSON_REQUIRED);

  self = tl_lane_report_new (&parts);
  g_clear_pointer (&parts.settings, tl_lane_settings_unref);
  check_derived (reader, self, steps);

  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
