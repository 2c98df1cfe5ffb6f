/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pacc.h"

#include <string.h>

#include "tl-error.h"
#include "tl-json.h"

#define SHA256_BYTES 32

/* A line of base64 of 32 bytes has 44 characters. */
#define MAX_DIGEST_CHARS 64

/* Tags of one record that are looked at. */
#define MAX_TAGS 32

/* What the document calls a service; its port and TLS from the start are
 * implied. The second name of submission is that of the drafts before -03. */
static const struct
{
  const char *name;
  TlLaneKind  lane;
  guint       port;
} services[] = {
  { "imap",   TL_LANE_INCOMING, 993 },
  { "submit", TL_LANE_OUTGOING, 465 },
  { "smtp",   TL_LANE_OUTGOING, 465 },
};

/* authentication = { ? "oauth-public": { "issuer": URL }, ? "password": true }
 *
 * A password wherever one is taken, as tl_provider_get_preferred_auth() does;
 * a document without the member means one. */
static gboolean
read_auth (TlJsonReader *root,
           TlDocument   *document,
           TlAuth       *out_auth)
{
  TlJson *json = tl_json_reader_get_object (root, "authentication", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) reader = NULL;
  TlJson *oauth;
  gboolean takes_password;

  *out_auth = TL_AUTH_PASSWORD;
  if (json == NULL)
    return TRUE;

  reader = tl_json_reader_new (json, "authentication");
  takes_password = tl_json_reader_get_bool (reader, "password", TL_JSON_OPTIONAL);
  oauth = tl_json_reader_get_object (reader, "oauth-public", TL_JSON_OPTIONAL);
  if (oauth != NULL)
    {
      g_autoptr(TlJsonReader) inner = tl_json_reader_new (oauth, "oauth-public");

      tl_document_add_hint (document, TL_HINT_OAUTH, NULL,
                            tl_json_reader_get_string (inner, "issuer", TL_JSON_OPTIONAL));
      if (!takes_password)
        *out_auth = TL_AUTH_OAUTH2;
    }

  return takes_password || oauth != NULL;
}

/* info = { ? "help": { ? "documentation": URL, … }, … } */
static void
read_info (TlJsonReader *root,
           TlDocument   *document)
{
  TlJson *info = tl_json_reader_get_object (root, "info", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) info_reader = tl_json_reader_new (info, "info");
  TlJson *help = tl_json_reader_get_object (info_reader, "help", TL_JSON_OPTIONAL);
  g_autoptr(TlJsonReader) help_reader = tl_json_reader_new (help, "help");

  tl_document_add_hint (document, TL_HINT_DOCUMENTATION, NULL,
                        tl_json_reader_get_string (help_reader, "documentation",
                                                   TL_JSON_OPTIONAL));
}

static gboolean
is_object (const char *bytes,
           gsize       len)
{
  gsize i = 0;

  while (i < len && strchr (" \t\r\n", bytes[i]) != NULL && bytes[i] != '\0')
    i++;

  return i < len && bytes[i] == '{';
}

/**
 * tl_pacc_parse:
 * @bytes: the document
 * @len: its length in bytes
 * @address: whose settings they are to be
 * @domain: the name it was asked for; the document does not repeat it
 * @source: the `TL_SOURCE_` id it came by
 * @error: return location for a #GError
 *
 * Reads a PACC document (draft-ietf-mailmaint-pacc):
 *
 *   { "protocols": { ? "imap": { "host": … }, ? "submit": …, ? "smtp": …, ? "pop3": …, … },
 *     ? "authentication": …, ? "info": … }
 *
 * The login is the address. Members that are not named here are passed over.
 * Pure.
 *
 * Returns: (transfer full): what it says, or %NULL with %TL_ERROR_NOT_FOUND when
 *   it is something else and %TL_ERROR_PROTOCOL when it is such a document and
 *   damaged, or passes a bound of tl_json_parse_foreign()
 */
TlDocument *
tl_pacc_parse (const char  *bytes,
               gsize        len,
               TlAddress   *address,
               const char  *domain,
               const char  *source,
               GError     **error)
{
  g_autoptr(TlJson) json = tl_json_parse_foreign (bytes, len, NULL);
  g_autoptr(TlJsonReader) root = tl_json_reader_new (json, "the document");
  g_autoptr(TlJsonReader) protocols = NULL;
  g_autoptr(TlDocument) self = NULL;
  TlDocumentServer server = {
    .says_security = TRUE,
    .security = TL_SECURITY_TLS,
    .username = tl_address_get_addr_spec (address),
  };
  TlJson *member;

  member = tl_json_reader_get_object (root, "protocols", TL_JSON_OPTIONAL);
  if (member == NULL)
    {
      g_set_error_literal (error, TL_ERROR,
                           is_object (bytes, len) ? TL_ERROR_PROTOCOL : TL_ERROR_NOT_FOUND,
                           json == NULL ? "the document is not JSON as it may be"
                                        : "the document names no protocols");
      return NULL;
    }

  self = tl_document_new (source);
  server.says_auth = read_auth (root, self, &server.auth);
  protocols = tl_json_reader_new (member, "protocols");
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autoptr(TlJsonReader) reader = NULL;

      member = tl_json_reader_get_object (protocols, services[i].name, TL_JSON_OPTIONAL);
      if (member == NULL)
        continue;
      reader = tl_json_reader_new (member, services[i].name);
      server.host = tl_json_reader_get_string (reader, "host", TL_JSON_REQUIRED);
      server.port = services[i].port;
      tl_document_take_server (self, services[i].lane, &server);
    }

  member = tl_json_reader_get_object (protocols, "pop3", TL_JSON_OPTIONAL);
  if (member != NULL)
    {
      g_autoptr(TlJsonReader) reader = tl_json_reader_new (member, "pop3");
      const char *host = tl_json_reader_get_string (reader, "host", TL_JSON_REQUIRED);

      tl_document_reject (self, TL_LANE_INCOMING, *host != '\0' ? host : "pop3",
                          TL_REJECTION_POP3);
    }
  read_info (root, self);

  return g_steal_pointer (&self);
}

/* In time that does not depend on where they differ. */
static gboolean
is_same_digest (const guint8 *a,
                const guint8 *b)
{
  guint8 difference = 0;

  for (gsize i = 0; i < SHA256_BYTES; i++)
    difference |= a[i] ^ b[i];

  return difference == 0;
}

/* base64 of 32 bytes (RFC 4648 §4), and nothing else: g_base64_decode() alone
 * passes over what it does not know. */
static gboolean
decode_digest (const char *text,
               guint8     *out_digest)
{
  g_autofree guchar *bytes = NULL;
  gsize n_bytes = 0;

  if (strlen (text) > MAX_DIGEST_CHARS ||
      text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/=")] != '\0')
    return FALSE;

  bytes = g_base64_decode (text, &n_bytes);
  if (n_bytes != SHA256_BYTES)
    return FALSE;
  memcpy (out_digest, bytes, SHA256_BYTES);

  return TRUE;
}

/* record = tag *( ";" tag ) [ ";" ], tag = *WSP name *WSP "=" *WSP value *WSP
 *
 * In any order; unknown tags mean nothing. A record that is of version UAAC1
 * and of sha256 counts, whatever its digest looks like: one that cannot be read
 * is one that differs. */
static TlPaccDigest
check_record (const char   *text,
              const guint8 *digest)
{
  g_auto(GStrv) tags = g_strsplit (text, ";", MAX_TAGS);
  const char *names[] = { "v", "a", "d" };
  const char *values[G_N_ELEMENTS (names)] = { NULL };
  guint8 wanted[SHA256_BYTES];

  for (gsize i = 0; tags[i] != NULL; i++)
    {
      char *equals = strchr (tags[i], '=');

      if (equals == NULL)
        continue;
      *equals = '\0';
      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          if (g_str_equal (g_strstrip (tags[i]), names[j]))
            values[j] = g_strstrip (equals + 1);
        }
    }

  if (g_strcmp0 (values[0], "UAAC1") != 0 || g_strcmp0 (values[1], "sha256") != 0)
    return TL_PACC_DIGEST_NONE;

  return values[2] != NULL && decode_digest (values[2], wanted) && is_same_digest (wanted, digest)
    ? TL_PACC_DIGEST_MATCHES : TL_PACC_DIGEST_DIFFERS;
}

/**
 * tl_pacc_check_digest:
 * @texts: (array zero-terminated=1): the TXT records at `_ua-auto-config` of the domain, each with
 *   its character-strings joined
 * @body: the document, byte for byte as it came
 *
 * Compares a document with what DNS says about it. Of several records one that
 * fits is enough. Pure.
 *
 * Returns: what came of it
 */
TlPaccDigest
tl_pacc_check_digest (const char * const *texts,
                      GBytes             *body)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  TlPaccDigest result = TL_PACC_DIGEST_NONE;
  guint8 digest[SHA256_BYTES];
  gsize len = sizeof digest;
  gsize n_bytes;
  gconstpointer bytes = g_bytes_get_data (body, &n_bytes);

  g_checksum_update (checksum, bytes, (gssize) n_bytes);
  g_checksum_get_digest (checksum, digest, &len);

  for (gsize i = 0; texts[i] != NULL; i++)
    {
      TlPaccDigest one = check_record (texts[i], digest);

      if (one == TL_PACC_DIGEST_MATCHES)
        return one;
      if (one == TL_PACC_DIGEST_DIFFERS)
        result = one;
    }

  return result;
}
