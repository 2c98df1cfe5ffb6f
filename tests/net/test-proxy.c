/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-proxy.h"

#include <string.h>

#define LONG_MS 5000

/* A proxy that takes one request and answers with what it was told to. */
typedef struct
{
  GSocket    *listener; /* owned */
  GThread    *thread;   /* owned */
  const char *answer;
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
  g_socket_send (socket, self->answer, strlen (self->answer), NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);

  return NULL;
}

static guint16
proxy_start (Proxy      *self,
             const char *answer)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;

  self->answer = answer;
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

  text = g_strdup_printf ("%s://127.0.0.1:%u", c->scheme, proxy_start (&proxy, c->answer));
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);

  g_assert_null (tl_proxy_dial_sync (uri, network, endpoint, tl_deadline_in_ms (LONG_MS), NULL,
                                     &fault, &error));
  g_assert_no_error (error);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpstr (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_DETAIL), ==,
                   c->detail);
  g_assert_nonnull (tl_evidence_get_string (tl_fault_get_evidence (fault), TL_EVIDENCE_PROXY));
  g_assert_true (tl_evidence_is_valid (tl_fault_get_evidence (fault)));

  g_thread_join (proxy.thread);
  g_object_unref (proxy.listener);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/proxy/refusal/", refusals[i].name, NULL);

      g_test_add_data_func (path, &refusals[i], test_refusal);
    }

  return g_test_run ();
}
