/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The TLS half of a channel: one handshake that verifies, or a probe that only looks. */
#include "tl-handshake-fault.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "tl-certificate.h"
#include "tl-network-private.h"
#include "tl-resolver.h"
#include "tl-staple.h"
#include "tl-verified-tls-private.h"

/* Records that may come before one that carries data. A handshake takes some
 * ten, and a chain of the most that OpenSSL takes, in small ones, some 200. */
#define MAX_IDLE_RECORDS 256

/* --- The socket under OpenSSL ---------------------------------------------------- */

static int
bio_read (BIO  *bio,
          char *buffer,
          int   len)
{
  TlChannel *channel = BIO_get_data (bio);
  gssize n = tl_channel_receive (channel, buffer, (gsize) len);

  BIO_clear_retry_flags (bio);
  if (n < 0 && channel->probing && channel->fault == NULL && channel->error == NULL)
    BIO_set_retry_read (bio);

  return (int) n;
}

static int
bio_write (BIO        *bio,
           const char *bytes,
           int         len)
{
  return (int) tl_channel_send (BIO_get_data (bio), bytes, (gsize) len);
}

static long
bio_ctrl (BIO  *bio,
          int   command,
          long  number,
          void *pointer)
{
  return command == BIO_CTRL_FLUSH;
}

static BIO *
bio_new_for_channel (TlChannel *channel)
{
  static gsize once;
  static BIO_METHOD *method;
  BIO *bio;

  if (g_once_init_enter (&once))
    {
      method = BIO_meth_new (BIO_get_new_index () | BIO_TYPE_SOURCE_SINK, "twolane channel");
      BIO_meth_set_read (method, bio_read);
      BIO_meth_set_write (method, bio_write);
      BIO_meth_set_ctrl (method, bio_ctrl);
      g_once_init_leave (&once, 1);
    }

  bio = BIO_new (method);
  BIO_set_data (bio, channel);
  BIO_set_init (bio, 1);

  return bio;
}

/* --- The handshake ---------------------------------------------------------------------- */

static TlTlsInfo *
describe_session (SSL *ssl)
{
  return tl_certificate_describe_session (tl_certificate_get_peer (ssl), SSL_get_version (ssl),
                                          SSL_CIPHER_standard_name (SSL_get_current_cipher (ssl)));
}

/* Called when the server asks for a certificate of ours; we have none. */
static int
on_certificate_asked (SSL  *ssl,
                      void *data)
{
  gboolean *asked = data;

  *asked = TRUE;

  return 1;
}

/* RFC 6066 §3: names are told to the server, without the dot of the root, and
 * addresses are not. */
static gboolean
tell_name (SSL        *ssl,
           const char *name)
{
  return g_hostname_is_ip_address (name) || SSL_set_tlsext_host_name (ssl, name) == 1;
}

static char *
strip_dot (const char *host)
{
  g_return_val_if_fail (host != NULL, g_strdup (""));

  return g_strndup (host, strlen (host) - (g_str_has_suffix (host, ".") ? 1 : 0));
}

/* The name to be found in the certificate, RFC 9525 §6: the host that was
 * asked for, in subjectAltName only, a wildcard for the left-most label whole.
 * An empty name would switch OpenSSL's check off. */
static gboolean
expect_name (SSL        *ssl,
             const char *name)
{
  X509_VERIFY_PARAM *param = SSL_get0_param (ssl);

  if (*name == '\0')
    return FALSE;

  X509_VERIFY_PARAM_set_hostflags (param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                          X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (g_hostname_is_ip_address (name))
    return X509_VERIFY_PARAM_set1_ip_asc (param, name) == 1;

  return X509_VERIFY_PARAM_set1_host (param, name, 0) == 1;
}

/* The practice authority vouches for loopback alone. */
static gboolean
may_be_trusted (TlChannel  *self,
                const char *host)
{
  g_autoptr(GInetAddress) address = NULL;

  if (!tl_network_is_practice (self->network))
    return TRUE;

  address = self->address == NULL ? NULL : g_inet_address_new_from_string (self->address);

  return address != NULL && g_inet_address_get_is_loopback (address) &&
         tl_network_is_practice_host (host);
}

/* Called for every message and record, either way. */
static void
on_message_seen (int         is_sent,
                 int         version,
                 int         content_type,
                 const void *bytes,
                 size_t      len,
                 SSL        *ssl,
                 void       *data)
{
  TlChannel *channel = data;

  if (is_sent || content_type != SSL3_RT_HEADER || ++channel->n_idle_records <= MAX_IDLE_RECORDS)
    return;

  /* OpenSSL comes back for what it has not got yet, and is told then. */
  if (channel->fault == NULL && channel->error == NULL)
    channel->fault = tl_fault_new_detail (TL_CAUSE_PROTOCOL,
                                          "%u records have come, and no data in them",
                                          channel->n_idle_records);
}

static SSL *
new_session (TlChannel *self,
             SSL_CTX   *ctx)
{
  SSL *ssl = SSL_new (ctx);
  BIO *bio = bio_new_for_channel (self);

  SSL_set_bio (ssl, bio, bio);
  SSL_set_msg_callback (ssl, on_message_seen);
  SSL_set_msg_callback_arg (ssl, self);

  return ssl;
}

static gboolean
try_connect (TlChannel *self,
             SSL       *ssl,
             gboolean  *out_certificate_asked)
{
  gboolean is_through;

  SSL_set_cert_cb (ssl, on_certificate_asked, out_certificate_asked);
  self->tapping = TRUE;
  ERR_clear_error ();
  is_through = SSL_connect (ssl) == 1;
  self->tapping = FALSE;
  SSL_set_cert_cb (ssl, NULL, NULL);
  if (is_through)
    self->n_idle_records = 0;
  else
    tl_channel_prefer_tls (self);

  return is_through;
}

/* What the socket says counts, but with how far the handshake had come: bytes in
 * and then silence is what a path that eats large packets does. */
static TlFault *
place_fault (TlChannel     *self,
             const TlFault *bare,
             const char    *host)
{
  GVariantDict evidence;

  g_variant_dict_init (&evidence, NULL);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  g_variant_dict_insert (&evidence, TL_EVIDENCE_BYTES, "u", (guint32) self->bytes_in);

  return tl_fault_with (bare, g_variant_dict_end (&evidence));
}

/* Why try_connect() has failed. */
static void
tell_failure (TlChannel   *self,
              SSL         *ssl,
              const char  *host,
              gboolean     certificate_asked,
              TlFault    **out_fault,
              GError     **error)
{
  g_autoptr(TlFault) bare = g_steal_pointer (&self->fault);
  TlFault *fault = NULL;

  if (self->error == NULL)
    tl_resolver_forget (host);
  if (bare != NULL)
    fault = place_fault (self, bare, host);
  else if (self->error == NULL)
    fault = tl_handshake_fault_describe (self, ssl, host, certificate_asked);
  tl_channel_fail (self, fault, out_fault, error);
}

/* That a certificate is not to be trusted ends the handshake of a probe, and by
 * then it has seen what it came for. */
static gboolean
has_seen_certificate (TlChannel *self,
                      SSL       *ssl)
{
  return self->error == NULL && self->fault == NULL &&
         SSL_get_verify_result (ssl) != X509_V_OK && tl_certificate_get_peer (ssl) != NULL;
}

/**
 * tl_channel_handshake_sync:
 * @self: a channel in the clear, with nothing left unread
 * @host: the name to be found in the certificate: a canonical host name or address literal
 * @deadline: the moment by which the handshake must be through
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): what is wrong with the peer
 * @error: return location for a #GError
 *
 * Puts the channel under TLS, 1.2 or 1.3 unless the network asks for more, and
 * verifies chain and name. There is no way to go on with a peer that was not
 * verified.
 *
 * Fails with one cause for each kind of bad certificate, with `plaintext-peer`
 * (and the first bytes) when what came was not TLS, `version` when the server
 * is too old (and what is wanted), and with what the socket says. The channel is of no further use
 * after that.
 *
 * Returns: (transfer full): the proof, or %NULL with @out_fault or with
 *   %G_IO_ERROR_CANCELLED
 */
TlVerifiedTls *
tl_channel_handshake_sync (TlChannel     *self,
                           const char    *host,
                           TlDeadline     deadline,
                           GCancellable  *cancellable,
                           TlFault      **out_fault,
                           GError       **error)
{
  g_autofree char *name = strip_dot (host);
  gboolean certificate_asked = FALSE;
  g_autoptr(TlTlsInfo) info = NULL;

  g_return_val_if_fail (self->ssl == NULL, NULL);

  if (!may_be_trusted (self, name))
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_UNTRUSTED_ROOT,
                                        "the practice authority counts on this computer alone");
      return NULL;
    }
  tl_channel_begin (self, deadline, cancellable);
  if (self->end != NULL)
    {
      *out_fault = place_fault (self, self->end, host);
      return NULL;
    }

  self->ssl = new_session (self, tl_network_get_ssl_ctx (self->network));
  SSL_set_min_proto_version (self->ssl, tl_network_get_min_version (self->network));
  /* Whoever has news about the certificate may staple it (RFC 6066 §8). */
  SSL_set_tlsext_status_type (self->ssl, TLSEXT_STATUSTYPE_ocsp);
  if (!expect_name (self->ssl, name) || !tell_name (self->ssl, name))
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_HOSTNAME, "there is no name to look for");
      return NULL;
    }
  if (!try_connect (self, self->ssl, &certificate_asked))
    {
      tell_failure (self, self->ssl, host, certificate_asked, out_fault, error);
      return NULL;
    }

  /* Belt and braces: what OpenSSL let through must have been checked. */
  if (SSL_get_verify_result (self->ssl) != X509_V_OK ||
      SSL_get0_peer_certificate (self->ssl) == NULL)
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_CHAIN_INVALID, "the peer was not verified");
      return NULL;
    }
  if (tl_staple_says_revoked (self->ssl))
    {
      g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);

      g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
      tl_certificate_insert (SSL_get0_peer_certificate (self->ssl), &evidence);
      *out_fault = tl_fault_new (TL_CAUSE_REVOKED, g_variant_dict_end (&evidence));
      return NULL;
    }

  info = describe_session (self->ssl);
  self->proof = tl_verified_tls_new (info);

  return tl_verified_tls_ref (self->proof);
}

/**
 * tl_channel_probe_tls_sync:
 * @self: a channel in the clear, with nothing left unread
 * @host: the name that the server is told
 * @deadline: the moment by which the handshake must be through
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): why there was no handshake
 * @error: return location for a #GError
 *
 * Looks at what a server is: any version from TLS 1.0 on, any cipher and any
 * certificate will do. Nothing is proven by it: the handshake goes no further
 * than the certificate, and the connection is closed before this returns, so
 * that there is nothing left to read from or write to.
 *
 * Returns: (transfer full): what the server is, or %NULL with @out_fault as of
 *   tl_channel_handshake_sync() or with %G_IO_ERROR_CANCELLED
 */
TlTlsInfo *
tl_channel_probe_tls_sync (TlChannel     *self,
                           const char    *host,
                           TlDeadline     deadline,
                           GCancellable  *cancellable,
                           TlFault      **out_fault,
                           GError       **error)
{
  g_autofree char *name = strip_dot (host);
  gboolean certificate_asked = FALSE;
  TlTlsInfo *info = NULL;
  SSL *ssl;

  g_return_val_if_fail (self->ssl == NULL, NULL);

  tl_channel_begin (self, deadline, cancellable);
  if (self->end != NULL)
    {
      *out_fault = place_fault (self, self->end, host);
      return NULL;
    }

  /* The session never becomes the channel's: nothing can go through it. */
  ssl = new_session (self, tl_network_get_probe_ssl_ctx (self->network));
  if (!tell_name (ssl, name))
    *out_fault = tl_fault_new_detail (TL_CAUSE_HOSTNAME, "there is no name to ask for");
  else if (try_connect (self, ssl, &certificate_asked) || has_seen_certificate (self, ssl))
    info = describe_session (ssl);
  else
    tell_failure (self, ssl, host, certificate_asked, out_fault, error);
  SSL_free (ssl);
  ERR_clear_error ();
  self->end = tl_fault_new_detail (TL_CAUSE_SERVER_CLOSED,
                                   "the connection was used up by a probe");
  g_socket_close (self->socket, NULL);

  return info;
}

/**
 * tl_channel_dup_chain:
 * @self: a channel
 *
 * Returns: (transfer full) (nullable) (element-type GBytes): the chain that was
 *   verified, in DER, the server's own certificate first; %NULL without TLS
 */
GPtrArray *
tl_channel_dup_chain (const TlChannel *self)
{
  STACK_OF (X509) *verified = self->proof != NULL ? SSL_get0_verified_chain (self->ssl) : NULL;
  GPtrArray *chain;

  if (verified == NULL)
    return NULL;

  chain = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (int i = 0; i < sk_X509_num (verified); i++)
    {
      guchar *der = NULL;
      int len = i2d_X509 (sk_X509_value (verified, i), &der);

      if (len > 0)
        g_ptr_array_add (chain, g_bytes_new (der, (gsize) len));
      OPENSSL_free (der);
    }

  return chain;
}
