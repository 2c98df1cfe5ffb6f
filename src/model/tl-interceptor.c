/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-interceptor.h"

#include <string.h>

#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-diagnosis-table.h"
#include "tl-error.h"

/* These bounds and words are those of data/schema/interceptors.schema.json. */
#define MAX_ROWS    200
#define MAX_PHRASES 10
#define MAX_SAMPLES 8

static const char * const source_words[] = {
  "vendor page", "public issue report", "public source code", "third party", "general knowledge",
  NULL
};

typedef struct
{
  char  *name;     /* the product, as people know it */
  char **phrases;  /* folded; one that occurs as whole words is enough */
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->phrases, g_strfreev);
  g_free (self);
}

static Row *
parse_row (TlJson      *json,
           GHashTable  *ids,
           GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a row");
  g_auto(GStrv) samples = NULL;
  Row *self = g_new0 (Row, 1);
  const char *id;

  id = tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID);
  if (!g_hash_table_add (ids, g_strdup (id)))
    tl_json_reader_refuse (reader, "id", "is there twice");

  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT));
  self->phrases = tl_data_check_strv (reader, "issuer", TL_JSON_REQUIRED, MAX_PHRASES,
                                      TL_DATA_FRAGMENT);
  if (self->phrases[0] == NULL)
    tl_json_reader_refuse (reader, "issuer", "is empty");

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

static GPtrArray *
parse_table (const char  *json,
             gssize       len,
             GError     **error)
{
  g_autoptr(GPtrArray) table = g_ptr_array_new_with_free_func (row_free);
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the interceptors");
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, MAX_ROWS);
  if (rows->len == 0)
    tl_json_reader_refuse (reader, "rows", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = parse_row (g_ptr_array_index (rows, i), ids, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (table, row);
    }

  return g_steal_pointer (&table);
}

/* The compiled-in table, read on first use and kept for good. */
static GPtrArray *
get_table (void)
{
  static GPtrArray *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, tl_data_parse ("interceptors.json", (TlDataParse) parse_table));

  return table;
}

/* Letters and digits make words; so does what is not ASCII. */
static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || (guchar) c >= 0x80;
}

static gboolean
has_phrase (const char *folded,
            const char *phrase)
{
  gsize len = strlen (phrase);

  for (const char *p = strstr (folded, phrase); p != NULL; p = strstr (p + 1, phrase))
    {
      if ((p == folded || !is_word (p[-1])) && !is_word (p[len]))
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_interceptor_find:
 * @issuer: whoever issued a certificate, as one line, after tl_text_clean()
 *
 * Tells whether a certificate was made by a program that opens the encryption
 * to look inside: an antivirus program, a firewall, a debugging proxy. Case and
 * the amount of white space do not matter; phrases match whole words, so that
 * “Avast” is not found in a longer name. Any thread.
 *
 * Returns: (transfer none) (nullable): the product's name, or %NULL for anybody else
 */
const char *
tl_interceptor_find (const char *issuer)
{
  GPtrArray *table = get_table ();
  g_autofree char *folded = NULL;

  g_return_val_if_fail (issuer != NULL, NULL);

  folded = tl_diagnosis_fold (issuer);
  for (guint i = 0; i < table->len; i++)
    {
      const Row *row = g_ptr_array_index (table, i);

      for (guint j = 0; row->phrases[j] != NULL; j++)
        {
          if (has_phrase (folded, row->phrases[j]))
            return row->name;
        }
    }

  return NULL;
}

guint
tl_interceptor_get_n (void)
{
  return get_table ()->len;
}

/**
 * tl_interceptor_check:
 * @json: a document by data/schema/interceptors.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_interceptor_check (const char  *json,
                      gssize       len,
                      GError     **error)
{
  g_autoptr(GPtrArray) table = parse_table (json, len, error);

  return table != NULL;
}
