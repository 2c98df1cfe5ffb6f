/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <openssl/x509v3.h>

#include "tl-test-peer.h"
#include "world.h"

/* One verdict for each thing that may be wrong with a server's certificate. */

#define VERIFIED -1
#define LONG_MS 10000
#define HOST "mail.test"
#define PRACTICE_HOST "mail.practice.invalid"

typedef struct
{
  const char *name;
  const char *names;       /* of the certificate; NULL: HOST */
  const char *host;        /* that is looked for; NULL: HOST */
  TlTestTls   peculiar;
  int         cause;       /* or VERIFIED */
  const char *detail;      /* a part of it, or NULL */
  const char *min_tls;     /* that the network asks for; NULL: what it always does */
  const char *wanted;      /* that the evidence says so, or NULL */
  World       world;
  gboolean    is_stranger; /* the certificate is of the other world's authority */
} Row;

#define SYSTEM .world = WORLD_SYSTEM
#define PRACTICE .world = WORLD_PRACTICE, .host = PRACTICE_HOST, .names = PRACTICE_HOST

static const Row rows[] = {
  { "good", SYSTEM, .cause = VERIFIED },
  { "good/tls-1.2", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_2, .cause = VERIFIED },
  { "good/intermediate", SYSTEM, .peculiar = TL_TEST_TLS_INTERMEDIATE, .cause = VERIFIED },
  { "good/second-name", SYSTEM, .names = "imap.test,mail.test", .cause = VERIFIED },
  { "good/practice", PRACTICE, .cause = VERIFIED },

  { "T01/expired", SYSTEM, .peculiar = TL_TEST_TLS_EXPIRED, .cause = TL_CAUSE_EXPIRED },
  { "T01/expired-1.2", SYSTEM, .peculiar = TL_TEST_TLS_EXPIRED | TL_TEST_TLS_ONLY_1_2,
    .cause = TL_CAUSE_EXPIRED },
  { "T02/not-yet-valid", SYSTEM, .peculiar = TL_TEST_TLS_NOT_YET_VALID,
    .cause = TL_CAUSE_NOT_YET_VALID },

  { "T03/other-name", SYSTEM, .names = "other.test", .cause = TL_CAUSE_HOSTNAME },
  { "T03/name-above", SYSTEM, .host = "a.mail.test", .cause = TL_CAUSE_HOSTNAME },
  { "T03/name-below", SYSTEM, .names = "a.mail.test", .cause = TL_CAUSE_HOSTNAME },

  { "T04/self-signed", SYSTEM, .peculiar = TL_TEST_TLS_SELF_SIGNED, .cause = TL_CAUSE_SELF_SIGNED },
  { "T05/unknown-root", SYSTEM, .names = "practice.invalid", .host = "practice.invalid",
    .is_stranger = TRUE, .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "T05/unknown-root-sent-along", SYSTEM, .peculiar = TL_TEST_TLS_SHUFFLED, .is_stranger = TRUE,
    .names = "practice.invalid", .host = "practice.invalid", .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "T06/incomplete", SYSTEM, .peculiar = TL_TEST_TLS_INCOMPLETE,
    .cause = TL_CAUSE_INCOMPLETE_CHAIN },
  { "T07/shuffled", SYSTEM, .peculiar = TL_TEST_TLS_SHUFFLED, .cause = VERIFIED },
  { "T07/shuffled-1.2", SYSTEM, .peculiar = TL_TEST_TLS_SHUFFLED | TL_TEST_TLS_ONLY_1_2,
    .cause = VERIFIED },
  { "T08/no-san", SYSTEM, .peculiar = TL_TEST_TLS_NO_SAN, .cause = TL_CAUSE_NO_SAN },
  { "T09/nul-in-name", SYSTEM, .names = "mail.test%00.evil.test", .cause = TL_CAUSE_HOSTNAME },

  { "T10/wildcard", SYSTEM, .names = "*.dom.test", .host = "mail.dom.test", .cause = VERIFIED },
  { "T10/wildcard-of-top", SYSTEM, .names = "*.test", .cause = TL_CAUSE_HOSTNAME },
  { "T10/wildcard-part", SYSTEM, .names = "m*.dom.test", .host = "mail.dom.test",
    .cause = TL_CAUSE_HOSTNAME },
  { "T10/wildcard-twice", SYSTEM, .names = "*.*.test", .host = "mail.dom.test",
    .cause = TL_CAUSE_HOSTNAME },
  { "T10/wildcard-two-labels", SYSTEM, .names = "*.dom.test", .host = "a.b.dom.test",
    .cause = TL_CAUSE_HOSTNAME },
  { "T10/wildcard-no-label", SYSTEM, .names = "*.dom.test", .host = "dom.test",
    .cause = TL_CAUSE_HOSTNAME },
  { "T10/wildcard-in-the-middle", SYSTEM, .names = "mail.*.test", .host = "mail.dom.test",
    .cause = TL_CAUSE_HOSTNAME },

  { "T11/address", SYSTEM, .names = "mail.test,127.0.0.1", .host = "127.0.0.1",
    .cause = VERIFIED },
  { "T11/address-6", SYSTEM, .names = "mail.test,::1", .host = "::1", .cause = VERIFIED },
  { "T11/other-address", SYSTEM, .names = "127.0.0.2", .host = "127.0.0.1",
    .cause = TL_CAUSE_HOSTNAME },
  { "T11/no-address", SYSTEM, .host = "127.0.0.1", .cause = TL_CAUSE_HOSTNAME },

  { "T12/dot", SYSTEM, .host = "mail.test.", .cause = VERIFIED },
  { "T12/two-dots", SYSTEM, .host = "mail.test..", .cause = TL_CAUSE_HOSTNAME },
  { "T12/dot-alone", SYSTEM, .host = ".", .cause = TL_CAUSE_HOSTNAME },
  { "T13/client-only", SYSTEM, .peculiar = TL_TEST_TLS_CLIENT_ONLY, .cause = TL_CAUSE_PURPOSE },

  { "T14/constraint-broken", PRACTICE ",evil.test", .cause = TL_CAUSE_CHAIN_INVALID },
  { "T14/path-too-long", SYSTEM, .peculiar = TL_TEST_TLS_PATH_TOO_LONG,
    .cause = TL_CAUSE_CHAIN_INVALID },
  { "T14/not-an-authority", SYSTEM, .peculiar = TL_TEST_TLS_NOT_AN_AUTHORITY,
    .cause = TL_CAUSE_CHAIN_INVALID },

  { "T15/rsa-1024", SYSTEM, .peculiar = TL_TEST_TLS_RSA_1024, .cause = TL_CAUSE_WEAK,
    .detail = "1024 bits (RSA)" },
  { "T15/sha-1", SYSTEM, .peculiar = TL_TEST_TLS_SHA_1, .cause = TL_CAUSE_WEAK,
    .detail = "SHA1" },
  { "T15/sha-1-1.2", SYSTEM, .peculiar = TL_TEST_TLS_SHA_1 | TL_TEST_TLS_ONLY_1_2,
    .cause = TL_CAUSE_WEAK, .detail = "SHA1" },
  /* It is not even offered; a second connection shows that it is what the server has. */
  { "T15/small-dh", SYSTEM, .peculiar = TL_TEST_TLS_SMALL_DH, .cause = TL_CAUSE_HANDSHAKE,
    .detail = "handshake failure" },
  { "T16/tls-1.0", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_0, .cause = TL_CAUSE_VERSION,
    .wanted = "TLSv1.2" },
  { "T16/tls-1.1", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_1, .cause = TL_CAUSE_VERSION,
    .wanted = "TLSv1.2" },
  { "T16/tls-1.1-and-less-wanted", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_1, .min_tls = "TLSv1.1",
    .cause = TL_CAUSE_VERSION, .wanted = "TLSv1.3" },
  { "T16/tls-1.2-and-more-wanted", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_2, .min_tls = "TLSv1.3",
    .cause = TL_CAUSE_VERSION, .wanted = "TLSv1.3" },
  { "T16/tls-1.2-wanted", SYSTEM, .peculiar = TL_TEST_TLS_ONLY_1_2, .min_tls = "TLSv1.2",
    .cause = VERIFIED },
  { "T16/tls-1.3-wanted", SYSTEM, .min_tls = "TLSv1.3", .cause = VERIFIED },
  { "T16/tls-1.3-wanted-practice", PRACTICE, .peculiar = TL_TEST_TLS_ONLY_1_2,
    .min_tls = "TLSv1.3", .cause = TL_CAUSE_VERSION, .wanted = "TLSv1.3" },

  { "T17/revoked", SYSTEM, .peculiar = TL_TEST_TLS_STAPLE_REVOKED, .cause = TL_CAUSE_REVOKED },
  { "T17/revoked-1.2", SYSTEM, .peculiar = TL_TEST_TLS_STAPLE_REVOKED | TL_TEST_TLS_ONLY_1_2,
    .cause = TL_CAUSE_REVOKED },
  { "T17/revoked-intermediate", SYSTEM,
    .peculiar = TL_TEST_TLS_STAPLE_REVOKED | TL_TEST_TLS_INTERMEDIATE, .cause = TL_CAUSE_REVOKED },
  { "T17/good", SYSTEM, .peculiar = TL_TEST_TLS_STAPLE_GOOD, .cause = VERIFIED },
  { "T17/revoked-until-yesterday", SYSTEM,
    .peculiar = TL_TEST_TLS_STAPLE_REVOKED | TL_TEST_TLS_STAPLE_OLD, .cause = VERIFIED },
  { "T17/revoked-by-nobody", SYSTEM,
    .peculiar = TL_TEST_TLS_STAPLE_REVOKED | TL_TEST_TLS_STAPLE_FORGED, .cause = VERIFIED },
  { "T17/revoked-is-another", SYSTEM,
    .peculiar = TL_TEST_TLS_STAPLE_REVOKED | TL_TEST_TLS_STAPLE_OTHER, .cause = VERIFIED },
  { "T17/rubbish", SYSTEM, .peculiar = TL_TEST_TLS_STAPLE_RUBBISH, .cause = VERIFIED },

  { "T20/oversized", SYSTEM, .peculiar = TL_TEST_TLS_MANY_NAMES, .cause = TL_CAUSE_OVERSIZED },
  { "T22/client-certificate-1.2", SYSTEM,
    .peculiar = TL_TEST_TLS_WANTS_CLIENT | TL_TEST_TLS_ONLY_1_2,
    .cause = TL_CAUSE_CLIENT_CERT_REQUIRED },

  { "practice/other-host", .world = WORLD_PRACTICE, .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "practice/address", .world = WORLD_PRACTICE, .names = "127.0.0.1", .host = "127.0.0.1",
    .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "practice/suffix-itself", .world = WORLD_PRACTICE, .names = "practice.invalid",
    .host = "practice.invalid", .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "practice/lookalike", .world = WORLD_PRACTICE, .names = "notpractice.invalid",
    .host = "notpractice.invalid", .cause = TL_CAUSE_UNTRUSTED_ROOT },
  { "practice/in-system", .world = WORLD_SYSTEM, .names = PRACTICE_HOST, .host = PRACTICE_HOST,
    .is_stranger = TRUE, .cause = TL_CAUSE_UNTRUSTED_ROOT },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  World signer = row->is_stranger ? !row->world : row->world;
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (signer),
                                                  row->names != NULL ? row->names : HOST,
                                                  row->peculiar);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nHANG", ctx);
  TlNetwork *usual = world_get_network (row->world);
  g_autoptr(TlNetwork) network = row->min_tls == NULL
                                 ? tl_network_ref (usual)
                                 : tl_network_with_min_tls (usual, row->min_tls);
  g_autoptr(TlChannel) channel = world_connect_in (network, tl_test_peer_start (peer));
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();
  g_auto(GStrv) wanted = NULL;
  const char *detail;

  proof = tl_channel_handshake_sync (channel, row->host != NULL ? row->host : HOST,
                                     tl_deadline_in_ms (LONG_MS), NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
  if (row->cause == VERIFIED)
    {
      g_assert_null (fault);
      g_assert_nonnull (proof);
      g_assert_true (tl_channel_owns (channel, proof));
      g_clear_pointer (&channel, tl_channel_free);
      return;
    }

  g_assert_null (proof);
  g_assert_nonnull (fault);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==,
                   tl_cause_get_nick ((TlCause) row->cause));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
  detail = tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_DETAIL);
  g_test_message ("%s", detail);
  if (row->detail != NULL)
    g_assert_nonnull (strstr (detail, row->detail));
  g_variant_lookup (tl_fault_get_evidence (fault), TL_EVIDENCE_WANTED, "^as", &wanted);
  g_assert_cmpstr (wanted == NULL ? NULL : wanted[0], ==, row->wanted);
  g_clear_pointer (&channel, tl_channel_free);
}

static void
test_nul_escaped (void)
{
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM),
                                                  "mail.test%00.evil.test", TL_TEST_TLS_GOOD);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nHANG", ctx);
  g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GVariantDict) evidence = NULL;
  g_autofree const char **names = NULL;

  g_assert_null (tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL,
                                            &fault, NULL));
  evidence = g_variant_dict_new (tl_fault_get_evidence (fault));
  g_assert_true (g_variant_dict_lookup (evidence, TL_EVIDENCE_NAMES, "^a&s", &names));
  g_assert_true (g_strv_equal (names, (const char *[]) { "mail.test\\x00.evil.test", NULL }));
  g_clear_pointer (&channel, tl_channel_free);
}

/* What the server was told, by the host that was asked for. */
static const struct
{
  const char *name;
  const char *host;
  const char *told; /* or NULL: nothing */
} tellings[] = {
  { "name",      "mail.test",  "mail.test" },
  { "dot",       "mail.test.", "mail.test" },
  { "address",   "127.0.0.1",  NULL },
  { "address-6", "::1",        NULL },
};

static int
on_name_told (SSL  *ssl,
              int  *alert,
              void *data)
{
  char **told = data;

  *told = g_strdup (SSL_get_servername (ssl, TLSEXT_NAMETYPE_host_name));

  return SSL_TLSEXT_ERR_OK;
}

static void
test_telling (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM),
                                                  "mail.test,127.0.0.1,::1", TL_TEST_TLS_GOOD);
  g_autofree char *told = NULL;
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nHANG", ctx);
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlVerifiedTls) proof = NULL;
  g_autoptr(TlFault) fault = NULL;

  SSL_CTX_set_tlsext_servername_callback (ctx, on_name_told);
  SSL_CTX_set_tlsext_servername_arg (ctx, &told);
  channel = world_connect (WORLD_SYSTEM, tl_test_peer_start (peer));
  proof = tl_channel_handshake_sync (channel, tellings[i].host, tl_deadline_in_ms (LONG_MS), NULL,
                                     &fault, NULL);
  g_assert_nonnull (proof);
  g_clear_pointer (&channel, tl_channel_free);
  tl_test_peer_stop (peer);
  g_assert_cmpstr (told, ==, tellings[i].told);
}

/* T27: a second connection begins from nothing, whatever the first one was. */
static void
test_no_reuse (void)
{
  g_autoptr(SSL_CTX) ctx = tl_test_ca_new_server (world_get_authority (WORLD_SYSTEM), HOST,
                                                  TL_TEST_TLS_GOOD);
  g_autoptr(TlTestPeer) peer = tl_test_peer_new ("TLS\nS: hello\nHANG", ctx);
  guint16 port = tl_test_peer_start (peer);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(TlChannel) channel = world_connect (WORLD_SYSTEM, port);
      g_autoptr(TlVerifiedTls) proof = NULL;
      g_autoptr(TlFault) fault = NULL;
      char bytes[16];

      proof = tl_channel_handshake_sync (channel, HOST, tl_deadline_in_ms (LONG_MS), NULL, &fault,
                                         NULL);
      g_assert_nonnull (proof);
      /* By then, the tickets have come too. */
      g_assert_cmpint (tl_channel_read_sync (channel, bytes, sizeof bytes,
                                             tl_deadline_in_ms (LONG_MS), NULL, &fault, NULL), >,
                       0);
    }
  tl_test_peer_stop (peer);
  g_assert_cmpint (SSL_CTX_sess_accept_good (ctx), ==, 2);
  g_assert_cmpint (SSL_CTX_sess_hits (ctx), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  world_begin ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/handshake/rows/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (tellings); i++)
    {
      g_autofree char *path = g_strconcat ("/handshake/rows/T23/", tellings[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_telling);
    }
  g_test_add_func ("/handshake/rows/T09/nul-escaped", test_nul_escaped);
  g_test_add_func ("/handshake/rows/T27/no-reuse", test_no_reuse);

  status = g_test_run ();
  world_end ();

  return status;
}
