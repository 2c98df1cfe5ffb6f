/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sign-in can be tied to a TLS connection with: channel bindings. */
#include "tl-channel-private.h"

#include <openssl/err.h>

#define EXPORTER_LABEL "EXPORTER-Channel-Binding"
#define EXPORTER_BYTES 32

/* RFC 9266 §2 and §4.2: before TLS 1.3, only with the extended master secret. */
static GBytes *
export_key (SSL *ssl)
{
  guchar key[EXPORTER_BYTES];

  if (SSL_version (ssl) < TLS1_3_VERSION && SSL_get_extms_support (ssl) != 1)
    return NULL;
  if (SSL_export_keying_material (ssl, key, sizeof key, EXPORTER_LABEL, strlen (EXPORTER_LABEL),
                                  (const guchar *) "", 0, 1) != 1)
    {
      ERR_clear_error ();
      return NULL;
    }

  return g_bytes_new (key, sizeof key);
}

/* RFC 5929 §4.1: the digest that the certificate's signature was made with, or
 * SHA-256 in place of one that is too old; none where there is not just one. */
static GBytes *
digest_certificate (X509 *certificate)
{
  guchar bytes[EVP_MAX_MD_SIZE];
  guint len = 0;
  int nid = NID_undef;
  const EVP_MD *digest;

  if (X509_get_signature_info (certificate, &nid, NULL, NULL, NULL) != 1 || nid == NID_undef)
    return NULL;
  digest = nid == NID_md5 || nid == NID_sha1 ? EVP_sha256 () : EVP_get_digestbynid (nid);
  if (digest == NULL || X509_digest (certificate, digest, bytes, &len) != 1)
    return NULL;

  return g_bytes_new (bytes, len);
}

/**
 * tl_channel_dup_binding:
 * @self: a channel
 * @binding: which binding
 *
 * Returns: (transfer full) (nullable): its bytes; %NULL without a peer that was
 *   verified, and where this connection or this certificate has none
 */
GBytes *
tl_channel_dup_binding (TlChannel    *self,
                        TlTlsBinding  binding)
{
  if (self->proof == NULL)
    return NULL;

  return binding == TL_TLS_BINDING_EXPORTER
    ? export_key (self->ssl)
    : digest_certificate (SSL_get0_peer_certificate (self->ssl));
}
