/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tl-lane.h"
#include "tl-test-ca.h"
#include "tl-test-peer.h"

G_BEGIN_DECLS

#define TL_TEST_LANE_HOST     "mail.practice.invalid"
#define TL_TEST_LANE_ADDRESS  "you@practice.invalid"
#define TL_TEST_LANE_PASSWORD "c4n4ry-Pa55w0rd"

/* Conversations in which all is well. */
#define TL_TEST_IMAP_SIGN_IN \
  "C: %T CAPABILITY\n" \
  "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN AUTH=PLAIN\n" \
  "S: %T OK done\n" \
  "C: %T AUTHENTICATE PLAIN ?*\n" \
  "S: %T OK [CAPABILITY IMAP4rev1 ID NAMESPACE ACL QUOTA IDLE SPECIAL-USE LIST-EXTENDED] in\n"
/* What is sent in one flight may be answered one by one. */
#define TL_TEST_IMAP_USE \
  "C: %T ID (\"name\" \"Twolane\" \"version\" ?*)\n" \
  "S: * ID (\"name\" \"Scripted\" \"version\" \"1.0\")\n" \
  "S: %T OK done\n" \
  "C: %T NAMESPACE\n" \
  "S: * NAMESPACE ((\"\" \"/\")) NIL NIL\n" \
  "S: %T OK done\n" \
  "C: %T LIST \"\" \"?\" RETURN (SPECIAL-USE)\n" \
  "S: * LIST (\\\\HasNoChildren) \"/\" INBOX\n" \
  "S: * LIST (\\\\HasNoChildren \\\\Sent) \"/\" {9}\n" \
  "S: Sent&AOQ-\n" \
  "S: %T OK done\n" \
  "C: %T MYRIGHTS INBOX\n" \
  "S: * MYRIGHTS INBOX lrswipkxte\n" \
  "S: %T OK done\n" \
  "C: %T GETQUOTAROOT INBOX\n" \
  "S: * QUOTAROOT INBOX \"\"\n" \
  "S: * QUOTA \"\" (STORAGE 10 512)\n" \
  "S: %T OK done\n" \
  "C: %T EXAMINE INBOX\n" \
  "S: * 3 EXISTS\n" \
  "S: %T OK [READ-ONLY] done\n" \
  "C: %T IDLE\n" \
  "S: + idling\n" \
  "C: DONE\n" \
  "C: %T LOGOUT\n"
#define TL_TEST_IMAP_UPGRADE \
  "S: * OK ready\n" \
  "C: %T CAPABILITY\n" \
  "S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\n" \
  "S: %T OK done\n" \
  "C: %T STARTTLS\n" \
  "S: %T OK go ahead\n" \
  "TLS\n"

#define TL_TEST_IMAP_TLS      "TLS\nS: * OK ready\n" TL_TEST_IMAP_SIGN_IN TL_TEST_IMAP_USE
#define TL_TEST_IMAP_STARTTLS TL_TEST_IMAP_UPGRADE TL_TEST_IMAP_SIGN_IN TL_TEST_IMAP_USE

#define TL_TEST_SMTP_SIGN_IN \
  "C: EHLO ?*\n" \
  "S: 250-mail.practice.invalid\n" \
  "S: 250-PIPELINING\n" \
  "S: 250 AUTH LOGIN PLAIN\n" \
  "C: AUTH PLAIN ?*\n" \
  "S: 235 2.7.0 in\n"
#define TL_TEST_SMTP_USE \
  "C: MAIL FROM:<you@practice.invalid>\n" \
  "C: RCPT TO:<you@practice.invalid>\n" \
  "C: RSET\n" \
  "S: 250 2.1.0 ok\n" \
  "S: 250 2.1.5 ok\n" \
  "S: 250 2.0.0 ok\n" \
  "C: QUIT\n"
#define TL_TEST_SMTP_UPGRADE \
  "S: 220 mail.practice.invalid ESMTP\n" \
  "C: EHLO ?*\n" \
  "S: 250-mail.practice.invalid\n" \
  "S: 250 STARTTLS\n" \
  "C: STARTTLS\n" \
  "S: 220 2.0.0 go ahead\n" \
  "TLS\n"

#define TL_TEST_SMTP_TLS \
  "TLS\nS: 220-mail.practice.invalid\nS: 220 ESMTP\n" TL_TEST_SMTP_SIGN_IN TL_TEST_SMTP_USE
#define TL_TEST_SMTP_STARTTLS TL_TEST_SMTP_UPGRADE TL_TEST_SMTP_SIGN_IN TL_TEST_SMTP_USE

/**
 * TlTestLane:
 * @kind: which lane
 * @security: how it is protected
 * @script: what the server plays, or %NULL: then @port is used
 * @network: (nullable): the world it is in, %NULL for the practice network
 * @min_tls: (nullable): what that world asks for, %NULL for what it always does
 * @host: (nullable): where the server is, %NULL for `TL_TEST_LANE_HOST`
 * @port: where the server is when it is not a scripted one
 * @auth: what is signed in with
 * @has_no_secret: there is nothing to sign in with
 * @password: (nullable): %NULL for `TL_TEST_LANE_PASSWORD`
 * @address: (nullable): whose mailbox it is, %NULL for `TL_TEST_LANE_ADDRESS`
 * @budget: (nullable): %NULL for one that no healthy test passes
 * @ports: (nullable): where other services of the host are, %NULL for nowhere
 * @hook: (nullable): for `H:` lines
 * @guest: (nullable): who is invited
 * @guest_data: its own
 * @guest_destroy: (nullable): likewise
 * @names: (nullable): what the certificate is for, %NULL for the right name
 * @peculiar: what else is peculiar about it
 *
 * A lane run against a scripted peer.
 */
typedef struct
{
  TlLaneKind           kind;
  TlSecurity           security;
  const char          *script;
  TlNetwork           *network;
  const char          *min_tls;
  const char          *host;
  guint16              port;
  TlAuth               auth;
  gboolean             has_no_secret;
  const char          *password;
  const char          *address;
  const char          *username;
  const char          *folder;
  const TlLaneBudget  *budget;
  const TlLanePorts   *ports;
  TlTestPeerHook       hook;
  gpointer             hook_data;
  TlLaneGuest          guest;
  gpointer             guest_data;
  GDestroyNotify       guest_destroy;
  const char          *names;
  TlTestTls            peculiar;

  /* As it goes, owned */
  TlTestPeer          *peer;
  TlLane              *lane;
  GCancellable        *cancellable;
  GString             *events;    /* "+resolve -resolve:ok …" */
  gint64               began_us;
  gint64               took_us;   /* once it has ended */
  gboolean             has_ended;
  TlLaneReport        *report;
  GError              *error;
} TlTestLane;

TlTestCa   *tl_test_lane_get_ca        (void);
void        tl_test_lane_start         (TlTestLane  *self);
void        tl_test_lane_wait          (TlTestLane  *self);
void        tl_test_lane_run           (TlTestLane  *self);
void        tl_test_lane_clear         (TlTestLane  *self);

const char *tl_test_lane_get_primary   (TlTestLane  *self);
guint       tl_test_lane_count_auth    (TlTestLane  *self);
gboolean    tl_test_lane_has_finding   (TlTestLane  *self,
                                        const char  *id);
void        tl_test_lane_assert_sane   (TlTestLane  *self);
void        tl_test_lane_assert_hidden (TlTestLane  *self,
                                        const char  *quoted);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TlTestLane, tl_test_lane_clear)

G_END_DECLS
