/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may go wrong under TLS, by name. */
#include "tl-handshake-fault.h"

#include <sys/socket.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "tl-certificate.h"
#include "tl-network.h"
#include "tl-text.h"

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
  { SSL_R_TOO_MANY_WARN_ALERTS,                TL_CAUSE_PROTOCOL },
  { SSL_R_RECORD_TOO_SMALL,                    TL_CAUSE_PROTOCOL },
  { SSL_R_UNSAFE_LEGACY_RENEGOTIATION_DISABLED, TL_CAUSE_WEAK },
};

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
judge_certificate (SSL  *ssl,
                   X509 *certificate,
                   int   code)
{
  if (code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY ||
      code == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT ||
      code == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE)
    return certificate == NULL ? TL_CAUSE_UNTRUSTED_ROOT
                               : judge_unknown_issuer (ssl, certificate);

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

/**
 * tl_handshake_fault_describe:
 * @self: a channel whose socket has said nothing
 * @ssl: what the handshake was tried with
 * @host: the name that was looked for
 * @certificate_asked: whether the server wanted a certificate of ours
 *
 * Returns: (transfer full): why the handshake failed
 */
TlFault *
tl_handshake_fault_describe (TlChannel  *self,
                             SSL        *ssl,
                             const char *host,
                             gboolean    certificate_asked)
{
  g_auto(GVariantDict) evidence = G_VARIANT_DICT_INIT (NULL);
  long verify_code = SSL_get_verify_result (ssl);
  X509 *certificate = tl_certificate_get_peer (ssl);
  g_autoptr(TlFault) described = NULL;
  g_autofree char *weakness = NULL;
  TlCause cause;

  g_variant_dict_insert (&evidence, TL_EVIDENCE_HOST, "s", host);
  if (verify_code != X509_V_OK)
    {
      ERR_clear_error ();
      g_variant_dict_insert (&evidence, TL_EVIDENCE_VERIFY_CODE, "u", (guint32) verify_code);
      if (certificate != NULL)
        tl_certificate_insert (certificate, &evidence);
      cause = judge_certificate (ssl, certificate, (int) verify_code);
      if (cause == TL_CAUSE_WEAK)
        weakness = tl_certificate_describe_weakness (SSL_get_peer_cert_chain (ssl));
      if (weakness != NULL)
        g_variant_dict_insert (&evidence, TL_EVIDENCE_DETAIL, "s", weakness);

      return tl_fault_new (cause, g_variant_dict_end (&evidence));
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

  if (cause == TL_CAUSE_VERSION)
    g_variant_dict_insert_value (&evidence, TL_EVIDENCE_WANTED,
                                 g_variant_new_strv (
                                   (const char *[]) { tl_network_get_min_tls (self->network) }, 1));

  return tl_fault_new (cause, tl_evidence_merge (tl_fault_get_evidence (described),
                                                 g_variant_dict_end (&evidence)));
}
