/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-rows.h"

/* Signing in and using it, as far as scripted peers can show it: rows A01 to A13. */

static const TlTestRow rows[] = {
  { "A01/P14/imap", IMAPS, IMAP_AUTH "S: %T NO [AUTHENTICATIONFAILED] Authentication failed.\n",
    "auth.bad-credentials", 1 },
  { "A01/P14/smtp", SMTPS, SMTP_AUTH "S: 535 5.7.8 Error: authentication failed\n",
    "auth.bad-credentials", 1 },
  { "A01/P14/several-mechanisms", SMTPS,
    SMTP_OFFER ("S: 250 AUTH PLAIN LOGIN XOAUTH2\n") "C: AUTH PLAIN ?*\nS: 535 5.7.8 no\n"
    "C: AUTH *\n", "auth.bad-credentials", 1 },

  { "A03/expired", IMAPS, IMAP_AUTH "S: %T NO [EXPIRED] x\n", "auth.expired", 1 },
  { "A03/contact-admin", IMAPS, IMAP_AUTH "S: %T NO [CONTACTADMIN] x\n", "auth.disabled", 1 },
  { "A03/unavailable", IMAPS, IMAP_AUTH "S: %T NO [UNAVAILABLE] x\n", "auth.temporary", 1 },
  { "A03/unknown", IMAPS, IMAP_AUTH "S: %T NO some reason of ours\n", "auth.refused", 1 },
  { "A03/454", SMTPS, SMTP_AUTH "S: 454 4.7.0 Temporary authentication failure\n",
    "auth.temporary", 1 },
  { "A03/432", SMTPS, SMTP_AUTH "S: 432 4.7.12 A password transition is needed\n",
    "auth.expired", 1 },
  { "A03/534", SMTPS, SMTP_AUTH "S: 534 5.7.9 Application-specific password required.\n",
    "auth.app-password", 1 },
  { "A03/535-5.7.139", SMTPS,
    SMTP_AUTH
    "S: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
    "Tenant.\n", "auth.protocol-off", 1 },

  { "A04/inbox", IMAPS, IMAP_INBOX "S: %T NO [OVERQUOTA] the mailbox is full\n",
    "use.over-quota", 1 },
  { "A04/rcpt", SMTPS, SMTP_RCPT "S: 552 5.2.2 Mailbox full\n", "use.over-quota", 1 },

  { "A05/missing", IMAPS, IMAP_INBOX "S: %T NO [NONEXISTENT] no\n", "use.inbox-missing", 1 },
  { "A05/no-words", IMAPS, IMAP_INBOX "S: %T NO some reason of ours\n", "use.inbox-missing", 1 },
  { "A05/no-permission", IMAPS, IMAP_INBOX "S: %T NO [NOPERM] no\n", "use.no-permission", 1 },
  { "A05/not-really", IMAPS, IMAP_INBOX "S: %T OK done\n", "use.protocol", 1 },

  { "A06/not-owned", SMTPS,
    SMTP_RCPT
    "S: 553 5.7.1 <you@practice.invalid>: Sender address rejected: not owned by user you\n",
    "use.sender-refused", 1 },
  { "A06/mail-from", SMTPS, SMTP_MAIL "S: 550 some reason of ours\n", "use.sender-refused", 1 },

  { "A07/relay", SMTPS, SMTP_RCPT "S: 554 5.7.1 <you@practice.invalid>: Relay access denied\n",
    "use.relay-denied", 1 },
  { "A07/unknown", SMTPS, SMTP_RCPT "S: 550 5.1.1 User unknown\n", "use.recipient-refused", 1 },
  { "A07/greylisted", SMTPS,
    SMTP_RCPT "S: 450 4.2.0 <you@practice.invalid>: Recipient address rejected: Greylisted\n",
    "use.temporary", 1 },
  { "A07/rate", SMTPS, SMTP_MAIL "S: 450 4.7.1 Error: too much mail from 127.0.0.1\n",
    "use.rate-limited", 1 },

  { "A08/no-auth-offered", SMTPS,
    SMTP_OFFER ("S: 250 SIZE\n") "C: MAIL *\nS: 250 ok\nC: RCPT *\n" SMTP_RSET, "auth.not-proven" },
  { "A08/P4/preauth", IMAPS,
    "TLS\nS: * PREAUTH ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\n"
    "S: %T OK done\nC: %T LIST *\n", "auth.not-proven" },
  { "A08/P4/let-in-early", IMAPS,
    "TLS\nS: * OK ready\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: %T OK done\n"
    "C: %T AUTHENTICATE PLAIN\nS: %T OK in\n", "auth.not-proven", 1 },

  { "A10/imap", IMAPS, IMAP_AUTH "SLEEP 900\nS: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n" IMAP_REST,
    NULL, 1 },
  { "A10/smtp", SMTPS,
    SMTP_AUTH "SLEEP 900\nS: 235 in\nC: MAIL *\nS: 250 ok\nC: RCPT *\n" SMTP_RSET, NULL, 1 },
  { "A10/refused", IMAPS, IMAP_AUTH "SLEEP 900\nS: %T NO [AUTHENTICATIONFAILED] no\n",
    "auth.bad-credentials", 1 },

  { "A11/imap", IMAPS,
    IMAP_AUTH "S: %T NO [LIMIT] Maximum number of connections from user+IP exceeded\n",
    "auth.too-many-connections", 1 },
  { "A11/smtp", SMTPS, "TLS\nS: 421 4.7.0 Error: too many connections from 127.0.0.1\n",
    "auth.too-many-connections" },

  { "A13/no-idle", IMAPS,
    IMAP_AUTH "S: %T OK [CAPABILITY IMAP4rev1] in\n" IMAP_LISTED IMAP_OPENED "C: %T LOGOUT\n",
    "use.idle-missing", 1 },
  { "A13/asked-again", IMAPS,
    IMAP_AUTH "S: %T OK in\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 IDLE\nS: %T OK done\n"
    IMAP_REST, NULL, 1 },
  { "A13/other-language", IMAPS, IMAP_AUTH "S: %T OK [CAPABILITY IMAP4rev2 IDLE] in\n" IMAP_REST,
    NULL, 1 },
  { "A13/nothing-left", IMAPS,
    IMAP_AUTH "S: %T OK [CAPABILITY] in\n" IMAP_LISTED IMAP_OPENED "C: %T LOGOUT\n",
    "use.idle-missing", 1 },
};

/* The same password on both lanes, at once, and only one of them takes it. */
static void
test_split (void)
{
  g_auto(TlTestLane) in = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = IMAP_IN IMAP_REST,
  };
  g_auto(TlTestLane) out = {
    .kind = TL_LANE_OUTGOING, .security = TL_SECURITY_TLS, .script = SMTP_AUTH "S: 535 5.7.8 no\n",
  };

  tl_test_lane_start (&in);
  tl_test_lane_start (&out);
  tl_test_lane_wait (&in);
  tl_test_lane_wait (&out);

  g_assert_cmpstr (tl_test_lane_get_primary (&in), ==, NULL);
  g_assert_cmpstr (tl_test_lane_get_primary (&out), ==, "auth.bad-credentials");
  g_assert_cmpuint (tl_test_lane_count_auth (&in), ==, 1);
  g_assert_cmpuint (tl_test_lane_count_auth (&out), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  TL_TEST_ADD_ROWS (rows);
  g_test_add_func ("/rows/A02/split", test_split);

  return g_test_run ();
}
