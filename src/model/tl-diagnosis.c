/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-diagnosis.h"

#include <string.h>

#include "tl-data.h"
#include "tl-diagnosis-table.h"
#include "tl-host-pattern.h"

/* The compiled-in table, read on first use and kept for good. */
static GPtrArray *
get_table (void)
{
  static GPtrArray *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, tl_data_parse ("diagnoses.json",
                                              (TlDataParse) tl_diagnosis_table_parse));

  return table;
}

static gboolean
is_for (const TlDiagnosis *row,
        TlDiagnosisKind    kind,
        TlLaneKind         lane,
        TlStage            stage)
{
  return row->kind == kind &&
         (row->stages & (1u << stage)) != 0 &&
         (row->lane == TL_LANE_NONE || row->lane == lane);
}

static const char *
finding_at (const TlDiagnosis *row,
            TlStage            stage)
{
  g_autofree char *id = NULL;

  if (row->finding[0] != '*')
    return row->finding;

  id = g_strconcat (tl_stage_get_nick (stage), row->finding + 1, NULL);

  return g_intern_string (id);
}

static gboolean
has_host (const TlDiagnosis *row,
          const char        *host)
{
  if (row->hosts[0] == NULL)
    return TRUE;
  if (host == NULL)
    return FALSE;

  for (guint i = 0; row->hosts[i] != NULL; i++)
    {
      if (tl_host_pattern_match (row->hosts[i], host) > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_code (const TlDiagnosis *row,
          guint              reply_code)
{
  g_autofree char *digits = NULL;

  if (row->codes[0] == NULL)
    return TRUE;

  digits = g_strdup_printf ("%u", reply_code);

  return g_strv_contains ((const char * const *) row->codes, digits);
}

static gboolean
has_fragments (const TlDiagnosis *row,
               const char        *folded)
{
  for (guint i = 0; row->fragments[i] != NULL; i++)
    {
      if (strstr (folded, row->fragments[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * tl_diagnosis_find_text:
 * @lane: which lane; %TL_LANE_NONE asks only the rows for any lane
 * @stage: where the server said it
 * @host: (nullable): the server, lower-case A-labels
 * @text: its sentence, after tl_text_clean(); with or without codes in front
 * @reply_code: the SMTP reply code, or 0 when there is none
 *
 * First tier: what the server's sentence means. Case and the amount of white
 * space do not matter. Rows for certain hosts are asked before general ones,
 * rows with more fragments before those with fewer. Any thread.
 *
 * Returns: (transfer none) (nullable): a finding id, or %NULL when no row knows the sentence
 */
const char *
tl_diagnosis_find_text (TlLaneKind  lane,
                        TlStage     stage,
                        const char *host,
                        const char *text,
                        guint       reply_code)
{
  GPtrArray *table = get_table ();
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  folded = tl_diagnosis_fold (text);
  for (guint i = 0; i < table->len; i++)
    {
      const TlDiagnosis *row = g_ptr_array_index (table, i);

      if (is_for (row, TL_DIAGNOSIS_TEXT, lane, stage) &&
          has_host (row, host) && has_code (row, reply_code) && has_fragments (row, folded))
        return finding_at (row, stage);
    }

  return NULL;
}

static const char *
find_word (TlDiagnosisKind  kind,
           TlLaneKind       lane,
           TlStage          stage,
           const char      *word)
{
  GPtrArray *table = get_table ();

  for (guint i = 0; i < table->len; i++)
    {
      const TlDiagnosis *row = g_ptr_array_index (table, i);

      if (is_for (row, kind, lane, stage) && g_ascii_strcasecmp (row->word, word) == 0)
        return finding_at (row, stage);
    }

  return NULL;
}

/**
 * tl_diagnosis_find_enhanced:
 * @lane: which lane
 * @stage: where the server said it
 * @enhanced_code: (nullable): an enhanced status code (RFC 3463), `5.7.8`
 * @imap_code: (nullable): an IMAP response code without its arguments, `EXPIRED`
 *
 * Second tier, for sentences that tl_diagnosis_find_text() does not know. Any thread.
 *
 * Returns: (transfer none) (nullable): a finding id, or %NULL
 */
const char *
tl_diagnosis_find_enhanced (TlLaneKind  lane,
                            TlStage     stage,
                            const char *enhanced_code,
                            const char *imap_code)
{
  const char *finding = NULL;

  if (enhanced_code != NULL)
    finding = find_word (TL_DIAGNOSIS_ENHANCED, lane, stage, enhanced_code);
  if (finding == NULL && imap_code != NULL)
    finding = find_word (TL_DIAGNOSIS_IMAP_CODE, lane, stage, imap_code);

  return finding;
}

static const char *
find_number (TlDiagnosisKind kind,
             TlLaneKind      lane,
             TlStage         stage,
             guint           number)
{
  GPtrArray *table = get_table ();

  for (guint i = 0; i < table->len; i++)
    {
      const TlDiagnosis *row = g_ptr_array_index (table, i);

      if (is_for (row, kind, lane, stage) && row->number == number)
        return finding_at (row, stage);
    }

  return NULL;
}

/**
 * tl_diagnosis_find_code:
 * @lane: which lane
 * @stage: where the server said it
 * @reply_code: an SMTP reply code (RFC 5321 §4.2)
 *
 * Last tier: the code alone, and then its first digit. On the outgoing lane
 * every refusal, 400 to 599, from greet to use finds something; of one of a
 * whole message, a code in the 500s says no more than that. Any thread.
 *
 * Returns: (transfer none) (nullable): a finding id, or %NULL
 */
const char *
tl_diagnosis_find_code (TlLaneKind lane,
                        TlStage    stage,
                        guint      reply_code)
{
  const char *finding = find_number (TL_DIAGNOSIS_CODE, lane, stage, reply_code);

  if (finding == NULL)
    finding = find_number (TL_DIAGNOSIS_CLASS, lane, stage, reply_code / 100);

  return finding;
}

guint
tl_diagnosis_get_n (void)
{
  return get_table ()->len;
}

/**
 * tl_diagnosis_check:
 * @json: a document by data/schema/diagnoses.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_diagnosis_check (const char  *json,
                    gssize       len,
                    GError     **error)
{
  g_autoptr(GPtrArray) table = tl_diagnosis_table_parse (json, len, error);

  return table != NULL;
}
