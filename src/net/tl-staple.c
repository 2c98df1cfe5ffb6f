/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-staple.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>

/* How far the clocks of the authority and of this computer may be apart. */
#define SKEW_S 300
/* A staple is about one certificate; this bounds one that is about many. */
#define MAX_ANSWERS 16

/* RFC 6960 §4.1.1: a certificate is known by digests of its issuer's name and
 * key; the digest is of the responder's choosing. */
static gboolean
is_about (OCSP_SINGLERESP *answer,
          X509            *certificate,
          X509            *issuer)
{
  const OCSP_CERTID *id = OCSP_SINGLERESP_get0_id (answer);
  ASN1_OBJECT *digest_id = NULL;
  const EVP_MD *digest;
  OCSP_CERTID *ours;
  gboolean same;

  OCSP_id_get0_info (NULL, &digest_id, NULL, NULL, (OCSP_CERTID *) id);
  digest = EVP_get_digestbyobj (digest_id);
  ours = digest == NULL ? NULL : OCSP_cert_to_id (digest, certificate, issuer);
  same = ours != NULL && OCSP_id_cmp (id, ours) == 0;
  OCSP_CERTID_free (ours);

  return same;
}

/* RFC 6960 §3.2: whether an answer that is signed by who may sign it, and is
 * of now, says that the certificate was revoked. */
static gboolean
says_revoked (OCSP_BASICRESP   *response,
              STACK_OF (X509)  *chain,
              X509_STORE       *store)
{
  int n = OCSP_resp_count (response);

  if (OCSP_basic_verify (response, chain, store, 0) != 1)
    return FALSE;

  for (int i = 0; i < MIN (n, MAX_ANSWERS); i++)
    {
      OCSP_SINGLERESP *answer = OCSP_resp_get0 (response, i);
      ASN1_GENERALIZEDTIME *from = NULL;
      ASN1_GENERALIZEDTIME *until = NULL;

      if (is_about (answer, sk_X509_value (chain, 0), sk_X509_value (chain, 1)) &&
          OCSP_single_get0_status (answer, NULL, NULL, &from, &until) ==
            V_OCSP_CERTSTATUS_REVOKED &&
          OCSP_check_validity (from, until, SKEW_S, -1) == 1)
        return TRUE;
    }

  return FALSE;
}

/**
 * tl_staple_says_revoked:
 * @ssl: a session whose peer was verified
 *
 * Reads what the server has stapled to its certificate (RFC 6066 §8). A staple
 * that says anything but this, that nobody vouches for or that is not of now
 * is as good as none, and nobody is asked for another.
 *
 * Returns: whether its authority has revoked the certificate
 */
gboolean
tl_staple_says_revoked (SSL *ssl)
{
  STACK_OF (X509) *chain = SSL_get0_verified_chain (ssl);
  const guchar *der = NULL;
  long len = SSL_get_tlsext_status_ocsp_resp (ssl, &der);
  OCSP_RESPONSE *response;
  OCSP_BASICRESP *basic;
  gboolean is_revoked;

  if (der == NULL || len <= 0 || chain == NULL || sk_X509_num (chain) < 2)
    return FALSE;

  response = d2i_OCSP_RESPONSE (NULL, &der, len);
  basic = response == NULL ? NULL : OCSP_response_get1_basic (response);
  is_revoked = basic != NULL &&
               says_revoked (basic, chain, SSL_CTX_get_cert_store (SSL_get_SSL_CTX (ssl)));
  OCSP_BASICRESP_free (basic);
  OCSP_RESPONSE_free (response);
  ERR_clear_error ();

  return is_revoked;
}
