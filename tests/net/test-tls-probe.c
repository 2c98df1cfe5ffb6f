/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-network-private.h"
#include "tl-test-peer.h"
#include "world.h"

#define LONG_MS 10000
#define HOST "mail.test"

/* What a probe says about servers that a handshake would have nothing to do with, and others. */
static const struct
{
  const char *name;
  const char *names;
  TlTestTls   peculiar;
  const char *version;
} servers[] = {
  { "good",            HOST,         TL_TEST_TLS_GOOD,                            "TLSv1.3" },
  { "tls-1.2",         HOST,         TL_TEST_TLS_ONLY_1_2,                        "TLSv1.2" },
  { "T16/tls-1.1",     HOST,         TL_TEST_TLS_ONLY_1_1,                        "TLSv1.1" },
  { "T16/tls-1.0",     HOST,         TL_TEST_TLS_ONLY_1_0,                        "TLSv1" },
  { "T16/tls-1.0-rsa", HOST,         TL_TEST_TLS_ONLY_1_0 | TL_TEST_TLS_RSA_1024, "TLSv1" },
  { "expired",         HOST,         TL_TEST_TLS_EXPIRED,                         "TLSv1.3" },
  { "self-signed",     HOST,         TL_TEST_TLS_SELF_SIGNED,                     "TLSv1.3" },
  { "other-name",      "other.test", TL_TEST_TLS_GOOD,                            "TLSv1.3" },
  { "small-dh",        HOST,         TL_TEST_TLS_SMALL_DH,                        "TLSv1.2" },
  { "sha-1",           HOST,         TL_TEST_TLS_SHA_1,                           "TLSv1.3" },
};

static void
check_spent (TlChannel *channel)
{
  const TlDeadline deadline = tl_deadline_in_ms (LONG_MS);
  g_autoptr(TlFault) reading = NULL;
  g_autoptr(TlFault) writing = NULL;
  g_autoptr(TlFault) shaking = NULL;
  g_autoptr(TlFault) probing = NULL;
  char byte = 'x';

  g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, deadline, NULL, &reading, NULL), ==,
                   -1);
  g_assert_nonnull (reading);
  g_assert_false (tl_channel_write_sync (channel, &byte, 1, deadline, NULL, &writing, NULL));
  g_assert_nonnull (writing);
  g_assert_null (tl_channel_handshake_sync (channel, HOST, deadline, NULL, &shaking, NULL));
  g_assert_nonnull (shaking);
  g_assert_null (tl_channel_probe_tls_sync (channel, HOST, deadline, NULL, &probing, NULL));
  g_assert_nonnull (probing);
  g_assert_false (tl_channel_has_pending (channel));
  g_assert_null (tl_channel_dup_chain (channel));
  g_assert_null (tl_channel_dup_binding (channel, TL_TLS_BINDING_EXPORTER));
  g_assert_null (tl_channel_dup_binding (channel, TL_TLS_BINDING_SERVER_END_POINT));
}

static void
test_server (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM),
                                                  servers[i].names, servers[i].peculiar);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nS: hello\nHANG", ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  g_autoptr(TlTlsInfo) info = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  info = tl_channel_probe_tls_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                    &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_nonnull (info);
  g_assert_cmpstr (tl_tls_info_get_version (info), ==, servers[i].version);
  g_assert_cmpstr (tl_tls_info_get_names (info)[0], ==, servers[i].names);
  g_assert_cmpuint (strlen (tl_tls_info_get_fingerprint (info)), ==, 64);
  g_assert_cmpint (tl_tls_info_get_not_after_s (info), >, 0);
  check_spent (channel);
  g_clear_pointer (&channel, tl_channel_free);

  /* It was told who is meant, and nothing else. */
  tl_test_peer_stop (peer);
  g_assert_null (strstr (tl_test_peer_get_transcript (peer), "C: "));
}

static const struct
{
  const char *name;
  const char *script;
  guint       ms;
  TlCause     cause;
} refusals[] = {
  { "plaintext", "S: * OK hello\nHANG",                      LONG_MS, TL_CAUSE_PLAINTEXT_PEER },
  { "alert",     "S! \\x15\\x03\\x03\\x00\\x02\\x02\\x28\nHANG", LONG_MS, TL_CAUSE_HANDSHAKE },
  { "reset",     "SLEEP 30\nRST",                            LONG_MS, TL_CAUSE_RESET },
  { "silent",    "HANG",                                     200,     TL_CAUSE_TIMEOUT },
};

static void
test_refusal (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new (refusals[i].script, NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (tl_channel_probe_tls_sync (channel, HOST, tl_deadline_in_ms (refusals[i].ms),
                                            NULL, &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (refusals[i].cause));
  check_spent (channel);
}

static void
test_cancelled (void)
{
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("HANG", NULL);
  g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tl_channel_probe_tls_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), cancellable,
                                            &fault, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (fault);
}

/* A cipher that needs no certificate is still a server to be described. */
static void
test_anonymous (void)
{
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM), HOST,
                                                  TL_TEST_TLS_ONLY_1_2 | TL_TEST_TLS_SHA_1);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nHANG", ctx);
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlTlsInfo) info = NULL;
  g_autoptr(TlFault) fault = NULL;

  g_assert_cmpint (SSL_CTX_set_cipher_list (ctx, "AECDH-NULL-SHA:@SECLEVEL=0"), ==, 1);
  channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  info = tl_channel_probe_tls_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL);
  g_assert_nonnull (info);
  g_assert_cmpstr (tl_tls_info_get_cipher (info), ==, "TLS_ECDH_anon_WITH_NULL_SHA");
  g_assert_cmpstr (tl_tls_info_get_fingerprint (info), ==, "");
  g_assert_null (tl_tls_info_get_names (info)[0]);
}

/* The two never meet: what looks is made once, and what verifies is as strict as before. */
static void
test_contexts (void)
{
  SSL_CTX *probe = tl_network_get_probe_ssl_ctx (world_get_network (WORLD_SYSTEM));

  g_assert_true (probe == tl_network_get_probe_ssl_ctx (world_get_network (WORLD_PRACTICE)));
  for (World world = WORLD_PRACTICE; world <= WORLD_SYSTEM; world++)
    {
      SSL_CTX *strict = tl_network_get_ssl_ctx (world_get_network (world));

      g_assert_true (strict != probe);
      g_assert_cmpint (SSL_CTX_get_verify_mode (strict), ==, SSL_VERIFY_PEER);
      g_assert_cmpint (SSL_CTX_get_min_proto_version (strict), ==, TLS1_2_VERSION);
      g_assert_cmpint (SSL_CTX_get_security_level (strict), ==, 2);
    }
  g_assert_cmpint (SSL_CTX_get_verify_mode (probe), ==, SSL_VERIFY_PEER);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_begin ();

  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      g_autofree char *path = g_strconcat ("/tls-probe/server/", servers[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_server);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/tls-probe/refusal/", refusals[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refusal);
    }
  g_test_add_func ("/tls-probe/cancelled", test_cancelled);
  g_test_add_func ("/tls-probe/anonymous", test_anonymous);
  g_test_add_func ("/tls-probe/contexts", test_contexts);

  status = g_test_run ();
  world_end ();

  return status;
}
