/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy.h"

#include <string.h>

#include "tl-data-check.h"
#include "tl-error.h"
#include "tl-json.h"
#include "tl-provider-details.h"

/* These bounds are those of data/schema/policy.schema.json; a test gives reader and schema the same
 * documents and expects the same answer. */
#define FORMAT      "twolane-policy"
#define VERSION     0
#define MAX_CLIENTS 20

struct _TlPolicy
{
  char      *name;
  char      *contact;
  GPtrArray *clients;  /* of TlOauthClient */
};

G_DEFINE_BOXED_TYPE (TlPolicy, tl_policy, tl_policy_ref, tl_policy_unref)

static gboolean
is_same_server (const TlOauthClient *a,
                const TlOauthClient *b)
{
  return g_str_equal (tl_oauth_client_get_issuer (a), tl_oauth_client_get_issuer (b));
}

/* json-glib keeps a copy of its own of the client secret that nobody can wipe: it is the one secret
 * of this program that is no secret (RFC 8252 §8.5), and stands in a file that everybody may
 * read. */
static TlOauthClient *
parse_client (TlJson  *json,
              GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a client");
  g_autoptr(TlSecret) secret = NULL;
  TlOauthClientParts parts = { .origin = TL_CLIENT_FROM_POLICY };
  g_autofree char *issuer = NULL;
  const char *word;

  parts.issuer = tl_data_check_string (reader, "issuer", TL_JSON_REQUIRED, TL_DATA_OAUTH_URL);
  parts.client_id = tl_data_check_string (reader, "client_id", TL_JSON_REQUIRED, TL_DATA_CLIENT_ID);
  word = tl_data_check_string (reader, "client_secret", TL_JSON_OPTIONAL, TL_DATA_CLIENT_ID);
  parts.tenant = tl_data_check_string (reader, "tenant", TL_JSON_OPTIONAL, TL_DATA_TENANT);
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  if (word != NULL)
    parts.secret = secret = tl_secret_new (word, strlen (word));
  parts.issuer = issuer = tl_providers_dup_issuer (parts.issuer, parts.tenant);

  return tl_oauth_client_new (&parts, error);
}

static void
read_clients (TlPolicy     *self,
              TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "oauth_clients", TL_JSON_REQUIRED,
                                                        MAX_CLIENTS);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      TlOauthClient *client = parse_client (g_ptr_array_index (rows, i), &error);

      if (client == NULL)
        {
          tl_json_reader_refuse_error (reader, "oauth_clients", error);
          return;
        }

      for (guint j = 0; j < self->clients->len; j++)
        {
          if (is_same_server (g_ptr_array_index (self->clients, j), client))
            tl_json_reader_refuse (reader, "oauth_clients", "names an issuer twice");
        }
      g_ptr_array_add (self->clients, client);
    }
}

/**
 * tl_policy_parse:
 * @json: a document by data/schema/policy.schema.json
 * @len: its length in bytes, or -1 when it ends in a NUL
 * @error: return location for a #GError
 *
 * Reads a policy. Strict: a member that this version does not know may be a rule that it would
 * break, so it is refused, by name.
 *
 * Returns: (transfer full): the policy, or %NULL with %TL_ERROR_INVALID_INPUT, whose message says
 *   where and what is wrong, and never what a secret is
 */
TlPolicy *
tl_policy_parse (const char  *json,
                 gssize       len,
                 GError     **error)
{
  static const char * const formats[] = { FORMAT, NULL };
  g_autoptr(TlPolicy) self = NULL;
  g_autoptr(TlJson) document = tl_json_parse (json, len, error);
  g_autoptr(TlJsonReader) reader = NULL;

  if (document == NULL)
    return NULL;

  self = g_atomic_rc_box_new0 (TlPolicy);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_oauth_client_unref);

  reader = tl_json_reader_new (document, "the policy");
  tl_data_check_word (reader, "format", formats);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, VERSION, VERSION);
  self->name = g_strdup (tl_data_check_string (reader, "name", TL_JSON_OPTIONAL, TL_DATA_TEXT));
  self->contact = g_strdup (tl_data_check_string (reader, "contact", TL_JSON_OPTIONAL,
                                                  TL_DATA_ADDRESS));
  read_clients (self, reader);
  if (!tl_json_reader_finish (reader, error))
    return NULL;

  return g_steal_pointer (&self);
}

TlPolicy *
tl_policy_ref (TlPolicy *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_policy_clear (gpointer data)
{
  TlPolicy *self = data;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->contact, g_free);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
}

void
tl_policy_unref (TlPolicy *self)
{
  g_atomic_rc_box_release_full (self, tl_policy_clear);
}

/**
 * tl_policy_get_name:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): whose policy it is, for people
 */
const char *
tl_policy_get_name (const TlPolicy *self)
{
  return self->name;
}

/**
 * tl_policy_get_contact:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): the address that requests for IT go to
 */
const char *
tl_policy_get_contact (const TlPolicy *self)
{
  return self->contact;
}

/**
 * tl_policy_get_clients:
 * @self: a policy
 *
 * Returns: (transfer none) (element-type TlOauthClient): at most one an issuer, in the file's order
 */
GPtrArray *
tl_policy_get_clients (const TlPolicy *self)
{
  return self->clients;
}
