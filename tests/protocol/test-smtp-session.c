/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-smtp-session.h"

#include <string.h>

#include "tl-error.h"
#include "tl-test-talk.h"

#define ADDRESS "you@practice.invalid"
#define MESSAGE "From: you\r\n\r\nHello\r\n"
#define MAIL    "MAIL FROM:<" ADDRESS ">"
#define RCPT    "RCPT TO:<" ADDRESS ">"
#define HELLO   "TLS\nS: 220 hi\nC: EHLO ?*\n"
#define PIPES   HELLO "S: 250-hi\nS: 250-SIZE 1000\nS: 250 PIPELINING\n"
#define SERIAL  HELLO "S: 250 hi\n"
#define GROUP   "C: " MAIL " SIZE=20\nC: " RCPT "\nC: DATA\n"
#define BODY    "C: From: you\nC: \nC: Hello\nC: .\n"

/* A session that has been greeted and knows what the server can. */
static TlSmtpSession *
open_session (TlTestTalk *talk,
              const char *script)
{
  TlDeadline deadline = tl_test_talk_get_deadline ();
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  TlSmtpSession *session;

  tl_test_talk_open (talk, script, TL_SMTP_MAX_LINE_LEN);
  session = tl_smtp_session_new (talk->conversation);
  g_assert_true (tl_smtp_session_greet_sync (session, deadline, NULL, &fault, &error));
  g_assert_true (tl_smtp_session_ehlo_sync (session, deadline, NULL, &fault, &error));

  return session;
}

typedef struct
{
  const char *name;
  const char *script;
  const char *message;  /* NULL: MESSAGE */
  const char *address;  /* NULL: ADDRESS */
  int         cause;    /* -1: it was sent */
  const char *answer;
} SendCase;

static const SendCase send_cases[] = {
  { .name = "piped",
    .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 354 go\n" BODY "S: 250 2.0.0 queued as 7\n",
    .cause = -1, .answer = "2.0.0 queued as 7" },
  { .name = "serial",
    .script = SERIAL "C: " MAIL "\nQUIET\nS: 250 ok\nC: " RCPT "\nQUIET\nS: 250 ok\nC: DATA\nQUIET\n"
              "S: 354 go\n" BODY "S: 250 ok\n",
    .cause = -1, .answer = "ok" },
  { .name = "data-is-last",
    .script = PIPES GROUP "QUIET\nS: 250 ok\nS: 250 ok\nQUIET\nS: 354 go\n" BODY "S: 250 ok\n",
    .cause = -1, .answer = "ok" },
  { .name = "X19/dots",
    .script = SERIAL "C: " MAIL "\nS: 250 ok\nC: " RCPT "\nS: 250 ok\nC: DATA\nS: 354 go\n"
              "C: ..\nC: ...x\nC: a.\nC: .\nS: 250 ok\n",
    .message = ".\r\n..x\r\na.\r\n", .cause = -1, .answer = "ok" },
  { .name = "answer-cleaned",
    .script = SERIAL "C: " MAIL "\nS: 250 ok\nC: " RCPT "\nS: 250 ok\nC: DATA\nS: 354 go\n" BODY
              "S: 250-2.0.0 ok\nS: 250 2.0.0 as\\x1b7\n",
    .cause = -1, .answer = "2.0.0 ok as\\x1b7" },
  { .name = "smtputf8",
    .script = HELLO "S: 250-hi\nS: 250-8BITMIME\nS: 250 SMTPUTF8\n"
              "C: MAIL FROM:<j*rg@practice.invalid> BODY=8BITMIME SMTPUTF8\nS: 250 ok\n"
              "C: RCPT TO:<*>\nS: 250 ok\nC: DATA\nS: 354 go\nC: *\nC: .\nS: 250 ok\n",
    .message = "\303\266\r\n", .address = "j\303\266rg@practice.invalid", .cause = -1, .answer = "ok" },
  { .name = "no-smtputf8", .script = SERIAL, .address = "j\303\266rg@practice.invalid",
    .cause = TL_CAUSE_MISSING_EXTENSION },
  { .name = "too-large", .script = HELLO "S: 250-hi\nS: 250 SIZE 19\n",
    .cause = TL_CAUSE_MESSAGE_REFUSED },
  { .name = "size-at-mail", .script = PIPES GROUP "S: 552 5.3.4 too big\nS: 503 no\nS: 503 no\n",
    .cause = TL_CAUSE_MESSAGE_REFUSED },
  { .name = "A06/sender", .script = PIPES GROUP "S: 550 5.7.60 not you\nS: 503 no\nS: 503 no\n",
    .cause = TL_CAUSE_SENDER_REFUSED },
  { .name = "A07/recipient", .script = PIPES GROUP "S: 250 ok\nS: 550 5.1.1 nobody\nS: 554 no valid\n",
    .cause = TL_CAUSE_RECIPIENT_REFUSED },
  { .name = "A07/recipient-and-354",
    .script = PIPES GROUP "S: 250 ok\nS: 450 4.7.1 later\nS: 354 go\nC: .\nS: 554 no valid recipients\n",
    .cause = TL_CAUSE_RECIPIENT_REFUSED },
  { .name = "A07/recipient-serial",
    .script = SERIAL "C: " MAIL "\nS: 250 ok\nC: " RCPT "\nS: 550 nobody\n",
    .cause = TL_CAUSE_RECIPIENT_REFUSED },
  { .name = "hangs-up-behind", .script = PIPES GROUP "S: 550 5.7.1 go away\nSHUTDOWN\n",
    .cause = TL_CAUSE_SENDER_REFUSED },
  { .name = "data", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 451 later\n",
    .cause = TL_CAUSE_MESSAGE_REFUSED },
  { .name = "data-250", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 250 ok\n",
    .cause = TL_CAUSE_PROTOCOL },
  { .name = "mail-354", .script = PIPES GROUP "S: 354 go\nS: 250 ok\nS: 503 no\n",
    .cause = TL_CAUSE_PROTOCOL },
  { .name = "message", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 354 go\n" BODY "S: 554 5.7.1 spam\n",
    .cause = TL_CAUSE_MESSAGE_REFUSED },
  { .name = "421", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 421 4.3.0 bye\n",
    .cause = TL_CAUSE_SERVER_CLOSED },
  { .name = "221", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 221 2.0.0 bye\n",
    .cause = TL_CAUSE_SERVER_CLOSED },
  { .name = "221-at-mail", .script = SERIAL "C: " MAIL "\nS: 221 bye\n",
    .cause = TL_CAUSE_SERVER_CLOSED },
  { .name = "221-behind", .script = PIPES GROUP "S: 250 ok\nS: 250 ok\nS: 354 go\n" BODY "S: 221 bye\n",
    .cause = TL_CAUSE_SERVER_CLOSED },
  { .name = "eight-bits",
    .script = HELLO "S: 250-hi\nS: 250 8BITMIME\nC: " MAIL " BODY=8BITMIME\nS: 250 ok\nC: " RCPT
              "\nS: 250 ok\nC: DATA\nS: 354 go\nC: *\nC: .\nS: 250 ok\n",
    .message = "\303\266\r\n", .cause = -1, .answer = "ok" },
  /* Whoever cannot say so sends as it is, as most do. */
  { .name = "eight-bits-unannounced",
    .script = SERIAL "C: " MAIL "\nS: 250 ok\nC: " RCPT "\nS: 250 ok\nC: DATA\nS: 354 go\nC: *\n"
              "C: .\nS: 250 ok\n",
    .message = "\303\266\r\n", .cause = -1, .answer = "ok" },
  { .name = "X15/ahead",
    .script = PIPES GROUP "CORK\nS: 250 ok\nS: 250 ok\nS: 354 go\nS: 250 queued\nUNCORK\n",
    .cause = TL_CAUSE_PROTOCOL },
};

static void
test_send (gconstpointer data)
{
  const SendCase *c = data;
  const char *text = c->message == NULL ? MESSAGE : c->message;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlSmtpSession) session = open_session (&talk, c->script);
  g_autoptr(TlAddress) address = tl_address_parse (c->address == NULL ? ADDRESS : c->address, NULL);
  g_autoptr(GBytes) message = g_bytes_new (text, strlen (text));
  g_autofree char *answer = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_sent;

  is_sent = tl_smtp_session_send_sync (session, address, message, &answer,
                                       tl_test_talk_get_deadline (), NULL, &fault, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpint (is_sent, ==, c->cause == -1);
  if (c->answer != NULL && strchr (c->answer, '\\') != NULL)
    g_assert_null (strchr (answer, '\033'));
  else
    g_assert_cmpstr (answer, ==, c->answer);
  if (c->cause == TL_CAUSE_MISSING_EXTENSION)
    {
      g_auto(GStrv) wanted = NULL;

      g_assert_true (g_variant_lookup (tl_fault_get_evidence (fault), TL_EVIDENCE_WANTED, "^as",
                                       &wanted));
      g_assert_cmpstr (wanted[0], ==, "SMTPUTF8");
      g_assert_null (wanted[1]);
    }
  if (strstr (c->script, GROUP) != NULL)
    {
      g_autofree char *transcript = tl_transcript_to_string (talk.transcript);

      g_assert_nonnull (strstr (transcript, MAIL));
      g_assert_nonnull (strstr (transcript, RCPT));
      g_assert_cmpint (strstr (transcript, " bytes)") != NULL, ==,
                       strstr (c->script, BODY) != NULL);
    }
  tl_test_talk_end (&talk);
}

/* RFC 5321 §4.5.3.1.6: 1000 bytes with the line end. */
static void
test_longest_line (void)
{
  for (guint len = 998; len <= 999; len++)
    {
      g_autofree char *line = g_strnfill (len, 'x');
      g_autofree char *text = g_strconcat (line, "\r\n", NULL);
      g_auto(TlTestTalk) talk = { 0 };
      g_autoptr(TlSmtpSession) session =
        open_session (&talk, len > 998 ? SERIAL
                                       : SERIAL "C: " MAIL "\nS: 250 ok\nC: " RCPT "\nS: 250 ok\n"
                                         "C: DATA\nS: 354 go\nC: x*\nC: .\nS: 250 ok\n");
      g_autoptr(TlAddress) address = tl_address_parse (ADDRESS, NULL);
      g_autoptr(GBytes) message = g_bytes_new (text, strlen (text));
      g_autofree char *answer = NULL;
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (tl_smtp_session_send_sync (session, address, message, &answer,
                                                  tl_test_talk_get_deadline (), NULL, &fault,
                                                  &error), ==, len == 998);
      g_assert_null (fault);
      if (len == 998)
        g_assert_no_error (error);
      else
        g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
      tl_test_talk_end (&talk);
    }
}

typedef struct
{
  const char *name;
  const char *script;
  int         cause;   /* -1: it would be sent */
  const char *address; /* NULL: ADDRESS */
} TryCase;

#define TRIED "C: " MAIL "\nC: " RCPT "\nC: RSET\n"

static const TryCase try_cases[] = {
  { "taken",       PIPES TRIED "S: 250 ok\nS: 250 ok\nS: 250 ok\n", -1 },
  { "other-2xx",   PIPES TRIED "S: 200 ok\nS: 251 ok\nS: 220 ok\n", -1 },
  { "rset",        PIPES TRIED "S: 250 ok\nS: 250 ok\nS: 500 what\n", -1 },
  { "A06/sender",  PIPES TRIED "S: 550 not you\nS: 503 no\nS: 250 ok\n", TL_CAUSE_SENDER_REFUSED },
  { "A07/recipient", PIPES TRIED "S: 250 ok\nS: 550 nobody\nS: 250 ok\n",
    TL_CAUSE_RECIPIENT_REFUSED },
  { "221-at-mail", PIPES TRIED "S: 221 bye\nS: 250 ok\nS: 250 ok\n", TL_CAUSE_SERVER_CLOSED },
  { "221-at-rcpt", PIPES TRIED "S: 250 ok\nS: 221 bye\nS: 250 ok\n", TL_CAUSE_SERVER_CLOSED },
  { "221-at-rset", PIPES TRIED "S: 250 ok\nS: 250 ok\nS: 221 bye\n", TL_CAUSE_SERVER_CLOSED },
  { "no-smtputf8", PIPES, TL_CAUSE_MISSING_EXTENSION, "j\303\266rg@practice.invalid" },
  { "421-at-rset", PIPES TRIED "S: 250 ok\nS: 250 ok\nS: 421 bye\n", TL_CAUSE_SERVER_CLOSED },
};

static void
test_try (gconstpointer data)
{
  const TryCase *c = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlSmtpSession) session = open_session (&talk, c->script);
  g_autoptr(TlAddress) address = tl_address_parse (c->address == NULL ? ADDRESS : c->address, NULL);
  g_autofree char *transcript = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_taken;

  is_taken = tl_smtp_session_try_sender_sync (session, address, tl_test_talk_get_deadline (), NULL,
                                              &fault, &error);
  /* Who was told goodbye hangs up, and does not wait for the rest. */
  talk.hangs_up = c->cause == TL_CAUSE_SERVER_CLOSED;
  g_assert_no_error (error);
  g_assert_cmpint (is_taken, ==, c->cause == -1);
  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  transcript = tl_transcript_to_string (talk.transcript);
  if (c->address == NULL)
    {
      g_assert_nonnull (strstr (transcript, MAIL));
      g_assert_nonnull (strstr (transcript, RCPT));
      g_assert_nonnull (strstr (transcript, "RSET"));
    }
  tl_test_talk_end (&talk);
}

/* A reset right behind the leave to begin is one of the handshake, whether or
 * not it had come when somebody looked for what else was said. */
static void
test_reset_behind_leave (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_auto(TlTestTalk) talk = { .hook = NULL };
      TlDeadline deadline = tl_test_talk_get_deadline ();
      g_autoptr(TlSmtpSession) session = NULL;
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;

      tl_test_talk_open (&talk, "S: 220 hi\nC: EHLO ?*\nS: 250-hi\nS: 250 STARTTLS\nC: STARTTLS\n"
                         "S: 220 go\nRST\n", TL_SMTP_MAX_LINE_LEN);
      session = tl_smtp_session_new (talk.conversation);
      g_assert_true (tl_smtp_session_greet_sync (session, deadline, NULL, &fault, &error));
      g_assert_true (tl_smtp_session_upgrade_sync (session, deadline, NULL, &fault, &error));
      g_assert_false (tl_conversation_handshake_sync (talk.conversation, TL_TEST_TALK_HOST,
                                                      deadline, NULL, &fault, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (tl_cause_get_nick (tl_fault_get_cause (fault)), ==, "reset");
    }
}

static const char * const smuggled[] = {
  "a\n.\nMAIL FROM:<x>\r\n", "a\r.\r\n", "a\r\n.\rx\r\n", "a\n", "a\r", "a", "a\r\n\n", "\r\r\n",
};

static void
test_smuggled (gconstpointer data)
{
  const char *text = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlSmtpSession) session = open_session (&talk, PIPES);
  g_autoptr(TlAddress) address = tl_address_parse (ADDRESS, NULL);
  g_autoptr(GBytes) message = g_bytes_new (text, strlen (text));
  g_autofree char *answer = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_false (tl_smtp_session_send_sync (session, address, message, &answer,
                                             tl_test_talk_get_deadline (), NULL, &fault, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (fault);
  tl_test_talk_end (&talk);
}

typedef struct
{
  const char *name;
  const char *line;
  guint64     max_bytes;
} SizeCase;

static const SizeCase size_cases[] = {
  { "given",    "SIZE 35882577",                    35882577 },
  { "lower",    "size 1000",                        1000 },
  { "absent",   "HELP",                             0 },
  { "empty",    "SIZE",                             0 },
  { "zero",     "SIZE 0",                           0 },
  { "negative", "SIZE -1",                          0 },
  { "word",     "SIZE many",                        0 },
  { "huge",     "SIZE 18446744073709551615",        G_MAXUINT64 },
  { "past",     "SIZE 18446744073709551616",        0 },
  { "endless",  "SIZE 99999999999999999999999999",  0 },
  { "two",      "SIZE 10 20",                       0 },
};

static void
test_size (gconstpointer data)
{
  const SizeCase *c = data;
  g_autofree char *script = g_strconcat (HELLO "S: 250-hi\nS: 250 ", c->line, "\n", NULL);
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlSmtpSession) session = open_session (&talk, script);

  g_assert_cmpuint (tl_smtp_session_get_max_message_bytes (session), ==, c->max_bytes);
}

typedef struct
{
  const char *name;
  const char *script;   /* up to the handshake */
  gboolean    took;
} ClearCase;

static const ClearCase clear_cases[] = {
  { "plain",    "S: 250-hi\nS: 250-AUTH PLAIN\nS: 250 STARTTLS\n",       TRUE },
  { "login",    "S: 250-hi\nS: 250-AUTH=LOGIN\nS: 250 STARTTLS\n",       TRUE },
  { "scram",    "S: 250-hi\nS: 250-AUTH SCRAM-SHA-256\nS: 250 STARTTLS\n", FALSE },
  { "no-auth",  "S: 250-hi\nS: 250 STARTTLS\n",                          FALSE },
};

static void
test_clear (gconstpointer data)
{
  const ClearCase *c = data;
  g_autofree char *script = g_strconcat ("S: 220 hi\nC: EHLO ?*\n", c->script,
                                         "C: STARTTLS\nS: 220 go\nTLS\nC: EHLO ?*\nS: 250-hi\n"
                                         "S: 250-STARTTLS\nS: 250 AUTH PLAIN\n", NULL);
  g_auto(TlTestTalk) talk = { 0 };
  TlDeadline deadline = tl_test_talk_get_deadline ();
  g_autoptr(TlSmtpSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autoptr(GError) error = NULL;

  tl_test_talk_open (&talk, script, TL_SMTP_MAX_LINE_LEN);
  session = tl_smtp_session_new (talk.conversation);
  g_assert_true (tl_smtp_session_greet_sync (session, deadline, NULL, &fault, &error));
  g_assert_true (tl_smtp_session_upgrade_sync (session, deadline, NULL, &fault, &error));
  g_assert_null (tl_smtp_session_get_capabilities (session));
  tl_test_talk_handshake (&talk);
  /* What is offered once more inside TLS (S17) changes nothing. */
  g_assert_true (tl_smtp_session_ehlo_sync (session, deadline, NULL, &fault, &error));
  g_assert_cmpint (tl_smtp_session_took_clear_sign_in (session), ==, c->took);
  tl_test_talk_end (&talk);
}

/* Never greeted by name: a session of its own says nothing. */
static void
test_fresh (void)
{
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlSmtpSession) session = NULL;

  tl_test_talk_open (&talk, "TLS\n", TL_SMTP_MAX_LINE_LEN);
  session = tl_smtp_session_new (talk.conversation);
  g_assert_cmpuint (tl_smtp_session_get_max_message_bytes (session), ==, 0);
  g_assert_false (tl_smtp_session_took_clear_sign_in (session));
  g_assert_null (tl_smtp_session_get_mechanism (session));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (send_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp-session/send/", send_cases[i].name, NULL);

      g_test_add_data_func (path, &send_cases[i], test_send);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (smuggled); i++)
    {
      g_autofree char *path = g_strdup_printf ("/smtp-session/send/X19/smuggled-%zu", i);

      g_test_add_data_func (path, smuggled[i], test_smuggled);
    }
  g_test_add_func ("/smtp-session/send/longest-line", test_longest_line);
  for (gsize i = 0; i < G_N_ELEMENTS (try_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp-session/try/", try_cases[i].name, NULL);

      g_test_add_data_func (path, &try_cases[i], test_try);
    }
  g_test_add_func ("/smtp-session/N10/reset-behind-leave", test_reset_behind_leave);
  for (gsize i = 0; i < G_N_ELEMENTS (size_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp-session/X10/size/", size_cases[i].name, NULL);

      g_test_add_data_func (path, &size_cases[i], test_size);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (clear_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/smtp-session/S18/", clear_cases[i].name, NULL);

      g_test_add_data_func (path, &clear_cases[i], test_clear);
    }
  g_test_add_func ("/smtp-session/fresh", test_fresh);

  return g_test_run ();
}
