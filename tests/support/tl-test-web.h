/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tl-test-ca.h"
#include "tl-test-server.h"

G_BEGIN_DECLS

/**
 * TlTestWebMood:
 * @TL_TEST_WEB_WELL: serves its pages
 * @TL_TEST_WEB_SILENT_TLS: says nothing once it is connected to
 * @TL_TEST_WEB_PLAINTEXT: speaks HTTP where TLS belongs
 * @TL_TEST_WEB_PROXY_REFUSES: its proxy connects nobody
 * @TL_TEST_WEB_HTTP2: speaks HTTP/2 with whoever offers it, and then sends nothing but PINGs for
 *   some seconds
 */
typedef enum
{
  TL_TEST_WEB_WELL,
  TL_TEST_WEB_SILENT_TLS,
  TL_TEST_WEB_PLAINTEXT,
  TL_TEST_WEB_PROXY_REFUSES,
  TL_TEST_WEB_HTTP2,
} TlTestWebMood;

/**
 * TlTestWeb:
 * @server: where its proxy is
 * @trust: what vouches for it
 * @n_asked_who: (atomic): requests for what needs credentials
 * @n_told_who: (atomic): those of them that came with credentials
 * @n_posted: (atomic): POSTs
 * @n_http1: (atomic): TLS connections that offered HTTP/1.1 and nothing else
 * @n_other: (atomic): those that offered HTTP/2, or something else
 * @plain_request: (atomic): the last request that came without TLS
 *
 * One server that plays a whole web behind a CONNECT proxy, so that every name
 * has its port 443, and its port 80, without any name being resolved. Its pages
 * are a table in tl-test-web.c; it has certificates for a.test, www.a.test,
 * mta-sts.a.test, b.test and 127.0.0.1.
 */
typedef struct
{
  TlTestCa      *ca;
  SSL_CTX       *ctx;
  TlTestServer  *server;
  TlTestWebMood  mood;
  int            n_asked_who;
  int            n_told_who;
  int            n_posted;
  int            n_http1;
  int            n_other;
  char          *plain_request;
  GTlsDatabase  *trust;
  char          *folder;
  char          *ca_file;
} TlTestWeb;

TlTestWeb *tl_test_web_new  (TlTestTls      peculiar,
                             TlTestWebMood  mood) G_GNUC_WARN_UNUSED_RESULT;
void       tl_test_web_free (TlTestWeb     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TlTestWeb, tl_test_web_free)

G_END_DECLS
