/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-network-private.h"

#include <openssl/crypto.h>
#include <openssl/pem.h>

#include "tl-error.h"

/* What may be asked for, as TlTlsInfo names it; the first is what always is. */
static const struct
{
  const char *name;
  int         version;
} min_versions[] = {
  { "TLSv1.2", TLS1_2_VERSION },
  { "TLSv1.3", TLS1_3_VERSION },
};

struct _TlNetwork
{
  gboolean  practice;
  gsize     min;      /* of min_versions */
  SSL_CTX  *ssl_ctx;
};

G_DEFINE_BOXED_TYPE (TlNetwork, tl_network, tl_network_ref, tl_network_unref)

/* The groups that a key is agreed on in. Those of RFC 7919 are not among them:
 * in the larger ones, one exchange costs some hundred milliseconds of CPU. */
#define GROUPS "X25519:P-256:X448:P-521:P-384"

/* To look, a Diffie-Hellman group may be small but not so large that a server
 * keeps us busy: OpenSSL takes up to 10000 bits, for more than a second of CPU. */
#define MAX_PROBE_DH_BITS 4096

/* What every connection asks for, whatever the distribution's configuration
 * says: TLS 1.2 at least (RFC 8997, RFC 9325 §3.1.1), keys and digests of
 * security level 2 (RFC 9325 §4), no compression, no renegotiation, and no
 * resumption: a resumed session has no chain to show. No Diffie-Hellman over
 * groups of the server's own choice either: nobody could check them (RFC 7919
 * §1), and web browsers and mail programs have done without for years. What has been read is not
 * left in OpenSSL's buffers: it may be a token. */
static SSL_CTX *
make_ssl_ctx (void)
{
  SSL_CTX *ctx = SSL_CTX_new (TLS_client_method ());

  if (ctx == NULL)
    g_error ("OpenSSL could not be set up");

  SSL_CTX_set_min_proto_version (ctx, min_versions[0].version);
  SSL_CTX_set_cipher_list (ctx, "DEFAULT:!kDHE");
  SSL_CTX_set1_groups_list (ctx, GROUPS);
  SSL_CTX_set_security_level (ctx, 2);
  SSL_CTX_set_options (ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                            SSL_OP_CLEANSE_PLAINTEXT);
  SSL_CTX_set_session_cache_mode (ctx, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify (ctx, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_mode (ctx, SSL_MODE_AUTO_RETRY);

  return ctx;
}

static SSL_CTX *
get_system_ssl_ctx (void)
{
  static gsize once;
  static SSL_CTX *ctx;

  /* Reading some 140 authorities costs tens of milliseconds: once a process. */
  if (g_once_init_enter (&once))
    {
      /* A probe that nobody waits for any more may be in the middle of a
       * handshake when the program ends: do not pull OpenSSL from under it. */
      OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
      ctx = make_ssl_ctx ();
      if (SSL_CTX_set_default_verify_paths (ctx) != 1)
        g_debug ("the system's certificate authorities could not be loaded");
      g_once_init_leave (&once, 1);
    }

  return ctx;
}

/* What OpenSSL's own judge is asked besides. */
static int
judge_strength (const SSL     *ssl,
                const SSL_CTX *ctx,
                int            what,
                int            bits,
                int            id,
                void          *subject,
                void          *default_judge)
{
  int (*judge) (const SSL *, const SSL_CTX *, int, int, int, void *, void *) = default_judge;

  if (what == SSL_SECOP_TMP_DH && EVP_PKEY_get_bits (subject) > MAX_PROBE_DH_BITS)
    return 0;

  return judge (ssl, ctx, what, bits, id, subject, NULL);
}

/* To look, not to trust: whatever a server of the last twenty years may speak.
 * It knows no authority, so that every handshake ends at the certificate. */
static SSL_CTX *
make_probe_ssl_ctx (void)
{
  SSL_CTX *ctx = make_ssl_ctx ();

  SSL_CTX_set_min_proto_version (ctx, TLS1_VERSION);
  SSL_CTX_set_security_level (ctx, 0);
  SSL_CTX_set_cipher_list (ctx, "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
  SSL_CTX_set_options (ctx, SSL_OP_LEGACY_SERVER_CONNECT);
  SSL_CTX_set0_security_ex_data (ctx, SSL_CTX_get_security_callback (ctx));
  SSL_CTX_set_security_callback (ctx, judge_strength);

  return ctx;
}

static TlNetwork *
network_new (gboolean  practice,
             SSL_CTX  *ssl_ctx)
{
  TlNetwork *self = g_atomic_rc_box_new0 (TlNetwork);

  self->practice = practice;
  self->ssl_ctx = ssl_ctx;

  return self;
}

/**
 * tl_network_new_system:
 *
 * Returns: (transfer full): the real network, with the system's resolvers,
 *   proxies and certificate authorities
 */
TlNetwork *
tl_network_new_system (void)
{
  SSL_CTX *ctx = get_system_ssl_ctx ();

  SSL_CTX_up_ref (ctx);

  return network_new (FALSE, ctx);
}

/**
 * tl_network_new_practice:
 * @ca_pem: the practice mailbox's certificate authority, in PEM
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the practice network, or %NULL with
 *   %TL_ERROR_INVALID_INPUT when @ca_pem is no certificate
 */
TlNetwork *
tl_network_new_practice (const char  *ca_pem,
                         GError     **error)
{
  BIO *bio = BIO_new_mem_buf (ca_pem, -1);
  X509 *ca = PEM_read_bio_X509 (bio, NULL, NULL, NULL);
  SSL_CTX *ctx;

  BIO_free (bio);
  if (ca == NULL)
    {
      g_set_error_literal (error, TL_ERROR, TL_ERROR_INVALID_INPUT,
                           "the practice certificate authority is not a certificate");
      return NULL;
    }

  ctx = make_ssl_ctx ();
  X509_STORE_add_cert (SSL_CTX_get_cert_store (ctx), ca);
  X509_free (ca);

  return network_new (TRUE, ctx);
}

/**
 * tl_network_with_min_tls:
 * @self: a network
 * @version: `TLSv1.2` or `TLSv1.3`
 *
 * Returns: (transfer full): the same, where no peer is verified that speaks
 *   nothing as new as @version
 */
TlNetwork *
tl_network_with_min_tls (TlNetwork  *self,
                         const char *version)
{
  TlNetwork *strict = network_new (self->practice, self->ssl_ctx);

  SSL_CTX_up_ref (self->ssl_ctx);
  /* A word that is not known asks for the most there is. */
  strict->min = G_N_ELEMENTS (min_versions) - 1;
  for (gsize i = 0; i < G_N_ELEMENTS (min_versions); i++)
    {
      if (g_str_equal (min_versions[i].name, version))
        strict->min = i;
    }
  strict->min = MAX (strict->min, self->min);

  return strict;
}

TlNetwork *
tl_network_ref (TlNetwork *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
tl_network_clear (gpointer data)
{
  TlNetwork *self = data;

  g_clear_pointer (&self->ssl_ctx, SSL_CTX_free);
}

void
tl_network_unref (TlNetwork *self)
{
  g_atomic_rc_box_release_full (self, tl_network_clear);
}

gboolean
tl_network_is_practice (const TlNetwork *self)
{
  return self->practice;
}

/**
 * tl_network_get_min_tls:
 * @self: a network
 *
 * Returns: (transfer none): the oldest TLS that a peer is verified with, as
 *   #TlTlsInfo names it: `TLSv1.2` or `TLSv1.3`
 */
const char *
tl_network_get_min_tls (const TlNetwork *self)
{
  return min_versions[self->min].name;
}

int
tl_network_get_min_version (const TlNetwork *self)
{
  return min_versions[self->min].version;
}

SSL_CTX *
tl_network_get_ssl_ctx (const TlNetwork *self)
{
  return self->ssl_ctx;
}

/**
 * tl_network_get_probe_ssl_ctx:
 * @self: a network
 *
 * It is the same in every world, since it trusts and proves nothing.
 *
 * Returns: (transfer none): what tl_channel_probe_tls_sync() looks at servers with
 */
SSL_CTX *
tl_network_get_probe_ssl_ctx (const TlNetwork *self)
{
  static gsize once;
  static SSL_CTX *ctx;

  if (g_once_init_enter (&once))
    {
      ctx = make_probe_ssl_ctx ();
      g_once_init_leave (&once, 1);
    }

  return ctx;
}

/**
 * tl_network_is_practice_host:
 * @host: a canonical host name
 *
 * Returns: whether it is under `practice.invalid` (RFC 6761 §6.4: never in DNS)
 */
gboolean
tl_network_is_practice_host (const char *host)
{
  return g_str_has_suffix (host, "." TL_NETWORK_PRACTICE_DOMAIN);
}
