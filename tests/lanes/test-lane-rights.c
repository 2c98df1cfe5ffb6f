/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mailbox that several people share is opened as, and what the sign-in may do there. */
#include "tl-test-lane.h"

#define SIGN_IN(more) \
  "TLS\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\nC: %T AUTHENTICATE PLAIN ?*\n" \
  "S: %T OK [CAPABILITY IMAP4rev1" more "] in\n"
#define LIST "C: %T LIST *\nS: * LIST (\\\\Sent) \"/\" Sent\nS: %T OK done\n"
#define OPENED "S: * 7 EXISTS\nS: %T OK done\n"
#define IDLE "C: %T IDLE\nS: + idling\nC: DONE\n"
#define RIGHTS_IN(folder, answer) \
  SIGN_IN (" ACL IDLE") LIST "C: %T MYRIGHTS " folder "\n" answer "S: %T OK done\n" \
  "C: %T EXAMINE " folder "\n" OPENED IDLE
#define RIGHTS(letters) RIGHTS_IN ("INBOX", "S: * MYRIGHTS INBOX " letters "\n")

typedef struct
{
  const char *name;
  const char *script;
  const char *folder;   /* NULL: INBOX */
  const char *missing;  /* evidence of use.rights-limited, joined; NULL: no such finding */
} RightsCase;

static const RightsCase rights_cases[] = {
  { "full", RIGHTS ("lrswipkxtea") },
  /* RFC 4314 §2.1.1: with the virtual rights of RFC 2086 as well */
  { "full-and-virtual", RIGHTS ("lrswipkxtecda") },
  /* A server of RFC 2086 knows neither “k” nor “t” and “e”. */
  { "full-of-old", RIGHTS ("lrswipcda") },
  { "read-and-answer", RIGHTS ("lrs"), .missing = "right-flags right-insert right-create" },
  { "read-only", RIGHTS ("lr"), .missing = "right-seen right-flags right-insert right-create" },
  { "no-seen", RIGHTS ("lrwipkxte"), .missing = "right-seen" },
  { "no-flags", RIGHTS ("lrsipkxte"), .missing = "right-flags" },
  { "no-insert", RIGHTS ("lrswpkxte"), .missing = "right-insert" },
  { "no-create", RIGHTS ("lrswipxte"), .missing = "right-create" },
  { "not-told", RIGHTS_IN ("INBOX", "") },
  { "not-offered", SIGN_IN (" IDLE") LIST "C: %T EXAMINE INBOX\n" OPENED IDLE },
  { "not-allowed", SIGN_IN (" ACL IDLE") LIST
    "C: %T MYRIGHTS INBOX\nS: %T NO [NOPERM] no\nC: %T EXAMINE INBOX\n" OPENED IDLE },
  { "folder", RIGHTS_IN ("\"shared/Sales\"", "S: * MYRIGHTS shared/Sales lrswi\n"),
    .folder = "shared/Sales", .missing = "right-create" },
  { "folder-of-other-script", RIGHTS_IN ("\"S&AOQ-lj \\\"A&-O\\\"\"", "S: * MYRIGHTS x lrswik\n"),
    .folder = "Sälj \"A&O\"" },
};

static void
test_rights (gconstpointer data)
{
  const RightsCase *c = data;
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = c->script,
    .folder = c->folder,
  };
  GPtrArray *findings;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_peer_get_problem (lane.peer), ==, NULL);
  g_assert_cmpint (tl_lane_report_get_verdict (lane.report), ==,
                   c->missing == NULL ? TL_VERDICT_OK : TL_VERDICT_WARNING);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==,
                   c->missing == NULL ? NULL : "use.rights-limited");

  findings = tl_lane_report_get_findings (lane.report);
  g_assert_cmpuint (findings->len, ==, c->missing != NULL);
  if (c->missing != NULL)
    {
      GVariant *evidence = tl_finding_get_evidence (findings->pdata[0]);
      g_autofree const char **wanted = NULL;
      g_autofree char *joined = NULL;

      g_assert_true (g_variant_lookup (evidence, TL_EVIDENCE_WANTED, "^a&s", &wanted));
      joined = g_strjoinv (" ", (char **) wanted);
      g_assert_cmpstr (joined, ==, c->missing);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_USER), ==,
                       TL_TEST_LANE_ADDRESS);
      g_assert_cmpstr (tl_evidence_get_string (evidence, TL_EVIDENCE_FOLDER), ==, c->folder);
    }
}

typedef struct
{
  const char *name;
  const char *folder;
  const char *script;  /* from the opening on */
  const char *id;
  const char *named;   /* what the finding calls the folder */
} OpenCase;

static const OpenCase open_cases[] = {
  { "A05/missing", "shared/Sales",
    SIGN_IN (" IDLE") LIST "C: %T EXAMINE \"shared/Sales\"\nS: %T NO [NONEXISTENT] what\n",
    "use.inbox-missing", "shared/Sales" },
  { "A05/missing-inbox", NULL,
    SIGN_IN (" IDLE") LIST "C: %T EXAMINE INBOX\nS: %T NO [NONEXISTENT] what\n",
    "use.inbox-missing", "INBOX" },
  { "A05/no-permission", "shared/Sales",
    SIGN_IN (" IDLE") LIST "C: %T EXAMINE \"shared/Sales\"\nS: %T NO [NOPERM] no\n",
    "use.no-permission", "shared/Sales" },
  { "A05/may-not-read", "shared/Sales", RIGHTS_IN ("\"shared/Sales\"",
                                                  "S: * MYRIGHTS shared/Sales lp\n"),
    "use.no-permission", "shared/Sales" },
};

static void
test_open (gconstpointer data)
{
  const OpenCase *c = data;
  g_auto(TlTestLane) lane = {
    .kind = TL_LANE_INCOMING, .security = TL_SECURITY_TLS, .script = c->script,
    .folder = c->folder,
  };
  GPtrArray *findings;

  tl_test_lane_start (&lane);
  tl_test_lane_wait (&lane);
  g_assert_cmpstr (tl_test_lane_get_primary (&lane), ==, c->id);

  findings = tl_lane_report_get_findings (lane.report);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (tl_evidence_get_string (tl_finding_get_evidence (findings->pdata[0]),
                                           TL_EVIDENCE_FOLDER), ==, c->named);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rights_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-rights/", rights_cases[i].name, NULL);

      g_test_add_data_func (path, &rights_cases[i], test_rights);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (open_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/lane-rights/open/", open_cases[i].name, NULL);

      g_test_add_data_func (path, &open_cases[i], test_open);
    }

  return g_test_run ();
}
