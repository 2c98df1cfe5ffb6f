/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-folder-names.h"

#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-error.h"

/* These bounds and words are those of data/schema/folder-names.schema.json. */
#define MAX_ROWS 600
#define MAX_TAGS 12

static const char * const role_words[] = {
  "sent", "drafts", "junk", "trash", "archive", "all", "flagged", NULL
};

/**
 * tl_folder_names_fold:
 * @name: a folder's name, or a part of it, in UTF-8
 *
 * Makes names comparable: composed (some servers, and files that were moved by
 * some systems, have them decomposed), without case, without white space at
 * its ends, and with single blanks.
 *
 * Returns: (transfer full): the folded name; empty where @name is not UTF-8
 */
char *
tl_folder_names_fold (const char *name)
{
  g_autofree char *caseless = NULL;
  g_autofree char *folded = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GString) out = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  if (g_utf8_validate (name, -1, NULL))
    {
      caseless = g_utf8_casefold (name, -1);
      folded = g_utf8_normalize (caseless, -1, G_NORMALIZE_DEFAULT_COMPOSE);
    }

  words = g_strsplit_set (folded != NULL ? folded : "", " \t\r\n", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, words[i]);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
parse_row (TlJson      *json,
           GHashTable  *roles,
           GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a row");
  const char *name = tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT);
  const char *role = tl_data_check_word (reader, "role", role_words);
  g_auto(GStrv) languages = tl_data_check_strv (reader, "languages", TL_JSON_REQUIRED, MAX_TAGS,
                                                TL_DATA_ID);
  g_auto(GStrv) seen_at = tl_data_check_strv (reader, "seen_at", TL_JSON_REQUIRED, MAX_TAGS,
                                              TL_DATA_ID);

  if (languages[0] == NULL)
    tl_json_reader_refuse (reader, "languages", "is empty");
  if (seen_at[0] == NULL)
    tl_json_reader_refuse (reader, "seen_at", "is empty");
  tl_data_check_word (reader, "confidence", tl_data_confidence_words);

  for (gsize i = 0; role_words[i] != NULL; i++)
    {
      if (g_strcmp0 (role, role_words[i]) == 0 &&
          !g_hash_table_insert (roles, tl_folder_names_fold (name), (gpointer) role_words[i]))
        tl_json_reader_refuse (reader, "name", "is there twice");
    }

  if (!tl_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "“%s”: ", name);
      return FALSE;
    }

  return TRUE;
}

/* Folded name → role. */
static GHashTable *
parse_table (const char  *json,
             gssize       len,
             GError     **error)
{
  g_autoptr(GHashTable) roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the folder names");
  tl_data_check_string (reader, "checked_on", TL_JSON_REQUIRED, TL_DATA_DATE);
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, MAX_ROWS);
  if (rows->len == 0)
    tl_json_reader_refuse (reader, "rows", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      if (!parse_row (g_ptr_array_index (rows, i), roles, error))
        return NULL;
    }

  return g_steal_pointer (&roles);
}

/* The compiled-in table, read on first use and kept for good. */
static GHashTable *
get_table (void)
{
  static GHashTable *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, tl_data_parse ("folder-names.json", (TlDataParse) parse_table));

  return table;
}

/**
 * tl_folder_names_find_role:
 * @last_part: what a folder is called, without the folders that it is in
 * @out_n_chars: (out) (optional): how long the known name is: of two folders,
 *   the longer name tells more (“Sent Items” before “Sent”)
 *
 * Tells what a folder is for by its name alone: a guess, if a good one. Any thread.
 *
 * Returns: (transfer none) (nullable): a role, or %NULL for any other folder
 */
const char *
tl_folder_names_find_role (const char *last_part,
                           guint      *out_n_chars)
{
  g_autofree char *folded = NULL;
  const char *role;

  g_return_val_if_fail (last_part != NULL, NULL);

  folded = tl_folder_names_fold (last_part);
  role = g_hash_table_lookup (get_table (), folded);
  if (role != NULL && out_n_chars != NULL)
    *out_n_chars = (guint) g_utf8_strlen (folded, -1);

  return role;
}

guint
tl_folder_names_get_n (void)
{
  return g_hash_table_size (get_table ());
}

/**
 * tl_folder_names_check:
 * @json: a document by data/schema/folder-names.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_folder_names_check (const char  *json,
                       gssize       len,
                       GError     **error)
{
  g_autoptr(GHashTable) table = parse_table (json, len, error);

  return table != NULL;
}
