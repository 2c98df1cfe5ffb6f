/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-channel-private.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>

#include "tl-dial.h"
#include "tl-handles.h"
#include "tl-proxy.h"
#include "tl-resolver.h"
#include "tl-route.h"

/* A look at what is there never waits; this bounds one at a peer that floods. */
#define PROBE_MS 5

static const struct
{
  int     os_error;
  TlCause cause;
} os_errors[] = {
  { ECONNRESET,   TL_CAUSE_RESET },
  { EPIPE,        TL_CAUSE_SERVER_CLOSED },
  { ETIMEDOUT,    TL_CAUSE_NETWORK_LOST },
  { EHOSTUNREACH, TL_CAUSE_NETWORK_LOST },
  { ENETUNREACH,  TL_CAUSE_NETWORK_LOST },
  { ENETDOWN,     TL_CAUSE_NETWORK_LOST },
  { EMFILE,       TL_CAUSE_LOCAL_LIMIT },
  { ENOBUFS,      TL_CAUSE_LOCAL_LIMIT },
  { ENOMEM,       TL_CAUSE_LOCAL_LIMIT },
};

/* --- Dialling ------------------------------------------------------------------ */

/**
 * tl_channel_new_for_socket:
 * @network: the world it is in
 * @socket: a connected stream socket; becomes non-blocking
 *
 * Returns: (transfer full): a channel in the clear
 */
TlChannel *
tl_channel_new_for_socket (TlNetwork *network,
                           GSocket   *socket)
{
  TlChannel *self = g_new0 (TlChannel, 1);
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  self->network = tl_network_ref (network);
  self->socket = g_object_ref (socket);
  g_socket_set_blocking (socket, FALSE);
  if (G_IS_INET_SOCKET_ADDRESS (remote))
    self->address = g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));

  return self;
}

/**
 * tl_channel_dial_sync:
 * @network: the world to connect in
 * @endpoint: where to
 * @addresses: (element-type GInetAddress): the addresses of its host
 * @deadline: the moment by which the connection must stand
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * Connects, through a proxy where the system wants one (tl_channel_get_proxy()
 * says so afterwards).
 *
 * Returns: (transfer full): the channel, in the clear, or %NULL with @out_fault
 *   as of tl_dial_sync() or with %G_IO_ERROR_CANCELLED
 */
TlChannel *
tl_channel_dial_sync (TlNetwork         *network,
                      const TlEndpoint  *endpoint,
                      GPtrArray         *addresses,
                      TlDeadline         deadline,
                      GCancellable      *cancellable,
                      TlFault          **out_fault,
                      GError           **error)
{
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GError) why = NULL;
  g_autoptr(GSocket) socket = NULL;
  g_auto(GStrv) unanswered = NULL;
  TlChannel *self;

  /* Whoever cannot be asked may be the only way. */
  if (!tl_network_is_practice (network) && !tl_handles_have_room (TL_HANDLES_FOR_PROXY))
    {
      *out_fault = tl_handles_describe_end ();
      return NULL;
    }
  uri = tl_proxy_find_sync (network, endpoint, deadline, cancellable, &why);
  if (why != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
  if (uri != NULL)
    return tl_channel_dial_through_sync (network, uri, endpoint, deadline, cancellable, out_fault,
                                         error);

  socket = tl_dial_sync (addresses, tl_endpoint_get_port (endpoint), deadline, cancellable,
                         &unanswered, out_fault, error);
  if (socket == NULL)
    {
      if (*out_fault != NULL)
        tl_resolver_forget (tl_endpoint_get_host (endpoint));
      return NULL;
    }

  self = tl_channel_new_for_socket (network, socket);
  self->unanswered = g_steal_pointer (&unanswered);

  return self;
}

/**
 * tl_channel_dial_through_sync:
 * @network: the world to connect in
 * @proxy: the proxy to connect through, whatever the system says about this port
 * @endpoint: where to
 * @deadline: the moment by which the connection must stand
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there is none
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the channel, in the clear, or %NULL with @out_fault
 *   as of tl_proxy_dial_sync() or with %G_IO_ERROR_CANCELLED
 */
TlChannel *
tl_channel_dial_through_sync (TlNetwork         *network,
                              GUri              *proxy,
                              const TlEndpoint  *endpoint,
                              TlDeadline         deadline,
                              GCancellable      *cancellable,
                              TlFault          **out_fault,
                              GError           **error)
{
  g_autoptr(GSocket) socket = tl_proxy_dial_sync (proxy, network, endpoint, deadline, cancellable,
                                                  out_fault, error);
  TlChannel *self;

  if (socket == NULL)
    return NULL;

  self = tl_channel_new_for_socket (network, socket);
  self->proxy = tl_proxy_describe (proxy);

  return self;
}

void
tl_channel_free (TlChannel *self)
{
  if (self->ssl != NULL)
    {
      /* A close_notify if there is room for it; nobody waits for the other's. */
      tl_channel_begin (self, tl_deadline_in_ms (0), NULL);
      if (SSL_is_init_finished (self->ssl))
        SSL_shutdown (self->ssl);
      g_clear_pointer (&self->fault, tl_fault_unref);
      g_clear_error (&self->error);
      ERR_clear_error ();
    }
  g_clear_pointer (&self->ssl, SSL_free);
  g_clear_pointer (&self->proof, tl_verified_tls_unref);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->unanswered, g_strfreev);
  g_clear_pointer (&self->end, tl_fault_unref);
  g_free (self);
}

/* --- Bytes ------------------------------------------------------------------------ */

/* Notes by when, and by whose leave, the call that follows may wait. */
void
tl_channel_begin (TlChannel    *self,
                  TlDeadline    deadline,
                  GCancellable *cancellable)
{
  self->deadline = deadline;
  self->cancellable = cancellable;
  g_clear_pointer (&self->fault, tl_fault_unref);
  g_clear_error (&self->error);
}

/* When OpenSSL has found fault with the peer, it sends an alert, and a peer that
 * is gone by then makes the socket complain: that is not what went wrong. */
void
tl_channel_prefer_tls (TlChannel *self)
{
  if (ERR_peek_error () != 0)
    g_clear_pointer (&self->fault, tl_fault_unref);
}

/* Hands on what the socket said, or else @fault, which is consumed. */
void
tl_channel_fail (TlChannel  *self,
                 TlFault    *fault,
                 TlFault   **out_fault,
                 GError    **error)
{
  g_autoptr(TlFault) owned = fault;

  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (self->fault != NULL)
    *out_fault = g_steal_pointer (&self->fault);
  else
    *out_fault = g_steal_pointer (&owned);
}

static void
note_os_error (TlChannel *self,
               int        os_error)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  TlCause cause = TL_CAUSE_NETWORK_LOST;

  if (self->error != NULL || self->fault != NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (os_errors); i++)
    {
      if (os_errors[i].os_error == os_error)
        cause = os_errors[i].cause;
    }

  if (strerrorname_np (os_error) != NULL)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_OS_ERROR, "s", strerrorname_np (os_error));
  self->fault = tl_fault_new (cause, g_variant_dict_end (&evidence));
}

/* The kernel says nothing to who only waits when the link goes down: the route
 * to the peer is gone with it. */
static void
note_time_out (TlChannel *self)
{
  g_autoptr(GInetAddress) address = self->address != NULL
                                    ? g_inet_address_new_from_string (self->address) : NULL;
  gboolean is_lost = address != NULL && !tl_network_is_practice (self->network) &&
                     !g_inet_address_get_is_loopback (address) && !tl_route_leads_to (address);

  self->fault = tl_fault_new (is_lost ? TL_CAUSE_NETWORK_LOST : TL_CAUSE_TIMEOUT, NULL);
}

/* What ended the call first is what is told, whatever OpenSSL tries after. */
static gboolean
may_go_on (TlChannel *self)
{
  if (self->error != NULL || self->fault != NULL)
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (self->cancellable, &self->error))
    return FALSE;

  if (tl_deadline_is_past (self->deadline))
    {
      /* A look that was long enough found nothing, which is no fault. */
      if (!self->probing)
        note_time_out (self);
      return FALSE;
    }

  return TRUE;
}

static gboolean
wait_for (TlChannel    *self,
          GIOCondition  condition)
{
  g_autoptr(GError) error = NULL;

  if (!may_go_on (self))
    return FALSE;
  if (self->cancellable != NULL && !tl_handles_have_room (TL_HANDLES_FOR_WAIT))
    {
      note_os_error (self, EMFILE);
      return FALSE;
    }
  if (g_socket_condition_timed_wait (self->socket, condition,
                                     tl_deadline_get_left_us (self->deadline),
                                     self->cancellable, &error))
    return TRUE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    self->error = g_steal_pointer (&error);
  else
    note_time_out (self);

  return FALSE;
}

/* Returns bytes read, 0 at the end of the stream, or -1 with self->fault or
 * self->error set. */
gssize
tl_channel_receive (TlChannel *self,
                    void      *buffer,
                    gsize      len)
{
  int fd = g_socket_get_fd (self->socket);

  /* OpenSSL comes back for more as long as there are records without data, and
   * a peer that never stops sending them never makes anyone wait. */
  if (!may_go_on (self))
    return -1;

  for (;;)
    {
      ssize_t n = recv (fd, buffer, len, 0);

      if (n >= 0)
        {
          if (self->tapping && self->tap_len < TL_CHANNEL_TAP_BYTES)
            {
              gsize kept = MIN ((gsize) n, TL_CHANNEL_TAP_BYTES - self->tap_len);

              memcpy (self->tap + self->tap_len, buffer, kept);
              self->tap_len += kept;
            }
          self->bytes_in += (guint) n;
          return n;
        }
      if (errno == EINTR)
        continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK)
        {
          note_os_error (self, errno);
          return -1;
        }

      if (self->probing)
        return -1;

      /* Some servers send a ticket and their greeting apart, and wait for the
       * ACK between: do not let it be delayed by 40 ms. */
      setsockopt (fd, IPPROTO_TCP, TCP_QUICKACK, &(int) { 1 }, sizeof (int));
      if (!wait_for (self, G_IO_IN))
        return -1;
    }
}

/* Returns bytes written, or -1 with self->fault or self->error set. */
gssize
tl_channel_send (TlChannel  *self,
                 const void *bytes,
                 gsize       len)
{
  for (;;)
    {
      ssize_t n = send (g_socket_get_fd (self->socket), bytes, len, MSG_NOSIGNAL);

      if (n >= 0)
        return n;
      if (errno == EINTR)
        continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK)
        {
          note_os_error (self, errno);
          return -1;
        }
      if (!wait_for (self, G_IO_OUT))
        return -1;
    }
}

/**
 * tl_channel_read_sync:
 * @self: a channel
 * @buffer: where to put what comes
 * @len: how much fits
 * @deadline: the moment by which something must have come
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why nothing came
 * @error: return location for a #GError
 *
 * Reads what is there, or waits for something.
 *
 * Returns: bytes read, 1 to @len; or -1 with @out_fault (`server-closed`,
 *   `truncated` when TLS was cut without a close_notify (RFC 8446 §6.1),
 *   `reset`, `network-lost`, `timeout`, `client-cert-required`, `protocol`)
 *   or with %G_IO_ERROR_CANCELLED
 */
gssize
tl_channel_read_sync (TlChannel     *self,
                      void          *buffer,
                      gsize          len,
                      TlDeadline     deadline,
                      GCancellable  *cancellable,
                      TlFault      **out_fault,
                      GError       **error)
{
  gssize n;

  g_return_val_if_fail (len > 0 && len <= G_MAXINT, -1);

  if (self->end != NULL)
    {
      *out_fault = tl_fault_ref (self->end);
      return -1;
    }
  tl_channel_begin (self, deadline, cancellable);
  if (self->ssl == NULL)
    {
      n = tl_channel_receive (self, buffer, len);
      if (n > 0)
        return n;
      tl_channel_fail (self, tl_fault_new (TL_CAUSE_SERVER_CLOSED, NULL), out_fault, error);
      return -1;
    }

  ERR_clear_error ();
  n = SSL_read (self->ssl, buffer, (int) len);
  if (n > 0)
    {
      self->n_idle_records = 0;
      return n;
    }
  tl_channel_prefer_tls (self);
  if (SSL_get_error (self->ssl, (int) n) == SSL_ERROR_ZERO_RETURN)
    tl_channel_fail (self, tl_fault_new (TL_CAUSE_SERVER_CLOSED, NULL), out_fault, error);
  else
    tl_channel_fail (self, tl_channel_describe (self, "reading"), out_fault, error);

  return -1;
}

/* Looks whether there is data to read. What ended the connection instead is told
 * once, by the socket as by OpenSSL: it is kept for the calls that come after. */
static gboolean
look (TlChannel *self)
{
  char byte;
  ssize_t n;

  if (self->ssl == NULL)
    {
      n = recv (g_socket_get_fd (self->socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
      if (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
        {
          note_os_error (self, errno);
          self->end = g_steal_pointer (&self->fault);
        }
      return n > 0;
    }

  /* Bytes on the socket may be a session ticket, which nobody has to answer:
   * only what comes out of TLS counts. */
  self->probing = TRUE;
  ERR_clear_error ();
  n = SSL_peek (self->ssl, &byte, 1);
  self->probing = FALSE;
  if (n <= 0)
    {
      int status = SSL_get_error (self->ssl, (int) n);

      tl_channel_prefer_tls (self);
      if (self->fault != NULL)
        self->end = g_steal_pointer (&self->fault);
      else if (status == SSL_ERROR_SSL || status == SSL_ERROR_SYSCALL)
        self->end = tl_channel_describe (self, "reading");
    }
  ERR_clear_error ();

  return n > 0;
}

/* Writing has failed with @fault, which is consumed. Who hangs up may have said
 * why under TLS before: an alert says more than that nobody is there. */
static TlFault *
prefer_last_words (TlChannel *self,
                   TlFault   *fault)
{
  g_autoptr(TlFault) owned = fault;
  TlCause cause = tl_fault_get_cause (fault);

  if (self->ssl == NULL || (cause != TL_CAUSE_RESET && cause != TL_CAUSE_SERVER_CLOSED))
    return g_steal_pointer (&owned);

  tl_channel_begin (self, tl_deadline_in_ms (PROBE_MS), NULL);
  if (look (self) || self->end == NULL || tl_fault_get_cause (self->end) == TL_CAUSE_TRUNCATED)
    return g_steal_pointer (&owned);

  return tl_fault_ref (self->end);
}

/**
 * tl_channel_write_sync:
 * @self: a channel
 * @bytes: what to write
 * @len: how much
 * @deadline: the moment by which all of it must be on its way
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Writes all of it. Not for secrets: those ask for a proof.
 *
 * Returns: whether all of it was written; %FALSE with @out_fault or with
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
tl_channel_write_sync (TlChannel     *self,
                       const void    *bytes,
                       gsize          len,
                       TlDeadline     deadline,
                       GCancellable  *cancellable,
                       TlFault      **out_fault,
                       GError       **error)
{
  const char *at = bytes;

  g_return_val_if_fail (len <= G_MAXINT, FALSE);

  if (self->end != NULL)
    {
      *out_fault = tl_fault_ref (self->end);
      return FALSE;
    }
  tl_channel_begin (self, deadline, cancellable);
  while (len > 0)
    {
      gssize n;

      ERR_clear_error ();
      n = self->ssl != NULL ? SSL_write (self->ssl, at, (int) len)
                            : tl_channel_send (self, at, len);
      if (n <= 0)
        {
          if (self->ssl != NULL)
            tl_channel_prefer_tls (self);
          tl_channel_fail (self, self->ssl != NULL ? tl_channel_describe (self, "writing") : NULL,
                           out_fault, error);
          if (*out_fault != NULL)
            *out_fault = prefer_last_words (self, *out_fault);
          return FALSE;
        }
      at += n;
      len -= (gsize) n;
    }

  return TRUE;
}

/**
 * tl_channel_write_secret_sync:
 * @self: a channel
 * @proof: that this connection is under verified TLS
 * @bytes: what to write
 * @deadline: the moment by which all of it must be on its way
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why it is not
 * @error: return location for a #GError
 *
 * Writes what holds a secret; OpenSSL encrypts its own copy in place.
 *
 * Returns: as tl_channel_write_sync()
 */
gboolean
tl_channel_write_secret_sync (TlChannel            *self,
                              const TlVerifiedTls  *proof,
                              const TlSecret       *bytes,
                              TlDeadline            deadline,
                              GCancellable         *cancellable,
                              TlFault             **out_fault,
                              GError              **error)
{
  const char *at;
  gsize len;

  /* A proof of another connection, or none, is a mistake of ours that must not
   * cost a password: abort rather than warn. */
  g_assert (proof != NULL && tl_channel_owns (self, proof));

  at = tl_secret_peek (bytes, &len);

  return tl_channel_write_sync (self, at, len, deadline, cancellable, out_fault, error);
}

/**
 * tl_channel_has_pending:
 * @self: a channel
 *
 * Looks without waiting. Where it finds that the connection is over, the next
 * read, write or handshake says why.
 *
 * Returns: whether the peer has sent something that was not read yet
 */
gboolean
tl_channel_has_pending (TlChannel *self)
{
  if (self->end != NULL)
    return FALSE;

  tl_channel_begin (self, tl_deadline_in_ms (PROBE_MS), NULL);

  return look (self);
}

/**
 * tl_channel_get_address:
 * @self: a channel
 *
 * Returns: (transfer none): the IP address spoken to; that of the proxy, where
 *   there is one
 */
const char *
tl_channel_get_address (const TlChannel *self)
{
  return self->address;
}

/**
 * tl_channel_get_proxy:
 * @self: a channel
 *
 * Returns: (transfer none) (nullable): `scheme://host:port` of the proxy, or %NULL
 */
const char *
tl_channel_get_proxy (const TlChannel *self)
{
  return self->proxy;
}

/**
 * tl_channel_get_unanswered:
 * @self: a channel
 *
 * Returns: (transfer none) (array zero-terminated=1): the IP addresses that
 *   were tried before the one that is spoken to, and had not answered when it
 *   did: they failed, or were still silent
 */
const char * const *
tl_channel_get_unanswered (const TlChannel *self)
{
  static const char * const none[] = { NULL };

  return self->unanswered != NULL ? (const char * const *) self->unanswered : none;
}

/**
 * tl_channel_owns:
 * @self: a channel
 * @proof: a proof
 *
 * Returns: whether @proof is about this very connection
 */
gboolean
tl_channel_owns (const TlChannel     *self,
                 const TlVerifiedTls *proof)
{
  return self->proof != NULL && self->proof == proof;
}
