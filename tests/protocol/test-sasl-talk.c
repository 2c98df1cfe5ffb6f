/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-sasl-talk.h"

#include <string.h>

#include "tl-imap-session.h"
#include "tl-smtp-session.h"
#include "tl-test-talk.h"

#define USERNAME "ada"
#define PASSWORD "c4n4ry-Pa55w0rd"
#define PLAIN64  "AGFkYQBjNG40cnktUGE1NXcwcmQ="

/* {"status":"401","schemes":"Bearer"} */
#define REASON64 "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiQmVhcmVyIn0="

/* e=channel-binding-not-supported */
#define NO_BINDING64 "ZT1jaGFubmVsLWJpbmRpbmctbm90LXN1cHBvcnRlZA=="

/* "AUTH XOAUTH2 " and base64 of "user=ada^Aauth=Bearer TOKEN^A^A": 13 and 12272 bytes */
#define LONGEST_TOKEN (12272 / 4 * 3 - 23)

#define EHLO(mechanisms) "TLS\nS: 220 hi\nC: EHLO ?*\nS: 250-hi\nS: 250 AUTH " mechanisms "\n"
#define CAPA(words)      "TLS\nS: * OK hi\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 " words \
                         "\nS: %T OK done\n"

typedef struct
{
  const char *name;
  gboolean    is_imap;
  TlSaslWith  with;
  gsize       token_len;  /* 0: a short one */
  TlTestTls   peculiar;
  const char *script;
  int         cause;      /* -1: signed in */
  const char *mechanism;  /* that signed in, or is named in the evidence */
  const char *status;     /* in the evidence */
  const char *words;      /* of the server, in the evidence */
} TalkCase;

static const TalkCase talk_cases[] = {
  { .name = "smtp/plain", .script = EHLO ("PLAIN") "C: AUTH PLAIN " PLAIN64 "\nS: 235 in\n",
    .cause = -1, .mechanism = "PLAIN" },
  { .name = "smtp/login", .script = EHLO ("LOGIN") "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\nC: YWRh\n"
    "S: 334 UGFzc3dvcmQ6\nC: YzRuNHJ5LVBhNTV3MHJk\nS: 235 in\n", .cause = -1, .mechanism = "LOGIN" },
  { .name = "smtp/cram", .script = EHLO ("PLAIN CRAM-MD5") "C: AUTH CRAM-MD5\nS: 334 PDFAYT4=\nC: ?*\n"
    "S: 235 in\n", .cause = -1, .mechanism = "CRAM-MD5" },
  { .name = "smtp/A01/rejected", .script = EHLO ("LOGIN PLAIN CRAM-MD5")
    "C: AUTH CRAM-MD5\nS: 334 PDFAYT4=\nC: ?*\nS: 535 5.7.8 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "CRAM-MD5" },
  { .name = "smtp/504-then-next", .script = EHLO ("PLAIN CRAM-MD5")
    "C: AUTH CRAM-MD5\nS: 504 what\nC: AUTH PLAIN ?*\nS: 235 in\n", .cause = -1, .mechanism = "PLAIN" },
  { .name = "smtp/P14/504-twice", .script = EHLO ("LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1")
    "C: AUTH SCRAM-SHA-1 ?*\nS: 504 what\nC: AUTH CRAM-MD5\nS: 504 what\n",
    .cause = TL_CAUSE_NO_COMMON_MECHANISM, .mechanism = "CRAM-MD5" },
  { .name = "smtp/P14/504-behind-password", .script = EHLO ("LOGIN PLAIN")
    "C: AUTH PLAIN ?*\nS: 504 what\n", .cause = TL_CAUSE_REFUSED, .mechanism = "PLAIN" },
  { .name = "smtp/X24/flood", .script = EHLO ("LOGIN") "C: AUTH LOGIN\nS: 334 x\nC: ?*\nS: 334 x\nC: ?*\n"
    "S: 334 x\nC: ?\n", .cause = TL_CAUSE_PROTOCOL, .mechanism = "LOGIN" },
  { .name = "smtp/cram-not-base64", .script = EHLO ("CRAM-MD5") "C: AUTH CRAM-MD5\nS: 334 ???\nC: ?\n",
    .cause = TL_CAUSE_PROTOCOL, .mechanism = "CRAM-MD5" },
  { .name = "smtp/X22/early-235", .script = EHLO ("SCRAM-SHA-256") "C: AUTH SCRAM-SHA-256 ?*\nS: 235 in\n",
    .cause = TL_CAUSE_SERVER_NOT_PROVEN, .mechanism = "SCRAM-SHA-256" },
  { .name = "smtp/bound", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS cD10bHMtZXhwb3J0ZXIsLG49*\nS: 535 5.7.8 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256-PLUS" },
  { .name = "smtp/bound-1.2", .peculiar = TL_TEST_TLS_ONLY_1_2,
    .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-1-PLUS")
    "C: AUTH SCRAM-SHA-1-PLUS cD10bHMt?*\nS: 535 5.7.8 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-1-PLUS" },
  /* The second try says neither that we could bind nor that we do. */
  { .name = "smtp/bound-504", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nS: 504 what\nC: AUTH SCRAM-SHA-256 biwsbj1h*\nS: 535 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256" },
  /* e=unsupported-channel-binding-type */
  { .name = "smtp/bound-wrong-type", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nS: 334 ZT11bnN1cHBvcnRlZC1jaGFubmVsLWJpbmRpbmctdHlwZQ==\nC: ?\n"
    "S: 501 5.7.0 taken back\nC: AUTH SCRAM-SHA-256 biws?*\nS: 535 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256" },
  /* So is one that is gone on with although it was taken back. */
  { .name = "smtp/X22/not-taken-back", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nS: 334 ZT11bnN1cHBvcnRlZC1jaGFubmVsLWJpbmRpbmctdHlwZQ==\nC: ?\n"
    "S: 334 \n", .cause = TL_CAUSE_PROTOCOL, .mechanism = "SCRAM-SHA-256-PLUS" },
  { .name = "smtp/X22/let-in-behind", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nS: 334 ZT11bnN1cHBvcnRlZC1jaGFubmVsLWJpbmRpbmctdHlwZQ==\nC: ?\n"
    "S: 235 in\n", .cause = TL_CAUSE_PROTOCOL, .mechanism = "SCRAM-SHA-256-PLUS" },
  { .name = "smtp/X22/421-behind", .script = EHLO ("SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nS: 334 ZT11bnN1cHBvcnRlZC1jaGFubmVsLWJpbmRpbmctdHlwZQ==\nC: ?\n"
    "S: 421 bye\n", .cause = TL_CAUSE_SERVER_CLOSED, .mechanism = "SCRAM-SHA-256-PLUS",
    .words = "bye" },
  /* The server has judged a proof by then: no second way, and least of all a bare one. */
  { .name = "smtp/X22/bound-after-proof", .script = EHLO ("PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS")
    "C: AUTH SCRAM-SHA-256-PLUS ?*\nH: 334\nC: ?*\nS: 334 " NO_BINDING64 "\nC: ?\n",
    .cause = TL_CAUSE_SERVER_NOT_PROVEN, .mechanism = "SCRAM-SHA-256-PLUS" },
  { .name = "imap/X22/bound-after-proof", .is_imap = TRUE,
    .script = CAPA ("SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-256-PLUS")
    "C: %T AUTHENTICATE SCRAM-SHA-256-PLUS ?*\nH: +\nC: ?*\nS: + " NO_BINDING64 "\nC: ?\n",
    .cause = TL_CAUSE_SERVER_NOT_PROVEN, .mechanism = "SCRAM-SHA-256-PLUS" },
  { .name = "smtp/221", .script = EHLO ("PLAIN") "C: AUTH PLAIN ?*\nS: 221 bye\n",
    .cause = TL_CAUSE_SERVER_CLOSED, .mechanism = "PLAIN", .words = "bye" },
  { .name = "smtp/P1/quoted", .script = EHLO ("PLAIN")
    "C: AUTH PLAIN ?*\nS: 535 5.7.8 not " PASSWORD ", not " PLAIN64 " either\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "PLAIN", .words = "either" },
  { .name = "smtp/could-bind", .script = EHLO ("SCRAM-SHA-256") "C: AUTH SCRAM-SHA-256 eSwsbj1h*\nS: 535 no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256" },
  { .name = "smtp/O12/oauthbearer", .with = TL_SASL_WITH_TOKEN, .script = EHLO ("XOAUTH2 OAUTHBEARER")
    "C: AUTH OAUTHBEARER ?*\nS: 334 " REASON64 "\nC: AQ==\nS: 535 5.7.8 token\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "OAUTHBEARER", .status = "401", .words = "token" },
  { .name = "smtp/O12/xoauth2", .with = TL_SASL_WITH_TOKEN, .script = EHLO ("PLAIN XOAUTH2")
    "C: AUTH XOAUTH2 ?*\nS: 334 " REASON64 "\nC: \nS: 535 5.7.8 token\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "XOAUTH2", .status = "401" },
  { .name = "smtp/O12/straight", .with = TL_SASL_WITH_TOKEN, .script = EHLO ("XOAUTH2")
    "C: AUTH XOAUTH2 ?*\nS: 535 5.7.3 no\n", .cause = TL_CAUSE_REFUSED, .mechanism = "XOAUTH2" },
  { .name = "smtp/O12/and-yet", .with = TL_SASL_WITH_TOKEN, .script = EHLO ("XOAUTH2")
    "C: AUTH XOAUTH2 ?*\nS: 334 " REASON64 "\nC: \nS: 235 in\n",
    .cause = TL_CAUSE_NOT_PROVEN, .mechanism = "XOAUTH2", .status = "401" },
  { .name = "smtp/long-token", .with = TL_SASL_WITH_TOKEN, .token_len = 8192,
    .script = EHLO ("XOAUTH2") "C: AUTH XOAUTH2 ?*\nS: 235 in\n",
    .cause = -1, .mechanism = "XOAUTH2" },
  /* A line of 12286 bytes, of 12288 with its line end, is the longest. */
  { .name = "smtp/longest-on-command", .with = TL_SASL_WITH_TOKEN, .token_len = LONGEST_TOKEN,
    .script = EHLO ("XOAUTH2") "C: AUTH XOAUTH2 ?*\nS: 235 in\n",
    .cause = -1, .mechanism = "XOAUTH2" },
  { .name = "smtp/too-long-for-command", .with = TL_SASL_WITH_TOKEN, .token_len = LONGEST_TOKEN + 1,
    .script = EHLO ("XOAUTH2") "C: AUTH XOAUTH2\nS: 334 \nC: ?*\nS: 235 in\n",
    .cause = -1, .mechanism = "XOAUTH2" },
  { .name = "smtp/longest-password-on-command", .token_len = 367,
    .script = EHLO ("PLAIN") "C: AUTH PLAIN ?*\nS: 235 in\n", .cause = -1, .mechanism = "PLAIN" },
  { .name = "smtp/password-too-long-for-command", .token_len = 368,
    .script = EHLO ("PLAIN") "C: AUTH PLAIN\nS: 334 \nC: ?*\nS: 235 in\n",
    .cause = -1, .mechanism = "PLAIN" },
  { .name = "smtp/long-password", .token_len = 400,
    .script = EHLO ("PLAIN") "C: AUTH PLAIN\nS: 334 \nC: ?*\nS: 235 in\n",
    .cause = -1, .mechanism = "PLAIN" },
  { .name = "smtp/external", .with = TL_SASL_WITH_CERTIFICATE, .script = EHLO ("PLAIN EXTERNAL")
    "C: AUTH EXTERNAL =\nS: 235 in\n", .cause = -1, .mechanism = "EXTERNAL" },
  { .name = "smtp/A08/none", .script = "TLS\nS: 220 hi\nC: EHLO ?*\nS: 250 hi\n",
    .cause = TL_CAUSE_NOT_PROVEN },

  { .name = "imap/plain", .is_imap = TRUE, .script = CAPA ("AUTH=PLAIN") "C: %T AUTHENTICATE PLAIN\n"
    "S: + \nC: " PLAIN64 "\nS: %T OK in\n", .cause = -1, .mechanism = "PLAIN" },
  { .name = "imap/command", .is_imap = TRUE, .script = CAPA ("AUTH=GSSAPI")
    "C: %T LOGIN \"ada\" \"" PASSWORD "\"\nS: %T OK in\n", .cause = -1, .mechanism = "LOGIN" },
  { .name = "imap/A01/command-rejected", .is_imap = TRUE, .script = CAPA ("")
    "C: %T LOGIN \"ada\" ?*\nS: %T NO [AUTHENTICATIONFAILED] no\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "LOGIN" },
  { .name = "imap/X23/token-and-command", .is_imap = TRUE, .with = TL_SASL_WITH_TOKEN,
    .script = CAPA ("AUTH=PLAIN") "", .cause = TL_CAUSE_NO_COMMON_MECHANISM },
  { .name = "imap/O12/xoauth2", .is_imap = TRUE, .with = TL_SASL_WITH_TOKEN,
    .script = CAPA ("SASL-IR AUTH=XOAUTH2") "C: %T AUTHENTICATE XOAUTH2 ?*\nS: + " REASON64
    "\nC: \nS: %T NO SASL authentication failed\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "XOAUTH2", .status = "401" },
  { .name = "imap/long-token", .is_imap = TRUE, .with = TL_SASL_WITH_TOKEN, .token_len = 8192,
    .script = CAPA ("SASL-IR AUTH=OAUTHBEARER") "C: %T AUTHENTICATE OAUTHBEARER\nS: + \nC: ?*\n"
    "S: %T OK in\n", .cause = -1, .mechanism = "OAUTHBEARER" },
  { .name = "imap/middling-token", .is_imap = TRUE, .with = TL_SASL_WITH_TOKEN, .token_len = 2000,
    .script = CAPA ("SASL-IR AUTH=OAUTHBEARER") "C: %T AUTHENTICATE OAUTHBEARER ?*\nS: %T OK in\n",
    .cause = -1, .mechanism = "OAUTHBEARER" },
  { .name = "imap/external", .is_imap = TRUE, .with = TL_SASL_WITH_CERTIFICATE,
    .script = CAPA ("SASL-IR AUTH=EXTERNAL") "C: %T AUTHENTICATE EXTERNAL =\nS: %T OK in\n",
    .cause = -1, .mechanism = "EXTERNAL" },
  { .name = "imap/bound-no", .is_imap = TRUE,
    .script = CAPA ("SASL-IR AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS")
    "C: %T AUTHENTICATE SCRAM-SHA-256-PLUS ?*\nS: %T NO failed\n"
    "C: %T AUTHENTICATE SCRAM-SHA-256 biws?*\nS: %T NO failed\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256" },
  { .name = "imap/P14/bound-rejected", .is_imap = TRUE,
    .script = CAPA ("SASL-IR AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS")
    "C: %T AUTHENTICATE SCRAM-SHA-256-PLUS ?*\nS: %T NO [AUTHENTICATIONFAILED] failed\n",
    .cause = TL_CAUSE_REFUSED, .mechanism = "SCRAM-SHA-256-PLUS" },
};

/* The server's first message of SCRAM (RFC 5802 §5.1), which goes on from our nonce. */
static char *
go_on (const char *argument,
       const char *line,
       gpointer    user_data)
{
  gsize len;
  g_autofree guchar *bytes = g_base64_decode (strrchr (line, ' ') + 1, &len);
  g_autofree char *message = g_strndup ((const char *) bytes, len);
  g_autofree char *first = g_strconcat (strstr (message, "r="),
                                        "xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", NULL);
  g_autofree char *base64 = g_base64_encode ((const guchar *) first, strlen (first));

  return g_strconcat (argument, " ", base64, NULL);
}

/* Says whom the server let in: gives the mechanism, or NULL with a fault. */
static const char *
sign_in (TlTestTalk               *talk,
         gboolean                  is_imap,
         const TlSaslCredentials  *who,
         TlFault                 **out_fault)
{
  TlDeadline deadline = tl_test_talk_get_deadline ();
  g_autoptr(GError) error = NULL;
  gboolean is_in;
  const char *mechanism;

  if (is_imap)
    {
      g_autoptr(TlImapSession) session = tl_imap_session_new (talk->conversation);

      g_assert_true (tl_imap_session_greet_sync (session, deadline, NULL, out_fault, &error));
      g_assert_true (tl_imap_session_capability_sync (session, deadline, NULL, out_fault, &error));
      is_in = tl_imap_session_authenticate_sync (session, who, deadline, NULL, out_fault, &error);
      mechanism = tl_imap_session_get_mechanism (session);
    }
  else
    {
      g_autoptr(TlSmtpSession) session = tl_smtp_session_new (talk->conversation);

      g_assert_true (tl_smtp_session_greet_sync (session, deadline, NULL, out_fault, &error));
      g_assert_true (tl_smtp_session_ehlo_sync (session, deadline, NULL, out_fault, &error));
      is_in = tl_smtp_session_authenticate_sync (session, who, deadline, NULL, out_fault, &error);
      mechanism = tl_smtp_session_get_mechanism (session);
    }
  g_assert_no_error (error);
  g_assert_cmpint (is_in, ==, mechanism != NULL);
  g_assert_cmpint (is_in, ==, *out_fault == NULL);

  return mechanism;
}

static void
test_talk (gconstpointer data)
{
  const TalkCase *c = data;
  g_autofree char *token = g_strnfill (c->token_len, 't');
  const char *text = c->token_len > 0 ? token : PASSWORD;
  g_autoptr(TlSecret) secret = tl_secret_new (text, strlen (text));
  const TlSaslCredentials who = {
    .with = c->with,
    .username = USERNAME,
    .secret = c->with == TL_SASL_WITH_CERTIFICATE ? NULL : secret,
    .host = TL_TEST_TALK_HOST,
    .port = 993,
  };
  g_auto(TlTestTalk) talk = { .peculiar = c->peculiar, .hook = go_on };
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *transcript = NULL;
  const char *mechanism;

  tl_test_talk_open (&talk, c->script, TL_IMAP_MAX_LINE_LEN);
  mechanism = sign_in (&talk, c->is_imap, &who, &fault);

  g_assert_cmpint (fault == NULL ? -1 : (int) tl_fault_get_cause (fault), ==, c->cause);
  if (fault != NULL)
    {
      GVariant *evidence = tl_fault_get_evidence (fault);
      const char *words = tl_evidence_get_string (evidence, TL_EVIDENCE_SERVER_TEXT);

      g_assert_true (tl_evidence_is_valid (evidence));
      mechanism = tl_evidence_get_string (evidence, TL_EVIDENCE_MECHANISM);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_TOKEN_STATUS), ==, c->status);
      if (c->status != NULL)
        g_assert_nonnull (strstr (words, "schemes"));
      if (c->words != NULL)
        g_assert_nonnull (strstr (words, c->words));
      g_assert_true (words == NULL || (strstr (words, text) == NULL &&
                                       strstr (words, PLAIN64) == NULL));
    }
  g_assert_cmpstr (mechanism, ==, c->mechanism);
  transcript = tl_transcript_to_string (talk.transcript);
  g_assert_null (strstr (transcript, PLAIN64));
  g_assert_null (strstr (transcript, text));
  tl_test_talk_end (&talk);
  if (strstr (c->name, "bound-after-proof") != NULL)
    g_assert_cmpuint (tl_test_peer_count (talk.peer, "*AUTH*"), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (talk_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sasl-talk/", talk_cases[i].name, NULL);

      g_test_add_data_func (path, &talk_cases[i], test_talk);
    }

  return g_test_run ();
}
