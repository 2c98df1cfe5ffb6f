/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The TLS half of a channel: one handshake, and what may go wrong in it, by name. */
#include "tl-channel-private.h"

#include <string.h>
#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "tl-network-private.h"
#include "tl-text.h"
#include "tl-verified-tls-private.h"

#define MAX_NAMES 20

static const struct
{
  int     code;
  TlCause cause;
} verify_codes[] = {
  { X509_V_ERR_CERT_HAS_EXPIRED,              TL_CAUSE_EXPIRED },
  { X509_V_ERR_CERT_NOT_YET_VALID,            TL_CAUSE_NOT_YET_VALID },
  { X509_V_ERR_HOSTNAME_MISMATCH,             TL_CAUSE_HOSTNAME },
  { X509_V_ERR_IP_ADDRESS_MISMATCH,           TL_CAUSE_HOSTNAME },
  { X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,   TL_CAUSE_SELF_SIGNED },
  { X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,     TL_CAUSE_UNTRUSTED_ROOT },
  { X509_V_ERR_CERT_UNTRUSTED,                TL_CAUSE_UNTRUSTED_ROOT },
  { X509_V_ERR_CERT_REJECTED,                 TL_CAUSE_UNTRUSTED_ROOT },
  { X509_V_ERR_INVALID_PURPOSE,               TL_CAUSE_PURPOSE },
  { X509_V_ERR_CERT_REVOKED,                  TL_CAUSE_REVOKED },
  { X509_V_ERR_EE_KEY_TOO_SMALL,              TL_CAUSE_WEAK },
  { X509_V_ERR_CA_KEY_TOO_SMALL,              TL_CAUSE_WEAK },
  { X509_V_ERR_CA_MD_TOO_WEAK,                TL_CAUSE_WEAK },
};

/* Reasons of OpenSSL's own, and alerts of the peer (1000 + RFC 8446 §6). */
static const struct
{
  int     reason;
  TlCause cause;
} reasons[] = {
  { SSL_R_UNSUPPORTED_PROTOCOL,                TL_CAUSE_VERSION },
  { SSL_R_TLSV1_ALERT_PROTOCOL_VERSION,        TL_CAUSE_VERSION },
  { SSL_R_VERSION_TOO_LOW,                     TL_CAUSE_VERSION },
  { SSL_R_DH_KEY_TOO_SMALL,                    TL_CAUSE_WEAK },
  { SSL_R_EE_KEY_TOO_SMALL,                    TL_CAUSE_WEAK },
  { SSL_R_CA_KEY_TOO_SMALL,                    TL_CAUSE_WEAK },
  { SSL_R_CA_MD_TOO_WEAK,                      TL_CAUSE_WEAK },
  { SSL_R_EXCESSIVE_MESSAGE_SIZE,              TL_CAUSE_OVERSIZED },
  { SSL_R_UNEXPECTED_EOF_WHILE_READING,        TL_CAUSE_TRUNCATED },
  { SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED,   TL_CAUSE_CLIENT_CERT_REQUIRED },
};

/* --- The socket under OpenSSL ---------------------------------------------------- */

static int
bio_read (BIO  *bio,
          char *buffer,
          int   len)
{
  TlChannel *channel = BIO_get_data (bio);
  gssize n = tl_channel_receive (channel, buffer, (gsize) len);

  BIO_clear_retry_flags (bio);
  if (n < 0 && channel->probing)
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

/* --- What the certificate says --------------------------------------------------- */

static char *
describe_time (const ASN1_TIME *at,
               gint64          *out_s)
{
  struct tm broken;
  g_autoptr(GDateTime) moment = NULL;

  if (ASN1_TIME_to_tm (at, &broken) != 1)
    return NULL;
  moment = g_date_time_new_utc (broken.tm_year + 1900, broken.tm_mon + 1, broken.tm_mday,
                                broken.tm_hour, broken.tm_min, broken.tm_sec);
  if (moment == NULL)
    return NULL;
  if (out_s != NULL)
    *out_s = g_date_time_to_unix (moment);

  return g_date_time_format_iso8601 (moment);
}

static char *
describe_name (X509_NAME *name)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *bytes = NULL;
  long len;
  char *text;

  X509_NAME_print_ex (bio, name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  len = BIO_get_mem_data (bio, &bytes);
  text = tl_text_clean (bytes, len);
  BIO_free (bio);

  return text;
}

/* RFC 9525 §2: only subjectAltName counts, dNSName and iPAddress. */
static char **
list_names (X509 *certificate)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  GENERAL_NAMES *general = X509_get_ext_d2i (certificate, NID_subject_alt_name, NULL, NULL);
  int n = general == NULL ? 0 : sk_GENERAL_NAME_num (general);

  for (int i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      const GENERAL_NAME *name = sk_GENERAL_NAME_value (general, i);
      g_autofree char *text = NULL;

      if (name->type == GEN_DNS)
        {
          text = tl_text_clean ((const char *) ASN1_STRING_get0_data (name->d.dNSName),
                                ASN1_STRING_length (name->d.dNSName));
        }
      else if (name->type == GEN_IPADD)
        {
          int len = ASN1_STRING_length (name->d.iPAddress);

          if (len == 4 || len == 16)
            {
              g_autoptr(GInetAddress) address =
                g_inet_address_new_from_bytes (ASN1_STRING_get0_data (name->d.iPAddress),
                                               len == 4 ? G_SOCKET_FAMILY_IPV4
                                                        : G_SOCKET_FAMILY_IPV6);

              text = g_inet_address_to_string (address);
            }
        }

      if (text != NULL)
        g_strv_builder_add (names, text);
    }
  GENERAL_NAMES_free (general);

  return g_strv_builder_end (names);
}

static char *
describe_fingerprint (X509 *certificate)
{
  guchar digest[EVP_MAX_MD_SIZE];
  guint len = 0;
  g_autoptr(GString) hex = g_string_new (NULL);

  X509_digest (certificate, EVP_sha256 (), digest, &len);
  for (guint i = 0; i < len; i++)
    g_string_append_printf (hex, "%02x", digest[i]);

  return g_string_free (g_steal_pointer (&hex), FALSE);
}

static void
insert_certificate (GVariantDict *evidence,
                    X509         *certificate)
{
  g_auto(GStrv) names = list_names (certificate);
  g_autofree char *issuer = describe_name (X509_get_issuer_name (certificate));
  g_autofree char *fingerprint = describe_fingerprint (certificate);
  g_autofree char *not_before = describe_time (X509_get0_notBefore (certificate), NULL);
  g_autofree char *not_after = describe_time (X509_get0_notAfter (certificate), NULL);

  g_variant_dict_insert (evidence, TL_EVIDENCE_NAMES, "^as", names);
  g_variant_dict_insert (evidence, TL_EVIDENCE_ISSUER, "s", issuer);
  g_variant_dict_insert (evidence, TL_EVIDENCE_FINGERPRINT, "s", fingerprint);
  if (not_before != NULL)
    g_variant_dict_insert (evidence, TL_EVIDENCE_NOT_BEFORE, "s", not_before);
  if (not_after != NULL)
    g_variant_dict_insert (evidence, TL_EVIDENCE_NOT_AFTER, "s", not_after);
}

static TlTlsInfo *
describe_session (TlChannel *self)
{
  X509 *certificate = SSL_get0_peer_certificate (self->ssl);
  g_auto(GStrv) names = list_names (certificate);
  g_autofree char *issuer = describe_name (X509_get_issuer_name (certificate));
  g_autofree char *fingerprint = describe_fingerprint (certificate);
  gint64 not_after_s = 0;
  g_autofree char *not_after = describe_time (X509_get0_notAfter (certificate), &not_after_s);

  return tl_tls_info_new (SSL_get_version (self->ssl),
                          SSL_CIPHER_standard_name (SSL_get_current_cipher (self->ssl)),
                          fingerprint, issuer, (const char * const *) names, not_after_s);
}

/* --- What went wrong ---------------------------------------------------------------- */

/* RFC 8446 §5.1: a record begins with its type, 20 to 23, and 3 for the
 * version's major number. */
static gboolean
tap_is_tls (TlChannel *self)
{
  return self->tap_len == 0 || (self->tap[0] >= 20 && self->tap[0] <= 23 &&
                                (self->tap_len < 2 || self->tap[1] == 3));
}

/* OpenSSL has read no more than the head of the first record: five bytes of a
 * greeting say less than all of it. */
static void
top_up_tap (TlChannel *self)
{
  gssize n = recv (g_socket_get_fd (self->socket), self->tap + self->tap_len,
                   TL_CHANNEL_TAP_BYTES - self->tap_len, MSG_DONTWAIT);

  if (n > 0)
    self->tap_len += (gsize) n;
}

/* One certificate from an unknown authority is either a company's own
 * authority or a server that forgot its intermediate. A certificate that says
 * where its issuer's certificate is to be fetched (RFC 5280 §4.2.2.1) comes
 * from a public one, and that forgets. */
static TlCause
judge_unknown_issuer (SSL  *ssl,
                      X509 *certificate)
{
  STACK_OF (X509) *chain = SSL_get_peer_cert_chain (ssl);

  if (chain != NULL && sk_X509_num (chain) == 1 &&
      X509_get_ext_by_NID (certificate, NID_info_access, -1) >= 0)
    return TL_CAUSE_INCOMPLETE_CHAIN;

  return TL_CAUSE_UNTRUSTED_ROOT;
}

static TlCause
judge_certificate (TlChannel *self,
                   X509      *certificate,
                   int        code)
{
  if (code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
      code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
      code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE)
    return certificate == NULL ? TL_CAUSE_UNTRUSTED_ROOT
                               : judge_unknown_issuer (self->ssl, certificate);

  if (code == X509_V_ERR_HOSTNAME_MISMATCH && certificate != NULL &&
      X509_get_ext_by_NID (certificate, NID_subject_alt_name, -1) < 0)
    return TL_CAUSE_NO_SAN;

  for (gsize i = 0; i < G_N_ELEMENTS (verify_codes); i++)
    {
      if (verify_codes[i].code == code)
        return verify_codes[i].cause;
    }

  return TL_CAUSE_CHAIN_INVALID;
}

/* The peer's own certificate: SSL_get0_peer_certificate() has none when
 * verification ended the handshake, but what was verified is still there. */
static X509 *
get_certificate (TlChannel *self)
{
  STACK_OF (X509) *chain = SSL_get_peer_cert_chain (self->ssl);
  X509 *certificate = SSL_get0_peer_certificate (self->ssl);

  if (certificate == NULL && chain != NULL && sk_X509_num (chain) > 0)
    certificate = sk_X509_value (chain, 0);

  return certificate;
}

/* What OpenSSL has to say about a call that failed, when the socket itself
 * has said nothing. */
TlFault *
tl_channel_describe (TlChannel  *self,
                     const char *doing)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  gulong code = ERR_peek_error ();
  int reason = ERR_GET_REASON (code);
  TlCause cause = self->proof != NULL ? TL_CAUSE_PROTOCOL : TL_CAUSE_HANDSHAKE;
  g_autofree char *detail = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      if (ERR_GET_LIB (code) == ERR_LIB_SSL && reasons[i].reason == reason)
        cause = reasons[i].cause;
    }
  if (code == 0)
    cause = TL_CAUSE_TRUNCATED;

  if (ERR_GET_LIB (code) == ERR_LIB_SSL && reason > SSL_AD_REASON_OFFSET &&
      reason < SSL_AD_REASON_OFFSET + 256)
    g_variant_dict_insert (&evidence, TL_EVIDENCE_TLS_ALERT, "u",
                           (guint32) (reason - SSL_AD_REASON_OFFSET));
  detail = g_strdup_printf ("%s: %s", doing,
                            code == 0 ? "the connection was cut" : ERR_reason_error_string (code));
  g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", detail);
  ERR_clear_error ();

  return tl_fault_new (cause, g_variant_dict_end (&evidence));
}

static TlFault *
describe_failure (TlChannel  *self,
                  const char *host,
                  gboolean    certificate_asked)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  long verify_code = SSL_get_verify_result (self->ssl);
  X509 *certificate = get_certificate (self);
  g_autoptr(TlFault) described = NULL;
  TlCause cause;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  if (verify_code != X509_V_OK)
    {
      ERR_clear_error ();
      g_variant_dict_insert (&evidence, TL_EVIDENCE_VERIFY_CODE, "u", (guint32) verify_code);
      if (certificate != NULL)
        insert_certificate (&evidence, certificate);

      return tl_fault_new (judge_certificate (self, certificate, (int) verify_code),
                           g_variant_dict_end (&evidence));
    }

  described = tl_channel_describe (self, "the handshake");
  cause = tl_fault_get_cause (described);
  if (!tap_is_tls (self))
    {
      top_up_tap (self);
      g_variant_dict_insert_value (&evidence, TL_EVIDENCE_FIRST_BYTES,
                                   g_variant_new_take_string (
                                     tl_text_clean ((const char *) self->tap,
                                                    (gssize) self->tap_len)));
      cause = TL_CAUSE_PLAINTEXT_PEER;
    }
  else if (certificate_asked && cause == TL_CAUSE_HANDSHAKE)
    {
      /* TLS 1.2 has no alert of its own for this (RFC 5246 §7.4.6). */
      cause = TL_CAUSE_CLIENT_CERT_REQUIRED;
    }
  else if (cause == TL_CAUSE_TRUNCATED && self->tap_len == 0)
    {
      cause = TL_CAUSE_SERVER_CLOSED;
    }

  return tl_fault_new (cause, tl_evidence_merge (tl_fault_get_evidence (described),
                                                 g_variant_dict_end (&evidence)));
}

/* --- The handshake ---------------------------------------------------------------------- */

/* Called when the server asks for a certificate of ours; we have none. */
static int
on_certificate_asked (SSL  *ssl,
                      void *data)
{
  gboolean *asked = data;

  *asked = TRUE;

  return 1;
}

/* The name to be found in the certificate, RFC 9525 §6: the host that was
 * asked for, in subjectAltName only, a wildcard for the left-most label whole.
 * An empty name would switch OpenSSL's check off. */
static gboolean
expect_name (SSL        *ssl,
             const char *host)
{
  X509_VERIFY_PARAM *param = SSL_get0_param (ssl);

  if (host == NULL || *host == '\0')
    return FALSE;

  X509_VERIFY_PARAM_set_hostflags (param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                          X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (g_hostname_is_ip_address (host))
    return X509_VERIFY_PARAM_set1_ip_asc (param, host) == 1;

  return X509_VERIFY_PARAM_set1_host (param, host, 0) == 1 &&
         SSL_set_tlsext_host_name (ssl, host) == 1;
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

/**
 * tl_channel_handshake_sync:
 * @self: a channel in the clear, with nothing left unread
 * @host: the name to be found in the certificate: a canonical host name or address literal
 * @deadline: the moment by which the handshake must be through
 * @cancellable: (nullable): cancels the wait
 * @out_fault: (out): what is wrong with the peer
 * @error: return location for a #GError
 *
 * Puts the channel under TLS, 1.2 or 1.3, and verifies chain and name. There is
 * no way to go on with a peer that was not verified.
 *
 * Fails with one cause for each kind of bad certificate, with `plaintext-peer`
 * (and the first bytes) when what came was not TLS, `version` when the server
 * is too old, and with what the socket says. The channel is of no further use
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
  gboolean certificate_asked = FALSE;
  g_autoptr(TlTlsInfo) info = NULL;
  BIO *bio;

  g_return_val_if_fail (self->ssl == NULL, NULL);

  if (!may_be_trusted (self, host))
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_UNTRUSTED_ROOT,
                                        "the practice authority counts on this computer alone");
      return NULL;
    }

  tl_channel_begin (self, deadline, cancellable);
  self->ssl = SSL_new (tl_network_get_ssl_ctx (self->network));
  bio = bio_new_for_channel (self);
  SSL_set_bio (self->ssl, bio, bio);
  SSL_set_cert_cb (self->ssl, on_certificate_asked, &certificate_asked);
  if (!expect_name (self->ssl, host))
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_HOSTNAME, "there is no name to look for");
      return NULL;
    }

  self->tapping = TRUE;
  ERR_clear_error ();
  if (SSL_connect (self->ssl) != 1)
    {
      g_autoptr(TlFault) fault = NULL;

      tl_channel_prefer_tls (self);
      if (self->error == NULL && self->fault == NULL)
        fault = describe_failure (self, host, certificate_asked);
      /* What the socket says counts, but with how far the handshake had come:
       * bytes in and then silence is what a path that eats large packets does. */
      else if (self->fault != NULL)
        {
          g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
          g_autoptr(TlFault) bare = g_steal_pointer (&self->fault);

          g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
          g_variant_dict_insert (&evidence, TL_EVIDENCE_BYTES, "u", (guint32) self->bytes_in);
          fault = tl_fault_with (bare, g_variant_dict_end (&evidence));
        }
      tl_channel_fail (self, g_steal_pointer (&fault), out_fault, error);
      return NULL;
    }
  self->tapping = FALSE;
  SSL_set_cert_cb (self->ssl, NULL, NULL);

  /* Belt and braces: what OpenSSL let through must have been checked. */
  if (SSL_get_verify_result (self->ssl) != X509_V_OK ||
      SSL_get0_peer_certificate (self->ssl) == NULL)
    {
      *out_fault = tl_fault_new_detail (TL_CAUSE_CHAIN_INVALID, "the peer was not verified");
      return NULL;
    }

  info = describe_session (self);
  self->proof = tl_verified_tls_new (info);

  return tl_verified_tls_ref (self->proof);
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
