/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "tl-https.h"

G_BEGIN_DECLS

/**
 * TlHttpsFetch:
 *
 * One request with its redirects and all its bounds, from asking to the answer.
 * Counted: what libsoup has not given back outlives the answer.
 */
typedef struct _TlHttpsFetch TlHttpsFetch;

TlHttpsFetch *tl_https_fetch_new         (SoupSession          *session,
                                          TlContacts           *contacts,
                                          const char           *method,
                                          GUri                 *url) G_GNUC_WARN_UNUSED_RESULT;
void          tl_https_fetch_unref       (TlHttpsFetch         *self);
void          tl_https_fetch_set_request (TlHttpsFetch         *self,
                                          const TlHttpsRequest *request);
void          tl_https_fetch_start       (TlHttpsFetch         *self,
                                          GTask                *task,
                                          TlDeadline            deadline);

GUri         *tl_https_parse_url         (GUri                 *base,
                                          const char           *text) G_GNUC_WARN_UNUSED_RESULT;
gboolean      tl_https_is_secure         (GUri                 *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlHttpsFetch, tl_https_fetch_unref)

G_END_DECLS
