/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <openssl/ssl.h>

G_BEGIN_DECLS

/**
 * TlTestCa:
 *
 * A certificate authority that lives in memory, for peers that tests play:
 * P-256 keys, a root, and an intermediate below it. Used by one thread at a
 * time; the SSL_CTX it hands out may go to another.
 */
typedef struct _TlTestCa TlTestCa;

/**
 * TlTestTls:
 * @TL_TEST_TLS_GOOD: nothing is wrong
 * @TL_TEST_TLS_EXPIRED: the certificate ended yesterday
 * @TL_TEST_TLS_NOT_YET_VALID: the certificate starts tomorrow
 * @TL_TEST_TLS_SELF_SIGNED: signed with its own key
 * @TL_TEST_TLS_CLIENT_ONLY: extended key usage is clientAuth alone
 * @TL_TEST_TLS_NO_SAN: the first name is the subject's CN, and there is no SAN
 * @TL_TEST_TLS_RSA_1024: a key that is too short
 * @TL_TEST_TLS_INTERMEDIATE: issued by the intermediate, which is sent along
 * @TL_TEST_TLS_INCOMPLETE: issued by the intermediate, which is not sent
 * @TL_TEST_TLS_MANY_NAMES: 10 000 more names, past what OpenSSL takes in one message
 * @TL_TEST_TLS_ONLY_1_1: nothing newer than TLS 1.1, at security level 0
 * @TL_TEST_TLS_ONLY_1_2: nothing newer than TLS 1.2
 * @TL_TEST_TLS_WANTS_CLIENT: asks the client for a certificate and insists
 * @TL_TEST_TLS_ONLY_1_0: nothing newer than TLS 1.0, at security level 0
 * @TL_TEST_TLS_SHUFFLED: as INTERMEDIATE, but somebody else's certificate and the root come first
 * @TL_TEST_TLS_NOT_AN_AUTHORITY: issued by one that is none
 * @TL_TEST_TLS_PATH_TOO_LONG: issued by one more authority than the one above it allows
 * @TL_TEST_TLS_SHA_1: the certificate is signed with SHA-1
 * @TL_TEST_TLS_SHA_384: the certificate is signed with SHA-384
 * @TL_TEST_TLS_ED25519: the certificate is signed with Ed25519
 * @TL_TEST_TLS_SMALL_DH: TLS 1.2 and Diffie-Hellman with 1536 bits alone
 * @TL_TEST_TLS_STAPLE_GOOD: staples that all is well
 * @TL_TEST_TLS_STAPLE_REVOKED: staples that the certificate was revoked
 * @TL_TEST_TLS_STAPLE_OLD: with STAPLE_REVOKED, that was so until yesterday
 * @TL_TEST_TLS_STAPLE_FORGED: with STAPLE_REVOKED, signed by somebody else
 * @TL_TEST_TLS_STAPLE_OTHER: with STAPLE_REVOKED, about another certificate
 * @TL_TEST_TLS_STAPLE_RUBBISH: staples bytes that say nothing
 *
 * What is peculiar about a server. May be combined; a certificate for another
 * name is made by asking for another name.
 */
typedef enum
{
  TL_TEST_TLS_GOOD          = 0,
  TL_TEST_TLS_EXPIRED       = 1 << 0,
  TL_TEST_TLS_NOT_YET_VALID = 1 << 1,
  TL_TEST_TLS_SELF_SIGNED   = 1 << 2,
  TL_TEST_TLS_CLIENT_ONLY   = 1 << 3,
  TL_TEST_TLS_NO_SAN        = 1 << 4,
  TL_TEST_TLS_RSA_1024      = 1 << 5,
  TL_TEST_TLS_INTERMEDIATE  = 1 << 6,
  TL_TEST_TLS_INCOMPLETE    = 1 << 7,
  TL_TEST_TLS_MANY_NAMES    = 1 << 8,
  TL_TEST_TLS_ONLY_1_1      = 1 << 9,
  TL_TEST_TLS_ONLY_1_2      = 1 << 10,
  TL_TEST_TLS_WANTS_CLIENT  = 1 << 11,
  TL_TEST_TLS_ONLY_1_0      = 1 << 12,
  TL_TEST_TLS_SHUFFLED      = 1 << 13,
  TL_TEST_TLS_NOT_AN_AUTHORITY = 1 << 14,
  TL_TEST_TLS_PATH_TOO_LONG = 1 << 15,
  TL_TEST_TLS_SHA_1         = 1 << 16,
  TL_TEST_TLS_SHA_384       = 1 << 17,
  TL_TEST_TLS_ED25519       = 1 << 18,
  TL_TEST_TLS_SMALL_DH      = 1 << 19,
  TL_TEST_TLS_STAPLE_GOOD   = 1 << 20,
  TL_TEST_TLS_STAPLE_REVOKED = 1 << 21,
  TL_TEST_TLS_STAPLE_OLD    = 1 << 22,
  TL_TEST_TLS_STAPLE_FORGED = 1 << 23,
  TL_TEST_TLS_STAPLE_OTHER  = 1 << 24,
  TL_TEST_TLS_STAPLE_RUBBISH = 1 << 25,
} TlTestTls;

TlTestCa   *tl_test_ca_new        (const char       *permitted) G_GNUC_WARN_UNUSED_RESULT;
void        tl_test_ca_free       (TlTestCa         *self);
const char *tl_test_ca_get_pem    (const TlTestCa   *self);
SSL_CTX    *tl_test_ca_new_server (TlTestCa         *self,
                                   const char       *names,
                                   TlTestTls         peculiar) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestCa, tl_test_ca_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SSL_CTX, SSL_CTX_free)

G_END_DECLS
