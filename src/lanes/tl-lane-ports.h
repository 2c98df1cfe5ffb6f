/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TlLanePorts:
 * @imaps: IMAP under TLS (RFC 8314 §7.1)
 * @imap: IMAP with STARTTLS
 * @pop3s: POP3 under TLS
 * @pop3: POP3 in the clear
 * @smtps: submission under TLS (RFC 8314 §7.3)
 * @smtp: submission with STARTTLS (RFC 6409 §3.1)
 * @smtp_other: where some relays take messages beside that
 * @smtp_transfer: where servers hand messages on to each other
 * @https: web pages
 *
 * Where services usually are. Looked at only to explain why a lane does not
 * work; 0 is left out. Passed in by whoever makes the lane: unit tests play
 * several services of one host, the programs have no way to.
 */
typedef struct
{
  guint16 imaps;
  guint16 imap;
  guint16 pop3s;
  guint16 pop3;
  guint16 smtps;
  guint16 smtp;
  guint16 smtp_other;
  guint16 smtp_transfer;
  guint16 https;
} TlLanePorts;

extern const TlLanePorts TL_LANE_PORTS_DEFAULT;

G_END_DECLS
