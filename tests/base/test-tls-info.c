/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-tls-info.h"

static void
test_kept (void)
{
  const char *names[] = { "imap.example.org", "*.example.org", NULL };
  g_autoptr(TlTlsInfo) info = tl_tls_info_new ("TLSv1.3", "TLS_AES_128_GCM_SHA256", "ab", "issuer",
                                               names, 1234567890);
  const char * const *kept = tl_tls_info_get_names (info);

  names[0] = "changed by the caller";

  g_assert_cmpstr (tl_tls_info_get_version (info), ==, "TLSv1.3");
  g_assert_cmpstr (tl_tls_info_get_cipher (info), ==, "TLS_AES_128_GCM_SHA256");
  g_assert_cmpstr (tl_tls_info_get_fingerprint (info), ==, "ab");
  g_assert_cmpstr (tl_tls_info_get_issuer (info), ==, "issuer");
  g_assert_cmpstr (kept[0], ==, "imap.example.org");
  g_assert_cmpstr (kept[1], ==, "*.example.org");
  g_assert_null (kept[2]);
  g_assert_cmpint (tl_tls_info_get_not_after_s (info), ==, 1234567890);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls-info/kept", test_kept);

  return g_test_run ();
}
