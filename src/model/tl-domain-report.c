/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-domain-report.h"

#include "tl-endpoint.h"
#include "tl-error.h"
#include "tl-nick.h"

/* These bounds are those of data/schema/bundle.schema.json. */
#define MAX_TRIPS       100
#define MAX_QUESTIONS   10000
#define MAX_TEXT_CHARS  4200

struct _TlDomainReport
{
  TlDomainReportParts parts; /* with everything of its own */
};

G_DEFINE_BOXED_TYPE (TlDomainReport, tl_domain_report, tl_domain_report_ref,
                     tl_domain_report_unref)

/**
 * tl_domain_record_new:
 * @topic: what it is about
 * @status: how good that is; never running
 * @name: (nullable): where it was looked for
 * @value: (nullable): what was found there, cleaned
 * @detail: (nullable): what it comes to
 *
 * Returns: (transfer full): a record of which no look-ups were counted
 */
TlDomainRecord *
tl_domain_record_new (TlDomainTopic  topic,
                      TlStatus       status,
                      const char    *name,
                      const char    *value,
                      const char    *detail)
{
  TlDomainRecord *self = g_new (TlDomainRecord, 1);

  self->topic = topic;
  self->status = status;
  self->name = g_strdup (name);
  self->value = g_strdup (value);
  self->detail = g_strdup (detail);
  self->n_lookups = -1;

  return self;
}

void
tl_domain_record_free (TlDomainRecord *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self->detail);
  g_free (self);
}

static TlDomainRecord *
copy_record (const TlDomainRecord *record)
{
  TlDomainRecord *copy = tl_domain_record_new (record->topic, record->status, record->name,
                                               record->value, record->detail);

  copy->n_lookups = record->n_lookups;

  return copy;
}

/* In the order of topics; within one as they were given. */
static GPtrArray *
copy_records (GPtrArray *records)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);

  for (int topic = 0; topic < TL_N_DOMAIN_TOPICS; topic++)
    {
      for (guint i = 0; records != NULL && i < records->len; i++)
        {
          const TlDomainRecord *record = g_ptr_array_index (records, i);

          if ((int) record->topic == topic && copies->len < TL_DOMAIN_REPORT_MAX_RECORDS)
            g_ptr_array_add (copies, copy_record (record));
        }
    }

  return copies;
}

/**
 * tl_domain_report_new:
 * @parts: what it is made of; all of it stays the caller's
 *
 * Puts the records in the order of topics; what is more than a report holds is left out.
 *
 * Returns: (transfer full): a report
 */
TlDomainReport *
tl_domain_report_new (const TlDomainReportParts *parts)
{
  TlDomainReport *self = g_atomic_rc_box_new0 (TlDomainReport);

  self->parts = *parts;
  self->parts.domain = g_strdup (parts->domain);
  self->parts.records = copy_records (parts->records);
  self->parts.findings = tl_findings_copy (parts->findings, TL_DOMAIN_REPORT_MAX_FINDINGS);

  return self;
}

TlDomainReport *
tl_domain_report_ref (TlDomainReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_domain_report_clear (gpointer data)
{
  TlDomainReport *self = data;

  g_free ((char *) self->parts.domain);
  g_ptr_array_unref (self->parts.records);
  g_ptr_array_unref (self->parts.findings);
}

void
tl_domain_report_unref (TlDomainReport *self)
{
  g_atomic_rc_box_release_full (self, tl_domain_report_clear);
}

/**
 * tl_domain_report_get_parts:
 * @self: a report
 *
 * Returns: (transfer none): all of it; no list is %NULL
 */
const TlDomainReportParts *
tl_domain_report_get_parts (const TlDomainReport *self)
{
  return &self->parts;
}

/* How loud each is, where a topic has several records: what nobody could look at outweighs what
 * was found good, or a topic would be green that is half seen. */
static const guint weights[] = {
  [TL_STATUS_NOT_NEEDED] = 0,
  [TL_STATUS_OK]         = 1,
  [TL_STATUS_RUNNING]    = 2,
  [TL_STATUS_NOT_TESTED] = 2,
  [TL_STATUS_WARNING]    = 3,
  [TL_STATUS_ERROR]      = 4,
};

/**
 * tl_domain_report_get_status:
 * @self: a report
 * @topic: what of the domain
 *
 * Returns: the worst of its records'; not-tested when there is none
 */
TlStatus
tl_domain_report_get_status (const TlDomainReport *self,
                             TlDomainTopic         topic)
{
  const TlDomainRecord *worst = NULL;

  for (guint i = 0; i < self->parts.records->len; i++)
    {
      const TlDomainRecord *record = g_ptr_array_index (self->parts.records, i);

      if (record->topic == topic &&
          (worst == NULL || weights[record->status] > weights[worst->status]))
        worst = record;
    }

  return worst != NULL ? worst->status : TL_STATUS_NOT_TESTED;
}

/**
 * tl_domain_report_get_verdict:
 * @self: a report
 *
 * Returns: as bad as the worst finding; not-tested where there is no warning because nothing could
 *   be looked at
 */
TlVerdict
tl_domain_report_get_verdict (const TlDomainReport *self)
{
  TlVerdict verdict = tl_findings_get_verdict (self->parts.findings);

  if (verdict != TL_VERDICT_OK)
    return verdict;

  for (guint i = 0; i < self->parts.records->len; i++)
    {
      const TlDomainRecord *record = g_ptr_array_index (self->parts.records, i);

      if (record->status != TL_STATUS_NOT_TESTED)
        return TL_VERDICT_OK;
    }

  return TL_VERDICT_NOT_TESTED;
}

/**
 * tl_domain_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): an object of domain, checked_at, trips, questions, records (each with
 *   topic, status, name, value, detail, and lookups where they were counted), findings and verdict
 */
TlJson *
tl_domain_report_to_json (const TlDomainReport *self)
{
  TlJson *json = tl_json_new_object ();
  TlJson *records = tl_json_new_array ();

  for (guint i = 0; i < self->parts.records->len; i++)
    {
      const TlDomainRecord *record = g_ptr_array_index (self->parts.records, i);
      TlJson *row = tl_json_new_object ();

      tl_json_set_string (row, "topic", tl_domain_topic_get_nick (record->topic));
      tl_json_set_string (row, "status", tl_status_get_nick (record->status));
      tl_json_set_string (row, "name", record->name);
      tl_json_set_string (row, "value", record->value);
      tl_json_set_string (row, "detail", record->detail);
      if (record->n_lookups >= 0)
        tl_json_set_int (row, "lookups", record->n_lookups);
      tl_json_append_take (records, row);
    }

  tl_json_set_string (json, "domain", self->parts.domain);
  tl_json_set_time (json, "checked_at", self->parts.checked_at_s);
  tl_json_set_int (json, "trips", self->parts.n_trips);
  tl_json_set_int (json, "questions", self->parts.n_questions);
  tl_json_set_take (json, "records", records);
  tl_json_set_take (json, "findings", tl_findings_to_json (self->parts.findings));
  tl_json_set_string (json, "verdict", tl_verdict_get_nick (tl_domain_report_get_verdict (self)));

  return json;
}

static const char *
get_bounded (TlJsonReader *reader,
             const char   *member)
{
  const char *text = tl_json_reader_get_text (reader, member, TL_JSON_OPTIONAL);

  if (text != NULL && g_utf8_strlen (text, -1) > MAX_TEXT_CHARS)
    tl_json_reader_refuse (reader, member, "is too long");

  return text;
}

static TlDomainRecord *
read_record (TlJson  *json,
             GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the record");
  TlDomainTopic topic = (TlDomainTopic) tl_json_reader_get_enum (reader, "topic",
                                                                 TL_JSON_REQUIRED,
                                                                 TL_TYPE_DOMAIN_TOPIC,
                                                                 TL_DOMAIN_TOPIC_MX);
  TlStatus status = (TlStatus) tl_json_reader_get_enum (reader, "status", TL_JSON_REQUIRED,
                                                        TL_TYPE_STATUS, TL_STATUS_NOT_TESTED);
  const char *name = get_bounded (reader, "name");
  const char *value = get_bounded (reader, "value");
  const char *detail = get_bounded (reader, "detail");
  gboolean is_counted = tl_json_reader_has (reader, "lookups");
  gint64 n_lookups = tl_json_reader_get_int (reader, "lookups", TL_JSON_OPTIONAL, 0,
                                             TL_DOMAIN_REPORT_MAX_LOOKUPS);
  TlDomainRecord *record;

  if (status == TL_STATUS_RUNNING)
    tl_json_reader_refuse (reader, "status", "is not how anything ends");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  record = tl_domain_record_new (topic, status, name, value, detail);
  if (is_counted)
    record->n_lookups = (int) n_lookups;

  return record;
}

static GPtrArray *
read_records (TlJsonReader *parent)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (parent, "records", TL_JSON_REQUIRED,
                                                        TL_DOMAIN_REPORT_MAX_RECORDS);
  TlDomainTopic last = TL_DOMAIN_TOPIC_MX;

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlDomainRecord *record = read_record (g_ptr_array_index (rows, i), &error);

      if (record == NULL)
        {
          tl_json_reader_refuse_error (parent, "records", error);
          continue;
        }

      g_ptr_array_add (records, record);
      if (record->topic < last)
        tl_json_reader_refuse (parent, "records", "are not in the order of topics");
      last = record->topic;
    }

  return records;
}

/**
 * tl_domain_report_from_json:
 * @json: an object as tl_domain_report_to_json() makes it
 * @error: return location for a #GError
 *
 * Strict: records are by topic, and the verdict has to be the one that the rest comes to.
 *
 * Returns: (transfer full): the report, or %NULL with %TL_ERROR_INVALID_INPUT
 */
TlDomainReport *
tl_domain_report_from_json (TlJson  *json,
                            GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the domain");
  g_autoptr(GPtrArray) records = read_records (reader);
  g_autoptr(GPtrArray) findings =
    tl_findings_read (reader, "findings", TL_DOMAIN_REPORT_MAX_FINDINGS);
  const TlDomainReportParts parts = {
    .domain = tl_json_reader_get_string (reader, "domain", TL_JSON_REQUIRED),
    .checked_at_s = tl_json_reader_get_time (reader, "checked_at", TL_JSON_REQUIRED),
    .n_trips = (guint) tl_json_reader_get_int (reader, "trips", TL_JSON_REQUIRED, 0, MAX_TRIPS),
    .n_questions = (guint) tl_json_reader_get_int (reader, "questions", TL_JSON_REQUIRED, 0,
                                                   MAX_QUESTIONS),
    .records = records,
    .findings = findings,
  };
  g_autoptr(TlDomainReport) self = tl_domain_report_new (&parts);
  g_autofree char *canonical = tl_host_canonicalize (parts.domain);
  TlVerdict verdict = (TlVerdict) tl_json_reader_get_enum (reader, "verdict", TL_JSON_REQUIRED,
                                                           TL_TYPE_VERDICT,
                                                           TL_VERDICT_NOT_TESTED);

  if (g_strcmp0 (canonical, parts.domain) != 0)
    tl_json_reader_refuse (reader, "domain", "is not a domain in A-labels");
  if (verdict != tl_domain_report_get_verdict (self))
    tl_json_reader_refuse (reader, "verdict", "is not what the findings come to");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}
