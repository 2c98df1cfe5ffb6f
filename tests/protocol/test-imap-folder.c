/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-imap-session.h"

#include <string.h>

#include "tl-imap-message.h"
#include "tl-test-talk.h"

/* What the loop test does with an open folder. */

#define PASSWORD "c4n4ry-Pa55w0rd"
#define NONE     (-1)

#define SIGNED_IN(list) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n" \
  "C: %T AUTHENTICATE PLAIN ?*\nS: %T OK [CAPABILITY " list "] in\n"
#define BARE SIGNED_IN ("IMAP4rev1")
#define PLUS SIGNED_IN ("IMAP4rev1 UIDPLUS")
#define IDLE SIGNED_IN ("IMAP4rev1 IDLE")

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

  return session;
}

/* What a case does: gives a number to compare, or -1 with the fault. */
typedef int (*Act) (TlImapSession  *session,
                    TlFault       **out_fault);

static int
open_junk (TlImapSession  *session,
           TlFault       **out_fault)
{
  return tl_imap_session_open_sync (session, "J\xc3\xbcnk \"x\"", TRUE, tl_test_talk_get_deadline (),
                                    NULL, out_fault, NULL) ? 1 : -1;
}

static int
examine_inbox (TlImapSession  *session,
               TlFault       **out_fault)
{
  return tl_imap_session_open_sync (session, "INBOX", FALSE, tl_test_talk_get_deadline (), NULL,
                                    out_fault, NULL) ? 1 : -1;
}

static int
find (TlImapSession  *session,
      TlFault       **out_fault)
{
  g_autoptr(GArray) uids = tl_imap_session_find_sync (session, "<a@b>", "X-Mark", "m",
                                                      tl_test_talk_get_deadline (), NULL, out_fault,
                                                      NULL);

  return uids == NULL ? -1 : (int) uids->len;
}

/* When what the server says unasked has arrived. */
static int
find_later (TlImapSession  *session,
            TlFault       **out_fault)
{
  g_usleep (80 * 1000);

  return find (session, out_fault);
}

static int
find_twice (TlImapSession  *session,
            TlFault       **out_fault)
{
  return find (session, out_fault) < 0 ? -1 : find (session, out_fault);
}

static int
fetch (TlImapSession  *session,
       TlFault       **out_fault)
{
  g_autoptr(GBytes) header = tl_imap_session_fetch_header_sync (session, 7,
                                                                tl_test_talk_get_deadline (), NULL,
                                                                out_fault, NULL);

  return header == NULL ? -1 : (int) g_bytes_get_size (header);
}

static int
remove_one (TlImapSession  *session,
            TlFault       **out_fault)
{
  gboolean is_gone = FALSE;

  return tl_imap_session_remove_sync (session, 7, &is_gone, tl_test_talk_get_deadline (), NULL,
                                      out_fault, NULL) ? is_gone : -1;
}

/* 0: there was news; 1: patience was at an end. */
static int
wait_for_news (TlImapSession  *session,
               TlFault       **out_fault)
{
  TlDeadline patience = tl_deadline_in_ms (800);

  if (!tl_imap_session_wait_sync (session, patience, tl_test_talk_get_deadline (), NULL, out_fault,
                                  NULL))
    return -1;

  return tl_deadline_get_left_ms (patience) <= 5 ? 1 : 0;
}

static int
wait_and_find (TlImapSession  *session,
               TlFault       **out_fault)
{
  return wait_for_news (session, out_fault) < 0 ? -1 : find (session, out_fault);
}

static int
find_and_wait (TlImapSession  *session,
               TlFault       **out_fault)
{
  return find (session, out_fault) < 0 ? -1 : wait_for_news (session, out_fault);
}

/* When what the server says unasked has arrived. */
static int
find_and_wait_later (TlImapSession  *session,
                     TlFault       **out_fault)
{
  int found = find (session, out_fault);

  g_usleep (80 * 1000);

  return found < 0 ? -1 : wait_for_news (session, out_fault);
}

static int
find_twice_and_wait (TlImapSession  *session,
                     TlFault       **out_fault)
{
  int found = find (session, out_fault);

  g_usleep (80 * 1000);

  return found < 0 ? -1 : find_and_wait (session, out_fault);
}

/* The second of two waits. */
static int
find_and_wait_twice (TlImapSession  *session,
                     TlFault       **out_fault)
{
  return find_and_wait (session, out_fault) != 0 ? -1 : wait_for_news (session, out_fault);
}

static int
open_and_wait (TlImapSession  *session,
               TlFault       **out_fault)
{
  return examine_inbox (session, out_fault) < 0 ? -1 : wait_for_news (session, out_fault);
}

static int
use_and_open (TlImapSession  *session,
              TlFault       **out_fault)
{
  return tl_imap_session_use_sync (session, NULL, tl_test_talk_get_deadline (), NULL, out_fault, NULL)
         ? examine_inbox (session, out_fault) : -1;
}

#define STORE(sign) "C: %T UID STORE 7 " sign "FLAGS.SILENT (\\Deleted)\n"
#define EXPUNGE     "C: %T UID EXPUNGE 7\n"
#define SIMPLE      "C: %T UID SEARCH HEADER Message-ID \"<a@b>\"\n"
#define SEARCH      "C: %T UID SEARCH OR HEADER Message-ID \"<a@b>\" HEADER X-Mark \"m\"\n"
#define FOUND       "S: * SEARCH 7\nS: %T OK done\n"
#define FETCH       "C: %T UID FETCH 7 (BODY.PEEK[HEADER]<0.65536>)\n"

typedef struct
{
  const char *name;
  const char *script;
  Act         act;
  int         result;
  int         cause;
} Case;

static const Case cases[] = {
  { "open", BARE "C: %T SELECT \"J&APw-nk \\\"x\\\"\"\nS: * 0 EXISTS\nS: %T OK [READ-WRITE] done\n",
    open_junk, 1, NONE },
  { "open-only-to-read", BARE "C: %T EXAMINE \"INBOX\"\nS: * 2 EXISTS\nS: %T OK done\n",
    examine_inbox, 1, NONE },
  { "open-missing", BARE "C: %T EXAMINE \"INBOX\"\nS: %T NO [NONEXISTENT] none\n", examine_inbox, -1,
    TL_CAUSE_INBOX_MISSING },
  { "open-not-really", BARE "C: %T EXAMINE \"INBOX\"\nS: %T OK done\n", examine_inbox, -1,
    TL_CAUSE_PROTOCOL },
  { "open-after-late-idle", IDLE "C: %T LIST \"\" \"?\"\nS: %T OK done\nC: %T EXAMINE INBOX\n"
    "S: * 1 EXISTS\nS: %T OK done\nC: %T IDLE\nS: + \nC: DONE\nC: %T EXAMINE \"INBOX\"\n"
    "S: %1 OK idled\nS: * 1 EXISTS\nS: %T OK done\n", use_and_open, 1, NONE },

  { "find", BARE SEARCH "S: * SEARCH 7\nS: %T OK done\n", find, 1, NONE },
  { "find-none", BARE SEARCH "S: * SEARCH\nS: %T OK done\n", find, 0, NONE },
  { "find-silence", BARE SEARCH "S: %T OK done\n", find, 0, NONE },
  { "find-extended", BARE SEARCH "S: * ESEARCH (TAG \"x\") UID ALL 7:8\nS: %T OK done\n", find, 2,
    NONE },
  { "find-simply", BARE SEARCH "S: %T BAD what\n" SIMPLE FOUND, find, 1, NONE },
  { "find-simply-from-then-on", BARE SEARCH "S: %T NO no\n" SIMPLE FOUND SIMPLE FOUND, find_twice, 1,
    NONE },
  { "find-refused", BARE SEARCH "S: %T NO no\n" SIMPLE "S: %T NO no\n", find, -1, TL_CAUSE_REFUSED },
  { "find-not-understood", BARE SEARCH "S: %T BAD what\n" SIMPLE "S: %T BAD what\n", find, -1,
    TL_CAUSE_PROTOCOL },
  { "find-hung-up", BARE SEARCH "SHUTDOWN", find, -1, TL_CAUSE_SERVER_CLOSED },
  { "rows/X05/range", BARE SEARCH "S: * ESEARCH UID ALL 1:4294967295\nS: %T OK done\n", find,
    TL_IMAP_MESSAGE_MAX_FOUND, NONE },
  { "rows/X15/found-ahead", BARE "S: * SEARCH 7\n" SEARCH "S: %T OK done\n", find_later, 0, NONE },

  { "fetch", BARE FETCH "S: * 1 FETCH (UID 7 BODY[HEADER]<0> {6}\nS! a: b\\r\\n)\\r\\n\nS: %T OK done\n",
    fetch, 6, NONE },
  { "fetch-other-first", BARE FETCH "S: * 1 FETCH (UID 6 BODY[HEADER]<0> \"x\")\n"
    "S: * 2 FETCH (UID 7 BODY[HEADER]<0> \"yy\")\nS: %T OK done\n", fetch, 2, NONE },
  { "fetch-gone", BARE FETCH "S: %T OK done\n", fetch, -1, TL_CAUSE_PROTOCOL },
  { "fetch-refused", BARE FETCH "S: %T NO no\n", fetch, -1, TL_CAUSE_REFUSED },
  { "rows/X18/longer-than-asked", BARE FETCH "S: * 1 FETCH (UID 7 BODY[HEADER]<0> {65537}\n", fetch, -1,
    TL_CAUSE_LITERAL_LIMIT },

  { "remove", PLUS STORE ("+") "S: %T OK done\n" EXPUNGE "S: * 3 EXPUNGE\nS: %T OK done\n", remove_one,
    TRUE, NONE },
  { "remove-vanished", PLUS STORE ("+") "S: %T OK done\n" EXPUNGE "S: * VANISHED 7\nS: %T OK done\n",
    remove_one, TRUE, NONE },
  { "remove-said-only", PLUS STORE ("+") "S: %T OK done\n" EXPUNGE "S: %T OK done\n"
    STORE ("-") "S: %T OK done\n", remove_one, FALSE, NONE },
  { "remove-not-marked", PLUS STORE ("+") "S: %T NO [READ-ONLY] no\n", remove_one, FALSE, NONE },
  { "remove-not-expunged", PLUS STORE ("+") "S: %T OK done\n" EXPUNGE "S: %T NO no\n"
    STORE ("-") "S: %T OK done\n", remove_one, FALSE, NONE },
  { "rows/A14/never-others", BARE, remove_one, FALSE, NONE },
  { "remove-rev2", SIGNED_IN ("IMAP4rev2") STORE ("+") "S: %T OK done\n" EXPUNGE
    "S: * 3 EXPUNGE\nS: %T OK done\n", remove_one, TRUE, NONE },

  { "wait/told", IDLE "C: %T IDLE\nS: + \nS: * 4 EXISTS\nC: DONE\nS: %T OK done\n", wait_for_news, 0,
    NONE },
  { "wait/told-at-once", IDLE "C: %T IDLE\nS: * 4 EXISTS\nS: + \nC: DONE\nS: %T OK done\n",
    wait_for_news, 0, NONE },
  { "wait/not-news", IDLE "C: %T IDLE\nS: + \nS: * OK still here\nC: DONE\nS: %T OK done\n",
    wait_for_news, 1, NONE },
  { "wait/patience", IDLE "C: %T IDLE\nS: + \nC: DONE\nS: * 4 EXISTS\nS: %T OK done\n",
    wait_for_news, 1, NONE },
  { "wait/half-a-line", IDLE "C: %T IDLE\nS: + \nS! * 4 EXI\nC: DONE\nS! STS\\r\\n\nS: %T OK done\n" SEARCH
    "S: * SEARCH 7\nS: %T OK done\n", wait_and_find, 1, NONE },
  { "wait/ended-by-server", IDLE "C: %T IDLE\nS: + \nS: %T OK enough\n" SEARCH
    "S: * SEARCH 7\nS: %T OK done\n", wait_and_find, 1, NONE },
  { "wait/refused", IDLE "C: %T IDLE\nS: %T NO no\nC: %T NOOP\nS: * 4 EXISTS\nS: %T OK done\n",
    wait_for_news, 0, NONE },
  { "wait/polled", BARE "C: %T NOOP\nS: %T OK done\n", wait_for_news, 1, NONE },
  { "wait/told-between-polls", BARE "C: %T NOOP\nS: %T OK done\nSLEEP 50\nS: * 4 EXISTS\n",
    wait_for_news, 0, NONE },
  { "wait/told-in-search", IDLE SEARCH "S: * 5 EXISTS\n" FOUND, find_and_wait, 0, NONE },
  { "wait/told-in-search-polled", BARE SEARCH "S: * 5 EXISTS\n" FOUND, find_and_wait, 0, NONE },
  { "wait/told-in-search-once", IDLE SEARCH "S: * 5 EXISTS\n" FOUND "C: %T IDLE\nS: + \nC: DONE\n"
    "S: %T OK done\n", find_and_wait_twice, 1, NONE },
  { "wait/told-between", IDLE SEARCH FOUND "S: * 5 EXISTS\n" SEARCH FOUND, find_twice_and_wait, 0,
    NONE },
  { "wait/told-before", IDLE SEARCH FOUND "S: * 5 EXISTS\nC: %T IDLE\nS: + \nC: DONE\nS: %T OK done\n",
    find_and_wait_later, 0, NONE },
  { "wait/told-before-polled", BARE SEARCH FOUND "S: * 5 EXISTS\nC: %T NOOP\nS: %T OK done\n",
    find_and_wait_later, 0, NONE },
  { "wait/not-told-by-select", IDLE "C: %T EXAMINE \"INBOX\"\nS: * 5 EXISTS\nS: %T OK done\n"
    "C: %T IDLE\nS: + \nC: DONE\nS: %T OK done\n", open_and_wait, 1, NONE },
  { "wait/rows/X13/bye", IDLE "C: %T IDLE\nS: + \nS: * BYE some reason of ours\n", wait_for_news, -1,
    TL_CAUSE_SERVER_CLOSED },
  { "wait/rows/X14/foreign", IDLE "C: %T IDLE\nS: + \nS: A1 OK done\n", wait_for_news, -1,
    TL_CAUSE_PROTOCOL },
  { "wait/hung-up", IDLE "C: %T IDLE\nS: + \nSHUTDOWN", wait_for_news, -1, TL_CAUSE_SERVER_CLOSED },
};

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto(TlTestTalk) talk = { 0 };
  g_autoptr(TlImapSession) session = sign_in (&talk, c->script);
  g_autoptr(TlFault) fault = NULL;
  int result = c->act (session, &fault);

  g_assert_cmpint (fault == NULL ? NONE : (int) tl_fault_get_cause (fault), ==, c->cause);
  g_assert_cmpint (result, ==, c->result);
  if (fault == NULL)
    tl_test_talk_end (&talk);
}

/* A person who stops does not wait for a server. */
static gpointer
cancel_soon (gpointer data)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel (void)
{
  const char * const scripts[] = { IDLE "C: %T IDLE\nS: + \n", BARE "C: %T NOOP\nS: %T OK done\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_auto(TlTestTalk) talk = { 0 };
      g_autoptr(TlImapSession) session = sign_in (&talk, scripts[i]);
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(TlFault) fault = NULL;
      g_autoptr(GError) error = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
      gint64 start_us = g_get_monotonic_time ();

      g_assert_false (tl_imap_session_wait_sync (session, tl_deadline_in_ms (5000),
                                                 tl_test_talk_get_deadline (), cancellable, &fault,
                                                 &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_null (fault);
      g_assert_cmpint (g_get_monotonic_time () - start_us, <, 1000 * 1000);
      g_thread_join (thread);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imap/folder/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/imap/folder/wait/cancel", test_cancel);

  return g_test_run ();
}
