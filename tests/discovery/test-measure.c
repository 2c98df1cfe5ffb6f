/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-measure.h"

#include "said.h"

/* Whose a host is, where the address's domain is a public suffix itself. */

static const struct
{
  const char *name;
  const char *address;
  const char *claim;
  gboolean    needs_confirming;
} cases[] = {
  { "own-domain",          "ada@example.org",  "in imap.example.org", FALSE },
  { "other-domain",        "ada@example.org",  "in imap.example.net", TRUE },
  { "suffix-itself",       "ada@co.uk",        "in co.uk",            FALSE },
  { "below-the-suffix",    "ada@co.uk",        "in shop.co.uk",       TRUE },
  { "other-suffix",        "ada@co.uk",        "in org.uk",           TRUE },
  { "above-the-suffix",    "ada@co.uk",        "in uk",               TRUE },
  { "suffix-of-a-domain",  "ada@shop.co.uk",   "in co.uk",            TRUE },
  { "beside-on-a-suffix",  "ada@shop.co.uk",   "in imap.other.co.uk", TRUE },
};

static void
test_hands (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const Said said = { TL_SOURCE_AUTOCONFIG, { cases[i].claim } };
  g_autoptr(TlAddress) address = tl_address_parse (cases[i].address, NULL);
  g_autoptr(GPtrArray) replies = said_make_all (&said, 1, address);
  TlSourceReply *reply = replies->pdata[0];
  g_auto(TlMeasure) measure = { 0 };

  tl_measure_init (&measure, address, replies);
  g_assert_cmpint (tl_measure_needs_confirming (&measure, tl_weight_of_reply (reply),
                                                tl_source_reply_get_claim (reply, 0)), ==,
                   cases[i].needs_confirming);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/measure/hands/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_hands);
    }

  return g_test_run ();
}
