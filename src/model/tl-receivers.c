/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-receivers.h"

#include <glib/gi18n-lib.h>

#include "tl-catalogue.h"
#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-error.h"

/* These bounds and words are those of data/schema/receivers.schema.json. */
#define MAX_RECEIVERS 20
#define MAX_RULES     20
#define MAX_GROUPS    4
#define MAX_FINDINGS  20
#define MAX_VOLUME    1000000

static const char * const source_words[] = { "vendor page", "third party", NULL };

typedef struct
{
  TlReceiverRule  rule;    /* its strings are owned */
  GPtrArray      *groups;  /* of char **: of each, one has to be found */
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free ((char *) self->rule.id);
  g_free ((char *) self->rule.receiver);
  g_free ((char *) self->rule.text);
  g_free ((char *) self->rule.source);
  g_free ((char *) self->rule.as_of);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static void
strv_free (gpointer data)
{
  g_strfreev (data);
}

static char **
parse_group (TlJson  *json,
             GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a group");
  g_auto(GStrv) any = tl_data_check_strv (reader, "any", TL_JSON_REQUIRED, MAX_FINDINGS,
                                          TL_DATA_FINDING);

  if (any[0] == NULL)
    tl_json_reader_refuse (reader, "any", "is empty");
  for (guint i = 0; any[i] != NULL; i++)
    {
      if (tl_catalogue_lookup (any[i]) == NULL)
        tl_json_reader_refuse (reader, "any", "names what is no finding");
    }

  return tl_json_reader_finish (reader, error) ? g_steal_pointer (&any) : NULL;
}

/* The receiver's members are put into each of its rules. */
static Row *
parse_rule (TlJson      *json,
            const char  *receiver_id,
            GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a rule");
  g_autoptr(GPtrArray) groups = NULL;
  Row *self = g_new0 (Row, 1);
  const char *id;

  self->groups = g_ptr_array_new_with_free_func (strv_free);
  id = tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID);
  self->rule.id = g_strconcat (receiver_id, ".", id, NULL);
  self->rule.text = g_strdup (tl_data_check_string (reader, "text", TL_JSON_REQUIRED,
                                                    TL_DATA_TEXT));
  self->rule.from_volume = (guint) tl_json_reader_get_int (reader, "from_volume", TL_JSON_REQUIRED,
                                                           0, MAX_VOLUME);
  groups = tl_json_reader_dup_array (reader, "broken_by", TL_JSON_REQUIRED, MAX_GROUPS);
  if (groups->len == 0)
    tl_json_reader_refuse (reader, "broken_by", "is empty");

  if (!tl_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "“%s”: ", self->rule.id);
      g_clear_pointer (&self, row_free);
      return NULL;
    }

  for (guint i = 0; i < groups->len; i++)
    {
      char **group = parse_group (g_ptr_array_index (groups, i), error);

      if (group == NULL)
        {
          g_prefix_error (error, "“%s”: ", self->rule.id);
          g_clear_pointer (&self, row_free);
          return NULL;
        }
      g_ptr_array_add (self->groups, group);
    }

  return self;
}

static gboolean
parse_receiver (TlJson     *json,
                GHashTable *ids,
                GPtrArray  *table,
                GError    **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a receiver");
  g_autoptr(GPtrArray) rules = NULL;
  const char *id;
  const char *name;
  const char *source;
  const char *as_of;

  id = tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID);
  name = tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT);
  source = tl_data_check_word (reader, "source", source_words);
  as_of = tl_data_check_string (reader, "as_of", TL_JSON_REQUIRED, TL_DATA_DATE);
  rules = tl_json_reader_dup_array (reader, "rules", TL_JSON_REQUIRED, MAX_RULES);
  if (rules->len == 0)
    tl_json_reader_refuse (reader, "rules", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  for (guint i = 0; i < rules->len; i++)
    {
      Row *row = parse_rule (g_ptr_array_index (rules, i), id, error);

      if (row == NULL)
        return FALSE;
      row->rule.receiver = g_strdup (name);
      row->rule.source = g_strdup (source);
      row->rule.as_of = g_strdup (as_of);
      g_ptr_array_add (table, row);
      if (!g_hash_table_add (ids, (gpointer) row->rule.id))
        {
          g_set_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT, "“%s” is there twice",
                       row->rule.id);
          return FALSE;
        }
    }

  return TRUE;
}

static GPtrArray *
parse_table (const char  *json,
             gssize       len,
             GError     **error)
{
  g_autoptr(GPtrArray) table = g_ptr_array_new_with_free_func (row_free);
  g_autoptr(GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) receivers = NULL;

  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the receivers");
  receivers = tl_json_reader_dup_array (reader, "receivers", TL_JSON_REQUIRED, MAX_RECEIVERS);
  if (receivers->len == 0)
    tl_json_reader_refuse (reader, "receivers", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < receivers->len; i++)
    {
      if (!parse_receiver (g_ptr_array_index (receivers, i), ids, table, error))
        return NULL;
    }

  return g_steal_pointer (&table);
}

/* The compiled-in table, read on first use and kept for good. */
static GPtrArray *
get_table (void)
{
  static GPtrArray *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, tl_data_parse ("receivers.json", (TlDataParse) parse_table));

  return table;
}

static gboolean
has_any (char               **group,
         const char * const  *findings)
{
  for (guint i = 0; group[i] != NULL; i++)
    {
      if (g_strv_contains (findings, group[i]))
        return TRUE;
    }

  return FALSE;
}

guint
tl_receivers_get_n (void)
{
  return get_table ()->len;
}

/**
 * tl_receivers_get:
 * @index: less than tl_receivers_get_n()
 *
 * Returns: (transfer none): a rule, kept for good
 */
const TlReceiverRule *
tl_receivers_get (guint index)
{
  const Row *row;

  g_return_val_if_fail (index < get_table ()->len, NULL);

  row = g_ptr_array_index (get_table (), index);

  return &row->rule;
}

/**
 * tl_receivers_find:
 * @id: `google.spf`
 *
 * Returns: (transfer none) (nullable): the rule, or %NULL where there is none of that id
 */
const TlReceiverRule *
tl_receivers_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < tl_receivers_get_n (); i++)
    {
      const TlReceiverRule *rule = tl_receivers_get (i);

      if (g_str_equal (rule->id, id))
        return rule;
    }

  return NULL;
}

/**
 * tl_receivers_dup_rule_text:
 * @id: `google.spf`
 *
 * Returns: (transfer full) (nullable): the rule as one sentence in the user's language, or %NULL
 *   where there is none of that id
 */
char *
tl_receivers_dup_rule_text (const char *id)
{
  const TlReceiverRule *rule = tl_receivers_find (id);

  return rule == NULL ? NULL : g_strdup (g_dgettext (GETTEXT_PACKAGE, rule->text));
}

/**
 * tl_receivers_list_broken:
 * @finding: one finding's id
 * @findings: (array zero-terminated=1): ids of all that was found, @finding among them
 * @volume: how many messages a day are planned; 0 when nobody said, and then every rule holds
 *
 * Looks whose rules a finding breaks, alone or together with the others. Any thread.
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of rules, in the order of the table
 */
char **
tl_receivers_list_broken (const char         *finding,
                          const char * const *findings,
                          guint               volume)
{
  GPtrArray *table = get_table ();
  g_autoptr(GStrvBuilder) broken = g_strv_builder_new ();

  g_return_val_if_fail (finding != NULL && findings != NULL, NULL);

  for (guint i = 0; i < table->len; i++)
    {
      const Row *row = g_ptr_array_index (table, i);
      guint n_hit = 0;
      gboolean is_named = FALSE;

      if (volume > 0 && volume < row->rule.from_volume)
        continue;
      for (guint j = 0; j < row->groups->len; j++)
        {
          char **group = g_ptr_array_index (row->groups, j);

          is_named |= g_strv_contains ((const char * const *) group, finding);
          n_hit += has_any (group, findings);
        }
      if (is_named && n_hit == row->groups->len)
        g_strv_builder_add (broken, row->rule.id);
    }

  return g_strv_builder_end (broken);
}

/**
 * tl_receivers_check:
 * @json: a document by data/schema/receivers.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_receivers_check (const char  *json,
                    gssize       len,
                    GError     **error)
{
  g_autoptr(GPtrArray) table = parse_table (json, len, error);

  return table != NULL;
}
