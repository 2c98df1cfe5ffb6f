/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-test-ca.h"
#include "tl-test-peer.h"
#include "tl-test-rep.h"

G_BEGIN_DECLS

/**
 * TlTestRefusers:
 *
 * Two servers that take a token and turn it down, incoming first, and a set-up that uses them. On
 * the stack of a test.
 */
typedef struct
{
  TlTestCa   *ca;
  SSL_CTX    *tls;
  TlTestPeer *peers[2];
} TlTestRefusers;

void tl_test_refusers_start (TlTestRefusers *self,
                             TlTestRep      *rep);
void tl_test_refusers_stop  (TlTestRefusers *self);

G_END_DECLS
