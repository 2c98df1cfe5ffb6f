/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* Grammar, as far as a whole lane meets it: rows X01 to X24. Those that are
 * floods are in test-lane-flood. */

static const TlTestRow rows[] = {
  { "X03/minus", IMAPS, IMAP_CAPS "S: * CAPABILITY {-1}\n", "caps.literal-limit" },
  { "X03/zeros", IMAPS, IMAP_CAPS "S: * X {00000000000000000012}\nS: twelve bytes\nS: %T NO no\n",
    "caps.literal-limit" },
  { "X03/2^64", IMAPS, IMAP_CAPS "S: * CAPABILITY {18446744073709551616}\n", "caps.literal-limit" },
  { "X03/4-gib", IMAPS, IMAP_CAPS "S: * CAPABILITY {4294967295}\n", "caps.literal-limit" },
  { "X03/plus", IMAPS, IMAP_CAPS "S: * CAPABILITY {5+}\n", "caps.literal-limit" },
  { "X03/cut", IMAPS, IMAP_LIST "S: * LIST () \"/\" {5}\nS! ab\nSHUTDOWN\n", "use.truncated", 1 },
  { "X03/in-list", IMAPS, IMAP_LIST "S: * LIST () \"/\" {4294967295}\n", "use.literal-limit", 1 },
  { "X03/in-auth", IMAPS, IMAP_AUTH "S: * X {4294967295}\n", "auth.literal-limit", 1 },

  { "X05/range", IMAPS,
    IMAP_INBOX "S: * SEARCH 1:4294967295\nS: * VANISHED 1:4294967295\n"
    "S: * OK [COPYUID 1 1:4294967295 1:4294967295] x\n" IMAP_OPENED, NULL, 1 },

  { "X06/depth-31", IMAPS,
    IMAP_INBOX "S: * X (((((((((((((((((((((((((((((((())))))))))))))))))))))))))))))))\n"
    IMAP_OPENED, NULL, 1 },
  { "X06/unclosed", IMAPS, IMAP_LIST "S: * LIST (\\\\HasNoChildren \"/\" INBOX\n",
    "use.protocol", 1 },
  { "X06/unclosed-unasked", IMAPS, IMAP_INBOX "S: * X (a b\n" IMAP_OPENED, "use.protocol", 1 },

  { "X07/no-list", IMAPS, IMAP_CAPS "S: * CAPABILITY\nS: %T OK done\n", "caps.protocol" },
  { "X07/blanks", IMAPS, IMAP_CAPS "S: * CAPABILITY      \nS: %T OK done\n", "caps.protocol" },
  { "X07/nothing", IMAPS, IMAP_CAPS "S: *\nS: %T OK done\n", "caps.protocol" },
  { "X07/auth-of-nothing", IMAPS, IMAP_OFFER ("IMAP4rev1 AUTH= AUTH=GSSAPI LOGINDISABLED"),
    "caps.no-common-mechanism" },
  { "X07/lower-case", IMAPS,
    IMAP_CAPS "S: * capability imap4rev1 sasl-ir auth=plain\nS: %T ok done\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T ok [capability imap4rev1 idle] in\n" IMAP_REST, NULL, 1 },
  { "X07/twice", IMAPS,
    IMAP_OFFER ("IMAP4rev1 IMAP4rev1 AUTH=PLAIN AUTH=PLAIN SASL-IR SASL-IR")
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 IDLE IDLE] in\n" IMAP_REST,
    NULL, 1 },

  { "X08/nul", IMAPS, IMAP_CAPS "S: * CAPABILITY IMAP4rev1\\0 AUTH=PLAIN\n", "caps.protocol" },
  { "X08/bare-cr", IMAPS, IMAP_CAPS "S: * CAPABILITY IMAP4rev1\\r AUTH=PLAIN\n", "caps.protocol" },
  { "X08/cr-cr-lf", IMAPS, IMAP_CAPS "S! * CAPABILITY IMAP4rev1\\r\\r\\n\n", "caps.protocol" },
  { "X08/lf", IMAPS,
    "TLS\nS! * OK ready\\n\nC: %T CAPABILITY\nS! * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\\n"
    "%T OK done\\n\nC: %T AUTHENTICATE PLAIN ?*\nS! %T OK [CAPABILITY IMAP4rev1 IDLE] in\\n\n"
    IMAP_REST, NULL, 1 },
  { "X08/eight-bit", IMAPS,
    IMAP_AUTH "S: %T NO [AUTHENTICATIONFAILED] \\xff\\xfe\\xe2\\x80\\xae no\n",
    "auth.bad-credentials", 1, .hidden = "\xe2\x80\xae" },
  { "X08/escape", IMAPS, IMAP_AUTH "S: %T NO [AUTHENTICATIONFAILED] \\x1b[2Jno\n",
    "auth.bad-credentials", 1, .hidden = "\x1b" },
  { "X08/tab", SMTPS, SMTP_AUTH "S: 535 5.7.8 no\\tno\n", "auth.bad-credentials", 1 },
  { "X08/smtp-nul", SMTPS, SMTP_AUTH "S: 235 i\\0n\n", "auth.protocol", 1 },
  { "X08/smtp-bare-cr", SMTPS, SMTP_AUTH "S: 235 i\\rn\n", "auth.protocol", 1 },
  { "X08/smtp-escape", SMTPS, SMTP_AUTH "S: 535 5.7.8 \\x1b[2Jno\n",
    "auth.bad-credentials", 1, .hidden = "\x1b" },
  { "X08/smtp-lf", SMTPS,
    "TLS\nS! 220 a\\n\nC: EHLO ?*\nS! 250-a\\n250 AUTH PLAIN\\n\n" SMTP_SIGNED_IN, NULL, 1 },

  { "X09/000", SMTPS, SMTP_AUTH "S: 000 ok\n", "auth.protocol", 1 },
  { "X09/999", SMTPS, SMTP_AUTH "S: 999 ok\n", "auth.protocol", 1 },
  { "X09/199", SMTPS, SMTP_AUTH "S: 199 ok\n", "auth.protocol", 1 },
  { "X09/600", SMTPS, SMTP_AUTH "S: 600 no\n", "auth.protocol", 1 },
  { "X09/25", SMTPS, SMTP_MAIL "S: 25\n", "use.protocol", 1 },
  { "X09/2500", SMTPS, SMTP_MAIL "S: 2500 ok\n", "use.protocol", 1 },
  { "X09/250x", SMTPS, SMTP_MAIL "S: 250x\n", "use.protocol", 1 },
  { "X09/minus", SMTPS, SMTP_MAIL "S: -250 ok\n", "use.protocol", 1 },
  { "X09/mixed", SMTPS, SMTP_RCPT "S: 250-ok\nS: 550 no\n", "use.protocol", 1 },
  { "X09/mixed-good", SMTPS, SMTP_AUTH "S: 535-no\nS: 235 in\n", "auth.protocol", 1 },
  { "X09/no-text", SMTPS, SMTP_MAIL "S: 250\nC: RCPT *\n" SMTP_RSET, NULL, 1 },
  { "X09/only-blank", SMTPS, SMTP_MAIL "S: 250 \nC: RCPT *\n" SMTP_RSET, NULL, 1 },

  { "X10/auth-twice", SMTPS, SMTP_OFFER ("S: 250-AUTH GSSAPI\nS: 250 AUTH PLAIN\n") SMTP_SIGNED_IN,
    NULL, 1 },
  { "X10/old-style", SMTPS, SMTP_OFFER ("S: 250 AUTH=PLAIN GSSAPI\n") SMTP_SIGNED_IN, NULL, 1 },
  { "X10/both", SMTPS, SMTP_OFFER ("S: 250-AUTH GSSAPI\nS: 250 AUTH=PLAIN\n") SMTP_SIGNED_IN,
    NULL, 1 },
  { "X10/size-odd", SMTPS,
    SMTP_OFFER ("S: 250-SIZE -1\nS: 250-SIZE 99999999999999999999\nS: 250-SIZE\n"
                "S: 250-SIZE 0\nS: 250 AUTH PLAIN\n")
    SMTP_SIGNED_IN, NULL, 1 },
  { "X10/lower-case", SMTPS, SMTP_OFFER ("S: 250 auth plain\n") SMTP_SIGNED_IN, NULL, 1 },

  { "X13/exists", IMAPS,
    IMAP_INBOX "S: * 9 EXISTS\nS: * 3 FETCH (FLAGS (\\\\Seen))\nS: * 9 EXPUNGE\n" IMAP_OPENED,
    NULL, 1 },
  { "X13/bye", IMAPS, IMAP_INBOX "S: * 3 EXISTS\nS: * BYE some reason of ours\n",
    "use.server-closed", 1 },
  { "X13/bye-before-auth", IMAPS, IMAP_AUTH "S: * BYE some reason of ours\n",
    "auth.server-closed", 1 },
  { "X13/421", SMTPS, SMTP_RCPT "S: 421 some reason of ours\n", "use.rate-limited", 1 },
  { "X13/421-caps", SMTPS, SMTP_GREETED "S: 421 some reason of ours\n", "greet.busy" },

  { "X14/somebody-elses", IMAPS, IMAP_AUTH "S: A1 OK in\n", "auth.protocol", 1 },
  { "X14/former", IMAPS, IMAP_AUTH "S: %1 OK in\n", "auth.protocol", 1 },
  { "X14/longer", IMAPS, IMAP_AUTH "S: %TA OK in\n", "auth.protocol", 1 },
  { "X14/with-blank", IMAPS, IMAP_AUTH "S: x %T OK in\n", "auth.protocol", 1 },
  { "X14/twice", IMAPS,
    IMAP_AUTH "CORK\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\nUNCORK\n" IMAP_REST, "use.protocol", 1 },
  { "X14/none", IMAPS, IMAP_AUTH "S: OK in\n", "auth.protocol", 1 },

  { "X15/imap-inside", IMAPS, IMAP_GREETED "S: A1 OK x\nC: %T CAPABILITY\n", "caps.protocol" },
  { "X15/imap-in-flight", IMAPS, IMAP_IN "C: %T LIST *\nS: + go\n", "use.protocol", 1 },
  { "X15/smtp-235", SMTPS,
    SMTP_GREETED "CORK\nS: 250-a\nS: 250 AUTH PLAIN\nS: 235 in\nUNCORK\nC: *\n", "auth.protocol" },
  { "X15/smtp-250", SMTPS, SMTP_AUTH "CORK\nS: 235 in\nS: 250 ok\nUNCORK\nC: *\n",
    "use.protocol", 1 },

  { "X17/raw", IMAPS,
    IMAP_AUTH "S: %T NO [AUTHENTICATIONFAILED] you " TL_TEST_LANE_PASSWORD " bad\n",
    "auth.bad-credentials", 1, .hidden = TL_TEST_LANE_PASSWORD },
  { "X17/smtp", SMTPS, SMTP_AUTH "S: 535 5.7.8 bad " TL_TEST_LANE_PASSWORD "\n",
    "auth.bad-credentials", 1, .hidden = TL_TEST_LANE_PASSWORD },
  { "X17/later", SMTPS, SMTP_RCPT "S: 550 5.1.1 bad " TL_TEST_LANE_PASSWORD "\n",
    "use.recipient-refused", 1, .hidden = TL_TEST_LANE_PASSWORD },
  { "X17/alert", IMAPS,
    IMAP_INBOX "S: * OK [ALERT] " TL_TEST_LANE_PASSWORD " is your password\n" IMAP_OPENED,
    NULL, 1, .hidden = TL_TEST_LANE_PASSWORD },
  { "X17/folder", IMAPS,
    IMAP_LIST "S: * LIST () \"/\" " TL_TEST_LANE_PASSWORD "\nS: %T OK done\nC: %T EXAMINE INBOX\n"
    IMAP_OPENED, NULL, 1, .hidden = TL_TEST_LANE_PASSWORD },
  { "X17/capability", IMAPS,
    IMAP_AUTH "S: %T OK [CAPABILITY IMAP4rev1 IDLE " TL_TEST_LANE_PASSWORD "] in\n" IMAP_REST,
    NULL, 1, .hidden = TL_TEST_LANE_PASSWORD },

  { "X21/quotes", IMAPS,
    IMAP_OFFER ("IMAP4rev1") "C: %T LOGIN \"you@practice.invalid\" \"  a\\\"b\\\\c {5} \"\n"
    "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" IMAP_REST, NULL, 1, .password = "  a\"b\\c {5} " },
  { "X21/plain", SMTPS,
    SMTP_OFFER ("S: 250 AUTH PLAIN\n")
    "C: AUTH PLAIN AHlvdUBwcmFjdGljZS5pbnZhbGlkACAgYSJiXGMgezV9IA==\nS: 235 in\nC: MAIL *\n"
    "S: 250 ok\nC: RCPT *\n" SMTP_RSET, NULL, 1, .password = "  a\"b\\c {5} " },

  { "X23/imap", IMAPS, IMAP_OFFER ("IMAP4rev1 LOGINDISABLED AUTH=NTLM AUTH=GSSAPI"),
    "caps.no-common-mechanism" },
  { "X23/smtp", SMTPS, SMTP_OFFER ("S: 250 AUTH NTLM GSSAPI\n"), "caps.no-common-mechanism" },

  { "X24/imap", IMAPS, IMAP_AUTH "S: + \nS: + \nS: + \nS: + \nS: + \nS: + \nS: + \nS: + \nS: + \n",
    "auth.protocol", 1 },
  { "X24/smtp", SMTPS, SMTP_AUTH "S: 334 \nS: 334 \nS: 334 \nS: 334 \nS: 334 \nS: 334 \nS: 334 \n",
    "auth.protocol", 1 },
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
