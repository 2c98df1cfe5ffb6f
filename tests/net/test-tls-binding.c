/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-network-private.h"
#include "tl-test-server.h"
#include "world.h"

#define LONG_MS 10000
#define HOST "mail.test"

/* Says what the server's own library takes for the exporter's key. */
static void
serve_key (int      fd,
           gpointer data)
{
  SSL *ssl = tl_test_accept_tls (fd, data);
  guchar key[32];

  if (ssl == NULL)
    return;
  g_assert_cmpint (SSL_export_keying_material (ssl, key, sizeof key, "EXPORTER-Channel-Binding", 24,
                                               (const guchar *) "", 0, 1), ==, 1);
  SSL_write (ssl, key, sizeof key);
  tl_test_wait_for_hang_up (fd);
  SSL_free (ssl);
}

static const struct
{
  const char *name;
  TlTestTls   peculiar;
  gboolean    without_ems;
  gboolean    has_exporter;
  const char *digest;      /* of the end point, or NULL: there is none */
} cases[] = {
  { "tls-1.3",  TL_TEST_TLS_GOOD,     FALSE, TRUE,  "SHA256" },
  { "tls-1.2",  TL_TEST_TLS_ONLY_1_2, FALSE, TRUE,  "SHA256" },
  { "tls-1.2-without-ems", TL_TEST_TLS_ONLY_1_2, TRUE, FALSE, "SHA256" },
  { "sha-384",  TL_TEST_TLS_SHA_384,  FALSE, TRUE,  "SHA384" },
  { "ed25519",  TL_TEST_TLS_ED25519,  FALSE, TRUE,  NULL },
};

static void
test_binding (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM), HOST,
                                                  cases[i].peculiar);
  g_autoptr(TlTestServer) server = NULL;
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(GBytes) exported = NULL;
  g_autoptr(GBytes) end_point = NULL;
  g_autoptr(TlFault) fault = NULL;
  char theirs[32];
  guchar digest[EVP_MAX_MD_SIZE];
  guint len = 0;

  /* Before anybody dials: the server's thread copies the options as it accepts. */
  if (cases[i].without_ems)
    SSL_CTX_set_options (ctx, SSL_OP_NO_EXTENDED_MASTER_SECRET);
  server = tl_test_server_new (serve_key, ctx);
  channel = world_connect (WORLD_SYSTEM, tl_test_server_get_port (server));

  g_assert_null (tl_channel_dup_binding (channel, TL_TLS_BINDING_EXPORTER));
  g_assert_null (tl_channel_dup_binding (channel, TL_TLS_BINDING_SERVER_END_POINT));
  proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                     NULL);
  g_assert_nonnull (proof);
  g_assert_cmpint (tl_channel_read_sync (channel, theirs, sizeof theirs,
                                         tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL), ==, 32);

  exported = tl_channel_dup_binding (channel, TL_TLS_BINDING_EXPORTER);
  g_assert_cmpint (exported != NULL, ==, cases[i].has_exporter);
  if (exported != NULL)
    g_assert_cmpmem (g_bytes_get_data (exported, NULL), g_bytes_get_size (exported), theirs,
                     sizeof theirs);

  end_point = tl_channel_dup_binding (channel, TL_TLS_BINDING_SERVER_END_POINT);
  g_assert_cmpint (end_point != NULL, ==, cases[i].digest != NULL);
  if (end_point == NULL)
    return;
  X509_digest (SSL_CTX_get0_certificate (ctx), EVP_get_digestbyname (cases[i].digest), digest,
               &len);
  g_assert_cmpmem (g_bytes_get_data (end_point, NULL), g_bytes_get_size (end_point), digest, len);
}

/* RFC 5929 §4.1: SHA-1 counts as SHA-256. At our security level a certificate that says so is let
 * through in one place only: an authority's own, that the system trusts. */
static void
test_sha_1 (void)
{
  g_autoptr(TlTestCa) own = tl_test_ca_new (NULL);
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (own, HOST,
                                                  TL_TEST_TLS_SHA_1 | TL_TEST_TLS_SELF_SIGNED);
  X509_STORE *store = SSL_CTX_get_cert_store (tl_network_get_ssl_ctx (
    world_get_network (WORLD_SYSTEM)));
  g_autoptr(TlTestServer) server = NULL;
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(GBytes) end_point = NULL;
  g_autoptr(TlFault) fault = NULL;
  guchar digest[EVP_MAX_MD_SIZE];
  guint len = 0;

  X509_STORE_add_cert (store, SSL_CTX_get0_certificate (ctx));
  server = tl_test_server_new (serve_key, ctx);
  channel = world_connect (WORLD_SYSTEM, tl_test_server_get_port (server));
  proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                     NULL);
  g_assert_nonnull (proof);
  end_point = tl_channel_dup_binding (channel, TL_TLS_BINDING_SERVER_END_POINT);
  X509_digest (SSL_CTX_get0_certificate (ctx), EVP_sha256 (), digest, &len);
  g_assert_cmpmem (g_bytes_get_data (end_point, NULL), g_bytes_get_size (end_point), digest, len);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_begin ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tls-binding/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_binding);
    }
  g_test_add_func ("/tls-binding/sha-1", test_sha_1);

  status = g_test_run ();
  world_end ();

  return status;
}
