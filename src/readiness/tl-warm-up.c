/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-warm-up.h"

#include "tl-data-check.h"
#include "tl-data.h"

/* These bounds are those of data/schema/warm-up.schema.json. */
#define MAX_PRESETS 20
#define MAX_PER_DAY 10000

typedef struct
{
  TlWarmUpPreset  preset;  /* points into what is below */
  char           *id;
  char           *title;
  guint          *days;
  char           *source;
  char           *as_of;
} Row;

static void
row_free (gpointer data)
{
  Row *self = data;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->days, g_free);
  g_clear_pointer (&self->source, g_free);
  g_clear_pointer (&self->as_of, g_free);
  g_free (self);
}

/* A day's row of the plan: `{"messages": 5, "days": 3}`, three days of five each. */
static gboolean
parse_step (TlJson  *json,
            Row     *row,
            GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a step");
  guint messages = (guint) tl_json_reader_get_int (reader, "messages", TL_JSON_REQUIRED, 1,
                                                   MAX_PER_DAY);
  guint n = (guint) tl_json_reader_get_int (reader, "days", TL_JSON_REQUIRED, 1,
                                            TL_SENDING_PLAN_MAX_DAYS);
  guint last = row->preset.n_days > 0 ? row->days[row->preset.n_days - 1] : 0;

  if (messages < last)
    tl_json_reader_refuse (reader, "messages", "is less than on the day before");
  if (messages > row->preset.ceiling)
    tl_json_reader_refuse (reader, "messages", "is above the ceiling");
  if (row->preset.n_days + n > TL_SENDING_PLAN_MAX_DAYS)
    tl_json_reader_refuse (reader, "days", "makes the plan too long");
  if (!tl_json_reader_finish (reader, error))
    return FALSE;

  for (guint i = 0; i < n; i++)
    row->days[row->preset.n_days++] = messages;

  return TRUE;
}

static Row *
parse_row (TlJson      *json,
           GHashTable  *ids,
           GError     **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a preset");
  g_autoptr(GPtrArray) steps = NULL;
  Row *self = g_new0 (Row, 1);

  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  if (!g_hash_table_add (ids, g_strdup (self->id)))
    tl_json_reader_refuse (reader, "id", "is there twice");
  self->title = g_strdup (tl_data_check_string (reader, "title", TL_JSON_REQUIRED, TL_DATA_TEXT));
  self->preset.ceiling = (guint) tl_json_reader_get_int (reader, "ceiling", TL_JSON_REQUIRED, 1,
                                                         MAX_PER_DAY);
  self->preset.weekdays_only = tl_json_reader_get_bool (reader, "weekdays_only",
                                                        TL_JSON_REQUIRED);
  self->source = g_strdup (tl_data_check_string (reader, "source", TL_JSON_REQUIRED,
                                                 TL_DATA_TEXT));
  /* What of the source's numbers the days are made of: for whoever looks after the table. */
  tl_data_check_string (reader, "basis", TL_JSON_REQUIRED, TL_DATA_TEXT);
  self->as_of = g_strdup (tl_data_check_string (reader, "as_of", TL_JSON_REQUIRED,
                                                TL_DATA_DATE));
  self->preset.is_confirmed = g_strcmp0 (tl_data_check_word (reader, "confidence",
                                                             tl_data_confidence_words),
                                         "confirmed") == 0;
  steps = tl_json_reader_dup_array (reader, "steps", TL_JSON_REQUIRED, TL_SENDING_PLAN_MAX_DAYS);
  if (steps->len == 0)
    tl_json_reader_refuse (reader, "steps", "is empty");

  if (!tl_json_reader_finish (reader, error))
    {
      g_prefix_error (error, "“%s”: ", self->id);
      g_clear_pointer (&self, row_free);
      return NULL;
    }

  self->days = g_new0 (guint, TL_SENDING_PLAN_MAX_DAYS);
  for (guint i = 0; i < steps->len; i++)
    {
      if (!parse_step (steps->pdata[i], self, error))
        {
          g_prefix_error (error, "“%s”: ", self->id);
          g_clear_pointer (&self, row_free);
          return NULL;
        }
    }

  self->preset.id = self->id;
  self->preset.title = self->title;
  self->preset.days = self->days;
  self->preset.source = self->source;
  self->preset.as_of = self->as_of;

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
  g_autoptr(GPtrArray) presets = NULL;

  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the warm-up presets");
  presets = tl_json_reader_dup_array (reader, "presets", TL_JSON_REQUIRED, MAX_PRESETS);
  if (presets->len == 0)
    tl_json_reader_refuse (reader, "presets", "is empty");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  for (guint i = 0; i < presets->len; i++)
    {
      Row *row = parse_row (presets->pdata[i], ids, error);

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
    g_once_init_leave (&table, tl_data_parse ("warm-up.json", (TlDataParse) parse_table));

  return table;
}

guint
tl_warm_up_get_n_presets (void)
{
  return get_table ()->len;
}

/**
 * tl_warm_up_get_preset:
 * @index: less than tl_warm_up_get_n_presets()
 *
 * Any thread.
 *
 * Returns: (transfer none): a preset, the most careful first
 */
const TlWarmUpPreset *
tl_warm_up_get_preset (guint index)
{
  const Row *row;

  g_return_val_if_fail (index < tl_warm_up_get_n_presets (), NULL);

  row = g_ptr_array_index (get_table (), index);

  return &row->preset;
}

/**
 * tl_warm_up_find_preset:
 * @id: what a preset is called in files
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the preset, or %NULL
 */
const TlWarmUpPreset *
tl_warm_up_find_preset (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < tl_warm_up_get_n_presets (); i++)
    {
      if (g_str_equal (tl_warm_up_get_preset (i)->id, id))
        return tl_warm_up_get_preset (i);
    }

  return NULL;
}

/**
 * tl_warm_up_check:
 * @json: a document by data/schema/warm-up.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a table and forgets it again.
 *
 * Returns: whether it could be used; otherwise %TL_ERROR_INVALID_INPUT
 */
gboolean
tl_warm_up_check (const char  *json,
                  gssize       len,
                  GError     **error)
{
  g_autoptr(GPtrArray) table = parse_table (json, len, error);

  return table != NULL;
}
