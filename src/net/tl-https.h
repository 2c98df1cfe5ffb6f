/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-deadline.h"
#include "tl-network.h"

G_BEGIN_DECLS

/**
 * TlHttps:
 *
 * One bounded HTTPS GET at a time, as many as wanted side by side. https only,
 * no cookies, no credentials ever, the peer verified by the system's trust
 * store, at most `TL_HTTPS_MAX_HOPS` redirects and each of them to https on
 * port 443 within the same registrable domain, and at most
 * `TL_HTTPS_MAX_BYTES` of decoded body. Belongs to the thread-default
 * #GMainContext it was made in.
 */
#define TL_HTTPS_MAX_BYTES (256 * 1024)
#define TL_HTTPS_MAX_HOPS  3

#define TL_TYPE_HTTPS (tl_https_get_type ())
G_DECLARE_FINAL_TYPE (TlHttps, tl_https, TL, HTTPS, GObject)

/**
 * TlHttpsAnswer:
 * @status: HTTP status, 100 to 599
 * @content_type: (nullable): media type without parameters, lower case
 * @body: the decoded body
 * @hops: (array zero-terminated=1): every URL asked, in order
 */
typedef struct
{
  guint    status;
  char    *content_type;
  GBytes  *body;
  char   **hops;
} TlHttpsAnswer;

void           tl_https_answer_free (TlHttpsAnswer        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHttpsAnswer, tl_https_answer_free)

TlHttps       *tl_https_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void           tl_https_get_async   (TlHttps              *self,
                                     const char           *url,
                                     TlDeadline            deadline,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
TlHttpsAnswer *tl_https_get_finish  (TlHttps              *self,
                                     GAsyncResult         *result,
                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
