/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-der.h"
#include "tl-fuzz.h"
#include "tl-sealed.h"
#include "tl-secrets.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* A key of P-256, of no use to anybody. */
static const char key_pem[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgISalJtZx0EGIsgTB\n"
  "d0C5C0jVXx69MUcnXkCN8eyJBJChRANCAARc/nBdJ7IumrYDx5Y1OKBsluiPgdf4\n"
  "HXzjXTVV3jluqldGhkiKEFr2uy1SPVifrN/7ms03As1UhHom0ve31UG4\n"
  "-----END PRIVATE KEY-----\n";

static TlOpener *
get_opener (void)
{
  static TlOpener *opener = NULL;

  if (opener == NULL)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (key_pem, strlen (key_pem));

      opener = tl_opener_new (bytes, NULL, NULL);
      g_assert_nonnull (opener);
    }

  return opener;
}

/* What is inside, taken apart and written again. */
static void
read_line (const guint8 *data,
           gsize         size)
{
  const TlBundleFacts facts = {
    .serial = 42, .fingerprint = HASH, .has_incoming = TRUE, .has_outgoing = TRUE,
  };
  g_autoptr(TlSecret) line = tl_secret_new (data, size);
  g_autoptr(TlSecret) incoming = NULL;
  g_autoptr(TlSecret) outgoing = NULL;
  g_autoptr(TlSecret) again = NULL;

  if (!tl_secrets_read (line, &facts, HASH, &incoming, &outgoing, NULL))
    {
      g_assert_null (incoming);
      g_assert_null (outgoing);
      return;
    }

  g_assert_cmpuint (tl_secret_get_len (incoming), >=, 1);
  g_assert_cmpuint (tl_secret_get_len (outgoing), <=, TL_SECRETS_MAX_PASSWORD_BYTES);
  again = tl_secrets_write (&facts, HASH, incoming, outgoing, NULL);
  g_assert_true (tl_secret_equal (again, line));
}

/* input = "{" line / whatever is said to be sealed */
int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TlSecret) content = NULL;
  TlDer der = { data, size };
  gboolean formed;

  if (size > 0 && data[0] == '{' && size <= TL_SECRET_MAX_DERIVED_BYTES)
    {
      read_line (data, size);
      return 0;
    }

  bytes = g_bytes_new_static (data, size);
  formed = tl_sealed_check (bytes, NULL);
  content = tl_sealed_open (bytes, get_opener (), NULL);
  if (formed)
    g_assert_true (tl_der_is_strict (der));
  else
    g_assert_null (content);
  if (content != NULL)
    g_assert_cmpuint (tl_secret_get_len (content), <, size);

  return 0;
}
