/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TL_PRACTICE_ADDRESS  "you@practice.invalid"
/* No part of a host's name: wherever a server says a password, dots take its place. */
#define TL_PRACTICE_PASSWORD "rehearsal"
#define TL_PRACTICE_INCOMING_HOST "imap.practice.invalid"
#define TL_PRACTICE_OUTGOING_HOST "smtp.practice.invalid"

/**
 * TlPracticeScenario:
 * @TL_PRACTICE_ALL_WELL: both lanes work
 * @TL_PRACTICE_WRONG_PASSWORD: every password is refused as wrong
 * @TL_PRACTICE_APP_PASSWORD: the server asks for an app password
 * @TL_PRACTICE_PORT_BLOCKED: the outgoing port is silent, as behind a firewall
 * @TL_PRACTICE_WRONG_CERTIFICATE: the certificate is for another name
 */
typedef enum
{
  TL_PRACTICE_ALL_WELL,
  TL_PRACTICE_WRONG_PASSWORD,
  TL_PRACTICE_APP_PASSWORD,
  TL_PRACTICE_PORT_BLOCKED,
  TL_PRACTICE_WRONG_CERTIFICATE,
} TlPracticeScenario;

#define TL_TYPE_PRACTICE_SCENARIO (tl_practice_scenario_get_type ())
GType       tl_practice_scenario_get_type        (void) G_GNUC_CONST;
const char *tl_practice_scenario_get_label       (TlPracticeScenario scenario);
const char *tl_practice_scenario_get_explanation (TlPracticeScenario scenario);

/**
 * TlPractice:
 *
 * The practice mailbox: a small IMAP and a small submission server on loopback,
 * on ephemeral ports, with a certificate authority made on the spot whose key
 * never leaves this object. Its servers run on threads of their own; the object
 * itself may be used from the thread that made it.
 */
#define TL_TYPE_PRACTICE (tl_practice_get_type ())
G_DECLARE_FINAL_TYPE (TlPractice, tl_practice, TL, PRACTICE, GObject)

TlPractice *tl_practice_start             (TlPracticeScenario   scenario,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void        tl_practice_stop              (TlPractice          *self);
guint16     tl_practice_get_incoming_port (TlPractice          *self);
guint16     tl_practice_get_outgoing_port (TlPractice          *self);
const char *tl_practice_get_ca_pem        (TlPractice          *self);

G_END_DECLS
