/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-proxy.h"

#include "tl-dial.h"
#include "tl-handles.h"
#include "tl-resolver.h"
#include "tl-text.h"

/* GProxy and GProxyResolver know no deadline, only a cancellable: a watch
 * cancels one when the moment comes, or when the gesture is cancelled. */
typedef struct
{
  GMutex        lock;
  GCond         over_cond;
  gboolean      over;
  gboolean      late;
  TlDeadline    deadline;
  GCancellable *outer;      /* or NULL */
  gulong        outer_id;
  GCancellable *stopper;
  GThread      *thread;
} Watch;

static gpointer
watch_thread (gpointer data)
{
  Watch *self = data;

  g_mutex_lock (&self->lock);
  while (!self->over && g_cond_wait_until (&self->over_cond, &self->lock, self->deadline.at_us))
    ;
  self->late = !self->over;
  g_mutex_unlock (&self->lock);

  if (self->late)
    g_cancellable_cancel (self->stopper);

  return NULL;
}

static void
on_outer_cancelled (GCancellable *outer,
                    GCancellable *stopper)
{
  g_cancellable_cancel (stopper);
}

static void
watch_start (Watch        *self,
             TlDeadline    deadline,
             GCancellable *outer)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->over_cond);
  self->deadline = deadline;
  self->outer = outer;
  self->stopper = g_cancellable_new ();
  if (outer != NULL)
    self->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled),
                                            self->stopper, NULL);
  self->thread = g_thread_new ("tl-proxy-watch", watch_thread, self);
}

/* Returns whether it was the deadline that ended what was watched. */
static gboolean
watch_end (Watch *self)
{
  g_mutex_lock (&self->lock);
  self->over = TRUE;
  g_cond_signal (&self->over_cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->thread);
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  g_clear_object (&self->stopper);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->over_cond);

  return self->late && !g_cancellable_is_cancelled (self->outer);
}

/**
 * tl_proxy_describe:
 * @uri: a proxy
 *
 * Returns: (transfer full): `scheme://host:port`; the rest may hold credentials
 */
char *
tl_proxy_describe (GUri *uri)
{
  g_autofree char *place = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri),
                                            g_uri_get_host (uri), g_uri_get_port (uri));

  /* It may be a setting that came with a network. */
  return tl_text_clean (place, -1);
}

/* Asks the system which proxy @target, a URI, is to be reached through. */
static GUri *
find_sync (TlNetwork     *network,
           const char    *target,
           TlDeadline     deadline,
           GCancellable  *cancellable,
           GError       **error)
{
  g_auto(GStrv) proxies = NULL;
  Watch watch = { 0 };

  if (tl_network_is_practice (network) || !tl_handles_have_room (TL_HANDLES_FOR_PROXY))
    return NULL;

  watch_start (&watch, deadline, cancellable);
  proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), target, watch.stopper, NULL);
  watch_end (&watch);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  /* The first that can be used counts; a resolver that fails means direct. */
  for (gsize i = 0; proxies != NULL && proxies[i] != NULL; i++)
    {
      g_autoptr(GUri) uri = NULL;
      g_autofree char *host = NULL;

      if (g_str_has_prefix (proxies[i], "direct:"))
        return NULL;
      uri = g_uri_parse (proxies[i], G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_NON_DNS, NULL);
      if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_port (uri) <= 0)
        continue;

      host = tl_host_canonicalize (g_uri_get_host (uri));
      if (host != NULL)
        return g_steal_pointer (&uri);
    }

  return NULL;
}

/**
 * tl_proxy_find_sync:
 * @network: the world to connect in; practice has no proxies
 * @endpoint: where to
 * @deadline: the moment by which the system must have said; later means none
 * @cancellable: (nullable): cancels the wait
 * @error: return location for a #GError
 *
 * Asks the system which proxy the connection is to go through.
 *
 * Returns: (transfer full) (nullable): the proxy, or %NULL for a direct
 *   connection; @error is set only to %G_IO_ERROR_CANCELLED
 */
GUri *
tl_proxy_find_sync (TlNetwork         *network,
                    const TlEndpoint  *endpoint,
                    TlDeadline         deadline,
                    GCancellable      *cancellable,
                    GError           **error)
{
  g_autofree char *place = tl_endpoint_to_string (endpoint);
  g_autofree char *target = g_strconcat ("none://", place, NULL);

  return find_sync (network, target, deadline, cancellable, error);
}

/**
 * tl_proxy_find_web_sync:
 * @network: the world to connect in; practice has no proxies
 * @host: a canonical host name or address literal
 * @deadline: as for tl_proxy_find_sync()
 * @cancellable: (nullable): cancels the wait
 * @error: return location for a #GError
 *
 * Asks the system which proxy `https://HOST/` is to be fetched through: one that
 * is meant for the web may let mail through where nothing else does.
 *
 * Returns: (transfer full) (nullable): as of tl_proxy_find_sync()
 */
GUri *
tl_proxy_find_web_sync (TlNetwork     *network,
                        const char    *host,
                        TlDeadline     deadline,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *target = g_strdup_printf (strchr (host, ':') != NULL ? "https://[%s]/"
                                                                        : "https://%s/", host);

  return find_sync (network, target, deadline, cancellable, error);
}

/* Why a proxy would not, by domain and code: GIO's sentences are in the user's
 * language, and may quote the proxy. */
static char *
name_error (const GError *why)
{
  g_autoptr(GEnumClass) codes = g_type_class_ref (G_TYPE_IO_ERROR_ENUM);
  const GEnumValue *code = why->domain == G_IO_ERROR ? g_enum_get_value (codes, why->code) : NULL;

  return code != NULL
    ? g_strdup_printf ("%s: %s", g_quark_to_string (why->domain), code->value_nick)
    : g_strdup_printf ("%s: %d", g_quark_to_string (why->domain), why->code);
}

static gboolean
speak_to_proxy (GSocket           *socket,
                GUri              *uri,
                const TlEndpoint  *endpoint,
                TlDeadline         deadline,
                GCancellable      *cancellable,
                GError           **error)
{
  g_autoptr(GProxy) proxy = g_proxy_get_default_for_protocol (g_uri_get_scheme (uri));
  g_autoptr(GSocketConnection) connection = NULL;
  g_autoptr(GSocketAddress) remote = NULL;
  g_autoptr(GProxyAddress) address = NULL;
  g_autoptr(GIOStream) stream = NULL;
  GInetSocketAddress *inet;
  Watch watch = { 0 };

  if (proxy == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   "proxies of the kind “%s” are not known", g_uri_get_scheme (uri));
      return FALSE;
    }

  remote = g_socket_get_remote_address (socket, error);
  if (remote == NULL)
    return FALSE;
  inet = G_INET_SOCKET_ADDRESS (remote);
  address = G_PROXY_ADDRESS (g_proxy_address_new (g_inet_socket_address_get_address (inet),
                                                  g_inet_socket_address_get_port (inet),
                                                  g_uri_get_scheme (uri),
                                                  tl_endpoint_get_host (endpoint),
                                                  tl_endpoint_get_port (endpoint),
                                                  g_uri_get_user (uri),
                                                  g_uri_get_password (uri)));
  connection = g_socket_connection_factory_create_connection (socket);

  g_socket_set_blocking (socket, TRUE);
  watch_start (&watch, deadline, cancellable);
  stream = g_proxy_connect (proxy, G_IO_STREAM (connection), address, watch.stopper, error);
  if (watch_end (&watch) && stream == NULL)
    {
      g_clear_error (error);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                           "the proxy did not answer in time");
    }
  g_socket_set_blocking (socket, FALSE);

  return stream != NULL;
}

/**
 * tl_proxy_dial_sync:
 * @uri: the proxy
 * @network: the world to connect in
 * @endpoint: where to, as the proxy is told
 * @deadline: the moment by which the connection must stand
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none; its evidence names the proxy
 * @error: return location for a #GError
 *
 * Connects through a proxy (SOCKS, RFC 1928; CONNECT, RFC 9110 §9.3.6).
 *
 * Returns: (transfer full): a connected non-blocking socket, or %NULL with
 *   @out_fault or with %G_IO_ERROR_CANCELLED
 */
GSocket *
tl_proxy_dial_sync (GUri              *uri,
                    TlNetwork         *network,
                    const TlEndpoint  *endpoint,
                    TlDeadline         deadline,
                    GCancellable      *cancellable,
                    TlFault          **out_fault,
                    GError           **error)
{
  g_autofree char *place = tl_proxy_describe (uri);
  g_autofree char *host = tl_host_canonicalize (g_uri_get_host (uri));
  g_autoptr(GPtrArray) addresses = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_autoptr(GError) why = NULL;
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

  if (!tl_handles_have_room (TL_HANDLES_FOR_PROXY))
    {
      *out_fault = tl_handles_describe_end ();
      return NULL;
    }
  if (host == NULL)
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_UNREACHABLE,
                                        "the proxy's name is not a host name");
      return NULL;
    }

  addresses = tl_resolver_lookup_sync (network, host, deadline, cancellable, out_fault, error);
  if (addresses != NULL)
    socket = tl_dial_sync (addresses, (guint16) g_uri_get_port (uri), deadline, cancellable, NULL,
                           out_fault, error);
  if (socket == NULL)
    {
      if (*out_fault != NULL)
        {
          g_autoptr(TlFault) bare = *out_fault;

          /* That the proxy has no name is not that the server has none. */
          g_variant_dict_insert (&evidence, TL_EVIDENCE_PROXY, "s", place);
          *out_fault = tl_fault_new (addresses == NULL ? TL_CAUSE_UNREACHABLE
                                                       : tl_fault_get_cause (bare),
                                     g_variant_dict_end (&evidence));
        }
      return NULL;
    }

  if (speak_to_proxy (socket, uri, endpoint, deadline, cancellable, &why))
    return g_steal_pointer (&socket);

  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  g_variant_dict_insert (&evidence, TL_EVIDENCE_PROXY, "s", place);
  g_variant_dict_insert_value (&evidence, TL_EVIDENCE_DETAIL,
                               g_variant_new_take_string (name_error (why)));
  *out_fault = tl_fault_new (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
                               ? TL_CAUSE_TIMEOUT : TL_CAUSE_REFUSED,
                             g_variant_dict_end (&evidence));

  return NULL;
}
