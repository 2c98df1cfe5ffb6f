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
  { "surrogates",         "&2D3cEA-",              "🐐" },
  { "lone-high",          "&2D0-",                 NULL },
  { "lone-low",           "&3BA-",                 NULL },
  { "unfinished",         "Entw&APw",              NULL },
  { "leftover-bits",      "&APx-",                 NULL },
  { "leftover-sextet",    "&APwA-",                NULL },
  { "nul",                "a&AAA-b",               NULL },
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

  return g_test_run ();
}
