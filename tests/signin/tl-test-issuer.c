/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-issuer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tl-oauth-metadata.h"
#include "tl-test-ca.h"
#include "tl-test-server.h"

#define HOST              "issuer.practice.invalid"
#define MAX_REQUEST_BYTES (64 * 1024)
#define SLOW_MS           200

typedef struct
{
  const TlTestIssuerAnswer *answers;  /* borrowed */
  gsize                     n_answers;
  guint                     n_asked;
  char                     *asked;    /* owned: the last body, or the last query */
} Door;

struct _TlTestIssuer
{
  char             *issuer;  /* owned */
  TlTestIssuerMood  mood;
  TlTestCa         *ca;      /* owned */
  SSL_CTX          *ctx;     /* owned */
  TlTestServer     *server;  /* owned */

  GMutex            lock;    /* guards what follows */
  Door              doors[TL_TEST_ISSUER_N_DOORS];
  guint             n_tokens;
  guint             n_pending;
  guint             expires_in;
  char             *challenge; /* owned, nullable: of the code that was handed out last */
  char             *nonce;     /* owned, nullable */
};

static const struct
{
  const char       *path;
  TlTestIssuerDoor  door;
} paths[] = {
  { "/.well-known/", TL_TEST_ISSUER_METADATA },
  { "/authorize",    TL_TEST_ISSUER_AUTHORIZE },
  { "/token",        TL_TEST_ISSUER_TOKEN },
  { "/device",       TL_TEST_ISSUER_DEVICE },
  { "/revoke",       TL_TEST_ISSUER_REVOKE },
  { "/register",     TL_TEST_ISSUER_REGISTER },
};

static void
make_url_safe (char *base64)
{
  g_strdelimit (base64, "+", '-');
  g_strdelimit (base64, "/", '_');
  base64[strcspn (base64, "=")] = '\0';
}

/**
 * tl_test_issuer_make_id_token:
 * @claims: a JSON object
 *
 * Returns: (transfer full): an ID token that says so, signed by nobody
 */
char *
tl_test_issuer_make_id_token (const char *claims)
{
  g_autofree char *payload = g_base64_encode ((const guchar *) claims, strlen (claims));

  make_url_safe (payload);

  return g_strconcat ("eyJhbGciOiJSUzI1NiJ9.", payload, ".c2lnbmF0dXJl", NULL);
}

/* S256, RFC 7636 §4.2 */
static char *
make_challenge (const char *verifier)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize len = sizeof digest;
  char *challenge;

  g_checksum_update (checksum, (const guchar *) verifier, (gssize) strlen (verifier));
  g_checksum_get_digest (checksum, digest, &len);
  challenge = g_base64_encode (digest, len);
  make_url_safe (challenge);

  return challenge;
}

static GHashTable *
parse_form (const char *form)
{
  return g_uri_parse_params (form, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
}

char *
tl_test_issuer_dup_metadata (const TlTestIssuer *self)
{
  return g_strdup_printf ("{\"issuer\":\"%s\",\"authorization_endpoint\":\"%s/authorize\","
                          "\"token_endpoint\":\"%s/token\","
                          "\"device_authorization_endpoint\":\"%s/device\","
                          "\"revocation_endpoint\":\"%s/revoke\","
                          "\"registration_endpoint\":\"%s/register\",%s"
                          "\"subject_types_supported\":[\"public\"],"
                          "\"authorization_response_iss_parameter_supported\":true}",
                          self->issuer, self->issuer, self->issuer, self->issuer, self->issuer,
                          self->issuer, self->mood & TL_TEST_ISSUER_NO_PKCE
                          ? "" : "\"code_challenge_methods_supported\":[\"S256\"],");
}

/* Tokens are numbered, so that a test sees which ones somebody has. */
static char *
make_tokens (TlTestIssuer *self)
{
  g_autofree char *nonce = self->nonce != NULL
    ? g_strdup_printf (",\"nonce\":\"%s\"", self->nonce) : g_strdup ("");
  g_autofree char *claims =
    g_strdup_printf ("{\"iss\":\"%s\",\"aud\":\"" TL_TEST_ISSUER_CLIENT "\",\"exp\":1,\"iat\":0,"
                     "\"email\":\"" TL_TEST_ISSUER_ACCOUNT "\"%s}", self->issuer, nonce);
  g_autofree char *id_token = tl_test_issuer_make_id_token (claims);
  g_autofree char *refresh = NULL;

  self->n_tokens++;
  if (self->mood & TL_TEST_ISSUER_NO_REFRESH)
    refresh = g_strdup ("");
  else
    refresh = g_strdup_printf ("\"refresh_token\":\"refresh-%u\",",
                               self->mood & TL_TEST_ISSUER_ROTATES ? self->n_tokens : 1);

  return g_strdup_printf ("{\"access_token\":\"access-%u\",%s\"id_token\":\"%s\","
                          "\"token_type\":\"Bearer\",\"expires_in\":%u}",
                          self->n_tokens, refresh, id_token, self->expires_in);
}

static char *
make_error (const char **out_status,
            const char  *error)
{
  *out_status = "400 Bad Request";

  return g_strdup_printf ("{\"error\":\"%s\"}", error);
}

/* The token endpoint, RFC 6749 §3.2. */
static char *
give_tokens (TlTestIssuer  *self,
             const char    *form,
             const char   **out_status)
{
  g_autoptr(GHashTable) fields = parse_form (form);
  const char *type = g_hash_table_lookup (fields, "grant_type");
  const char *verifier = g_hash_table_lookup (fields, "code_verifier");
  const char *refresh = g_hash_table_lookup (fields, "refresh_token");
  g_autofree char *challenge = verifier != NULL ? make_challenge (verifier) : NULL;
  g_autofree char *current = g_strdup_printf ("refresh-%u", self->n_tokens);

  if (g_strcmp0 (g_hash_table_lookup (fields, "client_id"), TL_TEST_ISSUER_CLIENT) != 0)
    return make_error (out_status, "invalid_client");

  if (g_strcmp0 (type, "authorization_code") == 0 && self->challenge != NULL)
    {
      g_autofree char *expected = g_steal_pointer (&self->challenge);

      if (!(self->mood & TL_TEST_ISSUER_NO_PKCE) && g_strcmp0 (challenge, expected) != 0)
        return make_error (out_status, "invalid_grant");
      return make_tokens (self);
    }
  if (g_strcmp0 (type, "refresh_token") == 0 && refresh != NULL &&
      (self->mood & TL_TEST_ISSUER_ROTATES ? g_str_equal (refresh, current) || self->n_tokens == 0
                                           : g_str_has_prefix (refresh, "refresh-")))
    return make_tokens (self);
  if (g_strcmp0 (type, "urn:ietf:params:oauth:grant-type:device_code") == 0 &&
      g_strcmp0 (g_hash_table_lookup (fields, "device_code"), "device-1") == 0)
    {
      if (self->n_pending == 0)
        return make_tokens (self);
      self->n_pending--;
      return make_error (out_status, "authorization_pending");
    }

  return make_error (out_status, "invalid_grant");
}

/* What a good server says, RFC 8628 §3.2 and RFC 7591 §3.2.1 among others. */
static char *
give (TlTestIssuer      *self,
      TlTestIssuerDoor   door,
      const char        *body,
      const char       **out_status)
{
  switch (door)
    {
    case TL_TEST_ISSUER_METADATA:
      return tl_test_issuer_dup_metadata (self);
    case TL_TEST_ISSUER_TOKEN:
      return give_tokens (self, body, out_status);
    case TL_TEST_ISSUER_DEVICE:
      return g_strdup_printf ("{\"device_code\":\"device-1\",\"user_code\":\""
                              TL_TEST_ISSUER_USER_CODE "\",\"verification_uri\":\"%s/code\","
                              "\"verification_uri_complete\":\"%s/code?user_code=EVIL\","
                              "\"expires_in\":600,\"interval\":1}", self->issuer, self->issuer);
    case TL_TEST_ISSUER_REGISTER:
      *out_status = "201 Created";
      return g_strdup ("{\"client_id\":\"" TL_TEST_ISSUER_CLIENT "\","
                       "\"token_endpoint_auth_method\":\"none\","
                       "\"grant_types\":[\"authorization_code\",\"refresh_token\"]}");
    default:
      return g_strdup ("");
    }
}

/**
 * tl_test_issuer_authorize:
 * @self: an issuer
 * @url: of its authorization endpoint, with its query
 *
 * What the sign-in page does with the browser once somebody has signed in, which is at once.
 *
 * Returns: (transfer full): where the browser is sent
 */
char *
tl_test_issuer_authorize (TlTestIssuer *self,
                          const char   *url)
{
  const char *query = strchr (url, '?');
  g_autoptr(GHashTable) fields = parse_form (query != NULL ? query + 1 : "");
  const char *redirect = g_hash_table_lookup (fields, "redirect_uri");
  const char *state = g_hash_table_lookup (fields, "state");
  g_autofree char *iss = g_uri_escape_string (self->mood & TL_TEST_ISSUER_OTHER_ISS
                                              ? "https://other.test" : self->issuer, NULL, FALSE);
  g_autofree char *result = NULL;
  g_autofree char *said = NULL;

  g_assert_nonnull (redirect);
  g_assert_nonnull (state);
  g_assert_cmpstr (g_hash_table_lookup (fields, "code_challenge_method"), ==, "S256");

  g_mutex_lock (&self->lock);
  self->doors[TL_TEST_ISSUER_AUTHORIZE].n_asked++;
  g_free (self->doors[TL_TEST_ISSUER_AUTHORIZE].asked);
  self->doors[TL_TEST_ISSUER_AUTHORIZE].asked = g_strdup (query + 1);
  g_free (self->challenge);
  self->challenge = self->mood & TL_TEST_ISSUER_OTHER_CODE
    ? make_challenge ("another-session") : g_strdup (g_hash_table_lookup (fields, "code_challenge"));
  g_free (self->nonce);
  self->nonce = g_strdup (g_hash_table_lookup (fields, "nonce"));
  g_mutex_unlock (&self->lock);

  result = g_strdup (self->mood & TL_TEST_ISSUER_DENIES ? "error=access_denied" : "code=code-1");
  said = self->mood & TL_TEST_ISSUER_NO_ISS ? g_strdup ("") : g_strconcat ("&iss=", iss, NULL);

  return g_strconcat (redirect, "?", result, "&state=", state, said, NULL);
}

/**
 * tl_test_issuer_browse:
 * @url: of a port of loopback: `http://127.0.0.1:1234/path?query`
 *
 * Returns: (transfer full) (nullable): what is said there, head and all
 */
char *
tl_test_issuer_browse (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
  struct sockaddr_in four = { .sin_family = AF_INET };
  gboolean is_six = strchr (g_uri_get_host (uri), ':') != NULL;
  g_autoptr(GString) said = g_string_new (NULL);
  g_autofree char *request = NULL;
  char chunk[1024];
  gssize n;
  int fd = socket (is_six ? AF_INET6 : AF_INET, SOCK_STREAM, 0);

  four.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  four.sin_port = six.sin6_port = htons ((guint16) g_uri_get_port (uri));
  if (connect (fd, is_six ? (struct sockaddr *) &six : (struct sockaddr *) &four,
               is_six ? sizeof six : sizeof four) != 0)
    {
      close (fd);
      return NULL;
    }

  request = g_strdup_printf ("GET %s%s%s HTTP/1.1\r\nHost: %s%s%s:%d\r\n\r\n", g_uri_get_path (uri),
                             g_uri_get_query (uri) != NULL ? "?" : "",
                             g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "",
                             is_six ? "[" : "", g_uri_get_host (uri), is_six ? "]" : "",
                             g_uri_get_port (uri));
  if (send (fd, request, strlen (request), MSG_NOSIGNAL) > 0)
    while ((n = recv (fd, chunk, sizeof chunk, 0)) > 0)
      g_string_append_len (said, chunk, n);
  close (fd);

  return g_string_free (g_steal_pointer (&said), FALSE);
}

/* --- HTTP ------------------------------------------------------------------------- */

static char *
dup_header (const char *head,
            const char *name)
{
  g_autofree char *start = g_strdup_printf ("\r\n%s: ", name);
  const char *found = strstr (head, start);

  return found != NULL
    ? g_strndup (found + strlen (start), strcspn (found + strlen (start), "\r")) : NULL;
}

/* Reads up to the empty line, and what Content-Length says is behind it. */
static gboolean
read_request (int       fd,
              SSL      *ssl,
              GString  *head,
              GString  *body)
{
  g_autofree char *length = NULL;
  gsize left;
  char byte;

  while (strstr (head->str, "\r\n\r\n") == NULL && head->len < MAX_REQUEST_BYTES)
    {
      if ((ssl != NULL ? SSL_read (ssl, &byte, 1) : (int) recv (fd, &byte, 1, 0)) != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }

  length = dup_header (head->str, "Content-Length");
  left = length != NULL ? MIN (strtoul (length, NULL, 10), MAX_REQUEST_BYTES) : 0;
  for (; left > 0 && SSL_read (ssl, &byte, 1) == 1; left--)
    g_string_append_c (body, byte);

  return TRUE;
}

static TlTestIssuerDoor
find_door (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (strstr (path, paths[i].path) != NULL)
      return paths[i].door;

  return TL_TEST_ISSUER_N_DOORS;
}

/* What goes back; NULL: nothing does. */
static char *
make_reply (TlTestIssuer *self,
            const char   *head,
            const char   *body)
{
  g_auto(GStrv) line = g_strsplit (head, " ", 3);
  TlTestIssuerDoor door = find_door (line[1]);
  const TlTestIssuerAnswer *answer = NULL;
  const char *status = "200 OK";
  g_autofree char *location = NULL;
  g_autofree char *said = NULL;

  if (door == TL_TEST_ISSUER_N_DOORS)
    return g_strdup ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
  if (door == TL_TEST_ISSUER_AUTHORIZE)
    {
      location = tl_test_issuer_authorize (self, line[1]);
      return g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                              location);
    }
  if (door == TL_TEST_ISSUER_TOKEN && self->mood & TL_TEST_ISSUER_SLOW)
    g_usleep (SLOW_MS * 1000);

  g_mutex_lock (&self->lock);
  if (self->doors[door].n_answers > 0)
    answer = &self->doors[door].answers[MIN (self->doors[door].n_asked,
                                             self->doors[door].n_answers - 1)];
  self->doors[door].n_asked++;
  g_free (self->doors[door].asked);
  self->doors[door].asked = g_strdup (body);
  said = answer != NULL && (answer->body != NULL || g_strcmp0 (answer->status, "") == 0)
    ? g_strdup (answer->body) : give (self, door, body, &status);
  g_mutex_unlock (&self->lock);

  if (answer != NULL && answer->status != NULL)
    status = answer->status;
  if (*status == '\0')
    return NULL;

  return g_strdup_printf ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\n"
                          "%s%sContent-Length: %zu\r\n\r\n%s", status,
                          answer != NULL && answer->header != NULL ? answer->header : "",
                          answer != NULL && answer->header != NULL ? "\r\n" : "",
                          strlen (said), said);
}

static void
serve (int      fd,
       gpointer data)
{
  static const char yes[] = "HTTP/1.1 200 Yes\r\n\r\n";
  TlTestIssuer *self = data;
  g_autoptr(GString) connect_head = g_string_new (NULL);
  g_autoptr(GString) head = g_string_new (NULL);
  g_autoptr(GString) body = g_string_new (NULL);
  g_autofree char *reply = NULL;
  char first;
  SSL *ssl;

  if (recv (fd, &first, 1, MSG_PEEK) != 1)
    return;
  if (first == 'C' && (!read_request (fd, NULL, connect_head, body) ||
                       send (fd, yes, strlen (yes), MSG_NOSIGNAL) < 0))
    return;

  ssl = tl_test_accept_tls (fd, self->ctx);
  if (ssl == NULL)
    return;
  if (read_request (fd, ssl, head, body) && (reply = make_reply (self, head->str, body->str)) != NULL)
    SSL_write (ssl, reply, (int) strlen (reply));
  SSL_shutdown (ssl);
  SSL_free (ssl);
}

/* --- The issuer ------------------------------------------------------------------- */

/**
 * tl_test_issuer_new:
 * @issuer: (nullable): its URL, for those who come through the proxy; %NULL for one of the practice
 *   network
 * @mood: what is peculiar about it
 *
 * Returns: (transfer full): an issuer that is there
 */
TlTestIssuer *
tl_test_issuer_new (const char       *issuer,
                    TlTestIssuerMood  mood)
{
  TlTestIssuer *self = g_new0 (TlTestIssuer, 1);
  g_autoptr(GUri) uri = issuer != NULL ? g_uri_parse (issuer, G_URI_FLAGS_NONE, NULL) : NULL;

  self->mood = mood;
  self->expires_in = 3600;
  g_mutex_init (&self->lock);
  self->ca = tl_test_ca_new (issuer == NULL ? "practice.invalid" : NULL);
  self->ctx = tl_test_ca_new_server (self->ca, issuer == NULL ? HOST : g_uri_get_host (uri),
                                     TL_TEST_TLS_GOOD);
  self->server = tl_test_server_new (serve, self);
  self->issuer = issuer != NULL ? g_strdup (issuer)
    : g_strdup_printf ("https://" HOST ":%u", tl_test_server_get_port (self->server));

  return self;
}

void
tl_test_issuer_free (TlTestIssuer *self)
{
  tl_test_server_free (self->server);
  SSL_CTX_free (self->ctx);
  tl_test_ca_free (self->ca);
  for (gsize i = 0; i < G_N_ELEMENTS (self->doors); i++)
    g_free (self->doors[i].asked);
  g_free (self->challenge);
  g_free (self->nonce);
  g_free (self->issuer);
  g_mutex_clear (&self->lock);
  g_free (self);
}

const char *
tl_test_issuer_get_issuer (const TlTestIssuer *self)
{
  return self->issuer;
}

const char *
tl_test_issuer_get_ca_pem (const TlTestIssuer *self)
{
  return tl_test_ca_get_pem (self->ca);
}

char *
tl_test_issuer_dup_proxy (const TlTestIssuer *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", tl_test_server_get_port (self->server));
}

/* Returns: (transfer full): the server as its metadata has it */
TlOauthServer *
tl_test_issuer_dup_server (const TlTestIssuer *self)
{
  g_autofree char *metadata = tl_test_issuer_dup_metadata (self);
  g_autoptr(GError) error = NULL;
  TlOauthServer *server = tl_oauth_metadata_parse (metadata, strlen (metadata), self->issuer, &error);

  g_assert_no_error (error);

  return server;
}

/* Returns: (transfer full): the practice network, with this one in it */
TlNetwork *
tl_test_issuer_dup_network (const TlTestIssuer *self)
{
  g_autoptr(GError) error = NULL;
  TlNetwork *network = tl_network_new_practice (tl_test_ca_get_pem (self->ca), &error);

  g_assert_no_error (error);

  return network;
}

void
tl_test_issuer_script (TlTestIssuer             *self,
                       TlTestIssuerDoor          door,
                       const TlTestIssuerAnswer *answers,
                       gsize                     n_answers)
{
  g_mutex_lock (&self->lock);
  self->doors[door].answers = answers;
  self->doors[door].n_answers = n_answers;
  self->doors[door].n_asked = 0;
  g_mutex_unlock (&self->lock);
}

/* How often a device code is polled before somebody has typed the code. */
void
tl_test_issuer_set_pending (TlTestIssuer *self,
                            guint         n_polls)
{
  g_mutex_lock (&self->lock);
  self->n_pending = n_polls;
  g_mutex_unlock (&self->lock);
}

/* How long its access tokens last. */
void
tl_test_issuer_set_expires (TlTestIssuer *self,
                            guint         seconds)
{
  g_mutex_lock (&self->lock);
  self->expires_in = seconds;
  g_mutex_unlock (&self->lock);
}

guint
tl_test_issuer_get_n_asked (TlTestIssuer     *self,
                            TlTestIssuerDoor  door)
{
  guint n_asked;

  g_mutex_lock (&self->lock);
  n_asked = self->doors[door].n_asked;
  g_mutex_unlock (&self->lock);

  return n_asked;
}

/* Returns: (transfer full) (nullable): the form or the query that came last */
char *
tl_test_issuer_dup_asked (TlTestIssuer     *self,
                          TlTestIssuerDoor  door)
{
  char *asked;

  g_mutex_lock (&self->lock);
  asked = g_strdup (self->doors[door].asked);
  g_mutex_unlock (&self->lock);

  return asked;
}
