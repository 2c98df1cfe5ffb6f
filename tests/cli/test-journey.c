/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line waits for what it has to, and for no more; what it says and asks then. */
#include "tl-journey.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tl-error.h"
#include "tl-setup-private.h"
#include "tl-test-discovery.h"

static TlDiscovery *
propose_early (TlSetup *setup)
{
  TlTestWait wait = { NULL };
  g_autoptr(TlDiscovery) discovery = tl_test_discovery_begin (setup, "ada@acme.test", NULL, &wait);
  g_autoptr(TlDiscoveryReport) report =
    tl_discovery_report_new (tl_setup_get_address (setup), &(TlDiscoveryParts) { NULL });

  g_signal_emit_by_name (discovery, "proposed", report);
  tl_test_wait_for (&wait);
  g_object_unref (wait.result);
  g_assert_true (tl_setup_is_settling (setup));

  return g_steal_pointer (&discovery);
}

static gboolean
on_time_to_answer (gpointer data)
{
  tl_test_discovery_let_answer ();

  return G_SOURCE_REMOVE;
}

static void
test_settle (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(GError) error = NULL;

  g_timeout_add (20, on_time_to_answer, NULL);
  g_assert_true (tl_journey_settle (journey, &error));
  g_assert_no_error (error);
  g_assert_false (tl_setup_is_settling (journey->setup));
  g_assert_cmpuint (tl_discovery_report_get_hints (tl_setup_get_discovery (journey->setup))->len,
                    ==, 2);
}

static gboolean
on_time_to_interrupt (gpointer data)
{
  kill (getpid (), SIGINT);

  return G_SOURCE_REMOVE;
}

static void
test_interrupted (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(GError) error = NULL;
  gint64 began_us = g_get_monotonic_time ();

  g_timeout_add (20, on_time_to_interrupt, NULL);
  g_assert_false (tl_journey_settle (journey, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, G_USEC_PER_SEC);
}

static void
test_let_go (void)
{
  TlJourney *journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  gpointer setup = journey->setup;
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("The end stops what is still asked, and waits until it has stopped");

  g_object_add_weak_pointer (setup, &setup);
  tl_journey_free (journey);
  g_assert_null (setup);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 500 * 1000);
}

static void
test_let_go_held (void)
{
  TlJourney *journey = tl_journey_new ();
  g_autoptr(TlDiscovery) discovery = propose_early (journey->setup);
  g_autoptr(TlSetup) held = g_object_ref (journey->setup);
  gint64 began_us = g_get_monotonic_time ();

  g_test_summary ("It does not wait for ever");

  tl_journey_free (journey);
  g_assert_cmpint (g_get_monotonic_time () - began_us, <, 3 * G_USEC_PER_SEC);
}

/* What discovery may have said. */
typedef struct
{
  const char *address;
  const char *incoming; /* a host, or NULL: none */
  const char *outgoing;
  const char *source;
  const char *outgoing_source;
  TlTrust     trust;
  gboolean    confirm;
  const char *provider;
  const char *finding;
  gboolean    enable;   /* both sources want the same switched on */
} Said;

static void
add_candidate (GPtrArray  *candidates,
               TlLaneKind  lane,
               const char *host,
               const char *source,
               TlAddress  *address,
               const Said *said)
{
  g_autoptr(TlLaneSettings) settings = NULL;

  if (host == NULL)
    return;
  settings = tl_test_discovery_make_settings (lane, host, address);
  g_ptr_array_add (candidates, tl_candidate_new (lane, settings, source, said->trust, 70,
                                                 said->confirm, NULL, NULL, said->provider));
}

static TlJourney *
make_journey (const Said *said)
{
  TlJourney *journey = tl_journey_new ();
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GPtrArray) hints = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(TlDiscoveryReport) report = NULL;
  TlAddress *address;

  tl_setup_set_address_text (journey->setup, said->address);
  address = tl_setup_get_address (journey->setup);
  add_candidate (candidates, TL_LANE_INCOMING, said->incoming, said->source, address, said);
  add_candidate (candidates, TL_LANE_OUTGOING, said->outgoing,
                 said->outgoing_source != NULL ? said->outgoing_source : said->source, address,
                 said);
  if (said->finding != NULL)
    g_ptr_array_add (findings, tl_finding_new (said->finding, TL_LANE_NONE, NULL));
  if (said->enable)
    {
      g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, said->source, "switch-it-on",
                                           "https://help.acme.test/"));
      g_ptr_array_add (hints, tl_hint_new (TL_HINT_ENABLE, said->outgoing_source, "switch-it-on",
                                           "https://help.acme.test/"));
    }
  report = tl_discovery_report_new (address, &(TlDiscoveryParts) {
    .candidates = candidates, .findings = findings, .hints = hints, .provider = said->provider,
  });
  tl_setup_show_discovery (journey->setup, report);

  return journey;
}

static const Said nothing = { .address = "ada@gmial.com", .finding = "resolve.nxdomain" };
static const Said acme = {
  .address = "ada@acme.test", .incoming = "imap.acme.test", .outgoing = "smtp.acme.test",
  .source = TL_SOURCE_AUTOCONFIG, .outgoing_source = TL_SOURCE_WELL_KNOWN,
  .trust = TL_TRUST_OWN_DOMAIN, .finding = "discover.conflict", .enable = TRUE,
};
static const Said filtered = {
  .address = "ada@acme.test", .incoming = "outlook.office365.com",
  .outgoing = "smtp.office365.com", .source = TL_SOURCE_GATEWAY, .trust = TL_TRUST_CURATED,
  .confirm = TRUE, .provider = "microsoft-365", .finding = "discover.gateway",
};
static const Said apart = {
  .address = "ada@acme.test", .incoming = "imap.one.test", .outgoing = "smtp.two.test",
  .source = TL_SOURCE_SRV, .trust = TL_TRUST_UNSIGNED_DNS, .confirm = TRUE,
};

static void
show_found (const Said *said)
{
  g_autoptr(TlJourney) journey = make_journey (said);

  g_assert_true (tl_journey_show_found (journey, NULL));
}

static void
test_problem_only (void)
{
  g_autofree char *lane = g_strdup_printf ("*%s:*", tl_lane_kind_get_label (TL_LANE_INCOMING));

  if (g_test_subprocess ())
    {
      show_found (&nothing);
      return;
    }

  g_test_summary ("Where there are no servers, what is wrong is the first that is said");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*resolve.nxdomain*");
  g_test_trap_assert_stdout_unmatched (lane);
}

static void
test_warning_after_servers (void)
{
  if (g_test_subprocess ())
    {
      show_found (&acme);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*imap.acme.test:993*smtp.acme.test:465*\n\n*discover.conflict*");
}

static void
test_found_settles (void)
{
  g_autoptr(TlJourney) journey = NULL;
  g_autoptr(TlDiscovery) discovery = NULL;

  if (!g_test_subprocess ())
    {
      g_test_summary ("Who contradicts a proposal may answer last: all is said only then");

      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  journey = tl_journey_new ();
  discovery = propose_early (journey->setup);
  g_timeout_add (20, on_time_to_answer, NULL);
  g_assert_true (tl_journey_show_found (journey, NULL));
  g_assert_false (tl_setup_is_settling (journey->setup));
  g_assert_cmpuint (tl_discovery_report_get_hints (tl_setup_get_discovery (journey->setup))->len,
                    ==, 2);
}

static void
test_notices_apart (void)
{
  TlProvider *provider = tl_providers_find ("microsoft-365");
  guint n = tl_provider_get_n_prerequisites (provider);
  g_autofree char *tasks = g_strdup_printf ("*  1. %s*  %u. %s\n*  1. %s*",
                                            tl_provider_get_prerequisite (provider, 0)->text, n,
                                            tl_provider_get_prerequisite (provider, n - 1)->text,
                                            tl_provider_get_notice (provider, 0)->text);

  if (g_test_subprocess ())
    {
      g_autoptr(TlJourney) journey = make_journey (&filtered);

      tl_journey_print_prerequisites (journey);
      return;
    }

  g_test_summary ("What there is to know is numbered apart from what there is to do");

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (tasks);
}

static void
test_enable_once (void)
{
  g_autofree char *both = g_strdup_printf ("*switch-it-on*%s · %s\n",
                                           tl_source_get_label (TL_SOURCE_AUTOCONFIG),
                                           tl_source_get_label (TL_SOURCE_WELL_KNOWN));

  if (g_test_subprocess ())
    {
      g_autoptr(TlJourney) journey = make_journey (&acme);

      tl_journey_print_prerequisites (journey);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout (both);
  g_test_trap_assert_stdout_unmatched ("*switch-it-on*switch-it-on*");
}

typedef struct
{
  const char *name;
  Said        said;
  const char *patterns[4];
  const char *absent;
} NextCase;

static const NextCase next_cases[] = {
  { "found", { .address = "ada@acme.test", .incoming = "imap.acme.test",
               .outgoing = "smtp.acme.test", .source = TL_SOURCE_SRV },
    { "*twolanectl setup ada@acme.test\n" }, "*--accept*" },
  { "to-confirm", { .address = "ada@acme.test", .incoming = "a.office365.com",
                    .outgoing = "b.office365.com", .source = TL_SOURCE_GATEWAY, .confirm = TRUE },
    { "*twolanectl setup ada@acme.test\n*", "*--accept=office365.com *" },
    "*--accept=*--accept=*" },
  { "one-lane", { .address = "ada@acme.test", .outgoing = "smtp.acme.test",
                  .source = TL_SOURCE_SRV },
    { "*twolanectl setup ada@acme.test\n" }, "*--accept*" },
  { "mistyped", { .address = "ada@gmial.com" },
    { "*twolanectl discover ada@gmail.com\n*twolanectl setup ada@gmial.com\n" }, "*--accept*" },
  { "mistyped-and-found", { .address = "ada@gmial.com", .incoming = "imap.gmial.com",
                            .outgoing = "smtp.gmial.com", .source = TL_SOURCE_SRV },
    { "*twolanectl setup ada@gmial.com\n" }, "*gmail.com*" },
  { "shell", { .address = "o'neill@acme.test" },
    { "*twolanectl setup 'o'\\''neill@acme.test'\n" }, "*setup o'neill*" },
  { "dash", { .address = "-a@acme.test" }, { "*twolanectl setup -- -a@acme.test\n" }, "*setup -a*" },
};

static void
test_next (gconstpointer data)
{
  const NextCase *c = data;

  if (g_test_subprocess ())
    {
      g_autoptr(TlJourney) journey = make_journey (&c->said);

      tl_journey_print_next (journey);
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  for (gsize i = 0; i < G_N_ELEMENTS (c->patterns) && c->patterns[i] != NULL; i++)
    g_test_trap_assert_stdout (c->patterns[i]);
  g_test_trap_assert_stdout_unmatched (c->absent);
}

/* A person at a terminal who has typed already, and answers no question more. */
static void
sit_down (const char *typed)
{
  int terminal = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK);
  int line;

  g_assert_true (grantpt (terminal) == 0 && unlockpt (terminal) == 0);
  line = open (ptsname (terminal), O_RDWR | O_NOCTTY);
  g_assert_cmpint (dup2 (line, STDIN_FILENO), ==, STDIN_FILENO);
  g_assert_cmpint (dup2 (line, STDOUT_FILENO), ==, STDOUT_FILENO);
  g_assert_cmpint (write (terminal, typed, strlen (typed)), ==, strlen (typed));
  alarm (10);
}

typedef struct
{
  const char *name;
  const Said *said;
  const char *typed;
  gboolean    result;
  gboolean    incoming;
  gboolean    outgoing;
} ConfirmCase;

static const ConfirmCase confirm_cases[] = {
  { "one-site-yes",    &filtered, "y\n",    TRUE,  TRUE,  TRUE },
  { "one-site-no",     &filtered, "n\n",    FALSE, FALSE, FALSE },
  { "enter-is-no",     &filtered, "\n",     FALSE, FALSE, FALSE },
  { "two-sites-first", &apart,    "y\nn\n", TRUE,  TRUE,  FALSE },
  { "two-sites-last",  &apart,    "n\ny\n", TRUE,  FALSE, TRUE },
  { "vouched-for",     &acme,     "",       FALSE, TRUE,  TRUE },
};

static void
test_confirm (gconstpointer data)
{
  const ConfirmCase *c = data;
  g_autoptr(TlJourney) journey = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  sit_down (c->typed);
  journey = make_journey (c->said);
  g_assert_true (tl_journey_confirm_servers (journey) == c->result);
  g_assert_true (tl_lane_draft_is_valid (tl_setup_get_draft (journey->setup, TL_LANE_INCOMING)) ==
                 c->incoming);
  g_assert_true (tl_lane_draft_is_valid (tl_setup_get_draft (journey->setup, TL_LANE_OUTGOING)) ==
                 c->outgoing);
}

static void
test_detail (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(GError) no_at = NULL;
  g_autoptr(GError) two = NULL;

  g_test_summary ("The detail stands where it says more than the sentence before it");

  g_assert_false (tl_journey_set_address (journey, "ada", &no_at));
  g_assert_error (no_at, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_null (strchr (no_at->message, '('));
  g_assert_false (tl_journey_set_address (journey, "ada@acme@test", &two));
  g_assert_error (two, TL_ERROR, TL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strchr (two->message, '('));
}

typedef struct
{
  const char *name;
  const char *address;
  const char *options[5];  /* incoming, outgoing, user, outgoing user, accept */
  const char *found[2];    /* servers of the drafts, where no option names them */
  TlLaneKind  lane;
  TlAction    action;
  const char *url;         /* what the fix changes the lane to */
  const char *user;
  const char *command;     /* after “twolanectl test ” */
} FixCase;

static const FixCase fix_cases[] = {
  { "incoming-server", "ada@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" },
    TL_LANE_INCOMING, TL_ACTION_SWITCH_ENDPOINT, "imap://a.test", "ada@acme.test",
    "--incoming=imap://a.test:143 ada@acme.test" },
  { "outgoing-server", "ada@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" },
    TL_LANE_OUTGOING, TL_ACTION_SWITCH_ENDPOINT, "smtp://b.test", "ada@acme.test",
    "--outgoing=smtp://b.test:587 ada@acme.test" },
  { "keeps-options", "ada@acme.test", { "imaps://a.test", "smtps://b.test:1", "ada", NULL, "a.test" },
    { NULL }, TL_LANE_OUTGOING, TL_ACTION_SWITCH_ENDPOINT, "smtps://b.test:465", "ada",
    "--incoming=imaps://a.test --outgoing=smtps://b.test:465 --user=ada --accept=a.test "
    "ada@acme.test" },
  { "keeps-the-name", "ada@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" },
    TL_LANE_OUTGOING, TL_ACTION_SWITCH_ENDPOINT, "smtp://b.test", "key-1",
    "--outgoing=smtp://b.test:587 --outgoing-user=key-1 ada@acme.test" },
  { "incoming-name", "ada@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" },
    TL_LANE_INCOMING, TL_ACTION_RETRY_AS_LOCAL_PART, "imaps://a.test", "ada",
    "--user=ada --outgoing-user=ada@acme.test ada@acme.test" },
  { "outgoing-name", "ada@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" },
    TL_LANE_OUTGOING, TL_ACTION_RETRY_AS_LOCAL_PART, "smtps://b.test", "ada",
    "--outgoing-user=ada ada@acme.test" },
  { "both-the-same-now", "ada@acme.test", { NULL, NULL, "ada", "ada@acme.test" },
    { "imaps://a.test", "smtps://b.test" }, TL_LANE_OUTGOING, TL_ACTION_RETRY_AS_LOCAL_PART,
    "smtps://b.test", "ada", "--user=ada ada@acme.test" },
  { "shell", "o'neill@acme.test", { NULL }, { "imaps://a.test", "smtps://[::1]" },
    TL_LANE_OUTGOING, TL_ACTION_SWITCH_ENDPOINT, "smtp://[::1]:25", "o'neill@acme.test",
    "--outgoing='smtp://[::1]:25' 'o'\\''neill@acme.test'" },
  { "dash", "-a@acme.test", { NULL }, { "imaps://a.test", "smtps://b.test" }, TL_LANE_INCOMING,
    TL_ACTION_SWITCH_ENDPOINT, "imap://a.test", "-a@acme.test",
    "--incoming=imap://a.test:143 -- -a@acme.test" },
};

static void
test_fix_command (gconstpointer data)
{
  const FixCase *c = data;
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlLaneSettings) settings = tl_lane_settings_new_from_url (c->url, TL_AUTH_PASSWORD,
                                                                      c->user, NULL);
  g_autoptr(TlFix) fix = tl_fix_new (c->action, c->lane, settings, "label");
  g_autofree char *wanted = g_strconcat ("twolanectl test ", c->command, NULL);
  g_autofree char *command = NULL;

  g_test_summary ("A command has exactly the options that do it");

  journey->incoming = g_strdup (c->options[0]);
  journey->outgoing = g_strdup (c->options[1]);
  journey->user = g_strdup (c->options[2]);
  journey->outgoing_user = g_strdup (c->options[3]);
  journey->accept = g_strdup (c->options[4]);
  tl_setup_set_address_text (journey->setup, c->address);
  for (guint i = 0; i < G_N_ELEMENTS (c->found); i++)
    {
      const char *url = c->options[i] != NULL ? c->options[i] : c->found[i];
      const char *user = i == 1 && c->options[3] != NULL ? c->options[3] : c->options[2];
      g_autoptr(TlLaneSettings) draft =
        tl_lane_settings_new_from_url (url, TL_AUTH_PASSWORD, user != NULL ? user : c->address,
                                       NULL);

      tl_lane_draft_set_settings (tl_setup_get_draft (journey->setup, tl_lanes[i]), draft,
                                  TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
    }

  command = tl_journey_dup_fix_command (journey, c->lane == TL_LANE_INCOMING ? fix : NULL,
                                        c->lane == TL_LANE_OUTGOING ? fix : NULL);
  g_assert_cmpstr (command, ==, wanted);
}

static void
test_both_fixes (void)
{
  static const struct
  {
    TlAction    actions[2];
    const char *urls[2];
    const char *users[2];
    const char *command;
  } cases[] = {
    { { TL_ACTION_RETRY_AS_LOCAL_PART, TL_ACTION_RETRY_AS_LOCAL_PART },
      { "imaps://a.test", "smtps://b.test" }, { "ada", "ada" },
      "twolanectl test --user=ada ada@acme.test" },
    { { TL_ACTION_SWITCH_ENDPOINT, TL_ACTION_RETRY_AS_LOCAL_PART },
      { "imap://a.test", "smtps://b.test" }, { "ada@acme.test", "ada" },
      "twolanectl test --incoming=imap://a.test:143 --outgoing-user=ada ada@acme.test" },
    { { TL_ACTION_SWITCH_ENDPOINT, TL_ACTION_SWITCH_ENDPOINT },
      { "imap://a.test", "smtp://b.test" }, { "ada@acme.test", "ada@acme.test" },
      "twolanectl test --incoming=imap://a.test:143 --outgoing=smtp://b.test:587 ada@acme.test" },
  };

  g_test_summary ("Two broken lanes are mended by one command");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlJourney) journey = tl_journey_new ();
      TlFix *fixes[2];
      g_autofree char *command = NULL;

      tl_setup_set_address_text (journey->setup, "ada@acme.test");
      for (guint j = 0; j < G_N_ELEMENTS (fixes); j++)
        {
          g_autoptr(TlLaneSettings) settings =
            tl_lane_settings_new_from_url (cases[i].urls[j], TL_AUTH_PASSWORD, cases[i].users[j],
                                           NULL);

          fixes[j] = tl_fix_new (cases[i].actions[j], tl_lanes[j], settings, "label");
        }
      command = tl_journey_dup_fix_command (journey, fixes[0], fixes[1]);
      g_assert_cmpstr (command, ==, cases[i].command);
      g_object_unref (fixes[0]);
      g_object_unref (fixes[1]);
    }
}

static void
test_command_keeps_sign_in (void)
{
  static const struct
  {
    const char *relay;
    const char *url;       /* what the fix changes the outgoing lane to */
    const char *command;
  } cases[] = {
    { NULL, "smtps://b.test",
      "twolanectl test --outgoing=smtps://b.test:465 --login=bo@acme.test --shared=folder:Sales "
      "--sign-in=device --insist ada@acme.test" },
    /* A service that is named by its server is known by it. */
    { "sendgrid", "smtps://smtp.sendgrid.net",
      "twolanectl test --outgoing=smtps://smtp.sendgrid.net:465 --outgoing-user=apikey "
      "--login=bo@acme.test --shared=folder:Sales --sign-in=device --insist ada@acme.test" },
  };

  g_test_summary ("A command signs in as the one before it did");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlJourney) journey = tl_journey_new ();
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url (cases[i].url, TL_AUTH_PASSWORD,
                                       cases[i].relay != NULL ? "apikey" : "ada@acme.test", NULL);
      g_autoptr(TlFix) fix = tl_fix_new (TL_ACTION_SWITCH_ENDPOINT, TL_LANE_OUTGOING, settings,
                                         "label");
      g_autofree char *command = NULL;
      g_autofree char *other = NULL;

      tl_setup_set_address_text (journey->setup, "ada@acme.test");
      journey->relay = g_strdup (cases[i].relay);
      journey->login = g_strdup ("bo@acme.test");
      journey->shared = g_strdup ("folder:Sales");
      journey->sign_in = g_strdup ("device");
      journey->insist = TRUE;
      command = tl_journey_dup_fix_command (journey, NULL, fix);
      g_assert_cmpstr (command, ==, cases[i].command);
      other = tl_journey_dup_fix_command (journey, NULL, NULL);
      g_assert_cmpint (strstr (other, " --relay=sendgrid ") != NULL, ==, cases[i].relay != NULL);
    }
}

static void
test_no_server_no_password (void)
{
  g_autoptr(TlJourney) journey = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TlLaneSettings) settings = NULL;

  if (!g_test_subprocess ())
    {
      g_test_summary ("Nobody is asked for a password that goes nowhere");

      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_nonnull (freopen ("/dev/null", "r", stdin));
  journey = make_journey (&nothing);
  g_assert_true (tl_journey_get_secrets (journey, &error));
  g_assert_no_error (error);
  journey->keyring = TRUE;
  g_assert_true (tl_journey_get_secrets (journey, &error));
  g_assert_no_error (error);

  /* One lane is enough to need one. */
  journey->keyring = FALSE;
  settings = tl_lane_settings_new_from_url ("imaps://a.test", TL_AUTH_PASSWORD, "ada", NULL);
  tl_lane_draft_set_settings (tl_setup_get_draft (journey->setup, TL_LANE_INCOMING), settings,
                              TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
  g_assert_false (tl_journey_get_secrets (journey, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

/* The read end of a pipe that says this and ends. */
static int
make_pipe (const char *text)
{
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], text, strlen (text)), ==, strlen (text));
  close (ends[1]);

  return ends[0];
}

static void
test_token (void)
{
  g_autoptr(TlJourney) journey = tl_journey_new ();
  g_autoptr(TlReport) report = NULL;
  g_autoptr(GError) error = NULL;
  TlPlan *plan;

  g_test_summary ("A token is for OAuth, beside a password for sending, and never in the keyring");

  tl_setup_set_address_text (journey->setup, "ada@acme.test");
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url (i == 0 ? "imaps://a.test" : "smtps://b.test",
                                       TL_AUTH_PASSWORD, "ada", NULL);

      tl_lane_draft_set_settings (tl_setup_get_draft (journey->setup, tl_lanes[i]), settings,
                                  TL_SOURCE_MANUAL, TL_TRUST_MANUAL);
    }
  journey->token_fd = make_pipe ("canary-token\n");
  journey->outgoing_password_fd = make_pipe ("canary-password\n");
  g_assert_true (tl_journey_get_secrets (journey, &error));
  g_assert_no_error (error);
  report = tl_setup_dup_report (journey->setup);
  plan = tl_report_get_plan (report);
  g_assert_cmpint (tl_lane_settings_get_auth (tl_plan_get_lane (plan, TL_LANE_INCOMING)->settings),
                   ==, TL_AUTH_OAUTH2);
  g_assert_cmpint (tl_lane_settings_get_auth (tl_plan_get_lane (plan, TL_LANE_OUTGOING)->settings),
                   ==, TL_AUTH_PASSWORD);
  g_assert_true (journey->setup->lanes[0].has_token);
  g_assert_false (journey->setup->lanes[1].has_token);
  close (journey->token_fd);
  close (journey->outgoing_password_fd);

  journey->password_fd = 0;
  g_assert_false (tl_journey_get_secrets (journey, &error));
  g_assert_error (error, TL_ERROR, TL_ERROR_INVALID_INPUT);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/journey/settle", test_settle);
  g_test_add_func ("/journey/interrupted", test_interrupted);
  g_test_add_func ("/journey/let-go", test_let_go);
  g_test_add_func ("/journey/let-go-held", test_let_go_held);
  g_test_add_func ("/journey/found/problem-only", test_problem_only);
  g_test_add_func ("/journey/found/warning-after-servers", test_warning_after_servers);
  g_test_add_func ("/journey/found/settles", test_found_settles);
  g_test_add_func ("/journey/prerequisites/notices-apart", test_notices_apart);
  g_test_add_func ("/journey/prerequisites/enable-once", test_enable_once);
  g_test_add_func ("/journey/address/detail", test_detail);
  for (gsize i = 0; i < G_N_ELEMENTS (next_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey/next/", next_cases[i].name, NULL);

      g_test_add_data_func (path, &next_cases[i], test_next);
    }
  g_test_add_func ("/journey/secrets/no-server", test_no_server_no_password);
  g_test_add_func ("/journey/secrets/token", test_token);
  g_test_add_func ("/journey/both-fixes", test_both_fixes);
  g_test_add_func ("/journey/fix-command-keeps-sign-in", test_command_keeps_sign_in);
  for (gsize i = 0; i < G_N_ELEMENTS (fix_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey/fix-command/", fix_cases[i].name, NULL);

      g_test_add_data_func (path, &fix_cases[i], test_fix_command);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (confirm_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey/confirm/", confirm_cases[i].name, NULL);

      g_test_add_data_func (path, &confirm_cases[i], test_confirm);
    }

  return g_test_run ();
}
