/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-policy-private.h"

#include <string.h>

#include "tl-data-check.h"
#include "tl-error.h"
#include "tl-provider-details.h"
#include "tl-text.h"

/* These bounds are those of data/schema/policy.schema.json; a test gives reader and schema the same
 * documents and expects the same answer. */
#define FORMAT      "twolane-policy"
#define VERSION     0
#define MAX_CLIENTS 20
#define MAX_SIGNERS 100
#define MAX_PEM_LEN (16 * 1024)
#define DAY_S       (24 * 60 * 60)
#define DATE_LEN    10

#define LABEL               "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
#define FINGERPRINT_PATTERN "^[0-9a-f]{64}$"
#define PEM_PATTERN         "^-----BEGIN CERTIFICATE-----\\n([A-Za-z0-9+/=]{1,76}\\n){1,220}" \
                            "-----END CERTIFICATE-----\\n?$"
#define DIRECTORY_PATTERN   "^(?=.{1,500}$)https://" LABEL "(\\." LABEL ")+(:[0-9]{1,5})?" \
                            "(/[A-Za-z0-9._~-]+)*/?$"

struct _TlPolicy
{
  char           *name;
  char           *contact;
  char           *sha256;
  gint64          expires_s;
  TlPolicyLimits  limits;

  /* What it grants */
  GPtrArray      *clients;      /* of TlOauthClient */
  GPtrArray      *signers;      /* of fingerprints, ended by a NULL */
  char           *certificate;  /* in PEM */
  char           *directory;    /* with a slash at its end */
};

G_DEFINE_BOXED_TYPE (TlPolicy, tl_policy, tl_policy_ref, tl_policy_unref)

static gboolean
has_form (const char *string,
          const char *pattern)
{
  return g_regex_match_simple (pattern, string, G_REGEX_DOLLAR_ENDONLY, 0);
}

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
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "oauth_clients", TL_JSON_OPTIONAL,
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

static char *
parse_signer (TlJson  *json,
              GError **error)
{
  g_autoptr(TlJsonReader) reader = tl_json_reader_new (json, "a signer");
  const char *fingerprint = tl_json_reader_get_string (reader, "fingerprint", TL_JSON_REQUIRED);

  if (!has_form (fingerprint, FINGERPRINT_PATTERN))
    tl_json_reader_refuse (reader, "fingerprint", "is not a fingerprint of 64 lower-case digits");
  tl_data_check_string (reader, "name", TL_JSON_OPTIONAL, TL_DATA_TEXT);

  return tl_json_reader_finish (reader, error) ? g_strdup (fingerprint) : NULL;
}

static void
read_signers (TlPolicy     *self,
              TlJsonReader *reader)
{
  g_autoptr(GPtrArray) rows = tl_json_reader_dup_array (reader, "trusted_signers",
                                                        TL_JSON_OPTIONAL, MAX_SIGNERS);

  for (guint i = 0; i < rows->len; i++)
    {
      GError *error = NULL;
      char *signer = parse_signer (g_ptr_array_index (rows, i), &error);

      if (signer == NULL)
        {
          tl_json_reader_refuse_error (reader, "trusted_signers", error);
          break;
        }
      if (g_ptr_array_find_with_equal_func (self->signers, signer, g_str_equal, NULL))
        tl_json_reader_refuse (reader, "trusted_signers", "names a fingerprint twice");
      g_ptr_array_add (self->signers, signer);
    }
  g_ptr_array_add (self->signers, NULL);
}

/* Which certificate it is, and whether it can be sealed for, is for whoever seals. */
static void
read_target (TlPolicy     *self,
             TlJsonReader *reader)
{
  TlJson *json = tl_json_reader_get_object (reader, "target", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) part = NULL;
  const char *certificate;
  GError *error = NULL;

  if (json == NULL)
    return;

  part = tl_json_reader_new (json, NULL);
  self->limits.target = g_strdup (tl_data_check_string (part, "id", TL_JSON_REQUIRED, TL_DATA_ID));
  certificate = tl_json_reader_get_string (part, "certificate", TL_JSON_OPTIONAL);
  if (certificate != NULL &&
      (strlen (certificate) > MAX_PEM_LEN || !has_form (certificate, PEM_PATTERN)))
    tl_json_reader_refuse (part, "certificate", "is not one certificate in PEM");
  self->certificate = g_strdup (certificate);
  if (!tl_json_reader_finish (part, &error))
    tl_json_reader_refuse_error (reader, "target", error);
}

static void
read_directory (TlPolicy     *self,
                TlJsonReader *reader)
{
  const char *url = tl_json_reader_get_string (reader, "directory", TL_JSON_OPTIONAL);

  if (url == NULL)
    return;

  if (!has_form (url, DIRECTORY_PATTERN))
    tl_json_reader_refuse (reader, "directory", "is not the https URL of a directory");
  self->directory = g_strconcat (url, g_str_has_suffix (url, "/") ? "" : "/", NULL);
}

/* What is shown of it has to be what it says. */
static char *
read_name (TlJsonReader *reader)
{
  const char *name = tl_data_check_string (reader, "name", TL_JSON_OPTIONAL, TL_DATA_TEXT);

  return name == NULL ? NULL : tl_text_clean (name, -1);
}

/* A date has all of its day, UTC. */
static gint64
read_expires (TlJsonReader *reader)
{
  const char *text = tl_json_reader_get_string (reader, "expires", TL_JSON_OPTIONAL);
  g_autoptr(GDateTime) day = NULL;
  g_autofree char *moment = NULL;

  if (text == NULL || strlen (text) != DATE_LEN)
    return tl_json_reader_get_time (reader, "expires", TL_JSON_OPTIONAL);

  tl_data_check_string (reader, "expires", TL_JSON_OPTIONAL, TL_DATA_DATE);
  moment = g_strconcat (text, "T00:00:00Z", NULL);
  day = g_date_time_new_from_iso8601 (moment, NULL);
  if (day == NULL)
    tl_json_reader_refuse (reader, "expires", "is not a day of the calendar");

  return day == NULL ? 0 : g_date_time_to_unix (day) + DAY_S;
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
  self->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) json,
                                              len < 0 ? strlen (json) : (gsize) len);
  self->clients = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_oauth_client_unref);
  self->signers = g_ptr_array_new_with_free_func (g_free);

  reader = tl_json_reader_new (document, "the policy");
  tl_data_check_word (reader, "format", formats);
  tl_json_reader_get_int (reader, "version", TL_JSON_REQUIRED, VERSION, VERSION);
  self->name = read_name (reader);
  self->contact = g_strdup (tl_data_check_string (reader, "contact", TL_JSON_OPTIONAL,
                                                  TL_DATA_ADDRESS));
  self->expires_s = read_expires (reader);
  tl_policy_limits_read (&self->limits, reader);
  read_clients (self, reader);
  read_signers (self, reader);
  read_target (self, reader);
  read_directory (self, reader);
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
  g_clear_pointer (&self->sha256, g_free);
  tl_policy_limits_clear (&self->limits);
  g_clear_pointer (&self->clients, g_ptr_array_unref);
  g_clear_pointer (&self->signers, g_ptr_array_unref);
  g_clear_pointer (&self->certificate, g_free);
  g_clear_pointer (&self->directory, g_free);
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
 * tl_policy_get_sha256:
 * @self: a policy
 *
 * Returns: (transfer none): the SHA-256 of the bytes it was read from, 64 lower-case hex digits
 */
const char *
tl_policy_get_sha256 (const TlPolicy *self)
{
  return self->sha256;
}

/**
 * tl_policy_get_expires_s:
 * @self: a policy
 *
 * Returns: until when a signature lets it grant, seconds since the epoch; 0: it does not say, and
 *   then none does
 */
gint64
tl_policy_get_expires_s (const TlPolicy *self)
{
  return self->expires_s;
}

/**
 * tl_policy_get_limits:
 * @self: a policy
 *
 * Returns: (transfer none): what it restricts
 */
const TlPolicyLimits *
tl_policy_get_limits (const TlPolicy *self)
{
  return &self->limits;
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

/**
 * tl_policy_get_signers:
 * @self: a policy
 *
 * Returns: (transfer none) (array zero-terminated=1): fingerprints of those whose bundles count, in
 *   the file's order
 */
const char * const *
tl_policy_get_signers (const TlPolicy *self)
{
  return (const char * const *) self->signers->pdata;
}

/**
 * tl_policy_get_certificate:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): whom to seal passwords for, as the file has it: PEM that
 *   nobody has looked into yet
 */
const char *
tl_policy_get_certificate (const TlPolicy *self)
{
  return self->certificate;
}

/**
 * tl_policy_get_directory:
 * @self: a policy
 *
 * Returns: (transfer none) (nullable): which directory of mail servers to ask, an https URL with a
 *   slash at its end
 */
const char *
tl_policy_get_directory (const TlPolicy *self)
{
  return self->directory;
}
