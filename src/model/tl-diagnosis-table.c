/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-diagnosis-table.h"

#include <string.h>

#include "tl-catalogue.h"
#include "tl-data-check.h"
#include "tl-error.h"
#include "tl-nick.h"

/* These bounds and words are those of data/schema/diagnoses.schema.json. */
#define MAX_ROWS      1000
#define MAX_STAGES    8
#define MAX_HOSTS     20
#define MAX_FRAGMENTS 6
#define MAX_CODES     8
#define MAX_SAMPLES   8

static const char * const lane_words[] = { "any", "incoming", "outgoing", NULL };

static const char * const stage_words[] = {
  "greet", "upgrade", "caps", "auth", "oauth", "use", "deliver", NULL
};

static const char * const source_words[] = {
  "vendor page", "public issue report", "public source code", "third party", "general knowledge",
  "RFC 3207", "RFC 3463", "RFC 4954", "RFC 5248", "RFC 5321", "RFC 5530", "RFC 7628",
  NULL
};

static void
row_free (gpointer data)
{
  TlDiagnosis *self = data;

  g_clear_pointer (&self->hosts, g_strfreev);
  g_clear_pointer (&self->fragments, g_strfreev);
  g_clear_pointer (&self->codes, g_strfreev);
  g_clear_pointer (&self->word, g_free);
  g_clear_pointer (&self->finding, g_free);
  g_free (self);
}

/* The length of white space at @p: a blank, or a line end or tabulator that
 * tl_text_clean() has spelt out. */
static gsize
blank_len (const char *p)
{
  static const char * const spelt[] = { "\\x09", "\\x0a", "\\x0d" };

  for (gsize i = 0; i < G_N_ELEMENTS (spelt); i++)
    {
      if (g_str_has_prefix (p, spelt[i]))
        return strlen (spelt[i]);
    }

  return g_ascii_isspace (*p) ? 1 : 0;
}

/**
 * tl_diagnosis_fold:
 * @text: a server's sentence, after tl_text_clean()
 *
 * Returns: (transfer full): the same in ASCII lower case, every run of white
 *   space folded into one blank, none at the ends
 */
char *
tl_diagnosis_fold (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean blank = FALSE;

  while (*text != '\0')
    {
      gsize len = blank_len (text);

      if (len > 0)
        {
          blank = TRUE;
          text += len;
          continue;
        }

      if (blank && out->len > 0)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_c (out, g_ascii_tolower (*text));
      text++;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
read_stages (TlDiagnosis  *self,
             TlJsonReader *reader)
{
  g_auto(GStrv) words = tl_json_reader_dup_strv (reader, "stages", TL_JSON_REQUIRED, MAX_STAGES);

  if (words[0] == NULL)
    tl_json_reader_refuse (reader, "stages", "is empty");

  for (guint i = 0; words[i] != NULL; i++)
    {
      int stage = 0;

      if (!g_strv_contains (stage_words, words[i]) ||
          !tl_nick_parse (TL_TYPE_STAGE, words[i], &stage) ||
          (self->stages & (1u << stage)) != 0)
        tl_json_reader_refuse (reader, "stages", "has an unknown or repeated word");
      self->stages |= 1u << stage;
    }
}

static void
read_text (TlDiagnosis  *self,
           TlJsonReader *reader)
{
  self->fragments = tl_data_check_strv (reader, "text", TL_JSON_REQUIRED, MAX_FRAGMENTS,
                                        TL_DATA_FRAGMENT);
  if (self->fragments[0] == NULL)
    tl_json_reader_refuse (reader, "text", "is empty");

  self->hosts = tl_data_check_strv (reader, "hosts", TL_JSON_OPTIONAL, MAX_HOSTS,
                                    TL_DATA_HOST_PATTERN);
  self->codes = tl_data_check_strv (reader, "codes", TL_JSON_OPTIONAL, MAX_CODES,
                                    TL_DATA_REPLY_CODE);
}

/* What the row looks at: one thing exactly. */
static void
read_matter (TlDiagnosis  *self,
             TlJsonReader *reader)
{
  static const char * const members[] = {
    [TL_DIAGNOSIS_TEXT]      = "text",
    [TL_DIAGNOSIS_ENHANCED]  = "enhanced",
    [TL_DIAGNOSIS_IMAP_CODE] = "imap_code",
    [TL_DIAGNOSIS_CODE]      = "code",
    [TL_DIAGNOSIS_CLASS]     = "class",
  };
  guint n = 0;

  for (guint kind = 0; kind < G_N_ELEMENTS (members); kind++)
    {
      if (tl_json_reader_has (reader, members[kind]))
        {
          self->kind = (TlDiagnosisKind) kind;
          n++;
        }
    }
  if (n != 1)
    tl_json_reader_refuse (reader, "text", "or one code is what a row looks at");

  switch (self->kind)
    {
    case TL_DIAGNOSIS_TEXT:
      read_text (self, reader);
      break;
    case TL_DIAGNOSIS_ENHANCED:
      self->word = g_strdup (tl_data_check_string (reader, "enhanced", TL_JSON_REQUIRED,
                                                   TL_DATA_ENHANCED));
      break;
    case TL_DIAGNOSIS_IMAP_CODE:
      self->word = g_strdup (tl_data_check_string (reader, "imap_code", TL_JSON_REQUIRED,
                                                   TL_DATA_IMAP_CODE));
      break;
    case TL_DIAGNOSIS_CODE:
      self->number = (guint) tl_json_reader_get_int (reader, "code", TL_JSON_REQUIRED, 400, 599);
      break;
    case TL_DIAGNOSIS_CLASS:
    default:
      self->number = (guint) tl_json_reader_get_int (reader, "class", TL_JSON_REQUIRED, 4, 5);
      break;
    }
}

/* A finding has to be in the catalogue, for every stage of the row. */
static void
check_finding (TlDiagnosis  *self,
               TlJsonReader *reader)
{
  for (guint stage = 0; stage <= TL_STAGE_BUNDLE; stage++)
    {
      g_autofree char *id = NULL;

      if ((self->stages & (1u << stage)) == 0)
        continue;

      id = self->finding[0] == '*'
         ? g_strconcat (tl_stage_get_nick ((TlStage) stage), self->finding + 1, NULL)
         : g_strdup (self->finding);
      if (tl_catalogue_lookup (id) == NULL)
        tl_json_reader_refuse (reader, "finding", "is not in the catalogue");
    }
}

static TlDiagnosis *
parse_row (TlJson      *json,
           GHashTable  *ids,
           GError     **error)
{
  TlDiagnosis *self = g_new0 (TlDiagnosis, 1);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a row");
  g_auto(GStrv) samples = NULL;
  const char *id, *lane;

  id = tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID);
  if (!g_hash_table_add (ids, g_strdup (id)))
    tl_json_reader_refuse (reader, "id", "is there twice");

  lane = tl_data_check_word (reader, "lane", lane_words);
  if (g_str_equal (lane, "incoming"))
    self->lane = TL_LANE_INCOMING;
  else if (g_str_equal (lane, "outgoing"))
    self->lane = TL_LANE_OUTGOING;

  read_stages (self, reader);
  read_matter (self, reader);
  self->finding = g_strdup (tl_data_check_string (reader, "finding", TL_JSON_REQUIRED,
                                                  TL_DATA_FINDING));
  check_finding (self, reader);
  samples = tl_data_check_strv (reader, "samples", TL_JSON_REQUIRED, MAX_SAMPLES, TL_DATA_QUOTE);
  if (samples[0] == NULL)
    tl_json_reader_refuse (reader, "samples", "is empty");
  tl_data_check_word (reader, "confidence", tl_data_confidence_words);
  tl_data_check_word (reader, "source", source_words);

  if (!tl_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "“%s”: ", id);
      g_clear_pointer (&self, row_free);
    }

  return self;
}

/* Rows for certain hosts before rows for all, many fragments before few. The
 * sort is stable, so that the order of the file decides the rest. */
static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const TlDiagnosis *left = *(const TlDiagnosis * const *) a;
  const TlDiagnosis *right = *(const TlDiagnosis * const *) b;
  gboolean left_hosts, right_hosts;

  if (left->kind != right->kind)
    return (int) left->kind - (int) right->kind;
  if (left->kind != TL_DIAGNOSIS_TEXT)
    return 0;

  left_hosts = left->hosts[0] != NULL;
  right_hosts = right->hosts[0] != NULL;
  if (left_hosts != right_hosts)
    return left_hosts ? -1 : 1;

  return (int) g_strv_length (right->fragments) - (int) g_strv_length (left->fragments);
}

/**
 * tl_diagnosis_table_parse:
 * @json: a document by data/schema/diagnoses.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Returns: (transfer full) (element-type TlDiagnosis): the rows in the order in
 *   which they are asked, or %NULL with %TL_ERROR_INVALID_INPUT
 */
GPtrArray *
tl_diagnosis_table_parse (const char  *json,
                          gssize       len,
                          GError     **error)
{
  g_autoptr(GPtrArray) table = g_ptr_array_new_with_free_func (row_free);
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(TlJson) document = NULL;

  document = tl_json_parse (json, len, error);
  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the diagnoses");
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, MAX_ROWS);
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      TlDiagnosis *row = parse_row (g_ptr_array_index (rows, i), ids, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (table, row);
    }

  g_ptr_array_sort (table, compare_rows);

  return g_steal_pointer (&table);
}
