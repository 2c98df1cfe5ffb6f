/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-practice.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tl-channel.h"
#include "tl-lane-kind.h"
#include "tl-line-stream.h"
#include "tl-practice-server.h"
#include "tl-resolver.h"

#define WAIT_MS     5000
#define LINE_MAX_LEN 4096

/* Base64 of NUL you@practice.invalid NUL rehearsal, and of others. */
#define RIGHT      "AHlvdUBwcmFjdGljZS5pbnZhbGlkAHJlaGVhcnNhbA=="
#define WRONG      "AHlvdUBwcmFjdGljZS5pbnZhbGlkAHdyb25n"
#define AS_ANOTHER "bWVAcHJhY3RpY2UuaW52YWxpZAB5b3VAcHJhY3RpY2UuaW52YWxpZAByZWhlYXJzYWw="
#define TOO_SHORT  "eW91"

typedef struct
{
  TlPractice *practice;
  TlNetwork  *network;
  TlChannel  *channel;
} Fixture;

static void
fixture_init (Fixture            *self,
              TlPracticeScenario  scenario)
{
  g_autoptr(GError) error = NULL;

  self->practice = tl_practice_start (scenario, &error);
  g_assert_no_error (error);
  self->network = tl_network_new_practice (tl_practice_get_ca_pem (self->practice), &error);
  g_assert_no_error (error);
  self->channel = NULL;
}

static void
fixture_clear (Fixture *self)
{
  g_clear_pointer (&self->channel, tl_channel_free);
  g_clear_pointer (&self->network, tl_network_unref);
  g_clear_object (&self->practice);
}

static TlFault *
fixture_dial (Fixture    *self,
              TlLaneKind  lane,
              guint       budget_ms)
{
  gboolean is_incoming = lane == TL_LANE_INCOMING;
  const char *host = is_incoming ? TL_PRACTICE_INCOMING_HOST : TL_PRACTICE_OUTGOING_HOST;
  guint16 port = is_incoming ? tl_practice_get_incoming_port (self->practice)
                             : tl_practice_get_outgoing_port (self->practice);
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (host, port, TL_SECURITY_TLS, NULL);
  g_autoptr(GPtrArray) addresses = NULL;
  g_autoptr(GError) error = NULL;
  TlFault *fault = NULL;

  addresses = tl_resolver_lookup_sync (self->network, host, tl_deadline_in_ms (WAIT_MS), NULL,
                                       &fault, &error);
  g_assert_no_error (error);
  g_assert_nonnull (addresses);
  self->channel = tl_channel_dial_sync (self->network, endpoint, addresses,
                                        tl_deadline_in_ms (budget_ms),
                                        NULL, &fault, &error);
  g_assert_no_error (error);

  return fault;
}

static TlFault *
fixture_secure (Fixture    *self,
                const char *host)
{
  g_autoptr(GError) error = NULL;
  TlFault *fault = NULL;
  g_autoptr(TlVerifiedTls) proof = tl_channel_handshake_sync (self->channel, host,
                                                              tl_deadline_in_ms (WAIT_MS), NULL,
                                                              &fault, &error);

  g_assert_no_error (error);

  return fault;
}

/* Plays a script: "C: " is said, "S: " is a pattern for the next line, "T:" is
 * a handshake, "E:" is the end. */
static void
play (Fixture            *fixture,
      const char         *host,
      const char * const *script)
{
  g_autoptr(TlTranscript) transcript = tl_transcript_new ();
  g_autoptr(TlLineStream) stream = tl_line_stream_new (fixture->channel, LINE_MAX_LEN, transcript);

  for (guint i = 0; script[i] != NULL; i++)
    {
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *line = NULL;

      if (g_str_has_prefix (script[i], "C: "))
        {
          g_assert_true (tl_line_stream_write_sync (stream, script[i] + 3,
                                                    tl_deadline_in_ms (WAIT_MS),
                                                    NULL, &fault, &error));
          continue;
        }
      if (g_str_equal (script[i], "T:"))
        {
          g_clear_pointer (&stream, tl_line_stream_free);
          g_assert_null (fixture_secure (fixture, host));
          stream = tl_line_stream_new (fixture->channel, LINE_MAX_LEN, transcript);
          continue;
        }

      line = tl_line_stream_read_sync (stream, tl_deadline_in_ms (WAIT_MS), NULL, &fault, &error);
      g_assert_no_error (error);
      if (g_str_equal (script[i], "E:"))
        {
          /* That it is over, and not that it is silent. */
          g_assert_null (line);
          g_assert_cmpint (tl_fault_get_cause (fault), !=, TL_CAUSE_TIMEOUT);
          return;
        }
      if (line == NULL || !g_pattern_match_simple (script[i] + 3, line))
        g_error ("line %u: “%s” where “%s” was expected", i, line != NULL ? line : "(the end)",
                 script[i]);
    }
}

typedef struct
{
  const char         *name;
  TlPracticeScenario  scenario;
  TlLaneKind          lane;
  const char         *script[40];
} TalkCase;

#define EHLO "C: EHLO me", "S: 250-*", "S: 250-*", "S: 250-*", "S: 250-PIPELINING", "S: 250-SIZE 65536"
#define SMTP_IN "S: 220 *", "C: STARTTLS", "S: 220 *", "T:", EHLO, "S: 250 *", "C: AUTH PLAIN " RIGHT, \
  "S: 235 *"
#define IMAP_IN "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN " RIGHT, "S: a OK*"

static const TalkCase talk_cases[] = {
  { "imap-all", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK [CAPABILITY *IDLE*SPECIAL-USE*", "C: a CAPABILITY",
      "S: * CAPABILITY IMAP4rev1 *AUTH=PLAIN*",
      "S: a OK*", "C: b AUTHENTICATE PLAIN " RIGHT, "S: b OK*", "C: c EXAMINE INBOX", "S: * FLAGS*",
      "S: * 0 EXISTS", "S: * 0 RECENT", "S: * OK*", "S: * OK*", "S: * OK*", "S: c OK [READ-ONLY]*",
      "C: d IDLE", "S: + *", "C: DONE", "S: d OK*", "C: e LOGOUT", "S: * BYE*", "S: e OK*",
      "E:" } },
  { "imap-flight", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { IMAP_IN, "C: b ID NIL", "C: c NAMESPACE", "C: d GETQUOTAROOT INBOX",
      "C: e LIST \"\" \"*\" RETURN (SPECIAL-USE)", "C: f EXAMINE INBOX", "C: g IDLE",
      "S: * ID (\"name\" *)", "S: b OK*", "S: * NAMESPACE ((\"\" \"/\")) NIL NIL", "S: c OK*",
      "S: * QUOTAROOT INBOX \"\"", "S: * QUOTA \"\" (STORAGE 0 1280 MESSAGE 0 20)", "S: d OK*",
      "S: * LIST*INBOX", "S: *", "S: *", "S: *", "S: *", "S: * LIST*Trash*", "S: e OK*",
      "S: * FLAGS*", "S: * 0 EXISTS", "S: *", "S: *", "S: *", "S: *", "S: f OK*", "S: + *",
      "C: DONE", "S: g OK*" } },
  { "imap-uid-odd", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { IMAP_IN, "C: b UID EXPUNGE 1", "S: b BAD*", "C: c EXAMINE INBOX", "S: *", "S: *", "S: *",
      "S: *", "S: *", "S: *", "S: c OK*", "C: d UID EXPUNGE 1", "S: d NO*", "C: e UID FETCH 1 FLAGS",
      "S: e BAD*", "C: f UID STORE 1 +FLAGS.SILENT (\\Seen)", "S: f BAD*",
      "C: g UID SEARCH ALL", "S: g BAD*", "C: h UID EXPUNGE 0", "S: h BAD*", "C: i UID", "S: i BAD*",
      "C: j UID FETCH 1 (BODY.PEEK[HEADER]<0.65536>)", "S: j OK*" } },
  { "imap-list", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a LOGIN you@practice.invalid rehearsal", "S: a OK*",
      "C: b LIST \"\" \"*\"",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX", "S: *Archive", "S: *Drafts", "S: *Junk",
      "S: * LIST (\\HasNoChildren \\Sent) \"/\" Sent", "S: *Trash", "S: b OK*",
      "C: c LIST (SPECIAL-USE) \"\" \"*\"", "S: *\\Archive*", "S: *", "S: *", "S: *", "S: *",
      "S: c OK*" } },
  { "imap-create", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { IMAP_IN, "C: b CREATE \"Sales/My replies\"", "S: b OK*", "C: c CREATE Sales",
      "S: c NO [ALREADYEXISTS]*", "C: d CREATE inbox", "S: d NO [ALREADYEXISTS]*", "C: e CREATE a*",
      "S: e NO [CANNOT]*", "C: f CREATE a//b", "S: f NO [CANNOT]*", "C: g SUBSCRIBE \"Sales/My replies\"",
      "S: g OK*", "C: h SUBSCRIBE Nowhere", "S: h NO [NONEXISTENT]*", "C: i CREATE", "S: i BAD*",
      "C: j EXAMINE Sales", "S: *", "S: * 0 EXISTS", "S: *", "S: *", "S: *", "S: *", "S: j OK*",
      "C: k LIST \"\" \"*\"" } },
  { "imap-list-status", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { IMAP_IN, "C: b CREATE \"Sales/My replies\"", "S: b OK*",
      "C: c LIST \"\" \"*\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN SIZE))",
      "S: * LIST (\\HasNoChildren) \"/\" INBOX", "S: * STATUS INBOX (MESSAGES 0 UNSEEN 0 SIZE 0)",
      "S: * LIST*Archive", "S: * STATUS Archive *", "S: *", "S: *", "S: *", "S: *", "S: *", "S: *",
      "S: *", "S: *", "S: * LIST (\\HasChildren) \"/\" Sales", "S: * STATUS Sales *",
      "S: * LIST (\\HasNoChildren) \"/\" \"Sales/My replies\"", "S: * STATUS \"Sales/My replies\" *",
      "S: c OK*", "C: d STATUS Sent (MESSAGES)", "S: * STATUS Sent (MESSAGES 0 *", "S: d OK*",
      "C: e MYRIGHTS Sent", "S: * MYRIGHTS Sent lrswi*", "S: e OK*", "C: f MYRIGHTS Nowhere",
      "S: f NO*" } },
  { "imap-no-folders-outside", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a CREATE x", "S: a BAD*", "C: b STATUS INBOX (MESSAGES)", "S: b BAD*" } },
  { "imap-quoted", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a LOGIN \"you@practice.invalid\" \"re\\hearsal\"", "S: a OK*" } },
  { "imap-continued", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN", "S: + *", "C: " RIGHT, "S: a OK*" } },
  { "imap-cancelled", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN", "S: + *", "C: *", "S: a BAD*", "C: b NOOP",
      "S: b OK*" } },
  { "imap-wrong", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN " WRONG, "S: a NO [AUTHENTICATIONFAILED]*",
      "C: b AUTHENTICATE PLAIN " AS_ANOTHER, "S: b BAD*", "C: c AUTHENTICATE PLAIN " TOO_SHORT,
      "S: c BAD*",
      "C: d AUTHENTICATE PLAIN ###", "S: d BAD*", "C: e LOGIN x", "S: e BAD*", "E:" } },
  { "imap-wrong-scenario", TL_PRACTICE_WRONG_PASSWORD, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN " RIGHT, "S: a NO [AUTHENTICATIONFAILED]*" } },
  { "imap-app-password", TL_PRACTICE_APP_PASSWORD, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN " RIGHT,
      "S: a NO [ALERT] Application-specific password required*" } },
  { "imap-order", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a SELECT INBOX", "S: a BAD*", "C: nonsense", "S: * BAD*", "C: b XYZZY",
      "S: b BAD*",
      "C: c LOGIN {3}", "S: c BAD*", "C: d AUTHENTICATE XOAUTH2 x", "S: d NO*" } },
  { "imap-no-folder", TL_PRACTICE_ALL_WELL, TL_LANE_INCOMING,
    { "T:", "S: * OK*", "C: a AUTHENTICATE PLAIN " RIGHT, "S: a OK*", "C: b SELECT Nowhere",
      "S: b NO [NONEXISTENT]*", "C: c CLOSE", "S: c BAD*" } },
  { "smtp-all", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING,
    { "S: 220 smtp.practice.invalid *", EHLO, "S: 250 STARTTLS", "C: STARTTLS", "S: 220 *", "T:",
      EHLO,
      "S: 250 AUTH PLAIN", "C: AUTH PLAIN " RIGHT, "S: 235 *",
      "C: MAIL FROM:<you@practice.invalid>", "S: 250 *",
      "C: RCPT TO:<you@practice.invalid>", "S: 250 *", "C: RSET", "S: 250 *" } },
  { "smtp-to-nobody", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING,
    { "S: 220 *", "C: STARTTLS", "S: 220 *", "T:", EHLO, "S: 250 *", "C: AUTH PLAIN", "S: 334 *",
      "C: " RIGHT, "S: 235 *", "C: DATA", "S: 503 *", "C: NOOP", "S: 250 *", "C: QUIT", "S: 221 *",
      "E:" } },
  { "smtp-no-log-in-in-the-clear", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING,
    { "S: 220 *", EHLO, "S: 250 STARTTLS", "C: AUTH PLAIN " RIGHT, "S: 530 *",
      "C: MAIL FROM:<you@practice.invalid>",
      "S: 530 *" } },
  { "smtp-others", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING,
    { "S: 220 *", "C: STARTTLS", "S: 220 *", "T:", EHLO, "S: 250 *", "C: AUTH PLAIN " RIGHT,
      "S: 235 *",
      "C: MAIL FROM:<boss@practice.invalid>", "S: 553 *", "C: RCPT TO:<you@practice.invalid>",
      "S: 503 *",
      "C: MAIL FROM:<you@practice.invalid>", "S: 250 *", "C: RCPT TO:<ada@example.org>",
      "S: 550 *" } },
  { "smtp-wrong", TL_PRACTICE_WRONG_PASSWORD, TL_LANE_OUTGOING,
    { "S: 220 *", "C: STARTTLS", "S: 220 *", "T:", EHLO, "S: 250 *", "C: AUTH PLAIN " RIGHT,
      "S: 535 5.7.8 *" } },
  { "smtp-app-password", TL_PRACTICE_APP_PASSWORD, TL_LANE_OUTGOING,
    { "S: 220 *", "C: STARTTLS", "S: 220 *", "T:", EHLO, "S: 250 *", "C: AUTH PLAIN " RIGHT,
      "S: 534-5.7.9 Application-specific password required*", "S: 534 5.7.9 *" } },
  { "smtp-again-after-tls", TL_PRACTICE_ALL_WELL, TL_LANE_OUTGOING,
    { "S: 220 *", EHLO, "S: 250 *", "C: STARTTLS", "S: 220 *", "T:", "C: AUTH PLAIN " RIGHT,
      "S: 503 *",
      "C: STARTTLS", "S: 503 *" } },
};

static void
test_talk (gconstpointer data)
{
  const TalkCase *c = data;
  Fixture fixture;

  fixture_init (&fixture, c->scenario);
  g_assert_null (fixture_dial (&fixture, c->lane, WAIT_MS));
  play (&fixture,
        c->lane == TL_LANE_INCOMING ? TL_PRACTICE_INCOMING_HOST : TL_PRACTICE_OUTGOING_HOST,
        c->script);
  fixture_clear (&fixture);
}

#define SEND(text) \
  "C: MAIL FROM:<you@practice.invalid>", "S: 250 *", "C: RCPT TO:<you@practice.invalid>", "S: 250 *", \
  "C: DATA", "S: 354 *", "C: Message-ID: <1@practice.invalid>", "C: Subject: x", "C: ", text, "C: ."

/* A message to oneself: told to who idles, found, read and removed, and the
 * others stay. */
static void
test_loop (void)
{
  const char * const before[] = {
    IMAP_IN, "C: b SELECT INBOX", "S: *", "S: * 0 EXISTS", "S: *", "S: *", "S: *",
    "S: * OK [UIDNEXT 1]*", "S: b OK [READ-WRITE]*", NULL,
  };
  const char * const sent[] = {
    SMTP_IN, SEND ("C: ..dotted"), "S: 250 *", SEND ("C: another"), "S: 250 *", NULL,
  };
  const char * const idle[] = { "C: c IDLE", "S: + *", "S: * 2 EXISTS", "C: DONE", "S: c OK*", NULL };
  const char * const after[] = {
    "C: d UID SEARCH HEADER Message-ID \"<1@practice.invalid>\"", "S: * SEARCH 1 2", "S: d OK*",
    "C: e UID SEARCH HEADER Message-ID \"<2@practice.invalid>\"", "S: * SEARCH", "S: e OK*",
    "C: e1 UID SEARCH OR HEADER Message-ID \"<2@practice.invalid>\" HEADER Subject \"x\"",
    "S: * SEARCH 1 2", "S: e1 OK*",
    "C: e2 UID SEARCH OR HEADER Message-ID \"<2@practice.invalid>\" HEADER Subject \"y\"",
    "S: * SEARCH", "S: e2 OK*",
    "C: e3 UID SEARCH OR HEADER Message-ID \"<1@practice.invalid>\"", "S: e3 BAD*",
    "C: f UID FETCH 1 (BODY.PEEK[HEADER]<0.65536>)", "S: * 1 FETCH (UID 1 BODY[HEADER]<0> {*}",
    "S: Received: from *", "S: Authentication-Results: mail.practice.invalid;", "S:  spf=pass *",
    "S:  dkim=pass header.d=practice.invalid header.s=practice;",
    "S:  dmarc=pass header.from=practice.invalid", "S: Message-ID: <1@practice.invalid>",
    "S: Subject: x", "S: ", "S: )", "S: f OK*",
    "C: g UID EXPUNGE 1", "S: g OK*",
    "C: h UID STORE 1 +FLAGS.SILENT (\\Deleted)", "S: h OK*", "C: i UID EXPUNGE 1",
    "S: * 1 EXPUNGE", "S: i OK*", "C: j SELECT Sent", "S: *", "S: * 0 EXISTS", "S: *", "S: *", "S: *",
    "S: *", "S: j OK*", "C: k EXAMINE INBOX", "S: *", "S: * 1 EXISTS", "S: *", "S: *", "S: *",
    "S: * OK [UIDNEXT 3]*", "S: k OK [READ-ONLY]*", NULL,
  };
  Fixture fixture;
  TlChannel *incoming;

  fixture_init (&fixture, TL_PRACTICE_ALL_WELL);
  g_assert_null (fixture_dial (&fixture, TL_LANE_INCOMING, WAIT_MS));
  play (&fixture, TL_PRACTICE_INCOMING_HOST, before);
  incoming = g_steal_pointer (&fixture.channel);
  g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
  play (&fixture, TL_PRACTICE_OUTGOING_HOST, sent);

  g_clear_pointer (&fixture.channel, tl_channel_free);
  fixture.channel = incoming;
  play (&fixture, TL_PRACTICE_INCOMING_HOST, idle);
  play (&fixture, TL_PRACTICE_INCOMING_HOST, after);
  fixture_clear (&fixture);
}

/* The inbox takes so many messages, and none that is too long. */
static void
test_full (void)
{
  g_autoptr(TlPracticeInbox) inbox = tl_practice_inbox_new ();
  g_autofree char *too_long = g_strnfill (TL_PRACTICE_INBOX_MAX_MESSAGE_BYTES + 1, 'x');
  g_autoptr(GArray) uids = NULL;

  g_assert_false (tl_practice_inbox_deliver (inbox, too_long));
  for (guint i = 0; i < TL_PRACTICE_INBOX_MAX_MESSAGES; i++)
    g_assert_true (tl_practice_inbox_deliver (inbox, "a: b\r\n\r\n"));
  g_assert_false (tl_practice_inbox_deliver (inbox, "a: b\r\n\r\n"));

  g_assert_true (tl_practice_inbox_set_deleted (inbox, 7, TRUE));
  g_assert_false (tl_practice_inbox_set_deleted (inbox, 70, TRUE));
  tl_practice_inbox_expunge (inbox, 7);
  tl_practice_inbox_expunge (inbox, 8);
  uids = tl_practice_inbox_list_uids (inbox);
  g_assert_cmpuint (uids->len, ==, TL_PRACTICE_INBOX_MAX_MESSAGES - 1);
  g_assert_true (tl_practice_inbox_deliver (inbox, "a: b\r\n\r\n"));
}

/* What comes in the clear behind STARTTLS must not be read under TLS. */
static void
test_injected (void)
{
  static const char sent[] = "STARTTLS\r\nNOOP\r\n";
  const char * const script[] = { "S: 220 *", "S: 220 *", "E:", NULL };
  g_autoptr(TlFault) fault = NULL;
  Fixture fixture;

  fixture_init (&fixture, TL_PRACTICE_ALL_WELL);
  g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
  g_assert_true (tl_channel_write_sync (fixture.channel, sent, strlen (sent),
                                        tl_deadline_in_ms (WAIT_MS),
                                        NULL, &fault, NULL));
  play (&fixture, TL_PRACTICE_OUTGOING_HOST, script);
  fixture_clear (&fixture);
}

static void
test_long_line (void)
{
  g_autofree char *line = g_strnfill (TL_PRACTICE_LINE_MAX_LEN * 2, 'a');
  g_autofree char *said = g_strconcat ("C: ", line, NULL);
  const char * const script[] = { "S: 220 *", said, "E:", NULL };
  Fixture fixture;

  fixture_init (&fixture, TL_PRACTICE_ALL_WELL);
  g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
  play (&fixture, TL_PRACTICE_OUTGOING_HOST, script);
  fixture_clear (&fixture);
}

static void
test_wrong_certificate (void)
{
  const char * const hosts[] = { TL_PRACTICE_INCOMING_HOST, "old.practice.invalid" };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autoptr(TlFault) fault = NULL;
      Fixture fixture;

      fixture_init (&fixture, TL_PRACTICE_WRONG_CERTIFICATE);
      g_assert_null (fixture_dial (&fixture, TL_LANE_INCOMING, WAIT_MS));
      fault = fixture_secure (&fixture, hosts[i]);
      if (i == 0)
        g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_HOSTNAME);
      else
        g_assert_null (fault);
      fixture_clear (&fixture);
    }
}

/* Longer than the kernel's first repetition of an unanswered SYN. */
static void
test_port_blocked (void)
{
  g_autoptr(TlFault) fault = NULL;
  gint64 start_us;
  Fixture fixture;

  fixture_init (&fixture, TL_PRACTICE_PORT_BLOCKED);
  start_us = g_get_monotonic_time ();
  fault = fixture_dial (&fixture, TL_LANE_OUTGOING, 3500);
  g_assert_nonnull (fault);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start_us, >, 3400 * 1000);
  g_assert_null (fixture.channel);

  g_assert_null (fixture_dial (&fixture, TL_LANE_INCOMING, WAIT_MS));
  g_assert_null (fixture_secure (&fixture, TL_PRACTICE_INCOMING_HOST));
  fixture_clear (&fixture);
}

static guint
count_entries (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static guint
count_practice_threads (void)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", name, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL) && g_str_has_prefix (comm, "tl-practice"))
        n++;
    }

  return n;
}

/* A joined thread may still be listed for the moment it takes to leave. */
static void
assert_no_practice_threads (void)
{
  for (guint i = 0; i < 100 && count_practice_threads () > 0; i++)
    g_usleep (10 * 1000);
  g_assert_cmpuint (count_practice_threads (), ==, 0);
}

static void
test_stop (void)
{
  guint n_files;

  /* What GLib and OpenSSL open once and keep. */
  for (guint round = 0; round < 2; round++)
    {
      const TlPracticeScenario scenarios[] = { TL_PRACTICE_ALL_WELL, TL_PRACTICE_PORT_BLOCKED };

      n_files = count_entries ("/proc/self/fd");
      for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
        {
          Fixture fixture;
          gint64 start_us;

          fixture_init (&fixture, scenarios[i]);
          g_assert_null (fixture_dial (&fixture, TL_LANE_INCOMING, WAIT_MS));
          g_assert_null (fixture_secure (&fixture, TL_PRACTICE_INCOMING_HOST));
          g_assert_cmpuint (count_practice_threads (), >=, 2);

          start_us = g_get_monotonic_time ();
          tl_practice_stop (fixture.practice);
          g_assert_cmpint (g_get_monotonic_time () - start_us, <, 200 * 1000);
          assert_no_practice_threads ();
          tl_practice_stop (fixture.practice);
          g_assert_cmpuint (tl_practice_get_incoming_port (fixture.practice), !=, 0);
          fixture_clear (&fixture);
        }
    }

  g_assert_cmpuint (count_entries ("/proc/self/fd"), ==, n_files);
}

static void
test_many_clients (void)
{
  g_autoptr(GPtrArray) channels = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_channel_free);
  const char * const greeted[] = { "S: 220 *", NULL };
  const char * const hung_up_on[] = { "E:", NULL };
  Fixture fixture;

  fixture_init (&fixture, TL_PRACTICE_ALL_WELL);
  for (guint i = 0; i < TL_PRACTICE_MAX_LINKS; i++)
    {
      g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
      play (&fixture, TL_PRACTICE_OUTGOING_HOST, greeted);
      g_ptr_array_add (channels, g_steal_pointer (&fixture.channel));
    }

  g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
  play (&fixture, TL_PRACTICE_OUTGOING_HOST, hung_up_on);
  fixture_clear (&fixture);
}

static double
get_cpu_s (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* When accept() cannot succeed the server waits, takes no processor time, and
 * serves who is still in the queue once it can. */
static void
test_no_descriptors (void)
{
  const char * const greeted[] = { "S: 220 *", NULL };
  g_autoptr(GArray) taken = g_array_new (FALSE, FALSE, sizeof (int));
  struct rlimit usual;
  struct rlimit few;
  Fixture fixture;
  int spare;
  double before_s;
  double used_s;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  few = usual;
  few.rlim_cur = 128;
  fixture_init (&fixture, TL_PRACTICE_ALL_WELL);

  /* One connection is served while all is well: so the acceptor is at rest. */
  g_assert_null (fixture_dial (&fixture, TL_LANE_OUTGOING, WAIT_MS));
  play (&fixture, TL_PRACTICE_OUTGOING_HOST, greeted);
  g_clear_pointer (&fixture.channel, tl_channel_free);

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &few), ==, 0);
  spare = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (spare, >=, 0);
  for (int fd = dup (spare); fd >= 0; fd = dup (spare))
    g_array_append_val (taken, fd);
  g_assert_cmpint (errno, ==, EMFILE);

  {
    struct sockaddr_in place = { .sin_family = AF_INET };

    place.sin_port = g_htons (tl_practice_get_outgoing_port (fixture.practice));
    place.sin_addr.s_addr = g_htonl (INADDR_LOOPBACK);
    g_assert_cmpint (connect (spare, (struct sockaddr *) &place, sizeof place), ==, 0);
  }

  before_s = get_cpu_s ();
  g_usleep (600 * 1000);
  used_s = get_cpu_s () - before_s;

  for (guint i = 0; i < taken->len; i++)
    close (g_array_index (taken, int, i));
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &usual), ==, 0);
  g_assert_cmpfloat (used_s, <, 0.2);

  {
    char hello[4] = { 0 };

    g_assert_cmpint (recv (spare, hello, 3, MSG_WAITALL), ==, 3);
    g_assert_cmpstr (hello, ==, "220");
  }
  close (spare);
  fixture_clear (&fixture);
}

static void
test_scenarios (void)
{
  static const char * const nicks[] = {
    "all-well", "wrong-password", "app-password", "port-blocked", "wrong-certificate",
  };
  g_autoptr(GEnumClass) klass = g_type_class_ref (TL_TYPE_PRACTICE_SCENARIO);

  g_assert_cmpuint (klass->n_values, ==, G_N_ELEMENTS (nicks));
  for (guint i = 0; i < klass->n_values; i++)
    {
      g_assert_cmpstr (klass->values[i].value_nick, ==, nicks[i]);
      g_assert_nonnull (tl_practice_scenario_get_label (klass->values[i].value));
      g_assert_nonnull (tl_practice_scenario_get_explanation (klass->values[i].value));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (talk_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/talk/", talk_cases[i].name, NULL);

      g_test_add_data_func (path, &talk_cases[i], test_talk);
    }
  g_test_add_func ("/practice/loop", test_loop);
  g_test_add_func ("/practice/full", test_full);
  g_test_add_func ("/practice/injected", test_injected);
  g_test_add_func ("/practice/long-line", test_long_line);
  g_test_add_func ("/practice/wrong-certificate", test_wrong_certificate);
  g_test_add_func ("/practice/port-blocked", test_port_blocked);
  g_test_add_func ("/practice/stop", test_stop);
  g_test_add_func ("/practice/many-clients", test_many_clients);
  g_test_add_func ("/practice/no-descriptors", test_no_descriptors);
  g_test_add_func ("/practice/scenarios", test_scenarios);

  return g_test_run ();
}
