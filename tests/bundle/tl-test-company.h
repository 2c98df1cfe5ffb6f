/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include "tl-signer.h"

G_BEGIN_DECLS

/**
 * TlTestCompany:
 * @key: `P-256` and other curves, `RSA-3072` and other lengths, `RSA-3072:10001` for a public key
 *   that nobody has the private one of, with its exponent in hex, `RSA-PSS`, `ED25519`
 * @is_self_issued: signed by its own key and not by another's
 * @is_signed_wrong: the signature on it is another key's
 * @key_usage: as OpenSSL's configuration has it; %NULL: absent
 * @extended_key_usage: as OpenSSL's configuration has it; %NULL: absent
 * @critical: an object identifier of a critical extension; %NULL: none
 * @common_name: %NULL: the subject has only an organisation
 * @has_key_id: there is a subjectKeyIdentifier
 * @comment_bytes: length of a comment in it
 * @is_version_1: and not 3
 * @ends_in_s: from now; 0: in a day
 * @is_explicit: the curve is spelt out and not named
 * @point: how the point is written: `compressed`, `hybrid`; %NULL: uncompressed
 * @has_no_null: the parameters of rsaEncryption are absent and not NULL
 * @has_twice: there are two subjectKeyIdentifiers
 * @is_usage_broken: the keyUsage is no BIT STRING
 *
 * A company's certificate, right or wrong.
 */
typedef struct
{
  const char *key;
  gboolean    is_self_issued;
  gboolean    is_signed_wrong;
  const char *key_usage;
  const char *extended_key_usage;
  const char *critical;
  const char *common_name;
  gboolean    has_key_id;
  gsize       comment_bytes;
  gboolean    is_version_1;
  gint64      ends_in_s;
  gboolean    is_explicit;
  const char *point;
  gboolean    has_no_null;
  gboolean    has_twice;
  gboolean    is_usage_broken;
} TlTestCompany;

EVP_PKEY *tl_test_company_key    (const char           *key);
X509     *tl_test_company_x509   (const TlTestCompany  *company,
                                  EVP_PKEY             *key);
TlSigner *tl_test_company_signer (const TlTestCompany  *company);

G_END_DECLS
