/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-pins.h"

#include <string.h>

#include "tl-error.h"
#include "tl-signer.h"
#include "tl-test-company.h"

#define HEX_A "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HEX_B "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
#define GROUPS_A "0011 2233 4455 6677 8899 aabb ccdd eeff 0011 2233 4455 6677 8899 aabb ccdd eeff"
#define COLONS_A "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:" \
                 "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"

typedef struct
{
  const char *name;
  const char *text;
  const char *pins; /* joined by a comma; NULL: refused */
} ParseCase;

static const ParseCase parse_cases[] = {
  { "empty",       "",                                          "" },
  { "one",         HEX_A,                                       HEX_A },
  { "newline",     HEX_A "\n",                                  HEX_A },
  { "crlf",        HEX_A "\r\n" HEX_B "\r\n",                   HEX_A "," HEX_B },
  { "comments",    "# who\n\n" HEX_A " # Ada\n  # more\n" HEX_B, HEX_A "," HEX_B },
  { "groups",      GROUPS_A,                                    HEX_A },
  { "colons",      COLONS_A,                                    HEX_A },
  { "short",       "0011223344",                                NULL },
  { "long",        HEX_A "0",                                   NULL },
  { "not-hex",     "x0112233445566778899aabbccddeeff00112233445566778899aabbccddeeff", NULL },
  { "two-a-line",  HEX_A " " HEX_B,                             NULL },
  { "one-bad",     HEX_A "\nhello\n",                           NULL },
  { "not-a-certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", NULL },
};

static void
test_parse (gconstpointer data)
{
  const ParseCase *c = data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) pins = tl_pins_parse (c->text, strlen (c->text), &error);
  g_autofree char *joined = NULL;

  if (c->pins == NULL)
    {
      g_assert_null (pins);
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      return;
    }

  g_assert_no_error (error);
  joined = g_strjoinv (",", pins);
  g_assert_cmpstr (joined, ==, c->pins);
}

static void
test_nul (void)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) pins = tl_pins_parse ("\0" HEX_A, 65, &error);

  g_assert_null (pins);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_max (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) comment = g_string_new ("#");
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) pins = NULL;
  g_auto(GStrv) none = NULL;

  for (guint i = 0; i < TL_PINS_MAX; i++)
    g_string_append (text, HEX_A "\n");
  g_assert_cmpuint (text->len, <, TL_PINS_MAX_BYTES);
  pins = tl_pins_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (pins), ==, TL_PINS_MAX);

  g_string_append (text, HEX_A "\n");
  g_assert_cmpuint (text->len, <, TL_PINS_MAX_BYTES);
  g_assert_null (tl_pins_parse (text->str, text->len, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_clear_error (&error);

  while (comment->len < TL_PINS_MAX_BYTES)
    g_string_append_c (comment, 'x');
  none = tl_pins_parse (comment->str, comment->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_string_append_c (comment, 'x');
  g_assert_null (tl_pins_parse (comment->str, comment->len, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

static void
test_certificate (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSigner) signer = tl_signer_new_generate ("ada@acme.test", &error);
  g_autofree char *pem = tl_signer_dup_certificate (signer);
  g_auto(GStrv) pins = tl_pins_parse (pem, strlen (pem), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (pins), ==, 1);
  g_assert_cmpstr (pins[0], ==, tl_signer_get_fingerprint (signer));
}

/* A company's certificate pins its key; the chain it comes with does not. */
static void
test_company (void)
{
  static const TlTestCompany company = { "P-384", .common_name = "Acme release team" };
  g_autoptr(TlSigner) signer = tl_test_company_signer (&company);
  g_autoptr(TlSigner) authority = tl_test_company_signer (&company);
  g_autofree char *pem = tl_signer_dup_certificate (signer);
  g_autofree char *authority_pem = tl_signer_dup_certificate (authority);
  g_autofree char *chain = g_strconcat (pem, authority_pem, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) pins = tl_pins_parse (pem, strlen (pem), &error);
  g_auto(GStrv) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (pins), ==, 1);
  g_assert_cmpstr (pins[0], ==, tl_signer_get_fingerprint (signer));

  none = tl_pins_parse (chain, strlen (chain), &error);
  g_assert_null (none);
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parse_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/pins/parse/", parse_cases[i].name, NULL);

      g_test_add_data_func (path, &parse_cases[i], test_parse);
    }
  g_test_add_func ("/pins/parse/nul", test_nul);
  g_test_add_func ("/pins/parse/max", test_max);
  g_test_add_func ("/pins/parse/certificate", test_certificate);
  g_test_add_func ("/pins/parse/company", test_company);

  return g_test_run ();
}
