/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-provider-claims.h"

static const struct
{
  const char *name;
  const char *id;
  const char *mx_host;
  const char *claims; /* host and trust, in order */
} cases[] = {
  { "whole", "titan", NULL, "imap.titan.email curated, smtp.titan.email curated, smtp.titan.email curated" },
  { "word", "amazon-workmail", "inbound-smtp.eu-west-1.amazonaws.com",
    "imap.mail.eu-west-1.awsapps.com curated, smtp.mail.eu-west-1.awsapps.com curated" },
  { "word-unknown", "amazon-workmail", NULL, "" },
  { "customer", "all-inkl", "evil.kasserver.com",
    "evil.kasserver.com unsigned-dns, evil.kasserver.com unsigned-dns" },
  { "mixed", "mxroute", "evil.mxrouting.net",
    "mail.mxlogin.com curated, evil.mxrouting.net unsigned-dns, "
    "mail.mxlogin.com curated, evil.mxrouting.net unsigned-dns" },
};

static void
test_claims (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(GPtrArray) claims =
    tl_provider_to_claims (tl_providers_find (cases[i].id), address, cases[i].mx_host,
                           (const char * const []) { "example.org MX", NULL });
  g_autoptr(GString) said = g_string_new (NULL);

  g_test_summary ("The exchanger's own name is never vouched for: DNS said it, not the table");

  for (guint j = 0; j < claims->len; j++)
    {
      TlClaim *claim = claims->pdata[j];

      g_string_append_printf (said, "%s%s %s", j > 0 ? ", " : "",
                              tl_endpoint_get_host (tl_claim_get_endpoint (claim)),
                              tl_trust_get_nick (tl_claim_get_trust (claim)));
    }
  g_assert_cmpstr (said->str, ==, cases[i].claims);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/provider-claims/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_claims);
    }

  return g_test_run ();
}
