/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* What networks and silent servers do to a lane: rows N07 to N11 and N16. */

#define DRIP(byte)   X10 (X10 ("S! " byte "\nSLEEP 30\n"))

static const TlTestRow rows[] = {
  /* Accepts, and is silent: in the clear, a second connection asks whether it waits for TLS */
  { "N07/imap-clear", IMAP, "HANG\n", "greet.timeout", .n_more = 1 },
  { "N07/smtp-clear", SMTP, "HANG\n", "greet.timeout", .n_more = 1 },
  { "N07/imap-tls", IMAPS, "TLS\nHANG\n", "greet.timeout" },
  { "N07/smtp-tls", SMTPS, "TLS\nHANG\n", "greet.timeout" },
  { "N07/imap-no-handshake", IMAPS, "HANG\n", "tls.timeout" },
  { "N07/smtp-no-handshake", SMTPS, "HANG\n", "tls.timeout" },

  /* Speaks late, and does not want to be spoken to before */
  { "N08/imap", IMAP, "SLEEP 300\nQUIET\n" TL_TEST_IMAP_STARTTLS, NULL, 1 },
  { "N08/smtp", SMTP, "SLEEP 300\nQUIET\n" TL_TEST_SMTP_STARTTLS, NULL, 1 },

  /* Drips: no pause is long enough for a timer of its own */
  { "N09/imap-clear", IMAP, DRIP ("*"), "greet.timeout", .n_more = 1 },
  { "N09/imap-tls", IMAPS, "TLS\n" DRIP ("*"), "greet.timeout" },
  { "N09/smtp-clear", SMTP, DRIP ("2"), "greet.timeout", .n_more = 1 },
  { "N09/smtp-tls", SMTPS, "TLS\n" DRIP ("2"), "greet.timeout" },
  { "N09/smtp-lines", SMTPS, "TLS\n" DRIP ("220-x\\r\\n"), "greet.timeout" },
  { "N09/imap-caps", IMAPS, IMAP_CAPS DRIP ("* OK x\\r\\n"), "caps.timeout" },
  { "N09/imap-auth", IMAPS, IMAP_AUTH DRIP ("* OK x\\r\\n"), "auth.timeout", 1 },
  { "N09/imap-use", IMAPS, IMAP_LIST DRIP ("* OK x\\r\\n"), "use.timeout", 1 },
  { "N09/smtp-auth", SMTPS, SMTP_AUTH DRIP ("235-x\\r\\n"), "auth.timeout", 1 },
  { "N09/imap-upgrade", IMAP, IMAP_ASKED DRIP ("* OK x\\r\\n"), "upgrade.timeout" },

  /* Resets */
  { "N10/imap-tls", IMAPS, "AWAIT\nRST\n", "tls.reset" },
  { "N10/imap-greet", IMAPS, "TLS\nRST\n", "greet.reset" },
  { "N10/imap-upgrade", IMAP, IMAP_ASKED "RST\n", "upgrade.reset" },
  { "N10/imap-caps", IMAPS, IMAP_CAPS "RST\n", "caps.reset" },
  { "N10/imap-auth", IMAPS, IMAP_AUTH "RST\n", "auth.reset", 1 },
  { "N10/imap-use", IMAPS, IMAP_LIST "RST\n", "use.reset", 1 },
  { "N10/imap-inbox", IMAPS, IMAP_INBOX "RST\n", "use.reset", 1 },
  { "N10/smtp-tls", SMTPS, "AWAIT\nRST\n", "tls.reset" },
  { "N10/smtp-upgrade", SMTP, SMTP_ASKED "RST\n", "upgrade.reset" },
  { "N10/smtp-caps", SMTPS, SMTP_GREETED "RST\n", "caps.reset" },
  { "N10/smtp-auth", SMTPS, SMTP_AUTH "RST\n", "auth.reset", 1 },
  { "N10/smtp-use", SMTPS, SMTP_MAIL "RST\n", "use.reset", 1 },
  { "N10/smtp-rcpt", SMTPS, SMTP_RCPT "RST\n", "use.reset", 1 },

  /* Half a line, and the end without a good-bye: no half line is a reply */
  { "N11/imap-greet", IMAPS, "TLS\nS! * OK rea\nCLOSE\n", "greet.truncated" },
  { "N11/imap-caps", IMAPS, IMAP_CAPS "S! * CAPABILITY IMAP4rev1 AUTH=PLAIN\nCLOSE\n",
    "caps.truncated" },
  { "N11/imap-auth", IMAPS, IMAP_AUTH "S! %T OK in\nCLOSE\n", "auth.truncated", 1 },
  { "N11/imap-auth-cr", IMAPS, IMAP_AUTH "S! %T OK in\\r\nCLOSE\n", "auth.truncated", 1 },
  { "N11/imap-use", IMAPS, IMAP_INBOX "S: * 3 EXISTS\nS! %T OK done\nCLOSE\n", "use.truncated", 1 },
  { "N11/imap-use-bare", IMAPS, IMAP_INBOX "S: * 3 EXISTS\nCLOSE\n", "use.truncated", 1 },
  { "N11/imap-good-bye", IMAPS, IMAP_INBOX "S! %T OK do\nSHUTDOWN\n", "use.truncated", 1 },
  { "N11/smtp-greet", SMTPS, "TLS\nS! 220 ready\nCLOSE\n", "greet.truncated" },
  { "N11/smtp-caps", SMTPS, SMTP_GREETED "S! 250-a\\r\\n250 AUTH PLAIN\nCLOSE\n",
    "caps.truncated" },
  { "N11/smtp-auth", SMTPS, SMTP_AUTH "S! 235 in\nCLOSE\n", "auth.truncated", 1 },
  { "N11/smtp-rcpt", SMTPS, SMTP_RCPT "S! 250 ok\nCLOSE\n", "use.truncated", 1 },
  { "N11/smtp-upgrade", SMTP, SMTP_ASKED "S! 220 go\nCLOSE\n", "upgrade.truncated" },

  /* Somebody on the way writes over it */
  { "N16/smtp-word", SMTP, "S: 220 a\nC: EHLO ?*\nS: 250-a\nS: 250 XXXXXXXA\n",
    "upgrade.stripped" },
  { "N16/smtp-greeting", SMTP, "S: 220 ***************\nC: EHLO ?*\nS: 250-a\nS: 250 SIZE\n",
    "upgrade.stripped" },
  { "N16/smtp-answer", SMTP, "S: 220 a\nC: EHLO ?*\nS: 250-a\nS: 250-XXXXXXXX\nS: 250 SIZE\n",
    "upgrade.stripped" },
  { "N16/imap-word", IMAP, "S: * OK [CAPABILITY IMAP4rev1 XXXXXXXX] ready\n", "upgrade.stripped" },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  TL_TEST_ADD_ROWS (rows);

  return g_test_run ();
}
