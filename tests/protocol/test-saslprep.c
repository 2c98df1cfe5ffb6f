/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-saslprep.h"

#include <string.h>

#include "tl-error.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *prepared; /* NULL: refused */
} Case;

static const Case cases[] = {
  /* RFC 4013 §3 */
  { "soft-hyphen",   "I\xc2\xadX",       "IX" },
  { "no-change",     "user",             "user" },
  { "case-kept",     "USER",             "USER" },
  { "nfkc-ordinal",  "\xc2\xaa",         "a" },
  { "nfkc-roman",    "\xe2\x85\xa8",     "IX" },
  { "bell",          "\x07",             NULL },

  { "blanks-kept",   " a  b ",           " a  b " },
  { "no-break-space", "a\xc2\xa0" "b",   "a b" },
  { "ideographic-space", "a\xe3\x80\x80" "b", "a b" },
  { "decomposed",    "a\xcc\x88",        "\xc3\xa4" },
  { "zero-width-joiner", "a\xe2\x80\x8d" "b", "ab" },
  { "empty",         "",                 "" },
  { "delete",        "a\x7f",            NULL },
  { "c1-control",    "a\xc2\x85",        NULL },
  { "private-use",   "\xee\x80\x80",     NULL },
  { "replacement",   "\xef\xbf\xbd",     NULL },
  { "right-to-left-override", "\xe2\x80\xae", NULL },
  { "not-utf8",      "a\xff",            NULL },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(TlSecret) text = tl_secret_new (c->text, strlen (c->text));
  g_autoptr(GError) error = NULL;
  g_autoptr(TlSecret) prepared = tl_saslprep (text, &error);

  if (prepared == NULL)
    {
      g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      g_assert_null (c->prepared);
      return;
    }

  g_assert_cmpstr (tl_secret_peek (prepared, NULL), ==, c->prepared);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/saslprep/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
