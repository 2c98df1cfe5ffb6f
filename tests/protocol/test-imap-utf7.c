/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-utf7.h"

typedef struct
{
  const char *name;
  const char *wire;
  const char *text; /* NULL: not modified UTF-7 */
} Case;

static const Case cases[] = {
  { "ascii",              "Sent Items",            "Sent Items" },
  { "empty",              "",                      "" },
  { "ampersand",          "Q&-A",                  "Q&A" },
  { "umlaut",             "Entw&APw-rfe",          "Entwürfe" },
  { "rfc-example",        "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語" },
  { "parted",             "&AOQ-a&AOQ-&-&AOQA9g-", "äaä&äö" },
  { "surrogates",         "&2D3cEA-",              "🐐" },
  { "lone-high",          "&2D0-",                 NULL },
  { "lone-low",           "&3BA-",                 NULL },
  { "unfinished",         "Entw&APw",              NULL },
  { "leftover-bits",      "&APx-",                 NULL },
  { "leftover-sextet",    "&APwA-",                NULL },
  { "nul",                "a&AAA-b",               NULL },
  { "shifted-letter",     "&AGE-",                 NULL },
  { "shifted-space",      "a&ACA-b",               NULL },
  { "shifted-tilde",      "&AOQAfg-",              NULL },
  { "shifted-delete",     "&AH8-",                 "\x7f" },
  { "slash-for-comma",    "&U/BTFw-",              NULL },
  { "eight-bit",          "Entw\xc3\xbcrfe",       NULL },
  { "control",            "a\tb",                  NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *text = tl_imap_utf7_decode (c->wire);

  g_assert_cmpstr (text, ==, c->text);
  if (text != NULL)
    {
      g_autofree char *wire = tl_imap_utf7_encode (text);

      g_assert_cmpstr (wire, ==, c->wire);
    }
}

/* What is no UTF-8 was not decoded either. */
static void
test_bytes (void)
{
  g_autofree char *wire = tl_imap_utf7_encode ("Entw\xfcrfe\xe3");

  g_assert_cmpstr (wire, ==, "Entw\xfcrfe\xe3");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/utf7/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/utf7/bytes", test_bytes);

  return g_test_run ();
}
