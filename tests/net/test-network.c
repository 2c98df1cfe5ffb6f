/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-error.h"
#include "tl-network-private.h"
#include "tl-test-ca.h"

static void
test_worlds (void)
{
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  g_autoptr(GError) error = NULL;
  g_autoptr(TlNetwork) system_world = tl_network_new_system ();
  g_autoptr(TlNetwork) again = tl_network_new_system ();
  g_autoptr(TlNetwork) practice = tl_network_new_practice (tl_test_ca_get_pem (authority), &error);

  g_assert_no_error (error);
  g_assert_false (tl_network_is_practice (system_world));
  g_assert_true (tl_network_is_practice (practice));

  /* The trust store is read once, and never the one of the other world. */
  g_assert_true (tl_network_get_ssl_ctx (system_world) == tl_network_get_ssl_ctx (again));
  g_assert_true (tl_network_get_ssl_ctx (system_world) != tl_network_get_ssl_ctx (practice));
}

static const struct
{
  const char *name;
  const char *pem;
} bad_pems[] = {
  { "empty",    "" },
  { "rubbish",  "hello" },
  { "cut",      "-----BEGIN CERTIFICATE-----\nMIIB\n" },
  { "no-certificate", "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n" },
};

static void
test_bad_pem (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TlNetwork) practice = tl_network_new_practice (bad_pems[i].pem, &error);

  g_assert_null (practice);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static const struct
{
  const char *host;
  gboolean    practice;
} hosts[] = {
  { "mail.practice.invalid",   TRUE },
  { "a.b.practice.invalid",    TRUE },
  { "practice.invalid",        FALSE },
  { "notpractice.invalid",     FALSE },
  { "mail.practice.invalid.evil.test", FALSE },
  { "127.0.0.1",               FALSE },
  { "",                        FALSE },
};

static void
test_hosts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    g_assert_cmpint (tl_network_is_practice_host (hosts[i].host), ==, hosts[i].practice);
}

static void
test_floor (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  SSL_CTX *ctx = tl_network_get_ssl_ctx (network);
  STACK_OF (SSL_CIPHER) *ciphers = SSL_CTX_get_ciphers (ctx);

  g_test_summary ("Whatever openssl.cnf of the machine says");

  g_assert_cmpint (SSL_CTX_get_min_proto_version (ctx), ==, TLS1_2_VERSION);
  g_assert_cmpint (SSL_CTX_get_security_level (ctx), >=, 2);
  g_assert_cmpint (SSL_CTX_get_verify_mode (ctx), ==, SSL_VERIFY_PEER);
  g_assert_cmpint (SSL_CTX_get_session_cache_mode (ctx), ==, SSL_SESS_CACHE_OFF);
  g_assert_cmpint (sk_SSL_CIPHER_num (ciphers), >, 3);
  for (int i = 0; i < sk_SSL_CIPHER_num (ciphers); i++)
    g_assert_cmpint (SSL_CIPHER_get_kx_nid (sk_SSL_CIPHER_value (ciphers, i)), !=, NID_kx_dhe);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/worlds", test_worlds);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_pems); i++)
    {
      g_autofree char *path = g_strconcat ("/network/bad-pem/", bad_pems[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad_pem);
    }
  g_test_add_func ("/network/hosts", test_hosts);
  g_test_add_func ("/network/floor", test_floor);

  return g_test_run ();
}
