/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-test-lane.h"

G_BEGIN_DECLS

/* The words that tables of rows are made of: short, and for those programs alone. */

/* A lane and how it is encrypted: two members of a row. */
#define IMAPS        TL_LANE_INCOMING, TL_SECURITY_TLS
#define IMAP         TL_LANE_INCOMING, TL_SECURITY_STARTTLS
#define SMTPS        TL_LANE_OUTGOING, TL_SECURITY_TLS
#define SMTP         TL_LANE_OUTGOING, TL_SECURITY_STARTTLS

/* Up to an act of the client, each on top of the one before; a row goes on from there. */
#define IMAP_GREETED "TLS\nS: * OK ready\n"
#define IMAP_CAPS    IMAP_GREETED "C: %T CAPABILITY\n"
#define IMAP_OFFER(list) IMAP_CAPS "S: * CAPABILITY " list "\nS: %T OK done\n"
#define IMAP_AUTH    IMAP_OFFER ("IMAP4rev1 SASL-IR AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN ?*\n"
#define IMAP_IN      IMAP_AUTH "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in\n"
#define IMAP_LIST    IMAP_IN "C: %T LIST *\n"
#define IMAP_INBOX   IMAP_IN IMAP_LISTED
/* From an act of the client on. */
#define IMAP_LISTED  "C: %T LIST *\nS: * LIST () \"/\" INBOX\nS: %T OK done\nC: %T EXAMINE INBOX\n"
#define IMAP_IDLE    "C: %T IDLE\nS: + idling\nC: DONE\nC: %T LOGOUT\n"
#define IMAP_OPENED  "S: * 3 EXISTS\nS: %T OK done\n" IMAP_IDLE
#define IMAP_REST    IMAP_LISTED IMAP_OPENED

#define SMTP_CLEAR   "S: 220 mail.practice.invalid ESMTP\nC: EHLO ?*\n"
#define SMTP_GREETED "TLS\n" SMTP_CLEAR
#define SMTP_OFFER(lines) SMTP_GREETED "S: 250-mail.practice.invalid\n" lines
#define SMTP_AUTH    SMTP_OFFER ("S: 250 AUTH PLAIN\n") "C: AUTH PLAIN ?*\n"
#define SMTP_IN      SMTP_AUTH "S: 235 in\n"
#define SMTP_MAIL    SMTP_IN "C: MAIL FROM:<you@practice.invalid>\n"
#define SMTP_RCPT    SMTP_MAIL "S: 250 ok\nC: RCPT TO:<you@practice.invalid>\n"
#define SMTP_RSET    "S: 250 ok\nC: RSET\nS: 250 ok\nC: QUIT\n"
#define SMTP_MAILED  "C: MAIL *\nS: 250 ok\nC: RCPT *\n" SMTP_RSET
#define SMTP_SIGNED_IN "C: AUTH PLAIN ?*\nS: 235 in\n" SMTP_MAILED

/* Up to STARTTLS, in the clear. */
#define IMAP_ASKED   "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\nC: %T STARTTLS\n"
#define SMTP_ASKED   SMTP_CLEAR "S: 250-mail.practice.invalid\nS: 250 STARTTLS\nC: STARTTLS\n"

#define X10(x)       x x x x x x x x x x

/**
 * TlTestRow:
 * @name: the row of the fault matrix, and what of it: `N07/imap-clear`
 * @kind: which lane
 * @security: how it is protected
 * @script: what the server plays
 * @primary: (nullable): the finding that decides, %NULL for a green lane
 * @n_auth: how many times the lane tries to sign in
 * @n_more: how many connections it makes beyond the one
 * @password: (nullable): %NULL for `TL_TEST_LANE_PASSWORD`
 * @hidden: (nullable): what the report does not hold
 * @also: (nullable): a finding that is there too
 * @budget: (nullable): %NULL for a short one where @primary is a time-out, and a long one elsewhere
 * @max_ms: by when it is over, 0 for whenever the budget says
 *
 * A script, and what a lane makes of it.
 */
typedef struct
{
  const char         *name;
  TlLaneKind          kind;
  TlSecurity          security;
  const char         *script;
  const char         *primary;
  guint               n_auth;
  guint               n_more;
  const char         *password;
  const char         *hidden;
  const char         *also;
  const TlLaneBudget *budget;
  guint               max_ms;
} TlTestRow;

/* Cases of any shape whose first member is their name, as `PREFIX/NAME`. */
#define TL_TEST_ADD_CASES(prefix, cases, func) \
  tl_test_cases_add ((prefix), (cases), G_N_ELEMENTS (cases), sizeof *(cases), (func))

/* A table of TlTestRow. */
#define TL_TEST_ADD_ROWS(rows) TL_TEST_ADD_CASES ("/rows", (rows), tl_test_row_run)

void tl_test_cases_add (const char    *prefix,
                        gconstpointer  cases,
                        gsize          n_cases,
                        gsize          case_bytes,
                        GTestDataFunc  func);
void tl_test_row_run   (gconstpointer  row);

G_END_DECLS
