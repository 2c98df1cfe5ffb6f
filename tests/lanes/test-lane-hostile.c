/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-test-lane.h"

#include "tl-test-canary.h"

/* Promises P1 and P4: conversations in which all is well, with one hostile line
 * in the place of, before or behind each act of the server. The lane may be
 * green only where what the server did is still honest at every stage, and the
 * password is nowhere outside of TLS. */

/* How many go on at the same time: most of them wait for something. */
#define MAX_UNDER_WAY 160

/* An instrumented program takes every third line: it is about what it does, not about how often. */
#if defined (__SANITIZE_ADDRESS__)
#define EACH       3
#define MIN_ALL    1600
#define MIN_HONEST 220
#else
#define EACH       1
#define MIN_ALL    5000
#define MIN_HONEST 800
#endif

static const TlLaneBudget budget = { 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1800 };

/* What an act of the server is for. */
typedef enum
{
  CLIENT      = 0,
  SHAKE       = 1 << 0,   /* the first thing on the wire */
  SHAKE_AGAIN = 1 << 1,   /* upon STARTTLS */
  GREETING    = 1 << 2,
  CLEAR_DATA  = 1 << 3,   /* before STARTTLS */
  CLEAR_DONE  = 1 << 4,
  GO          = 1 << 5,   /* the answer to STARTTLS */
  CAPS_DATA   = 1 << 6,
  CAPS_DONE   = 1 << 7,
  AUTH_DONE   = 1 << 8,
  LIST_DATA   = 1 << 9,
  LIST_DONE   = 1 << 10,
  INBOX_DATA  = 1 << 11,
  INBOX_DONE  = 1 << 12,
  IDLE        = 1 << 13,
  MAIL_DONE   = 1 << 14,
  RCPT_DONE   = 1 << 15,
  GROUP       = 1 << 16,  /* an answer to one of several commands that were sent at once */
  TO_RSET     = 1 << 17,  /* refused or not, that changes nothing any more */
  BEFORE_RSET = 1 << 18,
  LAST        = 1 << 19,  /* nobody reads on behind it */
  NEEDED      = 1 << 20,  /* the client says other things where it is missing */
} Place;

/* An OK in its place. */
#define IMAP_DONE (CLEAR_DONE | GO | CAPS_DONE | AUTH_DONE | LIST_DONE | INBOX_DONE)
/* Where untagged data that nobody asked for may stand before, and behind (RFC 9051 §5.2, §7). */
#define BEFORE (CLEAR_DATA | CLEAR_DONE | GO | CAPS_DATA | CAPS_DONE | AUTH_DONE | LIST_DATA | \
                LIST_DONE | INBOX_DATA | INBOX_DONE | IDLE)
#define BEHIND (GREETING | CLEAR_DATA | CLEAR_DONE | SHAKE_AGAIN | CAPS_DATA | CAPS_DONE | \
                AUTH_DONE | LIST_DATA | LIST_DONE | INBOX_DATA | INBOX_DONE)
/* Where capabilities are listed, the last list counts. */
#define UNLISTED(places) ((places) & ~(CLEAR_DATA | CAPS_DATA))
/* The same for what is data of LIST or a reply that is no failure. */
#define OF_LIST  (LIST_DATA | LIST_DONE)
#define SMTP_DONE (MAIL_DONE | RCPT_DONE | GROUP)

typedef struct
{
  const char *act;
  Place       place;
} Act;

#define IMAP_CLEAR \
  { "S: * OK ready", GREETING }, \
  { "C: %T CAPABILITY" }, \
  { "S: * CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED", CLEAR_DATA }, \
  { "S: %T OK done", CLEAR_DONE }, \
  { "C: %T STARTTLS" }, \
  { "S: %T OK go ahead", GO }, \
  { "TLS", SHAKE_AGAIN }
#define IMAP_INSIDE \
  { "C: %T CAPABILITY" }, \
  { "S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN", CAPS_DATA | NEEDED }, \
  { "S: %T OK done", CAPS_DONE }, \
  { "C: %T AUTHENTICATE PLAIN ?*" }, \
  { "S: %T OK [CAPABILITY IMAP4rev1 IDLE] in", AUTH_DONE | NEEDED }, \
  { "C: %T LIST \"\" \"?\"" }, \
  { "S: * LIST () \"/\" INBOX", LIST_DATA }, \
  { "S: %T OK done", LIST_DONE }, \
  { "C: %T EXAMINE INBOX" }, \
  { "S: * 3 EXISTS", INBOX_DATA }, \
  { "S: %T OK [READ-ONLY] done", INBOX_DONE }, \
  { "C: %T IDLE" }, \
  { "S: + idling", IDLE | LAST }, \
  { "C: DONE" }, \
  { "C: %T LOGOUT" }

#define SMTP_CLEAR \
  { "S: 220 mail.practice.invalid ESMTP", GREETING }, \
  { "C: EHLO ?*" }, \
  { "S: 250-mail.practice.invalid", CLEAR_DATA }, \
  { "S: 250 STARTTLS", CLEAR_DONE }, \
  { "C: STARTTLS" }, \
  { "S: 220 go ahead", GO }, \
  { "TLS", SHAKE_AGAIN }

static const Act imap_tls[] = {
  { "TLS", SHAKE },
  { "S: * OK ready", GREETING },
  IMAP_INSIDE,
  { NULL }
};

static const Act imap_starttls[] = { IMAP_CLEAR, IMAP_INSIDE, { NULL } };

static const Act smtp_tls[] = {
  { "TLS", SHAKE },
  { "S: 220 mail.practice.invalid ESMTP", GREETING },
  { "C: EHLO ?*" },
  { "S: 250-mail.practice.invalid", CAPS_DATA },
  { "S: 250-PIPELINING", CAPS_DATA | NEEDED },
  { "S: 250 AUTH PLAIN", CAPS_DONE },
  { "C: AUTH PLAIN ?*" },
  { "S: 235 in", AUTH_DONE },
  { "C: MAIL FROM:<you@practice.invalid>" },
  { "C: RCPT TO:<you@practice.invalid>" },
  { "C: RSET" },
  { "S: 250 ok", GROUP },
  { "S: 250 ok", GROUP | BEFORE_RSET },
  { "S: 250 ok", GROUP | TO_RSET | LAST },
  { "C: QUIT" },
  { NULL }
};

static const Act smtp_starttls[] = {
  SMTP_CLEAR,
  { "C: EHLO ?*" },
  { "S: 250-mail.practice.invalid", CAPS_DATA },
  { "S: 250 AUTH PLAIN", CAPS_DONE },
  { "C: AUTH PLAIN ?*" },
  { "S: 235 in", AUTH_DONE },
  { "C: MAIL FROM:<you@practice.invalid>" },
  { "S: 250 ok", MAIL_DONE },
  { "C: RCPT TO:<you@practice.invalid>" },
  { "S: 250 ok", RCPT_DONE },
  { "C: RSET" },
  { "S: 250 ok", GROUP | TO_RSET | LAST },
  { "C: QUIT" },
  { NULL }
};

/* One hostile line, or several. Where it is honest after all: in the place of
 * an act, before it, behind it. Behind the last act that is read all is. The
 * lane is green there, and nowhere else. */
typedef struct
{
  const char *acts;
  guint       replacing;
  guint       before;
  guint       behind;
} Hostile;

#define X16(x)    x x x x x x x x x x x x x x x x
#define X256(x)   X16 (X16 (x))
#define KIB_64    X256 (X256 ("x"))
#define PARENS    X256 ("(")
#define UNTAGGED  LIST_DATA, BEFORE, BEHIND

static const Hostile imap_lines[] = {
  /* Completions of somebody else, twice, or ahead of time */
  { "S: A1 OK done" },
  { "S: %1 OK done" },
  { "S: %2 OK done" },
  { "S: %T1 OK done" },
  { "S: %T OK done", IMAP_DONE },
  { "S: %T ok done", IMAP_DONE },
  { "S: %T OK done\nS: %T OK done" },
  { "S: %T OK done\nS: A1 OK done\nS: A2 OK done\nS: A3 OK done" },
  { "S:  %T OK done" },
  { "S: %T %T OK done" },
  { "S: %T OKAY done" },
  { "S: %T NO no" },
  { "S: %T BAD what" },
  { "S: %T PREAUTH hello" },
  { "S: %T OK [REFERRAL imap://evil.practice.invalid/] in", IMAP_DONE },
  { "S: %T NO [REFERRAL imap://evil.practice.invalid/] go there" },
  /* Untagged states */
  { "S: * PREAUTH hello" },
  { "S: * PREAUTH [CAPABILITY IMAP4rev1 IDLE] hello" },
  { "S: * BYE some reason of ours" },
  { "S: * OK [ALERT] call this number", GREETING | LIST_DATA, BEFORE | GREETING, BEHIND | SHAKE },
  { "S: * OK \\x1b[2J\\x1b]0;owned\\x07", GREETING | LIST_DATA, BEFORE | GREETING, BEHIND | SHAKE },
  { "S: * OK \\xff\\xfe\\xc3", GREETING | LIST_DATA, BEFORE | GREETING, BEHIND | SHAKE },
  /* Data nobody asked for */
  { "S: * 23 EXISTS", LIST_DATA | INBOX_DATA, BEFORE, BEHIND },
  { "S! * 23 EXISTS\\n", LIST_DATA | INBOX_DATA, BEFORE, BEHIND },
  { "S: * 4294967296 EXISTS" },
  { "S: * -1 EXISTS", LIST_DATA, BEFORE, BEHIND },
  { "S: * LIST () \"/\" ../../etc/passwd", UNTAGGED },
  { "S: * LIST Sent", 0, BEFORE & ~OF_LIST, BEHIND & ~LIST_DATA },
  { "S: * LIST () \"/\" " PARENS },
  /* Capability lies */
  { "S: * CAPABILITY", LIST_DATA, BEFORE, UNLISTED (BEHIND) },
  { "S: * CAPABILITY IMAP4rev1 LOGINDISABLED", LIST_DATA, BEFORE, UNLISTED (BEHIND) },
  { "S: * CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", LIST_DATA | CLEAR_DATA, BEFORE,
    UNLISTED (BEHIND) | CLEAR_DATA },
  { "S: * CAPABILITY IMAP4rev1 STARTTLS AUTH=SCRAM-SHA-256", LIST_DATA | CLEAR_DATA, BEFORE,
    UNLISTED (BEHIND) | CLEAR_DATA },
  /* Continuations; behind the inbox, IDLE waits for one */
  { "S: + go", IDLE, IDLE, INBOX_DONE },
  { "S: +", IDLE, IDLE, INBOX_DONE },
  { "S: + VXNlcm5hbWU6\nS: + UGFzc3dvcmQ6\nS: + \nS: + ", IDLE, IDLE, INBOX_DONE },
  /* Literals */
  { "S: * LIST () \"/\" {4294967295}" },
  { "S: * OK {99999999999999999999}", GREETING | LIST_DATA, BEFORE | GREETING, BEHIND | SHAKE },
  { "S: * X {5}", 0, LIST_DATA, 0 },
  { "S: %T OK {5}", IMAP_DONE },
  /* Bytes */
  { "S: * OK re\\0ady" },
  { "S: %T OK re\\0ady" },
  { "S: * OK re\\rady" },
  { "S: %T OK re\\rady" },
  { "S: " },
  { "S: \\x1b[2J" },
  { "S: * OK " KIB_64 },
  { "S! * OK half a line", 0, LIST_DATA | GREETING, SHAKE },
  { "S! \\x16\\x03\\x03\\x00\\x02\\x02\\x28" },
  { "S! \\x15\\x03\\x03\\x00\\x02\\x01\\x00" },
  /* Other services */
  { "S: 220 mail.practice.invalid ESMTP" },
  { "S: 334 VXNlcm5hbWU6" },
  { "S: +OK in" },
  { "S: HTTP/1.1 200 OK" },
  { NULL }
};

/* Where an answer is more than one line, or one of several: an answer of more
 * lines than one is honest. */
#define MORE_BEFORE (CLEAR_DATA | CLEAR_DONE | CAPS_DATA | CAPS_DONE | SMTP_DONE)
#define MORE_BEHIND (CLEAR_DATA | CAPS_DATA | GROUP | SHAKE_AGAIN)
/* The class of a reply is its first digit (RFC 5321 §4.2.1). Of a group of
 * commands, and behind the last command, one too many is not read. */
#define POSITIVE    SMTP_DONE, GROUP, GROUP

static const Hostile smtp_lines[] = {
  /* Successes ahead of time, and with the wrong code */
  { "S: 250 ok", POSITIVE },
  { "S: 250 ok\nS: 250 ok\nS: 250 ok", GROUP, GROUP, GROUP },
  { "S: 235 2.7.0 in", SMTP_DONE | AUTH_DONE, GROUP, GROUP },
  { "S: 235 2.7.0 in\nS: 250 ok\nS: 250 ok\nS: 250 ok", GROUP, GROUP, GROUP },
  { "S: 220 ready", SMTP_DONE | GREETING | GO, GROUP, GROUP },
  { "S: 221 bye" },
  { "S: 200 ok", POSITIVE },
  { "S: 250", POSITIVE },
  { "S: 334 VXNlcm5hbWU6\nS: 334 UGFzc3dvcmQ6\nS: 334 \nS: 334 \nS: 334 \nS: 334 \nS: 334 \n"
    "S: 334 " },
  { "S: 354 go" },
  /* Failures */
  { "S: 421 some reason of ours" },
  { "S: 450 later", TO_RSET, TO_RSET, BEFORE_RSET },
  { "S: 500 what", TO_RSET, TO_RSET, BEFORE_RSET },
  { "S: 535 5.7.8 no", TO_RSET, TO_RSET, BEFORE_RSET },
  { "S: 550 5.7.1 no", TO_RSET, TO_RSET, BEFORE_RSET },
  /* Capability lies */
  { "S: 250-AUTH PLAIN", CLEAR_DATA | CAPS_DATA, MORE_BEFORE, MORE_BEHIND },
  { "S: 250-X", CLEAR_DATA | CAPS_DATA, MORE_BEFORE, MORE_BEHIND },
  { "S: 250 AUTH XOAUTH2", POSITIVE },
  { "S: 250 STARTTLS", SMTP_DONE | CLEAR_DONE, GROUP, GROUP },
  { "S: 250-a\nS: 250 AUTH PLAIN", SMTP_DONE | CAPS_DONE, GROUP, GROUP },
  { "S: 220-more", 0, GREETING | GO, SHAKE },
  /* Grammar */
  { "S: 000 ok" },
  { "S: 25" },
  { "S: 2500 ok" },
  { "S: 250x ok" },
  { "S: -250 ok" },
  { "S: 250-a\nS: 251 b" },
  { "S: 235-a\nS: 535 b" },
  { "S: 250-a\nS: ok" },
  { "S: ok" },
  { "S: 250-" KIB_64 },
  { "S: 250 o\\0k" },
  { "S: 250 o\\rk" },
  { "S! 250 half a line", 0, SMTP_DONE, GROUP },
  { "S: " },
  { "S: \\x1b[2J" },
  { "S! \\x16\\x03\\x03\\x00\\x02\\x02\\x28" },
  { "S! \\x15\\x03\\x03\\x00\\x02\\x01\\x00" },
  /* Other services */
  { "S: * OK ready" },
  { "S: %T OK done" },
  { "S: +OK in" },
  { "S: -ERR no" },
  { "S: + go" },
  { "S: HTTP/1.1 200 OK" },
  { NULL }
};

typedef struct
{
  const char    *name;
  TlLaneKind     kind;
  TlSecurity     security;
  const Act     *acts;
  const Hostile *lines;
} Conversation;

static const Conversation conversations[] = {
  { "imap/tls",      TL_LANE_INCOMING, TL_SECURITY_TLS,      imap_tls,      imap_lines },
  { "imap/starttls", TL_LANE_INCOMING, TL_SECURITY_STARTTLS, imap_starttls, imap_lines },
  { "smtp/tls",      TL_LANE_OUTGOING, TL_SECURITY_TLS,      smtp_tls,      smtp_lines },
  { "smtp/starttls", TL_LANE_OUTGOING, TL_SECURITY_STARTTLS, smtp_starttls, smtp_lines },
};

typedef enum
{
  REPLACING,
  BEFORE_IT,
  BEHIND_IT,
} Way;

static const char * const ways[] = { "replacing", "before", "behind" };

typedef struct
{
  TlTestLane  lane;
  char       *script;
  gboolean    is_honest;
  gboolean    is_stopping;
  gint        has_stopped;    /* atomic */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  tl_test_lane_clear (&run->lane);
  g_free (run->script);
  g_free (run);
}

static gboolean
is_honest (const Hostile *line,
           Place          place,
           Way            way)
{
  switch (way)
    {
    case REPLACING:
      return (place & NEEDED) == 0 && (line->replacing & place) != 0;
    case BEFORE_IT:
      return (line->before & place) != 0;
    case BEHIND_IT:
    default:
      return ((line->behind | LAST) & place) != 0;
    }
}

/* The conversation with @line at its act @index. What stands together arrives together. */
static char *
make_script (const Act     *acts,
             gsize          index,
             const Hostile *line,
             Way            way)
{
  GString *script = g_string_new (NULL);

  for (gsize i = 0; acts[i].act != NULL; i++)
    {
      gboolean is_corked = i == index && (acts[i].place & (SHAKE | SHAKE_AGAIN)) == 0;

      g_string_append (script, is_corked ? "CORK\n" : "");
      if (i == index && way != BEHIND_IT)
        g_string_append_printf (script, "%s\n", line->acts);
      if (i != index || way != REPLACING)
        g_string_append_printf (script, "%s\n", acts[i].act);
      if (i == index && way == BEHIND_IT)
        g_string_append_printf (script, "%s\n", line->acts);
      g_string_append (script, is_corked ? "UNCORK\n" : "");
    }

  return g_string_free (script, FALSE);
}

/* Before such an act is behind the one before it. */
static gboolean
is_behind_another (const Act *acts,
                   gsize      index)
{
  return index > 0 && acts[index - 1].place != CLIENT;
}

static GPtrArray *
make_runs (const Conversation *c,
           Way                 way)
{
  GPtrArray *runs = g_ptr_array_new ();

  for (gsize n = 0; c->lines[n].acts != NULL; n++)
    for (gsize i = 0; c->acts[i].act != NULL; i++)
      {
        const Hostile *line = &c->lines[n];
        Run *run;

        if (n % EACH != 0 || c->acts[i].place == CLIENT ||
            (way == BEFORE_IT && is_behind_another (c->acts, i)))
          continue;
        run = g_new0 (Run, 1);
        run->script = make_script (c->acts, i, line, way);
        run->is_honest = is_honest (line, c->acts[i].place, way);
        run->lane = (TlTestLane) {
          .kind = c->kind, .security = c->security, .script = run->script,
          /* An honest one has its time on a busy computer. */
          .budget = run->is_honest ? NULL : &budget,
        };
        g_ptr_array_add (runs, run);
      }

  return runs;
}

/* On a thread of the pool: it takes a moment. */
static void
stop_peer (gpointer data,
           gpointer user_data)
{
  Run *run = data;

  tl_test_peer_stop (run->lane.peer);
  g_atomic_int_set (&run->has_stopped, TRUE);
  g_main_context_wakeup (NULL);
}

static void
judge (Run *run)
{
  gboolean is_green = tl_lane_report_get_verdict (run->lane.report) == TL_VERDICT_OK;

  tl_test_lane_assert_sane (&run->lane);
  if (is_green == run->is_honest)
    return;

  g_test_message ("a false %s:\n%.4000s\nwhich went:\n%.4000s", is_green ? "green" : "red",
                  run->script, tl_test_peer_get_transcript (run->lane.peer));
  g_test_fail ();
}

typedef struct
{
  const Conversation *conversation;
  Way                 way;
} Case;

static void
test_hostile (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(GPtrArray) runs = make_runs (c->conversation, c->way);
  GThreadPool *pool = g_thread_pool_new (stop_peer, NULL, MAX_UNDER_WAY, FALSE, NULL);
  guint n_started = 0;
  guint n_judged = 0;
  guint n_green = 0;
  guint n_honest = 0;

  while (n_judged < runs->len)
    {
      guint n_under_way = 0;

      for (guint i = 0; i < n_started; i++)
        {
          Run *run = runs->pdata[i];

          if (run == NULL)
            continue;
          n_under_way++;
          if (run->lane.has_ended && !run->is_stopping)
            {
              run->is_stopping = TRUE;
              g_thread_pool_push (pool, run, NULL);
            }
          if (!g_atomic_int_get (&run->has_stopped))
            continue;

          judge (run);
          n_green += tl_lane_report_get_verdict (run->lane.report) == TL_VERDICT_OK;
          n_honest += run->is_honest;
          n_judged++;
          n_under_way--;
          g_clear_pointer (&runs->pdata[i], run_free);
        }

      for (; n_under_way < MAX_UNDER_WAY && n_started < runs->len; n_under_way++)
        tl_test_lane_start (&((Run *) runs->pdata[n_started++])->lane);
      if (n_judged < runs->len)
        g_main_context_iteration (NULL, TRUE);
    }

  g_thread_pool_free (pool, FALSE, TRUE);
  g_test_message ("%u scripts, %u of them honest after all, %u green", runs->len, n_honest,
                  n_green);
  /* A test that nothing passes proves nothing. */
  g_assert_cmpuint (n_green, >, 0);
}

/* So many that each act of the server is met by all kinds of lines, and that
 * green is not only what never comes. */
static void
test_count (void)
{
  guint n_all = 0;
  guint n_honest = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (conversations); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        g_autoptr(GPtrArray) runs = make_runs (&conversations[i], (Way) j);

        for (guint k = 0; k < runs->len; k++)
          {
            Run *run = runs->pdata[k];

            n_honest += run->is_honest;
            run_free (run);
          }
        n_all += runs->len;
      }

  g_test_message ("%u hostile scripts, %u of them honest after all", n_all, n_honest);
  g_assert_cmpuint (n_all, >=, MIN_ALL);
  g_assert_cmpuint (n_honest, >=, MIN_HONEST);
}

static void
test_canary (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autoptr(TlTestCanary) canary = tl_test_canary_new (TL_TEST_LANE_PASSWORD);
  g_autoptr(GBytes) planted = tl_test_canary_plant (index, TL_TEST_LANE_PASSWORD);
  g_autoptr(GBytes) innocent = tl_test_canary_plant (index, "5ome0ther-Pa55w0");
  gsize len;
  const void *bytes = g_bytes_get_data (planted, &len);

  g_test_summary ("The secret is found however it is written, and nothing else is");

  g_assert_cmpstr (tl_test_canary_find (canary, bytes, len), !=, NULL);
  bytes = g_bytes_get_data (innocent, &len);
  g_assert_cmpstr (tl_test_canary_find (canary, bytes, len), ==, NULL);
}

int
main (int   argc,
      char *argv[])
{
  static Case cases[G_N_ELEMENTS (conversations)][G_N_ELEMENTS (ways)];

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < tl_test_canary_get_n_ways (); i++)
    {
      g_autofree char *path = g_strconcat ("/lane/hostile/canary/", tl_test_canary_get_way (i),
                                           NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_canary);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (conversations); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        g_autofree char *path = g_strdup_printf ("/lane/hostile/P1/P4/%s/%s",
                                                 conversations[i].name, ways[j]);

        cases[i][j] = (Case) { &conversations[i], (Way) j };
        g_test_add_data_func (path, &cases[i][j], test_hostile);
      }
  g_test_add_func ("/lane/hostile/P1/count", test_count);

  return g_test_run ();
}
