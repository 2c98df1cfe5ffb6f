/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sign-in at the provider's page by a command line: what a person is shown, and what becomes of
 * it. The provider is an authorization server of the test's own, and so is the browser. */
#include "tl-journey.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tl-journey-private.h"
#include "tl-terminal.h"
#include "tl-test-rep.h"

#define OAUTH_ONLY "\"oauth2\""

/* Their journey, with servers. */
static TlJourney *
make_journey (TlTestRep  *rep,
              const char *sign_in)
{
  TlJourney *journey = tl_journey_new ();

  g_object_unref (journey->setup);
  journey->setup = g_object_ref (rep->setup);
  journey->sign_in = g_strdup (sign_in);
  for (guint i = 0; i < TL_N_LANES; i++)
    {
      g_autoptr(TlLaneSettings) settings =
        tl_lane_settings_new_from_url (i == 0 ? "imaps://imap.mail.test" : "smtps://smtp.mail.test",
                                       TL_AUTH_OAUTH2, TL_TEST_ISSUER_ACCOUNT, NULL);

      tl_lane_draft_set_settings (tl_setup_get_draft (journey->setup, tl_lanes[i]), settings,
                                  TL_SOURCE_PROVIDER_MX, TL_TRUST_CURATED);
    }

  return journey;
}

static void
assert_finding (TlTestRep  *rep,
                const char *id)
{
  g_assert_cmpstr (tl_test_rep_get_finding (rep), ==, id);
}

typedef struct
{
  const char       *name;
  const char       *sign_in;
  TlTestIssuerMood  mood;
  gboolean          has_client;
  gboolean          json;
  const char       *finding;     /* NULL: signed in */
  const char       *shown;       /* a pattern */
} WayCase;

static const WayCase way_cases[] = {
  { .name = "browser", .sign_in = "browser", .has_client = TRUE,
    .shown = "*issuer.practice.invalid*https://*/authorize?*" TL_TEST_ISSUER_ACCOUNT "*" },
  { .name = "device", .sign_in = "device", .has_client = TRUE,
    .shown = "*https://*" TL_TEST_ISSUER_USER_CODE "*issuer.practice.invalid*"
             TL_TEST_ISSUER_ACCOUNT "*" },
  { .name = "device-json", .sign_in = "device", .has_client = TRUE, .json = TRUE,
    .shown = "*https://*" TL_TEST_ISSUER_USER_CODE "*" TL_TEST_ISSUER_ACCOUNT "*" },
  { .name = "denied", .sign_in = "browser", .has_client = TRUE, .mood = TL_TEST_ISSUER_DENIES,
    .finding = "oauth.denied", .shown = "*https://*/authorize?*" },
  { .name = "no-client", .sign_in = "browser", .finding = "oauth.no-client", .shown = "" },
};

static void
test_way (gconstpointer data)
{
  const WayCase *c = data;
  g_autoptr(TlTestRep) rep = NULL;
  g_autoptr(TlJourney) journey = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_summary ("A person is told where and what; how it ends is what the lanes say");

      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      if (c->json)
        {
          g_test_trap_assert_stderr (c->shown);
          g_test_trap_assert_stdout_unmatched ("*" TL_TEST_ISSUER_USER_CODE "*");
        }
      else
        {
          g_test_trap_assert_stdout (c->shown[0] == '\0' ? "*" : c->shown);
        }
      g_test_trap_assert_stdout_unmatched ("*access-1*");
      g_test_trap_assert_stderr_unmatched ("*access-1*");
      return;
    }

  rep = tl_test_rep_new (c->mood, OAUTH_ONLY);
  if (c->has_client)
    tl_test_rep_register (rep);
  journey = make_journey (rep, c->sign_in);
  journey->json = c->json;
  g_assert_true (tl_journey_get_secrets (journey, &error));
  g_assert_no_error (error);
  assert_finding (rep, c->finding);
  g_assert_cmpint (tl_test_setup_get (journey->setup, "has-secret"), ==, c->finding == NULL);
  g_assert_cmpint (tl_setup_get_auth (journey->setup), ==, TL_AUTH_OAUTH2);
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
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlJourney) journey = make_journey (rep, "browser");
  g_autoptr(GError) error = NULL;

  g_test_summary ("O17: nobody comes back from the browser, and who waits gives up");

  tl_terminal_talk_aside ();
  rep->browses = FALSE;
  tl_test_rep_register (rep);
  g_timeout_add (100, on_time_to_interrupt, NULL);
  g_assert_false (tl_journey_get_secrets (journey, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (tl_signin_get_state (tl_setup_get_signin (rep->setup)), ==, TL_SIGNIN_IDLE);
}

static void
test_kept (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  g_autoptr(TlJourney) journey = make_journey (rep, "browser");
  g_autoptr(GError) error = NULL;

  g_test_summary ("K01: the end waits for the keyring, and there is none");

  tl_terminal_talk_aside ();
  tl_test_rep_register (rep);
  g_assert_true (tl_journey_get_secrets (journey, &error));
  g_object_set (journey->setup, "remember", TRUE, NULL);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_test_rep_pass (rep, TL_LANE_OUTGOING);
  tl_setup_remember_secrets (journey->setup);
  g_assert_true (tl_test_setup_get (journey->setup, "storing"));
  g_assert_true (tl_journey_wait_until_kept (journey, &error));
  g_assert_no_error (error);
  g_assert_false (tl_test_setup_get (journey->setup, "storing"));
  g_assert_cmpstr (tl_finding_get_id (tl_setup_get_store_finding (journey->setup)), ==,
                   "store.no-service");
}

static void
test_let_store (void)
{
  g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
  TlJourney *journey = make_journey (rep, "browser");

  g_test_summary ("A journey that ends in between waits for the keyring too");

  tl_terminal_talk_aside ();
  tl_test_rep_register (rep);
  g_assert_true (tl_journey_get_secrets (journey, NULL));
  g_object_set (journey->setup, "remember", TRUE, NULL);
  tl_test_rep_pass (rep, TL_LANE_INCOMING);
  tl_setup_remember_secrets (journey->setup);
  g_assert_true (tl_test_setup_get (rep->setup, "storing"));
  tl_journey_free (journey);
  g_assert_false (tl_test_setup_get (rep->setup, "storing"));
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
  alarm (20);
}

typedef struct
{
  const char       *name;
  const char       *sign_in;
  const char       *typed;
  TlTestIssuerMood  mood;
  gboolean          has_client;
  gboolean          signs_in;
  guint             n_pages;      /* how often the sign-in page is opened */
  guint             n_codes;
} ChoiceCase;

static const ChoiceCase choice_cases[] = {
  { .name = "first", .typed = "1\n", .has_client = TRUE, .signs_in = TRUE, .n_pages = 1 },
  { .name = "second", .typed = "2\n", .has_client = TRUE, .signs_in = TRUE, .n_codes = 1 },
  { .name = "wrong-numbers", .typed = "0\n-1\n5\n1x\n\n1\n", .has_client = TRUE, .signs_in = TRUE,
    .n_pages = 1 },
  { .name = "stop", .typed = "4\n", .has_client = TRUE },
  { .name = "client-changed", .typed = "3\nanother\n\n3\n" TL_TEST_ISSUER_CLIENT "\n\n1\n",
    .has_client = TRUE, .signs_in = TRUE, .n_pages = 1 },
  { .name = "client-not-changed", .typed = "3\n\n4\n", .has_client = TRUE },
  { .name = "denied-then-stop", .typed = "1\n4\n", .has_client = TRUE,
    .mood = TL_TEST_ISSUER_DENIES, .n_pages = 1 },
  { .name = "told-and-denied", .sign_in = "browser", .typed = "2\n", .has_client = TRUE,
    .mood = TL_TEST_ISSUER_DENIES, .signs_in = TRUE, .n_pages = 1, .n_codes = 1 },
  { .name = "client-typed", .typed = "2\n" TL_TEST_ISSUER_CLIENT "\n\n1\n", .signs_in = TRUE,
    .n_pages = 1 },
  { .name = "no-client-stop", .typed = "1\n3\n4\n" },
};

static void
test_choice (gconstpointer data)
{
  const ChoiceCase *c = data;
  g_autoptr(TlTestRep) rep = NULL;
  g_autoptr(TlJourney) journey = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  sit_down (c->typed);
  rep = tl_test_rep_new (c->mood, OAUTH_ONLY);
  if (c->has_client)
    tl_test_rep_register (rep);
  journey = make_journey (rep, c->sign_in);
  journey->is_dialogue = TRUE;
  g_assert_cmpint (tl_journey_get_secrets (journey, &error), ==, c->signs_in);
  if (c->signs_in)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (tl_test_setup_get (journey->setup, "has-secret"), ==, c->signs_in);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_AUTHORIZE), ==,
                    c->n_pages);
  g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_DEVICE), ==,
                    c->n_codes);
}

static void
test_again (void)
{
  static const struct
  {
    const char *typed;
    guint       n_pages;
  } cases[] = { { "\n", 1 }, { "n\n", 1 }, { "y\n1\n", 2 } };
  gsize i = 0;

  if (!g_test_subprocess ())
    {
      g_test_summary ("Whoever is signed in is asked before they are sent to the page again");

      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }

  for (; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TlTestRep) rep = tl_test_rep_new (TL_TEST_ISSUER_WELL, OAUTH_ONLY);
      g_autoptr(TlJourney) journey = make_journey (rep, "browser");

      sit_down (cases[i].typed);
      journey->is_dialogue = TRUE;
      tl_test_rep_register (rep);
      g_assert_true (tl_journey_get_secrets (journey, NULL));
      g_assert_true (tl_journey_get_secrets (journey, NULL));
      g_assert_cmpuint (tl_test_issuer_get_n_asked (rep->issuer, TL_TEST_ISSUER_AUTHORIZE), ==,
                        cases[i].n_pages);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("WAYLAND_DISPLAY");
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (way_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey-signin/way/", way_cases[i].name, NULL);

      g_test_add_data_func (path, &way_cases[i], test_way);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (choice_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/journey-signin/choice/", choice_cases[i].name, NULL);

      g_test_add_data_func (path, &choice_cases[i], test_choice);
    }
  g_test_add_func ("/journey-signin/again", test_again);
  g_test_add_func ("/journey-signin/O17/interrupted", test_interrupted);
  g_test_add_func ("/journey-signin/K01/kept", test_kept);
  g_test_add_func ("/journey-signin/let-store", test_let_store);

  return g_test_run ();
}
