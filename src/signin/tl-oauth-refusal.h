/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-finding.h"
#include "tl-https-post.h"

G_BEGIN_DECLS

/**
 * TlOauthRefusal:
 * @error: (nullable): the error code of RFC 6749 §5.2 or RFC 8628 §3.5: `invalid_grant`
 * @retry_after: seconds to wait, from the answer's header; 0 when it says nothing
 * @finding: what it means for a person
 * @refresh: (nullable): a refresh token that came with an answer which is refused for its rest
 * @access: (nullable): the same for its access token
 */
typedef struct
{
  char      *error;
  guint      retry_after;
  TlFinding *finding;
  TlSecret  *refresh;
  TlSecret  *access;
} TlOauthRefusal;

/**
 * TlOauthAsked:
 * @host: who was asked, as the wire has it
 * @refreshes: whether it was for new tokens on the strength of a refresh token
 * @sent: (array length=n_sent): the secrets that were sent, none of them %NULL: a server may well
 *   repeat them in what it says
 * @n_sent: how many
 * @scopes: (nullable) (array zero-terminated=1): what was asked for
 *
 * What the reader of an answer has to know about its question.
 */
typedef struct
{
  const char         *host;
  gboolean            refreshes;
  TlSecret * const   *sent;
  gsize               n_sent;
  const char * const *scopes;
} TlOauthAsked;

TlOauthRefusal *tl_oauth_refusal_new            (const char               *id,
                                                 GVariant                 *evidence)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthRefusal *tl_oauth_refusal_new_bad_answer (const char               *host,
                                                 const char               *detail)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthRefusal *tl_oauth_refusal_new_for_error  (const char               *host,
                                                 const GError             *cause)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthRefusal *tl_oauth_refusal_new_for_code   (const char               *error,
                                                 const char               *description,
                                                 const TlOauthAsked       *asked)
                                                 G_GNUC_WARN_UNUSED_RESULT;
TlOauthRefusal *tl_oauth_refusal_read           (const TlHttpsPostAnswer  *answer,
                                                 const TlOauthAsked       *asked)
                                                 G_GNUC_WARN_UNUSED_RESULT;
void            tl_oauth_refusal_free           (TlOauthRefusal           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlOauthRefusal, tl_oauth_refusal_free)

G_END_DECLS
