/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include "tl-test-child.h"
#include "tl-test-server.h"
#include "world.h"

/* P7: whatever a peer does under TLS costs at most 8 MiB and one second of CPU. The client is a
 * process of its own, so that only its part is measured. */

#define LONG_MS 10000
#define HOST "mail.practice.invalid"
/* AddressSanitizer holds on to what was freed. */
#ifdef __SANITIZE_ADDRESS__
#define MAX_BYTES (64 * 1024 * 1024)
#else
#define MAX_BYTES (8 * 1024 * 1024)
#endif
#define MAX_CPU_US G_USEC_PER_SEC
/* One handshake, and not two exponentiations in a group of the largest size. */
#define MAX_HANDSHAKE_CPU_US (250 * 1000)
#define LARGEST_GROUP_BITS 10000

typedef struct
{
  const char *name;
  const char *records;                         /* sent again and again in place of a handshake */
  gsize       len;
  gboolean    (*again) (SSL *ssl);             /* or done again and again after it */
  TlTestTls   peculiar;
  TlCause     cause;
  const char *dh_cipher;                       /* or a key exchange in the largest group */
  const char *groups;                          /* or in one of these */
  gboolean    is_probed;
  SSL_CTX    *ctx;
} Flood;

#define RECORDS(bytes) .records = bytes, .len = sizeof bytes - 1

static gboolean
update_key (SSL *ssl)
{
  return SSL_key_update (ssl, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake (ssl) == 1;
}

static gboolean
ask_for_keys (SSL *ssl)
{
  return SSL_key_update (ssl, SSL_KEY_UPDATE_REQUESTED) == 1 && SSL_do_handshake (ssl) == 1;
}

static gboolean
renegotiate (SSL *ssl)
{
  return SSL_renegotiate (ssl) == 1 && SSL_do_handshake (ssl) == 1;
}

/* OpenSSL does not mind when nobody takes them, so the client's leaving is looked for. */
static gboolean
send_ticket (SSL *ssl)
{
  char byte;

  return recv (SSL_get_fd (ssl), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN &&
         SSL_new_session_ticket (ssl) == 1 && SSL_do_handshake (ssl) == 1;
}

static Flood floods[] = {
  { "alerts", RECORDS ("\x15\x03\x03\x00\x02\x01\x5a"), .cause = TL_CAUSE_PROTOCOL },
  { "hello-requests", RECORDS ("\x16\x03\x03\x00\x04\x00\x00\x00\x00"),
    .cause = TL_CAUSE_PROTOCOL },
  { "empty-records", RECORDS ("\x16\x03\x03\x00\x00"), .cause = TL_CAUSE_PROTOCOL },
  { "endless-message", RECORDS ("\x16\x03\x03\x00\x08\x02\xff\xff\xff\x00\x00\x00\x00"),
    .cause = TL_CAUSE_OVERSIZED },
  { "key-updates", .again = update_key, .cause = TL_CAUSE_PROTOCOL },
  { "key-requests", .again = ask_for_keys, .cause = TL_CAUSE_PROTOCOL },
  { "tickets", .again = send_ticket, .cause = TL_CAUSE_PROTOCOL },
  { "renegotiation", .again = renegotiate, .peculiar = TL_TEST_TLS_ONLY_1_2,
    .cause = TL_CAUSE_PROTOCOL },
  { "large-group", .peculiar = TL_TEST_TLS_SMALL_DH, .dh_cipher = "DHE-RSA-AES128-GCM-SHA256",
    .cause = TL_CAUSE_HANDSHAKE },
  { "large-group-probed", .peculiar = TL_TEST_TLS_SMALL_DH, .is_probed = TRUE,
    .dh_cipher = "ADH-AES256-GCM-SHA384:@SECLEVEL=0", .cause = TL_CAUSE_WEAK },
  { "large-group-1.3", .groups = "ffdhe8192", .cause = TL_CAUSE_HANDSHAKE },
  { "large-group-1.3-probed", .groups = "ffdhe8192", .is_probed = TRUE,
    .cause = TL_CAUSE_HANDSHAKE },
  { "long-chain", .peculiar = TL_TEST_TLS_MANY_NAMES, .cause = TL_CAUSE_OVERSIZED },
};

static void
serve_flood (int      fd,
             gpointer data)
{
  const Flood *flood = data;
  SSL *ssl;

  if (flood->records != NULL)
    {
      while (send (fd, flood->records, flood->len, MSG_NOSIGNAL) > 0)
        ;
      return;
    }

  ssl = tl_test_accept_tls (fd, flood->ctx);
  while (ssl != NULL && flood->again != NULL && flood->again (ssl))
    ;
  SSL_free (ssl);
}

/* A modulus need not be prime for a client to begin to count in it. */
static void
use_largest_group (SSL_CTX    *ctx,
                   const char *cipher)
{
  EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name (NULL, "DH", NULL);
  OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new ();
  BIGNUM *modulus = BN_new ();
  BIGNUM *generator = BN_new ();
  EVP_PKEY *group = NULL;
  OSSL_PARAM *params;

  g_assert_cmpint (BN_rand (modulus, LARGEST_GROUP_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD), ==,
                   1);
  g_assert_cmpint (BN_set_word (generator, 2), ==, 1);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_FFC_P, modulus);
  OSSL_PARAM_BLD_push_BN (builder, OSSL_PKEY_PARAM_FFC_G, generator);
  params = OSSL_PARAM_BLD_to_param (builder);
  g_assert_cmpint (EVP_PKEY_fromdata_init (maker), ==, 1);
  g_assert_cmpint (EVP_PKEY_fromdata (maker, &group, EVP_PKEY_KEY_PARAMETERS, params), ==, 1);
  g_assert_cmpint (SSL_CTX_set0_tmp_dh_pkey (ctx, group), ==, 1);
  g_assert_cmpint (SSL_CTX_set_cipher_list (ctx, cipher), ==, 1);

  OSSL_PARAM_free (params);
  OSSL_PARAM_BLD_free (builder);
  EVP_PKEY_CTX_free (maker);
  BN_free (generator);
  BN_free (modulus);
}

static gsize
get_memory_bytes (const char *which)
{
  g_autofree char *status = NULL;
  const char *at;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  at = strstr (status, which);
  g_assert_nonnull (at);

  return (gsize) g_ascii_strtoull (at + strlen (which), NULL, 10) * 1024;
}

/* In the client's process. */
static void
meet_flood (guint16  port,
            gpointer data)
{
  const Flood *flood = data;
  g_autoptr(TlChannel) channel = world_connect (WORLD_PRACTICE, port);
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlTlsInfo) info = NULL;
  g_autoptr(TlFault) fault = NULL;
  struct rusage usage;
  gsize before = get_memory_bytes ("VmRSS:");
  gsize grown;
  gint64 cpu_us;
  char byte;

  if (flood->is_probed)
    info = tl_channel_probe_tls_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                      NULL);
  else
    proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                       NULL);
  g_assert_null (info);
  if (proof != NULL)
    g_assert_cmpint (tl_channel_read_sync (channel, &byte, 1, tl_deadline_in_ms (LONG_MS), NULL,
                                           &fault, NULL), ==, -1);

  getrusage (RUSAGE_SELF, &usage);
  cpu_us = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC +
           usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  grown = get_memory_bytes ("VmHWM:") - before;
  g_test_message ("%" G_GINT64_FORMAT " ms of CPU, %" G_GSIZE_FORMAT " KiB", cpu_us / 1000,
                  grown / 1024);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick (flood->cause));
  g_assert_cmpint (cpu_us, <, flood->dh_cipher != NULL || flood->groups != NULL
                              ? MAX_HANDSHAKE_CPU_US : MAX_CPU_US);
  g_assert_cmpuint (grown, <, MAX_BYTES);
}

static void
test_flood (gconstpointer data)
{
  Flood *flood = &floods[GPOINTER_TO_SIZE (data)];
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_PRACTICE), HOST,
                                                  flood->peculiar);
  TlTestChild *client = tl_test_child_new (meet_flood, flood);
  g_autoptr(TlTestServer) server = NULL;

  if (flood->dh_cipher != NULL)
    use_largest_group (ctx, flood->dh_cipher);
  if (flood->groups != NULL)
    g_assert_cmpint (SSL_CTX_set1_groups_list (ctx, flood->groups), ==, 1);
  flood->ctx = ctx;
  server = tl_test_server_new (serve_flood, flood);
  tl_test_child_finish (client, tl_test_server_get_port (server));
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_begin ();

  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      const char *row = g_str_equal (floods[i].name, "long-chain") ? "T20" : "T21";
      g_autofree char *path = g_strconcat ("/tls-flood/", row, "/", floods[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_flood);
    }

  status = g_test_run ();
  world_end ();

  return status;
}
