/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zone.h"

#include <string.h>

#include "tl-evidence.h"
#include "tl-nick.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"

#define MAX_ROUNDS 20

static GBytes *
bytes_of_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; hex[i] != '\0'; i += 2)
    {
      guint8 byte = (guint8) (g_ascii_xdigit_value (hex[i]) << 4 |
                              g_ascii_xdigit_value (hex[i + 1]));

      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static TlRecord *
new_record (const ZoneRow *row)
{
  TlRecord *record = g_new0 (TlRecord, 1);

  record->priority = row->priority;
  if (row->hex != NULL)
    record->data = bytes_of_hex (row->hex);
  else if (row->type == TL_RECORD_TXT)
    {
      record->text = g_strdup (row->text);
      record->data = g_bytes_new (row->text, strlen (row->text));
    }
  else if (strspn (row->text, G_CSET_a_2_z G_CSET_DIGITS "-.") == strlen (row->text) &&
           !g_hostname_is_ip_address (row->text))
    record->target = g_strdup (row->text);
  else
    record->raw_target = g_strdup (row->text);

  return record;
}

static TlRecordSet *
find (const ZoneRow   *rows,
      const TlDnsWant *want)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  TlRecordsStatus status = TL_RECORDS_NXDOMAIN;
  TlDnssec dnssec = TL_DNSSEC_UNKNOWN;

  for (gsize i = 0; rows[i].name != NULL; i++)
    {
      if (g_ascii_strcasecmp (rows[i].name, want->name) != 0)
        continue;
      if (rows[i].type != want->type)
        {
          status = status == TL_RECORDS_NXDOMAIN ? TL_RECORDS_NOTHING : status;
          continue;
        }
      status = rows[i].status;
      dnssec = rows[i].dnssec;
      if (rows[i].text != NULL || rows[i].hex != NULL)
        g_ptr_array_add (records, new_record (&rows[i]));
    }

  return tl_record_set_new (status, dnssec, records);
}

static TlDnsDocument *
find_document (const ZoneRow *rows,
               const char    *url)
{
  for (gsize i = 0; rows[i].name != NULL; i++)
    {
      g_autoptr(GBytes) body = NULL;

      if (rows[i].type != 0 || !g_str_equal (rows[i].name, url))
        continue;
      if (rows[i].priority == 0)
        return tl_dns_document_new_failed (rows[i].status == TL_RECORDS_TIMEOUT ?
                                             TL_DNS_DOCUMENT_TIMEOUT :
                                           rows[i].status == TL_RECORDS_SERVFAIL ?
                                             TL_DNS_DOCUMENT_UNREACHED :
                                           rows[i].status == TL_RECORDS_NXDOMAIN ?
                                             TL_DNS_DOCUMENT_NO_HOST : TL_DNS_DOCUMENT_FAULT,
                                           rows[i].text);
      body = g_bytes_new (rows[i].text, strlen (rows[i].text));
      return tl_dns_document_new (rows[i].priority, rows[i].media, body, NULL);
    }

  return tl_dns_document_new (404, "text/html", NULL, NULL);
}

static void
answer (TlDnsFacts    *facts,
        const ZoneRow *rows)
{
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);

  for (guint i = 0; i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];
      g_autoptr(TlRecordSet) set = want->type != 0 ? find (rows, want) : NULL;

      if (set != NULL)
        tl_dns_facts_put (facts, want->name, want->type, set);
      else
        tl_dns_facts_put_document (facts, want->name, find_document (rows, want->name));
    }
}

Zone *
zone_run (const ZoneRow               *rows,
          const TlDomainSubjectParts  *parts,
          void                       (*check) (TlDomainVerdict *verdict))
{
  Zone *self = g_new0 (Zone, 1);
  g_autoptr(GError) error = NULL;

  self->verdict.subject = tl_domain_subject_new (parts, &error);
  g_assert_no_error (error);
  self->verdict.facts = tl_dns_facts_new ();
  self->verdict.records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) tl_domain_record_free);
  self->verdict.findings = g_ptr_array_new_with_free_func (g_object_unref);

  for (;;)
    {
      g_ptr_array_set_size (self->verdict.records, 0);
      g_ptr_array_set_size (self->verdict.findings, 0);
      check (&self->verdict);
      if (tl_dns_facts_get_n_waited (self->verdict.facts) == 0)
        return self;
      g_assert_cmpuint (self->n_rounds++, <, MAX_ROUNDS);
      answer (self->verdict.facts, rows);
    }
}

void
zone_free (Zone *self)
{
  tl_domain_subject_unref (self->verdict.subject);
  tl_dns_facts_free (self->verdict.facts);
  g_ptr_array_unref (self->verdict.records);
  g_ptr_array_unref (self->verdict.findings);
  g_free (self);
}

/* `STATUS DETAIL`, `; ` between. */
char *
zone_dup_records (const Zone *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->verdict.records->len; i++)
    {
      const TlDomainRecord *record = self->verdict.records->pdata[i];

      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "",
                              tl_nick_get (TL_TYPE_STATUS, (int) record->status), record->detail);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* `ID`, ` at HOST` where there is one, and ` → NAME TYPE VALUE` where a record mends it. */
char *
zone_dup_findings (const Zone *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->verdict.findings->len; i++)
    {
      TlFinding *finding = self->verdict.findings->pdata[i];
      GVariant *evidence = tl_finding_get_evidence (finding);
      const char *host = tl_evidence_get_string (evidence, TL_EVIDENCE_HOST);
      const char *record = tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD);

      g_assert_true (tl_evidence_is_valid (evidence));
      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                              tl_finding_get_id (finding) + strlen ("domain."));
      if (host != NULL)
        g_string_append_printf (text, " at %s", host);
      if (record != NULL)
        g_string_append_printf (text, " → %s %s %s",
                                tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD_NAME),
                                tl_evidence_get_string (evidence, TL_EVIDENCE_RECORD_TYPE), record);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
