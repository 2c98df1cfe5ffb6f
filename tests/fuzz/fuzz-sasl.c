/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-fuzz.h"
#include "tl-oauth-error.h"
#include "tl-scram.h"
#include "tl-text.h"

#define NONCE "nonce"

/* The two messages of a SCRAM server. A derivation that has been cancelled does
 * the fewest rounds there may be, and no more. */
static void
run_scram (TlScramHash  hash,
           const char  *first,
           const char  *final)
{
  g_autoptr(TlSecret) password = tl_secret_new ("pencil", 6);
  g_autoptr(TlScram) scram = tl_scram_new (hash, "user", password, NONCE, "n,,", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *begun = tl_scram_begin (scram, &fault);
  g_autoptr(TlSecret) answer = NULL;

  g_assert_nonnull (begun);
  g_cancellable_cancel (cancellable);
  answer = tl_scram_answer (scram, first, cancellable, &fault, &error);
  g_assert_cmpint ((answer != NULL) + (fault != NULL) + (error != NULL), ==, 1);
  if (fault != NULL)
    g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));
  if (answer != NULL)
    {
      g_autofree char *wanted = g_strconcat ("c=biws,r=" NONCE, NULL);

      g_assert_true (g_str_has_prefix (tl_secret_peek (answer, NULL), wanted));
      /* Nobody can make the signature without the password. */
      g_assert_false (tl_scram_verify (scram, final, &fault));
      g_assert_nonnull (fault);
    }
  g_assert_false (tl_scram_is_proven (scram));
}

/* input = kind first LF final, for SCRAM; kind payload, for a token that was rejected */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = NULL;
  g_autofree char *status = NULL;
  g_auto(GStrv) scopes = NULL;
  char *final;

  if (size == 0)
    return 0;

  switch (data[0])
    {
    case '1':
    case '2':
      text = g_strndup ((const char *) data + 1, size - 1);
      final = strchr (text, '\n');
      if (final != NULL)
        *final++ = '\0';
      run_scram (data[0] == '1' ? TL_SCRAM_SHA_1 : TL_SCRAM_SHA_256, text,
                 final == NULL ? "" : final);
      break;

    default:
      status = tl_oauth_error_dup_status ((const char *) data + 1, size - 1);
      scopes = tl_oauth_error_dup_scopes ((const char *) data + 1, size - 1);
      for (gsize i = 0; scopes != NULL && scopes[i] != NULL; i++)
        {
          g_assert_true (tl_text_is_clean (scopes[i]));
          g_assert_cmpuint (i, <, TL_OAUTH_ERROR_MAX_SCOPES);
        }
      if (status != NULL)
        {
          g_assert_true (tl_text_is_clean (status));
          g_assert_cmpuint (strlen (status), <, TL_OAUTH_ERROR_MAX_BYTES);
          g_assert_cmpstr (status, !=, "");
        }
      break;
    }

  return 0;
}
