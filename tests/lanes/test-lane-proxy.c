/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-door.h"
#include "tl-test-lane.h"

#define RESOLVER "tl-test-proxy-resolver"

/* An address for documentation (RFC 5737): nobody is there. */
#define FAR_HOST "198.51.100.7"

/* The way to a server through a proxy (RFC 9110 §9.3.6), played by one peer. */
#define TUNNEL \
  "C: CONNECT " FAR_HOST ":993 HTTP/1.?\n" \
  "C: Host: *\nC: Proxy-Connection: *\nC: User-Agent: *\nC: \n" \
  "S: HTTP/1.0 200 go\nS: \n"

/* What the system's proxy resolver is in this program: for mail and for the
 * web; NULL is a direct connection. */
static char *proxy_uri;
static char *web_proxy_uri;
static int   n_lookups;  /* atomic */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)

struct _TestResolver
{
  GObject parent_instance;
};

static gboolean
test_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
test_resolver_lookup (GProxyResolver  *resolver,
                      const char      *uri,
                      GCancellable    *cancellable,
                      GError         **error)
{
  const char *wanted = g_str_has_prefix (uri, "https:") ? web_proxy_uri : proxy_uri;
  const char * const uris[] = { wanted != NULL ? wanted : "direct://", NULL };

  g_atomic_int_inc (&n_lookups);

  return g_strdupv ((GStrv) uris);
}

static void
test_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = test_resolver_is_supported;
  iface->lookup = test_resolver_lookup;
}

G_DEFINE_TYPE_WITH_CODE (TestResolver, test_resolver, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, test_resolver_iface_init))

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
test_reported (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlTestPeer) peer = tl_test_peer_new (TUNNEL "S: * BYE some reason of ours\n", NULL);
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_STARTTLS,
    .network = network, .host = FAR_HOST, .port = 993,
  };
  g_autofree char *expected = NULL;
  GVariant *evidence;

  g_test_summary ("A lane through a proxy says so, in the report and with its finding");

  proxy_uri = g_strdup_printf ("http://127.0.0.1:%u", tl_test_peer_start (peer));
  expected = g_strdup (proxy_uri);
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  tl_test_peer_stop (peer);

  g_assert_cmpstr (tl_test_peer_get_problem (peer), ==, NULL);
  g_assert_cmpuint (tl_test_peer_get_n_connections (peer), ==, 1);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, "greet.rejected");
  evidence = tl_finding_get_evidence (tl_lane_report_get_primary (lane.report));
  g_assert_cmpstr (tl_lane_report_get_proxy (lane.report), ==, expected);
  g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_PROXY), ==, expected);
  tl_test_lane_assert_sane (&lane);
  g_clear_pointer (&proxy_uri, g_free);
}

static void
test_practice (void)
{
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = TL_TEST_IMAP_TLS,
  };

  g_test_summary ("The practice mailbox is on this computer: nobody is asked for a proxy");

  g_atomic_int_set (&n_lookups, 0);
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==, TL_VERDICT_OK);
  g_assert_null (tl_lane_report_get_proxy (lane.report));
  g_assert_cmpint (g_atomic_int_get (&n_lookups), ==, 0);
}

#define PASSES "C: CONNECT 127.0.0.1:*\nC: Host: *\nC: Proxy-Connection: *\nC: User-Agent: *\n" \
               "C: \nS: HTTP/1.0 200 go\nS: \nHANG\n"
#define FORBIDS "C: CONNECT 127.0.0.1:*\nC: Host: *\nC: Proxy-Connection: *\nC: User-Agent: *\n" \
                "C: \nS: HTTP/1.0 403 no\nS: \n"

static const struct
{
  const char *name;
  const char *own;      /* behind the lane's port */
  const char *web;      /* behind an ordinary port of the host, or NULL */
  const char *proxy;    /* what the web's proxy plays, or NULL: there is none */
  gboolean    is_mails; /* mail has a proxy of its own, which answers nothing */
  const char *id;
  const char *detail;   /* how the detail ends */
} only_cases[] = {
  { "passes", TL_TEST_DOOR_SILENT, NULL, PASSES, .id = "connect.proxy-only",
    .detail = ": passes" },
  { "forbids", TL_TEST_DOOR_SILENT, TL_TEST_DOOR_SILENT, FORBIDS,
    .id = "connect.proxy-only", .detail = ": refused" },
  { "no-proxy", TL_TEST_DOOR_SILENT, NULL, NULL, .id = "connect.timeout" },
  { "web-answers", TL_TEST_DOOR_SILENT, "HANG\n", PASSES, .id = "connect.timeout" },
  { "web-refuses", TL_TEST_DOOR_SILENT, TL_TEST_DOOR_CLOSED, PASSES, .id = "connect.timeout" },
  { "refused", TL_TEST_DOOR_CLOSED, NULL, PASSES, .id = "connect.refused" },
  { "mail-has-its-own", TL_TEST_DOOR_SILENT, NULL, PASSES, TRUE, "connect.timeout" },
};

static void
test_only (gconstpointer data)
{
  static const TlLaneBudget budget = { 4000, 2400, 4000, 4000, 4000, 4000, 4000, 4000, 9000 };
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlTestDoor) own = tl_test_door_new (only_cases[i].own, NULL);
  g_autoptr(TlTestDoor) web = only_cases[i].web == NULL
                              ? NULL : tl_test_door_new (only_cases[i].web, NULL);
  g_autoptr(TlTestPeer) proxy = only_cases[i].proxy == NULL
                                ? NULL : tl_test_peer_new (only_cases[i].proxy, NULL);
  const TlLanePorts ports = { .https = web == NULL ? 0 : tl_test_door_get_port (web) };
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .network = network,
    .host = "127.0.0.1", .port = tl_test_door_get_port (own), .ports = &ports, .budget = &budget,
  };
  GVariant *evidence;

  g_test_summary ("Nothing gets out of this network but through what the web goes through");

  if (proxy != NULL)
    web_proxy_uri = g_strdup_printf ("http://127.0.0.1:%u", tl_test_peer_start (proxy));
  if (only_cases[i].is_mails)
    proxy_uri = g_strdup_printf ("http://127.0.0.1:%u", tl_test_door_get_port (own));
  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);

  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, only_cases[i].id);
  evidence = tl_finding_get_evidence (tl_lane_report_get_primary (lane.report));
  if (only_cases[i].detail != NULL)
    {
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_PROXY), ==, web_proxy_uri);
      g_test_message ("%s", tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL));
      g_assert_true (g_str_has_suffix (tl_evidence_get_string (evidence, TL_EVIDENCE_DETAIL),
                                       only_cases[i].detail));
    }
  else
    {
      /* Its own, where mail has one, and never the web's. */
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_PROXY), ==, proxy_uri);
    }
  tl_test_lane_assert_sane (&lane);
  g_clear_pointer (&proxy_uri, g_free);
  g_clear_pointer (&web_proxy_uri, g_free);
}

int
main (int   argc,
      char *argv[])
{
  /* Before GIO looks for the resolver of this process. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", RESOLVER, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_RESOLVER,
                                  RESOLVER, 1000);

  g_test_add_func ("/lane/proxy/reported", test_reported);
  g_test_add_func ("/lane/proxy/practice", test_practice);
  for (gsize i = 0; i < G_N_ELEMENTS (only_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/proxy/N02/", only_cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_only);
    }

  return g_test_run ();
}
