/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-gateway.h"

#include <string.h>

#include "tl-provider.h"

typedef struct
{
  const char    *name;
  const char    *asked;
  const char    *gateway;   /* id, or NULL */
  TlGatewayKind  kind;
} FindCase;

static const FindCase find_cases[] = {
  { "mimecast",          "eu-smtp-inbound-1.mimecast.com",      "mimecast", TL_GATEWAY_FILTER },
  { "any-case",          "EU-SMTP-Inbound-1.Mimecast.COM.",     "mimecast", TL_GATEWAY_FILTER },
  { "proofpoint",        "mx0a-00123456.pphosted.com",          "proofpoint", TL_GATEWAY_FILTER },
  { "proofpoint-small",  "mx1-us1.ppe-hosted.com",              "proofpoint", TL_GATEWAY_FILTER },
  { "barracuda",         "d1.a.ess.barracudanetworks.com",      "barracuda", TL_GATEWAY_FILTER },
  { "messagelabs",       "cluster1.eu.messagelabs.com",         "messagelabs", TL_GATEWAY_FILTER },
  { "cisco",             "mx1.hc1.iphmx.com",                   "cisco", TL_GATEWAY_FILTER },
  { "appriver",          "server1.inbound.arsmtp.com",          "appriver", TL_GATEWAY_FILTER },
  { "forcepoint",        "cust1.in.mailcontrol.com",            "forcepoint", TL_GATEWAY_FILTER },
  { "libraesva",         "mx1.esvacloud.com",                   "libraesva", TL_GATEWAY_FILTER },
  { "fireeye",           "primary.us.email.fireeyecloud.com",   "fireeye", TL_GATEWAY_FILTER },
  { "trend-micro",       "in.hes.trendmicro.eu",                "trend-micro", TL_GATEWAY_FILTER },
  { "hornet",            "mx01.hornetsecurity.com",             "hornetsecurity", TL_GATEWAY_FILTER },
  { "hornet-old",        "mx-gate1.antispameurope.com",         "hornetsecurity", TL_GATEWAY_FILTER },
  { "spamexperts",       "mx.spamexperts.com",                  "spamexperts", TL_GATEWAY_FILTER },
  { "expurgate",         "mx1.expurgate.net",                   "expurgate", TL_GATEWAY_FILTER },
  { "cloudflare",        "route1.mx.cloudflare.net",            "cloudflare", TL_GATEWAY_FORWARD },
  { "cloudflare-other",  "mail.mx.cloudflare.net",              NULL },
  { "improvmx",          "mx1.improvmx.com",                    "improvmx", TL_GATEWAY_FORWARD },
  { "label-boundary",    "evilmimecast.com",                    NULL },
  { "behind",            "mx.mimecast.com.evil.test",           NULL },
  { "provider",          "aspmx.l.google.com",                  NULL },
  { "own",               "mx.example.org",                      NULL },
  { "empty",             "",                                    NULL },
};

static void
test_find (gconstpointer data)
{
  const FindCase *c = data;
  TlGateway *gateway = tl_gateways_find_by_mx (c->asked);

  g_assert_cmpstr (gateway != NULL ? tl_gateway_get_id (gateway) : NULL, ==, c->gateway);
  if (gateway != NULL)
    g_assert_cmpint (tl_gateway_get_kind (gateway), ==, c->kind);
}

/* Two hosters have a filter's exchangers before mailboxes of their own: what
 * tells more of the name decides, and never do both tables answer. */
static void
test_shared (void)
{
  static const struct { const char *mx_host, *provider, *gateway; } cases[] = {
    { "mx10.mailspamprotection.com",       "siteground", NULL },
    { "se1.cust.mailspamprotection.com",   NULL,         "mailspamprotection" },
    { "mx1.mailchannels.net",              "dreamhost",  NULL },
    { "inbound.mailchannels.net",          NULL,         "mailchannels" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TlProvider *provider = tl_providers_find_by_mx (cases[i].mx_host);
      TlGateway *gateway = tl_gateways_find_by_mx (cases[i].mx_host);

      g_test_message ("%s", cases[i].mx_host);
      g_assert_cmpstr (provider == NULL ? NULL : tl_provider_get_id (provider), ==,
                       cases[i].provider);
      g_assert_cmpstr (gateway == NULL ? NULL : tl_gateway_get_id (gateway), ==,
                       cases[i].gateway);
    }
}

/* No gateway claims the pattern of another one, and each is found by its id. */
static void
test_whole_table (void)
{
  GPtrArray *all = tl_gateways_get_all ();
  g_autoptr(GHashTable) claimed = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (all->len, ==, 17);
  for (guint i = 0; i < all->len; i++)
    {
      TlGateway *gateway = g_ptr_array_index (all, i);
      const char * const *mx = tl_gateway_get_mx (gateway);

      g_test_message ("%s", tl_gateway_get_id (gateway));
      g_assert_true (tl_gateways_find (tl_gateway_get_id (gateway)) == gateway);
      g_assert_cmpuint (strlen (tl_gateway_get_name (gateway)), >, 0);
      if (i > 0)
        g_assert_cmpstr (tl_gateway_get_id (g_ptr_array_index (all, i - 1)), <,
                         tl_gateway_get_id (gateway));
      for (guint j = 0; mx[j] != NULL; j++)
        g_assert_true (g_hash_table_add (claimed, (gpointer) mx[j]));
    }

  g_assert_null (tl_gateways_find ("nobody"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (find_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/gateway/mx/", find_cases[i].name, NULL);

      g_test_add_data_func (path, &find_cases[i], test_find);
    }
  g_test_add_func ("/gateway/shared", test_shared);
  g_test_add_func ("/gateway/whole-table", test_whole_table);

  return g_test_run ();
}
