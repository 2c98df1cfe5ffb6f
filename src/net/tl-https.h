/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-contacts.h"
#include "tl-deadline.h"
#include "tl-network.h"

G_BEGIN_DECLS

#define TL_HTTPS_MAX_BYTES (256 * 1024)
#define TL_HTTPS_MAX_HOPS  3

/**
 * TlHttps:
 *
 * Bounded HTTPS requests, as many as wanted side by side. https and HTTP/1.1
 * (RFC 9112) only, to names and never to addresses, no cookies, no credentials
 * ever, the peer verified by the system's trust store, the system's proxies
 * honoured, at most `TL_HTTPS_MAX_HOPS` redirects and each of them to https on
 * port 443 within the same registrable domain, and at most `TL_HTTPS_MAX_BYTES`
 * of body. Belongs to the thread-default #GMainContext it was made in.
 */
#define TL_TYPE_HTTPS (tl_https_get_type ())
G_DECLARE_FINAL_TYPE (TlHttps, tl_https, TL, HTTPS, GObject)

/**
 * TlHttpsRequest:
 * @url: an https URL
 * @accept: (nullable): media types wanted, as the header says it
 * @body: (nullable): what to POST; %NULL for a GET. A POST is sent once: a redirect in answer to it
 *   is the answer
 * @content_type: (nullable): of @body, exactly as the header is to say it; goes with @body
 * @within: (nullable): a domain name, in any spelling: no redirect is followed to a name above it
 * @is_final: no redirect is followed: it is the answer
 *
 * What to ask. All of it stays the caller's. Every request asks for the body as
 * it is (`Accept-Encoding: identity`, RFC 9110 §12.5.3), and what comes encoded
 * all the same is refused.
 */
typedef struct
{
  const char *url;
  const char *accept;
  GBytes     *body;
  const char *content_type;
  const char *within;
  gboolean    is_final;
} TlHttpsRequest;

/**
 * TlHttpsAnswer:
 * @status: HTTP status, 100 to 599
 * @content_type: (nullable): media type without parameters, lower case
 * @body: the body; of a peek it is empty
 * @is_too_large: there was more of it than `TL_HTTPS_MAX_BYTES`; nothing of it was kept
 * @location: (nullable): where a redirect that was not followed leads: an absolute URL, text from
 *   outside
 * @hops: (array zero-terminated=1): every URL asked, in order
 */
typedef struct
{
  guint    status;
  char    *content_type;
  GBytes  *body;
  gboolean is_too_large;
  char    *location;
  char   **hops;
} TlHttpsAnswer;

void           tl_https_answer_free (TlHttpsAnswer         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHttpsAnswer, tl_https_answer_free)

TlHttps       *tl_https_new         (TlContacts            *contacts) G_GNUC_WARN_UNUSED_RESULT;
void           tl_https_send_async  (TlHttps               *self,
                                     const TlHttpsRequest  *request,
                                     TlDeadline             deadline,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data);
TlHttpsAnswer *tl_https_send_finish (TlHttps               *self,
                                     GAsyncResult          *result,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/* Is there something without protection in the place of what is wanted? HEAD over plain HTTP:
 * nothing on its way reads a body, so that nothing of it can be believed. */
void           tl_https_peek_async  (TlHttps               *self,
                                     const char            *host,
                                     const char            *path,
                                     TlDeadline             deadline,
                                     GCancellable          *cancellable,
                                     GAsyncReadyCallback    callback,
                                     gpointer               user_data);
TlHttpsAnswer *tl_https_peek_finish (TlHttps               *self,
                                     GAsyncResult          *result,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
