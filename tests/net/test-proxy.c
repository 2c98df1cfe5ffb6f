/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-proxy.h"

#include <string.h>

#include "tl-channel.h"
#include "tl-test-ca.h"

#define LONG_MS 5000

/* A proxy that takes one request and answers with what it was told to. */
typedef struct
{
  GSocket    *listener; /* owned */
  GThread    *thread;   /* owned */
  const char *answer;
  gulong      drip_us;  /* between one byte and the next; 0: all at once, once */
} Proxy;

static gpointer
proxy_thread (gpointer data)
{
  Proxy *self = data;
  g_autoptr(GSocket) socket = g_socket_accept (self->listener, NULL, NULL);
  g_autoptr(GString) request = g_string_new (NULL);

  g_assert_nonnull (socket);
  while (strstr (request->str, "\r\n\r\n") == NULL)
    {
      char chunk[256];
      gssize n = g_socket_receive (socket, chunk, sizeof chunk, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (request, chunk, n);
    }
  /* Dripping never ends: the answer again and again, until nobody is there. */
  for (gsize i = 0; self->drip_us > 0; i = (i + 1) % strlen (self->answer))
    {
      if (g_socket_send (socket, self->answer + i, 1, NULL, NULL) != 1)
        return NULL;
      g_usleep (self->drip_us);
    }
  g_socket_send (socket, self->answer, strlen (self->answer), NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);

  return NULL;
}

static guint16
proxy_start (Proxy      *self,
             const char *answer,
             gulong      drip_us)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->answer = answer;
  self->drip_us = drip_us;
  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->listener, any, FALSE, &error));
  g_assert_true (g_socket_listen (self->listener, &error));
  bound = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("proxy", proxy_thread, self);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static void
proxy_stop (Proxy *self)
{
  g_thread_join (self->thread);
  g_object_unref (self->listener);
}

/* What the system says about every place: this one proxy, or about the web alone. */
static char *system_proxy;
static gboolean web_alone;
static char *asked;

typedef struct
{
  GObject parent_instance;
} OneProxy;
typedef GObjectClass OneProxyClass;

GType one_proxy_get_type (void);
static void one_proxy_resolver_init (GProxyResolverInterface *iface);
G_DEFINE_TYPE_WITH_CODE (OneProxy, one_proxy, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, one_proxy_resolver_init))

static gboolean
one_proxy_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
one_proxy_lookup (GProxyResolver  *resolver,
                  const char      *uri,
                  GCancellable    *cancellable,
                  GError         **error)
{
  const char *proxies[] = { system_proxy, NULL };

  g_free (asked);
  asked = g_strdup (uri);
  if (web_alone && !g_str_has_prefix (uri, "https://"))
    proxies[0] = "direct://";

  return g_strdupv ((char **) proxies);
}

static void
one_proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = one_proxy_is_supported;
  iface->lookup = one_proxy_lookup;
}

static void
one_proxy_class_init (OneProxyClass *klass)
{
}

static void
one_proxy_init (OneProxy *self)
{
}

static void
set_system_proxy (guint16 port)
{
  g_free (system_proxy);
  system_proxy = g_strdup_printf ("http://ada:secret@127.0.0.1:%u", port);
}

typedef struct
{
  const char *name;
  const char *scheme;
  const char *answer;
  TlCause     cause;
  const char *detail;
} RefusalCase;

static const RefusalCase refusals[] = {
  { "not-allowed", "http", "HTTP/1.0 403 Verboten \x1b[31m\r\n\r\n", TL_CAUSE_REFUSED,
    "g-io-error-quark: proxy-not-allowed" },
  { "wants-a-password", "http", "HTTP/1.0 407 Who?\r\n\r\n", TL_CAUSE_REFUSED,
    "g-io-error-quark: proxy-need-auth" },
  { "fails", "http", "HTTP/1.0 502 Not today\r\n\r\n", TL_CAUSE_REFUSED,
    "g-io-error-quark: proxy-failed" },
};

static void
test_refusal (gconstpointer data)
{
  const RefusalCase *c = data;
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GUri) uri = NULL;
  Proxy proxy;

  g_test_summary ("What a proxy says is told by code: neither its words nor those of a locale");

  text = g_strdup_printf ("%s://127.0.0.1:%u", c->scheme, proxy_start (&proxy, c->answer, 0));
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);

  g_assert_null (tl_proxy_dial_sync (uri, network, endpoint, tl_deadline_in_ms (LONG_MS), NULL,
                                     &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_DETAIL), ==,
                   c->detail);
  g_assert_nonnull (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_PROXY));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));

  proxy_stop (&proxy);
}

static void
test_find (void)
{
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  g_autoptr(TlNetwork) practice = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.practice.invalid", 993, TL_SECURITY_TLS,
                                                    NULL);
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("The system's proxy is for the system's network; practice asks for none");

  set_system_proxy (3128);
  uri = tl_proxy_find_sync (network, endpoint, tl_deadline_in_ms (LONG_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (uri);
  g_assert_cmpint (g_uri_get_port (uri), ==, 3128);

  g_assert_null (tl_proxy_find_sync (practice, endpoint, tl_deadline_in_ms (LONG_MS), NULL,
                                     &error));
  g_assert_no_error (error);
}

static const char * const odd_proxies[] = {
  "http://a%1b%5b2Jb%0aX%e2%80%aec:3128", "http://a%20b:3128", "socks5://a%00b:1080",
};

static void
test_odd (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  g_test_summary ("A proxy that is no host is none, and nothing of its name gets to a terminal");

  for (gsize i = 0; i < G_N_ELEMENTS (odd_proxies); i++)
    {
      g_free (system_proxy);
      system_proxy = g_strdup (odd_proxies[i]);
      g_assert_null (tl_proxy_find_sync (network, endpoint, tl_deadline_in_ms (LONG_MS), NULL,
                                         &error));
      g_assert_no_error (error);
    }

  uri = g_uri_parse (odd_proxies[0], G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, &error);
  g_assert_no_error (error);
  text = tl_proxy_describe (uri);
  g_assert_true (g_str_has_prefix (text, "http://a"));
  g_assert_true (g_str_has_suffix (text, "c:3128"));
  g_assert_null (strpbrk (text, "\033\n"));
  g_assert_null (strstr (text, "\342\200\256"));
}

static const struct
{
  const char *name;
  const char *host;
  const char *asked;
} sites[] = {
  { "name",      "mail.example.org", "https://mail.example.org/" },
  { "address",   "192.0.2.1",        "https://192.0.2.1/" },
  { "address-6", "2001:db8::1",      "https://[2001:db8::1]/" },
};

static void
test_find_web (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestCa) authority = tl_test_ca_new ("practice.invalid");
  g_autoptr(TlNetwork) practice = tl_network_new_practice (tl_test_ca_get_pem (authority), NULL);
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (sites[i].host, 993, TL_SECURITY_TLS, NULL);
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) error = NULL;

  g_test_summary ("A proxy may be for the web alone, and is found when it is asked for as such");

  set_system_proxy (3128);
  web_alone = TRUE;
  g_assert_null (tl_proxy_find_sync (network, endpoint, tl_deadline_in_ms (LONG_MS), NULL, &error));
  g_assert_no_error (error);
  uri = tl_proxy_find_web_sync (network, sites[i].host, tl_deadline_in_ms (LONG_MS), NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (uri);
  g_assert_cmpint (g_uri_get_port (uri), ==, 3128);
  g_assert_cmpstr (asked, ==, sites[i].asked);
  web_alone = FALSE;

  g_assert_null (tl_proxy_find_web_sync (practice, sites[i].host, tl_deadline_in_ms (LONG_MS), NULL,
                                         &error));
  g_assert_no_error (error);
}

static void
test_dial_through (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GUri) uri = NULL;
  guint16 port;
  Proxy proxy;

  g_test_summary ("A given proxy is used, whatever the system says about the port");

  port = proxy_start (&proxy, "HTTP/1.0 200 Yes\r\n\r\n", 0);
  set_system_proxy (1);
  web_alone = TRUE;
  text = g_strdup_printf ("http://ada:secret@127.0.0.1:%u", port);
  expected = g_strdup_printf ("http://127.0.0.1:%u", port);
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);
  channel = tl_channel_dial_through_sync (network, uri, endpoint, tl_deadline_in_ms (LONG_MS), NULL,
                                          &fault, &error);
  web_alone = FALSE;
  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_cmpstr (tl_channel_get_proxy (channel), ==, expected);
  g_assert_null (tl_channel_get_unanswered (channel)[0]);

  proxy_stop (&proxy);
}

static void
test_named (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlChannel) channel = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *expected = NULL;
  guint16 port;
  Proxy proxy;

  g_test_summary ("A channel says through which proxy it goes, without its password");

  port = proxy_start (&proxy, "HTTP/1.0 200 Yes\r\n\r\n", 0);
  set_system_proxy (port);
  expected = g_strdup_printf ("http://127.0.0.1:%u", port);
  /* A documentation address: nobody is there. */
  g_ptr_array_add (addresses, g_inet_address_new_from_string ("192.0.2.1"));
  channel = tl_channel_dial_sync (network, endpoint, addresses, tl_deadline_in_ms (LONG_MS), NULL,
                                  &fault, &error);
  g_assert_no_error (error);
  g_assert_null (fault);
  g_assert_cmpstr (tl_channel_get_proxy (channel), ==, expected);
  g_assert_cmpstr (tl_channel_get_address (channel), ==, "127.0.0.1");

  proxy_stop (&proxy);
}

static void
test_drip (void)
{
  g_autoptr(TlNetwork) network = tl_network_new_system ();
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new ("mail.example.org", 993, TL_SECURITY_TLS, NULL);
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GUri) uri = NULL;
  gint64 began_us;
  Proxy proxy;

  text = g_strdup_printf ("http://127.0.0.1:%u", proxy_start (&proxy, "HTTP/1.0 200 Yes, ",
                                                              50 * 1000));
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);

  began_us = g_get_monotonic_time ();
  g_assert_null (tl_proxy_dial_sync (uri, network, endpoint, tl_deadline_in_ms (500), NULL, &fault,
                                     &error));
  g_assert_no_error (error);
  g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "timeout");
  g_assert_nonnull (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_PROXY));
  g_assert_cmpint (g_get_monotonic_time () - began_us, >=, 490 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 1500 * 1000);

  proxy_stop (&proxy);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  g_setenv ("GIO_USE_PROXY_RESOLVER", "one-proxy", TRUE);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, one_proxy_get_type (),
                                  "one-proxy", 1000);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/proxy/refusal/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autofree char *path = g_strconcat ("/proxy/find-web/", sites[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_find_web);
    }
  g_test_add_func ("/proxy/find", test_find);
  g_test_add_func ("/proxy/odd", test_odd);
  g_test_add_func ("/proxy/dial-through", test_dial_through);
  g_test_add_func ("/proxy/named", test_named);
  g_test_add_func ("/proxy/drip", test_drip);

  status = g_test_run ();
  g_free (system_proxy);
  g_free (asked);

  return status;
}
