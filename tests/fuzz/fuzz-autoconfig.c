/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-autoconfig.h"
#include "tl-fuzz.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlDocument) document =
    tl_autoconfig_parse ((const char *) data, size, tl_fuzz_get_address (), "mailhost.example",
                         TL_SOURCE_AUTOCONFIG, &error);

  g_assert_true ((document != NULL) != (error != NULL));
  if (document != NULL)
    tl_fuzz_check_document (document);

  return 0;
}
