/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fuzz.h"
#include "tl-record-parse.h"
#include "tl-record-set.h"
#include "tl-spf.h"
#include "tl-text.h"

#include <string.h>

#define MAX_ROUNDS 60
#define MAX_ASKED 700

/* input  = flags sender-line *answer-line
 *
 * Lines answer what is wanted, in turn and over again: an odd first character is a status, any
 * other the text of TXT, the host of MX and PTR; addresses are made of the line's first bytes. */
typedef struct
{
  char  **lines;
  gsize   n;
  gsize   next;
} Script;

static TlRecordSet *
make_answer (Script       *self,
             TlRecordType  type)
{
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_record_free);
  const char *line = self->lines[self->next++ % self->n];
  guint n_records = 1;

  if (line[0] == '!')
    return tl_record_set_new ((TlRecordsStatus) ((guchar) line[1] % (TL_RECORDS_LOOP + 1)),
                              TL_DNSSEC_UNKNOWN, NULL);
  if (line[0] == '*')
    {
      n_records = (guchar) line[1] % 16;
      line += line[1] == '\0' ? 1 : 2;
    }

  for (guint i = 0; i < n_records; i++)
    {
      TlRecord *record = g_new0 (TlRecord, 1);
      guint8 address[16] = { 192, 0, 2, 1 };

      memcpy (address, line, MIN (strlen (line), sizeof address));
      if (type == TL_RECORD_TXT)
        record->data = g_bytes_new (line, MIN (strlen (line), TL_RECORD_MAX_TEXT));
      else if (type == TL_RECORD_A || type == TL_RECORD_AAAA)
        record->data = g_bytes_new (address, type == TL_RECORD_A ? 4 : 16);
      else
        record->target = i == 0 ? tl_text_clean_capped (line, -1, 255)
                                : g_strdup_printf ("h%u.test", i);
      g_ptr_array_add (records, record);
    }

  return tl_record_set_new (TL_RECORDS_ANSWERED, TL_DNSSEC_UNKNOWN, g_steal_pointer (&records));
}

static gsize
answer (Script     *self,
        TlDnsFacts *facts)
{
  g_autoptr(GPtrArray) wanted = tl_dns_facts_list_wanted (facts);

  for (guint i = 0; wanted != NULL && i < wanted->len; i++)
    {
      const TlDnsWant *want = wanted->pdata[i];
      g_autoptr(TlRecordSet) set = make_answer (self, want->type);

      g_assert_cmpuint (strlen (want->name), <=, 253);
      tl_dns_facts_put (facts, want->name, want->type, set);
    }

  return wanted == NULL ? 0 : wanted->len;
}

static void
check_outcome (const TlSpfOutcome *outcome)
{
  gboolean is_error = outcome->result == TL_SPF_TEMPERROR || outcome->result == TL_SPF_PERMERROR;

  g_assert_cmpint (outcome->why != NULL, ==, is_error);
  g_assert_cmpuint (outcome->n_lookups, <=, 11);
  g_assert_cmpuint (outcome->n_voids, <=, 3);
  g_assert_true (outcome->n_lookups <= 10 || outcome->result == TL_SPF_PERMERROR);
  g_assert_true (outcome->explanation == NULL || outcome->result == TL_SPF_FAIL);
  g_assert_true (outcome->explanation == NULL || tl_text_is_clean (outcome->explanation));
  g_assert_true (outcome->matched == NULL || tl_text_is_clean (outcome->matched));
}

static void
run (Script             *script,
     const TlSpfSubject *subject)
{
  g_autoptr(TlDnsFacts) facts = tl_dns_facts_new ();
  gboolean is_complete = FALSE;
  gsize n_asked = 0;

  for (guint i = 0; !is_complete; i++)
    {
      g_autoptr(TlSpfOutcome) outcome = tl_spf_check (subject, facts);
      g_autoptr(TlSpfSurvey) survey = tl_spf_survey (subject->domain, facts);

      g_assert_cmpuint (i, <, MAX_ROUNDS);
      is_complete = outcome->is_complete && survey->is_complete;
      if (outcome->is_complete)
        check_outcome (outcome);
      g_assert_cmpuint (survey->n_lookups, <=, 30);
      g_assert_cmpuint (g_strv_length (survey->lookup_terms), ==, survey->n_lookups);
      g_assert_true (survey->record == NULL || tl_text_is_clean (survey->record));
      g_assert_true (is_complete || tl_dns_facts_get_n_waited (facts) > 0);
      n_asked += answer (script, facts);
      g_assert_cmpuint (n_asked, <=, MAX_ASKED);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GInetAddress) ip = NULL;
  TlSpfSubject subject = { 0 };
  Script script = { 0 };
  const char *at;

  if (size < 2)
    return 0;

  text = g_strndup ((const char *) data + 1, size - 1);
  lines = g_strsplit (text, "\n", 64);
  script.lines = lines + 1;
  script.n = lines[0] == NULL ? 0 : g_strv_length (lines + 1);
  if (script.n == 0)
    return 0;

  ip = g_inet_address_new_from_string (data[0] & 1   ? "2001:db8::1"
                                       : data[0] & 2 ? "::ffff:192.0.2.1"
                                                     : "192.0.2.1");
  at = strrchr (lines[0], '@');
  subject.ip = ip;
  subject.sender = lines[0];
  subject.domain = data[0] & 4 || at == NULL ? "a.test" : at + 1;
  subject.helo = data[0] & 8 ? lines[0] : "mail.a.test";
  run (&script, &subject);

  return 0;
}
