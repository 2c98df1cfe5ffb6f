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
 */
typedef enum
{
  TL_TEST_WEB_WELL,
  TL_TEST_WEB_SILENT_TLS,
  TL_TEST_WEB_PLAINTEXT,
  TL_TEST_WEB_PROXY_REFUSES,
} TlTestWebMood;

/**
 * TlTestWeb:
 * @server: where its proxy is
 * @trust: what vouches for it
 * @n_asked_who: (atomic): requests for what needs credentials
 * @n_told_who: (atomic): those of them that came with credentials
 * @n_posted: (atomic): POSTs
 * @plain_request: (atomic): the last request that came without TLS
 *
 * One server that plays a whole web behind a CONNECT proxy, so that every name
 * has its port 443, and its port 80, without any name being resolved. Its pages
 * are a table in tl-test-web.c; it has certificates for a.test, www.a.test,
 * b.test and 127.0.0.1.
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
