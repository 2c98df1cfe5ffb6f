/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <openssl/evp.h>

#include "tl-bundle.h"
#include "tl-test-report.h"

G_BEGIN_DECLS

#define TL_TEST_BUNDLE_SERIAL 42

/* For a test that has nothing to say about them. */
#define TL_TEST_INCOMING "pass word\"\\\n\x01 é"
#define TL_TEST_OUTGOING "canary-outgoing"

/**
 * TlTestCertificate: what a certificate is to say
 * @key: "RSA:3072" or a curve
 * @usage: (nullable): a keyUsage as OpenSSL writes it
 * @from_s: when it becomes valid, from now
 * @to_s: when it expires, from now; 0: in a day
 * @version: 0: X.509 version 3
 */
typedef struct
{
  const char *key;
  const char *usage;
  int         from_s;
  int         to_s;
  int         version;
} TlTestCertificate;

EVP_PKEY    *tl_test_key_get         (const char               *kind);
char        *tl_test_certificate_new (const TlTestCertificate  *what) G_GNUC_WARN_UNUSED_RESULT;
char        *tl_test_key_to_pem      (EVP_PKEY                 *key,
                                      const char               *passphrase) G_GNUC_WARN_UNUSED_RESULT;
TlRecipient *tl_test_recipient_new   (const char               *kind) G_GNUC_WARN_UNUSED_RESULT;
TlOpener    *tl_test_opener_new      (const char               *kind) G_GNUC_WARN_UNUSED_RESULT;
TlSecret    *tl_test_secret_new      (const char               *text) G_GNUC_WARN_UNUSED_RESULT;
GBytes      *tl_test_bundle_new      (TlSigner                 *signer,
                                      TlRecipient              *recipient,
                                      gint64                    now_s) G_GNUC_WARN_UNUSED_RESULT;
const char  *tl_test_bundle_verify   (GBytes                   *bytes,
                                      TlSigner                 *signer,
                                      gint64                    now_s,
                                      TlBundle                **out_bundle);
int          tl_test_run             (const char               *folder,
                                      const char               *command,
                                      char                    **out_text);
char        *tl_test_folder_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void         tl_test_folder_put      (const char               *folder,
                                      const char               *name,
                                      gconstpointer             data,
                                      gssize                    len);
GBytes      *tl_test_folder_get      (const char               *folder,
                                      const char               *name) G_GNUC_WARN_UNUSED_RESULT;
void         tl_test_folder_remove   (const char               *folder);

G_END_DECLS
