/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

#include "said.h"
#include "tl-error.h"
#include "tl-practice.h"

#define N_SCENES 500

typedef struct
{
  const char *name;
  Fake        fakes[N_SOURCES];
  guint       budget_ms;
  guint       least_ms;
  guint       most_ms;
  guint       proposed_least_ms;
  guint       proposed_most_ms; /* 0: the proposal is not known before the result */
  const char *statuses;         /* one word a source */
  const char *incoming;         /* the proposed host, or NULL */
  const char *outgoing;
  const char *findings;         /* fixture_ids, by spaces */
} RunCase;

#define SAYS(ms, in, out) { ms, { "in " in, "out " out } }
#define BECOMES(what) { .status = TL_SOURCE_STATUS_ ## what }
#define SOON_MS   600
#define SETTLE_MS (TL_DISCOVERY_SETTLE_MS + 800)

static const RunCase run_cases[] = {
  { "curated-domain-asks-nobody",
    { [DOMAIN] = SAYS (0, "imap.gmail.com", "smtp.gmail.com") },
    5000, 0, SOON_MS, 0, 0,
    "answered not-asked not-asked not-asked not-asked not-asked not-asked not-asked",
    "imap.gmail.com", "smtp.gmail.com", "" },
  { "nothing-anywhere",
    { [MX] = { 20 }, [AUTOCONFIG] = { 10 }, [GUESS] = { 30 } },
    5000, 25, SOON_MS, 0, 0, "nothing nothing nothing nothing nothing nothing nothing nothing",
    NULL, NULL, "discover.nothing-found" },
  { "no-such-domain",
    { [MX] = BECOMES (NXDOMAIN), [AUTOCONFIG] = BECOMES (NXDOMAIN), [SRV] = BECOMES (NXDOMAIN) },
    5000, 0, SOON_MS, 0, 0, "nothing nxdomain nothing nxdomain nothing nxdomain nothing nothing",
    NULL, NULL, "resolve.nxdomain" },

  { "guess-not-waited-for",
    { [SRV] = SAYS (20, "imap.example.org", "smtp.example.org"), [AUTOCONFIG] = { 10 },
      [GUESS] = SAYS (NEVER_MS, "mail.example.org", "mail.example.org") },
    5000, 15, SOON_MS, 0, 0,
    "nothing nothing nothing nothing nothing answered nothing not-asked",
    "imap.example.org", "smtp.example.org", "" },
  { "guess-waited-for",
    { [GUESS] = SAYS (150, "mail.example.org", "mail.example.org") },
    5000, 140, 900, 0, 0, "nothing nothing nothing nothing nothing nothing nothing answered",
    "mail.example.org", "mail.example.org", "" },
  { "guess-waited-for-one-lane",
    { [SRV] = { 0, { "in imap.example.org" } },
      [GUESS] = SAYS (150, "mail.example.org", "mail.example.org") },
    5000, 140, 900, 0, 0, "nothing nothing nothing nothing nothing answered nothing answered",
    "imap.example.org", "mail.example.org", "" },

  { "exchanger-waits-for-nobody",
    { [MX] = SAYS (10, "imap.gmail.com", "smtp.gmail.com"), [AUTOCONFIG] = { NEVER_MS },
      [DIRECTORY] = { NEVER_MS }, [GUESS] = { NEVER_MS } },
    8000, TL_DISCOVERY_SETTLE_MS - 50, SETTLE_MS, 5, 500,
    "nothing answered nothing timeout nothing nothing timeout not-asked",
    "imap.gmail.com", "smtp.gmail.com", "" },
  { "exchanger-waits-for-pacc",
    { [MX] = SAYS (0, "imap.gmail.com", "smtp.gmail.com"), [PACC] = { 300 },
      [AUTOCONFIG] = { 600 } },
    8000, 550, SETTLE_MS, 290, 590,
    "nothing answered nothing nothing nothing nothing nothing nothing",
    "imap.gmail.com", "smtp.gmail.com", "" },
  /* Where every name exists, its document takes long to fail; its record does not. */
  { "exchanger-does-not-wait-for-unproven-pacc",
    { [MX] = SAYS (0, "imap.gmail.com", "smtp.gmail.com"),
      [PACC] = { NEVER_MS, .unproven_ms = 30 }, [AUTOCONFIG] = { 600 } },
    8000, TL_DISCOVERY_SETTLE_MS - 50, SETTLE_MS, 25, 400,
    "nothing answered timeout nothing nothing nothing nothing nothing",
    "imap.gmail.com", "smtp.gmail.com", "" },
  { "proven-pacc-beats-the-exchanger",
    { [MX] = SAYS (0, "imap.gmail.com", "smtp.gmail.com"),
      [PACC] = { 50, { "in imap.example.org", "out smtp.example.org" },
                 .remarks = TL_SOURCE_REMARK_AUTHENTICATED } },
    8000, 40, SOON_MS, 0, 0, "nothing answered answered nothing nothing nothing nothing nothing",
    "imap.example.org", "smtp.example.org", "discover.conflict" },
  { "stale-proven-pacc-does-not",
    { [MX] = SAYS (0, "imap.gmail.com", "smtp.gmail.com"),
      [PACC] = { 50, { "in old.example.org", "out smtp.example.org" },
                 .remarks = TL_SOURCE_REMARK_AUTHENTICATED } },
    8000, 40, SOON_MS, 0, 0, "nothing answered answered nothing nothing nothing nothing nothing",
    "imap.gmail.com", "smtp.example.org", "discover.conflict discover.conflict" },
  /* C09 and C12: who comes late may contradict, and replaces nobody. */
  { "exchanger-contradicted-later",
    { [MX] = SAYS (0, "imap.gmail.com", "smtp.gmail.com"),
      [AUTOCONFIG] = SAYS (200, "mail.example.org", "mail.example.org"), [GUESS] = { NEVER_MS } },
    8000, 150, 900, 0, 190, "nothing answered nothing answered nothing nothing nothing not-asked",
    "imap.gmail.com", "smtp.gmail.com", "discover.conflict" },
  { "live-document-contradicted-later",
    { [AUTOCONFIG] = SAYS (0, "new.example.org", "new.example.org"),
      [DIRECTORY] = SAYS (400, "imap.example.org", "smtp.example.org") },
    8000, 350, 1100, 0, 390, "nothing nothing nothing answered nothing nothing answered nothing",
    "new.example.org", "new.example.org", "discover.conflict" },
  { "dead-document-waits",
    { [AUTOCONFIG] = SAYS (0, "old.example.org", "old.example.org"), [DIRECTORY] = { 300 },
      [GUESS] = SAYS (0, "imap.example.org", "smtp.example.org") },
    8000, 290, 900, 0, 0, "nothing nothing nothing answered nothing nothing nothing answered",
    "old.example.org", "old.example.org", "" },
  { "dead-document-and-a-late-live-one",
    { [AUTOCONFIG] = SAYS (0, "old.example.org", "old.example.org"),
      [DIRECTORY] = SAYS (300, "imap.example.org", "smtp.example.org") },
    8000, 290, 900, 0, 0, "nothing nothing nothing answered nothing nothing answered nothing",
    "imap.example.org", "smtp.example.org", "discover.conflict" },
  { "slow-to-greet-is-not-waited-for-when-all-agree",
    { [AUTOCONFIG] = SAYS (0, "slow.example.org", "slow.example.org"), [DIRECTORY] = { 100 } },
    8000, 90, SOON_MS, 0, 0, "nothing nothing nothing answered nothing nothing nothing nothing",
    "slow.example.org", "slow.example.org", "" },

  { "stale-document-loses",
    { [AUTOCONFIG] = SAYS (0, "old.example.org", "old.example.org"),
      [SRV] = SAYS (50, "imap.example.org", "smtp.example.org") },
    5000, 40, SOON_MS, 0, 0, "nothing nothing nothing answered nothing answered nothing nothing",
    "imap.example.org", "smtp.example.org", "discover.conflict" },
  { "both-dead",
    { [AUTOCONFIG] = SAYS (0, "old.example.org", "old.example.org"),
      [SRV] = SAYS (50, "older.example.org", "older.example.org") },
    5000, 40, SOON_MS, 0, 0, "nothing nothing nothing answered nothing answered nothing nothing",
    "old.example.org", "old.example.org", "discover.conflict" },
  { "live-document-wins",
    { [AUTOCONFIG] = SAYS (0, "new.example.org", "new.example.org"),
      [SRV] = SAYS (50, "imap.example.org", "smtp.example.org") },
    5000, 40, SOON_MS, 0, 400,
    "nothing nothing nothing answered nothing answered nothing nothing",
    "new.example.org", "new.example.org", "discover.conflict" },
  { "deadline",
    { [MX] = { NEVER_MS }, [AUTOCONFIG] = SAYS (0, "imap.example.org", "smtp.example.org"),
      [WELL_KNOWN] = { NEVER_MS }, [SRV] = { NEVER_MS }, [GUESS] = { NEVER_MS } },
    400, 350, 1000, 0, 0, "nothing timeout nothing answered timeout timeout nothing not-asked",
    "imap.example.org", "smtp.example.org", "" },
  { "deadline-with-nothing",
    { [MX] = { NEVER_MS }, [WELL_KNOWN] = { NEVER_MS }, [SRV] = { NEVER_MS },
      [GUESS] = { NEVER_MS } },
    400, 350, 1000, 0, 0, "nothing timeout nothing nothing timeout timeout nothing timeout",
    NULL, NULL, "resolve.timeout" },
};

static void
assert_proposal (TlDiscoveryReport *report,
                 TlLaneKind         lane,
                 const char        *host)
{
  TlCandidate *proposal = tl_discovery_report_get_proposal (report, lane);

  if (host == NULL)
    {
      g_assert_null (proposal);
      return;
    }

  g_assert_nonnull (proposal);
  g_assert_cmpstr (tl_endpoint_get_host (tl_lane_settings_get_endpoint (
                     tl_candidate_get_settings (proposal))), ==, host);
}

static void
test_run (gconstpointer data)
{
  const RunCase *c = data;
  Fixture fixture;
  g_autoptr(GString) statuses = g_string_new (NULL);
  g_autoptr(GString) findings = g_string_new (NULL);
  GPtrArray *found;

  fixture_start (&fixture, NULL, c->fakes, c->budget_ms, NULL);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);

  found = tl_discovery_report_get_sources (fixture.report);
  g_assert_cmpuint (found->len, ==, N_SOURCES);
  for (guint i = 0; i < found->len; i++)
    {
      const char *source = tl_source_answer_get_source (found->pdata[i]);
      const char *status =
        tl_source_status_get_nick (tl_source_answer_get_status (found->pdata[i]));
      g_autofree char *event = g_strdup_printf ("%s:%s ", source, status);
      g_autofree char *asking = g_strdup_printf ("%s:asking ", source);
      const char *asked_at = strstr (fixture.events->str, asking);

      g_assert_cmpstr (source, ==, fixture_ids[i]);
      g_string_append_printf (statuses, "%s%s", i > 0 ? " " : "", status);
      g_assert_nonnull (strstr (asked_at != NULL ? asked_at : fixture.events->str, event));
      g_assert_cmpuint (tl_source_answer_get_ms (found->pdata[i]), <=, (guint) fixture.ms + 50);
    }
  g_assert_cmpstr (statuses->str, ==, c->statuses);

  assert_proposal (fixture.report, TL_LANE_INCOMING, c->incoming);
  assert_proposal (fixture.report, TL_LANE_OUTGOING, c->outgoing);

  found = tl_discovery_report_get_findings (fixture.report);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (findings, "%s%s", i > 0 ? " " : "",
                            tl_finding_get_id (found->pdata[i]));
  g_assert_cmpstr (findings->str, ==, c->findings);

  g_assert_cmpint (fixture.proposed != NULL, ==, c->proposed_most_ms > 0);
  if (fixture.proposed != NULL)
    {
      assert_proposal (fixture.proposed, TL_LANE_INCOMING, c->incoming);
      assert_proposal (fixture.proposed, TL_LANE_OUTGOING, c->outgoing);
      g_assert_cmpint (fixture.proposed_ms, >=, c->proposed_least_ms);
      g_assert_cmpint (fixture.proposed_ms, <, c->proposed_most_ms);
      g_assert_cmpuint (tl_discovery_report_get_proposed_ms (fixture.proposed), ==,
                        tl_discovery_report_get_proposed_ms (fixture.report));
    }
  g_assert_cmpuint (tl_discovery_report_get_proposed_ms (fixture.report), <=,
                    (guint) fixture.ms + 50);
  g_assert_cmpint (fixture.ms, >=, c->least_ms);
  g_assert_cmpint (fixture.ms, <, c->most_ms);
  fixture_clear (&fixture);
}

typedef struct
{
  const char *name;
  Fake        fakes[N_SOURCES];
  const char *provider;
} ProviderCase;

/* The mailbox is where mail comes in. */
static const ProviderCase provider_cases[] = {
  { "both", { [AUTOCONFIG] = SAYS (0, "imap.gmail.com", "smtp.gmail.com") }, "google" },
  { "in-only", { [AUTOCONFIG] = { 0, { "in imap.gmail.com" } } }, "google" },
  { "out-only", { [AUTOCONFIG] = { 0, { "out smtp.gmail.com" } } }, "google" },
  { "in-of-one", { [AUTOCONFIG] = SAYS (0, "imap.gmail.com", "smtp.example.org") }, "google" },
  { "out-of-one", { [AUTOCONFIG] = SAYS (0, "imap.example.org", "smtp.gmail.com") }, NULL },
  { "of-two", { [AUTOCONFIG] = SAYS (0, "imap.mail.yahoo.com", "smtp.gmail.com") }, "yahoo" },
  { "of-nobody", { [AUTOCONFIG] = SAYS (0, "imap.example.org", "smtp.example.org") }, NULL },
};

static void
test_provider (gconstpointer data)
{
  const ProviderCase *c = data;
  Fixture fixture;

  fixture_start (&fixture, NULL, c->fakes, 5000, NULL);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpstr (tl_discovery_report_get_provider (fixture.report), ==, c->provider);
  fixture_clear (&fixture);
}

static const Fake silent[N_SOURCES] = {
  [MX] = { NEVER_MS }, [PACC] = { NEVER_MS }, [AUTOCONFIG] = { NEVER_MS }, [SRV] = { NEVER_MS },
  [GUESS] = { NEVER_MS },
};

static const Fake speechless[N_SOURCES] = { { 0 } };

static gboolean
on_cancel_time (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;

  fixture_start (&fixture, NULL, silent, 8000, cancellable);
  g_timeout_add (100, on_cancel_time, cancellable);
  fixture_wait (&fixture);

  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fixture.ms, <, 300);
  fixture_clear (&fixture);
}

static void
test_cancelled_before (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;

  g_cancellable_cancel (cancellable);
  fixture_start (&fixture, NULL, silent, 8000, cancellable);
  fixture_wait (&fixture);

  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fixture.ms, <, 200);
  fixture_clear (&fixture);
}

/* A resolver costs two threads and more than a dozen descriptors. */
static void
test_lets_go (void)
{
  static const Fake fakes[N_SOURCES] = {
    [SRV] = { 0, { "in imap.example.org", "out smtp.example.org" }, .leaves_work = TRUE },
  };
  Fixture fixture;

  g_test_summary ("What a source has left under way is ended with the run, and freed");

  fixture_start (&fixture, NULL, fakes, 8000, NULL);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);
  assert_proposal (fixture.report, TL_LANE_INCOMING, "imap.example.org");
  fixture_clear (&fixture);
  g_assert_cmpint (g_atomic_int_get (&fixture_n_kept), ==, 0);
}

static void
test_lets_go_when_cancelled (void)
{
  static const Fake fakes[N_SOURCES] = {
    [SRV] = { 0, { NULL }, .leaves_work = TRUE }, [DIRECTORY] = { NEVER_MS },
  };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fixture fixture;

  fixture_start (&fixture, NULL, fakes, 8000, cancellable);
  g_timeout_add (50, on_cancel_time, cancellable);
  fixture_wait (&fixture);
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_clear (&fixture);
  g_assert_cmpint (g_atomic_int_get (&fixture_n_kept), ==, 0);
}

/* Signals and result belong to whoever started it, whatever context that has. */
static void
test_own_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  Fixture fixture;

  g_main_context_push_thread_default (context);
  fixture_start (&fixture, NULL, speechless, 8000, NULL);
  g_assert_true (fixture.context == context);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);
  fixture_clear (&fixture);
  g_main_context_pop_thread_default (context);
}

static void
test_practice (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (TL_PRACTICE_ALL_WELL, &error);
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_practice_get_ca_pem (practice),
                                                          &error);
  Fixture fixture;

  g_test_summary ("Nobody is asked about the practice mailbox");

  g_assert_no_error (error);
  g_atomic_int_set (&fixture_n_asked, 0);
  fixture_start (&fixture, network, speechless, 8000, NULL);
  fixture_wait (&fixture);
  g_assert_error (fixture.error, TL_ERROR, TL_ERROR_REFUSED);
  g_assert_cmpstr (fixture.events->str, ==, "");
  g_assert_cmpint (g_atomic_int_get (&fixture_n_asked), ==, 0);
  fixture_clear (&fixture);
}

static void
test_public_suffix (void)
{
  Fixture fixture;
  GPtrArray *answers;

  g_test_summary ("Nothing below a public suffix is asked: it is somebody else's");

  g_atomic_int_set (&fixture_n_asked, 0);
  fixture_start_for (&fixture, "ada@co.uk", NULL, speechless, 8000, NULL);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);
  g_assert_cmpint (g_atomic_int_get (&fixture_n_asked), ==, N_SOURCES - 1);
  answers = tl_discovery_report_get_sources (fixture.report);
  for (guint i = 0; i < N_SOURCES; i++)
    g_assert_cmpint (tl_source_answer_get_status (answers->pdata[i]), ==,
                     i == AUTOCONFIG ? TL_SOURCE_STATUS_NOT_ASKED : TL_SOURCE_STATUS_NOTHING);
  fixture_clear (&fixture);
}

static const char * const places[] = {
  "imap.example.org", "old.example.org", "older.example.org", "mail.example.org",
  "imap.hoster.test", "imap.gmail.com",
};

/* What is said in a scene, the same in every run of it. */
typedef struct
{
  Fake  fakes[N_SOURCES];
  char *texts[N_SOURCES][MAX_CLAIMS]; /* owned */
} Scene;

static void
scene_init (Scene *self,
            GRand *rand)
{
  memset (self, 0, sizeof *self);
  for (guint i = MX; i < N_SOURCES; i++)
    {
      if (i == MX ? g_rand_int_range (rand, 0, 4) > 0 : g_rand_boolean (rand))
        continue;
      for (guint j = 0; j < MAX_CLAIMS; j++)
        {
          self->texts[i][j] =
            g_strdup_printf ("%s %s", g_rand_boolean (rand) ? "in" : "out",
                             places[g_rand_int_range (rand, 0, G_N_ELEMENTS (places))]);
          self->fakes[i].says[j] = self->texts[i][j];
        }
    }
  if (g_rand_boolean (rand))
    self->fakes[PACC].remarks = TL_SOURCE_REMARK_AUTHENTICATED;
}

static void
scene_clear (Scene *self)
{
  for (guint i = 0; i < N_SOURCES; i++)
    {
      for (guint j = 0; j < MAX_CLAIMS; j++)
        g_free (self->texts[i][j]);
    }
}

static void
assert_same_proposal (TlDiscoveryReport *a,
                      TlDiscoveryReport *b,
                      TlLaneKind         lane)
{
  TlCandidate *left = tl_discovery_report_get_proposal (a, lane);
  TlCandidate *right = tl_discovery_report_get_proposal (b, lane);

  g_assert_true ((left == NULL) == (right == NULL));
  if (left == NULL)
    return;

  g_assert_true (tl_endpoint_equal (
                   tl_lane_settings_get_endpoint (tl_candidate_get_settings (left)),
                   tl_lane_settings_get_endpoint (tl_candidate_get_settings (right))));
  g_assert_cmpstr (tl_candidate_get_source (left), ==, tl_candidate_get_source (right));
}

static char *
scene_run (Scene    *self,
           gboolean *out_was_proposed)
{
  Fixture fixture;
  char *found;

  fixture_start (&fixture, NULL, self->fakes, 8000, NULL);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);

  *out_was_proposed = fixture.proposed != NULL;
  if (fixture.proposed != NULL)
    {
      assert_same_proposal (fixture.proposed, fixture.report, TL_LANE_INCOMING);
      assert_same_proposal (fixture.proposed, fixture.report, TL_LANE_OUTGOING);
    }
  found = said_describe (tl_discovery_report_get_candidates (fixture.report));
  fixture_clear (&fixture);

  return found;
}

/* Whoever is first: the same proposal, and the same order behind it. */
static void
test_any_order (void)
{
  guint n_proposed = 0;

  for (guint i = 0; i < N_SCENES; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;
      gboolean was_proposed;
      Scene scene;

      g_test_message ("scene %u has seed %u", i, seed);
      scene_init (&scene, rand);
      expected = scene_run (&scene, &was_proposed);
      for (guint j = 0; j < N_SOURCES; j++)
        scene.fakes[j].after_ms = (guint) g_rand_int_range (rand, 0, 8);
      found = scene_run (&scene, &was_proposed);
      n_proposed += was_proposed;
      g_assert_cmpstr (found, ==, expected);
      scene_clear (&scene);
    }

  g_test_message ("%u of %u shuffled runs had an early proposal", n_proposed, N_SCENES);
  g_assert_cmpuint (n_proposed, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (run_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/run/", run_cases[i].name, NULL);

      g_test_add_data_func (path, &run_cases[i], test_run);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (provider_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/discovery/provider/", provider_cases[i].name, NULL);

      g_test_add_data_func (path, &provider_cases[i], test_provider);
    }
  g_test_add_func ("/discovery/any-order-of-arrival", test_any_order);
  g_test_add_func ("/discovery/cancel", test_cancel);
  g_test_add_func ("/discovery/cancelled-before", test_cancelled_before);
  g_test_add_func ("/discovery/lets-go", test_lets_go);
  g_test_add_func ("/discovery/lets-go-when-cancelled", test_lets_go_when_cancelled);
  g_test_add_func ("/discovery/own-context", test_own_context);
  g_test_add_func ("/discovery/practice", test_practice);
  g_test_add_func ("/discovery/public-suffix", test_public_suffix);

  return g_test_run ();
}
