/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-deadline.h"
#include "tl-network.h"
#include "tl-secret.h"

G_BEGIN_DECLS

#define TL_HTTPS_POST_MAX_BYTES         (64 * 1024) /* of an answer's body */
#define TL_HTTPS_POST_MAX_REQUEST_BYTES (48 * 1024) /* of the body that is sent */

/**
 * TlHttpsPost:
 * @url: an https URL; any port, a name, not an address
 * @content_type: of @body, as the header says it
 * @body: what is sent
 *
 * One POST whose body and answer are secrets: codes, tokens. All of it stays the caller's.
 *
 * #TlHttps would leave copies of both in freed memory and has no proof of TLS to show, so this one
 * speaks HTTP/1.1 (RFC 9112) itself, over a #TlChannel: one connection a request, `Connection:
 * close`, no cookies, no redirects followed, the proxies of the system honoured.
 */
typedef struct
{
  const char *url;
  const char *content_type;
  TlSecret   *body;
} TlHttpsPost;

/**
 * TlHttpsPostAnswer:
 * @status: HTTP status, 200 to 599
 * @content_type: (nullable): media type without parameters, lower case
 * @retry_after: seconds of a Retry-After header (RFC 9110 §10.2.3), 0 for none, at most a day
 * @body: the body, up to `TL_HTTPS_POST_MAX_BYTES`
 */
typedef struct
{
  guint     status;
  char     *content_type;
  guint     retry_after;
  TlSecret *body;
} TlHttpsPostAnswer;

void               tl_https_post_answer_free (TlHttpsPostAnswer    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHttpsPostAnswer, tl_https_post_answer_free)

/* On a thread of its own, `tl-https-post`; the callback comes on the thread-default context. */
void               tl_https_post_async       (const TlHttpsPost    *post,
                                              TlNetwork            *network,
                                              TlContacts           *contacts,
                                              TlDeadline            deadline,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
TlHttpsPostAnswer *tl_https_post_finish      (GAsyncResult         *result,
                                              GError              **error)
                                              G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
