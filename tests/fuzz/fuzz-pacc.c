/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autodiscover-v2.h"
#include "tl-fuzz.h"
#include "tl-pacc.h"

/* The three readers of JSON and TXT that go with web documents: each gets all
 * of the bytes. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) v2_error = NULL;
  g_autoptr(GBytes) body = g_bytes_new_static (data, size);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *host = tl_autodiscover_v2_parse ((const char *) data, size, &v2_error);
  g_autofree char *canonical = NULL;
  g_autoptr(TlDocument) document = tl_pacc_parse ((const char *) data, size,
                                                  tl_fuzz_get_address (), "example.org",
                                                  TL_SOURCE_PACC, &error);

  g_assert_true ((document != NULL) != (error != NULL));
  if (document != NULL)
    tl_fuzz_check_document (document);

  g_assert_true ((host != NULL) != (v2_error != NULL));
  if (host != NULL)
    {
      canonical = tl_host_canonicalize (host);
      g_assert_cmpstr (canonical, ==, host);
    }

  /* No text states its own digest. */
  g_assert_cmpint (tl_pacc_check_digest ((const char * const []) { text, NULL }, body), !=,
                   TL_PACC_DIGEST_MATCHES);

  return 0;
}
