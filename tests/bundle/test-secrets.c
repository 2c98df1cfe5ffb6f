/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-secrets.h"

#include <string.h>

#include "tl-error.h"

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

/* What may be a password in a bundle, whatever a server thinks of it. */
typedef struct
{
  const char *name;
  const char *bytes;
  gsize       len;
  gsize       n_more;   /* of "x" behind it */
  gboolean    is_held;
} PasswordCase;

static const PasswordCase password_cases[] = {
  { "one",          "x", 1, 0, TRUE },
  { "longest",      "x", 1, TL_SECRETS_MAX_PASSWORD_BYTES - 1, TRUE },
  { "control",      "\x01\x1f\x7f\n", 4, 0, TRUE },
  { "utf-8",        "\xf0\x9f\x94\x91", 4, 0, TRUE },
  { "all-escaped",  "\"\\\b\f\n\r\t", 7, 0, TRUE },
  { "empty",        "", 0 },
  { "too-long",     "x", 1, TL_SECRETS_MAX_PASSWORD_BYTES },
  { "latin-1",      "caf\xe9", 4 },
  { "overlong",     "\xc0\xaf", 2 },
  { "surrogate",    "\xed\xa0\x80", 3 },
  { "cut",          "\xf0\x9f\x94", 3 },
  { "nul",          "a\0b", 3 },
  { "nul-last",     "a\0", 2 },
};

static const TlBundleFacts both = { .serial = 7, .fingerprint = HASH,
                                    .has_incoming = TRUE, .has_outgoing = TRUE };

static TlSecret *
make_password (const PasswordCase *c)
{
  g_autofree char *more = g_strnfill (c->n_more, 'x');
  TlSecret *password = tl_secret_new_sized (c->len + c->n_more);

  tl_secret_append (password, c->bytes, c->len);
  tl_secret_append (password, more, c->n_more);

  return password;
}

static void
test_password (gconstpointer data)
{
  const PasswordCase *c = data;
  g_autoptr(TlSecret) password = make_password (c);
  g_autoptr(TlSecret) other = tl_secret_new ("fine", 4);

  g_assert_cmpint (tl_secrets_can_hold (password), ==, c->is_held);
  /* On either lane, beside one that is right. */
  for (guint i = 0; i < 2; i++)
    {
      const TlSecret *incoming = i == 0 ? password : other;
      const TlSecret *outgoing = i == 0 ? other : password;
      g_autoptr(GError) error = NULL;
      g_autoptr(TlSecret) line = tl_secrets_write (&both, HASH, incoming, outgoing, &error);
      g_autoptr(TlSecret) incoming_again = NULL;
      g_autoptr(TlSecret) outgoing_again = NULL;

      g_assert_cmpint (line != NULL, ==, c->is_held);
      if (!c->is_held)
        {
          g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
          continue;
        }
      g_assert_no_error (error);
      g_assert_true (tl_secrets_read (line, &both, HASH, &incoming_again, &outgoing_again, &error));
      g_assert_no_error (error);
      g_assert_true (tl_secret_equal (incoming_again, incoming));
      g_assert_true (tl_secret_equal (outgoing_again, outgoing));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (password_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/secrets/password/", password_cases[i].name, NULL);

      g_test_add_data_func (path, &password_cases[i], test_password);
    }

  return g_test_run ();
}
