/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tl-error.h"
#include "tl-tls-rpt.h"

static const struct
{
  const char *name;
  const char *text;
  const char *uris; /* with spaces between; NULL: no record that counts */
} cases[] = {
  { "mailto",       "v=TLSRPTv1;rua=mailto:reports@a.test", "mailto:reports@a.test" },
  { "https",        "v=TLSRPTv1; rua=https://reports.a.test/v1/tlsrpt;",
    "https://reports.a.test/v1/tlsrpt" },
  { "both",         "v=TLSRPTv1; rua=mailto:a@a.test , https://a.test/x",
    "mailto:a@a.test https://a.test/x" },
  { "query",        "v=TLSRPTv1; rua=https://a.test/x?y=z", "https://a.test/x?y=z" },
  { "extension",    "v=TLSRPTv1; x=y; rua=mailto:a@a.test", "mailto:a@a.test" },
  { "one-of-two",   "v=TLSRPTv1; rua=ftp://a.test/,mailto:a@a.test", "mailto:a@a.test" },
  { "capitals",     "v=TLSRPTv1; rua=MAILTO:a@a.test", "MAILTO:a@a.test" },
  { "no-rua",       "v=TLSRPTv1; x=y" },
  { "nothing",      "v=TLSRPTv1;" },
  { "empty",        "v=TLSRPTv1; rua=" },
  { "bare-address", "v=TLSRPTv1; rua=a@a.test" },
  { "no-local-part", "v=TLSRPTv1; rua=mailto:@a.test" },
  { "no-domain",    "v=TLSRPTv1; rua=mailto:a@" },
  { "no-at",        "v=TLSRPTv1; rua=mailto:a" },
  { "http",         "v=TLSRPTv1; rua=http://a.test/" },
  { "twice",        "v=TLSRPTv1; rua=mailto:a@a.test; rua=mailto:b@a.test" },
  { "broken-field", "v=TLSRPTv1; rua; rua=mailto:a@a.test" },
};

static void
test_parse (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GBytes) text = g_bytes_new (cases[i].text, strlen (cases[i].text));
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) uris = tl_tls_rpt_parse (text, &error);
  g_autofree char *found = uris != NULL ? g_strjoinv (" ", uris) : NULL;

  g_assert_cmpstr (found, ==, cases[i].uris);
  if (found == NULL)
    g_assert_error (error, TL_ERROR, TL_ERROR_PROTOCOL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/tls-rpt/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_parse);
    }

  return g_test_run ();
}
