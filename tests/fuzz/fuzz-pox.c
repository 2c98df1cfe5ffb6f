/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-fuzz.h"
#include "tl-pox.h"
#include "tl-text.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPox) pox = tl_pox_parse ((const char *) data, size, tl_fuzz_get_address (),
                                       "someone@example.org", &error);

  g_assert_true ((pox != NULL) != (error != NULL));
  if (pox == NULL)
    return 0;

  tl_fuzz_check_document (pox->document);
  g_assert_true (pox->redirect_address == NULL || tl_text_is_clean (pox->redirect_address));
  g_assert_true (pox->redirect_url == NULL || tl_text_is_clean (pox->redirect_url));

  return 0;
}
