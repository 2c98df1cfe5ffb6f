/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-survey.h"

#include <string.h>

#include "tl-error.h"
#include "tl-imap-mailbox.h"
#include "tl-imap-session.h"
#include "tl-survey-names.h"
#include "tl-test-talk.h"

/* A whole look around, as conversations. In a script, all lines of the client that stand before the
 * next line of the server are one flight: one round trip. */

#define PASSWORD "c4n4ry-Pa55w0rd"
/* What the lines of a conversation are not looked through for, as a password in disguise is not. */
#define HIDDEN   "h1dden"

/* What the lane asks before is answered one by one. */
#define IN_TO(more, caps, namespace, list) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 NAMESPACE " caps "] in\n" \
  "C: %T NAMESPACE\nS: * NAMESPACE " namespace " NIL NIL\nS: %T OK done\n" \
  "C: %T LIST *\n" list "S: %T OK done\n" more \
  "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
#define IN(caps, namespace, list) IN_TO ("", caps, namespace, list)
/* A server of IMAP4rev2 alone, which need not list what that name stands for (RFC 9051 §E). */
#define IN_REV2(caps) \
  "TLS\nS: * OK [CAPABILITY " caps " SASL-IR AUTH=PLAIN] hi\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY " caps "] in\n" \
  "C: %T LIST *\n" INBOX "S: %T OK done\n" \
  "C: %T EXAMINE INBOX\nS: * 0 EXISTS\nS: %T OK done\n"
#define ACL   "C: %T MYRIGHTS INBOX\nS: %T OK done\n"
#define QUOTA "C: %T GETQUOTAROOT INBOX\nS: %T OK done\n"
#define SLASH "((\"\" \"/\"))"
#define DOT   "((\"INBOX.\" \".\"))"
#define INBOX "S: * LIST (\\\\HasNoChildren) \"/\" INBOX\n"
#define DOT_INBOX "S: * LIST (\\\\HasChildren) \".\" INBOX\n"
#define RICH  "SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE ACL QUOTA"

typedef struct
{
  const char *name;
  const char *script;
  const char *create[4];
  const char *facts;     /* as describe() has them */
  guint       budget_ms; /* 0: long */
} Case;

static char *
redact (const char    *text,
        gconstpointer  data)
{
  g_autoptr(TlSecret) secret = NULL;

  if (text == NULL)
    return NULL;
  secret = tl_secret_new (data, strlen (data));

  return tl_secret_redact (secret, text);
}

/* "prefix|delimiter|folder(attributes;xlist;messages,unseen,bytes;rights)+|quotas|failures|cut"; * behind a name
 * that is not the server's */
static char *
describe (const TlMailboxFactsParts *parts)
{
  g_autoptr(GString) out = g_string_new (parts->prefix == NULL ? "-" : parts->prefix);

  g_string_append_printf (out, "|%c|", parts->delimiter == '\0' ? '-' : parts->delimiter);
  for (guint i = 0; i < parts->entries->len; i++)
    {
      const TlMailboxEntry *entry = parts->entries->pdata[i];
      g_autofree char *attributes = g_strjoinv (" ", entry->attributes);
      g_autofree char *xlist = entry->xlist == NULL ? g_strdup ("-") : g_strjoinv (" ", entry->xlist);

      g_string_append_printf (out, "%s%s(%s;%s;%d,%d,%d;%s)%s", entry->name,
                              entry->is_changed ? "*" : "", attributes, xlist,
                              (int) entry->n_messages, (int) entry->n_unseen, (int) entry->n_bytes,
                              entry->rights == NULL ? "-" : entry->rights,
                              entry->is_new ? "+" : "");
    }
  g_string_append_c (out, '|');
  for (guint i = 0; i < parts->quotas->len; i++)
    {
      const TlMailboxQuota *quota = parts->quotas->pdata[i];

      g_string_append_printf (out, "%s:%s:%d/%d ", quota->root, quota->resource, (int) quota->used,
                              (int) quota->limit);
    }
  g_string_append_c (out, '|');
  for (guint i = 0; i < parts->failures->len; i++)
    {
      const TlMailboxFailure *failure = parts->failures->pdata[i];

      g_string_append_printf (out, "%s:%s:%s ", failure->name,
                              failure->server_text == NULL ? "-" : failure->server_text,
                              failure->imap_code == NULL ? "-" : failure->imap_code);
    }
  g_string_append (out, parts->is_cut ? "|cut" : "|");

  return g_string_free (g_steal_pointer (&out), FALSE);
}

#define RIGHTS(n)  "C: %T MYRIGHTS \"" n "\"\n"
#define STATUS(n)  "C: %T STATUS \"" n "\" (MESSAGES UNSEEN)\n"
#define CREATE(n)  "C: %T CREATE \"" n "\"\n"
#define SUB(n)     "C: %T SUBSCRIBE \"" n "\"\n"
#define LIST_ALL   "C: %T LIST \"\" \"?\"\n"
#define OK         "S: %T OK done\n"

static const Case cases[] = {
  { .name = "rich",
    .script = IN_TO (ACL QUOTA, RICH, SLASH, INBOX "S: * LIST (\\\\Sent) \"/\" \"Gesendet &APw-\"\n")
      "C: %T GETQUOTAROOT \"INBOX\"\n" RIGHTS ("INBOX") RIGHTS ("Gesendet &APw-")
      "C: %T LIST \"\" \"?\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN SIZE))\n"
      "S: * QUOTAROOT INBOX \"\" \"x\"\nS: * QUOTA \"\" (STORAGE 90 100 MESSAGE 5 10)\n"
      "S: * QUOTA x (STORAGE 1 0)\nS: %3 OK done\n"
      "S: * MYRIGHTS INBOX lrswi\nS: %2 OK done\nS: * MYRIGHTS \"Gesendet &APw-\" lr\nS: %1 OK done\n"
      INBOX "S: * STATUS INBOX (MESSAGES 7 UNSEEN 2 SIZE 900)\n"
      "S: * LIST (\\\\Sent \\\\HasNoChildren) \"/\" \"Gesendet &APw-\"\n"
      "S: * STATUS \"Gesendet &APw-\" (MESSAGES 1 UNSEEN 0 SIZE 44)\n" OK,
    .facts = "|/|INBOX(hasnochildren;-;7,2,900;lrswi)Gesendet ü(sent hasnochildren;-;1,0,44;lr)|"
      ":storage:90/100 :message:5/10 x:storage:1/0 ||" },
  { .name = "plain",
    .script = IN ("", SLASH, INBOX "S: * LIST (\\\\Noselect) \"/\" Top\nS: * LIST () \"/\" Sent\n")
      STATUS ("INBOX") STATUS ("Sent")
      "S: * STATUS inbox (MESSAGES 3 UNSEEN 1)\nS: %1 OK done\n"
      "S: * STATUS Sent (MESSAGES 4 UNSEEN 0)\nS: %T OK done\n",
    .facts = "|/|INBOX(hasnochildren;-;3,1,-1;-)Top(noselect;-;-1,-1,-1;-)Sent(;-;4,0,-1;-)|||" },
  { .name = "completed-in-any-order",
    .script = IN ("", SLASH, INBOX "S: * LIST () \"/\" Sent\n") STATUS ("INBOX") STATUS ("Sent")
      "S: * STATUS Sent (MESSAGES 4 UNSEEN 0)\nS: %T OK done\n"
      "S: * STATUS INBOX (MESSAGES 3 UNSEEN 1)\nS: %1 OK done\n",
    .facts = "|/|INBOX(hasnochildren;-;3,1,-1;-)Sent(;-;4,0,-1;-)|||" },
  { .name = "xlist",
    .script = IN ("XLIST", SLASH, INBOX "S: * LIST () \"/\" Sent\n")
      "C: %T XLIST \"\" \"?\"\n" STATUS ("INBOX") STATUS ("Sent")
      "S: * XLIST (\\\\Inbox) \"/\" Posteingang\nS: * XLIST (\\\\Sent) \"/\" Sent\nS: %2 OK done\n"
      "S: %1 NO no\nS: %T NO no\n",
    .facts = "|/|INBOX(hasnochildren;inbox;-1,-1,-1;-)Sent(;sent;-1,-1,-1;-)|||" },
  { .name = "no-xlist-beside-special-use",
    .script = IN ("XLIST SPECIAL-USE", SLASH, INBOX) STATUS ("INBOX") OK,
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|||" },
  { .name = "not-understood",
    .script = IN_TO (ACL QUOTA, "QUOTA ACL LIST-STATUS", SLASH, INBOX)
      "C: %T GETQUOTAROOT \"INBOX\"\n" RIGHTS ("INBOX")
      "C: %T LIST \"\" \"?\" RETURN (STATUS (MESSAGES UNSEEN))\n"
      "S: %2 BAD what\nS: %1 BAD what\nS: %T BAD what\n",
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|||" },
  { .name = "root-told-of-later",
    .script = IN_TO (QUOTA, "QUOTA", SLASH, INBOX) "C: %T GETQUOTAROOT \"INBOX\"\n" STATUS ("INBOX")
      "S: * QUOTAROOT INBOX a b\nS: * QUOTA a (STORAGE 1 2)\nS: %1 OK done\nS: %T OK done\n"
      "C: %T GETQUOTA \"b\"\nS: * QUOTA b (MESSAGE 3 4)\n" OK,
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|a:storage:1/2 b:message:3/4 ||" },
  { .name = "names-that-nobody-can-use",
    .script = IN ("", SLASH, INBOX "S: * LIST (\\\\Noselect) \"/\" \"\"\n"
                  "S: * LIST (\\\\Noselect) \"/\" \"a\\\\\\\\b\"\n")
      STATUS ("INBOX") OK,
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)a\\\\b*(noselect;-;-1,-1,-1;-)|||" },
  { .name = "raw-8-bit-is-not-asked-about",
    .script = IN ("", SLASH, INBOX "S: * LIST () \"/\" \"Entw\\xc3\\xbcrfe\"\n") STATUS ("INBOX") OK,
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Entwürfe(;-;-1,-1,-1;-)|||" },

  { .name = "rights-of-what-can-be-opened",
    .script = IN_TO (ACL, "ACL", SLASH, INBOX "S: * LIST (\\\\Noselect) \"/\" Top\n")
      RIGHTS ("INBOX") STATUS ("INBOX") "S: %1 OK\nS: %T OK\n",
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Top(noselect;-;-1,-1,-1;-)|||" },
  { .name = "only-rev2", .script = IN_REV2 ("IMAP4rev2")
      "C: %T LIST \"\" \"?\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN SIZE))\n"
      INBOX "S: * STATUS INBOX (MESSAGES 7 UNSEEN 2 SIZE 900)\n" OK,
    .facts = "-|/|INBOX(hasnochildren;-;7,2,900;-)|||" },
  { .name = "no-xlist-beside-rev2", .script = IN_REV2 ("IMAP4rev2 XLIST")
      "C: %T LIST \"\" \"?\" RETURN (SPECIAL-USE STATUS (MESSAGES UNSEEN SIZE))\n" INBOX OK,
    .facts = "-|/|INBOX(hasnochildren;-;-1,-1,-1;-)|||" },

  /* Making folders */
  { .name = "create",
    .script = IN ("", SLASH, INBOX) CREATE ("Replies") CREATE ("Auto&-Replies") "S: %1 OK done\n" OK
      SUB ("Replies") SUB ("Auto&-Replies") LIST_ALL STATUS ("Replies") STATUS ("Auto&-Replies")
      STATUS ("INBOX") "S: %5 OK\nS: %4 OK\n" INBOX "S: * LIST () \"/\" Replies\n"
      "S: * LIST () \"/\" \"Auto&-Replies\"\nS: %3 OK\n"
      "S: * STATUS Replies (MESSAGES 0 UNSEEN 0)\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "Replies", "Auto&Replies" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Replies(;-;0,0,-1;-)+"
      "Auto&Replies(;-;-1,-1,-1;-)+|||" },
  { .name = "create-prefix-and-parents",
    .script = IN ("", DOT, DOT_INBOX) CREATE ("INBOX.Sales") OK
      CREATE ("INBOX.Sales.R&AOk-ponses") CREATE ("INBOX.Sales.Auto") "S: %1 OK done\n" OK
      SUB ("INBOX.Sales") SUB ("INBOX.Sales.R&AOk-ponses") SUB ("INBOX.Sales.Auto") LIST_ALL
      STATUS ("INBOX.Sales") STATUS ("INBOX.Sales.R&AOk-ponses") STATUS ("INBOX.Sales.Auto")
      STATUS ("INBOX") "S: %7 OK\nS: %6 OK\nS: %5 OK\nS: %4 NO no\nS: %3 OK\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "Sales/Réponses", "Sales/Auto" },
    .facts = "INBOX.|.|INBOX(haschildren;-;-1,-1,-1;-)INBOX.Sales(;-;-1,-1,-1;-)+"
      "INBOX.Sales.Réponses(;-;-1,-1,-1;-)+INBOX.Sales.Auto(;-;-1,-1,-1;-)+|||" },
  { .name = "create-prefix-given",
    .script = IN ("", DOT, DOT_INBOX "S: * LIST () \".\" INBOX.Replies\n")
      STATUS ("INBOX") STATUS ("INBOX.Replies") "S: %1 OK\nS: %T OK\n",
    .create = { "INBOX/Replies" },
    .facts = "INBOX.|.|INBOX(haschildren;-;-1,-1,-1;-)INBOX.Replies(;-;-1,-1,-1;-)|||" },
  { .name = "create-there-already",
    .script = IN ("", SLASH, INBOX "S: * LIST () \"/\" Replies\n") STATUS ("INBOX") STATUS ("Replies")
      "S: %1 OK\nS: %T OK\n",
    .create = { "Replies" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Replies(;-;-1,-1,-1;-)|||" },
  { .name = "create-there-already-marked",
    .script = IN ("", SLASH, INBOX "S: * LIST (\\\\HasNoChildren) \"/\" Replies\n"
                  "S: * LIST (\\\\HasNoChildren \\\\Sent) \"/\" Sent\n"
                  "S: * LIST (\\\\HasChildren) \"/\" Sales\n")
      CREATE ("Sales/a") OK SUB ("Sales/a") LIST_ALL STATUS ("Sales/a") STATUS ("INBOX")
      STATUS ("Replies") STATUS ("Sent") STATUS ("Sales")
      "S: %6 OK\nS: %5 NO no\nS: %4 OK\nS: %3 OK\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "Replies", "Sent", "Sales/a" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Replies(hasnochildren;-;-1,-1,-1;-)"
      "Sent(hasnochildren sent;-;-1,-1,-1;-)Sales(haschildren;-;-1,-1,-1;-)"
      "Sales/a(;-;-1,-1,-1;-)+|||" },
  { .name = "create-below-inbox",
    .script = IN ("", SLASH, INBOX) CREATE ("inbox/Replies") OK SUB ("inbox/Replies") LIST_ALL
      STATUS ("inbox/Replies") STATUS ("INBOX") "S: %3 OK\nS: %2 NO no\nS: %1 OK\nS: %T OK\n",
    .create = { "inbox/Replies" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)inbox/Replies(;-;-1,-1,-1;-)+|||" },
  { .name = "create-hidden",
    .script = IN ("", SLASH, INBOX) CREATE ("Replies") "S: %T NO [ALREADYEXISTS] there\n"
      STATUS ("INBOX") OK,
    .create = { "Replies" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|||" },
  { .name = "create-only-a-name",
    .script = IN ("", SLASH, INBOX "S: * LIST (\\\\NonExistent) \"/\" Sales\n"
                  "S: * LIST () \"/\" Sales/x\n")
      CREATE ("Sales") "S: %T NO [NOPERM] no\n" STATUS ("INBOX") STATUS ("Sales/x") "S: %1 OK\n" OK,
    .create = { "Sales" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)Sales(nonexistent;-;-1,-1,-1;-)"
      "Sales/x(;-;-1,-1,-1;-)||Sales:no:NOPERM |" },
  { .name = "create-refused",
    .script = IN ("", SLASH, INBOX) CREATE ("Sales") CREATE ("Replies")
      "S: %1 NO [NOPERM] not you\nS: %T NO [OVERQUOTA] full\n" STATUS ("INBOX") OK,
    .create = { "Sales/a", "Replies", "Sales/b" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)||Sales/a:not you:NOPERM Sales/b:not you:NOPERM "
      "Replies:full:OVERQUOTA |" },
  { .name = "create-flat",
    .script = IN ("", "((\"\" NIL))", "S: * LIST () NIL INBOX\n") CREATE ("Replies") OK
      SUB ("Replies") LIST_ALL STATUS ("Replies") STATUS ("INBOX") "S: %3 OK\nS: * LIST () NIL INBOX\n"
      "S: * LIST () NIL Replies\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "a/b", "Replies" },
    .facts = "|-|INBOX(;-;-1,-1,-1;-)Replies(;-;-1,-1,-1;-)+||a/b:-:- |" },
  { .name = "create-delimiter-inside",
    .script = IN ("", DOT, DOT_INBOX) STATUS ("INBOX") OK, .create = { "Mr. A" },
    .facts = "INBOX.|.|INBOX(haschildren;-;-1,-1,-1;-)||Mr. A:-:- |" },
  { .name = "create-bad-name", .script = IN ("", SLASH, INBOX) STATUS ("INBOX") OK,
    .create = { "a*", "INBOX" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)||a*:-:- INBOX:-:- |" },
  { .name = "create-utf8",
    .script = "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
      "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT] in\n"
      "C: %T ENABLE UTF8=ACCEPT\nC: %T LIST *\nC: %T EXAMINE INBOX\nS: * ENABLED UTF8=ACCEPT\n"
      "S: %2 OK\nS: * LIST () \"/\" INBOX\nS: * LIST () \"/\" \"R&-D \\xc3\\xbc\"\nS: %1 OK\n"
      "S: * 0 EXISTS\nS: %T OK\n"
      CREATE ("R\xc3\xa9ponses") OK SUB ("R\xc3\xa9ponses") LIST_ALL STATUS ("R\xc3\xa9ponses")
      STATUS ("INBOX") STATUS ("R&-D \xc3\xbc")
      "S: %4 OK\nS: * LIST () \"/\" \"R\\xc3\\xa9ponses\"\nS: %3 OK\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "R\xc3\xa9ponses" },
    .facts = "-|/|Réponses(;-;-1,-1,-1;-)+|||" },
  { .name = "utf8-not-agreed",
    .script = "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
      "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY IMAP4rev1 ENABLE UTF8=ACCEPT] in\n"
      "C: %T ENABLE UTF8=ACCEPT\nC: %T LIST *\nC: %T EXAMINE INBOX\nS: %2 BAD no\n"
      "S: * LIST () \"/\" INBOX\nS: %1 OK\nS: * 0 EXISTS\nS: %T OK\n"
      CREATE ("R&AOk-ponses") "S: %T NO no\n" STATUS ("INBOX") OK,
    .create = { "R\xc3\xa9ponses" },
    .facts = "-|/|INBOX(;-;-1,-1,-1;-)||R\xc3\xa9ponses:no:- |" },

  /* Half a look */
  { .name = "cut", .budget_ms = 1500,
    .script = IN_TO (QUOTA, "QUOTA", SLASH, INBOX) "C: %T GETQUOTAROOT \"INBOX\"\n" STATUS ("INBOX")
      "S: * QUOTA \"\" (STORAGE 1 2)\nS: %1 OK done\nCLOSE\n",
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|:storage:1/2 ||cut" },
  { .name = "stalled", .budget_ms = 300,
    .script = IN_TO (QUOTA, "QUOTA", SLASH, INBOX) "C: %T GETQUOTAROOT \"INBOX\"\n" STATUS ("INBOX")
      "S: * QUOTA \"\" (STORAGE 1 2)\nS: %1 OK done\nHANG\n",
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)|:storage:1/2 ||cut" },
  { .name = "create-cut", .budget_ms = 1500,
    .script = IN ("", SLASH, INBOX) CREATE ("a") CREATE ("b") "S: %1 OK done\nCLOSE\n",
    .create = { "a", "b" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)a(;-;-1,-1,-1;-)+||b:-:- |cut" },
  { .name = "create-refused-then-cut", .budget_ms = 1500,
    .script = IN ("", SLASH, INBOX) CREATE ("a") CREATE ("b") "S: %1 NO no\nCLOSE\n",
    .create = { "a/x", "b" },
    .facts = "|/|INBOX(hasnochildren;-;-1,-1,-1;-)||a/x:no:- b:-:- |cut" },

  /* A server that writes down what it was told */
  { .name = "canary",
    .script = IN_TO (ACL QUOTA, "QUOTA ACL", SLASH, INBOX "S: * LIST (\\\\" PASSWORD ") \"/\" \"x " PASSWORD "\"\n")
      CREATE ("Replies") "S: %T NO [" PASSWORD "] " PASSWORD " no\n"
      "C: %T GETQUOTAROOT \"INBOX\"\n" RIGHTS ("INBOX") STATUS ("INBOX")
      "S: * QUOTA \"" PASSWORD "\" (STORAGE 1 2)\nS: %2 OK\nS: * MYRIGHTS INBOX " PASSWORD "\n"
      "S: %1 OK\nS: * STATUS \"" PASSWORD "\" (MESSAGES 1)\nS: %T OK\n",
    .create = { "Replies" }, .facts = NULL },
  { .name = "canary-hidden",
    .script = IN_TO (ACL QUOTA, "QUOTA ACL XLIST", SLASH,
                     INBOX "S: * LIST (\\\\" HIDDEN ") \"/\" \"x " HIDDEN "\"\n")
      CREATE ("Replies") "S: %T NO [" HIDDEN "] " HIDDEN " no\n"
      "C: %T GETQUOTAROOT \"INBOX\"\n" RIGHTS ("INBOX") RIGHTS ("x " HIDDEN) "C: %T XLIST \"\" \"?\"\n"
      STATUS ("INBOX") STATUS ("x " HIDDEN)
      "S: * QUOTA \"" HIDDEN "\" (STORAGE 1 2)\nS: %5 OK\nS: * MYRIGHTS INBOX " HIDDEN "\nS: %4 OK\n"
      "S: %3 OK\nS: * XLIST (\\\\" HIDDEN ") \"/\" INBOX\nS: %2 OK\nS: %1 OK\nS: %T OK\n",
    .create = { "Replies" }, .facts = NULL },
};

static TlImapSession *
sign_in (TlTestTalk *talk,
         const char *script)
{
  g_autoptr(TlSecret) secret = tl_secret_new (PASSWORD, strlen (PASSWORD));
  const TlSaslCredentials who = {
    .with = TL_SASL_WITH_PASSWORD, .username = "you@practice.invalid", .secret = secret,
    .host = TL_TEST_TALK_HOST, .port = 993,
  };
  TlDeadline deadline = tl_test_talk_get_deadline ();
  TlImapSession *session;
  TlFault *fault = NULL;

  tl_test_talk_open (talk, script, TL_IMAP_MAX_LINE_LEN);
  session = tl_imap_session_new (talk->conversation);
  g_assert_true (tl_imap_session_greet_sync (session, deadline, NULL, &fault, NULL));
  g_assert_true (tl_imap_session_capability_sync (session, deadline, NULL, &fault, NULL));
  g_assert_true (tl_imap_session_authenticate_sync (session, &who, deadline, NULL, &fault, NULL));
  g_assert_true (tl_imap_session_use_sync (session, NULL, deadline, NULL, &fault, NULL));

  return session;
}

static TlMailboxFacts *
run (TlImapSession      *session,
     const char * const *create,
     guint               budget_ms)
{
  const TlSurvey survey = {
    .create = create, .redact = redact, .redact_data = HIDDEN,
    .deadline = tl_deadline_in_ms (budget_ms == 0 ? 10000 : budget_ms),
  };
  g_autoptr(GError) error = NULL;
  TlMailboxFacts *facts = tl_survey_run_sync (&survey, session, NULL, &error);

  g_assert_no_error (error);

  return facts;
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = sign_in (&talk, c->script);
  g_autoptr(TlMailboxFacts) facts = run (session, c->create, c->budget_ms);
  const TlMailboxFactsParts *parts = tl_mailbox_facts_get_parts (facts);
  g_autofree char *description = describe (parts);

  g_assert_cmpstr (parts->host, ==, TL_TEST_TALK_HOST);
  g_assert_true (g_strv_contains (parts->capabilities, "IMAP4REV1") ||
                 g_strv_contains (parts->capabilities, "IMAP4REV2"));
  g_assert_cmpint (ABS (parts->surveyed_at_s - g_get_real_time () / G_USEC_PER_SEC), <=, 60);
  for (guint i = 0; i < parts->entries->len; i++)
    g_assert_cmpint (((TlMailboxEntry *) parts->entries->pdata[i])->delimiter, ==,
                     parts->delimiter);
  if (c->facts != NULL)
    g_assert_cmpstr (description, ==, c->facts);
  g_assert_null (strstr (description, PASSWORD));
  g_assert_null (strstr (description, "c4n4ry"));
  g_assert_null (strstr (description, HIDDEN));
  if (c->budget_ms == 0)
    {
      g_clear_pointer (&session, tl_imap_session_free);
      tl_test_talk_end (&talk);
      g_assert_cmpuint (tl_test_peer_count (talk.peer, "*CREATE*"), <=, c->create[0] == NULL ? 0 : 4);
    }
}

/* The scripts again, with each act of the server sabotaged: whatever is left is facts. */
static void
test_sabotage (gconstpointer data)
{
  const Case *c = &cases[0];
  TlTestSabotage sabotage = (TlTestSabotage) GPOINTER_TO_SIZE (data);
  const char *script = c->script;
  guint n = tl_test_script_count (script);
  guint n_sign_in = tl_test_script_count (IN_TO (ACL QUOTA, RICH, SLASH,
                                              INBOX "S: * LIST () \"/\" \"Gesendet &APw-\"\n"));

  for (guint i = n_sign_in; i < n; i++)
    {
      g_autofree char *broken = tl_test_script_sabotage (script, i, sabotage);
      g_auto(TlTestTalk) talk = { 0 };
      g_autoptr(TlImapSession) session = sign_in (&talk, broken);
      g_autoptr(TlMailboxFacts) facts = run (session, NULL, 200);
      const TlMailboxFactsParts *parts = tl_mailbox_facts_get_parts (facts);

      g_assert_true (parts->is_cut);
      g_assert_cmpuint (parts->entries->len, ==, 2);
    }
  g_assert_cmpuint (n - n_sign_in, >=, 10);
}

/* More folders than one flight holds, and more than are kept. */
static void
test_many (void)
{
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GString) script = NULL;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlMailboxFacts) facts = NULL;
  const TlMailboxFactsParts *parts;

  for (guint i = 0; i < 1200; i++)
    g_string_append_printf (list, "S: * LIST () \"/\" f%u\n", i);
  script = g_string_new (IN ("", SLASH, "%LIST%"));
  g_string_replace (script, "%LIST%", list->str, 1);
  /* One answer in the first flight; the second one is not answered. */
  for (guint i = 0; i < 256; i++)
    g_string_append_printf (script, "C: %%T STATUS \"f%u\" (MESSAGES UNSEEN)\n", i);
  g_string_append (script, "S: * STATUS f0 (MESSAGES 5 UNSEEN 0)\nQUIET\nCLOSE\n");

  session = sign_in (&talk, script->str);
  facts = run (session, NULL, 1500);
  parts = tl_mailbox_facts_get_parts (facts);
  g_assert_cmpuint (parts->entries->len, ==, TL_MAILBOX_REPORT_MAX_FOLDERS);
  g_assert_true (parts->is_cut);
  g_assert_cmpint (((TlMailboxEntry *) parts->entries->pdata[0])->n_messages, ==, 5);
  g_assert_cmpint (((TlMailboxEntry *) parts->entries->pdata[1])->n_messages, ==, -1);
  g_clear_pointer (&session, tl_imap_session_free);
  g_clear_pointer (&talk.conversation, tl_conversation_free);
  tl_test_peer_stop (talk.peer);
  g_assert_cmpuint (tl_test_peer_count (talk.peer, "*STATUS \"f*"), ==, 256);
}

/* Answers told whole, where there is one folder more than are kept, or one quota. */
static void
test_bounds (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr(GString) list = g_string_new (NULL);
  g_autoptr(GString) script = g_string_new (IN_TO (QUOTA, "QUOTA", SLASH, "%LIST%"));
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = NULL;
  g_autoptr(TlMailboxFacts) facts = NULL;
  const TlMailboxFactsParts *parts;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "S: * LIST () \"/\" f%u\n", i);
  g_string_replace (script, "%LIST%", list->str, 1);
  g_string_append (script, "C: %T GETQUOTAROOT \"INBOX\"\n");
  for (guint i = 0; i <= TL_MAILBOX_REPORT_MAX_QUOTAS; i++)
    g_string_append_printf (script, "S: * QUOTA r%u (STORAGE 1 2)\n", i);
  g_string_append (script, "S: %T OK\n");
  for (guint i = 0; i < MIN (n, TL_MAILBOX_REPORT_MAX_FOLDERS); i++)
    g_string_append_printf (script, "C: %%T STATUS \"f%u\" (MESSAGES UNSEEN)\nS: %%T OK\n", i);

  session = sign_in (&talk, script->str);
  facts = run (session, NULL, 0);
  parts = tl_mailbox_facts_get_parts (facts);
  g_assert_cmpuint (parts->entries->len, ==, TL_MAILBOX_REPORT_MAX_FOLDERS);
  g_assert_cmpint (parts->is_cut, ==, n > TL_MAILBOX_REPORT_MAX_FOLDERS);
  g_assert_cmpuint (parts->quotas->len, ==, TL_MAILBOX_REPORT_MAX_QUOTAS);
  g_clear_pointer (&session, tl_imap_session_free);
  tl_test_talk_end (&talk);
  g_assert_cmpuint (tl_test_peer_count (talk.peer, "*STATUS \"f*"), ==,
                    TL_MAILBOX_REPORT_MAX_FOLDERS);
}

static void
test_cancelled (void)
{
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = sign_in (&talk, IN ("", SLASH, INBOX) "HANG\n");
  const TlSurvey survey = { .redact = redact, .redact_data = HIDDEN,
                            .deadline = tl_deadline_in_ms (5000) };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (tl_survey_run_sync (&survey, session, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const struct
{
  const char *name;
  gboolean    is_good;
} names[] = {
  { "Replies", TRUE }, { "Auto-Replies", TRUE }, { "Sales/Replies", TRUE }, { "Réponses", TRUE },
  { "INBOX/Replies", TRUE }, { "v1.2", TRUE }, { "a b", TRUE }, { "R&D", TRUE }, { "日本語", TRUE },
  { "a/b/c/d/e/f/g/h", TRUE },
  { "", FALSE }, { "INBOX", FALSE }, { "inbox", FALSE }, { "/a", FALSE }, { "a/", FALSE },
  { "a//b", FALSE }, { "a*", FALSE }, { "%", FALSE }, { "a\\b", FALSE }, { "#news", FALSE },
  { "a\nb", FALSE }, { "a\x7f", FALSE }, { "a\xc2\x85", FALSE }, { "a\xff", FALSE },
  { "\xe2\x80\xae" "abc", FALSE }, { "a\xe2\x80\x8b", FALSE }, { " a", FALSE }, { "a ", FALSE },
  { "a /b", FALSE }, { "a/ b", FALSE }, { "a/b/c/d/e/f/g/h/i", FALSE },
  { "a\xe2\x80\xa8" "b", FALSE }, { "a\xe2\x80\xa9" "b", FALSE },
};

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (TL_SURVEY_MAX_NAME, 'a');
  g_autofree char *too_long = g_strnfill (TL_SURVEY_MAX_NAME + 1, 'a');

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", names[i].name);
      g_assert_cmpint (tl_survey_check_name (names[i].name, &error), ==, names[i].is_good);
      if (!names[i].is_good)
        g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
    }
  g_assert_true (tl_survey_check_name (longest, NULL));
  g_assert_false (tl_survey_check_name (too_long, NULL));
}

static const struct
{
  const char *prefix;
  char        delimiter;
  const char *name;
  const char *names;  /* joined by blanks; NULL: no such folder can be */
} splits[] = {
  { "", '/', "a", "a" },
  { "", '/', "a/b/c", "a a/b a/b/c" },
  { NULL, '.', "a/b", "a a.b" },
  { "INBOX.", '.', "a", "INBOX.a" },
  { "INBOX.", '.', "a/b", "INBOX.a INBOX.a.b" },
  { "INBOX.", '.', "INBOX/a", "INBOX.a" },
  { "INBOX.", '.', "INBOXES", "INBOX.INBOXES" },
  { "a/b/", '/', "c/d", "a/b/c a/b/c/d" },
  { "Mail", '/', "Mail", NULL },
  { "Mail", '/', "Mailbox", "Mailbox" },
  { "", '.', "v1.2", NULL },
  { "", 0, "a.b", "a.b" },
  { NULL, 0, "a/b", NULL },
};

static void
test_split (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      const TlSurveyPlace place = { splits[i].prefix, splits[i].delimiter };
      g_autoptr(GPtrArray) parts = tl_survey_names_split (&place, splits[i].name);
      g_autofree char *joined = NULL;

      if (parts != NULL)
        {
          g_ptr_array_add (parts, NULL);
          joined = g_strjoinv (" ", (char **) parts->pdata);
        }
      g_test_message ("%s", splits[i].name);
      g_assert_cmpstr (joined, ==, splits[i].names);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const char * const sabotages[] = { "cut", "reset", "stall", "garble" };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/survey/case/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < TL_TEST_N_SABOTAGES; i++)
    {
      g_autofree char *path = g_strconcat ("/survey/sabotage/", sabotages[i], NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sabotage);
    }
  g_test_add_func ("/survey/many", test_many);
  g_test_add_data_func ("/survey/bounds/all", GUINT_TO_POINTER (TL_MAILBOX_REPORT_MAX_FOLDERS),
                        test_bounds);
  g_test_add_data_func ("/survey/bounds/one-more",
                        GUINT_TO_POINTER (TL_MAILBOX_REPORT_MAX_FOLDERS + 1), test_bounds);
  g_test_add_func ("/survey/cancelled", test_cancelled);
  g_test_add_func ("/survey/names", test_names);
  g_test_add_func ("/survey/split", test_split);

  return g_test_run ();
}
