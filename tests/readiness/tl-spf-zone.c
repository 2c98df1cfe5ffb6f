/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-spf-zone.h"

#include <string.h>

#include "tl-record-parse.h"
#include "tl-record-set.h"

#define MAX_ALIASES 8
#define MAX_ROUNDS 200

static const struct
{
  const char   *name;
  TlRecordType  type;
} types[] = {
  { "A", TL_RECORD_A },         { "AAAA", TL_RECORD_AAAA }, { "MX", TL_RECORD_MX },
  { "TXT", TL_RECORD_TXT },     { "PTR", TL_RECORD_PTR },   { "CNAME", TL_RECORD_CNAME },
};

typedef struct
{
  char            *name;
  TlRecordType     type;   /* 0: any that is not there */
  TlRecordsStatus  status;
  guint16          priority;
  char            *value;
} Line;

struct _TlSpfZone
{
  GHashTable *names;  /* lower case → GPtrArray of Line */
};

static void
line_free (gpointer data)
{
  Line *self = data;

  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

static TlRecordType
find_type (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (types[i].name, name))
        return types[i].type;
    }

  return 0;
}

TlSpfZone *
tl_spf_zone_new (const char *text)
{
  TlSpfZone *self = g_new0 (TlSpfZone, 1);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_ptr_array_unref);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] != '\0')
        tl_spf_zone_add (self, lines[i]);
    }

  return self;
}

void
tl_spf_zone_free (TlSpfZone *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

void
tl_spf_zone_add (TlSpfZone  *self,
                 const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 3);
  Line *line = g_new0 (Line, 1);
  g_autofree char *unescaped = g_strcompress (words[0]);
  char *key = g_ascii_strdown (unescaped, -1);
  GPtrArray *at_name = g_hash_table_lookup (self->names, key);

  g_assert_nonnull (words[1]);
  line->name = g_strdup (unescaped);
  line->type = find_type (words[1]);
  line->value = g_strdup (words[2]);
  line->status = TL_RECORDS_ANSWERED;
  if (g_str_equal (words[1], "NONE"))
    line->status = TL_RECORDS_NOTHING;
  else if (line->type == 0)
    {
      line->status = g_str_equal (words[1], "TIMEOUT") ? TL_RECORDS_TIMEOUT : TL_RECORDS_SERVFAIL;
      g_assert_true (line->status == TL_RECORDS_TIMEOUT || g_str_equal (words[1], "SERVFAIL"));
      line->type = words[2] == NULL ? 0 : find_type (words[2]);
    }
  if (line->type == TL_RECORD_MX && line->status == TL_RECORDS_ANSWERED)
    {
      char *host = strchr (words[2], ' ');

      line->priority = (guint16) g_ascii_strtoull (words[2], NULL, 10);
      g_free (line->value);
      line->value = g_strdup (host + 1);
    }

  if (at_name == NULL)
    {
      at_name = g_ptr_array_new_with_free_func (line_free);
      g_hash_table_insert (self->names, key, at_name);
    }
  else
    {
      g_free (key);
    }
  g_ptr_array_add (at_name, line);
}

/* As g_strcompress(), but for three octal digits alone, and a zero octet is one like any other. */
static GBytes *
unescape (const char *text)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  for (const char *p = text; *p != '\0' && bytes->len < TL_RECORD_MAX_TEXT; p++)
    {
      guint8 byte = (guint8) *p;

      if (*p == '\\')
        {
          g_assert_true (g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]) &&
                         g_ascii_isdigit (p[3]));
          byte = (guint8) (64 * (p[1] - '0') + 8 * (p[2] - '0') + (p[3] - '0'));
          p += 3;
        }
      g_byte_array_append (bytes, &byte, 1);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static TlRecord *
make_record (const Line *line)
{
  TlRecord *record = g_new0 (TlRecord, 1);
  g_autoptr(GInetAddress) address = NULL;

  record->priority = line->priority;
  switch (line->type)
    {
    case TL_RECORD_A:
    case TL_RECORD_AAAA:
      address = g_inet_address_new_from_string (line->value);
      g_assert_nonnull (address);
      record->data = g_bytes_new (g_inet_address_to_bytes (address),
                                  g_inet_address_get_native_size (address));
      break;

    case TL_RECORD_TXT:
      record->data = unescape (line->value);
      break;

    default:
      record->target = g_strdup (line->value);
      if (strlen (line->value) > 1 && g_str_has_suffix (line->value, "."))
        record->target[strlen (line->value) - 1] = '\0';
      /* As the resolver has it: what is no name of a host is kept apart. */
      if (strchr (record->target, '_') != NULL)
        record->raw_target = g_steal_pointer (&record->target);
      break;
    }

  return record;
}

static TlRecordSet *
lookup (TlSpfZone    *self,
        const char   *name,
        TlRecordType  type,
        guint         n_aliases)
{
  g_autofree char *key = g_ascii_strdown (name, -1);
  GPtrArray *at_name;
  TlRecordsStatus status = TL_RECORDS_NOTHING;
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);

  if (g_str_has_suffix (key, "."))
    key[strlen (key) - 1] = '\0';
  at_name = g_hash_table_lookup (self->names, key);
  if (n_aliases > MAX_ALIASES)
    return tl_record_set_new (TL_RECORDS_LOOP, TL_DNSSEC_UNKNOWN, NULL);
  if (at_name == NULL)
    return tl_record_set_new (TL_RECORDS_NXDOMAIN, TL_DNSSEC_UNKNOWN, NULL);

  for (guint i = 0; i < at_name->len; i++)
    {
      const Line *line = at_name->pdata[i];

      if (line->status == TL_RECORDS_ANSWERED && line->type == TL_RECORD_CNAME)
        return lookup (self, line->value, type, n_aliases + 1);
      if (line->status == TL_RECORDS_ANSWERED && line->type == type)
        g_ptr_array_add (records, make_record (line));
      else if (line->status != TL_RECORDS_ANSWERED && line->status != TL_RECORDS_NOTHING &&
               (line->type == type || line->type == 0))
        status = line->status;
    }
  if (records->len == 0)
    return tl_record_set_new (status, TL_DNSSEC_UNKNOWN, NULL);

  return tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, g_steal_pointer (&records));
}

TlRecordSet *
tl_spf_zone_lookup (TlSpfZone    *self,
                    const char   *name,
                    TlRecordType  type)
{
  return lookup (self, name, type, 0);
}

guint
tl_spf_zone_answer (TlSpfZone  *self,
                    TlDnsFacts *facts,
                    GRand      *rand)
{
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);
  guint n = 0;

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];
      g_autoptr(TlRecordSet) set = NULL;

      if (rand != NULL && g_rand_boolean (rand) && (n > 0 || i + 1 < wanted->len))
        continue;
      set = tl_spf_zone_lookup (self, want->name, want->type);
      tl_dns_facts_put (facts, want->name, want->type, set);
      n++;
    }

  return n;
}

TlSpfOutcome *
tl_spf_zone_check (TlSpfZone          *self,
                   const TlSpfSubject *subject,
                   GRand              *rand,
                   guint              *out_rounds)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();

  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      g_autoptr(TlSpfOutcome) outcome = tl_spf_check (subject, facts);

      *out_rounds = i;
      if (outcome->is_complete)
        return g_steal_pointer (&outcome);

      g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), >, 0);
      tl_spf_zone_answer (self, facts, rand);
    }

  g_assert_not_reached ();
}

TlSpfSurvey *
tl_spf_zone_survey (TlSpfZone  *self,
                    const char *domain,
                    guint      *out_rounds)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();

  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      g_autoptr(TlSpfSurvey) survey = tl_spf_survey (domain, facts);

      *out_rounds = i;
      if (survey->is_complete)
        return g_steal_pointer (&survey);

      g_assert_cmpuint (tl_dns_facts_get_n_waited (facts), >, 0);
      tl_spf_zone_answer (self, facts, NULL);
    }

  g_assert_not_reached ();
}
