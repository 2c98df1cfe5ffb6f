/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-session.h"

#include <string.h>
#include <sys/resource.h>

#include "tl-imap-mailbox.h"
#include "tl-test-talk.h"

#define USER     "you@practice.invalid"
#define PASSWORD "c4n4ry-Pa55w0rd"
#define NONE     (-1)

/* What comes before the line that a case is about. */
#define SIGNED_IN(list) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY " list "] in\n"
#define BARE   SIGNED_IN ("IMAP4rev1")
#define ALL    "IMAP4rev1 ID NAMESPACE ACL QUOTA IDLE SPECIAL-USE LIST-EXTENDED"
#define LIST   "C: %T LIST \"\" \"?\"\nS: * LIST () \"/\" Sent\nS: %T OK done\n"
#define OPENED "C: %T EXAMINE INBOX\nS: * 3 EXISTS\nS: %T OK done\n"
#define OFF    "C: %T LOGOUT\n"

/* All of the flight, and then QUIET: the client has sent all it sends. */
#define FLIGHT \
  "C: %T ID (\"name\" \"Twolane\" \"version\" \"?*\")\n" \
  "C: %T NAMESPACE\nC: %T LIST \"\" \"?\" RETURN (SPECIAL-USE)\nC: %T MYRIGHTS INBOX\n" \
  "C: %T GETQUOTAROOT INBOX\nC: %T EXAMINE INBOX\nC: %T IDLE\nQUIET\n"

#define TEN_OF(text) text text text text text text text text text text

typedef enum
{
  STAGE_GREET,
  STAGE_UPGRADE,
  STAGE_CAPS,
  STAGE_AUTH,
  STAGE_USE,
  STAGE_END,
} Stage;

static gboolean
greet_sync (TlImapSession *session,
            TlFault      **out_fault)
{
  return tl_imap_session_greet_sync (session, tl_test_talk_get_deadline (), NULL, out_fault, NULL);
}

static gboolean
upgrade_sync (TlImapSession *session,
              TlFault      **out_fault)
{
  return tl_imap_session_upgrade_sync (session, tl_test_talk_get_deadline (), NULL, out_fault,
                                       NULL);
}

static gboolean
caps_sync (TlImapSession *session,
           TlFault      **out_fault)
{
  return tl_imap_session_capability_sync (session, tl_test_talk_get_deadline (), NULL, out_fault,
                                          NULL);
}

static gboolean
auth_with_sync (TlImapSession *session,
                const char    *password,
                TlFault      **out_fault)
{
  g_autoptr(TlSecret) secret = tl_secret_new (password, strlen (password));
  const TlSaslCredentials who = {
    .with = TL_SASL_WITH_PASSWORD, .username = USER, .secret = secret,
    .host = TL_TEST_TALK_HOST, .port = 993,
  };

  return tl_imap_session_authenticate_sync (session, &who, tl_test_talk_get_deadline (), NULL,
                                            out_fault, NULL);
}

static gboolean
auth_sync (TlImapSession *session,
           TlFault      **out_fault)
{
  return auth_with_sync (session, PASSWORD, out_fault);
}

static gboolean
use_sync (TlImapSession *session,
          TlFault      **out_fault)
{
  return tl_imap_session_use_sync (session, NULL, tl_test_talk_get_deadline (), NULL, out_fault, NULL);
}

/* Runs the stages from first to last and says at which one it ended. */
static Stage
run (TlTestTalk     *talk,
     TlImapSession **out_session,
     const char     *script,
     Stage           last,
     TlFault       **out_fault)
{
  gboolean is_secure = g_str_has_prefix (script, "TLS\n");
  TlImapSession *session;

  tl_test_talk_open (talk, script, TL_IMAP_MAX_LINE_LEN);
  *out_session = session = tl_imap_session_new (talk->conversation);

  if (!greet_sync (session, out_fault))
    return STAGE_GREET;
  if (!is_secure && !upgrade_sync (session, out_fault))
    return STAGE_UPGRADE;
  if (!is_secure)
    tl_test_talk_handshake (talk);
  if (!caps_sync (session, out_fault))
    return STAGE_CAPS;
  if (last >= STAGE_AUTH && !auth_sync (session, out_fault))
    return STAGE_AUTH;
  if (last >= STAGE_USE && !use_sync (session, out_fault))
    return STAGE_USE;
  tl_imap_session_logout_sync (session, tl_test_talk_get_deadline (), NULL);

  return STAGE_END;
}

typedef struct
{
  const char *name;
  const char *script;
  Stage       stage;  /* where it ends */
  int         cause;  /* NONE: it goes well */
  gboolean    idles;
} Case;

static const Case cases[] = {
  /* Two turns of the client: everything is there before the server says another word. */
  { "turns", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nQUIET\nS: %T OK [CAPABILITY " ALL "] in\n" FLIGHT
    "S: %6 OK done\nS: %5 OK done\nS: %4 OK done\nS: %3 OK done\nS: %2 OK done\nS: * 3 EXISTS\n"
    "S: %1 OK done\nS: + idling\nC: DONE\n" OFF, STAGE_END, NONE, TRUE },
  { "any-order", SIGNED_IN (ALL) FLIGHT "S: * 3 EXISTS\nS: %1 OK done\nS: + idling\nS: %2 OK done\n"
    "S: %6 OK done\nS: %4 OK done\nS: %3 OK done\nS: %5 OK done\nC: DONE\n" OFF, STAGE_END, NONE,
    TRUE },
  { "nobody-harmed", SIGNED_IN (ALL) FLIGHT "S: %6 NO no\nS: %5 BAD what\nS: %4 OK done\nS: %3 NO no\n"
    "S: %2 NO no\nS: * 3 EXISTS\nS: %1 OK done\nS: %T NO no\n" OFF, STAGE_END, NONE },
  { "only-what-is-offered", BARE LIST OPENED OFF, STAGE_END, NONE },
  { "late-idle", SIGNED_IN ("IMAP4rev1 IDLE") LIST OPENED
    "C: %T IDLE\nS: + \nC: DONE\nS: %T OK done\n" OFF, STAGE_END, NONE, TRUE },

  /* Capabilities, asked for only when they did not come */
  { "caps/asked", "TLS\nS: * OK hi\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\n"
    "S: %T OK done\nC: %T AUTHENTICATE PLAIN ?*\nS: %T OK in\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 IDLE\nS: %T OK done\n" LIST OPENED "C: %T IDLE\nS: + \nC: DONE\n" OFF,
    STAGE_END, NONE, TRUE },
  { "caps/with-the-sign-in", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: * CAPABILITY IMAP4rev1\nS: %T OK in\n" LIST OPENED OFF,
    STAGE_END, NONE },
  { "caps/half-a-list", "TLS\nS: * OK [CAPABILITY AUTH=PLAIN] hi\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: %T OK done\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED OFF,
    STAGE_END, NONE },
  { "rows/S13/forgotten", "S: * OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN IDLE] hi\n"
    "S: * LIST () \"/\" Injected\nS: * 5 EXISTS\nC: %T STARTTLS\nS: * 3 FETCH (UID 1)\nS: %T OK go\nTLS\n"
    "C: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: %T OK done\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED OFF,
    STAGE_END, NONE },
  { "rows/S05/bad", "S: * OK hi\nC: %T CAPABILITY\nS: %T BAD what\n", STAGE_UPGRADE,
    TL_CAUSE_NOT_OFFERED },
  { "rows/S05/empty", "S: * OK hi\nC: %T CAPABILITY\nS: * CAPABILITY\nS: %T OK done\n",
    STAGE_UPGRADE, TL_CAUSE_NOT_OFFERED },
  { "rows/S05/imap4", "S: * OK hi\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4\nS: %T OK done\n",
    STAGE_UPGRADE, TL_CAUSE_NOT_OFFERED },
  { "rows/S12/future-tags", "TLS\nS: * OK hi\nS: A001 OK x\nS: A002 OK x\nC: %T CAPABILITY\n",
    STAGE_CAPS, TL_CAUSE_PROTOCOL },
  { "rows/S14/referral", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T NO [REFERRAL imap://evil.practice.invalid/] go there\n",
    STAGE_AUTH, TL_CAUSE_REFUSED },
  { "rows/S15/odd-word", "TLS\nS: * XX\n", STAGE_GREET, TL_CAUSE_PROTOCOL },
  { "rows/S15/tagged", "TLS\nS: A1 OK hi\n", STAGE_GREET, TL_CAUSE_PROTOCOL },
  { "rows/S15/empty", "TLS\nS: \n", STAGE_GREET, TL_CAUSE_PROTOCOL },
  { "rows/S15/escape", "TLS\nS: \\x1b[2J\n", STAGE_GREET, TL_CAUSE_PROTOCOL },
  { "rows/S15/twice", "TLS\nS: * OK hi\nC: %T CAPABILITY\nS: * PREAUTH hi\n", STAGE_CAPS,
    TL_CAUSE_PROTOCOL },

  /* Grammar and exhaustion */
  { "rows/X03/literal", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" {4294967295}\n",
    STAGE_USE, TL_CAUSE_LITERAL_LIMIT },
  { "rows/X03/negative", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" {-1}\n",
    STAGE_USE, TL_CAUSE_LITERAL_LIMIT },
  { "rows/X03/plus", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" {4+}\n",
    STAGE_USE, TL_CAUSE_LITERAL_LIMIT },
  { "rows/X03/cut", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" {5}\nS! ab\nSHUTDOWN",
    STAGE_USE, TL_CAUSE_TRUNCATED },
  { "rows/X07/empty", "TLS\nS: * OK hi\nC: %T CAPABILITY\nS: * CAPABILITY\nS: %T OK done\n", STAGE_CAPS,
    TL_CAUSE_PROTOCOL },
  { "rows/X07/odd", "TLS\nS: * OK hi\nC: %T CAPABILITY\n"
    "S: * CAPABILITY   imap4REV1 AUTH= AUTH=plain auth=PLAIN sasl-ir imap4rev1 \nS: %T OK done\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED OFF,
    STAGE_END, NONE },
  { "rows/X08/nul", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" a\\0b\n", STAGE_USE,
    TL_CAUSE_PROTOCOL },
  { "rows/X08/bare-cr", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * LIST () \"/\" a\\rb\n",
    STAGE_USE, TL_CAUSE_PROTOCOL },
  { "rows/X08/eight-bit", BARE "C: %T LIST \"\" \"?\"\nS: * LIST () \"/\" \"\\xff\\xfe\"\nS: %T OK done\n"
    OPENED OFF, STAGE_END, NONE },
  { "rows/X08/bare-lf", BARE "C: %T LIST \"\" \"?\"\nS! * LIST () \"/\" Sent\\n%T OK done\\n\n" OPENED OFF,
    STAGE_END, NONE },
  { "rows/X13/anything", BARE "C: %T LIST \"\" \"?\"\nS: * 3 FETCH (FLAGS (\\\\Seen))\nS: * 7 RECENT\n"
    "S: * 1 EXPUNGE\nS: * STATUS x (MESSAGES 1)\nS: * OK still here\nS: %T OK done\n" OPENED OFF,
    STAGE_END, NONE },
  { "rows/X13/bye", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: * BYE some reason of ours\n",
    STAGE_USE, TL_CAUSE_SERVER_CLOSED },
  { "rows/X14/foreign-tag", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: A1 OK done\n", STAGE_USE,
    TL_CAUSE_PROTOCOL },
  { "rows/X14/twice", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: %1 OK done\nS: %1 OK done\n",
    STAGE_USE, TL_CAUSE_PROTOCOL },
  { "rows/X14/tag-with-space", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS:  %T OK done\n",
    STAGE_USE, TL_CAUSE_PROTOCOL },
  { "rows/X15/ahead-of-the-flight", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nCORK\nS: %T OK [CAPABILITY IMAP4rev1] in\nS: + go\nUNCORK\n",
    STAGE_USE, TL_CAUSE_PROTOCOL },
  { "rows/X15/data-ahead", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nCORK\nS: %T OK [CAPABILITY IMAP4rev1] in\nS: * 9 EXISTS\nUNCORK\n"
    "C: %T LIST \"\" \"?\"\nS: %T OK done\nC: %T EXAMINE INBOX\nS: %T OK done\n", STAGE_USE,
    TL_CAUSE_PROTOCOL },
  { "rows/X15/continued", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS: + go\n", STAGE_USE,
    TL_CAUSE_PROTOCOL },
  { "rows/X15/idle-before-inbox", SIGNED_IN ("IMAP4rev1 IDLE") "C: %T LIST \"\" \"?\"\nS: %T OK done\n"
    "C: %T EXAMINE INBOX\nC: %T IDLE\nS: + idling\n", STAGE_USE, TL_CAUSE_PROTOCOL },

  /* Using it */
  { "rows/A04/over-quota", BARE LIST "C: %T EXAMINE INBOX\nS: %T NO [OVERQUOTA] full\n", STAGE_USE,
    TL_CAUSE_INBOX_MISSING },
  { "rows/A05/missing", BARE LIST "C: %T EXAMINE INBOX\nS: %T NO [NONEXISTENT] none\n", STAGE_USE,
    TL_CAUSE_INBOX_MISSING },
  { "rows/A05/not-really", BARE LIST "C: %T EXAMINE INBOX\nS: %T OK done\n", STAGE_USE,
    TL_CAUSE_PROTOCOL },
  { "rows/A05/list-refused", BARE "C: %T LIST \"\" \"?\"\nS: %T NO some reason of ours\n", STAGE_USE,
    TL_CAUSE_REFUSED },
  { "rows/A13/no-idle", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE ID] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED OFF,
    STAGE_END, NONE },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;
  Stage stage = run (&talk, &session, c->script, STAGE_USE, &fault);

  g_assert_cmpint (fault == NULL ? NONE : (int) tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpint (stage, ==, c->stage);
  g_assert_cmpint (tl_imap_session_get_facts (session)->idles, ==, c->idles);
  if (stage == STAGE_END)
    tl_test_talk_end (&talk);
  for (guint i = 0; i < tl_imap_session_get_mailboxes (session)->len; i++)
    {
      const TlImapMailbox *mailbox = tl_imap_session_get_mailboxes (session)->pdata[i];

      g_assert_cmpstr (mailbox->name, !=, "Injected");
    }
}

static void
test_facts (void)
{
  static const char script[] =
    SIGNED_IN (ALL) FLIGHT
    "S: * ID (\"name\" \"Dovecot\" \"version\" \"2.3.19\")\nS: %6 OK done\n"
    "S: * NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\nS: %5 OK done\n"
    "S: * LIST (\\\\Junk) \".\" INBOX.Spam\nS: * LIST () \".\" INBOX\nS: %4 OK done\n"
    "S: * MYRIGHTS INBOX lrs\nS: %3 OK done\n"
    "S: * QUOTAROOT INBOX a b\nS: * QUOTA a (STORAGE 1 100)\nS: * QUOTA b (STORAGE 99 100)\nS: %2 OK done\n"
    "S: * 42 EXISTS\nS: * OK [ALERT] second\nS: %1 OK [ALERT] third\nS: + idling\nC: DONE\n" OFF;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;
  g_autofree char *transcript = NULL;
  const TlImapFacts *facts;

  g_assert_cmpint (run (&talk, &session, script, STAGE_USE, &fault), ==, STAGE_END);
  transcript = tl_transcript_to_string (talk.transcript);
  g_assert_nonnull (strstr (transcript, "EXAMINE INBOX"));
  facts = tl_imap_session_get_facts (session);
  g_assert_cmpstr (facts->software, ==, "Dovecot 2.3.19");
  g_assert_cmpstr (facts->prefix, ==, "INBOX.");
  g_assert_cmpint (facts->delimiter, ==, '.');
  g_assert_cmpstr (facts->rights, ==, "lrs");
  g_assert_true (facts->has_quota);
  g_assert_cmpuint (facts->quota_used, ==, 99);
  g_assert_cmpuint (facts->quota_limit, ==, 100);
  g_assert_cmpuint (facts->n_messages, ==, 42);
  g_assert_true (facts->idles);
  g_assert_cmpuint (g_strv_length (facts->alerts), ==, 2);
  g_assert_cmpstr (facts->alerts[1], ==, "third");
  g_assert_cmpuint (tl_imap_session_get_mailboxes (session)->len, ==, 2);
  tl_test_talk_end (&talk);
}

typedef struct
{
  const char *name;
  const char *script;
  guint       n_alerts;
} AlertCase;

static const AlertCase alert_cases[] = {
  { "in-the-clear", "S: * OK [ALERT] visit us\nC: %T CAPABILITY\nS: * OK [ALERT] call us\n"
    "S: * CAPABILITY IMAP4rev1 STARTTLS\nS: %T OK [ALERT] now\nC: %T STARTTLS\nS: * OK [ALERT] x\n"
    "S: %T OK [ALERT] y\nTLS\nC: %T CAPABILITY\nS: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\n"
    "S: %T OK done\nC: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1] in\n"
    LIST OPENED OFF, 0 },
  { "before-the-sign-in", "TLS\nS: * OK [ALERT] visit us\nC: %T CAPABILITY\n"
    "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\nS: %T OK [ALERT] now\nC: %T AUTHENTICATE PLAIN ?*\n"
    "S: * OK [ALERT] x\nS: %T OK [CAPABILITY IMAP4rev1] in\n" LIST OPENED OFF, 0 },
  { "with-the-sign-in", "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
    "C: %T AUTHENTICATE PLAIN ?*\nS: * CAPABILITY IMAP4rev1\nS: %T OK [ALERT] for you\n"
    LIST OPENED OFF, 1 },
  { "same-twice", BARE "C: %T LIST \"\" \"?\"\nS: * OK [ALERT] a\nS: * NO [ALERT] a\nS: %T OK done\n"
    OPENED OFF, 1 },
  { "many", BARE "C: %T LIST \"\" \"?\"\nS: * OK [ALERT] a\nS: * OK [ALERT] b\nS: * OK [ALERT] c\n"
    "S: * OK [ALERT] d\nS: * OK [ALERT] e\nS: * OK [ALERT]\nS: %T OK done\n" OPENED OFF, 4 },
};

static void
test_alerts (gconstpointer data)
{
  const AlertCase *c = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;
  char **alerts;

  g_assert_cmpint (run (&talk, &session, c->script, STAGE_USE, &fault), ==, STAGE_END);
  alerts = tl_imap_session_get_facts (session)->alerts;
  g_assert_cmpuint (alerts == NULL ? 0 : g_strv_length (alerts), ==, c->n_alerts);
  tl_test_talk_end (&talk);
}

typedef struct
{
  const char *name;
  const char *list;
  gboolean    took;
} ClearCase;

static const ClearCase clear_cases[] = {
  { "plain", "IMAP4rev1 STARTTLS AUTH=PLAIN", TRUE },
  { "login", "IMAP4rev1 STARTTLS AUTH=LOGIN", TRUE },
  { "disabled", "IMAP4rev1 STARTTLS AUTH=PLAIN LOGINDISABLED", FALSE },
  { "scram-only", "IMAP4rev1 STARTTLS AUTH=SCRAM-SHA-256", FALSE },
};

static void
test_clear_sign_in (gconstpointer data)
{
  const ClearCase *c = data;
  g_autofree char *script = g_strconcat ("S: * OK [CAPABILITY ", c->list, "] hi\nC: %T STARTTLS\n"
                                         "S: %T OK go\nTLS\nC: %T CAPABILITY\n"
                                         "S: * CAPABILITY IMAP4rev1\nS: %T OK done\n" OFF, NULL);
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;

  g_assert_cmpint (run (&talk, &session, script, STAGE_CAPS, &fault), ==, STAGE_END);
  g_assert_cmpint (tl_imap_session_took_clear_sign_in (session), ==, c->took);
  tl_test_talk_end (&talk);
}

/* A password that needs a literal waits for nobody where the server says so. */
typedef struct
{
  const char *name;
  const char *list;
  const char *rest;
} LiteralCase;

static const LiteralCase literal_cases[] = {
  { "sync", "IMAP4rev1", "{9}\nQUIET\nS: + go\nC: pass\xc3\xa4xyz\n" },
  { "plus", "IMAP4rev1 LITERAL+", "{9+}\nC: pass\xc3\xa4xyz\n" },
  { "minus", "IMAP4rev1 LITERAL-", "{9+}\nC: pass\xc3\xa4xyz\n" },
  { "rev2", "IMAP4rev2", "{9+}\nC: pass\xc3\xa4xyz\n" },
};

static void
test_literal (gconstpointer data)
{
  const LiteralCase *c = data;
  g_autofree char *script = g_strconcat ("TLS\nS: * OK [CAPABILITY ", c->list, "] hi\n"
                                         "C: %T LOGIN \"" USER "\" ", c->rest,
                                         "S: %T OK [CAPABILITY IMAP4rev1] in\n" OFF, NULL);
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;

  tl_test_talk_open (&talk, script, TL_IMAP_MAX_LINE_LEN);
  session = tl_imap_session_new (talk.conversation);
  g_assert_true (greet_sync (session, &fault));
  g_assert_true (caps_sync (session, &fault));
  g_assert_true (auth_with_sync (session, "pass\xc3\xa4xyz", &fault));
  tl_imap_session_logout_sync (session, tl_test_talk_get_deadline (), NULL);
  tl_test_talk_end (&talk);
}

/* The answer to a password that was not sent yet is none. */
static void
test_ahead_of_literal (void)
{
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;

  tl_test_talk_open (&talk, "TLS\nS: * OK [CAPABILITY IMAP4rev1] hi\nC: %T LOGIN \"" USER "\" {9}\n"
                     "CORK\nS: + go\nS: %T OK in\nUNCORK\n", TL_IMAP_MAX_LINE_LEN);
  session = tl_imap_session_new (talk.conversation);
  g_assert_true (greet_sync (session, &fault));
  g_assert_true (caps_sync (session, &fault));
  g_assert_false (auth_with_sync (session, "pass\xc3\xa4xyz", &fault));
  g_assert_cmpint (tl_fault_get_cause (fault), ==, TL_CAUSE_PROTOCOL);
}

static double
get_cpu_s (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_THREAD, &usage), ==, 0);

  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

typedef struct
{
  const char *name;
  const char *begin;
  const char *piece;   /* again and again */
  guint       n;
  int         cause;
} FloodCase;

static const FloodCase flood_cases[] = {
  { "rows/X01/line", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS! * LIST ",
    TEN_OF (TEN_OF ("x")), 1000, TL_CAUSE_TOO_LONG },
  { "rows/X02/folders", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS! ",
    TEN_OF ("* LIST () NIL x\\r\\n"), 1100, TL_CAUSE_TOO_LONG },
  { "rows/X02/bytes", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS! ",
    "* OK " TEN_OF (TEN_OF (TEN_OF ("xxxxx"))) "\\r\\n", 500, TL_CAUSE_TOO_LONG },
  { "rows/X02/caps", "TLS\nS: * OK hi\nC: %T CAPABILITY\nS! ", "* OK x\\r\\n", 200,
    TL_CAUSE_TOO_LONG },
  { "rows/X06/nested", BARE "C: %T LIST \"\" \"?\"\nC: %T EXAMINE INBOX\nS! * LIST ",
    "((((((((((", 1000, TL_CAUSE_PROTOCOL },
  { "rows/X07/tokens", "TLS\nS: * OK hi\nC: %T CAPABILITY\nS! * CAPABILITY", " a%b", 5000,
    TL_CAUSE_TOO_LONG },
};

/* Whatever a server sends, it costs a bounded amount. */
static void
test_flood (gconstpointer data)
{
  const FloodCase *c = data;
  g_autoptr(GString) script = g_string_new (c->begin);
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;
  double before_s = get_cpu_s ();

  for (guint i = 0; i < c->n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      g_auto(GStrv) parts = g_strsplit (c->piece, "%", 2);

      g_string_append (script, parts[0]);
      if (parts[0] != NULL && parts[1] != NULL)
        g_string_append_printf (script, "%s%s", number, parts[1]);
    }
  g_string_append (script, "\\r\\n\n");

  (void) run (&talk, &session, script->str, STAGE_USE, &fault);
  g_assert_nonnull (fault);
  g_assert_cmpint (tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpfloat (get_cpu_s () - before_s, <, 1.0);
}

/* X04: a literal that comes byte by byte. */
static void
test_slow_literal (void)
{
  g_autoptr(GString) script = g_string_new (BARE "C: %T LIST \"\" \"?\"\nS: * LIST () \"/\" {300}\n");
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlFault) fault = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (script, "S! x\n");
  g_string_append (script, "S: \nS: %T OK done\n" OPENED OFF);
  g_assert_cmpint (run (&talk, &session, script->str, STAGE_USE, &fault), ==, STAGE_END);
  tl_test_talk_end (&talk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/session/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/session/facts", test_facts);
  for (gsize i = 0; i < G_N_ELEMENTS (alert_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/session/rows/S19/", alert_cases[i].name, NULL);

      g_test_add_data_func (path, &alert_cases[i], test_alerts);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (clear_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/session/rows/S18/", clear_cases[i].name, NULL);

      g_test_add_data_func (path, &clear_cases[i], test_clear_sign_in);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (literal_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/session/literal/", literal_cases[i].name, NULL);

      g_test_add_data_func (path, &literal_cases[i], test_literal);
    }
  g_test_add_func ("/imap/session/rows/X15/ahead-of-literal", test_ahead_of_literal);
  for (gsize i = 0; i < G_N_ELEMENTS (flood_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/session/", flood_cases[i].name, NULL);

      g_test_add_data_func (path, &flood_cases[i], test_flood);
    }
  g_test_add_func ("/imap/session/rows/X04/slow-literal", test_slow_literal);

  return g_test_run ();
}
