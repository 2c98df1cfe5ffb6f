/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-seen.h"

#include <string.h>

#include "tl-bundle-facts.h"
#include "tl-error.h"

#define FORMAT  "twolane-seen"
#define VERSION 0

/* The newest bundle of one signer and address. */
typedef struct
{
  char    *signer;
  char    *address;
  guint64  serial;
  gint64   made_s;
  char    *sha256;    /* of its bundle.json */
} Row;

struct _TlSeen
{
  GPtrArray *rows;   /* of Row, in the order of compare_rows(), each pair once */
};

static void
row_free (gpointer data)
{
  Row *self = data;

  g_free (self->signer);
  g_free (self->address);
  g_free (self->sha256);
  g_free (self);
}

static int
compare_pairs (const char *signer_a,
               const char *address_a,
               const char *signer_b,
               const char *address_b)
{
  int order = strcmp (signer_a, signer_b);

  return order != 0 ? order : strcmp (address_a, address_b);
}

TlSeen *
tl_seen_new (void)
{
  TlSeen *self = g_new0 (TlSeen, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);

  return self;
}

void
tl_seen_free (TlSeen *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static Row *
read_row (TlJson  *json,
          GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the bundle");
  const char *signer = tl_json_reader_get_string (reader, "signer", TL_JSON_REQUIRED);
  const char *address = tl_json_reader_get_string (reader, "address", TL_JSON_REQUIRED);
  g_autoptr(TlAddress) parsed = address != NULL ? tl_address_parse (address, NULL) : NULL;
  gint64 serial = tl_json_reader_get_int (reader, "serial", TL_JSON_REQUIRED, 0,
                                          TL_BUNDLE_MAX_SERIAL);
  gint64 made_s = tl_json_reader_get_time (reader, "made", TL_JSON_REQUIRED);
  const char *sha256 = tl_json_reader_get_string (reader, "sha256", TL_JSON_REQUIRED);
  Row *row;

  if (signer == NULL || !tl_fingerprint_is_valid (signer))
    tl_json_reader_refuse (reader, "signer", "is not 64 lower-case hexadecimal digits");
  if (sha256 == NULL || !tl_fingerprint_is_valid (sha256))
    tl_json_reader_refuse (reader, "sha256", "is not 64 lower-case hexadecimal digits");
  if (parsed == NULL || !g_str_equal (tl_address_get_addr_spec (parsed), address))
    tl_json_reader_refuse (reader, "address", "is not an address");
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  row = g_new0 (Row, 1);
  row->signer = g_strdup (signer);
  row->address = g_strdup (address);
  row->serial = (guint64) serial;
  row->made_s = made_s;
  row->sha256 = g_strdup (sha256);

  return row;
}

static gboolean
read_rows (TlSeen    *self,
           GPtrArray *array,
           GError   **error)
{
  const Row *before = NULL;

  for (guint i = 0; i < array->len; i++)
    {
      Row *row = read_row (array->pdata[i], error);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (self->rows, row);

      if (before != NULL &&
          compare_pairs (before->signer, before->address, row->signer, row->address) >= 0)
        {
          g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                               "the bundles are not each there once, and in order");
          return FALSE;
        }
      before = row;
    }

  return TRUE;
}

/**
 * tl_seen_parse:
 * @text: what tl_seen_to_text() wrote
 * @len: its length
 * @error: return location for a #GError
 *
 * Returns: (transfer full): what was seen, or %NULL with
 *   %TL_ERROR_INVALID_INPUT when @text is anything else
 */
TlSeen *
tl_seen_parse (const char  *text,
               gsize        len,
               GError     **error)
{
  g_autoptr(TlSeen) self = tl_seen_new ();
  g_autoptr(TlJson) json = tl_json_parse (text, (gssize) len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) array = NULL;
  g_autofree char *again = NULL;

  if (json == NULL)
    return NULL;

  reader = tl_json_reader_new (json, "the bundles that were seen");
  if (g_strcmp0 (tl_json_reader_get_string (reader, "format", TL_JSON_REQUIRED), FORMAT) != 0)
    tl_json_reader_refuse (reader, "format", "is not " FORMAT);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, VERSION, VERSION);
  array = tl_json_reader_dup_array (reader, "seen", TL_JSON_REQUIRED, TL_SEEN_MAX);
  if (!tl_json_reader_finish (reader, error) || !read_rows (self, array, error))
    return NULL;

  again = tl_seen_to_text (self);
  if (strlen (again) != len || memcmp (again, text, len) != 0)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the document is not in the one form that is written");
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * tl_seen_to_text:
 * @self: what was seen
 *
 * Returns: (transfer full): canonical JSON (RFC 8785), at most `TL_SEEN_MAX_BYTES`
 */
char *
tl_seen_to_text (const TlSeen *self)
{
  g_autoptr(TlJson) json = tl_json_new_object ();
  TlJson *array = tl_json_new_array ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      TlJson *object = tl_json_new_object ();

      tl_json_set_string (object, "signer", row->signer);
      tl_json_set_string (object, "address", row->address);
      tl_json_set_int (object, "serial", (gint64) row->serial);
      tl_json_set_time (object, "made", row->made_s);
      tl_json_set_string (object, "sha256", row->sha256);
      tl_json_append_take (array, object);
    }
  tl_json_set_string (json, "format", FORMAT);
  tl_json_set_int (json, "version", VERSION);
  tl_json_set_take (json, "seen", array);

  return tl_json_to_canonical (json);
}

/* Where the pair of @bundle is, or where it would have to be put in. */
static gboolean
find (const TlSeen   *self,
      const TlBundle *bundle,
      guint          *out_at)
{
  TlPlan *plan = tl_report_get_plan (tl_bundle_get_report (bundle));
  const char *address = tl_address_get_addr_spec (tl_plan_get_address (plan));
  guint first = 0;
  guint behind = self->rows->len;

  while (first < behind)
    {
      guint middle = first + (behind - first) / 2;
      const Row *row = self->rows->pdata[middle];
      int order = compare_pairs (row->signer, row->address,
                                 tl_bundle_get_fingerprint (bundle), address);

      if (order == 0)
        {
          *out_at = middle;
          return TRUE;
        }
      if (order < 0)
        first = middle + 1;
      else
        behind = middle;
    }
  *out_at = first;

  return FALSE;
}

static char *
hash_json (const TlBundle *bundle)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, tl_bundle_get_json (bundle), -1);
}

/* A signer gives a serial number once; one that is there again is of another history. */
static char *
describe_rollback (const Row      *row,
                   const TlBundle *bundle)
{
  guint64 serial = tl_bundle_get_serial (bundle);
  g_autofree char *sha256 = NULL;

  if (serial > row->serial)
    return NULL;
  if (serial < row->serial)
    return g_strdup_printf ("serial %" G_GUINT64_FORMAT " after %" G_GUINT64_FORMAT, serial,
                            row->serial);

  sha256 = hash_json (bundle);

  return g_str_equal (sha256, row->sha256)
           ? NULL
           : g_strdup_printf ("serial %" G_GUINT64_FORMAT " again, of other content", serial);
}

/**
 * tl_seen_check:
 * @self: what was seen
 * @bundle: a bundle that was verified
 *
 * Returns: (transfer full) (nullable): `bundle.rollback` when a newer one of the
 *   same signer for the same address was accepted before, or another one of the same serial number,
 *   or %NULL; the one that was accepted may be accepted again
 */
TlFinding *
tl_seen_check (const TlSeen   *self,
               const TlBundle *bundle)
{
  g_autoptr(GDateTime) made = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *not_before = NULL;
  const Row *row;
  GVariantDict evidence;
  guint at;

  if (!find (self, bundle, &at))
    return NULL;
  row = self->rows->pdata[at];
  detail = describe_rollback (row, bundle);
  if (detail == NULL)
    return NULL;

  made = g_date_time_new_from_unix_utc (row->made_s);
  not_before = g_date_time_format_iso8601 (made);
  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_NOT_BEFORE, "s", not_before);

  return tl_finding_new ("bundle.rollback", TL_LANE_NONE, g_variant_dict_end (&evidence));
}

static void
forget_oldest (TlSeen *self)
{
  guint oldest = 0;

  for (guint i = 1; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      const Row *so_far = self->rows->pdata[oldest];

      if (row->made_s < so_far->made_s)
        oldest = i;
    }
  g_ptr_array_remove_index (self->rows, oldest);
}

/**
 * tl_seen_note:
 * @self: what was seen
 * @bundle: a bundle that has been accepted
 *
 * Remembers @bundle, unless a newer one of its signer and address is known.
 *
 * Returns: whether there is something new to keep
 */
gboolean
tl_seen_note (TlSeen         *self,
              const TlBundle *bundle)
{
  TlPlan *plan = tl_report_get_plan (tl_bundle_get_report (bundle));
  guint at;
  Row *row;

  if (find (self, bundle, &at))
    {
      row = self->rows->pdata[at];
      if (tl_bundle_get_serial (bundle) <= row->serial)
        return FALSE;
    }
  else
    {
      if (self->rows->len == TL_SEEN_MAX)
        {
          forget_oldest (self);
          find (self, bundle, &at);
        }
      row = g_new0 (Row, 1);
      row->signer = g_strdup (tl_bundle_get_fingerprint (bundle));
      row->address = g_strdup (tl_address_get_addr_spec (tl_plan_get_address (plan)));
      g_ptr_array_insert (self->rows, (int) at, row);
    }
  row->serial = tl_bundle_get_serial (bundle);
  row->made_s = tl_bundle_get_made_s (bundle);
  g_free (row->sha256);
  row->sha256 = hash_json (bundle);

  return TRUE;
}
