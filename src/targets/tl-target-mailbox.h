/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-report.h"
#include "tl-secret.h"

G_BEGIN_DECLS

/**
 * TlTargetMailbox:
 * @report: what was tested
 * @now_s: the present, seconds since the epoch
 * @is_verified: the report comes out of a bundle that passed every check, or was made just now
 * @incoming: (nullable): the incoming lane's password; %NULL: its place is left blank
 * @outgoing: (nullable): the outgoing lane's password
 *
 * A mailbox to be rendered. Everything stays the caller's.
 */
typedef struct
{
  TlReport *report;
  gint64    now_s;
  gboolean  is_verified;
  TlSecret *incoming;
  TlSecret *outgoing;
} TlTargetMailbox;

G_END_DECLS
