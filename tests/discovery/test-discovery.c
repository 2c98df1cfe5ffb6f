/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tl-discovery-private.h"

#include <string.h>

#include "tl-error.h"
#include "tl-practice.h"

#define MAX_SOURCES 6
#define MAX_CLAIMS  2
#define NEVER_MS    60000

/* A source that says what it is told to after a while. */
typedef struct
{
  TlSourceStatus  status;
  guint           after_ms;
  const char     *says[MAX_CLAIMS]; /* "in host" or "out host" */
} Fake;

typedef struct
{
  GTask        *task;     /* owned */
  const Fake   *fake;     /* borrowed */
  const char   *id;       /* borrowed */
  TlAddress    *address;  /* owned */
  GSource      *timer;    /* owned */
  GSource      *stopped;  /* owned */
} Asking;

static gint n_asked;

static TlClaim *
claim_new (const char *text,
           const char *source,
           TlAddress  *address)
{
  gboolean is_incoming = g_str_has_prefix (text, "in ");
  g_autoptr(TlEndpoint) endpoint = tl_endpoint_new (strchr (text, ' ') + 1, is_incoming ? 993 : 465,
                                                    TL_SECURITY_TLS, NULL);
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new (is_incoming ? TL_PROTOCOL_IMAP
                                                                         : TL_PROTOCOL_SMTP,
                                                             endpoint, TL_AUTH_PASSWORD,
                                                             tl_address_get_addr_spec (address),
                                                             NULL);

  return tl_claim_new (is_incoming ? TL_LANE_INCOMING : TL_LANE_OUTGOING, settings,
                       g_str_has_prefix (source,
                                         "provider-") ? TL_TRUST_CURATED : TL_TRUST_OWN_DOMAIN,
                       NULL);
}

static void
asking_end (Asking        *self,
            TlSourceReply *reply)
{
  tl_discovery_source_take_reply (self->task, reply);
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_source_destroy (self->stopped);
  g_source_unref (self->stopped);
  g_object_unref (self->task);
  tl_address_unref (self->address);
  g_free (self);
}

static gboolean
on_time_come (gpointer data)
{
  Asking *self = data;
  g_autoptr(GPtrArray) claims = g_ptr_array_new_with_free_func ((GDestroyNotify) tl_claim_unref);

  for (guint i = 0; i < MAX_CLAIMS && self->fake->says[i] != NULL; i++)
    g_ptr_array_add (claims, claim_new (self->fake->says[i], self->id, self->address));
  asking_end (self, tl_source_reply_new (self->id, self->fake->status, claims,
                                         TL_SOURCE_REMARK_NONE, NULL));

  return G_SOURCE_REMOVE;
}

static gboolean
on_stopped (GCancellable *cancellable,
            gpointer      data)
{
  Asking *self = data;

  asking_end (self, tl_source_reply_new (self->id, TL_SOURCE_STATUS_TIMEOUT, NULL,
                                         TL_SOURCE_REMARK_NONE, NULL));

  return G_SOURCE_REMOVE;
}

static void
ask (const TlDiscoverySource  *self,
     const TlInquiry          *inquiry,
     GAsyncReadyCallback       callback,
     gpointer                  user_data)
{
  Asking *asking = g_new0 (Asking, 1);

  g_atomic_int_inc (&n_asked);
  asking->task = tl_discovery_source_task (self, callback, user_data);
  asking->fake = self->data;
  asking->id = self->id;
  asking->address = tl_address_ref (inquiry->address);

  asking->timer = g_timeout_source_new (asking->fake->after_ms);
  g_source_set_callback (asking->timer, on_time_come, asking, NULL);
  g_source_attach (asking->timer, g_main_context_get_thread_default ());

  asking->stopped = g_cancellable_source_new (inquiry->cancellable);
  g_source_set_callback (asking->stopped, G_SOURCE_FUNC (on_stopped), asking, NULL);
  g_source_attach (asking->stopped, g_main_context_get_thread_default ());
}

/* Hosts whose name starts with "old" are gone. */
static gboolean
pretend (TlNetwork         *network,
         TlLaneKind         lane,
         const TlEndpoint  *endpoint,
         TlDeadline         deadline,
         GCancellable      *cancellable)
{
  return !g_str_has_prefix (tl_endpoint_get_host (endpoint), "old");
}

static const char * const ids[MAX_SOURCES] = {
  TL_SOURCE_PROVIDER_DOMAIN, TL_SOURCE_PROVIDER_MX, TL_SOURCE_AUTOCONFIG,
  TL_SOURCE_WELL_KNOWN, TL_SOURCE_SRV, TL_SOURCE_GUESS,
};

typedef struct
{
  TlDiscoverySource        sources[MAX_SOURCES];
  const TlDiscoverySource *pointers[MAX_SOURCES];
  GMainContext            *context;
  TlDiscovery             *discovery;
  GString                 *events;
  TlDiscoveryReport       *report;
  GError                  *error;
  gboolean                 is_done;
  gint64                   ms;
} Fixture;

static void
on_source_changed (TlDiscovery    *discovery,
                   TlSourceAnswer *answer,
                   gpointer        user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (self->context));
  g_assert_false (self->is_done);
  g_string_append_printf (self->events, "%s:%s ", tl_source_answer_get_source (answer),
                          tl_source_answer_get_status (answer));
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *self = user_data;

  g_assert_true (g_main_context_is_owner (self->context));
  self->report = tl_discovery_run_finish (TL_DISCOVERY (object), result, &self->error);
  self->is_done = TRUE;
}

static void
fixture_start (Fixture      *self,
               TlNetwork    *network,
               const Fake   *fakes,
               guint         budget_ms,
               GCancellable *cancellable)
{
  g_autoptr(TlAddress) address = tl_address_parse ("ada@example.org", NULL);
  g_autoptr(TlNetwork) used = network != NULL ? tl_network_ref (network) : tl_network_new_system ();

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < MAX_SOURCES; i++)
    {
      self->sources[i] = (TlDiscoverySource) { ids[i], i == 0, &fakes[i], ask };
      self->pointers[i] = &self->sources[i];
    }
  self->context = g_main_context_ref_thread_default ();
  self->events = g_string_new (NULL);
  self->discovery = tl_discovery_new_with_sources (address, used, budget_ms, self->pointers,
                                                   MAX_SOURCES, pretend);
  g_signal_connect (self->discovery, "source-changed", G_CALLBACK (on_source_changed), self);
  g_assert_true (g_main_context_acquire (self->context));
  tl_discovery_run_async (self->discovery, cancellable, on_done, self);
}

static void
fixture_wait (Fixture *self)
{
  gint64 start_us = g_get_monotonic_time ();

  while (!self->is_done)
    g_main_context_iteration (self->context, TRUE);
  self->ms = (g_get_monotonic_time () - start_us) / 1000;
}

static void
fixture_clear (Fixture *self)
{
  g_main_context_release (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_string_free (self->events, TRUE);
  g_clear_pointer (&self->report, tl_discovery_report_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->discovery);
}

typedef struct
{
  const char *name;
  Fake        fakes[MAX_SOURCES];
  guint       budget_ms;
  guint       least_ms;
  guint       most_ms;
  const char *statuses; /* one word a source */
  const char *incoming; /* the proposed host, or NULL */
  const char *outgoing;
  const char *findings; /* ids, by spaces */
} RunCase;

#define NOTHING(ms) { TL_SOURCE_STATUS_NOTHING, ms }
#define SAYS(ms, in, out) { TL_SOURCE_STATUS_ANSWERED, ms, { "in " in, "out " out } }

static const RunCase run_cases[] = {
  { "curated-domain-asks-nobody",
    { SAYS (0, "imap.gmail.com", "smtp.gmail.com"), NOTHING (0), NOTHING (0), NOTHING (0),
      NOTHING (0), NOTHING (0) },
    5000, 0, 400, "answered not-asked not-asked not-asked not-asked not-asked",
    "imap.gmail.com", "smtp.gmail.com", "" },
  { "nothing-anywhere",
    { NOTHING (0), NOTHING (20), NOTHING (10), NOTHING (5), NOTHING (0), NOTHING (30) },
    5000, 25, 600, "nothing nothing nothing nothing nothing nothing", NULL, NULL,
    "discover.nothing-found" },
  { "no-such-domain",
    { NOTHING (0), { TL_SOURCE_STATUS_NXDOMAIN }, { TL_SOURCE_STATUS_NXDOMAIN },
      { TL_SOURCE_STATUS_NXDOMAIN },
      { TL_SOURCE_STATUS_NXDOMAIN }, NOTHING (0) },
    5000, 0, 400, "nothing nxdomain nxdomain nxdomain nxdomain nothing", NULL, NULL,
    "resolve.nxdomain" },
  { "guess-not-waited-for",
    { NOTHING (0), NOTHING (0), NOTHING (10), NOTHING (0), SAYS (20, "imap.example.org",
                                                                 "smtp.example.org"),
      SAYS (NEVER_MS, "mail.example.org", "mail.example.org") },
    5000, 15, 600, "nothing nothing nothing nothing answered not-asked",
    "imap.example.org", "smtp.example.org", "" },
  { "guess-waited-for",
    { NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0),
      SAYS (150, "mail.example.org", "mail.example.org") },
    5000, 140, 900, "nothing nothing nothing nothing nothing answered",
    "mail.example.org", "mail.example.org", "" },
  { "guess-waited-for-one-lane",
    { NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0),
      { TL_SOURCE_STATUS_ANSWERED, 0, { "in imap.example.org" } },
      SAYS (150, "mail.example.org", "mail.example.org") },
    5000, 140, 900, "nothing nothing nothing nothing answered answered",
    "imap.example.org", "mail.example.org", "" },
  { "curated-exchanger-waits-a-moment",
    { NOTHING (0), SAYS (10, "imap.gmail.com", "smtp.gmail.com"), NOTHING (NEVER_MS), NOTHING (0),
      NOTHING (0),
      NOTHING (NEVER_MS) },
    8000, TL_DISCOVERY_SETTLE_MS - 50, TL_DISCOVERY_SETTLE_MS + 800,
    "nothing answered timeout nothing nothing not-asked", "imap.gmail.com", "smtp.gmail.com", "" },
  { "curated-exchanger-contradicted-later",
    { NOTHING (0), SAYS (0, "imap.gmail.com", "smtp.gmail.com"),
      SAYS (200, "mail.example.org", "mail.example.org"), NOTHING (0), NOTHING (0),
      NOTHING (NEVER_MS) },
    8000, 150, 900, "nothing answered answered nothing nothing not-asked",
    "imap.gmail.com", "smtp.gmail.com", "discover.conflict discover.conflict" },
  { "stale-document-loses",
    { NOTHING (0), NOTHING (0), SAYS (0, "old.example.org", "old.example.org"), NOTHING (0),
      SAYS (50, "imap.example.org", "smtp.example.org"), NOTHING (0) },
    5000, 40, 600, "nothing nothing answered nothing answered nothing",
    "imap.example.org", "smtp.example.org", "discover.conflict discover.conflict" },
  { "live-document-wins",
    { NOTHING (0), NOTHING (0), SAYS (0, "new.example.org", "new.example.org"), NOTHING (0),
      SAYS (50, "imap.example.org", "smtp.example.org"), NOTHING (0) },
    5000, 40, 600, "nothing nothing answered nothing answered nothing",
    "new.example.org", "new.example.org", "discover.conflict discover.conflict" },
  { "deadline",
    { NOTHING (0), NOTHING (NEVER_MS), SAYS (0, "imap.example.org", "smtp.example.org"),
      NOTHING (NEVER_MS),
      NOTHING (NEVER_MS), NOTHING (NEVER_MS) },
    400, 350, 1000, "nothing timeout answered timeout timeout not-asked",
    "imap.example.org", "smtp.example.org", "" },
  { "deadline-with-nothing",
    { NOTHING (0), NOTHING (NEVER_MS), NOTHING (0), NOTHING (NEVER_MS), NOTHING (NEVER_MS),
      NOTHING (NEVER_MS) },
    400, 350, 1000, "nothing timeout nothing timeout timeout timeout", NULL, NULL,
    "resolve.timeout" },
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
  g_assert_cmpuint (found->len, ==, MAX_SOURCES);
  for (guint i = 0; i < found->len; i++)
    {
      const char *source = tl_source_answer_get_source (found->pdata[i]);
      const char *status = tl_source_answer_get_status (found->pdata[i]);
      g_autofree char *event = g_strdup_printf ("%s:%s ", source, status);
      g_autofree char *asking = g_strdup_printf ("%s:asking ", source);
      const char *asked_at = strstr (fixture.events->str, asking);

      g_assert_cmpstr (source, ==, ids[i]);
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

  g_assert_cmpint (fixture.ms, >=, c->least_ms);
  g_assert_cmpint (fixture.ms, <, c->most_ms);
  fixture_clear (&fixture);
}

static const Fake silent[MAX_SOURCES] = {
  NOTHING (0), NOTHING (NEVER_MS), NOTHING (NEVER_MS), NOTHING (NEVER_MS), NOTHING (NEVER_MS),
  NOTHING (NEVER_MS),
};

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

/* Signals and result belong to whoever started it, whatever context that has. */
static void
test_own_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  const Fake fakes[MAX_SOURCES] = {
    NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0),
  };
  Fixture fixture;

  g_main_context_push_thread_default (context);
  fixture_start (&fixture, NULL, fakes, 8000, NULL);
  g_assert_true (fixture.context == context);
  fixture_wait (&fixture);
  g_assert_no_error (fixture.error);
  fixture_clear (&fixture);
  g_main_context_pop_thread_default (context);
}

static void
test_practice (void)
{
  const Fake fakes[MAX_SOURCES] = {
    NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0), NOTHING (0),
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(TlPractice) practice = tl_practice_start (TL_PRACTICE_ALL_WELL, &error);
  g_autoptr(TlNetwork) network = tl_network_new_practice (tl_practice_get_ca_pem (practice),
                                                          &error);
  Fixture fixture;

  g_test_summary ("Nobody is asked about the practice mailbox");

  g_assert_no_error (error);
  g_atomic_int_set (&n_asked, 0);
  fixture_start (&fixture, network, fakes, 8000, NULL);
  fixture_wait (&fixture);
  g_assert_error (fixture.error, TL_ERROR, TL_ERROR_REFUSED);
  g_assert_cmpstr (fixture.events->str, ==, "");
  g_assert_cmpint (g_atomic_int_get (&n_asked), ==, 0);
  fixture_clear (&fixture);
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
  g_test_add_func ("/discovery/cancel", test_cancel);
  g_test_add_func ("/discovery/cancelled-before", test_cancelled_before);
  g_test_add_func ("/discovery/own-context", test_own_context);
  g_test_add_func ("/discovery/practice", test_practice);

  return g_test_run ();
}
