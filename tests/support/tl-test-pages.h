/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlTestPage:
 * @url: where it is: `https://host/path`, with its query
 * @status: status line from the code on; %NULL for `200 OK`; "": hangs up without a word
 * @type: (nullable): its media type
 * @location: (nullable): where it redirects to
 * @body: (nullable): the body
 *
 * What is said to whoever asks for a URL, by whatever method. A row of a table.
 */
typedef struct
{
  const char *url;
  const char *status;
  const char *type;
  const char *location;
  const char *body;
} TlTestPage;

/**
 * TlTestPages:
 *
 * A web made of a table, behind a CONNECT proxy on loopback: every host of its
 * pages has a port 443 without any name being resolved, nobody else's exists,
 * and what is not a page is missing (404). It keeps what it was asked.
 */
typedef struct _TlTestPages TlTestPages;

TlTestPages *tl_test_pages_new            (const TlTestPage *pages,
                                           gsize             n_pages,
                                           const char       *unproven) G_GNUC_WARN_UNUSED_RESULT;
void         tl_test_pages_free           (TlTestPages      *self);
const char  *tl_test_pages_get_ca_pem     (TlTestPages      *self);
char        *tl_test_pages_dup_proxy      (TlTestPages      *self) G_GNUC_WARN_UNUSED_RESULT;
void         tl_test_pages_forget         (TlTestPages      *self);
char       **tl_test_pages_dup_asked      (TlTestPages      *self) G_GNUC_WARN_UNUSED_RESULT;
char        *tl_test_pages_dup_transcript (TlTestPages      *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestPages, tl_test_pages_free)

G_END_DECLS
