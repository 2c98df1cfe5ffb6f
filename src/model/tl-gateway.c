/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gateway-private.h"

#include "tl-data-check.h"
#include "tl-data.h"
#include "tl-error.h"
#include "tl-host-pattern.h"
#include "tl-provider-private.h"

/* These bounds are those of data/schema/gateways.schema.json. */
#define MAX_ROWS 200
#define MAX_MX   30

struct _TlGateway
{
  char           *id;
  char           *name;
  TlGatewayKind   kind;
  char          **mx;   /* patterns, tl_host_pattern_match() */
};

G_DEFINE_BOXED_TYPE (TlGateway, tl_gateway, tl_gateway_ref, tl_gateway_unref)

G_DEFINE_ENUM_TYPE (TlGatewayKind, tl_gateway_kind,
                    G_DEFINE_ENUM_VALUE (TL_GATEWAY_FILTER, "filter"),
                    G_DEFINE_ENUM_VALUE (TL_GATEWAY_FORWARD, "forward"))

TlGateway *
tl_gateway_ref (TlGateway *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_gateway_clear (gpointer data)
{
  TlGateway *self = data;

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->mx, g_strfreev);
}

void
tl_gateway_unref (TlGateway *self)
{
  g_atomic_rc_box_release_full (self, tl_gateway_clear);
}

const char *
tl_gateway_get_id (const TlGateway *self)
{
  return self->id;
}

const char *
tl_gateway_get_name (const TlGateway *self)
{
  return self->name;
}

TlGatewayKind
tl_gateway_get_kind (const TlGateway *self)
{
  return self->kind;
}

/**
 * tl_gateway_get_mx:
 * @self: a gateway
 *
 * Returns: (transfer none) (array zero-terminated=1): patterns of its mail
 *   exchangers, as tl_host_pattern_match() takes them
 */
const char * const *
tl_gateway_get_mx (const TlGateway *self)
{
  return (const char * const *) self->mx;
}

static TlGateway *
read_row (TlJson  *json,
          GError **error)
{
  g_autoptr(TlGateway) self = g_atomic_rc_box_new0 (TlGateway);
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "the row");

  self->id = g_strdup (tl_data_check_string (reader, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_REQUIRED, TL_DATA_TEXT));
  self->kind = (TlGatewayKind) tl_json_reader_get_enum (reader, "kind", TL_JSON_REQUIRED,
                                                        TL_TYPE_GATEWAY_KIND, TL_GATEWAY_FILTER);
  self->mx = tl_data_check_strv (reader, "mx", TL_JSON_REQUIRED, MAX_MX, TL_DATA_MX_PATTERN);
  if (self->mx[0] == NULL)
    tl_json_reader_refuse (reader, "mx", "is empty");
  tl_data_check_word (reader, "confidence", tl_data_confidence_words);

  return tl_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * tl_gateways_parse:
 * @json: a document by data/schema/gateways.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads the table. Strict: what the schema refuses is refused here.
 *
 * Returns: (transfer full) (element-type TlGateway): the rows in the order of
 *   the document, or %NULL with %TL_ERROR_INVALID_INPUT
 */
GPtrArray *
tl_gateways_parse (const char  *json,
                   gssize       len,
                   GError     **error)
{
  GDestroyNotify unref = (GDestroyNotify) tl_gateway_unref;
  g_autoptr(GPtrArray) gateways = g_ptr_array_new_with_free_func (unref);
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (document == NULL)
    return NULL;

  reader = tl_json_reader_new (document, "the table of gateways");
  rows = tl_json_reader_dup_array (reader, "rows", TL_JSON_REQUIRED, MAX_ROWS);
  if (rows->len == 0)
    tl_json_reader_refuse (reader, "rows", "is empty");
  for (guint i = 0; i < rows->len; i++)
    {
      GError *reason = NULL;
      TlGateway *gateway = read_row (g_ptr_array_index (rows, i), &reason);

      if (gateway != NULL)
        g_ptr_array_add (gateways, gateway);
      else
        tl_json_reader_refuse_error (reader, "rows", reason);
    }

  return tl_json_reader_finish (reader, error) ? g_steal_pointer (&gateways) : NULL;
}

/**
 * tl_gateways_get_all:
 *
 * The curated table, read from the compiled-in data on first use and kept for
 * good. Any thread.
 *
 * Returns: (transfer none) (element-type TlGateway): the gateways
 */
GPtrArray *
tl_gateways_get_all (void)
{
  static GPtrArray *all = NULL;

  if (g_once_init_enter (&all))
    g_once_init_leave (&all, tl_data_parse ("gateways.json", (TlDataParse) tl_gateways_parse));

  return all;
}

/**
 * tl_gateways_find:
 * @id: a gateway's id
 *
 * Returns: (transfer none) (nullable): that gateway, or %NULL
 */
TlGateway *
tl_gateways_find (const char *id)
{
  GPtrArray *all = tl_gateways_get_all ();

  for (guint i = 0; i < all->len; i++)
    {
      TlGateway *gateway = g_ptr_array_index (all, i);

      if (g_str_equal (gateway->id, id))
        return gateway;
    }

  return NULL;
}

/* How much of the name the best pattern tells, tl_host_pattern_match(). */
gsize
tl_gateways_match_mx (const char  *folded,
                      TlGateway  **out_gateway)
{
  GPtrArray *all = tl_gateways_get_all ();
  gsize best = 0;

  *out_gateway = NULL;
  for (guint i = 0; i < all->len; i++)
    {
      TlGateway *gateway = g_ptr_array_index (all, i);
      gsize told = tl_host_patterns_match ((const char * const *) gateway->mx, folded);

      if (told > best)
        {
          best = told;
          *out_gateway = gateway;
        }
    }

  return best;
}

/**
 * tl_gateways_find_by_mx:
 * @mx_host: the name of a mail exchanger, any case, with or without final dot
 *
 * Some hosters put the exchangers of a filter before mailboxes of their own,
 * such as SiteGround with mx10.mailspamprotection.com. An exchanger belongs to
 * one table alone: where tl_providers_find_by_mx() knows it by a pattern that
 * tells more of it, it is that provider's and no gateway.
 *
 * Returns: (transfer none) (nullable): the gateway, or %NULL
 */
TlGateway *
tl_gateways_find_by_mx (const char *mx_host)
{
  g_autofree char *folded = tl_host_pattern_fold (mx_host);
  TlProvider *provider;
  TlGateway *gateway;
  gsize told = tl_gateways_match_mx (folded, &gateway);

  return tl_providers_match_mx (folded, &provider) > told ? NULL : gateway;
}
