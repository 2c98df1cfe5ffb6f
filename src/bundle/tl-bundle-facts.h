/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-fingerprint.h"
#include "tl-report.h"

G_BEGIN_DECLS

/* The most a serial number may be: what every reader of JSON can hold. */
#define TL_BUNDLE_MAX_SERIAL ((gint64) 9007199254740991)

/**
 * TlBundleFacts:
 * @serial: 0 to `TL_BUNDLE_MAX_SERIAL`, growing from one bundle of a signer to the next
 * @made_s: when it was made, seconds since the epoch, UTC
 * @expires_s: when it stops being valid
 * @readiness: what could be made of the report at @made_s
 * @fingerprint: the signer's, 64 lower-case hex digits
 * @certificate_sha256: of the signer's certificate in DER, 64 lower-case hex digits
 * @recipient: the fingerprint of whom passwords are sealed for; empty: there are none
 * @has_incoming: the incoming lane's password is among them
 * @has_outgoing: the outgoing lane's password is among them
 * @secrets_sha256: of `secrets.p7m`, 64 lower-case hex digits; empty where there is none
 * @report_sha256: of `report.html`, 64 lower-case hex digits; empty until that is written
 *
 * What a bundle says about itself, beside the report.
 */
typedef struct
{
  guint64     serial;
  gint64      made_s;
  gint64      expires_s;
  TlReadiness readiness;
  char        fingerprint[TL_FINGERPRINT_LEN + 1];
  char        certificate_sha256[TL_FINGERPRINT_LEN + 1];
  char        recipient[TL_FINGERPRINT_LEN + 1];
  gboolean    has_incoming;
  gboolean    has_outgoing;
  char        secrets_sha256[TL_FINGERPRINT_LEN + 1];
  char        report_sha256[TL_FINGERPRINT_LEN + 1];
} TlBundleFacts;

G_END_DECLS
