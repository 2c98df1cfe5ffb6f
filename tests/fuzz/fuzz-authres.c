/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-auth-results.h"
#include "tl-fuzz.h"
#include "tl-text.h"

/* The header of a message that came back. */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(TlAuthResults) results = tl_auth_results_read ((const char *) data, size,
                                                           "imap.example.org", "example.org");
  const char *texts[9];

  g_assert_nonnull (results);
  texts[0] = results->judge;
  texts[1] = results->spf;
  texts[2] = results->spf_words;
  texts[3] = results->dkim;
  texts[4] = results->dkim_words;
  texts[5] = results->dkim_domain;
  texts[6] = results->dkim_selector;
  texts[7] = results->dmarc;
  texts[8] = results->dmarc_words;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (texts[i] == NULL || tl_text_is_clean (texts[i]));
  /* Where nobody who counts looked, nothing was found. */
  if (results->judge == NULL)
    for (gsize i = 1; i < G_N_ELEMENTS (texts); i++)
      g_assert_null (texts[i]);

  return 0;
}
