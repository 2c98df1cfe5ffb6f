/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-network.h"
#include "tl-oauth-server.h"

G_BEGIN_DECLS

/* What the issuer knows of its own accord. */
#define TL_TEST_ISSUER_ACCOUNT   "rep@mail.test"
#define TL_TEST_ISSUER_CLIENT    "client-1"
#define TL_TEST_ISSUER_SCOPE     "mail-read"
#define TL_TEST_ISSUER_USER_CODE "WDJB-MJHT"

/**
 * TlTestIssuerDoor: what may be asked of an authorization server
 * @TL_TEST_ISSUER_METADATA: its document, in either place (RFC 8414 §3.1)
 * @TL_TEST_ISSUER_AUTHORIZE: the sign-in page, where everybody signs in at once
 * @TL_TEST_ISSUER_TOKEN: code, device code or refresh token for tokens
 * @TL_TEST_ISSUER_DEVICE: RFC 8628 §3.1
 * @TL_TEST_ISSUER_REVOKE: RFC 7009
 * @TL_TEST_ISSUER_REGISTER: RFC 7591
 */
typedef enum
{
  TL_TEST_ISSUER_METADATA,
  TL_TEST_ISSUER_AUTHORIZE,
  TL_TEST_ISSUER_TOKEN,
  TL_TEST_ISSUER_DEVICE,
  TL_TEST_ISSUER_REVOKE,
  TL_TEST_ISSUER_REGISTER,
  TL_TEST_ISSUER_N_DOORS,
} TlTestIssuerDoor;

/**
 * TlTestIssuerMood: what is peculiar about a server; may be combined
 * @TL_TEST_ISSUER_WELL: nothing
 * @TL_TEST_ISSUER_ROTATES: each refresh token is good for once
 * @TL_TEST_ISSUER_NO_REFRESH: there are no refresh tokens
 * @TL_TEST_ISSUER_NO_ISS: does not say who it is on the redirect, and promised to
 * @TL_TEST_ISSUER_OTHER_ISS: says that it is somebody else there
 * @TL_TEST_ISSUER_DENIES: nobody signs in: access_denied
 * @TL_TEST_ISSUER_OTHER_CODE: hands out the code of another session: its verifier is another
 * @TL_TEST_ISSUER_NO_PKCE: neither promises PKCE nor looks at the verifier
 * @TL_TEST_ISSUER_SLOW: takes 200 ms to answer at the token endpoint
 */
typedef enum
{
  TL_TEST_ISSUER_WELL       = 0,
  TL_TEST_ISSUER_ROTATES    = 1 << 0,
  TL_TEST_ISSUER_NO_REFRESH = 1 << 1,
  TL_TEST_ISSUER_NO_ISS     = 1 << 2,
  TL_TEST_ISSUER_OTHER_ISS  = 1 << 3,
  TL_TEST_ISSUER_DENIES     = 1 << 4,
  TL_TEST_ISSUER_OTHER_CODE = 1 << 5,
  TL_TEST_ISSUER_NO_PKCE    = 1 << 6,
  TL_TEST_ISSUER_SLOW       = 1 << 7,
} TlTestIssuerMood;

/**
 * TlTestIssuerAnswer:
 * @status: (nullable): status line from the code on; %NULL for `200 OK`; "": hangs up without a word
 * @body: (nullable): what it says, JSON or not; %NULL: what it says when nothing is scripted
 * @header: (nullable): one more header line, without its end
 *
 * One answer of a script.
 */
typedef struct
{
  const char *status;
  const char *body;
  const char *header;
} TlTestIssuerAnswer;

/**
 * TlTestIssuer:
 *
 * An authorization server for tests, over TLS on a port of loopback. It is reached as
 * issuer.practice.invalid in the practice network, or under any name when it is taken for an HTTP
 * proxy: it answers CONNECT itself. Whatever it is asked it answers as a good server would, unless
 * there is a script for that. Any thread.
 */
typedef struct _TlTestIssuer TlTestIssuer;

TlTestIssuer  *tl_test_issuer_new          (const char               *issuer,
                                            TlTestIssuerMood          mood) G_GNUC_WARN_UNUSED_RESULT;
void           tl_test_issuer_free         (TlTestIssuer             *self);

const char    *tl_test_issuer_get_issuer   (const TlTestIssuer       *self);
const char    *tl_test_issuer_get_ca_pem   (const TlTestIssuer       *self);
char          *tl_test_issuer_dup_proxy    (const TlTestIssuer       *self) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_test_issuer_dup_metadata (const TlTestIssuer       *self) G_GNUC_WARN_UNUSED_RESULT;
TlOauthServer *tl_test_issuer_dup_server   (const TlTestIssuer       *self) G_GNUC_WARN_UNUSED_RESULT;
TlNetwork     *tl_test_issuer_dup_network  (const TlTestIssuer       *self) G_GNUC_WARN_UNUSED_RESULT;

/* Answers in turn, the last one from then on; used until it is replaced. */
void           tl_test_issuer_script       (TlTestIssuer             *self,
                                            TlTestIssuerDoor          door,
                                            const TlTestIssuerAnswer *answers,
                                            gsize                     n_answers);
void           tl_test_issuer_set_pending  (TlTestIssuer             *self,
                                            guint                     n_polls);
void           tl_test_issuer_set_expires  (TlTestIssuer             *self,
                                            guint                     seconds);
guint          tl_test_issuer_get_n_asked  (TlTestIssuer             *self,
                                            TlTestIssuerDoor          door);
char          *tl_test_issuer_dup_asked    (TlTestIssuer             *self,
                                            TlTestIssuerDoor          door) G_GNUC_WARN_UNUSED_RESULT;

/* What a browser does: opens the page, and is sent on to the redirect. The first gives where to,
 * the second goes there and gives the whole answer, NULL when nobody is there. Both block. */
char          *tl_test_issuer_authorize    (TlTestIssuer             *self,
                                            const char               *url) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_test_issuer_browse       (const char               *url) G_GNUC_WARN_UNUSED_RESULT;
char          *tl_test_issuer_make_id_token (const char              *claims) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestIssuer, tl_test_issuer_free)

G_END_DECLS
