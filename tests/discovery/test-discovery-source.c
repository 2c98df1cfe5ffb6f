/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-source.h"

/* What the sources do when nobody has to be asked. The others are tried in the lab. */

typedef struct
{
  const char              *name;
  const TlDiscoverySource *source;
  const char              *address;
  TlSourceStatus           status;
  const char              *incoming; /* host of the first claim, or NULL */
} SourceCase;

static const SourceCase source_cases[] = {
  { "consumer-domain", &tl_source_provider_domain, "ada@gmail.com", TL_SOURCE_STATUS_ANSWERED,
    "imap.gmail.com" },
  { "own-domain", &tl_source_provider_domain, "ada@example.org", TL_SOURCE_STATUS_NOTHING, NULL },
  { "below-consumer-domain", &tl_source_provider_domain, "ada@x.gmail.com",
    TL_SOURCE_STATUS_NOTHING, NULL },
  { "autoconfig-below-suffix", &tl_source_autoconfig, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED,
    NULL },
  { "guess-below-suffix", &tl_source_guess, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED, NULL },
};

static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(TlSourceReply **) user_data = tl_discovery_source_ask_finish (result);
}

static void
test_source (gconstpointer data)
{
  const SourceCase *c = data;
  g_autoptr(TlAddress) address = tl_address_parse (c->address, NULL);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlRecords) records = tl_records_new ();
  g_autoptr(TlHttps) https = tl_https_new ();
  g_autoptr(TlProber) prober = tl_prober_new (network, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSourceReply) reply = NULL;
  const TlInquiry inquiry = {
    address, network, records, https, prober, tl_deadline_in_ms (1000), cancellable,
  };

  c->source->ask_async (c->source, &inquiry, on_answered, &reply);
  g_assert_null (reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpstr (tl_source_reply_get_source (reply), ==, c->source->id);
  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (reply)), ==,
                   tl_source_status_get_nick (c->status));
  g_assert_cmpint (tl_source_reply_get_n (reply) > 0, ==, c->incoming != NULL);
  g_assert_cmpint (tl_source_reply_names (reply, TL_LANE_OUTGOING), ==, c->incoming != NULL);
  if (c->incoming != NULL)
    {
      TlClaim *claim = tl_source_reply_get_claim (reply, 0);

      g_assert_cmpint (tl_claim_get_lane (claim), ==, TL_LANE_INCOMING);
      g_assert_cmpint (tl_claim_get_trust (claim), ==, TL_TRUST_CURATED);
      g_assert_cmpstr (tl_endpoint_get_host (tl_claim_get_endpoint (claim)), ==, c->incoming);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (source_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/source/", source_cases[i].name, NULL);

      g_test_add_data_func (path, &source_cases[i], test_source);
    }

  return g_test_run ();
}
