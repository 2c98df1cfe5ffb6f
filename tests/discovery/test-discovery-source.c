/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-private.h"

#include "tl-records-private.h"
#include "tl-test-dns.h"

/* What the sources do when nobody has to be asked, and when nobody answers. */

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
  { "pacc-below-suffix", &tl_source_pacc, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED, NULL },
  { "autodiscover-below-suffix", &tl_source_autodiscover, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED,
    NULL },
  { "autoconfig-below-suffix", &tl_source_autoconfig, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED,
    NULL },
  { "guess-below-suffix", &tl_source_guess, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED, NULL },
  { "gateway-below-suffix", &tl_source_gateway, "ada@co.uk", TL_SOURCE_STATUS_NOT_ASKED, NULL },
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
  g_autoptr(TlRecords) records = tl_records_new (NULL);
  g_autoptr(TlHttps) https = tl_https_new (NULL);
  g_autoptr(TlProber) prober = tl_prober_new (network, NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSourceReply) reply = NULL;
  const TlDiscoveryOptions options = { 0 };
  const TlInquiry inquiry = {
    .address = address,
    .options = &options,
    .records = records,
    .https = https,
    .prober = prober,
    .deadline = tl_deadline_in_ms (1000),
    .cancellable = cancellable,
  };

  tl_discovery_source_ask_async (c->source, &inquiry, on_answered, &reply);
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

/* The system's resolver on a bad day: what it says to every question. */
typedef struct
{
  GResolver parent_instance;
  GQuark    domain;
  int       code;
  guint     n_asked;
} BlankResolver;
typedef GResolverClass BlankResolverClass;

GType blank_resolver_get_type (void);
G_DEFINE_TYPE (BlankResolver, blank_resolver, G_TYPE_RESOLVER)

static void
blank_resolver_lookup (GResolver                *resolver,
                       const char               *host,
                       GResolverNameLookupFlags  flags,
                       GCancellable             *cancellable,
                       GAsyncReadyCallback       callback,
                       gpointer                  user_data)
{
  BlankResolver *self = (BlankResolver *) resolver;
  g_autoptr(GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  self->n_asked++;
  g_task_return_new_error (task, self->domain, self->code, "blank");
}

static GList *
blank_resolver_finish (GResolver     *resolver,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
blank_resolver_class_init (GResolverClass *klass)
{
  klass->lookup_by_name_with_flags_async = blank_resolver_lookup;
  klass->lookup_by_name_with_flags_finish = blank_resolver_finish;
}

static void
blank_resolver_init (BlankResolver *self)
{
  self->domain = G_RESOLVER_ERROR;
}

static const struct
{
  const char     *name;
  int             code;
  TlSourceStatus  status;
} resolver_cases[] = {
  { "not-found", G_RESOLVER_ERROR_NOT_FOUND, TL_SOURCE_STATUS_NXDOMAIN },
  { "temporary-failure", G_RESOLVER_ERROR_TEMPORARY_FAILURE, TL_SOURCE_STATUS_SERVFAIL },
  { "internal", G_RESOLVER_ERROR_INTERNAL, TL_SOURCE_STATUS_REFUSED },
};

static void
test_resolver (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(GResolver) blank = g_object_new (blank_resolver_get_type (), NULL);
  const TlDiscoverySource *sources[] = { &tl_source_autoconfig, &tl_source_well_known };

  ((BlankResolver *) blank)->code = resolver_cases[i].code;
  g_resolver_set_default (blank);
  for (gsize j = 0; j < G_N_ELEMENTS (sources); j++)
    {
      const SourceCase c = { resolver_cases[i].name, sources[j], "ada@example.org",
                             resolver_cases[i].status, NULL };

      test_source (&c);
    }
  g_resolver_set_default (usual);
}

/* C01: what took too long over HTTPS may be there without. The one place is
 * looked at once more, the other is not. */
static void
test_slow_then_peek (void)
{
  const SourceCase slow = { "slow", &tl_source_well_known, "ada@example.org",
                            TL_SOURCE_STATUS_TIMEOUT, NULL };
  const SourceCase peeked = { "peeked", &tl_source_autoconfig, "ada@example.org",
                              TL_SOURCE_STATUS_TIMEOUT, NULL };
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(GResolver) resolver = g_object_new (blank_resolver_get_type (), NULL);
  BlankResolver *blank = (BlankResolver *) resolver;
  guint n_at_once;

  blank->domain = G_IO_ERROR;
  blank->code = G_IO_ERROR_TIMED_OUT;
  g_resolver_set_default (resolver);
  test_source (&slow);
  n_at_once = blank->n_asked;
  test_source (&peeked);
  g_resolver_set_default (usual);

  g_assert_cmpuint (n_at_once, >, 0);
  g_assert_cmpuint (blank->n_asked, ==, 3 * n_at_once);
}

/* Nobody got a request that went to a name which does not exist: the next place
 * is asked. */
static void
test_next_place (void)
{
  g_autoptr(GResolver) usual = g_resolver_get_default ();
  g_autoptr(GResolver) blank = g_object_new (blank_resolver_get_type (), NULL);
  g_autoptr(TlTestDns) dns = tl_test_dns_new (NULL, 0, TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlAddress) address = tl_address_parse ("ada@none.test", NULL);
  g_autoptr(TlContacts) contacts = tl_contacts_new ();
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlHttps) https = tl_https_new (contacts);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSourceReply) reply = NULL;
  g_auto(GStrv) hosts = NULL;
  g_autofree char *asked = NULL;
  const TlDiscoveryOptions options = { 0 };
  const TlInquiry inquiry = {
    .address = address,
    .options = &options,
    .records = records,
    .https = https,
    .deadline = tl_deadline_in_ms (8000),
    .cancellable = cancellable,
  };

  ((BlankResolver *) blank)->code = G_RESOLVER_ERROR_NOT_FOUND;
  g_resolver_set_default (blank);
  tl_discovery_source_ask_async (&tl_source_autodiscover, &inquiry, on_answered, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_resolver_set_default (usual);

  g_assert_cmpstr (tl_source_status_get_nick (tl_source_reply_get_status (reply)), ==,
                   tl_source_status_get_nick (TL_SOURCE_STATUS_NXDOMAIN));
  hosts = tl_contacts_dup (contacts, TL_CONTACT_WEB);
  asked = g_strjoinv (" ", hosts);
  g_assert_cmpstr (asked, ==, "autodiscover.none.test none.test");
}

/* "." says that there is no such service (RFC 2782); of IMAP there are two. */
static const TlTestDnsRow srv_rows[] = {
  { "_imaps._tcp.none.test", TL_RECORD_SRV, .text = "" },
  { "_imap._tcp.none.test", TL_RECORD_SRV, .text = "" },
  { "_imaps._tcp.upgrade.test", TL_RECORD_SRV, .text = "" },
  { "_imap._tcp.upgrade.test", TL_RECORD_SRV, .port = 143, .text = "imap.upgrade.test" },
  { "_imaps._tcp.tls.test", TL_RECORD_SRV, .port = 993, .text = "imap.tls.test" },
  { "_imap._tcp.tls.test", TL_RECORD_SRV, .text = "" },
  { "_imaps._tcp.half.test", TL_RECORD_SRV, .text = "" },
  { "_imap._tcp.half.test", TL_RECORD_SRV, TL_TEST_DNS_NOTHING },
  { "_submissions._tcp.out.test", TL_RECORD_SRV, .text = "" },
  { "_submission._tcp.out.test", TL_RECORD_SRV, .text = "" },
};

static const struct
{
  const char      *name;
  const char      *address;
  TlSourceRemarks  remarks;
  guint            n_claims;
} srv_cases[] = {
  { "both",          "ada@none.test",    TL_SOURCE_REMARK_NO_IMAP, 0 },
  { "tls-only",      "ada@upgrade.test", TL_SOURCE_REMARK_NONE,    1 },
  { "upgrade-only",  "ada@tls.test",     TL_SOURCE_REMARK_NONE,    1 },
  { "one-unsaid",    "ada@half.test",    TL_SOURCE_REMARK_NONE,    0 },
  { "outgoing-both", "ada@out.test",     TL_SOURCE_REMARK_NONE,    0 },
};

static void
test_srv_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestDns) dns = tl_test_dns_new (srv_rows, G_N_ELEMENTS (srv_rows),
                                              TL_TEST_DNS_UNSIGNED);
  g_autoptr(TlAddress) address = tl_address_parse (srv_cases[i].address, NULL);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlRecords) records = tl_records_new_for (tl_test_dns_get_forwarder (dns), NULL);
  g_autoptr(TlHttps) https = tl_https_new (NULL);
  g_autoptr(TlProber) prober = tl_prober_new (network, NULL, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TlSourceReply) reply = NULL;
  const TlDiscoveryOptions options = { 0 };
  const TlInquiry inquiry = {
    .address = address,
    .options = &options,
    .records = records,
    .https = https,
    .prober = prober,
    .deadline = tl_deadline_in_ms (15000),
    .cancellable = cancellable,
  };

  tl_discovery_source_ask_async (&tl_source_srv, &inquiry, on_answered, &reply);
  while (reply == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpint (tl_source_reply_get_remarks (reply), ==, srv_cases[i].remarks);
  g_assert_cmpuint (tl_source_reply_get_n (reply), ==, srv_cases[i].n_claims);
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

  for (gsize i = 0; i < G_N_ELEMENTS (resolver_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/source/resolver/", resolver_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_resolver);
    }

  g_test_add_func ("/discovery/source/slow-then-peek", test_slow_then_peek);
  g_test_add_func ("/discovery/source/next-place", test_next_place);

  for (gsize i = 0; i < G_N_ELEMENTS (srv_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/source/srv-refused/", srv_cases[i].name,
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_srv_refused);
    }

  return g_test_run ();
}
