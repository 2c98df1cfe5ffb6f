/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-secret.h"

G_BEGIN_DECLS

/* What somebody registers at an authorization server for this program. Servers let the port of a
 * loopback redirect vary and nothing else (RFC 8252 §7.3), so that the path cannot be made up each
 * time: whether an answer is the one that is waited for is decided by its state. What the program
 * registers by itself has a path of its own at each server: tl_oauth_redirect_dup_path(). */
#define TL_OAUTH_REDIRECT_PATH      "/"
#define TL_OAUTH_REDIRECT_BASE_IPV4 "http://127.0.0.1"
#define TL_OAUTH_REDIRECT_BASE_IPV6 "http://[::1]"
#define TL_OAUTH_REDIRECT_IPV4      TL_OAUTH_REDIRECT_BASE_IPV4 TL_OAUTH_REDIRECT_PATH
#define TL_OAUTH_REDIRECT_IPV6      TL_OAUTH_REDIRECT_BASE_IPV6 TL_OAUTH_REDIRECT_PATH

#define TL_OAUTH_REDIRECT_MAX_BYTES (8 * 1024)

/**
 * TlOauthRedirect:
 * @code: (nullable): the authorization code
 * @state: what it says that it answers to
 * @iss: (nullable): whom it says that it is from (RFC 9207), cleaned
 * @error: (nullable): an error code of RFC 6749 §4.1.2.1, cleaned; %NULL when there is a code
 * @description: (nullable): the server's words for it, cleaned
 *
 * What the browser brought back: RFC 6749 §4.1.2. Nothing of it is to be believed before its state
 * was compared.
 */
typedef struct
{
  TlSecret *code;
  char     *state;
  char     *iss;
  char     *error;
  char     *description;
} TlOauthRedirect;

/**
 * TlOauthErrand: what somebody who connected to the redirect wants
 * @TL_OAUTH_ERRAND_REFUSED: nothing that is for us, with an HTTP status
 * @TL_OAUTH_ERRAND_PAGE: some other place, by a request that is in order
 * @TL_OAUTH_ERRAND_ANSWER: to bring an answer
 */
typedef enum
{
  TL_OAUTH_ERRAND_REFUSED,
  TL_OAUTH_ERRAND_PAGE,
  TL_OAUTH_ERRAND_ANSWER,
} TlOauthErrand;

char            *tl_oauth_redirect_dup_path      (const char       *issuer)
                                                  G_GNUC_WARN_UNUSED_RESULT;
gssize           tl_oauth_redirect_find_head_end (const char       *bytes,
                                                  gsize             len);
TlOauthErrand    tl_oauth_redirect_parse         (const char       *head,
                                                  gsize             len,
                                                  const char       *authority,
                                                  const char       *our_path,
                                                  TlOauthRedirect **out_redirect,
                                                  char            **out_path,
                                                  guint            *out_status);
void             tl_oauth_redirect_free          (TlOauthRedirect  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthRedirect, tl_oauth_redirect_free)

G_END_DECLS
