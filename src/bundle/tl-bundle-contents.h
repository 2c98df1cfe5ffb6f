/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-recipient.h"
#include "tl-report.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlBundleContents:
 * @report: what is handed over
 * @serial: at most 2^53 − 1, growing from one bundle of a signer to the next
 * @now_s: the present, seconds since the epoch
 * @recipient: (nullable): whom passwords are sealed for; %NULL: there are none in the bundle
 * @incoming: (nullable): the incoming lane's password; never a token
 * @outgoing: (nullable): the outgoing lane's password; never a token
 *
 * What a bundle is made of. Everything stays the caller's.
 */
typedef struct
{
  TlReport    *report;
  guint64      serial;
  gint64       now_s;
  TlRecipient *recipient;
  TlSecret    *incoming;
  TlSecret    *outgoing;
} TlBundleContents;

G_END_DECLS
